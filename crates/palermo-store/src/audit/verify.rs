//! `palermo verify`: is the log the one that was written, and do all rows say
//! what the log says they say? Reads one moment of the database, streaming.

use super::{
    Head,
    checkpoint::ENTRIES,
    checkpoint_row,
    entry::{Entry, Subject},
    entry_row, head_row, subject_row,
};
use crate::{
    error::{Error, Result},
    store::Store,
};
use palermo_crypto::audit::{Checkpoint, Frontier, Hash, leaf_hash};
use palermo_domain::id::{Id, TenantId};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Entries read at a time.
const PAGE: u64 = 2_000;

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// An entry was changed.
    EntryAltered,
    /// An entry is missing.
    EntryMissing,
    /// An entry stands where it does not belong, or was put in.
    EntryMisplaced,
    /// The list of which entries speak of which record was changed.
    IndexAltered,
    /// The end of the log does not fit its entries.
    LogEnd,
    /// A checkpoint is missing, forged, or does not fit the entries.
    Checkpoint,
    /// The log is shorter than, or another than, a checkpoint kept elsewhere says.
    Witness,
    /// A row was changed past Palermo.
    RowAltered,
    /// A row was removed past Palermo.
    RowMissing,
    /// A row was put in past Palermo.
    RowAdded,
    /// A person's key is missing from the keystore, though the person was not erased.
    KeyMissing,
    /// A person's key was not destroyed, though the person was erased.
    KeyLeft,
    /// A person's key does not open with its compartment's (only with the recovery key).
    KeyBroken,
    /// A sealed value does not open at its place (only with the recovery key).
    SealBroken,
}

/// Something wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Whose data; none for the whole installation.
    pub tenant: Option<TenantId>,
    /// What kind of thing.
    pub finding: Finding,
    /// Where: entry number, or table and key.
    pub place: String,
}

/// What a verification looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Tenants looked at.
    pub tenants: u64,
    /// Entries looked at.
    pub entries: u64,
    /// Rows compared with the log.
    pub rows: u64,
    /// Checkpoints whose signature and root were checked.
    pub checkpoints: u64,
    /// What is wrong; empty is good.
    pub problems: Vec<Problem>,
    /// Rows of the installation itself that no log answers for, because it was
    /// started before logs spoke of them: a change to these is not found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncovered: Vec<String>,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }
}

/// What the log last said about a row: its hash (none if removed), and where.
pub(super) type LastWord = HashMap<[u8; 16], (Option<Hash>, i64)>;

/// The place of a row in [`LastWord`]. Short, because there is one per row.
pub(super) fn row_id(table: &str, key: &[String]) -> [u8; 16] {
    let mut parts = vec![table.as_bytes()];
    parts.extend(key.iter().map(String::as_bytes));
    let hash = palermo_crypto::sha256(&palermo_crypto::encode_parts(&parts));
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    id
}

/// One verification of one tenant.
pub(super) struct Checker<'a> {
    pub(super) store: &'a Store,
    pub(super) txn: &'a DatabaseTransaction,
    pub(super) tenant: Uuid,
    pub(super) report: &'a mut VerifyReport,
    pub(super) last: LastWord,
}

impl Store {
    /// Verifies one tenant, or all. `witnesses` are checkpoints kept elsewhere.
    ///
    /// # Errors
    /// When the database does not answer. What is wrong is in the report.
    pub async fn verify(
        &self,
        only: Option<TenantId>,
        witnesses: &[String],
    ) -> Result<VerifyReport> {
        self.verify_as_far(only, witnesses, true).await
    }

    /// Verifies the log alone, not the rows it speaks of: quick enough for a
    /// page that an auditor reloads.
    ///
    /// # Errors
    /// As [`Store::verify`].
    pub async fn verify_log(
        &self,
        only: Option<TenantId>,
        witnesses: &[String],
    ) -> Result<VerifyReport> {
        self.verify_as_far(only, witnesses, false).await
    }

