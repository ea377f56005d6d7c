//! Files of statistics at the command line: checked, read as flows, released or
//! refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn palermo(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_palermo")).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A fresh folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("knowledge").join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn cases(more: usize) -> String {
    let mut out = "form,sex,year\n".to_owned();
    for (form, sex, year, count) in [
        ("labour", "male", 2024, 40),
        ("labour", "female", 2024, 30 + more),
        ("sexual", "female", 2024, 60),
        ("sexual", "male", 2024, 8),
        ("labour", "male", 2025, 45),
        ("labour", "female", 2025, 33),
        ("sexual", "female", 2025, 55),
        ("sexual", "male", 2025, 2),
    ] {
        for _ in 0..count {
            out.push_str(&format!("{form},{sex},{year}\n"));
        }
    }
    out
}

/// The specification printed by `--help`.
fn example() -> String {
    let help = text(&palermo(&["stats", "release", "--help"]).stdout);
    help.split_once("A specification:\n").unwrap().1.trim_start().to_owned()
}

#[test]
fn errors_are_told_in_json_and_end_with_one() {
    let folder = folder("validate");
    let file = write(
        &folder,
        "a.csv",
        "Year,Sex,Units,Value\n2020,,Number,10\n2020,Male,Number,6\n2020,Female,Number,7\n",
    );
    let done = palermo(&["validate", &file, "--kind", "sdg1622", "--json"]);
    assert_eq!(done.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(answer["rows"], 3);
    assert_eq!(answer["errors"][0]["row"], 2);
    assert_eq!(answer["errors"][0]["rule"], "parts_exceed_total");
    let readable = text(&palermo(&["validate", &file, "--kind", "sdg1622"]).stdout);
    assert!(readable.contains("line 2, `Value`: 2020"), "{readable}");
    assert_eq!(palermo(&["validate", "no-such-file", "--kind", "glotip"]).status.code(), Some(2));
}

#[test]
fn req_178_flows_carry_intervals_where_the_table_hides() {
    let folder = folder("flows");
    let head = "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source\n";
    let row = |category: &str, value: &str| {
        format!(
            "NLD,Netherlands,,,Detected trafficking victims,by citizenship,{category},Total,Total,2020,Counts,{value},GLOTIP\n"
        )
    };
    let file = write(
        &folder,
        "g.csv",
        &format!(
            "{head}{}{}{}{}",
            row("Nigeria", "12"),
            row("TÃ¼rkiye", "<5"),
            row("Vietnamese", "7"),
            row("Unknown", "<5")
        ),
    );
    let done = palermo(&["stats", "flows", &file, "--json"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let answer: Value = serde_json::from_slice(&done.stdout).unwrap();
    let flows = answer["flows"].as_array().unwrap();
    let told: Vec<_> = flows
        .iter()
        .map(|f| {
            (
                f["origin"].as_str().unwrap(),
                f["lower"].as_u64().unwrap(),
                f["upper"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [("NGA", 12, 12), ("TUR", 0, 4), ("VNM", 7, 7)]);
    assert_eq!(answer["unknown"]["upper"], 4);
}

#[test]
fn req_195_a_release_carries_its_metadata_and_no_small_count() {
    let folder = folder("release");
    let (file, spec) = (write(&folder, "c.csv", &cases(0)), write(&folder, "s.toml", &example()));
    let out = folder.join("one");
    let done =
        palermo(&["stats", "release", &file, "--spec", &spec, "--out", out.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}{}", text(&done.stdout), text(&done.stderr));
    for name in [
        "by-form-and-sex.csv",
        "by-form-and-sex.csv-metadata.json",
        "by-year.csv",
        "metadata.json",
        "methodology.md",
        "release.json",
        "report.json",
        "report.md",
    ] {
        assert!(out.join(name).is_file(), "{name}");
    }
    let again =
        palermo(&["stats", "release", &file, "--spec", &spec, "--out", out.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2), "an earlier release is not written over");
    assert!(text(&again.stderr).contains("holds a release already"), "{}", text(&again.stderr));
    let table = std::fs::read_to_string(out.join("by-form-and-sex.csv")).unwrap();
    assert!(table.starts_with("form,sex,persons,status\n"), "{table}");
    let small =
        table.lines().skip(1).filter_map(|line| line.split(',').nth(2)?.parse::<u64>().ok());
    assert!(small.into_iter().all(|count| count == 0 || count >= 5), "{table}");
    let catalogue: Value =
        serde_json::from_slice(&std::fs::read(out.join("metadata.json")).unwrap()).unwrap();
    assert_eq!(catalogue["dcat:distribution"].as_array().unwrap().len(), 2);
}

#[test]
fn req_191_one_person_more_than_an_earlier_release_is_refused() {
    let folder = folder("differencing");
    let spec = write(&folder, "s.toml", &example());
    let (first, second) = (write(&folder, "a.csv", &cases(0)), write(&folder, "b.csv", &cases(1)));
    let (one, two) = (folder.join("one"), folder.join("two"));
    let release = |file: &str, out: &Path, against: &[&str]| {
        let mut args =
            vec!["stats", "release", file, "--spec", &spec, "--out", out.to_str().unwrap()];
        args.extend(against);
        palermo(&args)
    };
    assert_eq!(release(&first, &one, &[]).status.code(), Some(0));
    let refused = release(&second, &two, &["--against", one.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("leaves 1 person"), "{}", text(&refused.stderr));
    assert!(!two.join("by-form-and-sex.csv").exists() && two.join("report.json").is_file());
    // What it names is told in words, with the code beside them.
    let report: Value =
        serde_json::from_slice(&std::fs::read(two.join("report.json")).unwrap()).unwrap();
    let words = report["words"].as_object().unwrap();
    assert!(
        words
            .values()
            .filter_map(Value::as_str)
            .any(|one| one.starts_with("all persons") || one.starts_with("Form of exploitation: "))
    );
    assert!(words.keys().all(|code| text(&refused.stderr).contains(code.as_str())));
    // The same release against itself says nothing new.
    let again = release(&first, &folder.join("three"), &["--against", one.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
}

#[test]
fn a_wrong_specification_is_wrong_use() {
    let folder = folder("wrong");
    let file = write(&folder, "c.csv", "region,form\nnorth,labour\n");
    let spec = write(&folder, "s.toml", &example());
    let out = folder.join("out");
    let done =
        palermo(&["stats", "release", &file, "--spec", &spec, "--out", out.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("it has `form`, `region`"), "{}", text(&done.stderr));
}

/// Persons by form and sex, of a file without years.
fn counted(head: &str, groups: &[(&str, &str, usize)]) -> String {
    let mut out = format!("{head}\n");
    for (form, sex, persons) in groups {
        out.push_str(&format!("{form},{sex}\n").repeat(*persons));
    }
    out
}

/// A specification of one table over these columns and this time.
fn one_table(id: &str, period: &str, columns: &str) -> String {
    format!(
        "[release]\nid = \"{id}\"\ntitle = \"T\"\nperiod = \"{period}\"\n[method]\nkind = \"suppress\"\nk = 5\n[[table]]\nid = \"fs\"\ncolumns = [{columns}]\n"
    )
}

/// Releases a table next to those already in the folder.
fn next(folder: &Path, id: &str, file: &str, spec: &str) -> Output {
    let all = folder.join("all");
    std::fs::create_dir_all(&all).unwrap();
    let (file, spec) =
        (write(folder, &format!("{id}.csv"), file), write(folder, &format!("{id}.toml"), spec));
    let out = all.join(id);
    let (all, out) = (all.to_str().unwrap(), out.to_str().unwrap());
    palermo(&["stats", "release", &file, "--spec", &spec, "--out", out, "--against", all])
}

#[test]
fn req_191_sums_over_years_of_files_without_a_year_are_compared() {
    let folder = folder("years");
    let year = |sexes: [usize; 4]| {
        let [one, two, three, four] = sexes;
        [
            ("begging", "f", one),
            ("begging", "m", two),
            ("labour", "f", three),
            ("labour", "m", four),
        ]
    };
    let years = [
        ("2022", year([3, 170, 400, 300])),
        ("2023", year([22, 180, 410, 870])),
        ("2024", year([47, 190, 420, 320])),
    ];
    let mut whole = Vec::new();
    for (id, groups) in &years {
        let spec = one_table(id, id, "\"form\", \"sex\"");
        let done = next(&folder, id, &counted("form,sex", groups), &spec);
        // The folder is empty at first, and unlike years are not taken from each other:
        // 873 persons of 2022 less 870 of 2023 are no group of three.
        assert_eq!(done.status.code(), Some(0), "{id}: {}", text(&done.stderr));
        whole.extend(groups.iter().copied());
    }
    let spec = one_table("whole", "2022/2024", "\"form\", \"sex\"");
    let refused = next(&folder, "whole", &counted("form,sex", &whole), &spec);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stdout));
    let said = text(&refused.stderr);
    assert!(said.contains("form:begging;sex:f;year:2022") && said.contains("3 people"), "{said}");
    // What says no time cannot be compared so.
    let spec = one_table("timeless", "last year", "\"form\", \"sex\"");
    let wrong = next(&folder, "timeless", &counted("form,sex", &whole), &spec);
    assert_eq!(wrong.status.code(), Some(2), "{}", text(&wrong.stderr));
    assert!(text(&wrong.stderr).contains("release.period"), "{}", text(&wrong.stderr));
}

#[test]
fn req_191_capitals_and_words_do_not_hide_one_person_more() {
    let groups = [("begging", "female", 30), ("begging", "male", 40), ("labour", "male", 50)];
    let more = [("Begging", "Female", 30), ("BEGGING", "Male", 41), ("Forced labour", "Male", 50)];
    let spec = one_table("one", "2024", "\"form\", \"sex\"");
    let first = |test: &str| {
        let folder = folder(test);
        let done = next(&folder, "one", &counted("form,sex", &groups), &spec);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        folder
    };
    let capitals = one_table("two", "2024", "\"Form\", \"Sex\"");
    // Two ways of writing one value in one file.
    let folder = first("capitals");
    let mixed = next(&folder, "two", &counted("Form,Sex", &more), &capitals);
    assert_eq!(mixed.status.code(), Some(2), "{}", text(&mixed.stderr));
    assert!(text(&mixed.stderr).contains("differ in capitals"), "{}", text(&mixed.stderr));
    let more = more.map(|(form, sex, persons)| {
        (if form == "BEGGING" { "Begging" } else { form }, sex, persons)
    });
    let refused = next(&folder, "two", &counted("Form,Sex", &more), &capitals);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stdout));
    assert!(text(&refused.stderr).contains("leaves 1 person"), "{}", text(&refused.stderr));
    // Headings of which nobody knows what they mean.
    let strange = one_table("three", "2024", "\"art\", \"wer\"");
    let refused = next(&folder, "three", &counted("art,wer", &more), &strange);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stdout));
    let said = text(&refused.stderr);
    assert!(said.contains("could not be compared with `one`"), "{said}");
}
