//! Several tables of the same people, published together. Cells with the same
//! meaning in two tables are one cell, so that protecting and attacking sees
//! every sum a reader can form, across tables as well as within one.
//!
//! The finest cross-classification of all their columns gives the kinds of
//! people an attacker would want to rebuild ([`super::reconstruct`]).

use super::audit::Shown;
use super::error::DisclosureError;
use super::frame::{Equation, Frame};
use super::reconstruct::Published;
use super::records::Records;
use super::table::RawTable;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One table: its name and the columns it crosses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePlan {
    /// The name.
    pub name: String,
    /// The columns, in the order in which they are shown.
    pub columns: Vec<String>,
}

/// Where the cells of one table stand among all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCells {
    /// The table.
    pub plan: TablePlan,
    /// One line of values (empty for the total) and the cell it stands for.
    pub cells: Vec<(Vec<String>, usize)>,
}

/// Several tables over the same records.
#[derive(Debug, Clone)]
pub struct JointTables {
    raw: RawTable,
    tables: Vec<TableCells>,
    /// For each cell the kinds of people it counts.
    kinds_of: Vec<Vec<usize>>,
    kinds: usize,
}

impl JointTables {
    /// Counts people by the tables' columns. `weight` names a column that says
    /// how many people a line stands for.
    ///
    /// ```
    /// use palermo_stats::disclosure::{JointTables, Records, TablePlan};
    /// let records = Records::from_csv("form,sex\nlabour,m\nlabour,f\nsexual,f\n".as_bytes())?;
    /// let plan = |name: &str, columns: &[&str]| TablePlan {
    ///     name: name.to_owned(),
    ///     columns: columns.iter().map(|c| (*c).to_owned()).collect(),
    /// };
    /// let both = JointTables::of(&records, &[plan("a", &["form", "sex"]), plan("b", &["sex"])], None)?;
    /// // 2 × 2 with margins; the second table adds no cell of its own.
    /// assert_eq!(both.raw().frame().len(), 9);
    /// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
    /// ```
    ///
    /// # Errors
    /// When a column does not exist, a weight is no whole number, a value holds
    /// a separator, or the tables are too large.
    pub fn of(
        records: &Records,
        plans: &[TablePlan],
        weight: Option<&str>,
    ) -> Result<Self, DisclosureError> {
        let names: BTreeSet<&str> =
            plans.iter().flat_map(|plan| plan.columns.iter().map(String::as_str)).collect();
        let names: Vec<&str> = names.into_iter().collect();
        if names.is_empty() {
            return Err(DisclosureError::Setting("a table needs at least one column".to_owned()));
        }
        let chosen = records.select(&names)?;
        for value in chosen.columns().iter().flat_map(|column| column.values()) {
            if value.contains([';', '\n', '\r', '\t']) {
                return Err(DisclosureError::Separator(value.clone()));
            }
        }
        let people = people(&chosen, records, weight)?;
        let mut builder = Builder::new(&chosen);
        let tables: Vec<TableCells> =
            plans.iter().map(|plan| builder.table(plan)).collect::<Result<_, _>>()?;
        builder.finish(people, tables)
    }

    /// The true counts with every sum.
    #[must_use]
    pub const fn raw(&self) -> &RawTable {
        &self.raw
    }

    /// The tables.
    #[must_use]
    pub fn tables(&self) -> &[TableCells] {
        &self.tables
    }

    /// How many kinds of people there are.
    #[must_use]
    pub const fn kinds(&self) -> usize {
        self.kinds
    }

    /// What is published, as [`super::reconstruct`] wants it. Kinds counted by
    /// a cell that is shown as 0 are empty for everybody, and left out.
    #[must_use]
    pub fn published(&self, cells: &[Shown]) -> (usize, Vec<Published>) {
        let mut empty = vec![false; self.kinds];
        for (cell, shown) in cells.iter().enumerate() {
            if *shown == Shown::Exact(0) {
                for &kind in &self.kinds_of[cell] {
                    empty[kind] = true;
                }
            }
        }
        let mut number = vec![usize::MAX; self.kinds];
        let mut left = 0;
        for kind in (0..self.kinds).filter(|kind| !empty[*kind]) {
            number[kind] = left;
            left += 1;
        }
        let published = cells
            .iter()
            .enumerate()
            .filter(|(_, shown)| !matches!(shown, Shown::Hidden | Shown::Exact(0)))
            .map(|(cell, shown)| Published {
                kinds: self.kinds_of[cell]
                    .iter()
                    .map(|kind| number[*kind])
                    .filter(|kind| *kind != usize::MAX)
                    .collect(),
                shown: *shown,
            })
            .collect();
        (left, published)
    }
}

