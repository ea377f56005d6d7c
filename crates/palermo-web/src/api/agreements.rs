//! Agreements between States, mechanisms and third countries.

use super::{
    Answer,
    answer::{Listed, Made, made, one, page_of, revised},
    asked::{Ask, Asked, Named, PageAsk, Reader},
    sent::{Called, Sent},
    shapes,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Refused,
    access::Action,
    desk::parse_revision,
    domain::register::{
        agreement::{Agreement, AgreementStatus},
        state::StateCode,
    },
    register::{self, ask::Lookup},
};
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, show, enter, change))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/agreements", Action::PublicRead, list)
        .api(Method::POST, "/api/v1/agreements", Action::EditAgreement, enter)
        .api(Method::GET, "/api/v1/agreements/{id}", Action::PublicRead, show)
        .api(Method::PUT, "/api/v1/agreements/{id}", Action::EditAgreement, change)
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

/// One agreement. One that was entered by hand has a revision; one that ships has none.
#[utoipa::path(get, path = "/api/v1/agreements/{id}", tag = "registers",
    params(("id" = String, Path, description = "Its short name")),
    responses((status = 200, description = "The agreement", body = shapes::Agreement,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    let lookup = Lookup::of(visit.web.app());
    if let Some(entered) = lookup.entered_agreement(&id).await? {
        return revised(&entered.agreement, entered.revision.0);
    }
    let all = lookup.agreements().await?;
    one(all.iter().find(|agreement| agreement.key == id).ok_or(Refused::NotFound)?)
}

/// An agreement as the register shows it, with its reviews, activities, cases, budgets
/// and mandates.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AgreementBody {
    /// The agreement, in the shape in which it is read.
    #[schema(value_type = shapes::Agreement)]
    agreement: Agreement,
}

/// Enters an agreement; under the short name of a shipped one it takes its place.
#[utoipa::path(post, path = "/api/v1/agreements", tag = "registers",
    request_body = AgreementBody,
    responses((status = 201, description = "It was entered", body = Made)))]
async fn enter(Sent { call, body }: Sent<AgreementBody>) -> Answer {
    made(register::enter_agreement(&call.acting(), &body.agreement).await?, None)
}

/// Changes an agreement one's own organisation entered: its terms, and what is followed
/// under it.
#[utoipa::path(put, path = "/api/v1/agreements/{id}", tag = "registers",
    request_body = AgreementBody,
    params(("id" = String, Path, description = "Its short name"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The agreement", body = shapes::Agreement,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn change(Named(id): Named, Sent { call, body }: Sent<AgreementBody>) -> Answer {
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let acting = call.acting();
    let entered = Lookup::of(acting.app).entered_agreement(&id).await?;
    let entered = entered.ok_or(Refused::NotFound)?;
    let now = register::edit_agreement(&acting, entered.id, &body.agreement, seen)
        .await
        .map_err(Called::stale)?;
    revised(&body.agreement, now.0)
}
