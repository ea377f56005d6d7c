//! Rows of the Open Referral standard as they came, with every field, also
//! those Palermo has no use for: so that what is imported goes out again whole.

use crate::{act::Act, entity::entity, error::Result, store::Db};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "hsds_row",
        key { tenant: Uuid, resource: String, id: Uuid }
        body: Json,
        revision: i64,
    );
}

/// One row: its table, its id, its fields.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    /// The table, in the singular as the standard names it.
    pub resource: String,
    /// Its id.
    pub id: Uuid,
    /// Its fields.
    pub body: Json,
}

/// All rows, table by table.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &dyn Db) -> Result<Vec<StoredRow>> {
    let rows = row::Entity::find()
        .order_by_asc(row::Column::Resource)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    let stored = |row: row::Model| StoredRow { resource: row.resource, id: row.id, body: row.body };
    Ok(rows.into_iter().map(stored).collect())
}

/// Keeps rows of the act's organisation, in place of earlier ones.
///
/// # Errors
/// When the database does not answer.
pub async fn put(act: &mut Act, rows: &[StoredRow]) -> Result<()> {
    let known: HashMap<(String, Uuid), Json> = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .all(&act.txn)
        .await?
        .into_iter()
        .map(|row| ((row.resource, row.id), row.body))
        .collect();
    let mut new = Vec::new();
    for one in rows {
        let model = row::Model {
            tenant: act.tenant,
            resource: one.resource.clone(),
            id: one.id,
            body: one.body.clone(),
            revision: 1,
        };
        match known.get(&(one.resource.clone(), one.id)) {
            None => new.push(model),
            Some(same) if *same == one.body => {}
            Some(_) => act.overwrite(&model).await?,
        }
    }
    if new.is_empty() { Ok(()) } else { act.insert_many(&new).await }
}

/// Forgets rows of the act's organisation; those of others stay.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(act: &mut Act, rows: &[(String, Uuid)]) -> Result<()> {
    for (resource, id) in rows {
        let key = (act.tenant, resource.clone(), *id);
        if let Some(row) = row::Entity::find_by_id(key).one(&act.txn).await? {
            act.delete(&row).await?;
        }
    }
    Ok(())
}
