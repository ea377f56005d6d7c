//! Small numbers of persons in what leaves the State, in a report or in the matrix of
//! a plan: withheld, with others where the first could be found by subtraction (R10).

use super::{Answer, Correction, Questionnaire};
use crate::{
    plan::{
        Plan,
        indicator::{Counted, Indicator, Measured},
        period::Period,
        progress::Progress,
    },
    register::state::StateCode,
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a number of persons is too small to be shown: above nought and below the
/// threshold.
#[must_use]
pub fn is_small(value: f64, threshold: u32) -> bool {
    value > 0.0 && value < f64::from(threshold)
}

/// A total and the parts it falls into by one breakdown.
struct Sum<K> {
    total: K,
    /// Whether the total was told; without it nothing is found by subtraction.
    told: bool,
    parts: Vec<(K, f64)>,
}

/// Withholds more until no total and its parts tell a small number: of a breakdown
/// whose withheld parts are one alone, or together below the threshold, the smallest
/// of the others goes too, and with no other left the total. A total that is withheld
/// may not be found by adding up another of its breakdowns.
fn complete<K: Ord + Clone>(sums: &[Sum<K>], hidden: &mut BTreeSet<K>, threshold: u32) {
    loop {
        let before = hidden.len();
        for sum in sums.iter().filter(|sum| sum.told) {
            let (gone, mut shown): (Vec<_>, Vec<_>) =
                sum.parts.iter().cloned().partition(|(key, _)| hidden.contains(key));
            let together: f64 = gone.iter().map(|(_, value)| value).sum();
            let found = if hidden.contains(&sum.total) {
                gone.is_empty()
            } else {
                gone.len() == 1 || is_small(together, threshold)
            };
            if !found {
                continue;
            }
            shown.retain(|(_, value)| *value > 0.0);
            shown.sort_by(|a, b| a.1.total_cmp(&b.1));
            match shown.first() {
                Some((key, _)) => hidden.insert(key.clone()),
                None => hidden.insert(sum.total.clone()),
            };
        }
        if hidden.len() == before {
            return;
        }
    }
}

/// Codes of figures of a report that are not shown: small numbers of persons, and those
/// from which they would follow.
#[must_use]
pub fn withheld(
    questionnaire: &Questionnaire,
    answers: &BTreeMap<String, Answer>,
    threshold: u32,
) -> BTreeSet<String> {
    let number = |code: &str| answers.get(code).and_then(|answer| answer.value.number());
    let persons = || questionnaire.questions().filter(|one| one.unit.as_deref() == Some("persons"));
    let mut hidden: BTreeSet<String> = persons()
        .filter(|question| number(&question.code).is_some_and(|value| is_small(value, threshold)))
        .map(|question| question.code.clone())
        .collect();
    let mut breakdowns: BTreeMap<(&str, &str), Vec<(String, f64)>> = BTreeMap::new();
    for question in persons() {
        if let (Some(total), Some(value)) = (&question.part_of, number(&question.code)) {
            let key = (total.as_str(), question.breakdown.as_deref().unwrap_or_default());
            breakdowns.entry(key).or_default().push((question.code.clone(), value));
        }
    }
    let sums: Vec<Sum<String>> = breakdowns
        .into_iter()
        .map(|((total, _), parts)| Sum {
            total: total.to_owned(),
            told: number(total).is_some(),
            parts,
        })
        .collect();
    complete(&sums, &mut hidden, threshold);
    hidden
}

/// Takes the figures out of corrections that would tell what is withheld, or a small
/// number of persons that stood there before. That there was a correction, and why,
/// stays.
pub fn mask_corrections(
    questionnaire: &Questionnaire,
    hidden: &BTreeSet<String>,
    corrections: &mut [Correction],
    threshold: u32,
) {
    let persons = |code: &str| {
        let of = questionnaire.questions().find(|one| one.code == code);
        of.is_some_and(|one| one.unit.as_deref() == Some("persons"))
    };
    let small = |text: &str| super::read_number(text).is_ok_and(|value| is_small(value, threshold));
    for one in corrections.iter_mut().filter(|one| persons(&one.code)) {
        if hidden.contains(&one.code) || small(&one.was) || small(&one.now) {
            one.was = "–".into();
            one.now = "–".into();
        }
    }
}

/// Whether an indicator counts persons, cases or convictions; shares of them are none.
#[must_use]
pub fn counts_persons(indicator: &Indicator) -> bool {
    let unit = indicator.unit.as_deref().map(str::to_lowercase).unwrap_or_default();
    let counted = matches!(
        indicator.counted,
        Counted::DetectedPersons | Counted::Persons | Counted::Cases | Counted::Convictions
    );
    let named = matches!(unit.as_str(), "persons" | "cases" | "convictions");
    !indicator.is_share() && (counted || named)
}

/// Withholds from the matrix of a plan what a report of the State would withhold:
/// small numbers of persons, cases and convictions, those from which they would follow,
/// and how such a cell stands. `sees` says whose figures the reader may see in full.
pub fn withhold_from_matrix(
    plan: &Plan,
    rows: &mut [Progress],
    threshold: u32,
    sees: impl Fn(Option<StateCode>) -> bool,
) {
    type Place = (String, Option<StateCode>, Period);
    type Told = BTreeMap<(String, Option<StateCode>), Vec<(Period, f64)>>;
    let of_persons: BTreeSet<&str> = plan
        .indicators
        .iter()
        .filter(|one| counts_persons(one))
        .map(|one| one.key.as_str())
        .collect();
    let mut told = Told::new();
    for row in rows.iter().filter(|row| of_persons.contains(row.indicator.as_str())) {
        if let Some(Measured::Number(number)) = row.value
            && !sees(row.state)
        {
            let place = (row.indicator.clone(), row.state);
            told.entry(place).or_default().push((row.period, number));
        }
    }
    let mut hidden: BTreeSet<Place> = BTreeSet::new();
    let mut sums: Vec<Sum<Place>> = Vec::new();
    for ((indicator, state), values) in told {
        let place = |period: Period| (indicator.clone(), state, period);
        let small = values.iter().filter(|(_, value)| is_small(*value, threshold));
        hidden.extend(small.map(|(period, _)| place(*period)));
        for (whole, _) in &values {
            // A year falls into halves and into quarters: two breakdowns.
            for parts in [2, 4] {
                let within: Vec<(Place, f64)> = values
                    .iter()
                    .filter(|(part, _)| part.parts() == parts && part.is_part_of(*whole))
                    .map(|(part, value)| (place(*part), *value))
                    .collect();
                if !within.is_empty() {
                    sums.push(Sum { total: place(*whole), told: true, parts: within });
                }
            }
        }
    }
    complete(&sums, &mut hidden, threshold);
    for row in rows.iter_mut().filter(|row| of_persons.contains(row.indicator.as_str())) {
        if hidden.contains(&(row.indicator.clone(), row.state, row.period)) {
            row.withhold();
        }
    }
}
