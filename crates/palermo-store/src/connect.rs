//! Connections to SQLite and PostgreSQL, and the checks without which
//! Palermo does not start (D17): version, durability, foreign keys.

use crate::error::{Error, Result};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement,
    sqlx::{
        Connection,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// Before this version a reset of the write-ahead log could corrupt the
/// database (3.7.0 to 3.51.2).
const SQLITE_AT_LEAST: (u32, u32, u32) = (3, 51, 3);
/// PostgreSQL's `server_version_num` of 15.0.
const POSTGRES_AT_LEAST: i64 = 150_000;
/// How long a writer waits for another before it gives up.
pub(crate) const WAIT: Duration = Duration::from_secs(30);

/// Where the data lives.
#[derive(Clone)]
pub enum Database {
    /// `palermo.db` and `keystore.db` in one folder.
    Sqlite {
        /// The data folder.
        folder: PathBuf,
    },
    /// Two databases on PostgreSQL 15 or later; the keystore's may be on
    /// another server, and should be backed up apart.
    Postgres {
        /// Address of the main database.
        url: String,
        /// Address of the keystore's database.
        keystore_url: String,
    },
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An address may hold a password.
        f.write_str(match self {
            Self::Sqlite { .. } => "Sqlite",
            Self::Postgres { .. } => "Postgres",
        })
    }
}

pub(crate) struct Pools {
    pub(crate) reads: DatabaseConnection,
    pub(crate) writes: DatabaseConnection,
}

/// Opens the main database.
pub(crate) async fn open(database: &Database, create: bool, readers: u32) -> Result<Pools> {
    let pools = match database {
        Database::Sqlite { folder } => {
            let file = folder.join("palermo.db");
            let writes = sqlite(&file, create, 1, false).await?;
            Pools { reads: sqlite(&file, false, readers.max(1), true).await?, writes }
        }
        Database::Postgres { url, .. } => Pools {
            reads: postgres(url, readers.max(1), true).await?,
            writes: postgres(url, readers.max(4), false).await?,
        },
    };
    check(&pools.writes).await?;
    Ok(pools)
}

/// Opens the keystore's database: one connection, used briefly.
pub(crate) async fn open_keystore(database: &Database, create: bool) -> Result<DatabaseConnection> {
    let db = match database {
        Database::Sqlite { folder } => {
            sqlite(&folder.join("keystore.db"), create, 1, false).await?
        }
        Database::Postgres { keystore_url, .. } => postgres(keystore_url, 4, false).await?,
    };
    check(&db).await?;
    Ok(db)
}

async fn sqlite(file: &Path, create: bool, most: u32, reads: bool) -> Result<DatabaseConnection> {
    if !create && !file.exists() {
        return Err(Error::Refused(format!(
            "there is no Palermo in this folder: `{}` is missing; `palermo init` makes one",
            file.display()
        )));
    }
    if create {
        private_file(file)?;
    }
    let file = file.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(most).sqlx_logging(false).acquire_timeout(WAIT);
    // A closed SQLite connection drops its page cache; keep them open.
    options.idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
    // After a COMMIT that failed (a full disk) SQLite has rolled back by itself, the driver's
    // own ROLLBACK fails, and it believes to be in a transaction for ever: what comes next
    // would be a savepoint in a transaction that nobody commits, acknowledged and lost (D4).
    // Such a connection is closed, and a fresh one takes its place.
    options.map_sqlx_sqlite_before_acquire(|connection, _| {
        let free = !connection.is_in_transaction();
        Box::pin(async move { Ok(free) })
    });
    options.map_sqlx_sqlite_opts(move |_| {
        SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WAIT)
            // Overwrite deleted content with zeros: erased means erased from the file.
            .pragma("secure_delete", "ON")
            // What a sort spills goes to memory, never into a file of its own.
            .pragma("temp_store", "MEMORY")
            .pragma("query_only", if reads { "ON" } else { "OFF" })
    });
    Ok(sea_orm::Database::connect(options).await?)
}

