//! Care: the forms fit the program, and the rules of rights hold, each refusal
//! with its rule.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::care_support;

use care_support::{Case, answers, criteria, day, forms, guardian, in_force, standards};
use palermo_domain::care::{
    Body, CareKind, Notice, Standing,
    body::{
        LegalAidState, NeedState, Outcome, PermitGround, PermitState, ProviderKind, Refusal,
        RiskLevel, RiskOf,
    },
    child::{
        BestInterestsDecision, ChildView, ConflictCheck, GuardianKind, InterviewAbout, InterviewBy,
        Setting, Weighing,
    },
    form::{FieldType, Wrong},
    funding,
    month_end::{Given, Month, month_end, month_so_far, nights},
    recovery::{EndedBy, SetBy},
    reintegration::{FollowUpBy, Mark},
    returning::{Reception, ReturnAsked, may_arrange},
    rules,
};

#[test]
fn every_form_reads_into_the_record_it_is_for() {
    let forms = forms();
    for form in &forms.forms {
        let mut typed = palermo_domain::care::form::Typed::new();
        for field in &form.fields {
            let value = match field.takes {
                FieldType::Code | FieldType::Codes => forms.codes(field)[0].clone(),
                FieldType::Day => "2026-11-01".into(),
                FieldType::Number => "45".into(),
                FieldType::Flag => "yes".into(),
                FieldType::Language => "km".into(),
                FieldType::Mark => "Northway Fund".into(),
                FieldType::Money => "1250.50 EUR".into(),
                FieldType::Words | FieldType::Name => "in her own words".into(),
            };
            typed.insert(field.name.clone(), vec![value]);
        }
        let read = forms.read(form.kind, &typed, true).unwrap();
        assert_eq!(read.body.kind(), form.kind);
        // What is stored is what a form shows again.
        assert_eq!(Body::read(form.kind, read.body.facts()).unwrap(), read.body);
        let sealed = form.fields.iter().filter(|field| field.takes.is_sealed()).count();
        assert_eq!(read.sealed.len(), sealed, "{}", form.kind.code());
    }
}

#[test]
fn every_code_of_a_list_is_known_to_the_program_and_the_other_way_round() {
    let forms = forms();
    let same = |list: &str, codes: Vec<&str>| {
        assert_eq!(forms.lists[list], codes, "list `{list}`");
    };
    macro_rules! same {
        ($($list:literal: $of:ty),* $(,)?) => {
            $(same($list, <$of>::ALL.iter().map(|one| one.code()).collect());)*
        };
    }
    same!(
        "provider": ProviderKind, "need_state": NeedState, "outcome": Outcome,
        "refusal": Refusal, "set_by": SetBy, "ended_by": EndedBy, "permit_ground": PermitGround,
        "permit_state": PermitState, "legal_state": LegalAidState, "risk_of": RiskOf,
        "risk_level": RiskLevel, "mark": Mark, "follow_up_by": FollowUpBy,
        "guardian": GuardianKind, "conflict": ConflictCheck, "weighing": Weighing,
        "view": ChildView, "decision": BestInterestsDecision, "about": InterviewAbout,
        "held_by": InterviewBy, "setting": Setting,
    );
    let criteria: Vec<_> = criteria().criteria.into_iter().map(|one| one.code).collect();
    assert_eq!(forms.lists["criterion"], criteria);
    assert_eq!(forms.lists["standard"], standards());
}

#[test]
fn a_form_says_everything_that_is_wrong_at_once_and_names_what_was_typed() {
    let typed = answers("service", &[("started_on", "31/02/2026"), ("service", "massage")]);
    let wrong = forms().read(CareKind::Service, &typed, false).unwrap_err();
    assert_eq!(
        wrong,
        [
            ("service".into(), Wrong::NotInList),
            ("provider".into(), Wrong::Missing),
            ("started_on".into(), Wrong::NoDay("31/02/2026".into())),
        ]
    );
}

