//! Categorical records, held as small codes so that everything that follows
//! works on integers. A missing value (an empty field) is code 0 everywhere.

use super::error::DisclosureError;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One column: its name, its distinct values in byte order, and one code for
/// each record. `values[0]` is the missing value, written as an empty string.
#[derive(Clone, PartialEq, Eq)]
pub struct Column {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    pub(crate) codes: Vec<u16>,
}

impl Column {
    /// The column's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The distinct values in byte order; the first is the empty one.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// One code for each record; 0 is missing, others index [`Column::values`].
    #[must_use]
    pub fn codes(&self) -> &[u16] {
        &self.codes
    }
}

/// Categorical records about people: the sensitive input of everything here.
///
/// Deliberately neither serialisable nor printable: `Debug` tells the shape
/// and nothing else.
///
/// ```
/// use palermo_stats::disclosure::Records;
/// let records = Records::from_csv("age,form\n18-20,labour\n,labour\n".as_bytes())?;
/// assert_eq!((records.len(), records.columns().len()), (2, 2));
/// assert_eq!(format!("{records:?}"), "Records { rows: 2, columns: 2 }");
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Records {
    columns: Vec<Column>,
    rows: usize,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Records")
            .field("rows", &self.rows)
            .field("columns", &self.columns.len())
            .finish()
    }
}

impl Records {
    /// Reads comma-separated records with a header line. Fields are taken as
    /// they stand; an empty field is missing.
    ///
    /// # Errors
    /// When the text is not rectangular, a column name repeats, or a column
    /// has more than 65,535 distinct values.
    pub fn from_csv<R: std::io::Read>(reader: R) -> Result<Self, DisclosureError> {
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(reader);
        let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let mut builders: Vec<ColumnBuilder> =
            header.iter().map(|_| ColumnBuilder::new()).collect();
        let mut record = csv::StringRecord::new();
        let mut rows = 0_usize;
        while reader.read_record(&mut record)? {
            for (builder, field) in builders.iter_mut().zip(record.iter()) {
                builder.push(field)?;
            }
            rows += 1;
        }
        Self::assemble(header, builders, rows)
    }

    /// Builds records from rows of text.
    ///
    /// # Errors
    /// As [`Records::from_csv`].
    pub fn from_rows<S: AsRef<str>>(
        header: &[&str],
        rows: &[Vec<S>],
    ) -> Result<Self, DisclosureError> {
        let mut builders: Vec<ColumnBuilder> =
            header.iter().map(|_| ColumnBuilder::new()).collect();
        for (at, row) in rows.iter().enumerate() {
            if row.len() != header.len() {
                return Err(DisclosureError::Unreadable(format!(
                    "record {} has `{}` fields and the header `{}`",
                    at + 1,
                    row.len(),
                    header.len()
                )));
            }
            for (builder, field) in builders.iter_mut().zip(row) {
                builder.push(field.as_ref())?;
            }
        }
        let header = header.iter().map(|&name| name.to_owned()).collect();
        Self::assemble(header, builders, rows.len())
    }

    fn assemble(
        header: Vec<String>,
        builders: Vec<ColumnBuilder>,
        rows: usize,
    ) -> Result<Self, DisclosureError> {
        let mut seen = BTreeSet::new();
        for name in &header {
            if !seen.insert(name.clone()) {
                return Err(DisclosureError::Unreadable(format!("column `{name}` appears twice")));
            }
        }
        let columns =
            header.into_iter().zip(builders).map(|(name, builder)| builder.finish(name)).collect();
        Ok(Self { columns, rows })
    }

