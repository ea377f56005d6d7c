//! Figures whose unit is doubtful: not added to those of other States until their own State
//! says that they stand in the unit they were given in (R11, R043).

use super::{Answer, AnswerKind, Question};
use crate::{
    coded,
    id::SubmissionId,
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};

/// Words by which a rate gives itself away where a count was asked for.
const RATES: [&str; 9] = [
    "per 100,000",
    "per 100 000",
    "per 100000",
    "per hundred thousand",
    "pour 100 000",
    "pour 100.000",
    "por 100 000",
    "por 100.000",
    "لكل 100",
];

/// Whether a question asks for a count.
#[must_use]
pub(super) fn counts(question: &Question) -> bool {
    matches!(
        question.unit.as_deref(),
        Some("persons" | "cases" | "proceedings" | "returns" | "units" | "trainings")
    )
}

/// The unit an answer seems to stand in, where it is not the one asked for: another was
/// written, or the words beside a count speak of a rate.
#[must_use]
pub fn doubtful_unit(question: &Question, answer: &Answer) -> Option<String> {
    if question.kind != AnswerKind::Number || answer.value.number().is_none() {
        return None;
    }
    let unit = question.unit.as_deref().unwrap_or_default();
    let other = answer.unit.as_deref().map(str::trim).filter(|u| !u.is_empty() && *u != unit);
    let told = format!("{} {}", answer.explanation, answer.definition.as_deref().unwrap_or(""))
        .to_lowercase();
    let rate = RATES.iter().find(|words| told.contains(*words)).copied();
    let doubtful = other.or(rate).filter(|_| counts(question) || other.is_some());
    doubtful.map(str::to_owned)
}

coded! {
    /// What a State says of a figure whose unit is doubtful.
    UnitMeant {
        /// It counts what the question asks for, whatever the words beside it say.
        AsAsked = "as-asked",
        /// It is a rate, or stands in another unit: it is never added to the others.
        Another = "another",
    }
}

/// The State says what a figure of doubtful unit counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitConfirmation {
    /// The State.
    pub state: StateCode,
    /// The questionnaire.
    pub questionnaire: String,
    /// The period.
    pub period: i32,
    /// The submission.
    pub submission: SubmissionId,
    /// The question.
    pub code: String,
    /// The figure, as it was written: another one is confirmed anew.
    pub value: String,
    /// The unit written beside it, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it counts. One that does not tell is asked anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meant: Option<UnitMeant>,
    /// Who confirmed it, by name on the day.
    pub by: String,
    /// The day.
    pub on: Day,
}

impl UnitConfirmation {
    /// Whether it speaks of this answer to a question.
    #[must_use]
    pub fn covers(&self, code: &str, answer: &Answer) -> bool {
        self.code == code && self.value == answer.value.plain() && self.unit == answer.unit
    }
}

/// A figure that is left out of a total, because its unit is doubtful.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// The State.
    pub state: StateCode,
    /// The figure.
    pub figure: f64,
    /// The unit it seems to stand in.
    pub unit: String,
}
