//! Agreements between States, mechanisms and third countries.

use super::{
    Answer,
    answer::{Listed, one, page_of},
    asked::{Ask, Asked, Named, PageAsk, Reader},
    shapes,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Refused,
    access::Action,
    domain::register::{agreement::AgreementStatus, state::StateCode},
    register::ask::Lookup,
};
use utoipa::{IntoParams, OpenApi};

#[derive(OpenApi)]
#[openapi(paths(list, show))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/agreements", Action::PublicRead, list).api(
        Method::GET,
        "/api/v1/agreements/{id}",
        Action::PublicRead,
        show,
    )
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct AgreementsAsk {
    /// Only those of this State, by its code.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
    /// Only those that stand so, such as `active`.
    #[param(value_type = Option<String>)]
    status: Option<AgreementStatus>,
}

impl Ask for AgreementsAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let status = reader.word("status", AgreementStatus::ALL, AgreementStatus::code);
        Self { state: reader.state("state"), status }
    }
}

/// Agreements, those that ship and those entered by hand.
#[utoipa::path(get, path = "/api/v1/agreements", tag = "registers",
    params(AgreementsAsk, PageAsk),
    responses((status = 200, description = "Agreements, by short name",
        body = Listed<shapes::Agreement>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(AgreementsAsk, PageAsk)>) -> Answer {
    let mut all = Lookup::of(visit.web.app()).agreements().await?;
    all.retain(|agreement| {
        ask.status.is_none_or(|status| agreement.status == status)
            && ask.state.is_none_or(|state| agreement.states().any(|party| party == state))
    });
    page_of(&visit, all, page, |agreement| agreement)
}

/// One agreement.
#[utoipa::path(get, path = "/api/v1/agreements/{id}", tag = "registers",
    params(("id" = String, Path, description = "Its short name")),
    responses((status = 200, description = "The agreement", body = shapes::Agreement)))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    let all = Lookup::of(visit.web.app()).agreements().await?;
    one(all.iter().find(|agreement| agreement.key == id).ok_or(Refused::NotFound)?)
}
