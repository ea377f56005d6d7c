//! What every registered fact of a mechanism carries: where it comes from, when
//! it held, and how sure we are (R015). Sources disagree; a [`Statement`] keeps
//! what each of them says side by side with one marked as preferred.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::day::Day;
use crate::coded;

/// A date known to the year, the month or the day. Written `2007`, `2007-04`
/// or `2007-04-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Day,
    month_known: bool,
    day_known: bool,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else, and a date that
    /// does not exist, is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|part| digits(part, 2));
        let day = parts.next().map(|part| digits(part, 2));
        if parts.next().is_some() || month == Some(None) || day == Some(None) {
            return None;
        }
        let (month, day) = (month.flatten(), day.flatten());
        let first = Day::new(
            i32::from(year),
            u8::try_from(month.unwrap_or(1)).ok()?,
            u8::try_from(day.unwrap_or(1)).ok()?,
        )
        .ok()?;
        Some(Self { first, month_known: month.is_some(), day_known: day.is_some() })
    }

    /// A day that is known in full.
    #[must_use]
    pub const fn exact(day: Day) -> Self {
        Self { first: day, month_known: true, day_known: true }
    }

    /// The first day it can mean.
    #[must_use]
    pub const fn first_day(self) -> Day {
        self.first
    }

    /// Whether it lies after this day, whatever day it means.
    #[must_use]
    pub fn is_after(self, day: Day) -> bool {
        self.first > day
    }

    /// The last day it can mean.
    #[must_use]
    pub fn last_day(self) -> Day {
        let year = self.first.date().year();
        match (self.month_known, self.day_known) {
            (_, true) => self.first,
            (true, false) => self.first.first_of_next_month().plus_days(-1),
            (false, false) => Day::new(year, 12, 31).unwrap_or(self.first),
        }
    }

    /// Whether the day itself is known.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        self.day_known
    }
}

fn digits(text: &str, width: usize) -> Option<u16> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = match (self.month_known, self.day_known) {
            (_, true) => 10,
            (true, false) => 7,
            (false, false) => 4,
        };
        let day = self.first.to_string();
        f.pad(day.get(..length).unwrap_or(&day))
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

coded! {
    /// How sure a fact is.
    Confidence {
        /// A document says so, at the place named as source.
        Stated = "stated",
        /// General knowledge that few would dispute.
        High = "high",
        /// General knowledge to be checked before it is relied upon.
        Medium = "medium",
        /// General knowledge that is probably incomplete.
        Low = "low",
    }
}

/// Where a fact comes from and when it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Document and place, e.g. `S1:177` or `GK` (general knowledge).
    pub source: String,
    /// The date up to which the source speaks.
    pub as_of: PartialDate,
    /// How sure it is.
    pub confidence: Confidence,
    /// A remark for the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The id of the [`Statement`] in which sources contradict this fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disputed: Option<String>,
}

/// The documents that sources name by a key, with what they are and how a place
/// in them is cited.
pub const DOCUMENTS: [(&str, &str); 6] = [
    (
        "S0",
        "Report of the Special Rapporteur on trafficking in persons, A/HRC/14/32, 2010; by paragraph (¶)",
    ),
    (
        "S1",
        "Summary of regional and sub-regional structures and initiatives, December 2010; by line of its text",
    ),
    (
        "S2",
        "Report of the consultation of regional mechanisms, Dakar, October 2010; by line of its text",
    ),
    (
        "S3",
        "Background paper of the Secretary-General under resolution 63/194, 2009; by section or footnote (fn)",
    ),
    ("S4", "UNODC Toolkit to Combat Trafficking in Persons, Tool 2.9; by line of its text"),
    ("GK", "general knowledge, in none of the documents"),
];

/// Checks how a source is written, for a remedy when it is not: one or more
/// places joined by `; `. A place in a seed document is `S0 ¶18`, `S1:177`,
/// `S2:58-61` or `S3 II.A`; `GK` is general knowledge; `page …` a public page;
/// any other text of at least four letters is a citation in full.
///
/// # Errors
/// A sentence saying what is wrong with it.
pub fn check_source(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("the source is empty".into());
    }
    text.split("; ").try_for_each(check_place)
}

