//! Desks of one's organisation.

use super::{
    Answer,
    answer::{Listed, Made, made, page_of, revised},
    asked::{Asked, Named, PageAsk},
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Acting, Message, Problems, Refused,
    access::Action,
    desk::{self, DeskForm, parse_id, parse_revision},
    domain::{
        desk::{Desk, DeskMember},
        id::DeskId,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, create, show, change))]
pub(super) struct Docs;

const FOLDER: &str = "/api/v1/desks";

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, FOLDER, Action::ReadTenant, list)
        .api(Method::POST, FOLDER, Action::ManageDesks, create)
        .api(Method::GET, "/api/v1/desks/{id}", Action::ReadTenant, show)
        .api(Method::PUT, "/api/v1/desks/{id}", Action::ManageDesks, change)
}

/// An office to which work is sent.
#[derive(Debug, Serialize, ToSchema)]
struct DeskShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Name of the office.
    name: String,
    /// `regional`, `national`, `hotspot`, `border-office` or `consulate`.
    level: &'static str,
    /// The State it works for, by its code.
    state: Option<String>,
    /// What it is competent for.
    topics: Vec<String>,
    /// Languages spoken (BCP 47).
    languages: Vec<String>,
    /// IANA time zone.
    time_zone: String,
    /// Opening hours in OpenStreetMap notation.
    hours: String,
    /// Telephone in international notation.
    telephone: Option<String>,
    /// Whether it takes work.
    open: bool,
    /// Its revision; the `ETag` of the desk.
    revision: i64,
}

fn shown(desk: Desk, revision: i64) -> DeskShown {
    DeskShown {
        id: desk.id.to_string(),
        name: desk.name,
        level: desk.level.code(),
        state: desk.state,
        topics: desk.topics,
        languages: desk.languages,
        time_zone: desk.time_zone,
        hours: desk.hours,
        telephone: desk.telephone,
        open: desk.open,
        revision,
    }
}

/// Desks of one's organisation.
#[utoipa::path(get, path = "/api/v1/desks", tag = "organisation", params(PageAsk),
    responses((status = 200, description = "Desks, by name", body = Listed<DeskShown>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let desks = desk::list_own(&visit.acting()).await?;
    page_of(&visit, desks, page, |desk| shown(desk.record, desk.revision.0))
}

/// A desk as it should be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeskBody {
    /// Name of the office, never of a person.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// `regional`, `national`, `hotspot`, `border-office` or `consulate`.
    #[schema(pattern = "^(regional|national|hotspot|border-office|consulate)$")]
    level: String,
    /// The State it works for, by its code.
    state: Option<String>,
    /// What it is competent for; words without commas.
    #[serde(default)]
    topics: Vec<String>,
    /// Languages spoken (BCP 47).
    #[serde(default)]
    languages: Vec<String>,
    /// IANA time zone.
    #[schema(example = "Africa/Dakar")]
    time_zone: String,
    /// Opening hours in OpenStreetMap notation.
    #[schema(min_length = 1, max_length = 120, example = "Mo-Fr 08:00-16:00")]
    hours: String,
    /// Telephone in international notation.
    telephone: Option<String>,
    /// Whether it takes work; left out, as it is, and a new desk does.
    open: Option<bool>,
}

impl DeskBody {
    /// The form a person would send. A list is one field there, so its words
    /// must not hold what separates them.
    fn form(self) -> Result<DeskForm, Refused> {
        let mut problems = Problems::default();
        for (field, list) in [("topics", &self.topics), ("languages", &self.languages)] {
            let bad =
                |word: &String| word.trim().is_empty() || word.contains([',', ';', '،', '、']);
            if list.iter().any(bad) {
                problems.add(field, Message::new("api-words-without-commas"));
            }
        }
        problems.none()?;
        Ok(DeskForm {
            name: self.name,
            level: self.level,
            state: self.state.unwrap_or_default(),
            topics: self.topics.join(", "),
            languages: self.languages.join(", "),
            time_zone: self.time_zone,
            hours: self.hours,
            telephone: self.telephone.unwrap_or_default(),
        })
    }
}

/// Opens a desk.
#[utoipa::path(post, path = "/api/v1/desks", tag = "organisation", request_body = DeskBody,
    responses((status = 201, description = "The desk is open", body = Made,
        headers(("Location" = String, description = "The desk's address")))))]
async fn create(Sent { call, body }: Sent<DeskBody>) -> Answer {
    if body.open == Some(false) {
        return Err(Refused::field("open", Message::new("api-new-desk-open")).into());
    }
    made(desk::create(&call.acting(), &body.form()?).await?, Some(FOLDER))
}

/// Someone who sits at a desk.
#[derive(Debug, Serialize, ToSchema)]
struct Seat {
    /// The account.
    #[schema(format = Uuid)]
    account: String,
    /// Its name.
    name: String,
    /// Stands in rather than leads.
    alternate: bool,
}

/// A desk with those who sit there.
#[derive(Debug, Serialize, ToSchema)]
struct DeskWithMembers {
    #[serde(flatten)]
    desk: DeskShown,
    /// Who sits there.
    members: Vec<Seat>,
}

async fn found(acting: &Acting<'_>, id: DeskId) -> Answer {
    let (desk, members) = desk::show(acting, id).await?;
    let seat = |(member, name): (DeskMember, String)| Seat {
        account: member.account.to_string(),
        name,
        alternate: member.alternate,
    };
    let revision = desk.revision.0;
    let members = members.into_iter().map(seat).collect();
    revised(&DeskWithMembers { desk: shown(desk.record, revision), members }, revision)
}

/// One desk with those who sit there.
#[utoipa::path(get, path = "/api/v1/desks/{id}", tag = "organisation",
    params(("id" = String, Path, format = Uuid, description = "The desk's id")),
    responses((status = 200, description = "The desk", body = DeskWithMembers,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    found(&visit.acting(), parse_id(&id)?).await
}

/// Changes a desk, or closes and reopens it. What is left out becomes empty.
#[utoipa::path(put, path = "/api/v1/desks/{id}", tag = "organisation", request_body = DeskBody,
    params(("id" = String, Path, format = Uuid, description = "The desk's id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The desk as it is now", body = DeskWithMembers,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn change(Named(id): Named, Sent { call, body }: Sent<DeskBody>) -> Answer {
    let id: DeskId = parse_id(&id)?;
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let acting = call.acting();
    let (before, _) = desk::show(&acting, id).await?;
    let open = body.open.unwrap_or(before.record.open);
    desk::change(&acting, id, &body.form()?, open, seen).await.map_err(Called::stale)?;
    found(&acting, id).await
}
