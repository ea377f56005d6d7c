//! What a person asks for in their own view, and the five questions after a
//! service. Words are sealed to whoever answers: the leads of the case, or for
//! a complaint an independent body; what they answer is [`super::own_answer`].
//! Answers to the questions are kept by that body without a case, a day or a
//! name; the provider sees rounded counts.

use super::{own::look_at, own_answer};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    case::{
        look_for,
        withdrawal::{self, Of},
    },
    keys::carry_vault,
    session::Signed,
};
use palermo_crypto::{OsEntropy, StaffSecret, open_with, seal_to};
use palermo_domain::{
    actor::Actor,
    care::{
        month_end::{HalfYear, Month},
        own_view::{AskedBy, PersonsRequest, Question, Reply, Tally, tally},
    },
    case::team::TeamPart,
    id::{AccountId, CaseId, ConsentId, Id, OwnRequestId, TenantId},
    moment::Moment,
    purpose::Purpose,
    role::Role,
    tenant::TenantKind,
};
use palermo_store::{
    ActContext, Begun, Paging, PersonalRead, Versioned,
    case::file as files,
    keys::staff::{self, Holder, StaffKey},
    own_view::{self as views, OwnRequest},
    role as roles, tenant as tenants,
};
use std::{collections::BTreeMap, time::Duration};

/// Days within which a request is answered.
const ANSWER_DAYS: u64 = 30;
/// Longest words, in characters.
const LONGEST: usize = 4_000;

fn unavailable(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

fn info<'a>(tenant: &'a [u8; 16], request: &'a [u8; 16]) -> [&'a [u8]; 3] {
    [b"own request v1", tenant, request]
}

/// The body that complaints and answers go to: a human-rights institution of
/// the same State, another one, or the house of the mechanism. Never the
/// provider itself.
async fn independent(app: &App, about: TenantId) -> Result<Option<TenantId>, Refused> {
    let state = tenants::find(&app.store, about).await?.and_then(|one| one.record.state);
    let filter =
        tenants::Filter { kind: Some(TenantKind::HumanRights), ..tenants::Filter::default() };
    let bodies = tenants::list(&app.store, &filter, Paging::all()).await?.items;
    let near = bodies.iter().find(|body| body.record.state == state);
    let found = near.or(bodies.first()).map(|body| body.record.id).or(app.store.house());
    Ok(found.filter(|body| *body != about))
}

async fn keys_of(
    app: &App,
    tenant: TenantId,
    accounts: &[AccountId],
) -> Result<Vec<StaffKey>, Refused> {
    let mut keys = Vec::new();
    for account in accounts {
        keys.extend(staff::of_holder(&app.store, tenant, Holder::Staff(*account)).await?);
    }
    Ok(keys)
}

/// What came of asking.
#[derive(Debug)]
pub struct Asked {
    /// Days within which it is answered.
    pub days: u64,
    /// With a complaint: the code that opens its answer. Shown once, kept nowhere.
    pub code: Option<String>,
}

/// What was asked, checked.
fn typed(kind: &str, by: &str, words: &str) -> Result<(PersonsRequest, AskedBy, String), Refused> {
    let mut problems = Problems::default();
    let kind = PersonsRequest::from_code(kind);
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    let words = problems.bounded("words", words, LONGEST);
    problems.none()?;
    let by = AskedBy::from_code(by).unwrap_or(AskedBy::Person);
    Ok((kind.ok_or(Refused::NotFound)?, by, words))
}

/// Whom a complaint is sealed to, and whose it is to answer.
async fn independent_readers(
    app: &App,
    about: TenantId,
) -> Result<(TenantId, Vec<AccountId>), Refused> {
    let Some(body) = independent(app, about).await? else {
        return Err(Refused::Declined(Message::new("own-error-nobody")));
    };
    let role = Role::HumanRightsInstitution;
    let held = roles::holders(&app.store, body, role, app.store.now()).await?;
    Ok((body, held.into_iter().map(|held| held.record.account).collect()))
}

