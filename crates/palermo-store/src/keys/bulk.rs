//! Many new persons at once: an import from paper, a bus at two in the night,
//! the demonstration. The same keys and seals as one by one, but the keystore
//! commits once and nothing is looked up that was just made.

use super::{
    keystore, names,
    person::{self, PersonKey},
    sealed::{self, Place},
    vault::UnlockedVault,
};
use crate::{
    act::Act,
    error::{Error, Result},
};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, PersonId},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Keys made in this act, in memory until it is committed.
pub struct FreshKeys {
    pub(super) keys: HashMap<(Uuid, Compartment), PersonKey>,
}

impl std::fmt::Debug for FreshKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FreshKeys({})", self.keys.len())
    }
}

impl FreshKeys {
    fn of(&self, person: Uuid, compartment: Compartment) -> Result<&PersonKey> {
        self.keys.get(&(person, compartment)).ok_or(Error::Erased)
    }
}

/// Makes the keys of many new persons in these compartments.
///
/// # Errors
/// [`Error::Locked`] if the vault does not open one of them.
pub async fn create(
    act: &mut Act,
    vault: &UnlockedVault,
    persons: &[PersonId],
    compartments: &[Compartment],
) -> Result<FreshKeys> {
    let mut fresh = FreshKeys { keys: HashMap::new() };
    let (mut stored, mut rows) = (Vec::new(), Vec::new());
    for compartment in compartments {
        super::compartment::check_current(act, vault, *compartment).await?;
        for one in persons {
            let (key, in_keystore, row) = person::make(act, vault, one.uuid(), *compartment)?;
            fresh.keys.insert((one.uuid(), *compartment), key);
            stored.push(in_keystore);
            rows.push(row);
        }
    }
    let store = act.store.clone();
    store.inner.keystore.put_many(stored).await?;
    store.fault("keystore.created")?;
    act.insert_many(&rows).await?;
    Ok(fresh)
}

/// Seals values of persons whose keys were made in this act. Each place must
/// be new.
///
/// # Errors
/// [`Error::Duplicate`] if a place holds something already.
pub async fn put(act: &mut Act, fresh: &FreshKeys, values: &[(Place, &[u8])]) -> Result<()> {
    let mut rows = Vec::with_capacity(values.len());
    for (place, clear) in values {
        let key = fresh.of(place.person.uuid(), place.compartment)?;
        rows.push(sealed::seal_row(act, key, *place, 1, clear)?);
    }
    act.insert_many(&rows).await
}

/// Sets the names new persons can be found by.
///
/// # Errors
/// As [`put`].
pub async fn put_names(
    act: &mut Act,
    fresh: &FreshKeys,
    values: &[(PersonId, Vec<&str>)],
) -> Result<()> {
    let mut rows = Vec::with_capacity(values.len());
    for (person, spellings) in values {
        let key = fresh.of(person.uuid(), Compartment::Identity)?;
        rows.push(names::name_row(act, key, person.uuid(), 1, spellings)?);
    }
    act.insert_many(&rows).await
}

impl keystore::Keystore {
    /// Keeps many keys in one transaction.
    pub(crate) async fn put_many(&self, keys: Vec<keystore::row::Model>) -> Result<()> {
        use sea_orm::{EntityTrait, IntoActiveModel};
        let txn = crate::store::begin(self.connection()).await?;
        for some in keys.chunks(500) {
            let rows = some.iter().cloned().map(IntoActiveModel::into_active_model);
            keystore::row::Entity::insert_many(rows).exec_without_returning(&txn).await?;
        }
        txn.commit().await.map_err(crate::error::unclear)
    }
}
