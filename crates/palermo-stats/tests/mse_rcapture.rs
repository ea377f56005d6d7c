//! The closed-population models of Rcapture.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::mse_common;

use mse_common::{json, lists, near, number};
use palermo_stats::estimate::{
    ClosedModel, Model, all_models, best_models, fit_closed, profile_interval,
};

#[test]
fn profile_intervals_of_the_best_pair_model_are_those_of_rcapture() {
    let Some(reference) = json("rcapture.json") else {
        return;
    };
    for (name, expected) in reference.as_object().unwrap() {
        let lists = lists(name).unwrap();
        let profile = &expected["profile_CI_of_best"];
        let best = expected["MS_top20_by_BIC"][0]["model"].as_str().unwrap();
        let model = Model::parse(best, lists.len()).unwrap();
        let found = profile_interval(&lists, &model, 0.95).unwrap();
        println!("{name} {found:?} {profile}");
        near(found.total, number(&profile["abundance"]), 1e-6, name);
        near(found.interval.lower, number(&profile["infCL"]), 1e-6, name);
        near(found.interval.upper, number(&profile["supCL"]), 1e-6, name);
    }
}

#[test]
fn models_of_differing_lists_and_persons_have_the_same_numbers() {
    let Some(reference) = json("rcapture.json") else {
        return;
    };
    for (name, expected) in reference.as_object().unwrap() {
        let lists = lists(name).unwrap();
        for expected in expected["closedp_t"].as_array().unwrap() {
            let label = expected["model"].as_str().unwrap();
            // Mb and Mbh need an order of the lists, which these do not have.
            let Some(&model) = ClosedModel::ALL.iter().find(|m| m.name() == label) else {
                assert!(label.starts_with("Mb"), "{label}");
                continue;
            };
            let what = format!("{name} {label}");
            let found = fit_closed(&lists, model).expect(&what);
            near(found.total(), number(&expected["abundance"]), 1e-6, &what);
            near(found.standard_error(), number(&expected["stderr"]), 1e-6, &what);
            near(found.deviance, number(&expected["deviance"]), 1e-6, &what);
            assert_eq!(found.degrees_of_freedom as f64, number(&expected["df"]), "{what}");
            near(found.aic, number(&expected["AIC"]), 1e-6, &what);
            near(found.bic, number(&expected["BIC"]), 1e-6, &what);
        }
    }
}

/// Rcapture fits pairs without overlap as ordinary parameters, far out but
/// finite, so only models without such pairs compare.
#[test]
fn the_best_pair_models_have_the_same_numbers() {
    let Some(reference) = json("rcapture.json") else {
        return;
    };
    let mut compared = 0;
    for (name, expected) in reference.as_object().unwrap() {
        let lists = lists(name).unwrap();
        let empty = lists.pairs_without_overlap();
        let scores = best_models(all_models(&lists, 2).unwrap(), usize::MAX);
        for row in expected["MS_top20_by_BIC"].as_array().unwrap() {
            let model = Model::parse(row["model"].as_str().unwrap(), lists.len()).unwrap();
            let hollow = empty.iter().any(|(a, b)| model.contains(1 << (a - 1) | 1 << (b - 1)));
            let score = scores.iter().find(|s| s.model() == model);
            if hollow || number(&row["infoFit"]) != 0.0 || score.is_none() {
                continue;
            }
            let what = format!("{name} {model}");
            near(score.unwrap().total.unwrap(), number(&row["abundance"]), 1e-6, &what);
            near(score.unwrap().bic, number(&row["BIC"]), 1e-6, &what);
            compared += 1;
        }
    }
    assert!(compared >= 30, "{compared}");
}