/// A request as it is kept, its words sealed to those who answer.
fn sealed_to(
    keys: Vec<StaffKey>,
    (tenant, id, case): (TenantId, OwnRequestId, Option<CaseId>),
    (kind, words): (PersonsRequest, &str),
    now: Moment,
) -> Result<OwnRequest, Refused> {
    let (owner, request) = (*tenant.uuid().as_bytes(), *id.uuid().as_bytes());
    let mut sealed = BTreeMap::new();
    for key in keys {
        let info = info(&owner, &request);
        let text = seal_to(&key.public, &info, words.as_bytes(), &mut OsEntropy);
        sealed.insert(key.id.uuid(), hex::encode(text.map_err(unavailable)?));
    }
    Ok(OwnRequest {
        tenant,
        id,
        case,
        kind: kind.code().to_owned(),
        sealed,
        recorded_at: now,
        due_at: now.after(Duration::from_secs(ANSWER_DAYS * 86_400)),
        answered_at: None,
    })
}

/// Asks for something about what is held, oneself or through someone who may
/// ask in one's name.
///
/// # Errors
/// [`Refused::NotFound`] once the view is closed; [`Refused::Declined`] where
/// nobody could read the words: they are then said to the desk instead.
pub async fn ask(
    app: &App,
    cookie: &str,
    (kind, by): (&str, &str),
    words: &str,
) -> Result<Asked, Refused> {
    let (view, bundle) = look_at(app, cookie).await?;
    let (kind, by, words) = typed(kind, by, words)?;
    let complaint = kind == PersonsRequest::Complain;
    let (tenant, readers) = if complaint {
        independent_readers(app, bundle.tenant).await?
    } else {
        (bundle.tenant, bundle.leads.clone())
    };
    let keys = keys_of(app, tenant, &readers).await?;
    if keys.is_empty() && !words.is_empty() {
        return Err(Refused::Declined(Message::new("own-error-nobody")));
    }
    let id: OwnRequestId = app.store.new_id();
    // Nobody who answers a complaint knows the case: the answer waits for a code.
    let (code, way_back) = if complaint {
        let (code, way) = own_answer::way_back(app, tenant, id).await?;
        (Some(code), Some(way))
    } else {
        (None, None)
    };
    let mut context = ActContext::new(tenant, Actor::Public, "own-view.ask")
        .for_purpose(Purpose::PersonsRequest)
        .because(kind.code());
    if !complaint {
        context = context.about(view.case);
    }
    let Begun::Fresh(mut act) = app.store.act(context).await? else {
        return Ok(Asked { days: ANSWER_DAYS, code: None });
    };
    let case = (!complaint).then_some(view.case);
    let row = sealed_to(keys, (tenant, id, case), (kind, words.as_str()), act.now())?;
    views::ask(&mut act, &row).await?;
    own_answer::note(&mut act, &row, by, way_back, &readers).await?;
    act.commit(&()).await?;
    Ok(Asked { days: ANSWER_DAYS, code })
}

/// What can be written down for a person who asks by word of mouth, on paper or
/// through someone else. A complaint is not among it: it goes past the team, by
/// the person's own view or to the independent body itself.
#[must_use]
pub fn can_be_written_down() -> Vec<PersonsRequest> {
    let all = PersonsRequest::ALL.iter().copied();
    all.filter(|kind| *kind != PersonsRequest::Complain).collect()
}

