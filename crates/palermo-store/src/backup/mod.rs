//! Backups that belong to no engine: one folder of plain files for the data,
//! another for the keystore, from one moment of the database. Restoring them
//! on either engine is the restore drill and the move from SQLite to
//! PostgreSQL in one.
//!
//! ```text
//! data/manifest.json    counts and hashes of the files, schema, ends of the audit logs
//! data/manifest.mark    keyed hash of the manifest: only this installation makes it
//! data/<table>.jsonl    one row a line, in the order of the keys
//! ```
//!
//! What one tenant exports has the same form; beside its keys lies
//! `handover.json`, with the tenant's own keys of this installation. Another
//! installation takes it in with [`adopt`], every row as it was.
//!
//! The data folder holds staff names and addresses in clear and everything
//! else sealed: it belongs on an encrypted disk. Keep the keystore's folder
//! elsewhere and not for long: what an old one still holds, no erasure reaches.

mod adopt;
mod files;
mod restore;
mod write;

pub use adopt::adopt;
pub use restore::restore;
pub use write::Written;

use palermo_domain::moment::Moment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Format of the folder.
const FORMAT: u32 = 1;

/// What a backup folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format of the folder.
    pub format: u32,
    /// `data` or `keystore`.
    pub part: String,
    /// When it was made.
    pub made_at: Moment,
    /// Name of the newest migration of the schema it was made from.
    pub schema: String,
    /// The tenant exported; none for the whole installation.
    pub tenant: Option<Uuid>,
    /// Its files.
    pub tables: Vec<TableFile>,
    /// Ends of the audit logs: to compare with a witness.
    pub logs: Vec<LogEnd>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// The table.
    pub name: String,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// The end of a tenant's audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEnd {
    /// Whose.
    pub tenant: Uuid,
    /// Entries.
    pub size: u64,
    /// Root of the tree, in hexadecimal.
    pub root: String,
}
