//! Plans of action and how they stand.

use super::{
    Answer,
    answer::{Listed, one, page_of, revised},
    asked::{Ask, Asked, Named, PageAsk, Reader, shortened},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Message,
    access::Action,
    domain::{
        money::rate::Total,
        plan::{
            indicator::Measured,
            period::Period,
            progress::{Progress, Standing},
            totals::Pick,
        },
        register::{day::Day, state::StateCode},
    },
    plan::{
        ask::{self, Line, ProgressReport},
        rate,
    },
};
use serde::Serialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, show, progress))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/plans", Action::PublicRead, list)
        .api(Method::GET, "/api/v1/plans/{code}", Action::PublicRead, show)
        .api(Method::GET, "/api/v1/plans/{code}/progress", Action::PublicRead, progress)
}

/// A plan in a list.
#[derive(Debug, Serialize, ToSchema)]
struct PlanLine {
    /// Code.
    code: String,
    /// Title.
    title: String,
    /// Mechanism, by its id.
    mechanism: Option<String>,
    /// State, for a national plan.
    state: Option<String>,
    /// The regional plan it was adopted from.
    parent: Option<String>,
    /// First day.
    #[schema(format = Date)]
    from: String,
    /// Last day.
    #[schema(format = Date)]
    to: String,
    /// `draft`, `adopted` or `closed`.
    status: String,
}

impl From<Line> for PlanLine {
    fn from(line: Line) -> Self {
        Self {
            code: line.code.to_string(),
            title: line.title,
            mechanism: line.mechanism,
            state: line.state.map(|state| state.to_string()),
            parent: line.parent.map(|code| code.to_string()),
            from: line.from.to_string(),
            to: line.to.to_string(),
            status: line.status.to_string(),
        }
    }
}

/// A plan in full: rows, indicators, targets, amendments.
#[derive(Debug, Serialize, ToSchema)]
struct WholePlan {
    /// What stands in the list.
    #[serde(flatten)]
    line: PlanLine,
    /// Its rows, each with key, parent, number, level, title, lead, money, status.
    #[schema(value_type = Vec<Object>)]
    rows: serde_json::Value,
    /// Its indicators, each with definitions, unit, direction, baseline.
    #[schema(value_type = Vec<Object>)]
    indicators: serde_json::Value,
    /// Its targets.
    #[schema(value_type = Vec<Object>)]
    targets: serde_json::Value,
    /// What was changed, with the reason and what stood before.
    #[schema(value_type = Vec<Object>)]
    amendments: serde_json::Value,
    /// Rates its editors told: from, to, rate as a decimal text, day, source.
    #[schema(value_type = Vec<Object>)]
    rates: serde_json::Value,
    /// What its budget comes to in one currency, where it is told in others.
    budget_total: Option<TotalShown>,
    /// What was allocated, likewise.
    allocated_total: Option<TotalShown>,
}

/// Money of several currencies in one, at rates that were told.
#[derive(Debug, Serialize, ToSchema)]
struct TotalShown {
    /// The total, as `1250.50 EUR`.
    total: String,
    /// The rates it was made at.
    #[schema(value_type = Vec<Object>)]
    at: serde_json::Value,
    /// Amounts no rate was told for; they are not in the total.
    not_converted: Vec<String>,
}

impl From<Total> for TotalShown {
    fn from(total: Total) -> Self {
        Self {
            total: total.total.to_string(),
            at: serde_json::to_value(&total.at).unwrap_or_default(),
            not_converted: total.not_converted.iter().map(ToString::to_string).collect(),
        }
    }
}

/// How an indicator stands for a State and period.
#[derive(Debug, Serialize, ToSchema)]
struct Stands {
    /// Indicator.
    indicator: String,
    /// State; nothing for the region as a whole.
    state: Option<String>,
    /// Period.
    period: String,
    /// Baseline, where it was measured.
    baseline: Option<f64>,
    /// Target.
    target: Option<f64>,
    /// A number.
    number: Option<f64>,
    /// `yes`, `partly` or `no`.
    answer: Option<String>,
    /// Per cent of the way, two decimals.
    progress: Option<f64>,
    /// `green`, `amber`, `red`, or why there is no colour.
    status: String,
    /// Whether the period is over and the target was not reached.
    missed: bool,
    /// Breakdowns the data should have and has not.
    missing_breakdowns: Vec<String>,
    /// For what Palermo works out: from which release or register, as of when.
    provenance: Option<String>,
}

