//! What runs beside plans, reports and reviews, as the pages show it to everyone, and
//! the needs for assistance States state.

use super::{
    Answer,
    answer::{Listed, page_of},
    asked::{Asked, PageAsk},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    access::Action,
    governance,
    report::{self, Standing},
};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(
    needs,
    commitments,
    parliaments,
    mechanism_profiles,
    legal_reviews,
    practices,
    rapporteurs,
    consultations
))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/needs", Action::PublicRead, needs)
        .api(Method::GET, "/api/v1/commitments", Action::PublicRead, commitments)
        .api(Method::GET, "/api/v1/parliament-entries", Action::PublicRead, parliaments)
        .api(Method::GET, "/api/v1/mechanism-profiles", Action::PublicRead, mechanism_profiles)
        .api(Method::GET, "/api/v1/legal-reviews", Action::PublicRead, legal_reviews)
        .api(Method::GET, "/api/v1/practices", Action::PublicRead, practices)
        .api(Method::GET, "/api/v1/rapporteur-reports", Action::PublicRead, rapporteurs)
        .api(Method::GET, "/api/v1/consultations", Action::PublicRead, consultations)
}

/// An entry as it is recorded, with its id.
#[derive(Debug, Serialize, ToSchema)]
struct Entry {
    /// Its id; it does not change.
    id: String,
    /// What is recorded.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    entry: Json,
}

fn entry(id: impl ToString, entry: &impl Serialize) -> Entry {
    let mut told = serde_json::to_value(entry).unwrap_or_default();
    if let Some(fields) = told.as_object_mut() {
        fields.remove("id");
    }
    Entry { id: id.to_string(), entry: told }
}

/// Needs for assistance States stated in accepted reports, with the way back to the answer.
#[utoipa::path(get, path = "/api/v1/needs", tag = "reports", params(PageAsk),
    responses((status = 200, description = "Needs with stable ids, newest first", body = Listed<Entry>)))]
async fn needs(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let language = visit.language.code();
    let all = report::needs(visit.web.app(), Standing::Accepted, language).await?;
    page_of(&visit, all, page, |one| entry(&one.id, &one))
}

/// Commitments made in public, and what became of them.
#[utoipa::path(get, path = "/api/v1/commitments", tag = "reviews", params(PageAsk),
    responses((status = 200, description = "Commitments, newest first", body = Listed<Entry>)))]
async fn commitments(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = governance::commitments(visit.web.app()).await?;
    page_of(&visit, all, page, |one| entry(one.record.id, &one.record.entry))
}

/// What parliaments asked and did, with the governments' answers.
#[utoipa::path(get, path = "/api/v1/parliament-entries", tag = "reviews", params(PageAsk),
    responses((status = 200, description = "Entries, newest first", body = Listed<Entry>)))]
async fn parliaments(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = governance::parliament_entries(visit.web.app()).await?;
    page_of(&visit, all, page, |one| entry(one.record.id, &one.record.entry))
}

/// What mechanisms say of themselves, year by year.
#[utoipa::path(get, path = "/api/v1/mechanism-profiles", tag = "reviews", params(PageAsk),
    responses((status = 200, description = "Years, by mechanism", body = Listed<Entry>)))]
async fn mechanism_profiles(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let told = governance::mechanism_years(visit.web.app()).await?;
    let all: Vec<_> = told.into_iter().flat_map(|one| one.years).collect();
    page_of(&visit, all, page, |one| entry(one.record.id, &one.record.entry))
}

/// Special reviews of States' laws: one entry a State, findings by topic.
#[utoipa::path(get, path = "/api/v1/legal-reviews", tag = "reviews", params(PageAsk),
    responses((status = 200, description = "Reviews, newest first", body = Listed<Entry>)))]
async fn legal_reviews(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let found = governance::law_reviews(visit.web.app()).await?;
    let all: Vec<_> = found.into_iter().flat_map(|one| one.states).collect();
    page_of(&visit, all, page, |one| entry(one.record.id, &one.record.entry))
}

/// Good practices that were reviewed and are shared with their State's agreement.
#[utoipa::path(get, path = "/api/v1/practices", tag = "reviews", params(PageAsk),
    responses((status = 200, description = "Practices, newest first", body = Listed<Entry>)))]
async fn practices(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let mut all = governance::practices(&visit.acting()).await?;
    all.retain(|one| one.shared);
    page_of(&visit, all, page, |one| entry(one.kept.record.id, &one.kept.record.entry))
}

/// Published reports of national rapporteurs.
#[utoipa::path(get, path = "/api/v1/rapporteur-reports", tag = "reviews", params(PageAsk),
    responses((status = 200, description = "Reports with the decision to publish", body = Listed<Entry>)))]
async fn rapporteurs(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let mut all = governance::rapporteur_reports(&visit.acting()).await?;
    all.retain(|one| one.record.entry.published.is_some());
    page_of(&visit, all, page, |one| entry(one.record.id, &one.record.entry))
}

/// Consultations: what is asked, what was heard, what followed. Never what anyone said.
#[utoipa::path(get, path = "/api/v1/consultations", tag = "reviews", params(PageAsk),
    responses((status = 200, description = "Consultations", body = Listed<Entry>)))]
async fn consultations(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = governance::consultations(visit.web.app()).await?;
    page_of(&visit, all, page, |one| entry(one.record.id, &one.record.entry))
}
