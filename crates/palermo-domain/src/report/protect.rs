//! Small numbers of persons in a report that leaves the State: withheld, with
//! a second one where the first could be found by subtraction (R10).

use super::{Answer, Questionnaire};
use std::collections::{BTreeMap, BTreeSet};

/// Codes of figures that are not shown: numbers of persons above nought and
/// below the threshold, and in each breakdown with a single such part the
/// smallest of the others, because total and parts would tell it.
#[must_use]
pub fn withheld(
    questionnaire: &Questionnaire,
    answers: &BTreeMap<String, Answer>,
    threshold: u32,
) -> BTreeSet<String> {
    let number = |code: &str| answers.get(code).and_then(|answer| answer.value.number());
    let persons = |unit: Option<&str>| unit == Some("persons");
    let small = |value: f64| value > 0.0 && value < f64::from(threshold);
    let mut hidden: BTreeSet<String> = questionnaire
        .questions()
        .filter(|question| persons(question.unit.as_deref()))
        .filter(|question| number(&question.code).is_some_and(small))
        .map(|question| question.code.clone())
        .collect();
    let mut breakdowns: BTreeMap<(&str, &str), Vec<(&str, f64)>> = BTreeMap::new();
    for question in questionnaire.questions().filter(|one| persons(one.unit.as_deref())) {
        if let (Some(total), Some(value)) = (&question.part_of, number(&question.code)) {
            let key = (total.as_str(), question.breakdown.as_deref().unwrap_or_default());
            breakdowns.entry(key).or_default().push((&question.code, value));
        }
    }
    for ((total, _), mut parts) in breakdowns {
        let alone = parts.iter().filter(|(code, _)| hidden.contains(*code)).count() == 1;
        if !alone || hidden.contains(total) {
            continue;
        }
        parts.retain(|(code, value)| !hidden.contains(*code) && *value > 0.0);
        parts.sort_by(|a, b| a.1.total_cmp(&b.1));
        // With no other part to withhold, the total goes instead.
        let second = parts.first().map_or(total, |(code, _)| *code);
        hidden.insert(second.to_owned());
    }
    hidden
}
