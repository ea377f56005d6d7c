//! What a State reports: questionnaires as data, its answers, what is wrong
//! with them, which answers given elsewhere would do, when a report is due,
//! and what may be said about several States together.
//!
//! Nothing here is about a person. Figures are a State's own statistics; they
//! carry their definition, and unlike definitions are never added (R11).

mod aggregate;
mod answer;
mod crosswalk;
mod duty;
mod protect;
mod questionnaire;
mod read;
mod submission;
mod validate;

pub use aggregate::{DefinitionGroup, Given, QuestionSummary, summarise};
pub use answer::{Answer, AnswerKind, AnswerWord, Evidence, Origin, Value, WrongValue, read_value};
pub use crosswalk::{
    Contradiction, GivenAnswer, MapKind, Mapping, Proposal, contradictions, proposals, stricter,
};
pub use duty::{DutyStatus, Escalation, LADDER, Obligation, ObligationOf, due_days, status_of};
pub use protect::withheld;
pub use questionnaire::{
    Condition, Cycle, EvidenceRule, Question, Questionnaire, Section, Standard, Texts,
};
pub use read::{read, translate};
pub use submission::{
    Assignment, Contribution, Correction, Dispute, DraftStatus, DutyStep, Entered,
    QuestionnaireDraft, Reception, ReceptionDecision, Signature, Submission, SubmissionStatus,
    SubmissionVersion, TextComment,
};
pub use validate::{Finding, FindingRule, MayNotSubmit, Severity, may_submit, validate};

#[cfg(test)]
mod tests;
