//! The pages, one file for each family.

mod account;
mod actions;
mod admin;
pub(crate) mod audio;
mod audit;
pub(crate) mod break_glass;
mod care;
pub(crate) mod case;
mod demo;
mod directory;
mod draft;
mod governance;
mod hotline;
mod knowledge;
mod lessons;
mod notices;
mod organisation;
mod own;
mod passkeys;
mod plan;
mod public;
mod public_site;
mod register;
mod report;
mod review;
mod screening;
mod sign_in;
mod unlock;
mod work;
mod youth;

use crate::{
    shell::{failure::Failure, route::Routes},
    state::Web,
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use palermo_app::Refused;
use serde_json::json;

/// What a handler answers with.
pub type Answer = Result<Response, Failure>;

/// All pages.
#[must_use]
pub fn routes() -> Routes {
    public::routes()
        .and(demo::routes())
        .and(lessons::routes())
        .and(sign_in::routes())
        .and(account::routes())
        .and(passkeys::routes())
        .and(unlock::routes())
        .and(notices::routes())
        .and(organisation::routes())
        .and(break_glass::routes())
        .and(work::routes())
        .and(admin::routes())
        .and(audit::routes())
        .and(audio::routes())
        .and(knowledge::routes())
        .and(public_site::routes())
        .and(register::routes())
        .and(plan::routes())
        .and(governance::routes())
        .and(case::routes())
        .and(care::routes())
        .and(own::routes())
        .and(screening::routes())
        .and(hotline::routes())
        .and(report::routes())
        .and(review::routes())
        .and(directory::routes())
        .and(youth::routes())
}

/// An address that is none of ours.
pub async fn nothing_here() -> Failure {
    Failure(Refused::NotFound)
}

/// 200 only when everything is ready.
pub async fn health(State(web): State<Web>) -> Response {
    match web.app().store.ping().await {
        Ok(()) => Json(json!({ "status": "ready" })).into_response(),
        Err(error) => {
            tracing::error!(%error, "the database or the keystore does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "not ready" })))
                .into_response()
        }
    }
}
