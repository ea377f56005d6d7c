//! Figures that a national plan and the regional one it was adopted from tell differently.

use super::{cells::measured, plan_link, titled};
use crate::{
    components::Content,
    pages::register::common::{Body, state_link},
    shell::visit::Visit,
};
use palermo_app::{
    Refused,
    domain::plan::Plan,
    plan::ask::{self, PlanOf},
};

/// The rows of the table, each leading to the other plan.
pub(super) async fn rows(
    visit: &Visit,
    plan: &PlanOf,
    national: &[PlanOf],
    all: &[PlanOf],
) -> Result<Vec<Vec<Content>>, Refused> {
    let parent = all.iter().find(|other| plan.entry.parent.as_ref() == Some(&other.entry.code));
    // The plans of the States, and beside each the one that is not this page's.
    let (regional, pairs): (&PlanOf, Vec<(&PlanOf, &PlanOf)>) = match parent {
        Some(parent) => (parent, vec![(plan, parent)]),
        None => (plan, national.iter().map(|own| (own, own)).collect()),
    };
    let own: Vec<&Plan> = pairs.iter().map(|(own, _)| &own.entry).collect();
    let found = ask::drifts(visit.web.app(), &regional.entry, &own).await?;
    let mut rows = Vec::new();
    for ((own, other), drifts) in pairs.into_iter().zip(found) {
        let state = own.entry.state.map(|state| state.to_string()).unwrap_or_default();
        for one in drifts {
            let title = own.entry.indicator(&one.indicator).map(|found| found.title.clone());
            rows.push(vec![
                state_link(visit, &state),
                titled(&title.unwrap_or_default(), &own.entry.language),
                one.period.to_string().into(),
                measured(visit, Some(one.regional)).into(),
                measured(visit, Some(one.national)).into(),
                plan_link(visit, other),
            ]);
        }
    }
    Ok(rows)
}

/// The table; nothing where the plans agree.
pub(super) fn section(body: &mut Body<'_>, rows: Vec<Vec<Content>>) {
    if rows.is_empty() {
        return;
    }
    body.heading("plan-drift");
    body.say("plan-drift-words");
    let heads = [
        "state-name",
        "plan-indicator",
        "plan-value-period",
        "plan-drift-regional",
        "plan-drift-national",
        "plan-drift-other",
    ];
    body.table("drift", "plan-drift", &heads, rows);
}
