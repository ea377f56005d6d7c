//! Results of screening by sex, age, citizenship and form, year by year, so that
//! whoever answers for it sees whom the questions find and whom they pass over
//! (E32). Counts tell of nobody (R10): each screening once a line, rounded down to
//! multiples of the threshold, and only years that are over, so that no two looks
//! can be subtracted.

use crate::{coded, id::ScreeningId, register::day::Day};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

coded! {
    /// What results are laid side by side by.
    By {
        /// Sex.
        Sex = "sex",
        /// Age as the officer saw it.
        Age = "age",
        /// Whether the person is of the State of the organisation.
        Citizenship = "citizenship",
        /// Form of exploitation that was asked about.
        Form = "form",
    }
}

/// The group of whoever something was not written down of.
pub const NOT_SAID: &str = "none";

/// The group by citizenship: whether one of the person's nationalities is that of the
/// State of the organisation. An organisation of no State has none of its own.
#[must_use]
pub fn citizenship(nationalities: &[String], own: Option<&str>) -> &'static str {
    match own {
        Some(own) if nationalities.iter().any(|one| one == own) => "own",
        Some(_) if !nationalities.is_empty() => "other",
        _ => NOT_SAID,
    }
}

/// One screening, as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screened {
    /// The screening.
    pub id: ScreeningId,
    /// The year it was decided in.
    pub year: i32,
    /// Whether the officer presumed trafficking.
    pub presumed: bool,
    /// The groups it belongs to; several of one kind where several forms were named.
    pub groups: BTreeSet<(By, String)>,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BiasRow {
    /// Year.
    pub year: i32,
    /// By what.
    pub by: By,
    /// Which group.
    pub group: String,
    /// Screenings, rounded down.
    pub screened_at_least: usize,
    /// Of them presumed, rounded down.
    pub presumed_at_least: usize,
}

/// Whether a year is over on the first day that is not counted.
#[must_use]
pub fn is_over(year: i32, until: Day) -> bool {
    year < until.date().year()
}

/// The report, the latest year first. A group of fewer than `base` stands with
/// nothing: that few were screened is what the reader should see.
#[must_use]
pub fn report(results: impl IntoIterator<Item = Screened>, base: usize) -> Vec<BiasRow> {
    let base = base.max(1);
    let mut groups: BTreeMap<(i32, By, String), (BTreeSet<ScreeningId>, usize)> = BTreeMap::new();
    for one in results {
        for (by, group) in one.groups {
            let (seen, presumed) = groups.entry((one.year, by, group)).or_default();
            if seen.insert(one.id) && one.presumed {
                *presumed += 1;
            }
        }
    }
    let mut rows: Vec<BiasRow> = groups
        .into_iter()
        .map(|((year, by, group), (seen, presumed))| BiasRow {
            year,
            by,
            group,
            screened_at_least: seen.len() / base * base,
            presumed_at_least: presumed / base * base,
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.year));
    rows
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn screened(n: u128, presumed: bool, groups: &[(By, &str)]) -> Screened {
        Screened {
            id: ScreeningId::from_uuid(Uuid::from_u128(n)),
            year: 2025,
            presumed,
            groups: groups.iter().map(|(by, group)| (*by, (*group).to_owned())).collect(),
        }
    }

    #[test]
    fn e32_results_stand_side_by_side_rounded_down_and_each_once() {
        let women = (0..12).map(|n| screened(n, n < 11, &[(By::Sex, "F"), (By::Form, "sexual")]));
        let men = (20..33).map(|n| screened(n, n < 23, &[(By::Sex, "M"), (By::Form, "labour")]));
        let few = (40..43).map(|n| screened(n, true, &[(By::Sex, NOT_SAID)]));
        let twice = (0..12).map(|n| screened(n, n < 11, &[(By::Sex, "F")]));
        let rows = report(women.chain(men).chain(few).chain(twice), 5);
        let told = |group: &str| {
            let row = rows.iter().find(|row| row.by == By::Sex && row.group == group).unwrap();
            (row.screened_at_least, row.presumed_at_least)
        };
        assert_eq!(told("F"), (10, 10));
        assert_eq!(told("M"), (10, 0));
        assert_eq!(told(NOT_SAID), (0, 0), "few are there and tell nothing");
    }

    #[test]
    fn e32_one_nationality_of_the_state_is_enough_to_be_of_it() {
        let both = ["XBB".to_owned(), "XAA".to_owned()];
        assert_eq!(citizenship(&both, Some("XAA")), "own");
        assert_eq!(citizenship(&both, Some("XCC")), "other");
        assert_eq!(citizenship(&both, None), NOT_SAID, "of no State");
        assert_eq!(citizenship(&[], Some("XAA")), NOT_SAID);
    }

    #[test]
    fn e32_a_year_is_counted_when_it_is_over() {
        let until: Day = "2026-07-01".parse().unwrap();
        assert!(is_over(2025, until) && !is_over(2026, until));
    }
}
