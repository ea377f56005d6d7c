//! The second half of `verify`: every row of the tables that are watched,
//! against what the log last said about it.

use super::{
    entry::Entry,
    entry_row,
    verify::{Checker, Finding, Problem, VerifyReport, row_id},
};
use crate::{
    cell::Cell,
    error::Result,
    installation::WATCHED,
    scan,
    store::Store,
    table::{Owner, TableInfo, Watch, catalogue, named},
};
use palermo_domain::id::Id;
use sea_orm::{DatabaseTransaction, EntityTrait};
use std::collections::BTreeSet;

/// Rows read at a time.
const PAGE: u64 = 1_000;

/// The rows of the installation itself that a log may answer for.
async fn installation_rows(
    txn: &DatabaseTransaction,
) -> Result<Vec<(&'static TableInfo, Vec<String>, Vec<Cell>)>> {
    let mut found = Vec::new();
    for name in ["installation", "installation_key"] {
        let table = named(name)?;
        for row in scan::page(txn, table, None, None, PAGE).await? {
            let key = table.key_of(&row);
            let watched = |(of, one): &(&str, &str)| *of == name && key == [*one];
            if WATCHED.iter().any(watched) {
                found.push((table, key, row));
            }
        }
    }
    Ok(found)
}

impl Store {
    /// Rows of the installation that no log spoke of. Beside a house that its
    /// log knows such a row was put in; in an installation named before logs
    /// spoke of these rows it is only told.
    pub(super) async fn check_uncovered(
        &self,
        txn: &DatabaseTransaction,
        covered: &BTreeSet<String>,
        report: &mut VerifyReport,
    ) -> Result<()> {
        let known = covered.contains("installation house");
        for (table, key, _) in installation_rows(txn).await? {
            let place = format!("{} {}", table.name, key.join("/"));
            if covered.contains(&place) {
                continue;
            }
            if known {
                let tenant = self.house();
                report.problems.push(Problem { tenant, finding: Finding::RowAdded, place });
            } else {
                report.uncovered.push(place);
            }
        }
        Ok(())
    }
}

impl Checker<'_> {
    /// Compares the rows of the installation that this tenant's log speaks of,
    /// which are those of the house. Gives their places.
    pub(super) async fn check_installation(&mut self) -> Result<Vec<String>> {
        let row_key = self.store.inner.keys.rows(self.tenant);
        let mut covered = Vec::new();
        for (table, key, row) in installation_rows(self.txn).await? {
            let Some((Some(hash), _)) = self.last.remove(&row_id(table.name, &key)) else {
                continue;
            };
            self.report.rows += 1;
            if hash != table.hash_row(&row_key, &row) {
                self.row_problem(Finding::RowAltered, table, &key);
            }
            covered.push(format!("{} {}", table.name, key.join("/")));
        }
        Ok(covered)
    }

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
