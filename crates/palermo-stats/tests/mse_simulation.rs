//! Simulated posteriors against LCMCR and MultipleSystemsEstimation. Both
//! sides carry simulation error: medians must agree within four standard
//! deviations between the anchor's chains, quantiles within five.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::mse_common;

use mse_common::{json, lists, near, number};
use palermo_stats::estimate::{
    LatentDraws, LatentSettings, Lists, ThresholdSettings, bayes_threshold, latent_classes,
};
use serde_json::Value;

fn agrees(name: &str, found: &LatentDraws, expected: &Value) {
    let spreads = &expected["between_chain_sd_of_quantiles"];
    for (key, value) in expected["pooled_quantiles"].as_object().unwrap() {
        let p = key.trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
        let here = found.quantile(p);
        let times = if p == 0.5 { 4.0 } else { 5.0 };
        // Totals are whole persons.
        let allowed = (times * number(&spreads[key])).max(1.0);
        println!("{name} {key}: {here} and {value}, allowed {allowed:.1}");
        assert!((here - number(value)).abs() <= allowed, "{name} {key}: {here} and {value}");
    }
}

fn settings(expected: &Value, chains: usize) -> LatentSettings {
    let whole = |key: &str| expected[key].as_u64().unwrap() as usize;
    LatentSettings {
        classes: whole("K"),
        shape: number(&expected["a_alpha"]),
        rate: number(&expected["b_alpha"]),
        burn_in: whole("burnin"),
        draws: whole("samples"),
        thinning: whole("thinning"),
        chains,
        seed: 2026,
    }
}

#[test]
fn latent_classes_agree_with_lcmcr() {
    let Some(reference) = json("lcmcr.json") else {
        return;
    };
    for name in ["Korea", "Western", "NewOrl_5", "NewOrl"] {
        let expected = &reference[name];
        let found = latent_classes(&lists(name).unwrap(), &settings(expected, 4), &());
        agrees(name, &found, expected);
        println!("{name} {:?} {}", found.mixing, found.occupied_classes);
    }
}

#[test]
#[ignore = "long: run by cargo xtask nightly"]
fn latent_classes_agree_with_lcmcr_on_data_that_mix_slowly() {
    let Some(reference) = json("lcmcr_long.json") else {
        return;
    };
    let expected = &reference["UKdat_5"];
    let found = latent_classes(&lists("UKdat_5").unwrap(), &settings(expected, 4), &());
    agrees("UKdat_5", &found, expected);
    println!("{:?} {}", found.mixing, found.occupied_classes);
}

#[test]
fn too_short_a_simulation_of_slow_data_is_noticed() {
    let Some(uk) = lists("UKdat_5") else { return };
    let short = LatentSettings { burn_in: 1000, draws: 500, ..LatentSettings::default() };
    let found = latent_classes(&uk, &short, &());
    assert!(found.mixing.r_hat > 1.01 || found.mixing.ess_bulk < 400.0, "{:?}", found.mixing);
}

#[test]
fn thresholding_keeps_the_same_pairs_and_the_same_posterior() {
    let Some(reference) = json("bayesthresh.json") else {
        return;
    };
    for (name, expected) in reference.as_object().unwrap() {
        let lists = lists(name).unwrap();
        let found = bayes_threshold(&lists, &ThresholdSettings::default(), &()).unwrap();
        let list = |label: &str| lists.names().iter().position(|n| n == label).unwrap();
        let runs = expected["runs"].as_array().unwrap();
        let retained = match &runs[0]["retained"] {
            Value::Array(pairs) => pairs.clone(),
            one => vec![one.clone()],
        };
        let mut pairs: Vec<u32> = retained
            .iter()
            .map(|pair| {
                let (a, b) = pair.as_str().unwrap().split_once(':').unwrap();
                1 << list(a) | 1 << list(b)
            })
            .collect();
        pairs.sort_unstable();
        let mut kept: Vec<u32> =
            found.model.terms().iter().copied().filter(|t| t.count_ones() == 2).collect();
        kept.sort_unstable();
        assert_eq!(kept, pairs, "{name}: {:?}", found.statistics);
        assert!(found.mixing.r_hat < 1.01, "{name} {:?}", found.mixing);
        for key in ["2.5%", "10%", "50%", "90%", "97.5%"] {
            let p = key.trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
            let (a, b) = (number(&runs[0]["quantiles"][key]), number(&runs[1]["quantiles"][key]));
            println!("{name} {key} {} and {a}, {b}", found.quantile(p));
            near(found.quantile(p), 0.5 * (a + b), 0.04, &format!("{name} {key}"));
        }
    }
}

#[test]
fn the_number_of_threads_does_not_change_the_draws() {
    let lists =
        Lists::new(["a", "b", "c"], [(1, 30), (2, 40), (4, 20), (3, 5), (5, 7), (6, 4)]).unwrap();
    let run = |threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| {
            let short = LatentSettings { burn_in: 100, draws: 50, ..LatentSettings::default() };
            let steps = ThresholdSettings { steps: 2000, ..ThresholdSettings::default() };
            (latent_classes(&lists, &short, &()), bayes_threshold(&lists, &steps, &()))
        })
    };
    assert_eq!(run(1), run(3));
}
