//! CUSUM and GLR charts against the reference files. Configurations X7 to X10
//! (rki, bayes) are methods this crate does not have.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::series_reference;

use palermo_stats::glm::laws::CountLaw;
use palermo_stats::surveillance::Verdict;
use palermo_stats::surveillance::cusum::{CusumOptions, Transform, cusum};
use palermo_stats::surveillance::glr::{GlrOptions, glr};
use palermo_stats::surveillance::in_control::{InControl, Law, learn};
use palermo_stats::surveillance::many::{cusum_false_alarm_rate, simulated_false_alarm_rate};
use proptest::prelude::*;
use series_reference::{close, json, number, rows, series_file};

/// Periods before the watched range.
const QUIET: usize = 104;
const FILES: [&str; 4] = ["k1", "m1", "m3", "salmonella.agona"];

fn configured(config: &str) -> CusumOptions {
    let transform = match config {
        "X1" => Transform::Standard,
        "X2" | "X6" => Transform::Rossi,
        "X3" => Transform::Anscombe,
        "X4" => Transform::Anscombe2,
        _ => Transform::None,
    };
    CusumOptions { transform, compat: true, ..CusumOptions::default() }
}

#[test]
fn cusum_sums_bounds_and_alarms_agree_with_the_reference() {
    let mut points = 0;
    for name in FILES {
        let Some(table) = rows(&format!("surveillance/results/other_{name}.csv")) else {
            return;
        };
        let counts = &series_file(name).unwrap().columns[0].1;
        for config in ["X1", "X2", "X3", "X4", "X5", "X6"] {
            let shape = if config == "X6" { InControl::Seasonal } else { InControl::Mean };
            let learnt = learn(counts, QUIET, 52, shape, Law::Poisson).unwrap();
            let verdicts = cusum(&counts[QUIET..], &learnt.means, &configured(config)).unwrap();
            for row in table.iter().filter(|row| row["config"] == config) {
                let what = format!("{name} {row:?}");
                let verdict = verdicts[row["t"].parse::<usize>().unwrap() - QUIET - 1];
                close(verdict.statistic.unwrap(), number(&row["extra"]).unwrap(), 1e-6, &what);
                close(verdict.upper.unwrap(), number(&row["upperbound"]).unwrap(), 1e-6, &what);
                assert_eq!(verdict.alarm, row["alarm"] == "1", "{what}");
                points += 1;
            }
        }
    }
    println!("{points} points compared");
    assert!(points > 2000);
}

/// Compares statistic, alarm and in-control mean; the number of points.
fn compare_glr(name: &str, config: &str, law: Law, options: GlrOptions) -> usize {
    let Some(table) = rows(&format!("surveillance/results/other_{name}.csv")) else {
        return 0;
    };
    let counts = &series_file(name).unwrap().columns[0].1;
    let learnt = learn(counts, QUIET, 52, InControl::SeasonalTrend, law).unwrap();
    let options = GlrOptions { alpha: learnt.alpha, ..options };
    if let (Law::NegativeBinomial, Some(configs)) = (law, json("surveillance/configs.json")) {
        let expected: f64 =
            configs["glrnb_alpha_estimated"][name].as_str().unwrap().parse().unwrap();
        close(learnt.alpha / expected, 1.0, 1e-6, &format!("{name}: dispersion"));
    }
    let verdicts = glr(&counts[QUIET..], &learnt.means, &options).unwrap();
    let mut points = 0;
    for row in table.iter().filter(|row| row["config"] == config) {
        let what = format!("{name} {row:?}");
        let verdict = verdicts[row["t"].parse::<usize>().unwrap() - QUIET - 1];
        close(verdict.expected.unwrap(), number(&row["extra"]).unwrap(), 1e-6, &what);
        close(verdict.upper.unwrap(), number(&row["upperbound"]).unwrap(), 1e-6, &what);
        assert_eq!(verdict.alarm, row["alarm"] == "1", "{what}");
        points += 1;
    }
    points
}

#[test]
fn glr_charts_agree_with_the_reference() {
    let fixed = GlrOptions { theta: Some(1.5f64.ln()), ..GlrOptions::poisson(5.0) };
    let mut points = 0;
    for name in FILES {
        points += compare_glr(name, "X11", Law::Poisson, GlrOptions::poisson(5.0));
        points += compare_glr(name, "X13", Law::Poisson, fixed);
        if name != "m1" {
            points += compare_glr(name, "X12", Law::NegativeBinomial, GlrOptions::poisson(5.0));
        }
    }
    println!("{points} points compared");
}

