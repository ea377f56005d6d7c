//! Making a backup, and exporting what one tenant owns (R233).

use super::{
    FORMAT, LogEnd, Manifest,
    adopt::Handover,
    files::{TableWriter, new_folder, write_manifest},
};
use crate::{
    audit::{Head, head_row},
    error::Result,
    keys::keystore,
    migration, scan,
    store::Store,
    table::{Owner, TableInfo, catalogue},
};
use palermo_domain::id::{Id, TenantId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, TransactionTrait,
};
use serde::Serialize;
use std::path::Path;
use uuid::Uuid;

/// Rows read at a time.
const PAGE: u64 = 2_000;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The data's folder.
    pub data: Manifest,
    /// The keystore's folder.
    pub keystore: Manifest,
}

impl Store {
    /// Writes a backup of everything: the data into one new folder, the
    /// keystore into another. The server may go on working.
    ///
    /// # Errors
    /// When a folder is not empty or cannot be written.
    pub async fn backup(&self, data: &Path, keys: &Path) -> Result<Written> {
        self.write_folders(data, keys, None).await
    }

    /// Writes what one tenant owns, in the same form.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub async fn export_tenant(
        &self,
        tenant: TenantId,
        data: &Path,
        keys: &Path,
    ) -> Result<Written> {
        self.write_folders(data, keys, Some(tenant.uuid())).await
    }

    async fn write_folders(&self, data: &Path, keys: &Path, only: Option<Uuid>) -> Result<Written> {
        new_folder(data)?;
        new_folder(keys)?;
        let txn = self.snapshot().await?;
        let tables: Vec<_> = catalogue()
            .iter()
            .filter(|table| only.is_none() || table.owner != Owner::House)
            .collect();
        let mut manifest = self.manifest("data", migration::schema_version(), only);
        for table in tables {
            manifest.tables.push(write_table(&txn, data, table, only).await?);
        }
        manifest.logs = self.log_ends(&txn, only).await?;
        txn.rollback().await?;
        let mark = match only {
            Some(tenant) => self.inner.keys.exports(tenant),
            None => self.inner.keys.backups(),
        };
        write_manifest(data, &manifest, &mark)?;

        // The keystore after the data: a key made meanwhile is an orphan, a key
        // destroyed meanwhile stays destroyed. The other way round a person
        // made meanwhile would have data without a key.
        let mut kept = self.manifest("keystore", migration::keystore_version(), only);
        let txn = self.inner.keystore.connection().begin().await?;
        for table in keystore::tables() {
            kept.tables.push(write_table(&txn, keys, &table, only).await?);
        }
        txn.rollback().await?;
        if let Some(tenant) = only {
            Handover::of(self, tenant)?.write(keys)?;
        }
        write_manifest(keys, &kept, &mark)?;
        Ok(Written { data: manifest, keystore: kept })
    }

    fn manifest(&self, part: &str, schema: String, tenant: Option<Uuid>) -> Manifest {
        Manifest {
            format: FORMAT,
            part: part.to_owned(),
            made_at: self.now(),
            schema,
            tenant,
            tables: Vec::new(),
            logs: Vec::new(),
        }
    }

    async fn log_ends(&self, db: &impl ConnectionTrait, only: Option<Uuid>) -> Result<Vec<LogEnd>> {
        let mut heads = head_row::Entity::find().order_by_asc(head_row::Column::Tenant);
        if let Some(tenant) = only {
            heads = heads.filter(head_row::Column::Tenant.eq(tenant));
        }
        let heads = heads.all(db).await?.into_iter();
        heads
            .map(|row| {
                let head = Head::read(&self.inner.keys, &row)?;
                Ok(LogEnd {
                    tenant: row.tenant,
                    size: head.frontier.size(),
                    root: hex::encode(head.frontier.root()),
                })
            })
            .collect()
    }
}

async fn write_table(
    db: &impl ConnectionTrait,
    folder: &Path,
    table: &TableInfo,
    only: Option<Uuid>,
) -> Result<super::TableFile> {
    let mut writer = TableWriter::new(folder, table)?;
    let mut after = None;
    loop {
        let rows = scan::page(db, table, only, after.as_deref(), PAGE).await?;
        for row in &rows {
            writer.row(row)?;
        }
        match rows.into_iter().last() {
            Some(last) => after = Some(last),
            None => return writer.finish(),
        }
    }
}
