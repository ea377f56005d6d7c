//! Files into rows. Every value is checked against its column; a bad row is
//! rejected with file, line, field and remedy, and the others go on.

use super::{
    Package, Rejected, Row, id_in,
    schema::{self, Column, TABLES, Table},
    sheet_of,
    value::check,
};
use csv::ReaderBuilder;
use serde_json::{Map, Value as Json};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};
use uuid::Uuid;

/// Nothing in a directory of services is near this size.
const LARGEST_BYTES: u64 = 256 << 20;

/// A file by its name.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Its name, as it is told to people.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl InputFile {
    fn stem(&self) -> &str {
        let name = self.name.rsplit('/').next().unwrap_or(&self.name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    fn ends(&self, ending: &str) -> bool {
        self.name.to_ascii_lowercase().ends_with(ending)
    }

    /// The bytes without the mark some programs put before UTF-8.
    fn content(&self) -> &[u8] {
        self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes)
    }

    /// How it is written: as its bytes say, for a name may have any ending.
    fn form(&self) -> Form {
        let first = self.content().iter().find(|byte| !byte.is_ascii_whitespace());
        if matches!(first, Some(b'{' | b'[')) || self.ends(".json") {
            return Form::Json;
        }
        if self.ends(".csv") || heads(self.content()).is_ok_and(|all| has(&all, "id")) {
            return Form::Csv;
        }
        Form::Other
    }

    /// The table it is by its name; a file without the ending of a table may be
    /// named anyhow, and its headings tell.
    fn table_word(&self) -> &str {
        let stem = self.stem();
        if self.ends(".csv") || schema::named(stem).is_some() {
            return stem;
        }
        let told = heads(self.content()).ok().and_then(|heads| table_of(&heads));
        told.map_or(stem, |table| table.name)
    }
}

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    Json,
    Other,
}

/// The heading row of a table.
fn heads(bytes: &[u8]) -> Result<Vec<String>, csv::Error> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    Ok(reader.headers()?.iter().map(|head| head.trim().to_owned()).collect())
}

fn has(heads: &[String], name: &str) -> bool {
    heads.iter().any(|head| head == name)
}

/// The table whose columns these headings are: none that must be given is
/// missing, and it knows most of them. Of several the first in the standard's order.
fn table_of(heads: &[String]) -> Option<&'static Table> {
    let whole = |table: &&Table| {
        table.columns.iter().filter(|column| column.required).all(|column| has(heads, column.name))
    };
    let known = |table: &&Table| heads.iter().filter(|head| table.column(head).is_some()).count();
    // Of equal ones the last counts.
    TABLES.iter().rev().filter(whole).max_by_key(known)
}

/// The files in a ZIP.
///
/// # Errors
/// When it is none, or larger than any directory.
pub fn unzip(bytes: &[u8]) -> Result<Vec<InputFile>, String> {
    let wrong = |error: &dyn std::fmt::Display| {
        format!("the file is not a ZIP that can be read ({error}); save the data package again")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| wrong(&e))?;
    let mut files = Vec::new();
    let mut left = LARGEST_BYTES;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|e| wrong(&e))?;
        let name = file.name().map_err(|e| wrong(&e))?.into_owned();
        let mut content = Vec::new();
        file.take(left).read_to_end(&mut content).map_err(|e| wrong(&e))?;
        left = left.saturating_sub(content.len() as u64);
        if left == 0 {
            return Err("the ZIP holds more than 256 MB; split it".to_owned());
        }
        files.push(InputFile { name, bytes: content });
    }
    Ok(files)
}

/// A row on its way in: where it stands, and what its nesting implies.
struct Found {
    row: Row,
    implied: Row,
    file: String,
    at: u64,
}

#[derive(Default)]
struct Reading {
    found: BTreeMap<(String, Uuid), Found>,
    rejected: Vec<Rejected>,
    notices: Vec<String>,
}

