//! The data of every method: which lists each person was found on, and how
//! many persons share each such history.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use thiserror::Error;

/// The most lists the table of all histories is laid out for (2^16 cells).
pub const MOST_LISTS: usize = 16;

/// Everything wrong with a set of lists, told for the person who made the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", .problems.join("; "))]
pub struct ListsRefused {
    /// One sentence for each problem, in the order of the file.
    pub problems: Vec<String>,
}

impl ListsRefused {
    fn one(problem: String) -> Self {
        Self { problems: vec![problem] }
    }
}

/// Overlap counts of two to sixteen lists.
///
/// A *history* is the set of lists a person was found on, written as a bit
/// mask: bit 0 is the first list. Histories are kept in the order of their
/// masks, so the order of rows in a file changes nothing.
///
/// ```
/// use palermo_stats::estimate::Lists;
///
/// let lists = Lists::from_csv("police,ngo,count\n1,0,40\n0,1,30\n1,1,6\n".as_bytes())?;
/// assert_eq!(lists.observed(), 76);
/// assert_eq!(lists.overlap(0b11), 6);
/// # Ok::<(), palermo_stats::estimate::ListsRefused>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    names: Vec<String>,
    cells: Vec<(u32, u64)>,
}

impl Lists {
    /// Puts together lists from histories (bit masks) and counts. Equal
    /// histories are added up; a history with count zero is kept, because
    /// resampling and the jackknife know it as a row of the table.
    ///
    /// # Errors
    /// Fewer than two or more than sixteen lists, unnamed or twice-named
    /// lists, a person on no list, no person at all, or more persons than
    /// can be counted exactly (2^53).
    pub fn new(
        names: impl IntoIterator<Item = impl Into<String>>,
        cells: impl IntoIterator<Item = (u32, u64)>,
    ) -> Result<Self, ListsRefused> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        let mut problems = name_problems(&names);
        let mut table: BTreeMap<u32, u64> = BTreeMap::new();
        for (history, count) in cells {
            if history == 0 && count > 0 {
                problems.push(format!(
                    "{count} persons are on no list; the unobserved cannot be counted"
                ));
            } else if names.len() < 32 && history >> names.len() != 0 {
                problems
                    .push(format!("the history `{history:b}` names a list that does not exist"));
            } else if history != 0 {
                let cell = table.entry(history).or_default();
                *cell = cell.saturating_add(count);
            }
        }
        let total = table.values().try_fold(0u64, |a, &b| a.checked_add(b));
        match total {
            Some(0) => problems.push("no person is on any list".into()),
            Some(n) if n <= 1 << 53 => {}
            _ => problems.push("the counts are too large to be added exactly".into()),
        }
        if problems.is_empty() {
            Ok(Self { names, cells: table.into_iter().collect() })
        } else {
            Err(ListsRefused { problems })
        }
    }

    /// Reads a table with a heading. Every column but `count` is a list and
    /// holds 0 or 1, in file order; `count` says how many persons share the
    /// row's history. Without a `count` column each row is one person.
    /// Histories not in the table have no persons.
    ///
    /// # Errors
    /// All problems of the file together, with their line numbers.
    pub fn from_csv(reader: impl Read) -> Result<Self, ListsRefused> {
        let mut csv =
            csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(reader);
        let heading = csv
            .headers()
            .map_err(|e| ListsRefused::one(format!("the heading cannot be read: {e}")))?
            .clone();
        let columns: Vec<String> =
            heading.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        let names: Vec<&String> = columns.iter().filter(|c| *c != "count").collect();
        if names.len() > MOST_LISTS {
            return Err(ListsRefused::one(format!(
                "the file has {} lists; at most {MOST_LISTS} can be analysed",
                names.len()
            )));
        }
        let mut cells = Vec::new();
        let mut problems = Vec::new();
        for record in csv.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    match read_row(&columns, &record) {
                        Ok(cell) => cells.push(cell),
                        Err(problem) => problems.push(format!("line {line}: {problem}")),
                    }
                }
                Err(e) => problems.push(format!("the file cannot be read further: {e}")),
            }
            if problems.len() >= 20 {
                problems.push("further problems are not listed".into());
                break;
            }
        }
        if problems.is_empty() { Self::new(names, cells) } else { Err(ListsRefused { problems }) }
    }

    /// Names of the lists, in file order. List number 1 is the first.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many lists there are.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "there are always two lists")]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Histories with their counts, by ascending mask.
    #[must_use]
    pub fn cells(&self) -> &[(u32, u64)] {
        &self.cells
    }

    /// Persons on at least one list.
    #[must_use]
    pub fn observed(&self) -> u64 {
        self.cells.iter().map(|c| c.1).sum()
    }

    /// Persons found on all lists of `mask`, whatever other lists they are on.
    #[must_use]
    pub fn overlap(&self, mask: u32) -> u64 {
        self.cells.iter().filter(|(history, _)| history & mask == mask).map(|c| c.1).sum()
    }

    /// The same histories with other counts, in the order of [`Lists::cells`].
    ///
    /// # Errors
    /// A number of counts other than the number of histories, or no person.
    pub fn with_counts(&self, counts: &[u64]) -> Result<Self, ListsRefused> {
        if counts.len() != self.cells.len() {
            return Err(ListsRefused::one(format!(
                "{} counts were given for {} histories",
                counts.len(),
                self.cells.len()
            )));
        }
        let cells = self.cells.iter().zip(counts).map(|(cell, &n)| (cell.0, n));
        Self::new(self.names.clone(), cells)
    }

    /// Counts of all 2^t histories, indexed by mask; entry 0 is zero.
    #[must_use]
    pub fn table(&self) -> Vec<f64> {
        let mut table = vec![0.0; 1 << self.names.len()];
        for &(history, count) in &self.cells {
            table[history as usize] = count as f64;
        }
        table
    }

    /// Persons by the number of lists they are on; entry 0 is zero.
    #[must_use]
    pub fn frequencies(&self) -> Vec<u64> {
        let mut found = vec![0; self.names.len() + 1];
        for &(history, count) in &self.cells {
            found[history.count_ones() as usize] += count;
        }
        found
    }

    /// Pairs of lists (numbered from 1) that share no person.
    #[must_use]
    pub fn pairs_without_overlap(&self) -> Vec<(usize, usize)> {
        let t = self.names.len();
        (0..t)
            .flat_map(|a| (a + 1..t).map(move |b| (a, b)))
            .filter(|&(a, b)| self.overlap(1 << a | 1 << b) == 0)
            .map(|(a, b)| (a + 1, b + 1))
            .collect()
    }
}

