//! The answer to what a person asked for, and its way back to them. About their
//! record it lies, sealed, in that record and stands in their own view. To a
//! complaint a body answers that knows no case: its words are sealed to a key
//! that only the code on the person's slip opens.

use super::own::stretched;
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    case::{CaseFile, Opened},
    keys::{self, carry_vault},
    session::Signed,
    throttle, work,
};
use palermo_crypto::{Entropy, OsEntropy, StaffPublic, StaffSecret, open_with, seal_to};
use palermo_domain::{
    actor::Actor,
    care::own_view::{AskedBy, PersonsRequest, code, normal_code, restricted},
    id::{AccountId, CaseId, Id, OwnRequestId, PersonId, TaskId, TenantId},
    moment::Moment,
    purpose::Purpose,
    register::day::Day,
    task::Task,
};
use palermo_store::{
    Act, ActContext, Db, Paging, Revision,
    case::file as files,
    keys::sealed::{self, Place},
    own_view::{self as views, OwnReply, OwnRequest, REQUESTS, WayBack},
    task as tasks,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, net::IpAddr};

/// Longest answer, in characters.
const LONGEST: usize = 4_000;
/// Work of whoever leads a case: the person asked for something.
const OF_CASE: &str = "task-own-request";
/// Work of an independent body: a complaint came.
const COMPLAINT: &str = "task-complaint";

fn unavailable(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

fn info<'a>(tenant: &'a [u8; 16], request: &'a [u8; 16]) -> [&'a [u8]; 3] {
    [b"own reply v1", tenant, request]
}

fn place(file: &CaseFile, request: OwnRequestId) -> Place {
    file.place(REQUESTS, request.uuid(), "answer")
}

/// A request as its person sees it: what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldRequest {
    /// What was asked for: a code.
    pub kind: String,
    /// Who asked: a code.
    pub by: String,
    /// When.
    pub on: Day,
    /// By when it is answered.
    pub due: Day,
    /// When it was answered.
    pub answered: Option<Day>,
    /// What was asked in words, where whoever made the view could open it.
    pub words: Option<String>,
    /// The answer.
    pub answer: Option<String>,
}

/// What a person asked for and was answered, for their own view; the latest first.
pub(super) async fn held(
    acting: &Acting<'_>,
    signed: &Signed,
    opened: &Opened,
) -> Result<Vec<HeldRequest>, Refused> {
    let tenant = opened.file.case.record.tenant;
    let all = views::requests(&opened.read, tenant, Some(opened.file.id())).await?;
    let key = carry_vault(acting.app, signed).await?;
    let mut held = Vec::new();
    for one in all {
        let request = one.record;
        let by = views::reply(&opened.read, tenant, request.id).await?;
        held.push(HeldRequest {
            by: by.map_or_else(|| AskedBy::Person.code().to_owned(), |by| by.record.asked_by),
            on: request.recorded_at.date().into(),
            due: request.due_at.date().into(),
            answered: request.answered_at.map(|at| at.date().into()),
            words: super::own_ask::words_of(key.as_ref(), &request).filter(|it| !it.is_empty()),
            answer: opened.text(place(&opened.file, request.id)).await?,
            kind: request.kind,
        });
    }
    held.sort_by_key(|one| std::cmp::Reverse(one.on));
    Ok(held)
}

/// The answer to a request about a case, where the reader's key opens it.
pub(super) async fn given(
    opened: &Opened,
    request: OwnRequestId,
) -> Result<Option<String>, Refused> {
    opened.text(place(&opened.file, request)).await
}

/// A code and the way back it opens.
pub(super) async fn way_back(
    app: &App,
    tenant: TenantId,
    id: OwnRequestId,
) -> Result<(String, WayBack), Refused> {
    let (mut random, mut salt) = ([0u8; 16], [0u8; 16]);
    OsEntropy.fill(&mut random).map_err(unavailable)?;
    OsEntropy.fill(&mut salt).map_err(unavailable)?;
    let shown = code(random);
    let plain = normal_code(&shown).ok_or_else(|| unavailable("a code cannot be read back"))?;
    let (slip, signs) = plain.split_at(4);
    let secret = StaffSecret::generate(&mut OsEntropy).map_err(unavailable)?;
    let by = stretched(app, signs, &salt).await?;
    let (owner, request) = (*tenant.uuid().as_bytes(), *id.uuid().as_bytes());
    let sealed = by.seal_secret(&info(&owner, &request), &secret, &mut OsEntropy);
    let way = WayBack {
        slip: slip.to_owned(),
        salt: salt.to_vec(),
        public: secret.public().to_bytes(),
        secret: sealed.map_err(unavailable)?,
    };
    Ok((shown, way))
}

