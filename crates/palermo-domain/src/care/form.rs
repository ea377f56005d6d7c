//! Forms of care as data (`content/forms/care.toml`): a field is described
//! once; the page, the paper form, the interface for programs and the export
//! follow from it. A form says what can be asked, never what must happen:
//! almost nothing is required.

use super::{Body, CareKind, body::Ill};
use crate::{money::Money, register::day::Day};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Longest words about a person in one field, in characters.
pub const LONGEST_WORDS: usize = 4_000;
/// Largest whole number in a field.
const MOST: i64 = 100_000;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// One code of a list.
    Code,
    /// Any codes of a list.
    Codes,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// Ticked or not.
    Flag,
    /// A language (BCP 47).
    Language,
    /// An amount with its currency, as it was told: `1250.50 EUR`.
    Money,
    /// A short code of one's own: a funder's, a place of appeal; never about a person.
    Mark,
    /// Words about the person, sealed in the compartment care.
    Words,
    /// A name or a way to reach someone, sealed in the compartment identity.
    Name,
}

impl FieldType {
    /// Whether the answer is sealed and never part of the coded facts.
    #[must_use]
    pub const fn is_sealed(self) -> bool {
        matches!(self, Self::Words | Self::Name)
    }
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name in the form and in the facts; its label is `care-<kind>-<name>`.
    pub name: String,
    /// What it takes.
    #[serde(rename = "type")]
    pub takes: FieldType,
    /// List of its codes; their words are `care-code-<list>-<code>`.
    pub list: Option<String>,
    /// Whether the record is nothing without it.
    #[serde(default)]
    pub required: bool,
    /// Asked only where the person has the rights of a child.
    #[serde(default)]
    pub children: bool,
    /// Whether a referral needs it (E02).
    #[serde(default)]
    pub referral: bool,
    /// What the field holds at first: `today`, a code, a number.
    pub first: Option<String>,
    /// Largest whole number it takes; 100,000 if nothing is said.
    pub most: Option<i64>,
    /// Whether a hint `care-<kind>-<name>-hint` stands under the label.
    #[serde(default)]
    pub hint: bool,
}

/// A form for one kind of record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Which kind.
    pub kind: CareKind,
    /// Version.
    pub version: u32,
    /// Its fields in order.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// All forms with the lists they use.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    /// Lists of codes.
    #[serde(rename = "lists")]
    pub lists: BTreeMap<String, Vec<String>>,
    /// The forms.
    #[serde(rename = "form")]
    pub forms: Vec<Form>,
}

/// Forms that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadForms(pub String);

/// What is wrong with one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was given.
    Missing,
    /// None of the list.
    NotInList,
    /// No such day; what was typed.
    NoDay(String),
    /// No amount with a currency in use; what was typed.
    NoMoney(String),
    /// Not a whole number from 0 to a hundred thousand.
    NoNumber,
    /// Too long: its length and the longest.
    TooLong(usize, usize),
    /// Not a code of one's own or of a language.
    NoMark,
    /// The facts do not fit together in the program: its words for the log.
    Ill(String),
}

/// Words to be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Field.
    pub field: String,
    /// Whether it belongs into the compartment identity.
    pub identity: bool,
    /// The words; empty takes back what stood there.
    pub words: String,
}

/// What was typed: every value by field, kept as it was.
pub type Typed = BTreeMap<String, Vec<String>>;

/// A form read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The coded facts.
    pub body: Body,
    /// The words to be sealed.
    pub sealed: Vec<Sealed>,
}

impl Forms {
    /// Reads and checks the forms.
    ///
    /// # Errors
    /// Every kind must have one form, every list must be there and every code
    /// be written so that it can be stored and translated.
    pub fn parse(text: &str) -> Result<Self, BadForms> {
        let forms: Self = toml::from_str(text).map_err(|error| BadForms(error.to_string()))?;
        let mut problems = Vec::new();
        for kind in CareKind::ALL {
            if forms.forms.iter().filter(|form| form.kind == *kind).count() != 1 {
                problems.push(format!("there must be one form for `{}`", kind.code()));
            }
        }
        for (list, codes) in &forms.lists {
            let plain = |code: &str| {
                !code.is_empty()
                    && code
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            };
            if let Some(code) = codes.iter().find(|code| !plain(code)) {
                problems.push(format!("`{code}` in the list `{list}` is no code"));
            }
            if codes.iter().collect::<BTreeSet<_>>().len() != codes.len() {
                problems.push(format!("the list `{list}` names a code twice"));
            }
        }
        for form in &forms.forms {
            for field in &form.fields {
                let coded = matches!(field.takes, FieldType::Code | FieldType::Codes);
                let known = field.list.as_ref().is_some_and(|list| forms.lists.contains_key(list));
                if coded != field.list.is_some() || coded && !known {
                    problems.push(format!(
                        "`{}.{}` needs a list that is there",
                        form.kind.code(),
                        field.name
                    ));
                }
            }
        }
        if problems.is_empty() { Ok(forms) } else { Err(BadForms(problems.join("\n"))) }
    }

    /// The form of a kind.
    #[must_use]
    pub fn of(&self, kind: CareKind) -> Option<&Form> {
        self.forms.iter().find(|form| form.kind == kind)
    }

