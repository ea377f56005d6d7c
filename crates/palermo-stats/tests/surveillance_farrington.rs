//! Farrington, classic and flexible, against the reference files: the customary
//! implementation with `compat`, the corrected calculation without.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::series_reference;

use palermo_stats::surveillance::bound::{Bound, Power};
use palermo_stats::surveillance::calendar::{Calendar, day_of};
use palermo_stats::surveillance::farrington::{Farrington, FarringtonOptions};
use palermo_stats::surveillance::flexible::{Flexible, FlexibleOptions};
use series_reference::{SeriesFile, close, number, rows, series_file};
use std::collections::HashMap;

const TOLERANCE: f64 = 1e-6;

fn calendar(file: &SeriesFile) -> Calendar {
    if file.epochs[0].contains('-') {
        let days = file.epochs.iter().map(|epoch| day_of(epoch).unwrap()).collect();
        Calendar::dates(12, days).unwrap()
    } else {
        Calendar::index(52).unwrap()
    }
}

fn classic(config: &str) -> FarringtonOptions {
    let base = FarringtonOptions::default();
    match config {
        "A" => base,
        "B" => {
            FarringtonOptions { alpha: 0.05, weights_threshold: None, power: Power::Half, ..base }
        }
        "C" => FarringtonOptions {
            alpha: 0.05,
            half_window: 2,
            trend_threshold: None,
            power: Power::One,
            ..base
        },
        other => panic!("unknown configuration {other}"),
    }
}

#[test]
fn the_classic_algorithm_agrees_with_the_reference() {
    let mut points = 0;
    for name in ["k1", "m1", "m3", "n1", "s1", "salmonella.agona"] {
        let Some(table) = rows(&format!("surveillance/results/farrington_{name}.csv")) else {
            return;
        };
        let file = series_file(name).unwrap();
        let counts = &file.columns[0].1;
        for config in ["A", "B", "C"] {
            let method = Farrington::new(classic(config), calendar(&file)).unwrap();
            let verdicts = method.judge(counts, None).unwrap();
            for row in table.iter().filter(|row| row["config"] == config) {
                let t: usize = row["t"].parse().unwrap();
                let verdict = verdicts[t - 1];
                assert_eq!(verdict.alarm, row["alarm"] == "1", "{name} {row:?}");
                close(
                    verdict.expected.unwrap(),
                    number(&row["median"]).unwrap(),
                    TOLERANCE,
                    &format!("{name} {row:?}"),
                );
                // `quantile` is the probability of less than was observed.
                close(
                    1.0 - verdict.p.unwrap(),
                    number(&row["quantile"]).unwrap(),
                    TOLERANCE,
                    &format!("{name} {row:?}"),
                );
                match verdict.upper {
                    Some(upper) => close(
                        upper,
                        number(&row["upperbound"]).unwrap(),
                        TOLERANCE,
                        &format!("{name} {row:?}"),
                    ),
                    // The customary bound with too few cases is 0.
                    None => assert_eq!(row["upperbound"], "0", "{name} {row:?}"),
                }
                points += 1;
            }
        }
    }
    println!("{points} points compared");
    assert!(points > 1000);
}

/// Years, half window and excluded past of a file (`configs.json`).
fn windows(name: &str) -> (usize, usize, usize) {
    match name {
        "salmonella.agona" => (3, 3, 26),
        "m3" | "n1" => (2, 3, 10),
        _ => (5, 1, 3),
    }
}

fn flexible(config: &str, name: &str, compat: bool) -> FlexibleOptions {
    let (years_back, half_window, past_excluded) = windows(name);
    let monthly = half_window == 1;
    let base = FlexibleOptions {
        alpha: 0.01,
        years_back,
        half_window,
        past_excluded,
        periods: if monthly { 4 } else { 10 },
        bound: Bound::Delta(Power::TwoThirds),
        compat,
        ..FlexibleOptions::weekly()
    };
    match config {
        "orig" => FlexibleOptions {
            periods: 1,
            weights_threshold: Some(1.0),
            trend_threshold: Some(0.05),
            past_excluded: half_window,
            ..base
        },
        "delta258" => base,
        "nb" => FlexibleOptions { bound: Bound::NegativeBinomial, ..base },
        "muan" => FlexibleOptions { alpha: 0.005, bound: Bound::Muan, ..base },
        "noreweight" => FlexibleOptions {
            alpha: 0.05,
            periods: 1,
            weights_threshold: None,
            trend_threshold: None,
            bound: Bound::NegativeBinomial,
            past_excluded: half_window,
            ..base
        },
        other => panic!("unknown configuration {other}"),
    }
}

/// Compares every point of a result file; the number of points.
fn compare_flexible(kind: &str, name: &str, compat: bool) -> usize {
    let Some(table) = rows(&format!("surveillance/results/{kind}_{name}.csv")) else {
        return 0;
    };
    let file = series_file(name).unwrap();
    let calendar = calendar(&file);
    let mut order: Vec<&String> = Vec::new();
    let mut by: HashMap<(&str, &str), Vec<&HashMap<String, String>>> = HashMap::new();
    for row in &table {
        if !order.contains(&&row["ser"]) {
            order.push(&row["ser"]);
        }
        by.entry((&row["ser"], &row["config"])).or_default().push(row);
    }
    for ((series, config), points) in by {
        let index = order.iter().position(|name| *name == series).unwrap();
        let counts = &file.columns[index].1;
        let method = Flexible::new(flexible(config, name, compat), calendar.clone()).unwrap();
        let verdicts = method.judge(counts, None).unwrap();
        for row in points {
            compare_point(&method, counts, &verdicts, row, &format!("{kind} {name}"), compat);
        }
    }
    table.len()
}

fn compare_point(
    method: &Flexible,
    counts: &[f64],
    verdicts: &[palermo_stats::surveillance::Verdict],
    row: &HashMap<String, String>,
    what: &str,
    compat: bool,
) {
    let what = format!("{what} {row:?}");
    let k = row["t"].parse::<usize>().unwrap() - 1;
    let verdict = verdicts[k];
    let said = method.assess(counts, None, k).expect(&what);
    close(said.forecast.dispersion, number(&row["phi"]).unwrap(), TOLERANCE, &what);
    assert_eq!(said.trend, row["trend_used"] == "1", "{what}");
    assert_eq!(verdict.alarm, row["alarm"] == "1", "{what}");
    match number(&row["upperbound"]) {
        Some(upper) => {
            close(verdict.upper.expect(&what), upper, TOLERANCE, &what);
            close(verdict.expected.unwrap(), number(&row["expected"]).unwrap(), TOLERANCE, &what);
        }
        None => assert_eq!(verdict.upper, None, "{what}"),
    }
    if let Some(p) = row.get("pvalue").and_then(|text| number(text)).filter(|_| compat) {
        close(verdict.p.expect(&what), p, TOLERANCE, &what);
    }
}

#[test]
fn the_flexible_algorithm_with_compat_agrees_with_the_customary_one() {
    let points: usize = ["m3", "n1", "salmonella.agona", "rotaBB", "synthetic_monthly"]
        .map(|name| compare_flexible("farringtonFlexible", name, true))
        .iter()
        .sum();
    println!("{points} points compared");
}

#[test]
fn the_flexible_algorithm_agrees_with_the_corrected_reference() {
    let points: usize = ["salmonella.agona", "rotaBB", "synthetic_monthly"]
        .map(|name| compare_flexible("farringtonCorrected", name, false))
        .iter()
        .sum();
    println!("{points} points compared");
}
