//! Speed of the disclosure methods on seeded, invented records, and on the
//! CTDC-like table where the reference data are present (`PALERMO_REFERENCE`;
//! unpack it beside itself, or point `PALERMO_CTDC` to the unpacked file).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use divan::{Bencher, black_box};
use palermo_stats::disclosure::dp::{
    Ledger, MarginalSettings, NoiseSource, Promise, Spent, Variance, noisy_marginals,
    synthesise_from,
};
use palermo_stats::disclosure::{
    Attributes, Fit, Method, Policy, RawCombinations, RawTable, Records, Seeding, Threshold,
    anonymity, invented_records, special_uniques, suppress_locally, synthesise,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn main() {
    divan::main();
}

const KEYS: [&str; 6] = [
    "gender",
    "ageBroad",
    "citizenship",
    "countryOfExploitation",
    "yearOfRegistration",
    "typeOfLabour",
];

fn keys(rows: usize) -> Records {
    invented_records(rows, 7, 5).select(&KEYS).unwrap()
}

fn people(rows: usize) -> Attributes {
    Attributes::of::<&str>(&invented_records(rows, 30, 11), &[]).unwrap()
}

/// The CTDC-like table as attributes; the yes/no columns say yes by `1`.
fn ctdc() -> Option<Records> {
    let path = std::env::var("PALERMO_CTDC").ok()?;
    Records::from_csv(std::fs::File::open(path).ok()?).ok()
}

fn ten() -> Threshold {
    Threshold::new(10).unwrap()
}

#[divan::bench(args = [2_000, 10_000, 50_000], sample_count = 5)]
fn fk_counts(bencher: Bencher<'_, '_>, rows: usize) {
    let keys = keys(rows);
    bencher.bench(|| anonymity(black_box(&keys)));
}

#[divan::bench(args = [(2_000, 3), (2_000, 10), (10_000, 3), (50_000, 3)], sample_count = 3)]
fn local_suppression(bencher: Bencher<'_, '_>, (rows, k): (usize, u32)) {
    let keys = keys(rows);
    bencher.bench(|| suppress_locally(black_box(&keys), k).unwrap());
}

#[divan::bench(args = [2_000, 10_000], sample_count = 5)]
fn special_unique_scores(bencher: Bencher<'_, '_>, rows: usize) {
    let keys = keys(rows);
    bencher.bench(|| special_uniques(black_box(&keys), 6).unwrap());
}

#[divan::bench(args = [(50_000, 2), (50_000, 3), (50_000, 4), (200_000, 2), (200_000, 3), (1_000_000, 2)], sample_count = 3)]
fn aggregate_all(bencher: Bencher<'_, '_>, (rows, length): (usize, usize)) {
    let people = people(rows);
    bencher.bench(|| RawCombinations::count(black_box(&people), length).unwrap());
}

#[divan::bench(args = [(50_000, 3), (200_000, 3)], sample_count = 3)]
fn aggregate_protected(bencher: Bencher<'_, '_>, (rows, length): (usize, usize)) {
    let people = people(rows);
    bencher.bench(|| {
        RawCombinations::count_frequent(black_box(&people), length, 10)
            .unwrap()
            .protect(ten())
            .attack(&[])
            .unwrap()
    });
}

fn make(people: &Attributes, seeding: Seeding, fit: Fit) -> usize {
    synthesise(people, ten(), seeding, fit, 1, &mut |_| ()).unwrap().attributes().len()
}

#[divan::bench(args = [Fit::Singles, Fit::Pairs], sample_count = 3)]
fn synthesis_row_seeded_50k(bencher: Bencher<'_, '_>, fit: Fit) {
    let people = people(50_000);
    bencher.bench(|| make(black_box(&people), Seeding::Rows, fit));
}

#[divan::bench(sample_count = 3)]
fn synthesis_unseeded_50k(bencher: Bencher<'_, '_>) {
    let people = people(50_000);
    bencher.bench(|| make(black_box(&people), Seeding::Unseeded, Fit::Singles));
}

#[divan::bench(sample_count = 3)]
fn synthesis_value_seeded_50k(bencher: Bencher<'_, '_>) {
    let people = people(50_000);
    bencher.bench(|| make(black_box(&people), Seeding::Values { oversampling: 0.1 }, Fit::Singles));
}

fn spent(n: f64) -> Spent {
    let promise = Promise::new(1.0, 1.0 / (n * n.ln())).unwrap();
    let mut ledger = Ledger::new(promise);
    let rho = ledger.budget_rho();
    ledger.spend("benchmark", rho, promise.delta / 2.0).unwrap()
}

#[divan::bench(sample_count = 3)]
fn dp_aggregate_length_3_50k(bencher: Bencher<'_, '_>) {
    let people = people(50_000);
    bencher.bench(|| {
        let mut noise = NoiseSource::operating_system();
        noisy_marginals(&people, &MarginalSettings::aggregates(3), spent(50_000.0), &mut noise)
            .unwrap()
    });
}

#[divan::bench(sample_count = 3)]
fn dp_synthesis_50k(bencher: Bencher<'_, '_>) {
    let people = people(50_000);
    bencher.bench(|| {
        let mut noise = NoiseSource::operating_system();
        let noisy =
            noisy_marginals(&people, &MarginalSettings::synthesis(), spent(50_000.0), &mut noise)
                .unwrap();
        synthesise_from(&noisy, 32, 1, &mut |_| ()).unwrap()
    });
}

#[divan::bench(args = [1.0, 100.0, 10_000.0])]
fn discrete_gaussian(bencher: Bencher<'_, '_>, variance: f64) {
    let variance = Variance::at_least(variance).unwrap();
    let mut noise = NoiseSource::operating_system();
    bencher.bench_local(move || noise.gaussian(black_box(variance)).unwrap());
}

/// A random table of which about one cell in six is below 5.
fn table(size: usize) -> RawTable {
    let mut rng = ChaCha8Rng::seed_from_u64(77);
    let mut rows: Vec<Vec<u64>> = (0..size)
        .map(|_| {
            (0..size)
                .map(|_| {
                    if rng.random_range(0..6_u32) == 0 {
                        rng.random_range(1..5)
                    } else {
                        rng.random_range(5..90)
                    }
                })
                .collect()
        })
        .collect();
    for row in &mut rows {
        let sum = row.iter().sum();
        row.push(sum);
    }
    rows.push((0..=size).map(|c| rows.iter().map(|row| row[c]).sum()).collect());
    RawTable::two_way(&rows).unwrap()
}

#[divan::bench(args = [8, 12, 16], sample_count = 3)]
fn suppression_exact(bencher: Bencher<'_, '_>, size: usize) {
    let table = table(size);
    let policy = Policy::suppress(Threshold::TABLE);
    bencher.bench(|| table.protect(black_box(&policy)).unwrap().attack(&[]).unwrap());
}

#[divan::bench(args = [8, 30, 60], sample_count = 3)]
fn suppression_heuristic(bencher: Bencher<'_, '_>, size: usize) {
    let table = table(size);
    let policy = Policy { method: Method::SuppressQuickly, ..Policy::suppress(Threshold::TABLE) };
    bencher.bench(|| table.protect(black_box(&policy)).unwrap().attack(&[]).unwrap());
}

#[divan::bench(sample_count = 3)]
fn ctdc_like_aggregate_length_3(bencher: Bencher<'_, '_>) {
    let Some(records) = ctdc() else { return };
    let people = Attributes::of::<&str>(&records, &[]).unwrap();
    bencher.bench(|| RawCombinations::count(black_box(&people), 3).unwrap());
}

#[divan::bench(sample_count = 3)]
fn ctdc_like_fk(bencher: Bencher<'_, '_>) {
    let Some(records) = ctdc() else { return };
    bencher.bench(|| anonymity(black_box(&records)));
}

#[divan::bench(sample_count = 3)]
fn ctdc_like_row_seeded(bencher: Bencher<'_, '_>) {
    let Some(records) = ctdc() else { return };
    let people = Attributes::of::<&str>(&records, &[]).unwrap();
    bencher.bench(|| make(black_box(&people), Seeding::Rows, Fit::Singles));
}

#[divan::bench(sample_count = 3)]
fn ctdc_like_dp_synthesis(bencher: Bencher<'_, '_>) {
    let Some(records) = ctdc() else { return };
    let people = Attributes::of::<&str>(&records, &[]).unwrap();
    bencher.bench(|| {
        let mut noise = NoiseSource::operating_system();
        let noisy =
            noisy_marginals(&people, &MarginalSettings::synthesis(), spent(91_043.0), &mut noise)
                .unwrap();
        synthesise_from(&noisy, 32, 1, &mut |_| ()).unwrap()
    });
}
