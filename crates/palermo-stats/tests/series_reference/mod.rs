//! Reference files of the early-warning tests, found through
//! `PALERMO_REFERENCE`; where they are absent the test says so and passes.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::path::PathBuf;

/// The file below `stats/`, or nothing when there are no reference files.
pub fn reference(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PALERMO_REFERENCE").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let file = root.join("stats").join(path);
    if file.exists() {
        return Some(file);
    }
    println!("not run: `{path}` is not among the reference files");
    None
}

/// Rows of a CSV file as maps from column to text.
pub fn rows(path: &str) -> Option<Vec<HashMap<String, String>>> {
    let file = reference(path)?;
    let mut reader = csv::Reader::from_path(file).expect("a readable reference file");
    Some(reader.deserialize().map(|row| row.expect("a well-formed row")).collect())
}

/// A JSON reference file.
pub fn json(path: &str) -> Option<serde_json::Value> {
    let text = std::fs::read_to_string(reference(path)?).expect("a readable reference file");
    Some(serde_json::from_str(&text).expect("well-formed JSON"))
}

/// A number, or nothing for `NA` and empty cells.
pub fn number(text: &str) -> Option<f64> {
    if text.is_empty() || text == "NA" || text == "NaN" {
        None
    } else {
        Some(text.parse().expect("a number"))
    }
}

/// Asserts agreement to a relative tolerance (absolute below 1).
#[track_caller]
pub fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!(
        (found - expected).abs() <= tolerance * expected.abs().max(1.0),
        "{what}: found {found}, the reference has {expected}"
    );
}

/// One series file: epochs as text and the columns by name.
pub struct SeriesFile {
    pub epochs: Vec<String>,
    pub columns: Vec<(String, Vec<f64>)>,
}

pub fn series_file(name: &str) -> Option<SeriesFile> {
    let file = reference(&format!("surveillance/data/{name}.csv"))?;
    let mut reader = csv::Reader::from_path(file).expect("a readable series");
    let names: Vec<String> = reader.headers().expect("a header").iter().map(String::from).collect();
    let mut epochs = Vec::new();
    let mut columns: Vec<(String, Vec<f64>)> =
        names.iter().skip(2).map(|name| (name.clone(), Vec::new())).collect();
    for record in reader.records() {
        let record = record.expect("a well-formed row");
        epochs.push(record[1].to_owned());
        for (column, cell) in columns.iter_mut().zip(record.iter().skip(2)) {
            column.1.push(cell.parse().expect("a count"));
        }
    }
    Some(SeriesFile { epochs, columns })
}
