//! EARS against `earsC`, config by config.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::series_reference;

use palermo_stats::surveillance::ears::{Ears, EarsOptions, ears};
use palermo_stats::surveillance::many::expected_false_alarms_per_month;
use proptest::prelude::*;
use series_reference::{close, json, number, rows, series_file};

const FILES: [&str; 8] =
    ["k1", "m1", "m3", "n1", "rotaBB", "s1", "salmonella.agona", "synthetic_monthly"];

/// `C1/0.001/0/7`: method, level, least sigma, baseline.
fn options(config: &str) -> EarsOptions {
    let parts: Vec<&str> = config.split('/').collect();
    let method = match parts[0] {
        "C1" => Ears::C1,
        "C2" => Ears::C2,
        _ => Ears::C3,
    };
    EarsOptions {
        method,
        alpha: parts[1].parse().unwrap(),
        min_sigma: parts[2].parse().unwrap(),
        baseline: parts[3].parse().unwrap(),
    }
}

#[test]
fn every_bound_and_alarm_agrees_with_the_reference() {
    let Some(configs) = json("surveillance/configs.json") else {
        return;
    };
    let (mut points, mut without_spread) = (0, 0);
    for file in FILES {
        let series = series_file(file).unwrap();
        let table = rows(&format!("surveillance/results/ears_{file}.csv")).unwrap();
        for (index, (_, counts)) in series.columns.iter().enumerate() {
            // The result files name age groups `00-04`, the data files `X00.04`.
            let names: Vec<&String> = unique(table.iter().map(|row| &row["ser"]));
            for (config, settings) in configs["ears"].as_object().unwrap() {
                let verdicts = ears(counts, &options(settings.as_str().unwrap())).unwrap();
                for row in
                    table.iter().filter(|r| &r["config"] == config && &r["ser"] == names[index])
                {
                    let t: usize = row["t"].parse().unwrap();
                    let verdict = verdicts[t - 1];
                    assert_eq!(verdict.observed, row["observed"].parse::<f64>().unwrap());
                    let Some(upper) = number(&row["upperbound"]) else {
                        // 0/0 upstream; here no excess.
                        without_spread += usize::from(verdict.upper.is_some());
                        continue;
                    };
                    close(verdict.upper.expect("a bound"), upper, 1e-9, &format!("{file} {row:?}"));
                    assert_eq!(verdict.alarm, row["alarm"] == "1", "{file} {row:?}");
                    points += 1;
                }
            }
        }
    }
    println!("{points} bounds compared, {without_spread} where the reference has 0/0");
    assert!(points > 10_000);
}

fn unique<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut found: Vec<&String> = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

#[test]
fn two_hundred_quiet_series_alarm_no_more_often_than_stated() {
    use palermo_stats::glm::laws::CountLaw;
    use palermo_stats::surveillance::many::simulated_false_alarm_rate;
    // Counts of mean 100 are near enough to normal. With seven points the
    // deviation is estimated: the exceedance follows a Student law, t_6 at
    // 1.645/√(1 + 1/7) is 0.087, and that is the bound stated here.
    let options = EarsOptions { alpha: 0.05, ..EarsOptions::new(Ears::C1) };
    let laws = [CountLaw::Poisson { mean: 100.0 }; 120];
    let rate = simulated_false_alarm_rate(&laws, 200, 7, |counts| {
        ears(counts, &options).unwrap().iter().filter(|v| v.alarm).count()
    }) * 120.0
        / 113.0;
    assert!((rate - 0.087).abs() < 0.006, "{rate}");
    assert!((expected_false_alarms_per_month(0.05, 24, 12) - 1.2).abs() < 1e-12);
}

#[test]
fn a_doubled_count_is_detected_in_the_period_it_happens() {
    let mut counts: Vec<f64> = (0..30).map(|i| f64::from(20 + (i * 7) % 5)).collect();
    counts[20] = 44.0;
    for method in [Ears::C1, Ears::C2] {
        let alarms: Vec<usize> = ears(&counts, &EarsOptions::new(method))
            .unwrap()
            .iter()
            .enumerate()
            .filter_map(|(t, v)| v.alarm.then_some(t))
            .collect();
        assert_eq!(alarms, [20]);
    }
}

#[test]
fn a_missing_count_silences_the_windows_it_is_in_and_nothing_else() {
    let mut counts = vec![3.0; 30];
    counts[10] = f64::NAN;
    let verdicts = ears(&counts, &EarsOptions::new(Ears::C1)).unwrap();
    for (t, verdict) in verdicts.iter().enumerate() {
        assert_eq!(verdict.upper.is_none(), t < 7 || (11..=17).contains(&t), "{t}");
    }
}

#[test]
fn options_out_of_range_are_refused_with_their_name() {
    let refused = ears(&[1.0; 9], &EarsOptions { alpha: 1.5, ..EarsOptions::new(Ears::C1) });
    assert_eq!(refused.unwrap_err().to_string(), "`alpha` is `1.5`, but must be between 0 and 1");
    assert!(ears(&[-1.0; 9], &EarsOptions::new(Ears::C1)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn counting_in_pairs_doubles_every_bound(
        counts in prop::collection::vec(0u32..50, 12..40), which in 0usize..3,
    ) {
        let method = [Ears::C1, Ears::C2, Ears::C3][which];
        let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let doubled: Vec<f64> = counts.iter().map(|y| 2.0 * y).collect();
        let one = ears(&counts, &EarsOptions::new(method)).unwrap();
        let two = ears(&doubled, &EarsOptions::new(method)).unwrap();
        for (a, b) in one.iter().zip(&two) {
            prop_assert_eq!(a.alarm, b.alarm);
            if let (Some(a), Some(b)) = (a.upper, b.upper) {
                prop_assert!((2.0 * a - b).abs() < 1e-9 * b.max(1.0));
            }
        }
    }

    #[test]
    fn the_order_within_the_baseline_does_not_matter(
        counts in prop::collection::vec(0u32..50, 8), turn in 0usize..7,
    ) {
        let mut counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let before = ears(&counts, &EarsOptions::new(Ears::C1)).unwrap()[7];
        counts[..7].rotate_left(turn);
        let after = ears(&counts, &EarsOptions::new(Ears::C1)).unwrap()[7];
        prop_assert_eq!(before.alarm, after.alarm);
        prop_assert!((before.upper.unwrap() - after.upper.unwrap()).abs() < 1e-9);
    }
}
