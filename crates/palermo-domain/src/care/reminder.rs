//! What of care is to be looked at soon: plans, assessments and safety plans
//! that come up for review, permits that end or can be contested, later
//! contacts the person agreed to (R108, R112). Days and codes alone are read.

use super::{Body, CareKind, CareRecord, reintegration::follow_up_days};
use crate::{
    case::{Case, Closure, Phase},
    register::day::Day,
};
use std::collections::BTreeSet;

/// Days before a date at which it is reminded of.
pub const AHEAD_DAYS: i64 = 14;

/// The kinds of records that are reminded of.
pub const KINDS: [CareKind; 6] = [
    CareKind::Plan,
    CareKind::SafetyPlan,
    CareKind::Risk,
    CareKind::BestInterests,
    CareKind::Permit,
    CareKind::FollowUp,
];

/// Something to be looked at by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reminder {
    /// What.
    pub kind: CareKind,
    /// By when.
    pub on: Day,
}

impl Reminder {
    /// The kind of task that reminds of it, which names its message.
    #[must_use]
    pub fn task(self) -> String {
        task_of(self.kind)
    }
}

/// The kind of task that reminds of a kind of record.
#[must_use]
pub fn task_of(kind: CareKind) -> String {
    format!("task-care-{}", kind.code())
}

/// Whether a kind of task reminds of care, and is shown to whoever may see care.
#[must_use]
pub fn is_of_care(task: &str) -> bool {
    KINDS.into_iter().any(|kind| task == task_of(kind))
}

/// What is to be looked at within [`AHEAD_DAYS`], or should have been. A closed
/// case reminds of later contacts alone.
#[must_use]
pub fn due(case: &Case, records: &[CareRecord], today: Day) -> BTreeSet<Reminder> {
    let near = |one: &Reminder| one.on <= today.plus_days(AHEAD_DAYS);
    let mut all = BTreeSet::new();
    if case.phase == Phase::Open {
        all.extend(records.iter().filter_map(|record| review(record, records)));
    }
    let over = [Closure::Deceased, Closure::Duplicate, Closure::DataErased];
    if !case.closure.is_some_and(|closure| over.contains(&closure)) {
        let closed_on = case.closed_at.filter(|_| case.phase == Phase::Closed);
        let days = follow_ups(records, closed_on.map(|at| at.date().into()));
        all.extend(days.into_iter().map(|on| Reminder { kind: CareKind::FollowUp, on }));
    }
    all.into_iter().filter(near).collect()
}

/// The day on which a record is looked at again, unless another took its place.
fn review(record: &CareRecord, others: &[CareRecord]) -> Option<Reminder> {
    let newer = |same: &dyn Fn(&Body) -> bool| {
        let mark = |one: &CareRecord| (one.days().starts, one.recorded_at, one.id);
        others.iter().any(|other| same(&other.body) && mark(other) > mark(record))
    };
    let replaced = match &record.body {
        Body::Plan(_) => newer(&|body| matches!(body, Body::Plan(_))),
        Body::SafetyPlan(_) => newer(&|body| matches!(body, Body::SafetyPlan(_))),
        Body::BestInterests(_) => newer(&|body| matches!(body, Body::BestInterests(_))),
        Body::Risk(one) => newer(&|body| matches!(body, Body::Risk(other) if other.of == one.of)),
        Body::Permit(one) => {
            // A refusal can be contested whatever else was given.
            let contested = one.contest_until.is_some() && one.is_refused();
            let longer = |body: &Body| {
                let Body::Permit(other) = body else { return false };
                other.holds() && other.valid_until.is_none_or(|day| Some(day) > one.valid_until)
            };
            !contested && (!one.holds() || others.iter().any(|other| longer(&other.body)))
        }
        _ => true,
    };
    let on = record.days().due.filter(|_| !replaced)?;
    Some(Reminder { kind: record.kind(), on })
}

