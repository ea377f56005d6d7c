//! Passphrases: hashing (Argon2id, RFC 9106), verifying, and strength.
//!
//! A passphrase is folded with NFKC first (NIST SP 800-63B), so that two
//! keyboards writing the same letters differently agree. It is never cut.
//! Hashing takes memory on purpose: callers hold a semaphore around it.

mod strength;

pub use strength::{BannedList, MIN_CHARS, Weakness, check_strength};

use argon2::{
    Algorithm, Argon2, Version,
    password_hash::{self, PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{Entropy, Key, NoEntropy, entropy::draw};

/// Salt drawn for a hash, in bytes.
const SALT_LEN: usize = 16;
/// What a stored hash may ask of us at most; beyond it, it is not one of ours.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;

/// What one Argon2id run costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Params {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Params {
    /// 64 MiB, three passes, one lane: about half a second on a small server.
    pub const fn standard() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 }
    }

    /// The least Argon2 allows, for the invented people of a demonstration and for
    /// tests. Guards nothing.
    pub const fn demo_weakest() -> Self {
        Self { memory_kib: 8, passes: 1, lanes: 1 }
    }

    fn argon2(&self) -> Result<Argon2<'static>, CannotHash> {
        let params = argon2::Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| CannotHash::Cost)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// A passphrase could not be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotHash {
    /// There was no randomness for the salt.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// Argon2 refused the cost or the memory was not there.
    #[error("the passphrase could not be hashed at this cost")]
    Cost,
    /// A salt under 16 bytes.
    #[error("a salt has at least 16 bytes, this has `{found}`")]
    Salt {
        /// Length of the salt in bytes.
        found: usize,
    },
}

/// A stored hash that is not one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored passphrase hash cannot be read")]
pub struct BadHash;

/// Hashes `passphrase` with a fresh salt into a PHC string
/// (`$argon2id$v=19$m=65536,t=3,p=1$…$…`).
///
/// # Errors
/// When there is no randomness or not enough memory.
pub fn hash(
    passphrase: &str,
    params: &Params,
    entropy: &mut dyn Entropy,
) -> Result<String, CannotHash> {
    let salt: [u8; SALT_LEN] = draw(entropy)?;
    let hash: PasswordHash = params
        .argon2()?
        .hash_password_with_salt(fold(passphrase).as_bytes(), &salt)
        .map_err(|_| CannotHash::Cost)?;
    Ok(hash.to_string())
}

/// Whether `passphrase` is the one `stored` was made from.
///
/// # Errors
/// When `stored` is no Argon2id PHC string, or asks for more work than we ever set.
pub fn verify(passphrase: &str, stored: &str) -> Result<bool, BadHash> {
    let (hash, _) = read(stored)?;
    match Argon2::default().verify_password(fold(passphrase).as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(BadHash),
    }
}

/// Whether `stored` was made at another cost than `params`, so that it should be
/// made again at the next successful sign-in.
///
/// # Errors
/// As [`verify`].
pub fn is_outdated(stored: &str, params: &Params) -> Result<bool, BadHash> {
    read(stored).map(|(_, found)| found != *params)
}

/// The work of [`verify`] when there is no such user, so that the time tells nothing
/// (N2). Always `false`.
///
/// # Errors
/// When there is not enough memory.
pub fn verify_nothing(passphrase: &str, params: &Params) -> Result<bool, CannotHash> {
    let salt = [0x5a; SALT_LEN];
    let mut out = Zeroizing::new([0; 32]);
    params
        .argon2()?
        .hash_password_into(fold(passphrase).as_bytes(), &salt, out.as_mut_slice())
        .map_err(|_| CannotHash::Cost)?;
    // Compared and dropped: without a use the work could be optimised away.
    Ok(crate::same(out.as_slice(), &[]))
}

/// A key from a passphrase; what it is for is derived from it by the caller.
pub(crate) fn stretch(passphrase: &str, salt: &[u8], params: &Params) -> Result<Key, CannotHash> {
    if salt.len() < SALT_LEN {
        return Err(CannotHash::Salt { found: salt.len() });
    }
    let mut out = Zeroizing::new([0; 32]);
    params
        .argon2()?
        .hash_password_into(fold(passphrase).as_bytes(), salt, out.as_mut_slice())
        .map_err(|_| CannotHash::Cost)?;
    Ok(Key::from_bytes(*out))
}

fn read(stored: &str) -> Result<(PasswordHash, Params), BadHash> {
    let hash = PasswordHash::new(stored).map_err(|_| BadHash)?;
    let found = argon2::Params::try_from(&hash).map_err(|_| BadHash)?;
    let ours = hash.algorithm.as_str() == "argon2id"
        && hash.salt.is_some()
        && hash.hash.is_some_and(|output| output.as_bytes().len() == 32)
        && found.m_cost() <= MOST_MEMORY_KIB
        && found.t_cost() <= MOST_PASSES;
    if !ours {
        return Err(BadHash);
    }
    let params =
        Params { memory_kib: found.m_cost(), passes: found.t_cost(), lanes: found.p_cost() };
    Ok((hash, params))
}

/// NFKC, in memory that is wiped.
pub(crate) fn fold(passphrase: &str) -> Zeroizing<String> {
    // Four times is what NFKC can need at most for almost every text; a rarer one
    // only leaves a copy behind in freed memory.
    let mut folded = Zeroizing::new(String::with_capacity(passphrase.len() * 4));
    folded.extend(passphrase.nfkc());
    folded
}
