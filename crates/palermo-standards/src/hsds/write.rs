//! Rows into files: a data package of CSV files, plain or zipped, and tabular
//! JSON. Tables and rows in one order, so that the same data gives the same bytes.

use super::{
    Package, Row,
    schema::{self, Column, Kind, TABLES, Table},
};
use csv::{Terminator, WriterBuilder};
use serde_json::{Map, Value as Json, json};
use std::{
    collections::BTreeSet,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The package as one JSON document: a list of rows under the name of each table.
///
/// # Errors
/// Never in practice: rows are JSON already.
pub fn tabular_json(package: &Package) -> Result<Vec<u8>, serde_json::Error> {
    let mut tables = Map::new();
    for table in names(package) {
        let rows: Vec<Json> =
            package.rows(&table).map(|(_, row)| Json::Object(row.clone())).collect();
        if !rows.is_empty() {
            tables.insert(table, Json::Array(rows));
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&Json::Object(tables))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Tables of the standard in its order, then others by name.
fn names(package: &Package) -> Vec<String> {
    let mut names: Vec<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
    let others: BTreeSet<&str> = package.all().map(|(table, _, _)| table).collect();
    names
        .extend(others.into_iter().filter(|name| schema::table(name).is_none()).map(str::to_owned));
    names
}

/// Columns of a table in the standard's order, then what rows have beyond it.
fn columns(table: Option<&Table>, package: &Package, name: &str) -> Vec<String> {
    let mut columns: Vec<String> = table
        .map_or(&[] as &[Column], |table| table.columns)
        .iter()
        .map(|column| column.name.to_owned())
        .collect();
    let known: BTreeSet<String> = columns.iter().cloned().collect();
    let more: BTreeSet<&String> = package
        .rows(name)
        .flat_map(|(_, row)| row.keys())
        .filter(|k| !known.contains(*k))
        .collect();
    columns.extend(more.into_iter().cloned());
    columns
}

/// The files of a data package: a CSV file for each table that has rows, and
/// `datapackage.json`. Cells are written as they are: a data package is read by
/// programs, and a telephone number must keep its plus.
#[must_use]
pub fn csv_files(package: &Package) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut resources = Vec::new();
    for name in names(package) {
        if package.rows(&name).next().is_none() {
            continue;
        }
        let table = schema::table(&name);
        let path = table.map_or_else(|| format!("{name}.csv"), |table| table.file.to_owned());
        let columns = columns(table, package, &name);
        let mut writer =
            WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = writer.write_record(&columns);
        for (_, row) in package.rows(&name) {
            let _ = writer.write_record(columns.iter().map(|column| cell(row, column)));
        }
        let fields: Vec<Json> = columns.iter().map(|column| field(table, column)).collect();
        resources.push(json!({
            "name": name, "path": path, "format": "csv", "mediatype": "text/csv",
            "profile": "tabular-data-resource", "encoding": "utf-8",
            "schema": { "fields": fields, "primaryKey": "id" },
        }));
        files.push((path, writer.into_inner().unwrap_or_default()));
    }
    let package = json!({
        "name": "human_services_data",
        "title": "Human Services Data Specification",
        "profile": "tabular-data-package",
        "version": "3.0.0",
        "homepage": "http://docs.openreferral.org",
        "resources": resources,
    });
    let mut text = serde_json::to_vec_pretty(&package).unwrap_or_default();
    text.push(b'\n');
    files.insert(0, ("datapackage.json".to_owned(), text));
    files
}

fn cell(row: &Row, column: &str) -> String {
    match row.get(column) {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn field(table: Option<&Table>, name: &str) -> Json {
    let Some(column) = table.and_then(|table| table.column(name)) else {
        return json!({ "name": name, "type": "string" });
    };
    let (kind, format) = match column.kind {
        Kind::Number => ("number", None),
        Kind::Day => ("date", None),
        Kind::Moment => ("datetime", None),
        Kind::Time => ("time", None),
        Kind::Uuid => ("string", Some("uuid")),
        Kind::Email => ("string", Some("email")),
        Kind::Uri => ("string", Some("uri")),
        Kind::Text | Kind::OneOf(_) => ("string", None),
    };
    let mut field = json!({ "name": name, "type": kind });
    if let Some(format) = format {
        field["format"] = json!(format);
    }
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), json!(true));
    }
    if let Kind::OneOf(words) = column.kind {
        constraints.insert("enum".into(), json!(words));
    }
    if !constraints.is_empty() {
        field["constraints"] = Json::Object(constraints);
    }
    field
}

/// The data package in one ZIP.
///
/// # Errors
/// When it cannot be packed.
pub fn zipped(package: &Package) -> Result<Vec<u8>, String> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in csv_files(package) {
        archive
            .start_file(name, SimpleFileOptions::default())
            .map_err(|error| error.to_string())?;
        archive.write_all(&bytes).map_err(|error| error.to_string())?;
    }
    Ok(archive.finish().map_err(|error| error.to_string())?.into_inner())
}
