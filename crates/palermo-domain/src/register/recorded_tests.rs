#![allow(clippy::unwrap_used)]
use super::*;
use crate::register::{
    instrument::InstrumentRegister, mechanism::MechanismRegister, provenance::Confidence,
};

const MERIDIAN: &str = include_str!("../../../../content/demo/mechanisms/meridian.toml");
const LODESTAR: &str = include_str!("../../../../content/demo/mechanisms/lodestar.toml");
const SAARC: &str = include_str!("../../../../content/instruments/saarc-convention-2002.toml");

fn told(fact: Recorded, preferred: bool) -> RecordedFact {
    let provenance = Provenance {
        source: "gazette 7".to_owned(),
        as_of: "2026".parse().unwrap(),
        confidence: Confidence::Stated,
        note: None,
        disputed: None,
    };
    RecordedFact { fact, preferred, provenance }
}

fn member(
    state: &str,
    status: MemberStatus,
    from: &str,
    to: &str,
    preferred: bool,
) -> RecordedFact {
    let date = |text: &str| PartialDate::parse(text);
    let fact = Recorded::Membership {
        mechanism: "MERIDIAN".to_owned(),
        state: state.parse().unwrap(),
        status,
        from: date(from),
        to: date(to),
    };
    told(fact, preferred)
}

fn with(facts: &[RecordedFact]) -> MechanismRegister {
    let profiles = [MERIDIAN, LODESTAR].map(|text| MechanismProfile::parse(text).unwrap());
    MechanismRegister::new(profiles.into()).unwrap().with(facts)
}

fn status(register: &MechanismRegister, state: &str, on: &str) -> Option<MemberStatus> {
    let profile = register.get("MERIDIAN").unwrap();
    let on = on.parse().unwrap();
    register.belonging_on(profile, on).into_iter().find(|m| m.state == state).map(|m| m.status)
}

#[test]
fn req_002_a_state_that_left_after_the_profile_was_written_is_no_member_any_more() {
    let left = member("XBB", MemberStatus::Member, "2014-05", "2025-01-29", true);
    let now = with(&[left]);
    assert_eq!(status(&now, "XBB", "2025-01-28"), Some(MemberStatus::Member));
    assert_eq!(status(&now, "XBB", "2025-01-29"), None);
    assert_eq!(status(&now, "XAA", "2025-01-29"), Some(MemberStatus::Member));
}

#[test]
fn req_002_a_new_way_of_belonging_ends_the_old_one_and_a_newcomer_contradicts_nothing() {
    let now = with(&[
        member("XCC", MemberStatus::Suspended, "2024-03", "", true),
        member("XGG", MemberStatus::Observer, "2025", "", false),
    ]);
    assert_eq!(status(&now, "XCC", "2024-02-29"), Some(MemberStatus::Member));
    assert_eq!(status(&now, "XCC", "2024-03-01"), Some(MemberStatus::Suspended));
    assert_eq!(status(&now, "XGG", "2024-12-31"), None);
    assert_eq!(status(&now, "XGG", "2025-01-01"), Some(MemberStatus::Observer));
}

#[test]
fn req_015_what_contradicts_the_profile_is_followed_only_where_it_is_preferred() {
    let other = |preferred| member("XBB", MemberStatus::Observer, "2014-05", "", preferred);
    assert_eq!(status(&with(&[other(false)]), "XBB", "2020-01-01"), Some(MemberStatus::Member));
    assert_eq!(status(&with(&[other(true)]), "XBB", "2020-01-01"), Some(MemberStatus::Observer));
    // What came before and ended where the profile begins is no contradiction.
    let before = member("XDD", MemberStatus::Observer, "2014-06", "2016-01", false);
    let now = with(&[before]);
    assert_eq!(status(&now, "XDD", "2015-01-01"), Some(MemberStatus::Observer));
    assert_eq!(status(&now, "XDD", "2016-01-01"), Some(MemberStatus::Member));
}

#[test]
fn req_004_a_state_is_recorded_in_an_activity_of_the_profile_or_in_a_new_one() {
    let joined = |title: &str, state: &str| {
        let fact = Recorded::Activity {
            mechanism: "MERIDIAN".to_owned(),
            activity: None,
            title: title.to_owned(),
            states: vec![state.parse().unwrap()],
            from: PartialDate::parse("2025"),
            to: None,
        };
        told(fact, false)
    };
    let now = with(&[joined("Joint hotline", "XEE")]);
    let profile = now.get("MERIDIAN").unwrap();
    let titles = |on: &str| -> Vec<String> {
        let all = now.activities_of(profile, "XEE", on.parse().unwrap());
        all.into_iter().map(|one| one.title.clone()).collect()
    };
    assert!(titles("2025-06-01").contains(&"Joint hotline".to_owned()));
    assert!(!titles("2024-06-01").contains(&"Joint hotline".to_owned()));
}

#[test]
fn req_009_an_answer_fills_a_gap_and_contradicts_only_where_preferred() {
    use crate::register::instrument::read;
    let id: InstrumentId = "saarc-convention-2002".parse().unwrap();
    let covers = |item, answer, preferred| {
        told(Recorded::Scope { instrument: id.clone(), item, answer, why: None }, preferred)
    };
    let shipped =
        InstrumentRegister::new(vec![Instrument { relations: Vec::new(), ..read(SAARC).unwrap() }])
            .unwrap();
    let men = |facts: &[RecordedFact]| {
        let register = shipped.clone().with(facts);
        register.get(id.as_str()).map(|one| one.covers(ScopeItem::Men))
    };
    assert_eq!(men(&[covers(ScopeItem::Men, Answer::Yes, false)]), Some(Answer::No));
    assert_eq!(men(&[covers(ScopeItem::Men, Answer::Yes, true)]), Some(Answer::Yes));
}

#[test]
fn what_cannot_be_recorded_is_told_all_at_once() {
    let fact = Recorded::Activity {
        mechanism: "MERIDIAN".to_owned(),
        activity: None,
        title: " ".to_owned(),
        states: Vec::new(),
        from: PartialDate::parse("2025"),
        to: PartialDate::parse("2020"),
    };
    let fields: Vec<_> = fact.check().unwrap_err().iter().map(FactRefused::field).collect();
    assert_eq!(fields, ["to", "title", "states"]);
}

#[test]
fn a_fact_reads_back_from_what_is_stored() {
    let fact = member("XBB", MemberStatus::Member, "2014-05", "", true).fact;
    let stored = serde_json::to_value(&fact).unwrap();
    assert_eq!(stored["kind"], "membership");
    assert_eq!(serde_json::from_value::<Recorded>(stored).unwrap(), fact);
}
