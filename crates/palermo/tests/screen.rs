//! `palermo screen` as a person or a program at a terminal meets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Command, Output};

fn screen(name: &str, content: &str, options: &[&str]) -> Output {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("screen");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    Command::new(env!("CARGO_BIN_EXE_palermo"))
        .arg("screen")
        .arg(&path)
        .args(options)
        .output()
        .unwrap()
}

const FISHER: &str = r#"{"set":"adult_labour","age":"adult",
  "elements":{"act":["recruitment","transportation"],"means":["fraud"],"purpose":["labour.aquafarming"]},
  "answers":{"D1.job":"yes","D1.contract":"yes","D4.hours":"yes","D4.low_pay":"yes",
             "D5.docs":"yes","D5.isolation":"yes","D6.family":"unsure","D2.debt":"no"}}"#;

#[test]
fn the_answer_has_the_shape_of_the_contract() {
    let done = screen("fisher.json", FISHER, &["--json"]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    let dimensions = answer["dimensions"].as_object().unwrap();
    assert_eq!(dimensions.keys().collect::<Vec<_>>(), ["D1", "D2", "D3", "D4", "D5", "D6"]);
    let expected = json!({"positive":true,"strong":1,"medium":1,"weak":0,
                          "because":["D1.job","D1.contract"]});
    assert_eq!(dimensions["D1"], expected);
    assert_eq!(dimensions["D2"]["positive"], false);
    assert_eq!(dimensions["D5"]["strong"], 2);
    assert_eq!(answer["definition"]["met"], true);
    assert!(answer["suggestion"].as_str().unwrap().contains("victim of trafficking"));
    assert_eq!(answer["advice_only"], true);
    assert_eq!(answer["warnings"], json!([]));
}

#[test]
fn an_unknown_code_ends_with_status_1_and_its_name() {
    for (name, text, named) in [
        ("set.json", r#"{"set":"adult","age":"adult"}"#, "`adult`"),
        (
            "code.json",
            r#"{"set":"adult_labour","age":"adult","answers":{"D9.job":"yes"}}"#,
            "`D9.job`",
        ),
        (
            "answer.json",
            r#"{"set":"adult_labour","age":"adult","answers":{"D1.job":"ja"}}"#,
            "`ja`",
        ),
    ] {
        let refused = screen(name, text, &["--json"]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&refused.stderr).contains(named));
        assert!(refused.stdout.is_empty());
    }
}

#[test]
fn a_field_that_is_none_is_named() {
    let extra = r#"{"set":"adult_labour","age":"adult","extra":1}"#;
    let done = screen("extra.json", extra, &["--json"]);
    assert!(done.status.success());
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(answer["warnings"][0].as_str().unwrap().contains("extra"), "{answer}");
    for (name, text, named) in [
        ("near.json", r#"{"set":"adult_labour","age":"adult","answer":{}}"#, "`answers`"),
        ("list.json", "[]", "write an object"),
    ] {
        let refused = screen(name, text, &["--json"]);
        assert_eq!(refused.status.code(), Some(1), "{name}");
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(told.contains(named), "{told}");
    }
}

#[test]
fn too_little_asked_is_no_result_and_a_definition_met_is_never_nothing() {
    let suggestion = |name: &str, text: &str| {
        let done = screen(name, text, &["--json"]);
        let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
        answer["suggestion"].as_str().unwrap().to_owned()
    };
    let bare = suggestion("bare.json", r#"{"set":"adult_labour","age":"adult"}"#);
    assert!(bare.contains("Too little was asked"), "{bare}");
    let skipped = r#"{"set":"adult_labour","age":"adult",
        "answers":{"D1.job":"not_asked","D4.hours":"not_asked","D5.docs":"not_asked"}}"#;
    assert!(suggestion("skipped.json", skipped).contains("Too little was asked"));
    let met = r#"{"set":"adult_labour","age":"adult",
        "elements":{"act":["recruitment"],"means":["fraud"],"purpose":["labour"]},
        "answers":{"D1.job":"no","D4.hours":"no","D5.docs":"no"}}"#;
    let met = suggestion("met.json", met);
    assert!(met.contains("meet the definition") && !met.contains("Nothing found"), "{met}");
    let coerced = r#"{"set":"adult_labour","age":"adult",
        "answers":{"D5.docs":"yes","D5.isolation":"yes","D4.hours":"no"}}"#;
    let coerced = suggestion("coerced.json", coerced);
    assert!(coerced.contains("Coercion at destination"), "{coerced}");
    assert!(!coerced.contains("without exploitation"), "{coerced}");
}

#[test]
fn a_set_for_another_age_is_warned_about_and_age_decides() {
    let text = r#"{"set":"adult_labour","age":"unsure",
        "elements":{"act":["receipt"],"means":[],"purpose":["labour.domestic"]},"answers":{}}"#;
    let answer: Value =
        serde_json::from_slice(&screen("unsure.json", text, &["--json"]).stdout).unwrap();
    assert_eq!(answer["definition"]["met"], true);
    assert!(answer["warnings"][0].as_str().unwrap().contains("age decides"));
}

#[test]
fn a_person_reads_which_answers_made_which_dimension_positive_and_by_which_rule() {
    let text = String::from_utf8(screen("told.json", FISHER, &[]).stdout).unwrap();
    for part in [
        "D1  Deceptive recruitment: positive (1 strong, 1 medium, 0 weak)",
        "by the rule: one strong indicator and one medium or weak",
        "Deceived about the nature of the job",
        "from the elements alone: met",
        "advice only",
    ] {
        assert!(text.contains(part), "`{part}` in:\n{text}");
    }
}
