//! What a recovery officer keeps in a safe: the secret half of a key pair, in
//! letters that can be typed from paper. Alone it opens nothing: the recovery
//! key is sealed to two officers.

use palermo_crypto::{Key, StaffSecret, sha256};
use palermo_domain::id::{Id, KeyId};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Letters and digits none of which look alike.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Id, secret, check.
const LENGTH: usize = 16 + 32 + 3;
/// Letters in a group, as printed.
const GROUP: usize = 6;

/// A paper as its officer has it.
pub struct Paper {
    /// The key pair it is half of.
    pub key: KeyId,
    /// The secret half.
    pub secret: StaffSecret,
}

/// A text that is no paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not what stands on a recovery paper; compare it letter by letter")]
pub struct BadPaper;

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Paper({}, secret)", self.key)
    }
}

impl Paper {
    /// The letters to print, in groups of six.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(self.key.uuid().as_bytes().to_vec());
        bytes.extend_from_slice(self.secret.to_key().as_bytes());
        let check = sha256(&bytes);
        bytes.extend(check.iter().take(3));
        let mut text = Zeroizing::new(String::with_capacity(120));
        let (mut bits, mut held, mut written) = (0u32, 0u32, 0usize);
        for byte in bytes.iter() {
            bits = (bits << 8) | u32::from(*byte);
            held += 8;
            while held >= 5 {
                held -= 5;
                push(&mut text, (bits >> held) & 31, &mut written);
                bits &= (1 << held) - 1;
            }
        }
        if held > 0 {
            push(&mut text, (bits << (5 - held)) & 31, &mut written);
        }
        text
    }

    /// Reads what someone typed from paper: small letters, spaces, hyphens and
    /// line breaks make no difference.
    ///
    /// # Errors
    /// [`BadPaper`] if a letter is wrong or missing.
    pub fn parse(text: &str) -> Result<Self, BadPaper> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(LENGTH));
        let (mut bits, mut held) = (0u32, 0u32);
        for letter in text.chars().filter(|c| c.is_alphanumeric()) {
            let letter = u8::try_from(letter.to_ascii_uppercase()).map_err(|_| BadPaper)?;
            let value = LETTERS.iter().position(|one| *one == letter).ok_or(BadPaper)?;
            bits = (bits << 5) | u32::try_from(value).map_err(|_| BadPaper)?;
            held += 5;
            if held >= 8 {
                held -= 8;
                bytes.push(u8::try_from((bits >> held) & 255).map_err(|_| BadPaper)?);
                bits &= (1 << held) - 1;
            }
        }
        // What is left over must be the padding and nothing else.
        if bytes.len() != LENGTH || bits != 0 {
            return Err(BadPaper);
        }
        let (said, check) = bytes.split_at(48);
        if sha256(said).get(..3) != Some(check) {
            return Err(BadPaper);
        }
        let (id, secret) = said.split_first_chunk::<16>().ok_or(BadPaper)?;
        let key = Key::try_from(secret).map_err(|_| BadPaper)?;
        Ok(Self {
            key: KeyId::from_uuid(Uuid::from_bytes(*id)),
            secret: StaffSecret::from_key(&key).map_err(|_| BadPaper)?,
        })
    }
}

fn push(text: &mut String, value: u32, written: &mut usize) {
    if *written > 0 && (*written).is_multiple_of(GROUP) {
        text.push(' ');
    }
    let at = usize::try_from(value).unwrap_or(0);
    text.extend(LETTERS.get(at).copied().map(char::from));
    *written += 1;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use palermo_crypto::SeededEntropy;

    fn paper(seed: u64) -> Paper {
        let secret = StaffSecret::generate(&mut SeededEntropy::new(seed)).unwrap();
        Paper { key: KeyId::from_uuid(Uuid::from_u128(u128::from(seed) << 64)), secret }
    }

    #[test]
    fn a_paper_reads_back_however_it_was_typed() {
        for seed in 1..40 {
            let one = paper(seed);
            let text = one.text();
            for typed in [text.to_string(), text.to_lowercase(), text.replace(' ', "-\n")] {
                let read = Paper::parse(&typed).unwrap();
                assert_eq!((read.key, read.secret.public()), (one.key, one.secret.public()));
            }
        }
    }

    #[test]
    fn one_wrong_missing_or_swapped_letter_is_noticed() {
        let text = paper(7).text().to_string();
        let letters: Vec<char> = text.chars().collect();
        for at in 0..letters.len() {
            if letters[at] == ' ' {
                continue;
            }
            let mut wrong = letters.clone();
            wrong[at] = if wrong[at] == 'A' { 'B' } else { 'A' };
            assert!(Paper::parse(&wrong.iter().collect::<String>()).is_err(), "{at}");
            let mut missing = letters.clone();
            missing.remove(at);
            assert!(Paper::parse(&missing.iter().collect::<String>()).is_err(), "{at}");
        }
        assert!(Paper::parse("").is_err() && Paper::parse("0O1I").is_err());
    }
}
