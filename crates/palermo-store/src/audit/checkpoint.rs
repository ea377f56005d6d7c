//! Signed statements of how long a tenant's log was and what it said (C2SP
//! `tlog-checkpoint`): every 256 entries or 5 minutes, whichever is first.
//! Kept elsewhere (printed, mailed, given to another node) they show a log
//! that was cut short or replaced by an older copy.

use super::{Head, checkpoint_row, entry::Entry, head_row};
use crate::{
    error::{Error, Result},
    store::Store,
};
use palermo_crypto::audit::Checkpoint;
use palermo_domain::{
    id::{Id, TenantId},
    moment::Moment,
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use std::time::Duration;
use uuid::Uuid;

/// A checkpoint is written after this many entries.
pub const ENTRIES: i64 = 256;
/// A checkpoint is written after this time, if there are new entries.
pub const INTERVAL: Duration = Duration::from_secs(300);

impl Store {
    /// Appends an entry, signs a checkpoint when one is due, moves the end.
    pub(crate) async fn append(
        &self,
        txn: &DatabaseTransaction,
        head: &mut Head,
        entry: &Entry,
    ) -> Result<()> {
        head.append(txn, entry).await?;
        let waiting = head.next().saturating_sub(head.checkpoint_size);
        let last = Moment::from_micros(head.checkpoint_at);
        if waiting >= ENTRIES || entry.recorded_at.since(last) >= INTERVAL {
            self.sign(txn, head, entry.recorded_at).await?;
        }
        head.save(txn).await
    }

    async fn sign(
        &self,
        txn: &DatabaseTransaction,
        head: &mut Head,
        now: Moment,
    ) -> Result<String> {
        let key = self.inner.keys.note(head.tenant)?;
        let root = head.frontier.root();
        let checkpoint = Checkpoint::new(key.verifier().name(), head.frontier.size(), root)
            .map_err(|error| Error::Corrupt(error.to_string()))?;
        let row = checkpoint_row::Model {
            tenant: head.tenant,
            size: head.next(),
            recorded_at: now.micros(),
            note: checkpoint.sign(&key),
        };
        let note = row.note.clone();
        checkpoint_row::Entity::insert(row.into_active_model()).exec_without_returning(txn).await?;
        head.checkpoint_size = head.next();
        head.checkpoint_at = now.micros();
        Ok(note)
    }

    /// Signs checkpoints where entries wait longer than five minutes. The
    /// server calls this every minute. Returns how many were signed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_due_checkpoints(&self) -> Result<usize> {
        let latest = self.now().before(INTERVAL).micros();
        let due = head_row::Entity::find()
            .filter(head_row::Column::CheckpointAt.lte(latest))
            .filter(sea_orm::sea_query::ExprTrait::gt(
                head_row::Column::Size.into_expr(),
                head_row::Column::CheckpointSize.into_expr(),
            ))
            .all(&self.inner.reads)
            .await?;
        let mut signed = 0;
        for row in due {
            signed += usize::from(self.checkpoint_now(row.tenant).await?.is_some());
        }
        Ok(signed)
    }

    async fn checkpoint_now(&self, tenant: Uuid) -> Result<Option<String>> {
        let txn = self.begin().await?;
        let Some(mut head) = Head::lock(&self.inner.keys, &txn, tenant).await? else {
            return Ok(None);
        };
        if head.next() == head.checkpoint_size {
            txn.rollback().await?;
            return Ok(None);
        }
        let note = self.sign(&txn, &mut head, self.now()).await?;
        head.save(&txn).await?;
        txn.commit().await.map_err(crate::error::unclear)?;
        Ok(Some(note))
    }

    /// The latest checkpoint of a tenant, signing one first if entries wait:
    /// what an operator prints or gives to a witness.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the log is empty.
    pub async fn witness(&self, tenant: TenantId) -> Result<String> {
        if let Some(note) = self.checkpoint_now(tenant.uuid()).await? {
            return Ok(note);
        }
        let last = checkpoint_row::Entity::find()
            .filter(checkpoint_row::Column::Tenant.eq(tenant.uuid()))
            .order_by_desc(checkpoint_row::Column::Size)
            .one(&self.inner.reads)
            .await?;
        Ok(last.ok_or(Error::NotFound)?.note)
    }
}