#[test]
fn req_104_a_service_can_be_written_down_with_nothing_else_known() {
    // No case link, no status, no cooperation: the facts cannot even see them.
    let mut case = Case::adult();
    case.write("service", &[("service", "shelter"), ("provider", "ngo")]).unwrap();
    assert!(!forms().of(CareKind::Service).unwrap().fields.iter().any(|field| {
        ["status", "cooperation", "nationality", "permit"].contains(&field.name.as_str())
    }));
}

#[test]
fn rule_4_we_never_set_a_period_under_the_floor_but_record_the_one_an_authority_set() {
    let mut case = Case::adult();
    let short = [("starts_on", "2026-11-20"), ("days", "10"), ("set_by", "here")];
    let denied = case.write("recovery", &short).unwrap_err();
    assert_eq!((denied[0].field, denied[0].rule.unwrap().number), ("days", 4));
    assert!(denied[0].rule.unwrap().source.contains("CETS 197 art. 13"));
    let authority = [("starts_on", "2026-11-20"), ("days", "10"), ("set_by", "authority")];
    let notices = case.write("recovery", &authority).unwrap();
    assert_eq!(notices, [Notice::RightsIncident { rule: 4 }]);
}

#[test]
fn rule_4_nobody_ends_the_period_for_the_person() {
    let mut case = Case::adult();
    let granted = [("starts_on", "2026-11-20"), ("days", "30"), ("set_by", "here")];
    case.write("recovery", &granted).unwrap();
    let mut ended = granted.to_vec();
    ended.push(("ended_on", "2026-11-24"));
    // Without saying who.
    assert_eq!(case.change(0, "recovery", &ended).unwrap_err()[0].rule.unwrap().number, 4);
    // By shortening, or by calling it another's.
    let longer = [("starts_on", "2026-11-20"), ("days", "60"), ("set_by", "here")];
    case.change(0, "recovery", &longer).unwrap();
    assert_eq!(case.change(0, "recovery", &granted).unwrap_err()[0].field, "days");
    let handed = [("starts_on", "2026-11-20"), ("days", "10"), ("set_by", "authority")];
    assert_eq!(case.change(0, "recovery", &handed).unwrap_err()[0].field, "set_by");
    // Lien wants to go home on day 4: she may.
    ended[1] = ("days", "60");
    ended.push(("ended_by", "person"));
    assert_eq!(case.change(0, "recovery", &ended).unwrap(), []);
}

#[test]
fn rule_3_no_talk_about_what_happened_before_a_guardian_but_safety_can_always_be_asked() {
    let mut case = Case::child();
    let about =
        |about| [("on", "2026-11-20"), ("about", about), ("by", "here"), ("setting", "office")];
    for always in ["safety", "urgent", "wishes"] {
        case.write("interview", &about(always)).unwrap();
    }
    let denied = case.write("interview", &about("happened")).unwrap_err();
    assert_eq!((denied[0].field, denied[0].rule.unwrap().number), ("about", 3));
    // A guardian not yet checked, or in conflict, is none.
    case.write("guardian", &guardian("pending")).unwrap();
    assert!(case.write("interview", &about("happened")).is_err());
    let mut clear = guardian("clear");
    clear.push(("checked_on", "2026-11-19"));
    case.write("guardian", &clear).unwrap();
    case.write("interview", &about("happened")).unwrap();
    // What the police did without a guardian is recorded all the same.
    let mut other = Case::child();
    let police =
        [("on", "2026-11-20"), ("about", "happened"), ("by", "outside"), ("setting", "office")];
    assert_eq!(other.write("interview", &police).unwrap(), [Notice::RightsIncident { rule: 3 }]);
}

