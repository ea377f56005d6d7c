//! `palermo verify` finds what was changed past the program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use common::{Place, done, json, refused};
use std::fs;

/// Where these bytes stand in a file.
fn places(file: &[u8], wanted: &[u8]) -> Vec<usize> {
    file.windows(wanted.len()).enumerate().filter(|(_, w)| *w == wanted).map(|(at, _)| at).collect()
}

#[test]
fn l1_a_flipped_byte_in_the_database_is_found() {
    let place = Place::with_region();
    let report = json(&place.on_data(&["verify", "--json"]));
    assert_eq!(report["problems"], serde_json::json!([]));
    assert!(report["rows"].as_u64().unwrap() > 3, "{report}");

    let file = place.path("data/palermo.db");
    let whole = fs::read(&file).unwrap();
    // The secretariat's name as it is shown: no index holds a copy of it. Copies in
    // indexes are SQLite's own business; answers are compared by the rows.
    let listed = json(&place.on_data(&["user", "list", "--json"]));
    let name = listed[0]["tenant_name"].as_str().unwrap();
    let found = places(&whole, name.as_bytes());
    assert!(!found.is_empty(), "the name is nowhere in the file");
    for at in found {
        let mut altered = whole.clone();
        altered[at] ^= 0x01;
        fs::write(&file, &altered).unwrap();
        let reason = refused(&place.on_data(&["verify"]), 1);
        assert!(reason.contains("row altered"), "{reason}");
    }
    fs::write(&file, &whole).unwrap();
    done(&place.on_data(&["verify"]));
}

#[test]
fn l2_an_older_database_is_found_by_a_witness_kept_elsewhere() {
    let place = Place::with_region();
    let older = fs::read(place.path("data/palermo.db")).unwrap();
    done(&place.on_data(&[
        "user",
        "invite",
        "clerk@region.example",
        "--name",
        "Clerk",
        "--role",
        "auditor",
    ]));
    done(&place.on_data(&["verify", "--write-witness", "@witness"]));
    done(&place.on_data(&["verify", "--witness", "@witness"]));
    for rest in ["data/palermo.db-wal", "data/palermo.db-shm"] {
        let _ = fs::remove_file(place.path(rest));
    }
    fs::write(place.path("data/palermo.db"), older).unwrap();
    // By itself the older database is whole; only the witness knows better.
    done(&place.on_data(&["verify"]));
    let reason = refused(&place.on_data(&["verify", "--witness", "@witness"]), 1);
    assert!(reason.contains("witness"), "{reason}");
}

#[test]
fn a_file_without_a_checkpoint_is_no_witness() {
    let place = Place::with_region();
    fs::write(place.path("empty"), "nothing\n").unwrap();
    let reason = refused(&place.on_data(&["verify", "--witness", "@empty"]), 1);
    assert!(reason.contains("holds no signed checkpoint"), "{reason}");
}
