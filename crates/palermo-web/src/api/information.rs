//! Requests for information to States, and their replies (R065).

use super::{Answer, answer::one, asked::Named, sent::Sent};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    access::Action,
    desk::parse_id,
    domain::id::InformationRequestId,
    review::{self, RequestForm},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, ask, reply))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    const ALL: &str = "/api/v1/information-requests";
    Routes::new()
        .api(Method::GET, ALL, Action::ReadMeetings, list)
        .api(Method::POST, ALL, Action::AskInformation, ask)
        .api(Method::POST, "/api/v1/information-requests/{id}/reply", Action::WriteComments, reply)
}

/// Requests one's State is asked by, with its replies; for the bodies that ask, all.
#[utoipa::path(get, path = "/api/v1/information-requests", tag = "reviews",
    responses((status = 200, description = "Requests, the newest first", body = Object)))]
async fn list(visit: Visit) -> Answer {
    let all = review::requests(&visit.acting()).await?;
    one(&json!({ "requests": all }))
}

/// A request to States.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewInformationRequest {
    /// Id of the mechanism.
    mechanism: String,
    /// Subject.
    title: String,
    /// The question; never who somebody is.
    question: String,
    /// Whether it asks about single persons: `yes` or `no`. With `yes` it goes to nobody.
    #[schema(example = "no")]
    persons: String,
    /// Codes of the States asked.
    states: Vec<String>,
    /// With the urgent clock.
    #[serde(default)]
    urgent: bool,
    /// The provision that makes it compulsory, as the profile cites it.
    #[serde(default)]
    compulsory: String,
    /// Last day; left out, the usual time.
    #[serde(default)]
    #[schema(format = Date)]
    due: String,
}

/// Asks States for information. A request for persons goes to nobody: it is kept as
/// refused by rule R6, and `refused` says so.
#[utoipa::path(post, path = "/api/v1/information-requests", tag = "reviews",
    request_body = NewInformationRequest,
    responses((status = 200, description = "The request's id, and whether it was refused",
        body = Object)))]
async fn ask(Sent { call, body }: Sent<NewInformationRequest>) -> Answer {
    let form = RequestForm {
        mechanism: body.mechanism,
        title: body.title,
        question: body.question,
        persons: body.persons,
        states: body.states,
        urgent: body.urgent,
        compulsory: body.compulsory,
        due: body.due,
    };
    let (id, refused) = review::ask(&call.acting(), &form).await?;
    one(&json!({ "id": id.to_string(), "refused": refused }))
}

/// A reply.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReply {
    /// What one's State answers; never about a person.
    #[schema(min_length = 1, max_length = 20_000)]
    text: String,
}

/// Answers a request for one's State.
#[utoipa::path(post, path = "/api/v1/information-requests/{id}/reply", tag = "reviews",
    params(("id" = String, Path, format = Uuid, description = "The request's id")),
    request_body = NewReply,
    responses((status = 204, description = "It was answered")))]
async fn reply(Named(id): Named, Sent { call, body }: Sent<NewReply>) -> Answer {
    let id: InformationRequestId = parse_id(&id)?;
    review::reply(&call.acting(), id, &body.text).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
