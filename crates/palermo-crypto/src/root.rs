//! The root key: from a key file's content or a passphrase, never from the database.
//!
//! It wraps the compartments a server may open by itself (cases, statistics) with
//! [`crate::wrap_key`]. Care, identity and protected addresses are never wrapped to it.

use zeroize::Zeroizing;

use crate::{
    Key,
    password::{self, CannotHash, Params},
};

/// A key file that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKeyFile {
    /// Neither 32 raw bytes nor 64 hexadecimal digits.
    #[error(
        "a key file holds 32 bytes or 64 hexadecimal digits, this holds `{found}` bytes of something else"
    )]
    Shape {
        /// Length of the content in bytes.
        found: usize,
    },
    /// So regular that nobody can have drawn it.
    #[error("this key is made of a few repeated bytes; make a new one from random bytes")]
    Regular,
}

/// Reads a key file's content: 64 hexadecimal digits with white space around them,
/// or exactly 32 raw bytes.
///
/// # Errors
/// When it is neither, or is a placeholder such as all zeros.
pub fn from_file(content: &[u8]) -> Result<Key, BadKeyFile> {
    let mut bytes = Zeroizing::new([0; 32]);
    if content.len() == 32 {
        bytes.copy_from_slice(content);
    } else {
        hex::decode_to_slice(content.trim_ascii(), bytes.as_mut_slice())
            .map_err(|_| BadKeyFile::Shape { found: content.len() })?;
    }
    // 32 random bytes have fewer than 16 different values less than once in 2^54 draws.
    let mut seen = [false; 256];
    for byte in bytes.iter() {
        if let Some(slot) = seen.get_mut(usize::from(*byte)) {
            *slot = true;
        }
    }
    if seen.iter().filter(|seen| **seen).count() < 16 {
        return Err(BadKeyFile::Regular);
    }
    Ok(Key::from_bytes(*bytes))
}

/// What to write into a key file: 64 hexadecimal digits and a line break.
pub fn to_file(key: &Key) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(65));
    for byte in key.as_bytes() {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text.push('\n');
    text
}

/// The root key from a passphrase (Argon2id). `salt` is stored with the installation.
///
/// # Errors
/// When the salt is too short or the cost cannot be paid.
pub fn from_passphrase(passphrase: &str, salt: &[u8], params: &Params) -> Result<Key, CannotHash> {
    password::stretch(passphrase, salt, params).map(|key| key.derive(&[b"root v1"]))
}
