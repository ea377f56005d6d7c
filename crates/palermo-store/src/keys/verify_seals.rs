//! The half of `verify` that needs a key: does every sealed value open at its
//! place? Done with a tenant's recovery key, by two officers, on the live data
//! or on a restored backup.

use super::{names, person, sealed, vault::UnlockedVault};
use crate::{
    audit::verify::{Finding, Problem},
    error::{Error, Result},
    store::Store,
};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, KeyId, TenantId},
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// Person keys looked at together.
const PAGE: u64 = 500;

/// What was opened, and what did not open. Nothing of what was read is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SealReport {
    /// Whose data.
    pub tenant: TenantId,
    /// Person keys unwrapped.
    pub keys: u64,
    /// Sealed values opened.
    pub values: u64,
    /// Rows of names opened.
    pub names: u64,
    /// What does not open; empty is good.
    pub problems: Vec<Problem>,
}

struct Opener<'a> {
    store: &'a Store,
    vault: &'a UnlockedVault,
    report: SealReport,
}

impl Store {
    /// Opens every sealed value of the vault's tenant at its place, and says
    /// how many there were. Reads one moment of the database.
    ///
    /// # Errors
    /// [`Error::Locked`] if the vault does not open every compartment; when a
    /// database does not answer. What does not open is in the report.
    pub async fn verify_seals(&self, vault: &UnlockedVault) -> Result<SealReport> {
        for one in Compartment::ALL {
            // A compartment nobody has made yet seals nothing.
            let made = !super::compartment::keys_of(self, vault.tenant(), one).await?.is_empty();
            if made && !vault.opens(one) {
                return Err(Error::Locked(one.code()));
            }
        }
        let txn = self.snapshot().await?;
        let report = SealReport {
            tenant: vault.tenant(),
            keys: 0,
            values: 0,
            names: 0,
            problems: Vec::new(),
        };
        let mut opener = Opener { store: self, vault, report };
        opener.persons(&txn).await?;
        opener.strays(&txn).await?;
        txn.rollback().await?;
        Ok(opener.report)
    }
}

impl Opener<'_> {
    fn problem(&mut self, finding: Finding, place: String) {
        let tenant = Some(self.report.tenant);
        self.report.problems.push(Problem { tenant, finding, place });
    }

    /// All person keys, a page at a time, with what is sealed by them.
    async fn persons(&mut self, txn: &DatabaseTransaction) -> Result<()> {
        let tenant = self.report.tenant.uuid();
        let mut after = Uuid::nil();
        loop {
            let page = person::row::Entity::find()
                .filter(person::row::Column::Tenant.eq(tenant))
                .filter(person::row::Column::Id.gt(after))
                .order_by_asc(person::row::Column::Id)
                .limit(PAGE)
                .all(txn)
                .await?;
            let Some(last) = page.last().map(|key| key.id) else { return Ok(()) };
            let keys = self.unwrap(&page).await?;
            let ids: Vec<Uuid> = keys.keys().copied().collect();
            self.values(txn, tenant, &ids, &keys).await?;
            self.names(txn, tenant, &ids, &keys).await?;
            after = last;
        }
    }

    async fn unwrap(
        &mut self,
        page: &[person::row::Model],
    ) -> Result<HashMap<Uuid, person::PersonKey>> {
        let tenant = self.report.tenant.uuid();
        let persons: Vec<Uuid> = page.iter().map(|key| key.person).collect();
        let stored = self.store.inner.keystore.of_persons(tenant, &persons, None).await?;
        let stored: HashMap<Uuid, _> = stored.into_iter().map(|key| (key.id, key)).collect();
        let mut keys = HashMap::new();
        for known in page.iter().filter(|key| key.erased_at.is_none()) {
            // That a key is missing is told by the check that needs no key.
            let Some(stored) = stored.get(&known.id) else { continue };
            let place = || format!("key {}", KeyId::from_uuid(known.id));
            let Some(compartment) = Compartment::from_code(&known.compartment) else {
                self.problem(Finding::KeyBroken, place());
                continue;
            };
            match person::unwrap_stored(self.vault, stored, compartment) {
                Ok(key) => {
                    self.report.keys += 1;
                    keys.insert(known.id, key);
                }
                Err(Error::Sealed | Error::Locked(_)) => self.problem(Finding::KeyBroken, place()),
                Err(other) => return Err(other),
            }
        }
        Ok(keys)
    }

    async fn values(
        &mut self,
        txn: &DatabaseTransaction,
        tenant: Uuid,
        ids: &[Uuid],
        keys: &HashMap<Uuid, person::PersonKey>,
    ) -> Result<()> {
        let rows = sealed::row::Entity::find()
            .filter(sealed::row::Column::Tenant.eq(tenant))
            .filter(sealed::row::Column::Key.is_in(ids.iter().copied()))
            .all(txn)
            .await?;
        for row in rows {
            let Some(key) = keys.get(&row.key) else { continue };
            match sealed::open_row(&row, key) {
                Ok(_) => self.report.values += 1,
                Err(_) => {
                    let place = format!("{} {} {}", row.place, row.record, row.field);
                    self.problem(Finding::SealBroken, place);
                }
            }
        }
        Ok(())
    }

    async fn names(
        &mut self,
        txn: &DatabaseTransaction,
        tenant: Uuid,
        ids: &[Uuid],
        keys: &HashMap<Uuid, person::PersonKey>,
    ) -> Result<()> {
        let rows = names::row::Entity::find()
            .filter(names::row::Column::Tenant.eq(tenant))
            .filter(names::row::Column::Key.is_in(ids.iter().copied()))
            .filter(names::row::Column::Ciphertext.is_not_null())
            .all(txn)
            .await?;
        for row in rows {
            let Some(key) = keys.get(&row.key) else { continue };
            match names::open_row(&row, key) {
                Ok(_) => self.report.names += 1,
                Err(_) => self.problem(Finding::SealBroken, format!("names of {}", row.person)),
            }
        }
        Ok(())
    }

    /// Whatever no known key seals.
    async fn strays(&mut self, txn: &DatabaseTransaction) -> Result<()> {
        let tenant = self.report.tenant.uuid();
        let values = sealed::row::Entity::find()
            .filter(sealed::row::Column::Tenant.eq(tenant))
            .count(txn)
            .await?;
        let names = names::row::Entity::find()
            .filter(names::row::Column::Tenant.eq(tenant))
            .filter(names::row::Column::Ciphertext.is_not_null())
            .count(txn)
            .await?;
        let broken = self.report.problems.iter().filter(|p| p.finding == Finding::SealBroken);
        let seen = self.report.values + self.report.names + broken.count() as u64;
        let strays = (values + names).saturating_sub(seen);
        if strays > 0 {
            self.problem(Finding::SealBroken, format!("{strays} values whose key does not open"));
        }
        Ok(())
    }
}
