//! What must hold for every screening there is.
#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn sets() -> IndicatorSets {
    let texts = [
        include_str!("../../../../content/indicators/adult_labour.toml"),
        include_str!("../../../../content/indicators/child_labour.toml"),
        include_str!("../../../../content/indicators/adult_sexual.toml"),
        include_str!("../../../../content/indicators/child_sexual.toml"),
    ];
    IndicatorSets::new(texts.iter().map(|text| IndicatorSet::parse(text).unwrap()).collect())
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

/// A set, an age, elements and an answer to each indicator.
fn screenings() -> impl Strategy<Value = (usize, Age, Elements, Vec<Answer>)> {
    let some = |count| proptest::collection::vec(one_of(Act::ALL), 0..count);
    (
        0..4_usize,
        one_of(Age::ALL),
        (
            some(3),
            proptest::collection::vec(one_of(Means::ALL), 0..3),
            proptest::collection::vec(one_of(ExploitationForm::ALL), 0..3),
        )
            .prop_map(|(acts, means, purposes)| Elements {
                acts: acts.into_iter().collect(),
                means: means.into_iter().collect(),
                purposes: purposes.into_iter().collect(),
            }),
        proptest::collection::vec(one_of(Answer::ALL), 67),
    )
}

fn written(
    set: &IndicatorSet,
    age: Age,
    elements: &Elements,
    answers: &[(String, Answer)],
) -> String {
    let quoted = |codes: Vec<String>| {
        codes.iter().map(|code| format!("\"{code}\"")).collect::<Vec<_>>().join(",")
    };
    let answers: Vec<String> =
        answers.iter().map(|(code, answer)| format!("\"{code}\":\"{answer}\"")).collect();
    format!(
        r#"{{"set":"{}","age":"{age}","elements":{{"act":[{}],"means":[{}],"purpose":[{}]}},"answers":{{{}}}}}"#,
        set.id,
        quoted(elements.acts.iter().map(ToString::to_string).collect()),
        quoted(elements.means.iter().map(ToString::to_string).collect()),
        quoted(elements.purposes.iter().map(ToString::to_string).collect()),
        answers.join(",")
    )
}

proptest! {
    #[test]
    fn the_order_of_answers_changes_nothing(
        (at, age, elements, told) in screenings(),
        turn in 0..67_usize,
    ) {
        let sets = sets();
        let set = &sets.all()[at];
        let codes = set.indicators.iter().map(|one| one.code.clone());
        let mut answers: Vec<_> = codes.zip(told).collect();
        let read = |answers: &[(String, Answer)]| {
            let text = written(set, age, &elements, answers);
            Screening::parse(&text, &sets).unwrap().0.assess(set)
        };
        let before = read(&answers);
        let middle = turn % answers.len();
        answers.rotate_left(middle);
        answers.reverse();
        prop_assert_eq!(read(&answers), before);
    }

    #[test]
    fn one_more_yes_never_turns_a_positive_dimension_negative(
        (at, age, elements, told) in screenings(),
        which in 0..67_usize,
    ) {
        let sets = sets();
        let set = &sets.all()[at];
        let codes = set.indicators.iter().map(|one| one.code.clone());
        let mut screening = Screening {
            set: set.id.clone(),
            age,
            elements,
            answers: codes.zip(told).collect(),
            not_read: Vec::new(),
        };
        let before: BTreeSet<Dimension> = screening.assess(set).positive().collect();
        let code = set.indicators[which % set.indicators.len()].code.clone();
        screening.answers.insert(code, Answer::Yes);
        let after: BTreeSet<Dimension> = screening.assess(set).positive().collect();
        prop_assert!(before.is_subset(&after));
    }

    #[test]
    fn rule_3_whatever_a_child_gets_age_in_doubt_gets_too(
        (at, _, elements, told) in screenings(),
    ) {
        let sets = sets();
        let set = &sets.all()[at];
        let codes = set.indicators.iter().map(|one| one.code.clone());
        let child = Screening {
            set: set.id.clone(),
            age: Age::Child,
            elements: elements.clone(),
            answers: codes.zip(told).collect(),
            not_read: Vec::new(),
        };
        let unsure = Screening { age: Age::Unsure, ..child.clone() };
        let (child, unsure) = (child.assess(set), unsure.assess(set));
        prop_assert_eq!(&child.definition, &unsure.definition);
        prop_assert_eq!(child.combination, unsure.combination);
        prop_assert_eq!(advise(&child), advise(&unsure));
        prop_assert_eq!(Path::open_to(Age::Child), Path::open_to(Age::Unsure));
        // Means are never asked of a child.
        let known = elements.purposes.iter().any(|form| *form != ExploitationForm::Unknown);
        prop_assert_eq!(child.definition.met, !elements.acts.is_empty() && known);
    }

    #[test]
    fn answers_never_fill_in_the_definition((at, age, elements, told) in screenings()) {
        let sets = sets();
        let set = &sets.all()[at];
        let codes = set.indicators.iter().map(|one| one.code.clone());
        let answers = codes.zip(told).collect();
        let screening = Screening { set: set.id.clone(), age, elements, answers, not_read: Vec::new() };
        let without = Screening { answers: BTreeMap::new(), ..screening.clone() };
        prop_assert_eq!(screening.assess(set).definition, without.assess(set).definition);
    }

    #[test]
    fn no_outcome_ends_without_a_desk_where_any_is_open(
        outcome in one_of(Outcome::ALL),
        age in one_of(Age::ALL),
        state in one_of(&["XAA", "XBB", "XFF"]),
        topic in one_of(&["plans", "asylum", "children", "labour"]),
    ) {
        let desk = |name: &str, level, state: Option<&str>| crate::desk::Desk {
            tenant: crate::id::Id::from_uuid(uuid::Uuid::nil()),
            id: crate::id::Id::from_uuid(uuid::Uuid::nil()),
            name: name.to_owned(),
            level,
            state: state.map(str::to_owned),
            topics: vec![topic.to_owned()],
            languages: Vec::new(),
            time_zone: "UTC".into(),
            hours: "24/7".into(),
            telephone: None,
            open: true,
        };
        use crate::desk::DeskLevel::{National, Regional};
        let desks = [desk("Region", Regional, None), desk("Avelmar", National, Some("XAA"))];
        let next = next_desk(outcome, age, Some(state), None, &desks);
        prop_assert!(next.is_some());
        if state == "XAA" {
            prop_assert_eq!(next.map(|desk| desk.name.as_str()), Some("Avelmar"));
        }
        // A child is never sent to the office of whoever screened.
        let own = Some(crate::id::Id::from_uuid(uuid::Uuid::nil()));
        let next = next_desk(outcome, age, Some(state), own, &desks);
        prop_assert_eq!(next.is_none(), age.has_rights_of_a_child());
    }
}