fn check_place(place: &str) -> Result<(), String> {
    let place = place.trim();
    if place == "GK" {
        return Ok(());
    }
    let mut letters = place.chars();
    let seed = (letters.next(), letters.next());
    if let (Some('S'), Some(number)) = seed
        && number.is_ascii_digit()
    {
        if !('0'..='4').contains(&number) {
            return Err(format!("there is no document `S{number}`"));
        }
        let rest = letters.as_str().trim_start_matches([':', ' ', '¶']);
        return if rest.is_empty() {
            Err(format!("`{place}` names a document but no place in it"))
        } else {
            Ok(())
        };
    }
    if place.chars().filter(|c| c.is_alphabetic()).count() < 4 {
        return Err(format!("`{place}` is not a source one could look up"));
    }
    Ok(())
}

/// What one source says on a disputed point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// What it says, in a few words.
    pub value: String,
    /// Whether Palermo uses this one.
    pub preferred: bool,
    /// Who says it.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A point on which sources differ, with all they say kept (R015).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Name within its profile, for facts that refer to it as `disputed`.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// At least two claims; exactly one is preferred.
    pub claims: Vec<Claim>,
    /// Why the preferred one was chosen.
    pub why: String,
}

impl Statement {
    /// The claim Palermo uses.
    #[must_use]
    pub fn preferred(&self) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.preferred)
    }
}

/// A fact that is given, that a source denies (`none`), or that no source
/// tells (`unknown`, always with the reason).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated<T> {
    /// Given.
    Given(T),
    /// A source says there is none.
    None {
        /// What the source says about its absence.
        why: String,
        /// The source.
        provenance: Provenance,
    },
    /// No source says.
    Unknown {
        /// Why it is not known.
        why: String,
    },
}

impl<T> Stated<T> {
    /// The value, if there is one.
    #[must_use]
    pub const fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::None { .. } | Self::Unknown { .. } => None,
        }
    }
}

impl<T> Stated<Vec<T>> {
    /// The values; empty when there are none or they are unknown.
    #[must_use]
    pub fn items(&self) -> &[T] {
        self.given().map_or(&[], Vec::as_slice)
    }
}

impl<T: Serialize> Serialize for Stated<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Absent<'a> {
            none: &'a str,
            #[serde(flatten)]
            provenance: &'a Provenance,
        }
        #[derive(Serialize)]
        struct Unknown<'a> {
            unknown: &'a str,
        }
        match self {
            Self::Given(value) => value.serialize(to),
            Self::None { why, provenance } => Absent { none: why, provenance }.serialize(to),
            Self::Unknown { why } => Unknown { unknown: why }.serialize(to),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_partial_date_spans_what_it_can_mean() {
        let year = PartialDate::parse("2008").unwrap();
        let month = PartialDate::parse("2008-02").unwrap();
        let day = PartialDate::parse("2008-02-01").unwrap();
        assert_eq!(year.first_day().to_string(), "2008-01-01");
        assert_eq!(year.last_day().to_string(), "2008-12-31");
        assert_eq!(month.last_day().to_string(), "2008-02-29");
        assert_eq!(day.last_day(), day.first_day());
        for text in ["2008", "2008-02", "2008-02-01"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused() {
        for text in ["", "08", "2008-13", "2009-02-29", "2008-2-1", "2008-02-01-01", "spring 2008"]
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_source_must_be_one_that_can_be_looked_up() {
        for good in ["S0 ¶18", "S1:177", "S2:58-61; S3 fn 80", "GK", "page no-trafficking.org"] {
            assert_eq!(check_source(good), Ok(()), "{good}");
        }
        for bad in ["", " ", "S7:1", "S1", "S1:", "?", "S1:4; "] {
            assert!(check_source(bad).is_err(), "{bad}");
        }
    }
}
