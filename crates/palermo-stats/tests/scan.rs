//! Kulldorff's scan against SpatialEpi, and its properties.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::series_reference;

use palermo_stats::scan::{Area, ScanError, ScanOptions, Statistic, scan};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use series_reference::{close, json, rows};

fn areas(name: &str) -> Vec<Area> {
    let cell = |row: &std::collections::HashMap<String, String>, column: &str| {
        row[column].parse::<f64>().unwrap()
    };
    rows(&format!("scan/{name}.csv"))
        .unwrap()
        .iter()
        .map(|row| Area {
            expected: Some(vec![cell(row, "expected")]),
            ..Area::new(
                cell(row, "x"),
                cell(row, "y"),
                cell(row, "cases") as u64,
                cell(row, "population"),
            )
        })
        .collect()
}

fn listed(value: &serde_json::Value) -> Vec<usize> {
    let mut found: Vec<usize> =
        value.as_array().unwrap().iter().map(|v| v.as_u64().unwrap() as usize - 1).collect();
    found.sort_unstable();
    found
}

#[test]
fn clusters_and_likelihood_ratios_agree_with_the_reference() {
    let Some(cases) = json("scan/kulldorff.json") else {
        return;
    };
    for (name, case) in cases.as_object().unwrap() {
        let binomial = case["statistic"] == "binomial";
        let options = ScanOptions {
            statistic: if binomial { Statistic::Binomial } else { Statistic::Poisson },
            max_population: case["pop_upper_bound"].as_f64().unwrap(),
            rescale: false,
            ..ScanOptions::default()
        };
        let mut areas = areas(name.split('_').next().unwrap());
        if binomial {
            areas.iter_mut().for_each(|area| area.expected = None);
        }
        assert_eq!(areas.len() as u64, case["n_areas"].as_u64().unwrap());
        let report = scan(&areas, &options).unwrap();
        let found = report.most_likely.clone().unwrap();
        let expected = &case["most_likely"];
        let mut members = found.areas.clone();
        members.sort_unstable();
        assert_eq!(members, listed(&expected["areas_1based"]), "{name}");
        assert_eq!(found.cases, expected["cases"].as_u64().unwrap(), "{name}");
        let number = |field: &str| expected[field].as_f64().unwrap();
        close(found.population, number("population"), 1e-9, name);
        close(found.llr, number("log_lik_ratio"), 1e-8, name);
        close(found.expected, number("expected"), 1e-9, name);
        close(found.cases as f64 / found.expected, number("SMR"), 1e-9, name);
        near_p(found.p.unwrap(), number("p"), name);
        let secondary = case["secondary"].as_array().unwrap();
        assert_eq!(report.secondary.len(), secondary.len(), "{name}");
        for (found, expected) in report.secondary.iter().zip(secondary) {
            let mut members = found.areas.clone();
            members.sort_unstable();
            assert_eq!(members, listed(&expected["areas_1based"]), "{name}");
            close(found.llr, expected["llr"].as_f64().unwrap(), 1e-9, name);
            near_p(found.p.unwrap(), expected["p"].as_f64().unwrap(), name);
        }
    }
}

/// Two Monte-Carlo p-values of 999 replicas each: within four standard
/// deviations of their difference.
fn near_p(found: f64, expected: f64, what: &str) {
    let deviation = (2.0 * expected * (1.0 - expected) / 1000.0).sqrt();
    assert!(
        (found - expected).abs() <= 4.0 * deviation + 0.002,
        "{what}: p {found}, reference {expected}"
    );
}

#[test]
fn rescaling_gives_the_likelihood_ratio_of_the_definition() {
    if series_reference::reference("scan/scotland.csv").is_none() {
        return;
    }
    let report =
        scan(&areas("scotland"), &ScanOptions { replicas: 0, ..ScanOptions::default() }).unwrap();
    let cluster = report.most_likely.unwrap();
    close(cluster.llr, 99.001, 1e-5, "rescaled");
    assert_eq!(cluster.p, None);
}

/// A grid of towns with unequal populations and cases drawn without a cluster.
fn quiet(seed: u64, side: usize) -> Vec<Area> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..side * side)
        .map(|i| {
            let population = random.random_range(500.0..5000.0_f64).round();
            let law = palermo_stats::glm::laws::CountLaw::Poisson { mean: population / 500.0 };
            let cases = law.quantile(random.random::<f64>()) as u64;
            // Off the grid, so that no two distances are equal.
            let (x, y) = (random.random_range(-0.2..0.2), random.random_range(-0.2..0.2));
            Area::new((i % side) as f64 + x, (i / side) as f64 + y, cases, population)
        })
        .collect()
}