/// Every change point, every shift on a fine search: slow and plainly right.
fn by_brute_force(counts: &[f64], means: &[f64], options: &GlrOptions) -> Vec<f64> {
    let value = |from: usize, to: usize, kappa: f64| -> f64 {
        (from..=to)
            .map(|t| {
                let (y, m, a) = (counts[t], means[t], options.alpha);
                if a == 0.0 {
                    kappa * y - kappa.exp_m1() * m
                } else {
                    kappa * y + (y + 1.0 / a) * ((1.0 + a * m) / (1.0 + a * m * kappa.exp())).ln()
                }
            })
            .sum()
    };
    let mut start = 0;
    (0..counts.len())
        .map(|n| {
            let mut best: f64 = 0.0;
            for from in start..(n + 2).saturating_sub(options.fewest_periods).max(start) {
                let (mut low, mut high) = (0.0, 20.0);
                for _ in 0..200 {
                    let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
                    if value(from, n, a) < value(from, n, b) { low = a } else { high = b }
                }
                best = best.max(value(from, n, low));
            }
            if best >= options.threshold {
                start = n + 1;
            }
            best
        })
        .collect()
}

fn statistics(verdicts: &[Verdict]) -> Vec<f64> {
    verdicts.iter().map(|verdict| verdict.statistic.unwrap()).collect()
}

#[test]
fn a_lasting_doubling_is_found_within_three_periods() {
    let counts: Vec<f64> = (0..40).map(|t| if t < 30 { 10.0 } else { 20.0 }).collect();
    let verdicts = glr(&counts, &[10.0; 40], &GlrOptions::poisson(5.0)).unwrap();
    let first = verdicts.iter().position(|verdict| verdict.alarm).unwrap();
    assert!((30..=32).contains(&first), "{first}");
    let verdicts = cusum(&counts, &[10.0; 40], &CusumOptions::default()).unwrap();
    let first = verdicts.iter().position(|verdict| verdict.alarm).unwrap();
    assert!((30..=31).contains(&first), "{first}");
}

#[test]
fn the_cusum_false_alarm_rate_is_near_what_the_run_length_says() {
    let (k, h) = (0.5, 4.0);
    let options = CusumOptions { k, h, ..CusumOptions::default() };
    let mut runs = Vec::new();
    simulated_false_alarm_rate(&[CountLaw::Poisson { mean: 400.0 }; 4000], 300, 3, |counts| {
        let verdicts = cusum(counts, &[400.0; 4000], &options).unwrap();
        runs.push(verdicts.iter().position(|v| v.alarm).unwrap_or(4000) as f64 + 1.0);
        0
    });
    let mean = runs.iter().sum::<f64>() / runs.len() as f64;
    let stated = 1.0 / cusum_false_alarm_rate(k, h);
    assert!((stated - 336.0).abs() < 5.0, "known run length 336, {stated}");
    // Run lengths are nearly exponential: four standard errors of 300 of them.
    assert!((mean / stated - 1.0).abs() < 0.23, "{mean} {stated}");
}

#[test]
fn the_cases_given_as_bound_are_the_first_to_alarm() {
    let counts = [4.0, 6.0, 5.0, 9.0, 3.0, 7.0, 12.0, 2.0];
    let means = [5.0; 8];
    for alpha in [0.0, 0.2] {
        let options = GlrOptions { alpha, cases: true, ..GlrOptions::poisson(4.0) };
        let verdicts = glr(&counts, &means, &options).unwrap();
        for t in 0..8 {
            let needed = verdicts[t].upper.unwrap();
            for (cases, alarms) in [(needed, true), (needed - 1.0, false)] {
                let mut changed = counts;
                changed[t] = cases;
                assert_eq!(
                    glr(&changed, &means, &options).unwrap()[t].alarm,
                    alarms,
                    "{t} {cases}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn pruning_change_points_loses_nothing(
        counts in prop::collection::vec(0u32..14, 1..30),
        means in prop::collection::vec(0.5f64..8.0, 30),
        alpha in prop_oneof![Just(0.0), 0.01f64..2.0],
        fewest_periods in 1usize..4,
    ) {
        let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let means = &means[..counts.len()];
        let options = GlrOptions { fewest_periods, ..GlrOptions::negative_binomial(5.0, alpha) };
        let found = statistics(&glr(&counts, means, &options).unwrap());
        let expected = by_brute_force(&counts, means, &options);
        for (f, e) in found.iter().zip(&expected) {
            prop_assert!((f - e).abs() < 1e-8 * e.max(1.0), "{:?} {:?}", found, expected);
        }
    }

    #[test]
    fn the_cusum_bound_is_the_count_that_reaches_h(
        counts in prop::collection::vec(0u32..30, 2..20), mean in 1.0f64..20.0, which in 0usize..4,
    ) {
        let transform = [Transform::Rossi, Transform::Anscombe, Transform::Anscombe2, Transform::None][which];
        let mut counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let means = vec![mean; counts.len()];
        let options = CusumOptions { transform, ..CusumOptions::default() };
        let last = counts.len() - 1;
        let upper = cusum(&counts, &means, &options).unwrap()[last].upper.unwrap();
        prop_assume!(upper > 1e-6);
        counts[last] = upper;
        let reached = cusum(&counts, &means, &options).unwrap()[last].statistic.unwrap();
        prop_assert!((reached - options.h).abs() < 1e-6, "{reached}");
    }
}
