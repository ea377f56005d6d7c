#![allow(clippy::unwrap_used, clippy::panic)]

use super::{
    adopt::{added, adopt, coverage},
    amend::{AmendRefused, Amendment, Change, Decision, TargetCell},
    checks::{self, Element, ElementList, Look},
    indicator::*,
    period::Period,
    progress::{self, Standing},
    *,
};

mod figures;
mod revised;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn state(text: &str) -> StateCode {
    text.parse().unwrap()
}

fn row(key: &str, parent: Option<&str>) -> Row {
    Row {
        parent: parent.map(str::to_owned),
        level: if parent.is_some() { "action" } else { "area" }.into(),
        title: format!("row {key}"),
        ..Row::new(key)
    }
}

/// An active operational indicator that begins at 20.
fn indicator(key: &str) -> Indicator {
    Indicator {
        row: "a".into(),
        title: key.into(),
        definitions: vec![Definition { version: 1, words: "as agreed".into(), since: None }],
        unit: Some("desks".into()),
        direction: Some(Direction::Up),
        frequency: Some("yearly".into()),
        source: Some("focal points".into()),
        baseline: Some(Baseline::Value { value: 20.0, on: day("2023-12-31"), version: 1 }),
        active: true,
        ..Indicator::new(key)
    }
}

fn plan() -> Plan {
    Plan {
        code: "meridian".parse().unwrap(),
        title: "Regional plan".into(),
        language: "en".into(),
        mechanism: Some("MERIDIAN".into()),
        state: None,
        parent: None,
        predecessor: None,
        predecessor_review: None,
        adopted_by: String::new(),
        adopted_on: None,
        from: day("2024-01-01"),
        to: day("2026-12-31"),
        status: PlanStatus::Draft,
        source: "invented".into(),
        rows: vec![row("a", None), row("a1", Some("a")), row("a2", Some("a"))],
        indicators: vec![indicator("desks")],
        targets: vec![Target {
            indicator: "desks".into(),
            state: None,
            period: period("2025"),
            value: 80.0,
        }],
        phases: Vec::new(),
        amendments: Vec::new(),
        declared: BTreeMap::new(),
        rates: Vec::new(),
        reviews: Vec::new(),
    }
}

fn value(number: f64) -> Value {
    Value {
        plan: "meridian".parse().unwrap(),
        indicator: "desks".into(),
        state: None,
        period: period("2025"),
        measured: Measured::Number(number),
        version: 1,
        breakdowns: Vec::new(),
        evidence: String::new(),
        comment: String::new(),
        origin: Origin::Entered,
    }
}

fn progress_of(plan: &Plan, value: Option<&Value>) -> progress::Progress {
    let indicator = plan.indicators.first().unwrap();
    progress::of(plan, indicator, None, period("2025"), value, day("2026-03-01"))
}

#[test]
fn req_023_progress_equals_the_documented_formula_to_two_decimals() {
    // baseline, target, value, direction → progress, colour; worked out by hand.
    use Direction::{Down, Up};
    let cases = [
        (20.0, 80.0, 80.0, Up, 100.0, Standing::Green),
        (20.0, 80.0, 74.0, Up, 90.0, Standing::Green),
        (20.0, 80.0, 73.99, Up, 89.98, Standing::Amber),
        (20.0, 80.0, 50.0, Up, 50.0, Standing::Amber),
        (20.0, 80.0, 49.0, Up, 48.33, Standing::Red),
        (20.0, 80.0, 20.0, Up, 0.0, Standing::Red),
        (20.0, 80.0, 14.0, Up, -10.0, Standing::Red),
        (20.0, 80.0, 95.0, Up, 125.0, Standing::Green),
        (90.0, 30.0, 45.0, Down, 75.0, Standing::Amber),
        (90.0, 30.0, 30.0, Down, 100.0, Standing::Green),
        (3.0, 10.0, 5.0, Up, 28.57, Standing::Red),
        (0.0, 8.0, 0.01, Up, 0.13, Standing::Red),
        (12.0, 12.0, 12.0, Up, 100.0, Standing::Green),
        (12.0, 12.0, 11.0, Up, 0.0, Standing::Red),
    ];
    for (baseline, target, number, direction, expected, colour) in cases {
        let mut plan = plan();
        let indicator = plan.indicators.first_mut().unwrap();
        indicator.direction = Some(direction);
        indicator.baseline =
            Some(Baseline::Value { value: baseline, on: day("2023-12-31"), version: 1 });
        plan.targets.first_mut().unwrap().value = target;
        let found = progress_of(&plan, Some(&value(number)));
        assert_eq!(
            (found.progress, found.status),
            (Some(expected), colour),
            "from {baseline} by {number} to {target}"
        );
    }
}

