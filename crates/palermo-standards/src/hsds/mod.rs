//! The Open Referral standard for service directories, HSDS 3.0 with the
//! tables of 3.1 for places: files ↔ rows ↔ services.
//!
//! A [`Package`] is a set of rows as the standard's data package has them, one
//! map a row. Whatever the standard does not know stays in the row, so that a
//! round trip keeps it. [`read`] reads folders of CSV files, data packages in a
//! ZIP and JSON in all its shapes (tabular, a service, an organisation, a page
//! of an interface); [`write`] writes data packages and tabular JSON;
//! [`services`] makes services of rows and `rows` makes rows of services.
//!
//! The standard has no sign for confidential places (peers' complaint 15).
//! Palermo's is the term `protected`; a service that carries it comes in
//! without address and goes out without address, name, numbers or organisation.

mod align;
pub mod countries;
mod read;
mod rows;
pub mod schema;
mod services;
mod value;
mod write;

pub use read::{InputFile, read, unzip};
pub use rows::{PublicDesk, belonging_to, export};
pub use services::{Read, ReadService, services};
pub use write::{csv_files, tabular_json, zipped};

use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::{collections::BTreeMap, fmt};
use uuid::Uuid;

/// The fields of one row.
pub type Row = Map<String, Json>;

/// Rows by table and id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Package {
    tables: BTreeMap<String, BTreeMap<Uuid, Row>>,
}

impl Package {
    /// The rows of a table by id.
    pub fn rows(&self, table: &str) -> impl Iterator<Item = (Uuid, &Row)> {
        self.tables.get(table).into_iter().flatten().map(|(id, row)| (*id, row))
    }

    /// One row.
    #[must_use]
    pub fn row(&self, table: &str, id: Uuid) -> Option<&Row> {
        self.tables.get(table)?.get(&id)
    }

    /// Adds a row, in place of an earlier one.
    pub fn put(&mut self, table: &str, id: Uuid, row: Row) {
        self.tables.entry(table.to_owned()).or_default().insert(id, row);
    }

    /// Takes a row out.
    pub fn remove(&mut self, table: &str, id: Uuid) -> Option<Row> {
        self.tables.get_mut(table)?.remove(&id)
    }

    /// A row to fill, empty if it is new.
    fn entry(&mut self, table: &str, id: Uuid) -> &mut Row {
        self.tables.entry(table.to_owned()).or_default().entry(id).or_default()
    }

    /// All rows: table, id, fields.
    pub fn all(&self) -> impl Iterator<Item = (&str, Uuid, &Row)> {
        let of = |(table, rows)| {
            let rows: &BTreeMap<Uuid, Row> = rows;
            rows.iter().map(move |(id, row)| (table, *id, row))
        };
        self.tables.iter().map(|(table, rows)| (table.as_str(), rows)).flat_map(of)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tables.values().map(BTreeMap::len).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows whose field points to this id.
    fn pointing<'p>(
        &'p self,
        table: &str,
        field: &'p str,
        to: Uuid,
    ) -> impl Iterator<Item = (Uuid, &'p Row)> {
        self.rows(table).filter(move |(_, row)| id_in(row, field) == Some(to))
    }
}

/// What a sheet with these headings holds, as `palermo import` calls it: no
/// table of the standard has such columns side by side.
fn sheet_of(heads: &[String]) -> Option<&'static str> {
    let all = |names: &[&str]| {
        names.iter().all(|name| heads.iter().any(|head| head.eq_ignore_ascii_case(name)))
    };
    if all(&["name", "need"]) {
        return Some("services");
    }
    all(&["name", "level", "time_zone"]).then_some("contacts")
}

/// The id a field holds.
fn id_in(row: &Row, field: &str) -> Option<Uuid> {
    row.get(field)?.as_str()?.parse().ok()
}

/// The text a field holds, trimmed; nothing if it is empty.
fn text_in<'r>(row: &'r Row, field: &str) -> Option<&'r str> {
    row.get(field)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// Where a row or a value stands, and why it cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// The file.
    pub file: String,
    /// The line of a CSV file, or the number of the record in a JSON file, from 1.
    pub row: u64,
    /// The table.
    pub table: String,
    /// The field.
    pub field: String,
    /// What stands there.
    pub value: String,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, row, table, field, value, problem, remedy } = self;
        if table.is_empty() && field.is_empty() {
            let row = if *row == 0 { String::new() } else { format!(", row {row}") };
            return write!(f, "{file}{row}: {problem}; {remedy}");
        }
        write!(f, "{file}, row {row}, {table}.{field} `{value}`: {problem}; {remedy}")
    }
}

#[cfg(test)]
mod tests;
