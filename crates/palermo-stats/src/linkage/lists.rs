//! Two lists of records, prepared for comparing field by field.

use super::LinkError;
use super::em::Patterns;
use super::similarity::{damerau_levenshtein, jaro_winkler, letters, levenshtein};
use rayon::prelude::*;
use std::collections::HashMap;

/// How two values of a field are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The same or not.
    Exact,
    /// Jaro–Winkler similarity of at least the cut-offs.
    JaroWinkler,
    /// Levenshtein distance of at most the cut-offs.
    Levenshtein,
    /// Damerau–Levenshtein distance of at most the cut-offs.
    DamerauLevenshtein,
}

/// A field and the levels to which two values can agree: 0 differ, then one
/// level per cut-off, the last being "the same".
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name of the column.
    pub name: String,
    /// Comparison.
    pub measure: Measure,
    /// Cut-offs, strictest first.
    pub cut_offs: Vec<f64>,
    /// Whether agreement on a rare value weighs more.
    pub term_frequency: bool,
}

impl Field {
    /// A name: Jaro–Winkler of 0.92 and 0.8, rare names weighing more.
    #[must_use]
    pub fn name(column: &str) -> Self {
        Self {
            name: column.into(),
            measure: Measure::JaroWinkler,
            cut_offs: vec![0.92, 0.8],
            term_frequency: true,
        }
    }

    /// A date or number written with digits: one or two digits wrong.
    #[must_use]
    pub fn date(column: &str) -> Self {
        Self {
            name: column.into(),
            measure: Measure::Levenshtein,
            cut_offs: vec![1.0, 2.0],
            term_frequency: false,
        }
    }

    /// A code that is the same or not.
    #[must_use]
    pub fn exact(column: &str) -> Self {
        Self {
            name: column.into(),
            measure: Measure::Exact,
            cut_offs: Vec::new(),
            term_frequency: false,
        }
    }

    /// Number of levels.
    #[must_use]
    pub fn levels(&self) -> usize {
        match self.measure {
            Measure::Exact => 2,
            _ => self.cut_offs.len() + 2,
        }
    }

    /// Level of two different values.
    fn level(&self, x: &Value, y: &Value) -> usize {
        let apart = x.apart(y);
        let (x, y) = (x.letters.as_slice(), y.letters.as_slice());
        let reached = |reaches: &dyn Fn(f64) -> bool| {
            let first = self.cut_offs.iter().position(|&cut| reaches(cut));
            first.map_or(0, |place| self.cut_offs.len() - place)
        };
        let near = |distance: fn(&[char], &[char]) -> usize| {
            let widest = self.cut_offs.iter().copied().fold(0.0, f64::max);
            if x.len().abs_diff(y.len()).max(apart.0).max(apart.1) as f64 > widest {
                return 0;
            }
            let distance = distance(x, y) as f64;
            reached(&|cut| distance <= cut)
        };
        match self.measure {
            Measure::Exact => 0,
            Measure::JaroWinkler => {
                let loosest = self.cut_offs.iter().copied().fold(1.0, f64::min);
                if jaro_winkler_bound(x.len(), y.len(), apart) < loosest {
                    return 0;
                }
                let alike = jaro_winkler(x, y);
                reached(&|cut| alike >= cut)
            }
            Measure::Levenshtein => near(levenshtein),
            Measure::DamerauLevenshtein => near(damerau_levenshtein),
        }
    }
}

/// A value as it is compared.
#[derive(Default)]
struct Value {
    letters: Vec<char>,
    /// One bit for each remainder by 64 of its letters, so that most pairs of
    /// values are told apart without comparing letter by letter.
    signature: u64,
}

impl Value {
    fn new(text: &str) -> Self {
        let letters = letters(text);
        let signature = letters.iter().fold(0, |bits, &c| bits | 1 << (c as u32 % 64));
        Self { letters, signature }
    }

    /// At least how many letters of each have no partner in the other.
    fn apart(&self, other: &Self) -> (usize, usize) {
        let alone = |x: u64, y: u64| (x & !y).count_ones() as usize;
        (alone(self.signature, other.signature), alone(other.signature, self.signature))
    }
}

/// More than Jaro–Winkler's similarity of two texts of these lengths can be, of
/// which at least so many letters have no partner in the other.
fn jaro_winkler_bound(x: usize, y: usize, apart: (usize, usize)) -> f64 {
    let partners = x.saturating_sub(apart.0).min(y.saturating_sub(apart.1)) as f64;
    if partners == 0.0 {
        return 0.0;
    }
    let jaro = (partners / x as f64 + partners / y as f64 + 1.0) / 3.0;
    // Four common first letters at most, and a little for rounding.
    let common = partners.min(4.0);
    if jaro > 0.7 - 1e-9 { jaro + 0.1 * common * (1.0 - jaro) + 1e-9 } else { jaro + 1e-9 }
}

