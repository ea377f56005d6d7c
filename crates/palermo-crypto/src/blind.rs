//! Finding a document number without storing it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::{Key, encode_parts};

/// Where the decimal digits of the scripts people's papers are written in begin:
/// Arabic-Indic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu,
/// Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer (Unicode `Nd` blocks).
const ZEROS: [char; 15] = [
    '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0A66}', '\u{0AE6}', '\u{0BE6}', '\u{0C66}',
    '\u{0CE6}', '\u{0D66}', '\u{0E50}', '\u{0ED0}', '\u{0F20}', '\u{1040}', '\u{17E0}',
];

/// A tag by which an exact `value` of `field` can be found again and from which,
/// without the key, nothing can be read: HMAC-SHA-256, first 128 bits.
///
/// Only for what is hardly ever shared between people, such as document numbers.
/// Names are too few for it: their tags would be read off by frequency.
/// The value is first put through [`normalise_number`].
///
/// ```
/// use palermo_crypto::{Key, blind_index};
/// let key = Key::from_bytes([1; 32]);
/// assert_eq!(blind_index(&key, "passport", "xa 12-34"), blind_index(&key, "passport", "XA1234"));
/// assert_ne!(blind_index(&key, "passport", "XA1234"), blind_index(&key, "visa", "XA1234"));
/// ```
pub fn blind_index(key: &Key, field: &str, value: &str) -> [u8; 16] {
    let key = key.derive(&[b"blind index v1"]);
    let message = encode_parts(&[field.as_bytes(), normalise_number(value).as_bytes()]);
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key.as_bytes());
    let tag = hmac_sha256(&block, &message);
    let mut out = [0; 16];
    for (to, from) in out.iter_mut().zip(tag) {
        *to = from;
    }
    out
}

/// How a number on a document is compared: compatibility forms folded (NFKC),
/// digits of other scripts as `0`–`9`, upper case, and nothing but letters and
/// digits kept, so that spaces, hyphens and invisible marks make no difference.
///
/// An empty result means there was no number, and nothing should be indexed.
pub fn normalise_number(value: &str) -> String {
    value
        .nfkc()
        .map(ascii_digit)
        .flat_map(char::to_uppercase)
        .nfkc()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn ascii_digit(c: char) -> char {
    ZEROS
        .iter()
        .filter_map(|zero| u32::from(c).checked_sub(u32::from(*zero)))
        .find(|offset| *offset < 10)
        .and_then(|offset| char::from_digit(offset, 10))
        .unwrap_or(c)
}

/// HMAC-SHA-256 (RFC 2104) under a key of up to 64 bytes, given padded with
/// zeros to the hash's block, which is what RFC 2104 does with it first.
pub(crate) fn hmac_sha256(block: &[u8; 64], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new(block.into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn mac(key: &[u8], message: &[u8]) -> String {
        let mut block = [0; 64];
        block[..key.len()].copy_from_slice(key);
        hex::encode(hmac_sha256(&block, message))
    }

    #[test]
    fn hmac_gives_the_examples_of_rfc_4231() {
        assert_eq!(
            mac(&[0x0b; 20], b"Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
        assert_eq!(
            mac(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            mac(&[0xaa; 20], &[0xdd; 50]),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        );
        let counting: Vec<u8> = (1..=25).collect();
        assert_eq!(
            mac(&counting, &[0xcd; 50]),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        );
    }

    #[test]
    fn a_number_is_compared_whatever_way_it_was_typed() {
        for typed in [
            "XA-1234567",
            " xa 123 4567 ",
            "ＸＡ１２３４５６７",
            "XA/123.4567",
            "XA\u{200f}١٢٣٤٥٦٧",
            "xa۱۲۳۴۵۶۷",
            "xa १२३४५६७",
        ] {
            assert_eq!(normalise_number(typed), "XA1234567", "{typed}");
        }
    }

    #[test]
    fn letters_of_other_scripts_are_kept_apart() {
        assert_ne!(normalise_number("А1"), normalise_number("A1")); // Cyrillic and Latin
        assert_eq!(normalise_number("ß-7"), "SS7");
        assert_eq!(normalise_number(" -/- "), "");
    }
}