#[test]
fn rule_3_a_guardian_in_conflict_is_suspended_with_the_finding_and_the_gap_is_told_at_once() {
    // Amina's "uncle".
    let mut case = Case::child();
    let mut uncle = guardian("found");
    uncle.push(("checked_on", "2026-11-19"));
    let denied = case.write("guardian", &uncle).unwrap_err();
    assert_eq!(denied[0].field, "suspended_on");
    uncle.push(("suspended_on", "2026-11-19"));
    assert_eq!(case.write("guardian", &uncle).unwrap(), [Notice::NoGuardian]);
    assert!(case.notices().contains(&Notice::NoGuardian));
}

#[test]
fn req_131_the_fourth_talk_about_what_happened_is_warned_of_wherever_it_was_held() {
    let mut case = Case::child();
    let mut clear = guardian("clear");
    clear.push(("checked_on", "2026-11-10"));
    case.write("guardian", &clear).unwrap();
    for by in ["here", "outside", "here"] {
        let talk = [("on", "2026-11-20"), ("about", "happened"), ("by", by), ("setting", "office")];
        assert_eq!(case.write("interview", &talk).unwrap(), []);
    }
    let talk =
        [("on", "2026-11-21"), ("about", "hearing"), ("by", "outside"), ("setting", "court")];
    assert_eq!(case.write("interview", &talk).unwrap(), [Notice::TooManyInterviews]);
}

#[test]
fn req_126_a_determination_is_a_panels_with_options_factors_the_childs_view_and_a_way_to_contest() {
    let mut case = Case::child();
    let bare = [
        ("weighing", "determination"),
        ("on", "2026-11-01"),
        ("view", "not_yet"),
        ("decision", "return_family"),
        ("decided_on", "2026-11-20"),
    ];
    let denied = case.write("best-interests", &bare).unwrap_err();
    let fields: Vec<_> = denied.iter().map(|one| one.field).collect();
    assert_eq!(fields, ["view", "sought", "contest", "panel", "options", "factors", "decision"]);
    assert!(denied.iter().all(|one| one.rule.is_some()));
    case.clear_guardian();
    case.write("best-interests", &care_support::determination("chose_not", "negative_return"))
        .unwrap();
}

#[test]
fn req_129_a_childs_plan_holds_education_and_care() {
    let mut case = Case::child();
    let denied = case.write("plan", &[("on", "2026-11-20")]).unwrap_err();
    assert_eq!(denied.iter().map(|one| one.field).collect::<Vec<_>>(), ["education", "care"]);
    let whole = [("on", "2026-11-20"), ("education", "school"), ("care", "foster")];
    case.write("plan", &whole).unwrap();
    assert!(!case.notices().contains(&Notice::ChildPlanIncomplete));
    Case::adult().write("plan", &[("on", "2026-11-20")]).unwrap();
}

#[test]
fn req_112_follow_up_only_if_agreed_and_never_by_police() {
    let mut case = Case::adult();
    let contact = |agreed, by| [("agreed", agreed), ("by", by), ("due_on", "2027-02-20")];
    let denied = case.write("follow-up", &contact("", "police")).unwrap_err();
    assert_eq!(denied.iter().map(|one| one.field).collect::<Vec<_>>(), ["agreed", "by"]);
    assert!(case.write("follow-up", &contact("yes", "border")).is_err());
    case.write("follow-up", &contact("yes", "union")).unwrap();
}

fn asked(own_wish: bool) -> ReturnAsked {
    ReturnAsked {
        own_wish,
        protection_need: false,
        advised_on: None,
        reception: Reception::Confirmed,
        tells_origin: false,
        origin_agreed: false,
        second_approval: false,
    }
}

fn why(case: &Case, asked: &ReturnAsked, on: &str) -> Vec<&'static str> {
    may_arrange(&case.records, case.child, asked, in_force(), day(on))
        .map_or_else(|denied| denied.iter().map(|one| one.message).collect(), |()| Vec::new())
}

fn told_of_asylum() -> Vec<(&'static str, &'static str)> {
    vec![("on", "2026-11-20"), ("language", "vi"), ("items", "asylum")]
}

