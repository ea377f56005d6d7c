//! A table of figures, one dictionary a column: a million lines fit into a few
//! megabytes and are counted in milliseconds. Each line holds one word a
//! dimension and an amount of persons (1 for a record). Word 0 is empty: in
//! records "not known", in aggregates "all".

use super::amount::Amount;
use std::collections::BTreeMap;

/// One dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Its name: one of the harmonised dimensions.
    pub name: String,
    /// The words; the first is empty.
    pub words: Vec<String>,
    /// One code a line.
    pub codes: Vec<u16>,
}

/// Lines of figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    columns: Vec<Column>,
    /// Least and greatest number of persons of each line; empty when each line
    /// is one person.
    amounts: Vec<(u32, u32)>,
    lines: usize,
    index: Vec<BTreeMap<String, u16>>,
}

/// Bytes that hold no figures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("stored figures cannot be read: {0}")]
pub struct NotColumns(pub &'static str);

/// A column more than this many words cannot be told apart by people either.
const MOST_WORDS: usize = 65_535;

impl Columns {
    /// An empty table with these dimensions; `weighted` if lines stand for
    /// more than one person.
    #[must_use]
    pub fn new(names: &[&str]) -> Self {
        let column = |name: &&str| Column {
            name: (*name).to_owned(),
            words: vec![String::new()],
            codes: Vec::new(),
        };
        Self {
            columns: names.iter().map(column).collect(),
            index: names.iter().map(|_| BTreeMap::new()).collect(),
            ..Self::default()
        }
    }

    /// Adds a line: one word a dimension, in their order.
    pub fn push(&mut self, words: &[&str], amount: Option<Amount>) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            let word = words.get(at).copied().unwrap_or("");
            let code = if word.is_empty() {
                0
            } else if let Some(code) = self.index[at].get(word) {
                *code
            } else if column.words.len() < MOST_WORDS {
                let code = u16::try_from(column.words.len()).unwrap_or(0);
                column.words.push(word.to_owned());
                self.index[at].insert(word.to_owned(), code);
                code
            } else {
                0
            };
            column.codes.push(code);
        }
        if let Some(amount) = amount {
            let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
            self.amounts.push((small(amount.lower), small(amount.upper)));
        }
        self.lines += 1;
    }

    /// Takes over finished columns of one length, one person a line.
    #[must_use]
    pub fn of_records(columns: Vec<Column>) -> Self {
        let lines = columns.first().map_or(0, |column| column.codes.len());
        let index = columns.iter().map(|_| BTreeMap::new()).collect();
        Self { columns, lines, index, amounts: Vec::new() }
    }

    /// How many lines there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lines
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// The dimensions.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The place of a dimension.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The persons of a line.
    #[must_use]
    pub fn amount(&self, line: usize) -> Amount {
        self.amounts.get(line).map_or(Amount::exactly(1), |(lower, upper)| Amount {
            lower: u64::from(*lower),
            upper: u64::from(*upper),
        })
    }

    /// The word of a line.
    #[must_use]
    pub fn word(&self, column: usize, line: usize) -> &str {
        let column = self.columns.get(column);
        let word =
            column.and_then(|column| column.words.get(usize::from(*column.codes.get(line)?)));
        word.map_or("", String::as_str)
    }

    /// Puts another word into a dimension where `from` stands: what `word` makes of the
    /// line's word in the dimension `by`, if anything. Gives how many lines changed.
    pub fn recode(
        &mut self,
        column: &str,
        from: &str,
        by: &str,
        word: &dyn Fn(&str) -> Option<String>,
    ) -> usize {
        let (Some(at), Some(by)) = (self.place(column), self.place(by)) else { return 0 };
        let Some(old) = self.columns[at].words.iter().position(|word| word == from) else {
            return 0;
        };
        let made: Vec<Option<String>> =
            self.columns[by].words.iter().map(|written| word(written)).collect();
        let mut changed = 0;
        for line in 0..self.lines {
            let written = usize::from(self.columns[by].codes[line]);
            let Some(new) = made.get(written).and_then(Option::as_ref) else { continue };
            if usize::from(self.columns[at].codes[line]) != old {
                continue;
            }
            let words = &mut self.columns[at].words;
            let code = words.iter().position(|word| word == new).unwrap_or(words.len());
            let Ok(short) = u16::try_from(code) else { continue };
            if code == words.len() {
                words.push(new.clone());
                if let Some(index) = self.index.get_mut(at) {
                    index.insert(new.clone(), short);
                }
            }
            self.columns[at].codes[line] = short;
            changed += 1;
        }
        changed
    }

    /// Counts persons by up to two dimensions among the lines that pass.
    ///
    /// In a table of aggregates a dimension that is neither counted by nor
    /// filtered on must be "all", so that nobody is counted twice.
    #[must_use]
    pub fn count(&self, query: &Query) -> Counted {
        let by: Vec<usize> = query.by.iter().filter_map(|name| self.place(name)).collect();
        if by.len() != query.by.len() {
            return Counted::default();
        }
        let tests = self.tests(query, &by);
        let sizes: Vec<usize> = by.iter().map(|at| self.columns[*at].words.len()).collect();
        let cells: usize = sizes.iter().product::<usize>().max(1);
        let mut sums = vec![(0_u64, 0_u64, 0_u32); cells];
        let first = by.first().map(|at| self.columns[*at].codes.as_slice());
        let second = by.get(1).map(|at| self.columns[*at].codes.as_slice());
        let width = sizes.get(1).copied().unwrap_or(1);
        for line in 0..self.lines {
            if !tests.iter().all(|test| test.passes(line)) {
                continue;
            }
            let mut cell = first.map_or(0, |codes| usize::from(codes[line]) * width);
            cell += second.map_or(0, |codes| usize::from(codes[line]));
            let (lower, upper) = self.amounts.get(line).copied().unwrap_or((1, 1));
            let sum = &mut sums[cell];
            sum.0 += u64::from(lower);
            sum.1 += u64::from(upper);
            sum.2 += 1;
        }
        self.named(&by, width, &sums, query)
    }

    fn tests(&self, query: &Query, by: &[usize]) -> Vec<Test<'_>> {
        let mut tests = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let wanted = query.only.iter().filter(|(name, _)| *name == column.name);
            let wanted: Vec<&String> = wanted.map(|(_, word)| word).collect();
            let mut passes = vec![true; column.words.len()];
            // A dimension that every line has needs no line for "all".
            let divides =
                query.aggregates && !column.name.starts_with('_') && column.codes.contains(&0);
            if !wanted.is_empty() {
                passes = column.words.iter().map(|word| wanted.contains(&word)).collect();
            } else if divides && !by.contains(&at) {
                passes = column.words.iter().map(String::is_empty).collect();
            } else if divides {
                // Counting by a dimension takes its parts, not their sum.
                passes[0] = false;
            }
            if passes.iter().any(|pass| !pass) {
                tests.push(Test { codes: &column.codes, passes });
            }
        }
        tests
    }

    fn named(
        &self,
        by: &[usize],
        width: usize,
        sums: &[(u64, u64, u32)],
        query: &Query,
    ) -> Counted {
        let word = |axis: usize, code: usize| -> String {
            by.get(axis).map_or_else(String::new, |at| self.columns[*at].words[code].clone())
        };
        let mut cells: Vec<CountedCell> = sums
            .iter()
            .enumerate()
            .filter(|(_, sum)| sum.2 > 0)
            .map(|(cell, (lower, upper, _))| {
                let words = match by.len() {
                    0 => Vec::new(),
                    1 => vec![word(0, cell)],
                    _ => vec![word(0, cell / width), word(1, cell % width)],
                };
                CountedCell { words, amount: Amount { lower: *lower, upper: *upper } }
            })
            .collect();
        cells.sort_by(|a, b| a.words.cmp(&b.words));
        let total = cells.iter().map(|cell| cell.amount).sum();
        Counted { by: query.by.clone(), cells, total }
    }

    /// Adds the lines of another table of the same dimensions.
    ///
    /// # Errors
    /// When the dimensions differ.
    pub fn append(&mut self, other: &Self) -> Result<(), NotColumns> {
        if self.columns.is_empty() && self.lines == 0 {
            *self = other.clone();
            return Ok(());
        }
        let same = self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(|(a, b)| a.name == b.name);
        if !same {
            return Err(NotColumns("batches of one dataset differ in their dimensions"));
        }
        if !(self.amounts.is_empty() && other.amounts.is_empty()) {
            self.amounts.resize(self.lines, (1, 1));
            self.amounts.extend(
                (0..other.lines).map(|line| other.amounts.get(line).copied().unwrap_or((1, 1))),
            );
        }
        for (own, new) in self.columns.iter_mut().zip(&other.columns) {
            let known: BTreeMap<&str, u16> =
                own.words.iter().map(String::as_str).zip(0_u16..).collect();
            let mut more: Vec<String> = Vec::new();
            let renamed: Vec<u16> = new
                .words
                .iter()
                .map(|word| {
                    known.get(word.as_str()).copied().unwrap_or_else(|| {
                        more.push(word.clone());
                        u16::try_from(own.words.len() + more.len() - 1).unwrap_or(0)
                    })
                })
                .collect();
            own.words.extend(more);
            own.codes.extend(new.codes.iter().map(|code| renamed[usize::from(*code)]));
        }
        self.lines += other.lines;
        Ok(())
    }

    /// The table as bytes: a heading of names and words, then one or two bytes
    /// a line and dimension.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.lines * self.columns.len() + 4096);
        out.extend_from_slice(MAGIC);
        number(&mut out, self.lines);
        number(&mut out, self.columns.len());
        number(&mut out, self.amounts.len());
        for column in &self.columns {
            text(&mut out, &column.name);
            number(&mut out, column.words.len());
            column.words.iter().for_each(|word| text(&mut out, word));
            if column.words.len() <= 256 {
                out.extend(column.codes.iter().map(|code| code.to_le_bytes()[0]));
            } else {
                column.codes.iter().for_each(|code| out.extend_from_slice(&code.to_le_bytes()));
            }
        }
        for (lower, upper) in &self.amounts {
            out.extend_from_slice(&lower.to_le_bytes());
            out.extend_from_slice(&upper.to_le_bytes());
        }
        out
    }

    /// Reads what [`Columns::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are something else or cut short.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotColumns> {
        let mut at = Reader { bytes };
        if at.take(MAGIC.len())? != MAGIC {
            return Err(NotColumns("they begin in another way"));
        }
        let (lines, count, amounts) = (at.number()?, at.number()?, at.number()?);
        let mut columns = Vec::new();
        for _ in 0..count {
            let name = at.text()?;
            let words = (0..at.number()?).map(|_| at.text()).collect::<Result<Vec<_>, _>>()?;
            let codes: Vec<u16> = if words.len() <= 256 {
                at.take(lines)?.iter().map(|code| u16::from(*code)).collect()
            } else {
                let pairs = at.take(lines.saturating_mul(2))?.chunks_exact(2);
                pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
            };
            if codes.iter().any(|code| usize::from(*code) >= words.len().max(1)) {
                return Err(NotColumns("a code has no word"));
            }
            columns.push(Column { name, words, codes });
        }
        let numbers = at.take(amounts.saturating_mul(8))?.chunks_exact(8);
        let amounts = numbers
            .map(|eight| {
                let four = |from: usize| {
                    u32::from_le_bytes([
                        eight[from],
                        eight[from + 1],
                        eight[from + 2],
                        eight[from + 3],
                    ])
                };
                (four(0), four(4))
            })
            .collect();
        let index = columns
            .iter()
            .map(|column| column.words.iter().cloned().zip(0_u16..).skip(1).collect())
            .collect();
        Ok(Self { columns, amounts, lines, index })
    }
}