/// What was deleted or overwritten in these tables can linger: in SQLite's write-ahead log
/// until it is folded back (the pages themselves are zeroed by `secure_delete`), in
/// PostgreSQL until they are vacuumed. Whoever writes waits as long as this does for those
/// who still read an older moment; after `wait` it is left for another time.
pub(crate) async fn overwrite_traces(
    db: &DatabaseConnection,
    tables: &str,
    wait: Duration,
) -> Result<()> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => format!("VACUUM {tables}"),
        _ => format!(
            "PRAGMA busy_timeout = {}; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = {}",
            wait.as_millis(),
            WAIT.as_millis()
        ),
    };
    db.execute_unprepared(&sql).await?;
    Ok(())
}

/// Makes the file so that only its owner reads it; SQLite gives its
/// write-ahead log the same mode.
fn private_file(file: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(file).map(|_| ()).map_err(|error| Error::file(file, error))
}

async fn postgres(url: &str, most: u32, reads: bool) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(most).sqlx_logging(false).acquire_timeout(WAIT);
    options.map_sqlx_postgres_opts(move |options| {
        let only = if reads { "on" } else { "off" };
        options.application_name("palermo").options([
            ("default_transaction_read_only", only),
            ("timezone", "UTC"),
            ("synchronous_commit", "on"),
        ])
    });
    Ok(sea_orm::Database::connect(options).await?)
}

async fn check(db: &DatabaseConnection) -> Result<()> {
    match db.get_database_backend() {
        DbBackend::Postgres => check_postgres(db).await,
        _ => check_sqlite(db).await,
    }
}

/// One value of one row, as text.
async fn ask(db: &DatabaseConnection, sql: &str) -> Result<String> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let row = row.ok_or_else(|| Error::Refused(format!("the database does not answer `{sql}`")))?;
    match row.try_get_by_index::<i64>(0) {
        Ok(number) => Ok(number.to_string()),
        Err(_) => Ok(row.try_get_by_index(0)?),
    }
}

async fn check_sqlite(db: &DatabaseConnection) -> Result<()> {
    let version = ask(db, "SELECT sqlite_version()").await?;
    refuse_old_sqlite(&version)?;
    // 2 is FULL: anything less can lose an acknowledged write when the power fails.
    let wanted = [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("secure_delete", "1"),
    ];
    for (setting, value) in wanted {
        let found = ask(db, &format!("PRAGMA {setting}")).await?;
        if found != value {
            return Err(Error::Refused(format!(
                "the setting `{setting}` of the database is `{found}`, it must be `{value}`; \
                 the folder may be on a file system that cannot keep it"
            )));
        }
    }
    Ok(())
}

/// Refuses a SQLite library with the known corruption.
fn refuse_old_sqlite(version: &str) -> Result<()> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) >= SQLITE_AT_LEAST {
        return Ok(());
    }
    let (a, b, c) = SQLITE_AT_LEAST;
    Err(Error::Refused(format!(
        "SQLite `{version}` can corrupt its write-ahead log; Palermo needs {a}.{b}.{c} or later"
    )))
}

async fn check_postgres(db: &DatabaseConnection) -> Result<()> {
    let version = ask(db, "SHOW server_version_num").await?;
    if version.parse::<i64>().unwrap_or(0) < POSTGRES_AT_LEAST {
        return Err(Error::Refused(format!(
            "PostgreSQL `{version}` is too old; Palermo needs version 15 or later"
        )));
    }
    let encoding = ask(db, "SHOW server_encoding").await?;
    let flush = ask(db, "SHOW synchronous_commit").await?;
    if encoding != "UTF8" || flush == "off" {
        return Err(Error::Refused(format!(
            "the database has encoding `{encoding}` and synchronous_commit `{flush}`; \
             Palermo needs `UTF8` and any setting but `off`"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d17_a_sqlite_with_the_known_corruption_is_refused() {
        for old in ["3.51.2", "3.7.0", "3.50.9", "not a version"] {
            assert!(refuse_old_sqlite(old).is_err(), "{old} was accepted");
        }
        for new in ["3.51.3", "3.52.0", "4.0.0"] {
            assert!(refuse_old_sqlite(new).is_ok(), "{new} was refused");
        }
    }
}
