//! Minimum standards for services (R082): open to everyone, entered and changed by whoever
//! coordinates a State or the region.

use super::{
    Answer,
    answer::{Listed, Made, made, page_of, revised},
    asked::{Ask, Asked, Named, PageAsk, Reader},
    memoranda::boxes,
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Acting, Message, Problems, Refused,
    access::Action,
    desk::{parse_id, parse_revision},
    domain::{id::ServiceStandardId, register::state::StateCode, service::Need},
    service::{self, CountedStandard, StandardForm},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, enter, show, change))]
pub(super) struct Docs;

const FOLDER: &str = "/api/v1/service-standards";

pub(super) fn routes() -> Routes {
    let (read, edit) = (Action::PublicRead, Action::EditDirectory);
    Routes::new()
        .api(Method::GET, FOLDER, read, list)
        .api(Method::POST, FOLDER, edit, enter)
        .api(Method::GET, "/api/v1/service-standards/{id}", read, show)
        .api(Method::PUT, "/api/v1/service-standards/{id}", edit, change)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct StandardsAsk {
    /// Only those that hold in this State, by its code: its own and those of the region.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
    /// Only those that bind services of this need: `shelter`, `legal`, …
    #[param(value_type = Option<String>)]
    need: Option<Need>,
    /// `yes`: only those that hold today; `no`: only the others.
    #[param(value_type = Option<String>)]
    holds: Option<bool>,
}

impl Ask for StandardsAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let word = |holds: bool| if holds { "yes" } else { "no" };
        Self {
            state: reader.state("state"),
            need: reader.word("need", Need::ALL, Need::code),
            holds: reader.word("holds", &[true, false], word),
        }
    }
}

/// A minimum standard.
#[derive(Debug, Serialize, ToSchema)]
struct StandardShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// What it is called; assessments name it so.
    name: String,
    /// Who set it.
    by: String,
    /// The State in which it holds, by its code; none: in the whole region.
    state: Option<String>,
    /// The needs whose services it binds; none: all services.
    needs: Vec<&'static str>,
    /// What it asks for, a point each.
    points: Vec<String>,
    /// The first day on which it holds.
    #[schema(format = Date)]
    since: Option<String>,
    /// Its last day; none while it holds.
    #[schema(format = Date)]
    until: Option<String>,
    /// Where it is written.
    source: String,
    /// How many open services it binds today.
    #[schema(minimum = 0)]
    bound: usize,
    /// How many of them were assessed as meeting it.
    #[schema(minimum = 0)]
    met: usize,
    /// Its revision; the `ETag` of the standard.
    revision: i64,
}

fn shown(counted: CountedStandard) -> StandardShown {
    let CountedStandard { kept, bound, met } = counted;
    let (id, revision, one) = (kept.record.id.to_string(), kept.revision.0, kept.record.entry);
    StandardShown {
        id,
        name: one.name,
        by: one.by,
        state: one.state.map(|state| state.to_string()),
        needs: one.needs.iter().map(|need| need.code()).collect(),
        points: one.points,
        since: one.since.map(|day| day.to_string()),
        until: one.until.map(|day| day.to_string()),
        source: one.source,
        bound,
        met,
        revision,
    }
}

/// Minimum standards by name, with how many open services each binds.
#[utoipa::path(get, path = "/api/v1/service-standards", tag = "directory",
    params(StandardsAsk, PageAsk),
    responses((status = 200, description = "Standards", body = Listed<StandardShown>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(StandardsAsk, PageAsk)>) -> Answer {
    let acting = visit.acting();
    let today = acting.now().date().into();
    let mut all = service::counted_standards(&acting).await?;
    all.retain(|counted| {
        let one = &counted.kept.record.entry;
        ask.state.is_none_or(|state| one.state.is_none_or(|own| own == state))
            && ask.need.is_none_or(|need| one.needs.is_empty() || one.needs.contains(&need))
            && ask.holds.is_none_or(|holds| one.holds(today) == holds)
    });
    page_of(&visit, all, page, shown)
}

/// A standard as its keeper writes it. What is left out becomes empty.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct StandardBody {
    /// What it is called; no other standard in force should be called so.
    #[schema(min_length = 1, max_length = 160)]
    name: String,
    /// Who set it.
    by: String,
    /// The State in which it holds, by its code; none: in the whole region, for the
    /// secretariat alone.
    state: Option<String>,
    /// The needs whose services it binds: `shelter`, `legal`, …; none: all services.
    #[schema(value_type = Vec<String>)]
    needs: Vec<Need>,
    /// What it asks for, a point each: at least one.
    points: Vec<String>,
    /// The first day on which it holds; none if it held always.
    #[schema(format = Date)]
    since: Option<String>,
    /// Its last day; none while it holds.
    #[schema(format = Date)]
    until: Option<String>,
    /// Where it is written.
    source: String,
}

impl StandardBody {
    /// The form a person would send.
    fn form(self) -> Result<StandardForm, Refused> {
        let mut problems = Problems::default();
        let since = boxes(&mut problems, "since", self.since.as_deref().unwrap_or_default());
        let until = boxes(&mut problems, "until", self.until.as_deref().unwrap_or_default());
        if self.points.iter().any(|point| point.contains('\n')) {
            problems.add("points", Message::new("api-one-line"));
        }
        problems.none()?;
        Ok(StandardForm {
            name: self.name,
            by: self.by,
            state: self.state.unwrap_or_default(),
            needs: self.needs.iter().map(|need| need.code().to_owned()).collect(),
            points: self.points.join("\n"),
            since,
            until,
            source: self.source,
        })
    }
}

async fn found(acting: &Acting<'_>, id: ServiceStandardId) -> Answer {
    let all = service::counted_standards(acting).await?;
    let counted = all.into_iter().find(|one| one.kept.record.id == id);
    let shown = shown(counted.ok_or(Refused::NotFound)?);
    let revision = shown.revision;
    revised(&shown, revision)
}

/// Enters a standard of one's State; the secretariat enters those of the region and of any.
#[utoipa::path(post, path = "/api/v1/service-standards", tag = "directory",
    request_body = StandardBody,
    responses((status = 201, description = "The standard is entered", body = Made,
        headers(("Location" = String, description = "The standard's address")))))]
async fn enter(Sent { call, body }: Sent<StandardBody>) -> Answer {
    made(service::enter_standard(&call.acting(), &body.form()?).await?, Some(FOLDER))
}

/// One standard.
#[utoipa::path(get, path = "/api/v1/service-standards/{id}", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The standard's id")),
    responses((status = 200, description = "The standard", body = StandardShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    found(&visit.acting(), parse_id(&id)?).await
}

/// Changes a standard one's organisation keeps, or ends it by its last day.
#[utoipa::path(put, path = "/api/v1/service-standards/{id}", tag = "directory",
    request_body = StandardBody,
    params(("id" = String, Path, format = Uuid, description = "The standard's id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The standard as it is now", body = StandardShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn change(Named(id): Named, Sent { call, body }: Sent<StandardBody>) -> Answer {
    let id: ServiceStandardId = parse_id(&id)?;
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let acting = call.acting();
    service::change_standard(&acting, id, &body.form()?, seen).await.map_err(Called::stale)?;
    found(&acting, id).await
}
