//! Whole tables, page by page in the order of their keys, and written back in
//! bulk: for `verify`, backups and restores.

use crate::{
    cell::Cell,
    error::{Error, Result},
    table::TableInfo,
};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, Order, Query},
};
use uuid::Uuid;

/// Parameters per statement; SQLite takes 32,766, PostgreSQL 65,535.
const PARAMETERS: usize = 30_000;
/// Rows per statement: more gain nothing.
const ROWS: usize = 500;

/// The next rows of a table (of one tenant, or of all) after a row.
pub(crate) async fn page<C: ConnectionTrait>(
    db: &C,
    table: &TableInfo,
    tenant: Option<Uuid>,
    after: Option<&[Cell]>,
    most: u64,
) -> Result<Vec<Vec<Cell>>> {
    let mut select = Query::select();
    select
        .columns(table.columns.iter().map(|column| Alias::new(column.name)))
        .from(Alias::new(table.name))
        .limit(most);
    if let Some(tenant) = tenant {
        select.and_where(Expr::col(Alias::new("tenant")).eq(tenant));
    }
    let key: Vec<_> =
        table.key.iter().filter_map(|at| Some((*at, table.columns.get(*at)?))).collect();
    for (_, column) in &key {
        select.order_by(Alias::new(column.name), Order::Asc);
    }
    if let Some(after) = after {
        let names = key.iter().map(|(_, column)| Expr::col(Alias::new(column.name)));
        let values = key.iter().map(|(at, column)| {
            let cell = after.get(*at).cloned().unwrap_or(Cell::Null);
            Expr::val(cell.into_value(column.kind))
        });
        select.and_where(Expr::tuple(names).gt(Expr::tuple(values)));
    }
    let rows = db.query_all(&select).await?;
    rows.iter().map(|row| table.read(row)).collect()
}

/// Removes a tenant's rows from a table.
pub(crate) async fn remove<C: ConnectionTrait>(
    db: &C,
    table: &TableInfo,
    tenant: Uuid,
) -> Result<()> {
    let mut delete = Query::delete();
    delete.from_table(Alias::new(table.name)).and_where(Expr::col(Alias::new("tenant")).eq(tenant));
    db.execute(&delete).await?;
    Ok(())
}

/// Adds rows, hundreds a statement.
pub(crate) async fn insert<C: ConnectionTrait>(
    db: &C,
    table: &TableInfo,
    rows: Vec<Vec<Cell>>,
) -> Result<()> {
    let most = (PARAMETERS / std::cmp::max(table.columns.len(), 1)).clamp(1, ROWS);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut insert = Query::insert();
        insert.into_table(Alias::new(table.name));
        insert.columns(table.columns.iter().map(|column| Alias::new(column.name)));
        for row in rows.by_ref().take(most) {
            let cells = row.into_iter().zip(&table.columns);
            let values = cells.map(|(cell, column)| Expr::val(cell.into_value(column.kind)));
            insert.values(values).map_err(|error| Error::Corrupt(error.to_string()))?;
        }
        db.execute(&insert).await?;
    }
    Ok(())
}
