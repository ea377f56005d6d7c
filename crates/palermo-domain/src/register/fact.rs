//! A registered fact with all that sources say about it. Documents contradict
//! each other, so statements that differ stand side by side, each with its
//! source and as-of date, and at most one is preferred (R015).

use super::{
    day::Day,
    document::Table,
    finding::NotAWord,
    provenance::{Confidence, PartialDate, Provenance, check_source},
};
use crate::coded;
use serde::{Deserialize, Deserializer, Serialize};
use std::{cmp::Ordering, str::FromStr};

coded! {
    /// An answer to a question about a document.
    Answer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// In part.
        Partly = "partly",
        /// No source says.
        Unknown = "unknown",
    }
}

/// A text that is no date, not even a part of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; write `2009`, `2009-04` or `2009-04-16`")]
pub struct NotADate(pub String);

impl FromStr for PartialDate {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        Self::parse(text).ok_or_else(|| NotADate(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl From<Day> for PartialDate {
    fn from(day: Day) -> Self {
        Self::exact(day)
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.first_day(), self.last_day()).cmp(&(other.first_day(), other.last_day()))
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What one source says about one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said<T> {
    /// What it says.
    pub value: T,
    /// Whether the register follows this statement where others differ.
    pub preferred: bool,
    /// Where and when it was said, and how sure it is.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// All statements about one fact, side by side. At most one is preferred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Statements<T>(Vec<Said<T>>);

/// A choice among statements that cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementsRefused {
    /// Two statements are marked as preferred.
    #[error("two statements about the same fact are marked `preferred`; keep the mark on one")]
    TwoPreferred,
    /// There is no statement with that number.
    #[error("there is no statement number {0} to prefer")]
    NoSuchStatement(usize),
}

impl<T> Default for Statements<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: PartialEq + Deserialize<'de>> Deserialize<'de> for Statements<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl<T: PartialEq> Statements<T> {
    /// Puts statements side by side.
    ///
    /// # Errors
    /// When more than one is marked as preferred.
    pub fn new(all: Vec<Said<T>>) -> Result<Self, StatementsRefused> {
        if all.iter().filter(|s| s.preferred).count() > 1 {
            return Err(StatementsRefused::TwoPreferred);
        }
        Ok(Self(all))
    }

    /// Every statement, in the order they were entered.
    #[must_use]
    pub fn all(&self) -> &[Said<T>] {
        &self.0
    }

    /// Adds a statement; if it is marked as preferred, it takes the mark over.
    pub fn add(&mut self, statement: Said<T>) {
        if statement.preferred {
            for other in &mut self.0 {
                other.preferred = false;
            }
        }
        self.0.push(statement);
    }

    /// Marks one statement, counted from 0, as the one the register follows.
    ///
    /// # Errors
    /// When there is no such statement.
    pub fn prefer(&mut self, number: usize) -> Result<(), StatementsRefused> {
        if number >= self.0.len() {
            return Err(StatementsRefused::NoSuchStatement(number));
        }
        for (at, statement) in self.0.iter_mut().enumerate() {
            statement.preferred = at == number;
        }
        Ok(())
    }

    /// The statement the register follows: the preferred one, or the first if
    /// all agree. Nothing where sources differ and nobody has chosen.
    #[must_use]
    pub fn settled(&self) -> Option<&Said<T>> {
        let preferred = self.0.iter().find(|s| s.preferred);
        preferred.or_else(|| if self.disagree() { None } else { self.0.first() })
    }

    /// Whether two sources say different things.
    #[must_use]
    pub fn disagree(&self) -> bool {
        self.0.first().is_some_and(|first| self.0.iter().any(|s| s.value != first.value))
    }

    /// Whether nothing at all has been stated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads `source`, `as_of`, `confidence` and `note` of a table. Where no
/// confidence is written, a document states the fact, and general knowledge
/// (`GK`) counts as medium.
#[must_use]
pub fn provenance(table: &Table<'_>) -> Option<Provenance> {
    let source = table.text("source");
    let as_of = table.opt_date("as_of");
    let confidence = table.opt_choice("confidence");
    let note = table.opt_text("note");
    let source = source?;
    if let Err(wrong) = check_source(&source) {
        table.problem("source", wrong, "name the document and the place in it, such as `S1:211`");
        return None;
    }
    if as_of.is_none() && !table.has("as_of") {
        table.missing("as_of", "the date up to which the source speaks, such as \"2010-12\"");
    }
    let usual = if source == "GK" { Confidence::Medium } else { Confidence::Stated };
    let confidence = confidence.unwrap_or(usual);
    Some(Provenance { source, as_of: as_of?, confidence, note, disputed: None })
}

/// Reads statements about one fact: a list of tables, each with `value`,
/// perhaps `preferred = true`, and its provenance.
#[must_use]
pub fn statements<T>(table: &Table<'_>, key: &str) -> Statements<T>
where
    T: FromStr + PartialEq,
    T::Err: std::fmt::Display,
{
    let mut all = Vec::new();
    for one in table.tables(key) {
        let value = parsed(&one, "value");
        let preferred = one.opt_flag("preferred").unwrap_or(false);
        let provenance = provenance(&one);
        one.finish(&[]);
        if let (Some(value), Some(provenance)) = (value, provenance) {
            all.push(Said { value, preferred, provenance });
        }
    }
    Statements::new(all).unwrap_or_else(|refused| {
        table.problem(key, refused.to_string(), "remove `preferred` from all but one");
        Statements::default()
    })
}

/// Reads a text that must be there into its type; what cannot be read is a
/// problem that carries the reason.
#[must_use]
pub fn parsed<T>(table: &Table<'_>, key: &str) -> Option<T>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    into_type(table, key, table.text(key)?)
}

/// As [`parsed`], for a text that may be absent.
#[must_use]
pub fn opt_parsed<T>(table: &Table<'_>, key: &str) -> Option<T>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    into_type(table, key, table.opt_text(key)?)
}

/// Reads every text of a list into its type; those that cannot be are problems.
#[must_use]
pub fn all_parsed<T>(table: &Table<'_>, key: &str) -> Vec<T>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    table.texts(key).into_iter().filter_map(|text| into_type(table, key, text)).collect()
}

fn into_type<T>(table: &Table<'_>, key: &str, text: String) -> Option<T>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    match text.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            let said = error.to_string();
            let (message, remedy) = said.split_once("; ").unwrap_or((&said, "correct the text"));
            table.problem(key, message, remedy);
            None
        }
    }
}

/// A word of a closed list, `default` where the line is absent.
#[must_use]
pub fn choice_or<T: FromStr<Err = NotAWord>>(table: &Table<'_>, key: &str, default: T) -> T {
    table.opt_choice(key).unwrap_or(default)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::register::document::{Log, read};

    fn said(value: &str, source: &str) -> Said<String> {
        Said {
            value: value.to_owned(),
            preferred: false,
            provenance: Provenance {
                source: source.to_owned(),
                as_of: "2010-12".parse().unwrap(),
                confidence: Confidence::Stated,
                note: None,
                disputed: None,
            },
        }
    }

    #[test]
    fn req_015_two_dates_for_one_policy_both_stay_and_one_is_preferred() {
        let both = vec![said("2009-04", "S0 ¶58"), said("2010", "S1:85")];
        let mut dates = Statements::new(both).unwrap();
        assert!(dates.disagree());
        assert_eq!(dates.settled(), None);

        dates.prefer(0).unwrap();

        assert_eq!(dates.all().len(), 2);
        assert_eq!(dates.settled().unwrap().provenance.source, "S0 ¶58");
        assert_eq!(dates.all().iter().filter(|s| s.preferred).count(), 1);
    }

    #[test]
    fn a_new_preferred_statement_takes_the_mark_over() {
        let mut dates = Statements::new(vec![Said { preferred: true, ..said("a", "S0") }]).unwrap();
        dates.add(Said { preferred: true, ..said("b", "S1") });
        assert_eq!(dates.settled().unwrap().value, "b");
        assert_eq!(dates.prefer(7), Err(StatementsRefused::NoSuchStatement(7)));
    }

    #[test]
    fn two_preferred_statements_are_refused() {
        let one = || Said { preferred: true, ..said("a", "S0") };
        assert_eq!(Statements::new(vec![one(), one()]), Err(StatementsRefused::TwoPreferred));
    }

    #[test]
    fn dates_known_in_part_sort_by_the_first_day_they_can_mean() {
        let mut dates: Vec<PartialDate> =
            ["2010", "2009-04-16", "2009-04", "2009"].map(|d| d.parse().unwrap()).to_vec();
        dates.sort();
        let texts: Vec<_> = dates.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["2009", "2009-04", "2009-04-16", "2010"]);
    }

    #[test]
    fn statements_of_a_file_are_read_and_a_missing_source_is_told_with_its_line() {
        let text = "in_force = [\n  { value = \"2006\", source = \"S1:211\", as_of = \"2010-12\" },\n  { value = \"2005-13\", as_of = \"2010\" },\n]\n";
        let log = Log::new(text);
        let root = read(text, &log);
        let table = Table::root(&log, &root);
        let stated: Statements<PartialDate> = statements(&table, "in_force");
        table.finish(&[]);
        assert_eq!(stated.all().len(), 1);
        let problems: Vec<_> = log.into_problems().iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems.iter().all(|p| p.starts_with("line 3: ")), "{problems:?}");
        assert!(problems.iter().any(|p| p.contains("`2005-13` is not a date")), "{problems:?}");
    }
}
