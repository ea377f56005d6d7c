//! Several States together. A figure of the region is the sum of what was
//! submitted, says "n of N", and never adds unlike definitions (R11).

use super::{Answer, AnswerWord, Doubt, Question, UnitMeant, Value, doubtful_unit};
use crate::register::state::StateCode;
use serde::Serialize;
use std::collections::BTreeMap;

/// One State's answer to a question, with how it may be counted.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The State.
    pub state: StateCode,
    /// Its answer.
    pub answer: &'a Answer,
    /// Entered by the secretariat and not confirmed: counted apart.
    pub unconfirmed: bool,
    /// Disputed by the State.
    pub disputed: bool,
    /// Not shown, because it is a small number of persons.
    pub withheld: bool,
    /// What the State says that a figure of doubtful unit counts, if it said so.
    pub unit_meant: Option<UnitMeant>,
}

/// Figures of one definition and counting rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DefinitionGroup {
    /// The definition as the States gave it; none where they gave none.
    pub definition: Option<String>,
    /// The figure of each State.
    pub figures: Vec<(StateCode, f64)>,
    /// Their sum.
    pub total: f64,
}

/// What the States answered to one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionSummary {
    /// How many States answered.
    pub n: usize,
    /// Of how many members.
    pub of: usize,
    /// How many of the answers were entered by the secretariat and not confirmed.
    pub unconfirmed: usize,
    /// States that gave each word.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<&'static str, Vec<StateCode>>,
    /// States that chose each option.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, Vec<StateCode>>,
    /// Figures, each definition on its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<DefinitionGroup>,
    /// The sum, if all figures follow one definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<f64>,
    /// How many figures the sum adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<usize>,
    /// Figures left out of the sum, because their unit is doubtful and the State has not
    /// confirmed it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubtful: Vec<Doubt>,
    /// Figures left out of the sum for good, because their State says that they are rates
    /// or stand in another unit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_units: Vec<Doubt>,
    /// Figures follow more than one definition and are not added.
    pub unlike: bool,
    /// States whose figure is a small number of persons and not shown. There
    /// is then no total either, from which it could be found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<StateCode>,
    /// Explanations and texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<(StateCode, String)>,
    /// States that dispute their figure as shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputed: Vec<StateCode>,
}

/// Sums up a question over `members` States. Confidential answers count as
/// answered, and what they say is left out.
#[must_use]
pub fn summarise(question: &Question, given: &[Given<'_>], members: usize) -> QuestionSummary {
    let mut summary = QuestionSummary {
        n: given.len(),
        of: members,
        unconfirmed: given.iter().filter(|one| one.unconfirmed).count(),
        words: BTreeMap::new(),
        choices: BTreeMap::new(),
        figures: Vec::new(),
        total: None,
        added: None,
        doubtful: Vec::new(),
        other_units: Vec::new(),
        unlike: false,
        withheld: given.iter().filter(|one| one.withheld).map(|one| one.state).collect(),
        said: Vec::new(),
        disputed: given.iter().filter(|one| one.disputed).map(|one| one.state).collect(),
    };
    let mut figures: BTreeMap<Option<String>, Vec<(StateCode, f64)>> = BTreeMap::new();
    for one in given.iter().filter(|one| !one.answer.confidential && !one.withheld) {
        count(question, one, &mut summary, &mut figures);
    }
    summary.unlike = figures.len() > 1;
    summary.figures = figures
        .into_iter()
        .map(|(definition, figures)| DefinitionGroup {
            definition,
            total: figures.iter().map(|(_, figure)| figure).sum(),
            figures,
        })
        .collect();
    let partial = summary.unlike || !summary.withheld.is_empty();
    if let ([only], false) = (summary.figures.as_slice(), partial) {
        summary.total = Some(only.total);
        summary.added = Some(only.figures.len());
    }
    summary
}

fn count(
    question: &Question,
    one: &Given<'_>,
    summary: &mut QuestionSummary,
    figures: &mut BTreeMap<Option<String>, Vec<(StateCode, f64)>>,
) {
    let answer = one.answer;
    match &answer.value {
        Value::Word(word) => summary.words.entry(word.code()).or_default().push(one.state),
        Value::Choice(code) => {
            summary.choices.entry(code.clone()).or_default().push(one.state);
        }
        Value::Choices(codes) => {
            for code in codes {
                summary.choices.entry(code.clone()).or_default().push(one.state);
            }
        }
        Value::Number(number) => {
            // The unit is part of what is counted: a rate is never added to a count.
            let doubt = doubtful_unit(question, answer);
            let doubt = doubt.map(|unit| Doubt { state: one.state, figure: *number, unit });
            match (doubt, one.unit_meant) {
                (Some(doubt), None) => summary.doubtful.push(doubt),
                (Some(doubt), Some(UnitMeant::Another)) => summary.other_units.push(doubt),
                (None, _) | (Some(_), Some(UnitMeant::AsAsked)) => {
                    let definition = answer.definition.as_deref().map(normal);
                    figures.entry(definition).or_default().push((one.state, *number));
                }
            }
        }
        Value::Money { amount, currency } => {
            figures.entry(Some(currency.clone())).or_default().push((one.state, *amount));
        }
        value => summary.said.push((one.state, value.plain())),
    }
    let told = answer.explanation.trim();
    let empty = answer.value.word() == Some(AnswerWord::NoInformation) && told.is_empty();
    if !told.is_empty() && !empty {
        summary.said.push((one.state, told.to_owned()));
    }
}

/// A definition compared without regard to spaces and capitals.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
