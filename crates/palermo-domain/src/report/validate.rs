//! What is wrong with a set of answers (R037, R042, R043, R047): errors keep
//! it from being submitted, warnings go with it.

use super::{
    Answer, AnswerKind, EvidenceRule, Question, Questionnaire, Submission, SubmissionVersion,
    unit::{counts, doubtful_unit},
};
use crate::coded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// How bad it is.
    Severity {
        /// It cannot be submitted like this.
        Error = "error",
        /// It can, and the reader is told.
        Warning = "warning",
    }
}

coded! {
    /// What is wrong.
    FindingRule {
        /// A required question has no answer.
        Unanswered = "unanswered",
        /// A section has no answer and no reason why.
        EmptySection = "empty-section",
        /// Anything but yes needs an explanation.
        Unexplained = "explanation-missing",
        /// `Yes` needs an article or a document.
        NoEvidence = "evidence-missing",
        /// The parts of a breakdown exceed their total.
        PartsExceedTotal = "parts-exceed-total",
        /// More than double or less than half of last year.
        Jump = "jump",
        /// The unit is not the one asked for, or the words say so.
        UnitDoubtful = "unit-doubtful",
        /// A count is negative or no whole number.
        NotACount = "not-a-count",
        /// A number is less than the question takes.
        BelowMinimum = "below-minimum",
        /// A number is more than the question takes.
        AboveMaximum = "above-maximum",
        /// A value Palermo found was replaced without a reason.
        OverrideUnexplained = "override-unexplained",
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The question, or the section.
    pub code: String,
    /// The rule.
    pub rule: FindingRule,
    /// How bad.
    pub severity: Severity,
    /// Values for the message.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

impl Finding {
    fn new(code: &str, rule: FindingRule, severity: Severity) -> Self {
        Self { code: code.to_owned(), rule, severity, values: BTreeMap::new() }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }
}

/// A jump is told from this difference on.
const JUMP_FROM: f64 = 10.0;

/// Everything that is wrong with the answers. `last` are those of the period before.
#[must_use]
pub fn validate(
    questionnaire: &Questionnaire,
    answers: &BTreeMap<String, Answer>,
    no_data: &BTreeMap<String, String>,
    last: Option<&BTreeMap<String, Answer>>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for section in &questionnaire.sections {
        let declared = no_data.get(&section.code).is_some_and(|why| !why.trim().is_empty());
        let asked: Vec<&Question> = questionnaire.asked(section, answers).collect();
        let any = asked.iter().any(|question| answers.contains_key(&question.code));
        if !any && !declared && !section.questions.is_empty() {
            found.push(Finding::new(&section.code, FindingRule::EmptySection, Severity::Error));
        }
        for question in asked {
            match answers.get(&question.code) {
                Some(answer) => one(question, answer, last, &mut found),
                // A section declared empty while answers stand is not empty.
                None if question.required && any => {
                    let code = &question.code;
                    found.push(Finding::new(code, FindingRule::Unanswered, Severity::Error));
                }
                None => {}
            }
        }
    }
    sums(questionnaire, answers, &mut found);
    found
}

fn one(
    question: &Question,
    answer: &Answer,
    last: Option<&BTreeMap<String, Answer>>,
    found: &mut Vec<Finding>,
) {
    let code = question.code.as_str();
    if let Some(word) = answer.value.word() {
        if word.needs_explanation() && answer.explanation.trim().is_empty() {
            found.push(Finding::new(code, FindingRule::Unexplained, Severity::Error));
        }
        let claims = matches!(word, super::AnswerWord::Yes | super::AnswerWord::InPart);
        let shown = answer.evidence.iter().any(|one| !one.what.trim().is_empty());
        if claims && question.evidence == EvidenceRule::Required && !shown {
            found.push(Finding::new(code, FindingRule::NoEvidence, Severity::Error));
        }
    }
    if question.kind == AnswerKind::Number
        && let Some(number) = answer.value.number()
    {
        number_findings(question, answer, number, last, found);
    }
    if answer.overridden.as_ref().is_some_and(|why| why.trim().is_empty()) {
        found.push(Finding::new(code, FindingRule::OverrideUnexplained, Severity::Error));
    }
}

fn number_findings(
    question: &Question,
    answer: &Answer,
    number: f64,
    last: Option<&BTreeMap<String, Answer>>,
    found: &mut Vec<Finding>,
) {
    let code = question.code.as_str();
    if let Some(doubtful) = doubtful_unit(question, answer) {
        found.push(
            Finding::new(code, FindingRule::UnitDoubtful, Severity::Warning)
                .with("unit", question.unit.as_deref().unwrap_or_default())
                .with("written", doubtful),
        );
    }
    if counts(question) && (number < 0.0 || number.fract().abs() > f64::EPSILON) {
        let severity = if number < 0.0 { Severity::Error } else { Severity::Warning };
        found.push(
            Finding::new(code, FindingRule::NotACount, severity)
                .with("value", answer.value.plain()),
        );
    }
    bounds(question, number, found);
    let before = last.and_then(|last| last.get(code)).and_then(|answer| answer.value.number());
    if let Some(before) = before
        && (number - before).abs() >= JUMP_FROM
        && (number > before * 2.0 || number < before / 2.0)
    {
        let said = super::Value::Number(before).plain();
        found.push(
            Finding::new(code, FindingRule::Jump, Severity::Warning)
                .with("before", said)
                .with("now", answer.value.plain()),
        );
    }
}

/// A number outside what the question takes.
fn bounds(question: &Question, number: f64, found: &mut Vec<Finding>) {
    let below = question.minimum.filter(|least| number < *least);
    let above = question.maximum.filter(|most| number > *most);
    let told = [(FindingRule::BelowMinimum, below), (FindingRule::AboveMaximum, above)];
    for (rule, bound) in told {
        if let Some(bound) = bound {
            found.push(
                Finding::new(&question.code, rule, Severity::Error)
                    .with("value", super::Value::Number(number).plain())
                    .with("bound", super::Value::Number(bound).plain()),
            );
        }
    }
}

/// Parts of a breakdown that together exceed their total.
fn sums(
    questionnaire: &Questionnaire,
    answers: &BTreeMap<String, Answer>,
    found: &mut Vec<Finding>,
) {
    let number = |code: &str| answers.get(code).and_then(|answer| answer.value.number());
    let mut parts: BTreeMap<(&str, &str), (f64, Vec<&str>)> = BTreeMap::new();
    for question in questionnaire.questions() {
        if let (Some(total), Some(part)) = (&question.part_of, number(&question.code)) {
            let breakdown = question.breakdown.as_deref().unwrap_or_default();
            let (sum, codes) = parts.entry((total, breakdown)).or_default();
            *sum += part;
            codes.push(&question.code);
        }
    }
    for ((total, breakdown), (sum, codes)) in parts {
        if let Some(whole) = number(total)
            && sum > whole + 0.5
        {
            found.push(
                Finding::new(total, FindingRule::PartsExceedTotal, Severity::Error)
                    .with("breakdown", breakdown)
                    .with("fields", codes.join(", "))
                    .with("parts", super::Value::Number(sum).plain())
                    .with("total", super::Value::Number(whole).plain()),
            );
        }
    }
}

/// Why a submission cannot be submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MayNotSubmit {
    /// Errors stand.
    Errors(Vec<Finding>),
    /// The contact person has not signed it.
    NotSigned,
    /// Sections are still with the units they were handed to.
    Outstanding(Vec<String>),
}

/// Whether a submission may be submitted: no error, every section handed out
/// collected, signed by the contact person. What the secretariat enters from
/// a document is not signed, but counted apart until it is confirmed; and it
/// is entered as it came, errors and all.
///
/// # Errors
/// Why not.
pub fn may_submit(submission: &Submission, findings: &[Finding]) -> Result<(), MayNotSubmit> {
    if matches!(submission.entered, super::Entered::Secretariat { .. }) {
        return Ok(());
    }
    let errors: Vec<Finding> =
        findings.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
    if !errors.is_empty() {
        return Err(MayNotSubmit::Errors(errors));
    }
    let open: Vec<String> = submission
        .assigned
        .iter()
        .filter(|(_, assignment)| !assignment.finished)
        .map(|(section, _)| section.clone())
        .collect();
    if !open.is_empty() {
        return Err(MayNotSubmit::Outstanding(open));
    }
    if submission.signed.is_none() { Err(MayNotSubmit::NotSigned) } else { Ok(()) }
}

impl SubmissionVersion {
    /// The figures of this version that differ from an earlier one.
    #[must_use]
    pub fn differs_from(&self, earlier: &Self) -> Vec<(String, String, String)> {
        let mut changed = Vec::new();
        let plain = |answers: &BTreeMap<String, Answer>, code: &str| {
            answers.get(code).map(|answer| answer.value.plain()).unwrap_or_default()
        };
        let codes: std::collections::BTreeSet<&String> =
            self.answers.keys().chain(earlier.answers.keys()).collect();
        for code in codes {
            let (was, now) = (plain(&earlier.answers, code), plain(&self.answers, code));
            if was != now {
                changed.push((code.clone(), was, now));
            }
        }
        changed
    }
}
