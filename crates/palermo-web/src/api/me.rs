//! Who is asking: the session or the token itself.

use super::{Answer, answer::one};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{Refused, access::Action, account};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// The address.
pub const PATH: &str = "/api/v1/me";

#[derive(OpenApi)]
#[openapi(paths(show))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, PATH, Action::OwnAccount, show)
}

/// Who is asking.
#[derive(Debug, Serialize, ToSchema)]
struct Me {
    /// `token` or `session`.
    by: &'static str,
    /// The account it speaks for.
    #[schema(format = Uuid)]
    account: String,
    /// Its name.
    name: String,
    /// Its organisation.
    #[schema(format = Uuid)]
    tenant: String,
    /// The kind of organisation.
    tenant_kind: &'static str,
    /// The State the organisation works in.
    state: Option<String>,
    /// Language of the account.
    language: String,
    /// Roles held now.
    roles: Vec<&'static str>,
    /// Desks it sits at.
    desks: Vec<String>,
    /// Actions a token is limited to; nothing for a session, which has no limit of its own.
    scopes: Option<Vec<&'static str>>,
    /// Until when a token counts.
    #[schema(format = DateTime)]
    ends_at: Option<String>,
}

/// Who is asking, and what a token is limited to. Every token may ask.
#[utoipa::path(get, path = "/api/v1/me", tag = "account",
    responses((status = 200, description = "The account, its roles and the token's scopes",
        body = Me)))]
async fn show(visit: Visit) -> Answer {
    let acting = visit.acting();
    let (tenant, own) = acting.member()?;
    let form = account::form(&acting).await?;
    let subject = &acting.subject;
    let kind = subject.tenant.map(|(_, kind)| kind.code()).ok_or(Refused::SignInNeeded)?;
    let program = visit.program.as_deref();
    let made_for = subject.limited_to.as_ref();
    one(&Me {
        by: if program.is_some() { "token" } else { "session" },
        account: own.to_string(),
        name: form.name,
        tenant: tenant.to_string(),
        tenant_kind: kind,
        state: subject.state.clone(),
        language: form.language,
        roles: subject.roles.iter().map(|role| role.code()).collect(),
        desks: subject.desks.iter().map(ToString::to_string).collect(),
        scopes: made_for.map(|only| only.iter().map(|action| action.code()).collect()),
        ends_at: program.map(|shown| shown.token.ends_at.to_string()),
    })
}
