//! Putting a plan together, and what an adopted one keeps of each change.

use super::*;
use crate::plan::{
    part::Slip,
    revise::{Fact, Part, Place, ReviseRefused},
};

fn order(plan: &Plan) -> Vec<&str> {
    plan.rows.iter().map(|row| row.key.as_str()).collect()
}

fn decided(reason: &str) -> Decision {
    Decision { on: day("2025-03-01"), by: "senior officials".into(), reason: reason.into() }
}

#[test]
fn req_017_rows_stand_where_they_are_put_with_all_that_lies_under_them() {
    let mut plan = plan();
    plan.add_row(row("b", None), &Place::After("a".into())).unwrap();
    plan.add_row(row("b1", None), &Place::Under("b".into())).unwrap();
    plan.add_row(row("first", None), &Place::First).unwrap();
    assert_eq!(plan.row("b1").unwrap().parent.as_deref(), Some("b"));
    assert!(plan.problems().is_empty(), "{:?}", plan.problems());
    plan.move_row("b", &Place::Under("a1".into())).unwrap();
    assert!(plan.problems().is_empty(), "{:?}", plan.problems());
    assert_eq!(order(&plan), ["first", "a", "a1", "b", "b1", "a2"]);
    let itself = plan.move_row("a", &Place::After("b1".into()));
    assert_eq!(itself, Err(ReviseRefused::UnderItself("a".into())));
    assert_eq!(order(&plan), ["first", "a", "a1", "b", "b1", "a2"], "nothing is lost");
    assert_eq!(plan.drop_row("b"), Err(ReviseRefused::HasParts("b".into())));
    assert_eq!(plan.drop_row("a"), Err(ReviseRefused::HasParts("a".into())));
    plan.drop_row("b1").unwrap();
    plan.drop_indicator("desks").unwrap();
    assert!(plan.targets.is_empty(), "its targets go with it");
    for (text, place) in [("first", Place::First), ("after:a1", Place::After("a1".into()))] {
        assert_eq!(text.parse::<Place>(), Ok(place.clone()));
        assert_eq!(place.to_string(), text);
    }
}

#[test]
fn req_031_what_an_adopted_plan_changes_is_kept_with_its_reason() {
    let before = plan().adopted("the ministers", day("2024-01-10")).unwrap();
    let mut after = before.clone();
    after.rows[1].title = "other words".into();
    after.rows[1].funded_by = Some("a fund".into());
    after.indicators[0].direction = Some(Direction::Down);
    after.indicators[0].baseline = None;
    after.drop_row("a2").unwrap();
    assert_eq!(after.explained(&before, &decided(" ")), Err(AmendRefused::NoReason));
    after.explained(&before, &decided("a survey")).unwrap();
    let facts: Vec<Option<(Part, Fact)>> = after
        .amendments
        .iter()
        .map(|one| match &one.change {
            Change::Fact { part, fact, .. } => Some((*part, *fact)),
            _ => None,
        })
        .collect();
    assert_eq!(
        facts,
        [
            Some((Part::Row, Fact::Dropped)),
            None,
            Some((Part::Indicator, Fact::Direction)),
            Some((Part::Indicator, Fact::Baseline)),
        ]
    );
    // It reads back as it was kept.
    let text = serde_json::to_string(&after).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), after);

    let mut money = before.clone();
    money.rows[1].allocated = Some("500 EUR".parse().unwrap());
    money.explained(&before, &decided("")).unwrap();
    assert!(money.amendments.is_empty(), "the work itself needs no reason");
    let mut draft = plan();
    draft.rows[1].title = "other words".into();
    draft.explained(&plan(), &decided("")).unwrap();
    assert!(draft.amendments.is_empty(), "a draft keeps no history");
    let closed = Plan { status: PlanStatus::Closed, ..before };
    assert_eq!(closed.clone().explained(&closed, &decided("x")), Err(AmendRefused::Closed));
}

#[test]
fn an_indicator_taken_out_of_use_and_other_quiet_changes_need_a_reason_too() {
    let before = plan().adopted("the ministers", day("2024-01-10")).unwrap();
    let facts = |after: &Plan| -> Vec<Fact> {
        let fact = |one: &Change| match one {
            Change::Fact { fact, .. } => Some(*fact),
            _ => None,
        };
        after.corrections(&before).iter().filter_map(fact).collect()
    };
    let mut after = before.clone();
    after.indicators[0].active = false;
    after.indicators[0].frequency = None;
    after.rows[1].level = "measure".into();
    after.source = "another text".into();
    assert_eq!(facts(&after), [Fact::Source, Fact::Level, Fact::Frequency, Fact::Active]);
    assert_eq!(after.explained(&before, &decided("")), Err(AmendRefused::NoReason));
    let mut written = before.clone();
    written.predecessor_review = Some("a review".into());
    assert!(facts(&written).is_empty(), "what is written where nothing stood is free");
    let mut back = after.clone();
    back.indicators[0].active = true;
    back.explained(&after, &decided("")).unwrap();
    assert!(back.amendments.is_empty(), "putting into use hides nothing");
}

#[test]
fn what_a_row_or_indicator_must_tell_is_one_rule_for_all_who_write() {
    let fields = |row: &Row| -> Vec<(&'static str, Slip)> {
        row.problems().into_iter().map(|one| (one.field, one.slip)).collect()
    };
    assert!(fields(&row("a", None)).is_empty());
    let lead = Party { name: " ".into(), kind: PartyKind::Government, tenant: None };
    let wrong = Row {
        number: "1".repeat(31),
        level: "\u{7}".into(),
        lead: Some(lead),
        starts: Some(day("2025-02-01")),
        ends: Some(day("2025-01-01")),
        ..Row::new("a")
    };
    assert_eq!(
        fields(&wrong),
        [
            ("title", Slip::Missing),
            ("number", Slip::TooLong { length: 31, longest: 30 }),
            ("level", Slip::Invisible),
            ("lead", Slip::Missing),
            ("ends", Slip::Backwards),
        ]
    );
    assert!(indicator("desks").problems().is_empty());
    let baseline = Baseline::Value { value: f64::NAN, on: day("2024-12-31"), version: 1 };
    let wrong = Indicator { baseline: Some(baseline), ..Indicator::new("desks") };
    let told: Vec<String> = wrong.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "title: nothing is written here",
            "row: nothing is written here",
            "baseline: this is not a number",
        ]
    );
}

#[test]
fn a_baseline_that_stays_keeps_the_version_it_was_measured_by() {
    let mut desks = indicator("desks");
    let words = "counted otherwise".into();
    desks.definitions.push(Definition { version: 2, words, since: Some(period("2026")) });
    assert_eq!(desks.measured_by(20.0, day("2023-12-31")), 1);
    assert_eq!(desks.measured_by(20.0, day("2025-12-31")), 2);
    assert_eq!(desks.measured_by(21.0, day("2023-12-31")), 2);
    assert_eq!(Indicator::new("new").measured_by(1.0, day("2025-12-31")), 1);
}
