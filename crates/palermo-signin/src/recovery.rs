//! Recovery codes: ten codes on paper for the day the telephone is lost. Each stands
//! in for the second factor once; it never stands in for the passphrase (N8).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::ascii_digit;

/// How many codes are given out.
pub const CODES: usize = 10;
/// Random bytes in a code: 80 bits, so that a plain hash of it cannot be reversed.
const CODE_BYTES: usize = 10;
/// Crockford's base 32: no letter that could be read as a digit.
const LETTERS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// What is kept of a person's recovery codes: one hash for each unused code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes {
    unused: Vec<[u8; 32]>,
}

impl RecoveryCodes {
    /// New codes for `user` from random bytes. The texts are shown once.
    pub fn new(user: Uuid, random: &[[u8; CODE_BYTES]; CODES]) -> (Self, Vec<Zeroizing<String>>) {
        let texts: Vec<_> = random.iter().map(text).collect();
        let unused = texts.iter().map(|text| hash(user, text)).collect();
        (Self { unused }, texts)
    }

    /// Takes `code` if it is one of the unused ones, and forgets it. What is then left
    /// must be stored in the same transaction that lets the person in.
    ///
    /// Case, spaces and hyphens make no difference, nor `O` for `0` and `I` or `L` for `1`.
    pub fn take(&mut self, user: Uuid, code: &str) -> bool {
        let wanted = hash(user, code);
        let before = self.unused.len();
        self.unused.retain(|kept| !bool::from(kept.ct_eq(&wanted)));
        self.unused.len() < before
    }

    /// How many codes are unused.
    pub fn left(&self) -> usize {
        self.unused.len()
    }
}

/// Four groups of four: `K7QM-0X2V-9RTC-4HNB`.
fn text(random: &[u8; CODE_BYTES]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(19));
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in random {
        bits = (bits << 8) | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            if matches!(text.len(), 4 | 9 | 14) {
                text.push('-');
            }
            let letter = usize::try_from((bits >> held) & 31).unwrap_or(0);
            text.extend(LETTERS.get(letter));
        }
    }
    text
}

fn hash(user: Uuid, code: &str) -> [u8; 32] {
    let letters: Zeroizing<String> = Zeroizing::new(
        code.chars()
            .filter(|c| c.is_alphanumeric())
            .map(|c| match ascii_digit(c).to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect(),
    );
    Sha256::new()
        .chain_update(b"palermo recovery code v1")
        .chain_update(user.as_bytes())
        .chain_update(letters.as_bytes())
        .finalize()
        .into()
}
