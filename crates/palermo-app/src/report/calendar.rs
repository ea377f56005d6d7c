//! A State's duties as a calendar other programs read (R068).

use palermo_domain::{
    moment::Moment,
    report::{DutyStatus, Obligation},
};
use palermo_standards::calendar::{Entry, calendar};

/// The calendar of a State's duties: an entry for every day something is due.
/// Titles say which report to whom and nothing else.
#[must_use]
pub fn duties_calendar(state: &str, name: &str, duties: &[Obligation], now: Moment) -> String {
    let entries: Vec<Entry> = duties
        .iter()
        .map(|one| Entry {
            id: format!(
                "{state}-{}-{}-{}-{}@palermo",
                one.of.mechanism, one.of.duty, one.of.period, one.of.part
            ),
            title: format!("{}: {} {}", one.of.mechanism, one.of.what, one.of.period),
            about: format!(
                "{} to {}. Source: {}. {}",
                one.of.what,
                one.of.to,
                one.of.source,
                match one.status {
                    DutyStatus::Accepted => "accepted",
                    DutyStatus::Submitted => "submitted",
                    DutyStatus::Late => "late",
                    DutyStatus::Due | DutyStatus::NotTracked => "due",
                }
            ),
            from: one.of.due.date(),
            to: one.of.due.date(),
            place: None,
            remind_days: vec![30, 7],
            done: matches!(one.status, DutyStatus::Accepted | DutyStatus::Submitted),
        })
        .collect();
    calendar(name, &entries, now.at())
}
