//! States, areas and party organisations, and the names they go by. A name is
//! resolved exactly or not at all: nothing here guesses.

use super::day::Day;
use crate::coded;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How alike a name must be to be suggested, from 0 to 1 (Jaro–Winkler).
const SUGGEST_FROM: f64 = 0.82;
/// How many names are suggested at most.
const SUGGESTIONS: usize = 3;

/// A State, area or organisation: its ISO 3166-1 alpha-3 code, `EU`, or a code
/// ISO keeps for former States and for users (`CSK`, `UNK`, `XAA`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateCode([u8; 3]);

/// A text that is not the code of a State.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not the code of a State; use the three capital letters of ISO 3166, such as `BEN`, or `EU`"
)]
pub struct NotAStateCode(pub String);

impl StateCode {
    /// The European Union, which adheres to treaties as an organisation.
    pub const EU: Self = Self(*b"EU ");

    /// A code as somebody typed it: spaces around it and small letters make no other State.
    ///
    /// # Errors
    /// [`NotAStateCode`] for anything else.
    pub fn typed(text: &str) -> Result<Self, NotAStateCode> {
        text.trim().to_ascii_uppercase().parse().map_err(|_| NotAStateCode(text.to_owned()))
    }

    /// The code as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end()
    }

    /// Whether ISO left the code to users: the States of demonstrations.
    #[must_use]
    pub const fn is_user_assigned(self) -> bool {
        let [a, b, _] = self.0;
        a == b'X' || (a == b'Q' && b >= b'M') || (a == b'Z' && b == b'Z')
    }
}

impl FromStr for StateCode {
    type Err = NotAStateCode;
    fn from_str(text: &str) -> Result<Self, NotAStateCode> {
        match *text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            [b'E', b'U'] => Ok(Self::EU),
            _ => Err(NotAStateCode(text.to_owned())),
        }
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for StateCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for StateCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

coded! {
    /// What kind of entry a code stands for.
    StateKind {
        /// A State, with the observers and associated States that conclude treaties.
        State = "state",
        /// A territory or other area that has a code of its own.
        Area = "area",
        /// An organisation that can be a party, such as the European Union.
        Organisation = "organisation",
        /// A State that is no more.
        Former = "former",
    }
}

impl StateKind {
    /// `organisation` or `state`: how a party to a treaty is shown.
    #[must_use]
    pub const fn as_party(self) -> &'static str {
        if matches!(self, Self::Organisation) { "organisation" } else { "state" }
    }
}

coded! {
    /// What kind of name an alias is.
    AliasKind {
        /// The name in full.
        Formal = "formal",
        /// A shorter everyday name.
        Short = "short",
        /// A name the State no longer bears.
        Former = "former",
        /// Another way of spelling a name.
        Spelling = "spelling",
        /// Initials.
        Initials = "initials",
    }
}

/// The languages in which names are kept: `en`, `fr`, `es`, `ar`, `ru`, `zh`.
pub const LANGUAGES: [&str; 6] = ["en", "fr", "es", "ar", "ru", "zh"];

/// One State, area or organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateEntry {
    /// Its code.
    pub code: StateCode,
    /// Its number in the United Nations list M49, where it has one.
    pub m49: Option<u16>,
    /// What it is.
    pub kind: StateKind,
    /// The day it came into being, kept where it matters for treaties.
    pub from: Option<Day>,
    /// The day on which it was no more.
    pub to: Option<Day>,
    /// The States that followed it.
    pub successors: Vec<StateCode>,
    /// Short names by language.
    pub names: BTreeMap<String, String>,
    /// Names in full by language.
    pub formal: BTreeMap<String, String>,
}

impl StateEntry {
    /// The short name in a language, in English where there is none, and the
    /// code where there is neither.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        let own = self.names.get(language).or_else(|| self.names.get("en"));
        own.map_or_else(|| self.code.as_str(), String::as_str)
    }
}

/// Another name of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// Whose name it is.
    pub code: StateCode,
    /// What kind of name.
    pub kind: AliasKind,
    /// The first day on which it was borne, if known.
    pub from: Option<Day>,
    /// The day from which it was borne no longer, if known.
    pub to: Option<Day>,
}

impl Alias {
    fn borne_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

/// Why a name could not be resolved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameUnresolved {
    /// No entry has this name.
    #[error("no State or organisation is known as `{name}`{}", hint(nearest))]
    Unknown {
        /// The name as written.
        name: String,
        /// The nearest names with their codes, best first.
        nearest: Vec<(String, StateCode)>,
    },
    /// Several entries bear or bore this name.
    #[error("`{name}` can mean {}; write the name in full", listed(meanings))]
    Ambiguous {
        /// The name as written.
        name: String,
        /// The entries it can mean.
        meanings: Vec<(String, StateCode)>,
    },
}

fn listed(names: &[(String, StateCode)]) -> String {
    names.iter().map(|(name, code)| format!("`{name}` ({code})")).collect::<Vec<_>>().join(" or ")
}

