//! Recommendations recorded and put right, the State's account and the reviewer's
//! finding, reviews of impact with their answers. The same acts as the pages.

use super::{
    Answer,
    answer::{Made, made, one, revised},
    asked::Named,
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    extract::Path,
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Refused,
    access::Action,
    desk::parse_id,
    domain::{id::ImpactReviewId, register::state::StateCode, review::FollowUpSide},
    governance::Typed,
    review::{self, FollowForm, ImpactForm},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(record, keep, show, put, own, found, impacts, open_impact, answer_impact))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    let kept = Action::KeepRecommendations;
    Routes::new()
        .api(Method::POST, "/api/v1/recommendations", kept, keep)
        .api(Method::GET, "/api/v1/recommendations/{id}", Action::PublicRead, show)
        .api(Method::GET, "/api/v1/recommendations/{id}/record", kept, record)
        .api(Method::PUT, "/api/v1/recommendations/{id}", kept, put)
        .api(
            Method::POST,
            "/api/v1/recommendations/{id}/states/{state}/account",
            Action::WriteComments,
            own,
        )
        .api(
            Method::POST,
            "/api/v1/recommendations/{id}/states/{state}/finding",
            Action::WriteFindings,
            found,
        )
        .api(Method::GET, "/api/v1/impact-reviews", Action::PublicRead, impacts)
        .api(Method::POST, "/api/v1/impact-reviews", Action::OpenImpactReview, open_impact)
        .api(
            Method::POST,
            "/api/v1/impact-reviews/{id}/answer",
            Action::AnswerImpactReview,
            answer_impact,
        )
}

/// One recommendation with both accounts of each State.
#[utoipa::path(get, path = "/api/v1/recommendations/{id}", tag = "reviews",
    params(("id" = String, Path, description = "Its stable id")),
    responses((status = 200, description = "The recommendation", body = Object)))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    let found = review::follow_up(visit.web.app(), &id).await?;
    if found.recommendation.confidential {
        return Err(Refused::NotFound.into());
    }
    one(&found)
}

/// A recommendation of one's own organisation, to put it right.
#[utoipa::path(get, path = "/api/v1/recommendations/{id}/record", tag = "reviews",
    params(("id" = String, Path, description = "Its stable id")),
    responses((status = 200, description = "The recommendation", body = Object,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn record(visit: Visit, Named(id): Named) -> Answer {
    let typed = review::recommendation_typed(&visit.acting(), &id).await?;
    let found = review::follow_up(visit.web.app(), &id).await?;
    revised(&found.recommendation, typed.seen().map_or(0, |seen| seen.0))
}

/// A recommendation as it is recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RecommendationBody {
    /// Stable id; left out, the next that is free. One that is there keeps its own.
    #[serde(default)]
    id: String,
    /// The body that made it.
    body: String,
    /// When, as the document says it.
    made: String,
    /// Its words.
    text: String,
    /// To whom: `states` and others.
    addressee: String,
    /// Codes of the States it names.
    #[serde(default)]
    states: Vec<String>,
    /// How strong it is.
    strength: String,
    /// Themes.
    #[serde(default)]
    themes: Vec<String>,
    /// Provisions, `instrument:provision`.
    #[serde(default)]
    provisions: Vec<String>,
    /// Actions of plans, `plan:row`.
    #[serde(default)]
    measures: Vec<String>,
    /// Indicators of plans, `plan:indicator`.
    #[serde(default)]
    indicators: Vec<String>,
    /// Ids of those that say the same.
    #[serde(default)]
    same_as: Vec<String>,
    /// Ids of those it contradicts.
    #[serde(default)]
    contradicts: Vec<String>,
    /// Id of the round.
    #[serde(default)]
    round: String,
    /// Deadline.
    #[serde(default)]
    #[schema(format = Date)]
    deadline: String,
    /// Who leads.
    #[serde(default)]
    lead: String,
    /// Shown to those signed in only.
    #[serde(default)]
    confidential: bool,
    /// Where it is written.
    source: String,
}

impl From<RecommendationBody> for Typed {
    fn from(body: RecommendationBody) -> Self {
        Self::default()
            .with("id", body.id)
            .with("body", body.body)
            .with("made", body.made)
            .with("text", body.text)
            .with("addressee", body.addressee)
            .with_all("states", body.states)
            .with("strength", body.strength)
            .with("themes", body.themes.join(", "))
            .with("provisions", body.provisions.join(", "))
            .with_all("measures", body.measures)
            .with_all("indicators", body.indicators)
            .with("same_as", body.same_as.join(", "))
            .with("contradicts", body.contradicts.join(", "))
            .with("round", body.round)
            .with("deadline", body.deadline)
            .with("lead", body.lead)
            .with("confidential", if body.confidential { "yes" } else { "" })
            .with("source", body.source)
    }
}

/// Records a recommendation of any body.
#[utoipa::path(post, path = "/api/v1/recommendations", tag = "reviews",
    request_body = RecommendationBody,
    responses((status = 201, description = "It was recorded", body = Made)))]
