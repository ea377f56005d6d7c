//! A table in a text file, as spreadsheets save it: bytes ↔ rows with the line
//! each begins on. Commas, semicolons and tabs, LF and CRLF, with or without a
//! byte-order mark. A file in another encoding is refused, not guessed.

use csv::{ReaderBuilder, Terminator, WriterBuilder};
use std::collections::BTreeMap;

/// A row with the line of the file on which it begins, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line.
    pub line: u64,
    /// Its cells, without the spaces around them.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column, empty if the row is short.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// Why a file is no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotATable {
    /// There is nothing in it.
    #[error("the file is empty; save the list again, with its heading row")]
    Empty,
    /// It is a workbook.
    #[error("the file is a workbook, not a text file; save the sheet as `CSV UTF-8`")]
    Workbook,
    /// It is typeset.
    #[error(
        "the file is a PDF, which is no table; fill in the sheet itself and send it as XLSX or CSV"
    )]
    Pdf,
    /// It is UTF-16.
    #[error("the file is in UTF-16; save it as `CSV UTF-8`")]
    Utf16,
    /// It is in some other encoding.
    #[error(
        "line {line} has a character that is not UTF-8{}, as old Windows files have; save the file as `CSV UTF-8`",
        after(before)
    )]
    NotUtf8 {
        /// The line, counted from 1.
        line: usize,
        /// What stands before the character.
        before: String,
    },
    /// A quote is not closed, or the like.
    #[error("line {line} cannot be read: {reason}")]
    Broken {
        /// The line, counted from 1.
        line: u64,
        /// Why.
        reason: String,
    },
}

/// Where the character stands; nothing can be quoted at the start of a cell.
fn after(before: &str) -> String {
    if before.trim().is_empty() {
        ", at the start of a cell".to_owned()
    } else {
        format!(" after `{before}`")
    }
}

/// Reads a table with the separator that parts most of its topmost lines alike:
/// semicolon, tab or comma.
///
/// # Errors
/// When the bytes are no text table.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, NotATable> {
    let text = decoded(bytes)?;
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| NotATable::Broken {
            line: error.position().map_or(1, csv::Position::line),
            reason: error.to_string(),
        })?;
        let line = record.position().map_or(1, |at| first_line(text, at));
        rows.push(Row { line, cells: record.iter().map(|cell| cell.trim().to_owned()).collect() });
    }
    if rows.iter().all(Row::is_blank) {
        return Err(NotATable::Empty);
    }
    Ok(rows)
}

/// The reader counts a record from the end of the one before, so that blank
/// lines between the two have to be added.
pub(crate) fn first_line(text: &str, at: &csv::Position) -> u64 {
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    let skipped = blank.filter(|b| **b == b'\n').count();
    at.line() + u64::try_from(skipped).unwrap_or(0)
}

pub(crate) fn decoded(bytes: &[u8]) -> Result<&str, NotATable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(NotATable::Workbook);
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(NotATable::Pdf);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(NotATable::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = good.iter().filter(|b| **b == b'\n').count() + 1;
        let good = String::from_utf8_lossy(good);
        let before = good.rsplit(['\n', ',', ';']).next().unwrap_or_default();
        NotATable::NotUtf8 { line, before: before.to_owned() }
    })?;
    if text.trim().is_empty() { Err(NotATable::Empty) } else { Ok(text) }
}

/// What separates cells: whatever parts the most of the topmost lines into the
/// same number of cells, as a title with commas of its own may stand above the
/// headings.
pub(crate) fn separator(text: &str) -> u8 {
    let top: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(TOP).collect();
    let mut best = (0, b',');
    // A heading such as `Ratification, Acceptance(A)` has commas too, so that among
    // equals a semicolon or a tab outweighs them.
    for separator in [b';', b'\t', b','] {
        let alike = parted_alike(&top, separator);
        if alike > best.0 {
            best = (alike, separator);
        }
    }
    best.1
}

/// How many lines are looked at.
const TOP: usize = 10;

/// How many of the lines this separator parts into the number of cells that most have.
fn parted_alike(lines: &[&str], separator: u8) -> usize {
    let mut lines_with: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines {
        let mut quoted = false;
        let mut count = 0;
        for byte in line.bytes() {
            quoted ^= byte == b'"';
            count += usize::from(!quoted && byte == separator);
        }
        if count > 0 {
            *lines_with.entry(count).or_default() += 1;
        }
    }
    lines_with.into_values().max().unwrap_or(0)
}

