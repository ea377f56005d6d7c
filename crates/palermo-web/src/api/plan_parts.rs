//! Rows and indicators of one's own plans: added, placed, changed and taken out. Of an
//! adopted plan each such change needs a reason and who decided it.

use super::{
    Answer,
    answer::revised,
    asked::Named,
    sent::{Called, Sent},
};
use crate::shell::route::Routes;
use axum::{extract::Path, http::Method};
use palermo_app::{
    Acting, Message, Refused,
    access::Action,
    desk::parse_revision,
    domain::plan::{Row, indicator::Indicator, revise::Place},
    plan::{
        ask, change,
        rows::{self, Why},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(add_row, put_row, drop_row, add_indicator, put_indicator, drop_indicator))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::POST, "/api/v1/plans/{code}/rows", Action::EditPlan, add_row)
        .api(Method::PUT, "/api/v1/plans/{code}/rows/{key}", Action::EditPlan, put_row)
        .api(Method::POST, "/api/v1/plans/{code}/rows/{key}/drop", Action::EditPlan, drop_row)
        .api(Method::POST, "/api/v1/plans/{code}/indicators", Action::EditPlan, add_indicator)
        .api(Method::PUT, "/api/v1/plans/{code}/indicators/{key}", Action::EditPlan, put_indicator)
        .api(
            Method::POST,
            "/api/v1/plans/{code}/indicators/{key}/drop",
            Action::EditPlan,
            drop_indicator,
        )
}

/// Why a plan is changed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WhyBody {
    /// The reason; needed once the plan is adopted, and kept beside what stood before.
    #[serde(default)]
    reason: String,
    /// The body that decided; needed once the plan is adopted.
    #[serde(default)]
    decided_by: String,
}

impl From<WhyBody> for Why {
    fn from(body: WhyBody) -> Self {
        Self { reason: body.reason, decided_by: body.decided_by }
    }
}

/// A row with its place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RowBody {
    /// The row as the plan shows it: key, number, level, title, tier, lead, partners,
    /// starts, ends, budget, allocated, funded_by, themes, tags. An empty key is filled in.
    /// Its `status` and `adopted_from` are not taken from here, and its `parent` only says
    /// where a new row comes.
    #[schema(value_type = Object)]
    row: Row,
    /// `first`, `under:KEY` or `after:KEY`; left out, a new row comes last under its
    /// parent, and another one stays where it is.
    #[schema(example = "after:training")]
    place: Option<String>,
    /// Why.
    #[serde(default)]
    why: WhyBody,
}

/// An indicator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IndicatorBody {
    /// The indicator as the plan shows it. An empty key is filled in.
    #[schema(value_type = Object)]
    indicator: Indicator,
    /// Why.
    #[serde(default)]
    why: WhyBody,
}

/// The plan after the change.
#[derive(Debug, Serialize, ToSchema)]
struct PlanNow {
    /// Its code.
    code: String,
    /// Its revision; the `ETag` of the plan.
    revision: i64,
    /// Its rows.
    #[schema(value_type = Vec<Object>)]
    rows: serde_json::Value,
    /// Its indicators.
    #[schema(value_type = Vec<Object>)]
    indicators: serde_json::Value,
}

async fn now(acting: &Acting<'_>, code: &str) -> Answer {
    let plan = ask::find(acting, code).await?;
    let entry = &plan.record.entry;
    let revision = plan.revision.0;
    let told = PlanNow {
        code: entry.code.to_string(),
        revision,
        rows: serde_json::to_value(&entry.rows).unwrap_or_default(),
        indicators: serde_json::to_value(&entry.indicators).unwrap_or_default(),
    };
    revised(&told, revision)
}

fn place(text: Option<&str>) -> Result<Option<Place>, Refused> {
    let read = text.map(str::parse::<Place>).transpose();
    read.map_err(|why| {
        Refused::field("place", Message::new("error-register-entry").with("why", why))
    })
}

