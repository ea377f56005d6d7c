//! The disclosure commands as a person at a terminal meets them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

fn palermo(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_palermo")).arg("stats").args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A file in a folder of this test's own.
fn file(test: &str, name: &str, content: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn cases(test: &str) -> String {
    let mut out = "region,form,age\n".to_owned();
    for i in 0..60 {
        let form = if i % 3 == 0 { "labour" } else { "sexual" };
        out.push_str(&format!(
            "{},{form},{}\n",
            if i % 4 == 0 { "north" } else { "south" },
            20 + i % 2
        ));
    }
    out.push_str("north,labour,99\n");
    file(test, "cases.csv", &out)
}

#[test]
fn anonymity_tells_fk_of_each_record() {
    let path = cases("anonymity");
    let done = palermo(&["anonymity", &path, "--keys", "region,age", "--k", "5", "--json"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(answer["rows"].as_array().unwrap().len(), 61);
    assert_eq!(answer["rows"][60]["fk_NA_as_wildcard"], 1);
    assert_eq!(answer["wildcard"]["below_k"], 1);
}

#[test]
fn aggregates_hide_small_counts_and_refuse_low_thresholds() {
    let path = cases("aggregate");
    let done = palermo(&["aggregate", &path, "--k", "5", "--length", "2"]);
    let out = text(&done.stdout);
    assert!(out.starts_with("selections\tprotected_count\n"));
    assert!(!out.contains("age:99") && out.contains("record_count\t60\n"), "{out}");
    let refused = palermo(&["aggregate", &path, "--k", "3"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("`3` is too low"));
}

#[test]
fn a_suppressed_table_says_nothing_about_what_it_hides() {
    let table =
        file("suppress", "t.json", r#"{"table_with_margins":[[20,3,23],[15,30,45],[35,33,68]]}"#);
    let done = palermo(&["suppress", &table, "--k", "5", "--json"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(answer["optimal_cost"], 4.0);
    assert!(answer["table_with_margins"][0][1].is_null());
    assert!(!text(&done.stdout).contains("primary"), "which cells were small is not told");
    let published = file("suppress", "published.json", &text(&done.stdout));
    assert_eq!(palermo(&["audit", &published]).status.code(), Some(0));
}

#[test]
fn the_audit_finds_a_cell_that_can_be_subtracted() {
    let table =
        file("audit", "t.json", r#"{"table_with_margins":[[20,null,23],[15,30,45],[35,33,68]]}"#);
    let found = palermo(&["audit", &table, "--k", "5", "--json"]);
    assert_eq!(found.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(answer["audit_bounds_of_pattern"]["1"], serde_json::json!([3.0, 3.0]));
}

#[test]
fn the_audit_finds_one_added_record_between_two_releases() {
    let march =
        file("releases", "march.tsv", "selections\tcount\nform:labour\t12\nrecord_count\t40\n");
    let april =
        file("releases", "april.tsv", "selections\tcount\nform:labour\t13\nrecord_count\t47\n");
    let found = palermo(&["audit", &april, "--k", "5", "--earlier", &march]);
    assert_eq!(found.status.code(), Some(1));
    assert!(text(&found.stdout).contains("leaves 1 person"));
}

#[test]
fn synthesis_repeats_with_its_seed_and_budgets_stop_hard() {
    let path = cases("synthesise");
    let run =
        |seed: &str| text(&palermo(&["synthesise", &path, "--k", "5", "--seed", seed]).stdout);
    assert_eq!(run("7"), run("7"));
    assert!(!run("7").contains("99"));
    let ledger = file("synthesise", "unused.json", "").replace("unused", "ledger");
    let _ = std::fs::remove_file(&ledger);
    let spend = || {
        palermo(&[
            "aggregate",
            &path,
            "--epsilon",
            "8",
            "--length",
            "1",
            "--ledger",
            &ledger,
            "--budget-epsilon",
            "9",
        ])
    };
    assert_eq!(spend().status.code(), Some(0), "{}", text(&spend().stderr));
    let refused = spend();
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("is left"));
    assert!(refused.stdout.is_empty());
}

#[test]
fn every_command_shows_an_example_in_its_help() {
    for command in ["anonymity", "suppress", "audit", "aggregate", "synthesise"] {
        let help = text(&palermo(&[command, "--help"]).stdout);
        assert!(help.contains(&format!("palermo stats {command} ")), "{command}");
    }
}
