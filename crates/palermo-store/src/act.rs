//! An act: one transaction of changes and their audit entry. An act that is
//! not committed leaves nothing; an act cannot be committed without its entry.

use crate::{
    audit::{
        Head,
        entry::{Entry, Outcome, RowChange, Subject},
    },
    entity::entity,
    error::{Error, Result},
    store::{Store, sealed::Executes},
};
use palermo_crypto::Key;
use palermo_domain::{
    actor::Actor,
    id::{Id, TenantId, new_id},
    moment::Moment,
    purpose::Purpose,
};
use sea_orm::{
    ColumnTrait, DatabaseExecutor, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde::Serialize;
use serde_json::Value as Json;
use std::{collections::HashMap, time::Duration};
use uuid::Uuid;

pub(crate) mod idempotency_row {
    super::entity!(
        "idempotency",
        key { tenant: Uuid, account: Uuid, token: String }
        request: Vec<u8>,
        result: Json,
        seq: i64,
        recorded_at: i64,
    );
}

/// A client's name for one request: the same key again has no second effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// At least 128 random bits, chosen by the client or put into the form.
    pub key: String,
    /// SHA-256 of what was asked, to notice another request under the same key.
    pub request: [u8; 32],
}

impl IdempotencyKey {
    /// A key for a request of these bytes.
    #[must_use]
    pub fn new(key: impl Into<String>, request: &[u8]) -> Self {
        Self { key: key.into(), request: palermo_crypto::sha256(request) }
    }
}

/// Who does what, why, about whom.
#[derive(Debug, Clone)]
pub struct ActContext {
    /// The organisation whose data is touched.
    pub tenant: TenantId,
    /// Who acts.
    pub actor: Actor,
    /// What is done: noun and verb, for example `desk.create`.
    pub action: String,
    /// Why data about a person is touched.
    pub purpose: Option<Purpose>,
    /// Which records it is about, the first foremost.
    pub subjects: Vec<Subject>,
    /// When it happened; now, if not told otherwise.
    pub happened_at: Option<Moment>,
    /// Codes of reasons that belong into the entry (break-glass).
    pub reasons: Vec<String>,
    /// The client's name for the request.
    pub idempotency: Option<IdempotencyKey>,
}

impl ActContext {
    /// An act of this actor in this organisation.
    #[must_use]
    pub fn new(tenant: TenantId, actor: Actor, action: impl Into<String>) -> Self {
        Self {
            tenant,
            actor,
            action: action.into(),
            purpose: None,
            subjects: Vec::new(),
            happened_at: None,
            reasons: Vec::new(),
            idempotency: None,
        }
    }

    /// With the purpose of touching data about a person.
    #[must_use]
    pub fn for_purpose(mut self, purpose: Purpose) -> Self {
        self.purpose = Some(purpose);
        self
    }

    /// About this record (too).
    #[must_use]
    pub fn about<I: Id>(mut self, id: I) -> Self {
        self.subjects.push(Subject::of(id));
        self
    }

    /// About this named record (too).
    #[must_use]
    pub fn about_named(mut self, kind: &str, id: &str) -> Self {
        self.subjects.push(Subject::named(kind, id));
        self
    }

    /// For this reason (too), a code.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }

    /// Happened at another moment than it is written down.
    #[must_use]
    pub fn happened(mut self, at: Moment) -> Self {
        self.happened_at = Some(at);
        self
    }

    /// Counting once however often it is sent.
    #[must_use]
    pub fn once(mut self, key: IdempotencyKey) -> Self {
        self.idempotency = Some(key);
        self
    }

    pub(crate) fn entry(self, seq: i64, now: Moment, outcome: Outcome) -> Entry {
        Entry {
            v: 1,
            tenant: self.tenant,
            seq,
            recorded_at: now,
            happened_at: self.happened_at.unwrap_or(now),
            actor: self.actor,
            action: self.action,
            outcome,
            purpose: self.purpose,
            subjects: self.subjects,
            reasons: self.reasons,
            details: Json::Null,
            rows: Vec::new(),
        }
    }
}

