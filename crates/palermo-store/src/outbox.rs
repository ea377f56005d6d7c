//! What leaves: mail, later messages to other nodes. Put in by the
//! act it belongs to, taken out by a worker, at least once. The body is sealed
//! while it waits and gone once it was delivered; what stays is that it was.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    list::{Page, Paging, page},
    store::{Db, Store},
};
use palermo_crypto::{Aad, open, seal};
use palermo_domain::{
    id::{Id, OutboxId, TenantId},
    moment::Moment,
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
    sea_query::{LockBehavior, LockType},
};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) mod row {
    super::entity!(
        "outbox",
        key { tenant: Uuid, id: Uuid }
        channel: String,
        destination: String,
        kind: String,
        body: Option<Vec<u8>>,
        state: String,
        attempts: i64,
        next_attempt_at: i64,
        last_error: Option<String>,
        recorded_at: i64,
        delivered_at: Option<i64>,
    );
}

/// Attempts before an item is given up (about two days).
const ATTEMPTS: i64 = 12;

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// Waits for its first or next attempt.
    Waiting,
    /// A worker has it; if the worker dies, another takes it when its time is up.
    Sending,
    /// Arrived at the next hop.
    Delivered,
    /// Given up; a person has to look.
    Failed,
}

impl Delivery {
    const ALL: [Self; 4] = [Self::Waiting, Self::Sending, Self::Delivered, Self::Failed];

    /// The code stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

/// An item without its body: what an administrator sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: OutboxId,
    /// By which way: `mail`.
    pub channel: String,
    /// To whom; empty where only the sealed body says it, to be forgotten with it.
    pub destination: String,
    /// What it is (`invitation`), never what it says.
    pub kind: String,
    /// How it stands.
    pub state: Delivery,
    /// Attempts so far.
    pub attempts: i64,
    /// When it is tried next.
    pub next_attempt_at: Moment,
    /// What went wrong last, without the body.
    pub last_error: Option<String>,
    /// When it was put in.
    pub recorded_at: Moment,
    /// When it was delivered.
    pub delivered_at: Option<Moment>,
}

/// An item a worker took, with its body.
#[derive(Debug)]
pub struct Claimed {
    /// The item.
    pub item: Item,
    /// What to send.
    pub body: Zeroizing<Vec<u8>>,
}

fn from_row(row: row::Model) -> Result<Item> {
    let state = Delivery::ALL.into_iter().find(|state| state.code() == row.state);
    Ok(Item {
        tenant: TenantId::from_uuid(row.tenant),
        id: OutboxId::from_uuid(row.id),
        channel: row.channel,
        destination: row.destination,
        kind: row.kind,
        state: state.ok_or_else(|| Error::Corrupt(format!("delivery `{}`", row.state)))?,
        attempts: row.attempts,
        next_attempt_at: Moment::from_micros(row.next_attempt_at),
        last_error: row.last_error,
        recorded_at: Moment::from_micros(row.recorded_at),
        delivered_at: row.delivered_at.map(Moment::from_micros),
    })
}

fn place<'a>(tenant: &'a Uuid, id: &'a Uuid) -> Aad<'a> {
    Aad {
        tenant: tenant.as_bytes(),
        person: &[],
        table: "outbox",
        column: "body",
        row: id.as_bytes(),
        key_id: b"installation",
        version: 1,
    }
}

/// Puts something in; it leaves only if the act is kept.
///
/// # Errors
/// When the database does not answer.
pub async fn put(
    act: &mut Act,
    channel: &str,
    destination: &str,
    kind: &str,
    body: &[u8],
) -> Result<OutboxId> {
    let id: OutboxId = act.new_id();
    let key = act.store.inner.keys.outbox();
    let sealed = seal(&key, &place(&act.tenant, &id.uuid()), body, &mut act.store.entropy())?;
    let row = row::Model {
        tenant: act.tenant,
        id: id.uuid(),
        channel: channel.to_owned(),
        destination: destination.to_owned(),
        kind: kind.to_owned(),
        body: Some(sealed),
        state: Delivery::Waiting.code().to_owned(),
        attempts: 0,
        next_attempt_at: act.now().micros(),
        last_error: None,
        recorded_at: act.now().micros(),
        delivered_at: None,
    };
    act.insert(&row).await?;
    Ok(id)
}

