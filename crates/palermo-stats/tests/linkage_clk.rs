//! Codes and their comparison against clkhash 0.18.3 and anonlink 0.15.3.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::linkage_reference as reference;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use palermo_stats::linkage::LinkError;
use palermo_stats::linkage::assign::greedy;
use palermo_stats::linkage::clk::{Encoder, Filters};
use palermo_stats::linkage::dice::similar_pairs;
use palermo_stats::linkage::popcount::Kernel;
use palermo_stats::linkage::schema::Schema;
use proptest::prelude::*;

fn encoder() -> Option<Encoder> {
    let schema = Schema::from_json(&reference::text("clk_schema.json")?).unwrap();
    let keys = reference::json("clk_keys.json")?;
    Some(Encoder::new(schema, keys["secret"].as_str().unwrap().as_bytes()).unwrap())
}

fn lists() -> Option<(Filters, Filters)> {
    let encoder = encoder()?;
    let encode = |name| Some(encoder.encode(&reference::rows(name)?).unwrap());
    Some((encode("p1k_A.csv")?, encode("p1k_B.csv")?))
}

#[test]
fn keys_are_those_of_the_anchor() {
    let (Some(encoder), Some(keys)) = (encoder(), reference::json("clk_keys.json")) else {
        return;
    };
    let expected = keys["keys_hex"].as_array().unwrap();
    assert_eq!(expected.len(), 7);
    for (feature, pair) in expected.iter().enumerate() {
        let ours = encoder.keys(feature).unwrap();
        for (key, want) in ours.iter().zip(pair.as_array().unwrap()) {
            let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hex, want.as_str().unwrap(), "column {feature}");
        }
    }
}

#[test]
fn codes_are_those_of_the_anchor_bit_for_bit() {
    let Some((a, b)) = lists() else { return };
    for (name, codes) in [("clk_reference_A.csv", &a), ("clk_reference_B.csv", &b)] {
        let expected = reference::rows(name).unwrap();
        assert_eq!(expected.len(), 200);
        for (index, row) in expected.iter().enumerate() {
            assert_eq!(STANDARD.encode(codes.bytes(index)), row[2], "{name} {}", row[0]);
            assert_eq!(codes.counts()[index].to_string(), row[1]);
        }
    }
}

#[test]
fn pairs_and_coefficients_are_those_of_the_anchor() {
    let Some((a, b)) = lists() else { return };
    let found = similar_pairs(&a, &b, 0.7).unwrap();
    let expected = reference::rows("dice_pairs_1k_ge070.csv").unwrap();
    assert_eq!(found.len(), expected.len());
    let mut ours: Vec<(usize, usize, f64)> = found.iter().map(|p| (p.a, p.b, p.score)).collect();
    let mut theirs: Vec<(usize, usize, f64)> = expected
        .iter()
        .map(|row| {
            let number = |i: usize| row[i].parse::<f64>().unwrap();
            (number(0) as usize, number(1) as usize, number(2))
        })
        .collect();
    ours.sort_by_key(|&(a, b, _)| (a, b));
    theirs.sort_by_key(|&(a, b, _)| (a, b));
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!((ours.0, ours.1), (theirs.0, theirs.1));
        reference::close(ours.2, theirs.2, 1e-9, "dice");
    }
}

#[test]
fn links_at_every_threshold_are_those_of_the_anchor() {
    let (Some((a, b)), Some(anchor)) = (lists(), reference::json("anonlink_1k.json")) else {
        return;
    };
    let entity = |name| -> Vec<String> {
        let rows = reference::rows(name).unwrap();
        rows.into_iter().map(|row| row[6].clone()).collect()
    };
    let (ours, theirs) = (entity("p1k_A.csv"), entity("p1k_B.csv"));
    for row in anchor["results"].as_array().unwrap() {
        let pairs = similar_pairs(&a, &b, row["threshold"].as_f64().unwrap()).unwrap();
        assert_eq!(pairs.len() as u64, row["candidates"].as_u64().unwrap(), "{row}");
        let links = greedy(pairs);
        assert_eq!(links.len() as u64, row["pairs"].as_u64().unwrap(), "{row}");
        let right = links.iter().filter(|link| ours[link.a] == theirs[link.b]);
        assert_eq!(right.count() as u64, row["tp"].as_u64().unwrap(), "{row}");
    }
}

