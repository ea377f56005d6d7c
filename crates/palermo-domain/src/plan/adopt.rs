//! National plans: adopted from the regional one, adapted at home, with links both
//! ways and what is missing (R020, R027; S1:81, 183).

use super::{
    Plan, PlanCode, PlanStatus, Row, RowLink, Status, Tier,
    indicator::{Measured, Value},
    period::Period,
};
use crate::{
    register::{day::Day, state::StateCode},
    report::counts_persons,
};
use serde::Serialize;

/// A regional row and the national rows that came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage<'a> {
    /// The regional row.
    pub row: &'a Row,
    /// National rows that name it as their origin.
    pub adopted: Vec<&'a Row>,
}

/// A national plan made from a regional one.
///
/// It takes over the rows that are the States' part, with those they lie under, and
/// the indicators of these rows; not the reports, the money or the leads, which are
/// the State's own to say. Baselines are its own too.
#[must_use]
pub fn adopt(regional: &Plan, state: StateCode, code: PlanCode, title: &str) -> Plan {
    let keys = states_part(regional);
    let rows: Vec<Row> = regional
        .rows
        .iter()
        .filter(|row| keys.contains(&row.key.as_str()))
        .map(|row| Row {
            adopted_from: Some(RowLink { plan: regional.code.clone(), row: row.key.clone() }),
            lead: None,
            partners: Vec::new(),
            budget: None,
            allocated: None,
            funded_by: None,
            status: Status::Planned,
            tier: Tier::National,
            ..row.clone()
        })
        .collect();
    let indicators = regional
        .indicators
        .iter()
        .filter(|i| i.computed.is_none() && keys.contains(&i.row.as_str()))
        .map(|i| super::indicator::Indicator { baseline: None, active: false, ..i.clone() })
        .collect();
    let joint = regional.targets.iter().filter(|t| t.state.is_none_or(|s| s == state));
    let mut plan = Plan {
        code,
        title: title.to_owned(),
        state: Some(state),
        parent: Some(regional.code.clone()),
        predecessor: None,
        predecessor_review: None,
        adopted_by: String::new(),
        adopted_on: None,
        status: PlanStatus::Draft,
        rows,
        indicators,
        targets: joint.cloned().collect(),
        amendments: Vec::new(),
        phases: Vec::new(),
        declared: std::collections::BTreeMap::new(),
        rates: Vec::new(),
        reviews: Vec::new(),
        source: String::new(),
        ..regional.clone()
    };
    keep_own_targets(&mut plan, regional, state);
    plan
}

/// Keys of the rows that are the States' part, with those they lie under.
fn states_part(regional: &Plan) -> Vec<&str> {
    let national = |row: &&Row| matches!(row.tier, Tier::National | Tier::Both);
    let mut keys: Vec<&str> = Vec::new();
    for row in regional.rows.iter().filter(national) {
        let mut at = Some(row);
        while let Some(row) = at {
            if !keys.contains(&row.key.as_str()) {
                keys.push(&row.key);
            }
            at = row.parent.as_deref().and_then(|parent| regional.row(parent));
        }
    }
    keys
}

/// Targets of the indicators taken over; of a joint one and the State's own, its own.
fn keep_own_targets(plan: &mut Plan, regional: &Plan, state: StateCode) {
    let known: Vec<String> = plan.indicators.iter().map(|i| i.key.clone()).collect();
    plan.targets.retain(|target| known.contains(&target.indicator));
    for target in &mut plan.targets {
        target.state = None;
    }
    // Of a joint target and the State's own, its own counts.
    let own = |t: &super::indicator::Target| {
        regional.targets.iter().any(|r| {
            r.state == Some(state)
                && r.indicator == t.indicator
                && r.period == t.period
                && r.value == t.value
        })
    };
    plan.targets.sort_by_key(|target| !own(target));
    let mut seen = Vec::new();
    plan.targets.retain(|target| {
        let place = (target.indicator.clone(), target.period);
        let fresh = !seen.contains(&place);
        seen.push(place);
        fresh
    });
}

/// For each row of the regional plan that is the States' part and has nothing under
/// it, the rows of a national plan that came of it. Those with none are what is missing.
#[must_use]
pub fn coverage<'a>(regional: &'a Plan, national: &'a Plan) -> Vec<Coverage<'a>> {
    regional
        .actions()
        .filter(|row| matches!(row.tier, Tier::National | Tier::Both))
        .map(|row| Coverage {
            row,
            adopted: national
                .rows
                .iter()
                .filter(|own| {
                    own.adopted_from
                        .as_ref()
                        .is_some_and(|link| link.plan == regional.code && link.row == row.key)
                })
                .collect(),
        })
        .collect()
}

/// Rows a national plan added by itself.
pub fn added(national: &Plan) -> impl Iterator<Item = &Row> {
    national.rows.iter().filter(|row| row.adopted_from.is_none())
}

/// A figure that a national plan and the regional one it came of tell differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// The indicator, by key.
    pub indicator: String,
    /// The period.
    pub period: Period,
    /// What the regional plan has for the State.
    pub regional: Measured,
    /// What the national plan has.
    pub national: Measured,
}

/// Figures reported in both plans for the State of the national one that are not the same,
/// where both count the same. What is worked out is not reported; figures of persons,
/// cases and convictions are left to the matrix, which withholds the small ones.
#[must_use]
pub fn drifts(
    (regional, of_region): (&Plan, &[Value]),
    (national, of_nation): (&Plan, &[Value]),
) -> Vec<Drift> {
    let Some(state) = national.state else { return Vec::new() };
    let mut found = Vec::new();
    for indicator in national.indicators.iter().filter(|one| !counts_persons(one)) {
        let Some(same) = regional.indicator(&indicator.key) else { continue };
        if same.unit != indicator.unit || counts_persons(same) {
            continue;
        }
        let own = of_nation.iter().filter(|one| {
            one.indicator == indicator.key
                && one.state.is_none_or(|of| of == state)
                && national.computed_in(indicator, one.period).is_none()
        });
        for value in own {
            let other = of_region.iter().rev().find(|one| {
                one.indicator == indicator.key
                    && one.state == Some(state)
                    && one.period == value.period
                    && regional.computed_in(same, one.period).is_none()
            });
            if let Some(other) = other.filter(|other| other.measured != value.measured) {
                found.push(Drift {
                    indicator: indicator.key.clone(),
                    period: value.period,
                    regional: other.measured,
                    national: value.measured,
                });
            }
        }
    }
    found
}

impl Plan {
    /// Adopts a draft.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn adopted(mut self, by: &str, on: Day) -> Result<Self, Vec<super::PlanProblem>> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        self.status = PlanStatus::Adopted;
        self.adopted_by = by.to_owned();
        self.adopted_on = Some(on);
        Ok(self)
    }
}
