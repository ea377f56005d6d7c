//! Reads a TOML file of `content/` cell by cell and collects every problem with
//! its line, so that an author sees all of them at once. Knows nothing of any
//! particular register.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::finding::{NotAWord, line_of};
use super::provenance::PartialDate;

/// Something in a file that its author must change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line in the file, from 1.
    pub line: usize,
    /// The field, as a path such as `bodies[2].cadence`.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.field.is_empty() {
            write!(f, "`{}`: ", self.field)?;
        }
        write!(f, "{}; {}", self.message, self.remedy)
    }
}

/// The problems found so far in one file.
pub struct Log<'t> {
    text: &'t str,
    problems: RefCell<Vec<Problem>>,
}

impl<'t> Log<'t> {
    /// An empty log for a file.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { text, problems: RefCell::new(Vec::new()) }
    }

    /// Notes a problem at a byte offset.
    pub fn add(
        &self,
        at: usize,
        field: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let line = line_of(self.text, at);
        self.problems.borrow_mut().push(Problem {
            line,
            field: field.to_owned(),
            message: message.into(),
            remedy: remedy.into(),
        });
    }

    /// All problems, in the order of their lines.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by(|a, b| (a.line, &a.field).cmp(&(b.line, &b.field)));
        // A cell may be read twice, once for itself and once for what refers to it.
        problems.dedup();
        // Of a file that is no TOML nothing else can be said: what seems to be missing may
        // stand in the part that was not read.
        let not_toml = |problem: &Problem| problem.message.starts_with(NOT_TOML);
        if problems.iter().any(not_toml) {
            problems.retain(not_toml);
        }
        problems
    }
}

/// How the problem of a file begins that cannot be read at all.
const NOT_TOML: &str = "this is not TOML";

/// Parses the text as TOML; what is not TOML goes to the log.
#[must_use]
pub fn read<'t>(text: &'t str, log: &Log<'_>) -> Spanned<DeTable<'t>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        log.add(
            at,
            "",
            format!("{NOT_TOML}: {}", error.message()),
            "correct the spelling of this line",
        );
    }
    root
}

/// One table of the file, with the cells that were read ticked off.
pub struct Table<'d> {
    log: &'d Log<'d>,
    cells: &'d DeTable<'d>,
    path: String,
    at: usize,
    read: RefCell<BTreeSet<String>>,
}

impl<'d> Table<'d> {
    /// The whole file.
    #[must_use]
    pub fn root(log: &'d Log<'d>, root: &'d Spanned<DeTable<'d>>) -> Self {
        Self::new(log, root.get_ref(), String::new(), root.span().start)
    }

    fn new(log: &'d Log<'d>, cells: &'d DeTable<'d>, path: String, at: usize) -> Self {
        Self { log, cells, path, at, read: RefCell::default() }
    }

    /// The path of a cell, for problems.
    #[must_use]
    pub fn path(&self, key: &str) -> String {
        match (self.path.is_empty(), key.is_empty()) {
            (true, _) => key.to_owned(),
            (_, true) => self.path.clone(),
            _ => format!("{}.{key}", self.path),
        }
    }

    /// Notes a problem at a cell, or at the table when the cell is absent.
    pub fn problem(&self, key: &str, message: impl Into<String>, remedy: impl Into<String>) {
        let at = self.cell(key).map_or(self.at, |cell| cell.span().start);
        self.log.add(at, &self.path(key), message, remedy);
    }

    fn cell(&self, key: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.cells.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn take(&self, key: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.read.borrow_mut().insert(key.to_owned());
        self.cell(key)
    }

    /// Whether the cell is there.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.cell(key).is_some()
    }

    /// Ticks a cell off without reading it, when another problem covers it.
    pub fn skip(&self, key: &str) {
        let _ = self.take(key);
    }

