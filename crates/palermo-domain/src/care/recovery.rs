//! The recovery and reflection period (R4): the person's entitlement. Palermo
//! proposes at least thirty days; a profile or a State may make it longer. A
//! shorter one set elsewhere, or one ended by an authority, is recorded as what
//! it is, and changes nothing about what Palermo allows.

use super::codes;
use crate::{register::day::Day, safeguard};
use serde::{Deserialize, Serialize};

/// The floor below which no period is proposed, in days (R4). The Council of
/// Europe's Convention (art. 13) and Palermo have the same thirty.
pub const LEAST_DAYS: u32 = 30;

codes! {
    /// Who set the period.
    SetBy {
        Here = "here", "We propose it";
        Authority = "authority", "An authority decided it";
    }
}

codes! {
    /// How the person's period ended before its last day.
    EndedBy {
        Person = "person", "The person decided so themselves";
        Authority = "authority", "An authority ended it (recorded as a rights incident)";
    }
}

/// A recovery and reflection period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// First day.
    pub starts_on: Day,
    /// How many days, the first included.
    pub days: u32,
    /// Who set it.
    pub set_by: SetBy,
    /// Day on which it ended early.
    pub ended_on: Option<Day>,
    /// Who ended it.
    pub ended_by: Option<EndedBy>,
}

/// The period as it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counter {
    /// Which day it is, the first being 1.
    pub day: u32,
    /// Of how many.
    pub of: u32,
    /// How many are left after today.
    pub left: u32,
}

/// Whose number the proposed days are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProposedBy {
    /// The floor of R4.
    Floor,
    /// The policy of this installation.
    Policy,
    /// A mechanism: its profile.
    Profile,
    /// The State: its law, as the register of national law has it.
    State,
}

impl ProposedBy {
    /// Its code in messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Policy => "policy",
            Self::Profile => "profile",
            Self::State => "state",
        }
    }
}

/// How many days to propose, whose number it is, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Days.
    pub days: u32,
    /// Whose number it is.
    pub by: ProposedBy,
    /// Where it stands; empty for the installation's own policy.
    pub source: String,
}

/// The longest of the floor, the policy, the profile and the State's law, each
/// with its source. Nobody can shorten it; of equals the first named stands.
#[must_use]
pub fn proposed(
    policy: u32,
    profile: Option<(u32, String)>,
    state: Option<(u32, String)>,
) -> Proposed {
    let floor = Proposed {
        days: LEAST_DAYS,
        by: ProposedBy::Floor,
        source: safeguard::RECOVERY_PERIOD.source.to_owned(),
    };
    let others = [
        (ProposedBy::Policy, Some((policy, String::new()))),
        (ProposedBy::Profile, profile),
        (ProposedBy::State, state),
    ];
    others.into_iter().fold(floor, |longest, (by, said)| match said {
        Some((days, source)) if days > longest.days => Proposed { days, by, source },
        _ => longest,
    })
}

impl Recovery {
    /// The last day, as it was set.
    #[must_use]
    pub fn last_day(&self) -> Day {
        self.starts_on.plus_days(i64::from(self.days.max(1)) - 1)
    }

    /// The last day on which it protects. At least the floor, whoever set it:
    /// a period cut short by an authority still locks what Palermo arranges.
    /// Only the person's own decision ends it (R4).
    #[must_use]
    pub fn protects_until(&self) -> Day {
        let floor = self.starts_on.plus_days(i64::from(self.days.max(LEAST_DAYS)) - 1);
        match (self.ended_on, self.ended_by) {
            (Some(day), Some(EndedBy::Person)) => day,
            _ => floor,
        }
    }

    /// Whether the person is protected on this day.
    #[must_use]
    pub fn protects_on(&self, day: Day) -> bool {
        self.starts_on <= day && day <= self.protects_until()
    }

    /// Which day of the period it is; none before and after it.
    #[must_use]
    pub fn counter(&self, today: Day) -> Option<Counter> {
        if !self.protects_on(today) {
            return None;
        }
        let gone = (today.date() - self.starts_on.date()).whole_days();
        let day = u32::try_from(gone).unwrap_or(0) + 1;
        let of = self.days.max(LEAST_DAYS);
        Some(Counter { day, of, left: of.saturating_sub(day) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn period(days: u32, set_by: SetBy) -> Recovery {
        Recovery { starts_on: day("2026-11-01"), days, set_by, ended_on: None, ended_by: None }
    }

    #[test]
    fn req_100_the_proposal_says_whose_number_it_is() {
        let said = |days: u32, source: &str| Some((days, source.to_owned()));
        let own = proposed(30, said(30, "coe, S1:237"), None);
        assert_eq!((own.days, own.by), (30, ProposedBy::Floor), "of equals the floor stands");
        assert!(own.source.contains("CETS 197"));
        let longer = proposed(30, said(45, "a profile"), said(90, "Act 3, s. 9"));
        assert_eq!((longer.days, longer.by), (90, ProposedBy::State));
        assert_eq!(longer.source, "Act 3, s. 9");
        let short = proposed(7, said(10, "a profile"), said(5, "a law"));
        assert_eq!((short.days, short.by), (30, ProposedBy::Floor), "never under thirty");
    }

    #[test]
    fn req_100_the_first_day_is_day_one_and_day_thirty_still_counts() {
        let period = period(30, SetBy::Here);
        assert_eq!(period.counter(day("2026-10-31")), None);
        let first = Counter { day: 1, of: 30, left: 29 };
        assert_eq!(period.counter(day("2026-11-01")), Some(first));
        let last = Counter { day: 30, of: 30, left: 0 };
        assert_eq!(period.counter(day("2026-11-30")), Some(last));
        assert_eq!(period.counter(day("2026-12-01")), None);
    }

    #[test]
    fn rule_4_a_period_cut_to_ten_days_by_an_authority_protects_for_thirty_all_the_same() {
        let short = period(10, SetBy::Authority);
        assert!(short.protects_on(day("2026-11-30")));
        let mut ended = period(30, SetBy::Here);
        ended.ended_on = Some(day("2026-11-05"));
        ended.ended_by = Some(EndedBy::Authority);
        assert!(ended.protects_on(day("2026-11-20")));
        ended.ended_by = Some(EndedBy::Person);
        assert!(ended.protects_on(day("2026-11-05")) && !ended.protects_on(day("2026-11-06")));
    }
}