    async fn verify_as_far(
        &self,
        only: Option<TenantId>,
        witnesses: &[String],
        rows_too: bool,
    ) -> Result<VerifyReport> {
        let txn = self.snapshot().await?;
        let mut heads = head_row::Entity::find().order_by_asc(head_row::Column::Tenant);
        if let Some(tenant) = only {
            heads = heads.filter(head_row::Column::Tenant.eq(tenant.uuid()));
        }
        let heads = heads.all(&txn).await?;
        if heads.is_empty() && only.is_some() {
            return Err(Error::NotFound);
        }
        let mut report = VerifyReport::default();
        let mut covered = BTreeSet::new();
        for head in &heads {
            report.tenants += 1;
            let mut checker = Checker {
                store: self,
                txn: &txn,
                tenant: head.tenant,
                report: &mut report,
                last: LastWord::new(),
            };
            checker.check_log(head, witnesses).await?;
            if rows_too {
                covered.extend(checker.check_installation().await?);
                checker.check_rows().await?;
                self.check_keystore(&txn, head.tenant, &mut report).await?;
            }
        }
        if only.is_none() {
            self.check_strays(&txn, &heads, witnesses, &mut report).await?;
            if rows_too {
                self.check_uncovered(&txn, &covered, &mut report).await?;
            }
        }
        txn.rollback().await?;
        Ok(report)
    }

    /// What belongs to no log at all: entries of a tenant without an end of
    /// log, and witnesses of a log that is gone.
    async fn check_strays(
        &self,
        txn: &DatabaseTransaction,
        heads: &[head_row::Model],
        witnesses: &[String],
        report: &mut VerifyReport,
    ) -> Result<()> {
        let known: BTreeSet<_> = heads.iter().map(|head| head.tenant).collect();
        let tenants: Vec<Uuid> = entry_row::Entity::find()
            .select_only()
            .column(entry_row::Column::Tenant)
            .distinct()
            .into_tuple()
            .all(txn)
            .await?;
        for tenant in tenants.into_iter().filter(|tenant| !known.contains(tenant)) {
            report.problems.push(Problem {
                tenant: Some(TenantId::from_uuid(tenant)),
                finding: Finding::LogEnd,
                place: "the end of the log is missing".to_owned(),
            });
        }
        for note in witnesses {
            let origin = note.lines().next().unwrap_or_default();
            let mut names = Vec::new();
            for tenant in &known {
                let verifiers = self.inner.keys.verifiers(*tenant)?;
                names.extend(verifiers.iter().map(|one| one.name().to_owned()));
            }
            if !names.iter().any(|name| name == origin) {
                let place = format!("there is no log `{origin}`");
                report.problems.push(Problem { tenant: None, finding: Finding::Witness, place });
            }
        }
        Ok(())
    }
}

