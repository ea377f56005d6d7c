//! The second half of `verify`: every row of the tables that are watched,
//! against what the log last said about it.

use super::{
    entry::Entry,
    entry_row,
    verify::{Checker, Finding, row_id},
};
use crate::{
    cell::Cell,
    error::Result,
    scan,
    table::{Owner, TableInfo, Watch, catalogue},
};
use palermo_domain::id::Id;
use sea_orm::EntityTrait;

/// Rows read at a time.
const PAGE: u64 = 1_000;

impl Checker<'_> {
    pub(super) async fn check_rows(&mut self) -> Result<()> {
        let key = self.store.inner.keys.rows(self.tenant);
        for table in catalogue().iter().filter(|table| table.watch == Watch::Rows) {
            if table.owner == Owner::House && self.store.house().map(Id::uuid) != Some(self.tenant)
            {
                continue;
            }
            let mut after: Option<Vec<Cell>> = None;
            loop {
                let own = (table.owner != Owner::House).then_some(self.tenant);
                let rows = scan::page(self.txn, table, own, after.as_deref(), PAGE).await?;
                let Some(end) = rows.last().cloned() else { break };
                for row in rows {
                    self.report.rows += 1;
                    let name = table.key_of(&row);
                    match self.last.remove(&row_id(table.name, &name)) {
                        Some((Some(hash), _)) if hash == table.hash_row(&key, &row) => {}
                        Some((Some(_), _)) => self.row_problem(Finding::RowAltered, table, &name),
                        _ => self.row_problem(Finding::RowAdded, table, &name),
                    }
                }
                after = Some(end);
            }
        }
        self.check_missing().await
    }

    fn row_problem(&mut self, finding: Finding, table: &TableInfo, key: &[String]) {
        self.problem(finding, format!("{} {}", table.name, key.join("/")));
    }

    /// Rows the log speaks of that are not there any more. Their names are
    /// only in the entry, so that is read again.
    async fn check_missing(&mut self) -> Result<()> {
        let left = std::mem::take(&mut self.last);
        for (id, (hash, seq)) in left {
            if hash.is_none() {
                continue;
            }
            let row = entry_row::Entity::find_by_id((self.tenant, seq)).one(self.txn).await?;
            let entry = row.and_then(|row| Entry::from_bytes(&row.body).ok());
            let changes = entry.map(|entry| entry.rows).unwrap_or_default();
            let change =
                changes.into_iter().find(|change| row_id(&change.table, &change.key) == id);
            let place = change.map_or_else(
                || format!("a row of entry {seq}"),
                |change| format!("{} {}", change.table, change.key.join("/")),
            );
            self.problem(Finding::RowMissing, place);
        }
        Ok(())
    }
}
