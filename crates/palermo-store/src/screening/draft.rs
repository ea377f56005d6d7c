//! Drafts of screenings: a row that says whose it is and when it expires; what
//! was answered is sealed beside it.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    keys::{
        Audited, erase, person,
        sealed::{self, Place},
        vault::UnlockedVault,
    },
    store::{Db, Store},
    write::{Revision, Versioned},
};
use palermo_domain::{
    compartment::Compartment,
    id::{AccountId, Id, PersonId, ScreeningId, TenantId},
    moment::Moment,
    screening::Draft,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod row {
    super::entity!(
        "screening_draft",
        key { tenant: Uuid, id: Uuid }
        account: Uuid,
        person: Uuid,
        expires_at: i64,
        recorded_at: i64,
        revision: i64,
    );
}

/// Whose a draft is and how long it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftHead {
    /// Organisation.
    pub tenant: TenantId,
    /// Id.
    pub id: ScreeningId,
    /// Who asks.
    pub account: AccountId,
    /// Whose key seals the answers.
    pub person: PersonId,
    /// When it is erased unless it is decided before.
    pub expires_at: Moment,
    /// When it was begun.
    pub recorded_at: Moment,
}

fn to_row(head: &DraftHead) -> row::Model {
    row::Model {
        tenant: head.tenant.uuid(),
        id: head.id.uuid(),
        account: head.account.uuid(),
        person: head.person.uuid(),
        expires_at: head.expires_at.micros(),
        recorded_at: head.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Versioned<DraftHead> {
    let head = DraftHead {
        tenant: TenantId::from_uuid(row.tenant),
        id: ScreeningId::from_uuid(row.id),
        account: AccountId::from_uuid(row.account),
        person: PersonId::from_uuid(row.person),
        expires_at: Moment::from_micros(row.expires_at),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Versioned::new(head, row.revision)
}

/// Where the answers of a screening are sealed.
#[must_use]
pub fn place(person: PersonId, id: ScreeningId) -> Place {
    Place {
        person,
        table: "screening",
        record: id.uuid(),
        field: "answers",
        compartment: Compartment::Case,
    }
}

/// Begins a draft, with a key of its own.
///
/// # Errors
/// [`Error::Locked`] without the compartment case.
pub async fn begin(
    act: &mut Act,
    vault: &UnlockedVault,
    head: &DraftHead,
    draft: &Draft,
) -> Result<()> {
    person::create(act, vault, head.person, &[Compartment::Case]).await?;
    act.insert(&to_row(head)).await?;
    put_answers(act, vault, head.person, head.id, draft).await
}

/// Keeps what was answered.
///
/// # Errors
/// [`Error::Conflict`] if someone else kept something since `seen`.
pub async fn keep(
    act: &mut Act,
    vault: &UnlockedVault,
    head: &DraftHead,
    seen: Revision,
    draft: &Draft,
) -> Result<Revision> {
    let revision = act.update(&to_row(head), seen).await?;
    put_answers(act, vault, head.person, head.id, draft).await?;
    Ok(revision)
}

/// Seals the answers of a screening.
///
/// # Errors
/// [`Error::Locked`] without the compartment case.
pub async fn put_answers(
    act: &mut Act,
    vault: &UnlockedVault,
    person: PersonId,
    id: ScreeningId,
    draft: &Draft,
) -> Result<()> {
    let clear = serde_json::to_vec(draft).map_err(|error| Error::Corrupt(error.to_string()))?;
    sealed::put(act, vault, place(person, id), &clear).await
}

/// The answers of a screening.
///
/// # Errors
/// [`Error::Erased`] after its time.
pub async fn answers<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    person: PersonId,
    id: ScreeningId,
) -> Result<Draft> {
    let clear = sealed::open(log, vault, place(person, id)).await?.ok_or(Error::NotFound)?;
    serde_json::from_slice(&clear).map_err(|error| Error::Corrupt(error.to_string()))
}

/// The draft with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: ScreeningId,
) -> Result<Option<Versioned<DraftHead>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    Ok(row.map(from_row))
}

/// Drafts of a member of staff that have not expired, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
    now: Moment,
) -> Result<Vec<Versioned<DraftHead>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::ExpiresAt.gt(now.micros()))
        .order_by_desc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Removes the row of a draft that became a screening; its answers stay.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn end(act: &mut Act, head: &DraftHead) -> Result<()> {
    act.delete(&to_row(head)).await
}

/// Removes a draft and orders the destruction of its key; nothing of it opens
/// any more. `basis` is a code.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn discard(act: &mut Act, head: &DraftHead, basis: &str) -> Result<()> {
    end(act, head).await?;
    erase::order(act, head.person, basis).await
}

/// Up to `most` drafts of all tenants whose time has passed.
///
/// # Errors
/// When the database does not answer.
pub async fn expired(store: &Store, now: Moment, most: u64) -> Result<Vec<DraftHead>> {
    let rows = row::Entity::find()
        .filter(row::Column::ExpiresAt.lte(now.micros()))
        .order_by_asc(row::Column::ExpiresAt)
        .limit(most)
        .all(&store.inner.reads)
        .await?;
    Ok(rows.into_iter().map(|row| from_row(row).record).collect())
}
