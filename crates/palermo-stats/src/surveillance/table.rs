//! Reads series from a CSV file: `t` (1, 2, 3 …), perhaps `epoch` (an index or
//! ISO dates), perhaps `population`, and every other column a series of counts.
//! An empty cell or `NA` is a missing count.
//!
//! ```
//! use palermo_stats::surveillance::table::SeriesTable;
//! let file = "t,epoch,north,south\n1,2024-01-01,3,0\n2,2024-02-01,NA,1\n";
//! let table = SeriesTable::read(file.as_bytes())?;
//! assert_eq!(table.names, ["north", "south"]);
//! assert!(table.series[0][1].is_nan());
//! assert_eq!(table.likely_frequency(), Some(12));
//! # Ok::<(), palermo_stats::surveillance::table::TableError>(())
//! ```

use super::SurveillanceError;
use super::calendar::{Calendar, day_of};
use std::io::Read;

/// Series of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesTable {
    /// Period numbers as given, each one more than the one before.
    pub t: Vec<i64>,
    /// Days since 1970-01-01, when the epochs are dates.
    pub days: Option<Vec<i64>>,
    /// Populations.
    pub population: Option<Vec<f64>>,
    /// Names of the series.
    pub names: Vec<String>,
    /// Counts of each series, NaN where missing.
    pub series: Vec<Vec<f64>>,
}

/// What is wrong with a file of series.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Not a CSV file.
    #[error("the file cannot be read as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// There is no column of periods.
    #[error("the file has no column `t`")]
    NoPeriods,
    /// There is nothing to watch.
    #[error("the file has no series: every column but `t`, `epoch` and `population` is one")]
    NoSeries,
    /// There are no rows.
    #[error("the file has no rows")]
    NoRows,
    /// Two columns of one name.
    #[error("the column `{0}` appears twice")]
    Twice(String),
    /// The periods do not follow one another.
    #[error("line `{line}`: the period is `{found}`, expected `{expected}`")]
    Gap {
        /// Line of the file.
        line: usize,
        /// Period found.
        found: i64,
        /// Period expected.
        expected: i64,
    },
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
}

enum Column {
    Period,
    Epoch,
    Population,
    Series(usize),
}

impl SeriesTable {
    /// Reads a CSV file with a header line.
    ///
    /// # Errors
    /// When a column is missing or doubled, a cell cannot be read, or periods
    /// do not follow one another.
    pub fn read(input: impl Read) -> Result<Self, TableError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let header = reader.headers()?.clone();
        let mut table =
            Self { t: vec![], days: None, population: None, names: vec![], series: vec![] };
        let mut columns = Vec::with_capacity(header.len());
        for (i, name) in header.iter().enumerate() {
            let name = if i == 0 { name.trim_start_matches('\u{feff}') } else { name };
            if header.iter().skip(i + 1).any(|other| other == name) {
                return Err(TableError::Twice(name.to_owned()));
            }
            columns.push(table.column(name));
        }
        if !columns.iter().any(|column| matches!(column, Column::Period)) {
            return Err(TableError::NoPeriods);
        }
        if table.names.is_empty() {
            return Err(TableError::NoSeries);
        }
        let mut epochs: Vec<String> = Vec::new();
        for (row, record) in reader.records().enumerate() {
            let (record, line) = (record?, row + 2);
            for ((column, name), text) in columns.iter().zip(&header).zip(&record) {
                table.cell(column, name, text, line, &mut epochs)?;
            }
        }
        if table.t.is_empty() {
            return Err(TableError::NoRows);
        }
        table.days = dates(&epochs)?;
        Ok(table)
    }

    fn column(&mut self, name: &str) -> Column {
        match name {
            "t" => Column::Period,
            "epoch" => Column::Epoch,
            "population" => {
                self.population = Some(Vec::new());
                Column::Population
            }
            series => {
                self.names.push(series.to_owned());
                self.series.push(Vec::new());
                Column::Series(self.series.len() - 1)
            }
        }
    }

    fn cell(
        &mut self,
        column: &Column,
        name: &str,
        text: &str,
        line: usize,
        epochs: &mut Vec<String>,
    ) -> Result<(), TableError> {
        let wrong = |wanted| {
            Err(TableError::Cell { line, column: name.to_owned(), text: text.to_owned(), wanted })
        };
        match column {
            Column::Period => {
                let Ok(found) = text.parse::<i64>() else {
                    return wrong("a whole number");
                };
                let expected = self.t.last().map_or(found, |last| last.saturating_add(1));
                if found != expected {
                    return Err(TableError::Gap { line, found, expected });
                }
                self.t.push(found);
            }
            Column::Epoch => epochs.push(text.to_owned()),
            Column::Population => match text.parse::<f64>() {
                Ok(people) if people.is_finite() && people > 0.0 => {
                    self.population.get_or_insert_default().push(people);
                }
                _ => return wrong("a number above 0"),
            },
            Column::Series(index) => {
                let missing = text.is_empty() || text == "NA";
                let count = if missing { f64::NAN } else { text.parse().unwrap_or(-1.0) };
                let whole = count >= 0.0 && count.fract() == 0.0 && count < 1e15;
                if !(missing || whole) {
                    return wrong("a count (a whole number, 0 or more)");
                }
                if let Some(series) = self.series.get_mut(*index) {
                    series.push(count);
                }
            }
        }
        Ok(())
    }

    /// Periods to the year as the dates suggest: 12 for months, 52 for weeks,
    /// 4 for quarters, 365 for days, 1 for years; nothing without dates or for
    /// another spacing.
    #[must_use]
    pub fn likely_frequency(&self) -> Option<usize> {
        let days = self.days.as_ref()?;
        let span = days.last()? - days.first()?;
        let steps = i64::try_from(days.len()).ok()? - 1;
        if steps < 1 {
            return None;
        }
        match span as f64 / steps as f64 {
            1.0 => Some(365),
            7.0 => Some(52),
            spacing if (28.0..=31.0).contains(&spacing) => Some(12),
            spacing if (89.0..=93.0).contains(&spacing) => Some(4),
            spacing if (365.0..=366.0).contains(&spacing) => Some(1),
            _ => None,
        }
    }

    /// The calendar of these periods.
    ///
    /// # Errors
    /// When the dates do not ascend or the frequency is 0.
    pub fn calendar(&self, frequency: usize) -> Result<Calendar, SurveillanceError> {
        match &self.days {
            Some(days) => Calendar::dates(frequency, days.clone()),
            None => Calendar::index(frequency),
        }
    }
}

/// Epochs as days, when the first of them looks like a date; an index else.
fn dates(epochs: &[String]) -> Result<Option<Vec<i64>>, TableError> {
    if !epochs.first().is_some_and(|first| first.contains('-')) {
        return Ok(None);
    }
    let day = |(row, epoch): (usize, &String)| {
        day_of(epoch).ok_or_else(|| TableError::Cell {
            line: row + 2,
            column: "epoch".to_owned(),
            text: epoch.clone(),
            wanted: "a date like `2024-05-31`",
        })
    };
    epochs.iter().enumerate().map(day).collect::<Result<_, _>>().map(Some)
}
