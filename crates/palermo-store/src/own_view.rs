//! The person's own view, what they ask for, and what they answer after a
//! service. A view's bundle is sealed by the code on the slip: without it the
//! row opens for nobody.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{AccountId, CaseId, Id, OwnRequestId, OwnViewId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "own_view",
        key { tenant: Uuid, id: Uuid }
        case_id: Uuid,
        opened_by: Uuid,
        language: String,
        slip: String,
        salt: Vec<u8>,
        secret: Vec<u8>,
        bundle: Vec<u8>,
        tries: i64,
        expires_at: i64,
        used_at: Option<i64>,
        revision: i64,
    );
}

pub(crate) mod request_row {
    super::entity!(
        "own_request",
        key { tenant: Uuid, id: Uuid }
        case_id: Option<Uuid>,
        kind: String,
        sealed: Json,
        recorded_at: i64,
        due_at: i64,
        answered_at: Option<i64>,
        revision: i64,
    );
}

pub(crate) mod answer_row {
    super::entity!(
        "own_answer",
        key { tenant: Uuid, id: Uuid }
        about: Uuid,
        service: String,
        half_year: String,
        replies: Json,
        revision: i64,
    );
}

pub(crate) mod reply_row {
    super::entity!(
        "own_reply",
        key { tenant: Uuid, id: Uuid }
        asked_by: String,
        slip: Option<String>,
        salt: Option<Vec<u8>>,
        public: Option<Vec<u8>>,
        secret: Option<Vec<u8>>,
        answer: Option<Vec<u8>>,
        revision: i64,
    );
}

/// The table of requests, as the place of an answer sealed to its person.
pub const REQUESTS: &str = "own_request";

/// A view of what is held, prepared by a worker for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnView {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; part of what the person's browser brings.
    pub id: OwnViewId,
    /// The case shown.
    pub case: CaseId,
    /// Who prepared it.
    pub opened_by: AccountId,
    /// The person's language (BCP 47).
    pub language: String,
    /// First four signs of the code: which view a slip is for.
    pub slip: String,
    /// Salt of the rest.
    pub salt: Vec<u8>,
    /// The view's private half, sealed by the key the rest gives.
    pub secret: Vec<u8>,
    /// What is shown, sealed to the view's public half.
    pub bundle: Vec<u8>,
    /// Wrong tries so far.
    pub tries: u32,
    /// Until when it can be used.
    pub expires_at: Moment,
    /// When the code was used.
    pub used_at: Option<Moment>,
}

fn to_row(view: &OwnView) -> row::Model {
    row::Model {
        tenant: view.tenant.uuid(),
        id: view.id.uuid(),
        case_id: view.case.uuid(),
        opened_by: view.opened_by.uuid(),
        language: view.language.clone(),
        slip: view.slip.clone(),
        salt: view.salt.clone(),
        secret: view.secret.clone(),
        bundle: view.bundle.clone(),
        tries: i64::from(view.tries),
        expires_at: view.expires_at.micros(),
        used_at: view.used_at.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Versioned<OwnView> {
    let view = OwnView {
        tenant: TenantId::from_uuid(row.tenant),
        id: OwnViewId::from_uuid(row.id),
        case: CaseId::from_uuid(row.case_id),
        opened_by: AccountId::from_uuid(row.opened_by),
        language: row.language,
        slip: row.slip,
        salt: row.salt,
        secret: row.secret,
        bundle: row.bundle,
        tries: u32::try_from(row.tries).unwrap_or(u32::MAX),
        expires_at: Moment::from_micros(row.expires_at),
        used_at: row.used_at.map(Moment::from_micros),
    };
    Versioned::new(view, row.revision)
}

/// Adds a view.
///
/// # Errors
/// [`Error::Dependent`] if the case is not there.
pub async fn insert(act: &mut Act, view: &OwnView) -> Result<()> {
    act.insert(&to_row(view)).await
}

/// Changes a view.
///
/// # Errors
/// [`Error::Conflict`] if it changed since `seen`.
pub async fn update(act: &mut Act, view: &OwnView, seen: Revision) -> Result<Revision> {
    act.update(&to_row(view), seen).await
}

/// The view with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: OwnViewId,
) -> Result<Option<Versioned<OwnView>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    Ok(row.map(from_row))
}

/// Views a slip could be for, in any organisation: the person does not know
/// under whose name their record is kept.
///
/// # Errors
/// When the database does not answer.
pub async fn of_slip(db: &dyn Db, slip: &str, at: Moment) -> Result<Vec<Versioned<OwnView>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Slip.eq(slip))
        .filter(row::Column::ExpiresAt.gt(at.micros()))
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Removes a view.
///
/// # Errors
/// [`Error::NotFound`] if it is gone already.
pub async fn remove(act: &mut Act, view: &OwnView) -> Result<()> {
    act.delete(&to_row(view)).await
}

