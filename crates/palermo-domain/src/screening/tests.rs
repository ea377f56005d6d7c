//! The engine against hand computation: 36 screenings written out, and what
//! must hold for every screening there is.

#![allow(clippy::unwrap_used)]

use super::*;
use std::collections::BTreeSet;

fn sets() -> IndicatorSets {
    let texts = [
        include_str!("../../../../content/indicators/adult_labour.toml"),
        include_str!("../../../../content/indicators/child_labour.toml"),
        include_str!("../../../../content/indicators/adult_sexual.toml"),
        include_str!("../../../../content/indicators/child_sexual.toml"),
        include_str!("../../../../content/indicators/forced_labour.toml"),
    ];
    IndicatorSets::new(texts.iter().map(|text| IndicatorSet::parse(text).unwrap()).collect())
}

fn words<T: std::str::FromStr + Ord>(text: &str) -> BTreeSet<T> {
    text.split_whitespace().map(|word| word.parse().ok().unwrap()).collect()
}

fn screening(set: &str, age: &str, elements: &str, yes: &str) -> Screening {
    let mut parts = elements.split('|').map(str::trim);
    let mut next = || parts.next().unwrap_or_default();
    Screening {
        set: set.to_owned(),
        age: age.parse().unwrap(),
        elements: Elements { acts: words(next()), means: words(next()), purposes: words(next()) },
        answers: yes.split_whitespace().map(|code| (code.to_owned(), Answer::Yes)).collect(),
        not_read: Vec::new(),
    }
}

/// Dimensions as a hand would write them: `D1+2/0/0 D4-0/2/0`; those with
/// nothing are left out.
fn written(assessment: &Assessment) -> String {
    let line = assessment.dimensions.iter().filter(|(_, score)| !score.because.is_empty());
    line.map(|(dimension, score)| {
        let sign = if score.positive { '+' } else { '-' };
        format!("{dimension}{sign}{}/{}/{}", score.strong, score.medium, score.weak)
    })
    .collect::<Vec<_>>()
    .join(" ")
}