    /// Builds records from finished columns of equal length.
    pub(crate) fn from_columns(columns: Vec<Column>, rows: usize) -> Self {
        Self { columns, rows }
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The columns in file order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The same records with only the named columns, in the order named. An
    /// empty list keeps every column.
    ///
    /// # Errors
    /// When a column does not exist.
    pub fn select<S: AsRef<str>>(&self, keys: &[S]) -> Result<Self, DisclosureError> {
        if keys.is_empty() {
            return Ok(self.clone());
        }
        let columns = keys
            .iter()
            .map(|key| {
                self.columns
                    .iter()
                    .find(|column| column.name == key.as_ref())
                    .cloned()
                    .ok_or_else(|| DisclosureError::UnknownColumn(key.as_ref().to_owned()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { columns, rows: self.rows })
    }

    /// The text of one field; empty when missing or out of range.
    #[must_use]
    pub fn field(&self, row: usize, column: usize) -> &str {
        self.columns
            .get(column)
            .and_then(|c| c.values.get(usize::from(*c.codes.get(row)?)))
            .map_or("", String::as_str)
    }
}

struct ColumnBuilder {
    seen: HashMap<String, u32>,
    codes: Vec<u32>,
}

impl ColumnBuilder {
    fn new() -> Self {
        Self { seen: HashMap::new(), codes: Vec::new() }
    }

    fn push(&mut self, field: &str) -> Result<(), DisclosureError> {
        if field.is_empty() {
            self.codes.push(0);
            return Ok(());
        }
        let code = if let Some(&code) = self.seen.get(field) {
            code
        } else {
            let next = u32::try_from(self.seen.len() + 1).unwrap_or(u32::MAX);
            if next > u32::from(u16::MAX) {
                return Err(DisclosureError::TooLarge(
                    "a column has more than 65,535 distinct values; it is not categorical"
                        .to_owned(),
                ));
            }
            self.seen.insert(field.to_owned(), next);
            next
        };
        self.codes.push(code);
        Ok(())
    }

    // Codes follow byte order, so that the order of the records changes nothing.
    fn finish(self, name: String) -> Column {
        let ordered: BTreeMap<String, u32> = self.seen.into_iter().collect();
        let mut renumber = vec![0_u16; ordered.len() + 1];
        let mut values = Vec::with_capacity(ordered.len() + 1);
        values.push(String::new());
        for (at, (value, old)) in ordered.into_iter().enumerate() {
            if let Some(slot) = renumber.get_mut(old as usize) {
                *slot = u16::try_from(at + 1).unwrap_or(u16::MAX);
            }
            values.push(value);
        }
        let codes = self
            .codes
            .into_iter()
            .map(|old| renumber.get(old as usize).copied().unwrap_or(0))
            .collect();
        Column { name, values, codes }
    }
}

/// The records as sets of attributes `column:value`.
///
/// Empty fields are not attributes, and neither is the value `0` unless its
/// column is named among the sensitive zeros: a zero usually says "not
/// recorded" or "no", and publishing its combinations would multiply the
/// release without telling anything.
#[derive(Clone)]
pub struct Attributes {
    pub(crate) names: Vec<String>,
    /// The column of each attribute, as index into the records' columns.
    pub(crate) column: Vec<u16>,
    pub(crate) code: Vec<u16>,
    /// How many columns the records have, with attributes or without.
    pub(crate) columns: usize,
    offsets: Vec<u32>,
    items: Vec<u16>,
}

impl std::fmt::Debug for Attributes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attributes")
            .field("attributes", &self.names.len())
            .field("records", &self.len())
            .finish()
    }
}

impl Attributes {
    /// Derives the attributes; they are numbered in byte order of
    /// `column:value`, so neither the order of records nor of columns matters.
    ///
    /// # Errors
    /// When a name holds a separator of the combinations format, or there are
    /// more than 65,535 attributes.
    pub fn of<S: AsRef<str>>(
        records: &Records,
        sensitive_zeros: &[S],
    ) -> Result<Self, DisclosureError> {
        for zero in sensitive_zeros {
            if !records.columns.iter().any(|c| c.name == zero.as_ref()) {
                return Err(DisclosureError::UnknownColumn(zero.as_ref().to_owned()));
            }
        }
        let mut all: Vec<(String, usize, usize)> = Vec::new();
        for (at, column) in records.columns.iter().enumerate() {
            let zero_counts = sensitive_zeros.iter().any(|z| z.as_ref() == column.name);
            let mut present = vec![false; column.values.len()];
            for &code in &column.codes {
                if let Some(slot) = present.get_mut(usize::from(code)) {
                    *slot = true;
                }
            }
            for (code, value) in column.values.iter().enumerate().skip(1) {
                if (value == "0" && !zero_counts) || !present.get(code).copied().unwrap_or(false) {
                    continue;
                }
                let name = format!("{}:{value}", column.name);
                if name.contains([';', '\n', '\r', '\t']) {
                    return Err(DisclosureError::Separator(name));
                }
                all.push((name, at, code));
            }
        }
        all.sort();
        if all.len() > usize::from(u16::MAX) - 1 {
            return Err(DisclosureError::TooLarge(format!(
                "`{}` attributes are more than the 65,534 this method holds",
                all.len()
            )));
        }
        Ok(Self::index(records, all))
    }

    fn index(records: &Records, all: Vec<(String, usize, usize)>) -> Self {
        let mut lookup: Vec<Vec<u16>> =
            records.columns.iter().map(|c| vec![u16::MAX; c.values.len()]).collect();
        for (id, &(_, at, code)) in all.iter().enumerate() {
            lookup[at][code] = u16::try_from(id).unwrap_or(u16::MAX);
        }
        let mut offsets = Vec::with_capacity(records.rows + 1);
        let mut items = Vec::new();
        offsets.push(0_u32);
        for row in 0..records.rows {
            let start = items.len();
            for (column, ids) in records.columns.iter().zip(&lookup) {
                let id = ids[usize::from(column.codes[row])];
                if id != u16::MAX {
                    items.push(id);
                }
            }
            items[start..].sort_unstable();
            offsets.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
        }
        Self {
            column: all.iter().map(|a| u16::try_from(a.1).unwrap_or(u16::MAX)).collect(),
            code: all.iter().map(|a| u16::try_from(a.2).unwrap_or(u16::MAX)).collect(),
            names: all.into_iter().map(|a| a.0).collect(),
            columns: records.columns.len(),
            offsets,
            items,
        }
    }

    /// Attributes of records that are given as sets of attribute numbers, with
    /// the names of `like`: used to measure what a synthesis produced.
    pub(crate) fn with_rows(like: &Self, rows: &[Vec<u16>]) -> Self {
        let mut offsets = vec![0_u32];
        let mut items = Vec::new();
        for row in rows {
            let start = items.len();
            items.extend_from_slice(row);
            items[start..].sort_unstable();
            offsets.push(u32::try_from(items.len()).unwrap_or(u32::MAX));
        }
        Self {
            names: like.names.clone(),
            column: like.column.clone(),
            code: like.code.clone(),
            columns: like.columns,
            offsets,
            items,
        }
    }

    /// Attribute names without any record.
    pub(crate) fn bare(names: &[String], column: &[u16], code: &[u16]) -> Self {
        Self {
            names: names.to_vec(),
            column: column.to_vec(),
            code: code.to_vec(),
            columns: column.iter().max().map_or(0, |&c| usize::from(c) + 1),
            offsets: vec![0],
            items: Vec::new(),
        }
    }

    /// The attribute names `column:value`, in the order of their numbers.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The attribute numbers of one record, ascending.
    #[must_use]
    pub fn row(&self, at: usize) -> &[u16] {
        &self.items[self.offsets[at] as usize..self.offsets[at + 1] as usize]
    }

    /// Distinct records with the number of times each occurs.
    pub(crate) fn distinct(&self) -> Vec<(&[u16], u32)> {
        let mut seen: HashMap<&[u16], usize> = HashMap::with_capacity(self.len());
        let mut out: Vec<(&[u16], u32)> = Vec::new();
        for at in 0..self.len() {
            let row = self.row(at);
            let next = out.len();
            let slot = *seen.entry(row).or_insert(next);
            if slot == next {
                out.push((row, 1));
            } else {
                out[slot].1 += 1;
            }
        }
        out
    }
}
