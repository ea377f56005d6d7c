//! The open store: connections to one database (and its keystore), the
//! installation's own keys, clock and ids.

use crate::{
    connect::{self, Database},
    error::{Error, Result, unless_stopped},
    installation::{self, InstallationKeys},
    keys::keystore::Keystore,
};
use palermo_crypto::{Key, OsEntropy};
use palermo_domain::{
    id::{Id, IdSource, TenantId, new_id},
    moment::{Clock, Moment},
};
use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend,
    IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};

/// How to open a store.
pub struct StoreConfig {
    /// Which database.
    pub database: Database,
    /// The root key, unsealed by the caller; never stored.
    pub root: Key,
    /// Name under which audit checkpoints are signed, for example `palermo.example/audit`.
    pub origin: String,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub ids: Arc<dyn IdSource>,
    /// Whether a database that is not there yet may be made.
    pub create: bool,
    /// Connections for reading (the SQLite writer is always one).
    pub read_connections: u32,
}

pub(crate) struct Inner {
    pub(crate) reads: DatabaseConnection,
    pub(crate) writes: DatabaseConnection,
    pub(crate) keystore: Keystore,
    pub(crate) keys: InstallationKeys,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn IdSource>,
    pub(crate) house: OnceLock<TenantId>,
    #[cfg(any(test, feature = "testing"))]
    pub(crate) faults: std::sync::Mutex<Option<&'static str>>,
}

/// The store. Cheap to clone; holds no state but connections and keys.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

pub(crate) mod sealed {
    use sea_orm::DatabaseExecutor;

    /// What can run a query; only this crate knows how.
    pub trait Executes: Sync {
        fn executor(&self) -> DatabaseExecutor<'_>;
    }
}

/// Where a read goes: the store itself (its read-only connections), or an
/// act (sees what the act has written so far).
pub trait Db: sealed::Executes {}

impl<T: sealed::Executes> Db for T {}

impl sealed::Executes for Store {
    fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Connection(&self.inner.reads)
    }
}

impl sealed::Executes for DatabaseTransaction {
    fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Transaction(self)
    }
}

impl Store {
    /// Opens the store, brings its tables up to date and unlocks the
    /// installation's own keys with the root key.
    ///
    /// # Errors
    /// When the database is missing, of a version or setting that is not safe
    /// (check D17), or made with another root key.
    pub async fn open(config: StoreConfig) -> Result<Self> {
        let pools = connect::open(&config.database, config.create, config.read_connections).await?;
        crate::migration::bring_up_to_date(&pools.writes).await?;
        let keystore = Keystore::open(&config.database, config.create).await?;
        let now = config.clock.now();
        let keys = installation::unlock(&pools.writes, &config.root, &config.origin, now).await?;
        let house = installation::house(&pools.writes).await?;
        let inner = Inner {
            reads: pools.reads,
            writes: pools.writes,
            keystore,
            keys,
            clock: config.clock,
            ids: config.ids,
            house: house.map_or_else(OnceLock::new, OnceLock::from),
            #[cfg(any(test, feature = "testing"))]
            faults: std::sync::Mutex::new(None),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Closes all connections; SQLite then folds its write-ahead log back.
    ///
    /// # Errors
    /// When a connection does not close.
    pub async fn close(&self) -> Result<()> {
        self.inner.reads.close_by_ref().await?;
        self.inner.writes.close_by_ref().await?;
        self.inner.keystore.close().await
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.inner.clock.now()
    }

    /// A new id.
    #[must_use]
    pub fn new_id<I: Id>(&self) -> I {
        new_id(self.inner.ids.as_ref())
    }

    /// The tenant that answers for the shared registers: the secretariat of
    /// the mechanism, named once when the installation is set up.
    #[must_use]
    pub fn house(&self) -> Option<TenantId> {
        self.inner.house.get().copied()
    }

    /// The key of what pages hand out and take back: form tokens, sealed states.
    /// The same on every instance of an installation.
    #[must_use]
    pub fn page_key(&self) -> Key {
        self.inner.keys.pages()
    }

    /// Answers when the database and the keystore do (for the health page):
    /// without either no text about a person opens.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        unless_stopped()?;
        self.inner.reads.ping().await?;
        self.inner.writes.ping().await?;
        self.inner.keystore.ping().await
    }

    /// Overwrites what a service said before it became protected, where the database still
    /// keeps it beside its tables: there stands its address. Where a long read is under way
    /// it is left for the next time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn overwrite_traces(&self) -> Result<()> {
        let tables = "service, hsds_row";
        connect::overwrite_traces(&self.inner.writes, tables, Duration::from_secs(2)).await
    }

    /// A write transaction. SQLite takes the write lock at once: a deferred
    /// transaction that wants to write later fails with "locked".
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        begin(&self.inner.writes).await
    }

    /// A read transaction that sees one moment of the database throughout.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction> {
        let reads = &self.inner.reads;
        Ok(match reads.get_database_backend() {
            DbBackend::Postgres => {
                let level = Some(IsolationLevel::RepeatableRead);
                reads.begin_with_config(level, Some(AccessMode::ReadOnly)).await?
            }
            _ => reads.begin().await?,
        })
    }

    pub(crate) fn entropy(&self) -> OsEntropy {
        OsEntropy
    }

    /// Fails once at the named point if a test asked for it.
    #[cfg(any(test, feature = "testing"))]
    ///
    /// # Errors
    /// In a test that asked for it.
    pub fn fault(&self, at: &'static str) -> Result<()> {
        let mut wanted = self.inner.faults.lock().unwrap_or_else(|e| e.into_inner());
        if *wanted == Some(at) {
            *wanted = None;
            return Err(Error::Fault(at));
        }
        Ok(())
    }

    #[cfg(not(any(test, feature = "testing")))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    ///
    /// # Errors
    /// Never.
    pub fn fault(&self, _at: &'static str) -> Result<(), Error> {
        Ok(())
    }

    /// Makes the store fail once at a named point, as if the process had died there.
    #[cfg(any(test, feature = "testing"))]
    pub fn fail_once_at(&self, at: &'static str) {
        *self.inner.faults.lock().unwrap_or_else(|e| e.into_inner()) = Some(at);
    }
}

/// A write transaction on this connection; none once the disk has failed.
pub(crate) async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction> {
    unless_stopped()?;
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(db.begin_with_options(options).await?)
}
