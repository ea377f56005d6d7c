//! Exact lookups of document numbers by a keyed hash (128 bits), whose key is
//! held with identity. Never names: full-width hashes of names fall to
//! counting how often each occurs.

use super::{Audited, vault::UnlockedVault};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
};
use palermo_crypto::{Key, blind_index, normalise_number};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, PersonId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "blind_index",
        key { tenant: Uuid, field: String, tag: Vec<u8>, person: Uuid }
        recorded_at: i64,
        revision: i64,
    );
}

/// The key of the index: from the first identity key, so that a rotation for
/// good order does not empty the index. After a compromise it is rebuilt.
fn index_key(vault: &UnlockedVault) -> Result<Key> {
    let first = vault.all(Compartment::Identity).next();
    let (_, key) = first.ok_or(Error::Locked(Compartment::Identity.code()))?;
    Ok(key.derive(&[b"blind index"]))
}

fn tag(vault: &UnlockedVault, field: &str, number: &str) -> Result<Vec<u8>> {
    Ok(blind_index(&index_key(vault)?, field, &normalise_number(number)).to_vec())
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
    let row = row::Model {
        tenant: act.tenant,
        field: field.to_owned(),
        tag: tag(vault, field, number)?,
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
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(vault.tenant().uuid()))
        .filter(row::Column::Field.eq(field))
        .filter(row::Column::Tag.eq(tag(vault, field, number)?))
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
