//! The release calendar: what will be published when, and whether that was kept.

use super::dataset::codes;
use crate::register::day::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// Whether an announced date was kept.
    Kept {
        /// Its day has not come.
        Ahead = "ahead",
        /// Published on or before the day.
        OnTime = "on-time",
        /// Published after the day.
        Late = "late",
        /// The day has passed and nothing was published.
        Missed = "missed",
        /// Called off, with the reason.
        CalledOff = "called-off",
    }
}

/// An announcement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// What will be published, in each language.
    pub title: BTreeMap<String, String>,
    /// The day announced first; it stays when a later one is set.
    pub first_due: Day,
    /// The day that holds now.
    pub due: Day,
    /// The release that kept it, by short name.
    pub release: Option<String>,
    /// Why the day was moved or the release called off.
    pub reason: Option<String>,
    /// Called off.
    pub called_off: bool,
}

impl Announced {
    /// Whether the day was kept, given the day on which its release became public.
    #[must_use]
    pub fn kept(&self, issued: Option<Day>, today: Day) -> Kept {
        match issued {
            _ if self.called_off => Kept::CalledOff,
            // The day announced first counts: moving a date does not keep it.
            Some(issued) if issued <= self.first_due => Kept::OnTime,
            Some(_) => Kept::Late,
            None if self.due < today => Kept::Missed,
            None => Kept::Ahead,
        }
    }

    /// Whether the day was moved.
    #[must_use]
    pub fn moved(&self) -> bool {
        self.due != self.first_due
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn req_193_a_moved_date_is_still_a_late_one() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let mut one = Announced {
            title: BTreeMap::new(),
            first_due: day("2026-03-31"),
            due: day("2026-03-31"),
            release: None,
            reason: None,
            called_off: false,
        };
        assert_eq!(one.kept(None, day("2026-03-01")), Kept::Ahead);
        assert_eq!(one.kept(None, day("2026-04-01")), Kept::Missed);
        assert_eq!(one.kept(Some(day("2026-03-31")), day("2026-05-01")), Kept::OnTime);
        one.due = day("2026-05-31");
        assert!(one.moved());
        assert_eq!(one.kept(Some(day("2026-05-20")), day("2026-06-01")), Kept::Late);
        one.called_off = true;
        assert_eq!(one.kept(None, day("2026-06-01")), Kept::CalledOff);
    }
}
