#![allow(clippy::unwrap_used)]
use super::*;

const THREE: &str = r#"
id = "three-states"
status = "signed"
form = "agreement"
parties = ["state:XAA", "state:XBB", "state:XGG"]
facilitated_by = "MERIDIAN"
subject = ["children", "return"]
bodies = ["ministries of justice"]
title = [{ value = "Agreement on children", source = "S1:87", as_of = "2010-12" }]
monitoring = { answer = "unknown", why = "no source says" }
known_from = { source = "S1:87", as_of = "2010-12" }
"#;

fn agreement() -> Agreement {
    read(THREE).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn provenance() -> Provenance {
    agreement().provenance
}

#[test]
fn req_010_three_states_one_of_them_outside_the_mechanism() {
    let members = ["XAA", "XBB", "XCC"].map(|c| c.parse().unwrap());
    let agreement = agreement();
    assert_eq!(agreement.kind(), AgreementKind::Multilateral);
    assert_eq!(agreement.third_countries(&members), ["XGG".parse().unwrap()]);
}

#[test]
fn req_010_agreements_without_a_monitoring_clause_are_listed() {
    let mut watched = agreement();
    watched.monitoring.answer = Answer::Yes;
    let all = [agreement(), watched];
    assert_eq!(without_monitoring(&all).len(), 1);
}

#[test]
fn req_011_a_partnership_of_mechanism_and_state_is_not_active_without_needs_assessment() {
    let mut partnership = agreement();
    partnership.parties = vec!["mechanism:EU".parse().unwrap(), "state:XGG".parse().unwrap()];
    assert_eq!(partnership.kind(), AgreementKind::MechanismAndState);
    let refused = partnership.clone().with_status(AgreementStatus::Active).unwrap_err();
    assert_eq!(refused, AgreementRefused::NoNeedsAssessment);

    partnership.needs_assessment = Some(NeedsAssessment {
        title: "What both sides need".to_owned(),
        finished: "2010-03".parse().unwrap(),
        provenance: provenance(),
    });
    assert!(partnership.with_status(AgreementStatus::Active).is_ok());
}

#[test]
fn req_011_two_mechanisms_or_two_states_may_be_active_without_one() {
    let mut two = agreement();
    two.parties = vec!["mechanism:ECOWAS".parse().unwrap(), "mechanism:ECCAS".parse().unwrap()];
    assert_eq!(two.kind(), AgreementKind::Mechanisms);
    assert!(two.with_status(AgreementStatus::Active).is_ok());
    assert!(agreement().with_status(AgreementStatus::Active).is_ok());
}

#[test]
fn req_011_a_file_that_says_active_without_assessment_is_refused() {
    let text = THREE
        .replace("\"state:XAA\", \"state:XBB\"", "\"mechanism:EU\"")
        .replace("\"signed\"", "\"active\"");
    let problems = read(&text).unwrap_err();
    assert_eq!(problems[0].line, 3);
    assert!(problems[0].to_string().contains("assessment of needs"), "{problems:?}");
}

#[test]
fn req_012_reviews_cases_and_budget_are_followed() {
    let mut followed = agreement();
    let review = |due: &str, held: Option<&str>| Review {
        due: day(due),
        held: held.map(day),
        outcome: None,
    };
    followed.reviews = vec![
        review("2009-01-01", Some("2009-02-01")),
        review("2010-01-01", None),
        review("2011-01-01", None),
    ];
    assert_eq!(followed.last_review(day("2010-06-01")).unwrap().due, day("2009-01-01"));
    assert_eq!(followed.last_review(day("2009-01-15")), None);
    assert_eq!(followed.next_review().unwrap().due, day("2010-01-01"));

    followed.cases = vec![
        CasesHandled {
            from: day("2009-01-01"),
            to: day("2009-12-31"),
            opened: 12,
            closed: 9,
            provenance: provenance(),
        },
        CasesHandled {
            from: day("2010-01-01"),
            to: day("2010-12-31"),
            opened: 8,
            closed: 8,
            provenance: provenance(),
        },
    ];
    assert_eq!(followed.cases_handled(), (20, 17));

    assert_eq!(followed.in_national_budget(), Answer::Unknown);
    let budget = |code: &str, answer| InBudget {
        party: format!("state:{code}").parse().unwrap(),
        answer,
        line: None,
        provenance: Some(provenance()),
    };
    followed.budgets = vec![budget("XAA", Answer::Yes), budget("XBB", Answer::No)];
    assert_eq!(followed.in_national_budget(), Answer::Partly);
    followed.budgets = ["XAA", "XBB", "XGG"].map(|c| budget(c, Answer::Yes)).to_vec();
    assert_eq!(followed.in_national_budget(), Answer::Yes);
    assert_eq!(followed.in_mandates(), Answer::Unknown, "a budget is no mandate");
    followed.mandates = vec![budget("XAA", Answer::Yes), budget("XBB", Answer::No)];
    assert_eq!(followed.in_mandates(), Answer::Partly);
}

#[test]
fn a_party_named_twice_or_alone_is_refused() {
    let mut twice = agreement();
    twice.parties = vec!["state:XAA".parse().unwrap(); 2];
    assert!(matches!(twice.problems()[..], [AgreementRefused::PartyTwice(_)]));
    twice.parties.truncate(1);
    assert_eq!(twice.problems(), [AgreementRefused::OneParty]);
}

#[test]
fn every_problem_of_a_file_is_told_with_its_line() {
    let text = THREE.replace("state:XGG", "XGG").replace("\"return\"", "\"returns\"").replace(
        "source = \"S1:87\", as_of = \"2010-12\" }\n",
        "source = \"S9:1\", as_of = \"2010-12\" }\n",
    );
    let problems = read(&text).unwrap_err();
    for (line, word) in [(5, "`XGG` is not a party"), (7, "returns"), (11, "S9")] {
        assert!(
            problems.iter().any(|p| p.line == line && p.message.contains(word)),
            "{word}: {problems:#?}"
        );
    }
}
