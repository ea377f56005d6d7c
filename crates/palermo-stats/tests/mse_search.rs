//! Searches over models against MultipleSystemsEstimation and SparseMSE.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::mse_common;

use std::collections::HashMap;

use mse_common::{data_sets, json, lists, near, number, rows};
use palermo_stats::estimate::{
    Model, Selection, all_models, best_models, bootstrap_totals, check_pair_models, downhill,
};
use palermo_stats::quantile::{QuantileType, quantile};

#[test]
fn all_hierarchical_models_have_the_same_standing_and_numbers() {
    for name in data_sets() {
        let Some(reference) = rows(&format!("allmodels_{name}.csv")) else {
            continue;
        };
        let lists = lists(&name).unwrap();
        let scores = all_models(&lists, lists.len() as u32 - 1).unwrap();
        assert_eq!(scores.len(), reference.len(), "{name}");
        let found: HashMap<Model, _> = scores.iter().map(|s| (s.model(), s)).collect();
        let mut worst: f64 = 0.0;
        for expected in &reference {
            let what = format!("{name} {expected:?}");
            let model = Model::parse(&expected["model"], lists.len()).unwrap();
            assert_eq!(model.to_string().replace(',', "|"), expected["model"]);
            assert_eq!(model.order().to_string(), expected["order"], "{what}");
            let score = found[&model];
            let code = u8::from(!score.exists) + 2 * u8::from(!score.identifiable);
            assert_eq!(code.to_string(), expected["ierr"], "{what}");
            if code == 0 {
                let total: f64 = expected["abundance"].parse().unwrap();
                near(score.total.expect(&what), total, 1e-6, &what);
                worst = worst.max((score.total.unwrap() / total - 1.0).abs());
                near(score.bic, expected["bic"].parse().unwrap(), 1e-6, &what);
                near(score.aic, expected["aic"].parse().unwrap(), 1e-6, &what);
            } else {
                assert_eq!(score.total, None, "{what}");
            }
        }
        println!("{name}: {} models, largest relative difference {worst:e}", scores.len());
    }
}

#[test]
fn the_greedy_search_stops_where_the_anchor_stops() {
    let Some(reference) = json("downhill.json") else {
        return;
    };
    for (name, expected) in reference.as_object().unwrap() {
        let lists = lists(name).unwrap();
        let found = downhill(&lists, number(&expected["maxorder"]) as u32);
        assert_eq!(found.fit.model().to_string(), expected["optimum"].as_str().unwrap());
        near(found.fit.bic().unwrap(), number(&expected["BIC"]), 1e-6, name);
        near(found.fit.total().unwrap(), number(&expected["abundance"]), 1e-6, name);
        assert_eq!(found.considered as f64, number(&expected["n_considered"]), "{name}");
    }
}

#[test]
fn the_models_without_an_estimate_are_the_same() {
    let Some(reference) = json("checkallmodels.json") else {
        return;
    };
    for (name, expected) in reference.as_object().unwrap() {
        let lists = lists(name).unwrap();
        let check = check_pair_models(&lists);
        assert_eq!(check.overlapping_triples as f64, number(&expected["count_triples"]), "{name}");
        let said = expected["message"].to_string();
        assert_eq!(check.all_pairs_identifiable, !said.contains("not identifiable"), "{name}");
        let list = |label: &str| lists.names().iter().position(|n| n == label).unwrap();
        let mut models: Vec<String> = expected["failing_models"]
            .as_array()
            .unwrap()
            .iter()
            .map(|text| {
                let pairs = text.as_str().unwrap().split('+').map(|pair| {
                    let (a, b) = pair.split_once(':').unwrap();
                    1 << list(a) | 1 << list(b)
                });
                Model::closed(lists.len(), pairs).to_string()
            })
            .collect();
        let mut found: Vec<String> = check.without_estimate.iter().map(Model::to_string).collect();
        models.sort();
        found.sort();
        assert_eq!(found, models, "{name}");
        assert!(!check.cut_short);
    }
}

/// The anchor drew with R's generator, so its percentiles carry the error of
/// their own few samples; ours must lie within a few of their standard errors.
#[test]
fn repeating_the_choice_by_bic_widens_the_interval_as_in_the_anchor() {
    let Some(reference) = json("bic_bootstrap.json") else {
        return;
    };
    for (name, tops) in
        [("Korea", &[1usize, 2, 6][..]), ("NewOrl_5", &[1, 3, 20]), ("UKdat_5", &[1, 5, 20])]
    {
        let expected = &reference[name];
        let lists = lists(name).unwrap();
        let scores = all_models(&lists, number(&expected["maxorder"]) as u32).unwrap();
        let best = best_models(scores.clone(), 1);
        near(best[0].total.unwrap(), number(&expected["estimate"]), 1e-6, name);
        for &top in tops {
            let models = best_models(scores.clone(), top);
            let models: Vec<Model> = models.iter().map(|m| m.model()).collect();
            let inference = expected["inference"].as_array().unwrap();
            let row = inference.iter().find(|r| r["ntop"] == top).unwrap();
            let selection = Selection::LowestBic { models };
            let lists = &lists;
            let interval =
                palermo_stats::estimate::bca_interval(lists, &selection, 0.95, 2000, 5, &())
                    .unwrap();
            let totals: Vec<f64> =
                bootstrap_totals(lists, &selection, 400, 6, &()).into_iter().flatten().collect();
            let spread = quantile(&totals, 0.84, QuantileType::R8).unwrap()
                - quantile(&totals, 0.16, QuantileType::R8).unwrap();
            println!("{name} {top}: {:?} {row}", interval.interval);
            for (p, key) in [(0.1, "0.1"), (0.9, "0.9")] {
                let limit = number(&row[key]);
                let found = interval.bca.limit(p);
                assert!(
                    (found - limit).abs() < 0.3 * spread,
                    "{name} {top} {key}: {found} instead of {limit}, spread {spread}"
                );
            }
        }
    }
}
