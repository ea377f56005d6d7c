//! The audit log: one append-only tree per tenant (RFC 9162 shape), written
//! in the transaction of the act it tells about.

pub mod checkpoint;
pub mod entry;
pub mod query;
pub mod verify;

use crate::{
    entity::entity,
    error::{Error, Result},
};
use palermo_crypto::audit::{Frontier, leaf_hash};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    DatabaseTransaction, EntityTrait, IntoActiveModel, QuerySelect,
};
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
}

impl Head {
    /// Reads and locks the end of the log. Nothing if there is no such tenant.
    pub(crate) async fn lock(txn: &DatabaseTransaction, tenant: Uuid) -> Result<Option<Self>> {
        let row = head_row::Entity::find_by_id(tenant).lock_exclusive().one(txn).await?;
        row.map(|row| Self::read(&row)).transpose()
    }

    /// Starts the log of a new tenant.
    pub(crate) async fn start(txn: &DatabaseTransaction, tenant: Uuid, now: i64) -> Result<Self> {
        let frontier = Frontier::new();
        let row = head_row::Model {
            tenant,
            size: 0,
            frontier: frontier.to_bytes(),
            checkpoint_size: 0,
            checkpoint_at: now,
        };
        head_row::Entity::insert(row.into_active_model()).exec_without_returning(txn).await?;
        Ok(Self { tenant, frontier, checkpoint_size: 0, checkpoint_at: now })
    }

    pub(crate) fn read(row: &head_row::Model) -> Result<Self> {
        let frontier = Frontier::from_bytes(&row.frontier)
            .map_err(|error| Error::Corrupt(format!("tenant `{}`: {error}", row.tenant)))?;
        if frontier.size() != u64::try_from(row.size).unwrap_or(u64::MAX) {
            return Err(Error::Corrupt(format!(
                "the end of the audit log of tenant `{}` does not fit its size",
                row.tenant
            )));
        }
        Ok(Self {
            tenant: row.tenant,
            frontier,
            checkpoint_size: row.checkpoint_size,
            checkpoint_at: row.checkpoint_at,
        })
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
        let row = head_row::ActiveModel {
            tenant: Unchanged(self.tenant),
            size: Set(self.next()),
            frontier: Set(self.frontier.to_bytes()),
            checkpoint_size: Set(self.checkpoint_size),
            checkpoint_at: Set(self.checkpoint_at),
        };
        head_row::Entity::update(row).exec(txn).await?;
        Ok(())
    }
}
