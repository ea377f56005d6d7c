//! Comparators, estimation and links against DuckDB 2.0.0, an independent
//! calculation, and Splink 5.0.0.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::linkage_reference as reference;

use palermo_stats::linkage::blocking::Blocking;
use palermo_stats::linkage::em::{EmOptions, Fit, Parameters, Patterns, estimate};
use palermo_stats::linkage::fellegi_sunter::{link, scored_pairs, train};
use palermo_stats::linkage::lists::{Field, Lists};
use palermo_stats::linkage::similarity::{
    damerau_levenshtein, jaro, jaro_winkler, letters, levenshtein,
};
use proptest::prelude::*;
use reference::close;
use serde_json::Value;
use std::collections::BTreeMap;

fn fields() -> Vec<Field> {
    vec![
        Field::name("given"),
        Field::name("surname"),
        Field::date("dob"),
        Field::exact("sex"),
        Field::exact("nationality"),
    ]
}

/// Rows of a list in the order of the fields, and who they are about.
fn list(name: &str) -> Option<(Vec<Vec<String>>, Vec<String>)> {
    let rows = reference::rows(name)?;
    Some(rows.into_iter().map(|row| (row[1..6].to_vec(), row[6].clone())).unzip())
}

fn lists(fields: Vec<Field>) -> Option<(Lists, Vec<String>, Vec<String>)> {
    let ((a, who_a), (b, who_b)) = (list("p1k_A.csv")?, list("p1k_B.csv")?);
    Some((Lists::new(fields, &a, &b).unwrap(), who_a, who_b))
}

#[test]
fn comparators_give_the_values_of_the_anchor() {
    let Some(rows) = reference::rows("string_sim_dev_p1k.csv") else {
        return;
    };
    assert_eq!(rows.len(), 432);
    for row in rows {
        let (x, y) = (letters(&row[0]), letters(&row[1]));
        let what = format!("{} {}", row[0], row[1]);
        close(jaro_winkler(&x, &y), row[2].parse().unwrap(), 1e-11, &what);
        close(jaro(&x, &y), row[3].parse().unwrap(), 1e-11, &what);
        assert_eq!(levenshtein(&x, &y).to_string(), row[4], "{what}");
        assert_eq!(damerau_levenshtein(&x, &y).to_string(), row[5], "{what}");
    }
}

fn reference_patterns() -> Option<Patterns> {
    let rows = reference::rows("fs_patterns_dev_p1k.csv")?;
    Some(Patterns {
        levels: vec![4, 4, 4, 2, 2],
        rows: rows
            .iter()
            .map(|row| {
                let levels = row[..5].iter().map(|cell| cell.parse::<usize>().ok()).collect();
                (levels, row[5].parse().unwrap())
            })
            .collect(),
    })
}

#[test]
fn every_pair_is_compared_as_the_anchor_compares_it() {
    let (Some((lists, ..)), Some(expected)) = (lists(fields()), reference_patterns()) else {
        return;
    };
    let map = |patterns: Patterns| -> BTreeMap<Vec<Option<usize>>, u64> {
        let rows = patterns.rows.into_iter();
        rows.map(|(levels, count)| (levels, count as u64)).collect()
    };
    assert_eq!(map(lists.all_patterns()), map(expected));
}

fn fit(patterns: &Patterns, anchor: &Value, fix_u: bool) -> Fit {
    let start = Parameters {
        lambda: anchor["init_lambda"].as_f64().unwrap(),
        m: serde_json::from_value(anchor["init_m"].clone()).unwrap(),
        u: patterns.marginals(),
    };
    let options = EmOptions { fix_u, ..EmOptions::default() };
    estimate(patterns, start, options).unwrap()
}

#[test]
fn estimates_are_those_of_an_independent_calculation() {
    let (Some(patterns), Some(anchor)) =
        (reference_patterns(), reference::json("fs_em_dev_p1k.json"))
    else {
        return;
    };
    for (name, fix_u) in [("em_u_fixed", true), ("em_free", false)] {
        let (found, expected) = (fit(&patterns, &anchor, fix_u), &anchor[name]);
        let number = |value: &Value| value.as_f64().unwrap();
        assert!(found.converged);
        assert!((found.rounds as i64 - expected["iterations"].as_i64().unwrap()).abs() <= 2);
        close(found.log_likelihood, number(&expected["loglik"]), 1e-10, name);
        close(found.parameters.lambda, number(&expected["lam"]), 1e-9, name);
        for (step, want) in expected["first_iterations"].as_array().unwrap().iter().enumerate() {
            close(found.trace[step].0, number(&want["loglik"]), 1e-10, name);
            close(found.trace[step].1, number(&want["lam"]), 1e-9, name);
        }
        for (ours, theirs) in [(&found.parameters.m, "m"), (&found.parameters.u, "u")] {
            let theirs: Vec<Vec<f64>> = serde_json::from_value(expected[theirs].clone()).unwrap();
            for (found, want) in ours.iter().flatten().zip(theirs.iter().flatten()) {
                // A probability on its way to nought has no digits of its own.
                assert!((found - want).abs() <= 1e-8 * want + 1e-15, "{name}: {found} {want}");
            }
        }
        let sure: Vec<_> = (patterns.rows.iter())
            .filter(|(levels, _)| found.parameters.posterior(levels) >= 0.5)
            .collect();
        let pairs: f64 = sure.iter().map(|(_, count)| count).sum();
        assert_eq!(pairs as i64, expected["at_p0.5"]["pairs"].as_i64().unwrap());
    }
}