fn name_problems(names: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    if names.len() < 2 {
        problems.push(format!("at least two lists are needed; there are {}", names.len()));
    }
    if names.len() > MOST_LISTS {
        problems.push(format!("at most {MOST_LISTS} lists can be analysed"));
    }
    let mut seen = BTreeSet::new();
    for name in names {
        if name.is_empty() {
            problems.push("a list has no name".into());
        } else if !seen.insert(name) {
            problems.push(format!("two lists are called `{name}`"));
        }
    }
    problems
}

fn read_row(columns: &[String], record: &csv::StringRecord) -> Result<(u32, u64), String> {
    if record.len() != columns.len() {
        return Err(format!("{} fields where the heading has {}", record.len(), columns.len()));
    }
    let (mut history, mut count, mut list) = (0u32, 1u64, 0u32);
    for (column, field) in columns.iter().zip(record) {
        if column == "count" {
            count = field
                .parse()
                .map_err(|_| format!("the count `{field}` is not a whole number from 0"))?;
            continue;
        }
        match field {
            "0" => {}
            "1" => history |= 1 << list,
            _ => return Err(format!("`{field}` in list `{column}` is neither 0 nor 1")),
        }
        list += 1;
    }
    Ok((history, count))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn rows_of_the_same_history_are_added_in_any_order() {
        let one = Lists::from_csv("a,b,count\n1,0,4\n1,1,2\n0,1,3\n".as_bytes()).unwrap();
        let two = Lists::from_csv("a,b,count\n0,1,3\n1,1,1\n1,0,4\n1,1,1\n".as_bytes()).unwrap();
        assert_eq!(one, two);
    }

    #[test]
    fn without_a_count_column_each_row_is_one_person() {
        let lists = Lists::from_csv("a,b\n1,0\n1,0\n1,1\n".as_bytes()).unwrap();
        assert_eq!(lists.observed(), 3);
    }

    #[test]
    fn all_problems_of_a_file_are_told_at_once() {
        let refused = Lists::from_csv("a,b,count\n2,0,4\n1,1,-2\n1,0\n".as_bytes()).unwrap_err();
        assert_eq!(refused.problems.len(), 3, "{refused}");
        assert!(refused.problems[0].starts_with("line 2: `2` in list `a`"));
    }

    #[test]
    fn persons_on_no_list_are_refused() {
        let refused = Lists::from_csv("a,b,count\n0,0,4\n1,1,2\n".as_bytes()).unwrap_err();
        assert!(refused.to_string().contains("on no list"), "{refused}");
    }

    #[test]
    fn one_list_alone_is_refused() {
        assert!(Lists::from_csv("a,count\n1,4\n".as_bytes()).is_err());
    }
}
