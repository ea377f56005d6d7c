//! Averaging over decomposable graphs against dga.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::mse_common;

use mse_common::{json, near, number};
use palermo_stats::estimate::{GraphSettings, Lists, Model, average_over_graphs};
use serde_json::Value;

/// `dga` orders histories as binary numbers, the first list the highest digit.
fn from_lexicographic(t: usize, counts: &[Value]) -> Lists {
    let cells = counts.iter().enumerate().map(|(i, n)| {
        let history = (0..t).map(|list| (i as u32 >> (t - 1 - list) & 1) << list).sum();
        (history, n.as_u64().unwrap())
    });
    Lists::new((1..=t).map(|i| i.to_string()), cells).unwrap()
}

/// R writes one clique of one list as a number, and a lone clique in a box.
fn set(value: &Value) -> u32 {
    match value {
        Value::Array(lists) => lists.iter().map(set).sum(),
        list => 1 << (list.as_u64().unwrap() - 1),
    }
}

#[test]
fn the_posterior_equals_that_of_dga() {
    let Some(reference) = json("dga_bma.json") else {
        return;
    };
    for (name, expected) in reference.as_object().unwrap() {
        let t = number(&expected["lists"]) as usize;
        let lists = from_lexicographic(t, expected["counts_lexicographic"].as_array().unwrap());
        let settings = GraphSettings {
            cell_prior: number(&expected["delta"]),
            least_unseen: 1,
            most_unseen: expected["Nmissing_max"].as_u64().unwrap(),
        };
        let found = average_over_graphs(&lists, &settings, &()).unwrap();
        assert_eq!(found.graphs.len() as u64, expected["n_graphs"].as_u64().unwrap());
        for (key, total) in expected["quantiles"].as_object().unwrap() {
            let p = key.trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
            assert_eq!(found.quantile(p), total.as_u64().unwrap(), "{name} {key}");
        }
        near(found.mean(), number(&expected["posterior_mean_N"]), 1e-6, name);
        assert_eq!(found.mode(), expected["mode_N"].as_u64().unwrap(), "{name}");
        // The anchor's figure is that of the last eleven totals.
        let last = settings.most_unseen;
        let end: f64 = (last - 10..=last).map(|n| found.probability_of_unseen(n)).sum();
        near(end, number(&expected["mass_at_upper_end"]), 1e-6, name);
        let probes = &expected["probe_posterior"];
        for (n, p) in
            probes["Nmissing"].as_array().unwrap().iter().zip(probes["p"].as_array().unwrap())
        {
            let here = found.probability_of_unseen(n.as_u64().unwrap());
            near(here, number(p), 1e-6, &format!("{name} {n}"));
        }
        let top = expected["top_graphs"].as_array().unwrap();
        // Graphs that nobody could see in the sum are left at nought.
        let top = top.iter().filter(|graph| number(&graph["prob"]) > 1e-12);
        for (graph, found) in top.zip(&found.graphs) {
            let sets: Vec<u32> = match &graph["cliques"] {
                Value::Array(cliques) => cliques.iter().map(set).collect(),
                boxed => vec![set(&boxed["ID"])],
            };
            let model = Model::closed(t, sets);
            assert_eq!(found.model, model, "{name}");
            near(found.probability, number(&graph["prob"]), 1e-6, &format!("{name} {model}"));
        }
    }
}

#[test]
fn the_united_kingdom_posterior_has_two_humps() {
    let Some(reference) = json("dga_bma.json") else {
        return;
    };
    let expected = &reference["UKdat_5"];
    let lists = from_lexicographic(5, expected["counts_lexicographic"].as_array().unwrap());
    let found = average_over_graphs(&lists, &GraphSettings::usual(&lists), &()).unwrap();
    let humps = found.humps(0.05);
    assert_eq!(humps.len(), 2, "{humps:?}");
    assert!(humps[0] < 14_000 && humps[1] > 18_000, "{humps:?}");
}
