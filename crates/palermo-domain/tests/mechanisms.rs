//! The mechanism register on the shipped profiles: all of them, not a sample.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use palermo_domain::register::day::Day;
use palermo_domain::register::mechanism::{Dates, FoundingType, MechanismProfile, MechanismRegister, MemberStatus};
use palermo_domain::register::provenance::Stated;

fn content(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content").join(folder)
}

fn profiles(folder: &str) -> Vec<(String, MechanismProfile)> {
    let mut all = Vec::new();
    let mut problems = Vec::new();
    for file in std::fs::read_dir(content(folder)).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match MechanismProfile::parse(&std::fs::read_to_string(&path).unwrap()) {
            Ok(profile) => all.push((name, profile)),
            Err(found) => problems.extend(found.iter().map(|problem| format!("{name}: {problem}"))),
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    all
}

fn register() -> MechanismRegister {
    MechanismRegister::new(profiles("mechanisms").into_iter().map(|(_, profile)| profile).collect()).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn ids_of(state: &str, on: &str) -> Vec<String> {
    register().mechanisms_of(state, Some(day(on))).into_iter().map(|m| m.id.to_string()).collect()
}

#[test]
fn req_001_all_54_load_and_show_their_instrument_type_and_source() {
    let all = profiles("mechanisms");
    assert_eq!(all.len(), 54);
    for (file, profile) in all {
        assert_eq!(file, profile.id.file_name());
        let founding = profile.founding.first().expect(&file);
        assert!(!founding.provenance.source.is_empty(), "{file}");
        assert!(founding.founding_type != FoundingType::None || !founding.title.is_empty(), "{file}");
    }
}