/// How many people there are of each combination of codes.
fn people(
    chosen: &Records,
    records: &Records,
    weight: Option<&str>,
) -> Result<BTreeMap<Vec<u16>, u64>, DisclosureError> {
    let weights: Option<Vec<u64>> = weight
        .map(|name| {
            let column = records.select(&[name])?;
            let column = &column.columns()[0];
            let numbers: Vec<Option<u64>> =
                column.values().iter().map(|value| value.trim().parse().ok()).collect();
            // Only what some line says counts; the empty word is there in any case.
            let of = |code: &u16| {
                let at = usize::from(*code);
                numbers[at].ok_or_else(|| {
                    DisclosureError::Unreadable(format!(
                        "`{}` in column `{name}` is no whole number of people",
                        column.values()[at]
                    ))
                })
            };
            column.codes().iter().map(of).collect::<Result<Vec<u64>, DisclosureError>>()
        })
        .transpose()?;
    let mut people: BTreeMap<Vec<u16>, u64> = BTreeMap::new();
    for row in 0..chosen.len() {
        let key: Vec<u16> = chosen.columns().iter().map(|column| column.codes()[row]).collect();
        let count = weights.as_ref().map_or(1, |weights| weights[row]);
        *people.entry(key).or_insert(0) += count;
    }
    Ok(people)
}

struct Builder<'r> {
    records: &'r Records,
    labels: Vec<String>,
    index: HashMap<String, usize>,
    equations: BTreeSet<(usize, Vec<usize>)>,
    /// For each cell, the codes that a person must have.
    wants: Vec<Vec<(usize, u16)>>,
}

impl<'r> Builder<'r> {
    fn new(records: &'r Records) -> Self {
        Self {
            records,
            labels: Vec::new(),
            index: HashMap::new(),
            equations: BTreeSet::new(),
            wants: Vec::new(),
        }
    }

    fn table(&mut self, plan: &TablePlan) -> Result<TableCells, DisclosureError> {
        let columns = self.records.columns();
        let mut dimensions: Vec<Vec<String>> = Vec::new();
        let mut codes: Vec<Vec<(usize, u16, String)>> = Vec::new();
        for name in &plan.columns {
            let (at, column) = columns
                .iter()
                .enumerate()
                .find(|(_, column)| column.name() == name)
                .ok_or_else(|| DisclosureError::UnknownColumn(name.clone()))?;
            let mut present: Vec<bool> = vec![false; column.values().len()];
            column.codes().iter().for_each(|code| present[usize::from(*code)] = true);
            let mut values: Vec<(usize, u16, String)> = Vec::new();
            for (code, value) in (0_u16..).zip(column.values()) {
                if present[usize::from(code)] {
                    values.push((at, code, value.clone()));
                }
            }
            values.sort_by(|a, b| a.2.cmp(&b.2));
            dimensions.push(values.iter().map(|v| format!("{name}:{}", v.2)).collect());
            codes.push(values);
        }
        let frame = Frame::with_margins(&dimensions)?;
        let mut cells = Vec::new();
        let mut place = Vec::with_capacity(frame.len());
        for (number, label) in frame.labels().iter().enumerate() {
            let (shown, wants) = meaning(number, &codes);
            let cell = *self.index.entry(label.clone()).or_insert_with(|| {
                self.labels.push(label.clone());
                self.wants.push(wants);
                self.labels.len() - 1
            });
            place.push(cell);
            cells.push((shown, cell));
        }
        for equation in frame.equations() {
            let mut parts: Vec<usize> = equation.parts.iter().map(|part| place[*part]).collect();
            parts.sort_unstable();
            self.equations.insert((place[equation.total], parts));
        }
        Ok(TableCells { plan: plan.clone(), cells })
    }

