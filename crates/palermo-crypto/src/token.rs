//! Random tokens: session cookies, invitations, API tokens.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use crate::{Entropy, Key, NoEntropy, sha256};

/// A 256-bit token. Its holder has the text; the server keeps only [`Token::hash`].
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Key);

/// A text that is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a token")]
pub struct BadToken;

impl Token {
    /// A new token.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self, NoEntropy> {
        Key::generate(entropy).map(Self)
    }

    /// The token as its holder sees it: 43 characters of base64url (RFC 4648 §5).
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0.as_bytes()))
    }

    /// Reads what [`Token::text`] wrote. One token has exactly one text.
    ///
    /// # Errors
    /// When the text is of another length or alphabet.
    pub fn parse(text: &str) -> Result<Self, BadToken> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken)?);
        Key::try_from(bytes.as_slice()).map(Self).map_err(|_| BadToken)
    }

    /// What the server stores and looks up: SHA-256 of the token's bytes. No
    /// stretching is needed, for nobody can go through 2^256 tokens.
    pub fn hash(&self) -> [u8; 32] {
        sha256(self.0.as_bytes())
    }

    /// A key only the token's holder can bring about.
    pub fn derive(&self, label: &[&[u8]]) -> Key {
        self.0.derive(label)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(secret)")
    }
}
