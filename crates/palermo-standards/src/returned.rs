//! A table that goes back to whoever sent it: every sheet, row and cell in its place as it
//! came, with one column more that says what is to be mended. Colours and widths are not
//! kept, and where a formula stood there is what it had worked out.

use crate::{
    delimited::{self, NotATable},
    table_file::{self, NotATableFile, is_workbook, unwrapped, workbook},
};
use calamine::{Cell, Data, Reader as _, SheetType, SheetVisible};
use csv::ReaderBuilder;
use rust_xlsxwriter::{Color, Format, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// Heading of the column that is added; one that came with it is written anew.
pub const PROBLEMS: &str = "problems";

/// Why a table cannot go back.
#[derive(Debug, thiserror::Error)]
pub enum NotReturned {
    /// It cannot be read.
    #[error(transparent)]
    NotATable(#[from] NotATableFile),
    /// It does not fit into a workbook.
    #[error("the sheet cannot be written back: {0}")]
    NotAWorkbook(#[from] XlsxError),
}

/// A cell with its row and column, both from 0.
type Placed = (u32, u16, Data);

/// The most cells of a text that goes back: a packed one of a few bytes may hold any number.
const MOST_CELLS: usize = 1 << 23;

/// The table as a workbook, with `remarks` beside the rows they are about (counted from 1
/// as in the file). `headings` is the line of the headings.
///
/// # Errors
/// [`NotReturned`] when it cannot be read or has no room for one column more.
pub fn returned(
    bytes: &[u8],
    headings: u64,
    remarks: &BTreeMap<u64, String>,
) -> Result<Vec<u8>, NotReturned> {
    let bytes = unwrapped(bytes)?;
    let mut out = Workbook::new();
    if !is_workbook(&bytes) {
        let cells = of_text(&bytes)?;
        annotated(out.add_worksheet(), &cells, headings, remarks)?;
        return Ok(out.save_to_buffer()?);
    }
    let mut book = workbook(&bytes)?;
    let sheets = book.sheets_metadata().to_vec();
    for (at, sheet) in sheets.iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let cells = table_file::cells(&mut book, &sheet.name)?;
        let cells: Vec<Placed> = cells.iter().map(placed).collect();
        let to = out.add_worksheet();
        to.set_name(&sheet.name)?;
        if at == 0 {
            annotated(to, &cells, headings, remarks)?;
            continue;
        }
        written(to, &cells, None)?;
        match sheet.visible {
            SheetVisible::Visible => {}
            SheetVisible::Hidden => {
                to.set_hidden(true);
            }
            SheetVisible::VeryHidden => {
                to.set_very_hidden(true);
            }
        }
    }
    Ok(out.save_to_buffer()?)
}

/// The cells of a text, each on the line on which its row begins.
fn of_text(bytes: &[u8]) -> Result<Vec<Placed>, NotATableFile> {
    let text = delimited::decoded(bytes)?;
    let mut reader = ReaderBuilder::new()
        .delimiter(delimited::separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| NotATable::Broken {
            line: error.position().map_or(1, csv::Position::line),
            reason: error.to_string(),
        })?;
        let line = record.position().map_or(1, |at| delimited::first_line(text, at));
        for (column, cell) in record.iter().enumerate() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            cells.push((row_of(line), column, Data::String(cell.to_owned())));
        }
        if cells.len() > MOST_CELLS {
            return Err(NotATableFile::TooLong);
        }
    }
    Ok(cells)
}

fn placed(cell: &Cell<Data>) -> Placed {
    let (row, column) = cell.get_position();
    (row, u16::try_from(column).unwrap_or(u16::MAX), cell.get_value().clone())
}

/// As much of a text as a cell of a workbook holds: what is longer came as a text file, and
/// its sender still has it.
fn that_fits(text: &str) -> String {
    let mut room: usize = 32_767;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or_default();
        left.is_some()
    };
    text.chars().take_while(fits).collect()
}

/// The row of a line, which is counted from 1.
fn row_of(line: u64) -> u32 {
    u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX)
}

/// Writes the cells, and beside them what is said of their rows.
fn annotated(
    to: &mut Worksheet,
    cells: &[Placed],
    headings: u64,
    remarks: &BTreeMap<u64, String>,
) -> Result<(), XlsxError> {
    let head = row_of(headings);
    let is_old = |(row, _, cell): &&Placed| {
        *row == head && cell.to_string().trim().eq_ignore_ascii_case(PROBLEMS)
    };
    let old = cells.iter().find(is_old).map(|(_, column, _)| *column);
    let widest = cells.iter().map(|(_, column, _)| *column).max();
    let column = old.unwrap_or_else(|| widest.map_or(0, |widest| widest.saturating_add(1)));
    written(to, cells, old)?;
    let red = Color::RGB(0x00B1_0E1E);
    let bold = Format::new().set_bold().set_font_color(red);
    to.write_string_with_format(head, column, PROBLEMS, &bold)?;
    let words = Format::new().set_text_wrap().set_font_color(red);
    for (line, remark) in remarks {
        to.write_string_with_format(row_of(*line), column, that_fits(remark), &words)?;
    }
    to.set_column_width(column, 60)?;
    let last = cells.iter().map(|(row, ..)| *row).max().unwrap_or(head);
    // So that the rows with something to mend can be shown alone.
    to.autofilter(head, 0, last.max(head), column)?;
    to.set_freeze_panes(head.saturating_add(1), 0)?;
    Ok(())
}

