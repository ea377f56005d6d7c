//! Questions one person asked and another decides.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{AccountId, ApprovalId, Id, TenantId},
    moment::Moment,
    two_person::Approval,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod row {
    super::entity!(
        "approval",
        key { tenant: Uuid, id: Uuid }
        action: String,
        subject: String,
        asked_by: Uuid,
        recorded_at: i64,
        ends_at: i64,
        decided_by: Option<Uuid>,
        agreed: bool,
        used_at: Option<i64>,
        revision: i64,
    );
}

/// Most questions shown.
const SHOWN: u64 = 500;

fn to_row(approval: &Approval) -> row::Model {
    row::Model {
        tenant: approval.tenant.uuid(),
        id: approval.id.uuid(),
        action: approval.action.clone(),
        subject: approval.subject.clone(),
        asked_by: approval.asked_by.uuid(),
        recorded_at: approval.recorded_at.micros(),
        ends_at: approval.ends_at.micros(),
        decided_by: approval.decided_by.map(Id::uuid),
        agreed: approval.agreed,
        used_at: approval.used_at.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Versioned<Approval> {
    let approval = Approval {
        tenant: TenantId::from_uuid(row.tenant),
        id: ApprovalId::from_uuid(row.id),
        action: row.action,
        subject: row.subject,
        asked_by: AccountId::from_uuid(row.asked_by),
        recorded_at: Moment::from_micros(row.recorded_at),
        ends_at: Moment::from_micros(row.ends_at),
        decided_by: row.decided_by.map(AccountId::from_uuid),
        agreed: row.agreed,
        used_at: row.used_at.map(Moment::from_micros),
    };
    Versioned::new(approval, row.revision)
}

/// Asks.
///
/// # Errors
/// [`Error::Dependent`] if the account is not there.
pub async fn insert(act: &mut Act, approval: &Approval) -> Result<()> {
    act.insert(&to_row(approval)).await
}

/// Keeps an answer, or that it was made use of.
///
/// # Errors
/// [`Error::Conflict`] if it changed since `seen`.
pub async fn update(act: &mut Act, approval: &Approval, seen: Revision) -> Result<Revision> {
    act.update(&to_row(approval), seen).await
}

/// The question with this id.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn find(db: &dyn Db, tenant: TenantId, id: ApprovalId) -> Result<Versioned<Approval>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).ok_or(Error::NotFound)
}

/// Questions about one thing, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn about(
    db: &dyn Db,
    tenant: TenantId,
    action: &str,
    subject: &str,
) -> Result<Vec<Versioned<Approval>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Action.eq(action))
        .filter(row::Column::Subject.eq(subject))
        .order_by_desc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Questions about one kind of act whose time is not over and of which no use was made,
/// newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn open(
    db: &dyn Db,
    tenant: TenantId,
    action: &str,
    now: Moment,
) -> Result<Vec<Versioned<Approval>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Action.eq(action))
        .filter(row::Column::UsedAt.is_null())
        .filter(row::Column::EndsAt.gt(now.micros()))
        .order_by_desc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Questions of a tenant, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &dyn Db, tenant: TenantId) -> Result<Vec<Versioned<Approval>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_desc(row::Column::RecordedAt)
        .limit(SHOWN)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}