/// The days of later contacts: those written down that have not taken place,
/// and after closing those at three, six and twelve months, if the person
/// agreed and did not say since that they want no more.
fn follow_ups(records: &[CareRecord], closed_on: Option<Day>) -> Vec<Day> {
    let mut written: Vec<_> = records
        .iter()
        .filter_map(|record| match &record.body {
            Body::FollowUp(one) => Some((record.recorded_at, record.id, one)),
            _ => None,
        })
        .collect();
    written.sort_by_key(|(at, id, _)| (*at, *id));
    let Some((_, _, last)) = written.last() else { return Vec::new() };
    if !last.agreed || last.result.as_deref() == Some("wants_no_more") {
        return Vec::new();
    }
    let waits = written
        .iter()
        .filter(|(_, _, one)| one.agreed && one.done_on.is_none() && one.result.is_none())
        .map(|(_, _, one)| one.due_on);
    let mut days: Vec<Day> = waits.collect();
    for day in closed_on.map(follow_up_days).into_iter().flatten() {
        let from = day.plus_days(-AHEAD_DAYS);
        let told = written.iter().any(|(_, _, one)| {
            let planned = from <= one.due_on && one.due_on <= day.plus_days(AHEAD_DAYS);
            planned || one.done_on.is_some_and(|done| from <= done)
        });
        if !told {
            days.push(day);
        }
    }
    days
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        case::made_up as case,
        id::{AccountId, CareId, CaseId, Id},
        moment::Moment,
    };
    use serde_json::{Value, json};
    use uuid::Uuid;

    fn record(number: u128, kind: CareKind, facts: Value) -> CareRecord {
        let facts = facts.as_object().cloned().unwrap();
        CareRecord {
            id: CareId::from_uuid(Uuid::from_u128(number)),
            case: CaseId::from_uuid(Uuid::nil()),
            body: Body::read(kind, facts).unwrap(),
            author: AccountId::from_uuid(Uuid::nil()),
            recorded_at: Moment::from_micros(i64::try_from(number).unwrap()),
        }
    }

    fn days(case: &Case, records: &[CareRecord], today: &str) -> Vec<String> {
        let due = due(case, records, today.parse().unwrap());
        due.into_iter().map(|one| format!("{} {}", one.kind.code(), one.on)).collect()
    }

    #[test]
    fn a_review_is_told_two_weeks_ahead_and_a_newer_plan_takes_its_place() {
        let old = json!({ "on": "2026-01-01", "review_on": "2026-02-15" });
        let new = json!({ "on": "2026-02-10", "review_on": "2026-05-10" });
        let mut all = vec![record(1, CareKind::Plan, old)];
        assert!(days(&case(None), &all, "2026-01-31").is_empty());
        assert_eq!(days(&case(None), &all, "2026-02-01"), ["plan 2026-02-15"]);
        assert!(days(&case(Some("2026-01-20")), &all, "2026-02-01").is_empty());
        all.push(record(2, CareKind::Plan, new));
        assert!(days(&case(None), &all, "2026-02-20").is_empty());
    }

    #[test]
    fn a_permit_is_renewed_or_its_refusal_contested_in_time() {
        let held = json!({ "ground": "personal", "state": "granted", "valid_until": "2026-03-01" });
        let mut all = vec![record(1, CareKind::Permit, held)];
        assert_eq!(days(&case(None), &all, "2026-02-20"), ["permit 2026-03-01"]);
        let longer =
            json!({ "ground": "personal", "state": "renewed", "valid_until": "2027-03-01" });
        all.push(record(2, CareKind::Permit, longer));
        let refused =
            json!({ "ground": "asylum", "state": "refused", "contest_until": "2026-02-25" });
        all.push(record(3, CareKind::Permit, refused));
        assert_eq!(days(&case(None), &all, "2026-02-20"), ["permit 2026-02-25"]);
    }

    #[test]
    fn req_112_agreed_contacts_are_told_at_three_six_and_twelve_months_until_they_took_place() {
        let closed = case(Some("2026-01-15"));
        let asked = |agreed| json!({ "agreed": agreed, "by": "us", "due_on": "2026-02-01", "done_on": "2026-02-01" });
        let no = [record(1, CareKind::FollowUp, asked(false))];
        assert!(days(&closed, &no, "2026-04-10").is_empty(), "without agreement there is none");
        let mut all = vec![record(1, CareKind::FollowUp, asked(true))];
        assert!(days(&closed, &all, "2026-03-01").is_empty());
        assert_eq!(days(&closed, &all, "2026-04-10"), ["follow-up 2026-04-15"]);
        let done = json!({ "agreed": true, "by": "us", "due_on": "2026-04-15", "done_on": "2026-04-20", "result": "well" });
        all.push(record(2, CareKind::FollowUp, done));
        assert!(days(&closed, &all, "2026-04-21").is_empty());
        assert_eq!(days(&closed, &all, "2026-07-10"), ["follow-up 2026-07-15"]);
        let no_more = json!({ "agreed": true, "by": "us", "due_on": "2026-07-15", "done_on": "2026-07-12", "result": "wants_no_more" });
        all.push(record(3, CareKind::FollowUp, no_more));
        assert!(days(&closed, &all, "2027-01-15").is_empty());
    }
}
