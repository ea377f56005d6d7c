//! The people of one's organisation.

use super::{
    Answer,
    answer::{Listed, page_of},
    asked::{Asked, PageAsk},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{access::Action, people};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/people", Action::ReadTenant, list)
}

/// A member of staff.
#[derive(Debug, Serialize, ToSchema)]
struct PersonShown {
    /// The account's id.
    #[schema(format = Uuid)]
    id: String,
    /// Name shown to colleagues.
    name: String,
    /// Address for sign-in.
    email: String,
    /// Language of pages (BCP 47).
    language: String,
    /// `invited`, `active`, `suspended` or `left`.
    status: &'static str,
    /// Roles held now.
    roles: Vec<&'static str>,
    /// When the account was made.
    #[schema(format = DateTime)]
    recorded_at: String,
}

/// Everyone in one's organisation.
#[utoipa::path(get, path = "/api/v1/people", tag = "organisation", params(PageAsk),
    responses((status = 200, description = "People, by name", body = Listed<PersonShown>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let acting = visit.acting();
    let everyone = people::list(&acting).await?;
    page_of(&visit, everyone, page, |member| PersonShown {
        roles: member.held(&acting).into_iter().map(|role| role.code()).collect(),
        id: member.account.record.id.to_string(),
        status: member.account.record.status.code(),
        recorded_at: member.account.record.recorded_at.to_string(),
        name: member.account.record.name,
        email: member.account.record.email,
        language: member.account.record.language,
    })
}
