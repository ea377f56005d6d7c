//! Facts editors record beside what ships: memberships, activities, relations
//! between instruments, answers on scope.

use super::{
    Answer,
    answer::{Listed, Made, made, one, page_of},
    asked::{Ask, Asked, Named, PageAsk, Reader},
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    desk::{parse_id, parse_revision},
    domain::register::{
        provenance::{Confidence, PartialDate, Provenance},
        recorded::{FactKind, Recorded, RecordedFact},
    },
    register::{self, OwnFact, ask::Lookup},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, own, record, withdraw))]
pub(super) struct Docs;

const FOLDER: &str = "/api/v1/recorded-facts";

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, FOLDER, Action::PublicRead, list)
        .api(Method::POST, FOLDER, Action::EditRegister, record)
        .api(Method::GET, "/api/v1/recorded-facts/own", Action::EditRegister, own)
        .api(Method::POST, "/api/v1/recorded-facts/{id}/withdraw", Action::EditRegister, withdraw)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct FactsAsk {
    /// Only this kind: `membership`, `activity`, `relation` or `scope`.
    #[param(value_type = Option<String>)]
    kind: Option<FactKind>,
    /// Only those about this mechanism or instrument, by its id.
    #[param(example = "ECOWAS")]
    about: Option<String>,
}

impl Ask for FactsAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let kind = reader.word("kind", FactKind::ALL, FactKind::code);
        Self { kind, about: reader.text("about") }
    }
}

/// A fact that stands, with its source.
#[derive(Debug, Serialize, ToSchema)]
struct FactShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// The fact: its `kind` and what it says.
    #[schema(value_type = Object)]
    fact: Json,
    /// Whether the register follows it where others differ.
    preferred: bool,
    /// Document and place.
    source: String,
    /// The date up to which the source speaks.
    as_of: String,
    /// A remark.
    note: Option<String>,
}

fn shown(id: impl ToString, recorded: RecordedFact) -> FactShown {
    let RecordedFact { fact, preferred, provenance } = recorded;
    FactShown {
        id: id.to_string(),
        fact: serde_json::to_value(&fact).unwrap_or_default(),
        preferred,
        source: provenance.source,
        as_of: provenance.as_of.to_string(),
        note: provenance.note,
    }
}

/// Facts recorded beside what ships, in the order they were recorded. The answers about
/// mechanisms, States and instruments have them in already.
#[utoipa::path(get, path = "/api/v1/recorded-facts", tag = "registers",
    params(FactsAsk, PageAsk),
    responses((status = 200, description = "Facts that stand", body = Listed<FactShown>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(FactsAsk, PageAsk)>) -> Answer {
    let mut all = Lookup::of(visit.web.app()).recorded().await?;
    all.retain(|one| {
        let fact = &one.recorded.fact;
        ask.kind.is_none_or(|kind| fact.kind() == kind)
            && ask.about.as_ref().is_none_or(|about| fact.subject() == about)
    });
    page_of(&visit, all, page, |one| shown(one.id, one.recorded))
}

/// A fact of one's own organisation, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
struct OwnFactShown {
    /// The fact.
    #[serde(flatten)]
    fact: FactShown,
    /// Its revision, to be named in `If-Match`.
    revision: i64,
    /// Why it was taken back; nothing while it stands.
    withdrawn: Option<String>,
}

fn own_shown(one: OwnFact) -> OwnFactShown {
    OwnFactShown {
        fact: shown(one.id, one.recorded),
        revision: one.revision.0,
        withdrawn: one.withdrawn.map(|(_, why)| why),
    }
}

/// What one's own organisation recorded, newest first; what was taken back too.
#[utoipa::path(get, path = "/api/v1/recorded-facts/own", tag = "registers", params(PageAsk),
    responses((status = 200, description = "Facts with what became of them",
        body = Listed<OwnFactShown>)))]
async fn own(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = register::own_facts(&visit.acting()).await?;
    page_of(&visit, all, page, own_shown)
}

/// A fact with its source.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FactBody {
    /// The fact. `kind` is `membership` (mechanism, state, status, from, to), `activity`
    /// (mechanism, activity or title, states, from, to), `relation` (instrument,
    /// relation, to) or `scope` (instrument, item, answer, why).
    #[schema(value_type = Object)]
    fact: Recorded,
    /// Whether the register follows it where others differ.
    #[serde(default)]
    preferred: bool,
    /// Document and place.
    #[schema(min_length = 1, max_length = 500)]
    source: String,
    /// The date up to which the source speaks: `2010`, `2010-12` or `2010-12-31`.
    as_of: String,
    /// A remark.
    note: Option<String>,
}

/// Where something was read, from what a program sent.
pub(super) fn provenance(
    source: &str,
    as_of: &str,
    note: Option<&str>,
) -> Result<Provenance, Refused> {
    let mut problems = Problems::default();
    let source = problems.required("source", source, 500);
    let as_of = PartialDate::parse(as_of.trim());
    if as_of.is_none() {
        problems.add("as_of", Message::new("error-partial-date"));
    }
    let note = note.map(|note| problems.bounded("note", note, 500)).filter(|n| !n.is_empty());
    problems.none()?;
    let as_of = as_of.ok_or(Refused::NotFound)?;
    Ok(Provenance { source, as_of, confidence: Confidence::Stated, note, disputed: None })
}

/// Records a fact beside what ships. Nothing is overwritten.
#[utoipa::path(post, path = "/api/v1/recorded-facts", tag = "registers", request_body = FactBody,
    responses((status = 201, description = "It was recorded", body = Made)))]
async fn record(Sent { call, body }: Sent<FactBody>) -> Answer {
    let provenance = provenance(&body.source, &body.as_of, body.note.as_deref())?;
    let fact = RecordedFact { fact: body.fact, preferred: body.preferred, provenance };
    made(register::record_fact(&call.acting(), &fact).await?, None)
}

/// Why something is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TakeBackBody {
    /// The reason; it is kept beside what was said.
    #[schema(min_length = 1, max_length = 500)]
    pub why: String,
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TakenBack {
    /// Always `true`.
    pub taken_back: bool,
}

/// Takes back a fact one's own organisation recorded; its history keeps it.
#[utoipa::path(post, path = "/api/v1/recorded-facts/{id}/withdraw", tag = "registers",
    request_body = TakeBackBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "It was taken back", body = TakenBack)))]
async fn withdraw(Named(id): Named, Sent { call, body }: Sent<TakeBackBody>) -> Answer {
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let id = parse_id(&id)?;
    register::withdraw_fact(&call.acting(), id, &body.why, seen).await.map_err(Called::stale)?;
    one(&TakenBack { taken_back: true })
}