/// Reads all files into one package. Rows that stand in several files are one
/// row; where these differ, the first file counts and a notice tells. Files in
/// which no row stands are rejected: they are not what someone meant to give.
#[must_use]
pub fn read(files: &[InputFile]) -> (Package, Vec<Rejected>, Vec<String>) {
    let mut reading = Reading::default();
    let named = resources(files);
    let written = |form: Form| files.iter().filter(move |file| file.form() == form);
    for file in written(Form::Csv) {
        let base = file.name.rsplit('/').next().unwrap_or(&file.name);
        let word = named.get(base).map_or_else(|| file.table_word(), String::as_str);
        reading.csv(file, word);
    }
    for file in written(Form::Json) {
        reading.json(file);
    }
    let (package, mut rejected, notices) = reading.finish();
    if package.is_empty() && rejected.is_empty() {
        rejected.extend(files.first().map(|first| nothing_read(first, files)));
    }
    (package, rejected, notices)
}

/// Why files gave no row.
fn nothing_read(first: &InputFile, files: &[InputFile]) -> Rejected {
    let none = files.iter().all(|file| file.form() == Form::Other);
    let problem = if none {
        "it is neither a data package in a ZIP, nor JSON, nor a table with commas and a column `id`"
    } else {
        "no row of the standard is in it"
    };
    let names: Vec<&str> = files.iter().take(3).map(|file| file.name.as_str()).collect();
    if files.iter().any(|file| file.name == "xl/workbook.xml") {
        return At { file: "the file", row: 0, table: "" }.reject(
            "",
            &names.join(", "),
            "it is a workbook, not a data package of the standard",
            "use `palermo import services` or `palermo import contacts` for a sheet",
        );
    }
    At { file: &first.name, row: 0, table: "" }.reject(
        "",
        &names.join(", "),
        problem,
        "give a folder of CSV files, a data package in a ZIP, or one JSON file of HSDS 3",
    )
}

/// Which file is which table, where a `datapackage.json` says so.
fn resources(files: &[InputFile]) -> BTreeMap<String, String> {
    let mut named = BTreeMap::new();
    for file in files.iter().filter(|file| file.stem() == "datapackage") {
        let Ok(package) = serde_json::from_slice::<Json>(&file.bytes) else { continue };
        for resource in package["resources"].as_array().into_iter().flatten() {
            if let (Some(name), Some(path)) = (resource["name"].as_str(), resource["path"].as_str())
            {
                let base = path.rsplit('/').next().unwrap_or(path);
                named.insert(base.to_owned(), name.to_owned());
            }
        }
    }
    named
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a str,
    row: u64,
    table: &'a str,
}

impl At<'_> {
    fn reject(self, field: &str, value: &str, problem: &str, remedy: &str) -> Rejected {
        Rejected {
            file: self.file.to_owned(),
            row: self.row,
            table: self.table.to_owned(),
            field: field.to_owned(),
            value: value.chars().take(80).collect(),
            problem: problem.to_owned(),
            remedy: remedy.to_owned(),
        }
    }
}