async fn keep(Sent { call, body }: Sent<RecommendationBody>) -> Answer {
    let id = review::recommend(&call.acting(), None, &body.into()).await?;
    made(id, Some("/api/v1/recommendations"))
}

/// Puts a recommendation of one's own organisation right.
#[utoipa::path(put, path = "/api/v1/recommendations/{id}", tag = "reviews",
    request_body = RecommendationBody,
    params(("id" = String, Path, description = "Its stable id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 204, description = "It was put right")))]
async fn put(Named(id): Named, Sent { call, body }: Sent<RecommendationBody>) -> Answer {
    let typed = Typed::from(body).with("revision", call.seen()?);
    review::recommend(&call.acting(), Some(&id), &typed).await.map_err(Called::stale)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// How far a recommendation is in a State.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountBody {
    /// Its status.
    status: String,
    /// The institution in the lead.
    #[serde(default)]
    lead: String,
    /// Deadline.
    #[serde(default)]
    #[schema(format = Date)]
    deadline: String,
    /// What was done or found.
    #[serde(default)]
    account: String,
    /// What shows it.
    #[serde(default)]
    evidence: String,
}

async fn note(
    (id, state): (String, String),
    side: FollowUpSide,
    Sent { call, body }: Sent<AccountBody>,
) -> Answer {
    let state: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let form = FollowForm {
        status: body.status,
        lead: body.lead,
        deadline: body.deadline,
        account: body.account,
        evidence: body.evidence,
    };
    made(review::note_follow_up(&call.acting(), &id, state, side, &form).await?, None)
}

/// Notes the State's own account of a recommendation.
#[utoipa::path(post, path = "/api/v1/recommendations/{id}/states/{state}/account",
    tag = "reviews", request_body = AccountBody,
    params(("id" = String, Path, description = "Its stable id"),
        ("state" = String, Path, description = "Code of one's State")),
    responses((status = 201, description = "It was noted", body = Made)))]
async fn own(Path(of): Path<(String, String)>, sent: Sent<AccountBody>) -> Answer {
    note(of, FollowUpSide::State, sent).await
}

/// Notes the reviewer's finding about a recommendation.
#[utoipa::path(post, path = "/api/v1/recommendations/{id}/states/{state}/finding",
    tag = "reviews", request_body = AccountBody,
    params(("id" = String, Path, description = "Its stable id"),
        ("state" = String, Path, description = "Code of the State")),
    responses((status = 201, description = "It was noted", body = Made)))]
async fn found(Path(of): Path<(String, String)>, sent: Sent<AccountBody>) -> Answer {
    note(of, FollowUpSide::Reviewer, sent).await
}

/// Reviews of what a measure did to people's rights, with the answers beside them.
#[utoipa::path(get, path = "/api/v1/impact-reviews", tag = "reviews",
    responses((status = 200, description = "Reviews, the newest first", body = Object)))]
async fn impacts(visit: Visit) -> Answer {
    let all = review::impact_reviews(&visit.acting()).await?;
    one(&json!({ "reviews": all }))
}

/// A review of impact to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewImpactReview {
    /// The measure, law or response; left out where an action of a plan is named.
    #[serde(default)]
    measure: String,
    /// The action of a plan, `plan:row`.
    #[serde(default)]
    measure_id: String,
    /// Code of the State; left out for the region.
    #[serde(default)]
    state: String,
    /// Groups harmed: `migrants`, `workers`, `children` and others.
    harmed: Vec<String>,
    /// Findings; never about a person.
    findings: String,
    /// Rights incidents it rests on; fewer than five are not told.
    incidents: Option<u32>,
    /// The body that has to answer.
    responsible: String,
}

/// Opens a review of impact.
#[utoipa::path(post, path = "/api/v1/impact-reviews", tag = "reviews",
    request_body = NewImpactReview,
    responses((status = 201, description = "It was opened", body = Made)))]
async fn open_impact(Sent { call, body }: Sent<NewImpactReview>) -> Answer {
    let form = ImpactForm {
        measure: body.measure,
        measure_id: body.measure_id,
        state: body.state,
        harmed: body.harmed,
        findings: body.findings,
        incidents: body.incidents.map(|count| count.to_string()).unwrap_or_default(),
        responsible: body.responsible,
    };
    made(review::open_impact(&call.acting(), &form).await?, None)
}

/// An answer to a review of impact.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImpactReply {
    /// What the responsible body answers.
    text: String,
}

/// Answers a review for the body responsible.
#[utoipa::path(post, path = "/api/v1/impact-reviews/{id}/answer", tag = "reviews",
    request_body = ImpactReply,
    params(("id" = String, Path, format = Uuid, description = "The review's id")),
    responses((status = 204, description = "It was answered")))]
async fn answer_impact(Named(id): Named, Sent { call, body }: Sent<ImpactReply>) -> Answer {
    let id: ImpactReviewId = parse_id(&id)?;
    review::answer_impact(&call.acting(), id, &body.text).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
