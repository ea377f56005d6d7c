//! Where the reference data of multiple systems estimation are, and how to
//! compare with them. They are not part of the project: without them a test
//! says that it was not run, and passes.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use palermo_stats::estimate::Lists;
use serde_json::Value;

/// The folder of reference data, if it is there.
pub fn reference() -> Option<PathBuf> {
    let root = std::env::var_os("PALERMO_REFERENCE").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let folder = root.join("stats/mse");
    if folder.is_dir() {
        Some(folder)
    } else {
        println!("not run: no reference data in {}", folder.display());
        None
    }
}

pub fn text(name: &str) -> Option<String> {
    let path = reference()?.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(_) => {
            println!("not run: {} is not there", path.display());
            None
        }
    }
}

pub fn json(name: &str) -> Option<Value> {
    Some(serde_json::from_str(&text(name)?).unwrap())
}

/// Rows of a table as maps from heading to field.
pub fn rows(name: &str) -> Option<Vec<std::collections::HashMap<String, String>>> {
    let text = text(name)?;
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    Some(csv.deserialize().map(Result::unwrap).collect())
}

pub fn lists(name: &str) -> Option<Lists> {
    let text = text(&format!("data/{name}.csv"))?;
    Some(Lists::from_csv(text.as_bytes()).unwrap())
}

/// The history `10010` as a mask; the first digit is the first list.
pub fn history(digits: &str) -> u32 {
    digits.chars().enumerate().map(|(i, c)| u32::from(c == '1') << i).sum()
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

#[track_caller]
pub fn near(found: f64, expected: f64, relative: f64, what: &str) {
    let scale = expected.abs().max(1e-300);
    assert!((found - expected).abs() <= relative * scale, "{what}: {found} instead of {expected}");
}

/// All data sets that are there, alphabetically.
pub fn data_sets() -> Vec<String> {
    let Some(folder) = reference() else {
        return Vec::new();
    };
    let mut names: Vec<String> = std::fs::read_dir(folder.join("data"))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".csv").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}
