//! How services stand to standards as somebody else than their keeper found (R082): read by
//! staff of the field, entered by whoever coordinates or watches over the State.

use super::{
    Answer,
    answer::{Listed, Made, made, page_of},
    asked::{Asked, Named, PageAsk},
    memoranda::boxes,
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::parse_id,
    domain::service::Outcome,
    service::{self, KeptView, ViewForm},
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, enter))]
pub(super) struct Docs;

const PATH: &str = "/api/v1/services/{id}/second-views";

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, PATH, Action::ReadDirectory, list).api(
        Method::POST,
        PATH,
        Action::AssessServices,
        enter,
    )
}

/// How a service stands to a standard as somebody else than its keeper found.
#[derive(Debug, Serialize, ToSchema)]
struct SecondViewShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// The standard, by its name.
    standard: String,
    /// The organisation that looked.
    by: String,
    /// `met`, `partly` or `not-met`.
    outcome: &'static str,
    /// When they looked.
    #[schema(format = Date)]
    on: String,
    /// How long it holds; none if it has no end.
    #[schema(format = Date)]
    until: Option<String>,
    /// On what it rests.
    words: String,
}

fn shown(kept: KeptView) -> SecondViewShown {
    let (id, one) = (kept.record.id.to_string(), kept.record.entry);
    SecondViewShown {
        id,
        standard: one.standard,
        by: one.by,
        outcome: one.outcome.code(),
        on: one.on.to_string(),
        until: one.until.map(|day| day.to_string()),
        words: one.words,
    }
}

/// How others than its keeper see a service: of each organisation the latest under each
/// standard.
#[utoipa::path(get, path = "/api/v1/services/{id}/second-views", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The service's id"), PageAsk),
    responses((status = 200, description = "Second views", body = Listed<SecondViewShown>)))]
async fn list(visit: Visit, Named(id): Named, Asked(page): Asked<PageAsk>) -> Answer {
    let acting = visit.acting();
    let (found, _) = service::show(&acting, parse_id(&id)?).await?;
    page_of(&visit, service::second_views(&acting, &found.record).await?, page, shown)
}

/// What one found.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct SecondViewBody {
    /// A standard that binds the service today, by its name.
    standard: String,
    /// `met`, `partly` or `not-met`.
    #[schema(value_type = String)]
    outcome: Option<Outcome>,
    /// When one looked: today or before.
    #[schema(format = Date)]
    on: String,
    /// How long it holds; none if it has no end.
    #[schema(format = Date)]
    until: Option<String>,
    /// On what it rests.
    words: String,
}

impl SecondViewBody {
    /// The form a person would send.
    fn form(self) -> Result<ViewForm, Refused> {
        let mut problems = Problems::default();
        let on = boxes(&mut problems, "on", &self.on);
        let until = boxes(&mut problems, "until", self.until.as_deref().unwrap_or_default());
        problems.none()?;
        Ok(ViewForm {
            standard: self.standard,
            outcome: self.outcome.map(|one| one.code().to_owned()).unwrap_or_default(),
            on,
            until,
            words: self.words,
        })
    }
}

/// Says how a service of another organisation stands to a standard that binds it. It stands
/// beside what its keeper says and is not changed afterwards; the latest counts.
#[utoipa::path(post, path = "/api/v1/services/{id}/second-views", tag = "directory",
    request_body = SecondViewBody,
    params(("id" = String, Path, format = Uuid, description = "The service's id")),
    responses((status = 201, description = "It is entered", body = Made)))]
async fn enter(Named(id): Named, Sent { call, body }: Sent<SecondViewBody>) -> Answer {
    let form = body.form()?;
    made(service::assess(&call.acting(), parse_id(&id)?, &form).await?, None)
}