    /// The names of all cells.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.cells.iter().map(|(name, _)| name.get_ref().to_string()).collect()
    }

    fn wrong_kind(&self, key: &str, found: &DeValue<'_>, wanted: &str) {
        self.problem(key, format!("this is {}", kind_of(found)), format!("write {wanted}"));
    }

    /// A text that may be absent; an empty one is a problem.
    #[must_use]
    pub fn opt_text(&self, key: &str) -> Option<String> {
        let cell = self.take(key)?;
        match cell.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.problem(key, "the text is empty", "write the text or leave the line out");
                None
            }
            DeValue::String(text) => Some(text.trim().to_owned()),
            other => {
                self.wrong_kind(key, other, "a text in quotes");
                None
            }
        }
    }

    /// A text that must be there.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        if self.take(key).is_none() {
            self.missing(key, "a text in quotes");
            return None;
        }
        self.opt_text(key)
    }

    /// Notes that a cell is missing.
    pub fn missing(&self, key: &str, wanted: &str) {
        self.problem(key, format!("`{key}` is missing"), format!("add `{key}` with {wanted}"));
    }

    /// A date to the year, month or day, in quotes or bare.
    #[must_use]
    pub fn opt_date(&self, key: &str) -> Option<PartialDate> {
        let cell = self.take(key)?;
        let written = match cell.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(year) => year.as_str().to_owned(),
            other => {
                self.wrong_kind(
                    key,
                    other,
                    "a date such as \"2007\", \"2007-04\" or \"2007-04-03\"",
                );
                return None;
            }
        };
        let date = PartialDate::parse(written.trim());
        if date.is_none() {
            self.problem(
                key,
                format!("`{written}` is not a date"),
                "write \"2007\", \"2007-04\" or \"2007-04-03\"",
            );
        }
        date
    }

    /// A whole number that is not negative.
    #[must_use]
    pub fn opt_number(&self, key: &str) -> Option<u32> {
        let cell = self.take(key)?;
        let number = match cell.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_kind(key, cell.get_ref(), "a whole number, not negative");
        }
        number
    }

    /// A whole number that must be there.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<u32> {
        if self.take(key).is_none() {
            self.missing(key, "a whole number");
            return None;
        }
        self.opt_number(key)
    }

    /// `true` or `false`.
    #[must_use]
    pub fn opt_flag(&self, key: &str) -> Option<bool> {
        let cell = self.take(key)?;
        if let DeValue::Boolean(flag) = cell.get_ref() {
            return Some(*flag);
        }
        self.wrong_kind(key, cell.get_ref(), "true or false");
        None
    }

    /// One word of a closed list that may be absent.
    #[must_use]
    pub fn opt_choice<T: FromStr<Err = NotAWord>>(&self, key: &str) -> Option<T> {
        let word = self.opt_text(key)?;
        match word.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(key, error.to_string(), near_or_list(&word, error.words));
                None
            }
        }
    }

    /// One word of a closed list that must be there.
    #[must_use]
    pub fn choice<T: FromStr<Err = NotAWord>>(&self, key: &str) -> Option<T> {
        if self.take(key).is_none() {
            let words = T::from_str("").err().map_or(&[] as &[&str], |error| error.words);
            self.problem(key, format!("`{key}` is missing"), near_or_list("", words));
            return None;
        }
        self.opt_choice(key)
    }

    /// A list of words from a closed list; absent is empty.
    #[must_use]
    pub fn choices<T: FromStr<Err = NotAWord>>(&self, key: &str) -> Vec<T> {
        let mut values = Vec::new();
        for word in self.texts(key) {
            match word.parse::<T>() {
                Ok(value) => values.push(value),
                Err(error) => {
                    self.problem(key, error.to_string(), near_or_list(&word, error.words))
                }
            }
        }
        values
    }

    /// A list of texts, each with its place; absent is empty.
    #[must_use]
    pub fn texts(&self, key: &str) -> Vec<String> {
        let Some(cell) = self.take(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = cell.get_ref() else {
            self.wrong_kind(key, cell.get_ref(), "a list of texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (number, item) in items.iter().enumerate() {
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    texts.push(text.trim().to_owned())
                }
                other => self.log.add(
                    item.span().start,
                    &format!("{}[{}]", self.path(key), number + 1),
                    format!("this is {}", kind_of(other)),
                    "write a text in quotes",
                ),
            }
        }
        texts
    }

    /// A table inside this one.
    #[must_use]
    pub fn table(&self, key: &str) -> Option<Table<'d>> {
        let cell = self.take(key)?;
        if let DeValue::Table(cells) = cell.get_ref() {
            return Some(Table::new(self.log, cells, self.path(key), cell.span().start));
        }
        self.wrong_kind(key, cell.get_ref(), "a table");
        None
    }

    /// A list of tables; absent is empty.
    #[must_use]
    pub fn tables(&self, key: &str) -> Vec<Table<'d>> {
        let Some(cell) = self.take(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = cell.get_ref() else {
            self.wrong_kind(key, cell.get_ref(), "a list of tables");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (number, item) in items.iter().enumerate() {
            let path = format!("{}[{}]", self.path(key), number + 1);
            match item.get_ref() {
                DeValue::Table(cells) => {
                    tables.push(Table::new(self.log, cells, path, item.span().start));
                }
                other => self.log.add(
                    item.span().start,
                    &path,
                    format!("this is {}", kind_of(other)),
                    "write a table { … }",
                ),
            }
        }
        tables
    }

    /// Reports every cell that nothing has read, with the nearest known name.
    pub fn finish(self, known: &[&str]) {
        let read = self.read.borrow();
        for (name, value) in self.cells {
            let name: &str = name.get_ref();
            if read.contains(name) {
                continue;
            }
            let all = known.iter().copied().chain(read.iter().map(String::as_str));
            let remedy = nearest(name, all).map_or_else(
                || "remove it or see docs/content".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.log.add(
                value.span().start,
                &self.path(name),
                format!("`{name}` is not a field here"),
                remedy,
            );
        }
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(text) if text.trim().is_empty() => "an empty text",
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn near_or_list(word: &str, words: &[&str]) -> String {
    if let Some(near) = nearest(word, words.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let codes: Vec<_> = words.iter().map(|code| format!("`{code}`")).collect();
    format!("use one of {}", codes.join(", "))
}

/// The known word nearest in spelling, if one is near enough to suggest.
#[must_use]
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<String> {
    known
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}
