//! Finds the reference files; a test that has none says so and passes.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_stats::disclosure::Records;
use std::path::PathBuf;

/// The text of a reference file under `stats/disclosure`, if the data are here.
pub fn reference(name: &str) -> Option<String> {
    let root = std::env::var("PALERMO_REFERENCE").map_or_else(
        |_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = root.join("stats/disclosure").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(_) => {
            println!("not run: no reference file `{name}` (set PALERMO_REFERENCE)");
            None
        }
    }
}

/// A reference file as records.
pub fn records(name: &str) -> Option<Records> {
    Some(Records::from_csv(reference(name)?.as_bytes()).expect("the reference file is readable"))
}

/// Numbers of one column of a comma-separated reference file.
pub fn numbers(text: &str, column: usize) -> Vec<f64> {
    text.lines().skip(1).map(|line| line.split(',').nth(column).unwrap().parse().unwrap()).collect()
}

/// Small invented records from rows of text.
pub fn small(header: &[&str], rows: &[&[&str]]) -> Records {
    let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.to_vec()).collect();
    Records::from_rows(header, &rows).expect("rectangular")
}