impl From<Progress> for Stands {
    fn from(row: Progress) -> Self {
        let (number, answer) = match row.value {
            Some(Measured::Number(number)) => (Some(number), None),
            Some(Measured::Answer(answer)) => (None, Some(answer.to_string())),
            None => (None, None),
        };
        Self {
            indicator: row.indicator,
            state: row.state.map(|state| state.to_string()),
            period: row.period.to_string(),
            baseline: row.baseline,
            target: row.target,
            number,
            answer,
            progress: row.progress,
            status: Standing::code(row.status).to_owned(),
            missed: row.missed,
            missing_breakdowns: row.missing_breakdowns.iter().map(ToString::to_string).collect(),
            provenance: row.provenance,
        }
    }
}

/// How a plan stands.
#[derive(Debug, Serialize, ToSchema)]
struct PlanProgress {
    /// Plan.
    plan: String,
    /// The day it was worked out.
    #[schema(format = Date)]
    on: String,
    /// How progress is worked out.
    formula: String,
    /// How many targets were missed.
    #[schema(minimum = 0)]
    missed: u64,
    /// Actions nobody leads, by key.
    unassigned: Vec<String>,
    /// One for each indicator, State and period.
    rows: Vec<Stands>,
}

impl From<ProgressReport> for PlanProgress {
    fn from(report: ProgressReport) -> Self {
        Self {
            plan: report.plan.to_string(),
            on: report.on.to_string(),
            formula: report.formula.to_owned(),
            missed: report.missed as u64,
            unassigned: report.unassigned,
            rows: report.rows.into_iter().map(Stands::from).collect(),
        }
    }
}

/// Plans of action: those adopted, and one's own drafts (with a token: if it was made for plans).
#[utoipa::path(get, path = "/api/v1/plans", tag = "plans", params(PageAsk),
    responses((status = 200, description = "Plans, regional before national", body = Listed<PlanLine>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let plans = ask::list(&visit.acting()).await?;
    page_of(&visit, plans, page, |plan| PlanLine::from(Line::from(&plan.record.entry)))
}

/// One plan in full.
#[utoipa::path(get, path = "/api/v1/plans/{code}", tag = "plans",
    params(("code" = String, Path, description = "Code of the plan")),
    responses((status = 200, description = "The plan", body = WholePlan,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(code): Named, Asked(()): Asked<()>) -> Answer {
    let plan = ask::find(&visit.acting(), &code).await?;
    let entry = &plan.record.entry;
    let currency = rate::currency(visit.web.app(), entry);
    let total = |pick: Pick| entry.total(pick, currency).map(TotalShown::from);
    let json = |value: serde_json::Result<serde_json::Value>| value.unwrap_or_default();
    let whole = WholePlan {
        line: PlanLine::from(Line::from(entry)),
        rows: json(serde_json::to_value(&entry.rows)),
        indicators: json(serde_json::to_value(&entry.indicators)),
        targets: json(serde_json::to_value(&entry.targets)),
        amendments: json(serde_json::to_value(&entry.amendments)),
        rates: json(serde_json::to_value(&entry.rates)),
        budget_total: total(|row| row.budget),
        allocated_total: total(|row| row.allocated),
    };
    revised(&whole, plan.revision.0)
}

/// Which rows of a plan's progress.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct ProgressAsk {
    /// Only those of this State, by its code.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
    /// Only those of this period, such as `2026`.
    #[param(value_type = Option<String>)]
    period: Option<Period>,
}

impl Ask for ProgressAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let state = reader.state("state");
        let period = reader.parsed("period", |sent| {
            let read = sent.parse::<Period>().ok();
            read.ok_or_else(|| Message::new("api-not-a-period").with("value", shortened(sent)))
        });
        Self { state, period }
    }
}

/// How a plan stands today.
#[utoipa::path(get, path = "/api/v1/plans/{code}/progress", tag = "plans",
    params(("code" = String, Path, description = "Code of the plan"), ProgressAsk),
    responses((status = 200, description = "Every indicator for every State and period", body = PlanProgress)))]
async fn progress(visit: Visit, Named(code): Named, Asked(wanted): Asked<ProgressAsk>) -> Answer {
    let plan = ask::find(&visit.acting(), &code).await?;
    let today = Day::from(visit.acting().now().date());
    let mut report = ask::progress_for(&visit.acting(), &plan.record.entry, today).await?;
    report.rows.retain(|row| {
        wanted.state.is_none_or(|state| row.state == Some(state))
            && wanted.period.is_none_or(|period| row.period == period)
    });
    report.missed = report.rows.iter().filter(|row| row.missed).count();
    one(&PlanProgress::from(report))
}
