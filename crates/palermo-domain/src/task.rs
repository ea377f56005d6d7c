//! Tasks: what someone has to do, for which desk, until when. A task's title
//! never says anything about a person (E13).

use crate::{
    id::{AccountId, CaseId, DeskId, Id, TaskId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: TaskId,
    /// What kind of task: names the message that describes it (`task-confirm-desk`).
    pub kind: String,
    /// The record it is about, as [`Id::subject`] names it; opened through its own access
    /// rules.
    pub subject: Option<String>,
    /// A free line by whoever set the task; never about a person.
    pub note: String,
    /// For which desk.
    pub desk: Option<DeskId>,
    /// For whom, where it was given to one member.
    pub assignee: Option<AccountId>,
    /// When it should be done.
    pub due_at: Option<Moment>,
    /// When it was done.
    pub done_at: Option<Moment>,
    /// By whom.
    pub done_by: Option<AccountId>,
    /// When it was set.
    pub recorded_at: Moment,
}

/// How urgent a task is, for sorting and for its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its time has passed.
    Overdue,
    /// Due within three days.
    Soon,
    /// Due later, or without a date.
    Later,
    /// Done.
    Done,
}

/// Tasks that are done by the answer they ask for: someone waits for it, so
/// nobody ticks them off by hand (R6, R12); a child waits for a guardian (R3).
const DONE_BY_THEIR_ANSWER: [&str; 5] = [
    "task-review-identification",
    "task-withdrawal",
    "task-erasure",
    "task-answer-response",
    Task::NO_GUARDIAN,
];

/// Tasks about a case that go to people beside its team: whoever looks after rights
/// incidents, and after children without a guardian, need not carry the case.
const BESIDE_THE_TEAM: [&str; 2] = ["task-rights-incident", "task-guardian-overdue"];

impl Task {
    /// The kind of the alert that no guardian stands by a child (R127).
    pub const NO_GUARDIAN: &'static str = "task-child-without-guardian";

    /// The case it is about.
    #[must_use]
    pub fn case(&self) -> Option<CaseId> {
        let (kind, id) = self.subject.as_deref()?.split_once(':')?;
        id.parse().ok().filter(|_| kind == CaseId::KIND)
    }

    /// Whether a task about a case is for its team alone: who leaves the team leaves it.
    #[must_use]
    pub fn is_for_its_team(&self) -> bool {
        !BESIDE_THE_TEAM.contains(&self.kind.as_str())
    }

    /// Whether the answer it asks for ends the task, and nothing else does.
    #[must_use]
    pub fn is_done_by_its_answer(&self) -> bool {
        DONE_BY_THEIR_ANSWER.contains(&self.kind.as_str())
    }

    /// Whether the alert for a guardian ended without one: nobody looks any more.
    #[must_use]
    pub fn ended_undone(&self) -> bool {
        self.kind == Self::NO_GUARDIAN && self.done_at.is_some() && self.done_by.is_none()
    }

    /// How urgent the task is at this moment.
    #[must_use]
    pub fn urgency(&self, now: Moment) -> Urgency {
        const SOON: std::time::Duration = std::time::Duration::from_secs(3 * 86_400);
        match (self.done_at, self.due_at) {
            (Some(_), _) => Urgency::Done,
            (None, Some(due)) if due < now => Urgency::Overdue,
            (None, Some(due)) if due <= now.after(SOON) => Urgency::Soon,
            (None, _) => Urgency::Later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_task_is_about_a_case_only_where_its_record_is_one() {
        let uuid = Uuid::from_u128(7);
        let about = |subject: Option<String>| Task {
            tenant: TenantId::from_uuid(uuid),
            id: TaskId::from_uuid(uuid),
            kind: "task-note".into(),
            subject,
            note: String::new(),
            desk: None,
            assignee: None,
            due_at: None,
            done_at: None,
            done_by: None,
            recorded_at: Moment::from_micros(0),
        };
        let case = CaseId::from_uuid(uuid);
        assert_eq!(case.subject(), format!("case:{uuid}"));
        assert_eq!(about(Some(case.subject())).case(), Some(case));
        assert_eq!(about(Some(DeskId::from_uuid(uuid).subject())).case(), None);
        assert_eq!(about(None).case(), None);
    }
}
