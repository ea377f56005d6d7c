//! Reporting on plans, and amending them: values of indicators, rows by whoever leads
//! them, targets and course corrections. The same acts as the pages.

use super::{
    Answer,
    answer::{Made, made, one},
    asked::Named,
    sent::{Called, Sent},
};
use crate::shell::route::Routes;
use axum::{extract::Path, http::Method};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    desk::parse_revision,
    domain::{
        plan::{
            RowReport, Status,
            amend::{Amendment, Change, TargetCell},
            computed::Computed,
            indicator::{Breakdown, Measured, Origin, Value},
            period::Period,
        },
        register::{day::Day, state::StateCode},
    },
    plan::{ask, change, report},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(values, row, targets, amend))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::POST, "/api/v1/plans/{code}/values", Action::ReportIndicator, values)
        .api(Method::POST, "/api/v1/plans/{code}/rows/{key}/reports", Action::ReportRow, row)
        .api(Method::PUT, "/api/v1/plans/{code}/targets", Action::EditPlan, targets)
        .api(Method::POST, "/api/v1/plans/{code}/amendments", Action::EditPlan, amend)
}

/// A State's code, in small letters too.
fn typed_state<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<StateCode>, D::Error> {
    let typed = Option::<String>::deserialize(from)?;
    typed.map(|code| StateCode::typed(&code).map_err(serde::de::Error::custom)).transpose()
}

/// A value of an indicator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ValueBody {
    /// Key of the indicator.
    indicator: String,
    /// Code of the State; left out for the region as a whole.
    #[serde(default, deserialize_with = "typed_state")]
    #[schema(value_type = Option<String>)]
    state: Option<StateCode>,
    /// `2026`, `2026-H1` or `2026-Q3`.
    #[schema(value_type = String)]
    period: Period,
    /// A number, or `yes`, `partly` or `no`.
    #[schema(value_type = Object)]
    value: Measured,
    /// What proves it.
    #[serde(default)]
    evidence: String,
    /// Breakdowns that are there.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    breakdowns: Vec<Breakdown>,
    /// A remark.
    #[serde(default)]
    comment: String,
}

/// Values of a plan, all of them taken or none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ValuesBody {
    /// The values.
    values: Vec<ValueBody>,
}

/// Reports values of indicators: one's State's, or for the secretariat anyone's. What
/// stood before for the same place and period stays beside them.
#[utoipa::path(post, path = "/api/v1/plans/{code}/values", tag = "plans",
    request_body = ValuesBody,
    params(("code" = String, Path, description = "Code of the plan")),
    responses((status = 200, description = "Ids of the values", body = Object)))]
async fn values(Named(code): Named, Sent { call, body }: Sent<ValuesBody>) -> Answer {
    let acting = call.acting();
    let plan = ask::find(&acting, &code).await?;
    let mut all = Vec::with_capacity(body.values.len());
    let mut problems = Problems::default();
    for told in body.values {
        let indicator = plan
            .entry
            .indicator(&told.indicator)
            .ok_or_else(|| Refused::field("indicator", Message::new("plan-sheet-no-indicator")))?;
        all.push(Value {
            plan: plan.entry.code.clone(),
            version: indicator.version_in(told.period),
            indicator: told.indicator,
            state: told.state,
            period: told.period,
            measured: told.value,
            breakdowns: told.breakdowns,
            evidence: problems.bounded("evidence", &told.evidence, 500),
            comment: problems.bounded("comment", &told.comment, 2_000),
            origin: Origin::Imported,
        });
    }
    problems.none()?;
    let ids = report::values(&acting, &code, &all).await?;
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    one(&json!({ "ids": ids }))
}

/// What was achieved in a row.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RowReportBody {
    /// How far it has come.
    #[schema(value_type = String)]
    status: Status,
    /// What was achieved.
    achieved: String,
    /// What was learnt.
    #[serde(default)]
    lessons: String,
    /// What should change.
    #[serde(default)]
    proposal: String,
}

/// Reports a row that one's organisation leads or helps with.
#[utoipa::path(post, path = "/api/v1/plans/{code}/rows/{key}/reports", tag = "plans",
    request_body = RowReportBody,
    params(("code" = String, Path, description = "Code of the plan"),
        ("key" = String, Path, description = "Key of the row")),
    responses((status = 201, description = "It was reported", body = Made)))]
