//! A file as it travels in a field of a form: nothing is kept of a preview
//! nobody agrees to.

use std::fmt::Write as _;

/// Bytes as text.
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Text as bytes; nothing if it is none of ours.
#[must_use]
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
