//! More time for a report: asked for by its State, decided by whoever receives it. The day
//! the report was due first is kept beside the later one, so that the register of who has
//! not reported stays true.

use crate::{
    id::DutyExtensionId,
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};

/// A State asks for more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyExtension {
    /// The mechanism.
    pub mechanism: String,
    /// The duty.
    pub duty: String,
    /// The State.
    pub state: StateCode,
    /// The year reported on.
    pub period: i32,
    /// Which of several in the year, from 1.
    pub part: u32,
    /// The day it was due when the State asked.
    pub due: Day,
    /// The day the State asks for.
    pub wanted: Day,
    /// Why.
    pub why: String,
    /// Who asked, by name.
    pub by: String,
    /// When.
    pub on: Day,
}

/// What the receiving body decided about it. It belongs to that body, not to the State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionDecision {
    /// The request.
    pub extension: DutyExtensionId,
    /// The mechanism.
    pub mechanism: String,
    /// The State.
    pub state: StateCode,
    /// The new last day; nothing where more time was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Why.
    pub why: String,
    /// Who decided, by name.
    pub by: String,
    /// When.
    pub on: Day,
}

/// Why a day cannot be the new last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMoreTime {
    /// It is not after the day the report is due.
    NotLater,
    /// It has passed.
    Passed,
    /// It is more than a year after the day the report is due: the next one is due then.
    TooLong,
}

/// Longest time, in days after the day a report is due.
const LONGEST_DAYS: i64 = 365;

/// Whether a day may be the new last one of a report.
///
/// # Errors
/// [`NoMoreTime`].
pub fn may_extend(due: Day, until: Day, today: Day) -> Result<(), NoMoreTime> {
    if until <= due {
        return Err(NoMoreTime::NotLater);
    }
    if until < today {
        return Err(NoMoreTime::Passed);
    }
    if until > due.plus_days(LONGEST_DAYS) {
        return Err(NoMoreTime::TooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap_or_else(|_| unreachable!("a day of this test"))
    }

    #[test]
    fn more_time_is_later_not_over_and_never_a_year() {
        let (due, today) = (day("2026-03-31"), day("2026-05-01"));
        assert_eq!(may_extend(due, day("2026-06-30"), today), Ok(()));
        assert_eq!(may_extend(due, today, today), Ok(()));
        assert_eq!(may_extend(due, due, today), Err(NoMoreTime::NotLater));
        assert_eq!(may_extend(due, day("2026-04-15"), today), Err(NoMoreTime::Passed));
        assert_eq!(may_extend(due, day("2027-04-01"), today), Err(NoMoreTime::TooLong));
    }
}
