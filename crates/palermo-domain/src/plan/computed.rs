//! What Palermo works out by itself: which figures there are, what an indicator that
//! reads one must be, in which periods it is there, and what of a count may be told.

use super::{
    indicator::{Counted, Indicator, Kind},
    period::Period,
};
use crate::{
    care::figures::counted_until,
    case::referral::ReferralState,
    id::TenantId,
    moment::Moment,
    register::{day::Day, instrument::InstrumentId},
};
use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// A figure that is worked out whenever it is read, and never typed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Computed {
    /// Members of the plan's mechanism that are party to an instrument at the end
    /// of the period.
    Adherence {
        /// The instrument.
        instrument: InstrumentId,
    },
    /// Persons identified, as the newest public release tells them.
    PersonsIdentified,
    /// Persons who used services, as the newest public release tells them.
    PersonsAssisted,
    /// Referrals sent by organisations of the State to others in Palermo.
    ReferralsSent,
    /// Share of these that were accepted within a day.
    ReferralsAccepted,
    /// Services of the directory with free places, confirmed.
    PlacesConfirmed,
    /// Share of the State's contact points that were confirmed within 180 days.
    DesksConfirmed,
    /// Share of the answers to "did you feel safe?" that say yes (R237).
    FeltSafe,
}

/// Why an indicator cannot read a figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// Figures are numbers.
    #[error("what Palermo works out is a number; a framework indicator takes an answer")]
    Framework,
    /// A share needs a unit that says so.
    #[error("`{0}` is a share; write `per cent` as the unit")]
    ShareNeeded(&'static str),
    /// A number is no share.
    #[error("`{0}` is a number and no share; write another unit")]
    NoShare(&'static str),
    /// What is counted is fixed, and with it whether it may be coloured (R021).
    #[error("`{code}` counts `{counted}`; choose that under what is counted")]
    Counts {
        /// The figure.
        code: &'static str,
        /// What it counts.
        counted: Counted,
    },
}

/// Whether a figure is there for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// Not, or not yet.
    No,
    /// It exists and is not told: a part of a year beside the year would tell small
    /// numbers.
    Withheld,
    /// Yes.
    Yes,
}

/// What may be told of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told {
    /// There is nothing to tell of.
    Nothing,
    /// Too small.
    Withheld,
    /// This.
    Number(f64),
}

impl Computed {
    /// Codes of all figures, in the order shown.
    pub const CODES: [&'static str; 8] = [
        "adherence",
        "persons-identified",
        "persons-assisted",
        "referrals-sent",
        "referrals-accepted",
        "places-confirmed",
        "desks-confirmed",
        "felt-safe",
    ];

    /// Its code, as in files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Adherence { .. } => "adherence",
            Self::PersonsIdentified => "persons-identified",
            Self::PersonsAssisted => "persons-assisted",
            Self::ReferralsSent => "referrals-sent",
            Self::ReferralsAccepted => "referrals-accepted",
            Self::PlacesConfirmed => "places-confirmed",
            Self::DesksConfirmed => "desks-confirmed",
            Self::FeltSafe => "felt-safe",
        }
    }

    /// The figure with this code; adherence only with an instrument.
    #[must_use]
    pub fn from_code(code: &str, instrument: Option<InstrumentId>) -> Option<Self> {
        Some(match code {
            "adherence" => Self::Adherence { instrument: instrument? },
            "persons-identified" => Self::PersonsIdentified,
            "persons-assisted" => Self::PersonsAssisted,
            "referrals-sent" => Self::ReferralsSent,
            "referrals-accepted" => Self::ReferralsAccepted,
            "places-confirmed" => Self::PlacesConfirmed,
            "desks-confirmed" => Self::DesksConfirmed,
            "felt-safe" => Self::FeltSafe,
            _ => return None,
        })
    }

    /// Whether it is one number for all States together. No sum is made of the others:
    /// with all States but one, it would tell that one's.
    #[must_use]
    pub const fn is_joint(&self) -> bool {
        matches!(self, Self::Adherence { .. })
    }

    /// Whether it is a share of a hundred.
    #[must_use]
    pub const fn is_share(&self) -> bool {
        matches!(self, Self::ReferralsAccepted | Self::DesksConfirmed | Self::FeltSafe)
    }

    /// What an indicator that reads it counts, where that is fixed.
    #[must_use]
    pub const fn counts(&self) -> Option<Counted> {
        match self {
            Self::PersonsIdentified => Some(Counted::DetectedPersons),
            Self::PersonsAssisted => Some(Counted::Persons),
            _ => None,
        }
    }

    /// Why an indicator cannot read it; nothing if it can.
    #[must_use]
    pub fn misfit(&self, indicator: &Indicator) -> Option<Misfit> {
        let code = self.code();
        if indicator.kind == Kind::Framework {
            return Some(Misfit::Framework);
        }
        if let Some(counted) = self.counts().filter(|counted| *counted != indicator.counted) {
            return Some(Misfit::Counts { code, counted });
        }
        match (self.is_share(), indicator.is_share()) {
            (true, false) => Some(Misfit::ShareNeeded(code)),
            (false, true) => Some(Misfit::NoShare(code)),
            _ => None,
        }
    }

    /// Whether it is there for a period. Releases speak of years. Referrals and answers are told for
    /// whole years that are over, from the second day after: a figure that grew with each
    /// referral, or stood beside its halves, would tell of one. The directory knows today
    /// only.
    #[must_use]
    pub fn there(&self, period: Period, today: Day) -> There {
        let yes = |yes: bool| if yes { There::Yes } else { There::No };
        match self {
            Self::Adherence { .. } => yes(period.first_day() <= today),
            Self::PersonsIdentified | Self::PersonsAssisted => yes(period.parts() == 1),
            Self::ReferralsSent | Self::ReferralsAccepted | Self::FeltSafe => {
                let over = period.last_day() < counted_until(today.plus_days(-1));
                match (over, period.parts()) {
                    (false, _) => There::No,
                    (true, 1) => There::Yes,
                    (true, _) => There::Withheld,
                }
            }
            Self::PlacesConfirmed | Self::DesksConfirmed => {
                yes(period.first_day() <= today && today <= period.last_day())
            }
        }
    }
}

