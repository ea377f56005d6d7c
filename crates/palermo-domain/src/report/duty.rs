//! When a report is due, and how far it is: due, submitted, late, accepted.
//! Duties come from the profiles of the mechanisms a State belongs to; nothing
//! is entered for a State that never signs in, and its row is complete all
//! the same (R038).

use crate::{
    coded,
    register::{day::Day, mechanism::Cadence},
};
use serde::Serialize;

coded! {
    /// How far a duty is.
    DutyStatus {
        /// Still in time, nothing submitted.
        Due = "due",
        /// The day has passed and nothing was submitted.
        Late = "late",
        /// Submitted, not yet accepted.
        Submitted = "submitted",
        /// Accepted by the body it was due to.
        Accepted = "accepted",
        /// Past its day, and not sent by way of a questionnaire: Palermo does
        /// not know whether it was sent and accuses nobody.
        NotTracked = "not-tracked",
    }
}

/// What obliges: one duty of one mechanism in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObligationOf {
    /// Mechanism id.
    pub mechanism: String,
    /// Duty id within its profile.
    pub duty: String,
    /// What is to be sent.
    pub what: String,
    /// To whom.
    pub to: String,
    /// Questionnaire to be answered, if one.
    pub questionnaire: Option<String>,
    /// Provision or paragraph it rests on, if the profile names one.
    pub basis: Option<String>,
    /// Document the duty was read from.
    pub source: String,
    /// The year reported on.
    pub period: i32,
    /// Which of several in the year, from 1.
    pub part: u32,
    /// The last day in time.
    pub due: Day,
}

/// A duty of one State with how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// The State.
    pub state: String,
    /// What obliges.
    #[serde(flatten)]
    pub of: ObligationOf,
    /// How far it is.
    pub status: DutyStatus,
    /// The day it was due first, where more time was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_due: Option<Day>,
    /// The day it was submitted.
    pub submitted: Option<Day>,
    /// The day it was accepted.
    pub accepted: Option<Day>,
    /// Days after the due day: of the submission, or until today while there is none.
    pub days_late: i64,
    /// Entered by the secretariat from a document and not confirmed by the State.
    pub unconfirmed: bool,
    /// The step of the ladder that is due today.
    pub escalation: Option<Escalation>,
}

/// The due days of a duty within the year after the period reported on: the
/// year is divided evenly, and each part is due three months after its end.
/// A duty of several years is due in the last of them, counted from `since`.
#[must_use]
pub fn due_days(cadence: Cadence, period: i32, since: Option<i32>) -> Vec<Day> {
    let years = i32::try_from(cadence.years.max(1)).unwrap_or(1);
    if years > 1 && (period - since.unwrap_or(2000) + 1).rem_euclid(years) != 0 {
        return Vec::new();
    }
    let times = cadence.times.clamp(1, 12);
    let Ok(start) = Day::new(period, 1, 1) else { return Vec::new() };
    (1..=times)
        .map(|part| {
            let months = u16::try_from(part * 12 / times).unwrap_or(12);
            // The last day of the third month after the part's end.
            start.plus_months(months + 3).plus_days(-1)
        })
        .collect()
}

/// How far a duty is on a day, and how many days late.
#[must_use]
pub fn status_of(
    due: Day,
    submitted: Option<Day>,
    accepted: Option<Day>,
    today: Day,
) -> (DutyStatus, i64) {
    let late = |day: Day| (day.date() - due.date()).whole_days().max(0);
    match (submitted, accepted) {
        (Some(on), Some(_)) => (DutyStatus::Accepted, late(on)),
        (Some(on), None) => (DutyStatus::Submitted, late(on)),
        (None, _) if today > due => (DutyStatus::Late, late(today)),
        (None, _) => (DutyStatus::Due, 0),
    }
}

coded! {
    /// What is done about a report that is missing, step by step.
    Escalation {
        /// A month before the day: a reminder to the contact person.
        Ahead = "ahead",
        /// The day has passed: a reminder to the contact person.
        Reminder = "reminder",
        /// A month late: to the head of the national coordination.
        Head = "head",
        /// Two months late: a letter to the minister.
        Minister = "minister",
        /// Three months late: on the agenda of the political body.
        PoliticalBody = "political-body",
    }
}

/// The ladder: days after the due day from which a step applies.
pub const LADDER: [(i64, Escalation); 5] = [
    (-30, Escalation::Ahead),
    (1, Escalation::Reminder),
    (30, Escalation::Head),
    (60, Escalation::Minister),
    (90, Escalation::PoliticalBody),
];

impl Escalation {
    /// The highest step that applies to a duty without a submission.
    #[must_use]
    pub fn on(due: Day, today: Day) -> Option<Self> {
        let days = (today.date() - due.date()).whole_days();
        LADDER.iter().rev().find(|(from, _)| days >= *from).map(|(_, step)| *step)
    }
}
