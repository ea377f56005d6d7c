//! Rounds of reviews: set up and changed, evaluations begun and led from step to step,
//! texts of each pillar. The same acts as the pages.

use super::{
    Answer,
    answer::{Made, made, revised},
    asked::{Asked, Named},
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    extract::Path,
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Message, Refused,
    access::{Action, Resource},
    domain::{
        register::state::StateCode,
        review::{Pillar, Reviewer, Stage},
    },
    review::{self, DaysForm, ReviewersForm, RoundChange, RoundForm, TextForm},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(
    show, set_up, change, begin, evaluation, go_on, days, reviewers, visit_plan, own_text,
    write_text
))]
pub(super) struct Docs;

const ONE: &str = "/api/v1/rounds/{round}";
const STATE: &str = "/api/v1/rounds/{round}/evaluations/{state}";
const TEXT: &str = "/api/v1/rounds/{round}/evaluations/{state}/texts/{pillar}";

pub(super) fn routes() -> Routes {
    let run = Action::RunReview;
    Routes::new()
        .api(Method::GET, ONE, Action::PublicRead, show)
        .api(Method::POST, "/api/v1/rounds", run, set_up)
        .api(Method::PUT, ONE, run, change)
        .api(Method::POST, "/api/v1/rounds/{round}/evaluations", run, begin)
        .api(Method::GET, STATE, Action::PublicRead, evaluation)
        .api(Method::POST, "/api/v1/rounds/{round}/evaluations/{state}/move", run, go_on)
        .api(Method::PUT, "/api/v1/rounds/{round}/evaluations/{state}/days", run, days)
        .api(Method::PUT, "/api/v1/rounds/{round}/evaluations/{state}/reviewers", run, reviewers)
        .api(Method::PUT, "/api/v1/rounds/{round}/evaluations/{state}/visit", run, visit_plan)
        // Whose text it is says the path, and the act who may write it.
        .api(Method::GET, TEXT, Action::CommentText, own_text)
        .api(Method::PUT, TEXT, Action::CommentText, write_text)
}

fn state_of(code: &str) -> Result<StateCode, Refused> {
    code.parse().map_err(|_| Refused::NotFound)
}

fn done() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A round with how often it was written; 0 for one that ships.
#[utoipa::path(get, path = "/api/v1/rounds/{round}", tag = "reviews",
    params(("round" = String, Path, description = "Id of the round")),
    responses((status = 200, description = "The round with its evaluations", body = Object,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(round): Named, Asked(()): Asked<()>) -> Answer {
    let app = visit.web.app();
    let found = review::round(app, &round).await.map_err(Refused::from)?;
    let evaluations = review::evaluations(app, &round).await?;
    let revision = review::round_revision(app, &round).await?;
    revised(&json!({ "round": found, "evaluations": evaluations }), revision)
}

/// A round to set up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRound {
    /// Short name, such as `lodestar-r3`.
    id: String,
    /// Id of the mechanism.
    mechanism: String,
    /// Title.
    title: String,
    /// Id of the instrument whose parties are evaluated.
    instrument: String,
    /// Provisions in focus.
    #[serde(default)]
    provisions: Vec<String>,
    /// Id of the questionnaire.
    questionnaire: String,
    /// First year.
    from: i32,
    /// Last year.
    to: i32,
    /// `by-adherence`, `by-name` or `as-listed`.
    order: String,
    /// Where it is described.
    #[serde(default)]
    source: String,
}

/// Sets up a round.
#[utoipa::path(post, path = "/api/v1/rounds", tag = "reviews", request_body = NewRound,
    responses((status = 201, description = "It was set up", body = Made)))]
async fn set_up(Sent { call, body }: Sent<NewRound>) -> Answer {
    let id = body.id.trim().to_owned();
    let form = RoundForm {
        id: body.id,
        mechanism: body.mechanism,
        title: body.title,
        instrument: body.instrument,
        provisions: body.provisions.join(", "),
        questionnaire: body.questionnaire,
        from: body.from.to_string(),
        to: body.to.to_string(),
        order: body.order,
        source: body.source,
    };
    review::set_up(&call.acting(), &form).await?;
    made(id, Some("/api/v1/rounds"))
}

/// What is changed of a round.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoundBody {
    /// Title.
    title: String,
    /// Provisions in focus.
    provisions: Vec<String>,
    /// First year.
    from: i32,
    /// Last year.
    to: i32,
    /// `by-adherence`, `by-name` or `as-listed`; stays once evaluations have begun.
    order: String,
    /// Where it is described.
    source: String,
    /// Why; everyone can read it beside what stood before.
    reason: String,
}

/// Changes a round; the States it concerns are told.
#[utoipa::path(put, path = "/api/v1/rounds/{round}", tag = "reviews", request_body = RoundBody,
    params(("round" = String, Path, description = "Id of the round"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 204, description = "It was changed")))]
