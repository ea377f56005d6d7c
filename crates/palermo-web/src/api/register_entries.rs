//! What organisations enter in the registers by hand: national law, obstacles,
//! uses of model texts, statements beside a fact. Entered, corrected with
//! `If-Match`, taken back with a reason: the acts of the pages, by the same rights.

use super::{
    Answer, Stop,
    answer::{Listed, Made, made, one, page_of, revised},
    asked::{Asked, Named, PageAsk},
    recorded_facts::{TakeBackBody, TakenBack, provenance},
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Acting, Refused,
    access::Action,
    desk::parse_revision,
    domain::register::{
        day::Day,
        fact::Said,
        instrument::InstrumentId,
        law::{LawEntry, Provided},
        model_text::{Adoption, AdoptionOf, Use},
        provenance::PartialDate,
        ratification::{Obstacle, RatificationReport, Stage},
        state::StateCode,
        statement::{About, RegisterStatement},
        topic::Topic,
    },
    register::{self, Entry, EntryKind, OwnEntry, ask::Lookup},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(
    own_laws,
    add_law,
    put_law,
    back_law,
    obstacles,
    own_obstacles,
    add_obstacle,
    put_obstacle,
    back_obstacle,
    own_uses,
    add_use,
    put_use,
    back_use,
    own_statements,
    add_statement,
    put_statement,
    back_statement
))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::POST, "/api/v1/laws", Action::EditLaw, add_law)
        .api(Method::GET, "/api/v1/laws/own", Action::EditLaw, own_laws)
        .api(Method::PUT, "/api/v1/laws/{id}", Action::EditLaw, put_law)
        .api(Method::POST, "/api/v1/laws/{id}/take-back", Action::EditLaw, back_law)
        .api(Method::GET, "/api/v1/obstacles", Action::PublicRead, obstacles)
        .api(Method::POST, "/api/v1/obstacles", Action::FileObstacle, add_obstacle)
        .api(Method::GET, "/api/v1/obstacles/own", Action::FileObstacle, own_obstacles)
        .api(Method::PUT, "/api/v1/obstacles/{id}", Action::FileObstacle, put_obstacle)
        .api(Method::POST, "/api/v1/obstacles/{id}/take-back", Action::FileObstacle, back_obstacle)
        .and(by_editors())
}

fn by_editors() -> Routes {
    let edit = Action::EditRegister;
    Routes::new()
        .api(Method::POST, "/api/v1/model-text-uses", edit, add_use)
        .api(Method::GET, "/api/v1/model-text-uses/own", edit, own_uses)
        .api(Method::PUT, "/api/v1/model-text-uses/{id}", edit, put_use)
        .api(Method::POST, "/api/v1/model-text-uses/{id}/take-back", edit, back_use)
        .api(Method::POST, "/api/v1/statements", edit, add_statement)
        .api(Method::GET, "/api/v1/statements/own", edit, own_statements)
        .api(Method::PUT, "/api/v1/statements/{id}", edit, put_statement)
        .api(Method::POST, "/api/v1/statements/{id}/take-back", edit, back_statement)
}

/// An entry of one's own organisation.
#[derive(Debug, Serialize, ToSchema)]
struct OwnEntryShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Its revision, to be named in `If-Match`.
    revision: i64,
    /// What it says.
    #[schema(value_type = Object)]
    entry: Json,
}

fn shown(own: OwnEntry) -> OwnEntryShown {
    let entry = match &own.entry {
        Entry::Law(entry) => serde_json::to_value(entry),
        Entry::Obstacle(entry) => serde_json::to_value(entry),
        Entry::Use(entry) => serde_json::to_value(entry),
        Entry::Statement(entry) => serde_json::to_value(entry),
    };
    OwnEntryShown {
        id: own.id.to_string(),
        revision: own.revision.0,
        entry: entry.unwrap_or_default(),
    }
}

async fn list(visit: &Visit, kind: EntryKind, page: PageAsk) -> Answer {
    let all = register::own_entries(&visit.acting(), kind).await?;
    page_of(visit, all, page, shown)
}

async fn found(acting: &Acting<'_>, kind: EntryKind, id: &str) -> Result<OwnEntry, Refused> {
    let all = register::own_entries(acting, kind).await?;
    all.into_iter().find(|own| own.id.to_string() == id).ok_or(Refused::NotFound)
}