    fn finish(
        self,
        people: BTreeMap<Vec<u16>, u64>,
        tables: Vec<TableCells>,
    ) -> Result<JointTables, DisclosureError> {
        // Kinds are combinations any reader can imagine, whether anybody is of
        // them or not; a value nobody has is none.
        let present: Vec<Vec<u16>> = self
            .records
            .columns()
            .iter()
            .map(|column| column.codes().iter().copied().collect::<BTreeSet<_>>())
            .map(|codes| codes.into_iter().collect())
            .collect();
        let total = present.iter().try_fold(1_usize, |all, codes| all.checked_mul(codes.len()));
        let kinds = total.filter(|total| *total <= MOST_KINDS);
        let mut counts = vec![0_u64; self.labels.len()];
        let mut kinds_of = vec![Vec::new(); self.labels.len()];
        for (cell, wants) in self.wants.iter().enumerate() {
            let of = |person: &[u16]| wants.iter().all(|(at, code)| person[*at] == *code);
            counts[cell] = people.iter().filter(|(key, _)| of(key)).map(|(_, count)| count).sum();
            if let Some(kinds) = kinds {
                kinds_of[cell] =
                    (0..kinds).filter(|kind| of(&combination(*kind, &present))).collect();
            }
        }
        let equations =
            self.equations.into_iter().map(|(total, parts)| Equation { total, parts }).collect();
        let raw = RawTable::new(Frame::new(self.labels, equations)?, counts)?;
        Ok(JointTables { raw, tables, kinds_of, kinds: kinds.unwrap_or(0) })
    }
}

/// More kinds of people are not rebuilt.
const MOST_KINDS: usize = 4_000;

fn combination(kind: usize, present: &[Vec<u16>]) -> Vec<u16> {
    let mut rest = kind;
    present
        .iter()
        .map(|codes| {
            let code = codes.get(rest % codes.len().max(1)).copied().unwrap_or(0);
            rest /= codes.len().max(1);
            code
        })
        .collect()
}

/// What a cell of a table shows and whom it counts; cells run with the last
/// column fastest and each column's total last.
fn meaning(number: usize, codes: &[Vec<(usize, u16, String)>]) -> (Vec<String>, Vec<(usize, u16)>) {
    let mut rest = number;
    let mut shown = vec![String::new(); codes.len()];
    let mut wants = Vec::new();
    for (axis, values) in codes.iter().enumerate().rev() {
        let at = rest % (values.len() + 1);
        rest /= values.len() + 1;
        if let Some((column, code, value)) = values.get(at) {
            shown[axis] = if value.is_empty() { "not recorded".to_owned() } else { value.clone() };
            wants.push((*column, *code));
        }
    }
    (shown, wants)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::disclosure::{Policy, Threshold, reconstruct};

    fn plan(name: &str, columns: &[&str]) -> TablePlan {
        TablePlan {
            name: name.to_owned(),
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        }
    }

    fn text() -> String {
        let mut text = "form,sex,year,n\n".to_owned();
        for (form, sex, year, n) in [
            ("labour", "f", 2024, 12),
            ("labour", "m", 2024, 31),
            ("sexual", "f", 2024, 44),
            ("sexual", "m", 2024, 2),
            ("labour", "f", 2025, 17),
            ("labour", "m", 2025, 25),
            ("sexual", "f", 2025, 39),
            ("sexual", "m", 2025, 9),
        ] {
            text.push_str(&format!("{form},{sex},{year},{n}\n"));
        }
        text
    }

    #[test]
    fn tables_of_the_same_people_share_their_margins() {
        let records = Records::from_csv(text().as_bytes()).unwrap();
        let plans = [plan("one", &["form", "sex"]), plan("two", &["form", "year"])];
        let joint = JointTables::of(&records, &plans, Some("n")).unwrap();
        // 9 + 9 cells, of which form × total and the grand total (3) are shared.
        assert_eq!(joint.raw().frame().len(), 15);
        assert_eq!(joint.kinds(), 8);
        let safe = joint
            .raw()
            .protect(&Policy::suppress(Threshold::new(5).unwrap()))
            .unwrap()
            .attack(&[])
            .unwrap();
        let total = joint.tables()[1].cells.last().unwrap().1;
        assert_eq!(safe.cells()[total], Shown::Exact(179));
        let (kinds, published) = joint.published(safe.cells());
        let found = reconstruct(kinds, &published, 179, 5).unwrap();
        assert!(found.small_groups.is_empty());
    }

    #[test]
    fn an_attacker_who_sees_all_three_faces_rebuilds_a_kind() {
        let records = Records::from_csv(text().as_bytes()).unwrap();
        let joint =
            JointTables::of(&records, &[plan("all", &["form", "sex", "year"])], Some("n")).unwrap();
        let hidden = joint.raw().sensitive(Threshold::new(5).unwrap());
        assert_eq!(hidden.len(), 1);
        let refused = joint
            .raw()
            .protect_with(&Policy::suppress(Threshold::new(5).unwrap()), &hidden)
            .attack(&[]);
        assert!(refused.is_err());
    }
}
