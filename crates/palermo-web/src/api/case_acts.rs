//! Acts on a case in coded facts: the same as on its pages, with the same refusals,
//! each by its rule and source. Words about a person and whatever opens or makes keys
//! ask for a session whose key is open; a token's program is told so.

use super::{
    Answer,
    answer::{Listed, Made, made, one, page_of},
    asked::{Asked, Named, PageAsk},
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Acting, Message, Refused,
    access::Action,
    case::{
        self,
        consent::{self, AnswerForm},
        open::{FirstAnswers, OpenForm},
        referral::{self, ReferralForm},
        task::{self, TaskForm},
        usual_purpose, vault_if_open,
    },
    desk::parse_id,
    domain::{
        case::{referral::Referral, sharing::Consent},
        id::{CaseId, ConsentId, IdentificationId},
        moment::Moment,
        purpose::Purpose,
    },
    identification::{self, DecisionForm},
    keys,
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(
    open,
    consents,
    answer_consent,
    withdraw,
    referrals,
    refer,
    identify,
    review,
    set_task
))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::POST, "/api/v1/cases", Action::OpenCase, open)
        .api(Method::GET, "/api/v1/cases/{id}/consents", Action::ReadCase, consents)
        .api(Method::POST, "/api/v1/cases/{id}/consents", Action::WriteCase, answer_consent)
        .api(Method::POST, "/api/v1/cases/{id}/withdraw", Action::WriteCase, withdraw)
        .api(Method::GET, "/api/v1/cases/{id}/referrals", Action::ReadCase, referrals)
        .api(Method::POST, "/api/v1/cases/{id}/referrals", Action::SendReferral, refer)
        .api(
            Method::POST,
            "/api/v1/cases/{id}/identifications",
            Action::DecideIdentification,
            identify,
        )
        .api(
            Method::POST,
            "/api/v1/identifications/{id}/review",
            Action::ReviewIdentification,
            review,
        )
        .api(Method::POST, "/api/v1/cases/{id}/tasks", Action::WriteCase, set_task)
}

fn purpose(acting: &Acting<'_>) -> Purpose {
    usual_purpose(&acting.subject.roles)
}

/// When something happened; now, if it is left out.
fn moment(field: &str, sent: Option<&str>) -> Result<Option<Moment>, Refused> {
    let Some(text) = sent else { return Ok(None) };
    let wrong = || Message::new("error-no-such-date").with("date", text);
    text.parse().map(Some).map_err(|_| Refused::field(field, wrong()))
}

/// A day as `2026-11-28` in the boxes of a form: day, month, year.
fn in_boxes(day: &str) -> [String; 3] {
    let mut parts = day.splitn(3, '-').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    [day, month, year]
}

/// The four answers about one person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPerson {
    /// What to call them; any name, or none. Sealed, and never given back here.
    #[serde(default)]
    name: String,
    /// `adult`, `child` or `unsure`.
    #[schema(pattern = "^(adult|child|unsure)$")]
    age: String,
    /// Language they want to be spoken to in (BCP 47).
    language: String,
    /// What cannot wait.
    #[serde(default)]
    urgent: Vec<String>,
}

/// Persons to open cases for: one, or several from one incident.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCases {
    /// A person each.
    persons: Vec<NewPerson>,
    /// The incident they come from.
    #[schema(format = Uuid)]
    incident: Option<String>,
    /// When they were met; now, if left out.
    #[schema(format = DateTime)]
    happened_at: Option<String>,
    /// Whether these are records for special danger.
    #[serde(default)]
    sealed: bool,
}

/// Cases that were opened.
#[derive(Debug, Serialize, ToSchema)]
struct CasesOpened {
    /// Their ids, in the order of the persons.
    cases: Vec<String>,
}

/// Opens a case for each person; counts once for each `Idempotency-Key`. A key of the
/// person is made, which needs a session whose key is open.
#[utoipa::path(post, path = "/api/v1/cases", tag = "cases", request_body = NewCases,
    responses((status = 200, description = "They are open", body = CasesOpened)))]
async fn open(Sent { call, body }: Sent<NewCases>) -> Answer {
    let acting = call.acting();
    let signed = call.visit.signed.as_deref().ok_or(Refused::UnlockNeeded)?;
    let vault = keys::vault(&acting, signed).await?;
    let persons = body.persons.into_iter().map(|person| FirstAnswers {
        name: person.name,
        age: person.age,
        language: person.language,
        urgent: person.urgent,
    });
    let form = OpenForm {
        persons: persons.collect(),
        happened: moment("happened_at", body.happened_at.as_deref())?,
        incident: body.incident.as_deref().map(parse_id).transpose()?,
        sealed: body.sealed,
    };
    let opened = case::open::open(&acting, &vault, &form, purpose(&acting)).await?;
    one(&CasesOpened { cases: opened.iter().map(ToString::to_string).collect() })
}

