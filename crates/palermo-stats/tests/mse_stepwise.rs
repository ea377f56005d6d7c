//! Stepwise choice against SparseMSE.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::mse_common;

use mse_common::{data_sets, json, lists, near, number, rows};
use palermo_stats::estimate::{Model, stepwise, trace_stepwise};

#[test]
fn every_threshold_chooses_the_same_model_with_the_same_numbers() {
    for name in data_sets() {
        let Some(reference) = json(&format!("stepwise_{name}.json")) else {
            continue;
        };
        let lists = lists(&name).unwrap();
        for case in reference["thresholds"].as_array().unwrap() {
            let threshold = number(&case["pthresh"]);
            let what = format!("{name} at {threshold}");
            let fit = stepwise(&lists, threshold);
            let model = Model::parse(case["model"].as_str().unwrap(), lists.len()).unwrap();
            assert_eq!(fit.model(), &model, "{what}");
            assert_eq!(fit.model().to_string(), case["model"].as_str().unwrap());
            let total = number(&case["estimate"]);
            near(fit.total().unwrap(), total, 1e-6, &what);
            near(fit.bic().unwrap(), number(&case["bic_ncases"]), 1e-6, &what);
            near(fit.aic().unwrap(), number(&case["aic_extended"]), 1e-6, &what);
            let (deviance, freedom) = fit.deviance().unwrap();
            near(deviance, number(&case["deviance"]), 1e-6, &what);
            assert_eq!(freedom as f64, number(&case["df_residual"]), "{what}");
            for (level, lower, upper) in [
                (0.95, "2.5%", "97.5%"),
                (0.9, "5%", "95%"),
                (0.8, "10%", "90%"),
                (0.68, "16%", "84%"),
            ] {
                let interval = fit.normal_interval(level).unwrap();
                let limits = &case["normal_quantiles"];
                near(interval.lower, number(&limits[lower]), 1e-6, &what);
                near(interval.upper, number(&limits[upper]), 1e-6, &what);
            }
            let intercept = number(&case["coefficients"]["(Intercept)"]);
            near(fit.coefficients()[0].1, intercept, 1e-6, &what);
            let error = number(&case["std_errors"]["(Intercept)"]);
            near(fit.log_error().unwrap(), error, 1e-6, &what);
        }
    }
}

#[test]
fn every_candidate_of_every_round_is_judged_alike() {
    for name in data_sets() {
        let Some(reference) = rows(&format!("stepwise_trace_p02_{name}.csv")) else {
            continue;
        };
        let lists = lists(&name).unwrap();
        let list = |label: &str| lists.names().iter().position(|n| n == label).unwrap();
        let (trace, _) = trace_stepwise(&lists, 0.02);
        assert_eq!(trace.len(), reference.len(), "{name}");
        for (found, expected) in trace.iter().zip(&reference) {
            let what = format!("{name} {expected:?}");
            let (a, b) = expected["pair"].split_once(':').unwrap();
            assert_eq!(found.pair, 1 << list(a) | 1 << list(b), "{what}");
            assert_eq!(found.cycle.to_string(), expected["cycle"], "{what}");
            let overlap = found.observed_overlap.to_string();
            assert_eq!(overlap, expected["observed_overlap"], "{what}");
            let mean: f64 = expected["expected_overlap"].parse().unwrap();
            near(found.expected_overlap, mean, 1e-6, &what);
            near(found.p, expected["p_raw"].parse().unwrap(), 1e-6, &what);
            let code = u8::from(!found.exists) + 2 * u8::from(!found.identifiable);
            assert_eq!(code.to_string(), expected["ierr"], "{what}");
            assert_eq!(found.chosen, expected["chosen"] == "TRUE", "{what}");
        }
    }
}
