//! A child's return against the standards in force, and money in a person's care.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::care_support;

use care_support::{Case, answers, day, forms, in_force, list, standards};
use palermo_domain::care::{
    Body, CareKind, Notice, check,
    figures::costs,
    form::Wrong,
    month_end::{Given, month_end},
    returning::child_return,
    standards::{InForce, Standards},
};

/// A child for whom everything is written down but the list of standards.
fn ready_but_for_the_list() -> Case {
    let mut child = Case::child();
    child.clear_guardian();
    let told = [("on", "2026-11-20"), ("language", "vi"), ("items", "asylum")];
    child.write("information", &told).unwrap();
    child.write("risk", &care_support::risk("low")).unwrap();
    child.write("best-interests", &care_support::determination("stated", "return_care")).unwrap();
    child
}

fn whole_list() -> Vec<(&'static str, &'static str)> {
    let mut facts = vec![("on", "2026-11-20"), ("version", "2026-1")];
    facts.extend([("education", "school"), ("care", "family")]);
    facts.extend(list().standards.iter().map(|item| ("fulfilled", item.as_str())));
    facts
}

#[test]
fn req_134_planning_a_childs_return_is_refused_with_the_standards_that_are_not_met() {
    let mut child = ready_but_for_the_list();
    let some = [("on", "2026-11-20"), ("version", "2026-1"), ("fulfilled", "child_prepared")];
    child.write("return-checklist", &some).unwrap();
    let planned = [("service", "return"), ("state", "planned"), ("on", "2026-11-27")];
    let denied = child.write("need", &planned).unwrap_err();
    let named = denied.iter().find(|one| one.message == "care-return-standards").unwrap();
    assert_eq!((named.field, named.rule.unwrap().number), ("state", 5));
    assert!(named.standards.contains(&"school_place".to_owned()));
    assert!(!named.standards.contains(&"child_prepared".to_owned()));
    let ahead = [("service", "return"), ("provider", "io"), ("asked_on", "2026-11-27")];
    assert!(child.write("service", &ahead).is_err());
    // What the child wishes is written down, and a return that took place is recorded.
    let wished = [("service", "return"), ("state", "open"), ("on", "2026-11-27")];
    child.write("need", &wished).unwrap();
    let happened = [("service", "return"), ("provider", "state"), ("started_on", "2026-11-26")];
    let notices = child.write("service", &happened).unwrap();
    assert_eq!(notices, [Notice::RightsIncident { rule: 5 }]);
    // With every standard fulfilled it can be planned; an adult's is their own wish.
    child.write("return-checklist", &whole_list()).unwrap();
    child.write("need", &planned).unwrap();
    child.write("service", &ahead).unwrap();
    Case::adult().write("need", &planned).unwrap();
}

#[test]
fn req_093_a_child_who_fears_what_waits_there_is_advised_first_and_a_record_says_by_whom() {
    let mut child = ready_but_for_the_list();
    child.write("return-checklist", &whole_list()).unwrap();
    let mut feared = care_support::risk("low");
    feared.push(("factors", "refoulement"));
    child.write("risk", &feared).unwrap();
    let why = |child: &Case| -> Vec<&'static str> {
        let found = child_return(&child.records, in_force(), day("2026-11-27"));
        found.denied.iter().map(|one| one.message).collect()
    };
    assert_eq!(why(&child), ["care-return-advice"]);
    child.write("legal-aid", &[("state", "asked"), ("on", "2026-11-25")]).unwrap();
    let of_state = [("service", "asylum"), ("provider", "state"), ("started_on", "2026-11-25")];
    child.write("service", &of_state).unwrap();
    assert_eq!(why(&child), ["care-return-advice"], "asked for, or the State's own");
    child.write("legal-aid", &[("state", "assigned"), ("on", "2026-11-26")]).unwrap();
    assert_eq!(why(&child), [""; 0]);
}

#[test]
fn req_134_answers_to_an_older_version_or_to_another_list_leave_new_standards_open() {
    let mut child = ready_but_for_the_list();
    child.write("return-checklist", &whole_list()).unwrap();
    let today = day("2026-11-27");
    let found = child_return(&child.records, in_force(), today);
    assert!(found.may_be_arranged() && found.outdated().is_none());
    let mut items = standards();
    items.push("interpreter_there".into());
    let newer = Standards { version: "2027-1".into(), standards: items, ..list().clone() };
    let newer = InForce { mechanism: Some("MERIDIAN"), list: &newer };
    let found = child_return(&child.records, newer, today);
    assert_eq!((found.version.as_str(), found.outdated()), ("2027-1", Some("2026-1")));
    assert_eq!(found.denied[0].standards, ["interpreter_there"]);
    // A record that answers another mechanism's list answers nothing here.
    let Some(Body::ReturnChecklist(answers)) =
        child.records.last_mut().map(|record| &mut record.body)
    else {
        panic!("a list");
    };
    answers.mechanism = Some("NORTHWAY".into());
    let found = child_return(&child.records, in_force(), today);
    assert_eq!((found.answered, found.denied.len()), (None, 3));
}

