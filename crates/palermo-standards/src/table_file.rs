//! A table in whatever file it comes: text with commas, semicolons or tabs, the
//! same packed with gzip, or the first sheet of a workbook. Rows are handed on
//! one by one with the line they stand on, so that a million of them do not
//! have to be held at once.

use crate::delimited::{self, NotATable};
use calamine::{Cell, Data, Range, Reader as _, Xlsx};
use csv::{ReaderBuilder, StringRecord, Trim};
use flate2::read::MultiGzDecoder;
use std::{
    borrow::Cow,
    io::{Cursor, Read},
};

/// The longest text that is unpacked, in bytes.
const LONGEST: u64 = 1 << 30;

/// The most places of a sheet, empty ones among them: a cell in its last corner alone would
/// otherwise ask for more memory than there is.
const MOST_PLACES: u64 = 1 << 26;

/// One row of a table.
#[derive(Debug)]
pub struct Line<'l> {
    /// The line of the file on which it begins (in a workbook, the row), from 1.
    pub number: u64,
    cells: Cells<'l>,
}

#[derive(Debug)]
enum Cells<'l> {
    Text(&'l StringRecord),
    Sheet(&'l [String]),
}

impl Line<'_> {
    /// The cell of a column without the spaces around it; empty if the row is short.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        match &self.cells {
            Cells::Text(record) => record.get(column).unwrap_or(""),
            Cells::Sheet(cells) => cells.get(column).map_or("", String::as_str),
        }
    }

    /// How many cells it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.cells {
            Cells::Text(record) => record.len(),
            Cells::Sheet(cells) => cells.len(),
        }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells().all(str::is_empty)
    }

    /// All cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.cell(column))
    }
}

/// A file opened as a table.
#[derive(Debug)]
pub struct TableFile<'b> {
    inner: Inner<'b>,
}

