//! Whether a passphrase is good enough, with every reason at once.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::fold;

/// Least length of a passphrase, in characters (NIST SP 800-63B-4 for a sole secret).
pub const MIN_CHARS: usize = 15;
/// Least zxcvbn score, of 4: "safely unguessable: moderate protection offline".
const MIN_SCORE: u8 = 3;
/// What is left of a passphrase without the words an attacker tries first must
/// still have this many characters.
const MIN_OWN_CHARS: usize = 8;

/// Something wrong with a passphrase, for its owner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Too few characters.
    #[error("the passphrase has `{chars}` characters; use at least `{least}`")]
    TooShort {
        /// Characters it has.
        chars: usize,
        /// Characters it needs.
        least: usize,
    },
    /// zxcvbn finds it in little time.
    #[error("the passphrase is easy to guess; add words that have nothing to do with each other")]
    Guessable,
    /// Little besides words about its owner or this place.
    #[error("the passphrase is little more than `{word}`, which others can guess about you")]
    AboutYou {
        /// The context word it rests on.
        word: String,
    },
    /// On the operator's list.
    #[error("the passphrase is on the list of passphrases not allowed here")]
    Banned,
}

/// An operator's own list of passphrases not allowed, such as known leaked ones.
#[derive(Clone, Debug, Default)]
pub struct BannedList(HashSet<String>);

impl BannedList {
    /// One passphrase a line; empty lines are left out. Capitals make no difference.
    pub fn from_lines(text: &str) -> Self {
        Self(text.lines().map(compared).filter(|line| !line.is_empty()).collect())
    }

    /// How many passphrases are on the list.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Checks `passphrase` for someone about whom `context` is known (name, address,
/// organisation, the program's name …) and reports everything wrong with it.
///
/// Characters are counted, not bytes; no length is too long, and nothing is cut.
///
/// # Errors
/// With every weakness found, in the order of [`Weakness`].
pub fn check_strength(
    passphrase: &str,
    context: &[&str],
    banned: &BannedList,
) -> Result<(), Vec<Weakness>> {
    let folded = fold(passphrase);
    let mut found = Vec::new();
    let chars = folded.chars().count();
    if chars < MIN_CHARS {
        found.push(Weakness::TooShort { chars, least: MIN_CHARS });
    }
    let words = context_words(context);
    let known: Vec<&str> = words.iter().map(String::as_str).collect();
    if u8::from(zxcvbn::zxcvbn(&folded, &known).score()) < MIN_SCORE {
        found.push(Weakness::Guessable);
    }
    found.extend(rests_on_context(&compared(&folded), &words));
    if banned.0.contains(compared(&folded).trim()) {
        found.push(Weakness::Banned);
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// The context as words of at least three characters, longest first, in the form
/// [`compared`] gives.
fn context_words(context: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = context
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(compared)
        .filter(|word| word.chars().count() >= 3)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words
}

fn rests_on_context(passphrase: &str, words: &[String]) -> Option<Weakness> {
    let longest = words.iter().find(|word| passphrase.contains(*word))?;
    let mut rest = Zeroizing::new(passphrase.to_owned());
    for word in words {
        *rest = rest.replace(word.as_str(), " ");
    }
    let own = rest.chars().filter(|c| c.is_alphanumeric()).count();
    (own < MIN_OWN_CHARS).then(|| Weakness::AboutYou { word: longest.clone() })
}

fn compared(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).collect()
}
