//! An organisation's own sign-in (OpenID Connect Core 1.0, authorization code flow
//! with PKCE, state and nonce).
//!
//! The provider is described by configuration: nothing is fetched at start. The two
//! requests there are, to the token endpoint and for signing keys, go through a
//! function the caller gives, which must not follow redirects. What comes out is who
//! the provider says this is and which tenants admit them; roles are given in
//! Palermo alone, and claims never carry any.

mod settings;

pub use openidconnect::{HttpRequest, HttpResponse};
pub use settings::{Admission, BadSettings, Settings};

use std::{fmt, future::Future};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openidconnect::{
    AdditionalClaims, AuthUrl, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError,
    Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointNotSet, EndpointSet,
    IdToken, IdTokenClaims, IdTokenFields, IdTokenVerifier, IssuerUrl, JsonWebKeySetUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenUrl,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
        CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;
use time::OffsetDateTime;

/// How long someone may take at their provider, in seconds.
pub const CEREMONY_SECONDS: i64 = 600;
/// How far a provider's clock may be off, in seconds.
const CLOCK_SKEW_SECONDS: i64 = 60;

/// Claims beyond the standard ones, as they came.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Extra(Map<String, Value>);

impl AdditionalClaims for Extra {}

type Jwe = CoreJweContentEncryptionAlgorithm;
type Jws = CoreJwsSigningAlgorithm;
type Fields = IdTokenFields<Extra, EmptyExtraTokenFields, CoreGenderClaim, Jwe, Jws>;
type Claims = IdTokenClaims<Extra, CoreGenderClaim>;
type ProviderClient = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    Jwe,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
    EndpointNotSet,
>;

/// One identity provider, ready to be used.
pub struct Provider {
    settings: Settings,
    client: ProviderClient,
    keys: CoreJsonWebKeySet,
    keys_url: JsonWebKeySetUrl,
}

/// A sign-in that has begun: kept on the server, found again by the browser's cookie,
/// deleted when the answer comes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    state: String,
    nonce: String,
    verifier: String,
    until: i64,
}

/// What the provider sends the browser back with (the query of the redirect address).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Callback {
    /// Must be the one the sign-in began with.
    pub state: Option<String>,
    /// To be exchanged for the tokens.
    pub code: Option<String>,
    /// Instead of a code: why not.
    pub error: Option<String>,
    /// The provider's own name, if it sends it (RFC 9207).
    pub iss: Option<String>,
}

/// Who the provider says this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider. Together with `subject` the one thing an account is tied to.
    pub issuer: String,
    /// The provider's id for the person, which it never gives to anyone else.
    pub subject: String,
    /// The address, only if the provider says it has checked it. Good for finding an
    /// invitation, never for finding an account.
    pub email: Option<String>,
    /// The tenants of [`Settings::admissions`] that admit this person; at least one.
    pub tenants: Vec<String>,
    /// How the person showed who they are (`amr`, RFC 8176), such as `mfa` or `hwk`.
    pub methods: Vec<String>,
    /// The level the provider gives it (`acr`).
    pub level: Option<String>,
    /// When the person last showed it, in seconds since 1970, if the provider says.
    pub authenticated_at: Option<i64>,
}

/// A sign-in that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who it is.
    pub identity: Identity,
    /// The provider's signing keys as JSON, if they had to be fetched: to be kept and
    /// given to [`Provider::new`] next time.
    pub fetched_keys: Option<String>,
}

/// A sign-in that did not succeed. What a provider wrote is for the log, not the page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OidcRefused {
    /// Longer than [`CEREMONY_SECONDS`] ago, or before it began.
    #[error("this took too long; start again")]
    Expired,
    /// The answer is not to the question this browser asked.
    #[error("this answer belongs to another sign-in; start again")]
    OtherSignIn,
    /// The provider or the person at it said no.
    #[error("your organisation's sign-in did not let you through")]
    Declined {
        /// The provider's error code.
        error: String,
    },
    /// The provider could not be reached or answered nonsense.
    #[error("your organisation's sign-in does not answer; try again later")]
    NoAnswer {
        /// What went wrong.
        detail: String,
    },
    /// The token does not hold.
    #[error("the answer of your organisation's sign-in is not valid")]
    BadToken {
        /// What does not hold.
        detail: String,
    },
    /// A valid answer, for someone no tenant admits.
    #[error("your organisation has not been given access here")]
    NotAdmitted,
}

