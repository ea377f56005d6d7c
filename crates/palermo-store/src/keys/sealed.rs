//! Sealed values: free text, names, documents, addresses. Each is sealed with
//! the person's key of its compartment and bound to its place, so that a
//! ciphertext moved anywhere else does not open.

use super::{Audited, person, vault::UnlockedVault};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
};
use palermo_crypto::{Aad, open as open_text, seal};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, PersonId, TenantId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) mod row {
    super::entity!(
        "sealed_value",
        key { tenant: Uuid, person: Uuid, place: String, record: Uuid, field: String }
        compartment: String,
        key: Uuid,
        version: i64,
        ciphertext: Vec<u8>,
        recorded_at: i64,
        revision: i64,
    );
}

/// Where a sealed value belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Whom it is about; their key seals it.
    pub person: PersonId,
    /// Table of the record it is part of.
    pub table: &'static str,
    /// The record.
    pub record: Uuid,
    /// The field.
    pub field: &'static str,
    /// The compartment whose holders may open it.
    pub compartment: Compartment,
}

/// The bytes in clear, wiped when dropped.
pub type Clear = Zeroizing<Vec<u8>>;

struct Bound {
    tenant: Uuid,
    person: Uuid,
    record: Uuid,
    key: Uuid,
    version: u32,
}

impl Bound {
    fn aad<'a>(&'a self, table: &'a str, field: &'a str) -> Aad<'a> {
        Aad {
            tenant: self.tenant.as_bytes(),
            person: self.person.as_bytes(),
            table,
            column: field,
            row: self.record.as_bytes(),
            key_id: self.key.as_bytes(),
            version: self.version,
        }
    }
}

/// Seals a value, or replaces it.
///
/// # Errors
/// [`Error::Locked`] without the compartment, [`Error::Erased`] if the person
/// has no key there.
pub async fn put(act: &mut Act, vault: &UnlockedVault, place: Place, clear: &[u8]) -> Result<()> {
    replace(act, vault, place, clear, None).await
}

/// Which writing of a sealed value someone saw; 0 if there was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Version(pub i64);

/// Seals a value over the one an editor saw.
///
/// # Errors
/// [`Error::Conflict`] if someone wrote there since: nobody's words are lost;
/// otherwise as [`put`].
pub async fn put_seen(
    act: &mut Act,
    vault: &UnlockedVault,
    place: Place,
    clear: &[u8],
    seen: Version,
) -> Result<()> {
    replace(act, vault, place, clear, Some(seen)).await
}

async fn replace(
    act: &mut Act,
    vault: &UnlockedVault,
    place: Place,
    clear: &[u8],
    seen: Option<Version>,
) -> Result<()> {
    if vault.tenant().uuid() != act.tenant {
        return Err(Error::OtherTenant);
    }
    let key = person::open(&*act, vault, place.person.uuid(), place.compartment).await?;
    let id = (
        act.tenant,
        place.person.uuid(),
        place.table.to_owned(),
        place.record,
        place.field.to_owned(),
    );
    let old = row::Entity::find_by_id(id).one(&act.txn).await?;
    let there = old.as_ref().map_or(0, |old| old.version);
    if seen.is_some_and(|seen| seen.0 != there) {
        return Err(Error::Conflict);
    }
    let row = seal_row(act, &key, place, there.saturating_add(1), clear)?;
    match old {
        Some(_) => act.overwrite(&row).await,
        None => act.insert(&row).await,
    }
}

/// A value sealed for its place.
pub(super) fn seal_row(
    act: &Act,
    key: &person::PersonKey,
    place: Place,
    version: i64,
    clear: &[u8],
) -> Result<row::Model> {
    let bound = Bound {
        tenant: act.tenant,
        person: place.person.uuid(),
        record: place.record,
        key: key.id,
        version: u32::try_from(version).unwrap_or(u32::MAX),
    };
    let column_key = key.key.for_column(place.table, place.field);
    let aad = bound.aad(place.table, place.field);
    let ciphertext = seal(&column_key, &aad, clear, &mut act.store.entropy())?;
    Ok(row::Model {
        tenant: act.tenant,
        person: bound.person,
        place: place.table.to_owned(),
        record: place.record,
        field: place.field.to_owned(),
        compartment: place.compartment.code().to_owned(),
        key: key.id,
        version,
        ciphertext,
        recorded_at: act.now().micros(),
        revision: 1,
    })
}

/// Which writing of a value is there, without opening it.
///
/// # Errors
/// When the database does not answer.
pub async fn version(db: &dyn Db, tenant: TenantId, place: Place) -> Result<Version> {
    let id = (
        tenant.uuid(),
        place.person.uuid(),
        place.table.to_owned(),
        place.record,
        place.field.to_owned(),
    );
    let row = row::Entity::find_by_id(id).one(&db.executor()).await?;
    Ok(Version(row.map_or(0, |row| row.version)))
}