    /// The codes of a field's list.
    #[must_use]
    pub fn codes(&self, field: &Field) -> &[String] {
        let list = field.list.as_ref().and_then(|list| self.lists.get(list));
        list.map_or(&[], Vec::as_slice)
    }

    /// Reads what was typed into a form.
    ///
    /// # Errors
    /// Every problem at once, by field.
    pub fn read(
        &self,
        kind: CareKind,
        typed: &Typed,
        child_rights: bool,
    ) -> Result<Answers, Vec<(String, Wrong)>> {
        self.read_again(kind, typed, child_rights, None)
    }

    /// The same for a record that is changed: what stood there before a field asked for
    /// more, and is sent as it was shown, is taken as it stands.
    ///
    /// # Errors
    /// As [`Forms::read`].
    pub fn read_again(
        &self,
        kind: CareKind,
        typed: &Typed,
        child_rights: bool,
        before: Option<&Body>,
    ) -> Result<Answers, Vec<(String, Wrong)>> {
        let before = before.map(Body::facts).unwrap_or_default();
        let Some(form) = self.of(kind) else {
            return Err(vec![(String::new(), Wrong::Ill("no such form".into()))]);
        };
        let (mut facts, mut sealed, mut problems) = (Map::new(), Vec::new(), Vec::new());
        for field in form.fields.iter().filter(|field| child_rights || !field.children) {
            let values: Vec<&str> = typed
                .get(&field.name)
                .into_iter()
                .flatten()
                .map(|value| value.trim())
                .filter(|value| !value.is_empty())
                .collect();
            if field.required && values.is_empty() {
                problems.push((field.name.clone(), Wrong::Missing));
                continue;
            }
            if field.takes.is_sealed() {
                let words = values.join("\n");
                let length = words.chars().count();
                if length > LONGEST_WORDS {
                    let wrong = Wrong::TooLong(length, LONGEST_WORDS);
                    problems.push((field.name.clone(), wrong));
                }
                let identity = field.takes == FieldType::Name;
                sealed.push(Sealed { field: field.name.clone(), identity, words });
                continue;
            }
            match self.fact(field, &values) {
                Ok(Some(fact)) => {
                    facts.insert(field.name.clone(), fact);
                }
                Ok(None) => {}
                Err(wrong) => match stood(field, &values, &before) {
                    Some(fact) => {
                        facts.insert(field.name.clone(), fact);
                    }
                    None => problems.push((field.name.clone(), wrong)),
                },
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        match Body::read(kind, facts) {
            Ok(body) => Ok(Answers { body, sealed }),
            Err(Ill(why)) => Err(vec![(String::new(), Wrong::Ill(why))]),
        }
    }

    fn fact(&self, field: &Field, values: &[&str]) -> Result<Option<Value>, Wrong> {
        let Some(first) = values.first().copied() else {
            return Ok(match field.takes {
                FieldType::Codes => Some(json!([])),
                FieldType::Flag => Some(json!(false)),
                _ => None,
            });
        };
        let known = |value: &str| self.codes(field).iter().any(|code| code == value);
        match field.takes {
            FieldType::Code if known(first) => Ok(Some(json!(first))),
            FieldType::Codes if values.iter().all(|value| known(value)) => {
                let mut values = values.to_vec();
                values.dedup();
                Ok(Some(json!(values)))
            }
            FieldType::Code | FieldType::Codes => Err(Wrong::NotInList),
            FieldType::Day => match first.parse::<Day>() {
                Ok(day) => Ok(Some(json!(day))),
                Err(_) => Err(Wrong::NoDay(first.to_owned())),
            },
            FieldType::Number => match first.parse::<i64>() {
                Ok(number) if (0..=field.most.unwrap_or(MOST)).contains(&number) => {
                    Ok(Some(json!(number)))
                }
                _ => Err(Wrong::NoNumber),
            },
            FieldType::Money => match first.parse::<Money>() {
                Ok(money) if money.minor() >= 0 && money.currency().is_in_use() => {
                    Ok(Some(json!(money)))
                }
                _ => Err(Wrong::NoMoney(first.to_owned())),
            },
            FieldType::Flag => Ok(Some(json!(!matches!(first, "no" | "false" | "0")))),
            FieldType::Language | FieldType::Mark => mark(field.takes, first).map(Some),
            FieldType::Words | FieldType::Name => Ok(None),
        }
    }
}

/// An amount from before currencies were asked for, unchanged: nobody is made to guess one.
fn stood(field: &Field, values: &[&str], before: &Map<String, Value>) -> Option<Value> {
    let fact = before.get(&field.name).filter(|fact| fact.is_number())?;
    let kept = fact.to_string();
    let same = values.first().is_some_and(|typed| *typed == kept);
    (field.takes == FieldType::Money && same).then(|| fact.clone())
}

/// A language tag, or a short code of one's own.
fn mark(takes: FieldType, typed: &str) -> Result<Value, Wrong> {
    let longest = if takes == FieldType::Language { 35 } else { 80 };
    let length = typed.chars().count();
    if length > longest {
        return Err(Wrong::TooLong(length, longest));
    }
    let right = match takes {
        FieldType::Language => {
            let first = typed.split('-').next().unwrap_or_default();
            (2..=3).contains(&first.len())
                && first.bytes().all(|b| b.is_ascii_lowercase())
                && typed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        }
        _ => !typed.chars().any(char::is_control),
    };
    if right { Ok(json!(typed)) } else { Err(Wrong::NoMark) }
}
