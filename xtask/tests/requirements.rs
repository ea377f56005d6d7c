//! `docs/requirements.csv` stays true: all 243 requirements, a known status,
//! and every test and file it names exists.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod tree;

use std::collections::BTreeSet;
use tree::{files, read, root, rust_files};

struct Row {
    requirement: String,
    status: String,
    places: Vec<String>,
    tests: Vec<String>,
    note: String,
}

fn rows() -> Vec<Row> {
    let text = read("docs/requirements.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<_> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header, ["requirement", "status", "where", "test", "note"]);
    let list = |cell: &str| {
        cell.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            Row {
                requirement: record[0].to_owned(),
                status: record[1].to_owned(),
                places: list(&record[2]),
                tests: list(&record[3]),
                note: record[4].to_owned(),
            }
        })
        .collect()
}

#[test]
fn all_243_requirements_are_listed_once_and_in_order() {
    let listed: Vec<_> = rows().into_iter().map(|row| row.requirement).collect();
    let expected: Vec<_> = (1..=243).map(|n| format!("R{n:03}")).collect();
    assert_eq!(listed, expected);
}

#[test]
fn a_status_is_done_partly_or_no_and_done_names_a_test() {
    for row in rows() {
        match row.status.as_str() {
            "done" => {
                assert!(!row.tests.is_empty(), "{} is done but names no test", row.requirement)
            }
            "partly" => assert!(
                !row.note.is_empty(),
                "{} is partly done but does not say what is missing",
                row.requirement
            ),
            "no" => {}
            other => panic!("{}: `{other}` is not a status", row.requirement),
        }
    }
}

#[test]
fn every_test_named_exists() {
    let mut functions = BTreeSet::new();
    for (path, text) in rust_files() {
        for line in text.lines().map(str::trim_start) {
            let line = line.strip_prefix("async ").unwrap_or(line);
            if let Some(rest) = line.strip_prefix("fn ") {
                let name: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                functions.insert((path.clone(), name));
            }
        }
    }
    let scripts: BTreeSet<_> =
        files(&["tests"], &["mjs"]).into_iter().map(|(path, _)| path).collect();
    for row in rows() {
        for test in &row.tests {
            let exists = match test.rsplit_once("::") {
                Some((file, name)) => functions.contains(&(file.to_owned(), name.to_owned())),
                None => scripts.contains(test),
            };
            assert!(
                exists,
                "{} names the test `{test}`, which does not exist (write `path/to/file.rs::function`)",
                row.requirement
            );
        }
    }
}

#[test]
fn every_place_named_exists() {
    for row in rows() {
        for place in &row.places {
            assert!(
                root().join(place).exists(),
                "{} names `{place}`, which does not exist",
                row.requirement
            );
        }
    }
}