/// What a person said about sharing, in coded facts.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// For what.
    purpose: &'static str,
    /// What kind of body receives.
    kind: &'static str,
    /// The desk, if it is here.
    desk: Option<String>,
    /// `yes`, `no` or `not_now`; `no_one` for nothing with anyone.
    answer: &'static str,
    /// In which language it was explained.
    language: String,
    /// How it was said.
    form: &'static str,
    /// What was explained.
    explained: Vec<&'static str>,
    /// Whether it is a yes that holds now.
    holds: bool,
    /// When they answered.
    #[schema(format = DateTime)]
    happened_at: String,
    /// When they took it back.
    #[schema(format = DateTime)]
    withdrawn_at: Option<String>,
}

fn consent_shown(one: &Consent, now: Moment) -> ConsentShown {
    ConsentShown {
        id: one.id.to_string(),
        purpose: one.purpose.code(),
        kind: one.recipient.kind.code(),
        desk: one.recipient.desk.map(|desk| desk.to_string()),
        answer: if one.recipient.is_no_one() { consent::NO_ONE } else { one.answer.code() },
        language: one.language.clone(),
        form: one.form.code(),
        explained: one.explained.iter().map(|what| what.code()).collect(),
        holds: one.holds_at(now),
        happened_at: one.happened_at.to_string(),
        withdrawn_at: one.withdrawn_at.map(|at| at.to_string()),
    }
}

/// What the person of a case said about sharing, the latest first.
#[utoipa::path(get, path = "/api/v1/cases/{id}/consents", tag = "cases", params(
        ("id" = String, Path, format = Uuid, description = "The case's id"), PageAsk),
    responses((status = 200, description = "Answers", body = Listed<ConsentShown>)))]
async fn consents(visit: Visit, Named(id): Named, Asked(page): Asked<PageAsk>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let opened = case::look(&acting, None, id, purpose(&acting)).await?;
    let all = consent::list(&opened).await?;
    let now = acting.now();
    page_of(&visit, all, page, |one| consent_shown(&one.record, now))
}

/// What a person said about sharing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewConsent {
    /// For what: `help`, `identification`, `remedy`, `investigation`, `family`, `return`
    /// or `look_for`.
    purpose: String,
    /// A desk here, or left out.
    #[schema(format = Uuid)]
    desk: Option<String>,
    /// Name of a body outside; never of a person.
    outside: Option<String>,
    /// Kind of a body outside.
    kind: Option<String>,
    /// `yes`, `no` or `not_now`; `no_one` for nothing with anyone, which names no body.
    #[schema(pattern = "^(yes|no|not_now|no_one)$")]
    answer: String,
    /// What was explained before a yes.
    #[serde(default)]
    explained: Vec<String>,
    /// Language of the explanation; the person's, if left out.
    #[serde(default)]
    language: String,
    /// `oral`, `written`, `recorded`, `with_guardian` or `no_guardian_yet`.
    #[serde(default)]
    form: String,
    /// Whether an interpreter helped.
    #[serde(default)]
    interpreter: bool,
    /// When they answered; now, if left out.
    #[schema(format = DateTime)]
    happened_at: Option<String>,
    /// In their words; sealed, which needs a session whose key is open.
    #[serde(default)]
    words: String,
}

/// Writes down what a person said about sharing. A yes counts only if what had to be
/// explained was.
#[utoipa::path(post, path = "/api/v1/cases/{id}/consents", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = NewConsent,
    responses((status = 201, description = "It is written", body = Made)))]
async fn answer_consent(Named(id): Named, Sent { call, body }: Sent<NewConsent>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = call.acting();
    let vault = match call.visit.signed.as_deref() {
        Some(signed) => vault_if_open(&acting, signed).await?,
        None => None,
    };
    let form = AnswerForm {
        purpose: body.purpose,
        desk: body.desk.unwrap_or_default(),
        kind: body.kind.unwrap_or_default(),
        outside: body.outside.unwrap_or_default(),
        answer: body.answer,
        language: body.language,
        form: body.form,
        interpreter: body.interpreter,
        by: String::new(),
        explained: body.explained,
        happened: moment("happened_at", body.happened_at.as_deref())?,
        words: body.words,
    };
    made(consent::answer(&acting, vault.as_ref(), id, &form, purpose(&acting)).await?, None)
}

/// A consent to take back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentBack {
    /// The consent.
    #[schema(format = Uuid)]
    consent: String,
}

/// How many are told.
#[derive(Debug, Serialize, ToSchema)]
struct ConsentTakenBack {
    /// Recipients who received something and are told.
    told: usize,
}