/// An act begun.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)]
pub enum Begun {
    /// Go ahead.
    Fresh(Act),
    /// The request was carried out before; this is what it gave.
    Repeated(Json),
}

/// A transaction that will tell what it did.
pub struct Act {
    pub(crate) txn: DatabaseTransaction,
    pub(crate) store: Store,
    pub(crate) tenant: Uuid,
    pub(crate) now: Moment,
    pub(crate) row_key: Key,
    head: Head,
    context: ActContext,
    details: serde_json::Map<String, Json>,
    rows: Vec<RowChange>,
    places: HashMap<(&'static str, Vec<String>), usize>,
    pub(crate) spoiled: bool,
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Act({})", self.context.action)
    }
}

impl Executes for Act {
    fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Transaction(&self.txn)
    }
}

impl Store {
    /// Begins an act. Acts of one tenant follow one another, so what an act
    /// reads cannot change before it commits.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown tenant, [`Error::KeyReused`] for an
    /// idempotency key that came with another request before.
    pub async fn act(&self, context: ActContext) -> Result<Begun> {
        let txn = self.begin().await?;
        let head = Head::lock(&self.inner.keys, &txn, context.tenant.uuid())
            .await?
            .ok_or(Error::NotFound)?;
        if let Some(key) = &context.idempotency
            && let Some(result) = earlier(&txn, &context, key).await?
        {
            txn.rollback().await?;
            return Ok(Begun::Repeated(result));
        }
        Ok(Begun::Fresh(self.begun(txn, head, context)))
    }

    /// Begins the act that creates a tenant: the first entry of its own log.
    ///
    /// # Errors
    /// [`Error::Duplicate`] if the tenant is there already.
    pub async fn act_for_new_tenant(&self, context: ActContext) -> Result<Act> {
        let txn = self.begin().await?;
        let head =
            Head::start(&self.inner.keys, &txn, context.tenant.uuid(), self.now().micros()).await?;
        Ok(self.begun(txn, head, context))
    }

    pub(crate) fn begun(&self, txn: DatabaseTransaction, head: Head, context: ActContext) -> Act {
        Act {
            txn,
            store: self.clone(),
            tenant: head.tenant,
            now: self.now(),
            row_key: self.inner.keys.rows(head.tenant),
            head,
            context,
            details: serde_json::Map::new(),
            rows: Vec::new(),
            places: HashMap::new(),
            spoiled: false,
        }
    }
}

/// How long a request is remembered: longer than any browser keeps a form open.
const REMEMBERED: Duration = Duration::from_secs(7 * 86_400);

/// Forgets requests older than a week. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep_idempotency(store: &Store) -> Result<u64> {
    let before = store.now().before(REMEMBERED).micros();
    let old = idempotency_row::Entity::delete_many()
        .filter(idempotency_row::Column::RecordedAt.lt(before));
    Ok(old.exec(&store.inner.writes).await?.rows_affected)
}

/// Runs a whole act again, up to five times, if the database undid it to
/// resolve a clash with another (a distributed engine does so now and then).
///
/// # Errors
/// The last attempt's.
pub async fn retrying<T, F, A>(mut attempt: F) -> Result<T>
where
    F: FnMut() -> A,
    A: Future<Output = Result<T>>,
{
    let mut wait = Duration::from_millis(10);
    for _ in 0..4 {
        match attempt().await {
            Err(error) if error.is_worth_retrying() => tokio::time::sleep(wait).await,
            done => return done,
        }
        wait *= 3;
    }
    attempt().await
}

