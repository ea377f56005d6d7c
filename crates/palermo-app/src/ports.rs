//! What the binary fills in, so that this crate needs neither WebAuthn nor
//! typesetting to compile: one-time codes and passkeys.

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