/// A record that is sealed now: when it was opened, and when it was sealed or unsealed
/// since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealing {
    /// When it was opened.
    pub opened: Moment,
    /// When it was sealed (`true`) or unsealed, the first first.
    pub turns: Vec<(Moment, bool)>,
}

impl Sealing {
    /// Whether it was there and sealed at a moment.
    #[must_use]
    pub fn held_at(&self, at: Moment) -> bool {
        let next = self.turns.iter().find(|(when, _)| *when >= at);
        self.opened < at && next.is_none_or(|(_, sealed)| !sealed)
    }
}

/// A referral that arrived, as figures read it. Neither the person nor the case is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Who sent it.
    pub sender: TenantId,
    /// When it was sent.
    pub sent_at: Moment,
    /// Where it stands at its recipient.
    pub state: ReferralState,
    /// When the case it led to was opened.
    pub case_opened_at: Option<Moment>,
    /// When it was last answered.
    pub answered_at: Option<Moment>,
    /// Of the records it came from and led to, those that are sealed now.
    pub sealings: Vec<Sealing>,
}

impl Arrived {
    /// Whether it counts. What is sealed by the time its figure is first told is left
    /// out (E11); what is sealed later stays counted: a figure that fell on the day a
    /// record is sealed would tell of it (R10).
    #[must_use]
    pub fn counts(&self) -> bool {
        let told = referrals_told_from(self.sent_at);
        !self.sealings.iter().any(|one| one.held_at(told))
    }

    /// When it was accepted, if it was. The case is opened in the act that accepts; later
    /// answers do not move it.
    #[must_use]
    pub fn accepted_at(&self) -> Option<Moment> {
        self.case_opened_at.or(self.answered_at.filter(|_| self.state.was_accepted()))
    }
}

/// When the figure that a referral counts in is first told: on the second day after
/// its year, as [`Computed::there`] says.
fn referrals_told_from(sent_at: Moment) -> Moment {
    let day = Date::from_calendar_date(sent_at.date().year() + 1, Month::January, 2);
    day.map_or(sent_at, |day| day.midnight().assume_utc().into())
}

fn down(count: u64, threshold: u64) -> f64 {
    (count / threshold * threshold) as f64
}

/// A count of what persons did or what was done for them: nought, or rounded down to a
/// multiple of the threshold, as a release does; below the threshold nothing.
#[must_use]
pub fn count_told(count: u64, threshold: u32) -> Told {
    let threshold = u64::from(threshold.max(1));
    if count > 0 && count < threshold {
        return Told::Withheld;
    }
    Told::Number(down(count, threshold))
}

/// A share of such a count in whole per cent, worked out from the two rounded numbers:
/// nobody learns more from it than from them. Withheld where one part is small.
#[must_use]
pub fn share_told(part: u64, of: u64, threshold: u32) -> Told {
    if of == 0 {
        return Told::Nothing;
    }
    let rest = of.saturating_sub(part);
    let (told, whole) = (count_told(part, threshold), count_told(of, threshold));
    match (told, count_told(rest, threshold), whole) {
        (Told::Number(part), Told::Number(_), Told::Number(of)) => {
            Told::Number((100.0 * part / of).round())
        }
        _ => Told::Withheld,
    }
}

