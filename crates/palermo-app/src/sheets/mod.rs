//! Services, contact points, national law and obstacles as sheets: out as CSV or a workbook, in again
//! with a preview. What goes out comes back as unchanged. A sheet never holds
//! the address of a protected service, and a row with one is refused.
//!
//! A sheet has a heading row of field names, the same in every language. A
//! column that is missing leaves what is stored as it is; an empty cell
//! empties the field.

mod contacts;
mod entries;
mod services;

pub use contacts::{export_contacts, import_contacts, own_contacts};
pub use entries::{import_laws, import_obstacles, own_laws, own_obstacles};
pub use services::{export_services, import_services, own_services};

use crate::{Acting, App, Message, Problems, Refused, access::Action, acting::Beginning};
use palermo_domain::{actor::Actor, id::TenantId};
use palermo_locale::Language;
use palermo_standards::{
    delimited::harmless,
    sheet::{Cell, Sheet},
    table_file::TableFile,
};
use palermo_store::{Act, ActContext};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rows in one sheet.
const MOST_ROWS: usize = 20_000;

/// A row in the report of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The line of the file.
    pub row: u64,
    /// Its name.
    pub name: String,
    /// For a changed one: the fields that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// A cell that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadCell {
    /// The line of the file.
    pub row: u64,
    /// The column.
    pub field: String,
    /// What stands there.
    pub value: String,
    /// What is wrong and what would be right.
    pub message: Message,
}

/// What an import would do, or did.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SheetReport {
    /// Rows read.
    pub rows: usize,
    /// Records not known before.
    pub new: Vec<Line>,
    /// Records that differ from what is stored.
    pub changed: Vec<Line>,
    /// Records as they are stored.
    pub unchanged: usize,
    /// Rows that say nothing: unknown, and by no source. They are passed over.
    #[serde(default)]
    pub silent: usize,
    /// Cells that cannot be taken.
    pub rejected: Vec<BadCell>,
    /// Rows with such a cell; when stored, these were left out.
    pub skipped: Vec<u64>,
    /// Columns nobody knows: they are not read.
    pub unknown_columns: Vec<String>,
    /// Whether it was stored.
    pub applied: bool,
    /// Whether it was to be stored.
    #[serde(default, skip_serializing)]
    pub asked_to_apply: bool,
}

impl SheetReport {
    fn reject(&mut self, row: &Row, problems: Problems) {
        for problem in problems.0 {
            let value = row.cells.get(&problem.field).cloned().unwrap_or_default();
            let (field, message) = (problem.field, problem.message);
            self.rejected.push(BadCell { row: row.line, field, value, message });
        }
        self.skipped.push(row.line);
    }

    /// Whether it may be stored.
    const fn may_apply(&mut self, how: How) -> bool {
        self.asked_to_apply = how.apply;
        how.apply && (self.rejected.is_empty() || how.skip_rejected)
    }

    /// The report in lines, for a terminal.
    #[must_use]
    pub fn lines(&self, say: impl Fn(&Message) -> String) -> Vec<String> {
        let mut lines = vec![format!(
            "rows read: {}; new {}, changed {}, unchanged {}, rejected {}",
            self.rows,
            self.new.len(),
            self.changed.len(),
            self.unchanged,
            self.skipped.len()
        )];
        for one in &self.new {
            lines.push(format!("  new, row {}: {}", one.row, one.name));
        }
        for one in &self.changed {
            lines.push(format!(
                "  changed, row {}: {} ({})",
                one.row,
                one.name,
                one.fields.join(", ")
            ));
        }
        for bad in &self.rejected {
            lines.push(format!("  rejected, {}", bad.line(&say)));
        }
        if !self.unknown_columns.is_empty() {
            lines.push(format!(
                "  note: columns not known and not read: {}",
                self.unknown_columns.join(", ")
            ));
        }
        if self.silent > 0 {
            lines.push(format!(
                "  passed over, unknown and without a source, so nothing is said: {}",
                self.silent
            ));
        }
        let nothing = self.new.is_empty() && self.changed.is_empty();
        lines.push(match (self.applied, self.skipped.len()) {
            (true, skipped) if nothing => {
                format!("nothing was stored: no row is new or changed; left out: {skipped}")
            }
            (true, 0) => "stored".to_owned(),
            (true, skipped) => format!("stored; {skipped} rows were left out"),
            (false, skipped) if self.asked_to_apply => format!(
                "nothing was stored: rows with such cells: {skipped}; correct them, or store the \
                 others with `--skip-rejected`"
            ),
            (false, _) => "a preview: nothing was stored; `--apply` stores it".to_owned(),
        });
        lines
    }
}