/// HMAC-SHA1 and HMAC-MD5 computed apart, with Python's `hmac`.
#[test]
fn double_hash_sets_the_bits_of_an_independent_calculation() {
    let schema = |extra: &str, config: &str| {
        Schema::from_json(&format!(
            r#"{{"version": 3, "clkConfig": {{"l": 64{config}, "kdf": {{"type": "HKDF"}}}},
            "features": [{{"identifier": "name", "format": {{"type": "string"}},
            "hashing": {{"comparison": {{"type": "exact"}}, "strategy": {{"bitsPerToken": 5}},
            "hash": {{"type": "doubleHash"{extra}}}}}}}]}}"#
        ))
        .unwrap()
    };
    let code = |schema| {
        let encoder = Encoder::new(schema, b"secret").unwrap();
        encoder.encode(&[vec!["amina".into()]]).unwrap().bytes(0)
    };
    assert_eq!(code(schema("", "")), DOUBLE_PLAIN);
    assert_eq!(code(schema(r#", "prevent_singularity": true"#, "")), DOUBLE_PLAIN);
    assert_eq!(code(schema("", r#", "xor_folds": 1"#)), DOUBLE_FOLDED);
}

const DOUBLE_PLAIN: [u8; 8] = [8, 0, 32, 0, 128, 128, 2, 0];
const DOUBLE_FOLDED: [u8; 8] = [8, 0, 32, 0, 128, 128, 2, 0];

#[test]
fn every_value_that_is_not_allowed_is_told_by_record_and_column() {
    let schema = Schema::from_json(
        r#"{"version": 3, "clkConfig": {"l": 64, "kdf": {"type": "HKDF"}}, "features": [
        {"identifier": "born", "format": {"type": "date", "format": "%Y-%m-%d"},
         "hashing": {"comparison": {"type": "exact"}, "strategy": {"bitsPerToken": 5},
         "missingValue": {"sentinel": "", "replaceWith": ""}, "hash": {"type": "blakeHash"}}}]}"#,
    )
    .unwrap();
    let encoder = Encoder::new(schema, b"secret").unwrap();
    let record = |date: &str| vec![date.to_owned()];
    let refused = encoder
        .encode(&[record("1999-02-31"), record(""), record("1999-02-28"), record("x")])
        .unwrap_err();
    let LinkError::Values(told) = refused else { panic!("{refused}") };
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], "record 1, column `born`: `1999-02-31` is not a date as `%Y-%m-%d`");
    assert!(told[1].starts_with("record 4"));
}

fn codes(seed: u64, number: usize, bits: usize) -> Filters {
    let mut state = seed;
    let mut byte = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) & (state >> 41)) as u8
    };
    let codes: Vec<Vec<u8>> = (0..number)
        .map(|i| (0..bits / 8).map(|_| if i % 3 == 0 { byte() } else { byte() | byte() }).collect())
        .collect();
    Filters::from_bytes(bits, &codes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn pruning_and_vectors_find_what_comparing_everything_finds(
        seed in any::<u64>(), threshold in 0.2f64..1.0, width in 1usize..20,
    ) {
        let (a, b) = (codes(seed, 90, 64 * width), codes(!seed, 300, 64 * width));
        let found = similar_pairs(&a, &b, threshold).unwrap();
        let mut expected = 0;
        for i in 0..a.len() {
            for j in 0..b.len() {
                let shared: u32 = a.code(i).iter().zip(b.code(j)).map(|(x, y)| (x & y).count_ones()).sum();
                let score = f64::from(2 * shared) / f64::from(a.counts()[i] + b.counts()[j]);
                expected += usize::from(score >= threshold);
            }
        }
        prop_assert_eq!(found.len(), expected);
    }

    #[test]
    fn all_kernels_count_alike(seed in any::<u64>(), width in 1usize..20) {
        let (a, b) = (codes(seed, 1, 64 * width), codes(!seed, 33, 64 * width));
        let words: Vec<u64> = (0..b.len()).flat_map(|i| b.code(i).to_vec()).collect();
        let (mut wide, mut plain) = (vec![0; 33], vec![0; 33]);
        let count = |kernel: Kernel, shared: &mut [u32]| {
            kernel.shared(a.code(0), &kernel.arrange(&words, width), shared)
        };
        let most = count(Kernel::best(), &mut wide);
        prop_assert_eq!(count(Kernel::without_wide_counting(), &mut plain), most);
        prop_assert_eq!(&wide, &plain);
    }

    #[test]
    fn reading_a_schema_never_fails_otherwise_than_by_saying_so(text in "\\PC{0,200}") {
        let _ = Schema::from_json(&text);
    }
}