#[test]
fn req_021_without_a_baseline_there_is_no_colour() {
    let mut plan = plan();
    plan.indicators.first_mut().unwrap().baseline =
        Some(Baseline::ToBeEstablished { by: day("2026-06-30"), whom: "the task force".into() });
    let found = progress_of(&plan, Some(&value(50.0)));
    assert_eq!((found.status, found.progress), (Standing::NoBaseline, None));
}

#[test]
fn req_021_an_indicator_without_a_unit_cannot_be_activated() {
    let mut indicator = indicator("desks");
    assert!(indicator.lacks().is_empty());
    indicator.unit = Some("  ".into());
    indicator.baseline = None;
    assert_eq!(indicator.lacks(), [Lack::Unit, Lack::Baseline]);
}

#[test]
fn req_021_figures_of_detected_persons_cases_and_convictions_are_never_coloured() {
    for counted in [Counted::DetectedPersons, Counted::Cases, Counted::Convictions] {
        let mut plan = plan();
        let indicator = plan.indicators.first_mut().unwrap();
        indicator.counted = counted;
        assert_eq!(indicator.set_direction(Direction::Up), Err(DirectionFixed(counted)));
        assert_eq!(indicator.set_direction(Direction::Context), Ok(()));
        // Even a direction that came in from elsewhere colours nothing.
        indicator.direction = Some(Direction::Up);
        let found = progress_of(&plan, Some(&value(50.0)));
        assert_eq!((found.status, found.progress, found.target), (Standing::Context, None, None));
        assert!(!found.missed);
        assert!(plan.problems().contains(&PlanProblem::TargetOfContext("desks".into())));
    }
}

#[test]
fn req_021_a_changed_definition_breaks_the_series() {
    let mut plan = plan();
    let change = Change::Definition {
        indicator: "desks".into(),
        from: "whatever the caller claims".into(),
        to: "desks open at night too".into(),
        since: period("2025"),
    };
    plan.amend(Amendment {
        on: day("2025-02-01"),
        decided_by: "meeting of ministers".into(),
        reason: "night work was not seen".into(),
        change,
    })
    .unwrap();
    let indicator = plan.indicators.first().unwrap();
    assert_eq!(
        (indicator.version_in(period("2024")), indicator.version_in(period("2025"))),
        (1, 2)
    );
    let by_new = Value { version: 2, ..value(50.0) };
    assert_eq!(progress_of(&plan, Some(&by_new)).status, Standing::DefinitionChanged);
    let Change::Definition { from, .. } = &plan.amendments.first().unwrap().change else {
        panic!("another change");
    };
    assert_eq!(from, "as agreed");
}

#[test]
fn req_022_a_target_not_reached_in_time_is_missed() {
    let plan = plan();
    assert!(progress_of(&plan, Some(&value(79.0))).missed);
    assert!(progress_of(&plan, None).missed, "nothing was told");
    assert!(!progress_of(&plan, Some(&value(80.0))).missed);
    let indicator = plan.indicators.first().unwrap();
    let early = progress::of(&plan, indicator, None, period("2025"), None, day("2025-12-31"));
    assert!(!early.missed, "the period is not over");
}

#[test]
fn req_022_a_grid_of_targets_is_saved_and_an_adopted_plan_keeps_the_old_ones() {
    let cell = |state_code: Option<&str>, year: &str, to: Option<f64>| TargetCell {
        indicator: "desks".into(),
        state: state_code.map(state),
        period: period(year),
        to,
    };
    let decision = |reason: &str| Decision {
        on: day("2026-03-01"),
        by: "Senior Officials".into(),
        reason: reason.into(),
    };
    let grid = [
        cell(None, "2025", Some(80.0)),
        cell(Some("XBB"), "2025", Some(40.0)),
        cell(Some("XBB"), "2026", Some(60.0)),
    ];
    let mut draft = Plan { status: PlanStatus::Draft, ..plan() };
    let before = draft.amendments.len();
    assert_eq!(draft.put_targets(&grid, &decision("")), Ok(2), "one stands already");
    assert_eq!(draft.amendments.len(), before, "a draft keeps no history");
    let mut adopted = Plan { status: PlanStatus::Adopted, ..draft };
    let wrong = adopted.clone().put_targets(&[cell(None, "2025", None)], &decision(" "));
    assert_eq!(wrong, Err(vec![(0, AmendRefused::NoReason)]));
    let lower = [cell(Some("XBB"), "2025", Some(30.0)), cell(Some("XBB"), "2026", None)];
    assert_eq!(adopted.put_targets(&lower, &decision("the survey came late")), Ok(2));
    let old: Vec<Option<f64>> = adopted
        .history_of("desks", Some(state("XBB")), period("2025"))
        .map(|one| match &one.change {
            Change::Target { from, .. } => *from,
            _ => None,
        })
        .collect();
    assert_eq!(old, [Some(40.0)]);
    assert_eq!(adopted.own_target("desks", Some(state("XBB")), period("2026")), None);
}

