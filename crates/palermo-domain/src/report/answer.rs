//! One answer to one question: the value with its explanation, evidence,
//! definition and where it came from.

use crate::{coded, register::day::Day};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// How a question is answered.
    AnswerKind {
        /// Yes, in part, no, not applicable, no information.
        Word = "answer",
        /// One of a list.
        Choice = "choice",
        /// Several of a list.
        Choices = "choices",
        /// A whole number of something.
        Number = "number",
        /// An amount of money, with its currency.
        Money = "money",
        /// A day.
        Date = "date",
        /// Words.
        Text = "text",
        /// Documents alone.
        File = "file",
        /// Rows of a table, as many as there are.
        Rows = "rows",
    }
}

coded! {
    /// The fixed vocabulary of answers (R043).
    AnswerWord {
        /// Yes.
        Yes = "yes",
        /// Yes, in part.
        InPart = "in-part",
        /// No.
        No = "no",
        /// Does not apply.
        NotApplicable = "not-applicable",
        /// Not known.
        NoInformation = "no-information",
    }
}

impl AnswerWord {
    /// Whether the word alone does not say enough (R043).
    #[must_use]
    pub const fn needs_explanation(self) -> bool {
        !matches!(self, Self::Yes)
    }

    /// Whether it says something about the matter asked.
    #[must_use]
    pub const fn tells(self) -> bool {
        matches!(self, Self::Yes | Self::InPart | Self::No)
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "is", rename_all = "kebab-case")]
pub enum Value {
    /// A word of the vocabulary.
    Word(AnswerWord),
    /// One of the list, by its code.
    Choice(String),
    /// Several of the list, by their codes.
    Choices(Vec<String>),
    /// A number, in the unit the answer names.
    Number(f64),
    /// An amount in a currency (ISO 4217).
    Money {
        /// Amount in whole units of the currency.
        amount: f64,
        /// Currency, e.g. `XOF`.
        currency: String,
    },
    /// A day.
    Date(Day),
    /// Words.
    Text(String),
    /// Rows by the code of their column.
    Rows(Vec<BTreeMap<String, String>>),
}

