//! A list as people take it away: CSV or a workbook. Text never becomes a
//! formula in either (X8).

use crate::delimited;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text; a code, a date and an empty cell are texts too.
    Text(String),
    /// A number.
    Number(f64),
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// A list with its headings.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The name of the sheet; a workbook shows the first 31 characters.
    pub name: String,
    /// Headings.
    pub columns: Vec<String>,
    /// Rows, as wide as the headings.
    pub rows: Vec<Vec<Cell>>,
    /// Lines above the headings: source, date, and in a demonstration the
    /// watermark.
    pub notes: Vec<String>,
}

/// A list that does not fit into a workbook.
#[derive(Debug, thiserror::Error)]
#[error("the list cannot be written as a workbook: {0}")]
pub struct NotAWorkbook(#[from] XlsxError);

impl Sheet {
    /// The list as UTF-8 text with commas. Notes come last, so that the first
    /// line is the heading a program looks for.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let mut rows = vec![self.columns.clone()];
        rows.extend(self.rows.iter().map(|row| row.iter().map(text).collect()));
        rows.extend(self.notes.iter().map(|note| vec![note.clone()]));
        delimited::write(&rows)
    }

    /// The list as a workbook with one sheet. Every text is written as a text,
    /// which no spreadsheet executes.
    ///
    /// # Errors
    /// When the list is too long or wide for a workbook.
    pub fn xlsx(&self) -> Result<Vec<u8>, NotAWorkbook> {
        let mut workbook = Workbook::new();
        let bold = Format::new().set_bold();
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&self.name))?;
        let mut line = 0;
        for note in &self.notes {
            sheet.write_string(line, 0, note)?;
            line += 1;
        }
        for (at, heading) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(line, at, heading, &bold)?;
        }
        sheet.set_freeze_panes(line + 1, 0)?;
        for (below, row) in (line + 1..).zip(&self.rows) {
            for (at, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Text(text) => sheet.write_string(below, at, text)?,
                    Cell::Number(number) => sheet.write_number(below, at, *number)?,
                };
            }
        }
        Ok(workbook.save_to_buffer()?)
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
    }
}

/// A workbook allows 31 characters and forbids some.
fn sheet_name(name: &str) -> String {
    let allowed: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    if allowed.trim().is_empty() { "list".to_owned() } else { allowed }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn sheet() -> Sheet {
        Sheet {
            name: "States [x]: provisions".to_owned(),
            columns: vec!["State".to_owned(), "n".to_owned()],
            rows: vec![
                vec!["=HYPERLINK(\"http://x.example\")".into(), Cell::Number(3.0)],
                vec!["@SUM(A1)".into(), Cell::Number(-2.5)],
            ],
            notes: vec!["demonstration".to_owned()],
        }
    }

    #[test]
    fn x8_a_workbook_holds_texts_and_numbers_and_no_formula() {
        let bytes = sheet().xlsx().unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let name = book.sheet_names()[0].clone();
        assert_eq!(name, "States x provisions");
        let range = book.worksheet_range(&name).unwrap();
        assert_eq!(
            range.get_value((2, 0)),
            Some(&Data::String("=HYPERLINK(\"http://x.example\")".to_owned()))
        );
        assert_eq!(range.get_value((3, 1)), Some(&Data::Float(-2.5)));
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.used_cells().next().is_none());
    }

    #[test]
    fn x8_a_text_file_marks_what_looks_like_a_formula_and_leaves_numbers() {
        let text = String::from_utf8(sheet().csv()).unwrap();
        assert_eq!(
            text,
            "State,n\n\"'=HYPERLINK(\"\"http://x.example\"\")\",3\n'@SUM(A1),-2.5\ndemonstration\n"
        );
    }
}
