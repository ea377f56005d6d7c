//! The GLM core against R's `glm`, `quantile`, `qpois` and `qnbinom`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::series_reference;

use palermo_stats::glm::grouped::Grouped;
use palermo_stats::glm::laws::{CountLaw, student_two_sided};
use palermo_stats::glm::residuals::of_fit;
use palermo_stats::glm::{Design, Family, Options, fit};
use palermo_stats::quantile::{QuantileType, quantile};
use proptest::prelude::*;
use serde_json::Value;
use series_reference::{close, json, rows};

const EXACT: f64 = 1e-9;

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// `(Intercept)` first, the other columns as the design has them.
fn by_column(case: &Value, field: &str, columns: &[String]) -> Vec<f64> {
    std::iter::once("(Intercept)")
        .chain(columns.iter().map(String::as_str))
        .map(|name| case[field][name].as_f64().unwrap())
        .collect()
}

#[test]
fn fits_agree_with_r_in_every_reported_quantity() {
    let Some(cases) = json("glm/glm_cases.json") else {
        return;
    };
    let cases = cases.as_object().unwrap();
    assert!(cases.len() >= 4);
    for (name, case) in cases {
        let counts = numbers(&case["y"]);
        let mut columns: Vec<String> = case["X"].as_object().unwrap().keys().cloned().collect();
        columns.sort_by_key(|column| ["t", "s", "c"].iter().position(|known| known == column));
        let mut design = Design::intercept(counts.len());
        for column in &columns {
            design = design.with(numbers(&case["X"][column])).unwrap();
        }
        let (weights, offset) = (numbers(&case["weights"]), numbers(&case["offset"]));
        let options = Options { weights: Some(&weights), offset: Some(&offset) };
        let model = fit(&counts, &design, Family::Poisson, &options).unwrap();

        let same = |found: &[f64], expected: &[f64], what: &str| {
            assert_eq!(found.len(), expected.len());
            for (i, (f, e)) in found.iter().zip(expected).enumerate() {
                close(*f, *e, EXACT, &format!("{name}: {what} {i}"));
            }
        };
        let coefficients = by_column(case, "coef", &columns);
        same(&model.coefficients, &coefficients, "coefficient");
        let quasi = model.standard_errors(model.dispersion);
        same(&quasi, &by_column(case, "se_quasi", &columns), "quasi-Poisson standard error");
        same(
            &model.standard_errors(1.0),
            &by_column(case, "se_poisson", &columns),
            "standard error",
        );
        let t: Vec<f64> = coefficients.iter().zip(&quasi).map(|(b, se)| b / se).collect();
        same(&t, &by_column(case, "t", &columns), "t");
        let p: Vec<f64> =
            t.iter().map(|t| student_two_sided(*t, model.df_residual as f64)).collect();
        for (found, expected) in p.iter().zip(by_column(case, "p", &columns)) {
            assert!((found / expected - 1.0).abs() < 1e-6, "{name}: p {found} {expected}");
        }
        same(&model.fitted, &numbers(&case["fitted"]), "fitted mean");
        same(&model.hat, &numbers(&case["hat"]), "hat value");
        let anscombe = of_fit(&counts, &model, model.dispersion.max(1.0));
        same(&anscombe, &numbers(&case["anscombe_std"]), "Anscombe residual");
        close(model.deviance, case["deviance"].as_f64().unwrap(), EXACT, "deviance");
        close(model.dispersion, case["pearson_dispersion"].as_f64().unwrap(), EXACT, "dispersion");
        assert_eq!(model.df_residual as u64, case["df_residual"].as_u64().unwrap());
        assert_eq!(model.iterations as u64, case["iterations"].as_u64().unwrap(), "{name}");
    }
}

#[test]
fn sample_quantiles_agree_with_r() {
    let Some(table) = rows("glm/quantile_types.csv") else {
        return;
    };
    let sample = [8.0, 3.1, 13.0, 5.5, 4.7, 8.0, 10.2];
    for row in table {
        let p: f64 = row["p"].parse().unwrap();
        let of = |kind| quantile(&sample, p, kind).unwrap();
        close(of(QuantileType::R7), row["type7"].parse().unwrap(), 1e-12, "type 7");
        close(of(QuantileType::R8), row["type8"].parse().unwrap(), 1e-12, "type 8");
    }
}

