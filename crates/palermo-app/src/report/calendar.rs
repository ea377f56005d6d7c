//! A State's duties, and the steps of reviews that wait for it, as a calendar other
//! programs read (R068).

use palermo_domain::{
    moment::Moment,
    report::{DutyStatus, Obligation},
    review::{StepOwed, StepStatus},
};
use palermo_standards::calendar::{Entry, calendar};

/// The calendar of a State's duties: an entry for every day something is due.
/// Titles say which report to whom, or which step of which review, and nothing else.
#[must_use]
pub fn duties_calendar(
    state: &str,
    name: &str,
    duties: &[Obligation],
    steps: &[StepOwed],
    now: Moment,
) -> String {
    let mut entries: Vec<Entry> = duties
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
    entries.extend(steps.iter().filter_map(step));
    calendar(name, &entries, now.at())
}

/// A step of a review; one without a day is no entry.
fn step(one: &StepOwed) -> Option<Entry> {
    let due = one.due?.date();
    let what = match &one.recommendation {
        Some(id) => format!("follow up recommendation {id}"),
        None => one.what().to_owned(),
    };
    let status = match one.status {
        StepStatus::Due => "due",
        StepStatus::Overdue => "overdue",
        StepStatus::Done => "done",
        StepStatus::Passed => "passed without it",
    };
    Some(Entry {
        id: format!("{}{}-{}@palermo", one.state, one.page.replace('/', "-"), one.stage),
        title: format!("{}: {what}", one.mechanism.as_ref().unwrap_or(&one.title)),
        about: format!("{}. {what}. {status}. Page: {}", one.title, one.page),
        from: due,
        to: due,
        place: None,
        remind_days: vec![30, 7],
        done: !one.is_open(),
    })
}
