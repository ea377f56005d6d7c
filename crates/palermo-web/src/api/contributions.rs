//! What civil society, human-rights institutions and parliaments contribute beside a
//! State, to any questionnaire (R046).

use super::{
    Answer,
    answer::{Made, made, one},
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Refused,
    access::Action,
    report::{self, ContributionForm},
};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, send))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/contributions", Action::ContributeReport, list).api(
        Method::POST,
        "/api/v1/contributions",
        Action::ContributeReport,
        send,
    )
}

/// Contributions: one's own organisation's, and the open ones of others.
#[utoipa::path(get, path = "/api/v1/contributions", tag = "reports",
    responses((status = 200, description = "Contributions with their answers", body = Object)))]
async fn list(visit: Visit) -> Answer {
    let all = report::contributions(&visit.acting(), None).await?;
    one(&json!({ "contributions": all }))
}

/// A contribution to send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewContribution {
    /// Id of the questionnaire, such as `greta-r3`.
    questionnaire: String,
    /// Code of the State it is about.
    state: String,
    /// The year reported on.
    period: i32,
    /// Read by the body it is given to and by nobody else.
    #[serde(default)]
    confidential: bool,
    /// Texts by code of a question or of a section.
    texts: BTreeMap<String, String>,
}

/// Sends a contribution to a questionnaire about a State.
#[utoipa::path(post, path = "/api/v1/contributions", tag = "reports",
    request_body = NewContribution,
    responses((status = 201, description = "It was sent", body = Made)))]
async fn send(Sent { call, body }: Sent<NewContribution>) -> Answer {
    let acting = call.acting();
    let all = report::questionnaire(acting.app, &body.questionnaire).await;
    let all = all.map_err(Refused::from)?;
    let form = ContributionForm {
        state: body.state,
        period: body.period.to_string(),
        confidential: body.confidential,
        texts: body.texts,
    };
    made(report::contribute(&acting, &all, &form).await?, None)
}