/// A share of things that are no secret, in whole per cent.
#[must_use]
pub fn open_share(part: usize, of: usize) -> Told {
    if of == 0 { Told::Nothing } else { Told::Number((100.0 * part as f64 / of as f64).round()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::id::Id;

    #[test]
    fn a_count_is_nought_withheld_or_rounded_down_to_the_threshold() {
        assert_eq!(count_told(0, 5), Told::Number(0.0));
        assert_eq!([1, 4].map(|count| count_told(count, 5)), [Told::Withheld; 2]);
        assert_eq!([5, 9].map(|count| count_told(count, 5)), [Told::Number(5.0); 2]);
        assert_eq!(count_told(23, 10), Told::Number(20.0));
    }

    #[test]
    fn a_share_is_withheld_where_one_part_is_small() {
        assert_eq!(share_told(0, 0, 5), Told::Nothing);
        assert_eq!(share_told(3, 20, 5), Told::Withheld, "three were accepted");
        assert_eq!(share_told(18, 20, 5), Told::Withheld, "two were not");
        assert_eq!(share_told(2, 4, 5), Told::Withheld);
        assert_eq!(share_told(12, 24, 5), Told::Number(50.0), "10 of 20");
        assert_eq!(share_told(20, 20, 5), Told::Number(100.0));
        assert_eq!(share_told(0, 20, 5), Told::Number(0.0));
    }

    #[test]
    fn referrals_are_told_for_years_that_are_over_and_the_directory_for_today() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let period = |text: &str| text.parse::<Period>().unwrap();
        let sent =
            |when: &str, today: &str| Computed::ReferralsSent.there(period(when), day(today));
        assert_eq!(sent("2025", "2025-12-31"), There::No);
        assert_eq!(sent("2025", "2026-01-01"), There::No, "a day is left to accept");
        assert_eq!(sent("2025", "2026-01-02"), There::Yes);
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let first = referrals_told_from(at("2025-05-04T10:00:00Z"));
        assert_eq!(first, at("2026-01-02T00:00:00Z"));
        assert_eq!(sent("2025-H1", "2026-01-02"), There::Withheld);
        assert_eq!(sent("2026-H1", "2026-03-01"), There::No);
        let safe = |when: &str| Computed::FeltSafe.there(period(when), day("2026-03-01"));
        assert_eq!(["2025", "2025-H1", "2026"].map(safe), [There::Yes, There::Withheld, There::No]);
        let desks = |when: &str| Computed::DesksConfirmed.there(period(when), day("2026-03-01"));
        assert_eq!(
            ["2025", "2026", "2026-Q1", "2026-Q2"].map(desks),
            [There::No, There::Yes, There::Yes, There::No]
        );
    }

    fn sealing(opened: i64, turns: &[(i64, bool)]) -> Sealing {
        let turns = turns.iter().map(|(at, sealed)| (Moment::from_micros(*at), *sealed));
        Sealing { opened: Moment::from_micros(opened), turns: turns.collect() }
    }

    #[test]
    fn a_record_counts_as_sealed_as_it_was_when_the_figure_was_told() {
        let held = |one: &Sealing, at| one.held_at(Moment::from_micros(at));
        let from_the_start = sealing(10, &[]);
        assert!(held(&from_the_start, 20));
        assert!(!held(&from_the_start, 10), "not there yet");
        let later = sealing(10, &[(30, true)]);
        assert!(!held(&later, 20), "sealed after it was told");
        assert!(held(&later, 31));
        let again = sealing(10, &[(15, true), (30, false), (40, true)]);
        assert!(held(&again, 20));
        assert!(!held(&again, 35));
    }

    #[test]
    fn a_referral_counts_unless_sealed_by_then_and_was_accepted_when_its_case_was_opened() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let one = Arrived {
            sender: TenantId::from_uuid(uuid::Uuid::nil()),
            sent_at: at("2025-05-04T10:00:00Z"),
            state: ReferralState::Started,
            case_opened_at: None,
            answered_at: Some(at("2025-05-06T10:00:00Z")),
            sealings: Vec::new(),
        };
        assert_eq!((one.counts(), one.accepted_at()), (true, one.answered_at));
        let declined = Arrived { state: ReferralState::Declined, ..one.clone() };
        assert_eq!(declined.accepted_at(), None);
        let opened = Some(at("2025-05-05T10:00:00Z"));
        assert_eq!(Arrived { case_opened_at: opened, ..declined }.accepted_at(), opened);
        let sealed = |when: &str| {
            let turns = vec![(at(when), true)];
            let sealing = Sealing { opened: at("2025-05-05T10:00:00Z"), turns };
            Arrived { sealings: vec![sealing], ..one.clone() }
        };
        assert!(!sealed("2025-12-01T10:00:00Z").counts());
        assert!(sealed("2026-02-01T10:00:00Z").counts(), "its figure had been told");
    }

    #[test]
    fn a_figure_is_written_by_its_code() {
        for code in Computed::CODES {
            let figure = Computed::from_code(code, "tip-protocol".parse().ok()).unwrap();
            assert_eq!(figure.code(), code);
            let json = serde_json::to_value(&figure).unwrap();
            assert_eq!(serde_json::from_value::<Computed>(json.clone()).unwrap(), figure);
            assert_eq!(json.is_string(), !figure.is_joint());
        }
        assert_eq!(Computed::from_code("adherence", None), None);
    }
}