/// Writes a table as UTF-8 with commas and LF. A cell a spreadsheet would take
/// for a formula gets an apostrophe in front, unless it is a number.
#[must_use]
pub fn write(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .flexible(true)
        .terminator(Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row.iter().map(|cell| harmless(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

/// The text as a cell no spreadsheet executes: what begins like a formula, or
/// with a character after which spreadsheets look for one, gets an apostrophe.
#[must_use]
pub fn harmless(cell: &str) -> String {
    const STARTS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|'];
    let visible =
        cell.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    let risky = cell.starts_with(STARTS) || visible.starts_with(STARTS);
    if risky && !is_number(cell) { format!("'{cell}") } else { cell.to_owned() }
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|b| *b == b'.').count() <= 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes).unwrap().into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn a_mark_semicolons_tabs_and_crlf_make_no_difference() {
        let plain = cells(b"Participant,Signature\nBenin,13 Dec 2000\n");
        assert_eq!(plain, cells(b"\xEF\xBB\xBFParticipant,Signature\r\nBenin,13 Dec 2000\r\n"));
        assert_eq!(plain, cells(b"Participant;Signature\nBenin;13 Dec 2000\n"));
        assert_eq!(plain, cells(b"Participant\tSignature\nBenin\t13 Dec 2000\n"));
    }

    #[test]
    fn commas_inside_a_heading_do_not_hide_the_semicolons() {
        let read = cells(b"Participant;Signature;Ratification, Acceptance(A), Accession(a)\nBenin;;30 Aug 2004\n");
        assert_eq!(read[0].len(), 3);
        assert_eq!(read[1], ["Benin", "", "30 Aug 2004"]);
    }

    #[test]
    fn a_title_with_a_comma_does_not_hide_the_semicolons_below() {
        let text = b"Status of the protocol, as of May 2024\nParticipant;Signature\nBenin;2000\n";
        assert_eq!(cells(text)[1], ["Participant", "Signature"]);
        let both = b"Status, as of 2024\nParticipant;Signature;Ratification, Accession(a)\n\
            Benin;;30 Aug 2004\n";
        assert_eq!(cells(both)[1].len(), 3);
        let commas = b"Name,Note,Year\nBenin,one; two,2000\nTogo,three; four,2009\n";
        assert_eq!(cells(commas)[1], ["Benin", "one; two", "2000"]);
    }

    #[test]
    fn an_old_windows_file_is_refused_with_its_line() {
        let error = read(b"Participant,Signature\nBenin,\nC\xF4te d'Ivoire,\n").unwrap_err();
        assert_eq!(error, NotATable::NotUtf8 { line: 3, before: "C".to_owned() });
        assert!(error.to_string().contains("save the file as `CSV UTF-8`"));
        let error = read(b"Participant,Signature\n\xC9gypte,\n").unwrap_err().to_string();
        assert!(error.contains("not UTF-8, at the start of a cell") && !error.contains("``"));
    }

    #[test]
    fn what_is_no_text_is_refused_by_kind() {
        assert_eq!(read(b"").unwrap_err(), NotATable::Empty);
        assert_eq!(read(b"\xEF\xBB\xBF \r\n").unwrap_err(), NotATable::Empty);
        assert_eq!(read(b",,\n,,\n").unwrap_err(), NotATable::Empty);
        assert_eq!(read(b"PK\x03\x04\x14").unwrap_err(), NotATable::Workbook);
        assert_eq!(read(b"\xFF\xFEP\x00").unwrap_err(), NotATable::Utf16);
        assert_eq!(read(b"%PDF-1.7\n%\xE2\xE3").unwrap_err(), NotATable::Pdf);
    }

    #[test]
    fn lines_are_those_of_the_file_although_blank_ones_are_left_out() {
        let rows = read(b"a,b\n\n\"x\ny\",2\nz,3\n").unwrap();
        assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [1, 3, 5]);
    }

    #[test]
    fn x8_no_cell_starts_a_formula() {
        for live in [
            "=1+1",
            "+1+1",
            "-1+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "＝1",
            "－x",
            "\u{feff}=1",
            "|x",
            "=HYPERLINK(\"x\")",
            "-",
            "+",
            "--1",
            "+1e5",
            "-1.2.3",
        ] {
            let safe = harmless(live);
            assert!(safe.starts_with('\''), "{live:?} → {safe:?}");
        }
        for harmless_already in ["-3", "-3.5", "+4", "Benin", "", "a=b", "1-2", "'x"] {
            assert_eq!(harmless(harmless_already), harmless_already);
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let rows = vec![
            vec!["a,b".to_owned(), "\"q\"".to_owned()],
            vec!["x\ny".to_owned(), "z".to_owned()],
        ];
        assert_eq!(cells(&write(&rows)), rows);
    }
}
