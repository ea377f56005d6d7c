//! Roles held, with their dates. A role is ended, never deleted.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    account::RoleAssignment,
    id::{AccountId, Id, TenantId},
    moment::Moment,
    role::Role,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "role_assignment",
        key { tenant: Uuid, account: Uuid, role: String, from_at: i64 }
        until_at: Option<i64>,
        given_by: Option<Uuid>,
        revision: i64,
    );
}

fn from_row(row: row::Model) -> Result<Versioned<RoleAssignment>> {
    let role =
        Role::from_code(&row.role).ok_or_else(|| Error::Corrupt(format!("role `{}`", row.role)))?;
    let assignment = RoleAssignment {
        tenant: TenantId::from_uuid(row.tenant),
        account: AccountId::from_uuid(row.account),
        role,
        from: Moment::from_micros(row.from_at),
        until: row.until_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(assignment, row.revision))
}

/// Gives a role.
///
/// # Errors
/// [`Error::Duplicate`] if the same role begins at the same moment already.
pub async fn assign(act: &mut Act, assignment: &RoleAssignment) -> Result<()> {
    let row = row::Model {
        tenant: assignment.tenant.uuid(),
        account: assignment.account.uuid(),
        role: assignment.role.code().to_owned(),
        from_at: assignment.from.micros(),
        until_at: assignment.until.map(Moment::micros),
        given_by: act.actor().account().map(Id::uuid),
        revision: 1,
    };
    act.insert(&row).await
}

/// Ends a role at a moment.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn end(
    act: &mut Act,
    held: &RoleAssignment,
    until: Moment,
    seen: Revision,
) -> Result<Revision> {
    let id =
        (held.tenant.uuid(), held.account.uuid(), held.role.code().to_owned(), held.from.micros());
    let row = row::Entity::find_by_id(id).one(&act.txn).await?;
    let mut row = row.ok_or(Error::NotFound)?;
    row.until_at = Some(until.micros());
    act.update(&row, seen).await
}

/// All roles an account has or had.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
) -> Result<Vec<Versioned<RoleAssignment>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .order_by_asc(row::Column::FromAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Everyone in a tenant who holds a role at a moment: to find the last
/// administrator, the on-call officer, or who may approve.
///
/// # Errors
/// When the database does not answer.
pub async fn holders(
    db: &dyn Db,
    tenant: TenantId,
    role: Role,
    at: Moment,
) -> Result<Vec<Versioned<RoleAssignment>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Role.eq(role.code()))
        .filter(row::Column::FromAt.lte(at.micros()))
        .order_by_asc(row::Column::FromAt)
        .all(&db.executor())
        .await?;
    let held: Result<Vec<_>> = rows.into_iter().map(from_row).collect();
    Ok(held?.into_iter().filter(|held| held.holds_at(at)).collect())
}
