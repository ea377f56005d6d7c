//! Whom nobody tells of a person, and questions to a State of origin (E17, E18): the
//! acts of the pages, in coded facts. The letter names the person: it is a page.

use super::{
    Answer,
    answer::{Listed, Made, made, page_of},
    asked::{Asked, Named, PageAsk},
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Acting,
    access::Action,
    case::{
        self,
        abroad::{self, AbroadForm, Shown},
        never_told::{self, NeverForm},
        usual_purpose,
    },
    desk::parse_id,
    domain::{
        case::abroad::NeverTold,
        id::{AbroadQuestionId, CaseId, NeverToldId},
        purpose::Purpose,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(never, add, lift, questions, ask, send, answered))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/cases/{id}/never-told", Action::ReadCase, never)
        .api(Method::POST, "/api/v1/cases/{id}/never-told", Action::WriteCase, add)
        .api(Method::POST, "/api/v1/cases/{id}/never-told/lift", Action::WriteCase, lift)
        .api(Method::GET, "/api/v1/cases/{id}/abroad", Action::AskAbroad, questions)
        .api(Method::POST, "/api/v1/cases/{id}/abroad", Action::AskAbroad, ask)
        .api(Method::POST, "/api/v1/cases/{id}/abroad/send", Action::AskAbroad, send)
        .api(Method::POST, "/api/v1/cases/{id}/abroad/answer", Action::AskAbroad, answered)
}

fn purpose(acting: &Acting<'_>) -> Purpose {
    usual_purpose(&acting.subject.roles)
}

/// A body, or every body of a kind, that is never asked or told.
#[derive(Debug, Serialize, ToSchema)]
struct NeverShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// What kind of body.
    kind: &'static str,
    /// The desk, if it is here.
    desk: Option<String>,
    /// Name of a body outside.
    outside: String,
    /// Whether every body of the kind is meant.
    whole_kind: bool,
    /// Why.
    why: &'static str,
    /// When it was written down.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// Whether it stands.
    stands: bool,
}

fn shown(one: &NeverTold) -> NeverShown {
    NeverShown {
        id: one.id.to_string(),
        kind: one.recipient.kind.code(),
        desk: one.recipient.desk.map(|desk| desk.to_string()),
        outside: one.recipient.outside.clone(),
        whole_kind: one.whole_kind,
        why: one.why.code(),
        recorded_at: one.recorded_at.to_string(),
        stands: one.stands(),
    }
}

/// Whom nobody asks or tells of the person of a case, the latest first.
#[utoipa::path(get, path = "/api/v1/cases/{id}/never-told", tag = "cases", params(
        ("id" = String, Path, format = Uuid, description = "The case's id"), PageAsk),
    responses((status = 200, description = "Bodies", body = Listed<NeverShown>)))]
async fn never(visit: Visit, Named(id): Named, Asked(page): Asked<PageAsk>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let opened = case::look(&acting, None, id, purpose(&acting)).await?;
    let all = never_told::of_case(&opened).await?;
    page_of(&visit, all, page, |one| shown(&one.record))
}

/// A body that is never told, or a whole kind.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewNever {
    /// A desk here, or left out.
    #[schema(format = Uuid)]
    desk: Option<String>,
    /// Name of a body outside, or left out.
    outside: Option<String>,
    /// Kind of a body outside, or the whole kind.
    kind: Option<String>,
    /// Whether every body of the kind is meant.
    #[serde(default)]
    whole_kind: bool,
    /// `person_said`, `risk` or `involved`.
    #[schema(pattern = "^(person_said|risk|involved)$")]
    why: String,
}

/// Writes down that a body is never asked or told of the person; what is on its way
/// there is stopped.
#[utoipa::path(post, path = "/api/v1/cases/{id}/never-told", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = NewNever,
    responses((status = 201, description = "It stands", body = Made)))]
async fn add(Named(id): Named, Sent { call, body }: Sent<NewNever>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = call.acting();
    let form = NeverForm {
        desk: body.desk.unwrap_or_default(),
        kind: body.kind.unwrap_or_default(),
        outside: body.outside.unwrap_or_default(),
        whole_kind: body.whole_kind,
        why: body.why,
    };
    made(never_told::add(&acting, id, &form, purpose(&acting)).await?, None)
}

/// What to take off the list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NeverLifted {
    /// The entry.
    #[schema(format = Uuid)]
    never_told: String,
}

/// Takes a body off the list. What may leave then still rests on consent or law.
#[utoipa::path(post, path = "/api/v1/cases/{id}/never-told/lift", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = NeverLifted,
    responses((status = 204, description = "It stands no more")))]
