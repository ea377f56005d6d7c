//! What the binary fills in, so that this crate needs neither WebAuthn nor
//! typesetting nor a network to compile: one-time codes, passkeys, and an
//! organisation's own sign-in.

use palermo_domain::moment::Moment;
use palermo_standards::document::Document;
use serde_json::Value as Json;

/// A secret for one-time codes, offered and not yet kept.
#[derive(Debug, Clone)]
pub struct TotpOffer {
    /// The secret, to be sealed.
    pub secret: Vec<u8>,
    /// The secret in letters, for typing into an authenticator.
    pub letters: String,
    /// The picture to scan, as SVG.
    pub picture: String,
}

/// A challenge to a browser and what must be remembered until the answer.
#[derive(Debug, Clone)]
pub struct Ceremony {
    /// Options for the browser.
    pub challenge: Json,
    /// State, to be sealed and given back.
    pub state: Json,
}

/// A passkey that was made, or used.
#[derive(Debug, Clone)]
pub struct PasskeyAnswer {
    /// The credential's id, base64url.
    pub id: String,
    /// Everything to be kept about it.
    pub passkey: Json,
    /// Whether the authenticator verified its user (PIN, finger).
    pub user_verified: bool,
    /// Whether its authenticator has a PRF, and so can open a vault.
    pub has_prf: bool,
    /// The PRF's output, if it came with this answer; wiped when dropped.
    pub prf: Option<zeroize::Zeroizing<[u8; 32]>>,
}

/// A second factor did not work: a text for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FactorError(pub String);

/// One-time codes and passkeys.
pub trait SecondFactors: Send + Sync {
    /// A new secret for one-time codes, labelled with the account's address.
    ///
    /// # Errors
    /// When there is no randomness.
    fn new_totp(&self, address: &str) -> Result<TotpOffer, FactorError>;

    /// The same offer shown again.
    ///
    /// # Errors
    /// When the secret is none of ours.
    fn show_totp(&self, secret: &[u8], address: &str) -> Result<TotpOffer, FactorError>;

    /// The time step a code belongs to, if it is right and later than `last_step`.
    fn check_totp(
        &self,
        secret: &[u8],
        code: &str,
        at: Moment,
        last_step: Option<u64>,
    ) -> Option<u64>;

    /// Begins making a passkey.
    ///
    /// # Errors
    /// When the authenticator's rules cannot be met.
    fn begin_passkey(
        &self,
        account: uuid::Uuid,
        address: &str,
        name: &str,
        known: &[Json],
        at: Moment,
    ) -> Result<Ceremony, FactorError>;

    /// Finishes making a passkey.
    ///
    /// # Errors
    /// When the answer does not fit the challenge.
    fn finish_passkey(
        &self,
        answer: &Json,
        state: &Json,
        at: Moment,
    ) -> Result<PasskeyAnswer, FactorError>;

    /// Asks for one of these passkeys.
    ///
    /// # Errors
    /// When none can be asked for.
    fn ask_passkey(&self, known: &[Json], at: Moment) -> Result<Ceremony, FactorError>;

    /// Checks the answer; `known` are the passkeys asked for.
    ///
    /// # Errors
    /// When the answer does not fit the challenge or no passkey.
    fn check_passkey(
        &self,
        answer: &Json,
        state: &Json,
        known: &[Json],
        at: Moment,
    ) -> Result<PasskeyAnswer, FactorError>;

    /// Asks for any passkey of this installation: a sign-in by passkey alone,
    /// the same question for everyone (check N2).
    ///
    /// # Errors
    /// When this installation has no passkeys.
    fn ask_anyone(&self, _at: Moment) -> Result<Ceremony, FactorError> {
        Err(FactorError("this installation has no passkeys".to_owned()))
    }

    /// Whose account an answer claims to be from, before it is checked.
    ///
    /// # Errors
    /// When the answer names nobody.
    fn claimed(&self, _answer: &Json) -> Result<uuid::Uuid, FactorError> {
        Err(FactorError("this installation has no passkeys".to_owned()))
    }
}

/// An organisation's provider, as its administrator described it.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ProviderSettings {
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
    /// Our secret at the provider; never stored in clear, empty if there is none.
    #[serde(skip)]
    pub client_secret: zeroize::Zeroizing<String>,
    /// The claim that tells who is admitted, such as `tid`, `groups` or `email_domain`.
    pub claim: String,
    /// Any of these values admits.
    pub values: Vec<String>,
    /// Whether the provider's own second factor counts here.
    pub second_factor: bool,
}

