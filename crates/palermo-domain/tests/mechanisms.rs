//! The mechanism register on the shipped profiles: all of them, not a sample.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use palermo_domain::register::day::Day;
use palermo_domain::register::mechanism::{
    Dates, Detail, FoundingType, MechanismId, MechanismProfile, MechanismRegister, MemberOn,
    MemberStatus,
};

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
    MechanismRegister::new(profiles("mechanisms").into_iter().map(|(_, profile)| profile).collect())
        .unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn member(id: &str, state: &str, on: &str) -> Option<MemberOn> {
    let register = register();
    let profile = register.get(id).unwrap();
    register.belonging_on(profile, day(on)).into_iter().find(|member| member.state == state)
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
        assert!(!founding.title.is_empty(), "{file}");
    }
}

#[test]
fn req_001_the_principal_instrument_is_of_the_type_the_documents_tell() {
    let register = register();
    let expected: [(FoundingType, &[&str]); 9] = [
        (FoundingType::Convention, &["COE", "SAARC"]),
        (FoundingType::Agreement, &["CIS", "ECOWAS-ECCAS"]),
        (FoundingType::Mou, &["COMMIT"]),
        (FoundingType::Declaration, &["ECOWAS", "ASEAN", "MERCOSUR"]),
        (FoundingType::Decision, &["OSCE", "LAS", "EU"]),
        (FoundingType::Plan, &["AU", "SADC", "RCM", "ARIAT", "BSEC", "SP-SEE"]),
        (FoundingType::Process, &["OAS", "BALI"]),
        (FoundingType::Charter, &["PIDC"]),
        (FoundingType::None, &["ECA", "GCC", "OIC", "NORDIC"]),
    ];
    for (wanted, ids) in expected {
        for id in ids {
            assert_eq!(register.get(id).unwrap().founding[0].founding_type, wanted, "{id}");
        }
    }
}

