#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;
use serde_json::Value;

fn ask(command: &MechanismsCommand) -> (u8, String, String) {
    let content = Content::shipped().unwrap();
    let mut streams = Streams { out: Vec::new(), err: Vec::new() };
    let status = answer(command, &content, content.mechanisms(), &mut streams).unwrap();
    (status, String::from_utf8(streams.out).unwrap(), String::from_utf8(streams.err).unwrap())
}

fn of(state: &str, on: Option<&str>) -> (u8, Value) {
    let on = on.map(|day| day.parse().unwrap());
    let (status, out, _) =
        ask(&MechanismsCommand::Of { state: state.into(), on, json: true, of: OfData::default() });
    (status, serde_json::from_str(&out).unwrap_or(Value::Null))
}

fn ids(answer: &Value) -> Vec<&str> {
    answer.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn the_list_is_54_objects_with_id_name_kind_and_members() {
    let (status, out, _) =
        ask(&MechanismsCommand::List { on: None, json: true, of: OfData::default() });
    assert_eq!(status, 0);
    let list: Value = serde_json::from_str(&out).unwrap();
    let rows = list.as_array().unwrap();
    assert_eq!(rows.len(), 54);
    for row in rows {
        let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["id", "kind", "members", "name"]);
    }
}

#[test]
fn req_002_the_contract_answers_for_myanmar_and_afghanistan() {
    let (status, mmr) = of("MMR", Some("2010-10-01"));
    assert_eq!(status, 0);
    for id in ["ASEAN", "COMMIT", "BALI"] {
        assert!(ids(&mmr).contains(&id), "{id}");
    }
    let bali = mmr.as_array().unwrap().iter().find(|row| row["id"] == "BALI").unwrap();
    assert_eq!(bali["dates"], "unknown");
    assert_eq!(bali["from"], Value::Null);
    assert_eq!(bali["status"], "participant");
    let asean = mmr.as_array().unwrap().iter().find(|row| row["id"] == "ASEAN").unwrap();
    assert_eq!((&asean["dates"], &asean["from"]), (&"known".into(), &"1997-07-23".into()));

    let (_, afg) = of("AFG", Some("2006-12-31"));
    assert!(!ids(&afg).contains(&"SAARC"));
    let (_, afg) = of("AFG", Some("2007-12-31"));
    assert!(ids(&afg).contains(&"SAARC"));
}

#[test]
fn each_answer_has_exactly_the_six_fields_of_the_contract() {
    let (_, answer) = of("hnd", Some("2010-01-01"));
    for row in answer.as_array().unwrap() {
        let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["dates", "from", "id", "name", "status", "to"]);
    }
    let oas = answer.as_array().unwrap().iter().find(|row| row["id"] == "OAS").unwrap();
    assert_eq!(oas["status"], "suspended");
    assert_eq!(oas["to"], "2011-06-01");
}

#[test]
fn a_state_in_no_mechanism_is_an_empty_answer_and_a_code_of_no_state_is_wrong_use() {
    assert_eq!(of("ATA", None), (0, Value::Array(Vec::new())));
    let (status, out, err) = ask(&MechanismsCommand::Of {
        state: "Burma".into(),
        on: None,
        json: true,
        of: OfData::default(),
    });
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("`Burma`"), "{err}");
}

#[test]
fn a_code_that_no_state_has_here_is_refused_and_one_of_a_folder_is_known() {
    let asked = |state: &str| MechanismsCommand::Of {
        state: state.into(),
        on: None,
        json: true,
        of: OfData::default(),
    };
    let (status, out, err) = ask(&asked("XYZ"));
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("`XYZ`") && err.contains("--data"), "{err}");
    let (_, _, err) = ask(&asked("Nigerria"));
    assert!(err.contains("did you mean NGA (Nigeria)"), "{err}");
    // In a demonstration the invented States are known, third countries too.
    let content = Content::load(None, true).unwrap();
    let mut streams = Streams { out: Vec::new(), err: Vec::new() };
    assert_eq!(answer(&asked("XGG"), &content, content.mechanisms(), &mut streams).unwrap(), 0);
    assert_eq!(String::from_utf8(streams.out).unwrap().trim(), "[]");
}

#[test]
fn an_overlay_is_checked_before_a_restart_with_all_its_problems_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let policy = "reflection_days = 10\n[opens]\ndonor = [\"identity\"]\n\
                  [[grant]]\nroles = [\"wizard\"]\nactions = [\"audit.read\"]\nscope = \"tenant\"\n";
    put("policy/roles.toml", policy);
    put("mechanisms/a.toml", "id = \"a b\"\n");
    let mut streams = Streams { out: Vec::new(), err: Vec::new() };
    assert_eq!(overlay::check(folder.path(), false, true, &mut streams).unwrap(), 1);
    let err = String::from_utf8(streams.err).unwrap();
    for told in [
        "policy/roles.toml: line 1: `reflection_days`: rule R4",
        "set it to 30 or more",
        "policy/roles.toml: line 3: `opens.donor`: rule R8",
        "policy/roles.toml: line 5: `grant 1`: `wizard` is not a role; use one of `public`",
        "mechanisms/a.toml: line 1: `id`: `a b` is not an id",
    ] {
        assert!(err.contains(told), "{told}: {err}");
    }
    let answer: Value = serde_json::from_slice(&streams.out).unwrap();
    assert!(answer["problems"].as_array().unwrap().len() >= 4, "{answer}");

    let file = folder.path().join("policy/roles.toml");
    let (status, _, err) =
        ask(&MechanismsCommand::Check { file, json: false, of: OfData::default() });
    assert_eq!(status, 1);
    assert!(err.contains("line 5") && err.contains("line 3"), "{err}");

    put("policy/roles.toml", "reflection_days = 45\n");
    std::fs::remove_file(folder.path().join("mechanisms/a.toml")).unwrap();
    put("polcy/roles.toml", "reflection_days = 45\n");
    let mut streams = Streams { out: Vec::new(), err: Vec::new() };
    assert_eq!(overlay::check(folder.path(), false, false, &mut streams).unwrap(), 0);
    let err = String::from_utf8(streams.err).unwrap();
    assert!(err.contains("polcy/roles.toml: nothing reads this file"), "{err}");
}