impl Value {
    /// The word, if it is one.
    #[must_use]
    pub const fn word(&self) -> Option<AnswerWord> {
        match self {
            Self::Word(word) => Some(*word),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The value in one line, without words of any language.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Word(word) => word.code().to_owned(),
            Self::Choice(text) | Self::Text(text) => text.clone(),
            Self::Choices(list) => list.join(", "),
            Self::Number(number) => plain_number(*number),
            Self::Money { amount, currency } => format!("{} {currency}", plain_number(*amount)),
            Self::Date(day) => day.to_string(),
            Self::Rows(rows) => rows
                .iter()
                .map(|row| row.values().map(String::as_str).collect::<Vec<_>>().join(" | "))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

fn plain_number(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A document that supports an answer: an article of a law, a decree, a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it is: law and article, or the title of a document.
    pub what: String,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Where an answer comes from. Every value that was not typed here is marked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Origin {
    /// Written for this question.
    #[default]
    Typed,
    /// Filled in from what Palermo holds (R039).
    Prefilled {
        /// From what, e.g. `adherence:tip-protocol`.
        from: String,
    },
    /// Taken over from an answer to another mechanism, on purpose (R040).
    Reused {
        /// That questionnaire.
        questionnaire: String,
        /// Its period.
        period: i32,
        /// Its question.
        code: String,
        /// When it was given there.
        given: Day,
    },
    /// Entered by the secretariat from a document.
    Secretariat {
        /// Which document.
        document: String,
    },
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The value.
    pub value: Value,
    /// Explanation in the State's own words; demanded for anything but yes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explanation: String,
    /// What supports it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Assistance the State says it needs (R044).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// The unit of a number, where it is not the question's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Legal definition and counting rule of a figure (R11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// The unit of the State that answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_answering: Option<String>,
    /// The day up to which it speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Not to be shown beyond the body it was given to, nor proposed elsewhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
    /// Where it comes from.
    #[serde(default)]
    pub origin: Origin,
    /// Why a value found by Palermo was replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<String>,
}

impl Answer {
    /// An answer typed without more.
    #[must_use]
    pub fn of(value: Value) -> Self {
        Self {
            value,
            explanation: String::new(),
            evidence: Vec::new(),
            need: None,
            unit: None,
            definition: None,
            unit_answering: None,
            as_of: None,
            confidential: false,
            origin: Origin::Typed,
            overridden: None,
        }
    }
}

/// Why a text is not the value a question asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongValue {
    /// Nothing was written.
    Empty,
    /// Not one of the words or choices.
    NotOffered(String),
    /// Not a number.
    NotANumber(String),
    /// Not a day of the calendar.
    NotADay(String),
    /// An amount without its currency.
    NoCurrency(String),
}

/// Reads what someone typed as the value a question of this kind asks for.
/// Rows come one a line, their cells separated by bars in the order of
/// `columns`.
///
/// # Errors
/// Why it is not such a value.
pub fn read_value(
    kind: AnswerKind,
    options: &[String],
    columns: &[String],
    typed: &[String],
) -> Result<Value, WrongValue> {
    let first = typed.first().map_or("", |text| text.trim());
    if typed.iter().all(|text| text.trim().is_empty()) {
        return Err(WrongValue::Empty);
    }
    let offered = |text: &str| {
        options
            .iter()
            .any(|option| option == text)
            .then(|| text.to_owned())
            .ok_or_else(|| WrongValue::NotOffered(text.to_owned()))
    };
    Ok(match kind {
        AnswerKind::Word => {
            Value::Word(first.parse().map_err(|_| WrongValue::NotOffered(first.to_owned()))?)
        }
        AnswerKind::Choice => Value::Choice(offered(first)?),
        AnswerKind::Choices => {
            let all = typed.iter().filter(|text| !text.trim().is_empty());
            Value::Choices(all.map(|text| offered(text.trim())).collect::<Result<_, _>>()?)
        }
        AnswerKind::Number => Value::Number(read_number(first)?),
        AnswerKind::Money => {
            let (amount, currency) = first
                .rsplit_once(char::is_whitespace)
                .filter(|(_, code)| {
                    code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphabetic())
                })
                .ok_or_else(|| WrongValue::NoCurrency(first.to_owned()))?;
            Value::Money { amount: read_number(amount)?, currency: currency.to_uppercase() }
        }
        AnswerKind::Date => {
            Value::Date(first.parse().map_err(|_| WrongValue::NotADay(first.to_owned()))?)
        }
        AnswerKind::Text | AnswerKind::File => Value::Text(first.to_owned()),
        AnswerKind::Rows => Value::Rows(rows(first, columns)),
    })
}

fn rows(text: &str, columns: &[String]) -> Vec<BTreeMap<String, String>> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let cells = line.split('|').map(str::trim);
            columns.iter().cloned().zip(cells.map(str::to_owned)).collect()
        })
        .collect()
}

/// Reads a number as people write it: spaces and apostrophes between groups,
/// a comma or a point before decimals, digits of any script. A comma or point
/// followed by exactly three digits separates thousands.
///
/// # Errors
/// [`WrongValue::NotANumber`] with what was written.
pub fn read_number(text: &str) -> Result<f64, WrongValue> {
    let wrong = || WrongValue::NotANumber(text.to_owned());
    let plain: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '٬' | '\u{202f}' | '\u{a0}'))
        .map(|c| digit(c).unwrap_or(if c == '٫' { '.' } else { c }))
        .collect();
    let mut parts = plain.split([',', '.']);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    let rest: Vec<&str> = parts.collect();
    let decimals = match rest.as_slice() {
        [] => "",
        [one] if one.len() != 3 => one,
        groups if groups.iter().all(|group| group.len() == 3) => {
            groups.iter().for_each(|group| whole.push_str(group));
            ""
        }
        _ => return Err(wrong()),
    };
    let signs = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !signs(whole.trim_start_matches('-')) || !signs(decimals) {
        return Err(wrong());
    }
    format!("{whole}.{decimals}0").parse().map_err(|_| wrong())
}

/// The nought of each script whose digits are read: Arabic, Persian, N'Ko, Devanagari,
/// Bengali, Thai, Lao, Burmese and Khmer.
const NOUGHTS: [char; 9] = ['٠', '۰', '߀', '०', '০', '๐', '໐', '၀', '០'];

fn digit(c: char) -> Option<char> {
    NOUGHTS.iter().find_map(|nought| {
        let value = u32::from(c).checked_sub(u32::from(*nought))?;
        char::from_digit(value, 10).filter(|_| value < 10)
    })
}

/// A text with the digits of any script written as 0 to 9.
#[must_use]
pub fn plain_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}