/// Values of one field in both lists, by number; number 0 is "missing".
struct Column {
    a: Vec<u32>,
    b: Vec<u32>,
    values: Vec<Value>,
    uses: Vec<u32>,
    /// Level of each pair of values, where the values are few.
    table: Option<Vec<u8>>,
}

/// Pairs of values whose levels are worked out beforehand.
const TABLE: usize = 4_000_000;
/// Records a list may have.
const MOST_RECORDS: usize = u32::MAX as usize - 1;

impl Column {
    fn new(field: &Field, index: usize, a: &[Vec<String>], b: &[Vec<String>]) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::from([(String::new(), 0)]);
        let mut values = vec![Value::default()];
        let mut uses = vec![0u32];
        let mut coded = |rows: &[Vec<String>]| -> Vec<u32> {
            rows.iter()
                .map(|row| {
                    let text = row.get(index).map_or("", |value| value.trim()).to_lowercase();
                    let next = values.len() as u32;
                    let number = *numbers.entry(text).or_insert_with_key(|text| {
                        values.push(Value::new(text));
                        uses.push(0);
                        next
                    });
                    if let Some(uses) = uses.get_mut(number as usize) {
                        *uses += 1;
                    }
                    number
                })
                .collect()
        };
        let (a, b) = (coded(a), coded(b));
        let mut column = Self { a, b, values, uses, table: None };
        let size = column.values.len();
        // Worth it only where pairs of records outnumber pairs of values.
        let pairs = column.a.len().saturating_mul(column.b.len());
        if field.measure != Measure::Exact && size * size <= TABLE && pairs / 4 >= size {
            let levels = (0..size * size).into_par_iter();
            let levels = levels
                .map(|cell| column.compare(field, (cell / size) as u32, (cell % size) as u32));
            column.table = Some(levels.collect());
        }
        column
    }

    /// 0 missing, 1 differ, … `levels` the same.
    fn compare(&self, field: &Field, x: u32, y: u32) -> u8 {
        if x == 0 || y == 0 {
            return 0;
        }
        if x == y {
            return field.levels() as u8;
        }
        if let Some(table) = &self.table {
            let cell = x as usize * self.values.len() + y as usize;
            return table.get(cell).copied().unwrap_or(0);
        }
        let (x, y) = (self.values.get(x as usize), self.values.get(y as usize));
        let (Some(x), Some(y)) = (x, y) else { return 0 };
        field.level(x, y) as u8 + 1
    }
}

/// Two lists with the same fields.
pub struct Lists {
    fields: Vec<Field>,
    columns: Vec<Column>,
    rows_a: usize,
    rows_b: usize,
}