#[test]
fn req_093_no_return_before_asylum_was_explained_and_a_fear_of_return_asks_for_advice() {
    let mut lien = Case::adult();
    lien.write("risk", &care_support::risk("medium")).unwrap();
    assert_eq!(why(&lien, &asked(true), "2026-11-23"), ["care-return-asylum"]);
    let home = [("service", "return"), ("provider", "ngo"), ("started_on", "2026-11-23")];
    let told = lien.write("service", &home).unwrap();
    assert!(told.contains(&Notice::AsylumUntold), "what happens anyway is recorded, and noticed");
    let other = [("on", "2026-11-20"), ("language", "vi"), ("items", "legal_aid")];
    lien.write("information", &other).unwrap();
    assert_eq!(why(&lien, &asked(true), "2026-11-23"), ["care-return-asylum"]);
    lien.write("information", &told_of_asylum()).unwrap();
    assert_eq!(why(&lien, &asked(true), "2026-11-23"), [""; 0]);
    // A concern about non-refoulement is recorded with the risk, and asks for advice.
    let mut feared = care_support::risk("medium");
    feared.push(("factors", "refoulement"));
    lien.write("risk", &feared).unwrap();
    assert_eq!(why(&lien, &asked(true), "2026-11-23"), ["care-return-advice"]);
    let mut advised = asked(true);
    advised.advised_on = Some(day("2026-11-22"));
    assert_eq!(why(&lien, &advised, "2026-11-23"), [""; 0]);
}

#[test]
fn rule_5_lien_goes_home_on_day_four_by_her_own_wish_and_not_by_anyone_elses() {
    let mut lien = Case::adult();
    let period = [("starts_on", "2026-11-20"), ("days", "30"), ("set_by", "here")];
    lien.write("recovery", &period).unwrap();
    assert_eq!(
        why(&lien, &asked(false), "2026-11-23"),
        ["care-return-in-period", "care-return-wish", "care-return-risk", "care-return-asylum"]
    );
    lien.write("information", &told_of_asylum()).unwrap();
    lien.write("risk", &care_support::risk("medium")).unwrap();
    assert_eq!(why(&lien, &asked(true), "2026-11-23"), [""; 0]);
    // The assessment runs out; then a new one is needed.
    assert_eq!(why(&lien, &asked(true), "2027-03-01"), ["care-return-risk"]);
    // International protection may be needed: independent advice first, then her wish counts.
    let mut need = asked(true);
    need.protection_need = true;
    assert_eq!(why(&lien, &need, "2026-11-23"), ["care-return-advice"]);
    need.advised_on = Some(day("2026-11-22"));
    assert_eq!(why(&lien, &need, "2026-11-23"), [""; 0]);
    // The State of origin is told only if she agrees.
    need.tells_origin = true;
    assert_eq!(why(&lien, &need, "2026-11-23"), ["care-return-origin"]);
}

#[test]
fn rule_5_a_child_never_returns_without_a_determination_in_favour_whatever_anyone_wishes() {
    let mut amina = Case::child();
    amina.clear_guardian();
    amina.write("information", &told_of_asylum()).unwrap();
    amina.write("risk", &care_support::risk("low")).unwrap();
    let mut list: Vec<(&str, &str)> = vec![
        ("on", "2026-11-20"),
        ("version", "2026-1"),
        ("education", "school"),
        ("care", "family"),
    ];
    let all = standards();
    list.extend(all.iter().map(|item| ("fulfilled", item.as_str())));
    amina.write("return-checklist", &list).unwrap();
    assert_eq!(why(&amina, &asked(true), "2026-11-27"), ["care-return-determination"]);
    amina.write("best-interests", &care_support::determination("stated", "return_family")).unwrap();
    assert_eq!(why(&amina, &asked(true), "2026-11-27"), [""; 0]);
    // A later "no" closes it.
    amina
        .write("best-interests", &care_support::determination("stated", "negative_return"))
        .unwrap();
    assert_eq!(why(&amina, &asked(true), "2026-11-27"), ["care-return-determination"]);
    // And a child's reception cannot be waived.
    let mut waived = asked(true);
    waived.reception = Reception::RefusedByAdult;
    assert!(why(&amina, &waived, "2026-11-27").contains(&"care-return-reception"));
}

