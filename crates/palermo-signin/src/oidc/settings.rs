//! What an operator writes down about an identity provider.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One identity provider, from its discovery document and the registration with it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The provider's name for itself, letter by letter as in its tokens.
    pub issuer: String,
    /// Where browsers are sent to.
    pub authorization_endpoint: String,
    /// Where codes are exchanged.
    pub token_endpoint: String,
    /// Where its signing keys are published.
    pub jwks_uri: String,
    /// Our name at the provider.
    pub client_id: String,
    /// Our secret at the provider, if it gave one.
    #[serde(default)]
    pub client_secret: Option<String>,
    /// Where the provider sends browsers back to.
    pub redirect_uri: String,
    /// What to ask for besides `openid`, such as `email`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Who is let in, and to which tenant. Nobody else is.
    pub admissions: Vec<Admission>,
}

/// People whose token carries one of `values` in `claim` belong to `tenant`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admission {
    /// The tenant that admits them.
    pub tenant: String,
    /// The claim looked at, such as `tid`, `hd` or `groups`; `email_domain` stands for
    /// the domain of an address the provider has checked.
    pub claim: String,
    /// Any of these, letter by letter.
    pub values: Vec<String>,
}

/// Something wrong in [`Settings`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    /// Not an `https` address.
    #[error("`{field}` must be an `https` address")]
    Address {
        /// Which setting.
        field: String,
    },
    /// Nothing there.
    #[error("`{field}` must not be empty")]
    Empty {
        /// Which setting.
        field: String,
    },
    /// The keys given are no key set.
    #[error("the signing keys are not a JSON Web Key Set")]
    Keys,
}

impl Settings {
    /// Everything wrong at once.
    pub(super) fn check(&self) -> Result<(), Vec<BadSettings>> {
        let addresses = [
            ("issuer", &self.issuer),
            ("authorization_endpoint", &self.authorization_endpoint),
            ("token_endpoint", &self.token_endpoint),
            ("jwks_uri", &self.jwks_uri),
            ("redirect_uri", &self.redirect_uri),
        ];
        let mut found: Vec<BadSettings> = addresses
            .into_iter()
            .filter(|(_, address)| !is_safe(address))
            .map(|(field, _)| BadSettings::Address { field: field.to_owned() })
            .collect();
        let mut must = |filled: bool, field: &str| {
            if !filled {
                found.push(BadSettings::Empty { field: field.to_owned() });
            }
        };
        must(!self.client_id.is_empty(), "client_id");
        must(!self.admissions.is_empty(), "admissions");
        for admission in &self.admissions {
            must(!admission.tenant.is_empty(), "admissions.tenant");
            must(!admission.claim.is_empty(), "admissions.claim");
            must(!admission.values.is_empty(), "admissions.values");
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// The tenants that admit someone with these claims and this checked address.
    pub(super) fn admitting(
        &self,
        claims: &Map<String, Value>,
        email: Option<&str>,
    ) -> Vec<String> {
        let domain =
            email.and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain.to_lowercase());
        let mut tenants = Vec::new();
        for admission in &self.admissions {
            let admits = if admission.claim == "email_domain" {
                let domain = domain.as_deref();
                domain.is_some_and(|domain| admission.values.iter().any(|value| value == domain))
            } else {
                claims.get(&admission.claim).is_some_and(|claim| admission.admits(claim))
            };
            if admits && !tenants.contains(&admission.tenant) {
                tenants.push(admission.tenant.clone());
            }
        }
        tenants
    }
}

impl Admission {
    /// A claim is one text, or a list of which one fitting text is enough.
    fn admits(&self, claim: &Value) -> bool {
        match claim {
            Value::String(text) => self.values.contains(text),
            Value::Array(items) => items
                .iter()
                .filter_map(Value::as_str)
                .any(|item| self.values.iter().any(|value| value == item)),
            _ => false,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Settings({}, secret)", self.issuer)
    }
}

/// `https`, or a loopback address while trying things out.
fn is_safe(address: &str) -> bool {
    let Ok(url) = openidconnect::url::Url::parse(address) else {
        return false;
    };
    let loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    url.scheme() == "https" || (url.scheme() == "http" && loopback)
}
