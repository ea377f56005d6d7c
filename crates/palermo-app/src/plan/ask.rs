//! Questions to plans. Adopted and closed plans are public; a draft is seen by the
//! organisation that writes it.

use super::computed::{Place, work_out};
use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
    register::ask::Lookup,
};
use palermo_domain::{
    id::{Id, PlanId, TenantId},
    plan::{
        Plan, PlanCode, PlanStatus, RowReport, Tag,
        adopt::{self, Drift},
        checks::{self, Share},
        indicator::{Indicator, Value},
        period::Period,
        progress::{self, Progress, Standing},
        reported::Reported,
    },
    register::{day::Day, state::StateCode},
    report::{counts_persons, withhold_from_matrix},
    tenant::Tenant,
};
use palermo_store::{Paging, Store, Versioned, plan as stored, register::Filed, tenant as tenants};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A plan with the organisation that answers for it.
pub type PlanOf = Versioned<Filed<PlanId, Plan>>;

/// A plan in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Code.
    pub code: PlanCode,
    /// Title.
    pub title: String,
    /// Mechanism.
    pub mechanism: Option<String>,
    /// State, for a national plan.
    pub state: Option<StateCode>,
    /// The regional plan it was adopted from.
    pub parent: Option<PlanCode>,
    /// The plan before it.
    pub predecessor: Option<PlanCode>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Where it stands.
    pub status: PlanStatus,
    /// Rows.
    pub rows: usize,
    /// Indicators.
    pub indicators: usize,
}

impl From<&Plan> for Line {
    fn from(plan: &Plan) -> Self {
        Self {
            code: plan.code.clone(),
            title: plan.title.clone(),
            mechanism: plan.mechanism.clone(),
            state: plan.state,
            parent: plan.parent.clone(),
            predecessor: plan.predecessor.clone(),
            from: plan.from,
            to: plan.to,
            status: plan.status,
            rows: plan.rows.len(),
            indicators: plan.indicators.len(),
        }
    }
}

/// A share with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagShare {
    /// The tag.
    pub tag: Tag,
    /// Actions that have it, of all.
    #[serde(flatten)]
    pub share: Share,
    /// Per cent.
    pub percent: Option<f64>,
}

/// How a plan stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgressReport {
    /// The plan.
    pub plan: PlanCode,
    /// Title.
    pub title: String,
    /// The day it was worked out.
    pub on: Day,
    /// How progress is worked out.
    pub formula: &'static str,
    /// States, in the order of their codes.
    pub states: Vec<StateCode>,
    /// Periods.
    pub periods: Vec<Period>,
    /// One for each indicator, State and period.
    pub rows: Vec<Progress>,
    /// How many targets were missed.
    pub missed: usize,
    /// Actions nobody leads, by key.
    pub unassigned: Vec<String>,
    /// Actions with money allocated, of all.
    pub funded: Share,
    /// Actions by tag.
    pub tags: Vec<TagShare>,
}

const FORMULA: &str = "100 × (value − baseline) ÷ (target − baseline), two decimals; green from 90, amber from 50; framework indicators: yes 100, partly 50, no 0";

/// What a token is made for whose program works on plans.
const WORK_ON_PLANS: [Action; 3] = [Action::EditPlan, Action::ReportRow, Action::ReportIndicator];

/// Whether this person may see a plan: a draft is for members of its organisation, and
/// for their programs that work on plans.
fn seen(acting: &Acting<'_>, plan: &PlanOf) -> bool {
    let state = plan.entry.state.as_ref().map(StateCode::as_str);
    let own = Resource::of(plan.tenant).in_state(state);
    plan.entry.status != PlanStatus::Draft
        || acting.subject.is_member_of(plan.tenant)
        || WORK_ON_PLANS.iter().any(|action| acting.may(*action, &own).allowed)
}

