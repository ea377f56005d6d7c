//! `palermo import figures`: files of figures into datasets of a region.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use common::{Place, done, json, out, private_file, refused};
use std::{fmt::Write as _, process::Output, time::Instant};

fn import(place: &Place, file: &str, more: &[&str]) -> Output {
    let mut all = vec!["import", "figures", file];
    all.extend_from_slice(more);
    place.on_data(&all)
}

const SDG: &str =
    "Year,Sex,Age,Units,Value\n2024,,,Number,60\n2024,Female,,Number,40\n2024,Male,,Number,20\n";

#[test]
fn req_175_a_file_is_shown_first_stored_once_and_refused_again() {
    let place = Place::with_region();
    private_file(&place.path("sdg.csv"), SDG);
    let asked = ["--kind", "sdg1622", "--dataset", "SDG of Benin"];
    let none = refused(&import(&place, "@sdg.csv", &asked), 2);
    assert!(none.contains("no dataset is called `SDG of Benin`"), "{none}");
    let create = [&asked[..], &["--create", "--state", "BEN"]].concat();
    let shown = done(&import(&place, "@sdg.csv", &create));
    assert!(shown.contains("3 rows, 3 lines") && shown.contains("--apply stores it"), "{shown}");
    let apply = [&create[..], &["--apply", "--json"]].concat();
    let stored = json(&import(&place, "@sdg.csv", &apply));
    assert_eq!((&stored["applied"], &stored["lines"]), (&true.into(), &3.into()));
    let again = import(&place, "@sdg.csv", &apply);
    refused(&again, 1);
    assert!(out(&again).contains("\"known\":true"));
    let other = ["--kind", "glotip", "--dataset", "SDG of Benin"];
    let kind = refused(&import(&place, "@sdg.csv", &other), 2);
    assert!(kind.contains("takes files of the kind `sdg1622`"), "{kind}");
    done(&place.on_data(&["verify"]));
}

#[test]
fn an_import_is_taken_out_again_with_its_reason_and_counts_no_more() {
    let place = Place::with_region();
    private_file(&place.path("sdg.csv"), SDG);
    private_file(&place.path("more.csv"), &SDG.replace("60", "61"));
    let create = ["--kind", "sdg1622", "--dataset", "SDG of Benin", "--create", "--state", "BEN"];
    let apply = [&create[..], &["--apply", "--json"]].concat();
    let stored = json(&import(&place, "@sdg.csv", &apply));
    let batch = stored["batch"].as_str().unwrap().to_owned();
    // A corrected file is not added to the one it puts right.
    let twice = import(&place, "@more.csv", &apply);
    refused(&twice, 1);
    assert!(out(&twice).contains("\"overlaps\":3"), "{}", out(&twice));
    let undo = ["import", "undo-figures", &batch, "--why", "sent with a mistake"];
    assert!(done(&place.on_data(&undo)).contains("does not count any more"));
    refused(&place.on_data(&undo), 1);
    let right = json(&import(&place, "@more.csv", &apply));
    assert_eq!(right["applied"], true);
    done(&place.on_data(&["verify"]));
}

#[test]
fn req_174_a_mapping_is_kept_with_its_dataset_and_unmapped_words_are_told() {
    let place = Place::with_region();
    private_file(&place.path("courts.csv"), "Jahr;G;Zahl\n2024;w;7\n2024;d;3\n2023;m;viele\n");
    let mapping = "[columns]\nperiod = \"Jahr\"\nsex = \"G\"\npersons = \"Zahl\"\n[always]\nstate = \"BEN\"\n[codes.sex]\nw = \"female\"\nm = \"male\"\n";
    private_file(&place.path("courts.toml"), mapping);
    let mut asked = vec!["--kind", "sheet", "--dataset", "Courts", "--create", "--state", "BEN"];
    asked.extend(["--source-type", "court", "--source", "Register", "--definition", "Law"]);
    asked.extend(["--counting-rule", "Once", "--mapping", "@courts.toml", "--apply"]);
    let held = import(&place, "@courts.csv", &asked);
    refused(&held, 1);
    assert!(out(&held).contains("without a code: sex `d`"), "{}", out(&held));
    assert!(out(&held).contains("line 4, Zahl"), "{}", out(&held));
    asked.push("--skip-rejected");
    done(&import(&place, "@courts.csv", &asked));
    private_file(&place.path("next.csv"), "Jahr;G;Zahl\n2025;w;9\n");
    let next = ["--kind", "sheet", "--dataset", "Courts", "--apply", "--json"];
    let stored = json(&import(&place, "@next.csv", &next));
    assert_eq!(stored["mapped"], serde_json::json!([2, 2]), "sex and state");
}

#[test]
fn a_file_of_no_known_generation_is_refused_with_what_was_found() {
    let place = Place::with_region();
    private_file(&place.path("other.csv"), "a,b\n1,2\n");
    let asked = ["--kind", "ctdc", "--dataset", "CTDC", "--create", "--apply"];
    let held = import(&place, "@other.csv", &asked);
    refused(&held, 1);
    assert!(out(&held).contains("found 2 columns beginning with `a`, `b`"), "{}", out(&held));
}

/// A million invented records of the generation of 2024.
fn million() -> String {
    let mut text = String::from(
        "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,traffickMonths,meansDebtBondageEarnings,meansThreats,meansAbusePsyPhySex,meansFalsePromises,meansDrugsAlcohol,meansDenyBasicNeeds,meansExcessiveWorkHours,meansWithholdDocs,isForcedLabour,isSexualExploit,isOtherExploit,typeOfLabourAgriculture,typeOfLabourConstruction,typeOfLabourDomesticWork,typeOfLabourHospitality,typeOfSexProstitution,typeOfSexPornography,recruiterRelationIntimatePartner,recruiterRelationFriend,recruiterRelationFamily,recruiterRelationOther\n",
    );
    let mut seed = 7_u64;
    let mut below = |most: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % most).unwrap()
    };
    let places = ["US", "KH", "PH", "UA", "MD", "GH", "NG", ""];
    for _ in 0..1_000_000 {
        let _ = write!(
            text,
            "{},{},{},{},{},",
            2003 + below(21),
            ["Woman", "Man", ""][below(3)],
            ["0--8", "9--17", "18--20", ""][below(4)],
            places[below(8)],
            places[below(8)]
        );
        for _ in 0..21 {
            text.push_str([",", ",0", ",1"][below(3)]);
        }
        text.push('\n');
    }
    text
}

#[test]
#[ignore = "long: a million records; measured on a release build"]
fn req_175_a_million_records_are_imported() {
    let place = Place::with_region();
    private_file(&place.path("million.csv"), &million());
    let begun = Instant::now();
    let asked = ["--kind", "ctdc", "--dataset", "A million", "--create", "--apply", "--json"];
    let stored = json(&import(&place, "@million.csv", &asked));
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(stored["lines"], 1_000_000);
    println!("a million records imported in {seconds:.1} s");
}
