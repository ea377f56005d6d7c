//! The directory at the command line: a demonstration's services go out in a
//! sheet and come back unchanged, and none of the protected addresses is in
//! anything that goes out, in what the program says, or in a file of the data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use common::{Place, done, json, refused};
use serde_json::Value as Json;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The streets of the 40 protected houses, from the one file that holds them.
fn streets() -> Vec<String> {
    let text = include_str!("../../../content/demo/protected-addresses.csv");
    let all: Vec<String> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(_, address)| address.trim_matches('"').split_once(',').unwrap().0.to_owned())
        .map(|street| street.split_once(' ').unwrap().1.to_owned())
        .collect();
    assert_eq!(all.len(), 40);
    all
}

fn assert_none(of: &str, bytes: &[u8]) {
    for street in streets() {
        let found = bytes.windows(street.len()).any(|window| window == street.as_bytes());
        assert!(!found, "`{street}` is in {of}");
    }
}

fn every_file(folder: &Path, call: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { every_file(&path, call) } else { call(&path) }
    }
}

/// A file of the published standard that may lie beside the repository.
fn of_the_standard(path: &str) -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = here.join("../../../shared/data/hsds").join(path);
    if !found.exists() {
        eprintln!("`{}` is not there: this part is not checked", found.display());
    }
    found.exists().then_some(found)
}

/// The compiled schema still points to files it was compiled from, for records
/// nested in others; a data package has none.
fn without_references(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            map.remove("$ref");
            map.values_mut().for_each(without_references);
        }
        Json::Array(list) => list.iter_mut().for_each(without_references),
        _ => {}
    }
}

/// The demonstration's services as they go out against the schema of the standard, and
/// the standard's own samples as they come in.
fn hsds_fits_the_standard(place: &Place, on: &dyn Fn(&[&str]) -> std::process::Output) {
    if let Some(schema) = of_the_standard("schema/compiled/tabular.json") {
        let mut schema: Json = serde_json::from_slice(&fs::read(schema).unwrap()).unwrap();
        without_references(&mut schema);
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        let made = fs::read(place.path("public.json")).unwrap();
        let made: Json = serde_json::from_slice(&made).unwrap();
        let errors = validator.iter_errors(&made).take(10);
        let errors: Vec<String> = errors.map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    if let Some(samples) = of_the_standard("examples") {
        let report = json(&on(&["import", "hsds", samples.to_str().unwrap(), "--json"]));
        assert_eq!(report["rejected"], serde_json::json!([]), "{report}");
        assert!(report["rows"].as_u64().unwrap() > 0, "{report}");
    }
}

/// At its most talkative.
fn what_the_program_writes_of_itself_leads_to_no_house(place: &Place) {
    for arguments in [
        ["export", "hsds", "--out", "@traced.json", "--data", "@data"],
        ["export", "services", "--out", "@traced.csv", "--data", "@data"],
    ] {
        let told = place.palermo(&arguments).env("PALERMO_LOG", "trace").output().unwrap();
        assert!(told.status.success() && !told.stderr.is_empty());
        assert_none("what the program writes", &told.stderr);
    }
}

/// Out in each form and in again, by its bytes and not by its name; what is no
/// such file is refused.
fn hsds_goes_out_and_comes_back(place: &Place, on: &dyn Fn(&[&str]) -> std::process::Output) {
    for (out, form) in [
        ("@public.json", "tabular JSON"),
        ("@public.zip", "a data package in a ZIP"),
        ("@public", "tabular JSON"),
    ] {
        let told = on(&["export", "hsds", "--out", out]);
        done(&told);
        let told = String::from_utf8(told.stderr).unwrap();
        assert!(told.contains(form) && told.contains(" rows"), "{told}");
        let report = json(&on(&["import", "hsds", out, "--json"]));
        assert!(report["rows"].as_u64().unwrap() >= 260, "{out}");
        assert_eq!(report["new"], serde_json::json!([]), "{out}");
        assert_eq!(report["rejected"], serde_json::json!([]), "{out}");
    }
    fs::write(place.path("letter"), "Dear colleague,\nthe list follows.\n").unwrap();
    let told = on(&["import", "hsds", "@letter", "--apply", "--skip-rejected"]);
    assert_eq!(told.status.code(), Some(1));
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("letter: it is neither a data package"), "{told}");
    assert!(told.contains("nothing was stored: no row was read"), "{told}");
    // What another command reads is told with that command.
    fs::write(place.path("s.csv"), "name,need,organisation\nNight bus,material,Trust\n").unwrap();
    let told = on(&["import", "hsds", "@s.csv"]);
    assert_eq!(told.status.code(), Some(1));
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("use `palermo import services`"), "{told}");
    let told = refused(&on(&["import", "services", "@public.zip"]), 1);
    assert!(told.contains("the file is a ZIP with ") && !told.contains("_rels"), "{told}");
    assert!(told.contains("`palermo import hsds` reads a data package"), "{told}");
}