/// Set; age; act | means | purpose; answered yes; by hand: dimensions
/// (`+` positive, strong/medium/weak), definition, combination.
#[rustfmt::skip]
const BY_HAND: [(&str, &str, &str, &str, &str, bool, &str); 36] = [
    // 1-12: each rule, just fulfilled and just missed.
    ("adult_labour", "adult", "||", "", "", false, "nothing_found"),
    ("adult_labour", "adult", "||", "D5.docs D5.debt", "D5+2/0/0", false, "coercion_without_exploitation"),
    ("adult_labour", "adult", "||", "D5.docs", "D5-1/0/0", false, "nothing_found"),
    ("adult_labour", "adult", "||", "D1.job D1.contract", "D1+1/1/0", false, "means_without_exploitation"),
    ("adult_labour", "adult", "||", "D1.job D1.education", "D1+1/0/1", false, "means_without_exploitation"),
    ("adult_labour", "adult", "||", "D6.dependency D6.economic D6.family", "D6+0/3/0", false, "coercion_without_exploitation"),
    ("adult_labour", "adult", "||", "D6.dependency D6.economic D6.past", "D6+0/2/1", false, "coercion_without_exploitation"),
    ("adult_labour", "adult", "||", "D6.dependency D6.economic", "D6-0/2/0", false, "nothing_found"),
    ("adult_labour", "adult", "||", "D6.dependency D6.past D6.personal", "D6-0/1/2", false, "nothing_found"),
    ("adult_labour", "adult", "||", "D6.past D6.personal", "D6-0/0/2", false, "nothing_found"),
    ("adult_labour", "adult", "||", "D3.culture D3.context D3.family", "D3-0/1/2", false, "nothing_found"),
    ("adult_labour", "adult", "||", "D3.culture D3.context D3.family D3.illegal", "D3+0/2/2", false, "means_without_exploitation"),
    // 13-18: weights differ by set; a stronger one stands in for a weaker one.
    ("adult_labour", "adult", "||", "D4.hours D4.low_pay D4.hazard D4.no_school", "D4+1/2/1", false, "exploited"),
    ("adult_labour", "adult", "||", "D2.violence D2.debt D2.docs", "D2+1/2/0", false, "means_without_exploitation"),
    ("adult_labour", "adult", "||", "D2.threats_viol D2.debt", "D2-0/2/0", false, "nothing_found"),
    ("child_labour", "child", "||", "D2.threats_viol D2.debt", "D2+2/0/0", false, "means_without_exploitation"),
    ("child_labour", "child", "||", "D1.education D1.wages", "D1+1/1/0", false, "means_without_exploitation"),
    ("child_labour", "child", "||", "D6.past D6.personal D6.family", "D6+0/3/0", false, "coercion_without_exploitation"),
    // 19-25: the ILO combination for adults.
    ("adult_labour", "adult", "||", "D4.hours D4.low_pay", "D4+1/1/0", false, "exploited"),
    ("adult_labour", "adult", "||", "D1.job D1.wages D4.hours D4.low_pay", "D1+1/1/0 D4+1/1/0", false, "deceived_and_exploited"),
    ("adult_labour", "adult", "||", "D1.job D1.wages D4.hours D4.low_pay D5.docs D5.wages_held", "D1+1/1/0 D4+1/1/0 D5+1/1/0", false, "trafficked"),
    ("adult_labour", "adult", "||", "D2.violence D2.debt D4.hours D4.low_pay D5.isolation D5.violence", "D2+1/1/0 D4+1/1/0 D5+2/0/0", false, "trafficked"),
    ("adult_labour", "adult", "||", "D3.illegal D3.economic D3.no_info D4.low_pay D4.hazard D4.bad_living D5.debt D5.denounce", "D3+0/3/0 D4+0/3/0 D5+1/1/0", false, "trafficked"),
    ("adult_labour", "adult", "||", "D2.violence D2.money D4.hours D4.hazard", "D2+1/1/0 D4+1/1/0", false, "recruited_by_means_and_exploited"),
    ("adult_labour", "adult", "||", "D4.hours D4.hazard D5.docs D5.threats_viol", "D4+1/1/0 D5+1/1/0", false, "exploited_and_coerced"),
    // 26-30: act, means and purpose, which answers never fill in.
    ("adult_labour", "adult", "recruitment | fraud | labour", "", "", true, "nothing_found"),
    ("adult_labour", "adult", "recruitment | | labour.construction", "D1.job D1.wages", "D1+1/1/0", false, "means_without_exploitation"),
    ("adult_labour", "adult", "| fraud | labour", "", "", false, "nothing_found"),
    ("adult_labour", "adult", "harbouring | abuse_vulnerability | unknown", "", "", false, "nothing_found"),
    ("child_labour", "child", "harbouring | | labour.begging", "D4.hours D4.no_school", "D4+1/1/0", true, "child_trafficked"),
    // 31-33: age in doubt has the rights of a child; age decides, not the set.
    ("child_labour", "unsure", "transportation | | other.forced_crime", "D4.low_pay D4.hazard D4.very_bad", "D4+0/3/0", true, "child_trafficked"),
    ("adult_labour", "unsure", "receipt | | labour.domestic", "D4.hours D4.no_social", "D4+1/1/0", true, "child_trafficked"),
    ("child_labour", "adult", "receipt | | labour.domestic", "D4.hours D4.low_pay", "D4+1/1/0", false, "exploited"),
    // 34-36: the sexual sets, and a child exploited without an act recorded.
    ("adult_sexual", "adult", "transfer | threat_force | sexual.prostitution", "D2.docs D2.isolation D4.hours D4.wage_manip D5.tasks D5.influence D5.inform", "D2+2/0/0 D4+1/1/0 D5+2/1/0", true, "trafficked"),
    ("child_sexual", "unsure", "recruitment | | sexual.remote", "D1.cond_prost D1.marriage D1.family_reun D4.hazard D4.low_pay", "D1+0/3/0 D4+1/1/0", true, "child_trafficked"),
    ("child_sexual", "child", "| | sexual.pornography", "D4.hours D4.hazard", "D4+2/0/0", false, "child_exploited"),
];

#[test]
fn req_085_scores_equal_hand_computation_for_36_screenings() {
    let sets = sets();
    for (number, (set, age, elements, yes, dimensions, met, combination)) in
        BY_HAND.iter().enumerate()
    {
        let screening = screening(set, age, elements, yes);
        for code in screening.answers.keys() {
            assert!(sets.get(set).unwrap().indicator(code).is_some(), "`{code}` in `{set}`");
        }
        let assessment = screening.assess(sets.get(set).unwrap());
        let at = number + 1;
        assert_eq!(written(&assessment), *dimensions, "dimensions of case {at}");
        assert_eq!(assessment.definition.met, *met, "definition of case {at}");
        assert_eq!(assessment.combination.code(), *combination, "combination of case {at}");
        assert_eq!(assessment.dimensions.len(), 6, "case {at} shows every dimension");
    }
}

