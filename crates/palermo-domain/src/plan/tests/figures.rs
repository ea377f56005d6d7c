//! The figure that an adopted plan reads, changed by amendment.

use super::*;

fn figure(to: Option<Computed>, since: &str) -> Amendment {
    Amendment {
        on: day("2025-03-01"),
        decided_by: "senior officials".into(),
        reason: "the directory knows it better".into(),
        change: Change::Computed {
            indicator: "desks".into(),
            from: None,
            to,
            since: period(since),
        },
    }
}

#[test]
fn req_031_an_amendment_changes_the_figure_worked_out_from_a_period_on() {
    let mut plan = plan().adopted("the ministers", day("2024-01-10")).unwrap();
    assert_eq!(plan.amend(figure(None, "2026")), Err(AmendRefused::NoChange));
    let share = plan.amend(figure(Some(Computed::DesksConfirmed), "2026"));
    assert!(matches!(share, Err(AmendRefused::Misfit(_))), "a share under a number: {share:?}");
    plan.amend(figure(Some(Computed::PlacesConfirmed), "2025")).unwrap();
    plan.amend(figure(Some(Computed::ReferralsSent), "2026")).unwrap();

    let desks = plan.indicator("desks").unwrap();
    let reads = |when: &str| plan.computed_in(desks, period(when)).map(Computed::code);
    assert_eq!(reads("2024"), None, "before it nothing changes");
    assert_eq!([reads("2025"), reads("2026")], [Some("places-confirmed"), Some("referrals-sent")]);
    let typed = |when: &str| Value { period: period(when), ..value(30.0) }.check_in(&plan, desks);
    assert_eq!((typed("2024"), typed("2025")), (Ok(()), Err(ValueProblem::Computed)));
    let versions = ["2024", "2025", "2026"].map(|when| desks.version_in(period(when)));
    assert_eq!(versions, [1, 2, 3], "each figure begins a series of its own");
    assert_eq!(plan.figures_of(desks).len(), 2);

    plan.amend(figure(None, "2026")).unwrap();
    let desks = plan.indicator("desks").unwrap();
    assert_eq!(plan.computed_in(desks, period("2026")), None, "values are reported again");
    let Change::Computed { from, to, .. } = &plan.amendments.last().unwrap().change else {
        panic!("another change");
    };
    assert_eq!((from, to), (&Some(Computed::ReferralsSent), &None), "what stood before is kept");
    let json = serde_json::to_value(&plan.amendments).unwrap();
    assert_eq!(serde_json::from_value::<Vec<Amendment>>(json).unwrap(), plan.amendments);
}

#[test]
fn a_change_since_a_year_or_a_half_counts_for_the_quarters_it_begins_with() {
    for since in ["2026", "2026-H1"] {
        let mut plan = plan().adopted("the ministers", day("2024-01-10")).unwrap();
        plan.amend(figure(Some(Computed::PlacesConfirmed), since)).unwrap();
        let desks = plan.indicator("desks").unwrap();
        let reads = |when: &str| plan.computed_in(desks, period(when)).is_some();
        assert!(
            ["2026-Q1", "2026-Q2", "2026-Q4", "2026", "2027"].into_iter().all(reads),
            "{since}"
        );
        assert!(!["2025", "2025-Q4"].into_iter().any(reads), "{since}");
        assert_eq!([desks.version_in(period("2026-Q1")), desks.version_in(period("2025"))], [2, 1]);
        let typed = Value { period: period("2026-Q1"), ..value(30.0) }.check_in(&plan, desks);
        assert_eq!(typed, Err(ValueProblem::Computed));
    }
    let mut plan = plan().adopted("the ministers", day("2024-01-10")).unwrap();
    plan.amend(figure(Some(Computed::PlacesConfirmed), "2026-Q3")).unwrap();
    let desks = plan.indicator("desks").unwrap();
    let reads = |when: &str| plan.computed_in(desks, period(when)).is_some();
    assert!(!reads("2026") && reads("2026-Q3") && reads("2026-H2"), "the year began before it");
}

#[test]
fn a_figure_for_all_together_gives_way_to_one_of_each_state() {
    let mut plan = plan();
    let joint = Computed::Adherence { instrument: "tip-protocol".parse().unwrap() };
    plan.indicators.first_mut().unwrap().computed = Some(joint);
    plan.amend(figure(Some(Computed::PlacesConfirmed), "2026")).unwrap();
    let periods = [period("2025"), period("2026")];
    let rows = progress::matrix(&plan, &[state("XBB")], &periods, &[], day("2026-03-01"));
    let places: Vec<_> = rows.iter().map(|row| (row.state, row.period)).collect();
    assert_eq!(places, [(None, period("2025")), (Some(state("XBB")), period("2026"))]);
}
