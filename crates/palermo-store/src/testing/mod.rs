//! A throw-away store on each engine, for the tests of this crate and of
//! those above it (feature `testing`, never in a release).
//!
//! ```ignore
//! TestStore::each(async |test| {
//!     let shelter = test.tenant("Shelter", TenantKind::Care).await;
//!     let mut act = test.act(shelter, "desk.create").await;
//!     …
//! }).await;
//! ```

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod postgres;
pub mod traces;

use crate::{
    Act, ActContext, Begun, Database, Store, StoreConfig, account,
    audit::{Head, entry::Outcome},
    keys::sealed::{self, Place},
    tenant,
};
use palermo_crypto::Key;
use palermo_domain::{
    account::{Account, AccountStatus},
    actor::Actor,
    compartment::Compartment,
    id::{AccountId, Id, IdSource, PersonId, SessionId, TenantId},
    moment::{Clock, Moment},
    tenant::{Tenant, TenantKind},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;
use uuid::Uuid;

/// Every place something is sealed at in a tenant, whatever it is.
///
/// # Panics
/// When the database does not answer.
pub async fn sealed_places(store: &Store, tenant: TenantId) -> Vec<Place> {
    let rows = sealed::row::Entity::find()
        .filter(sealed::row::Column::Tenant.eq(tenant.uuid()))
        .order_by_asc(sealed::row::Column::Record)
        .all(&store.inner.reads)
        .await
        .unwrap();
    let place = |row: sealed::row::Model| Place {
        person: PersonId::from_uuid(row.person),
        table: row.place.leak(),
        record: row.record,
        field: row.field.leak(),
        compartment: Compartment::ALL
            .into_iter()
            .find(|one| one.code() == row.compartment)
            .unwrap(),
    };
    rows.into_iter().map(place).collect()
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Moves the clock on.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::SeqCst);
    }

    /// Sets the clock, also back.
    pub fn set(&self, at: Moment) {
        self.0.store(at.micros(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// The system's clock, for tests of what runs as it does in use.
#[derive(Debug, Clone, Copy)]
pub struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Moment {
        time::OffsetDateTime::now_utc().into()
    }
}

/// Random ids.
#[derive(Debug)]
pub struct RandomIds;

impl IdSource for RandomIds {
    fn timed(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn untimed(&self) -> Uuid {
        Uuid::new_v4()
    }
}

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite in a temporary folder.
    Sqlite,
    /// A fresh database on a private PostgreSQL.
    Postgres,
}

/// A store that goes away after the test.
#[derive(Clone)]
pub struct TestStore {
    /// The store.
    pub store: Store,
    /// Its clock: 2026-03-01T08:00:00Z until moved.
    pub clock: Arc<TestClock>,
    /// The engine underneath.
    pub engine: Engine,
    /// Where it is, to open it a second time.
    pub database: Database,
    /// An empty folder for the test's files.
    pub folder: PathBuf,
    _keep: Arc<TempDir>,
}

impl std::ops::Deref for TestStore {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

/// The root key of test stores.
#[must_use]
pub fn root_key() -> Key {
    Key::from_bytes([42; 32])
}

impl TestStore {
    /// Runs a test on SQLite and then on PostgreSQL. Without the server's
    /// programs the second run is skipped, and says so; with `CI=true` that fails.
    pub async fn each<F>(test: F)
    where
        F: AsyncFn(TestStore),
    {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            if let Some(store) = Self::open(engine).await {
                eprintln!("running on {engine:?}");
                test(store.clone()).await;
                store.discard().await;
            }
        }
    }

    /// An empty store on one engine; nothing if PostgreSQL is not there.
    pub async fn open(engine: Engine) -> Option<Self> {
        Self::make(engine, true).await
    }

    /// A place for a store on one engine, where nothing was made yet: for
    /// restores. Its `store` is closed.
    pub async fn open_empty(engine: Engine) -> Option<Self> {
        Self::make(engine, false).await
    }

    async fn make(engine: Engine, keep: bool) -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("palermo-test-").tempdir().unwrap();
        let database = match engine {
            Engine::Sqlite => {
                let folder = folder.path().join("data");
                std::fs::create_dir(&folder).unwrap();
                Database::Sqlite { folder }
            }
            Engine::Postgres => {
                let (url, keystore_url) = postgres::fresh_databases().await?;
                Database::Postgres { url, keystore_url }
            }
        };
        let clock = Arc::new(TestClock(AtomicI64::new(0)));
        clock.set("2026-03-01T08:00:00Z".parse().unwrap());
        let mut store = Store::open(config(database.clone(), clock.clone())).await.unwrap();
        if !keep {
            store = Self::forget(engine, store, &database).await;
        }
        let path = folder.path().to_owned();
        Some(Self { store, clock, engine, database, folder: path, _keep: Arc::new(folder) })
    }

    /// The same place with another store opened in it.
    #[must_use]
    pub fn with_store(mut self, store: Store) -> Self {
        self.store = store;
        self
    }

    /// Takes back what opening a store made.
    async fn forget(engine: Engine, store: Store, database: &Database) -> Store {
        store.close().await.unwrap();
        match database {
            Database::Sqlite { folder } => {
                std::fs::remove_dir_all(folder).unwrap();
                std::fs::create_dir(folder).unwrap();
            }
            Database::Postgres { url, keystore_url } => {
                assert_eq!(engine, Engine::Postgres);
                postgres::recreate_databases(&[url, keystore_url]).await;
            }
        }
        store
    }

    /// The configuration of this store, to open it again.
    #[must_use]
    pub fn config(&self) -> StoreConfig {
        config(self.database.clone(), self.clock.clone())
    }

    /// Opens the same database a second time, as another instance would.
    pub async fn reopen(&self) -> Store {
        Store::open(self.config()).await.unwrap()
    }

    /// Closes the store and removes its databases.
    pub async fn discard(self) {
        let _ = self.store.close().await;
        if let Database::Postgres { url, keystore_url } = &self.database {
            postgres::drop_databases(&[url, keystore_url]).await;
        }
    }

    /// Runs SQL past the store, as someone with access to the database could.
    /// Returns how many rows it touched.
    pub async fn tamper(&self, sql: &str) -> u64 {
        use sea_orm::ConnectionTrait;
        let writes = &self.store.inner.writes;
        writes.execute_unprepared(sql).await.unwrap().rows_affected()
    }

    /// Runs SQL that may fail, as the store would tell it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn try_sql(&self, sql: &str) -> crate::Result<()> {
        use sea_orm::ConnectionTrait;
        self.store.inner.writes.execute_unprepared(sql).await?;
        Ok(())
    }

    /// Runs SQL on the keystore.
    pub async fn tamper_keystore(&self, sql: &str) -> u64 {
        use sea_orm::ConnectionTrait;
        let db = self.store.inner.keystore.connection();
        db.execute_unprepared(sql).await.unwrap().rows_affected()
    }

    /// The first column of the rows SQL gives, as text.
    pub async fn ask(&self, sql: &str) -> Vec<String> {
        use sea_orm::{ConnectionTrait, Statement};
        let db = &self.store.inner.writes;
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
    }

    /// The same for the keystore.
    pub async fn ask_keystore(&self, sql: &str) -> Vec<String> {
        use sea_orm::{ConnectionTrait, Statement};
        let db = self.store.inner.keystore.connection();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
    }

    /// Adds a tenant.
    pub async fn tenant(&self, name: &str, kind: TenantKind) -> TenantId {
        let id: TenantId = self.new_id();
        let actor = Actor::Operator { user: "test".to_owned(), account: None };
        let context = ActContext::new(id, actor, "tenant.create").about(id);
        let mut act = self.act_for_new_tenant(context).await.unwrap();
        let record = Tenant {
            id,
            name: name.to_owned(),
            kind,
            state: Some("XAA".to_owned()),
            language: "en".to_owned(),
        };
        tenant::insert(&mut act, &record).await.unwrap();
        act.commit(&()).await.unwrap();
        id
    }

    /// Adds an account in use.
    pub async fn account(&self, tenant: TenantId, email: &str) -> AccountId {
        let mut act = self.begin_act(tenant, "account.create").await;
        let record = Account {
            tenant,
            id: act.new_id(),
            email: email.to_owned(),
            name: email.split('@').next().unwrap().to_owned(),
            language: "en".to_owned(),
            own_digits: false,
            status: AccountStatus::Active,
            recorded_at: act.now(),
        };
        account::insert(&mut act, &record).await.unwrap();
        act.commit(&()).await.unwrap();
        record.id
    }

    /// A context of the operator in this tenant.
    #[must_use]
    pub fn context(&self, tenant: TenantId, action: &str) -> ActContext {
        let actor = Actor::Operator { user: "test".to_owned(), account: None };
        ActContext::new(tenant, actor, action)
    }

    /// A context of a member of staff.
    #[must_use]
    pub fn context_of(&self, tenant: TenantId, account: AccountId, action: &str) -> ActContext {
        let session = SessionId::from_uuid(Uuid::nil());
        ActContext::new(tenant, Actor::Account { account, session }, action)
    }

    /// Begins an act of the operator.
    pub async fn begin_act(&self, tenant: TenantId, action: &str) -> Act {
        self.begin_with(self.context(tenant, action)).await
    }

    /// Begins an act that was not done before.
    pub async fn begin_with(&self, context: ActContext) -> Act {
        match self.store.act(context).await.unwrap() {
            Begun::Fresh(act) => act,
            Begun::Repeated(result) => panic!("this act was done before: {result}"),
        }
    }
}