#[test]
fn the_matrix_finds_the_same_targets_as_one_cell_alone() {
    let mut plan = plan();
    for (code, value) in [(Some("XBB"), 40.0), (Some("XCC"), 50.0)] {
        plan.targets.push(Target {
            indicator: "desks".into(),
            state: code.map(state),
            period: period("2025"),
            value,
        });
    }
    let states = [state("XAA"), state("XBB"), state("XCC")];
    let today = day("2026-06-01");
    let rows = progress::matrix(&plan, &states, &[period("2025")], &[], today);
    let indicator = plan.indicator("desks").unwrap();
    for row in rows.iter().filter(|row| row.indicator == "desks") {
        let alone = progress::of(&plan, indicator, row.state, row.period, None, today);
        assert_eq!(*row, alone);
    }
}

#[test]
fn req_022_a_state_has_its_own_target_or_the_joint_one() {
    let mut plan = plan();
    let own = Target {
        indicator: "desks".into(),
        state: Some(state("XBB")),
        period: period("2025"),
        value: 40.0,
    };
    plan.targets.push(own);
    let target =
        |code: &str| plan.target("desks", Some(state(code)), period("2025")).unwrap().value;
    assert_eq!((target("XBB"), target("XCC")), (40.0, 80.0));
}

#[test]
fn req_025_framework_indicators_take_answers_with_evidence_and_operational_ones_numbers() {
    let mut framework = indicator("law");
    framework.kind = Kind::Framework;
    let answer = |answer, evidence: &str| Value {
        measured: Measured::Answer(answer),
        evidence: evidence.into(),
        ..value(0.0)
    };
    assert_eq!(value(1.0).check(&framework), Err(ValueProblem::AnswerNeeded));
    assert_eq!(
        answer(Answer::Yes, " ").check(&framework),
        Err(ValueProblem::EvidenceNeeded(Answer::Yes))
    );
    assert_eq!(answer(Answer::Partly, "Act 12, section 3").check(&framework), Ok(()));
    assert_eq!(answer(Answer::No, "").check(&framework), Ok(()));
    let operational = indicator("desks");
    assert_eq!(answer(Answer::Yes, "x").check(&operational), Err(ValueProblem::NumberNeeded));
    assert_eq!(value(f64::NAN).check(&operational), Err(ValueProblem::NotFinite));
}

#[test]
fn req_026_data_without_a_required_breakdown_is_accepted_and_marked() {
    let mut persons = indicator("assisted");
    persons.counted = Counted::Persons;
    persons.breakdowns = vec![Breakdown::Disability, Breakdown::Ethnicity];
    let told = Value { breakdowns: vec![Breakdown::Age, Breakdown::Sex], ..value(12.0) };
    assert_eq!(told.check(&persons), Ok(()));
    assert_eq!(
        told.missing_breakdowns(&persons),
        [Breakdown::Nationality, Breakdown::Background, Breakdown::Disability]
    );
}

#[test]
fn req_031_an_amendment_keeps_the_old_target_and_its_reason() {
    let mut plan = plan().adopted("the ministers", day("2024-01-10")).unwrap();
    let target =
        Target { indicator: "desks".into(), state: None, period: period("2025"), value: 60.0 };
    assert_eq!(plan.set_target(target), Err(AmendRefused::NoReason));
    let amendment = |reason: &str, to| Amendment {
        on: day("2025-03-01"),
        decided_by: "senior officials".into(),
        reason: reason.into(),
        change: Change::Target {
            indicator: "desks".into(),
            state: None,
            period: period("2025"),
            from: None,
            to: Some(to),
        },
    };
    assert_eq!(plan.amend(amendment(" ", 60.0)), Err(AmendRefused::NoReason));
    assert_eq!(plan.amend(amendment("floods", 80.0)), Err(AmendRefused::NoChange));
    plan.amend(amendment("floods closed two offices", 60.0)).unwrap();
    assert_eq!(plan.target("desks", None, period("2025")).unwrap().value, 60.0);
    let history: Vec<_> = plan.history_of("desks", None, period("2025")).collect();
    assert!(matches!(
        history.first().unwrap().change,
        Change::Target { from: Some(from), to: Some(to), .. } if from == 80.0 && to == 60.0
    ));
}

