//! Reads of data about persons, and refusals. The entry is committed before
//! anything is returned; if it cannot be written, nothing is read (L3).

use crate::{
    act::ActContext,
    audit::{Head, entry::Outcome},
    error::{Error, Result},
    store::{Store, sealed::Executes},
};
use palermo_domain::{id::Id, moment::Moment};
use sea_orm::DatabaseExecutor;

/// Proof that a read of personal data is in the log; reads go through it.
pub struct PersonalRead {
    store: Store,
    /// Number of the entry in the tenant's log.
    pub seq: i64,
}

impl std::fmt::Debug for PersonalRead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonalRead({})", self.seq)
    }
}

impl Executes for PersonalRead {
    fn executor(&self) -> DatabaseExecutor<'_> {
        self.store.executor()
    }
}

impl PersonalRead {
    /// The store read from.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }
}

impl Store {
    /// Writes down who reads what, why; only then gives the means to read it.
    ///
    /// # Errors
    /// Whatever keeps the entry from being written keeps the data from being read.
    pub async fn read_personal(&self, context: ActContext) -> Result<PersonalRead> {
        self.fault("read.entry")?;
        let seq = self.note(context, Outcome::Read).await?;
        Ok(PersonalRead { store: self.clone(), seq })
    }

    /// Writes down that something was refused, and why (codes of reasons).
    ///
    /// # Errors
    /// When the entry cannot be written; the answer to the person stays a refusal.
    pub async fn refused(
        &self,
        mut context: ActContext,
        reasons: impl IntoIterator<Item = String>,
    ) -> Result<()> {
        context.reasons.extend(reasons);
        self.note(context, Outcome::Refused).await.map(|_| ())
    }

    async fn note(&self, context: ActContext, outcome: Outcome) -> Result<i64> {
        let txn = self.begin().await?;
        let mut head = Head::lock(&self.inner.keys, &txn, context.tenant.uuid())
            .await?
            .ok_or(Error::NotFound)?;
        let now: Moment = self.now();
        let seq = head.next();
        self.append(&txn, &mut head, &context.entry(seq, now, outcome)).await?;
        txn.commit().await.map_err(crate::error::unclear)?;
        Ok(seq)
    }
}