/// Takes a consent back at the person's word: nothing more leaves on it, and every
/// recipient is told.
#[utoipa::path(post, path = "/api/v1/cases/{id}/withdraw", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = ConsentBack,
    responses((status = 200, description = "It is taken back", body = ConsentTakenBack)))]
async fn withdraw(Named(id): Named, Sent { call, body }: Sent<ConsentBack>) -> Answer {
    let (id, back): (CaseId, ConsentId) = (parse_id(&id)?, parse_id(&body.consent)?);
    let acting = call.acting();
    let told = consent::withdraw(&acting, id, back, purpose(&acting)).await?;
    one(&ConsentTakenBack { told })
}

/// A referral of a case, in coded facts.
#[derive(Debug, Serialize, ToSchema)]
struct ReferralSent {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// `referral` or `transfer`.
    ask: &'static str,
    /// What kind of body received it.
    kind: &'static str,
    /// The desk, if it is here.
    desk: Option<String>,
    /// For what.
    purpose: &'static str,
    /// Which service is asked for.
    service: String,
    /// How soon.
    urgency: &'static str,
    /// What it carries, by code.
    items: Vec<&'static str>,
    /// Where it stands.
    state: &'static str,
    /// Why it was declined.
    decline: Option<&'static str>,
    /// When it was sent.
    #[schema(format = DateTime)]
    sent_at: Option<String>,
    /// Until when an answer is due.
    #[schema(format = DateTime)]
    answer_by: Option<String>,
}

fn sent_shown(one: &Referral) -> ReferralSent {
    ReferralSent {
        id: one.id.to_string(),
        ask: one.ask.code(),
        kind: one.recipient.kind.code(),
        desk: one.recipient.desk.map(|desk| desk.to_string()),
        purpose: one.purpose.code(),
        service: one.service.clone(),
        urgency: one.urgency.code(),
        items: one.items.iter().map(|item| item.code()).collect(),
        state: one.state.code(),
        decline: one.decline.map(|why| why.code()),
        sent_at: one.sent_at.map(|at| at.to_string()),
        answer_by: one.answer_by().map(|at| at.to_string()),
    }
}

/// Referrals sent in a case, the latest first.
#[utoipa::path(get, path = "/api/v1/cases/{id}/referrals", tag = "cases", params(
        ("id" = String, Path, format = Uuid, description = "The case's id"), PageAsk),
    responses((status = 200, description = "Referrals", body = Listed<ReferralSent>)))]
async fn referrals(visit: Visit, Named(id): Named, Asked(page): Asked<PageAsk>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let opened = case::look(&acting, None, id, purpose(&acting)).await?;
    let all = referral::list(&opened).await?;
    page_of(&visit, all, page, |one| sent_shown(&one.record))
}

/// A referral to a desk here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReferral {
    /// `referral` or `transfer`.
    #[schema(pattern = "^(referral|transfer)$")]
    ask: String,
    /// The desk.
    #[schema(format = Uuid)]
    desk: String,
    /// For what.
    purpose: String,
    /// Which service is asked for.
    service: String,
    /// `tonight`, `now`, `soon` or `usual`.
    urgency: String,
    /// What it carries, by code.
    items: Vec<String>,
    /// What the sender writes for this recipient.
    #[serde(default)]
    words: String,
    /// Why a transfer leaves the list of who is never told behind, where one stands.
    #[serde(default)]
    left_why: String,
    /// A legal basis instead of consent.
    #[schema(format = Uuid)]
    basis: Option<String>,
}

/// Refers a person to a desk: on their consent or a legal basis, with the items named
/// and nothing else. What it carries is opened and sealed, which needs a session whose
/// key is open.
#[utoipa::path(post, path = "/api/v1/cases/{id}/referrals", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = NewReferral,
    responses((status = 201, description = "It is sent", body = Made)))]
async fn refer(Named(id): Named, Sent { call, body }: Sent<NewReferral>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = call.acting();
    let (signed, why) = (call.visit.signed.as_deref(), purpose(&acting));
    let opened = case::look_for(&acting, signed, id, Action::SendReferral, why).await?;
    let form = ReferralForm {
        ask: body.ask,
        desk: body.desk,
        purpose: body.purpose,
        service: body.service,
        urgency: body.urgency,
        items: body.items,
        words: body.words,
        basis: body.basis.unwrap_or_default(),
        left_why: body.left_why,
        ..ReferralForm::default()
    };
    made(referral::send(&acting, &opened, &form).await?, None)
}

