//! Sealing a value so that it opens only with its key, and only in its place.
//!
//! XChaCha20-Poly1305 with a random 24-byte nonce (draft-irtf-cfrg-xchacha-03).
//! The place (tenant, person, table, column, row, key, version) is associated
//! data: a ciphertext copied anywhere else does not open. The cipher does not
//! commit to its key, so a value is opened with the key its row names; nobody
//! tries several keys in turn.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use crate::{Entropy, Key, NoEntropy, encode_parts, entropy::draw};

/// First byte of a sealed text. A later format takes the next number.
const TEXT_V1: u8 = 1;
/// First byte of a wrapped key, so that a key never opens as a text or the reverse.
const KEY_V1: u8 = 2;
const NONCE_LEN: usize = 24;
const TAG_LEN: usize = 16;
/// Padding starts with this byte and goes on with zeros (ISO/IEC 7816-4).
const PAD_START: u8 = 0x80;

/// The place a sealed value belongs to. Every field is bound to the ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aad<'a> {
    /// The organisation answerable for the data.
    pub tenant: &'a [u8],
    /// The person the value is about; empty if about nobody.
    pub person: &'a [u8],
    /// The table the value stands in.
    pub table: &'a str,
    /// The column the value stands in.
    pub column: &'a str,
    /// The row's id.
    pub row: &'a [u8],
    /// The id of the key it is sealed with.
    pub key_id: &'a [u8],
    /// The version of the row or key, so that an old value cannot be put back unseen.
    pub version: u32,
}

impl Aad<'_> {
    /// One byte string per place: no two places share an encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.tagged(b"palermo place v1")
    }

    fn tagged(&self, what: &[u8]) -> Vec<u8> {
        encode_parts(&[
            what,
            self.tenant,
            self.person,
            self.table.as_bytes(),
            self.column.as_bytes(),
            self.row,
            self.key_id,
            &self.version.to_be_bytes(),
        ])
    }
}

/// A sealed value did not open. Deliberately says no more: a wrong key, a wrong
/// place and a changed byte cannot be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this does not open with this key in this place")]
pub struct CannotOpen;

/// A value could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotSeal {
    /// There was no randomness for the nonce.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// The cipher refused the text; it takes up to 256 GiB.
    #[error("the text is too long to be sealed")]
    TooLong,
}

