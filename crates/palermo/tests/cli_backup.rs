//! `palermo backup` and `palermo restore`: the restore drill, and the move
//! from SQLite to PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::common;

use common::{Place, done, json, mode, private_file, private_folder, refused};
use palermo_store::{
    Database,
    testing::{Engine, TestStore},
};
use std::fs;

fn backed_up() -> Place {
    let place = Place::with_region();
    let written =
        json(&place.on_data(&["backup", "--out", "@copy", "--keystore-out", "@keys", "--json"]));
    assert_eq!(written["data"]["part"], "data");
    assert_eq!(written["keystore"]["part"], "keystore");
    place
}

const FROM: [&str; 7] =
    ["restore", "--from", "@copy", "--keystore-from", "@keys", "--key-file", "@root.key"];

fn from_backup<'a>(more: &[&'a str]) -> Vec<&'a str> {
    FROM.iter().chain(more).copied().collect()
}

#[test]
fn d9_a_backup_restores_into_an_empty_folder_and_verifies() {
    let place = backed_up();
    assert_eq!(mode(&place.path("copy")), 0o700);
    let before = json(&place.on_data(&["verify", "--json"]));
    done(&place.run(&from_backup(&["--data", "@restored"])));
    assert_eq!(mode(&place.path("restored")), 0o700);
    let key = ["--data", "@restored", "--key-file", "@root.key"];
    let verify: Vec<_> = ["verify", "--json"].into_iter().chain(key).collect();
    assert_eq!(json(&place.run(&verify)), before);
    let list: Vec<_> = ["user", "list", "--json"].into_iter().chain(key).collect();
    assert_eq!(json(&place.run(&list)), json(&place.on_data(&["user", "list", "--json"])));
}

#[test]
fn d9_a_backup_with_one_altered_byte_is_refused() {
    let place = backed_up();
    let file = place.path("copy/account.jsonl");
    let mut bytes = fs::read(&file).unwrap();
    let at = bytes.windows(5).position(|w| w == b"admin").unwrap();
    bytes[at] ^= 0x01;
    fs::write(&file, bytes).unwrap();
    let reason = refused(&place.run(&from_backup(&["--data", "@restored"])), 1);
    assert!(reason.contains("was changed"), "{reason}");
    assert!(!place.path("restored").exists(), "an empty folder was left behind");
}

#[test]
fn data_and_keys_are_never_written_into_one_another() {
    let place = Place::with_region();
    let inside = ["backup", "--out", "@copy", "--keystore-out", "@copy/keys"];
    let reason = refused(&place.on_data(&inside), 1);
    assert!(reason.contains("belong apart"), "{reason}");
    assert!(!place.path("copy").exists());
}

#[test]
fn a_backup_goes_into_no_folder_that_holds_something() {
    let place = Place::with_region();
    private_folder(&place.path("copy"));
    fs::write(place.path("copy/note"), "here already").unwrap();
    let output = place.on_data(&["backup", "--out", "@copy", "--keystore-out", "@keys"]);
    assert!(refused(&output, 1).contains("is not empty"));
    private_folder(&place.path("taken"));
    fs::write(place.path("taken/note"), "here already").unwrap();
    let other = backed_up();
    let output = other.run(&from_backup(&["--data", place.path("taken").to_str().unwrap()]));
    assert!(refused(&output, 1).contains("is not empty"));
}

#[test]
fn the_backup_of_a_demonstration_restores_as_a_demonstration() {
    let place = Place::new();
    done(&place.run(&["demo", "--data", "@data", "--prepare-only"]));
    let backup = ["backup", "--data", "@data", "--out", "@copy", "--keystore-out", "@keys"];
    done(&place.run(&backup));
    let restore = [
        "restore",
        "--from",
        "@copy",
        "--keystore-from",
        "@keys",
        "--data",
        "@restored",
        "--key-file",
        "@data/root.key",
    ];
    done(&place.run(&restore));
    // Its passphrase is known to everyone; it must never pass for a real region.
    assert!(place.path("restored/demonstration").is_file());
    done(&place.run(&["verify", "--data", "@restored"]));
}

#[test]
fn d8_a_sqlite_region_moves_to_postgresql() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(target) = runtime.block_on(TestStore::open_empty(Engine::Postgres)) else {
        eprintln!("not run: needs the programs of a PostgreSQL server");
        return;
    };
    let place = backed_up();
    let Database::Postgres { url, keystore_url } = &target.database else {
        panic!("this is no PostgreSQL")
    };
    private_file(&place.path("url"), &format!("{url}\n{keystore_url}\n"));
    done(&place.run(&from_backup(&["--database-url-file", "@url"])));
    let moved = ["--database-url-file", "@url", "--key-file", "@root.key"];
    let verify: Vec<_> = ["verify", "--json"].into_iter().chain(moved).collect();
    assert_eq!(json(&place.run(&verify)), json(&place.on_data(&["verify", "--json"])));
    let again = refused(&place.run(&from_backup(&["--database-url-file", "@url"])), 1);
    assert!(again.contains("not empty"), "{again}");
    runtime.block_on(target.discard());
}
