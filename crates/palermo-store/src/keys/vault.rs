//! Compartment keys in memory, for as long as someone is at work. Dropping a
//! vault wipes them.

use super::{
    compartment::{keys_of, server_place, with_info, wrap_row},
    staff::StaffKey,
};
use crate::{
    error::{Error, Result},
    store::{Db, Store},
};
use palermo_crypto::{Key, StaffSecret, unwrap, unwrap_key};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, KeyId, TenantId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

struct Opened {
    compartment: Compartment,
    id: KeyId,
    key: Key,
    current: bool,
}

/// The compartments a session opened.
pub struct UnlockedVault {
    tenant: TenantId,
    // Oldest first within a compartment.
    keys: Vec<Opened>,
}

impl std::fmt::Debug for UnlockedVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let open: Vec<_> = self.keys.iter().map(|key| key.compartment.code()).collect();
        f.debug_tuple("UnlockedVault").field(&open).finish()
    }
}

impl UnlockedVault {
    /// Whose data it opens.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Whether it opens this compartment.
    #[must_use]
    pub fn opens(&self, compartment: Compartment) -> bool {
        self.current(compartment).is_ok()
    }

    /// The key new seals use.
    pub(crate) fn current(&self, compartment: Compartment) -> Result<(KeyId, &Key)> {
        let mut keys = self.keys.iter().filter(|key| key.compartment == compartment);
        let found = keys.find(|key| key.current).map(|key| (key.id, &key.key));
        found.ok_or(Error::Locked(compartment.code()))
    }

    /// The key with this id: never tried in turn.
    pub(crate) fn by_id(&self, compartment: Compartment, id: Uuid) -> Result<&Key> {
        let mut keys = self.all(compartment);
        let found = keys.find(|(key, _)| key.uuid() == id).map(|(_, key)| key);
        found.ok_or(Error::Locked(compartment.code()))
    }

    /// All keys of a compartment, the oldest first.
    pub(crate) fn all(&self, compartment: Compartment) -> impl Iterator<Item = (KeyId, &Key)> {
        let keys = self.keys.iter().filter(move |key| key.compartment == compartment);
        keys.map(|key| (key.id, &key.key))
    }
}

impl Store {
    /// The compartments the server opens by itself: coded case fields and
    /// secrets of accounts. All a background job ever gets.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn server_vault(&self, tenant: TenantId) -> Result<UnlockedVault> {
        let mut vault = UnlockedVault { tenant, keys: Vec::new() };
        self.add_server_keys(self, &mut vault).await?;
        Ok(vault)
    }

    async fn add_server_keys(&self, db: &dyn Db, vault: &mut UnlockedVault) -> Result<()> {
        let tenant = vault.tenant.uuid();
        let server = self.inner.keys.compartments(tenant);
        for compartment in Compartment::ALL.into_iter().filter(|one| one.opens_with_root()) {
            for row in keys_of(db, vault.tenant, compartment).await?.into_iter().rev() {
                let wrapped = row.wrapped.as_deref().ok_or(Error::Sealed)?;
                let place = server_place(&tenant, compartment.code(), &row.id);
                vault.keys.push(Opened {
                    compartment,
                    id: KeyId::from_uuid(row.id),
                    key: unwrap_key(&server, &place, wrapped)?,
                    current: row.retired_at.is_none(),
                });
            }
        }
        Ok(())
    }

    /// Everything a key pair opens, and what the server opens anyway.
    ///
    /// # Errors
    /// [`Error::Sealed`] if the private half is not that of the key pair.
    pub async fn unlock(&self, key: &StaffKey, secret: &StaffSecret) -> Result<UnlockedVault> {
        let mut vault = UnlockedVault { tenant: key.tenant, keys: Vec::new() };
        self.add_server_keys(self, &mut vault).await?;
        let tenant = key.tenant.uuid();
        let wraps = wrap_row::Entity::find()
            .filter(wrap_row::Column::Tenant.eq(tenant))
            .filter(wrap_row::Column::HolderKey.eq(key.id.uuid()))
            .all(&self.inner.reads)
            .await?;
        for compartment in Compartment::ALL.into_iter().filter(|one| !one.opens_with_root()) {
            for row in keys_of(self, key.tenant, compartment).await?.into_iter().rev() {
                let of_key = |wrap: &&wrap_row::Model| {
                    wrap.key == row.id && wrap.compartment == compartment.code()
                };
                let Some(wrap) = wraps.iter().find(of_key) else { continue };
                let key = with_info(tenant, compartment.code(), row.id, key.id.uuid(), |info| {
                    unwrap(secret, info, &wrap.wrapped)
                })?;
                let id = KeyId::from_uuid(row.id);
                vault.keys.push(Opened { compartment, id, key, current: row.retired_at.is_none() });
            }
        }
        Ok(vault)
    }
}