impl BadCell {
    /// Row, field, value, and what would be right.
    #[must_use]
    pub fn line(&self, say: impl Fn(&Message) -> String) -> String {
        let value = self.value.replace(['\r', '\n'], " ");
        format!("row {}, field `{}`, value `{value}`: {}", self.row, self.field, say(&self.message))
    }
}

/// How far to go.
#[derive(Debug, Clone, Copy, Default)]
pub struct How {
    /// Store it.
    pub apply: bool,
    /// Store the other rows although some are rejected.
    pub skip_rejected: bool,
}

/// Who brings a sheet.
#[derive(Debug, Clone, Copy)]
pub enum Importer<'a> {
    /// Someone at the machine's command line, for the house.
    Operator(&'a str),
    /// A member of staff, for their own organisation.
    Member(&'a Acting<'a>),
}

/// A row of the sheet.
#[derive(Debug, Clone)]
struct Row {
    line: u64,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    fn is_empty_at(&self, column: &str) -> bool {
        self.get(column).is_none_or(str::is_empty)
    }
}

/// The rows of a sheet and its columns nobody knows.
struct Table {
    rows: Vec<Row>,
    unknown: Vec<String>,
}

/// A text as it was before it was made harmless for spreadsheets.
fn unmarked(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if harmless(rest) == cell => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Reads a sheet whose heading row holds at least `needed` of the columns
/// `known`. Lines above the heading and single remarks below the rows are
/// passed over.
fn table(bytes: &[u8], known: &[&str], needed: &[&str]) -> Result<Table, Refused> {
    let declined =
        |why: String| Refused::Declined(Message::new("error-sheet-not-read").with("why", why));
    let file = TableFile::open(bytes).map_err(|error| declined(error.to_string()))?;
    let mut head: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    let mut too_long = false;
    file.each(|line| {
        let Some(columns) = &head else {
            let cells: Vec<String> = line
                .cells()
                .map(|cell| cell.trim().to_lowercase().replace([' ', '-'], "_"))
                .collect();
            if needed.iter().all(|name| cells.iter().any(|cell| cell == name)) {
                head = Some(cells);
            }
            return true;
        };
        let cells: BTreeMap<String, String> = columns
            .iter()
            .enumerate()
            .filter(|(_, name)| known.contains(&name.as_str()))
            .map(|(at, name)| (name.clone(), unmarked(line.cell(at))))
            .collect();
        let remark = line.cells().skip(1).all(str::is_empty)
            && !line.cell(0).is_empty()
            && line.cell(0).parse::<uuid::Uuid>().is_err();
        if !remark {
            rows.push(Row { line: line.number, cells });
        }
        too_long = rows.len() > MOST_ROWS;
        !too_long
    })
    .map_err(|error| declined(error.to_string()))?;
    let Some(columns) = head else {
        let columns = needed.join(", ");
        return Err(Refused::Declined(
            Message::new("error-sheet-heading").with("columns", columns),
        ));
    };
    if too_long {
        return Err(Refused::Declined(Message::new("error-sheet-long").with("most", MOST_ROWS)));
    }
    let unknown =
        columns.into_iter().filter(|name| !name.is_empty() && !known.contains(&name.as_str()));
    Ok(Table { rows, unknown: unknown.collect() })
}

/// A sheet of these columns.
fn sheet(name: &str, columns: &[&str], rows: Vec<Vec<String>>, notes: Vec<String>) -> Sheet {
    Sheet {
        name: name.to_owned(),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect(),
        notes,
    }
}

/// Whether a cell holds one of these codes, or nothing; else the remedy names them.
fn check_code(problems: &mut Problems, row: &Row, column: &str, codes: &[&str]) {
    let Some(typed) = row.get(column).map(str::trim).filter(|typed| !typed.is_empty()) else {
        return;
    };
    if !codes.contains(&typed) {
        problems.add(column, not_a_code(typed, codes));
    }
}

fn not_a_code(typed: &str, codes: &[&str]) -> Message {
    Message::new("error-not-a-code").with("typed", typed).with("codes", codes.join(", "))
}

/// Problems of a form, without those of columns that were told already.
fn more(mut told: Problems, refused: Refused) -> Result<Problems, Refused> {
    let Refused::Invalid(problems) = refused else { return Err(refused) };
    for problem in problems.0 {
        if !told.0.iter().any(|known| known.field == problem.field) {
            told.0.push(problem);
        }
    }
    Ok(told)
}

/// Names of the columns in which two rows differ; line ends do not count.
fn differing(before: &[(&'static str, String)], after: &[(&'static str, String)]) -> Vec<String> {
    let plain = |text: &str| text.replace("\r\n", "\n");
    let pairs = before.iter().zip(after);
    let differ = pairs.filter(|((_, a), (_, b))| plain(a) != plain(b));
    differ.map(|((name, _), _)| (*name).to_owned()).collect()
}

/// Whether a row says nothing but what is stored. Asked first: what came in
/// another way may not pass a form, and still comes back unchanged.
fn says_the_same(row: &Row, stored: &[(&'static str, String)]) -> bool {
    let plain = |text: &str| text.trim().replace("\r\n", "\n");
    row.cells.iter().filter(|(column, _)| *column != "id").all(|(column, text)| {
        let known = stored.iter().find(|(name, _)| name == column);
        known.is_some_and(|(_, known)| plain(known) == plain(text))
    })
}

/// The house, for whoever sits at the machine.
fn house(app: &App) -> Result<TenantId, Refused> {
    app.store.house().ok_or_else(|| {
        Refused::Unavailable(
            "nobody answers for the registers; `palermo init` names who does".into(),
        )
    })
}

/// Begins the act in which a sheet is compared once more and stored, so that a preview never
/// goes stale unnoticed; or gives what the same request gave before.
async fn begin_import(
    app: &App,
    importer: Importer<'_>,
    tenant: TenantId,
    action: Action,
) -> Result<Beginning<SheetReport>, Refused> {
    match importer {
        Importer::Operator(user) => {
            let actor = Actor::Operator { user: user.to_owned(), account: None };
            let context = ActContext::new(tenant, actor, action.code());
            Acting::public(app, Language::En).begin(context).await
        }
        Importer::Member(acting) => acting.begin(acting.context(action)?).await,
    }
}

/// Keeps what an import has written, with its report.
async fn finish_import(act: Act, report: SheetReport) -> Result<SheetReport, Refused> {
    let report = SheetReport { applied: true, ..report };
    act.commit(&report).await?;
    Ok(report)
}

/// Someone else keeps the record.
fn kept_elsewhere() -> Problems {
    let mut problems = Problems::default();
    problems.add("id", Message::new("error-kept-elsewhere"));
    problems
}

/// The fields of a form that are plain texts, as columns: their names, reading
/// them out and putting a cell in.
macro_rules! columns {
    ($form:ty: $($field:ident),* $(,)?) => {
        /// Names of the columns that are plain texts.
        const TEXTS: &[&str] = &[$(stringify!($field)),*];

        fn texts(form: &$form) -> Vec<(&'static str, String)> {
            vec![$((stringify!($field), form.$field.clone())),*]
        }

        fn put(form: &mut $form, column: &str, text: &str) {
            match column {
                $(stringify!($field) => text.clone_into(&mut form.$field),)*
                _ => {}
            }
        }
    };
}
use columns;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_number_that_was_made_harmless_comes_back_as_it_was() {
        for text in ["+999 11 555 0195", "=1", "'quoted'", "Harbour", "-", "it's"] {
            assert_eq!(unmarked(&harmless(text)), text);
        }
    }

    #[test]
    fn notes_above_the_heading_and_remarks_below_are_passed_over() {
        let text = "A note\nId,Name,Need,colour\n,Night house,shelter,blue\ndemonstration\n";
        let read = table(text.as_bytes(), &["id", "name", "need"], &["name", "need"]).unwrap();
        assert_eq!(read.rows.len(), 1);
        assert_eq!(read.rows[0].get("name"), Some("Night house"));
        assert_eq!(read.unknown, ["colour"]);
        assert!(table(b"a,b\n1,2\n", &["id", "name"], &["name"]).is_err());
    }
}