/// Plans this person may see: regional before national, then by title.
///
/// # Errors
/// When the database does not answer.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<PlanOf>, Refused> {
    let mut plans = stored::document::list(&acting.app.store, None).await?;
    plans.retain(|plan| seen(acting, plan));
    plans.sort_by(|a, b| {
        let key = |plan: &PlanOf| (plan.entry.state.is_some(), plan.entry.title.clone());
        key(a).cmp(&key(b))
    });
    Ok(plans)
}

/// All plans that are adopted or closed, for the operator.
///
/// # Errors
/// When the database does not answer.
pub async fn list_all(store: &Store) -> Result<Vec<PlanOf>, Refused> {
    Ok(stored::document::list(store, None).await?)
}

/// The plan with this code.
///
/// # Errors
/// [`Refused::NotFound`] if there is none, or it is another organisation's draft.
pub async fn find(acting: &Acting<'_>, code: &str) -> Result<PlanOf, Refused> {
    let code: PlanCode = code.parse().map_err(|_| Refused::NotFound)?;
    let found = stored::document::with_code(&acting.app.store, &code).await?;
    found.into_iter().find(|plan| seen(acting, plan)).ok_or(Refused::NotFound)
}

/// What was reported of the rows of a plan, the newest of each organisation first.
///
/// # Errors
/// When the database does not answer.
pub async fn reports(
    store: &Store,
    plan: &PlanCode,
) -> Result<Vec<(TenantId, RowReport)>, Refused> {
    let mut found: Vec<(TenantId, RowReport)> = stored::report::list(store, Some(plan))
        .await?
        .into_iter()
        .map(|report| (report.record.tenant, report.record.entry))
        .collect();
    found.reverse();
    Ok(found)
}

/// What is known of a plan: values reported and worked out, and what is too small.
struct Known {
    values: Vec<Value>,
    withheld: HashMap<Place, String>,
    periods: Vec<Period>,
}

async fn known(app: &App, plan: &Plan, today: Day) -> Result<Known, Refused> {
    // What was typed in for a period in which an indicator is worked out does not count.
    let typed = |value: &Value| {
        plan.indicator(&value.indicator)
            .is_none_or(|indicator| plan.computed_in(indicator, value.period).is_none())
    };
    let mut values = stored::value::of_plan(&app.store, &plan.code).await?;
    values.retain(typed);
    let mut periods = progress::periods(plan, &values);
    if periods.is_empty() && plan.indicators.iter().any(|one| !plan.figures_of(one).is_empty()) {
        periods = years(plan, today);
    }
    let found = work_out(app, plan, &periods, today).await?;
    values.extend(found.values);
    Ok(Known { values, withheld: found.withheld, periods })
}

/// The years of a plan that have begun.
fn years(plan: &Plan, today: Day) -> Vec<Period> {
    let last = plan.to.min(today).date().year();
    let years = plan.from.date().year()..=last;
    years.filter_map(|year| u16::try_from(year).ok()).map(Period::year).collect()
}

/// Values of a plan: those reported, and those worked out from what Palermo holds.
///
/// # Errors
/// When the database does not answer.
pub async fn values(app: &App, plan: &Plan, today: Day) -> Result<Vec<Value>, Refused> {
    Ok(known(app, plan, today).await?.values)
}

/// The States a plan speaks of: its own, or the members of its mechanism on its last
/// day or today, whichever is earlier.
///
/// # Errors
/// When the database does not answer.
pub async fn states(app: &App, plan: &Plan, today: Day) -> Result<Vec<StateCode>, Refused> {
    if let Some(state) = plan.state {
        return Ok(vec![state]);
    }
    let profile = plan.mechanism.as_deref().and_then(|id| app.content.mechanisms().get(id));
    let Some(profile) = profile else {
        return Ok(Vec::new());
    };
    match Lookup::of(app).members(profile, plan.to.min(today)).await {
        Ok(codes) => {
            let mut codes: Vec<StateCode> =
                codes.iter().filter_map(|code| code.parse().ok()).collect();
            codes.sort();
            Ok(codes)
        }
        Err(crate::register::ask::AskRefused::Refused(refused)) => Err(refused),
        Err(_) => Ok(Vec::new()),
    }
}

