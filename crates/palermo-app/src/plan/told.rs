//! What is wrong with a figure, said in the reader's language wherever it is told: in a
//! form, in the preview of a sheet, in the sheet that goes back.

use crate::Message;
use palermo_domain::plan::{indicator::ValueProblem, unit::Fraction};

/// The field that a problem of a value lies in, and the words for it.
pub(super) fn value_problem(why: &ValueProblem) -> (&'static str, Message) {
    use ValueProblem as P;
    match why {
        P::NotActive(key) => ("value", Message::new("plan-value-not-active").with("key", key)),
        P::AnswerNeeded => ("value", Message::new("plan-value-answer-needed")),
        P::NumberNeeded => ("value", Message::new("plan-value-number-needed")),
        P::NotFinite => ("value", Message::new("plan-error-number")),
        P::EvidenceNeeded(answer) => {
            ("evidence", Message::new("plan-value-evidence-needed").with("answer", answer))
        }
        P::BelowZero => ("value", Message::new("plan-value-below-zero")),
        P::AboveHundred => ("value", Message::new("plan-value-above-hundred")),
        P::Fraction(why) => ("value", fraction(why)),
        P::OutsidePlan { period, from, to } => {
            let said = Message::new("plan-value-outside").with("period", period);
            ("period", said.with("from", from).with("to", to))
        }
        P::Computed => ("value", Message::new("plan-value-computed")),
    }
}

/// A fraction of what is counted one by one.
pub(super) fn fraction(why: &Fraction) -> Message {
    Message::new("plan-value-fraction").with("typed", &why.number).with("unit", &why.unit)
}

/// A text that is no number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// A comma that may mean two things.
    #[error("the comma in `{0}` may stand before decimals or between thousands")]
    Comma(String),
    /// Anything else.
    #[error("`{0}` is not a number")]
    Other(String),
}

impl NotANumber {
    /// What is wrong, and what to write instead.
    #[must_use]
    pub fn said(&self) -> (Message, Message) {
        match self {
            Self::Comma(typed) => (
                Message::new("plan-sheet-comma").with("typed", typed),
                Message::new("plan-sheet-comma-how"),
            ),
            Self::Other(typed) => (
                Message::new("plan-sheet-not-number").with("typed", typed),
                Message::new("plan-error-number"),
            ),
        }
    }
}