#[test]
fn the_rule_behind_a_positive_dimension_is_named_with_what_stood_in() {
    let sets = sets();
    let rule = |yes: &str, dimension| {
        let assessed =
            screening("adult_labour", "adult", "||", yes).assess(sets.get("adult_labour").unwrap());
        let score = assessed.dimensions[&dimension].clone();
        (score.rule, score.stood_in())
    };
    use Dimension as D;
    assert_eq!(
        rule("D5.docs D5.debt", D::CoercionAtDestination),
        (Some(ScoringRule::TwoStrong), false)
    );
    assert_eq!(
        rule("D5.docs D5.lie", D::CoercionAtDestination),
        (Some(ScoringRule::OneStrongAndAnother), false)
    );
    assert_eq!(
        rule("D6.dependency D6.economic D6.past", D::VulnerabilityAtDestination),
        (Some(ScoringRule::TwoMediumAndOneWeak), false)
    );
    assert_eq!(rule("D6.dependency", D::VulnerabilityAtDestination), (None, false));
}

#[test]
fn a_stronger_indicator_stands_in_for_a_weaker_one() {
    let set = |tiers: &[Tier]| IndicatorSet {
        indicators: tiers
            .iter()
            .enumerate()
            .map(|(at, tier)| Indicator {
                code: format!("D1.{at}"),
                dimension: Some(Dimension::DeceptiveRecruitment),
                tier: Some(*tier),
                label: "invented".to_owned(),
            })
            .collect(),
        ..sets().get("adult_labour").unwrap().clone()
    };
    // Every mixture of up to four strong, medium and weak, against the closure of the four rules.
    for (strong, medium, weak) in
        (0..5).flat_map(|s| (0..5).flat_map(move |m| (0..5).map(move |w| (s, m, w))))
    {
        let mut tiers = vec![Tier::Strong; strong];
        tiers.extend(vec![Tier::Medium; medium]);
        tiers.extend(vec![Tier::Weak; weak]);
        let set = set(&tiers);
        let answers = set.indicators.iter().map(|i| (i.code.clone(), Answer::Yes)).collect();
        let scored = score(&set, &answers);
        let by_hand = strong >= 2
            || (strong >= 1 && medium + weak >= 1)
            || medium >= 3
            || (medium >= 2 && weak >= 1);
        let got = scored[&Dimension::DeceptiveRecruitment].positive;
        assert_eq!(got, by_hand, "{strong} strong, {medium} medium, {weak} weak");
    }
}

#[test]
fn only_yes_counts() {
    let sets = sets();
    let set = sets.get("adult_labour").unwrap();
    for answer in [Answer::No, Answer::Unsure, Answer::NotAsked] {
        let mut screening = screening("adult_labour", "adult", "||", "");
        screening.answers =
            set.indicators.iter().map(|indicator| (indicator.code.clone(), answer)).collect();
        assert_eq!(written(&screening.assess(set)), "");
    }
}

