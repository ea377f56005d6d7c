//! Reference files of the linkage tests, found through `PALERMO_REFERENCE`;
//! where they are absent the test says so and passes.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

/// The text of a file below `stats/linkage/`, or nothing without reference files.
pub fn text(name: &str) -> Option<String> {
    let root = std::env::var_os("PALERMO_REFERENCE").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let file = root.join("stats/linkage").join(name);
    if !file.exists() {
        println!("not run: `linkage/{name}` is not among the reference files");
        return None;
    }
    Some(std::fs::read_to_string(file).expect("a readable reference file"))
}

/// Rows of a CSV file, without the heading.
pub fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let text = text(name)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    Some(reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect())
}

/// A JSON file.
pub fn json(name: &str) -> Option<serde_json::Value> {
    Some(serde_json::from_str(&text(name)?).expect("well-formed JSON"))
}

/// Asserts agreement to a relative tolerance.
#[track_caller]
pub fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!(
        (found - expected).abs() <= tolerance * expected.abs().max(1e-300),
        "{what}: {found} instead of {expected}"
    );
}