impl Provider {
    /// The provider `settings` describe. `keys` are its signing keys (a JSON Web Key
    /// Set) as configured or kept from last time; without them they are fetched at the
    /// first sign-in.
    ///
    /// # Errors
    /// With everything wrong in the settings.
    pub fn new(settings: Settings, keys: Option<&str>) -> Result<Self, Vec<BadSettings>> {
        settings.check()?;
        let (client, keys_url) = client(&settings).map_err(|field| vec![field])?;
        let keys = match keys {
            Some(text) => serde_json::from_str(text).map_err(|_| vec![BadSettings::Keys])?,
            None => CoreJsonWebKeySet::new(Vec::new()),
        };
        Ok(Self { settings, client, keys, keys_url })
    }

    /// Begins a sign-in from three times 32 random bytes: the address to send the
    /// browser to, and what to keep.
    pub fn start(&self, random: [[u8; 32]; 3], now: OffsetDateTime) -> (String, Pending) {
        let [state, nonce, verifier] = random.map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        let pending =
            Pending { state, nonce, verifier, until: now.unix_timestamp() + CEREMONY_SECONDS };
        // 32 bytes are 43 letters, which is what PKCE asks for at least (RFC 7636).
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(
            pending.verifier.clone(),
        ));
        let csrf = CsrfToken::new(pending.state.clone());
        let nonce = Nonce::new(pending.nonce.clone());
        let (url, _, _) = self
            .client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || csrf,
                move || nonce,
            )
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .url();
        (url.into(), pending)
    }

    /// Ends a sign-in: checks the browser's `answer`, exchanges its code through
    /// `http`, and verifies the token. If no known key fits, the keys are fetched once.
    ///
    /// # Errors
    /// When it took too long, the answer or token does not hold, the provider does not
    /// answer, or no tenant admits the person.
    pub async fn finish<H, F, E>(
        &self,
        begun: Pending,
        answer: Callback,
        now: OffsetDateTime,
        http: &H,
    ) -> Result<SignedIn, OidcRefused>
    where
        H: Fn(HttpRequest) -> F,
        F: Future<Output = Result<HttpResponse, E>>,
        E: std::error::Error + 'static,
    {
        let code = self.check_answer(&begun, answer, now)?;
        let token = self.exchange(&begun, code, http).await?;
        let nonce = Nonce::new(begun.nonce);
        match self.verify(&token, &nonce, &self.keys, now) {
            Err(Unverified::NoKey) => {}
            other => {
                let identity = self.identity(other.map_err(OidcRefused::from)?)?;
                return Ok(SignedIn { identity, fetched_keys: None });
            }
        }
        let keys = CoreJsonWebKeySet::fetch_async(&self.keys_url, http)
            .await
            .map_err(|error| no_answer(&error))?;
        let claims = self.verify(&token, &nonce, &keys, now)?;
        Ok(SignedIn {
            identity: self.identity(claims)?,
            fetched_keys: Some(serde_json::to_string(&keys).map_err(|error| no_answer(&error))?),
        })
    }

    fn check_answer(
        &self,
        begun: &Pending,
        answer: Callback,
        now: OffsetDateTime,
    ) -> Result<AuthorizationCode, OidcRefused> {
        let now = now.unix_timestamp();
        if now > begun.until || now < begun.until.saturating_sub(CEREMONY_SECONDS) {
            return Err(OidcRefused::Expired);
        }
        let state = answer.state.unwrap_or_default();
        let ours = bool::from(state.as_bytes().ct_eq(begun.state.as_bytes()));
        let issuer = answer.iss.is_none_or(|iss| iss == self.settings.issuer);
        if !ours || !issuer {
            return Err(OidcRefused::OtherSignIn);
        }
        if let Some(error) = answer.error {
            return Err(OidcRefused::Declined { error });
        }
        let code = answer.code.ok_or(OidcRefused::OtherSignIn)?;
        Ok(AuthorizationCode::new(code))
    }

    async fn exchange<H, F, E>(
        &self,
        begun: &Pending,
        code: AuthorizationCode,
        http: &H,
    ) -> Result<IdToken<Extra, CoreGenderClaim, Jwe, Jws>, OidcRefused>
    where
        H: Fn(HttpRequest) -> F,
        F: Future<Output = Result<HttpResponse, E>>,
        E: std::error::Error + 'static,
    {
        let answer = self
            .client
            .exchange_code(code)
            .set_pkce_verifier(PkceCodeVerifier::new(begun.verifier.clone()))
            .request_async(http)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(answer) => {
                    OidcRefused::Declined { error: answer.error().as_ref().to_owned() }
                }
                RequestTokenError::Request(error) => no_answer(&error),
                RequestTokenError::Parse(error, _) => no_answer(&error),
                RequestTokenError::Other(detail) => OidcRefused::NoAnswer { detail },
            })?;
        let token = answer.extra_fields().id_token().cloned();
        token.ok_or_else(|| OidcRefused::BadToken {
            detail: "the answer holds no id token".to_owned(),
        })
    }

    fn verify<'t>(
        &self,
        token: &'t IdToken<Extra, CoreGenderClaim, Jwe, Jws>,
        nonce: &Nonce,
        keys: &CoreJsonWebKeySet,
        now: OffsetDateTime,
    ) -> Result<&'t Claims, Unverified> {
        let seconds = now.unix_timestamp();
        // Signatures by public key only: with a shared secret, whoever reads our
        // configuration could sign as anyone.
        let verifier = IdTokenVerifier::new_public_client(
            ClientId::new(self.settings.client_id.clone()),
            self.client_issuer()?,
            keys.clone(),
        )
        .set_allowed_algs([
            Jws::RsaSsaPkcs1V15Sha256,
            Jws::RsaSsaPssSha256,
            Jws::EcdsaP256Sha256,
            Jws::EcdsaP384Sha384,
            Jws::EdDsa,
        ])
        .set_time_fn(move || chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default())
        .set_issue_time_verifier_fn(move |issued| {
            let age = seconds - issued.timestamp();
            let fits = (-CLOCK_SKEW_SECONDS..=CEREMONY_SECONDS).contains(&age);
            fits.then_some(()).ok_or_else(|| "issued too long ago or in the future".to_owned())
        });
        let claims = token.claims(&verifier, nonce)?;
        // OpenID Connect Core §3.1.3.7, step 5.
        let party = claims.authorized_party();
        if party.is_some_and(|party| party.as_str() != self.settings.client_id) {
            return Err(Unverified::Other("issued to another party".to_owned()));
        }
        Ok(claims)
    }

    fn client_issuer(&self) -> Result<IssuerUrl, Unverified> {
        IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|error| Unverified::Other(error.to_string()))
    }

    fn identity(&self, claims: &Claims) -> Result<Identity, OidcRefused> {
        let extra = &claims.additional_claims().0;
        let verified = claims.email_verified() == Some(true);
        let email = claims.email().filter(|_| verified);
        let email = email.map(|email| email.as_str().to_owned());
        let tenants = self.settings.admitting(extra, email.as_deref());
        if tenants.is_empty() {
            return Err(OidcRefused::NotAdmitted);
        }
        let methods = claims.auth_method_refs().into_iter().flatten();
        Ok(Identity {
            issuer: claims.issuer().as_str().to_owned(),
            subject: claims.subject().as_str().to_owned(),
            email,
            tenants,
            methods: methods.map(|method| method.as_str().to_owned()).collect(),
            level: claims.auth_context_ref().map(|level| level.as_str().to_owned()),
            authenticated_at: claims.auth_time().map(|time| time.timestamp()),
        })
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({})", self.settings.issuer)
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(secret)")
    }
}