impl Reading {
    fn csv(&mut self, file: &InputFile, word: &str) {
        let table = schema::named(word);
        let name = table.map_or(word, |table| table.name);
        let heads = match heads(file.content()) {
            Ok(heads) => heads,
            Err(error) => {
                self.broken(file, name, 1, &error.to_string());
                return;
            }
        };
        if let Some(kind) = sheet_of(&heads) {
            let at = At { file: &file.name, row: 1, table: "" };
            self.rejected.push(at.reject(
                "",
                &heads.join(","),
                "it is a sheet of Palermo, not a table of the standard",
                &format!("use `palermo import {kind}`, or the page that takes sheets"),
            ));
            return;
        }
        if !has(&heads, "id") {
            let at = At { file: &file.name, row: 1, table: name };
            let given = heads.join(",");
            self.rejected.push(at.reject(
                "id",
                &given,
                "the table has no column `id`",
                "give every row an id, a UUID",
            ));
            return;
        }
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(file.content());
        for record in reader.records() {
            match record {
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    self.broken(file, name, line, &error.to_string());
                }
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    let at = At { file: &file.name, row: line, table: name };
                    let cells =
                        heads.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
                    let row = cells
                        .map(|(head, cell)| (head.clone(), Json::String(cell.to_owned())))
                        .collect();
                    self.add(at, table, row, Row::new());
                }
            }
        }
    }

    fn broken(&mut self, file: &InputFile, table: &str, line: u64, why: &str) {
        let at = At { file: &file.name, row: line, table };
        self.rejected.push(at.reject(
            "",
            "",
            &format!("the line cannot be read: {why}"),
            "save the file as UTF-8 with commas, texts in quotes",
        ));
    }

    fn json(&mut self, file: &InputFile) {
        let json: Json = match serde_json::from_slice(file.content()) {
            Ok(json) => json,
            // Repositories keep `datapackage.json` as a link to another file.
            Err(_) if file.stem() == "datapackage" => return,
            Err(error) => {
                let line = u64::try_from(error.line()).unwrap_or(0);
                self.broken(file, "", line, &format!("it is not JSON: {error}"));
                return;
            }
        };
        match json {
            Json::Array(list) => self.records(file, None, list),
            Json::Object(map) if map.contains_key("resources") => {}
            Json::Object(map) => self.object(file, map),
            _ => self.broken(file, "", 1, "it holds neither a record nor a list of records"),
        }
    }

    fn object(&mut self, file: &InputFile, mut map: Map<String, Json>) {
        let is_record = map.contains_key("id");
        if !is_record {
            for list in ["contents", "items", "data"] {
                if let Some(Json::Array(records)) = map.remove(list) {
                    self.records(file, None, records);
                    return;
                }
            }
            for (key, value) in map {
                let Json::Array(records) = value else {
                    self.notices.push(format!("{}: `{key}` is no list of records", file.name));
                    continue;
                };
                let key = key.strip_suffix(".csv").unwrap_or(&key).to_owned();
                self.records(file, Some(&key), records);
            }
            return;
        }
        self.records(file, None, vec![Json::Object(map)]);
    }

    fn records(&mut self, file: &InputFile, word: Option<&str>, records: Vec<Json>) {
        for (number, record) in (1..).zip(records) {
            let Json::Object(map) = record else {
                self.broken(file, word.unwrap_or(""), number, "it is not a record");
                continue;
            };
            let word = word.unwrap_or(if is_service(&map) { "service" } else { "organization" });
            self.nested(&file.name, number, word, map, Row::new());
        }
    }

    /// A record with others inside it: these become rows of their own, tied to
    /// it. Returns its id.
    fn nested(
        &mut self,
        file: &str,
        number: u64,
        word: &str,
        map: Map<String, Json>,
        mut implied: Row,
    ) -> Option<Uuid> {
        let table = schema::named(word);
        let name = table.map_or(word, |table| table.name);
        let at = At { file, row: number, table: name };
        let own: Option<Uuid> = map.get("id").and_then(Json::as_str).and_then(|id| id.parse().ok());
        let mut row = Row::new();
        for (key, value) in map {
            match (schema::named(&key), value) {
                (Some(inner), Json::Array(list)) if list.iter().all(Json::is_object) => {
                    for one in list {
                        let Json::Object(one) = one else { continue };
                        let ties = own.map(|own| ties(name, own, inner)).unwrap_or_default();
                        self.nested(file, number, inner.name, one, ties);
                    }
                }
                (Some(inner), Json::Object(one)) => {
                    if let Some(id) = self.nested(file, number, inner.name, one, Row::new()) {
                        let field = format!("{}_id", inner.name);
                        implied.insert(field, Json::String(id.to_string()));
                    }
                }
                (_, Json::Null) => {}
                (_, value) => {
                    row.insert(key, value);
                }
            }
        }
        self.add(at, table, row, implied);
        own
    }

    /// Checks a row and lays it beside what other files say of it.
    fn add(&mut self, at: At<'_>, table: Option<&'static Table>, row: Row, implied: Row) {
        let id = row.get("id").and_then(Json::as_str).unwrap_or_default().trim().to_owned();
        let Ok(id) = id.parse::<Uuid>() else {
            let problem = if id.is_empty() { "it is missing" } else { "it is not a UUID" };
            let remedy = "give an id such as `ac148810-d857-441c-9679-408f346de14b`";
            self.rejected.push(at.reject("id", &id, problem, remedy));
            return;
        };
        let mut checked = Row::new();
        let mut wrong = false;
        for (field, value) in row {
            let column = table.and_then(|table| table.column(&field));
            match column.map_or_else(|| Ok(value.clone()), |column| check(column, &value)) {
                Ok(Json::Null) => {}
                Ok(value) => {
                    checked.insert(field, value);
                }
                Err((problem, remedy)) => {
                    wrong = true;
                    let told = plain(&value);
                    self.rejected.push(at.reject(&field, &told, &problem, &remedy));
                }
            }
        }
        if wrong {
            return;
        }
        let key = (at.table.to_owned(), id);
        match self.found.get_mut(&key) {
            None => {
                let file = at.file.to_owned();
                self.found.insert(key, Found { row: checked, implied, file, at: at.row });
            }
            Some(known) => {
                for (field, value) in checked {
                    match known.row.get(&field) {
                        Some(said) if *said != value => self.notices.push(format!(
                            "{} {id}, {field}: {} says `{}`, {} says `{}`; the first counts",
                            at.table,
                            known.file,
                            plain(said),
                            at.file,
                            plain(&value)
                        )),
                        Some(_) => {}
                        None => {
                            known.row.insert(field, value);
                        }
                    }
                }
                for (field, value) in implied {
                    known.implied.entry(field).or_insert(value);
                }
            }
        }
    }

    /// Fills in what nesting implied, and looks for what must be given.
    fn finish(mut self) -> (Package, Vec<Rejected>, Vec<String>) {
        let mut package = Package::default();
        for ((name, id), Found { mut row, implied, file, at }) in std::mem::take(&mut self.found) {
            for (field, value) in implied {
                row.entry(field).or_insert(value);
            }
            let columns = schema::table(&name).map_or(&[] as &[Column], |table| table.columns);
            let missing =
                columns.iter().filter(|column| column.required && !row.contains_key(column.name));
            let missing: Vec<&str> = missing.map(|column| column.name).collect();
            let at = At { file: &file, row: at, table: &name };
            for field in &missing {
                let remedy = format!("the standard asks for `{field}` in every row of {name}");
                self.rejected.push(at.reject(field, "", "it is missing", &remedy));
            }
            if missing.is_empty() {
                package.put(&name, id, row);
            }
        }
        let lost: Vec<(Uuid, Uuid)> = package
            .rows("service")
            .filter_map(|(id, row)| Some((id, id_in(row, "organization_id")?)))
            .filter(|(_, organization)| package.row("organization", *organization).is_none())
            .collect();
        for (id, organization) in lost {
            package.remove("service", id);
            self.rejected.push(Rejected {
                file: "services".into(),
                row: 0,
                table: "service".into(),
                field: "organization_id".into(),
                value: organization.to_string(),
                problem: format!("the service {id} names an organization that is not in the files"),
                remedy: "add the organization, or correct the id".into(),
            });
        }
        (package, self.rejected, self.notices)
    }
}

fn is_service(map: &Map<String, Json>) -> bool {
    ["status", "organization", "organization_id", "service_at_locations"]
        .iter()
        .any(|key| map.contains_key(*key))
}

/// What stands inside a record belongs to it.
fn ties(parent: &str, own: Uuid, child: &Table) -> Row {
    let id = Json::String(own.to_string());
    let mut ties = Row::new();
    let field = format!("{parent}_id");
    if child.column(&field).is_some() {
        ties.insert(field, id.clone());
    }
    match child.name {
        "attribute" => {
            ties.insert("link_id".into(), id);
            ties.insert("link_entity".into(), Json::String(parent.to_owned()));
        }
        "metadata" => {
            ties.insert("resource_id".into(), id);
            ties.insert("resource_type".into(), Json::String(parent.to_owned()));
        }
        _ => {}
    }
    ties
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