#[test]
fn req_231_an_award_keeps_its_currency_and_day_and_stands_with_what_is_paid_out() {
    let mut case = Case::adult();
    let award = [
        ("service", "compensation"),
        ("provider", "state"),
        ("awarded", "2450000 xof"),
        ("awarded_on", "2026-09-20"),
        ("paid", "1250.5 EUR"),
        ("paid_on", "2026-10-02"),
    ];
    case.write("service", &award).unwrap();
    let Body::Service(one) = &case.records[0].body else { panic!("a service") };
    assert_eq!(one.awarded.unwrap().to_string(), "2450000 XOF");
    assert_eq!(one.paid.unwrap().to_string(), "1250.50 EUR");
    let denied = |facts: &[(&str, &str)]| {
        let denied = Case::adult().write("service", facts).unwrap_err();
        denied.into_iter().map(|one| (one.field, one.message)).collect::<Vec<_>>()
    };
    assert_eq!(denied(&award[..3]), [("awarded_on", "care-error-amount-day")]);
    let mut shelter = award.to_vec();
    shelter[0] = ("service", "shelter");
    assert_eq!(denied(&shelter[..4]), [("awarded", "care-error-amount-service")]);
    let mut later = award.to_vec();
    later[3] = ("awarded_on", "2026-12-24");
    assert_eq!(denied(&later[..4]), [("awarded_on", "care-error-future")]);
    for wrong in ["1250", "12.5 XOF", "-5 EUR", "1250.50 EUT"] {
        let typed =
            answers("service", &[("service", "economic"), ("provider", "ngo"), ("paid", wrong)]);
        let read = forms().read(CareKind::Service, &typed, false).unwrap_err();
        assert_eq!(read, [("paid".into(), Wrong::NoMoney(wrong.into()))], "{wrong}");
    }
}

#[test]
fn req_231_a_cost_from_before_currencies_is_kept_and_a_new_one_names_its_currency() {
    let old = serde_json::json!({ "service": "legal", "provider": "ngo", "cost": 1200 });
    let serde_json::Value::Object(old) = old else { panic!("an object") };
    let body = Body::read(CareKind::Service, old.clone()).unwrap();
    assert_eq!(body.facts()["cost"], old["cost"]);
    let typed =
        |cost| answers("service", &[("service", "legal"), ("provider", "ngo"), ("cost", cost)]);
    assert!(forms().read(CareKind::Service, &typed("1200"), false).is_err());
    let read = forms().read(CareKind::Service, &typed("1200 EUR"), false).unwrap();
    assert_eq!(read.body.facts()["cost"], "1200.00 EUR");
    // Sent again as it was shown, it stands; another amount names its currency.
    let again = |cost| {
        forms()
            .read_again(CareKind::Service, &typed(cost), false, Some(&body))
            .map(|read| read.body)
    };
    assert_eq!(again("1200").unwrap(), body);
    assert!(again("1300").is_err());
}

#[test]
fn req_134_a_return_planned_before_it_was_asked_about_can_still_be_written_about() {
    let child = Case::child();
    let read =
        |kind, facts: &[(&str, &str)]| forms().read(kind, &answers("", facts), true).unwrap().body;
    let facts = child.facts("2026-11-27");
    let need = |state, urgent| {
        let typed = [("service", "return"), ("state", state), ("on", "2026-11-27")];
        read(CareKind::Need, &[&typed[..], &[("urgent", urgent)]].concat())
    };
    let planned = need("planned", "");
    check(&need("planned", "yes"), Some(&planned), &facts).unwrap();
    assert!(check(&planned, None, &facts).is_err(), "a new plan is asked about");
    assert!(check(&planned, Some(&need("open", "")), &facts).is_err());
    let service = |starts| {
        let typed = [("service", "return"), ("provider", "io"), ("started_on", starts)];
        read(CareKind::Service, &typed)
    };
    let ahead = service("2026-12-10");
    check(&ahead, Some(&ahead), &facts).unwrap();
    assert!(check(&service("2026-12-05"), Some(&ahead), &facts).is_err(), "nor moved");
}

#[test]
fn req_231_a_month_counts_awards_and_payments_each_currency_apart() {
    let read = |facts: &[(&str, &str)]| {
        let typed = answers("service", facts);
        let Body::Service(one) = forms().read(CareKind::Service, &typed, false).unwrap().body
        else {
            panic!("a service");
        };
        one
    };
    let kind = [("service", "compensation"), ("provider", "state")];
    let of = |more: &[(&str, &str)]| read(&[&kind[..], more].concat());
    let all = [
        of(&[("awarded", "2450000 XOF"), ("awarded_on", "2026-10-03")]),
        of(&[
            ("awarded", "900 EUR"),
            ("awarded_on", "2026-10-05"),
            ("paid", "450 EUR"),
            ("paid_on", "2026-10-30"),
        ]),
        of(&[
            ("awarded", "700 EUR"),
            ("awarded_on", "2026-08-05"),
            ("paid", "700 EUR"),
            ("paid_on", "2026-10-31"),
        ]),
        of(&[("awarded", "100 EUR"), ("awarded_on", "2026-11-01")]),
    ];
    let given: Vec<_> = all
        .iter()
        .map(|service| Given { case: care_support::case_id(1), group: "adult", service })
        .collect();
    let end = month_end(&given, "2026-10".parse().unwrap(), 5);
    let told: Vec<_> = end
        .payments
        .iter()
        .map(|one| (one.currency.code().to_owned(), one.awarded, one.paid))
        .collect();
    assert_eq!(told, [("EUR".to_owned(), 1, 2), ("XOF".to_owned(), 1, 0)]);
}

#[test]
fn req_231_sums_are_never_added_across_currencies() {
    let cases =
        |currency| (0..6).map(move |n| (("adult", currency), care_support::case_id(n), 1_000));
    let told = costs(cases("EUR").chain(cases("XOF")), 5);
    let sums: Vec<_> = told.iter().map(|row| (row.class.1, row.total)).collect();
    assert_eq!(sums, [("EUR", Some(6_000)), ("XOF", Some(6_000))]);
}