/// Corrects an entry; the answer is the entry as it now stands.
async fn put(call: &Called, id: &str, entry: &Entry) -> Answer {
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let acting = call.acting();
    let own = found(&acting, entry.kind(), id).await?;
    register::correct_entry(&acting, own.id, entry, seen).await.map_err(Called::stale)?;
    let now = shown(found(&acting, entry.kind(), id).await?);
    revised(&now, now.revision)
}

async fn take_back(call: &Called, kind: EntryKind, id: &str, why: &str) -> Answer {
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let id = id.parse().map_err(|_| Stop::from(Refused::NotFound))?;
    let acting = call.acting();
    register::take_back_entry(&acting, kind, id, why, seen).await.map_err(Called::stale)?;
    one(&TakenBack { taken_back: true })
}

/// What the law of one's State says on a topic.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LawBody {
    /// The State's code.
    #[schema(value_type = String)]
    state: StateCode,
    /// The topic, one of the register of national law.
    #[schema(value_type = String, example = "non_punishment")]
    topic: Topic,
    /// How far it is provided for: `yes`, `partly`, `bill`, `no` or `unknown`.
    #[schema(value_type = String)]
    provided: Provided,
    /// The law; needed where it provides for it.
    law: Option<String>,
    /// The article or section; needed where it provides for it.
    article: Option<String>,
    /// What it says, or what is missing.
    words: Option<String>,
    /// Days of recovery and reflection it grants at least.
    #[schema(minimum = 1, maximum = 1000)]
    days: Option<u32>,
    /// Document and place.
    source: String,
    /// The date up to which the source speaks.
    as_of: String,
    /// A remark.
    note: Option<String>,
}

impl LawBody {
    fn entry(self) -> Result<LawEntry, Refused> {
        let provenance = provenance(&self.source, &self.as_of, self.note.as_deref())?;
        if self.days.is_some_and(|days| !(1..=1_000).contains(&days)) {
            let message = palermo_app::Message::new("care-error-number");
            return Err(Refused::field("days", message));
        }
        let Self { state, topic, provided, law, article, words, days, .. } = self;
        Ok(LawEntry { state, topic, provided, law, article, words, days, provenance })
    }
}

/// Entries on law of one's own organisation.
#[utoipa::path(get, path = "/api/v1/laws/own", tag = "registers", params(PageAsk),
    responses((status = 200, description = "Entries", body = Listed<OwnEntryShown>)))]
async fn own_laws(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    list(&visit, EntryKind::Law, page).await
}

/// Enters what the law of one's State says.
#[utoipa::path(post, path = "/api/v1/laws", tag = "registers", request_body = LawBody,
    responses((status = 201, description = "It was entered", body = Made)))]
async fn add_law(Sent { call, body }: Sent<LawBody>) -> Answer {
    made(register::enter_law(&call.acting(), &body.entry()?).await?, None)
}

/// Corrects an entry on law of one's own organisation; what it said before is kept.
#[utoipa::path(put, path = "/api/v1/laws/{id}", tag = "registers", request_body = LawBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The entry", body = OwnEntryShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn put_law(Named(id): Named, Sent { call, body }: Sent<LawBody>) -> Answer {
    put(&call, &id, &Entry::Law(body.entry()?)).await
}

/// Takes an entry on law back, with the reason.
#[utoipa::path(post, path = "/api/v1/laws/{id}/take-back", tag = "registers",
    request_body = TakeBackBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "It was taken back", body = TakenBack)))]
async fn back_law(Named(id): Named, Sent { call, body }: Sent<TakeBackBody>) -> Answer {
    take_back(&call, EntryKind::Law, &id, &body.why).await
}

/// How far one's State has come towards an instrument, and what holds it back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ObstacleBody {
    /// The State's code.
    #[schema(value_type = String)]
    state: StateCode,
    /// The instrument's id.
    #[schema(value_type = String)]
    instrument: InstrumentId,
    /// How far it has come.
    #[schema(value_type = Option<String>)]
    stage: Option<Stage>,
    /// What holds it back, by kind.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    obstacles: Vec<Obstacle>,
    /// The same in the State's words; needed for `other`.
    words: Option<String>,
    /// What help it asks for.
    help_wanted: Option<String>,
    /// Where it was reported.
    #[schema(min_length = 1, max_length = 500)]
    source: String,
}