#[test]
fn req_001_every_profile_shows_its_instrument_type_and_source() {
    let content = Content::shipped().unwrap();
    for profile in content.mechanisms().profiles() {
        let (status, out, _) = ask(&MechanismsCommand::Show {
            id: profile.id.to_string(),
            json: false,
            of: OfData::default(),
        });
        let founding = &profile.founding[0];
        assert_eq!(status, 0);
        let shown = format!("  {}: {}", founding.founding_type, founding.title);
        let line = out.lines().find(|line| line.starts_with(&shown)).unwrap();
        assert!(line.contains(&format!("[{}, as of", founding.provenance.source)), "{line}");
    }
}

#[test]
fn req_015_both_dates_of_the_policy_are_shown_with_their_sources_and_one_preferred() {
    let (_, out, _) =
        ask(&MechanismsCommand::Show { id: "ecowas".into(), json: false, of: OfData::default() });
    assert!(out.contains("April 2009 (preferred) [S0 ¶58, 76"), "{out}");
    assert!(out.contains("2010 [S1:85"), "{out}");
}

#[test]
fn an_unknown_mechanism_is_a_no_with_what_comes_near() {
    let (status, _, err) =
        ask(&MechanismsCommand::Show { id: "ECOW".into(), json: false, of: OfData::default() });
    assert_eq!(status, 1);
    assert!(err.contains("did you mean ECOWAS, ECOWAS-ECCAS?"), "{err}");
}

#[test]
fn a_question_past_the_profiles_says_so_beside_the_answer() {
    let on = Some("2020-01-01".parse().unwrap());
    let (status, _, err) =
        ask(&MechanismsCommand::Of { state: "GBR".into(), on, json: false, of: OfData::default() });
    assert_eq!(status, 0);
    assert!(err.starts_with("note: "), "{err}");
}

#[test]
fn check_tells_every_problem_with_its_line_and_says_no() {
    let folder = std::env::temp_dir().join(format!("palermo-check-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("broken.toml");
    std::fs::write(&file, "id = \"BROKEN\"\nkind = \"test\"\nas_of = \"2010-13\"\n").unwrap();
    let (status, _, err) =
        ask(&MechanismsCommand::Check { file: file.clone(), json: false, of: OfData::default() });
    assert_eq!(status, 1);
    assert!(err.contains("line 3: `as_of`: `2010-13` is not a date"), "{err}");
    assert!(err.lines().count() > 10, "all problems at once: {err}");
    let (_, out, _) =
        ask(&MechanismsCommand::Check { file: file.clone(), json: true, of: OfData::default() });
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert!(answer["problems"].as_array().unwrap().iter().all(|p| p["line"].as_u64().unwrap() > 0));

    std::fs::write(&file, Content::shipped().unwrap().text("mechanisms/can.toml").unwrap())
        .unwrap();
    let (status, out, err) =
        ask(&MechanismsCommand::Check { file: file.clone(), json: false, of: OfData::default() });
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("CAN, no problem"));
    let text = Content::shipped().unwrap().text("mechanisms/hsu.toml").unwrap().to_owned();
    std::fs::write(&file, text.replace("union_of = [\"ASEAN\"]", "union_of = [\"ASAEN\"]"))
        .unwrap();
    let (status, _, err) =
        ask(&MechanismsCommand::Check { file: file.clone(), json: false, of: OfData::default() });
    assert_eq!(status, 1);
    assert!(err.contains("no profile describes `ASAEN`"), "{err}");
    let gone = folder.join("gone.toml");
    assert_eq!(
        ask(&MechanismsCommand::Check { file: gone, json: false, of: OfData::default() }).0,
        2
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn req_002_what_editors_recorded_answers_beside_the_profiles() {
    use palermo_app::domain::register::{
        mechanism::MemberStatus,
        provenance::{Confidence, Provenance},
        recorded::{Recorded, RecordedFact},
    };
    let left = RecordedFact {
        fact: Recorded::Membership {
            mechanism: "ASEAN".to_owned(),
            state: "MMR".parse().unwrap(),
            status: MemberStatus::Member,
            from: Some("1997-07-23".parse().unwrap()),
            to: Some("2010-09-01".parse().unwrap()),
        },
        preferred: true,
        provenance: Provenance {
            source: "an invented notice".to_owned(),
            as_of: "2010-12".parse().unwrap(),
            confidence: Confidence::Stated,
            note: None,
            disputed: None,
        },
    };
    let content = Content::shipped().unwrap();
    let register = content.mechanisms().clone().with(&[left]);
    let command = MechanismsCommand::Of {
        state: "MMR".into(),
        on: Some("2010-10-01".parse().unwrap()),
        json: true,
        of: OfData::default(),
    };
    let mut streams = Streams { out: Vec::new(), err: Vec::new() };
    assert_eq!(answer(&command, &content, &register, &mut streams).unwrap(), 0);
    let told: Value = serde_json::from_slice(&streams.out).unwrap();
    assert!(!ids(&told).contains(&"ASEAN") && ids(&told).contains(&"COMMIT"), "{told}");
}
