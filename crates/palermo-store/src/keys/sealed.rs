//! Sealed values: free text, names, documents, addresses. Each is sealed with
//! the person's key of its compartment and bound to its place, so that a
//! ciphertext moved anywhere else does not open.

use super::{Audited, person, vault::UnlockedVault};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
};
use palermo_crypto::{Aad, open as open_text, seal};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, PersonId},
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
    let version = old.as_ref().map_or(1, |old| old.version.saturating_add(1));
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
    let row = row::Model {
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
    };
    match old {
        Some(_) => act.overwrite(&row).await,
        None => act.insert(&row).await,
    }
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

fn open_row(row: &row::Model, key: &person::PersonKey) -> Result<Clear> {
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