/// Writes down what a person, or someone in their name, asked for (E23).
///
/// # Errors
/// As [`super::plan`]; [`Refused::Invalid`] for a complaint.
pub async fn write_down(
    acting: &Acting<'_>,
    id: CaseId,
    (kind, by): (&str, &str),
    words: &str,
) -> Result<OwnRequestId, Refused> {
    let purpose = Purpose::PersonsRequest;
    let file = super::permitted(acting, id, Action::PrepareOwnView, purpose).await?;
    let (kind, by, words) = typed(kind, by, words)?;
    if !can_be_written_down().contains(&kind) {
        return Err(Refused::field("kind", Message::new("error-choose")));
    }
    let tenant = file.case.record.tenant;
    let leads = file.team_at(acting.now()).filter(|member| member.part == TeamPart::Lead);
    let leads: Vec<AccountId> = leads.map(|member| member.account).collect();
    let keys = keys_of(acting.app, tenant, &leads).await?;
    if keys.is_empty() && !words.is_empty() {
        return Err(Refused::Declined(Message::new("own-error-nobody")));
    }
    let context = file.context(acting, Action::PrepareOwnView)?.because(kind.code());
    let mut act = begin!(acting, context);
    let request: OwnRequestId = act.new_id();
    let row = sealed_to(keys, (tenant, request, Some(id)), (kind, words.as_str()), act.now())?;
    act.about(request);
    views::ask(&mut act, &row).await?;
    own_answer::note(&mut act, &row, by, None, &leads).await?;
    act.commit(&request).await?;
    Ok(request)
}

/// Takes a consent back in one's own view, at once and without anyone's leave:
/// it needs no key. Returns how many recipients are told.
///
/// # Errors
/// [`Refused::NotFound`] once the view is closed, or for a consent that is none
/// of this case.
pub async fn take_back(app: &App, cookie: &str, consent: ConsentId) -> Result<usize, Refused> {
    let (view, bundle) = look_at(app, cookie).await?;
    let held = bundle.consents.iter().any(|one| one.id == consent && one.holds);
    let case = files::find(&app.store, view.tenant, view.case).await?.filter(|_| held);
    let case = case.ok_or(Refused::NotFound)?.record;
    let context = ActContext::new(view.tenant, Actor::Public, "own-view.take-back")
        .for_purpose(Purpose::PersonsRequest)
        .about(view.case)
        .about(consent);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(0) };
    let of = Of { tenant: view.tenant, case: case.id, person: case.person };
    match withdrawal::take_back(app, &mut act, of, consent).await {
        Ok(count) => {
            act.commit(&count).await?;
            crate::case::referral::carry_out(app, view.tenant).await?;
            Ok(count)
        }
        Err(refused) => {
            act.give_up().await?;
            Err(refused)
        }
    }
}

/// Keeps the answers to the five questions after a service. Any may be left
/// out; without any nothing is kept.
///
/// # Errors
/// [`Refused::NotFound`] once the view is closed.
pub async fn answer(
    app: &App,
    cookie: &str,
    service: &str,
    replies: &[(Question, Reply)],
) -> Result<(), Refused> {
    let (_, bundle) = look_at(app, cookie).await?;
    let known = bundle
        .records
        .iter()
        .any(|record| record.facts.get("service").and_then(|code| code.as_str()) == Some(service));
    if !known {
        return Err(Refused::field("service", Message::new("error-choose")));
    }
    let told: BTreeMap<String, String> = replies
        .iter()
        .filter(|(_, reply)| *reply != Reply::Skip)
        .map(|(question, reply)| (question.code().to_owned(), reply.code().to_owned()))
        .collect();
    let Some(keeper) = independent(app, bundle.tenant).await?.filter(|_| !told.is_empty()) else {
        return Ok(());
    };
    let half = current(app).to_string();
    // Nothing in this entry leads to the person: no case, no view.
    let context = ActContext::new(keeper, Actor::Public, "own-view.answer");
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    views::keep_answers(&mut act, bundle.tenant, service, &half, &told).await?;
    Ok(act.commit(&()).await?)
}

/// The half-year of today.
fn current(app: &App) -> HalfYear {
    let month = Month::of(app.store.now().date().into());
    HalfYear { year: month.year, second: month.month > 6 }
}