/// Opens one value together with its version, for an editor.
///
/// # Errors
/// As [`open`].
pub async fn open_seen<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    place: Place,
) -> Result<(Option<Clear>, Version)> {
    let id = (
        vault.tenant().uuid(),
        place.person.uuid(),
        place.table.to_owned(),
        place.record,
        place.field.to_owned(),
    );
    let key = person::open(log, vault, place.person.uuid(), place.compartment).await?;
    let Some(row) = row::Entity::find_by_id(id).one(&log.executor()).await? else {
        return Ok((None, Version(0)));
    };
    Ok((Some(open_row(&row, &key)?), Version(row.version)))
}

/// Opens everything of one table about a person in one compartment, by record
/// and field: a whole history in one question.
///
/// # Errors
/// As [`open`].
pub async fn open_all<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    person: PersonId,
    table: &str,
    compartment: Compartment,
) -> Result<BTreeMap<(Uuid, String), Clear>> {
    let key = person::open(log, vault, person.uuid(), compartment).await?;
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(vault.tenant().uuid()))
        .filter(row::Column::Person.eq(person.uuid()))
        .filter(row::Column::Place.eq(table))
        .filter(row::Column::Compartment.eq(compartment.code()))
        .all(&log.executor())
        .await?;
    let opened =
        rows.into_iter().map(|row| Ok(((row.record, row.field.clone()), open_row(&row, &key)?)));
    opened.collect()
}

/// Opens one field of one table for many persons at once (what to call them,
/// on a list); erased persons are left out.
///
/// # Errors
/// As [`open`].
pub async fn open_field<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    persons: &[PersonId],
    table: &str,
    field: &str,
    compartment: Compartment,
) -> Result<BTreeMap<PersonId, Clear>> {
    let ids: Vec<Uuid> = persons.iter().map(|person| person.uuid()).collect();
    let keys = person::open_many(log.store(), vault, &ids, compartment).await?;
    let mut opened = BTreeMap::new();
    for some in ids.chunks(500) {
        let rows = row::Entity::find()
            .filter(row::Column::Tenant.eq(vault.tenant().uuid()))
            .filter(row::Column::Person.is_in(some.iter().copied()))
            .filter(row::Column::Place.eq(table))
            .filter(row::Column::Field.eq(field))
            .all(&log.executor())
            .await?;
        for row in rows {
            if let Some(key) = keys.get(&row.key) {
                opened.insert(PersonId::from_uuid(row.person), open_row(&row, key)?);
            }
        }
    }
    Ok(opened)
}

/// Opens one value; nothing if there is none.
///
/// # Errors
/// [`Error::Locked`] without the compartment, [`Error::Erased`] after erasure,
/// [`Error::Sealed`] if it was changed or moved.
pub async fn open<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    place: Place,
) -> Result<Option<Clear>> {
    let id = (
        vault.tenant().uuid(),
        place.person.uuid(),
        place.table.to_owned(),
        place.record,
        place.field.to_owned(),
    );
    let key = person::open(log, vault, place.person.uuid(), place.compartment).await?;
    let Some(row) = row::Entity::find_by_id(id).one(&log.executor()).await? else {
        return Ok(None);
    };
    open_row(&row, &key).map(Some)
}

/// Opens all values of a record in one compartment, by field.
///
/// # Errors
/// As [`open`].
pub async fn open_record<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    person: PersonId,
    table: &str,
    record: Uuid,
    compartment: Compartment,
) -> Result<BTreeMap<String, Clear>> {
    let key = person::open(log, vault, person.uuid(), compartment).await?;
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(vault.tenant().uuid()))
        .filter(row::Column::Person.eq(person.uuid()))
        .filter(row::Column::Place.eq(table))
        .filter(row::Column::Record.eq(record))
        .filter(row::Column::Compartment.eq(compartment.code()))
        .order_by_asc(row::Column::Field)
        .all(&log.executor())
        .await?;
    let opened = rows.into_iter().map(|row| Ok((row.field.clone(), open_row(&row, &key)?)));
    opened.collect()
}

pub(super) fn open_row(row: &row::Model, key: &person::PersonKey) -> Result<Clear> {
    // The exact key by its id; one never tries keys in turn.
    if row.key != key.id {
        return Err(Error::Sealed);
    }
    let bound = Bound {
        tenant: row.tenant,
        person: row.person,
        record: row.record,
        key: row.key,
        version: u32::try_from(row.version).unwrap_or(u32::MAX),
    };
    let column_key = key.key.for_column(&row.place, &row.field);
    Ok(open_text(&column_key, &bound.aad(&row.place, &row.field), &row.ciphertext)?)
}

/// Removes a value.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn remove(act: &mut Act, place: Place) -> Result<()> {
    let id = (
        act.tenant,
        place.person.uuid(),
        place.table.to_owned(),
        place.record,
        place.field.to_owned(),
    );
    let row = row::Entity::find_by_id(id).one(&act.txn).await?.ok_or(Error::NotFound)?;
    act.delete(&row).await
}

/// Removes everything sealed about a person.
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
