//! The audit log: one append-only tree per tenant (RFC 9162 shape), written
//! in the transaction of the act it tells about.

pub mod checkpoint;
pub mod entry;
pub mod query;
pub mod verify;
mod verify_rows;

use crate::{
    entity::entity,
    error::{Error, Result},
    installation::InstallationKeys,
};
use hmac::{Hmac, KeyInit, Mac};
use palermo_crypto::{
    Key,
    audit::{Frontier, leaf_hash},
};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QuerySelect};
use sha2::Sha256;
use uuid::Uuid;

pub(crate) mod entry_row {
    super::entity!(
        "audit_entry",
        key { tenant: Uuid, seq: i64 }
        recorded_at: i64,
        account: Option<Uuid>,
        action: String,
        outcome: String,
        body: Vec<u8>,
        leaf: Vec<u8>,
    );
}

pub(crate) mod subject_row {
    super::entity!("audit_subject", key { tenant: Uuid, kind: String, subject: String, seq: i64 });
}

pub(crate) mod head_row {
    super::entity!(
        "audit_head",
        key { tenant: Uuid }
        size: i64,
        frontier: Vec<u8>,
        checkpoint_size: i64,
        checkpoint_at: i64,
        mark: Vec<u8>,
    );
}

pub(crate) mod checkpoint_row {
    super::entity!(
        "audit_checkpoint",
        key { tenant: Uuid, size: i64 }
        recorded_at: i64,
        note: String,
    );
}

/// The end of a tenant's log, locked for this transaction: acts of one tenant
/// follow one another, on both databases.
pub(crate) struct Head {
    pub(crate) tenant: Uuid,
    pub(crate) frontier: Frontier,
    pub(crate) checkpoint_size: i64,
    pub(crate) checkpoint_at: i64,
    key: Key,
}

impl Head {
    /// Reads and locks the end of the log. Nothing if there is no such tenant.
    pub(crate) async fn lock(
        keys: &InstallationKeys,
        txn: &DatabaseTransaction,
        tenant: Uuid,
    ) -> Result<Option<Self>> {
        let row = head_row::Entity::find_by_id(tenant).lock_exclusive().one(txn).await?;
        row.map(|row| Self::read(keys, &row)).transpose()
    }

    /// Starts the log of a new tenant.
    pub(crate) async fn start(
        keys: &InstallationKeys,
        txn: &DatabaseTransaction,
        tenant: Uuid,
        now: i64,
    ) -> Result<Self> {
        let key = keys.log_ends(tenant);
        let head =
            Self { tenant, frontier: Frontier::new(), checkpoint_size: 0, checkpoint_at: now, key };
        let row = head.to_row().into_active_model();
        head_row::Entity::insert(row).exec_without_returning(txn).await?;
        Ok(head)
    }

    /// Reads the end of a log, and refuses one that Palermo did not write.
    pub(crate) fn read(keys: &InstallationKeys, row: &head_row::Model) -> Result<Self> {
        let frontier = Frontier::from_bytes(&row.frontier)
            .map_err(|error| Error::Corrupt(format!("tenant `{}`: {error}", row.tenant)))?;
        let head = Self {
            tenant: row.tenant,
            frontier,
            checkpoint_size: row.checkpoint_size,
            checkpoint_at: row.checkpoint_at,
            key: keys.log_ends(row.tenant),
        };
        if head.to_row() != *row {
            let tenant = row.tenant;
            return Err(Error::Corrupt(format!(
                "the end of the audit log of tenant `{tenant}` was changed past Palermo"
            )));
        }
        Ok(head)
    }

    fn to_row(&self) -> head_row::Model {
        let frontier = self.frontier.to_bytes();
        let mut mark = Vec::new();
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.as_bytes()) {
            mac.update(&self.checkpoint_size.to_be_bytes());
            mac.update(&self.checkpoint_at.to_be_bytes());
            mac.update(&frontier);
            mark = mac.finalize().into_bytes().to_vec();
        }
        head_row::Model {
            tenant: self.tenant,
            size: self.next(),
            frontier,
            checkpoint_size: self.checkpoint_size,
            checkpoint_at: self.checkpoint_at,
            mark,
        }
    }

    /// The number the next entry gets.
    pub(crate) fn next(&self) -> i64 {
        i64::try_from(self.frontier.size()).unwrap_or(i64::MAX)
    }

    /// Appends an entry and moves the end.
    pub(crate) async fn append(
        &mut self,
        txn: &DatabaseTransaction,
        entry: &entry::Entry,
    ) -> Result<()> {
        let body = entry.to_bytes()?;
        let leaf = leaf_hash(&body);
        let seq = self.next();
        let row = entry_row::Model {
            tenant: self.tenant,
            seq,
            recorded_at: entry.recorded_at.micros(),
            account: entry.account(),
            action: entry.action.clone(),
            outcome: entry.outcome.code().to_owned(),
            body,
            leaf: leaf.to_vec(),
        };
        entry_row::Entity::insert(row.into_active_model()).exec_without_returning(txn).await?;
        let subjects: Vec<_> = entry
            .distinct_subjects()
            .into_iter()
            .map(|subject| {
                subject_row::Model {
                    tenant: self.tenant,
                    kind: subject.kind.clone(),
                    subject: subject.id.clone(),
                    seq,
                }
                .into_active_model()
            })
            .collect();
        for some in subjects.chunks(500) {
            subject_row::Entity::insert_many(some.to_vec()).exec_without_returning(txn).await?;
        }
        self.frontier.append(leaf);
        Ok(())
    }

    /// Writes the new end.
    pub(crate) async fn save(&self, txn: &DatabaseTransaction) -> Result<()> {
        let row = self.to_row().into_active_model().reset_all();
        head_row::Entity::update(row).exec(txn).await?;
        Ok(())
    }
}
