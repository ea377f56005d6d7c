//! The one path by which rows are written: it keeps tenants apart, counts
//! revisions, and notes each row's hash for the audit entry.

use crate::{
    act::Act,
    cell::Cell,
    error::{Error, Result},
    scan,
    table::{Owner, TableInfo, Watch, table},
};
use palermo_domain::id::Id;
use sea_orm::{
    ConnectionTrait, EntityTrait, Iterable, ModelTrait,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use uuid::Uuid;

/// How often a row was written. An editor hands back the revision they saw;
/// if the row has another one by then, they are told instead of overwriting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub i64);

/// A record with the revision it was read at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Versioned<T> {
    /// The record.
    #[serde(flatten)]
    pub record: T,
    /// How often it was written.
    pub revision: Revision,
}

impl<T> Versioned<T> {
    pub(crate) fn new(record: T, revision: i64) -> Self {
        Self { record, revision: Revision(revision) }
    }
}

impl<T> Deref for Versioned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.record
    }
}

fn cells<M: ModelTrait>(model: &M) -> Result<Vec<Cell>> {
    let columns = <M::Entity as EntityTrait>::Column::iter();
    columns.map(|column| Cell::from_value(model.get(column))).collect()
}

impl Act {
    /// Adds a row.
    pub(crate) async fn insert<M: ModelTrait>(&mut self, row: &M) -> Result<()> {
        self.insert_many(std::slice::from_ref(row)).await
    }

    /// Adds many rows, hundreds a statement.
    pub(crate) async fn insert_many<M: ModelTrait>(&mut self, rows: &[M]) -> Result<()> {
        let table = table::<M::Entity>()?;
        let rows = rows.iter().map(cells).collect::<Result<Vec<_>>>()?;
        let result = self.insert_cells(table, rows).await;
        self.spoiled |= result.is_err();
        result
    }

    /// Replaces a row that still has the revision seen; returns the new one.
    pub(crate) async fn update<M: ModelTrait>(
        &mut self,
        row: &M,
        seen: Revision,
    ) -> Result<Revision> {
        let table = table::<M::Entity>()?;
        let result = self.update_cells(table, cells(row)?, Some(seen)).await;
        self.spoiled |= result.is_err();
        result
    }

    /// Replaces a row whatever its revision: for changes that cannot clash,
    /// or in tables without revisions.
    pub(crate) async fn overwrite<M: ModelTrait>(&mut self, row: &M) -> Result<()> {
        let table = table::<M::Entity>()?;
        let result = self.update_cells(table, cells(row)?, None).await;
        self.spoiled |= result.is_err();
        result.map(|_| ())
    }

    /// Removes a row.
    pub(crate) async fn delete<M: ModelTrait>(&mut self, row: &M) -> Result<()> {
        let table = table::<M::Entity>()?;
        let result = self.delete_cells(table, &cells(row)?).await;
        self.spoiled |= result.is_err();
        result
    }

    async fn insert_cells(
        &mut self,
        table: &'static TableInfo,
        mut rows: Vec<Vec<Cell>>,
    ) -> Result<()> {
        for row in &mut rows {
            if let Some(cell) = table.revision.and_then(|at| row.get_mut(at)) {
                *cell = Cell::Number(1);
            }
            self.may_write(table, row)?;
            self.note(table, row);
        }
        scan::insert(&self.txn, table, rows).await
    }

    async fn update_cells(
        &mut self,
        table: &'static TableInfo,
        mut row: Vec<Cell>,
        seen: Option<Revision>,
    ) -> Result<Revision> {
        self.may_write(table, &row)?;
        let revision = match seen {
            Some(seen) => Revision(seen.0.saturating_add(1)),
            None => self.next_revision(table, &row).await?,
        };
        if let Some(cell) = table.revision.and_then(|at| row.get_mut(at)) {
            *cell = Cell::Number(revision.0);
        }
        self.note(table, &row);
        let mut update = Query::update();
        update.table(Alias::new(table.name));
        for (at, (cell, column)) in row.into_iter().zip(&table.columns).enumerate() {
            let value = cell.into_value(column.kind);
            if table.key.contains(&at) {
                update.and_where(Expr::col(Alias::new(column.name)).eq(value));
            } else {
                update.value(Alias::new(column.name), value);
            }
        }
        if let (Some(seen), Some(_)) = (seen, table.revision) {
            update.and_where(Expr::col(Alias::new("revision")).eq(seen.0));
        }
        match self.txn.execute(&update).await?.rows_affected() {
            1 => Ok(revision),
            _ => Err(Error::Conflict),
        }
    }

    /// The revision after the present one, for overwriting.
    async fn next_revision(&self, table: &TableInfo, row: &[Cell]) -> Result<Revision> {
        if table.revision.is_none() {
            return Ok(Revision(0));
        }
        let mut select = Query::select();
        select.column(Alias::new("revision")).from(Alias::new(table.name));
        for at in &table.key {
            if let (Some(column), Some(cell)) = (table.columns.get(*at), row.get(*at)) {
                let value = cell.clone().into_value(column.kind);
                select.and_where(Expr::col(Alias::new(column.name)).eq(value));
            }
        }
        let found = self.txn.query_one(&select).await?.ok_or(Error::NotFound)?;
        Ok(Revision(found.try_get_by_index::<i64>(0)?.saturating_add(1)))
    }

    async fn delete_cells(&mut self, table: &'static TableInfo, row: &[Cell]) -> Result<()> {
        self.may_write(table, row)?;
        let mut delete = Query::delete();
        delete.from_table(Alias::new(table.name));
        for at in &table.key {
            if let (Some(column), Some(cell)) = (table.columns.get(*at), row.get(*at)) {
                let value = cell.clone().into_value(column.kind);
                delete.and_where(Expr::col(Alias::new(column.name)).eq(value));
            }
        }
        if self.txn.execute(&delete).await?.rows_affected() != 1 {
            return Err(Error::NotFound);
        }
        if table.watch == Watch::Rows {
            self.record(table.name, table.key_of(row), None);
        }
        Ok(())
    }

    /// Refuses rows of another tenant, shared rows written by anyone but the
    /// house, and texts only one of the databases would take.
    fn may_write(&self, table: &TableInfo, row: &[Cell]) -> Result<()> {
        let allowed: Option<Uuid> = match table.owner {
            Owner::Tenant | Owner::Lookup => table.tenant_of(row),
            Owner::House => self.store.house().map(Id::uuid),
        };
        if allowed != Some(self.tenant) {
            return Err(Error::OtherTenant);
        }
        for (cell, column) in row.iter().zip(&table.columns) {
            if !cell.is_storable() {
                return Err(Error::Unstorable { column: column.name });
            }
        }
        Ok(())
    }

    /// Notes a row of the installation's own, which is written beside acts.
    pub(crate) fn note_row<M: ModelTrait>(&mut self, row: &M) -> Result<()> {
        let (table, row) = (table::<M::Entity>()?, cells(row)?);
        let hash = table.hash_row(&self.row_key, &row);
        self.record(table.name, table.key_of(&row), Some(hash));
        Ok(())
    }

    fn note(&mut self, table: &'static TableInfo, row: &[Cell]) {
        if table.watch == Watch::Rows {
            let hash = table.hash_row(&self.row_key, row);
            self.record(table.name, table.key_of(row), Some(hash));
        }
    }
}
