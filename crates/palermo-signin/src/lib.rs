//! Ways to show who one is besides the passphrase: one-time codes, recovery codes,
//! passkeys, and an organisation's own sign-in (OpenID Connect).
//!
//! A leaf: it keeps nothing and opens no connection. What must be remembered
//! between two requests is a value that can be stored; the clock, and randomness
//! where the underlying crate allows it, are arguments; requests to an identity
//! provider go through a function the caller gives. Who may then do what is
//! decided elsewhere.

pub mod oidc;
pub mod passkey;
mod qr;
pub mod recovery;
pub mod totp;

pub use qr::{TooMuchForQr, qr_svg};

/// Writes the decimal digits of other scripts as `0`–`9`: a code is often typed with
/// the keyboard of the page's language.
fn ascii_digit(c: char) -> char {
    // Arabic-Indic, Persian, Devanagari, Bengali, Thai, Lao, Myanmar, Khmer.
    const ZEROS: [char; 8] = [
        '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0E50}', '\u{0ED0}', '\u{1040}',
        '\u{17E0}',
    ];
    ZEROS
        .iter()
        .filter_map(|zero| u32::from(c).checked_sub(u32::from(*zero)))
        .find(|offset| *offset < 10)
        .and_then(|offset| char::from_digit(offset, 10))
        .unwrap_or(c)
}