fn hint(nearest: &[(String, StateCode)]) -> String {
    if nearest.is_empty() {
        "; use its name in the United Nations or its ISO code".to_owned()
    } else {
        format!("; did you mean {}?", listed(nearest))
    }
}

/// A register whose entries contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatesRefused {
    /// A code stands twice.
    #[error("the code `{0}` stands twice in the list of States")]
    CodeTwice(StateCode),
    /// An alias or successor names a code that is not in the list.
    #[error("`{name}` belongs to `{code}`, which is not in the list of States")]
    NoSuchCode {
        /// The alias, or the entry whose successor is missing.
        name: String,
        /// The missing code.
        code: StateCode,
    },
    /// Two living entries have the same name.
    #[error("`{name}` is a name of both `{one}` and `{other}`; date the names or change one")]
    NameTwice {
        /// The name.
        name: String,
        /// One entry.
        one: StateCode,
        /// The other.
        other: StateCode,
    },
}

/// All entries with all their names.
#[derive(Debug, Clone, Default)]
pub struct StateRegister {
    entries: BTreeMap<StateCode, StateEntry>,
    /// Normalised name → every bearer.
    names: BTreeMap<String, Vec<Alias>>,
}

impl StateRegister {
    /// Puts entries and aliases together.
    ///
    /// # Errors
    /// When a code stands twice, a name belongs to a code that is missing, or
    /// two entries bear the same name at the same time.
    pub fn new(entries: Vec<StateEntry>, aliases: Vec<Alias>) -> Result<Self, StatesRefused> {
        let mut register = Self::default();
        for entry in entries {
            let code = entry.code;
            for (kind, names) in
                [(AliasKind::Short, &entry.names), (AliasKind::Formal, &entry.formal)]
            {
                for name in names.values() {
                    let (from, to) = (entry.from, entry.to);
                    register.bear(Alias { name: name.clone(), code, kind, from, to });
                }
            }
            if register.entries.insert(code, entry).is_some() {
                return Err(StatesRefused::CodeTwice(code));
            }
        }
        for alias in aliases {
            if !register.entries.contains_key(&alias.code) {
                return Err(StatesRefused::NoSuchCode { name: alias.name, code: alias.code });
            }
            register.bear(alias);
        }
        register.check_successors()?;
        register.check_names()?;
        Ok(register)
    }

    fn bear(&mut self, alias: Alias) {
        let bearers = self.names.entry(normalised(&alias.name)).or_default();
        let known = bearers
            .iter()
            .any(|b| b.code == alias.code && b.from == alias.from && b.to == alias.to);
        if !known {
            bearers.push(alias);
        }
    }

    fn check_successors(&self) -> Result<(), StatesRefused> {
        for entry in self.entries.values() {
            if let Some(code) = entry.successors.iter().find(|c| !self.entries.contains_key(c)) {
                let name = entry.name("en").to_owned();
                return Err(StatesRefused::NoSuchCode { name, code: *code });
            }
        }
        Ok(())
    }

    /// A name may have had several bearers, but one at a time.
    fn check_names(&self) -> Result<(), StatesRefused> {
        for bearers in self.names.values() {
            for (at, one) in bearers.iter().enumerate() {
                let clash = bearers.iter().skip(at + 1).find(|other| {
                    other.code != one.code
                        && one.to.is_none_or(|to| other.from.is_none_or(|from| from < to))
                        && other.to.is_none_or(|to| one.from.is_none_or(|from| from < to))
                });
                if let Some(other) = clash {
                    let name = one.name.clone();
                    return Err(StatesRefused::NameTwice {
                        name,
                        one: one.code,
                        other: other.code,
                    });
                }
            }
        }
        Ok(())
    }

    /// The same register with the entries of another, such as the invented
    /// States of a demonstration.
    ///
    /// # Errors
    /// As [`StateRegister::new`].
    pub fn with(mut self, other: Self) -> Result<Self, StatesRefused> {
        for (code, entry) in other.entries {
            if self.entries.insert(code, entry).is_some() {
                return Err(StatesRefused::CodeTwice(code));
            }
        }
        for alias in other.names.into_values().flatten() {
            self.bear(alias);
        }
        self.check_names()?;
        Ok(self)
    }

    /// The entry of a code.
    #[must_use]
    pub fn get(&self, code: StateCode) -> Option<&StateEntry> {
        self.entries.get(&code)
    }

    /// The short name of a code in a language; the code itself if it is unknown.
    #[must_use]
    pub fn name(&self, code: StateCode, language: &str) -> String {
        self.get(code).map_or_else(|| code.to_string(), |entry| entry.name(language).to_owned())
    }

    /// Every entry, by code.
    pub fn all(&self) -> impl Iterator<Item = &StateEntry> {
        self.entries.values()
    }

