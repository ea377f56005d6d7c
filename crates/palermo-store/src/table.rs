//! The list of all tables: what the schema lint, row hashes, backups and
//! `verify` go by. A table that is not listed here cannot be written.

use crate::{
    cell::{Cell, Kind},
    error::{Error, Result},
};
use hmac::{Hmac, KeyInit, Mac};
use palermo_crypto::Key;
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn, QueryResult};
use sha2::Sha256;
use std::{collections::HashMap, sync::LazyLock};
use uuid::Uuid;

/// Whom the rows of a table belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A tenant, named first in the primary key.
    Tenant,
    /// A tenant, named in a column outside the key: the few tables that must
    /// be found before the tenant is known (sign-in names).
    Lookup,
    /// The whole installation: shared code lists and registers.
    House,
}

/// How a table is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// Each row's hash stands in the audit log; `verify` compares them.
    Rows,
    /// Rows come and go without entries of their own (sessions, outbox,
    /// throttles): what matters about them is written by the act.
    Nothing,
}

/// One column.
#[derive(Debug)]
pub struct ColumnInfo {
    /// Name in the database.
    pub name: &'static str,
    /// Kind of value.
    pub kind: Kind,
    /// Whether it may be empty.
    pub nullable: bool,
    /// Left out of the row hash: it changes without an act (last seen, counters).
    pub volatile: bool,
}

/// One table.
#[derive(Debug)]
pub struct TableInfo {
    /// Name in the database.
    pub name: &'static str,
    /// Columns in the order of the entity.
    pub columns: Vec<ColumnInfo>,
    /// Places of the key columns in `columns`.
    pub key: Vec<usize>,
    /// Whom rows belong to.
    pub owner: Owner,
    /// How it is watched.
    pub watch: Watch,
    /// Place of `revision`, where rows have one.
    pub(crate) revision: Option<usize>,
    /// Place of `tenant`, where rows have one.
    pub(crate) tenant: Option<usize>,
    /// Columns in the order their names sort, for the row hash.
    sorted: Vec<usize>,
}

impl TableInfo {
    /// The description of a table from its entity. Columns of a kind Palermo
    /// does not use are left out, and the schema lint then finds them missing.
    pub(crate) fn of<E: EntityTrait>(owner: Owner, watch: Watch, volatile: &[&str]) -> Self {
        let columns: Vec<_> = E::Column::iter()
            .filter_map(|column| {
                let (name, def) = (column.as_str(), column.def());
                Some(ColumnInfo {
                    name,
                    kind: Kind::of(def.get_column_type())?,
                    nullable: def.is_null(),
                    volatile: volatile.contains(&name),
                })
            })
            .collect();
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let key =
            E::PrimaryKey::iter().filter_map(|key| place(key.into_column().as_str())).collect();
        let (revision, tenant) = (place("revision"), place("tenant"));
        let mut sorted: Vec<_> = (0..columns.len()).collect();
        sorted.sort_by_key(|at| columns.get(*at).map(|column| column.name));
        Self {
            name: E::default().table_name(),
            columns,
            key,
            owner,
            watch,
            revision,
            tenant,
            sorted,
        }
    }

    /// The row's key as it stands in audit entries; the tenant is left out,
    /// since the entry names it.
    pub(crate) fn key_of(&self, row: &[Cell]) -> Vec<String> {
        let own = self.key.iter().filter(|at| Some(**at) != self.tenant || self.key.len() == 1);
        own.filter_map(|at| row.get(*at)).map(Cell::to_key).collect()
    }

    /// Whose row it is; nothing for rows of the whole installation.
    pub(crate) fn tenant_of(&self, row: &[Cell]) -> Option<Uuid> {
        match self.tenant.and_then(|at| row.get(at)) {
            Some(Cell::Uuid(tenant)) => Some(*tenant),
            _ => None,
        }
    }

    /// The hash of a row: HMAC-SHA-256 over its columns in the order of their
    /// names. Keyed, because a bare hash of a few coded fields could be guessed
    /// back from the log after the row was erased. Empty columns are left out,
    /// so that a migration that adds one leaves older hashes valid.
    pub(crate) fn hash_row(&self, key: &Key, row: &[Cell]) -> [u8; 32] {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend_from_slice(b"palermo row v1\0");
        bytes.extend_from_slice(self.name.as_bytes());
        for at in &self.sorted {
            if let (Some(column), Some(cell)) = (self.columns.get(*at), row.get(*at))
                && !column.volatile
                && *cell != Cell::Null
            {
                bytes.push(0);
                bytes.extend_from_slice(column.name.as_bytes());
                cell.feed(&mut bytes);
            }
        }
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return [0; 32] };
        mac.update(&bytes);
        mac.finalize().into_bytes().into()
    }

    /// Reads a row selected with this table's columns in their order.
    pub(crate) fn read(&self, row: &QueryResult) -> Result<Vec<Cell>> {
        let columns = self.columns.iter().enumerate();
        columns.map(|(at, column)| Cell::read(row, at, column.kind)).collect()
    }
}

/// Every table, in an order in which they can be filled (referred-to first).
pub fn catalogue() -> &'static [TableInfo] {
    static TABLES: LazyLock<Vec<TableInfo>> = LazyLock::new(crate::catalogue::tables);
    &TABLES
}

/// The table of this name.
pub(crate) fn named(name: &str) -> Result<&'static TableInfo> {
    static BY_NAME: LazyLock<HashMap<&'static str, &'static TableInfo>> =
        LazyLock::new(|| catalogue().iter().map(|table| (table.name, table)).collect());
    let found = BY_NAME.get(name).copied();
    found.ok_or_else(|| Error::Corrupt(format!("the table `{name}` is not in the catalogue")))
}

/// The table of this entity.
pub(crate) fn table<E: EntityTrait>() -> Result<&'static TableInfo> {
    named(E::default().table_name())
}
