//! Exact lookups of document numbers by a keyed hash (128 bits), whose key is
//! held with identity. Never names: full-width hashes of names fall to
//! counting how often each occurs.

use super::{Audited, vault::UnlockedVault};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
};
use palermo_crypto::{Aad, Key, blind_index, normalise_number, unwrap_key, wrap_key};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, KeyId, PersonId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeSet;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "blind_index",
        key { tenant: Uuid, field: String, tag: Vec<u8>, person: Uuid }
        recorded_at: i64,
        revision: i64,
    );
}

pub(crate) mod key_row {
    super::entity!(
        "blind_index_key",
        key { tenant: Uuid, identity_key: Uuid }
        wrapped: Vec<u8>,
        recorded_at: i64,
        revision: i64,
    );
}

fn place<'a>(tenant: &'a Uuid, identity_key: &'a Uuid) -> Aad<'a> {
    Aad {
        tenant: tenant.as_bytes(),
        person: &[],
        table: "blind_index_key",
        column: "wrapped",
        row: tenant.as_bytes(),
        key_id: identity_key.as_bytes(),
        version: 1,
    }
}

async fn keep(act: &mut Act, by: KeyId, by_key: &Key, index: &Key) -> Result<()> {
    let (tenant, by) = (act.tenant, by.uuid());
    let wrapped = wrap_key(by_key, &place(&tenant, &by), index, &mut act.store.entropy())?;
    let recorded_at = act.now().micros();
    act.insert(&key_row::Model { tenant, identity_key: by, wrapped, recorded_at, revision: 1 })
        .await
}

/// Makes the key of the index, wrapped by the first identity key.
pub(super) async fn establish(act: &mut Act, by: KeyId, by_key: &Key) -> Result<()> {
    let index = Key::generate(&mut act.store.entropy())?;
    keep(act, by, by_key, &index).await
}

/// Wraps the key of the index by a new identity key, so that a rotation does
/// not empty the index. After a compromise the index is rebuilt.
pub(super) async fn carry_over(
    act: &mut Act,
    vault: &UnlockedVault,
    by: KeyId,
    by_key: &Key,
) -> Result<()> {
    let index = index_key(act, vault).await?;
    keep(act, by, by_key, &index).await
}

/// Forgets the wrap by an identity key that is forgotten.
pub(super) async fn forget(act: &mut Act, identity_key: Uuid) -> Result<()> {
    let row = key_row::Entity::find_by_id((act.tenant, identity_key)).one(&act.txn).await?;
    match row {
        Some(row) => act.delete(&row).await,
        None => Ok(()),
    }
}

async fn index_key(db: &dyn Db, vault: &UnlockedVault) -> Result<Key> {
    let (id, key) = vault.current(Compartment::Identity)?;
    let (tenant, id) = (vault.tenant().uuid(), id.uuid());
    let row = key_row::Entity::find_by_id((tenant, id)).one(&db.executor()).await?;
    // A vault opened before a rotation meets a key that was replaced since.
    let row = row.ok_or(Error::Conflict)?;
    Ok(unwrap_key(key, &place(&tenant, &id), &row.wrapped)?)
}

fn tag(index: &Key, field: &str, number: &str) -> Vec<u8> {
    blind_index(index, field, &normalise_number(number)).to_vec()
}

/// Makes a person findable by a document number.
///
/// # Errors
/// [`Error::Locked`] without identity.
pub async fn put(
    act: &mut Act,
    vault: &UnlockedVault,
    field: &str,
    number: &str,
    person: PersonId,
) -> Result<()> {
    let index = index_key(act, vault).await?;
    let row = row::Model {
        tenant: act.tenant,
        field: field.to_owned(),
        tag: tag(&index, field, number),
        person: person.uuid(),
        recorded_at: act.now().micros(),
        revision: 1,
    };
    let id = (row.tenant, row.field.clone(), row.tag.clone(), row.person);
    match row::Entity::find_by_id(id).one(&act.txn).await? {
        Some(_) => Ok(()),
        None => act.insert(&row).await,
    }
}

/// Makes a person findable by exactly these numbers of a field, and by no
/// others of it. What is no number is left out.
///
/// # Errors
/// [`Error::Locked`] without identity.
pub async fn set(
    act: &mut Act,
    vault: &UnlockedVault,
    field: &str,
    numbers: &[&str],
    person: PersonId,
) -> Result<()> {
    let index = index_key(&*act, vault).await?;
    let there = numbers.iter().filter(|number| !normalise_number(number).is_empty());
    let wanted: BTreeSet<Vec<u8>> = there.map(|number| tag(&index, field, number)).collect();
    let known = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Person.eq(person.uuid()))
        .filter(row::Column::Field.eq(field))
        .all(&act.txn)
        .await?;
    for row in known.iter().filter(|row| !wanted.contains(&row.tag)) {
        act.delete(row).await?;
    }
    let recorded_at = act.now().micros();
    for tag in wanted.into_iter().filter(|tag| known.iter().all(|row| row.tag != *tag)) {
        let (tenant, field, person) = (act.tenant, field.to_owned(), person.uuid());
        act.insert(&row::Model { tenant, field, tag, person, recorded_at, revision: 1 }).await?;
    }
    Ok(())
}

/// Persons with exactly this document number.
///
/// # Errors
/// [`Error::Locked`] without identity.
pub async fn find<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    field: &str,
    number: &str,
) -> Result<Vec<PersonId>> {
    let index = index_key(log, vault).await?;
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(vault.tenant().uuid()))
        .filter(row::Column::Field.eq(field))
        .filter(row::Column::Tag.eq(tag(&index, field, number)))
        .all(&log.executor())
        .await?;
    Ok(rows.into_iter().map(|row| PersonId::from_uuid(row.person)).collect())
}

/// Makes a person no longer findable.
pub(super) async fn remove_all(act: &mut Act, person: Uuid) -> Result<()> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Person.eq(person))
        .all(&act.txn)
        .await?;
    for row in &rows {
        act.delete(row).await?;
    }
    Ok(())
}
