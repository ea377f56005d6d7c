//! Notices to members of staff: that something happened, never what it says.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    list::{Page, Paging, page},
    store::Db,
};
use palermo_domain::{
    id::{AccountId, Id, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "notice",
        key { tenant: Uuid, id: Uuid }
        account: Uuid,
        kind: String,
        facts: Json,
        recorded_at: i64,
        read_at: Option<i64>,
        revision: i64,
    );
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Notice {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: Uuid,
    /// For whom.
    pub account: AccountId,
    /// Names the message (`notice-new-device`).
    pub kind: String,
    /// Arguments of the message; never about a person.
    pub facts: Json,
    /// Since when.
    pub recorded_at: Moment,
    /// When it was read.
    pub read_at: Option<Moment>,
}

fn from_row(row: row::Model) -> Result<Notice> {
    Ok(Notice {
        tenant: TenantId::from_uuid(row.tenant),
        id: row.id,
        account: AccountId::from_uuid(row.account),
        kind: row.kind,
        facts: row.facts,
        recorded_at: Moment::from_micros(row.recorded_at),
        read_at: row.read_at.map(Moment::from_micros),
    })
}

/// Leaves a notice.
///
/// # Errors
/// [`Error::Dependent`] if the account is not there.
pub async fn leave(act: &mut Act, account: AccountId, kind: &str, facts: Json) -> Result<()> {
    let row = row::Model {
        tenant: act.tenant,
        id: act.store.inner.ids.timed(),
        account: account.uuid(),
        kind: kind.to_owned(),
        facts,
        recorded_at: act.now().micros(),
        read_at: None,
        revision: 1,
    };
    act.insert(&row).await
}

/// Marks a notice of this account as read.
///
/// # Errors
/// [`Error::NotFound`] if they have none such.
pub async fn mark_read(act: &mut Act, account: AccountId, id: Uuid) -> Result<()> {
    let row = row::Entity::find_by_id((act.tenant, id)).one(&act.txn).await?;
    let mut row = row.filter(|row| row.account == account.uuid()).ok_or(Error::NotFound)?;
    row.read_at = Some(act.now().micros());
    act.overwrite(&row).await
}

/// Notices of an account, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
    paging: Paging,
) -> Result<Page<Notice>> {
    let select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .order_by_desc(row::Column::RecordedAt)
        .order_by_desc(row::Column::Id);
    page(&db.executor(), select, paging, from_row).await
}

/// How many notices an account has not read.
///
/// # Errors
/// When the database does not answer.
pub async fn unread(db: &dyn Db, tenant: TenantId, account: AccountId) -> Result<u64> {
    let select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::ReadAt.is_null());
    Ok(select.count(&db.executor()).await?)
}

/// The name under which a notice keeps that a letter told of it.
const TOLD: &str = "told";

/// Unread notices from before a moment that no letter told of yet, by account.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(
    db: &dyn Db,
    tenant: TenantId,
    before: Moment,
) -> Result<Vec<(AccountId, Vec<Uuid>)>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::ReadAt.is_null())
        .filter(row::Column::RecordedAt.lt(before.micros()))
        .order_by_asc(row::Column::Account)
        .all(&db.executor())
        .await?;
    let mut found: Vec<(AccountId, Vec<Uuid>)> = Vec::new();
    for row in rows.into_iter().filter(|row| row.facts.get(TOLD).is_none()) {
        let account = AccountId::from_uuid(row.account);
        match found.last_mut() {
            Some((last, ids)) if *last == account => ids.push(row.id),
            _ => found.push((account, vec![row.id])),
        }
    }
    Ok(found)
}

/// Notes that a letter told of these notices.
///
/// # Errors
/// [`Error::NotFound`] if one is not there.
pub async fn told(act: &mut Act, ids: &[Uuid]) -> Result<()> {
    for id in ids {
        let row = row::Entity::find_by_id((act.tenant, *id)).one(&act.txn).await?;
        let mut row = row.ok_or(Error::NotFound)?;
        if let Json::Object(facts) = &mut row.facts {
            facts.insert(TOLD.to_owned(), Json::Bool(true));
        } else {
            row.facts = serde_json::json!({ TOLD: true });
        }
        act.overwrite(&row).await?;
    }
    Ok(())
}