#[test]
fn p_values_are_right_where_there_is_no_cluster() {
    let options = ScanOptions { replicas: 99, ..ScanOptions::default() };
    let small = (0..300)
        .filter(|&seed| {
            scan(&quiet(seed, 5), &options).unwrap().most_likely.unwrap().p.unwrap() <= 0.1
        })
        .count();
    // Binomial(300, 0.1): mean 30, deviation 5.2.
    assert!((13..=47).contains(&small), "{small} of 300 at p <= 0.1");
}

#[test]
fn a_doubled_neighbourhood_is_found_and_nothing_else() {
    let mut areas = quiet(1, 10);
    for i in [44, 45, 54, 55] {
        areas[i].cases[0] = areas[i].cases[0] * 2 + 10;
    }
    let cluster = scan(&areas, &ScanOptions::default()).unwrap().most_likely.unwrap();
    assert!(cluster.p.unwrap() <= 0.01);
    // A circle need not fit a square: three of the four, and little else.
    let hit = cluster.areas.iter().filter(|i| [44, 45, 54, 55].contains(i)).count();
    assert!(hit >= 3 && cluster.areas.len() <= hit + 2, "{cluster:?}");
}

#[test]
fn a_living_cluster_is_dated_from_its_beginning() {
    let mut areas = quiet(3, 6);
    // Three towns closer together than to any other.
    (areas[13].x, areas[13].y) = (1.9, 2.0);
    (areas[14].x, areas[14].y) = (2.0, 2.0);
    (areas[15].x, areas[15].y) = (2.1, 2.0);
    for (i, area) in areas.iter_mut().enumerate() {
        let usual = (area.population[0] / 500.0).round() as u64;
        let lively = [13, 14, 15].contains(&i);
        area.population = vec![area.population[0]; 12];
        area.cases = (0..12).map(|t| if lively && t >= 9 { usual * 3 } else { usual }).collect();
    }
    let report = scan(&areas, &ScanOptions { replicas: 199, ..ScanOptions::default() }).unwrap();
    let cluster = report.most_likely.unwrap();
    assert_eq!(cluster.periods, 3);
    let mut members = cluster.areas;
    members.sort_unstable();
    assert_eq!(members, [13, 14, 15]);
    assert_eq!(cluster.p, Some(0.005));
}

#[test]
fn the_same_seed_gives_the_same_p_value_on_any_number_of_threads() {
    let areas = quiet(9, 6);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            scan(&areas, &ScanOptions { replicas: 50, ..ScanOptions::default() }).unwrap().chance
        })
    };
    let one = run(1);
    assert_eq!(one, run(3));
    assert_eq!(one.len(), 50);
    let other =
        scan(&areas, &ScanOptions { replicas: 50, seed: 2, ..ScanOptions::default() }).unwrap();
    assert_ne!(one, other.chance);
}

#[test]
fn inputs_that_cannot_be_scanned_are_refused() {
    let one = [Area::new(0.0, 0.0, 1, 10.0)];
    assert_eq!(scan(&one, &ScanOptions::default()), Err(ScanError::TooFewAreas(1)));
    let empty = [Area::new(0.0, 0.0, 0, 10.0), Area::new(1.0, 0.0, 0, 10.0)];
    assert_eq!(scan(&empty, &ScanOptions::default()), Err(ScanError::Empty));
    let wrong = [Area::new(0.0, 0.0, 1, 10.0), Area::new(1.0, f64::NAN, 0, 10.0)];
    assert!(
        scan(&wrong, &ScanOptions::default())
            .unwrap_err()
            .to_string()
            .contains("second coordinate")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn the_order_of_areas_the_unit_of_length_and_of_people_change_nothing(
        seed: u64, turn in 1usize..24, length in 0.01f64..100.0, people in 2u32..20,
    ) {
        let areas = quiet(seed, 5);
        let options = ScanOptions { replicas: 0, ..ScanOptions::default() };
        let before = scan(&areas, &options).unwrap().most_likely.unwrap();
        let mut changed = areas;
        changed.rotate_left(turn);
        for area in &mut changed {
            area.x *= length;
            area.y *= length;
            area.population[0] *= f64::from(people);
        }
        let after = scan(&changed, &options).unwrap().most_likely.unwrap();
        prop_assert!((before.llr - after.llr).abs() < 1e-9 * before.llr.max(1.0));
        prop_assert_eq!(before.cases, after.cases);
    }
}
