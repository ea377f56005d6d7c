//! Cases and what belongs to them: coded rows here, texts in
//! [`crate::keys::sealed`]. One file a noun.

pub mod attachment;
pub mod background;
pub mod channel;
pub mod envelope;
pub mod event;
pub mod file;
pub mod incident;
pub mod incoming;
pub mod look_for;
pub mod note_draft;
pub mod outgoing;
pub mod person;
pub mod record;
pub mod referral_word;
pub mod sealed_file;
pub mod team;
pub mod withdrawal;

use crate::{
    error::{Error, Result},
    store::Db,
    write::Versioned,
};
use palermo_domain::id::{Id, TenantId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value as Json;
use std::{collections::HashMap, hash::Hash};

/// Ids that are asked for in one statement.
const MOST_IDS: usize = 500;

/// Many records of a tenant at once, by the id they are found by.
pub(crate) async fn of_ids<E: EntityTrait, K: Id + Hash, R>(
    db: &dyn Db,
    (tenant, of_tenant): (E::Column, TenantId),
    (column, ids): (E::Column, &[K]),
    read: impl Fn(E::Model) -> Result<Versioned<R>>,
    key: impl Fn(&R) -> K,
) -> Result<HashMap<K, Versioned<R>>> {
    let mut found = HashMap::new();
    for some in ids.chunks(MOST_IDS) {
        let rows = E::find()
            .filter(tenant.eq(of_tenant.uuid()))
            .filter(column.is_in(some.iter().map(|id| id.uuid())))
            .all(&db.executor())
            .await?;
        for row in rows {
            let one = read(row)?;
            found.insert(key(&one.record), one);
        }
    }
    Ok(found)
}

/// A stored code that is none of ours.
pub(crate) fn coded<T>(code: &str, read: impl Fn(&str) -> Option<T>, list: &str) -> Result<T> {
    read(code).ok_or_else(|| Error::Corrupt(format!("{list} `{code}`")))
}

/// A stored list of codes.
pub(crate) fn codes<T>(json: Json, read: impl Fn(&str) -> Option<T>, list: &str) -> Result<Vec<T>> {
    let texts: Vec<String> = read_json(json)?;
    texts.iter().map(|code| coded(code, &read, list)).collect()
}

/// A stored document.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(json: Json) -> Result<T> {
    serde_json::from_value(json).map_err(|error| Error::Corrupt(error.to_string()))
}
