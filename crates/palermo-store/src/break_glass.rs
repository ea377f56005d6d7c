//! Break-glass openings.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    break_glass::{BreakGlass, BreakReason},
    id::{AccountId, BreakGlassId, Id, PersonId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod row {
    super::entity!(
        "break_glass",
        key { tenant: Uuid, id: Uuid }
        account: Uuid,
        person: Uuid,
        reason: String,
        opened_at: i64,
        ends_at: i64,
        ended_at: Option<i64>,
        reviewed_by: Option<Uuid>,
        reviewed_at: Option<i64>,
        revision: i64,
    );
}

/// Most openings shown.
const SHOWN: u64 = 500;

fn to_row(one: &BreakGlass) -> row::Model {
    row::Model {
        tenant: one.tenant.uuid(),
        id: one.id.uuid(),
        account: one.account.uuid(),
        person: one.person.uuid(),
        reason: one.reason.code().to_owned(),
        opened_at: one.opened_at.micros(),
        ends_at: one.ends_at.micros(),
        ended_at: one.ended_at.map(Moment::micros),
        reviewed_by: one.reviewed_by.map(Id::uuid),
        reviewed_at: one.reviewed_at.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<BreakGlass>> {
    let reason = BreakReason::from_code(&row.reason)
        .ok_or_else(|| Error::Corrupt(format!("break-glass reason `{}`", row.reason)))?;
    let one = BreakGlass {
        tenant: TenantId::from_uuid(row.tenant),
        id: BreakGlassId::from_uuid(row.id),
        account: AccountId::from_uuid(row.account),
        person: PersonId::from_uuid(row.person),
        reason,
        opened_at: Moment::from_micros(row.opened_at),
        ends_at: Moment::from_micros(row.ends_at),
        ended_at: row.ended_at.map(Moment::from_micros),
        reviewed_by: row.reviewed_by.map(AccountId::from_uuid),
        reviewed_at: row.reviewed_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(one, row.revision))
}

/// Opens.
///
/// # Errors
/// [`Error::Dependent`] if the account is not there.
pub async fn insert(act: &mut Act, one: &BreakGlass) -> Result<()> {
    act.insert(&to_row(one)).await
}

/// Ends or reviews.
///
/// # Errors
/// [`Error::Conflict`] if it changed since `seen`.
pub async fn update(act: &mut Act, one: &BreakGlass, seen: Revision) -> Result<Revision> {
    act.update(&to_row(one), seen).await
}

/// The opening with this id.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: BreakGlassId,
) -> Result<Versioned<BreakGlass>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()?.ok_or(Error::NotFound)
}

/// What an account has open at this moment.
///
/// # Errors
/// When the database does not answer.
pub async fn open_of(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
    now: Moment,
) -> Result<Vec<Versioned<BreakGlass>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::EndsAt.gt(now.micros()))
        .filter(row::Column::EndedAt.is_null())
        .order_by_desc(row::Column::OpenedAt)
        .all(&db.executor())
        .await?;
    let all: Result<Vec<_>> = rows.into_iter().map(from_row).collect();
    Ok(all?.into_iter().filter(|one| one.record.holds(now)).collect())
}

/// Openings of a tenant, newest first; of one person if `person` is given.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    person: Option<PersonId>,
) -> Result<Vec<Versioned<BreakGlass>>> {
    let mut rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_desc(row::Column::OpenedAt)
        .limit(SHOWN);
    if let Some(person) = person {
        rows = rows.filter(row::Column::Person.eq(person.uuid()));
    }
    rows.all(&db.executor()).await?.into_iter().map(from_row).collect()
}
