//! What a State reports: questionnaires as data, its answers, what is wrong
//! with them, which answers given elsewhere would do, when a report is due,
//! and what may be said about several States together.
//!
//! Nothing here is about a person. Figures are a State's own statistics; they
//! carry their definition, and unlike definitions are never added (R11).

mod aggregate;
mod answer;
mod build;
mod compare;
mod crosswalk;
mod duty;
mod extension;
mod file;
mod protect;
mod questionnaire;
mod read;
mod submission;
mod typed;
mod unit;
mod validate;
mod words;

pub use aggregate::{DefinitionGroup, Given, QuestionSummary, summarise};
pub use answer::{
    Answer, AnswerKind, AnswerWord, Evidence, Origin, Value, WrongValue, plain_digits, read_number,
    read_value,
};
pub use build::Lacking;
pub use compare::{Compared, Piece, compare};
pub use crosswalk::{
    Contradiction, GivenAnswer, MapKind, Mapping, Proposal, contradictions, proposals, stricter,
};
pub use duty::{DutyStatus, Escalation, LADDER, Obligation, ObligationOf, due_days, status_of};
pub use extension::{DutyExtension, ExtensionDecision, NoMoreTime, may_extend};
pub use file::{rewrite, write};
pub use protect::{counts_persons, is_small, mask_corrections, withheld, withhold_from_matrix};
pub use questionnaire::{
    Condition, Cycle, EvidenceRule, Question, Questionnaire, Section, Standard, Texts,
};
pub use read::{read, read_draft, with_version};
pub use submission::{
    Assignment, CannotAccept, Contribution, Correction, Dispute, DraftStatus, DutyStep, Entered,
    PastAnswer, QuestionnaireDraft, Reception, ReceptionDecision, RemarkOutcome, Retirement,
    Signature, Submission, SubmissionStatus, SubmissionVersion, TextComment, Translated,
    TranslatedAnswer, paragraphs, translatable, translated,
};
pub use typed::TypedWords;
pub use unit::{Doubt, UnitConfirmation, UnitMeant, doubtful_unit};
pub use validate::{Finding, FindingRule, MayNotSubmit, Severity, may_submit, validate};
pub use words::{WordOf, WordSlot, Words, translate, word_slots};

#[cfg(test)]
mod tests;
