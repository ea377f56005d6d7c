//! Shipped content and a deployment's own on top of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use palermo_app::content::{Content, ContentRefused};
use palermo_domain::register::day::Day;
use tempfile::TempDir;

fn overlay(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn refused(folder: &Path) -> String {
    Content::load(Some(folder), false).unwrap_err().to_string()
}

fn shipped_text(path: &str) -> String {
    Content::shipped().unwrap().text(path).unwrap().to_owned()
}

#[test]
fn the_program_carries_all_54_mechanisms_and_lists_each_with_its_members() {
    let content = Content::shipped().unwrap();
    let list = content.mechanisms().list(None);
    assert_eq!(list.len(), 54);
    let ecowas = list.iter().find(|m| m.id.as_str() == "ECOWAS").unwrap();
    assert_eq!(ecowas.members.len(), 15);
}

#[test]
fn the_invented_mechanisms_are_there_only_in_the_demonstration() {
    let shipped = Content::shipped().unwrap();
    assert!(shipped.mechanisms().get("MERIDIAN").is_none());
    let demo = Content::load(None, true).unwrap();
    assert_eq!(demo.mechanisms().profiles().count(), 56);
    let of = |state: &str| -> Vec<String> {
        demo.mechanisms().mechanisms_of(state, None).into_iter().map(|m| m.id.to_string()).collect()
    };
    assert_eq!(of("XAA"), ["LODESTAR", "MERIDIAN"]);
    assert_eq!(of("XCC"), ["MERIDIAN"]);
    assert!(of("XGG").is_empty(), "a third country");
}

#[test]
fn req_232_a_deployment_adds_a_mechanism_of_its_own_from_a_file() {
    let own = shipped_text("demo/mechanisms/lodestar.toml").replace("LODESTAR", "OUR-REGION");
    let folder = overlay(&[("mechanisms/our-region.toml", &own)]);
    let content = Content::load(Some(folder.path()), false).unwrap();
    assert_eq!(content.mechanisms().profiles().count(), 55);
    assert_eq!(content.mechanisms().mechanisms_of("XBB", None).len(), 1);
}

#[test]
fn a_deployments_profile_replaces_the_shipped_one_of_the_same_name() {
    let own = shipped_text("mechanisms/can.toml")
        .replace("Andean Community of Nations", "Andean Community");
    let folder = overlay(&[("mechanisms/can.toml", &own)]);
    let content = Content::load(Some(folder.path()), false).unwrap();
    assert_eq!(content.mechanisms().profiles().count(), 54);
    assert_eq!(content.mechanisms().get("CAN").unwrap().names.en, "Andean Community");
}

#[test]
fn every_problem_of_every_file_of_the_overlay_is_told_with_file_and_line() {
    let folder =
        overlay(&[("mechanisms/a.toml", "id = \"a b\"\n"), ("mechanisms/b.toml", "kind = 3\n")]);
    let told = refused(folder.path());
    assert!(told.contains("mechanisms/a.toml: line 1: `id`: `a b` is not an id"), "{told}");
    assert!(told.contains("mechanisms/b.toml: line 1: `kind`: this is a number"), "{told}");
}

#[test]
fn rule_4_an_overlay_cannot_lower_a_floor_that_a_shipped_profile_sets() {
    let mut lower = shipped_text("mechanisms/coe.toml");
    lower = lower.replace("value = 30", "value = 29");
    let told = refused(overlay(&[("mechanisms/coe.toml", &lower)]).path());
    assert!(told.contains("below the floor of 30"), "{told}");

    let without = shipped_text("mechanisms/coe.toml").replace("reflection_days", "thinking_days");
    let told = refused(overlay(&[("mechanisms/coe.toml", &without)]).path());
    assert!(told.contains("lower than the 30 of the shipped profile, or gone"), "{told}");

    let higher = shipped_text("mechanisms/coe.toml").replace("value = 30", "value = 45");
    let folder = overlay(&[("mechanisms/coe.toml", &higher)]);
    assert!(Content::load(Some(folder.path()), false).is_ok());
}

#[test]
fn an_overlay_never_replaces_the_policy_but_the_policy_can_ask_for_it() {
    let folder =
        overlay(&[("policy/roles.toml", "everything = true\n"), ("policy/more.toml", "x = 1\n")]);
    let content = Content::load(Some(folder.path()), false).unwrap();
    assert_eq!(content.text("policy/roles.toml").unwrap(), shipped_text("policy/roles.toml"));
    assert_eq!(content.overlay_text("policy/roles.toml"), Some("everything = true\n"));
    assert_eq!(content.text("policy/more.toml"), None);
    assert!(content.files("policy/").all(|(path, _)| path != "policy/more.toml"));
}

#[test]
fn a_file_whose_name_does_not_match_its_id_is_refused() {
    let text = shipped_text("mechanisms/can.toml");
    let told = refused(overlay(&[("mechanisms/andes.toml", &text)]).path());
    assert!(
        told.contains("mechanisms/andes.toml: line 1: `id`: the file of `CAN` has another name"),
        "{told}"
    );
}

#[test]
fn a_code_that_no_state_has_is_found_on_its_line() {
    let text = shipped_text("mechanisms/can.toml").replace("\"PER\"", "\"PRE\"");
    let line = 1 + text.lines().position(|line| line.contains("\"PRE\"")).unwrap();
    let problems = Content::shipped().unwrap().check_mechanism(&text).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].line, line);
    assert!(problems[0].message.contains("`PRE`"));
}

