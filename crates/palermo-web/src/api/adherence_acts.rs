//! Acts of States towards an instrument, one by one: read with the source of
//! each, typed, taken back with a reason. By the rule of the pages and of files.

use super::{
    Answer,
    answer::{Listed, one, page_of},
    asked::{Asked, Named, PageAsk},
    recorded_facts::{TakenBack, provenance},
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Refused,
    access::Action,
    domain::register::{adherence::Act, day::Day, instrument::InstrumentId, state::StateCode},
    register::{self, TypedAct, ask::Lookup},
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, enter, take_back))]
pub(super) struct Docs;

const FOLDER: &str = "/api/v1/instruments/{id}/acts";

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, FOLDER, Action::PublicRead, list)
        .api(Method::POST, FOLDER, Action::EditRegister, enter)
        .api(
            Method::POST,
            "/api/v1/instruments/{id}/acts/take-back",
            Action::EditRegister,
            take_back,
        )
}

/// An act with its source.
#[derive(Debug, Serialize, ToSchema)]
struct ActShown {
    /// Who acted, by code.
    party: String,
    /// What was done, such as `ratification`.
    act: &'static str,
    /// The day of signature or deposit.
    #[schema(format = Date)]
    date: String,
    /// For a withdrawal the day it takes effect, for a reservation the day it was taken back.
    #[schema(format = Date)]
    until: Option<String>,
    /// What a reservation or declaration concerns.
    detail: Option<String>,
    /// Where it was read.
    source: String,
    /// The date up to which that source speaks.
    as_of: String,
}

fn id_of(visit: &Visit, id: &str) -> Result<InstrumentId, Refused> {
    let found = visit.web.app().registers.instruments.get(id);
    found.map(|one| one.id.clone()).ok_or(Refused::NotFound)
}

/// Every act towards an instrument, by party and day, each with its source.
#[utoipa::path(get, path = "/api/v1/instruments/{id}/acts", tag = "registers",
    params(("id" = String, Path, description = "The instrument's id", example = "tip-protocol"),
        PageAsk),
    responses((status = 200, description = "Acts", body = Listed<ActShown>)))]
async fn list(visit: Visit, Named(id): Named, Asked(page): Asked<PageAsk>) -> Answer {
    let instrument = id_of(&visit, &id)?;
    let all = Lookup::of(visit.web.app()).adherence(&instrument).await?;
    let mut acts = Vec::new();
    for one in &all {
        for act in &one.acts {
            let (source, as_of) = one.source_of(act);
            acts.push(ActShown {
                party: one.party.to_string(),
                act: act.act.code(),
                date: act.date.to_string(),
                until: act.until.map(|until| until.to_string()),
                detail: act.detail.clone(),
                source: source.to_owned(),
                as_of: as_of.to_string(),
            });
        }
    }
    page_of(&visit, acts, page, |act| act)
}

/// An act with its source.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ActBody {
    /// Who acted, by code.
    #[schema(value_type = String)]
    party: StateCode,
    /// What was done, such as `ratification`.
    #[schema(value_type = String)]
    act: Act,
    /// The day of signature or deposit.
    #[schema(value_type = String, format = Date)]
    date: Day,
    /// For a withdrawal the day it takes effect, for a reservation the day it was taken back.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    /// What a reservation or declaration concerns.
    detail: Option<String>,
    /// Document and place.
    source: String,
    /// The date up to which the source speaks.
    as_of: String,
}

/// What was recorded.
#[derive(Debug, Serialize, ToSchema)]
struct Entered {
    /// Always `true`.
    entered: bool,
}

/// Records an act. One of the same kind gives way to it; reservations and declarations
/// are added.
#[utoipa::path(post, path = "/api/v1/instruments/{id}/acts", tag = "registers",
    request_body = ActBody,
    params(("id" = String, Path, description = "The instrument's id", example = "tip-protocol")),
    responses((status = 200, description = "It was recorded", body = Entered)))]
async fn enter(Named(id): Named, Sent { call, body }: Sent<ActBody>) -> Answer {
    let instrument = id_of(&call.visit, &id)?;
    let provenance = provenance(&body.source, &body.as_of, None)?;
    let ActBody { party, act, date, until, detail, .. } = body;
    let detail = detail.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let typed = TypedAct { instrument, party, act, date, until, detail, provenance };
    register::enter_act(&call.acting(), &typed, None).await?;
    one(&Entered { entered: true })
}

/// Which act is taken back, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BackBody {
    /// Who acted, by code.
    #[schema(value_type = String)]
    party: StateCode,
    /// What was done.
    #[schema(value_type = String)]
    act: Act,
    /// Its day.
    #[schema(value_type = String, format = Date)]
    date: Day,
    /// What it concerns, as the register tells it.
    detail: Option<String>,
    /// The reason; it is kept beside what was said.
    #[schema(min_length = 1, max_length = 500)]
    why: String,
}

/// Takes an act back; what it said is kept with the reason.
#[utoipa::path(post, path = "/api/v1/instruments/{id}/acts/take-back", tag = "registers",
    request_body = BackBody,
    params(("id" = String, Path, description = "The instrument's id", example = "tip-protocol")),
    responses((status = 200, description = "It was taken back", body = TakenBack)))]
async fn take_back(Named(id): Named, Sent { call, body }: Sent<BackBody>) -> Answer {
    let instrument = id_of(&call.visit, &id)?;
    let act = (body.act, body.date, body.detail.as_deref());
    let of = (&instrument, body.party);
    register::take_back_act(&call.acting(), of, act, &body.why).await?;
    one(&TakenBack { taken_back: true })
}
