//! Requests for information to States, and their replies (R065).

use super::{Answer, answer::one, asked::Named, sent::Sent};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{access::Action, desk::parse_id, domain::id::InformationRequestId, review};
use serde::Deserialize;
use serde_json::json;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, reply))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/information-requests", Action::ReadMeetings, list).api(
        Method::POST,
        "/api/v1/information-requests/{id}/reply",
        Action::WriteComments,
        reply,
    )
}

/// Requests one's State is asked by, with its replies; for the bodies that ask, all.
#[utoipa::path(get, path = "/api/v1/information-requests", tag = "reviews",
    responses((status = 200, description = "Requests, the newest first", body = Object)))]
async fn list(visit: Visit) -> Answer {
    let all = review::requests(&visit.acting()).await?;
    one(&json!({ "requests": all }))
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
