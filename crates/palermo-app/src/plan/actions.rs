//! The implementation matrix of a plan: its actions by States, whether or not they have
//! indicators (R032). What a State says of an action is what its organisations reported
//! of the row, or of the rows of its national plan that came of it.

use super::ask::{self, PlanOf};
use crate::{Acting, Refused};
use palermo_domain::{
    id::TenantId,
    plan::{PartyKind, Plan, RowReport, Status},
    register::{day::Day, state::StateCode},
};
use palermo_standards::sheet::{Cell, Sheet};
use palermo_store::{Paging, tenant as tenants};
use std::collections::HashMap;

/// What is known of an action in a State.
#[derive(Debug, Clone, PartialEq)]
pub struct InState {
    /// How far it has come.
    pub status: Status,
    /// The organisation that said so, and when; nothing where only the national plan does.
    pub told: Option<(String, Day)>,
}

/// One action.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionLine {
    /// Key of its row.
    pub key: String,
    /// Number as the plan prints it.
    pub number: String,
    /// Its words.
    pub title: String,
    /// Who leads it, with the kind of body.
    pub lead: Option<(String, PartyKind)>,
    /// Who pays.
    pub funded_by: Option<String>,
    /// One for each State of the matrix; nothing where nothing was told.
    pub states: Vec<Option<InState>>,
    /// What bodies that belong to no State said last, like the secretariat.
    pub region: Option<InState>,
}

/// The matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionMatrix {
    /// States, in the order of their codes.
    pub states: Vec<StateCode>,
    /// Actions, in the order of the plan.
    pub lines: Vec<ActionLine>,
}

type Told = (TenantId, RowReport);

/// What was told last of a row among these reports, newest first.
fn last<'t>(
    reports: &'t [Told],
    row: &str,
    of: impl Fn(TenantId) -> bool,
) -> Option<&'t RowReport> {
    reports.iter().find(|(tenant, told)| told.row == row && of(*tenant)).map(|(_, told)| told)
}

fn said(told: &RowReport) -> InState {
    InState { status: told.status, told: Some((told.by.clone(), told.on)) }
}

/// The actions of a plan by States.
///
/// # Errors
/// When the database does not answer.
pub async fn matrix(acting: &Acting<'_>, plan: &Plan, today: Day) -> Result<ActionMatrix, Refused> {
    let store = &acting.app.store;
    let states = ask::states(acting.app, plan, today).await?;
    let filter = tenants::Filter::default();
    let home: HashMap<TenantId, Option<StateCode>> = tenants::list(store, &filter, Paging::all())
        .await?
        .items
        .into_iter()
        .map(|one| {
            let state =
                one.record.state.as_deref().filter(|_| !one.record.kind.speaks_for_region());
            let state = state.and_then(|code| code.parse().ok());
            (one.record.id, state)
        })
        .collect();
    let of = |tenant: TenantId| home.get(&tenant).copied().flatten();
    let reports = ask::reports(store, &plan.code).await?;
    let mut national: Vec<(PlanOf, Vec<Told>)> = Vec::new();
    for own in ask::adopted_from(acting, &plan.code).await? {
        let told = ask::reports(store, &own.entry.code).await?;
        national.push((own, told));
    }
    let lines = plan.actions().map(|row| ActionLine {
        key: row.key.clone(),
        number: row.number.clone(),
        title: row.title.clone(),
        lead: row.lead.as_ref().map(|lead| (lead.name.clone(), lead.kind)),
        funded_by: row.funded_by.clone(),
        states: states
            .iter()
            .map(|state| {
                let here = last(&reports, &row.key, |tenant| of(tenant) == Some(*state));
                here.map(said).or_else(|| at_home(&national, plan, &row.key, *state))
            })
            .collect(),
        region: last(&reports, &row.key, |tenant| of(tenant).is_none()).map(said),
    });
    let lines = lines.collect();
    Ok(ActionMatrix { states, lines })
}

/// What the national plan of a State says of the rows that came of this one.
fn at_home(
    national: &[(PlanOf, Vec<Told>)],
    regional: &Plan,
    row: &str,
    state: StateCode,
) -> Option<InState> {
    let (own, told) = national.iter().find(|(own, _)| own.entry.state == Some(state))?;
    let came = own.entry.rows.iter().filter(|one| {
        one.adopted_from.as_ref().is_some_and(|link| link.plan == regional.code && link.row == row)
    });
    let mut found = came.map(|one| {
        last(told, &one.key, |_| true).map_or(InState { status: one.status, told: None }, said)
    });
    found.next()
}

/// The matrix as a sheet, one column a State.
#[must_use]
pub fn sheet(plan: &Plan, matrix: &ActionMatrix, today: Day) -> Sheet {
    let own = ["action", "number", "title", "lead", "lead_kind", "source_of_funds", "region"];
    let columns = own.into_iter().map(str::to_owned);
    let columns = columns.chain(matrix.states.iter().map(ToString::to_string)).collect();
    let cell = |one: &Option<InState>| -> Cell {
        match one {
            None => "".into(),
            Some(InState { status, told: Some((by, on)) }) => {
                format!("{status} ({by}, {on})").into()
            }
            Some(InState { status, told: None }) => status.code().into(),
        }
    };
    let rows = matrix.lines.iter().map(|line| {
        let (lead, kind) =
            line.lead.as_ref().map_or(("", ""), |(name, kind)| (name.as_str(), kind.code()));
        let mut cells: Vec<Cell> = vec![
            line.key.as_str().into(),
            line.number.as_str().into(),
            line.title.as_str().into(),
            lead.into(),
            kind.into(),
            line.funded_by.as_deref().unwrap_or_default().into(),
            cell(&line.region),
        ];
        cells.extend(line.states.iter().map(cell));
        cells
    });
    Sheet {
        name: format!("{} actions", plan.code),
        columns,
        rows: rows.collect(),
        notes: vec![format!("{} ({}), {today}", plan.title, plan.code)],
    }
}