/// Adds a row to a plan of one's organisation.
#[utoipa::path(post, path = "/api/v1/plans/{code}/rows", tag = "plans", request_body = RowBody,
    params(("code" = String, Path, description = "Code of the plan")),
    responses((status = 200, description = "The plan with the row", body = PlanNow)))]
async fn add_row(Named(code): Named, Sent { call, body }: Sent<RowBody>) -> Answer {
    let place = place(body.place.as_deref())?;
    let acting = call.acting();
    rows::add_row(&acting, &code, body.row, place, &body.why.into(), None).await?;
    now(&acting, &code).await
}

/// Changes a row, and places it elsewhere if a place is named. Its key and origin stay,
/// and how far it has come.
#[utoipa::path(put, path = "/api/v1/plans/{code}/rows/{key}", tag = "plans",
    request_body = RowBody,
    params(("code" = String, Path, description = "Code of the plan"),
        ("key" = String, Path, description = "Key of the row"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The plan with the row", body = PlanNow,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn put_row(
    Path((code, key)): Path<(String, String)>,
    Sent { call, body }: Sent<RowBody>,
) -> Answer {
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let place = place(body.place.as_deref())?;
    let row = Row { key, ..body.row };
    let acting = call.acting();
    rows::edit_row(&acting, &code, row, place, &body.why.into(), seen)
        .await
        .map_err(Called::stale)?;
    now(&acting, &code).await
}

/// Takes a row out that nothing lies under and nobody reported of.
#[utoipa::path(post, path = "/api/v1/plans/{code}/rows/{key}/drop", tag = "plans",
    request_body = WhyBody,
    params(("code" = String, Path, description = "Code of the plan"),
        ("key" = String, Path, description = "Key of the row")),
    responses((status = 200, description = "The plan without the row", body = PlanNow)))]
async fn drop_row(
    Path((code, key)): Path<(String, String)>,
    Sent { call, body }: Sent<WhyBody>,
) -> Answer {
    let acting = call.acting();
    rows::drop_row(&acting, &code, &key, &body.into(), None).await?;
    now(&acting, &code).await
}

/// Adds an indicator to a row of a plan of one's organisation.
#[utoipa::path(post, path = "/api/v1/plans/{code}/indicators", tag = "plans",
    request_body = IndicatorBody,
    params(("code" = String, Path, description = "Code of the plan")),
    responses((status = 200, description = "The plan with the indicator", body = PlanNow)))]
async fn add_indicator(Named(code): Named, Sent { call, body }: Sent<IndicatorBody>) -> Answer {
    let acting = call.acting();
    rows::add_indicator(&acting, &code, body.indicator, &body.why.into(), None).await?;
    now(&acting, &code).await
}

/// Changes an indicator. Definition and computed figure of an adopted plan are amended.
#[utoipa::path(put, path = "/api/v1/plans/{code}/indicators/{key}", tag = "plans",
    request_body = IndicatorBody,
    params(("code" = String, Path, description = "Code of the plan"),
        ("key" = String, Path, description = "Key of the indicator"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The plan with the indicator", body = PlanNow,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn put_indicator(
    Path((code, key)): Path<(String, String)>,
    Sent { call, body }: Sent<IndicatorBody>,
) -> Answer {
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let indicator = Indicator { key, ..body.indicator };
    let acting = call.acting();
    change::put_indicator(&acting, &code, indicator, &body.why.into(), Some(seen))
        .await
        .map_err(Called::stale)?;
    now(&acting, &code).await
}

/// Takes an indicator out of which no figure was told.
#[utoipa::path(post, path = "/api/v1/plans/{code}/indicators/{key}/drop", tag = "plans",
    request_body = WhyBody,
    params(("code" = String, Path, description = "Code of the plan"),
        ("key" = String, Path, description = "Key of the indicator")),
    responses((status = 200, description = "The plan without the indicator", body = PlanNow)))]
async fn drop_indicator(
    Path((code, key)): Path<(String, String)>,
    Sent { call, body }: Sent<WhyBody>,
) -> Answer {
    let acting = call.acting();
    rows::drop_indicator(&acting, &code, &key, &body.into(), None).await?;
    now(&acting, &code).await
}