/// A decision on identification.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDecision {
    /// What was decided, by code.
    #[schema(example = "identified")]
    finding: String,
    /// Why, in codes.
    #[serde(default)]
    basis: Vec<String>,
    /// Under which law, by code.
    #[serde(default)]
    legal_ground: String,
    /// Which body identified, by code.
    body: String,
    /// Where, by code.
    site: String,
    /// Whether another authority decided.
    #[serde(default)]
    elsewhere: bool,
    /// Account of the second person.
    #[schema(format = Uuid)]
    reviewer: Option<String>,
    /// How it can be contested, by code.
    #[serde(default)]
    review_route: String,
    /// Until when.
    #[schema(format = Date)]
    review_until: Option<String>,
    /// When it was decided; now, if left out.
    #[schema(format = DateTime)]
    happened_at: Option<String>,
    /// The reasons in words; sealed, which needs a session whose key is open.
    #[serde(default)]
    words: String,
}

/// A decision that was written.
#[derive(Debug, Serialize, ToSchema)]
struct Decided {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// The rights incident it raised: made elsewhere without reasons or a way to
    /// contest it.
    #[schema(format = Uuid)]
    rights_incident: Option<String>,
}

/// Decides identification, or writes down what was decided elsewhere. What a decision
/// of one's own lacks is told all at once, by rule 12; a negative one waits for its
/// second person.
#[utoipa::path(post, path = "/api/v1/cases/{id}/identifications", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = NewDecision,
    responses((status = 200, description = "It is written", body = Decided)))]
async fn identify(Named(id): Named, Sent { call, body }: Sent<NewDecision>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = call.acting();
    let vault = match call.visit.signed.as_deref() {
        Some(signed) => vault_if_open(&acting, signed).await?,
        None => None,
    };
    let form = DecisionForm {
        finding: body.finding,
        basis: body.basis,
        legal_ground: body.legal_ground,
        body: body.body,
        site: body.site,
        elsewhere: body.elsewhere,
        reviewer: body.reviewer.unwrap_or_default(),
        review_route: body.review_route,
        review_until: body.review_until.unwrap_or_default(),
        words: body.words,
        happened: moment("happened_at", body.happened_at.as_deref())?,
    };
    let why = purpose(&acting);
    let (new, incident) = identification::decide(&acting, vault.as_ref(), id, &form, why).await?;
    let rights_incident = incident.map(|one| one.to_string());
    one(&Decided { id: new.to_string(), rights_incident })
}

/// The second person's word about a decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DecisionReview {
    /// Whether it stands; otherwise it goes back.
    confirms: bool,
    /// Why it goes back; sealed, which needs a session whose key is open.
    #[serde(default)]
    words: String,
}

/// The case a decision is about.
#[derive(Debug, Serialize, ToSchema)]
struct DecisionReviewed {
    /// The case.
    #[schema(format = Uuid)]
    case: String,
}

/// The second person confirms a decision or sends it back; nobody confirms their own.
#[utoipa::path(post, path = "/api/v1/identifications/{id}/review", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The decision's id")),
    request_body = DecisionReview,
    responses((status = 200, description = "It was looked at", body = DecisionReviewed)))]
async fn review(Named(id): Named, Sent { call, body }: Sent<DecisionReview>) -> Answer {
    let id: IdentificationId = parse_id(&id)?;
    let acting = call.acting();
    let vault = match call.visit.signed.as_deref() {
        Some(signed) => vault_if_open(&acting, signed).await?,
        None => None,
    };
    let word = (body.confirms, body.words.as_str());
    let why = purpose(&acting);
    let case = identification::review(&acting, vault.as_ref(), id, word, why).await?;
    one(&DecisionReviewed { case: case.to_string() })
}

/// A task about a case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCaseTask {
    /// `contact`, `appointment`, `papers`, `ask-service`, `look-again` or `other`.
    what: String,
    /// Account of someone on the team.
    #[schema(format = Uuid)]
    who: String,
    /// The day by which it should be done.
    #[schema(format = Date)]
    due: String,
    /// More about it; sealed, which needs a session whose key is open.
    #[serde(default)]
    words: String,
}

/// Sets a task for someone on the team of a case.
#[utoipa::path(post, path = "/api/v1/cases/{id}/tasks", tag = "cases",
    params(("id" = String, Path, format = Uuid, description = "The case's id")),
    request_body = NewCaseTask,
    responses((status = 201, description = "The task was set", body = Made)))]
async fn set_task(Named(id): Named, Sent { call, body }: Sent<NewCaseTask>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = call.acting();
    let vault = match call.visit.signed.as_deref() {
        Some(signed) => vault_if_open(&acting, signed).await?,
        None => None,
    };
    let form =
        TaskForm { what: body.what, who: body.who, words: body.words, due: in_boxes(&body.due) };
    made(task::set(&acting, vault.as_ref(), id, &form, purpose(&acting)).await?, None)
}