impl Lists {
    /// Prepares two lists; the values of a row are in the order of `fields`. Case
    /// and outer spaces are ignored; an empty value is missing.
    ///
    /// # Errors
    /// When there is no field or no record, or the fields have too many levels.
    pub fn new(
        fields: Vec<Field>,
        a: &[Vec<String>],
        b: &[Vec<String>],
    ) -> Result<Self, LinkError> {
        let refuse = |reason: &str| Err(LinkError::Settings(reason.into()));
        if fields.is_empty() || a.is_empty() || b.is_empty() {
            return refuse("there are no fields or no records to compare");
        }
        if a.len().max(b.len()) > MOST_RECORDS {
            return refuse("a list has more records than can be numbered");
        }
        let codes =
            fields.iter().try_fold(1usize, |codes, field| codes.checked_mul(field.levels() + 1));
        if codes.is_none_or(|codes| codes > 1 << 24) {
            return refuse("the fields have too many levels together");
        }
        let columns = fields
            .iter()
            .enumerate()
            .map(|(index, field)| Column::new(field, index, a, b))
            .collect();
        Ok(Self { fields, columns, rows_a: a.len(), rows_b: b.len() })
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Records of the two lists.
    #[must_use]
    pub fn sizes(&self) -> (usize, usize) {
        (self.rows_a, self.rows_b)
    }

    /// Possible patterns, as numbers below this.
    pub(super) fn pattern_codes(&self) -> usize {
        self.fields.iter().map(|field| field.levels() + 1).product()
    }

    /// Number of the pattern of a pair.
    pub(super) fn pattern(&self, a: usize, b: usize) -> usize {
        let mut code = 0;
        for (field, column) in self.fields.iter().zip(&self.columns) {
            let (Some(&x), Some(&y)) = (column.a.get(a), column.b.get(b)) else {
                return 0;
            };
            code = code * (field.levels() + 1) + usize::from(column.compare(field, x, y));
        }
        code
    }

    /// Levels of a pattern number.
    pub(super) fn levels(&self, mut code: usize) -> Vec<Option<usize>> {
        let mut levels: Vec<Option<usize>> = self
            .fields
            .iter()
            .rev()
            .map(|field| {
                let radix = field.levels() + 1;
                let digit = code % radix;
                code /= radix;
                digit.checked_sub(1)
            })
            .collect();
        levels.reverse();
        levels
    }

    /// Patterns from counts by pattern number.
    pub(super) fn counted(&self, counts: &[u64]) -> Patterns {
        let seen = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        Patterns {
            levels: self.fields.iter().map(Field::levels).collect(),
            rows: seen.map(|(code, &count)| (self.levels(code), count as f64)).collect(),
        }
    }

    /// Counts the patterns of every pair of records.
    ///
    /// # Example
    /// ```
    /// use palermo_stats::linkage::lists::{Field, Lists};
    ///
    /// let rows = |names: &[&str]| names.iter().map(|n| vec![n.to_string()]).collect::<Vec<_>>();
    /// let lists = Lists::new(vec![Field::name("given")], &rows(&["Amina", ""]), &rows(&["AMINA", "Aminah"]))?;
    /// let patterns = lists.all_patterns();
    /// assert_eq!(patterns.rows, [(vec![None], 2.0), (vec![Some(2)], 1.0), (vec![Some(3)], 1.0)]);
    /// # Ok::<(), palermo_stats::linkage::LinkError>(())
    /// ```
    #[must_use]
    pub fn all_patterns(&self) -> Patterns {
        let empty = || vec![0u64; self.pattern_codes()];
        let tally = |mut counts: Vec<u64>, a: usize| {
            for b in 0..self.rows_b {
                if let Some(count) = counts.get_mut(self.pattern(a, b)) {
                    *count += 1;
                }
            }
            counts
        };
        let counts = (0..self.rows_a)
            .into_par_iter()
            .with_min_len(64)
            .fold(empty, tally)
            .reduce(empty, |x, y| x.iter().zip(&y).map(|(x, y)| x + y).collect());
        self.counted(&counts)
    }

    /// Probability that two records taken at random have the same value, among
    /// pairs where neither is missing.
    pub(super) fn chance_agreement(&self, field: usize) -> f64 {
        let Some(column) = self.columns.get(field) else {
            return 0.0;
        };
        let mut counts = vec![[0f64; 2]; column.values.len()];
        for (side, codes) in [&column.a, &column.b].into_iter().enumerate() {
            for &code in codes.iter().filter(|&&code| code > 0) {
                if let Some(count) = counts.get_mut(code as usize).and_then(|c| c.get_mut(side)) {
                    *count += 1.0;
                }
            }
        }
        let sum = |side: usize| -> f64 { counts.iter().filter_map(|c| c.get(side)).sum() };
        let pairs = sum(0) * sum(1);
        let same: f64 = counts.iter().map(|[a, b]| a * b).sum();
        if pairs > 0.0 { same / pairs } else { 0.0 }
    }

    /// Share of the value of record `a` among all values of the field.
    pub(super) fn share(&self, field: usize, a: usize) -> f64 {
        let Some(column) = self.columns.get(field) else {
            return 1.0;
        };
        let code = column.a.get(a).copied().unwrap_or(0) as usize;
        let missing = column.uses.first().copied().unwrap_or(0);
        let known = (self.rows_a + self.rows_b) as f64 - f64::from(missing);
        f64::from(column.uses.get(code).copied().unwrap_or(1)) / known.max(1.0)
    }

    /// Key of each record of a list over some fields; nothing where one is missing.
    pub(super) fn keys(&self, fields: &[usize], second: bool) -> Vec<Option<u128>> {
        let rows = if second { self.rows_b } else { self.rows_a };
        let mut keys = vec![Some(0u128); rows];
        for column in fields.iter().filter_map(|&field| self.columns.get(field)) {
            let codes = if second { &column.b } else { &column.a };
            for (key, &code) in keys.iter_mut().zip(codes) {
                *key = key
                    .filter(|_| code > 0)
                    .map(|key| key.wrapping_mul(column.values.len() as u128) + u128::from(code));
            }
        }
        keys
    }

    /// Whether two records have the same value in all of these fields.
    pub(super) fn agree(&self, fields: &[usize], a: usize, b: usize) -> bool {
        fields.iter().all(|&field| {
            let column = self.columns.get(field);
            let codes = column.and_then(|c| Some((c.a.get(a)?, c.b.get(b)?)));
            codes.is_some_and(|(x, y)| *x > 0 && x == y)
        })
    }
}
