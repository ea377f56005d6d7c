//! Reports of States, duties, rounds, recommendations. Everyone may read what
//! the pages show everyone: accepted reports, published recommendations.

use super::{Answer, answer::one, asked::Asked, sent::Sent};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    extract::Path,
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Message, Refused,
    access::Action,
    domain::report::UnitMeant,
    report::{self, Standing, VersionAsked},
    review,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(
    country,
    versions,
    version,
    confirm_unit,
    regional,
    duties,
    rounds,
    order,
    recommendations
))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(
            Method::GET,
            "/api/v1/reports/country/{questionnaire}/{state}/{year}",
            Action::PublicRead,
            country,
        )
        .api(
            Method::GET,
            "/api/v1/reports/country/{questionnaire}/{state}/{year}/versions",
            Action::PublicRead,
            versions,
        )
        .api(
            Method::GET,
            "/api/v1/reports/country/{questionnaire}/{state}/{year}/versions/{number}",
            Action::PublicRead,
            version,
        )
        .api(
            Method::POST,
            "/api/v1/reports/country/{questionnaire}/{state}/{year}/units",
            Action::SubmitReport,
            confirm_unit,
        )
        .api(
            Method::GET,
            "/api/v1/reports/regional/{questionnaire}/{mechanism}/{year}",
            Action::PublicRead,
            regional,
        )
        .api(Method::GET, "/api/v1/states/{code}/duties", Action::PublicRead, duties)
        .api(Method::GET, "/api/v1/rounds", Action::PublicRead, rounds)
        .api(Method::GET, "/api/v1/rounds/{round}/order", Action::PublicRead, order)
        .api(Method::GET, "/api/v1/recommendations", Action::PublicRead, recommendations)
}

/// What one State answered for a year, as it was accepted.
#[utoipa::path(get, path = "/api/v1/reports/country/{questionnaire}/{state}/{year}", tag = "reports",
    params(
        ("questionnaire" = String, Path, description = "Id of the questionnaire"),
        ("state" = String, Path, description = "Code of the State"),
        ("year" = i32, Path, description = "Year reported on")),
    responses((status = 200, description = "The report; small numbers of persons are withheld",
        body = Object)))]
async fn country(
    visit: Visit,
    Path((questionnaire, state, year)): Path<(String, String, String)>,
    Asked(()): Asked<()>,
) -> Answer {
    let year: i32 = year.parse().map_err(|_| Refused::NotFound)?;
    let app = visit.web.app();
    let language = visit.language.code();
    let made =
        report::country(app, &questionnaire, &state, year, Standing::Accepted, language, false)
            .await
            .map_err(Refused::from)?;
    one(&made)
}

/// Versions of a State's report that were accepted, the first one first.
#[utoipa::path(get,
    path = "/api/v1/reports/country/{questionnaire}/{state}/{year}/versions", tag = "reports",
    params(
        ("questionnaire" = String, Path, description = "Id of the questionnaire"),
        ("state" = String, Path, description = "Code of the State"),
        ("year" = i32, Path, description = "Year reported on")),
    responses((status = 200, description = "Versions with number, day and decision",
        body = Object)))]
async fn versions(
    visit: Visit,
    Path((questionnaire, state, year)): Path<(String, String, String)>,
    Asked(()): Asked<()>,
) -> Answer {
    let year: i32 = year.parse().map_err(|_| Refused::NotFound)?;
    let state = state.parse().map_err(|_| Refused::NotFound)?;
    let app = visit.web.app();
    let all = report::report_versions(app, &questionnaire, state, year, Standing::Accepted).await?;
    one(&json!({ "versions": all }))
}

/// One accepted version as it was submitted, and what is different in the one that stands.
#[utoipa::path(get,
    path = "/api/v1/reports/country/{questionnaire}/{state}/{year}/versions/{number}",
    tag = "reports",
    params(
        ("questionnaire" = String, Path, description = "Id of the questionnaire"),
        ("state" = String, Path, description = "Code of the State"),
        ("year" = i32, Path, description = "Year reported on"),
        ("number" = usize, Path, description = "Number of the version, from 1")),
    responses((status = 200, description = "The report as it was; `since` is what changed",
        body = Object)))]
async fn version(
    visit: Visit,
    Path((questionnaire, state, year, number)): Path<(String, String, String, String)>,
    Asked(()): Asked<()>,
) -> Answer {
    let asked = VersionAsked {
        questionnaire: &questionnaire,
        state: &state,
        period: year.parse().map_err(|_| Refused::NotFound)?,
        number: number.parse().map_err(|_| Refused::NotFound)?,
        which: Standing::Accepted,
        language: visit.language.code(),
        confidential: false,
    };
    let made = report::country_version(visit.web.app(), &asked).await.map_err(Refused::from)?;
    one(&made)
}