    /// Every name that leads to a code.
    pub fn names_of(&self, code: StateCode) -> impl Iterator<Item = &Alias> {
        self.names.values().flatten().filter(move |alias| alias.code == code)
    }

    /// Whose name this is. A name several entries have borne is told apart by
    /// the date, if one is given; a code of the list is taken as it is.
    ///
    /// # Errors
    /// When the name is unknown, with the nearest ones, or can mean several.
    pub fn resolve(&self, name: &str, on: Option<Day>) -> Result<StateCode, NameUnresolved> {
        let written = name.trim();
        if let Some(code) = written.parse().ok().filter(|c| self.entries.contains_key(c)) {
            return Ok(code);
        }
        let bearers = self.names.get(&normalised(written)).map_or(&[][..], Vec::as_slice);
        let codes =
            |of: &mut dyn Iterator<Item = &Alias>| of.map(|a| a.code).collect::<BTreeSet<_>>();
        let all = codes(&mut bearers.iter());
        let then = on.map(|day| codes(&mut bearers.iter().filter(|a| a.borne_on(day))));
        match (only(&all), then.as_ref().and_then(only)) {
            (Some(code), _) | (None, Some(code)) => Ok(code),
            (None, None) if all.is_empty() => Err(NameUnresolved::Unknown {
                name: written.to_owned(),
                nearest: self.nearest(written),
            }),
            (None, None) => Err(NameUnresolved::Ambiguous {
                name: written.to_owned(),
                meanings: all.iter().map(|c| (self.full_name(*c), *c)).collect(),
            }),
        }
    }

    fn full_name(&self, code: StateCode) -> String {
        let formal = self.get(code).and_then(|entry| entry.formal.get("en"));
        formal.map_or_else(|| self.name(code, "en"), Clone::clone)
    }

    /// The names most like a text, best first, at most one for each code.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<(String, StateCode)> {
        let wanted = normalised(name);
        let mut best: BTreeMap<StateCode, (f64, &str)> = BTreeMap::new();
        for (known, bearers) in &self.names {
            let likeness = strsim::jaro_winkler(&wanted, known);
            for alias in bearers.iter().filter(|_| likeness >= SUGGEST_FROM) {
                let slot = best.entry(alias.code).or_insert((0.0, ""));
                if likeness > slot.0 {
                    *slot = (likeness, &alias.name);
                }
            }
        }
        let mut found: Vec<_> = best.into_iter().collect();
        found.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        // A name of another language helps only where it is the nearest of all.
        let mut at = 0;
        found.retain(|(code, (_, name))| {
            at += 1;
            at == 1 || !self.in_another_language(*code, name)
        });
        found.into_iter().take(SUGGESTIONS).map(|(code, (_, n))| (n.to_owned(), code)).collect()
    }

    /// Whether the list has this name of an entry in another language than English only.
    fn in_another_language(&self, code: StateCode, name: &str) -> bool {
        self.get(code).is_some_and(|entry| {
            let among = |names: &BTreeMap<String, String>| names.values().any(|one| one == name);
            let english = [entry.names.get("en"), entry.formal.get("en")].into_iter().flatten();
            (among(&entry.names) || among(&entry.formal))
                && !english.map(String::as_str).any(|one| one == name)
        })
    }
}

fn only(codes: &BTreeSet<StateCode>) -> Option<StateCode> {
    codes.first().copied().filter(|_| codes.len() == 1)
}

/// A name as it is compared: lower case, without diacritics, with one kind of
/// apostrophe, hyphen and space, without the footnote marks that lists put
/// after a name (digits, stars, daggers), without a leading article `the`,
/// `St.` written out, `&` as `and`.
#[must_use]
pub fn normalised(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            '’' | '‘' | '`' | '´' | 'ʼ' | 'ʻ' => '\'',
            '‐' | '‑' | '‒' | '–' | '—' => '-',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect();
    let plain = plain.replace('&', " and ");
    let mut words = without_footnotes(&plain).split_whitespace().peekable();
    if words.peek() == Some(&"the") {
        words.next();
    }
    let written_out = words.map(|word| if matches!(word, "st." | "st") { "saint" } else { word });
    written_out.collect::<Vec<_>>().join(" ")
}

/// Cuts `1`, `1, 2`, `[3]`, `(4)`, `*`, `†` from the end, but leaves brackets
/// that hold a word, as in `Iran (Islamic Republic of)`.
fn without_footnotes(name: &str) -> &str {
    let mark = |c: char| c.is_ascii_digit() || c.is_whitespace() || "*†‡§,;.".contains(c);
    let mut rest = name;
    loop {
        let cut = rest.trim_end_matches(mark);
        let inner = [('(', ')'), ('[', ']')].iter().find_map(|(open, close)| {
            let (before, inside) = cut.strip_suffix(*close)?.rsplit_once(*open)?;
            inside.chars().all(mark).then_some(before)
        });
        match inner {
            Some(before) => rest = before,
            None => return cut,
        }
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