/// How a plan stands today, with every figure: for reckoning, never to be shown as it is.
///
/// # Errors
/// When the database does not answer.
pub async fn progress(app: &App, plan: &Plan, today: Day) -> Result<ProgressReport, Refused> {
    Ok(stand(app, plan, today).await?.0)
}

/// How a plan stands, with the values behind it: the whole house is read for it, so once.
async fn stand(
    app: &App,
    plan: &Plan,
    today: Day,
) -> Result<(ProgressReport, Vec<Value>), Refused> {
    let Known { values, withheld, periods } = known(app, plan, today).await?;
    let states = states(app, plan, today).await?;
    let mut rows = progress::matrix(plan, &states, &periods, &values, today);
    for row in rows.iter_mut().filter(|_| !withheld.is_empty()) {
        let place = (row.indicator.clone(), row.state, row.period);
        if let Some(provenance) = withheld.get(&place) {
            row.withhold();
            row.provenance = Some(provenance.clone());
        }
    }
    let tags = Tag::ALL.iter().map(|&tag| {
        let share = checks::tagged(plan, tag);
        TagShare { tag, share, percent: share.percent() }
    });
    let report = ProgressReport {
        plan: plan.code.clone(),
        title: plan.title.clone(),
        on: today,
        formula: FORMULA,
        missed: rows.iter().filter(|row| row.missed).count(),
        unassigned: checks::unassigned(plan).map(|row| row.key.clone()).collect(),
        funded: checks::funded(plan),
        tags: tags.collect(),
        states,
        periods,
        rows,
    };
    Ok((report, values))
}

/// How a plan stands as this person may see it: small numbers of persons, cases and
/// convictions are there for those who report for the State or receive reports.
///
/// # Errors
/// When the database does not answer.
pub async fn progress_for(
    acting: &Acting<'_>,
    plan: &Plan,
    today: Day,
) -> Result<ProgressReport, Refused> {
    Ok(shown_for(acting, plan, today).await?.0)
}

/// The same with the values behind it, without those it withholds.
///
/// # Errors
/// When the database does not answer.
pub async fn shown_for(
    acting: &Acting<'_>,
    plan: &Plan,
    today: Day,
) -> Result<(ProgressReport, Vec<Value>), Refused> {
    let receives = acting.may(Action::ReceiveReports, &Resource::region()).allowed;
    let own = |state: StateCode| {
        let resource = Resource::region().in_state(Some(state.as_str()));
        acting.may(Action::EditReport, &resource).allowed
    };
    protected(acting.app, plan, today, |state| receives || state.is_some_and(own)).await
}

/// How a plan stands as it may leave: without small numbers of anybody (R10).
///
/// # Errors
/// When the database does not answer.
pub async fn progress_open(app: &App, plan: &Plan, today: Day) -> Result<ProgressReport, Refused> {
    Ok(protected(app, plan, today, |_| false).await?.0)
}

async fn protected(
    app: &App,
    plan: &Plan,
    today: Day,
    sees: impl Fn(Option<StateCode>) -> bool,
) -> Result<(ProgressReport, Vec<Value>), Refused> {
    let (mut report, values) = stand(app, plan, today).await?;
    let of_mechanism = plan.mechanism.as_deref().map(|id| crate::report::threshold(app, id));
    let threshold = match plan.state {
        Some(state) => crate::report::strictest(app, state.as_str()).await,
        None => app.policy.publication_threshold(),
    };
    let threshold = threshold.max(of_mechanism.unwrap_or(0));
    withhold_from_matrix(plan, &mut report.rows, threshold, sees);
    report.missed = report.rows.iter().filter(|row| row.missed).count();
    let values = shown_values(&report, values);
    Ok((report, values))
}