impl Checker<'_> {
    pub(super) fn problem(&mut self, finding: Finding, place: impl Into<String>) {
        let tenant = Some(TenantId::from_uuid(self.tenant));
        self.report.problems.push(Problem { tenant, finding, place: place.into() });
    }

    async fn check_log(&mut self, head: &head_row::Model, witnesses: &[String]) -> Result<()> {
        let end = match Head::read(&self.store.inner.keys, head) {
            Ok(end) => Some(end),
            Err(Error::Corrupt(why)) => {
                self.problem(Finding::LogEnd, why);
                None
            }
            Err(other) => return Err(other),
        };
        let mut wanted = self.checkpoints(head).await?;
        self.witnesses(witnesses, &mut wanted)?;
        let mut frontier = Frontier::new();
        let mut next = 0;
        loop {
            let page = entry_row::Entity::find()
                .filter(entry_row::Column::Tenant.eq(self.tenant))
                .filter(entry_row::Column::Seq.gte(next))
                .order_by_asc(entry_row::Column::Seq)
                .limit(PAGE)
                .all(self.txn)
                .await?;
            let Some(last) = page.last().map(|row| row.seq) else { break };
            let mut subjects = self.subjects(next, last).await?;
            for row in page {
                self.check_entry(&row, next, subjects.remove(&row.seq).unwrap_or_default());
                next = row.seq.saturating_add(1);
                frontier.append(leaf_hash(&row.body));
                self.compare_roots(&frontier, &mut wanted);
            }
            for seq in subjects.into_keys() {
                self.problem(Finding::IndexAltered, format!("entry {seq}"));
            }
        }
        if !self.subjects(next, i64::MAX).await?.is_empty() {
            self.problem(Finding::IndexAltered, format!("after entry {next}"));
        }
        if end.is_some_and(|end| end.frontier != frontier) {
            self.problem(Finding::LogEnd, format!("after {} entries", frontier.size()));
        }
        for (size, claims) in wanted {
            for (_, finding) in claims {
                self.problem(finding, format!("the log never had {size} entries"));
            }
        }
        Ok(())
    }

    /// Roots the log must have had, by size, from the tenant's checkpoints.
    async fn checkpoints(&mut self, head: &head_row::Model) -> Result<Claims> {
        let rows = checkpoint_row::Entity::find()
            .filter(checkpoint_row::Column::Tenant.eq(self.tenant))
            .order_by_asc(checkpoint_row::Column::Size)
            .all(self.txn)
            .await?;
        let verifiers = self.store.inner.keys.verifiers(self.tenant)?;
        let mut claims = Claims::new();
        let mut before = 0_i64;
        let latest = rows.last().map(|row| row.recorded_at);
        for row in rows {
            self.report.checkpoints += 1;
            let told = verifiers.iter().find_map(|one| Checkpoint::verify(&row.note, one).ok());
            match told.ok_or(()) {
                Ok(checkpoint) if i64::try_from(checkpoint.size()) == Ok(row.size) => {
                    let claim = (*checkpoint.root(), Finding::Checkpoint);
                    claims.entry(checkpoint.size()).or_default().push(claim);
                }
                _ => self.problem(Finding::Checkpoint, format!("checkpoint at {}", row.size)),
            }
            if row.size.saturating_sub(before) > ENTRIES {
                self.problem(
                    Finding::Checkpoint,
                    format!("missing between {before} and {}", row.size),
                );
            }
            before = row.size;
        }
        if before != head.checkpoint_size {
            self.problem(Finding::Checkpoint, format!("missing at {}", head.checkpoint_size));
        } else if latest.is_some_and(|at| at != head.checkpoint_at) {
            // The end of the log is marked, and knows when the latest was signed.
            self.problem(Finding::Checkpoint, format!("another time at {before}"));
        }
        Ok(claims)
    }

    fn witnesses(&mut self, notes: &[String], claims: &mut Claims) -> Result<()> {
        for verifier in self.store.inner.keys.verifiers(self.tenant)? {
            let named = |note: &&String| note.lines().next() == Some(verifier.name());
            for note in notes.iter().filter(named) {
                match Checkpoint::verify(note, &verifier) {
                    Ok(checkpoint) => {
                        let claim = (*checkpoint.root(), Finding::Witness);
                        claims.entry(checkpoint.size()).or_default().push(claim);
                    }
                    Err(error) => self.problem(Finding::Witness, error.to_string()),
                }
            }
        }
        Ok(())
    }

    fn compare_roots(&mut self, frontier: &Frontier, wanted: &mut Claims) {
        let Some(claims) = wanted.remove(&frontier.size()) else { return };
        let root = frontier.root();
        for (claimed, finding) in claims {
            if claimed != root {
                self.problem(finding, format!("another root at {} entries", frontier.size()));
            }
        }
    }

    async fn subjects(&self, from: i64, to: i64) -> Result<BTreeMap<i64, BTreeSet<Subject>>> {
        let rows = subject_row::Entity::find()
            .filter(subject_row::Column::Tenant.eq(self.tenant))
            .filter(subject_row::Column::Seq.between(from, to))
            .all(self.txn)
            .await?;
        let mut found = BTreeMap::<_, BTreeSet<_>>::new();
        for row in rows {
            let subject = Subject { kind: row.kind, id: row.subject };
            found.entry(row.seq).or_default().insert(subject);
        }
        Ok(found)
    }

    fn check_entry(&mut self, row: &entry_row::Model, expected: i64, about: BTreeSet<Subject>) {
        self.report.entries += 1;
        let seq = row.seq;
        for missing in expected..seq {
            self.problem(Finding::EntryMissing, format!("entry {missing}"));
        }
        if leaf_hash(&row.body).as_slice() != row.leaf {
            self.problem(Finding::EntryAltered, format!("entry {seq}"));
        }
        let Ok(entry) = Entry::from_bytes(&row.body) else {
            self.problem(Finding::EntryAltered, format!("entry {seq}"));
            return;
        };
        if entry.seq != seq || entry.tenant.uuid() != self.tenant {
            self.problem(Finding::EntryMisplaced, format!("entry {seq}"));
            return;
        }
        let same = entry.recorded_at.micros() == row.recorded_at
            && entry.account() == row.account
            && entry.action == row.action
            && entry.outcome.code() == row.outcome;
        if !same {
            self.problem(Finding::EntryAltered, format!("entry {seq}"));
        }
        if about != entry.distinct_subjects().into_iter().cloned().collect() {
            self.problem(Finding::IndexAltered, format!("entry {seq}"));
        }
        for change in &entry.rows {
            let mut hash = [0; 32];
            let known = match &change.hash {
                Some(text) => hex::decode_to_slice(text, &mut hash).is_ok().then_some(hash),
                None => None,
            };
            self.last.insert(row_id(&change.table, &change.key), (known, seq));
        }
    }
}

/// Roots claimed for a size of the log, each with what it means if wrong.
type Claims = BTreeMap<u64, Vec<(Hash, Finding)>>;