#[test]
fn req_027_a_national_plan_keeps_links_and_shows_what_is_missing() {
    let mut regional = plan();
    regional.rows.push(Row { tier: Tier::Regional, ..row("b", None) });
    regional.rows.push(Row { tier: Tier::Regional, ..row("b1", Some("b")) });
    let mut national = adopt(&regional, state("XBB"), "xbb-plan".parse().unwrap(), "National plan");
    assert!(national.problems().is_empty(), "{:?}", national.problems());
    let keys = |plan: &Plan| plan.rows.iter().map(|r| r.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&national), ["a", "a1", "a2"], "the region's own part stays with the region");
    assert_eq!(national.targets.len(), 1);

    national.rows.retain(|row| row.key != "a2");
    national.rows.push(Row { tier: Tier::National, ..row("own", Some("a")) });
    let covered: Vec<(String, usize)> = coverage(&regional, &national)
        .iter()
        .map(|c| (c.row.key.clone(), c.adopted.len()))
        .collect();
    assert_eq!(covered, [("a1".into(), 1), ("a2".into(), 0)]);
    assert_eq!(added(&national).map(|r| r.key.as_str()).collect::<Vec<_>>(), ["own"]);
}

#[test]
fn req_028_missing_elements_of_a_national_plan_are_listed() {
    let list = ElementList {
        id: "x".into(),
        title: "Elements".into(),
        source: "S1:81".into(),
        elements: [
            ("objectives", Look::Objectives),
            ("pillars", Look::Pillars),
            ("leads", Look::Leads),
            ("analysis", Look::Declared),
        ]
        .map(|(key, look)| Element { key: key.into(), title: key.into(), look })
        .to_vec(),
    };
    let mut plan = plan();
    let there = |plan: &Plan| -> Vec<bool> {
        checks::elements(plan, &list).iter().map(|found| found.there).collect()
    };
    assert_eq!(there(&plan), [true, false, false, false]);
    plan.declared.insert("analysis".into(), "chapter 2".into());
    let lead = Party { name: "Ministry".into(), kind: PartyKind::Government, tenant: None };
    for row in &mut plan.rows {
        row.lead = Some(lead.clone());
        row.themes = Theme::ALL.to_vec();
    }
    assert_eq!(there(&plan), [true, true, true, true]);
}

#[test]
fn req_018_029_035_unassigned_funded_and_tagged_actions_are_counted() {
    let mut plan = plan();
    assert_eq!(checks::unassigned(&plan).count(), 2);
    let first = plan.rows.get_mut(1).unwrap();
    first.allocated = Some("500 EUR".parse().unwrap());
    first.tags = vec![Tag::Gender];
    let lead = Party { name: "Union".into(), kind: PartyKind::CivilSociety, tenant: None };
    first.lead = Some(lead);
    assert_eq!(checks::unassigned(&plan).map(|r| r.key.as_str()).collect::<Vec<_>>(), ["a2"]);
    assert_eq!(checks::funded(&plan).percent(), Some(50.0));
    assert_eq!(checks::tagged(&plan, Tag::Gender).percent(), Some(50.0));
    assert_eq!(checks::tagged(&plan, Tag::Child).percent(), Some(0.0));
}

#[test]
fn req_033_plans_of_two_mechanisms_overlap_where_their_actions_share_a_theme() {
    let mut first = plan();
    first.rows.get_mut(1).unwrap().themes = vec![Theme::Training];
    let mut second = plan();
    second.code = "lumen".parse().unwrap();
    second.rows.get_mut(2).unwrap().themes = vec![Theme::Training, Theme::Legal];
    let national = adopt(&first, state("XBB"), "xbb".parse().unwrap(), "national");
    let found = checks::overlaps(&[&first, &second]);
    assert_eq!(found.iter().map(|o| o.theme).collect::<Vec<_>>(), [Theme::Training]);
    assert_eq!(found.first().unwrap().actions.len(), 2);
    assert!(checks::overlaps(&[&first, &national]).is_empty(), "one piece of work");
}

