//! Counts across the cases of one organisation that tell nothing about anyone
//! (R10): persons rounded down to multiples of the threshold, up to the last
//! half-year that is over, so that no two looks can be subtracted; money only
//! as a coarse sum of enough cases of which none makes up most.

use super::month_end::{HalfYear, Month};
use crate::{id::CaseId, register::day::Day};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The first day that is not counted: the half-year it begins still runs.
#[must_use]
pub fn counted_until(today: Day) -> Day {
    let month = Month::of(today);
    HalfYear { year: month.year, second: month.month > 6 }.first()
}

/// Cases by key, each case once a key, rounded down to multiples of `base`.
/// Nothing at a key means fewer than that.
#[must_use]
pub fn cases_by<K: Ord>(
    facts: impl IntoIterator<Item = (K, CaseId)>,
    base: usize,
) -> Vec<(K, usize)> {
    let mut cases: BTreeMap<K, BTreeSet<CaseId>> = BTreeMap::new();
    for (key, case) in facts {
        cases.entry(key).or_default().insert(case);
    }
    cases.into_iter().map(|(key, cases)| (key, rounded(cases.len(), base))).collect()
}

fn rounded(count: usize, base: usize) -> usize {
    let base = base.max(1);
    count / base * base
}

/// What assistance cost, or was awarded or paid, in one class of cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CostRow<K> {
    /// The class.
    pub class: K,
    /// Cases with a cost, rounded down.
    pub cases_at_least: usize,
    /// Sum in whole units of one currency, to two significant digits; nothing
    /// where it would tell of one case.
    pub total: Option<u64>,
}

/// Sums by class (R113); the currency belongs to the class, so that none is added to
/// another (R231). A sum is told only of at least `base` cases none of
/// which makes up half of it or more.
#[must_use]
pub fn costs<K: Ord>(
    spent: impl IntoIterator<Item = (K, CaseId, u64)>,
    base: usize,
) -> Vec<CostRow<K>> {
    let mut classes: BTreeMap<K, BTreeMap<CaseId, u64>> = BTreeMap::new();
    for (class, case, amount) in spent {
        let sum = classes.entry(class).or_default().entry(case).or_default();
        *sum = sum.saturating_add(amount);
    }
    classes
        .into_iter()
        .map(|(class, cases)| {
            let total = cases.values().copied().fold(0, u64::saturating_add);
            let most = cases.values().copied().max().unwrap_or(0);
            let told = cases.len() >= base.max(1) && most.saturating_mul(2) < total;
            CostRow {
                class,
                cases_at_least: rounded(cases.len(), base),
                total: told.then(|| coarse(total)),
            }
        })
        .collect()
}

/// To two significant digits, rounded down.
const fn coarse(total: u64) -> u64 {
    let mut unit = 1;
    while total / unit >= 100 {
        unit *= 10;
    }
    total / unit * unit
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn case(n: u128) -> CaseId {
        CaseId::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn req_090_cases_are_counted_once_a_key_and_rounded_down() {
        let facts = (0..13).map(|n| (("border", "pre_boarding"), case(n)));
        let twice = (0..4).map(|n| (("border", "joint_office"), case(n % 2)));
        let told = cases_by(facts.chain(twice), 5);
        assert_eq!(told, [(("border", "joint_office"), 0), (("border", "pre_boarding"), 10)]);
    }

    #[test]
    fn req_090_the_half_year_that_runs_is_not_counted() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(counted_until(day("2026-11-27")), day("2026-07-01"));
        assert_eq!(counted_until(day("2026-06-30")), day("2026-01-01"));
    }

    #[test]
    fn req_113_a_sum_is_told_only_of_enough_cases_none_of_which_is_most_of_it() {
        let even = (0..6).map(|n| ("adult", case(n), 1_234));
        let few = (0..4).map(|n| ("child", case(n), 900));
        let one_large = (0..6).map(|n| ("unsure", case(n), if n == 0 { 50_000 } else { 10 }));
        let told = costs(even.chain(few).chain(one_large), 5);
        let row = |class: &str| told.iter().find(|row| row.class == class).unwrap().clone();
        assert_eq!((row("adult").cases_at_least, row("adult").total), (5, Some(7_400)));
        assert_eq!((row("child").cases_at_least, row("child").total), (0, None));
        assert_eq!((row("unsure").cases_at_least, row("unsure").total), (5, None));
    }
}
