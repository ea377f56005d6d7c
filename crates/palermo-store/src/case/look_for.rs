//! Questions whether another care organisation knows a person (R096). Nothing
//! about a name stands here in clear: a question is sealed to those who open
//! identity where it is asked, an answer to whoever asked.

use super::read_json;
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    keys::{Audited, names, person as person_keys, vault::UnlockedVault},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::look_for::LookFor,
    compartment::Compartment,
    id::{AccountId, CaseId, Id, LookForId, PersonId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) mod row {
    super::entity!(
        "look_for",
        key { tenant: Uuid, id: Uuid }
        case_id: Uuid,
        person: Uuid,
        asked_by: Uuid,
        asked_at: i64,
        expires_at: i64,
        ended_at: Option<i64>,
        revision: i64,
    );
}

pub(crate) mod answer_row {
    super::entity!(
        "look_for_answer",
        key { tenant: Uuid, look_for: Uuid, organisation: Uuid }
        sealed: Vec<u8>,
        answered_at: i64,
        revision: i64,
    );
}

pub(crate) mod in_row {
    super::entity!(
        "look_for_in",
        key { tenant: Uuid, id: Uuid }
        sender: Uuid,
        sealed: Json,
        asked_at: i64,
        expires_at: i64,
        answered_at: Option<i64>,
        revision: i64,
    );
}

/// Persons whose names are opened at a time.
const PAGE: usize = 500;

fn to_row(one: &LookFor) -> row::Model {
    row::Model {
        tenant: one.tenant.uuid(),
        id: one.id.uuid(),
        case_id: one.case.uuid(),
        person: one.person.uuid(),
        asked_by: one.asked_by.uuid(),
        asked_at: one.asked_at.micros(),
        expires_at: one.expires_at.micros(),
        ended_at: one.ended_at.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Versioned<LookFor> {
    let one = LookFor {
        tenant: TenantId::from_uuid(row.tenant),
        id: LookForId::from_uuid(row.id),
        case: CaseId::from_uuid(row.case_id),
        person: PersonId::from_uuid(row.person),
        asked_by: AccountId::from_uuid(row.asked_by),
        asked_at: Moment::from_micros(row.asked_at),
        expires_at: Moment::from_micros(row.expires_at),
        ended_at: row.ended_at.map(Moment::from_micros),
    };
    Versioned::new(one, row.revision)
}

/// Asks: an act of the asker's tenant.
///
/// # Errors
/// [`Error::Dependent`] if the case is not there.
pub async fn ask(act: &mut Act, one: &LookFor) -> Result<()> {
    act.insert(&to_row(one)).await
}

/// Changes a question: it ended.
///
/// # Errors
/// [`Error::Conflict`] if it changed since `seen`.
pub async fn update(act: &mut Act, one: &LookFor, seen: Revision) -> Result<Revision> {
    act.update(&to_row(one), seen).await
}

/// The question with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: LookForId,
) -> Result<Option<Versioned<LookFor>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    Ok(row.map(from_row))
}

/// Questions of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<LookFor>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_desc(row::Column::AskedAt)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Questions of a member of staff, or about a person, since a moment.
///
/// # Errors
/// When the database does not answer.
pub async fn since(
    db: &dyn Db,
    tenant: TenantId,
    by: AccountId,
    person: PersonId,
    since: Moment,
) -> Result<Vec<LookFor>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::AskedAt.gt(since.micros()))
        .filter(
            Condition::any()
                .add(row::Column::AskedBy.eq(by.uuid()))
                .add(row::Column::Person.eq(person.uuid())),
        )
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(|row| from_row(row).record).collect())
}

/// An answer, sealed to whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAnswer {
    /// Which organisation answered.
    pub organisation: TenantId,
    /// What it said, sealed.
    pub sealed: Vec<u8>,
    /// When.
    pub answered_at: Moment,
}

/// Keeps an answer: an act of the asker's tenant. A second answer of the same
/// organisation changes nothing.
///
/// # Errors
/// [`Error::Dependent`] if the question is gone.
pub async fn keep_answer(act: &mut Act, id: LookForId, answer: &SealedAnswer) -> Result<()> {
    let key = (act.tenant, id.uuid(), answer.organisation.uuid());
    if answer_row::Entity::find_by_id(key).one(&act.txn).await?.is_some() {
        return Ok(());
    }
    let row = answer_row::Model {
        tenant: act.tenant,
        look_for: id.uuid(),
        organisation: answer.organisation.uuid(),
        sealed: answer.sealed.clone(),
        answered_at: answer.answered_at.micros(),
        revision: 1,
    };
    act.insert(&row).await
}

/// The answers to a question.
///
/// # Errors
/// When the database does not answer.
pub async fn answers(db: &dyn Db, tenant: TenantId, id: LookForId) -> Result<Vec<SealedAnswer>> {
    let rows = answer_row::Entity::find()
        .filter(answer_row::Column::Tenant.eq(tenant.uuid()))
        .filter(answer_row::Column::LookFor.eq(id.uuid()))
        .all(&db.executor())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| SealedAnswer {
            organisation: TenantId::from_uuid(row.organisation),
            sealed: row.sealed,
            answered_at: Moment::from_micros(row.answered_at),
        })
        .collect())
}

/// Takes the questions of a case and their answers away, when its person is erased.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_of_case(act: &mut Act, case: CaseId) -> Result<()> {
    for one in of_case(&*act, act.tenant(), case).await? {
        let answers = answer_row::Entity::find()
            .filter(answer_row::Column::Tenant.eq(act.tenant))
            .filter(answer_row::Column::LookFor.eq(one.record.id.uuid()))
            .all(&act.txn)
            .await?;
        for answer in &answers {
            act.delete(answer).await?;
        }
        act.delete(&to_row(&one.record)).await?;
    }
    Ok(())
}