#[test]
fn a_folder_that_is_not_there_or_holds_a_link_is_refused() {
    let gone = Path::new("/nowhere/at/all");
    assert!(matches!(Content::load(Some(gone), false), Err(ContentRefused::Unreadable { .. })));
    #[cfg(unix)]
    {
        let folder = overlay(&[]);
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("link.toml")).unwrap();
        assert!(refused(folder.path()).contains("neither a file nor a folder"));
    }
}

#[test]
fn a_partnership_ends_for_a_state_that_leaves_the_organisation_behind_it() {
    let content = Content::shipped().unwrap();
    let register = content.mechanisms();
    let joint = register.get("ECOWAS-ECCAS").unwrap();
    let has = |on: &str| {
        let on: Day = on.parse().unwrap();
        register.members_on(joint, Some(on)).iter().any(|member| member.state == "NER")
    };
    assert!(has("2010-12-31"));
    assert!(!has("2025-06-01"));
    assert!(!has("2005-01-01"), "before the joint framework existed");
}

#[test]
fn every_instrument_that_a_profile_names_by_id_is_in_the_register_of_instruments() {
    let content = Content::load(None, false).unwrap();
    let mut named = 0;
    for profile in content.mechanisms().profiles() {
        for id in
            profile.instruments.items().iter().filter_map(|instrument| instrument.id.as_deref())
        {
            let file = format!("instruments/{id}.toml");
            assert!(content.text(&file).is_some(), "{}: no {file}", profile.id);
            named += 1;
        }
    }
    assert!(named >= 20, "only {named}");
}

#[test]
fn req_134_an_own_folder_adds_a_mechanisms_list_of_standards_or_replaces_the_common_one() {
    let list = |mechanism: &str, version: &str| {
        format!(
            "{mechanism}version = \"{version}\"\nowner = \"ours\"\nstandards = [\"school_place\"]\n"
        )
    };
    let version = |folder: &TempDir, mechanism: &str| {
        let content = Content::load(Some(folder.path()), false).unwrap();
        let care = palermo_app::care::CareContent::load(&content).unwrap();
        care.standards.of(Some(mechanism)).version.clone()
    };
    let ours = list("mechanism = \"ECOWAS\"\n", "7");
    let added = overlay(&[("care/return-standards/ecowas.toml", &ours)]);
    assert_eq!([version(&added, "ECOWAS"), version(&added, "SADC")], ["7", "2026-1"]);
    let named = overlay(&[("care/return-standards.toml", &ours)]);
    assert_eq!([version(&named, "ECOWAS"), version(&named, "SADC")], ["7", "2026-1"]);
    let common = overlay(&[("care/return-standards.toml", &list("", "8"))]);
    assert_eq!(version(&common, "SADC"), "8");
}

#[test]
fn req_110_an_own_folder_adds_a_mechanisms_list_of_what_reintegration_means() {
    let ours = "mechanism = \"ECOWAS\"\nversion = \"7\"\nowner = \"ours\"\nleast = 1\n\
                [[criterion]]\ncode = \"safe\"\n";
    let added = overlay(&[("care/reintegration/ecowas.toml", ours)]);
    let content = Content::load(Some(added.path()), false).unwrap();
    let care = palermo_app::care::CareContent::load(&content).unwrap();
    assert_eq!(care.criteria.of(Some("ECOWAS")).version, "7");
    assert_eq!(care.criteria.of(Some("SADC")).version, "2026-1");
    let unknown = ours.replace("safe", "unheard_of");
    let added = overlay(&[("care/reintegration/ecowas.toml", unknown.as_str())]);
    let content = Content::load(Some(added.path()), false).unwrap();
    let refused = palermo_app::care::CareContent::load(&content).unwrap_err();
    assert!(refused.contains("unheard_of"), "{refused}");
}
