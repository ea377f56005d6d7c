//! Devices someone marked as their own (check N1): a browser that shows such a
//! mark is counted by itself, so that an attack on a name does not keep its
//! owner out. Nothing is stored: the mark is a keyed hash over the account and
//! its passphrase, and is void when the passphrase changes.

use crate::{error::Result, store::Store};
use hmac::{Hmac, KeyInit, Mac};
use palermo_crypto::Token;
use palermo_domain::{
    id::{AccountId, CredentialId, Id},
    moment::Moment,
};
use sha2::Sha256;
use std::time::Duration;

/// How long a mark counts: half a year.
pub const HOLDS: Duration = Duration::from_secs(180 * 86_400);

/// Whose device it is: the account, and the passphrase it had then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// Account.
    pub account: AccountId,
    /// Its passphrase when the mark was made.
    pub passphrase: CredentialId,
}

fn keyed(store: &Store, owner: Owner, given: &str) -> Option<Hmac<Sha256>> {
    let key = store.inner.keys.sign_in_names().derive(&[b"known devices"]);
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(owner.account.uuid().as_bytes());
    mac.update(owner.passphrase.uuid().as_bytes());
    mac.update(given.as_bytes());
    Some(mac)
}

/// A new mark for a browser to keep.
///
/// # Errors
/// When there is no randomness.
pub fn mark(store: &Store, owner: Owner) -> Result<String> {
    let name = Token::generate(&mut store.entropy())?.text();
    let given = format!("{}.{}", name.as_str(), store.now().micros());
    let sum = keyed(store, owner, &given).map(|mac| hex::encode(mac.finalize().into_bytes()));
    Ok(format!("{given}.{}", sum.unwrap_or_default()))
}

/// The name of the device a mark was made for, if it is this owner's and has
/// not run out.
#[must_use]
pub fn name(store: &Store, owner: Owner, mark: &str) -> Option<String> {
    let (given, sum) = mark.rsplit_once('.')?;
    let (name, at) = given.split_once('.')?;
    let sum = hex::decode(sum).ok()?;
    keyed(store, owner, given)?.verify_slice(&sum).ok()?;
    let at = Moment::from_micros(at.parse().ok()?);
    let now = store.now();
    (at <= now && now < at.after(HOLDS)).then(|| name.to_owned())
}
