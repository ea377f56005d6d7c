//! What a person asks for in their own view, and the five questions after a
//! service. Words are sealed to whoever answers: the leads of the case, or for
//! a complaint an independent body. Answers to the questions are kept by that
//! body without a case, a day or a name; the provider sees rounded counts.

use super::own::look_at;
use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
    begin,
    case::withdrawal::{self, Of},
    keys::carry_vault,
    session::Signed,
};
use palermo_crypto::{OsEntropy, open_with, seal_to};
use palermo_domain::{
    actor::Actor,
    care::{
        month_end::{HalfYear, Month},
        own_view::{PersonsRequest, Question, Reply, Tally, tally},
    },
    id::{AccountId, CaseId, ConsentId, Id, OwnRequestId, TenantId},
    purpose::Purpose,
    role::Role,
    tenant::TenantKind,
};
use palermo_store::{
    ActContext, Begun, Paging, Revision, Versioned,
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

/// Asks for something about what is held. Returns by when it is answered.
///
/// # Errors
/// [`Refused::NotFound`] once the view is closed; [`Refused::Declined`] where
/// nobody could read the words: they are then said to the desk instead.
pub async fn ask(app: &App, cookie: &str, kind: &str, words: &str) -> Result<u64, Refused> {
    let (view, bundle) = look_at(app, cookie).await?;
    let Some(kind) = PersonsRequest::from_code(kind) else {
        return Err(Refused::field("kind", Message::new("error-choose")));
    };
    let words = words.trim();
    let length = words.chars().count();
    if length > LONGEST {
        let message = Message::new("error-too-long").with("length", length);
        return Err(Refused::field("words", message.with("longest", LONGEST)));
    }
    let complaint = kind == PersonsRequest::Complain;
    let (tenant, readers) = if complaint {
        let Some(body) = independent(app, bundle.tenant).await? else {
            return Err(Refused::Declined(Message::new("own-error-nobody")));
        };
        let role = Role::HumanRightsInstitution;
        let held = roles::holders(&app.store, body, role, app.store.now()).await?;
        (body, held.into_iter().map(|held| held.record.account).collect())
    } else {
        (bundle.tenant, bundle.leads.clone())
    };
    let keys = keys_of(app, tenant, &readers).await?;
    if keys.is_empty() && !words.is_empty() {
        return Err(Refused::Declined(Message::new("own-error-nobody")));
    }
    let mut context = ActContext::new(tenant, Actor::Public, "own-view.ask")
        .for_purpose(Purpose::PersonsRequest)
        .because(kind.code());
    if !complaint {
        context = context.about(view.case);
    }
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(ANSWER_DAYS) };
    let id: OwnRequestId = act.new_id();
    let (owner, request) = (*tenant.uuid().as_bytes(), *id.uuid().as_bytes());
    let mut sealed = BTreeMap::new();
    for key in keys {
        let info = info(&owner, &request);
        let text = seal_to(&key.public, &info, words.as_bytes(), &mut OsEntropy);
        sealed.insert(key.id.uuid(), hex::encode(text.map_err(unavailable)?));
    }
    let row = OwnRequest {
        tenant,
        id,
        case: (!complaint).then_some(view.case),
        kind: kind.code().to_owned(),
        sealed,
        recorded_at: act.now(),
        due_at: act.now().after(Duration::from_secs(ANSWER_DAYS * 86_400)),
        answered_at: None,
    };
    views::ask(&mut act, &row).await?;
    act.commit(&()).await?;
    Ok(ANSWER_DAYS)
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
}

async fn shown(
    acting: &Acting<'_>,
    signed: &Signed,
    all: Vec<Versioned<OwnRequest>>,
) -> Result<Vec<RequestShown>, Refused> {
    let key = carry_vault(acting.app, signed).await?;
    let open = |request: &OwnRequest| {
        let (key, secret) = key.as_ref()?;
        let sealed = hex::decode(request.sealed.get(&key.id.uuid())?).ok()?;
        let (tenant, id) = (*request.tenant.uuid().as_bytes(), *request.id.uuid().as_bytes());
        let clear = open_with(secret, &info(&tenant, &id), &sealed).ok()?;
        Some(String::from_utf8_lossy(&clear).into_owned())
    };
    let show =
        |request: Versioned<OwnRequest>| RequestShown { words: open(&request.record), request };
    Ok(all.into_iter().map(show).collect())
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
    let file = super::permitted(acting, id, Action::PrepareOwnView, purpose).await?;
    let mut context = file.context(acting, Action::PrepareOwnView)?;
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let all = views::requests(&read, file.case.record.tenant, Some(id)).await?;
    shown(acting, signed, all).await
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
    shown(acting, signed, complaints).await
}

/// Marks what a person asked for as answered.
///
/// # Errors
/// [`Refused::NotFound`] for a request that is not one's to answer.
pub async fn answered(
    acting: &Acting<'_>,
    id: OwnRequestId,
    seen: Revision,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let found = views::request(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut request = found.record;
    let purpose = Purpose::PersonsRequest;
    let context = match request.case {
        Some(case) => {
            let file = super::permitted(acting, case, Action::PrepareOwnView, purpose).await?;
            file.context(acting, Action::PrepareOwnView)?
        }
        None => {
            let own = Resource::of(tenant);
            acting.allow_for(Action::ReadComplaints, &own, Some(purpose)).await?;
            acting.context(Action::ReadComplaints)?.for_purpose(purpose)
        }
    };
    let mut act = begin!(acting, context.about(id));
    request.answered_at = Some(act.now());
    views::answer(&mut act, &request, seen).await?;
    Ok(act.commit(&()).await?)
}