#[test]
fn the_nine_types_agree_with_hyndman_and_fan_on_a_small_sample() {
    // Sample 1..4, p = 0.3, by the definitions on paper.
    let sample = [1.0, 2.0, 3.0, 4.0];
    let expected = [
        2.0,
        2.0,
        1.0,
        1.2,
        1.7,
        1.5,
        1.9,
        1.0 / 3.0 + 0.3 * (4.0 + 1.0 / 3.0),
        0.375 + 0.3 * 4.25,
    ];
    let kinds = [
        QuantileType::R1,
        QuantileType::R2,
        QuantileType::R3,
        QuantileType::R4,
        QuantileType::R5,
        QuantileType::R6,
        QuantileType::R7,
        QuantileType::R8,
        QuantileType::R9,
    ];
    for (kind, expected) in kinds.into_iter().zip(expected) {
        close(quantile(&sample, 0.3, kind).unwrap(), expected, 1e-12, &format!("{kind:?}"));
    }
    // At a step type 2 averages, type 1 does not, type 3 takes the even one.
    assert_eq!(quantile(&sample, 0.5, QuantileType::R1).unwrap(), 2.0);
    assert_eq!(quantile(&sample, 0.5, QuantileType::R2).unwrap(), 2.5);
    assert_eq!(quantile(&sample, 0.375, QuantileType::R3).unwrap(), 2.0);
}

#[test]
fn poisson_and_negative_binomial_quantiles_agree_with_r() {
    let Some(table) = rows("glm/quantiles_pois_nbinom.csv") else {
        return;
    };
    for row in table {
        let value = |column: &str| row[column].parse::<f64>().unwrap();
        let (p, mean, phi) = (value("p"), value("mu"), value("phi"));
        assert_eq!(CountLaw::Poisson { mean }.quantile(p), value("pois"), "{row:?}");
        if let Some(expected) = series_reference::number(&row["nbinom"]) {
            assert_eq!(CountLaw::with_dispersion(mean, phi).quantile(p), expected, "{row:?}");
        }
    }
}

#[test]
fn a_column_that_repeats_another_is_named() {
    let design = Design::intercept(4).with(vec![1.0, 2.0, 3.0, 4.0]).unwrap();
    let design = design.with(vec![3.0, 5.0, 7.0, 9.0]).unwrap();
    let refused = fit(&[1.0, 2.0, 3.0, 4.0], &design, Family::Poisson, &Options::default());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "column `2` of the model is a combination of the earlier ones"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn the_grouped_fit_is_the_general_fit_on_the_same_design(
        counts in prop::collection::vec(0u32..40, 24),
        weights in prop::collection::vec(0.1f64..3.0, 24),
        trend: bool,
    ) {
        let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let times: Vec<f64> = (0..24).map(f64::from).collect();
        let groups: Vec<usize> = (0..24).map(|i| i % 4).collect();
        let mut design = Design::intercept(24);
        for level in 1..4 {
            design = design.with(groups.iter().map(|g| f64::from(u8::from(*g == level))).collect()).unwrap();
        }
        if trend {
            design = design.with(times.clone()).unwrap();
        }
        let options = Options { weights: Some(&weights), offset: None };
        let general = fit(&counts, &design, Family::Poisson, &options).unwrap();
        let data = Grouped { counts: &counts, times: &times, groups: &groups, levels: 4, offset: None };
        let grouped = data.fit(Some(&weights), trend);
        prop_assert_eq!(general.iterations, grouped.iterations);
        prop_assert!((general.dispersion - grouped.dispersion).abs() < 1e-7 * general.dispersion.max(1.0));
        let mut row = vec![1.0, 0.0, 1.0, 0.0];
        if trend { row.push(30.0); }
        let one = general.predict(&row, 0.0).unwrap();
        let (eta, error) = grouped.predict(2, 30.0, 0.0).unwrap();
        prop_assert!((one.eta - eta).abs() < 1e-7 * eta.abs().max(1.0));
        prop_assert!((one.standard_error / error - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_quantile_is_the_first_count_to_reach_its_probability(
        mean in 0.01f64..400.0, phi in 1.0f64..30.0, p in 0.001f64..0.9999,
    ) {
        let law = CountLaw::with_dispersion(mean, phi);
        let q = law.quantile(p);
        prop_assert!(law.at_most(q) >= p * (1.0 - 1e-9));
        prop_assert!(q == 0.0 || law.at_most(q - 1.0) < p * (1.0 + 1e-9));
        prop_assert!((law.at_most(q) + law.at_least(q + 1.0) - 1.0).abs() < 1e-10);
    }

    #[test]
    fn counting_in_dozens_shifts_the_intercept_only(counts in prop::collection::vec(1u32..30, 12)) {
        let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
        let dozens: Vec<f64> = counts.iter().map(|y| y * 12.0).collect();
        let design = || Design::intercept(12).with((0..12).map(f64::from).collect()).unwrap();
        let one = fit(&counts, &design(), Family::Poisson, &Options::default()).unwrap();
        let many = fit(&dozens, &design(), Family::Poisson, &Options::default()).unwrap();
        prop_assert!((one.coefficients[0] + 12f64.ln() - many.coefficients[0]).abs() < 1e-5);
        prop_assert!((one.coefficients[1] - many.coefficients[1]).abs() < 1e-5);
    }
}
