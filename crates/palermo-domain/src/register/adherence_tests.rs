#![allow(clippy::unwrap_used)]
use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn code(text: &str) -> StateCode {
    text.parse().unwrap()
}

fn treaty() -> InstrumentId {
    "tip-protocol".parse().unwrap()
}

fn did(party: &str, acts: &[(Act, &str)]) -> Adherence {
    Adherence {
        instrument: treaty(),
        party: code(party),
        acts: acts.iter().map(|(act, date)| DatedAct::new(*act, day(date))).collect(),
        entry_into_force: None,
        source: "invented".to_owned(),
        as_of: "2010-12".parse().unwrap(),
    }
}

fn region() -> Vec<Adherence> {
    vec![
        did("XCC", &[(Act::Signature, "2000-12-12"), (Act::Ratification, "2009-04-16")]),
        did("XAA", &[(Act::Accession, "2002-08-21")]),
        did("XBB", &[(Act::Signature, "2001-01-01")]),
        did("EU", &[(Act::Signature, "2000-12-12"), (Act::Approval, "2006-09-06")]),
        did("XDD", &[]),
    ]
}

#[test]
fn a_party_counts_from_the_day_of_deposit() {
    let all = region();
    let names = |on: &str| {
        let rule = PartyRule::default();
        parties_on(&treaty(), day(on), &rule, &all)
            .iter()
            .map(|p| p.party.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("2009-04-15"), ["EU", "XAA"]);
    assert_eq!(names("2009-04-16"), ["EU", "XAA", "XCC"]);
}

#[test]
fn members_without_a_binding_act_are_missing_sorted_by_code() {
    let members = ["XDD", "XBB", "XAA", "XBB", "XEE"].map(code);
    let missing = missing_on(&treaty(), day("2009-04-16"), &members, &region());
    assert_eq!(missing, ["XBB", "XDD", "XEE"].map(code));
}

#[test]
fn who_only_signed_is_a_signatory() {
    let signed = signatories_on(&treaty(), day("2009-04-15"), &region());
    assert_eq!(signed, [(code("XBB"), day("2001-01-01")), (code("XCC"), day("2000-12-12"))]);
}

#[test]
fn a_withdrawal_ends_it_when_it_takes_effect_and_a_return_begins_it_again() {
    let mut left =
        did("XAA", &[(Act::Ratification, "2002-01-01"), (Act::Withdrawal, "2005-01-01")]);
    left.acts.last_mut().unwrap().until = Some(day("2006-01-01"));
    left.acts.push(DatedAct::new(Act::Accession, day("2008-03-03")));
    assert_eq!(left.bound_on(day("2005-12-31")).unwrap().act, Act::Ratification);
    assert_eq!(left.bound_on(day("2006-01-01")), None);
    assert_eq!(left.bound_on(day("2008-03-03")).unwrap().act, Act::Accession);
}

#[test]
fn a_reservation_holds_until_it_is_taken_back() {
    let mut with =
        did("XAA", &[(Act::Ratification, "2002-01-01"), (Act::Reservation, "2002-01-01")]);
    with.acts.last_mut().unwrap().until = Some(day("2010-01-01"));
    assert_eq!(with.reservations_on(day("2009-12-31")).count(), 1);
    assert_eq!(with.reservations_on(day("2010-01-01")).count(), 0);
}

#[test]
fn entry_into_force_is_told_apart_from_the_deposit() {
    let rule = PartyRule { in_force: Some(day("2003-12-25")), wait: "30 days".parse().ok() };
    let all = region();
    let parties = parties_on(&treaty(), day("2010-01-01"), &rule, &all);
    let of = |text: &str| parties.iter().find(|p| p.party == code(text)).unwrap();
    assert_eq!(of("XAA").entry_into_force, Some(day("2003-12-25")));
    assert_eq!(of("XCC").entry_into_force, Some(day("2009-05-16")));
    assert_eq!(of("XCC").date, day("2009-04-16"));
}

#[test]
fn the_timeline_counts_the_parties_of_each_day() {
    let line = timeline(&treaty(), &region());
    assert_eq!(line.len(), 6);
    assert_eq!(line.last().unwrap().parties, 3);
    assert_eq!(line.first().unwrap().parties, 0);
}

#[test]
fn the_matrix_shows_since_when_and_who_only_signed() {
    let rows = bound_by(&["XAA", "XBB"].map(code), &[treaty()], day("2009-01-01"), &region());
    assert_eq!(rows[0].since, [Some(day("2002-08-21"))]);
    assert_eq!(rows[1].since, [None]);
    assert_eq!(rows[1].signed, [Some(day("2001-01-01"))]);
}

#[test]
fn req_005_a_corrected_act_gives_way_and_one_before_a_withdrawal_does_not() {
    let mut all = did("XAA", &[(Act::Accession, "2000-01-01")]);
    let gone = all.enter(DatedAct::new(Act::Accession, day("2001-01-01")));
    assert_eq!(gone.map(|act| act.date), Some(day("2000-01-01")));
    assert_eq!(all.enter(DatedAct::new(Act::Withdrawal, day("2010-01-01"))), None);
    assert_eq!(all.enter(DatedAct::new(Act::Accession, day("2015-01-01"))), None);
    let bound = |on: &str| all.bound_on(day(on)).map(|act| act.date.to_string());
    assert_eq!(bound("2005-01-01").as_deref(), Some("2001-01-01"));
    assert_eq!(bound("2012-01-01"), None);
    assert_eq!(bound("2016-01-01").as_deref(), Some("2015-01-01"));
    assert_eq!(all.enter(DatedAct::new(Act::Withdrawal, day("2020-01-01"))), None);
    assert_eq!(all.acts.len(), 4, "it left twice");
}