#[test]
fn req_076_req_077_what_goes_out_at_the_command_line_comes_back_and_leads_to_no_protected_house() {
    let place = Place::new();
    let told = done(&place.run(&["demo", "--data", "@data", "--prepare-only"]));
    assert_none("what `demo` says", told.as_bytes());
    let on = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["--data", "@data"]);
        place.run(&all)
    };
    for (kind, least) in [("services", 260), ("contacts", 20)] {
        for ending in ["csv", "xlsx"] {
            let file = format!("@{kind}.{ending}");
            done(&on(&["export", kind, "--out", &file]));
            let report = json(&on(&["import", kind, &file, "--json"]));
            assert!(report["unchanged"].as_u64().unwrap() >= least, "{report}");
            for list in ["new", "changed", "rejected"] {
                assert_eq!(report[list], serde_json::json!([]), "{kind} {ending}");
            }
        }
        assert_none(kind, &fs::read(place.path(&format!("{kind}.csv"))).unwrap());
    }
    hsds_goes_out_and_comes_back(&place, &on);
    hsds_fits_the_standard(&place, &on);
    what_the_program_writes_of_itself_leads_to_no_house(&place);
    assert_none("the export", &fs::read(place.path("public.json")).unwrap());
    every_file(&place.path("data"), &mut |path| {
        assert_none(&path.display().to_string(), &fs::read(path).unwrap());
    });
    // A row that cannot be taken is named with its field and what would be right.
    fs::write(
        place.path("one.csv"),
        "name,need,organisation,state,phones\nNight bus,sheltr,Harbour Trust,XAA,+999 1\nDay bus,material,Harbour Trust,XAA,+999 1\n",
    )
    .unwrap();
    let report = on(&["import", "services", "@one.csv", "--apply", "--json"]);
    assert_eq!(report.status.code(), Some(1));
    let reason = String::from_utf8(report.stderr).unwrap();
    assert!(reason.contains("row 2, field `need`, value `sheltr`"), "{reason}");
    assert!(reason.contains("Write one of: shelter"), "{reason}");
    let told = on(&["import", "services", "@one.csv", "--apply"]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("nothing was stored: ") && told.contains("--skip-rejected"), "{told}");
    assert!(!told.contains("a preview"), "{told}");
    fs::write(
        place.path("desks.csv"),
        "name,level,time_zone,hours,languages,state\nNight desk,nationl,Africa/Abuja,Mo-Fr 25:00,English,XAA\n",
    )
    .unwrap();
    let report = on(&["import", "contacts", "@desks.csv", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&report.stdout).unwrap();
    let fields: Vec<&str> = report["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["field"].as_str())
        .collect();
    for field in ["level", "time_zone", "hours", "languages"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
    }
    let kept =
        json(&on(&["import", "services", "@one.csv", "--apply", "--skip-rejected", "--json"]));
    assert_eq!(
        (kept["applied"].clone(), kept["skipped"].clone()),
        (true.into(), serde_json::json!([2]))
    );
    assert!(refused(&on(&["import", "services", "@passphrase"]), 1).contains("heading row"));
}