/// The values behind a report, without those it withholds.
fn shown_values(report: &ProgressReport, mut values: Vec<Value>) -> Vec<Value> {
    let withheld: HashSet<(&str, Option<StateCode>, Period)> = report
        .rows
        .iter()
        .filter(|row| row.status == Standing::Withheld)
        .map(|row| (row.indicator.as_str(), row.state, row.period))
        .collect();
    if withheld.is_empty() {
        return values;
    }
    values.retain(|one| !withheld.contains(&(one.indicator.as_str(), one.state, one.period)));
    values
}

/// Figures of an indicator with who told them, when, and what was told before; without
/// those that `shown` withholds. Earlier figures of persons, cases and convictions are
/// for those who see them whole: one that was small may have grown since.
///
/// # Errors
/// When the database does not answer.
pub async fn trail(
    acting: &Acting<'_>,
    plan: &Plan,
    indicator: &Indicator,
    shown: &ProgressReport,
) -> Result<Vec<Reported>, Refused> {
    let receives = acting.may(Action::ReceiveReports, &Resource::region()).allowed;
    let own = |state: StateCode| {
        let resource = Resource::region().in_state(Some(state.as_str()));
        acting.may(Action::EditReport, &resource).allowed
    };
    let withheld = |value: &Value| {
        shown.rows.iter().any(|row| {
            row.status == Standing::Withheld
                && (&row.indicator, row.state, row.period)
                    == (&value.indicator, value.state, value.period)
        })
    };
    let persons = counts_persons(indicator);
    let all = stored::value::list(&acting.app.store, Some(&plan.code)).await?;
    Ok(all
        .into_iter()
        .map(|one| one.record.entry)
        .filter(|told| told.value.indicator == indicator.key && !withheld(&told.value))
        .map(|mut told| {
            if persons && !receives && !told.value.state.is_some_and(own) {
                told.earlier.clear();
            }
            told
        })
        .collect())
}

/// Organisations of this installation, by name: whoever writes a plan ties its rows to
/// them, so that each reports its own (R019).
///
/// # Errors
/// What access or the database refuse.
pub async fn organisations(acting: &Acting<'_>) -> Result<Vec<Tenant>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditPlan, &Resource::of(tenant)).await?;
    let filter = tenants::Filter::default();
    let all = tenants::list(&acting.app.store, &filter, Paging::all()).await?.items;
    let mut all: Vec<Tenant> = all.into_iter().map(|one| one.record).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// National plans adopted from a regional one.
///
/// # Errors
/// When the database does not answer.
pub async fn adopted_from(acting: &Acting<'_>, plan: &PlanCode) -> Result<Vec<PlanOf>, Refused> {
    let mut plans = list(acting).await?;
    plans.retain(|other| other.entry.parent.as_ref() == Some(plan));
    Ok(plans)
}

/// Figures that a regional plan and those adopted from it tell differently, of each of
/// these in turn.
///
/// # Errors
/// When the database does not answer.
pub async fn drifts(
    app: &App,
    regional: &Plan,
    national: &[&Plan],
) -> Result<Vec<Vec<Drift>>, Refused> {
    if national.is_empty() {
        return Ok(Vec::new());
    }
    let of_region = stored::value::of_plan(&app.store, &regional.code).await?;
    let mut found = Vec::new();
    for own in national {
        let of_nation = stored::value::of_plan(&app.store, &own.code).await?;
        found.push(adopt::drifts((regional, &of_region), (own, &of_nation)));
    }
    Ok(found)
}

/// Whether the person's organisation answers for the plan.
#[must_use]
pub fn is_own(acting: &Acting<'_>, plan: &PlanOf) -> bool {
    acting.subject.tenant.is_some_and(|(tenant, _)| tenant.uuid() == plan.tenant.uuid())
}