#[test]
fn req_134_a_childs_return_needs_every_standard_of_the_mechanisms_list() {
    let mut brothers = Case::child();
    brothers.clear_guardian();
    brothers.write("information", &told_of_asylum()).unwrap();
    brothers.write("risk", &care_support::risk("low")).unwrap();
    brothers
        .write("best-interests", &care_support::determination("stated", "return_care"))
        .unwrap();
    let some = [("on", "2026-11-20"), ("version", "2026-1"), ("fulfilled", "child_prepared")];
    brothers.write("return-checklist", &some).unwrap();
    assert_eq!(
        why(&brothers, &asked(true), "2026-11-27"),
        ["care-return-standards", "care-return-education-care"]
    );
}

#[test]
fn req_241_ninety_days_before_the_money_ends_the_number_of_residents_is_seen() {
    let mut records = Vec::new();
    for _ in 0..3 {
        let mut case = Case::adult();
        let stay = [
            ("service", "shelter"),
            ("provider", "ngo"),
            ("started_on", "2026-10-01"),
            ("funder", "Northway Fund"),
            ("funded_until", "2027-01-26"),
            ("then", "moves"),
        ];
        case.write("service", &stay).unwrap();
        records.extend(case.records);
    }
    let ends = funding::ending(&records, day("2026-11-27"));
    assert_eq!((ends[0].persons, ends[0].days_left, ends.len()), (3, 60, 1));
    assert_eq!(ends[0].then, ["moves"]);
    assert!(funding::ending(&records, day("2026-10-27")).is_empty());
    let told = funding::all(&records, day("2026-10-27"));
    assert!(told.len() == 1 && !told[0].is_near(), "the end is told all the same");
    assert_eq!(funding::ending(&records, day("2026-10-28")).len(), 1);
}

#[test]
fn a_month_end_counts_nights_waits_and_refusals_by_hand() {
    let forms = forms();
    let service = |facts: &[(&str, &str)]| {
        let mut typed = answers("service", facts);
        typed.insert("provider".into(), vec!["ngo".into()]);
        let Body::Service(one) = forms.read(CareKind::Service, &typed, false).unwrap().body else {
            panic!("a service");
        };
        one
    };
    let all = [
        // Whole October: 31 nights.
        service(&[("service", "shelter"), ("overnight", "yes"), ("started_on", "2026-09-15")]),
        // 10 to 14 October: 4 nights; waited 3 days.
        service(&[
            ("service", "shelter"),
            ("overnight", "yes"),
            ("asked_on", "2026-10-07"),
            ("started_on", "2026-10-10"),
            ("ended_on", "2026-10-14"),
        ]),
        // Left on 1 October: no night, but counted as ended.
        service(&[
            ("service", "shelter"),
            ("overnight", "yes"),
            ("started_on", "2026-09-01"),
            ("ended_on", "2026-10-01"),
        ]),
        // Came on the last: one night.
        service(&[("service", "shelter"), ("overnight", "yes"), ("started_on", "2026-10-31")]),
        // Refused: a man, Teo.
        service(&[("service", "shelter"), ("asked_on", "2026-10-20"), ("refusal", "sex")]),
        // Still waits.
        service(&[("service", "legal"), ("asked_on", "2026-10-25")]),
        // November's.
        service(&[("service", "shelter"), ("overnight", "yes"), ("started_on", "2026-11-01")]),
    ];
    let given: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(n, service)| Given {
            case: care_support::case_id(n as u128),
            group: "adult",
            service,
        })
        .collect();
    let october: Month = "2026-10".parse().unwrap();
    let end = month_end(&given, october, 5);
    let shelter = &end.lines[0];
    assert_eq!((shelter.given, shelter.begun, shelter.ended, shelter.nights), (4, 2, 2, 36));
    assert_eq!((shelter.waits.known, shelter.waits.days, shelter.waits.longest), (1, 3, 3));
    assert_eq!(end.refusals, [("shelter".to_owned(), Refusal::Sex, 1)]);
    assert_eq!(end.waiting, [("legal".to_owned(), 1)]);
    assert_eq!(nights(day("2026-10-31"), None, october.first(), october.after()), 1);
    // Persons: the half-year that was over, rounded down; here nobody was there yet in June.
    assert_eq!(end.half_year.to_string(), "2026-H1");
    assert!(end.persons.iter().all(|group| group.at_least == 0));
}