#[test]
fn without_term_frequencies_the_links_are_those_of_splink() {
    let plain: Vec<Field> =
        (fields().into_iter()).map(|field| Field { term_frequency: false, ..field }).collect();
    let (Some((lists, who_a, who_b)), Some(splink)) =
        (lists(plain), reference::json("splink_1k.json"))
    else {
        return;
    };
    let model = train(&lists, &Blocking::default(), 1).unwrap();
    assert!(model.converged);
    for row in splink["results"].as_array().unwrap() {
        let threshold = row["threshold"].as_f64().unwrap();
        let pairs = scored_pairs(&lists, &Blocking::default(), &model, threshold).unwrap();
        let links = link(&lists, &Blocking::default(), &model, threshold).unwrap();
        let right = links.iter().filter(|l| who_a[l.pair.a] == who_b[l.pair.b]).count() as i64;
        // Splink stops its estimation earlier: a pattern on the threshold may fall either way.
        let near = |found: i64, want: &Value| (found - want.as_i64().unwrap()).abs() <= 5;
        println!("{threshold} pairs {} links {} right {right}; {row}", pairs.len(), links.len());
        assert!(near(pairs.len() as i64, &row["pairs"]), "{row}");
        assert!(near(right, &row["tp"]), "{row}: {right}");
    }
}

#[test]
fn heaviest_pairs_are_those_of_splink_with_the_same_levels() {
    let (Some((lists, ..)), Some(rows)) =
        (lists(fields()), reference::rows("splink_1k_top_pairs.csv"))
    else {
        return;
    };
    let model = train(&lists, &Blocking::default(), 1).unwrap();
    let found = scored_pairs(&lists, &Blocking::default(), &model, 1e-9).unwrap();
    let levels: BTreeMap<(String, String), &Vec<Option<usize>>> = (found.iter())
        .map(|l| ((format!("a{}", l.pair.a), format!("b{}", l.pair.b)), &l.levels))
        .collect();
    let mut compared = 0;
    for row in rows {
        let Some(ours) = levels.get(&(row[2].clone(), row[3].clone())) else {
            continue;
        };
        let theirs: Vec<Option<usize>> = row[4..9].iter().map(|cell| cell.parse().ok()).collect();
        assert_eq!(**ours, theirs, "{} {}", row[2], row[3]);
        compared += 1;
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn term_frequencies_and_blocks_link_at_least_as_well_as_the_anchors() {
    let Some((lists, who_a, who_b)) = lists(fields()) else {
        return;
    };
    let rules: Vec<Vec<String>> =
        ["dob", "given+surname", "surname+nationality+sex", "given+nationality+sex"]
            .iter()
            .map(|rule| rule.split('+').map(str::to_owned).collect())
            .collect();
    let blocks = Blocking::by_names(&lists, &rules).unwrap();
    // Splink reached 0.9786 on all pairs; blocks lose the matches that no rule holds for.
    for (blocking, least) in [(Blocking::default(), 0.9786), (blocks, 0.975)] {
        let model = train(&lists, &blocking, 1).unwrap();
        let links = link(&lists, &blocking, &model, 0.5).unwrap();
        let right = links.iter().filter(|l| who_a[l.pair.a] == who_b[l.pair.b]).count() as f64;
        let (precision, recall) = (right / links.len() as f64, right / 500.0);
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!("precision {precision:.4} recall {recall:.4} F1 {f1:.4}");
        assert!(f1 >= least, "precision {precision}, recall {recall}");
    }
}

fn name() -> impl Strategy<Value = String> {
    "[abcé]{0,9}"
}

proptest! {
    #[test]
    fn comparators_are_symmetric_and_bounded(x in name(), y in name()) {
        let (x, y) = (letters(&x), letters(&y));
        prop_assert_eq!(levenshtein(&x, &y), levenshtein(&y, &x));
        prop_assert_eq!(damerau_levenshtein(&x, &y), damerau_levenshtein(&y, &x));
        prop_assert!(damerau_levenshtein(&x, &y) <= levenshtein(&x, &y));
        prop_assert!(levenshtein(&x, &y) >= x.len().abs_diff(y.len()));
        let alike = jaro_winkler(&x, &y);
        prop_assert!((0.0..=1.0).contains(&alike) && alike >= jaro(&x, &y));
        prop_assert_eq!(alike == 1.0, x == y);
    }

    #[test]
    fn order_of_records_changes_no_pattern(shift in 1usize..30) {
        let rows: Vec<Vec<String>> = (0..30).map(|i| vec![format!("n{}", i * 7 % 11), format!("19{i:02}-01-02")]).collect();
        let turned: Vec<Vec<String>> = rows.iter().cycle().skip(shift).take(30).cloned().collect();
        let count = |a: &[Vec<String>], b: &[Vec<String>]| {
            Lists::new(vec![Field::name("n"), Field::date("d")], a, b).unwrap().all_patterns()
        };
        prop_assert_eq!(count(&rows, &rows), count(&turned, &rows));
    }
}