/// What the same request gave before.
async fn earlier(
    txn: &DatabaseTransaction,
    context: &ActContext,
    key: &IdempotencyKey,
) -> Result<Option<Json>> {
    let id = (context.tenant.uuid(), account_of(context), key.key.clone());
    let Some(row) = idempotency_row::Entity::find_by_id(id).one(txn).await? else {
        return Ok(None);
    };
    if row.request != key.request {
        return Err(Error::KeyReused);
    }
    Ok(Some(row.result))
}

/// The account of an idempotency key; the nil id for those without one.
fn account_of(context: &ActContext) -> Uuid {
    context.actor.account().map_or(Uuid::nil(), Id::uuid)
}

impl Act {
    /// The tenant whose act it is.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        TenantId::from_uuid(self.tenant)
    }

    /// The moment of the act: one for all its rows.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.context.actor
    }

    /// A new id.
    #[must_use]
    pub fn new_id<I: Id>(&self) -> I {
        new_id(self.store.inner.ids.as_ref())
    }

    /// The number the act's entry will have in the tenant's log.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.head.next()
    }

    /// When it happened: now, where nobody said otherwise.
    #[must_use]
    pub fn happened_at(&self) -> Moment {
        self.context.happened_at.unwrap_or(self.now())
    }

    /// Adds a record the act turned out to be about.
    pub fn about<I: Id>(&mut self, id: I) {
        self.context.subjects.push(Subject::of(id));
    }

    /// Adds a named record the act turned out to be about.
    pub fn about_named(&mut self, kind: &str, id: &str) {
        self.context.subjects.push(Subject::named(kind, id));
    }

    /// Adds a coded fact to the entry; never free text about a person.
    pub fn detail(&mut self, name: &str, value: impl Into<Json>) {
        self.details.insert(name.to_owned(), value.into());
    }

    /// Notes what became of a row; the last word about a row counts.
    pub(crate) fn record(&mut self, table: &'static str, key: Vec<String>, hash: Option<[u8; 32]>) {
        let hash = hash.map(hex::encode);
        let place = self.places.get(&(table, key.clone())).copied();
        if let Some(change) = place.and_then(|at| self.rows.get_mut(at)) {
            change.hash = hash;
            return;
        }
        self.places.insert((table, key.clone()), self.rows.len());
        self.rows.push(RowChange { table: table.to_owned(), key, hash });
    }

    /// Writes the audit entry and keeps everything, or nothing.
    ///
    /// # Errors
    /// [`Error::Spoiled`] if a step failed before; [`Error::Unclear`] if it
    /// cannot be known whether the database kept it: send the same request
    /// with the same idempotency key again.
    pub async fn commit<R: Serialize>(mut self, result: &R) -> Result<()> {
        if self.spoiled {
            self.txn.rollback().await?;
            return Err(Error::Spoiled);
        }
        self.store.fault("act.entry")?;
        let (seq, now) = (self.head.next(), self.now);
        if let Some(key) = self.context.idempotency.take() {
            let row = idempotency_row::Model {
                tenant: self.tenant,
                account: account_of(&self.context),
                token: key.key,
                request: key.request.to_vec(),
                result: serde_json::to_value(result).map_err(|e| Error::Corrupt(e.to_string()))?,
                seq,
                recorded_at: now.micros(),
            };
            idempotency_row::Entity::insert(row.into_active_model())
                .exec_without_returning(&self.txn)
                .await?;
        }
        let mut entry = self.context.entry(seq, now, Outcome::Done);
        entry.rows = self.rows;
        if !self.details.is_empty() {
            entry.details = Json::Object(self.details);
        }
        self.store.append(&self.txn, &mut self.head, &entry).await?;
        self.store.fault("act.commit")?;
        self.txn.commit().await.map_err(crate::error::unclear)?;
        self.store.fault("act.answer")
    }

    /// Gives the act up: nothing of it is kept, not even an entry.
    ///
    /// # Errors
    /// When the database does not answer; then nothing is kept either.
    pub async fn give_up(self) -> Result<()> {
        Ok(self.txn.rollback().await?)
    }
}