/// What people said about one's house in this half-year: by question, rounded
/// counts, or nothing while too few have answered.
///
/// # Errors
/// What access or the store refuse.
pub async fn said(acting: &Acting<'_>) -> Result<Vec<(Question, Option<Tally>)>, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Statistics);
    acting.allow_for(Action::MonthEnd, &Resource::of(tenant), purpose).await?;
    let half = current(acting.app).to_string();
    let all = match independent(acting.app, tenant).await? {
        Some(keeper) => views::answers(&acting.app.store, keeper, tenant, &half).await?,
        None => Vec::new(),
    };
    let of = |question: Question| {
        let replies: Vec<Reply> =
            all.iter().filter_map(|told| Reply::from_code(told.get(question.code())?)).collect();
        (question, tally(&replies))
    };
    Ok(Question::ALL.iter().copied().map(of).collect())
}

/// A request as whoever answers sees it.
#[derive(Debug, Clone)]
pub struct RequestShown {
    /// The request.
    pub request: Versioned<OwnRequest>,
    /// Its words, if they were sealed to the reader and the key is open.
    pub words: Option<String>,
    /// Who asked.
    pub by: AskedBy,
    /// Whether an answer in words reaches the person.
    pub reaches_them: bool,
    /// The answer, where the reader's key opens it.
    pub answer: Option<String>,
}

/// The words of a request, where they were sealed to this key.
pub(super) fn words_of(
    key: Option<&(StaffKey, StaffSecret)>,
    request: &OwnRequest,
) -> Option<String> {
    let (key, secret) = key?;
    let sealed = hex::decode(request.sealed.get(&key.id.uuid())?).ok()?;
    let (tenant, id) = (*request.tenant.uuid().as_bytes(), *request.id.uuid().as_bytes());
    let clear = open_with(secret, &info(&tenant, &id), &sealed).ok()?;
    Some(String::from_utf8_lossy(&clear).into_owned())
}

async fn shown(
    acting: &Acting<'_>,
    signed: &Signed,
    read: &PersonalRead,
    all: Vec<Versioned<OwnRequest>>,
) -> Result<Vec<RequestShown>, Refused> {
    let key = carry_vault(acting.app, signed).await?;
    let mut found = Vec::new();
    for request in all {
        let one = &request.record;
        let noted = views::reply(read, one.tenant, one.id).await?.map(|noted| noted.record);
        let way = noted.as_ref().is_some_and(|noted| noted.way_back.is_some());
        let by = noted.and_then(|noted| AskedBy::from_code(&noted.asked_by));
        found.push(RequestShown {
            words: words_of(key.as_ref(), one),
            by: by.unwrap_or(AskedBy::Person),
            reaches_them: way || one.case.is_some(),
            answer: None,
            request,
        });
    }
    Ok(found)
}

/// What the person of a case asked for. The look is in the log first.
///
/// # Errors
/// As [`super::plan`].
pub async fn of_case(
    acting: &Acting<'_>,
    signed: &Signed,
    id: CaseId,
) -> Result<Vec<RequestShown>, Refused> {
    let purpose = Purpose::PersonsRequest;
    super::permitted(acting, id, Action::PrepareOwnView, purpose).await?;
    let action = Action::PrepareOwnView;
    let opened = look_for(acting, Some(signed), id, action, purpose).await?;
    let tenant = opened.file.case.record.tenant;
    let all = views::requests(&opened.read, tenant, Some(id)).await?;
    let mut found = shown(acting, signed, &opened.read, all).await?;
    for one in &mut found {
        one.answer = own_answer::given(&opened, one.request.record.id).await?;
    }
    Ok(found)
}

/// Complaints sent to one's independent body.
///
/// # Errors
/// What access or the store refuse.
pub async fn complaints(
    acting: &Acting<'_>,
    signed: &Signed,
) -> Result<Vec<RequestShown>, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::PersonsRequest);
    acting.allow_for(Action::ReadComplaints, &Resource::of(tenant), purpose).await?;
    let mut context = acting.context(Action::ReadComplaints)?.for_purpose(Purpose::PersonsRequest);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let all = views::requests(&read, tenant, None).await?;
    let complaints = all.into_iter().filter(|one| one.record.case.is_none()).collect();
    shown(acting, signed, &read, complaints).await
}
