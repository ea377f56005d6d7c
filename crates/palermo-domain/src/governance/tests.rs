#![allow(clippy::unwrap_used)]

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn step(decision: PracticeDecision) -> PracticeStep {
    PracticeStep {
        practice: String::new(),
        decision,
        by: "Secretariat".into(),
        note: String::new(),
        on: day("2026-01-01"),
    }
}

#[test]
fn req_066_a_practice_is_shared_when_it_was_reviewed_and_the_state_agrees() {
    use PracticeDecision::{Consented, Declined, Reviewed, Withdrawn};
    let shared = |steps: &[PracticeDecision]| {
        let steps: Vec<_> = steps.iter().copied().map(step).collect();
        is_shared(&steps)
    };
    assert!(!shared(&[Reviewed]) && !shared(&[Consented]));
    assert!(shared(&[Reviewed, Consented]) && shared(&[Consented, Reviewed]));
    assert!(!shared(&[Reviewed, Consented, Withdrawn]));
    assert!(!shared(&[Reviewed, Consented, Declined]));
    assert!(shared(&[Consented, Declined, Reviewed]));
}

#[test]
fn req_222_addresses_and_numbers_are_found_and_figures_are_left_alone() {
    assert_eq!(gives_away("write to a.b@mail.example please"), Some("a.b@mail.example"));
    assert_eq!(gives_away("call +999 (12) 345-67 at night"), Some("999 (12) 345-67"));
    assert_eq!(gives_away("see www.page.example"), Some("www.page.example"));
    assert_eq!(gives_away("I waited 14 days in 2024, of 30 promised"), None);
    assert_eq!(gives_away("اتصل ٠١٢٣٤٥٦٧"), Some("٠١٢٣٤٥٦٧"));
}

#[test]
fn req_225_a_mechanism_owes_every_year_since_its_first_profile() {
    assert_eq!(years_missing(&[2022, 2024], 2026), [2023, 2025]);
    assert_eq!(years_missing(&[], 2026), Vec::<i32>::new());
}

#[test]
fn req_050_a_rapporteurs_report_is_handed_over_before_it_is_published() {
    let report = RapporteurReport {
        state: "XAA".parse().unwrap(),
        year: 2025,
        title: "Annual report".into(),
        addressees: vec![Addressee::Executive, Addressee::Parliament, Addressee::Public],
        language: "en".into(),
        parts: BTreeMap::from([(RapporteurPart::Situation, "What the data show.".into())]),
        delivered: BTreeMap::from([(Addressee::Executive, day("2026-03-01"))]),
        published: None,
    };
    let decision = PublicationDecision {
        on: day("2026-04-01"),
        by: "National Rapporteur".into(),
        text: "Published in full.".into(),
    };
    assert_eq!(report.clone().publish(decision.clone()), Err(NotPublishable::NotDelivered));
    let mut handed = report;
    handed.delivered.insert(Addressee::Parliament, day("2026-03-02"));
    let published = handed.publish(decision.clone()).unwrap();
    assert_eq!(published.published, Some(decision.clone()));
    assert_eq!(published.publish(decision), Err(NotPublishable::Already));
}

#[test]
fn req_052_a_topic_nobody_looked_at_is_told_as_such() {
    let finding = LegalFinding {
        standing: LegalStanding::Partly,
        article: "Penal Code, article 201".into(),
        note: String::new(),
    };
    let review = LegalReview {
        name: "ecowas-2006".into(),
        title: "Evaluation of national laws".into(),
        year: 2006,
        body: "Secretariat".into(),
        instrument: "tip-protocol".into(),
        state: "XAA".parse().unwrap(),
        findings: BTreeMap::from([(LegalTopic::Offence, finding)]),
        summary: String::new(),
        source: "S1:83".into(),
    };
    assert_eq!(review.standing(LegalTopic::Offence), LegalStanding::Partly);
    assert_eq!(review.standing(LegalTopic::Stay), LegalStanding::NotAssessed);
}

#[test]
fn rule_10_a_group_of_few_who_were_consulted_is_not_told_apart() {
    let (few, many) = (ConsultedGroup::ALL[0], ConsultedGroup::ALL[1]);
    let said = std::iter::repeat_n(many, 5).chain(std::iter::repeat_n(few, 4));
    assert_eq!(spoke_as(said, 5), [(many, 5)].into());
}
