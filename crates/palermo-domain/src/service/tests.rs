#![allow(clippy::unwrap_used)]
use super::{
    eligibility::{Admission, Group},
    find::{AgeGroup, Because, Exploitation, Lines, Offer, Particulars, Sex, Wanted, find},
    *,
};
use crate::{
    id::{Id, ServiceId},
    moment::Moment,
    unmet_need::{UnmetNeed, Why},
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn now() -> Moment {
    "2026-03-03T02:00:00Z".parse().unwrap()
}

fn offer(number: u128) -> Offer {
    Offer {
        tenant: TenantId::from_uuid(Uuid::from_u128(1)),
        id: ServiceId::from_uuid(Uuid::from_u128(number)),
        areas: Vec::new(),
        protected: false,
        eligibility: Eligibility::default(),
        step_free: None,
        languages: Vec::new(),
        available: None,
        places_confirmed: None,
        assured: Some(day("2026-02-01")),
        hours: Some("24/7".into()),
        time_zone: Some("UTC".into()),
        unanswered: None,
        own: false,
    }
}

fn wanted(person: Particulars) -> Wanted {
    Wanted {
        need: Need::Shelter,
        state: "XAA".parse().unwrap(),
        area: None,
        person,
        tried: Vec::new(),
    }
}

fn man() -> Particulars {
    Particulars { sex: Some(Sex::Male), age: Some(AgeGroup::Adult), ..Particulars::default() }
}

fn order(found: &find::Found) -> Vec<u128> {
    found.matches.iter().map(|one| one.id.uuid().as_u128()).collect()
}

#[test]
fn req_078_a_man_who_says_so_is_not_sent_to_a_shelter_that_does_not_admit_men() {
    let mut women_only = offer(1);
    women_only.eligibility = Eligibility::of(&[Group::Women], &[Group::Men]);
    let mut everyone = offer(2);
    everyone.eligibility = Eligibility::of(&[Group::Women, Group::Men], &[]);
    let offers = [women_only, offer(3), everyone];
    let found = find(&offers, &wanted(man()), now());
    assert_eq!(order(&found), [2, 3], "who says it admits men comes before who says nothing");
    assert_eq!(found.excluding.len(), 1);
    assert_eq!(found.excluding[0].groups, [Group::Men]);
    // Who does not say is not excluded.
    assert_eq!(find(&offers, &wanted(Particulars::default()), now()).matches.len(), 3);
}

#[test]
fn rule_1_matching_cannot_see_nationality_status_or_cooperation() {
    let mut one = offer(1);
    one.eligibility =
        Eligibility::of(&[], &[Group::Foreigners, Group::Undocumented, Group::NotCooperating]);
    let found = find(&[one.clone(), offer(2)], &wanted(man()), now());
    assert_eq!(found.matches.len(), 2);
    assert!(found.excluding.is_empty());
    // The exclusion is still there to be reported.
    assert_eq!(one.eligibility.says(Group::Foreigners), Some(Admission::Excluded));
    let everyone = [Exploitation::Sexual, Exploitation::Labour, Exploitation::Other]
        .map(|form| Particulars { exploitation: Some(form), high_risk: true, ..man() });
    for person in everyone {
        assert!(person.groups().into_iter().all(Group::is_matched));
    }
}

#[test]
fn the_nearer_open_fresher_service_with_places_comes_first() {
    let mut near = offer(4);
    near.areas = vec!["port".into()];
    let mut elsewhere = offer(1);
    elsewhere.areas = vec!["hills".into()];
    let mut closed = offer(2);
    closed.hours = Some("Mo-Fr 09:00-16:00".into());
    let mut free = offer(3);
    (free.available, free.places_confirmed) = (Some(2), Some(day("2026-03-01")));
    let mut stale = offer(5);
    stale.assured = Some(day("2024-01-01"));
    let mut wanted = wanted(Particulars::default());
    wanted.area = Some("port".into());
    let found = find(&[elsewhere, closed, free, near, stale], &wanted, now());
    assert_eq!(order(&found), [4, 3, 5, 2, 1]);
    assert!(found.matches[0].because.contains(&Because::ServesArea));
    assert!(found.matches[3].because.contains(&Because::ClosedNow));
}

#[test]
fn for_a_person_in_danger_of_being_found_a_hidden_address_comes_before_a_public_one() {
    let mut hidden = offer(2);
    (hidden.protected, hidden.hours, hidden.assured) = (true, None, None);
    let mut full = offer(3);
    (full.protected, full.available, full.assured) = (true, Some(0), None);
    let offers = [offer(1), hidden, full];
    let found = find(&offers, &wanted(man()), now());
    assert_eq!(order(&found).first(), Some(&1));
    let danger = Particulars { high_risk: true, ..man() };
    assert_eq!(order(&find(&offers, &wanted(danger), now())), [2, 1, 3]);
}

#[test]
fn ones_own_door_comes_after_free_places_elsewhere_and_first_where_there_are_none() {
    let free = |number: u128| Offer {
        available: Some(2),
        places_confirmed: Some(day("2026-03-02")),
        ..offer(number)
    };
    let own = Offer { own: true, ..free(1) };
    let best = Offer { languages: vec!["tr".into()], ..own.clone() };
    let speaks = Particulars { languages: vec!["tr".into()], ..man() };
    let found = find(&[best.clone(), free(2), offer(3)], &wanted(speaks.clone()), now());
    assert_eq!(order(&found), [2, 3, 1], "however well it fits");
    // Nobody else is known to have a place: then one's own stands where it fits.
    assert_eq!(order(&find(&[best, offer(3)], &wanted(speaks), now())), [1, 3]);
    let silent = Offer { unanswered: Some(now()), ..free(2) };
    assert_eq!(order(&find(&[own, silent], &wanted(man()), now())), [1, 2]);
}

#[test]
fn called_without_an_answer_brings_the_next_and_everyone_called_is_an_unmet_need() {
    let offers = [offer(1), offer(2)];
    let mut wanted = wanted(Particulars::default());
    let first = find(&offers, &wanted, now()).matches[0].id;
    wanted.tried.push(first);
    let second = find(&offers, &wanted, now());
    assert!(second.in_reach() && second.matches[0].id != first);
    wanted.tried.push(second.matches[0].id);
    let none = find(&offers, &wanted, now());
    assert!(!none.in_reach());
    assert_eq!(UnmetNeed::of(&wanted, &none, day("2026-03-03")).why, Why::NoAnswer);
}

#[test]
fn who_did_not_answer_today_comes_after_all_others_however_well_it_fits() {
    let mut best = offer(1);
    best.areas = vec!["port".into()];
    best.unanswered = Some("2026-03-03T01:10:00Z".parse().unwrap());
    let mut far = offer(2);
    (far.areas, far.hours) = (vec!["hills".into()], None);
    let mut wanted = wanted(Particulars::default());
    wanted.area = Some("port".into());
    let found = find(&[best.clone(), far], &wanted, now());
    assert_eq!(order(&found), [2, 1]);
    assert_eq!(found.matches[1].unanswered, best.unanswered);
    assert!(found.matches[1].because.contains(&Because::Unanswered));
}

#[test]
fn all_that_one_telephone_leads_to_step_back_together() {
    let mut offers = [offer(1), offer(2), offer(3), offer(4)];
    let ids = [0, 1, 2, 3].map(|at: usize| offers[at].id);
    let mut lines = Lines::default();
    for (at, number) in [(0, "+999111"), (1, "+999111"), (2, "+999222")] {
        lines.of.insert(ids[at], number.into());
    }
    // Called in this search: out of it, and so is the other behind that desk.
    let mut wanted = wanted(Particulars::default());
    wanted.tried = vec![ids[0]];
    lines.tried.insert("+999111".into());
    lines.step_back(&mut offers, &mut wanted.tried);
    assert_eq!(order(&find(&offers, &wanted, now())), [3, 4]);
    // Called today by someone else: both come after the others.
    let called: Moment = "2026-03-03T01:10:00Z".parse().unwrap();
    lines.tried.clear();
    lines.silent.insert("+999111".into(), called);
    wanted.tried.clear();
    lines.step_back(&mut offers, &mut wanted.tried);
    let found = find(&offers, &wanted, now());
    assert_eq!(order(&found), [3, 4, 1, 2]);
    assert_eq!(found.matches[3].unanswered, Some(called));
    assert_eq!(found.matches[1].unanswered, None, "another number");
}

#[test]
fn an_unmet_need_says_who_was_excluded_and_tells_no_hour() {
    let mut women_only = offer(1);
    women_only.eligibility = Eligibility::of(&[Group::Women], &[Group::Men]);
    let wanted = wanted(man());
    let found = find(&[women_only], &wanted, now());
    let need = UnmetNeed::of(&wanted, &found, day("2026-03-03"));
    assert_eq!((need.why, need.excluded.as_slice()), (Why::AllExclude, [Group::Men].as_slice()));
    assert!(!serde_json::to_string(&need).unwrap().contains("02:00"));
}

#[test]
fn rule_3_where_age_is_in_doubt_a_service_for_either_age_fits() {
    let person = Particulars {
        sex: Some(Sex::Female),
        age: Some(AgeGroup::InDoubt),
        age_years: Some(17),
        ..Particulars::default()
    };
    let mut girls = offer(1);
    girls.eligibility = Eligibility::of(&[Group::Girls], &[Group::Women]);
    girls.eligibility.maximum_age_years = Some(17);
    let mut neither = offer(2);
    neither.eligibility = Eligibility::of(&[Group::Men], &[Group::Girls, Group::Women]);
    let found = find(&[girls, neither], &wanted(person), now());
    assert_eq!(order(&found), [1]);
    assert_eq!(found.excluding[0].groups, [Group::Girls, Group::Women]);
}

pub(crate) fn service(name: &str) -> Service {
    Service {
        name: name.into(),
        alternate_name: None,
        need: Need::Shelter,
        centre: None,
        description: String::new(),
        organisation: Organisation {
            id: Uuid::from_u128(7),
            name: "Harbour Trust".into(),
            description: String::new(),
            provider: Provider::Ngo,
            website: None,
            email: None,
        },
        state: Some("XAA".parse().unwrap()),
        areas: vec!["Quayside".into()],
        status: Status::Active,
        place: Place::Open { locations: Vec::new() },
        phones: vec![Phone {
            id: Uuid::from_u128(8),
            number: "+999 11 555 0100".into(),
            extension: None,
            toll_free: false,
            uniform: None,
            note: String::new(),
        }],
        url: None,
        email: None,
        hours: Some("24/7".into()),
        time_zone: None,
        languages: vec!["en".into()],
        interpretation: None,
        step_free: None,
        accessibility: String::new(),
        eligibility: Eligibility::default(),
        capacity: None,
        fees: String::new(),
        application: String::new(),
        funding: Vec::new(),
        assessments: Vec::new(),
        assured: Some(day("2026-02-01")),
        alert: None,
    }
}

#[test]
fn req_082_a_service_without_a_valid_assessment_is_flagged() {
    let today = day("2026-03-03");
    let mut one = service("Night shelter");
    assert_eq!(one.flags(today), [Flag::NotAssessed]);
    let assessed = Assessment {
        standard: "Minimum standards for shelters".into(),
        by: "Ministry".into(),
        outcome: Outcome::Met,
        on: day("2025-01-10"),
        until: Some(day("2026-03-02")),
    };
    one.assessments.push(assessed.clone());
    assert_eq!(one.flags(today), [Flag::NotAssessed], "it has run out");
    one.assessments.push(Assessment { on: day("2026-01-10"), until: None, ..assessed });
    assert!(one.flags(today).is_empty());
}

#[test]
fn a_service_in_no_state_is_flagged_as_nobody_who_looks_for_help_finds_it() {
    let today = day("2026-03-03");
    let mut one = service("Night shelter");
    assert!(!one.flags(today).contains(&Flag::NoState));
    one.state = None;
    assert!(one.flags(today).contains(&Flag::NoState));
}

#[test]
fn req_082_one_is_reminded_60_days_before_the_last_assessment_ends() {
    let ends = day("2026-06-30");
    let mut one = service("Night shelter");
    let assessed = Assessment {
        standard: "Minimum standards for shelters".into(),
        by: "Ministry".into(),
        outcome: Outcome::Met,
        on: day("2025-07-01"),
        until: Some(ends),
    };
    one.assessments.push(assessed.clone());
    let told = |one: &Service, on: Day| one.assessment_ends(on).map(|(_, until)| until);
    assert_eq!(told(&one, ends.plus_days(-61)), None);
    assert_eq!(told(&one, ends.plus_days(-60)), Some(ends));
    assert!(one.flags(ends.plus_days(-60)).contains(&Flag::AssessmentEnds));
    assert_eq!(told(&one, ends.plus_days(10)), Some(ends), "it is over and not dealt with");
    one.assessments.push(Assessment { until: Some(day("2027-06-30")), ..assessed });
    assert_eq!(told(&one, ends), None, "another follows");
}

#[test]
fn money_that_ends_within_60_days_is_flagged_unless_someone_else_pays_on() {
    let today = day("2026-03-03");
    let mut one = service("Night shelter");
    one.funding = vec![Funding { source: "A fund".into(), until: Some(day("2026-05-02")) }];
    assert!(one.flags(today).contains(&Flag::FundingEnds));
    one.funding.push(Funding { source: "The State".into(), until: None });
    assert!(!one.flags(today).contains(&Flag::FundingEnds));
}

#[test]
fn rule_9_the_public_sees_neither_name_nor_area_nor_number_of_a_protected_service() {
    let mut one = service("House of the lighthouse lane");
    one.place = Place::Protected { through: None };
    let shown = serde_json::to_string(&one.for_the_public()).unwrap();
    for hidden in ["lighthouse", "Quayside", "555 0100", "Harbour Trust"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
    let open = service("Day centre");
    assert_eq!(open.for_the_public(), open);
}

#[test]
fn rule_9_a_protected_record_cannot_hold_an_address() {
    let text = serde_json::json!({ "place": "protected", "through": null, "locations": ["x"] });
    let place: Place = serde_json::from_value(text).unwrap();
    assert!(place.locations().is_empty());
    assert!(!serde_json::to_string(&place).unwrap().contains('x'));
}
