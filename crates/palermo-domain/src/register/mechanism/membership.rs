//! Who belonged on a day. A beginning that no source gives is taken to be the
//! founding of the mechanism, or no limit at all when that is unknown too; such
//! an answer says that its dates are unknown.

use serde::Serialize;

use super::{MechanismId, MechanismProfile, MemberRecord, MemberStatus};
use crate::coded;
use crate::register::day::Day;
use crate::register::provenance::PartialDate;

coded! {
    /// Whether the beginning of a membership is known.
    Dates {
        /// A source gives it.
        Known = "known",
        /// Counted from the founding, or always.
        Unknown = "unknown",
    }
}

/// A State in a mechanism on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberOn {
    /// The State's code.
    pub state: String,
    /// How it belongs.
    pub status: MemberStatus,
    /// Since when it belongs in this way.
    pub from: Option<PartialDate>,
    /// Until when, where an end is recorded.
    pub to: Option<PartialDate>,
    /// Whether the beginning is known.
    pub dates: Dates,
    /// The mechanism through which it belongs to a partnership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<MechanismId>,
}

/// A mechanism to which a State belonged on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MembershipOf {
    /// The mechanism.
    pub id: MechanismId,
    /// Its English name.
    pub name: String,
    /// How the State belongs.
    pub status: MemberStatus,
    /// Since when.
    pub from: Option<PartialDate>,
    /// Until when, where an end is recorded.
    pub to: Option<PartialDate>,
    /// Whether the beginning is known.
    pub dates: Dates,
}

/// The first day after something that ended on `date`: the day itself where the
/// day is known, otherwise the day after the month or year, because nobody
/// should be dropped earlier than a source says.
fn end_of(date: PartialDate) -> Day {
    if date.is_exact() { date.first_day() } else { date.last_day().plus_days(1) }
}

impl MechanismProfile {
    /// Whether the mechanism existed on a day; one with unknown founding always
    /// did, until it ended.
    #[must_use]
    pub fn exists_on(&self, on: Day) -> bool {
        let begun = self.founded.given().is_none_or(|founded| founded.date.first_day() <= on);
        let over = self.ended.as_ref().is_some_and(|ended| end_of(ended.date) <= on);
        begun && !over
    }

    /// The record in force on a day for each State that has one.
    #[must_use]
    pub fn records_on(&self, on: Day) -> Vec<&MemberRecord> {
        let mut found: Vec<&MemberRecord> = Vec::new();
        for record in self.member_records().iter().filter(|record| self.in_force(record, on)) {
            match found.iter_mut().find(|other| other.state == record.state) {
                // Two records of one State touch on a day or in a year: the later one holds.
                Some(other) if other.from <= record.from => *other = record,
                Some(_) => {}
                None => found.push(record),
            }
        }
        found
    }

    fn in_force(&self, record: &MemberRecord, on: Day) -> bool {
        let founded = self.founded.given().map(|founded| founded.date);
        let begun = record.from.or(founded).is_none_or(|from| from.first_day() <= on);
        let ended = self.ended.as_ref().map(|ended| ended.date);
        let over = [record.to, ended].into_iter().flatten().any(|to| end_of(to) <= on);
        begun && !over
    }
}

impl From<&MemberRecord> for MemberOn {
    fn from(record: &MemberRecord) -> Self {
        Self {
            state: record.state.clone(),
            status: record.status,
            from: record.from,
            to: record.to,
            dates: if record.from.is_some() { Dates::Known } else { Dates::Unknown },
            via: None,
        }
    }
}
