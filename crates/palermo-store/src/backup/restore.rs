//! Restoring a backup into an empty database of either engine.

use super::{
    Manifest,
    files::{TableReader, check, read_manifest},
};
use crate::{
    audit::verify::VerifyReport,
    cell::Cell,
    connect,
    error::{Error, Result},
    installation::{self, key_row},
    keys::keystore,
    migration, scan,
    store::{Store, StoreConfig, begin},
    table::{TableInfo, catalogue, named},
};
use palermo_crypto::Key;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction};
use std::path::Path;

/// Rows written at a time.
const ROWS: usize = 1_000;

/// Restores a backup into the empty database that `config` names, opens it,
/// and verifies it: the log, every row, and the keys.
///
/// # Errors
/// [`Error::Refused`] if a byte was changed, the root key is another, the
/// schema is newer than this program, or the target is not empty. Then the
/// target is left empty.
pub async fn restore(
    data: &Path,
    keys: &Path,
    config: StoreConfig,
) -> Result<(Store, VerifyReport)> {
    let (manifest, text) = read_manifest(data)?;
    let (kept, kept_text) = read_manifest(keys)?;
    refuse_other_parts(&manifest, &kept)?;
    let mark = mark_key(data, &config.root)?;
    check(data, &manifest, &text, &mark)?;
    check(keys, &kept, &kept_text, &mark)?;

    let pools = connect::open(&config.database, true, 1).await?;
    migration::bring_up_to_date(&pools.writes).await?;
    let keystore = connect::open_keystore(&config.database, true).await?;
    migration::bring_keystore_up_to_date(&keystore).await?;
    let kept_tables = keystore::tables();
    refuse_occupied(&pools.writes, catalogue()).await?;
    refuse_occupied(&keystore, &kept_tables).await?;

    // Keys first, as always: data without its keys is worse than the reverse.
    fill(&keystore, keys, &kept, &kept_tables).await?;
    fill(&pools.writes, data, &manifest, catalogue()).await?;
    pools.reads.close().await?;
    pools.writes.close().await?;
    keystore.close().await?;

    let store = Store::open(StoreConfig { create: false, ..config }).await?;
    let report = store.verify(None, &[]).await?;
    Ok((store, report))
}

fn refuse_other_parts(data: &Manifest, keys: &Manifest) -> Result<()> {
    if data.part != "data" || keys.part != "keystore" {
        return Err(Error::Refused("give the data's folder first, then the keystore's".to_owned()));
    }
    if data.tenant.is_some() || keys.tenant.is_some() {
        return Err(Error::Refused(
            "this is what one organisation exported, not a backup of an installation; `--organisation` takes it into a region"
                .to_owned(),
        ));
    }
    refuse_newer(data, keys)
}

/// Refuses what a newer program wrote.
pub(super) fn refuse_newer(data: &Manifest, keys: &Manifest) -> Result<()> {
    for (manifest, known) in [(data, migration::versions()), (keys, migration::keystore_versions())]
    {
        if !known.contains(&manifest.schema) {
            let schema = &manifest.schema;
            return Err(Error::Refused(format!("this backup needs a newer Palermo (`{schema}`)")));
        }
    }
    Ok(())
}

/// The key the backup is marked with, out of the backup itself: only who has
/// the root key gets it.
fn mark_key(data: &Path, root: &Key) -> Result<Key> {
    let table = named("installation_key")?;
    let rows = TableReader::open(data, table)?.some(1)?;
    let row = rows.into_iter().next().unwrap_or_default();
    let cell = |name: &str| {
        let at = table.columns.iter().position(|column| column.name == name);
        at.and_then(|at| row.get(at)).cloned()
    };
    match (cell("name"), cell("version"), cell("wrapped")) {
        (Some(Cell::Text(name)), Some(Cell::Number(version)), Some(Cell::Bytes(wrapped))) => {
            let row = key_row::Model { name, version, wrapped, recorded_at: 0 };
            installation::backup_mark(root, &row)
        }
        _ => Err(Error::Refused("this backup does not hold an installation's key".to_owned())),
    }
}

async fn refuse_occupied(db: &DatabaseConnection, tables: &[TableInfo]) -> Result<()> {
    for table in tables {
        if !scan::page(db, table, None, None, 1).await?.is_empty() {
            return Err(Error::Refused("the database restored into is not empty".to_owned()));
        }
    }
    Ok(())
}

/// One transaction: the target holds everything or nothing.
async fn fill(
    db: &DatabaseConnection,
    folder: &Path,
    manifest: &Manifest,
    tables: &[TableInfo],
) -> Result<()> {
    let txn = begin(db).await?;
    fill_in(&txn, folder, manifest, tables.iter()).await?;
    if db.get_database_backend() == sea_orm::DbBackend::Postgres {
        // Without fresh statistics the first questions after a restore are slow.
        txn.execute_unprepared("ANALYZE").await?;
    }
    txn.commit().await.map_err(crate::error::unclear)
}

/// Fills these tables within a transaction.
pub(super) async fn fill_in(
    txn: &DatabaseTransaction,
    folder: &Path,
    manifest: &Manifest,
    tables: impl Iterator<Item = &TableInfo>,
) -> Result<()> {
    for table in tables {
        // A table that came with a later migration is not in an older backup.
        let Some(file) = manifest.tables.iter().find(|file| file.name == table.name) else {
            continue;
        };
        let mut reader = TableReader::open(folder, table)?;
        let mut filled = 0_u64;
        loop {
            let rows = reader.some(ROWS)?;
            if rows.is_empty() {
                break;
            }
            filled += rows.len() as u64;
            scan::insert(txn, table, rows).await?;
        }
        if filled != file.rows {
            return Err(Error::Refused(format!("the file of `{}` is not whole", table.name)));
        }
    }
    Ok(())
}
