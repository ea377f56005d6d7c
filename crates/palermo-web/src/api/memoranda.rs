//! Memoranda in which a State and organisations agree who does what (R083): read by staff
//! of the field, entered and changed by whoever coordinates.

use super::{
    Answer,
    answer::{Listed, Made, made, page_of, revised},
    asked::{Ask, Asked, Named, PageAsk, Reader, day},
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Acting, Message, Problems, Refused,
    access::Action,
    desk::{parse_id, parse_revision},
    domain::{id::MemorandumId, register::state::StateCode},
    memorandum::{self, KeptMemorandum, MemorandumForm},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, enter, show, change))]
pub(super) struct Docs;

const FOLDER: &str = "/api/v1/memoranda";

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, FOLDER, Action::ReadDirectory, list)
        .api(Method::POST, FOLDER, Action::EditDirectory, enter)
        .api(Method::GET, "/api/v1/memoranda/{id}", Action::ReadDirectory, show)
        .api(Method::PUT, "/api/v1/memoranda/{id}", Action::EditDirectory, change)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct MemorandaAsk {
    /// Only of this State, by its code.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
    /// `yes`: only those that end within sixty days, or have ended.
    #[param(value_type = Option<String>)]
    ends: Option<bool>,
}

impl Ask for MemorandaAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let word = |ends: bool| if ends { "yes" } else { "no" };
        Self { state: reader.state("state"), ends: reader.word("ends", &[true, false], word) }
    }
}

/// A memorandum.
#[derive(Debug, Serialize, ToSchema)]
struct MemorandumShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its title.
    title: String,
    /// What it is about.
    subject: String,
    /// The State, by its code.
    state: String,
    /// Who signed it.
    parties: Vec<String>,
    /// Who does what.
    roles: String,
    /// When it was signed.
    #[schema(format = Date)]
    signed: String,
    /// Its last day; none if it has no end.
    #[schema(format = Date)]
    until: Option<String>,
    /// Whether it ends within sixty days, or has ended.
    ends: bool,
    /// For the organisation that keeps it: its desk that is reminded of the end, if one is
    /// named.
    #[schema(format = Uuid)]
    desk: Option<String>,
    /// Its revision; the `ETag` of the memorandum.
    revision: i64,
}

fn shown(acting: &Acting<'_>, kept: KeptMemorandum) -> MemorandumShown {
    let own = acting.member().is_ok_and(|(tenant, _)| tenant == kept.record.tenant);
    let (id, one) = (kept.record.id.to_string(), kept.record.entry);
    MemorandumShown {
        id,
        ends: one.ends_soon(acting.now().date().into()),
        title: one.title,
        subject: one.subject,
        state: one.state.to_string(),
        parties: one.parties,
        roles: one.roles,
        signed: one.signed.to_string(),
        until: one.until.map(|day| day.to_string()),
        desk: one.desk.filter(|_| own).map(|desk| desk.to_string()),
        revision: kept.revision.0,
    }
}

/// Memoranda, those that end first before the others.
#[utoipa::path(get, path = "/api/v1/memoranda", tag = "directory", params(MemorandaAsk, PageAsk),
    responses((status = 200, description = "Memoranda", body = Listed<MemorandumShown>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(MemorandaAsk, PageAsk)>) -> Answer {
    let acting = visit.acting();
    let today = acting.now().date().into();
    let mut all = memorandum::list(&acting).await?;
    all.retain(|one| {
        let one = &one.record.entry;
        ask.state.is_none_or(|state| one.state == state)
            && ask.ends.is_none_or(|ends| one.ends_soon(today) == ends)
    });
    page_of(&visit, all, page, |one| shown(&acting, one))
}

/// A memorandum as its keeper writes it. What is left out becomes empty.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct MemorandumBody {
    /// Its title.
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    /// What it is about.
    subject: String,
    /// The State, by its code.
    state: String,
    /// Who signed it: at least two.
    parties: Vec<String>,
    /// Who does what.
    roles: String,
    /// When it was signed.
    #[schema(format = Date)]
    signed: String,
    /// Its last day; none if it has no end.
    #[schema(format = Date)]
    until: Option<String>,
    /// The desk of one's organisation that is reminded of the end; the first one if none.
    #[schema(format = Uuid)]
    desk: Option<String>,
}

/// A day in the three boxes of a form.
pub(super) fn boxes(problems: &mut Problems, field: &str, text: &str) -> [String; 3] {
    if text.is_empty() {
        return Default::default();
    }
    match day(text) {
        Ok(day) => {
            let date = day.date();
            [date.day().to_string(), u8::from(date.month()).to_string(), date.year().to_string()]
        }
        Err(message) => {
            problems.add(field, message);
            Default::default()
        }
    }
}

impl MemorandumBody {
    /// The form a person would send.
    fn form(self) -> Result<MemorandumForm, Refused> {
        let mut problems = Problems::default();
        let signed = boxes(&mut problems, "signed", &self.signed);
        let until = boxes(&mut problems, "until", self.until.as_deref().unwrap_or_default());
        if self.parties.iter().any(|party| party.contains('\n')) {
            problems.add("parties", Message::new("api-one-line"));
        }
        problems.none()?;
        Ok(MemorandumForm {
            title: self.title,
            subject: self.subject,
            state: self.state,
            parties: self.parties.join("\n"),
            roles: self.roles,
            signed,
            until,
            desk: self.desk.unwrap_or_default(),
        })
    }
}

async fn found(acting: &Acting<'_>, id: MemorandumId) -> Answer {
    let kept = memorandum::show(acting, id).await?;
    let revision = kept.revision.0;
    revised(&shown(acting, kept), revision)
}

/// Enters a memorandum of one's State; the secretariat enters any.
#[utoipa::path(post, path = "/api/v1/memoranda", tag = "directory", request_body = MemorandumBody,
    responses((status = 201, description = "The memorandum is entered", body = Made,
        headers(("Location" = String, description = "The memorandum's address")))))]
async fn enter(Sent { call, body }: Sent<MemorandumBody>) -> Answer {
    made(memorandum::enter(&call.acting(), &body.form()?).await?, Some(FOLDER))
}

/// One memorandum.
#[utoipa::path(get, path = "/api/v1/memoranda/{id}", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The memorandum's id")),
    responses((status = 200, description = "The memorandum", body = MemorandumShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    found(&visit.acting(), parse_id(&id)?).await
}

/// Changes a memorandum one's organisation keeps. With a new last day the reminder of the
/// old one is done.
#[utoipa::path(put, path = "/api/v1/memoranda/{id}", tag = "directory",
    request_body = MemorandumBody,
    params(("id" = String, Path, format = Uuid, description = "The memorandum's id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The memorandum as it is now", body = MemorandumShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn change(Named(id): Named, Sent { call, body }: Sent<MemorandumBody>) -> Answer {
    let id: MemorandumId = parse_id(&id)?;
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let acting = call.acting();
    memorandum::show(&acting, id).await?;
    memorandum::change(&acting, id, &body.form()?, seen).await.map_err(Called::stale)?;
    found(&acting, id).await
}