/// Removes views whose time is over: nothing of them stays.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(act: &mut Act, at: Moment) -> Result<u64> {
    let tenant = act.tenant().uuid();
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant))
        .filter(row::Column::ExpiresAt.lte(at.micros()))
        .all(&act.txn)
        .await?;
    let count = rows.len() as u64;
    for row in &rows {
        act.delete(row).await?;
    }
    Ok(count)
}

/// Something a person asked for. Its words are sealed to whoever answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRequest {
    /// Who answers: the organisation, or for a complaint an independent one.
    pub tenant: TenantId,
    /// Id.
    pub id: OwnRequestId,
    /// The case; none where an independent body answers.
    pub case: Option<CaseId>,
    /// Kind code.
    pub kind: String,
    /// Key id of a reader → the words sealed to it, in hexadecimal.
    pub sealed: BTreeMap<Uuid, String>,
    /// When it was asked.
    pub recorded_at: Moment,
    /// By when it is answered.
    pub due_at: Moment,
    /// When it was answered.
    pub answered_at: Option<Moment>,
}

fn request_to_row(request: &OwnRequest) -> request_row::Model {
    request_row::Model {
        tenant: request.tenant.uuid(),
        id: request.id.uuid(),
        case_id: request.case.map(Id::uuid),
        kind: request.kind.clone(),
        sealed: json!(request.sealed),
        recorded_at: request.recorded_at.micros(),
        due_at: request.due_at.micros(),
        answered_at: request.answered_at.map(Moment::micros),
        revision: 1,
    }
}

fn request_from_row(row: request_row::Model) -> Result<Versioned<OwnRequest>> {
    let request = OwnRequest {
        tenant: TenantId::from_uuid(row.tenant),
        id: OwnRequestId::from_uuid(row.id),
        case: row.case_id.map(CaseId::from_uuid),
        kind: row.kind,
        sealed: serde_json::from_value(row.sealed)
            .map_err(|error| Error::Corrupt(error.to_string()))?,
        recorded_at: Moment::from_micros(row.recorded_at),
        due_at: Moment::from_micros(row.due_at),
        answered_at: row.answered_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(request, row.revision))
}

/// Adds a request.
///
/// # Errors
/// When the database does not answer.
pub async fn ask(act: &mut Act, request: &OwnRequest) -> Result<()> {
    act.insert(&request_to_row(request)).await
}

/// Marks a request answered.
///
/// # Errors
/// [`Error::Conflict`] if it changed since `seen`.
pub async fn answer(act: &mut Act, request: &OwnRequest, seen: Revision) -> Result<Revision> {
    act.update(&request_to_row(request), seen).await
}

/// Requests to a tenant, those that wait first.
///
/// # Errors
/// When the database does not answer.
pub async fn requests(
    db: &dyn Db,
    tenant: TenantId,
    case: Option<CaseId>,
) -> Result<Vec<Versioned<OwnRequest>>> {
    let mut select =
        request_row::Entity::find().filter(request_row::Column::Tenant.eq(tenant.uuid()));
    if let Some(case) = case {
        select = select.filter(request_row::Column::CaseId.eq(case.uuid()));
    }
    let rows = select.order_by_asc(request_row::Column::DueAt).all(&db.executor()).await?;
    rows.into_iter().map(request_from_row).collect()
}

/// One request.
///
/// # Errors
/// When the database does not answer.
pub async fn request(
    db: &dyn Db,
    tenant: TenantId,
    id: OwnRequestId,
) -> Result<Option<Versioned<OwnRequest>>> {
    let key = (tenant.uuid(), id.uuid());
    let row = request_row::Entity::find_by_id(key).one(&db.executor()).await?;
    row.map(request_from_row).transpose()
}

/// The way an answer goes back to a person whom the body that answers does not
/// know: a code on a slip opens the private half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayBack {
    /// First four signs of the code: which answer a slip is for.
    pub slip: String,
    /// Salt of the rest.
    pub salt: Vec<u8>,
    /// What an answer is sealed to.
    pub public: Vec<u8>,
    /// The private half, sealed by the key the rest of the code gives.
    pub secret: Vec<u8>,
}

/// Who asked, and how the answer goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnReply {
    /// Who answers.
    pub tenant: TenantId,
    /// The request it stands beside.
    pub id: OwnRequestId,
    /// Who asked: a code.
    pub asked_by: String,
    /// The way back, where the answer cannot lie in the person's record.
    pub way_back: Option<WayBack>,
    /// The answer, sealed to that way back.
    pub answer: Option<Vec<u8>>,
}

fn reply_to_row(reply: &OwnReply) -> reply_row::Model {
    let way = reply.way_back.as_ref();
    reply_row::Model {
        tenant: reply.tenant.uuid(),
        id: reply.id.uuid(),
        asked_by: reply.asked_by.clone(),
        slip: way.map(|way| way.slip.clone()),
        salt: way.map(|way| way.salt.clone()),
        public: way.map(|way| way.public.clone()),
        secret: way.map(|way| way.secret.clone()),
        answer: reply.answer.clone(),
        revision: 1,
    }
}

