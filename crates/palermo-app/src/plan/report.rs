//! Reporting: values of indicators by States and the secretariat, rows by whoever
//! leads them or helps.

use super::{ask, change::not_closed, told::value_problem};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{PlanReportId, PlanValueId},
    plan::{RowReport, indicator::Value, reported::Reported},
    register::day::Day,
};
use palermo_store::{plan as stored, tenant as tenants};

/// Reports values of indicators, all of them or none (R023). Each belongs to the
/// organisation that reports it; a closed plan takes none.
///
/// # Errors
/// [`Refused`]: a State's figure is its focal point's or the secretariat's to report.
pub async fn values(
    acting: &Acting<'_>,
    code: &str,
    values: &[Value],
) -> Result<Vec<PlanValueId>, Refused> {
    let plan = ask::find(acting, code).await?;
    let mut problems = Problems::default();
    for (at, value) in values.iter().enumerate() {
        let state = value.state.map(|state| state.to_string());
        let resource = Resource::region().in_state(state.as_deref());
        acting.allow(Action::ReportIndicator, &resource).await?;
        let indicator = plan.entry.indicator(&value.indicator).ok_or(Refused::NotFound)?;
        if let Err(why) = value.check_in(&plan.entry, indicator) {
            let (field, said) = value_problem(&why);
            // Of several, each is told by its place, from 0 as programs count.
            let several = values.len() > 1;
            let named = if several { format!("values.{at}.{field}") } else { field.to_owned() };
            problems.add(&named, said);
        }
    }
    problems.none()?;
    let (tenant, _) = acting.member()?;
    let own = tenants::find(&acting.app.store, tenant).await?.ok_or(Refused::NotFound)?;
    let on = Day::from(acting.now().date());
    let mut act = begin!(acting, acting.context(Action::ReportIndicator)?);
    act.about(plan.id);
    // It may have been taken out of the plan since it was read, or the plan closed.
    let now = stored::document::find(&act, plan.tenant, plan.id).await?.ok_or(Refused::NotFound)?;
    not_closed(&now.entry)?;
    if values.iter().any(|value| now.entry.indicator(&value.indicator).is_none()) {
        return Err(Refused::NotFound);
    }
    let mut ids = Vec::with_capacity(values.len());
    for value in values {
        let told = Reported { on: Some(on), by: own.record.name.clone(), ..value.clone().into() };
        ids.push(stored::value::put(&mut act, &told).await?);
    }
    act.commit(&ids).await?;
    Ok(ids)
}

/// Reports a row that one's organisation leads or helps with (R019). The
/// organisation's name is filled in here.
///
/// # Errors
/// [`Refused::NotFound`] for a row that is others' to report.
pub async fn row(
    acting: &Acting<'_>,
    code: &str,
    mut report: RowReport,
) -> Result<PlanReportId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReportRow, &Resource::of(tenant)).await?;
    let plan = ask::find(acting, code).await?;
    let row = plan.entry.row(&report.row).ok_or(Refused::NotFound)?;
    if !plan.entry.reports(row, tenant) {
        return Err(Refused::NotFound);
    }
    if report.achieved.trim().is_empty() {
        return Err(Refused::field("achieved", Message::new("error-required")));
    }
    let own = tenants::find(&acting.app.store, tenant).await?.ok_or(Refused::NotFound)?;
    report.by.clone_from(&own.name);
    report.plan = plan.entry.code.clone();
    let mut act = begin!(acting, acting.context(Action::ReportRow)?);
    act.about(plan.id);
    let now = stored::document::find(&act, plan.tenant, plan.id).await?.ok_or(Refused::NotFound)?;
    not_closed(&now.entry)?;
    if now.entry.row(&report.row).is_none() {
        return Err(Refused::NotFound);
    }
    let id = stored::report::insert(&mut act, &report).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}