impl std::fmt::Debug for ProviderSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProviderSettings({}, secret)", self.issuer)
    }
}

/// Who a provider says someone is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderIdentity {
    /// The provider.
    pub issuer: String,
    /// The provider's id for the person.
    pub subject: String,
    /// Whether they showed a second factor there (`amr`).
    pub second_factor: bool,
    /// Signing keys that had to be fetched, to be kept for next time.
    pub fetched_keys: Option<String>,
}

/// What a provider sends the browser back with.
#[derive(Debug, Clone, Default)]
pub struct ProviderAnswer {
    /// `state`.
    pub state: Option<String>,
    /// `code`.
    pub code: Option<String>,
    /// `error`.
    pub error: Option<String>,
    /// `iss`.
    pub iss: Option<String>,
}

/// The answer of a port that has to wait for the network.
pub type Later<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An organisation's own sign-in (OpenID Connect).
pub trait OrganisationSignIn: Send + Sync {
    /// Whether this installation can do it, and may speak with the provider's
    /// addresses: the operator names the hosts.
    ///
    /// # Errors
    /// What is wrong with the settings, one a line.
    fn check(&self, settings: &ProviderSettings) -> Result<(), FactorError>;

    /// Begins: the address to send the browser to, and what to keep.
    ///
    /// # Errors
    /// When the settings do not fit.
    fn start(&self, settings: &ProviderSettings, at: Moment)
    -> Result<(String, Json), FactorError>;

    /// Ends: exchanges the code and verifies the token.
    fn finish<'a>(
        &'a self,
        settings: &'a ProviderSettings,
        keys: Option<&'a str>,
        pending: &'a Json,
        answer: ProviderAnswer,
        at: Moment,
    ) -> Later<'a, Result<ProviderIdentity, FactorError>>;
}

/// An installation without outgoing connections: nobody signs in elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoOrganisationSignIn;

fn not_here() -> FactorError {
    FactorError("the operator of this installation has named no provider's host".to_owned())
}

impl OrganisationSignIn for NoOrganisationSignIn {
    fn check(&self, _: &ProviderSettings) -> Result<(), FactorError> {
        Err(not_here())
    }

    fn start(&self, _: &ProviderSettings, _: Moment) -> Result<(String, Json), FactorError> {
        Err(not_here())
    }

    fn finish<'a>(
        &'a self,
        _: &'a ProviderSettings,
        _: Option<&'a str>,
        _: &'a Json,
        _: ProviderAnswer,
        _: Moment,
    ) -> Later<'a, Result<ProviderIdentity, FactorError>> {
        Box::pin(async { Err(not_here()) })
    }
}

/// A report could not be typeset: a text for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TypesetError(pub String);

/// Typeset reports.
pub trait Typesetter: Send + Sync {
    /// The report as the bytes of a PDF. Takes a processor for up to some
    /// seconds; [`crate::App::make`] calls it off the threads that answer.
    ///
    /// # Errors
    /// When the report cannot be laid out.
    fn pdf(&self, document: &Document) -> Result<Vec<u8>, TypesetError>;
}

/// For places nobody signs in to with a second factor: tests, and tools that
/// only fill a region. It offers nothing and accepts nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSecondFactors;

fn none<T>() -> Result<T, FactorError> {
    Err(FactorError("there are no second factors here".into()))
}

impl SecondFactors for NoSecondFactors {
    fn new_totp(&self, _: &str) -> Result<TotpOffer, FactorError> {
        none()
    }

    fn show_totp(&self, _: &[u8], _: &str) -> Result<TotpOffer, FactorError> {
        none()
    }

    fn check_totp(&self, _: &[u8], _: &str, _: Moment, _: Option<u64>) -> Option<u64> {
        None
    }

    fn begin_passkey(
        &self,
        _: uuid::Uuid,
        _: &str,
        _: &str,
        _: &[Json],
        _: Moment,
    ) -> Result<Ceremony, FactorError> {
        none()
    }

    fn finish_passkey(&self, _: &Json, _: &Json, _: Moment) -> Result<PasskeyAnswer, FactorError> {
        none()
    }

    fn ask_passkey(&self, _: &[Json], _: Moment) -> Result<Ceremony, FactorError> {
        none()
    }

    fn check_passkey(
        &self,
        _: &Json,
        _: &Json,
        _: &[Json],
        _: Moment,
    ) -> Result<PasskeyAnswer, FactorError> {
        none()
    }
}