/// Writes the cells as they came, but for a column that is written anew.
fn written(to: &mut Worksheet, cells: &[Placed], anew: Option<u16>) -> Result<(), XlsxError> {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let span = Format::new().set_num_format("[h]:mm:ss");
    for (row, column, cell) in cells.iter().filter(|(_, column, _)| Some(*column) != anew) {
        let (row, column) = (*row, *column);
        match cell {
            Data::Empty => {}
            Data::Int(number) => {
                to.write_number(row, column, *number as f64)?;
            }
            Data::Float(number) => {
                to.write_number(row, column, *number)?;
            }
            Data::Bool(yes) => {
                to.write_boolean(row, column, *yes)?;
            }
            Data::DateTime(when) => {
                let number = when.as_f64();
                let format = match (when.is_duration(), number.fract() == 0.0) {
                    (true, _) => &span,
                    (false, true) => &day,
                    (false, false) => &moment,
                };
                to.write_number_with_format(row, column, number, format)?;
            }
            // Every text stays a text, which no spreadsheet executes (X8).
            text => {
                to.write_string(row, column, that_fits(&text.to_string()))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use calamine::Xlsx;
    use std::io::Cursor;

    fn book(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
    }

    fn text(of: &str) -> Data {
        Data::String(of.to_owned())
    }

    fn sent() -> Vec<u8> {
        let mut out = Workbook::new();
        let first = out.add_worksheet();
        first.set_name("Matrix 2026").unwrap();
        first.write_string(0, 0, "Filled in by the ministry").unwrap();
        for (at, head) in (0_u16..).zip(["period", "indicator", "value", "room"]) {
            first.write_string(2, at, head).unwrap();
        }
        first.write_string(3, 1, "  men ").unwrap();
        first.write_number(3, 2, 12.5).unwrap();
        first.write_string(3, 3, "=1+1").unwrap();
        first.write_boolean(5, 3, true).unwrap();
        let second = out.add_worksheet();
        second.set_name("Notes of ours").unwrap();
        second.write_number(7, 3, 41).unwrap();
        out.save_to_buffer().unwrap()
    }

    #[test]
    fn a_workbook_goes_back_with_its_own_sheets_and_cells_and_one_column_more() {
        let remarks = BTreeMap::from([(4, "value: not whole".to_owned())]);
        let back = returned(&sent(), 3, &remarks).unwrap();
        // Sent again, the column is written anew and does not multiply.
        let remarks = BTreeMap::from([(6, "period: none".to_owned())]);
        let again = returned(&back, 3, &remarks).unwrap();
        let mut first = book(back);
        assert_eq!(first.sheet_names(), ["Matrix 2026", "Notes of ours"]);
        let range = first.worksheet_range("Matrix 2026").unwrap();
        let at = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
        assert_eq!(at(0, 0), text("Filled in by the ministry"));
        assert_eq!((at(2, 0), at(2, 4)), (text("period"), text("problems")));
        assert_eq!((at(3, 1), at(3, 2)), (text("  men "), Data::Float(12.5)));
        assert_eq!((at(3, 3), at(3, 4)), (text("=1+1"), text("value: not whole")));
        assert_eq!(at(5, 3), Data::Bool(true));
        let notes = first.worksheet_range("Notes of ours").unwrap();
        assert_eq!(notes.get_value((7, 3)), Some(&Data::Float(41.0)));
        let range = book(again).worksheet_range("Matrix 2026").unwrap();
        assert_eq!(range.end(), Some((5, 4)));
        assert_eq!(range.get_value((5, 4)), Some(&text("period: none")));
        assert!(range.get_value((3, 4)).is_none_or(|cell| *cell == Data::Empty));
    }

    #[test]
    fn a_text_goes_back_as_a_workbook_with_its_lines_where_they_were() {
        let sent = "indicator;value;ours\n\nmen; 12,5 ;\"two\nlines\"\nmen;=2;x\n";
        let remarks = BTreeMap::from([(5, "value: no number".to_owned())]);
        let mut back = book(returned(sent.as_bytes(), 1, &remarks).unwrap());
        let range = back.worksheet_range_at(0).unwrap().unwrap();
        let at = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
        assert_eq!((at(0, 2), at(0, 3)), (text("ours"), text("problems")));
        assert_eq!((at(2, 1), at(2, 2)), (text(" 12,5 "), text("two\nlines")));
        assert_eq!((at(4, 1), at(4, 3)), (text("=2"), text("value: no number")));
    }

    #[test]
    fn what_no_workbook_holds_is_cut_or_refused_and_stops_nothing() {
        let long = format!("indicator,value\n\"{}\",12\n", "é".repeat(40_000));
        let mut back = book(returned(long.as_bytes(), 1, &BTreeMap::new()).unwrap());
        let range = back.worksheet_range_at(0).unwrap().unwrap();
        let cell = range.get_value((1, 0)).unwrap().to_string();
        assert_eq!(cell.chars().count(), 32_767);
        let wide = format!("indicator{}\n", ",".repeat(70_000));
        assert!(returned(wide.as_bytes(), 1, &BTreeMap::new()).is_err());
        // A cell in the last corner of a second sheet asks for no more memory than there is.
        let mut out = Workbook::new();
        out.add_worksheet().write_string(0, 0, "indicator").unwrap();
        out.add_worksheet().write_string(0, 0, "a").unwrap();
        let last = out.worksheet_from_index(1).unwrap();
        last.write_number(1_048_575, 16_383, 1).unwrap();
        assert!(returned(&out.save_to_buffer().unwrap(), 1, &BTreeMap::new()).is_ok());
    }
}
