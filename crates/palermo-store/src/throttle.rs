//! Failed sign-ins, counted for all instances together (N1): by name, by
//! source, and by device, so that an attack on a name does not lock its owner
//! out of the device they always use.
//!
//! Names and addresses are stored as keyed hashes: the table tells nobody who
//! was attacked from where.

use crate::{
    entity::entity,
    error::{Error, Result},
    store::Store,
};
use hmac::{Hmac, KeyInit, Mac};
use palermo_domain::moment::Moment;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Alias, CaseStatement, Expr, ExprTrait, OnConflict, Query},
};
use sha2::Sha256;
use std::time::Duration;

pub(crate) mod row {
    super::entity!(
        "throttle",
        key { subject: Vec<u8> }
        failures: i64,
        window_at: i64,
        blocked_until: i64,
    );
}

/// What failures are counted for.
#[derive(Debug, Clone, Copy)]
pub enum Counted<'a> {
    /// The name someone tried to sign in with, whether it exists or not.
    Name(&'a str),
    /// The network address it came from.
    Source(&'a str),
    /// A name together with a device known to be its owner's.
    Device(&'a str, &'a str),
}

/// How many failures are free, and how waiting grows after them.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Failures without a wait.
    pub free: i64,
    /// Failures after which only a success elsewhere or an administrator helps.
    pub disable: i64,
    /// Failures older than this are forgotten.
    pub window: Duration,
}

impl Limits {
    /// For a name: ten free failures, disabled before the hundredth (N1).
    pub const NAME: Self = Self { free: 10, disable: 99, window: Duration::from_secs(30 * 86_400) };
    /// For a source, behind which may be a whole office: thirty free failures an hour.
    pub const SOURCE: Self = Self { free: 30, disable: 1_000, window: Duration::from_secs(3600) };
    /// For refusals at the gate that leave an entry: a hundred in a row, then ever fewer.
    pub const REFUSED: Self =
        Self { free: 100, disable: i64::MAX, window: Duration::from_secs(3600) };

    /// How long to wait after this many failures: 2, 4, 8 … seconds, at most an
    /// hour; for ever from `disable` on.
    #[must_use]
    pub fn wait(&self, failures: i64) -> Duration {
        match failures - self.free {
            ..=0 => Duration::ZERO,
            _ if failures >= self.disable => Duration::from_secs(100 * 365 * 86_400),
            over => {
                let doublings = std::cmp::min(u32::try_from(over).unwrap_or(12), 12);
                Duration::from_secs(std::cmp::min(2_u64.pow(doublings), 3600))
            }
        }
    }
}

fn subject(store: &Store, counted: Counted<'_>) -> Vec<u8> {
    let (kind, parts): (u8, [&str; 2]) = match counted {
        Counted::Name(name) => (1, [name, ""]),
        Counted::Source(source) => (2, [source, ""]),
        Counted::Device(name, device) => (3, [name, device]),
    };
    let key = store.inner.keys.sign_in_names().derive(&[b"throttle"]);
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return Vec::new() };
    mac.update(&[kind]);
    for part in parts {
        mac.update(part.trim().to_lowercase().as_bytes());
        mac.update(&[0]);
    }
    mac.finalize().into_bytes().to_vec()
}

/// Until when this must wait; nothing if it may try now.
///
/// # Errors
/// When the database does not answer.
pub async fn blocked(store: &Store, counted: Counted<'_>) -> Result<Option<Moment>> {
    let row = row::Entity::find_by_id(subject(store, counted)).one(&store.inner.reads).await?;
    let until = row.map(|row| Moment::from_micros(row.blocked_until));
    Ok(until.filter(|until| *until > store.now()))
}

/// Counts a failure, atomically over all instances, and returns how many
/// there are now. Count before checking a secret and forgive afterwards, so
/// that a hundred requests at once are a hundred failures.
///
/// # Errors
/// When the database does not answer; then nobody signs in.
pub async fn failed(store: &Store, counted: Counted<'_>, limits: Limits) -> Result<i64> {
    let (subject, now) = (subject(store, counted), store.now());
    let txn = store.begin().await?;
    let forgotten = now.before(limits.window).micros();
    let own = |column: &str| Expr::col((Alias::new("throttle"), Alias::new(column)));
    let again = CaseStatement::new()
        .case(own("window_at").lt(forgotten), Expr::val(1_i64))
        .finally(own("failures").add(1_i64));
    let mut count = Query::insert();
    count
        .into_table(Alias::new("throttle"))
        .columns(["subject", "failures", "window_at", "blocked_until"].map(Alias::new))
        .values(
            [subject.clone().into(), 1_i64.into(), now.micros().into(), 0_i64.into()]
                .map(Expr::val::<sea_orm::Value>),
        )
        .map_err(|error| Error::Corrupt(error.to_string()))?
        .on_conflict(
            OnConflict::column(Alias::new("subject"))
                .value(Alias::new("failures"), again)
                .value(Alias::new("window_at"), Expr::val(now.micros()))
                .to_owned(),
        )
        .returning_col(Alias::new("failures"));
    let row = txn.query_one(&count).await?;
    let failures: i64 = row.map_or(Ok(1), |row| row.try_get_by_index(0))?;
    let mut block = Query::update();
    block
        .table(Alias::new("throttle"))
        .value(Alias::new("blocked_until"), now.after(limits.wait(failures)).micros())
        .and_where(Expr::col(Alias::new("subject")).eq(subject));
    txn.execute(&block).await?;
    txn.commit().await.map_err(crate::error::unclear)?;
    Ok(failures)
}

/// Forgets failures after a success (or by an administrator).
///
/// # Errors
/// When the database does not answer.
pub async fn forgive(store: &Store, counted: Counted<'_>) -> Result<()> {
    let subject = subject(store, counted);
    row::Entity::delete_by_id(subject).exec(&store.inner.writes).await?;
    Ok(())
}

/// Removes counts nobody added to for a month. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(store: &Store) -> Result<u64> {
    let before = store.now().before(Limits::NAME.window).micros();
    let old = row::Entity::delete_many().filter(row::Column::WindowAt.lt(before));
    Ok(old.exec(&store.inner.writes).await?.rows_affected)
}
