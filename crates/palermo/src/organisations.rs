//! An organisation's own sign-in: `palermo-signin` behind the port of the app.
//! The operator names the hosts it may speak with; without that there is none.

use crate::outbound;
use palermo_app::{
    domain::moment::Moment,
    ports::{
        FactorError, Later, OrganisationSignIn, ProviderAnswer, ProviderIdentity, ProviderSettings,
    },
};
use palermo_signin::oidc::{Admission, Callback, HttpRequest, Pending, Provider, Settings};
use serde_json::Value as Json;

/// Ways a person showed a second factor, as providers name them (RFC 8176).
const SECOND_FACTORS: [&str; 7] = ["mfa", "hwk", "swk", "otp", "fpt", "face", "pin"];
/// Stands for the organisation whose provider it is.
const OWN: &str = "own";

/// Sign-ins at the hosts the operator named.
pub struct Organisations {
    address: String,
    hosts: Vec<String>,
}

fn refused(error: impl std::fmt::Display) -> FactorError {
    FactorError(error.to_string())
}

impl Organisations {
    /// For an installation reached at this address, which may speak with these hosts.
    #[must_use]
    pub fn new(address: &str, hosts: &[String]) -> Self {
        let hosts = hosts.iter().map(|host| host.trim().to_lowercase()).collect();
        Self { address: address.trim_end_matches('/').to_owned(), hosts }
    }

    fn provider(
        &self,
        settings: &ProviderSettings,
        keys: Option<&str>,
    ) -> Result<Provider, FactorError> {
        let secret = settings.client_secret.as_str();
        let mut scopes = vec!["email".to_owned()];
        if settings.claim == "email_domain" {
            scopes.push("profile".to_owned());
        }
        let known = Settings {
            issuer: settings.issuer.clone(),
            authorization_endpoint: settings.authorization_endpoint.clone(),
            token_endpoint: settings.token_endpoint.clone(),
            jwks_uri: settings.jwks_uri.clone(),
            client_id: settings.client_id.clone(),
            client_secret: (!secret.is_empty()).then(|| secret.to_owned()),
            redirect_uri: format!("{}/sign-in/back", self.address),
            scopes,
            admissions: vec![Admission {
                tenant: OWN.to_owned(),
                claim: settings.claim.clone(),
                values: settings.values.clone(),
            }],
        };
        Provider::new(known, keys).map_err(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            FactorError(told.join("\n"))
        })
    }

    /// Only what is fetched from here counts: the browser goes where it likes.
    fn may_reach(&self, settings: &ProviderSettings) -> Result<(), FactorError> {
        for address in [&settings.token_endpoint, &settings.jwks_uri] {
            let host = outbound::host_of(address).map_err(refused)?;
            if !self.hosts.contains(&host) {
                return Err(FactorError(format!(
                    "the operator has not allowed this installation to speak with `{host}`"
                )));
            }
        }
        Ok(())
    }
}

impl OrganisationSignIn for Organisations {
    fn check(&self, settings: &ProviderSettings) -> Result<(), FactorError> {
        self.provider(settings, None)?;
        self.may_reach(settings)
    }

    fn start(
        &self,
        settings: &ProviderSettings,
        at: Moment,
    ) -> Result<(String, Json), FactorError> {
        self.may_reach(settings)?;
        let mut random = [[0u8; 32]; 3];
        for bytes in &mut random {
            getrandom::fill(bytes).map_err(refused)?;
        }
        let (address, pending) = self.provider(settings, None)?.start(random, at.at());
        Ok((address, serde_json::to_value(pending).map_err(refused)?))
    }

    fn finish<'a>(
        &'a self,
        settings: &'a ProviderSettings,
        keys: Option<&'a str>,
        pending: &'a Json,
        answer: ProviderAnswer,
        at: Moment,
    ) -> Later<'a, Result<ProviderIdentity, FactorError>> {
        Box::pin(async move {
            self.may_reach(settings)?;
            let provider = self.provider(settings, keys)?;
            let begun: Pending = serde_json::from_value(pending.clone()).map_err(refused)?;
            let ProviderAnswer { state, code, error, iss } = answer;
            let callback = Callback { state, code, error, iss };
            let http = |request: HttpRequest| outbound::send(request);
            let found = provider.finish(begun, callback, at.at(), &http).await.map_err(refused)?;
            let identity = found.identity;
            let second = identity.methods.iter().any(|one| SECOND_FACTORS.contains(&one.as_str()));
            Ok(ProviderIdentity {
                issuer: identity.issuer,
                subject: identity.subject,
                second_factor: second,
                fetched_keys: found.fetched_keys,
            })
        })
    }
}
