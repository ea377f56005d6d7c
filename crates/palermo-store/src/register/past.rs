//! What entries of the registers said before they were corrected or taken
//! back. Only added to: what was said stays.

use crate::{act::Act, entity::entity, error::Result, store::Db};
use palermo_domain::{
    id::{Id, PastEntryId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

pub(crate) mod row {
    super::entity!(
        "register_past",
        key { tenant: Uuid, id: Uuid }
        register: String,
        entry: Uuid,
        body: Json,
        why: Option<String>,
        recorded_at: i64,
    );
}

/// An entry as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Which entry, by its id.
    pub entry: uuid::Uuid,
    /// What it said.
    pub body: Value,
    /// Why it was taken back; nothing where it was corrected.
    pub why: Option<String>,
    /// When it stopped saying so.
    pub until: Moment,
}

/// Keeps what an entry of the act's organisation said until now.
///
/// # Errors
/// When the database does not answer.
pub async fn keep<I: Id>(
    act: &mut Act,
    register: &str,
    entry: I,
    body: Value,
    why: Option<&str>,
) -> Result<()> {
    let id: PastEntryId = act.new_id();
    let row = row::Model {
        tenant: act.tenant,
        id: id.uuid(),
        register: register.to_owned(),
        entry: entry.uuid(),
        body,
        why: why.map(str::to_owned),
        recorded_at: act.now().micros(),
    };
    act.insert(&row).await?;
    Ok(())
}

/// What entries of an organisation in one register said before, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &dyn Db, tenant: TenantId, register: &str) -> Result<Vec<Past>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Register.eq(register))
        .order_by_desc(row::Column::RecordedAt)
        .order_by_desc(row::Column::Id)
        .all(&db.executor())
        .await?;
    let past = |row: row::Model| Past {
        entry: row.entry,
        body: row.body,
        why: row.why,
        until: Moment::from_micros(row.recorded_at),
    };
    Ok(rows.into_iter().map(past).collect())
}