const MAGIC: &[u8] = b"palermo figures 1\n";

fn number(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], NotColumns> {
        let (taken, rest) =
            self.bytes.split_at_checked(length).ok_or(NotColumns("they are cut short"))?;
        self.bytes = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<usize, NotColumns> {
        let four = self.take(4)?;
        let number = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        usize::try_from(number).map_err(|_| NotColumns("a length is too large"))
    }

    fn text(&mut self) -> Result<String, NotColumns> {
        let length = self.number()?;
        let text = std::str::from_utf8(self.take(length)?);
        text.map(str::to_owned).map_err(|_| NotColumns("a word is no text"))
    }
}

struct Test<'c> {
    codes: &'c [u16],
    passes: Vec<bool>,
}

impl Test<'_> {
    fn passes(&self, line: usize) -> bool {
        self.passes[usize::from(self.codes[line])]
    }
}

/// What is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// By up to two dimensions.
    pub by: Vec<String>,
    /// Only lines with one of these words; several of one dimension are alternatives.
    pub only: Vec<(String, String)>,
    /// The table holds aggregates, whose empty word means "all".
    pub aggregates: bool,
}

/// Counts by dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// The dimensions.
    pub by: Vec<String>,
    /// Cells that hold anybody.
    pub cells: Vec<CountedCell>,
    /// All of them together.
    pub total: Amount,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedCell {
    /// One word a dimension.
    pub words: Vec<String>,
    /// Persons.
    pub amount: Amount,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn query(by: &[&str], only: &[(&str, &str)], aggregates: bool) -> Query {
        Query {
            by: by.iter().map(|b| (*b).to_owned()).collect(),
            only: only.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            aggregates,
        }
    }

    fn aggregates() -> Columns {
        let mut table = Columns::new(&["year", "sex", "form"]);
        let five = Amount::below(5);
        table.push(&["2020", "", ""], Some(Amount::exactly(20)));
        table.push(&["2020", "f", ""], Some(Amount::exactly(16)));
        table.push(&["2020", "m", ""], Some(five));
        table.push(&["2020", "", "labour"], Some(Amount::exactly(9)));
        table.push(&["2021", "", ""], Some(Amount::exactly(30)));
        table
    }

    #[test]
    fn nobody_is_counted_twice_in_a_table_of_aggregates() {
        let table = aggregates();
        let by_year = table.count(&query(&["year"], &[], true));
        assert_eq!(by_year.cells[0].amount, Amount::exactly(20));
        let by_sex = table.count(&query(&["sex"], &[("year", "2020")], true));
        assert_eq!(by_sex.total, Amount { lower: 16, upper: 20 });
    }

    #[test]
    fn a_table_reads_back_from_its_bytes() {
        let mut table = aggregates();
        assert_eq!(Columns::from_bytes(&table.to_bytes()).unwrap().to_bytes(), table.to_bytes());
        let more = aggregates();
        table.append(&more).unwrap();
        assert_eq!(table.len(), 10);
        assert_eq!(table.count(&query(&["year"], &[], true)).total, Amount::exactly(100));
        assert!(Columns::from_bytes(&table.to_bytes()[..60]).is_err());
    }

    #[test]
    fn a_million_records_are_counted_at_once() {
        let mut table = Columns::new(&["form", "sex"]);
        for line in 0..1_000_000_u32 {
            let form = ["labour", "sexual", "begging"][line as usize % 3];
            table.push(&[form, if line % 5 == 0 { "m" } else { "f" }], None);
        }
        let counted = table.count(&query(&["form", "sex"], &[], false));
        assert_eq!(counted.cells.len(), 6);
        assert_eq!(counted.total, Amount::exactly(1_000_000));
    }
}