/// Seals `text` under `key` in the place `aad`.
///
/// The result is a format byte, the nonce, and the ciphertext of the padded
/// text: its length tells only the bucket (see [`padded_len`]).
///
/// # Errors
/// When there is no randomness.
pub fn seal(
    key: &Key,
    aad: &Aad<'_>,
    text: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CannotSeal> {
    encrypt(key, TEXT_V1, &aad.encode(), &pad(text), entropy)
}

/// Opens what [`seal`] made.
///
/// # Errors
/// When key, place or a single bit differs, or it is not a sealed text at all.
pub fn open(key: &Key, aad: &Aad<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
    let mut padded = decrypt(key, TEXT_V1, &aad.encode(), sealed)?;
    let len = unpadded_len(&padded).ok_or(CannotOpen)?;
    padded.truncate(len);
    Ok(padded)
}

/// Wraps `inner` under `key`, bound to the place `aad` as [`seal`] binds a text.
///
/// # Errors
/// When there is no randomness.
pub fn wrap_key(
    key: &Key,
    aad: &Aad<'_>,
    inner: &Key,
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CannotSeal> {
    let aad = aad.tagged(b"palermo wrapped key v1");
    encrypt(key, KEY_V1, &aad, inner.as_bytes(), entropy)
}

/// Opens what [`wrap_key`] made.
///
/// # Errors
/// As [`open`].
pub fn unwrap_key(key: &Key, aad: &Aad<'_>, wrapped: &[u8]) -> Result<Key, CannotOpen> {
    let aad = aad.tagged(b"palermo wrapped key v1");
    let inner = decrypt(key, KEY_V1, &aad, wrapped)?;
    Key::try_from(inner.as_slice()).map_err(|_| CannotOpen)
}

/// Seals without padding; the format byte is bound too.
pub(crate) fn encrypt(
    key: &Key,
    format: u8,
    aad: &[u8],
    text: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, CannotSeal> {
    let nonce: [u8; NONCE_LEN] = draw(entropy)?;
    let aad = encode_parts(&[&[format], aad]);
    let payload = Payload { msg: text, aad: &aad };
    let ciphertext = XChaCha20Poly1305::new(key.as_bytes().into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| CannotSeal::TooLong)?;
    let mut out = Vec::with_capacity(1 + NONCE_LEN + ciphertext.len());
    out.push(format);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&ciphertext);
    Ok(out)
}

/// Opens what [`encrypt`] made.
pub(crate) fn decrypt(
    key: &Key,
    format: u8,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
    let (found, rest) = sealed.split_first().ok_or(CannotOpen)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_LEN>().ok_or(CannotOpen)?;
    if *found != format || ciphertext.len() < TAG_LEN {
        return Err(CannotOpen);
    }
    let aad = encode_parts(&[&[format], aad]);
    let payload = Payload { msg: ciphertext, aad: &aad };
    XChaCha20Poly1305::new(key.as_bytes().into())
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| CannotOpen)
}

/// How long a text of `len` bytes is after padding: 32, 64, 128, 256, 512, 1024
/// or a multiple of 1024. One byte always goes to the padding itself.
pub fn padded_len(len: usize) -> usize {
    let needed = len.saturating_add(1);
    if needed <= 1024 {
        needed.next_power_of_two().max(32)
    } else {
        needed.div_ceil(1024).saturating_mul(1024)
    }
}

pub(crate) fn pad(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let bucket = padded_len(text.len());
    // Reserved at once: growing would leave unwiped copies of the text behind.
    let mut out = Zeroizing::new(Vec::with_capacity(bucket));
    out.extend_from_slice(text);
    out.push(PAD_START);
    out.resize(bucket, 0);
    out
}

/// The length of the text in a padded block, or `None` if it is not one [`pad`] makes.
pub(crate) fn unpadded_len(padded: &[u8]) -> Option<usize> {
    let len = padded.iter().rposition(|byte| *byte != 0)?;
    let right = padded.get(len) == Some(&PAD_START) && padded_len(len) == padded.len();
    right.then_some(len)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::SeededEntropy;

    #[test]
    fn padding_comes_off_as_it_went_on() {
        for len in 0..3000 {
            for last in [0, PAD_START, 7] {
                let mut text = vec![7; len];
                if let Some(end) = text.last_mut() {
                    *end = last;
                }
                assert_eq!(unpadded_len(&pad(&text)), Some(len), "{len} {last}");
            }
        }
    }

    /// Blocks with a right key and place, but padded as `pad` never does.
    fn malformed() -> Vec<Vec<u8>> {
        let block = |len: usize, text: &[u8]| {
            let mut block = text.to_vec();
            block.resize(len, 0);
            block
        };
        vec![
            Vec::new(),
            vec![0; 32],
            vec![7; 32],
            block(32, b"text without a mark"),
            block(64, b"in too large a bucket\x80"),
            block(16, b"too small\x80"),
            block(33, b"in no bucket\x80"),
            block(32, b"a byte after the mark\x80\0\x01"),
        ]
    }

    #[test]
    fn a_text_padded_in_another_way_does_not_open() {
        let key = Key::from_bytes([1; 32]);
        let aad = Aad {
            tenant: b"",
            person: b"",
            table: "",
            column: "",
            row: b"",
            key_id: b"",
            version: 0,
        };
        let entropy = &mut SeededEntropy::new(1);
        for block in malformed() {
            let sealed = encrypt(&key, TEXT_V1, &aad.encode(), &block, entropy).unwrap();
            assert_eq!(open(&key, &aad, &sealed), Err(CannotOpen), "{block:?}");
        }
    }
}