#[test]
fn problems_of_a_plan_are_told_all_at_once() {
    let mut plan = plan();
    plan.to = day("2020-01-01");
    plan.rows.push(row("a1", Some("zz")));
    plan.indicators.push(Indicator { row: "nowhere".into(), ..indicator("desks") });
    plan.targets.push(Target {
        indicator: "none".into(),
        state: None,
        period: period("2025"),
        value: 1.0,
    });
    assert_eq!(plan.problems().len(), 6, "{:?}", plan.problems());
}

#[test]
fn rule_10_small_numbers_of_persons_are_withheld_from_the_matrix_with_what_tells_them() {
    let mut plan = plan();
    let mut persons = indicator("convicted");
    persons.counted = Counted::Convictions;
    plan.indicators.push(persons);
    let told = |key: &str, code: &str, when: &str, number: f64| Value {
        indicator: key.into(),
        state: Some(state(code)),
        period: period(when),
        ..value(number)
    };
    let values = [
        told("convicted", "XBB", "2025", 30.0),
        told("convicted", "XBB", "2025-H1", 4.0),
        told("convicted", "XBB", "2025-H2", 26.0),
        told("convicted", "XBB", "2026", 0.0),
        told("convicted", "XCC", "2025", 7.0),
        told("desks", "XBB", "2025", 4.0),
    ];
    let states = [state("XBB"), state("XCC")];
    let periods = progress::periods(&plan, &values);
    let today = day("2026-03-01");
    let withheld = |own: Option<StateCode>| -> Vec<String> {
        let mut rows = progress::matrix(&plan, &states, &periods, &values, today);
        let sees = |of: Option<StateCode>| own.is_some() && of == own;
        crate::report::withhold_from_matrix(&plan, &mut rows, 10, sees);
        let gone = rows.iter().filter(|row| row.status == Standing::Withheld);
        gone.inspect(|row| {
            assert!(row.value.is_none() && row.progress.is_none() && !row.missed);
        })
        .map(|row| format!("{} {}", row.state.unwrap(), row.period))
        .collect()
    };
    // The other half goes with the small one; nought and a count of desks stay.
    assert_eq!(withheld(None), ["XBB 2025-H1", "XBB 2025-H2", "XCC 2025"]);
    assert_eq!(withheld(Some(state("XBB"))), ["XCC 2025"]);
}

#[test]
fn a_value_lies_in_the_plan_and_between_its_limits() {
    let plan = plan();
    let (desks, mut share) = (indicator("desks"), indicator("share"));
    share.unit = Some("per cent".into());
    assert_eq!(value(-1.0).check_in(&plan, &desks), Err(ValueProblem::BelowZero));
    assert_eq!(value(250.0).check_in(&plan, &desks), Ok(()));
    assert_eq!(value(100.5).check_in(&plan, &share), Err(ValueProblem::AboveHundred));
    let late = Value { period: period("2031"), ..value(1.0) };
    assert!(matches!(late.check_in(&plan, &desks), Err(ValueProblem::OutsidePlan { .. })));
}

#[test]
fn req_231_money_of_several_currencies_has_a_total_only_at_rates_that_were_told() {
    let mut plan = plan();
    let money = |text: &str| Some(text.parse::<Money>().unwrap());
    plan.rows[0].budget = money("999.00 EUR");
    plan.rows[1].budget = money("100.00 EUR");
    plan.rows[2].budget = money("1000 XOF");
    let budget: totals::Pick = |row| row.budget;
    let amounts = plan.amounts(budget);
    assert_eq!(amounts, [money("100.00 EUR").unwrap(), money("1000 XOF").unwrap()]);
    assert!(plan.total(budget, None).is_none(), "nobody said in which currency");
    let euro = Some("EUR".parse().unwrap());
    let told = plan.total(budget, euro).unwrap();
    assert_eq!((told.total, told.at.len()), (money("100.00 EUR").unwrap(), 0));
    assert_eq!(told.not_converted, [money("1000 XOF").unwrap()]);
    let rate = |factor: &str| Rate {
        from: "XOF".parse().unwrap(),
        to: "EUR".parse().unwrap(),
        rate: factor.parse().unwrap(),
        on: day("2025-01-02"),
        source: "an invented bank".into(),
    };
    plan.tell_rate(rate("0.5"));
    plan.tell_rate(rate("0.002"));
    assert_eq!(plan.rates.len(), 1, "the same day's rate is corrected");
    let told = plan.total(budget, None).unwrap();
    assert_eq!(told.total, money("102.00 EUR").unwrap());
    assert!(told.not_converted.is_empty());
    assert!(plan.total(|row| row.allocated, euro).is_none(), "nothing was allocated");
}