async fn row(
    Path((code, key)): Path<(String, String)>,
    Sent { call, body }: Sent<RowReportBody>,
) -> Answer {
    let acting = call.acting();
    let plan = ask::find(&acting, &code).await?;
    let mut problems = Problems::default();
    let told = RowReport {
        plan: plan.entry.code.clone(),
        row: key,
        on: Day::from(acting.now().date()),
        by: String::new(),
        status: body.status,
        achieved: problems.required("achieved", &body.achieved, 4_000),
        lessons: problems.bounded("lessons", &body.lessons, 4_000),
        proposal: problems.bounded("proposal", &body.proposal, 4_000),
    };
    problems.none()?;
    made(report::row(&acting, &code, told).await?, None)
}

/// A target to set or to take away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TargetBody {
    /// Key of the indicator.
    indicator: String,
    /// Code of the State; left out for the joint target.
    #[serde(default, deserialize_with = "typed_state")]
    #[schema(value_type = Option<String>)]
    state: Option<StateCode>,
    /// `2026`, `2026-H1` or `2026-Q3`.
    #[schema(value_type = String)]
    period: Period,
    /// What is to be reached; left out, the target is taken away.
    value: Option<f64>,
}

/// Targets of a plan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TargetsBody {
    /// The targets.
    targets: Vec<TargetBody>,
    /// The body that decided; needed once the plan is adopted.
    #[serde(default)]
    decided_by: String,
    /// The reason; needed once the plan is adopted, and kept beside what stood before.
    #[serde(default)]
    reason: String,
}

/// Sets targets: of a draft as they are, of an adopted plan by amendment.
#[utoipa::path(put, path = "/api/v1/plans/{code}/targets", tag = "plans",
    request_body = TargetsBody,
    params(("code" = String, Path, description = "Code of the plan"),
        ("If-Match" = String, Header, description = "The plan's revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "How many changed", body = Object)))]
async fn targets(Named(code): Named, Sent { call, body }: Sent<TargetsBody>) -> Answer {
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let cells: Vec<TargetCell> = body
        .targets
        .into_iter()
        .map(|one| TargetCell {
            indicator: one.indicator,
            state: one.state,
            period: one.period,
            to: one.value,
        })
        .collect();
    let name = |one: &TargetCell| match one.state {
        Some(state) => format!("{} {state} {}", one.indicator, one.period),
        None => format!("{} {}", one.indicator, one.period),
    };
    let decision = (body.decided_by.as_str(), body.reason.as_str());
    let acting = call.acting();
    let changed = change::put_targets(&acting, &code, &cells, decision, seen, name)
        .await
        .map_err(Called::stale)?;
    one(&json!({ "changed": changed }))
}

/// A course correction of an adopted plan; what stood before is filled in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AmendmentBody {
    /// `definition` or `computed`. Targets are set under `targets`.
    what: String,
    /// Key of the indicator.
    indicator: String,
    /// The first period it counts for: `2026`, `2026-H1` or `2026-Q3`.
    #[schema(value_type = String)]
    since: Period,
    /// The new words, for a definition.
    #[serde(default)]
    words: String,
    /// The figure Palermo works out; left out, values are reported from then on.
    #[schema(value_type = Option<Object>)]
    computed: Option<Computed>,
    /// Why; it stays beside what stood before.
    reason: String,
    /// The body that decided.
    decided_by: String,
}

/// Amends the definition of an indicator, or the figure that is worked out for it: the
/// series breaks there, and what was before is read as it was.
#[utoipa::path(post, path = "/api/v1/plans/{code}/amendments", tag = "plans",
    request_body = AmendmentBody,
    params(("code" = String, Path, description = "Code of the plan")),
    responses((status = 200, description = "The plan's revision", body = Object)))]
async fn amend(Named(code): Named, Sent { call, body }: Sent<AmendmentBody>) -> Answer {
    let mut problems = Problems::default();
    let indicator = problems.required("indicator", &body.indicator, 80);
    let reason = problems.required("reason", &body.reason, 2_000);
    let decided_by = problems.required("decided_by", &body.decided_by, 300);
    let to = problems.bounded("words", &body.words, 2_000);
    problems.none()?;
    let since = body.since;
    let change = match body.what.as_str() {
        "definition" => Change::Definition { indicator, from: String::new(), to, since },
        "computed" => Change::Computed { indicator, from: None, to: body.computed, since },
        _ => return Err(Refused::field("what", Message::new("error-choose")).into()),
    };
    let acting = call.acting();
    let on = Day::from(acting.now().date());
    let amendment = Amendment { on, decided_by, reason, change };
    let revision = change::amend(&acting, &code, amendment).await?;
    one(&json!({ "revision": revision.0 }))
}
