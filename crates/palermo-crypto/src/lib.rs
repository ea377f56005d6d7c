//! Sealing, keys, passphrases, tokens and the audit tree.
//!
//! A leaf: no file, no network, no clock. The only outside help is randomness,
//! and that is an argument ([`Entropy`]). No primitive is written here; what is
//! ours is how the primitives are put together, and every such choice is
//! described where it is made:
//!
//! | for | we use |
//! |---|---|
//! | sealed fields, wrapped keys | XChaCha20-Poly1305, random nonce, bound to its place by [`Aad`] |
//! | derived keys | HKDF-SHA-256 (RFC 5869) |
//! | exact lookups | HMAC-SHA-256 truncated to 128 bits |
//! | staff and recovery keys | HPKE Base (RFC 9180) with X-Wing, HKDF-SHA-256, ChaCha20-Poly1305 |
//! | passphrases | Argon2id (RFC 9106), zxcvbn for strength |
//! | files for outsiders | age version 1 with a passphrase (scrypt, ChaCha20-Poly1305) |
//! | audit | RFC 9162 tree, C2SP checkpoints, Ed25519 (RFC 8032) |
//!
//! How the keys hang together, with an example, is in this crate's `README.md`.
//!
//! Deliberately absent: secret sharing (two officers are two nested seals, see
//! [`TwoOfficerSeal`]), JOSE, searchable encryption, attachments in streams.

mod age;
pub mod audit;
mod blind;
mod entropy;
mod key;
pub mod password;
mod recovery;
pub mod root;
mod sealing;
mod staff;
mod token;
mod vault;

pub use age::{open_with_passphrase, seal_with_passphrase};
pub use blind::{blind_index, normalise_number};
pub use entropy::{Entropy, NoEntropy, OsEntropy, SeededEntropy};
pub use key::{Key, KeyLength, encode_parts};
pub use recovery::{CannotPair, Released, TwoOfficerSeal};
pub use sealing::{Aad, CannotOpen, CannotSeal, open, padded_len, seal, unwrap_key, wrap_key};
pub use staff::{BadPublicKey, StaffPublic, StaffSecret, open_with, seal_to, unwrap, wrap};
pub use token::{BadToken, Token};
pub use vault::{CannotRewrap, VaultKey, rewrap};

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// SHA-256 (FIPS 180-4) of `bytes`.
///
/// ```
/// let digest = palermo_crypto::sha256(b"abc");
/// assert_eq!(digest[..4], [0xba, 0x78, 0x16, 0xbf]);
/// ```
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Whether two byte strings are equal, in a time that depends on their lengths alone.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// The example in the `README.md`, kept compiling.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