impl ObstacleBody {
    fn entry(self, reported: Day) -> Result<RatificationReport, Refused> {
        let mut problems = palermo_app::Problems::default();
        let source = problems.required("source", &self.source, 500);
        problems.none()?;
        let Self { state, instrument, stage, obstacles, words, help_wanted, .. } = self;
        Ok(RatificationReport {
            state,
            instrument,
            stage,
            obstacles,
            words,
            help_wanted,
            reported,
            source,
        })
    }
}

/// What a State reported on its way to becoming a party.
#[derive(Debug, Serialize, ToSchema)]
struct ObstacleShown {
    /// The State's code.
    state: String,
    /// The instrument's id.
    instrument: String,
    /// How far it has come, if it says.
    stage: Option<&'static str>,
    /// What holds it back, by kind.
    obstacles: Vec<String>,
    /// The same in the State's words.
    words: Option<String>,
    /// What help it asks for.
    help_wanted: Option<String>,
    /// The day it was reported.
    #[schema(format = Date)]
    reported: String,
    /// Where it was reported.
    source: String,
}

/// What States reported on their way to becoming a party, newest last.
#[utoipa::path(get, path = "/api/v1/obstacles", tag = "registers", params(PageAsk),
    responses((status = 200, description = "Reports", body = Listed<ObstacleShown>)))]
async fn obstacles(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = Lookup::of(visit.web.app()).obstacles(None).await?;
    page_of(&visit, all, page, |report| ObstacleShown {
        state: report.state.to_string(),
        instrument: report.instrument.to_string(),
        stage: report.stage.map(Stage::code),
        obstacles: report.obstacles.iter().map(ToString::to_string).collect(),
        words: report.words,
        help_wanted: report.help_wanted,
        reported: report.reported.to_string(),
        source: report.source,
    })
}

/// Reports of obstacles of one's own organisation.
#[utoipa::path(get, path = "/api/v1/obstacles/own", tag = "registers", params(PageAsk),
    responses((status = 200, description = "Reports", body = Listed<OwnEntryShown>)))]
async fn own_obstacles(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    list(&visit, EntryKind::Obstacle, page).await
}

/// Files what holds one's State back from an instrument; reported today.
#[utoipa::path(post, path = "/api/v1/obstacles", tag = "registers", request_body = ObstacleBody,
    responses((status = 201, description = "It was filed", body = Made)))]
async fn add_obstacle(Sent { call, body }: Sent<ObstacleBody>) -> Answer {
    let acting = call.acting();
    let report = body.entry(acting.now().date().into())?;
    made(register::file_obstacle(&acting, &report).await?, None)
}

/// Corrects a report of one's own organisation; it keeps the day it was reported.
#[utoipa::path(put, path = "/api/v1/obstacles/{id}", tag = "registers",
    request_body = ObstacleBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The report", body = OwnEntryShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn put_obstacle(Named(id): Named, Sent { call, body }: Sent<ObstacleBody>) -> Answer {
    let before = found(&call.acting(), EntryKind::Obstacle, &id).await?;
    let Entry::Obstacle(before) = before.entry else { return Err(Refused::NotFound.into()) };
    put(&call, &id, &Entry::Obstacle(body.entry(before.reported)?)).await
}

/// Takes a report of an obstacle back, with the reason.
#[utoipa::path(post, path = "/api/v1/obstacles/{id}/take-back", tag = "registers",
    request_body = TakeBackBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "It was taken back", body = TakenBack)))]
async fn back_obstacle(Named(id): Named, Sent { call, body }: Sent<TakeBackBody>) -> Answer {
    take_back(&call, EntryKind::Obstacle, &id, &body.why).await
}

/// A State's use of a model text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UseBody {
    /// The model text's short name.
    #[schema(example = "bali-model-law")]
    model: String,
    /// The State's code.
    #[schema(value_type = String)]
    state: StateCode,
    /// What it did with it: `adopted`, `adapted` or `used`.
    #[serde(rename = "use")]
    #[schema(value_type = String)]
    used: Use,
    /// When: `2010`, `2010-12` or `2010-12-31`.
    #[schema(value_type = String)]
    date: PartialDate,
    /// What came of it.
    result: Option<String>,
    /// Document and place.
    source: String,
    /// The date up to which the source speaks.
    as_of: String,
    /// A remark.
    note: Option<String>,
}

