//! What a free text seems to hold that would lead to someone: a telephone
//! number, an address for mail or an account, a street, a name (E10). Advice to
//! whoever writes and never a refusal: a program can be wrong both ways, and a
//! text without a finding may still name someone.

use crate::coded;
use std::collections::BTreeSet;

coded! {
    /// What a text seems to hold.
    Hint {
        /// A number long enough to be called.
        Telephone = "telephone",
        /// An address for mail, or an account.
        Account = "account",
        /// A street with a number.
        Address = "address",
        /// The name of a person.
        Name = "name",
    }
}

/// Words that mark a street, in the languages of the interface.
const STREETS: [&str; 24] = [
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "square",
    "boulevard",
    "blvd",
    "rue",
    "chemin",
    "allée",
    "impasse",
    "calle",
    "avenida",
    "avda",
    "plaza",
    "carrera",
    "camino",
    "شارع",
    "طريق",
    "حي",
    "زقاق",
];

/// Words before a name, in the languages of the interface.
const TITLES: [&str; 19] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "sr",
    "sra",
    "srta",
    "señor",
    "señora",
    "doña",
    "السيد",
    "السيدة",
    "الآنسة",
    "الدكتور",
];

/// What a text seems to hold.
#[must_use]
pub fn hints(text: &str) -> BTreeSet<Hint> {
    let found = [
        (Hint::Telephone, telephone(text)),
        (Hint::Account, account(text)),
        (Hint::Address, street(text)),
        (Hint::Name, name(text)),
    ];
    found.into_iter().filter(|(_, holds)| *holds).map(|(hint, _)| hint).collect()
}

/// A number of seven digits or more, however it is parted.
#[must_use]
pub fn telephone(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            _ if c.is_numeric() => digits += 1,
            ' ' | '-' | '.' | '/' | '(' | ')' | '+' => {}
            _ => digits = 0,
        }
        if digits >= 7 {
            return true;
        }
    }
    false
}

/// An address for mail, or the name of an account.
#[must_use]
pub fn account(text: &str) -> bool {
    text.split_whitespace().any(|word| word.contains('@') && word.len() > 2)
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn street(text: &str) -> bool {
    let words: Vec<String> =
        text.split_whitespace().map(|word| bare(word).to_lowercase()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let near = at.saturating_sub(2)..(at + 3).min(words.len());
        // A number of a house is short; one of four digits is more often a year.
        let number = |word: &String| {
            let digits = word.chars().filter(|c| c.is_numeric()).count();
            word.starts_with(char::is_numeric) && digits <= 3
        };
        STREETS.contains(&word.as_str())
            && words.get(near).is_some_and(|near| near.iter().any(number))
    })
}

/// A word that begins like a name and is none of the signs around it.
fn capital(word: &str) -> bool {
    let word = bare(word);
    let mut letters = word.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    first && word.chars().count() > 2 && letters.all(|c| c.is_lowercase() || matches!(c, '-' | '’'))
}

/// A title with a word after it, or two words with capitals within a sentence.
fn name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let titled = words.iter().enumerate().any(|(at, word)| {
        let title = TITLES.contains(&bare(word).to_lowercase().as_str());
        let cased = |next: &&str| bare(next).chars().next().is_some_and(|c| !c.is_lowercase());
        title && words.get(at + 1).is_some_and(|next| cased(next) && !bare(next).is_empty())
    });
    let ends = |word: &str| word.ends_with(['.', '!', '?', ':', ';', ',']);
    let pair = words.windows(3).any(|three| match three {
        [before, first, second] => {
            !ends(before) && !ends(first) && capital(first) && capital(second)
        }
        _ => false,
    });
    titled || pair
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        hints(text).into_iter().map(Hint::code).collect()
    }

    #[test]
    fn e10_fixtures_are_flagged_for_what_they_hold() {
        for (text, holds) in [
            ("call 0612 34 56 78 after six", "telephone"),
            ("هاتفها ٠٦١٢٣٤٥٦٧٨", "telephone"),
            ("write to mina@post.example", "account"),
            ("she lives at 14 Tower Road", "address"),
            ("elle dort 3 rue des Lilas", "address"),
            ("vive en la calle Mayor 22", "address"),
            ("I spoke with Selma Aydin today", "name"),
            ("the driver was Mr Novak", "name"),
            ("nous avons vu Mme Kader", "name"),
            ("قابلنا السيدة أمينة", "name"),
        ] {
            assert!(found(text).contains(&holds), "`{text}`: {:?}", found(text));
        }
    }

    #[test]
    fn e10_plain_words_are_not_flagged() {
        for text in [
            "He drove for nine hours.",
            "She wants to learn. Nobody came on Sunday.",
            "In 2025 and 2026 the road was closed.",
            "25 of us want a bus at 6:30",
            "",
        ] {
            assert!(found(text).is_empty(), "`{text}`: {:?}", found(text));
        }
    }
}
