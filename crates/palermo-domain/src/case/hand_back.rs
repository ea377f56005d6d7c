//! What comes back with a referral: how help ended, when it was given, and that
//! someone waits on a list which is looked at again on a day. It travels sealed
//! like every word between the two sides.

use crate::{code::coded, register::day::Day};
use serde::{Deserialize, Serialize};

/// Most days ahead a waiting list is looked at again: half a year.
pub const LONGEST_WAIT_DAYS: i64 = 183;

coded! {
    /// How it ended.
    HandBackOutcome {
        /// What was asked for was done.
        Done = "done",
        /// Partly.
        Partly = "partly",
        /// The person chose to leave.
        PersonLeft = "person_left",
        /// The person was not reached.
        NotReached = "not_reached",
        /// It cannot be gone on with here.
        CannotGoOn = "cannot_go_on",
    }
}

/// What a recipient hands back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandBack {
    /// How it ended.
    pub outcome: HandBackOutcome,
    /// The first day of help.
    pub started_on: Option<Day>,
    /// The last.
    pub ended_on: Option<Day>,
    /// What whoever goes on should know.
    pub words: String,
}

/// Someone on a waiting list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitEntry {
    /// When it is looked at again.
    pub review_on: Day,
    /// What the sender should know meanwhile.
    pub words: String,
}

/// Why something handed back, or a waiting list, cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Ill {
    /// It ended before it began.
    #[error("ended before it began")]
    Backwards,
    /// A day of help that has not come.
    #[error("a day of help that lies ahead")]
    Ahead,
    /// Help that was given has a first day.
    #[error("help that was given has a first day")]
    NoStart,
    /// A list is looked at again on a day ahead, within half a year.
    #[error("no day ahead within half a year")]
    NoReview,
}

impl HandBack {
    /// Checks the days: what was done was done on days that have come.
    ///
    /// # Errors
    /// [`Ill`], the first found.
    pub fn check(&self, today: Day) -> Result<(), Ill> {
        let given = matches!(self.outcome, HandBackOutcome::Done | HandBackOutcome::Partly);
        if given && self.started_on.is_none() {
            return Err(Ill::NoStart);
        }
        if self.started_on.max(self.ended_on).is_some_and(|day| day > today) {
            return Err(Ill::Ahead);
        }
        match (self.started_on, self.ended_on) {
            (Some(from), Some(until)) if until < from => Err(Ill::Backwards),
            _ => Ok(()),
        }
    }
}

impl WaitEntry {
    /// Checks the day it is looked at again.
    ///
    /// # Errors
    /// [`Ill::NoReview`] for a day that is past or too far.
    pub fn check(&self, today: Day) -> Result<(), Ill> {
        let latest = today.plus_days(LONGEST_WAIT_DAYS);
        if self.review_on <= today || self.review_on > latest {
            return Err(Ill::NoReview);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_handed_back_was_given_on_days_that_have_come() {
        let today = day("2026-06-10");
        let back = |outcome, from: Option<&str>, until: Option<&str>| HandBack {
            outcome,
            started_on: from.map(day),
            ended_on: until.map(day),
            words: String::new(),
        };
        let done = HandBackOutcome::Done;
        let check = |one: HandBack| one.check(today);
        assert_eq!(check(back(done, Some("2026-06-01"), Some("2026-06-10"))), Ok(()));
        assert_eq!(check(back(done, None, None)), Err(Ill::NoStart));
        assert_eq!(check(back(HandBackOutcome::NotReached, None, None)), Ok(()));
        assert_eq!(check(back(done, Some("2026-06-11"), None)), Err(Ill::Ahead));
        let backwards = back(done, Some("2026-06-05"), Some("2026-06-01"));
        assert_eq!(check(backwards), Err(Ill::Backwards));
    }

    #[test]
    fn a_waiting_list_is_looked_at_again_within_half_a_year() {
        let today = day("2026-06-10");
        let on = |text: &str| WaitEntry { review_on: day(text), words: String::new() };
        assert_eq!(on("2026-06-24").check(today), Ok(()));
        assert_eq!(on("2026-06-10").check(today), Err(Ill::NoReview));
        assert_eq!(on("2027-06-10").check(today), Err(Ill::NoReview));
    }
}
