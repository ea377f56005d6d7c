//! Reads areas from a CSV file: one row per area, or per area and period.
//!
//! ```
//! use palermo_stats::scan::table::{AreaColumns, AreaTable};
//! let file = "id,x,y,cases,population\nA,0,0,3,900\nB,1,0,1,800\n";
//! let table = AreaTable::read(file.as_bytes(), &AreaColumns::default())?;
//! assert_eq!(table.ids, ["A", "B"]);
//! assert_eq!(table.areas[0].cases, [3]);
//! # Ok::<(), palermo_stats::scan::table::AreaTableError>(())
//! ```

use super::Area;
use std::collections::BTreeSet;
use std::io::Read;

/// Which columns to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaColumns {
    /// Name of the area; rows are numbered from 1 where there is no such column.
    pub id: String,
    /// First coordinate.
    pub x: String,
    /// Second coordinate.
    pub y: String,
    /// Cases.
    pub cases: String,
    /// Population.
    pub population: String,
    /// Expected cases, if they are given.
    pub expected: Option<String>,
    /// Period (a whole number), if there are several.
    pub time: Option<String>,
}

impl Default for AreaColumns {
    fn default() -> Self {
        let name = String::from;
        Self {
            id: name("id"),
            x: name("x"),
            y: name("y"),
            cases: name("cases"),
            population: name("population"),
            expected: None,
            time: None,
        }
    }
}

/// Areas of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaTable {
    /// Their names, in order of appearance.
    pub ids: Vec<String>,
    /// The areas.
    pub areas: Vec<Area>,
    /// The periods, ascending; one without a column of periods.
    pub periods: Vec<i64>,
}

/// What is wrong with a file of areas.
#[derive(Debug, thiserror::Error)]
pub enum AreaTableError {
    /// Not a CSV file.
    #[error("the file cannot be read as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// A column is not there.
    #[error("the file has no column `{0}`")]
    NoColumn(String),
    /// A cell that does not hold what its column needs.
    #[error("line `{line}`, column `{column}`: `{text}` is not {wanted}")]
    Cell {
        /// Line of the file.
        line: usize,
        /// Column.
        column: String,
        /// What the cell holds.
        text: String,
        /// What it should hold.
        wanted: &'static str,
    },
    /// An area appears twice in one period, or not at all.
    #[error("area `{area}` has `{found}` rows for `{periods}` periods")]
    Rows {
        /// The area.
        area: String,
        /// Rows found.
        found: usize,
        /// Periods of the file.
        periods: usize,
    },
    /// An area is in two places.
    #[error("line `{0}`: the area has other coordinates than before")]
    Moved(usize),
}

struct Row {
    id: String,
    time: i64,
    x: f64,
    y: f64,
    cases: u64,
    population: f64,
    expected: Option<f64>,
}

impl AreaTable {
    /// Reads a CSV file with a header line.
    ///
    /// # Errors
    /// When a column is missing, a cell cannot be read, or an area does not
    /// have exactly one row per period.
    pub fn read(input: impl Read, columns: &AreaColumns) -> Result<Self, AreaTableError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let header = reader.headers()?.clone();
        let position = |name: &str| header.iter().position(|column| column == name);
        let needed =
            |name: &str| position(name).ok_or_else(|| AreaTableError::NoColumn(name.to_owned()));
        let id = position(&columns.id);
        let (x, y) = (needed(&columns.x)?, needed(&columns.y)?);
        let (cases, population) = (needed(&columns.cases)?, needed(&columns.population)?);
        let expected = columns.expected.as_deref().map(needed).transpose()?;
        let time = columns.time.as_deref().map(needed).transpose()?;
        let mut rows = Vec::new();
        for (i, record) in reader.records().enumerate() {
            let record = record?;
            let cell = Cells { record: &record, header: &header, line: i + 2 };
            rows.push(Row {
                id: id.map_or_else(|| (i + 1).to_string(), |id| cell.text(id).to_owned()),
                time: time.map_or(Ok(0), |time| cell.parse(time, "a whole number"))?,
                x: cell.parse(x, "a number")?,
                y: cell.parse(y, "a number")?,
                cases: cell.parse(cases, "a count (a whole number, 0 or more)")?,
                population: cell.parse(population, "a number")?,
                expected: expected.map(|column| cell.parse(column, "a number")).transpose()?,
            });
        }
        Self::gather(&rows)
    }

    fn gather(rows: &[Row]) -> Result<Self, AreaTableError> {
        let periods: Vec<i64> =
            rows.iter().map(|row| row.time).collect::<BTreeSet<_>>().into_iter().collect();
        let mut ids: Vec<String> = Vec::new();
        let mut by_area: Vec<Vec<(usize, &Row)>> = Vec::new();
        let mut known = std::collections::HashMap::new();
        for (i, row) in rows.iter().enumerate() {
            let index = *known.entry(row.id.as_str()).or_insert_with(|| {
                ids.push(row.id.clone());
                by_area.push(Vec::new());
                ids.len() - 1
            });
            if let Some(rows) = by_area.get_mut(index) {
                rows.push((i + 2, row));
            }
        }
        let mut areas = Vec::with_capacity(ids.len());
        for (id, rows) in ids.iter().zip(&mut by_area) {
            rows.sort_by_key(|(_, row)| row.time);
            let complete = rows.iter().map(|(_, row)| row.time).eq(periods.iter().copied());
            let Some((_, first)) = rows.first().filter(|_| complete) else {
                let (area, found) = (id.clone(), rows.len());
                return Err(AreaTableError::Rows { area, found, periods: periods.len() });
            };
            let moved = |row: &Row| row.x != first.x || row.y != first.y;
            if let Some((line, _)) = rows.iter().find(|(_, row)| moved(row)) {
                return Err(AreaTableError::Moved(*line));
            }
            areas.push(Area {
                x: first.x,
                y: first.y,
                cases: rows.iter().map(|(_, row)| row.cases).collect(),
                population: rows.iter().map(|(_, row)| row.population).collect(),
                expected: rows.iter().map(|(_, row)| row.expected).collect(),
            });
        }
        Ok(Self { ids, areas, periods })
    }
}

struct Cells<'a> {
    record: &'a csv::StringRecord,
    header: &'a csv::StringRecord,
    line: usize,
}

impl Cells<'_> {
    fn text(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }

    fn parse<T: std::str::FromStr>(
        &self,
        column: usize,
        wanted: &'static str,
    ) -> Result<T, AreaTableError> {
        let text = self.text(column);
        text.parse().map_err(|_| AreaTableError::Cell {
            line: self.line,
            column: self.header.get(column).unwrap_or_default().to_owned(),
            text: text.to_owned(),
            wanted,
        })
    }
}
