//! Speed of multiple systems estimation, on one thread, so that wall time is
//! CPU time and compares with that of the anchors. Data sets are read from
//! `PALERMO_REFERENCE` when they are there, else an invented table of as many
//! lists and cases stands for them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use divan::{Bencher, black_box};
use palermo_stats::estimate::{
    GraphSettings, LatentSettings, Lists, Selection, ThresholdSettings, all_models,
    average_over_graphs, bayes_threshold, bootstrap_totals, default_top, downhill, invented_lists,
    latent_classes, profile_interval, stepwise,
};

fn main() {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .expect("nothing has used the threads yet");
    divan::main();
}

/// A data set of the literature with its numbers of lists and cases.
#[derive(Clone, Copy)]
struct Data(&'static str, usize, u64);

impl std::fmt::Display for Data {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} lists, {} cases)", self.0, self.1, self.2)
    }
}

const KOREA: Data = Data("Korea", 3, 123);
const KOSOVO: Data = Data("Kosovo", 4, 4400);
const WESTERN: Data = Data("Western", 5, 345);
const UK_5: Data = Data("UKdat_5", 5, 2744);
const NETHERLANDS_5: Data = Data("Ned_5", 5, 8234);
const UK: Data = Data("UKdat", 6, 2744);
const NEW_ORLEANS: Data = Data("NewOrl", 8, 185);

fn table(data: Data) -> Lists {
    let root = std::env::var("PALERMO_REFERENCE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let file = std::fs::File::open(format!("{root}/stats/mse/data/{}.csv", data.0));
    match file {
        Ok(file) => Lists::from_csv(file).unwrap(),
        Err(_) => invented_lists(data.1, data.2, 0.06, 21),
    }
}

const STEPWISE: Selection = Selection::Stepwise { threshold: 0.02 };

#[divan::bench(args = [WESTERN, UK_5, UK, NEW_ORLEANS])]
fn stepwise_fit(bencher: Bencher, data: Data) {
    let lists = table(data);
    bencher.bench(|| stepwise(black_box(&lists), 0.02));
}

#[divan::bench(args = [WESTERN, UK_5, UK, NEW_ORLEANS], sample_count = 10, sample_size = 1)]
fn stepwise_bootstrap_1000(bencher: Bencher, data: Data) {
    let lists = table(data);
    bencher.bench(|| bootstrap_totals(black_box(&lists), &STEPWISE, 1000, 1, &()));
}

#[divan::bench(args = [KOREA, KOSOVO, WESTERN, UK_5], sample_count = 10, sample_size = 1)]
fn all_hierarchical_models(bencher: Bencher, data: Data) {
    let lists = table(data);
    bencher.bench(|| all_models(black_box(&lists), data.1 as u32 - 1).unwrap());
}

#[divan::bench(args = [WESTERN, UK_5, UK], sample_count = 10, sample_size = 1)]
fn all_pair_models(bencher: Bencher, data: Data) {
    let lists = table(data);
    bencher.bench(|| all_models(black_box(&lists), 2).unwrap());
}

/// 113 models in every sample, as the anchor was timed.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn bic_bootstrap_1000_kosovo_all_113(bencher: Bencher) {
    let lists = table(KOSOVO);
    let scores = all_models(&lists, 3).unwrap();
    let models = scores.iter().filter(|s| s.total.is_some()).map(|s| s.model());
    let selection = Selection::LowestBic { models: models.collect() };
    bencher.bench(|| bootstrap_totals(black_box(&lists), &selection, 1000, 1, &()));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn bic_bootstrap_1000_uk_5_best_100(bencher: Bencher) {
    let lists = table(UK_5);
    let selection = Selection::among_the_best(5, all_models(&lists, 4).unwrap());
    assert_eq!(default_top(5), 100);
    bencher.bench(|| bootstrap_totals(black_box(&lists), &selection, 1000, 1, &()));
}

#[divan::bench(args = [UK_5, NEW_ORLEANS], sample_count = 20)]
fn greedy_search(bencher: Bencher, data: Data) {
    let lists = table(data);
    bencher.bench(|| downhill(black_box(&lists), 3));
}

#[divan::bench(args = [WESTERN, UK_5], sample_count = 20)]
fn profile_of_the_stepwise_model(bencher: Bencher, data: Data) {
    let lists = table(data);
    let model = stepwise(&lists, 0.02).model().clone();
    bencher.bench(|| profile_interval(black_box(&lists), &model, 0.95));
}

/// A tenth of the anchor's 1,700,000 steps of one chain.
#[divan::bench(args = [WESTERN, UK_5, NEW_ORLEANS], sample_count = 3, sample_size = 1)]
fn latent_classes_170_000_steps(bencher: Bencher, data: Data) {
    let lists = table(data);
    let settings = LatentSettings {
        burn_in: 10_000,
        draws: 800,
        thinning: 200,
        chains: 1,
        ..LatentSettings::default()
    };
    bencher.bench(|| latent_classes(black_box(&lists), &settings, &()));
}

#[divan::bench(args = [KOREA, WESTERN, UK_5, NETHERLANDS_5], sample_count = 5, sample_size = 1)]
fn graph_average(bencher: Bencher, data: Data) {
    let lists = table(data);
    let settings = GraphSettings::usual(&lists);
    bencher.bench(|| average_over_graphs(black_box(&lists), &settings, &()).unwrap());
}

/// Twice 105,000 steps of one chain.
#[divan::bench(args = [WESTERN, UK_5], sample_count = 3, sample_size = 1)]
fn bayes_threshold_one_chain(bencher: Bencher, data: Data) {
    let lists = table(data);
    let settings = ThresholdSettings { chains: 1, ..ThresholdSettings::default() };
    bencher.bench(|| bayes_threshold(black_box(&lists), &settings, &()).unwrap());
}