fn config(database: Database, clock: Arc<TestClock>) -> StoreConfig {
    StoreConfig {
        database,
        root: root_key(),
        origin: "test.palermo.example/audit".to_owned(),
        clock,
        ids: Arc::new(RandomIds),
        create: true,
        read_connections: 3,
    }
}

impl TestStore {
    /// Writes many entries into a tenant's log, ten thousand in a transaction:
    /// as acts without a change would, and a hundred times faster.
    pub async fn fill_log(&self, tenant: TenantId, entries: usize) {
        let mut left = entries;
        while left > 0 {
            let txn = self.store.begin().await.unwrap();
            let head = Head::lock(&self.store.inner.keys, &txn, tenant.uuid()).await.unwrap();
            let mut head = head.expect("the tenant has a log");
            for _ in 0..left.min(10_000) {
                let context = self.context(tenant, "desk.create").about(tenant);
                let entry = context.entry(head.next(), self.store.now(), Outcome::Done);
                self.store.append(&txn, &mut head, &entry).await.unwrap();
                left -= 1;
            }
            txn.commit().await.unwrap();
        }
    }

    /// Bytes as a literal of this engine's SQL.
    #[must_use]
    pub fn literal(&self, bytes: &[u8]) -> String {
        match self.engine {
            Engine::Sqlite => format!("X'{}'", hex::encode(bytes)),
            Engine::Postgres => format!("'\\x{}'::bytea", hex::encode(bytes)),
        }
    }

    /// An id as a literal of this engine's SQL.
    #[must_use]
    pub fn id_literal<I: Id>(&self, id: I) -> String {
        match self.engine {
            Engine::Sqlite => format!("X'{}'", id.uuid().simple()),
            Engine::Postgres => format!("'{}'::uuid", id.uuid()),
        }
    }

    /// A column of bytes of the rows SQL gives.
    pub async fn ask_bytes(&self, sql: &str) -> Vec<Vec<u8>> {
        use sea_orm::{ConnectionTrait, Statement};
        let db = &self.store.inner.writes;
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index::<Vec<u8>>(0).unwrap()).collect()
    }
}