async fn change(Named(round): Named, Sent { call, body }: Sent<RoundBody>) -> Answer {
    let change = RoundChange {
        form: RoundForm {
            title: body.title,
            provisions: body.provisions.join(", "),
            from: body.from.to_string(),
            to: body.to.to_string(),
            order: body.order,
            source: body.source,
            ..RoundForm::default()
        },
        reason: body.reason,
        revision: call.seen()?,
    };
    review::change_round(&call.acting(), &round, &change).await.map_err(Called::stale)?;
    done()
}

/// The State whose evaluation begins.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Begun {
    /// Code of a party of the round.
    state: String,
}

/// Begins the evaluation of a State.
#[utoipa::path(post, path = "/api/v1/rounds/{round}/evaluations", tag = "reviews",
    request_body = Begun,
    params(("round" = String, Path, description = "Id of the round")),
    responses((status = 201, description = "It began", body = Made)))]
async fn begin(Named(round): Named, Sent { call, body }: Sent<Begun>) -> Answer {
    let state = state_of(&body.state)?;
    made(review::begin(&call.acting(), &round, state).await?, None)
}

/// An evaluation with its steps, what was moved, and the texts one may see.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/evaluations/{state}", tag = "reviews",
    params(("round" = String, Path, description = "Id of the round"),
        ("state" = String, Path, description = "Code of the State")),
    responses((status = 200, description = "The evaluation", body = Object,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn evaluation(
    visit: Visit,
    Path((round, state)): Path<(String, String)>,
    Asked(()): Asked<()>,
) -> Answer {
    let state = state_of(&state)?;
    let found = review::evaluation(visit.web.app(), &round, state).await?;
    let texts = review::texts_of(&visit.acting(), &round, state).await?;
    let mut texts: Vec<_> = texts.into_iter().map(|one| one.entry).collect();
    // A report is published together with the State's comments.
    for text in review::publish(visit.web.app(), &round, state).await.map_or(Vec::new(), |p| p.0) {
        if texts.iter().all(|one| (one.pillar, &one.text) != (text.pillar, &text.text)) {
            texts.push(text);
        }
    }
    let revision = found.revision;
    revised(&json!({ "evaluation": found, "texts": texts }), revision)
}

/// The step to go on to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GoOn {
    /// One of the steps named under `next`.
    to: String,
}

/// Goes on to a step. A step that is the State's is left by its own act.
#[utoipa::path(post, path = "/api/v1/rounds/{round}/evaluations/{state}/move", tag = "reviews",
    request_body = GoOn,
    params(("round" = String, Path, description = "Id of the round"),
        ("state" = String, Path, description = "Code of the State")),
    responses((status = 204, description = "It went on")))]
async fn go_on(
    Path((round, state)): Path<(String, String)>,
    Sent { call, body }: Sent<GoOn>,
) -> Answer {
    let to =
        body.to.parse::<Stage>().map_err(|_| Refused::field("to", Message::new("error-choose")))?;
    review::move_on(&call.acting(), &round, state_of(&state)?, to).await?;
    done()
}

/// Days of a step.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DaysBody {
    /// Which step, from 0.
    step: usize,
    /// The day it was reached.
    #[schema(format = Date)]
    on: String,
    /// Until when the present step is to be left; left out, it stays.
    #[serde(default)]
    #[schema(format = Date)]
    due: String,
    /// Why; everyone can read it beside what stood before.
    reason: String,
}

/// Moves the day a step was reached or until when it is to be left; the State is told.
#[utoipa::path(put, path = "/api/v1/rounds/{round}/evaluations/{state}/days", tag = "reviews",
    request_body = DaysBody,
    params(("round" = String, Path, description = "Id of the round"),
        ("state" = String, Path, description = "Code of the State"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 204, description = "It was moved")))]
async fn days(
    Path((round, state)): Path<(String, String)>,
    Sent { call, body }: Sent<DaysBody>,
) -> Answer {
    let form = DaysForm {
        step: body.step.to_string(),
        on: body.on,
        due: body.due,
        reason: body.reason,
        revision: call.seen()?,
    };
    let moved = review::move_days(&call.acting(), &round, state_of(&state)?, &form).await;
    moved.map_err(Called::stale)?;
    done()
}

/// Who carries an evaluation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReviewersBody {
    /// Each with `name` and perhaps `state`.
    #[schema(value_type = Vec<Object>)]
    reviewers: Vec<Reviewer>,
    /// Why; everyone can read it beside what stood before.
    reason: String,
}

/// Names who carries an evaluation: nobody of the State itself.
#[utoipa::path(put, path = "/api/v1/rounds/{round}/evaluations/{state}/reviewers",
    tag = "reviews", request_body = ReviewersBody,
    params(("round" = String, Path, description = "Id of the round"),
        ("state" = String, Path, description = "Code of the State"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 204, description = "They were named")))]