fn reply_from_row(row: reply_row::Model) -> Versioned<OwnReply> {
    let way_back = match (row.slip, row.salt, row.public, row.secret) {
        (Some(slip), Some(salt), Some(public), Some(secret)) => {
            Some(WayBack { slip, salt, public, secret })
        }
        _ => None,
    };
    let reply = OwnReply {
        tenant: TenantId::from_uuid(row.tenant),
        id: OwnRequestId::from_uuid(row.id),
        asked_by: row.asked_by,
        way_back,
        answer: row.answer,
    };
    Versioned::new(reply, row.revision)
}

/// Notes who asked, and the way back.
///
/// # Errors
/// When the database does not answer.
pub async fn note_reply(act: &mut Act, reply: &OwnReply) -> Result<()> {
    act.insert(&reply_to_row(reply)).await
}

/// Keeps the answer on its way back.
///
/// # Errors
/// [`Error::Conflict`] if it changed since `seen`.
pub async fn put_reply(act: &mut Act, reply: &OwnReply, seen: Revision) -> Result<Revision> {
    act.update(&reply_to_row(reply), seen).await
}

/// Who asked for this, and the way back, if it was noted.
///
/// # Errors
/// When the database does not answer.
pub async fn reply(
    db: &dyn Db,
    tenant: TenantId,
    id: OwnRequestId,
) -> Result<Option<Versioned<OwnReply>>> {
    let key = (tenant.uuid(), id.uuid());
    let row = reply_row::Entity::find_by_id(key).one(&db.executor()).await?;
    Ok(row.map(reply_from_row))
}

/// Ways back a slip could be for, at any body: the person need not say which.
///
/// # Errors
/// When the database does not answer.
pub async fn replies_of_slip(db: &dyn Db, slip: &str) -> Result<Vec<OwnReply>> {
    let rows = reply_row::Entity::find()
        .filter(reply_row::Column::Slip.eq(slip))
        .order_by_asc(reply_row::Column::Id)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(|row| reply_from_row(row).record).collect())
}

/// Removes what was asked about a case, with who asked, and views of it that were
/// prepared: for an erasure. The answers lie under the person's key and go with it.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_of_case(act: &mut Act, case: CaseId) -> Result<()> {
    let tenant = act.tenant().uuid();
    let views = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .all(&act.txn)
        .await?;
    for view in &views {
        act.delete(view).await?;
    }
    let rows = request_row::Entity::find()
        .filter(request_row::Column::Tenant.eq(tenant))
        .filter(request_row::Column::CaseId.eq(case.uuid()))
        .all(&act.txn)
        .await?;
    for row in &rows {
        let key = (tenant, row.id);
        if let Some(reply) = reply_row::Entity::find_by_id(key).one(&act.txn).await? {
            act.delete(&reply).await?;
        }
        act.delete(row).await?;
    }
    Ok(())
}

/// Keeps the answers of one person after one service, with nothing that leads
/// back to them: no case, no day, an id that tells nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_answers(
    act: &mut Act,
    about: TenantId,
    service: &str,
    half_year: &str,
    replies: &BTreeMap<String, String>,
) -> Result<()> {
    let row = answer_row::Model {
        tenant: act.tenant().uuid(),
        id: act.new_id::<OwnRequestId>().uuid(),
        about: about.uuid(),
        service: service.to_owned(),
        half_year: half_year.to_owned(),
        replies: json!(replies),
        revision: 1,
    };
    act.insert(&row).await
}

/// Answers of these half-years with the provider they are about, whoever keeps
/// them: for counts over many providers, never one by one.
///
/// # Errors
/// When the database does not answer.
pub async fn answers_of(
    db: &dyn Db,
    half_years: &[String],
) -> Result<Vec<(TenantId, BTreeMap<String, String>)>> {
    let rows = answer_row::Entity::find()
        .filter(answer_row::Column::HalfYear.is_in(half_years.iter().map(String::as_str)))
        .all(&db.executor())
        .await?;
    let read = |row: answer_row::Model| -> Result<(TenantId, BTreeMap<String, String>)> {
        let replies =
            serde_json::from_value(row.replies).map_err(|e| Error::Corrupt(e.to_string()))?;
        Ok((TenantId::from_uuid(row.about), replies))
    };
    rows.into_iter().map(read).collect()
}

/// Answers about a provider in a half-year, kept by an independent body: for
/// counting, never one by one.
///
/// # Errors
/// When the database does not answer.
pub async fn answers(
    db: &dyn Db,
    keeper: TenantId,
    about: TenantId,
    half_year: &str,
) -> Result<Vec<BTreeMap<String, String>>> {
    let rows = answer_row::Entity::find()
        .filter(answer_row::Column::Tenant.eq(keeper.uuid()))
        .filter(answer_row::Column::About.eq(about.uuid()))
        .filter(answer_row::Column::HalfYear.eq(half_year))
        .all(&db.executor())
        .await?;
    let read = |value: Value| {
        serde_json::from_value(value).map_err(|error| Error::Corrupt(error.to_string()))
    };
    rows.into_iter().map(|row| read(row.replies)).collect()
}
