//! BCa intervals with the stepwise choice repeated, against SparseMSE.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::mse_common;

use mse_common::{data_sets, history, json, lists, near, number, text};
use palermo_stats::estimate::{
    Bca, Lists, Selection, bca_interval, jackknife_totals, selected_total, stepwise,
};

const STEPWISE: Selection = Selection::Stepwise { threshold: 0.02 };

#[test]
fn given_samples_lead_to_the_same_totals() {
    for name in data_sets() {
        let Some(table) = text(&format!("bca_bootcounts_first200_{name}.csv")) else {
            continue;
        };
        let lists = lists(&name).unwrap();
        let mut csv = csv::Reader::from_reader(table.as_bytes());
        let heading = csv.headers().unwrap().clone();
        let histories: Vec<u32> = heading.iter().take(heading.len() - 1).map(history).collect();
        let mut replicates = 0;
        for record in csv.records() {
            let record = record.unwrap();
            let counts = record.iter().take(histories.len()).map(|n| n.parse().unwrap());
            let cells: Vec<(u32, u64)> = histories.iter().copied().zip(counts).collect();
            let sample = Lists::new(lists.names().to_vec(), cells).unwrap();
            let expected: f64 = record[histories.len()].parse().unwrap();
            let found = selected_total(&sample, &STEPWISE).unwrap();
            near(found, expected, 1e-6, &format!("{name} sample {replicates}"));
            replicates += 1;
        }
        assert_eq!(replicates, 200);
    }
}

#[test]
fn leaving_out_one_case_leads_to_the_same_totals() {
    for name in data_sets() {
        let Some(reference) = json(&format!("bca_stepwise_{name}.json")) else {
            continue;
        };
        let lists = lists(&name).unwrap();
        let found = jackknife_totals(&lists, &STEPWISE);
        // The anchor keeps the order of the file, and 0 for a row without cases.
        let table = text(&format!("data/{name}.csv")).unwrap();
        let mut in_file: Vec<(u32, f64)> = Vec::new();
        let jackknife = reference["jackknife_estimates"].as_array().unwrap();
        for (row, total) in table.lines().skip(1).zip(jackknife) {
            let digits: String = row.split(',').take(lists.len()).collect();
            in_file.push((history(&digits), number(total)));
        }
        in_file.sort_by_key(|row| row.0);
        in_file.retain(|row| row.1 > 0.0);
        assert_eq!(found.len(), in_file.len(), "{name}");
        for ((_, total), (history, expected)) in found.iter().zip(in_file) {
            near(total.unwrap(), expected, 1e-6, &format!("{name} {history:b}"));
        }
    }
}

#[test]
fn given_totals_lead_to_the_same_interval() {
    for name in data_sets() {
        let Some(reference) = json(&format!("bca_stepwise_{name}.json")) else {
            continue;
        };
        let lists = lists(&name).unwrap();
        let numbers = |key: &str| -> Vec<f64> {
            reference[key].as_array().unwrap().iter().map(number).collect()
        };
        // The acceleration belongs to the anchor's own leave-one-out totals.
        let table = text(&format!("data/{name}.csv")).unwrap();
        let weights = table.lines().skip(1).map(|row| row.rsplit(',').next().unwrap());
        let jackknife: Vec<(u64, f64)> =
            weights.map(|w| w.parse().unwrap()).zip(numbers("jackknife_estimates")).collect();
        let total = stepwise(&lists, 0.02).total().unwrap();
        near(total, number(&reference["popest"]), 1e-6, &name);
        let totals = numbers("bootreps");
        let estimate = number(&reference["popest"]);
        let bca = Bca::new(estimate, &totals, &jackknife).unwrap();
        let (shift, acceleration) = (number(&reference["z0"]), number(&reference["ahat"]));
        near(bca.acceleration(), acceleration, 1e-8, &name);
        // Samples equal to the estimate but for rounding: some of them fell
        // below it in the anchor (Western 1, Korea 5 of 7), none do here.
        let tied = totals.iter().filter(|x| (*x / estimate - 1.0).abs() < 1e-9);
        let apart = (bca.bias_correction() - shift).abs();
        let one_sample =
            1.1e-3 / (-0.5 * shift * shift).exp() * (2.0 * std::f64::consts::PI).sqrt();
        let tied = tied.count();
        assert!(apart <= one_sample * tied as f64 + 1e-8, "{name}: {apart}, {tied} ties");
        let given = Bca::with_corrections(&totals, shift, acceleration);
        for (probability, limit) in reference["BCa"].as_object().unwrap() {
            let p: f64 = probability.parse().unwrap();
            near(given.limit(p), number(limit), 1e-8, &format!("{name} {p}"));
            if name == "Korea" {
                near(bca.limit(p), number(limit), 1.2e-2, &format!("{name} {p}"));
            }
        }
    }
}

#[test]
fn our_own_samples_give_an_interval_near_that_of_the_anchor() {
    for name in ["Western", "NewOrl_5"] {
        let Some(reference) = json(&format!("bca_stepwise_{name}.json")) else {
            return;
        };
        let lists = lists(name).unwrap();
        let found = bca_interval(&lists, &STEPWISE, 0.8, 1000, 9, &()).unwrap();
        // Lower limits are the very smallest of the samples here: noise.
        for (p, key) in [(0.5, "0.5"), (0.84, "0.84"), (0.9, "0.9")] {
            near(found.bca.limit(p), number(&reference["BCa"][key]), 0.1, name);
        }
    }
}

#[test]
fn the_number_of_threads_does_not_change_the_samples() {
    let lists =
        Lists::new(["a", "b", "c"], [(1, 30), (2, 40), (4, 20), (3, 5), (5, 7), (6, 4)]).unwrap();
    let run = |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap()
            .install(|| bca_interval(&lists, &STEPWISE, 0.95, 300, 17, &()).unwrap())
    };
    assert_eq!(run(1), run(3));
}