fn client(settings: &Settings) -> Result<(ProviderClient, JsonWebKeySetUrl), BadSettings> {
    let bad = |field: &str| BadSettings::Address { field: field.to_owned() };
    let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| bad("issuer"))?;
    let auth = AuthUrl::new(settings.authorization_endpoint.clone())
        .map_err(|_| bad("authorization_endpoint"))?;
    let token =
        TokenUrl::new(settings.token_endpoint.clone()).map_err(|_| bad("token_endpoint"))?;
    let back = RedirectUrl::new(settings.redirect_uri.clone()).map_err(|_| bad("redirect_uri"))?;
    let keys = JsonWebKeySetUrl::new(settings.jwks_uri.clone()).map_err(|_| bad("jwks_uri"))?;
    let id = ClientId::new(settings.client_id.clone());
    let mut client = Client::new(id, issuer, CoreJsonWebKeySet::new(Vec::new()))
        .set_auth_uri(auth)
        .set_token_uri(token)
        .set_redirect_uri(back);
    if let Some(secret) = &settings.client_secret {
        client = client.set_client_secret(ClientSecret::new(secret.clone()));
    }
    Ok((client, keys))
}

/// Why a token does not hold; a missing key is worth one more look at the provider.
enum Unverified {
    NoKey,
    Other(String),
}

impl From<ClaimsVerificationError> for Unverified {
    fn from(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            ) => Self::NoKey,
            ClaimsVerificationError::SignatureVerification(error) => Self::Other(error.to_string()),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<Unverified> for OidcRefused {
    fn from(why: Unverified) -> Self {
        let detail = match why {
            Unverified::NoKey => "signed with a key the provider does not publish".to_owned(),
            Unverified::Other(detail) => detail,
        };
        Self::BadToken { detail }
    }
}

fn no_answer(error: &dyn std::error::Error) -> OidcRefused {
    OidcRefused::NoAnswer { detail: error.to_string() }
}
