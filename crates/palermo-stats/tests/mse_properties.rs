//! Laws that hold whatever the data are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_stats::estimate::{
    GraphSettings, Lists, LoglinearFit, Method, Model, Settings, all_models, average_over_graphs,
    best_models, estimate, invented_lists, report, stepwise,
};
use proptest::prelude::*;

fn permuted(lists: &Lists, order: &[usize]) -> Lists {
    let names = order.iter().map(|&i| lists.names()[i].clone());
    let cells = lists.cells().iter().rev().map(|&(history, n)| {
        let moved = order.iter().enumerate();
        (moved.map(|(to, &from)| (history >> from & 1) << to).sum(), n)
    });
    Lists::new(names, cells).unwrap()
}

fn close(a: Option<f64>, b: Option<f64>, relative: f64) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a / b - 1.0).abs() < relative,
        (a, b) => a.is_none() && b.is_none(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_order_of_lists_and_rows_changes_no_estimate(
        seed in 0u64..10_000,
        observed in 40u64..600,
        order in Just(vec![0usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let lists = invented_lists(4, observed, 0.15, seed);
        let other = permuted(&lists, &order);
        let (a, b) = (stepwise(&lists, 0.02), stepwise(&other, 0.02));
        prop_assert!(close(a.total(), b.total(), 1e-8));
        prop_assert_eq!(a.exists(), b.exists());
        let best = |lists: &Lists| best_models(all_models(lists, 3).unwrap(), 1)[0].clone();
        prop_assert!((best(&lists).bic - best(&other).bic).abs() < 1e-7);
        let few = GraphSettings { most_unseen: 500, ..GraphSettings::usual(&lists) };
        let mean = |lists: &Lists| average_over_graphs(lists, &few, &()).unwrap().mean();
        prop_assert!((mean(&lists) / mean(&other) - 1.0).abs() < 1e-9);
        for method in [Method::Chao, Method::Mt, Method::ChaoMoment] {
            let total = |lists: &Lists| {
                estimate(lists, method, &Settings::default(), &()).unwrap().estimate
            };
            prop_assert!(close(total(&lists), total(&other), 1e-6), "{}", method);
        }
    }

    #[test]
    fn many_times_the_persons_are_many_times_the_estimate(
        seed in 0u64..10_000,
        observed in 40u64..600,
        times in 2u64..50,
    ) {
        let lists = invented_lists(4, observed, 0.2, seed);
        let more: Vec<u64> = lists.cells().iter().map(|c| c.1 * times).collect();
        let more = lists.with_counts(&more).unwrap();
        for model in ["[1,2,3,4]", "[12,3,4]", "[12,23,4]", "[123,34]"] {
            let model = Model::parse(model, 4).unwrap();
            let (a, b) = (LoglinearFit::new(&lists, &model), LoglinearFit::new(&more, &model));
            prop_assert_eq!(a.exists(), b.exists());
            prop_assert_eq!(a.identifiable(), b.identifiable());
            if let (Some(one), Some(many)) = (a.total(), b.total()) {
                prop_assert!((many / (times as f64 * one) - 1.0).abs() < 1e-7, "{} {}", one, many);
                // More persons of the same kind make the error smaller.
                let shrunk = a.log_error().unwrap() / (times as f64).sqrt();
                prop_assert!((b.log_error().unwrap() / shrunk - 1.0).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn intervals_contain_the_estimate_and_never_fall_below_the_observed(
        seed in 0u64..10_000,
        observed in 30u64..400,
        lists in 2usize..6,
    ) {
        let lists = invented_lists(lists, observed, 0.2, seed);
        for method in Method::ALL {
            let slow = matches!(method, Method::LatentClass | Method::BayesThreshold);
            let pair = matches!(method, Method::LincolnPetersen | Method::Chapman);
            if slow || (pair && lists.len() != 2) {
                continue;
            }
            let found = estimate(&lists, method, &Settings::default(), &()).unwrap();
            prop_assert_eq!(found.estimate.is_some(), found.exists && found.identifiable);
            if let (Some(total), Some(interval)) = (found.estimate, &found.interval) {
                prop_assert!(interval.lower <= total && total <= interval.upper, "{:?}", found);
                prop_assert!(interval.lower >= observed as f64, "{:?}", found);
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_fail_other_than_by_a_message(text in "\\PC{0,200}") {
        if let Err(refused) = Lists::from_csv(text.as_bytes()) {
            prop_assert!(!refused.to_string().is_empty());
        }
    }

    #[test]
    fn no_table_makes_the_reader_fail_other_than_by_a_message(
        rows in prop::collection::vec(prop::collection::vec("[01x]|-1|99999999999999999999|", 0..5), 0..8),
    ) {
        let body: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let text = format!("a,b,c,count\n{}", body.join("\n"));
        if let Ok(lists) = Lists::from_csv(text.as_bytes()) {
            prop_assert!(lists.observed() > 0);
            let found = estimate(&lists, Method::Loglinear, &Settings::default(), &()).unwrap();
            prop_assert!(found.estimate.is_none_or(|total| total >= lists.observed() as f64));
        }
    }
}

#[test]
fn a_report_never_shows_one_number_alone() {
    for lists in [2, 3] {
        let lists = invented_lists(lists, 200, 0.2, 3);
        let settings = Settings { bootstrap: 200, ..Settings::default() };
        let found = report(&lists, &settings, &()).unwrap();
        assert!(found.methods.len() >= 3);
        assert!(found.methods.iter().all(|m| !m.assumptions.is_empty()));
        let critics = ["Whitehead", "Binette"];
        assert!(critics.iter().all(|name| found.citations.iter().any(|c| c.contains(name))));
    }
}

#[test]
fn the_same_seed_gives_the_same_report_for_any_number_of_threads() {
    let lists = invented_lists(3, 300, 0.2, 5);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let settings = Settings { bootstrap: 100, seed: 99, ..Settings::default() };
        pool.install(|| report(&lists, &settings, &()).unwrap())
    };
    assert_eq!(run(1), run(4));
}
