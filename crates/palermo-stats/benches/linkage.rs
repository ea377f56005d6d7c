//! Speed of linkage on invented lists. Read `items/s` as records encoded, pairs
//! of codes compared (pruned ones too), records linked, or persons hidden.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use palermo_stats::linkage::blocking::Blocking;
use palermo_stats::linkage::clk::{Encoder, Filters};
use palermo_stats::linkage::dice::similar_pairs;
use palermo_stats::linkage::fellegi_sunter::{link, train};
use palermo_stats::linkage::intersection::{Agreement, Party};
use palermo_stats::linkage::invented_lists;
use palermo_stats::linkage::lists::{Field, Lists};
use palermo_stats::linkage::popcount::Kernel;
use palermo_stats::linkage::schema::Schema;

fn main() {
    divan::main();
}

fn encoder() -> Encoder {
    let feature = |name: &str, comparison: &str, bits: u32| {
        format!(
            r#"{{"identifier": "{name}", "format": {{"type": "string", "encoding": "utf-8"}},
            "hashing": {{"comparison": {{{comparison}}}, "strategy": {{"bitsPerFeature": {bits}}},
            "hash": {{"type": "blakeHash"}}}}}}"#
        )
    };
    let features = [
        feature("given", r#""type": "ngram", "n": 2"#, 200),
        feature("surname", r#""type": "ngram", "n": 2"#, 200),
        feature("dob", r#""type": "ngram", "n": 2, "positional": true"#, 200),
        feature("sex", r#""type": "exact""#, 40),
        feature("nationality", r#""type": "exact""#, 60),
    ];
    let schema = format!(
        r#"{{"version": 3, "clkConfig": {{"l": 1024, "kdf": {{"type": "HKDF"}}}}, "features": [{}]}}"#,
        features.join(",")
    );
    Encoder::new(Schema::from_json(&schema).unwrap(), b"a secret for measuring alone").unwrap()
}

fn values(size: usize, seed: u64) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let (a, b) = invented_lists(size, seed);
    let rows = |list: Vec<_>| {
        list.into_iter().map(|p: palermo_stats::linkage::InventedPerson| p.values).collect()
    };
    (rows(a), rows(b))
}

fn codes(size: usize) -> (Filters, Filters) {
    let (a, b) = values(size, 2);
    let encoder = encoder();
    (encoder.encode(&a).unwrap(), encoder.encode(&b).unwrap())
}

#[divan::bench(args = [10_000, 100_000], sample_count = 3)]
fn encode(bencher: Bencher<'_, '_>, size: usize) {
    let (a, _) = values(size, 1);
    let encoder = encoder();
    bencher.counter(ItemsCount::new(size)).bench(|| encoder.encode(black_box(&a)).unwrap());
}

#[divan::bench(args = [false, true])]
fn kernel(bencher: Bencher<'_, '_>, wide: bool) {
    let (a, b) = codes(256);
    let words: Vec<u64> = (0..b.len()).flat_map(|i| b.code(i).to_vec()).collect();
    let kernel = if wide { Kernel::best() } else { Kernel::without_wide_counting() };
    let words = kernel.arrange(&words, 16);
    let mut shared = vec![0; b.len()];
    bencher.counter(ItemsCount::new(a.len() * b.len())).bench_local(|| {
        (0..a.len()).map(|i| kernel.shared(black_box(a.code(i)), &words, &mut shared)).sum::<u32>()
    });
}

#[divan::bench(args = [(1_000, 0.7), (10_000, 0.7), (10_000, 0.85), (100_000, 0.85)], sample_count = 3)]
fn dice(bencher: Bencher<'_, '_>, (size, threshold): (usize, f64)) {
    let (a, b) = codes(size);
    bencher
        .counter(ItemsCount::new(size * size))
        .bench(|| similar_pairs(black_box(&a), &b, threshold).unwrap());
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 2)]
fn fellegi_sunter(bencher: Bencher<'_, '_>, size: usize) {
    let (a, b) = values(size, 3);
    let fields = || {
        vec![
            Field::name("given"),
            Field::name("surname"),
            Field::date("dob"),
            Field::exact("sex"),
            Field::exact("nationality"),
        ]
    };
    bencher.counter(ItemsCount::new(size)).bench(|| {
        let lists = Lists::new(fields(), &a, &b).unwrap();
        let blocking = Blocking::automatic(&lists);
        let model = train(&lists, &blocking, 1).unwrap();
        link(&lists, &blocking, &model, 0.5).unwrap()
    });
}

#[divan::bench(args = ["start", "pass"], sample_count = 3)]
fn intersection(bencher: Bencher<'_, '_>, step: &str) {
    let agreement =
        Agreement { session: "speed".into(), parties: vec!["a".into(), "b".into()], minimum: 1 };
    let mut random = rand::rng();
    let a = Party::new(&agreement, "a", &mut random).unwrap();
    let b = Party::new(&agreement, "b", &mut random).unwrap();
    let persons: Vec<String> = (0..5_000).map(|i| format!("person {i}")).collect();
    let message = a.start(&persons, &mut random).unwrap();
    bencher.counter(ItemsCount::new(persons.len())).bench_local(|| {
        if step == "start" {
            a.start(&persons, &mut random).unwrap()
        } else {
            b.pass(&message, &mut random).unwrap()
        }
    });
}