/// A figure whose unit is doubtful.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnitBody {
    /// Code of the question.
    code: String,
    /// `as-asked`: it counts what the question asks for and is added to those of other
    /// States. `another`: it is a rate or stands in another unit, and never is.
    meant: String,
}

/// Says what a figure of one's State counts, where its unit is doubtful.
#[utoipa::path(post, path = "/api/v1/reports/country/{questionnaire}/{state}/{year}/units",
    tag = "reports", request_body = UnitBody,
    params(
        ("questionnaire" = String, Path, description = "Id of the questionnaire"),
        ("state" = String, Path, description = "Code of the State"),
        ("year" = i32, Path, description = "Year reported on")),
    responses((status = 204, description = "It was confirmed")))]
async fn confirm_unit(
    Path((questionnaire, state, year)): Path<(String, String, String)>,
    Sent { call, body }: Sent<UnitBody>,
) -> Answer {
    let year: i32 = year.parse().map_err(|_| Refused::NotFound)?;
    let state = state.parse().map_err(|_| Refused::NotFound)?;
    let meant = body.meant.parse::<UnitMeant>().ok();
    let meant = meant.ok_or_else(|| Refused::field("meant", Message::new("error-unit-meant")))?;
    report::confirm_unit(&call.acting(), &questionnaire, state, year, (body.code.as_str(), meant))
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What the members of a mechanism answered for a year, as it was accepted.
#[utoipa::path(get, path = "/api/v1/reports/regional/{questionnaire}/{mechanism}/{year}",
    tag = "reports",
    params(
        ("questionnaire" = String, Path, description = "Id of the questionnaire"),
        ("mechanism" = String, Path, description = "Id of the mechanism"),
        ("year" = i32, Path, description = "Year reported on")),
    responses((status = 200, description = "Coverage, sums within one definition, needs",
        body = Object)))]
async fn regional(
    visit: Visit,
    Path((questionnaire, mechanism, year)): Path<(String, String, String)>,
    Asked(()): Asked<()>,
) -> Answer {
    let year: i32 = year.parse().map_err(|_| Refused::NotFound)?;
    let app = visit.web.app();
    let language = visit.language.code();
    let made =
        report::regional(app, &questionnaire, &mechanism, year, Standing::Accepted, language)
            .await
            .map_err(Refused::from)?;
    one(&made)
}

/// What a State has to report to its mechanisms, three years back to this one; `steps` are
/// those of reviews that wait or waited for it, each with its page.
#[utoipa::path(get, path = "/api/v1/states/{code}/duties", tag = "reports",
    params(("code" = String, Path, description = "Code of the State")),
    responses((status = 200, description = "Duties in the order they fall due", body = Object)))]
async fn duties(visit: Visit, Path(code): Path<String>, Asked(()): Asked<()>) -> Answer {
    let today = visit.acting().now().date();
    let app = visit.web.app();
    let all = report::duties_of(app, &code, today.year() - 3..=today.year(), today.into())
        .await
        .map_err(Refused::from)?;
    let state = code.parse().map_err(|_| Refused::NotFound)?;
    let confidential = review::sees_confidential(&visit.acting(), state);
    let years = today.year() - 3..=today.year();
    let steps = review::steps_of(app, state, &all, years, today.into(), confidential).await?;
    one(&json!({ "state": code, "duties": all, "steps": steps }))
}

/// Rounds of reviews, with how far each evaluation is.
#[utoipa::path(get, path = "/api/v1/rounds", tag = "reviews",
    responses((status = 200, description = "Rounds, the newest first", body = Object)))]
async fn rounds(visit: Visit, Asked(()): Asked<()>) -> Answer {
    let app = visit.web.app();
    let mut told: Vec<Json> = Vec::new();
    for round in review::rounds(app).await? {
        let evaluations = review::evaluations(app, &round.id).await?;
        told.push(json!({ "round": round, "evaluations": evaluations }));
    }
    one(&json!({ "rounds": told }))
}

/// The parties of a round in the order in which they are evaluated.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/order", tag = "reviews",
    params(("round" = String, Path, description = "Id of the round")),
    responses((status = 200, description = "Places with dates and their source", body = Object)))]
async fn order(visit: Visit, Path(round): Path<String>, Asked(()): Asked<()>) -> Answer {
    let order = review::round_order(visit.web.app(), &round).await.map_err(Refused::from)?;
    one(&order)
}

/// Recommendations of every body with both accounts of each State.
#[utoipa::path(get, path = "/api/v1/recommendations", tag = "reviews",
    responses((status = 200, description = "Recommendations with stable ids", body = Object)))]
async fn recommendations(visit: Visit, Asked(()): Asked<()>) -> Answer {
    let mut all = review::recommendations(visit.web.app()).await?;
    all.retain(|one| !one.recommendation.confidential);
    one(&json!({ "recommendations": all }))
}
