//! Organisations of this installation: who is on it, nothing of theirs.

use super::{
    Answer,
    answer::{Listed, page_of},
    asked::{Asked, PageAsk},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{access::Action, tenant};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/tenants", Action::CreateTenant, list)
}

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
struct TenantShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its name.
    name: String,
    /// What kind of organisation it is.
    kind: &'static str,
    /// The State it works in, by its code.
    state: Option<String>,
    /// Language of its letters (BCP 47).
    language: String,
}

/// Organisations of this installation. Asks for a fresh second factor, so a
/// session may list them and a token may not.
#[utoipa::path(get, path = "/api/v1/tenants", tag = "organisation", params(PageAsk),
    responses((status = 200, description = "Organisations", body = Listed<TenantShown>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = tenant::list(&visit.acting()).await?;
    page_of(&visit, all, page, |tenant| TenantShown {
        id: tenant.record.id.to_string(),
        name: tenant.record.name,
        kind: tenant.record.kind.code(),
        state: tenant.record.state,
        language: tenant.record.language,
    })
}