#[derive(Debug)]
enum Inner<'b> {
    Text(Cow<'b, [u8]>),
    Sheet { first: u64, rows: Vec<Vec<String>> },
}

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum NotATableFile {
    /// As a text.
    #[error(transparent)]
    Text(#[from] NotATable),
    /// Packed, but broken.
    #[error("the file cannot be unpacked: {0}; pack it again with gzip")]
    Packed(std::io::Error),
    /// Too long.
    #[error("the file is longer than 1 GiB once unpacked; divide it by year")]
    TooLong,
    /// A workbook that cannot be read.
    #[error("the workbook cannot be read: {0}; save it again as XLSX, or as `CSV UTF-8`")]
    Workbook(String),
    /// A ZIP of other files.
    #[error("the file is a ZIP with {0} and no workbook; give the sheet itself, as XLSX or CSV{1}")]
    NoWorkbook(String, &'static str),
}

impl<'b> TableFile<'b> {
    /// Opens a table: unpacks what is packed, and tells text from workbook by
    /// the bytes, not by the name.
    ///
    /// # Errors
    /// When the bytes are neither.
    pub fn open(bytes: &'b [u8]) -> Result<Self, NotATableFile> {
        let bytes = unwrapped(bytes)?;
        if is_workbook(&bytes) {
            return sheet(&bytes).map(|inner| Self { inner });
        }
        delimited::decoded(&bytes)?;
        Ok(Self { inner: Inner::Text(bytes) })
    }

    /// Calls for each row, blank ones left out, until it answers `false`.
    ///
    /// # Errors
    /// When a quote is not closed, or the like.
    pub fn each(&self, mut call: impl FnMut(&Line<'_>) -> bool) -> Result<(), NotATable> {
        match &self.inner {
            Inner::Text(bytes) => each_of_text(delimited::decoded(bytes)?, &mut call),
            Inner::Sheet { first, rows } => {
                for (number, cells) in (*first..).zip(rows) {
                    let line = Line { number, cells: Cells::Sheet(cells) };
                    if !line.is_empty() && !call(&line) {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// About how many rows there are, to show progress.
    #[must_use]
    pub fn about(&self) -> u64 {
        match &self.inner {
            Inner::Text(bytes) => {
                u64::try_from(bytes.iter().filter(|b| **b == b'\n').count()).unwrap_or(0)
            }
            Inner::Sheet { rows, .. } => u64::try_from(rows.len()).unwrap_or(0),
        }
    }
}

/// The bytes themselves, unpacked if they are packed.
pub(crate) fn unwrapped(bytes: &[u8]) -> Result<Cow<'_, [u8]>, NotATableFile> {
    Ok(if bytes.starts_with(&[0x1F, 0x8B]) {
        Cow::Owned(unpacked(bytes)?)
    } else {
        Cow::Borrowed(bytes)
    })
}

/// Whether the bytes are those of a workbook, not of a text.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn each_of_text(text: &str, call: &mut dyn FnMut(&Line<'_>) -> bool) -> Result<(), NotATable> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimited::separator(text))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    loop {
        let more = reader.read_record(&mut record).map_err(|error| NotATable::Broken {
            line: error.position().map_or(1, csv::Position::line),
            reason: error.to_string(),
        })?;
        if !more {
            return Ok(());
        }
        let number = record.position().map_or(1, |at| delimited::first_line(text, at));
        let line = Line { number, cells: Cells::Text(&record) };
        if !line.is_empty() && !call(&line) {
            return Ok(());
        }
    }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, NotATableFile> {
    let mut out = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(LONGEST + 1);
    reader.read_to_end(&mut out).map_err(NotATableFile::Packed)?;
    if u64::try_from(out.len()).unwrap_or(u64::MAX) > LONGEST {
        return Err(NotATableFile::TooLong);
    }
    Ok(out)
}

/// What a ZIP holds instead of a workbook, and what reads it.
fn no_workbook(names: &[String]) -> NotATableFile {
    let package = names.iter().any(|name| name.ends_with("datapackage.json"));
    let first: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    let found = match names.len() {
        0 => "nothing in it".to_owned(),
        1..=3 => first.join(", "),
        more => format!("{} and {} other files", first.join(", "), more - 3),
    };
    let remedy = "; `palermo import hsds` reads a data package of services";
    NotATableFile::NoWorkbook(found, if package { remedy } else { "" })
}

/// Opens a workbook, unless it unpacks to more than is read.
pub(crate) fn workbook(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, NotATableFile> {
    let wrong = |error: &dyn ToString| NotATableFile::Workbook(error.to_string());
    // A workbook is a packed folder; what it says it unpacks to is asked first.
    // The packer's own word for it says nothing to who sends a sheet.
    let mut folder = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| wrong(&"this is not a workbook, or a part of it is missing"))?;
    let mut total: u64 = 0;
    let mut names = Vec::new();
    for at in 0..folder.len() {
        let file = folder.by_index_raw(at).map_err(|e| wrong(&e))?;
        total = total.saturating_add(file.size());
        names.push(file.name().map_err(|e| wrong(&e))?.into_owned());
    }
    if total > LONGEST {
        return Err(NotATableFile::TooLong);
    }
    // Every workbook says in this file what is in it.
    let start = |name: &String| name.replace('\\', "/").eq_ignore_ascii_case("_rels/.rels");
    if !names.iter().any(start) {
        return Err(no_workbook(&names));
    }
    Xlsx::new(Cursor::new(bytes)).map_err(|e| wrong(&e))
}

/// The cells of a sheet that hold something.
pub(crate) fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Vec<Cell<Data>>, NotATableFile> {
    let wrong = |why: calamine::XlsxError| NotATableFile::Workbook(why.to_string());
    let mut reader = book.worksheet_cells_reader(name).map_err(wrong)?;
    let mut all = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(wrong)? {
        let value = Data::from(cell.get_value().clone());
        if value != Data::Empty {
            all.push(Cell::new(cell.get_position(), value));
        }
    }
    Ok(all)
}

/// From the first place to the last one.
fn reach(places: impl Iterator<Item = u32> + Clone) -> u64 {
    let (first, last) = (places.clone().min().unwrap_or(0), places.max().unwrap_or(0));
    u64::from(last.saturating_sub(first)) + 1
}

fn sheet<'b>(bytes: &[u8]) -> Result<Inner<'b>, NotATableFile> {
    let wrong = |error: &dyn ToString| NotATableFile::Workbook(error.to_string());
    let mut book = workbook(bytes)?;
    let name = book.sheet_names().into_iter().next().ok_or_else(|| wrong(&"it has no sheet"))?;
    let cells = cells(&mut book, &name)?;
    let down = reach(cells.iter().map(|cell| cell.get_position().0));
    let across = reach(cells.iter().map(|cell| cell.get_position().1));
    if down.saturating_mul(across) > MOST_PLACES {
        let told = format!("its first sheet reaches over {down} rows and {across} columns");
        return Err(wrong(&told));
    }
    let range = Range::from_sparse(cells);
    let first = range.start().map_or(0, |start| u64::from(start.0)) + 1;
    let before = range.start().map_or(0, |start| start.1);
    let rows = range
        .rows()
        .map(|row| {
            let blank = (0..before).map(|_| String::new());
            blank.chain(row.iter().map(shown)).collect()
        })
        .collect();
    Ok(Inner::Sheet { first, rows })
}

/// A cell as a person reads it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number.to_string(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string().trim().to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{NotATableFile, TableFile};
    use crate::sheet::{Cell, Sheet};
    use std::io::Write;

    fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
        let mut out = Vec::new();
        let file = TableFile::open(bytes).unwrap();
        file.each(|line| {
            out.push((line.number, line.cells().map(str::to_owned).collect()));
            true
        })
        .unwrap();
        out
    }

    #[test]
    fn text_packed_text_and_workbook_say_the_same() {
        let text = b"Year,Value\n\n2020, 7\n2021,\"<5\"\n";
        let plain = rows(text);
        assert_eq!(plain.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 3, 4]);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text).unwrap();
        assert_eq!(rows(&packed.finish().unwrap()), plain);
        let sheet = Sheet {
            name: "figures".to_owned(),
            columns: vec!["Year".to_owned(), "Value".to_owned()],
            rows: vec![
                vec![Cell::Number(2020.0), Cell::Number(7.0)],
                vec![Cell::Number(2021.0), "<5".into()],
            ],
            notes: vec!["A title".to_owned()],
        };
        let read = rows(&sheet.xlsx().unwrap());
        assert_eq!(
            read[1..].iter().map(|row| &row.1).collect::<Vec<_>>(),
            plain.iter().map(|row| &row.1).collect::<Vec<_>>()
        );
        assert_eq!(read[1].0, 2);
    }

    #[test]
    fn a_broken_package_is_refused() {
        assert!(matches!(TableFile::open(&[0x1F, 0x8B, 8, 0, 1]), Err(NotATableFile::Packed(_))));
        assert!(matches!(TableFile::open(b"PK\x03\x04zzzz"), Err(NotATableFile::Workbook(_))));
    }

    #[test]
    fn a_cell_in_the_last_corner_asks_for_no_more_memory_than_there_is() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "indicator").unwrap();
        sheet.write_number(1_048_575, 16_383, 1).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let why = TableFile::open(&bytes).unwrap_err().to_string();
        assert!(why.contains("1048576 rows and 16384 columns"), "{why}");
    }
}