/// Takes up to `most` items that are due, of all tenants, for `lease`. Items a
/// worker took and did not finish in time are due again: at least once.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(store: &Store, most: u64, lease: Duration) -> Result<Vec<Claimed>> {
    let txn = store.begin().await?;
    let now = store.now();
    let due = row::Entity::find()
        .filter(row::Column::State.is_in([Delivery::Waiting.code(), Delivery::Sending.code()]))
        .filter(row::Column::NextAttemptAt.lte(now.micros()))
        .order_by_asc(row::Column::NextAttemptAt)
        .limit(most)
        // Workers of other instances pass over what this one takes.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&txn)
        .await?;
    let key = store.inner.keys.outbox();
    let mut claimed = Vec::with_capacity(due.len());
    for row in due {
        let sealed = row.body.clone().unwrap_or_default();
        let body = open(&key, &place(&row.tenant, &row.id), &sealed)?;
        let mut change = row.clone().into_active_model();
        change.state = Set(Delivery::Sending.code().to_owned());
        change.attempts = Set(row.attempts.saturating_add(1));
        change.next_attempt_at = Set(now.after(lease).micros());
        let row = row::Entity::update(change).exec(&txn).await?;
        claimed.push(Claimed { item: from_row(row)?, body });
    }
    txn.commit().await.map_err(crate::error::unclear)?;
    Ok(claimed)
}

/// It was delivered: the body goes, the fact stays.
///
/// # Errors
/// [`Error::NotFound`] if there is no such item.
pub async fn delivered(store: &Store, item: &Item) -> Result<()> {
    let txn = store.begin().await?;
    let mut row = locked(&txn, item).await?.into_active_model();
    row.state = Set(Delivery::Delivered.code().to_owned());
    row.body = Set(None);
    row.last_error = Set(None);
    row.delivered_at = Set(Some(store.now().micros()));
    row::Entity::update(row).exec(&txn).await?;
    txn.commit().await.map_err(crate::error::unclear)
}

/// It was not delivered: tried again after 1, 2, 4 … minutes, at most 12
/// hours; given up after twelve attempts.
///
/// # Errors
/// [`Error::NotFound`] if there is no such item.
pub async fn not_delivered(store: &Store, item: &Item, error: &str) -> Result<Delivery> {
    let txn = store.begin().await?;
    let old = locked(&txn, item).await?;
    if old.state == Delivery::Delivered.code() {
        return Ok(Delivery::Delivered);
    }
    let minutes =
        2_u64.saturating_pow(u32::try_from(old.attempts.max(1) - 1).unwrap_or(10)).min(720);
    let state = if old.attempts >= ATTEMPTS { Delivery::Failed } else { Delivery::Waiting };
    let mut row = old.into_active_model();
    row.state = Set(state.code().to_owned());
    row.last_error = Set(Some(error.chars().take(300).collect()));
    row.next_attempt_at = Set(store.now().after(Duration::from_secs(60 * minutes)).micros());
    row::Entity::update(row).exec(&txn).await?;
    txn.commit().await.map_err(crate::error::unclear)?;
    Ok(state)
}

async fn locked(txn: &DatabaseTransaction, item: &Item) -> Result<row::Model> {
    let id = (item.tenant.uuid(), item.id.uuid());
    let row = row::Entity::find_by_id(id).lock_exclusive().one(txn).await?;
    row.ok_or(Error::NotFound)
}

/// Has a failed item tried again.
///
/// # Errors
/// [`Error::NotFound`] if there is no such failed item.
pub async fn retry(act: &mut Act, id: OutboxId) -> Result<()> {
    let row = row::Entity::find_by_id((act.tenant, id.uuid())).one(&act.txn).await?;
    let failed = row.filter(|row| row.state == Delivery::Failed.code());
    let mut row = failed.ok_or(Error::NotFound)?;
    row.state = Delivery::Waiting.code().to_owned();
    row.attempts = 0;
    row.next_attempt_at = act.now().micros();
    act.overwrite(&row).await
}

/// Takes out what would lead nowhere any more: what of a kind waits for this address, or
/// was given up. What a worker is sending goes its way.
///
/// # Errors
/// When the database does not answer.
pub async fn cancel(act: &mut Act, kind: &str, destination: &str) -> Result<()> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Kind.eq(kind))
        .filter(row::Column::Destination.eq(destination))
        .filter(row::Column::State.is_in([Delivery::Waiting.code(), Delivery::Failed.code()]))
        .all(&act.txn)
        .await?;
    for row in rows {
        act.delete(&row).await?;
    }
    Ok(())
}

/// Items of a tenant, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    state: Option<Delivery>,
    paging: Paging,
) -> Result<Page<Item>> {
    let mut select = row::Entity::find().filter(row::Column::Tenant.eq(tenant.uuid()));
    if let Some(state) = state {
        select = select.filter(row::Column::State.eq(state.code()));
    }
    let select = select.order_by_desc(row::Column::RecordedAt).order_by_desc(row::Column::Id);
    page(&db.executor(), select, paging, from_row).await
}
