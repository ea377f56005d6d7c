//! States, areas and party organisations, and what they belong to.

use super::{
    Answer, Stop,
    answer::{Listed, one, page_of},
    asked::{Ask, Asked, DayAsk, Named, PageAsk, Reader},
    shapes,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Refused,
    access::Action,
    domain::register::state::{StateCode, StateEntry, StateKind},
    register::ask::Lookup,
};
use serde::Serialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, show, mechanisms))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/states", Action::PublicRead, list)
        .api(Method::GET, "/api/v1/states/{code}", Action::PublicRead, show)
        .api(Method::GET, "/api/v1/states/{code}/mechanisms", Action::PublicRead, mechanisms)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct StatesAsk {
    /// Only this kind: `state`, `area`, `organisation` or `former`.
    #[param(value_type = Option<String>)]
    kind: Option<StateKind>,
}

impl Ask for StatesAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self { kind: reader.word("kind", StateKind::ALL, StateKind::code) }
    }
}

/// A State, area or organisation in short.
#[derive(Debug, Serialize, ToSchema)]
struct StateSummary {
    /// Its code.
    code: String,
    /// Its short name in the language asked for.
    name: String,
    /// `state`, `area`, `organisation` or `former`.
    kind: &'static str,
}

/// States, areas and party organisations.
#[utoipa::path(get, path = "/api/v1/states", tag = "registers", params(StatesAsk, PageAsk),
    responses((status = 200, description = "Entries, by code", body = Listed<StateSummary>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(StatesAsk, PageAsk)>) -> Answer {
    let states = &visit.web.app().registers.states;
    let all = states.all().filter(|state| ask.kind.is_none_or(|kind| state.kind == kind));
    page_of(&visit, all.collect(), page, |state| StateSummary {
        code: state.code.to_string(),
        name: state.name(visit.language.code()).to_owned(),
        kind: state.kind.code(),
    })
}

fn entry<'v>(visit: &'v Visit, code: &str) -> Result<&'v StateEntry, Stop> {
    let code: StateCode = code.parse().map_err(|_| Refused::NotFound)?;
    Ok(visit.web.app().registers.states.get(code).ok_or(Refused::NotFound)?)
}

/// One State with its names.
#[utoipa::path(get, path = "/api/v1/states/{code}", tag = "registers",
    params(("code" = String, Path, description = "Its code", example = "BEN")),
    responses((status = 200, description = "The entry", body = shapes::StateEntry)))]
async fn show(visit: Visit, Named(code): Named) -> Answer {
    one(entry(&visit, &code)?)
}

/// The mechanisms a State belonged to on a day.
#[utoipa::path(get, path = "/api/v1/states/{code}/mechanisms", tag = "registers",
    params(("code" = String, Path, description = "Its code", example = "MMR"), DayAsk, PageAsk),
    responses((status = 200, description = "What it belonged to, by id of the mechanism",
        body = Listed<shapes::MembershipOf>)))]
async fn mechanisms(
    visit: Visit,
    Named(code): Named,
    Asked((ask, page)): Asked<(DayAsk, PageAsk)>,
) -> Answer {
    let entry = entry(&visit, &code)?;
    let now = Lookup::of(visit.web.app()).mechanisms_now().await?;
    let found = now.mechanisms_of(entry.code.as_str(), ask.on);
    page_of(&visit, found, page, |membership| membership)
}