impl UseBody {
    fn entry(self) -> Result<AdoptionOf, Refused> {
        let provenance = provenance(&self.source, &self.as_of, self.note.as_deref())?;
        let Self { model, state, used, date, result, .. } = self;
        Ok(AdoptionOf { model, adoption: Adoption { state, used, date, result, provenance } })
    }
}

/// Uses of model texts one's own organisation entered.
#[utoipa::path(get, path = "/api/v1/model-text-uses/own", tag = "registers", params(PageAsk),
    responses((status = 200, description = "Uses", body = Listed<OwnEntryShown>)))]
async fn own_uses(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    list(&visit, EntryKind::Use, page).await
}

/// Enters who adopted, adapted or used a model text.
#[utoipa::path(post, path = "/api/v1/model-text-uses", tag = "registers", request_body = UseBody,
    responses((status = 201, description = "It was entered", body = Made)))]
async fn add_use(Sent { call, body }: Sent<UseBody>) -> Answer {
    made(register::enter_adoption(&call.acting(), &body.entry()?).await?, None)
}

/// Corrects a use one's own organisation entered; what it said before is kept.
#[utoipa::path(put, path = "/api/v1/model-text-uses/{id}", tag = "registers",
    request_body = UseBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The use", body = OwnEntryShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn put_use(Named(id): Named, Sent { call, body }: Sent<UseBody>) -> Answer {
    put(&call, &id, &Entry::Use(body.entry()?)).await
}

/// Takes a use back, with the reason.
#[utoipa::path(post, path = "/api/v1/model-text-uses/{id}/take-back", tag = "registers",
    request_body = TakeBackBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "It was taken back", body = TakenBack)))]
async fn back_use(Named(id): Named, Sent { call, body }: Sent<TakeBackBody>) -> Answer {
    take_back(&call, EntryKind::Use, &id, &body.why).await
}

/// What a source says of one fact of a record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StatementBody {
    /// `mechanism`, `instrument`, `agreement`, `model_text` or `state`.
    #[schema(value_type = String)]
    about: About,
    /// The record's id.
    id: String,
    /// Which fact of it, such as `adopted`.
    field: String,
    /// What the source says.
    #[schema(min_length = 1, max_length = 1000)]
    value: String,
    /// Whether the register follows it where others differ.
    #[serde(default)]
    preferred: bool,
    /// Document and place.
    source: String,
    /// The date up to which the source speaks.
    as_of: String,
    /// A remark.
    note: Option<String>,
}

impl StatementBody {
    fn entry(self) -> Result<RegisterStatement, Refused> {
        let mut problems = palermo_app::Problems::default();
        let value = problems.required("value", &self.value, 1_000);
        problems.none()?;
        let provenance = provenance(&self.source, &self.as_of, self.note.as_deref())?;
        let Self { about, id, field, preferred, .. } = self;
        Ok(RegisterStatement { about, id, field, said: Said { value, preferred, provenance } })
    }
}

/// Statements one's own organisation added.
#[utoipa::path(get, path = "/api/v1/statements/own", tag = "registers", params(PageAsk),
    responses((status = 200, description = "Statements", body = Listed<OwnEntryShown>)))]
async fn own_statements(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    list(&visit, EntryKind::Statement, page).await
}

/// Adds a statement beside what the register says.
#[utoipa::path(post, path = "/api/v1/statements", tag = "registers",
    request_body = StatementBody,
    responses((status = 201, description = "It was added", body = Made)))]
async fn add_statement(Sent { call, body }: Sent<StatementBody>) -> Answer {
    made(register::enter_statement(&call.acting(), &body.entry()?).await?, None)
}

/// Corrects a statement of one's own organisation; what it said before is kept.
#[utoipa::path(put, path = "/api/v1/statements/{id}", tag = "registers",
    request_body = StatementBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The statement", body = OwnEntryShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn put_statement(Named(id): Named, Sent { call, body }: Sent<StatementBody>) -> Answer {
    put(&call, &id, &Entry::Statement(body.entry()?)).await
}

/// Takes a statement back, with the reason.
#[utoipa::path(post, path = "/api/v1/statements/{id}/take-back", tag = "registers",
    request_body = TakeBackBody,
    params(("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "It was taken back", body = TakenBack)))]
async fn back_statement(Named(id): Named, Sent { call, body }: Sent<TakeBackBody>) -> Answer {
    take_back(&call, EntryKind::Statement, &id, &body.why).await
}
