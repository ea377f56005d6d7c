//! Cases one is on the team of, in coded facts: a program holds no key, so it
//! never sees a name or a note.

use super::{
    Answer,
    answer::{Listed, page_of, revised},
    asked::{Asked, Named, PageAsk},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    access::Action,
    case::{self, list::Which, usual_purpose},
    desk::parse_id,
    domain::{case::Case, case::person::Person, id::CaseId, purpose::Purpose},
};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, show))]
pub(super) struct Docs;

const FOLDER: &str = "/api/v1/cases";

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, FOLDER, Action::ListCases, list).api(
        Method::GET,
        "/api/v1/cases/{id}",
        Action::ReadCase,
        show,
    )
}

/// A case in coded facts.
#[derive(Debug, Serialize, ToSchema)]
struct CaseShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its pseudonymous number.
    #[schema(example = "7Q4KM-X20BD")]
    number: String,
    /// Where identification stands.
    status: &'static str,
    /// `open` or `closed`.
    phase: &'static str,
    /// Which episode of exploitation of this person, from 1.
    episode: u16,
    /// `adult`, `child` or `unsure`.
    age: Option<&'static str>,
    /// Language the person wants to be spoken to in (BCP 47).
    language: Option<String>,
    /// What could not wait at first contact.
    urgent: Vec<&'static str>,
    /// The incident it comes from.
    #[schema(format = Uuid)]
    incident: Option<String>,
    /// When the person was met.
    #[schema(format = DateTime)]
    happened_at: String,
    /// When it was written down.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// Its revision.
    revision: i64,
}

fn shown(case: &Case, person: Option<&Person>, revision: i64) -> CaseShown {
    CaseShown {
        id: case.id.to_string(),
        number: case.number(),
        status: case.status.code(),
        phase: case.phase.code(),
        episode: case.episode,
        age: person.map(|person| person.age.code()),
        language: person.map(|person| person.language.clone()),
        urgent: case.urgent.iter().map(|need| need.code()).collect(),
        incident: case.incident.map(|id| id.to_string()),
        happened_at: case.happened_at.to_string(),
        recorded_at: case.recorded_at.to_string(),
        revision,
    }
}

fn purpose(visit: &Visit) -> Purpose {
    usual_purpose(&visit.acting().subject.roles)
}

/// Cases on whose team one is, the latest first.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", params(PageAsk),
    responses((status = 200, description = "Cases in coded facts", body = Listed<CaseShown>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let rows = case::list::own(&visit.acting(), None, Which::default(), purpose(&visit)).await?;
    page_of(&visit, rows, page, |row| {
        shown(&row.case.record, row.person.as_ref(), row.case.revision.0)
    })
}

/// One case.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    responses((status = 200, description = "The case in coded facts", body = CaseShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let opened = case::look(&visit.acting(), None, id, purpose(&visit)).await?;
    let found = &opened.file.case;
    let body = shown(&found.record, Some(&opened.file.person.record), found.revision.0);
    revised(&body, found.revision.0)
}