#[test]
fn a_month_that_is_not_over_counts_nothing_that_is_still_to_come() {
    let service = |facts: &[(&str, &str)]| {
        let mut typed = answers("service", facts);
        typed.insert("provider".into(), vec!["ngo".into()]);
        typed.insert("service".into(), vec!["shelter".into()]);
        typed.insert("overnight".into(), vec!["yes".into()]);
        let Body::Service(one) = forms().read(CareKind::Service, &typed, false).unwrap().body
        else {
            panic!("a service");
        };
        one
    };
    let all = [
        // Since the first: nine nights have passed on the tenth.
        service(&[("started_on", "2026-10-01")]),
        // Came today, and leaves on a day that has not come.
        service(&[("started_on", "2026-10-10"), ("ended_on", "2026-10-20")]),
        // Planned, asked for today: still waits.
        service(&[("asked_on", "2026-10-10"), ("started_on", "2026-10-15")]),
    ];
    let given: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(n, service)| Given {
            case: care_support::case_id(n as u128),
            group: "adult",
            service,
        })
        .collect();
    let october: Month = "2026-10".parse().unwrap();
    let today = day("2026-10-10");
    let end = month_so_far(&given, october, 5, today);
    assert_eq!(end.so_far, Some(today), "it says that it is not over");
    let line = &end.lines[0];
    assert_eq!((line.given, line.begun, line.ended, line.nights), (2, 2, 0, 9));
    assert_eq!(end.waiting, [("shelter".to_owned(), 1)]);
    assert!(end.persons.iter().all(|group| group.fewer_than == Some(5)), "no zero is told");
    let over = month_so_far(&given, october, 5, day("2026-11-01"));
    assert_eq!(over, month_end(&given, october, 5));
    assert_eq!(over.lines[0].nights, 31 + 10 + 17);
}

#[test]
fn rule_10_persons_of_a_half_year_are_rounded_down_so_that_one_more_shows_nothing() {
    let stay = |n: u128| {
        let typed = answers(
            "service",
            &[("service", "shelter"), ("provider", "ngo"), ("started_on", "2026-03-01")],
        );
        let Body::Service(one) = forms().read(CareKind::Service, &typed, false).unwrap().body
        else {
            panic!("a service");
        };
        (care_support::case_id(n), one)
    };
    let count = |persons: u128| {
        let all: Vec<_> = (0..persons).map(stay).collect();
        let given: Vec<_> = all
            .iter()
            .map(|(case, service)| Given { case: *case, group: "child", service })
            .collect();
        month_end(&given, "2026-10".parse().unwrap(), 3).persons[0].at_least
    };
    // A base under five is raised to five.
    assert_eq!([4, 5, 9, 10].map(count), [0, 5, 5, 10]);
}

#[test]
fn a_record_shows_when_it_should_be_looked_at() {
    let mut case = Case::adult();
    case.write("risk", &care_support::risk("low")).unwrap();
    let risk = &case.records[0];
    assert_eq!(risk.standing(day("2026-11-21")), Standing::Running);
    assert_eq!(risk.standing(day("2027-01-10")), Standing::Due);
    assert_eq!(risk.standing(day("2027-02-01")), Standing::Over);
    assert!(
        rules::notices(&case.records, &case.facts("2027-02-01")).contains(&Notice::RiskOutdated)
    );
}
