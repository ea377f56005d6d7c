//! What can go wrong in the store, told twice: to the person (`Display`) and,
//! through the source of the error, to the operator's log.

use sea_orm::{DbErr, SqlErr};
use std::sync::atomic::{AtomicBool, Ordering};

/// Result of the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such record, or it belongs to another organisation.
    #[error("there is no such record")]
    NotFound,
    /// Someone else changed the record since it was read.
    #[error("someone else changed this record in the meantime; look at it again before you save")]
    Conflict,
    /// A record with this name or number is already there.
    #[error("a record with this name or number is already there")]
    Duplicate,
    /// A record this one refers to is not there, or others still refer to this one.
    #[error("a record this one depends on is missing, or others still depend on this one")]
    Dependent,
    /// The same idempotency key came with another request.
    #[error("this form was already sent with other answers; open it again and send it anew")]
    KeyReused,
    /// A row of another organisation was about to be written.
    #[error("this belongs to another organisation")]
    OtherTenant,
    /// A text cannot be stored.
    #[error("the text in `{column}` holds a character that cannot be stored")]
    Unstorable {
        /// The column it was meant for.
        column: &'static str,
    },
    /// An earlier step of the same act failed, so the act cannot be kept.
    #[error("a step of this act failed, so none of it was kept")]
    Spoiled,
    /// The disk did not keep what was written to it (check D2).
    #[error(
        "the disk of this machine does not keep what is written; nothing is saved until Palermo is started again"
    )]
    Stopped,
    /// Neither success nor failure of a commit is known.
    #[error("it is not known whether this was saved; send it again, it will count once")]
    Unclear(#[source] DbErr),
    /// The compartment is not unlocked in this session.
    #[error("the key to `{0}` is not unlocked in this session")]
    Locked(&'static str),
    /// The key of this person was destroyed, or never was.
    #[error("what was held about this person has been erased")]
    Erased,
    /// A sealed value or a wrapped key did not open.
    #[error("a sealed value did not open: wrong key, wrong place, or changed")]
    Sealed,
    /// Something stored is not what Palermo wrote.
    #[error("the store holds something Palermo did not write: {0}")]
    Corrupt(String),
    /// The store cannot be opened like this.
    #[error("{0}")]
    Refused(String),
    /// A file could not be read or written.
    #[error("the file `{path}` could not be used: {source}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// No randomness.
    #[error("the system gives no randomness, so nothing can be sealed")]
    NoEntropy,
    /// The database did not do what was asked.
    #[error("the database is not available")]
    Database(#[source] DbErr),
    /// A fault a test asked for.
    #[cfg(any(test, feature = "testing"))]
    #[error("a fault was injected at `{0}`")]
    Fault(&'static str),
}

impl Error {
    /// Whether the same act, tried again from its beginning, may well succeed:
    /// the database undid it to resolve a clash with another (40001, 40P01,
    /// or SQLite busy).
    #[must_use]
    pub fn is_worth_retrying(&self) -> bool {
        let (Self::Database(error) | Self::Unclear(error)) = self else { return false };
        database_code(error).is_some_and(|code| {
            // 5 and 517 are SQLITE_BUSY and SQLITE_BUSY_SNAPSHOT.
            matches!(code.as_str(), "40001" | "40P01" | "5" | "517")
        })
    }

    /// A file error with its path.
    pub(crate) fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }
}

fn database_code(error: &DbErr) -> Option<String> {
    use sea_orm::{RuntimeErr, sqlx};
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    match inner.as_ref() {
        sqlx::Error::Database(database) => database.code().map(|code| code.into_owned()),
        _ => None,
    }
}

/// Set once the disk failed to keep what was written. What a failed `fsync`
/// left behind nobody can know, and the next one may well succeed over the loss:
/// so this process writes nothing more (check D2). A new start reads what is
/// really there.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Refuses once the disk has failed.
pub(crate) fn unless_stopped() -> Result<()> {
    if STOPPED.load(Ordering::SeqCst) { Err(Error::Stopped) } else { Ok(()) }
}

/// Stops all writing if this error is a failed `fsync`.
fn stop_if_lost(error: &DbErr) {
    // SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC.
    let lost = database_code(error).is_some_and(|code| matches!(code.as_str(), "1034" | "1290"));
    if lost && !STOPPED.swap(true, Ordering::SeqCst) {
        tracing::error!(
            alarm = "disk",
            "the disk does not keep what is written: nothing more is saved until Palermo is started again; look at the disk first"
        );
    }
}

/// A commit that failed: neither success nor failure is known.
pub(crate) fn unclear(error: DbErr) -> Error {
    stop_if_lost(&error);
    Error::Unclear(error)
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        stop_if_lost(&error);
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Duplicate,
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::Dependent,
            _ => Self::Database(error),
        }
    }
}

impl From<palermo_crypto::CannotOpen> for Error {
    fn from(_: palermo_crypto::CannotOpen) -> Self {
        Self::Sealed
    }
}

impl From<palermo_crypto::CannotSeal> for Error {
    fn from(_: palermo_crypto::CannotSeal) -> Self {
        Self::NoEntropy
    }
}

impl From<palermo_crypto::NoEntropy> for Error {
    fn from(_: palermo_crypto::NoEntropy) -> Self {
        Self::NoEntropy
    }
}