/// Every sourced fact in the profile as it is shown to the outside, with its path.
fn facts(profile: &MechanismProfile) -> Vec<(String, serde_json::Map<String, serde_json::Value>)> {
    fn walk(
        path: &str,
        value: &serde_json::Value,
        found: &mut Vec<(String, serde_json::Map<String, serde_json::Value>)>,
    ) {
        match value {
            serde_json::Value::Object(fields) => {
                if fields.contains_key("source") {
                    found.push((path.to_owned(), fields.clone()));
                }
                for (key, value) in fields {
                    walk(&format!("{path}.{key}"), value, found);
                }
            }
            serde_json::Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(at, item)| walk(&format!("{path}[{at}]"), item, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(profile.id.as_str(), &serde_json::to_value(profile).unwrap(), &mut found);
    found
}

#[test]
fn req_015_every_fact_that_is_shown_has_a_source_a_date_and_a_confidence() {
    let mut count = 0;
    for (_, profile) in profiles("mechanisms") {
        for (path, fact) in facts(&profile) {
            assert!(fact["source"].as_str().is_some_and(|source| !source.is_empty()), "{path}");
            assert!(fact["as_of"].is_string() && fact["confidence"].is_string(), "{path}");
            count += 1;
        }
    }
    assert!(count > 1_500, "only {count} facts");
}

#[test]
fn what_no_source_tells_reads_unknown_with_a_reason() {
    let register = register();
    let shown = serde_json::to_value(register.get("COMESA").unwrap()).unwrap();
    let reason = shown["bodies"]["unknown"].as_str().unwrap();
    assert!(reason.contains("not described"), "{reason}");
    let shown = serde_json::to_value(register.get("SAARC").unwrap()).unwrap();
    assert_eq!(shown["plans"]["source"], "S1:213", "a source says there is none");
}

#[test]
fn a_list_of_names_says_that_it_is_no_profile() {
    let register = register();
    let named: Vec<_> =
        register.profiles().filter(|profile| profile.detail == Detail::Named).collect();
    assert_eq!(named.len(), 1);
    assert!(named[0].summary.text.starts_with("Not a profile"));
    assert!(named[0].named.len() > 15);
}

#[test]
fn req_002_myanmar_belongs_to_asean_commit_and_bali_in_october_2010() {
    let found = ids_of("MMR", "2010-10-01");
    for id in ["ASEAN", "COMMIT", "BALI"] {
        assert!(found.iter().any(|known| known == id), "{id} not in {found:?}");
    }
    assert!(!ids_of("MMR", "1996-01-01").contains(&"ASEAN".to_owned()));
}

#[test]
fn req_002_membership_changes_with_its_dates() {
    assert!(!ids_of("AFG", "2006-12-31").contains(&"SAARC".to_owned()));
    assert!(!ids_of("AFG", "2007-04-02").contains(&"SAARC".to_owned()));
    assert!(ids_of("AFG", "2007-04-03").contains(&"SAARC".to_owned()));
    assert!(member("ECCAS", "RWA", "2006-06-01").is_some());
    assert!(member("ECCAS", "RWA", "2008-01-01").is_none());
    assert!(member("ECCAS", "RWA", "2017-01-01").is_some());
    assert!(member("CIS", "GEO", "2009-08-17").is_some());
    assert!(member("CIS", "GEO", "2009-08-18").is_none());
    assert!(member("SP-SEE", "ALB", "2005-01-01").is_some());
    assert!(member("SP-SEE", "ALB", "2010-01-01").is_none(), "the Pact had ended");
}

#[test]
fn req_002_participation_association_observation_and_suspension_are_told_apart() {
    let status = |id, state, on| member(id, state, on).unwrap().status;
    assert_eq!(status("SADC", "MDG", "2008-01-01"), MemberStatus::Member);
    assert_eq!(status("SADC", "MDG", "2010-12-31"), MemberStatus::Suspended);
    assert_eq!(status("SADC", "MDG", "2015-01-01"), MemberStatus::Member);
    assert_eq!(status("OAS", "HND", "2009-07-03"), MemberStatus::Member);
    assert_eq!(status("OAS", "HND", "2009-07-04"), MemberStatus::Suspended);
    assert_eq!(status("OAS", "CUB", "2010-12-31"), MemberStatus::Inactive);
    assert_eq!(status("MERCOSUR", "VEN", "2010-12-31"), MemberStatus::Associate);
    assert_eq!(status("MERCOSUR", "VEN", "2013-01-01"), MemberStatus::Member);
    assert_eq!(status("CIS", "TKM", "2010-12-31"), MemberStatus::Associate);
    assert_eq!(status("OSCE", "USA", "2010-12-31"), MemberStatus::Participant);
    assert_eq!(status("GRETA", "MDA", "2010-12-31"), MemberStatus::ContractingParty);
}

#[test]
fn a_membership_of_unknown_beginning_counts_from_the_founding_and_says_so() {
    let bali = member("BALI", "MMR", "2002-01-01").unwrap();
    assert_eq!((bali.dates, bali.from), (Dates::Unknown, None));
    assert!(member("BALI", "MMR", "2001-12-31").is_none(), "founded in 2002");
    let asean = member("ASEAN", "MMR", "2010-10-01").unwrap();
    assert_eq!(asean.dates, Dates::Known);
}

#[test]
fn a_membership_counts_always_where_the_founding_is_unknown_too() {
    let text = std::fs::read_to_string(content("mechanisms/bali.toml")).unwrap();
    let start = text.find("[founded]").unwrap();
    let end = start + text[start..].find("\n[persons]").unwrap();
    let text = format!("{}{}", &text[..start], &text[end..])
        .replace("[unknown]\n", "[unknown]\nfounded = \"nobody remembers\"\n");
    let profile = MechanismProfile::parse(&text).unwrap();
    let member = profile.records_on(day("1900-01-01"));
    assert_eq!(member.len(), 41);
}

#[test]
fn req_003_the_joint_framework_has_25_states_by_union_its_own_plan_and_a_joint_commission() {
    let register = register();
    let joint = register.get("ECOWAS-ECCAS").unwrap();
    let members = register.members_on(joint, Some(day("2010-12-31")));
    assert_eq!(members.len(), 25);
    assert!(joint.member_records().is_empty(), "nobody is listed twice");
    let via = |id: &str| members.iter().filter(|m| m.via == MechanismId::parse(id)).count();
    assert_eq!((via("ECOWAS"), via("ECCAS")), (15, 10));
    assert!(members.iter().all(|m| m.from.unwrap().to_string().as_str() >= "2006-07"));

    let plan = &joint.plans.items()[0];
    assert_eq!((plan.from.unwrap().to_string(), plan.areas.len()), ("2006".to_owned(), 7));
    let commission =
        joint.bodies.items().iter().find(|body| body.id == "joint-commission").unwrap();
    assert_eq!(commission.sees_reports_of, ["ecowas-unit", "eccas-unit"]);
    assert_eq!(register.members_on(register.get("AU-EU-MME").unwrap(), None).len(), 80);
}

#[test]
fn req_004_a_participant_appears_only_in_the_activities_it_joined() {
    let register = register();
    let bali = register.get("BALI").unwrap();
    assert_eq!(bali.activities.len(), 4);
    let model_law = bali.activities.iter().find(|activity| activity.id == "model-law").unwrap();
    assert_eq!(model_law.count, Some(18));
    assert!(model_law.joined.given().is_none(), "the source counts them and names none");
    for state in ["AUS", "IDN", "MMR"] {
        assert!(register.activities_of(bali, state, day("2010-12-31")).is_empty(), "{state}");
    }

    let text = std::fs::read_to_string(content("mechanisms/bali.toml")).unwrap();
    let why = "joined_unknown = \"the source counts the countries one year after its introduction and names none\"";
    let joined =
        "joined = [{ state = \"IDN\", from = \"2003\" }, { state = \"THA\", to = \"2008\" }]";
    assert!(text.contains(why));
    let bali = MechanismProfile::parse(&text.replace(why, joined)).unwrap();
    let of = |state, on| -> Vec<&str> {
        register.activities_of(&bali, state, day(on)).into_iter().map(|a| a.id.as_str()).collect()
    };
    assert_eq!(of("IDN", "2010-12-31"), ["model-law"]);
    assert!(of("IDN", "2002-12-31").is_empty(), "before it joined");
    assert!(of("THA", "2010-12-31").is_empty(), "after it left");
    assert!(of("AUS", "2010-12-31").is_empty(), "a participant that did not join");
}

#[test]
fn req_015_conflicting_statements_stand_side_by_side_with_one_preferred() {
    let register = register();
    let statement = |id: &str, name: &str| {
        register.get(id).unwrap().statements.iter().find(|s| s.id == name).unwrap().clone()
    };
    let policy = statement("ECOWAS", "ecowas-policy");
    let said: Vec<_> =
        policy.claims.iter().map(|c| (c.value.as_str(), c.provenance.source.as_str())).collect();
    assert_eq!(said, [("April 2009", "S0 ¶58, 76"), ("2010", "S1:85")]);
    assert_eq!(policy.preferred().unwrap().value, "April 2009");
    let force = statement("SAARC", "in-force");
    assert_eq!(force.preferred().unwrap().value, "15 November 2005");
    assert!(
        force
            .claims
            .iter()
            .any(|claim| claim.value == "2006" && claim.provenance.source == "S1:211")
    );

    let conflicts = [
        ("ECOWAS", "ecowas-plan"),
        ("ECOWAS", "ecowas-manual"),
        ("SAARC", "members"),
        ("SAARC", "title"),
        ("COMMIT", "spa-1-structure"),
        ("COMMIT", "gms-china"),
        ("UNTOC-COP", "non-parties"),
        ("AU", "oap-cadence"),
        ("OSCE", "sr"),
        ("COE", "parties"),
        ("ARTIP", "artip"),
    ];
    for (id, name) in conflicts {
        let statement = statement(id, name);
        assert!(statement.claims.len() >= 2, "{id} {name}");
        assert_eq!(
            statement.claims.iter().filter(|claim| claim.preferred).count(),
            1,
            "{id} {name}"
        );
        assert!(!statement.why.is_empty());
    }
}

#[test]
fn the_order_of_the_first_evaluation_round_follows_from_the_dates() {
    let register = register();
    let mut parties = register.members_on(register.get("GRETA").unwrap(), None);
    parties.sort_by_key(|party| party.from);
    let first: Vec<_> = parties.iter().take(10).map(|party| party.state.as_str()).collect();
    assert_eq!(first, ["MDA", "ROU", "AUT", "ALB", "GEO", "SVK", "BGR", "HRV", "DNK", "CYP"]);
    assert_eq!(parties.len(), 33);
}

#[test]
fn plans_of_any_shape_are_data() {
    let register = register();
    let shape = |id: &str, plan: &str| {
        let plans = register.get(id).unwrap().plans.items();
        let areas = &plans.iter().find(|p| p.id == plan).unwrap().areas;
        (
            areas.iter().filter(|a| a.under.is_none()).count(),
            areas.iter().filter(|a| a.under.is_some()).count(),
        )
    };
    assert_eq!(shape("COMMIT", "spa-1"), (4, 8), "four headings, eight activities");
    assert_eq!(shape("COMMIT", "spa-1-tool"), (12, 0), "eleven areas and management");
    assert_eq!(shape("ECOWAS", "initial"), (6, 0));
    assert_eq!(
        shape("FRAMEWORK-ACTION", "framework"),
        (5, 28 + 5),
        "28 measures, five of them divided once more"
    );
}

#[test]
fn no_profile_lets_the_reflection_period_fall_below_thirty_days() {
    for folder in ["mechanisms", "demo/mechanisms"] {
        for (file, profile) in profiles(folder) {
            for rule in profile.rules.items().iter().filter(|rule| rule.key == "reflection_days") {
                assert!(rule.value >= 30, "{file}");
            }
        }
    }
}

#[test]
fn every_mechanism_that_is_referred_to_exists() {
    let mut all: Vec<_> = profiles("mechanisms").into_iter().map(|(_, profile)| profile).collect();
    all.retain(|profile| profile.id.as_str() != "ECCAS");
    let problems = MechanismRegister::new(all).unwrap_err();
    assert!(
        problems.iter().any(|p| p.message == "ECOWAS-ECCAS: no profile describes `ECCAS`"),
        "{problems:?}"
    );
}

#[test]
fn a_union_of_itself_and_an_id_used_twice_are_refused() {
    let all = || profiles("mechanisms").into_iter().map(|(_, profile)| profile).collect::<Vec<_>>();
    let mut twice = all();
    twice.extend(
        profiles("mechanisms").into_iter().map(|(_, p)| p).filter(|p| p.id.as_str() == "EU"),
    );
    let problems = MechanismRegister::new(twice).unwrap_err();
    assert!(problems.iter().any(|p| p.message == "EU: two files describe it"));

    let text = std::fs::read_to_string(content("mechanisms/hsu.toml")).unwrap();
    let mut circle = all();
    circle.retain(|p| p.id.as_str() != "HSU");
    circle.push(MechanismProfile::parse(&text.replace("[\"ASEAN\"]", "[\"HSU\"]")).unwrap());
    let problems = MechanismRegister::new(circle).unwrap_err();
    assert!(problems.iter().any(|p| p.message == "HSU: it is a union of itself"), "{problems:?}");
}

fn reference() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var("PALERMO_REFERENCE").unwrap_or_else(|_| "../shared".to_owned());
    Some(root.join(folder)).filter(|folder| folder.is_dir())
}

#[test]
fn members_and_ids_equal_the_reference_list() {
    let Some(folder) = reference() else {
        println!("not run: no reference folder; set PALERMO_REFERENCE");
        return;
    };
    let text = std::fs::read_to_string(folder.join("domain/mechanisms.json")).unwrap();
    let expected: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let list = register().list(None);
    let ids = |all: Vec<&str>| all.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(
        ids(list.iter().map(|m| m.id.as_str()).collect()),
        ids(expected.iter().map(|m| m["id"].as_str().unwrap()).collect())
    );
    for wanted in &expected {
        let ours = list.iter().find(|m| m.id.as_str() == wanted["id"].as_str().unwrap()).unwrap();
        let wanted_members: BTreeSet<_> = wanted["members"]
            .as_array()
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap())
            .collect();
        let members: BTreeSet<_> = ours.members.iter().map(String::as_str).collect();
        assert_eq!(members, wanted_members, "{}", ours.id);
        assert_eq!(ours.members.len(), wanted_members.len(), "{}: nobody twice", ours.id);
    }
}

#[test]
fn the_same_members_hold_on_the_last_day_of_2010() {
    let Some(folder) = reference() else {
        println!("not run: no reference folder; set PALERMO_REFERENCE");
        return;
    };
    let text = std::fs::read_to_string(folder.join("domain/mechanisms.json")).unwrap();
    let expected: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let list = register().list(Some(day("2010-12-31")));
    for wanted in expected.iter().filter(|m| m["id"] != "SP-SEE") {
        let ours = list.iter().find(|m| m.id.as_str() == wanted["id"].as_str().unwrap()).unwrap();
        assert_eq!(ours.members.len(), wanted["members"].as_array().unwrap().len(), "{}", ours.id);
    }
}

#[test]
fn every_code_of_a_state_is_in_iso_3166() {
    let Some(folder) = reference() else {
        println!("not run: no reference folder; set PALERMO_REFERENCE");
        return;
    };
    let text = std::fs::read_to_string(folder.join("data/iso/country-codes.csv")).unwrap();
    for (file, profile) in profiles("mechanisms") {
        for record in profile.member_records() {
            assert!(text.contains(&format!(",{},", record.state)), "{file}: {}", record.state);
        }
    }
}

#[test]
fn req_015_a_membership_through_another_mechanism_tells_the_sources_of_both() {
    let register = register();
    let told = |id: &str, state: &str| -> Vec<(String, String)> {
        let sources = register.sources_of(register.get(id).unwrap(), state, day("2010-10-01"));
        let told = sources.into_iter();
        told.map(|(profile, said)| (profile.id.to_string(), said.source.clone())).collect()
    };
    let through = told("HSU", "MMR");
    assert_eq!(through.len(), 2, "{through:?}");
    assert_eq!(through[0], ("HSU".to_owned(), "S1:151; S0 ¶50".to_owned()));
    // The second is what stands where the State belongs by itself.
    assert_eq!(through[1..], told("ASEAN", "MMR"));
    assert_eq!(through[1].0, "ASEAN");
}
