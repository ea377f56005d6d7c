//! What checking a file alone found: how many rows, a summary, errors and
//! warnings, each with the line, the field, the rule and what to do.

use crate::table_file::NotATableFile;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Findings beyond this number of a list are counted, not listed.
const LISTED: usize = 50_000;

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The line of the file; the heading is 1.
    pub row: u64,
    /// The column.
    pub field: String,
    /// The rule, a short fixed word.
    pub rule: &'static str,
    /// What is wrong and what helps.
    pub message: String,
    /// Further lines that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with_rows: Vec<u64>,
}

impl Finding {
    /// Something found on one line.
    #[must_use]
    pub fn new(row: u64, field: &str, rule: &'static str, message: impl Into<String>) -> Self {
        Self { row, field: field.to_owned(), rule, message: message.into(), with_rows: Vec::new() }
    }

    /// With the other lines that belong to it.
    #[must_use]
    pub fn with(mut self, rows: Vec<u64>) -> Self {
        self.with_rows = rows;
        self
    }
}

/// Everything found in one file.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Checked {
    /// Rows of data, without headings and blank lines.
    pub rows: u64,
    /// What the file holds, by name.
    pub summary: Map<String, Value>,
    /// What must be mended.
    pub errors: Vec<Finding>,
    /// What a person should look at.
    pub warnings: Vec<Finding>,
    /// Errors that are counted but not listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub errors_not_listed: u64,
    /// Warnings that are counted but not listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub warnings_not_listed: u64,
}

// serde wants a reference here.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Checked {
    /// Notes something that must be mended.
    pub fn error(&mut self, finding: Finding) {
        if self.errors.len() < LISTED {
            self.errors.push(finding);
        } else {
            self.errors_not_listed += 1;
        }
    }

    /// Notes something to look at.
    pub fn warn(&mut self, finding: Finding) {
        if self.warnings.len() < LISTED {
            self.warnings.push(finding);
        } else {
            self.warnings_not_listed += 1;
        }
    }

    /// Puts a figure into the summary.
    pub fn say(&mut self, name: &str, value: impl Into<Value>) {
        self.summary.insert(name.to_owned(), value.into());
    }

    /// Puts the findings in the order of the file.
    pub fn sort(&mut self) {
        self.errors.sort_by_key(|found| found.row);
        self.warnings.sort_by_key(|found| found.row);
    }

    /// A file that could not be read at all.
    #[must_use]
    pub fn unreadable(why: &NotATableFile) -> Self {
        Self::refused("file", "unreadable", why.to_string())
    }

    /// A file of another kind.
    #[must_use]
    pub fn refused(field: &str, rule: &'static str, message: String) -> Self {
        let mut checked = Self::default();
        checked.error(Finding::new(1, field, rule, message));
        checked
    }

    /// How often each rule was broken.
    #[must_use]
    pub fn by_rule(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
        let mut counted = BTreeMap::new();
        for finding in findings {
            *counted.entry(finding.rule).or_insert(0) += 1;
        }
        counted
    }
}