async fn reviewers(
    Path((round, state)): Path<(String, String)>,
    Sent { call, body }: Sent<ReviewersBody>,
) -> Answer {
    let form = ReviewersForm {
        reviewers: review::typed_reviewers(&body.reviewers),
        reason: body.reason,
        revision: call.seen()?,
    };
    let named = review::name_reviewers(&call.acting(), &round, state_of(&state)?, &form).await;
    named.map_err(Called::stale)?;
    done()
}

/// A visit to a State.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VisitBody {
    /// First day.
    #[schema(format = Date)]
    from: String,
    /// Last day.
    #[schema(format = Date)]
    to: String,
    /// Places and bodies, never a person who was helped.
    programme: String,
}

/// Plans or records the visit.
#[utoipa::path(put, path = "/api/v1/rounds/{round}/evaluations/{state}/visit", tag = "reviews",
    request_body = VisitBody,
    params(("round" = String, Path, description = "Id of the round"),
        ("state" = String, Path, description = "Code of the State")),
    responses((status = 204, description = "It was planned")))]
async fn visit_plan(
    Path((round, state)): Path<(String, String)>,
    Sent { call, body }: Sent<VisitBody>,
) -> Answer {
    let (from, to, programme) = (&body.from, &body.to, &body.programme);
    let state = state_of(&state)?;
    review::plan_visit(&call.acting(), &round, state, from, to, programme).await?;
    done()
}

/// A text of a pillar.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TextBody {
    /// Title.
    title: String,
    /// The text; paragraphs are separated by empty lines.
    text: String,
    /// Shown to the other actors of the evaluation.
    #[serde(default)]
    shared: bool,
    /// Why it is corrected, once it was published.
    #[serde(default)]
    why: String,
}

/// Which text: the round, the State, the pillar.
type OfPillar = (String, String, String);

/// A pillar as it stands in a path.
fn pillar_of(code: &str) -> Result<Pillar, Refused> {
    code.parse().map_err(|_| Refused::NotFound)
}

/// One's own text of a pillar of an evaluation: `expert` and `visit-notes` are the experts',
/// `political` is the political body's, `state` the State's comments on the draft.
#[utoipa::path(get, path = "/api/v1/rounds/{round}/evaluations/{state}/texts/{pillar}",
    tag = "reviews",
    params(("round" = String, Path, description = "Id of the round"),
        ("state" = String, Path, description = "Code of the State"),
        ("pillar" = String, Path,
            description = "`expert`, `visit-notes`, `political` or `state`")),
    responses((status = 200, description = "The text; empty where there is none", body = Object,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn own_text(
    visit: Visit,
    Path((round, state, pillar)): Path<OfPillar>,
    Asked(()): Asked<()>,
) -> Answer {
    let (state, pillar) = (state_of(&state)?, pillar_of(&pillar)?);
    let (action, resource) = match pillar {
        Pillar::Expert | Pillar::VisitNotes => (Action::WriteFindings, Resource::region()),
        Pillar::Political => (Action::WritePolitical, Resource::region()),
        Pillar::State => (Action::WriteComments, Resource::region().in_state(Some(state.as_str()))),
    };
    visit.acting().allow(action, &resource).await?;
    review::evaluation(visit.web.app(), &round, state).await?;
    let found = review::own_text(&visit.acting(), &round, state, pillar).await?;
    let (form, revision) = found.unwrap_or_default();
    let told = json!({ "title": form.title, "text": form.text, "shared": form.shared,
        "published": form.published });
    revised(&told, revision.parse().unwrap_or_default())
}

/// Writes one's own text of a pillar; nobody writes another's.
#[utoipa::path(put, path = "/api/v1/rounds/{round}/evaluations/{state}/texts/{pillar}",
    tag = "reviews", request_body = TextBody,
    params(("round" = String, Path, description = "Id of the round"),
        ("state" = String, Path, description = "Code of the State"),
        ("pillar" = String, Path,
            description = "`expert`, `visit-notes`, `political` or `state`"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"0\"")),
    responses((status = 204, description = "It was kept")))]
async fn write_text(
    Path((round, state, pillar)): Path<OfPillar>,
    Sent { call, body }: Sent<TextBody>,
) -> Answer {
    let (state, pillar) = (state_of(&state)?, pillar_of(&pillar)?);
    let seen = call.seen()?;
    let form = TextForm {
        title: body.title,
        text: body.text,
        shared: body.shared,
        revision: if seen == "0" { String::new() } else { seen },
        why: body.why,
        published: false,
        draft: false,
    };
    let saved = review::save_text(&call.acting(), &round, state, pillar, &form).await;
    saved.map_err(Called::stale)?;
    done()
}
