//! A 256-bit symmetric key and the keys derived from it.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{Entropy, NoEntropy, entropy::draw, same};

/// A 256-bit secret key. Wiped when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

/// A key was given as a byte string of another length than 32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is 32 bytes long, this has `{found}`")]
pub struct KeyLength {
    /// How many bytes were given.
    pub found: usize,
}

impl Key {
    /// A new key from `entropy`.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self, NoEntropy> {
        draw(entropy).map(Self)
    }

    /// The key with exactly these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key's bytes, to be handed to a cipher and to nothing else.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for one purpose, named by `label`, from which neither this key nor
    /// its siblings can be found (HKDF-SHA-256, RFC 5869).
    ///
    /// The parts of the label are length-prefixed: `["ab", "c"]` and `["a", "bc"]`
    /// give different keys.
    ///
    /// ```
    /// use palermo_crypto::Key;
    /// let person = Key::from_bytes([7; 32]);
    /// assert_ne!(person.derive(&[b"need", b"note"]), person.derive(&[b"neednote"]));
    /// ```
    pub fn derive(&self, label: &[&[u8]]) -> Self {
        let label = encode_parts(label);
        // The label is salt as well as info, so that even the key between the two
        // steps belongs to one purpose. Expanding to 32 bytes cannot fail (the limit
        // is 8,160); if it ever did, that intermediate key would be the result.
        let salt = encode_parts(&[b"palermo key v1", &label]);
        let (between, hkdf) = Hkdf::<Sha256>::extract(Some(&salt), &self.0);
        let mut out: [u8; 32] = between.into();
        let _ = hkdf.expand(&label, &mut out);
        Self(out)
    }

    /// The key for one column of one table, derived from a person's key.
    pub fn for_column(&self, table: &str, column: &str) -> Self {
        self.derive(&[b"column", table.as_bytes(), column.as_bytes()])
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(secret)")
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for Key {}

impl TryFrom<&[u8]> for Key {
    type Error = KeyLength;

    fn try_from(bytes: &[u8]) -> Result<Self, KeyLength> {
        let bytes = bytes.try_into().map_err(|_| KeyLength { found: bytes.len() })?;
        Ok(Self(bytes))
    }
}

/// One byte string out of several, such that no two lists of parts give the same:
/// the number of parts, then each part after its length (64-bit big-endian).
pub fn encode_parts(parts: &[&[u8]]) -> Vec<u8> {
    let total: usize = parts.iter().map(|part| part.len() + 8).sum();
    let mut out = Vec::with_capacity(total + 8);
    out.extend_from_slice(&(parts.len() as u64).to_be_bytes());
    for part in parts {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}