/// Notes within the act of asking who asked and how the answer goes back, and
/// gives whoever answers their work.
pub(super) async fn note(
    act: &mut Act,
    request: &OwnRequest,
    by: AskedBy,
    way_back: Option<WayBack>,
    readers: &[AccountId],
) -> Result<(), Refused> {
    let reply = OwnReply {
        tenant: request.tenant,
        id: request.id,
        asked_by: by.code().to_owned(),
        way_back,
        answer: None,
    };
    views::note_reply(act, &reply).await?;
    for reader in readers {
        let (kind, subject) = match request.case {
            Some(case) => (OF_CASE, case.subject()),
            None => (COMPLAINT, request.id.subject()),
        };
        let task = Task {
            tenant: request.tenant,
            id: act.new_id::<TaskId>(),
            kind: kind.into(),
            subject: Some(subject),
            note: String::new(),
            desk: None,
            assignee: Some(*reader),
            due_at: Some(request.due_at),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        };
        tasks::insert(act, &task).await?;
    }
    Ok(())
}

/// Ends the work that a request about a case gave: set in the same moment.
async fn end_work(act: &mut Act, case: CaseId, asked_at: Moment) -> Result<(), Refused> {
    let filter = tasks::Filter {
        subject: Some(case.subject()),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let (sort, paging) = (tasks::SortBy::default(), Paging::all());
    let open = tasks::list(&*act, act.tenant(), &filter, sort, paging).await?.items;
    for found in open {
        if found.record.kind != OF_CASE || found.record.recorded_at != asked_at {
            continue;
        }
        let done = Task {
            done_at: Some(act.now()),
            done_by: act.actor().account(),
            ..found.record.clone()
        };
        tasks::update(act, &done, found.revision).await?;
    }
    Ok(())
}

/// Answers what a person asked for, in words that reach them.
///
/// # Errors
/// [`Refused::NotFound`] for a request that is not one's to answer;
/// [`Refused::UnlockNeeded`] to write into a record with one's key closed.
pub async fn answered(
    acting: &Acting<'_>,
    signed: &Signed,
    id: OwnRequestId,
    seen: Revision,
    words: &str,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let found = views::request(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    match found.record.case {
        Some(case) => into_their_record(acting, signed, found.record, case, (seen, words)).await,
        None => to_their_slip(acting, found.record, (seen, words)).await,
    }
}

fn in_words(words: &str) -> Result<String, Refused> {
    let mut problems = Problems::default();
    let words = problems.required("words", words, LONGEST);
    problems.none()?;
    Ok(words)
}

async fn into_their_record(
    acting: &Acting<'_>,
    signed: &Signed,
    mut request: OwnRequest,
    case: CaseId,
    (seen, words): (Revision, &str),
) -> Result<(), Refused> {
    let purpose = Purpose::PersonsRequest;
    let file = super::permitted(acting, case, Action::PrepareOwnView, purpose).await?;
    let words = in_words(words)?;
    let vault = keys::vault(acting, signed).await?;
    let context = file.context(acting, Action::PrepareOwnView)?.about(request.id);
    let mut act = begin!(acting, context);
    request.answered_at = Some(act.now());
    views::answer(&mut act, &request, seen).await?;
    sealed::put(&mut act, &vault, place(&file, request.id), words.as_bytes()).await?;
    end_work(&mut act, case, request.recorded_at).await?;
    Ok(act.commit(&()).await?)
}

async fn to_their_slip(
    acting: &Acting<'_>,
    mut request: OwnRequest,
    (seen, words): (Revision, &str),
) -> Result<(), Refused> {
    let purpose = Purpose::PersonsRequest;
    let own = Resource::of(request.tenant);
    acting.allow_for(Action::ReadComplaints, &own, Some(purpose)).await?;
    let noted = views::reply(&acting.app.store, request.tenant, request.id).await?;
    // A complaint made before there was a way back is only marked.
    let way = noted.filter(|noted| noted.record.way_back.is_some());
    let words = if way.is_some() { in_words(words)? } else { String::new() };
    let context = acting.context(Action::ReadComplaints)?.for_purpose(purpose).about(request.id);
    let mut act = begin!(acting, context);
    request.answered_at = Some(act.now());
    views::answer(&mut act, &request, seen).await?;
    if let Some(noted) = way {
        let mut reply = noted.record;
        let public = reply.way_back.as_ref().map(|way| StaffPublic::from_bytes(&way.public));
        let public = public.ok_or(Refused::NotFound)?.map_err(unavailable)?;
        let (owner, id) = (*request.tenant.uuid().as_bytes(), *request.id.uuid().as_bytes());
        let text = seal_to(&public, &info(&owner, &id), words.as_bytes(), &mut OsEntropy);
        reply.answer = Some(text.map_err(unavailable)?);
        views::put_reply(&mut act, &reply, noted.revision).await?;
    }
    work::answered(&mut act, request.id.subject()).await?;
    Ok(act.commit(&()).await?)
}

/// Where a complaint stands, for whoever brings its code.
#[derive(Debug, Clone)]
pub struct Stands {
    /// When it was made.
    pub on: Day,
    /// By when it is answered.
    pub due: Day,
    /// The answer, once it is there.
    pub answer: Option<String>,
}

/// Opens the answer to a complaint with the code from the slip.
///
/// # Errors
/// [`Refused::Invalid`] for a code that opens nothing, the same for every
/// reason; [`Refused::TooMany`] after too many tries.
pub async fn stands(app: &App, typed: &str, source: Option<IpAddr>) -> Result<Stands, Refused> {
    let wrong = || Refused::field("code", Message::new("own-error-code"));
    let Some(plain) = normal_code(typed) else { return Err(wrong()) };
    let (slip, signs) = plain.split_at(4);
    throttle::may_try(app, &format!("own-reply:{slip}"), source, None).await?;
    for reply in views::replies_of_slip(&app.store, slip).await? {
        let Some(way) = &reply.way_back else { continue };
        let (owner, id) = (*reply.tenant.uuid().as_bytes(), *reply.id.uuid().as_bytes());
        let by = stretched(app, signs, &way.salt).await?;
        let Ok(secret) = by.open_secret(&info(&owner, &id), &way.secret) else { continue };
        let context = ActContext::new(reply.tenant, Actor::Public, Action::OwnView.code())
            .for_purpose(Purpose::PersonsRequest)
            .about(reply.id)
            .because("opened");
        let read = app.store.read_personal(context).await?;
        let request = views::request(&read, reply.tenant, reply.id).await?;
        let request = request.ok_or_else(wrong)?.record;
        let open = |sealed: &Vec<u8>| {
            let clear = open_with(&secret, &info(&owner, &id), sealed).map_err(unavailable)?;
            Ok::<_, Refused>(String::from_utf8_lossy(&clear).into_owned())
        };
        return Ok(Stands {
            on: request.recorded_at.date().into(),
            due: request.due_at.date().into(),
            answer: reply.answer.as_ref().map(open).transpose()?,
        });
    }
    Err(wrong())
}

/// Whether this asks that nothing is passed on, and waits for its answer.
fn restricts(request: &OwnRequest) -> bool {
    let kind = PersonsRequest::from_code(&request.kind);
    restricted(kind.map(|kind| (kind, request.answered_at.is_some())))
}

/// Whether nothing about the person of a case may be passed on now: they asked for
/// that, in this or another case of theirs, and nobody has answered yet (E23).
///
/// # Errors
/// When the database does not answer.
pub async fn is_restricted(db: &dyn Db, tenant: TenantId, case: CaseId) -> Result<bool, Refused> {
    let Some(file) = files::find(db, tenant, case).await? else { return Ok(false) };
    for episode in files::of_person(db, tenant, file.record.person).await? {
        let all = views::requests(db, tenant, Some(episode.record.id)).await?;
        if all.iter().any(|one| restricts(&one.record)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The persons of an organisation about whom nothing may be passed on now.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn restricted_persons(
    db: &dyn Db,
    tenant: TenantId,
) -> Result<BTreeSet<PersonId>, Refused> {
    let mut found = BTreeSet::new();
    for one in views::requests(db, tenant, None).await? {
        let Some(case) = one.record.case.filter(|_| restricts(&one.record)) else { continue };
        found.extend(files::find(db, tenant, case).await?.map(|file| file.record.person));
    }
    Ok(found)
}

/// Refuses whatever passes something on while the person has asked that nothing is.
///
/// # Errors
/// [`Refused::Declined`] then.
pub(crate) async fn may_pass_on(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<(), Refused> {
    if is_restricted(db, tenant, case).await? {
        return Err(Refused::Declined(Message::new("own-error-restricted")));
    }
    Ok(())
}