async fn lift(Named(id): Named, Sent { call, body }: Sent<NeverLifted>) -> Answer {
    let (id, never): (CaseId, NeverToldId) = (parse_id(&id)?, parse_id(&body.never_told)?);
    let acting = call.acting();
    never_told::lift(&acting, id, never, purpose(&acting)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A question to a State of origin, in coded facts.
#[derive(Debug, Serialize, ToSchema)]
struct AbroadShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// The State.
    state: String,
    /// The body that is asked.
    body: String,
    /// What is asked.
    asks: Vec<&'static str>,
    /// `written`, `sent` or `answered`.
    stage: &'static str,
    /// Where it stands with its second person: `waits`, `agreed`, `used` or `over`.
    second: &'static str,
    /// `confirmed`, `not_confirmed` or `silent`.
    answer: Option<&'static str>,
    /// When it was sent.
    #[schema(format = DateTime)]
    sent_at: Option<String>,
}

fn abroad_shown(one: &Shown) -> AbroadShown {
    let question = &one.question.record;
    AbroadShown {
        id: question.id.to_string(),
        state: question.state.clone(),
        body: question.body.clone(),
        asks: question.asks.iter().map(|ask| ask.code()).collect(),
        stage: question.stage(),
        second: one.second.code(),
        answer: question.answer.map(|answer| answer.code()),
        sent_at: question.sent_at.map(|at| at.to_string()),
    }
}

/// Questions of a case to a State of origin, the latest first.
#[utoipa::path(get, path = "/api/v1/cases/{id}/abroad", tag = "cases", params(
        ("id" = String, Path, format = Uuid, description = "The case's id"), PageAsk),
    responses((status = 200, description = "Questions", body = Listed<AbroadShown>)))]
async fn questions(visit: Visit, Named(id): Named, Asked(page): Asked<PageAsk>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let why = purpose(&acting);
    let opened = case::look_for(&acting, None, id, Action::SendReferral, why).await?;
    let all = abroad::of_case(&acting, &opened).await?;
    page_of(&visit, all, page, |one| abroad_shown(&one))
}

/// A question to a State of origin. Its words are the program's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAbroad {
    /// The State, by its code.
    state: String,
    /// Name of the body, as in the consent.
    body: String,
    /// `consular`, `civil_registry` or `passports`.
    competence: String,
    /// `nationality`, `travel_document`, `birth_record`.
    asks: Vec<String>,
    /// For what the person agreed: `help`, `remedy` or `return`.
    purpose: String,
    /// What the body promised in writing: `this_only`, `not_passed_on`, `nobody_sought`.
    terms: Vec<String>,
    /// Whom the letter comes from, in words that do not tell what kind of house it is.
    sender: String,
    /// Language of the letter: `en`, `fr`, `es` or `ar`.
    language: String,
}

/// Writes a question to a State of origin and asks a second person. What is lacking is
/// told all at once, by rule 6; without the person's consent to this body it is refused.
#[utoipa::path(post, path = "/api/v1/cases/{id}/abroad", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = NewAbroad,
    responses((status = 201, description = "A second person is asked", body = Made)))]
async fn ask(Named(id): Named, Sent { call, body }: Sent<NewAbroad>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = call.acting();
    let form = AbroadForm {
        state: body.state,
        body: body.body,
        competence: body.competence,
        asks: body.asks,
        purpose: body.purpose,
        terms: body.terms,
        sender: body.sender,
        language: body.language,
        ..AbroadForm::default()
    };
    made(abroad::ask(&acting, None, id, &form, purpose(&acting)).await?, None)
}

/// A question two people agreed to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AbroadSend {
    /// The question.
    #[schema(format = Uuid)]
    question: String,
}

/// Sends a question two people agreed to; its letter is printed from its page.
#[utoipa::path(post, path = "/api/v1/cases/{id}/abroad/send", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = AbroadSend,
    responses((status = 204, description = "It is sent")))]
async fn send(Named(id): Named, Sent { call, body }: Sent<AbroadSend>) -> Answer {
    let (id, question): (CaseId, AbroadQuestionId) = (parse_id(&id)?, parse_id(&body.question)?);
    let acting = call.acting();
    abroad::send(&acting, id, question, purpose(&acting)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What came of a question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AbroadCame {
    /// The question.
    #[schema(format = Uuid)]
    question: String,
    /// `confirmed`, `not_confirmed` or `silent`.
    #[schema(pattern = "^(confirmed|not_confirmed|silent)$")]
    answer: String,
}

/// Writes down what came of a question.
#[utoipa::path(post, path = "/api/v1/cases/{id}/abroad/answer", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = AbroadCame,
    responses((status = 204, description = "It is written")))]
async fn answered(Named(id): Named, Sent { call, body }: Sent<AbroadCame>) -> Answer {
    let (id, question): (CaseId, AbroadQuestionId) = (parse_id(&id)?, parse_id(&body.question)?);
    let acting = call.acting();
    let said = (body.answer.as_str(), "");
    abroad::answered(&acting, None, id, question, said, purpose(&acting)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