#[test]
fn every_set_has_the_number_of_indicators_its_source_gives() {
    let sets = sets();
    let count = |set: &str| {
        let set = sets.get(set).unwrap();
        let of = |d: &Dimension| set.indicators.iter().filter(|i| i.dimension == Some(*d)).count();
        Dimension::ALL.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(count("adult_labour"), [10, 10, 16, 9, 15, 7]);
    assert_eq!(count("adult_labour").iter().sum::<usize>(), 67);
    assert_eq!(count("child_labour").iter().sum::<usize>(), 65);
    assert_eq!(sets.get("forced_labour").unwrap().indicators.len(), 11);
    let weak = |set: &str| {
        let set = sets.get(set).unwrap();
        set.indicators.iter().any(|indicator| indicator.tier == Some(Tier::Weak))
    };
    assert!(weak("adult_labour") && !weak("child_labour"));
    assert_eq!(sets.get("adult_sexual").unwrap().confidence, Confidence::ToVerify);
}

#[test]
fn req_086_a_child_needs_no_means_and_an_adult_does() {
    let elements = |text: &str| screening("adult_labour", "adult", text, "").elements;
    let without_means = elements("recruitment | | labour");
    assert!(define(&without_means, Age::Child).met);
    assert!(define(&without_means, Age::Unsure).met);
    let adult = define(&without_means, Age::Adult);
    assert!(!adult.met);
    assert_eq!(adult.because.last(), Some(&Ground::NoMeans));
    assert!(define(&elements("recruitment | deception | labour"), Age::Adult).met);
}

#[test]
fn req_092_the_set_follows_from_the_form_of_exploitation_and_from_age() {
    let sets = sets();
    let called = |forms: &str, age| sets.called_for(&words(forms), age).unwrap().id.clone();
    assert_eq!(called("labour.aquafarming", Age::Adult), "adult_labour");
    assert_eq!(called("labour.begging", Age::Child), "child_labour");
    assert_eq!(called("other.armed", Age::Unsure), "child_labour");
    assert_eq!(called("organs", Age::Adult), "adult_labour");
    assert_eq!(called("other.forced_marriage", Age::Adult), "adult_labour");
    assert_eq!(called("sexual.remote", Age::Adult), "adult_sexual");
    assert_eq!(called("sexual", Age::Unsure), "child_sexual");
    assert_eq!(called("sexual labour", Age::Adult), "adult_labour");
    assert_eq!(called("", Age::Adult), "adult_labour");
}

#[test]
fn rule_3_age_in_doubt_gets_whatever_a_child_gets() {
    let sets = sets();
    for (set, _, elements, yes, ..) in BY_HAND {
        let assess = |age| {
            let set = sets.get(set).unwrap();
            let assessed = screening(&set.id, age, elements, yes).assess(set);
            (assessed.definition.met, assessed.combination)
        };
        assert_eq!(assess("unsure"), assess("child"), "{set} {yes}");
    }
}

#[test]
fn the_age_decides_and_not_the_set() {
    let sets = sets();
    let warnings = |set: &str, age| {
        screening(set, age, "||", "").assess(sets.get(set).unwrap()).warnings.len()
    };
    assert_eq!((warnings("adult_labour", "adult"), warnings("child_labour", "child")), (0, 0));
    assert_eq!(warnings("child_sexual", "unsure"), 0);
    assert_eq!((warnings("adult_labour", "child"), warnings("adult_sexual", "unsure")), (1, 1));
    assert_eq!(warnings("child_labour", "adult"), 1);
}

mod files {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        Screening::parse(text, &sets()).map(|_| ()).unwrap_err().0
    }

    #[test]
    fn the_example_of_the_contract_reads() {
        let sets = sets();
        let (screening, set) = Screening::parse(
            r#"{"set":"adult_labour","age":"adult",
                "elements":{"act":["recruitment"],"means":["fraud"],"purpose":["labour"]},
                "answers":{"D1.contract":"yes","D1.job":"yes","D4.hours":"no"}}"#,
            &sets,
        )
        .unwrap();
        let assessment = screening.assess(set);
        let score = &assessment.dimensions[&Dimension::DeceptiveRecruitment];
        assert_eq!((score.positive, score.strong, score.medium, score.weak), (true, 1, 1, 0));
        assert_eq!(score.because, ["D1.job", "D1.contract"], "in the order of the set");
        assert!(assessment.definition.met && assessment.warnings.is_empty());
    }

    #[test]
    fn every_unknown_word_is_named_at_once() {
        let told = problems(
            r#"{"set":"adult_labour","age":"old",
                "elements":{"act":["abducting"],"means":["fraud"],"purpose":["gold"]},
                "answers":{"D1.jobs":"yes","D4.hours":"perhaps","D1.cond_prost":"yes"}}"#,
        )
        .join("\n");
        for name in ["`old`", "`abducting`", "`gold`", "`D1.jobs`", "`perhaps`", "`D1.cond_prost`"]
        {
            assert!(told.contains(name), "{name} in {told}");
        }
    }

    #[test]
    fn an_unknown_set_is_named_with_the_nearest() {
        let told = problems(r#"{"set":"adult_labor","age":"adult"}"#).join("\n");
        assert!(told.contains("`adult_labor`") && told.contains("`adult_labour`"), "{told}");
        assert!(problems(r#"{"set":"forced_labour","age":"adult"}"#)[0].contains("forced_labour"));
        assert!(problems("{}").join(" ").contains("`set` is missing"));
    }

    #[test]
    fn answers_and_elements_may_be_left_out_but_not_misspelt() {
        let sets = sets();
        let text = r#"{"set":"adult_labour","age":"adult","note":"kept elsewhere"}"#;
        let (screening, set) = Screening::parse(text, &sets).unwrap();
        let fields = vec!["note".to_owned()];
        assert_eq!(screening.assess(set).warnings, [Warning::NotRead { fields }]);
        let told = problems(r#"{"set":"adult_labour","age":"adult","answer":{"D1.job":"yes"}}"#);
        assert!(told.join(" ").contains("did you mean `answers`?"), "{told:?}");
    }

    #[test]
    fn one_question_with_two_answers_is_refused() {
        let told = problems(
            r#"{"set":"adult_labour","age":"adult","answers":{"D1.job":"yes","D1.job":"no"}}"#,
        );
        assert!(told.join(" ").contains("`answers.D1.job` stands twice"), "{told:?}");
    }

    #[test]
    fn what_is_no_json_and_what_is_no_word_is_told() {
        assert!(problems("not json")[0].starts_with("this is not a screening"));
        assert!(problems(r#"{"set":"adult_labour","age":3,"answers":{"D1.job":true}}"#).len() >= 2);
    }
}