/// A question as an asked organisation has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The asked organisation.
    pub tenant: TenantId,
    /// Id, the same as the asker's.
    pub id: LookForId,
    /// Who asks.
    pub sender: TenantId,
    /// Key id of a reader → the question sealed to it, in hexadecimal.
    pub sealed: BTreeMap<Uuid, String>,
    /// When it was asked.
    pub asked_at: Moment,
    /// Until when an answer is taken.
    pub expires_at: Moment,
    /// When it was answered, or ended.
    pub answered_at: Option<Moment>,
}

fn in_to_row(one: &Asked) -> in_row::Model {
    in_row::Model {
        tenant: one.tenant.uuid(),
        id: one.id.uuid(),
        sender: one.sender.uuid(),
        sealed: json!(one.sealed),
        asked_at: one.asked_at.micros(),
        expires_at: one.expires_at.micros(),
        answered_at: one.answered_at.map(Moment::micros),
        revision: 1,
    }
}

fn in_from_row(row: in_row::Model) -> Result<Versioned<Asked>> {
    let one = Asked {
        tenant: TenantId::from_uuid(row.tenant),
        id: LookForId::from_uuid(row.id),
        sender: TenantId::from_uuid(row.sender),
        sealed: read_json(row.sealed)?,
        asked_at: Moment::from_micros(row.asked_at),
        expires_at: Moment::from_micros(row.expires_at),
        answered_at: row.answered_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(one, row.revision))
}

/// Delivers a question: an act of the asked tenant.
///
/// # Errors
/// [`Error::Duplicate`] if it is there already.
pub async fn deliver(act: &mut Act, one: &Asked) -> Result<()> {
    act.insert(&in_to_row(one)).await
}

/// Closes a question where it was asked: answered, expired or taken back. What
/// was sealed in it goes.
///
/// # Errors
/// [`Error::Conflict`] if someone else closed it since `seen`.
pub async fn close(act: &mut Act, one: &Asked, seen: Revision) -> Result<Revision> {
    let closed = Asked { sealed: BTreeMap::new(), answered_at: Some(act.now()), ..one.clone() };
    act.update(&in_to_row(&closed), seen).await
}

/// A question where it was asked.
///
/// # Errors
/// When the database does not answer.
pub async fn asked(
    db: &dyn Db,
    tenant: TenantId,
    id: LookForId,
) -> Result<Option<Versioned<Asked>>> {
    let row = in_row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(in_from_row).transpose()
}

/// Questions that wait for an answer of a tenant, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(db: &dyn Db, tenant: TenantId) -> Result<Vec<Versioned<Asked>>> {
    let rows = in_row::Entity::find()
        .filter(in_row::Column::Tenant.eq(tenant.uuid()))
        .filter(in_row::Column::AnsweredAt.is_null())
        .order_by_asc(in_row::Column::AskedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(in_from_row).collect()
}

/// Someone who agreed to be looked for, with what is compared.
pub struct Agreed {
    /// Who.
    pub person: PersonId,
    /// Sex code, if told.
    pub sex: Option<String>,
    /// Year of birth, if told.
    pub birth_year: Option<u16>,
    /// Names, one a line; wiped when dropped.
    pub names: Zeroizing<String>,
}

impl std::fmt::Debug for Agreed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Agreed(..)")
    }
}

/// The persons of a tenant who agreed to be looked for, with their names in
/// clear, in memory. Persons with a sealed record are left out (E11). Opens
/// only with an open key of identity.
///
/// # Errors
/// [`Error::Locked`] if the vault does not open identity.
pub async fn agreed<L: Audited>(log: &L, vault: &UnlockedVault) -> Result<Vec<Agreed>> {
    use super::{file::row as case_row, person::row as person_row};
    let tenant = vault.tenant().uuid();
    let sealed: std::collections::HashSet<Uuid> = case_row::Entity::find()
        .filter(case_row::Column::Tenant.eq(tenant))
        .filter(case_row::Column::Sealed.eq(true))
        .all(&log.executor())
        .await?
        .into_iter()
        .map(|case| case.person)
        .collect();
    let people = person_row::Entity::find()
        .filter(person_row::Column::Tenant.eq(tenant))
        .filter(person_row::Column::MayBeLookedFor.eq(1))
        .all(&log.executor())
        .await?;
    let people: Vec<_> = people.into_iter().filter(|one| !sealed.contains(&one.id)).collect();
    let mut found = Vec::new();
    for some in people.chunks(PAGE) {
        let ids: Vec<Uuid> = some.iter().map(|one| one.id).collect();
        let keys = person_keys::open_many(log.store(), vault, &ids, Compartment::Identity).await?;
        let rows = names::row::Entity::find()
            .filter(names::row::Column::Tenant.eq(tenant))
            .filter(names::row::Column::Person.is_in(ids))
            .all(&log.executor())
            .await?;
        for row in rows {
            let Some(key) = keys.get(&row.key).filter(|_| row.ciphertext.is_some()) else {
                continue;
            };
            let Some(person) = some.iter().find(|one| one.id == row.person) else { continue };
            let clear = names::open_row(&row, key)?;
            let text = std::str::from_utf8(&clear).map_err(|_| Error::Sealed)?;
            found.push(Agreed {
                person: PersonId::from_uuid(person.id),
                sex: person.sex.clone(),
                birth_year: person.birth_year.and_then(|year| u16::try_from(year).ok()),
                names: Zeroizing::new(text.to_owned()),
            });
        }
    }
    Ok(found)
}
