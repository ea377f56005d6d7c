//! The key that guards a member of staff's secret: from a passphrase, from an
//! authenticator, or from the token only the browser's cookie holds.

use std::fmt;

use crate::{
    CannotOpen, CannotSeal, Entropy, Key, StaffSecret, Token, encode_parts,
    password::{self, CannotHash, Params},
    sealing,
};

/// Format of a secret sealed by a vault key.
const SECRET_V1: u8 = 3;

/// A key that exists only while its owner is there: derived, used, dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct VaultKey(Key);

impl VaultKey {
    /// From a passphrase (Argon2id, RFC 9106). `salt` is random, at least 16
    /// bytes, stored beside the sealed secret, and not the salt of the sign-in hash.
    ///
    /// # Errors
    /// When the salt is too short or the cost cannot be paid.
    pub fn from_passphrase(
        passphrase: &str,
        salt: &[u8],
        params: &Params,
    ) -> Result<Self, CannotHash> {
        password::stretch(passphrase, salt, params)
            .map(|key| Self(key.derive(&[b"vault from passphrase v1"])))
    }

    /// From the output an authenticator's PRF (WebAuthn Level 3, `prf`) gave for
    /// the credential with this id. The output is already uniform: no stretching.
    pub fn from_prf(output: &[u8; 32], credential_id: &[u8]) -> Self {
        Self(Key::from_bytes(*output).derive(&[b"vault from prf v1", credential_id]))
    }

    /// From the token in the session's cookie, of which the server keeps only a
    /// hash: what it seals for the session opens only while the browser asks.
    pub fn from_token(token: &Token) -> Self {
        Self(token.derive(&[b"vault from session token v1"]))
    }

    /// Seals `secret`; `owner` (tenant, staff member, key id) is bound to it.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn seal_secret(
        &self,
        owner: &[&[u8]],
        secret: &StaffSecret,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, CannotSeal> {
        let aad = encode_parts(owner);
        sealing::encrypt(&self.0, SECRET_V1, &aad, secret.to_key().as_bytes(), entropy)
    }

    /// Opens what [`VaultKey::seal_secret`] made.
    ///
    /// # Errors
    /// With another passphrase, authenticator, session or owner, or after a change.
    pub fn open_secret(&self, owner: &[&[u8]], sealed: &[u8]) -> Result<StaffSecret, CannotOpen> {
        let bytes = sealing::decrypt(&self.0, SECRET_V1, &encode_parts(owner), sealed)?;
        let key = Key::try_from(bytes.as_slice()).map_err(|_| CannotOpen)?;
        StaffSecret::from_key(&key)
    }
}

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VaultKey(secret)")
    }
}

/// A staff secret moved from one vault to another: a passphrase changed, a
/// passkey added, a session opened. What was wrapped to the key pair stays as it is.
///
/// # Errors
/// [`CannotRewrap::Old`] if `old` does not open it; otherwise as sealing.
pub fn rewrap(
    old: &VaultKey,
    new: &VaultKey,
    owner: &[&[u8]],
    sealed: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CannotRewrap> {
    let secret = old.open_secret(owner, sealed)?;
    Ok(new.seal_secret(owner, &secret, entropy)?)
}

/// A sealed secret could not be moved to another vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotRewrap {
    /// The old key does not open it.
    #[error(transparent)]
    Old(#[from] CannotOpen),
    /// The new key could not seal it.
    #[error(transparent)]
    New(#[from] CannotSeal),
}
