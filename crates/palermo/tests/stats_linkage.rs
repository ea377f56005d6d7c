//! The linkage commands as a person at a terminal meets them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn palermo(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palermo"));
    command.arg("stats").args(args);
    command
}

fn json(done: &Output) -> Value {
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// A fresh folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &std::path::Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn reference(name: &str) -> Option<String> {
    let root = std::env::var_os("PALERMO_REFERENCE").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let file = root.join("stats/linkage").join(name);
    if !file.exists() {
        println!("not run: `linkage/{name}` is not among the reference files");
        return None;
    }
    Some(file.to_str().unwrap().to_owned())
}

#[test]
fn codes_link_as_many_records_as_the_anchor() {
    let files = ["p1k_A.csv", "p1k_B.csv", "clk_schema.json"].map(reference);
    let [Some(a), Some(b), Some(schema)] = files else {
        return;
    };
    let secret = write(&folder("link_clk"), "secret", "palermo-reference-secret\n");
    let args = [
        "link",
        &a,
        &b,
        "--method",
        "clk",
        "--schema",
        &schema,
        "--secret-file",
        &secret,
        "--threshold",
        "0.8",
        "--json",
    ];
    let answer = json(&palermo(&args).output().unwrap());
    assert_eq!(answer["pairs"].as_array().unwrap().len(), 484);
    assert_eq!(answer["method"], "clk");
    let all = json(&palermo(&args).arg("--candidates").output().unwrap());
    assert_eq!(all["pairs"].as_array().unwrap().len(), 494);
}

#[test]
fn evidence_links_as_many_records_as_splink() {
    let [Some(a), Some(b)] = ["p1k_A.csv", "p1k_B.csv"].map(reference) else {
        return;
    };
    let args = [
        "link",
        &a,
        &b,
        "--method",
        "fellegi-sunter",
        "--no-term-frequency",
        "--id",
        "rec_id",
        "--json",
    ];
    let answer = json(&palermo(&args).output().unwrap());
    let columns: Vec<&str> = (answer["parameters"]["fields"].as_array().unwrap().iter())
        .map(|field| field["column"].as_str().unwrap())
        .collect();
    assert_eq!(columns, ["given", "surname", "dob", "sex", "nationality"]);
    assert_eq!(answer["pairs"].as_array().unwrap().len(), 481);
    assert!(answer["pairs"][0]["id_a"].as_str().unwrap().starts_with('a'));
}

#[test]
fn a_schema_is_needed_for_codes() {
    let folder = folder("link_usage");
    let list = write(&folder, "list.csv", "name\nAmina\n");
    let done = palermo(&["link", &list, &list, "--method", "clk"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    let missing =
        palermo(&["link", &list, "absent.csv", "--method", "fellegi-sunter"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn two_processes_learn_the_overlap_and_nothing_else_is_written() {
    let folder = folder("overlap");
    let list = |name: &str, numbers: std::ops::Range<u32>| {
        let rows: String =
            numbers.map(|i| format!("Person {i},1990-01-{:02}\n", i % 28 + 1)).collect();
        write(&folder, name, &format!("name,born\n{rows}"))
    };
    let (police, shelter) = (list("police.csv", 0..40), list("shelter.csv", 25..60));
    let exchange = folder.join("exchange");
    std::fs::create_dir_all(&exchange).unwrap();
    let exchange = exchange.to_str().unwrap();
    let run = |list: &str, party: &str| {
        let args = [
            "overlap",
            list,
            "--party",
            party,
            "--parties",
            "police,shelter",
            "--session",
            "test",
            "--columns",
            "name,born",
            "--exchange",
            exchange,
            "--wait",
            "120",
            "--json",
        ];
        palermo(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let (one, two) = (run(&police, "police"), run(&shelter, "shelter"));
    let answers = [one, two].map(|child| json(&child.wait_with_output().unwrap()));
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0]["observed"], 60);
    let both = (answers[0]["histories"].as_array().unwrap().iter())
        .find(|row| row["lists"] == serde_json::json!([1, 1]))
        .unwrap();
    assert_eq!(both["count"], 15);
    for file in std::fs::read_dir(exchange).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.to_lowercase().contains("person"));
    }
    // The folder is used up: the points of two runs must not meet.
    let again = run(&police, "police").wait_with_output().unwrap();
    assert_eq!(again.status.code(), Some(1));
}
