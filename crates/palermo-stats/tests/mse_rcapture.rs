//! The closed-population models of Rcapture.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod mse_common;

use mse_common::{json, lists, near, number};
use palermo_stats::estimate::{Model, all_models, best_models, profile_interval};

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
