//! From true counts to a table that may be published, one type for each step.
//!
//! [`RawTable`] → [`ProtectedTable`] → [`PublishableTable`]: only the last can
//! be written out, and the only way to it is through protection and then an
//! attack that failed. Nobody has to remember the steps, because leaving one
//! out does not compile.
//!
//! A raw table cannot be written:
//! ```compile_fail
//! use palermo_stats::disclosure::RawTable;
//! fn leak(raw: &RawTable) {
//!     raw.write_csv(std::io::stdout()); // no such method
//! }
//! ```
//! nor turned into text:
//! ```compile_fail
//! use palermo_stats::disclosure::RawTable;
//! fn leak(raw: &RawTable) -> String {
//!     serde_json::to_string(raw).unwrap_or_default() // not serialisable
//! }
//! ```
//! a protected one cannot be written before it has been attacked:
//! ```compile_fail
//! use palermo_stats::disclosure::ProtectedTable;
//! fn leak(table: &ProtectedTable) {
//!     table.write_csv(std::io::stdout()); // no such method
//! }
//! ```
//! and a publishable one cannot be made by hand:
//! ```compile_fail
//! use palermo_stats::disclosure::PublishableTable;
//! let table = PublishableTable { cells: vec![] }; // its fields are private
//! ```

use super::audit::{Interval, Shown, attack_intervals, audit_intervals};
use super::error::DisclosureError;
use super::frame::Frame;
use super::protect::{Engine, Need, Protection};
use super::records::Records;
use super::releases::{Finding, Release, difference_findings};
use super::suppress::{Cost, Pattern, Task, heuristic, optimum};
use super::threshold::Threshold;
use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

/// How a table is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Hide cells; the least possible cost, searched for at most this long.
    Suppress(Duration),
    /// Hide cells, by the heuristic: for large and linked tables.
    SuppressQuickly,
    /// Show every count rounded down to a multiple of k.
    RoundDown,
}

/// The rules for one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Counts of 1 to k − 1 are sensitive.
    pub threshold: Threshold,
    /// How uncertain an attacker must remain.
    pub protection: Protection,
    /// What hiding costs.
    pub cost: Cost,
    /// How the table is protected.
    pub method: Method,
    /// What everybody knows no count exceeds; the largest count when not given.
    pub upper: Option<u64>,
    /// Whether zeros may be hidden to protect others. Without this every zero
    /// is shown, and stays zero.
    pub hide_zeros: bool,
}

impl Policy {
    /// Exact suppression at a threshold, zeros shown, fewest cells, at most a
    /// minute of search.
    #[must_use]
    pub fn suppress(threshold: Threshold) -> Self {
        Self {
            threshold,
            protection: Protection::Threshold,
            cost: Cost::Cells,
            method: Method::Suppress(Duration::from_secs(60)),
            upper: None,
            hide_zeros: false,
        }
    }
}

/// True counts with their additive structure. Not serialisable, not printable.
#[derive(Clone, PartialEq, Eq)]
pub struct RawTable {
    frame: Frame,
    counts: Vec<u64>,
    also_sensitive: Vec<usize>,
}

impl std::fmt::Debug for RawTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawTable").field("cells", &self.counts.len()).finish()
    }
}

impl RawTable {
    /// A table from its structure and counts, in the order of the cells.
    ///
    /// # Errors
    /// When a total is not the sum of its parts.
    pub fn new(frame: Frame, counts: Vec<u64>) -> Result<Self, DisclosureError> {
        frame.check(&counts)?;
        Ok(Self { frame, counts, also_sensitive: Vec::new() })
    }

    /// A two-way table of bare numbers with its margins: the last row and the
    /// last column are the totals.
    ///
    /// # Errors
    /// When the rows differ in length, there is no category, or a total is not
    /// the sum of its parts.
    pub fn two_way(rows: &[Vec<u64>]) -> Result<Self, DisclosureError> {
        let width = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != width) {
            return Err(DisclosureError::Inconsistent("the rows differ in length".to_owned()));
        }
        let labels = |name: &str, count: usize| -> Vec<String> {
            (1..count).map(|at| format!("{name}:{at}")).collect()
        };
        let frame = Frame::with_margins(&[labels("row", rows.len()), labels("column", width)])?;
        Self::new(frame, rows.concat())
    }

    /// Cross-classifies records by some columns, with all margins. A missing
    /// value is a category of its own, named after the column with nothing
    /// behind the colon, so that the table stays additive.
    ///
    /// # Errors
    /// When a column does not exist, or the table is too large.
    pub fn cross_classify(records: &Records, keys: &[&str]) -> Result<Self, DisclosureError> {
        if keys.is_empty() {
            return Err(DisclosureError::Setting("a table needs at least one column".to_owned()));
        }
        let chosen = records.select(keys)?;
        let mut dimensions: Vec<Vec<String>> = Vec::new();
        let mut position: Vec<Vec<usize>> = Vec::new();
        for column in chosen.columns() {
            let mut present = vec![false; column.values().len()];
            for &code in column.codes() {
                present[usize::from(code)] = true;
            }
            let mut places = vec![usize::MAX; present.len()];
            let mut labels = Vec::new();
            for (code, value) in
                column.values().iter().enumerate().filter(|(code, _)| present[*code])
            {
                places[code] = labels.len();
                labels.push(format!("{}:{value}", column.name()));
            }
            dimensions.push(labels);
            position.push(places);
        }
        let frame = Frame::with_margins(&dimensions)?;
        let mut counts = vec![0_u64; frame.len()];
        for row in 0..chosen.len() {
            // Each record counts in every cell where some of its coordinates
            // are replaced by the total.
            for margin in 0_u32..1 << dimensions.len() {
                let mut cell = 0;
                for (axis, column) in chosen.columns().iter().enumerate() {
                    let size = dimensions[axis].len();
                    let at = if margin >> axis & 1 == 1 {
                        size
                    } else {
                        position[axis][usize::from(column.codes()[row])]
                    };
                    cell = cell * (size + 1) + at;
                }
                counts[cell] += 1;
            }
        }
        Self::new(frame, counts)
    }

    /// Declares further cells sensitive, whatever their count: those that break
    /// [`super::dominance`] or [`super::p_percent`], for example.
    #[must_use]
    pub fn with_sensitive(mut self, cells: &[usize]) -> Self {
        self.also_sensitive.extend(cells.iter().filter(|&&c| c < self.counts.len()));
        self
    }

    /// The structure.
    #[must_use]
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The cells that may not be shown for their own sake.
    #[must_use]
    pub fn sensitive(&self, threshold: Threshold) -> Vec<usize> {
        (0..self.counts.len())
            .filter(|&c| threshold.hides(self.counts[c]) || self.also_sensitive.contains(&c))
            .collect()
    }

    fn needs(&self, policy: &Policy) -> Vec<Need> {
        self.sensitive(policy.threshold)
            .into_iter()
            .map(|c| Need::of(c, self.counts[c], policy.threshold.get(), policy.protection))
            .collect()
    }

    fn upper(&self, policy: &Policy) -> u64 {
        policy.upper.unwrap_or_else(|| self.counts.iter().copied().max().unwrap_or(0))
    }

    /// The intervals an attacker could work out if only the sensitive cells
    /// were hidden: why complementary suppression is needed.
    ///
    /// # Errors
    /// When the solver gives up.
    pub fn exposure(&self, policy: &Policy) -> Result<BTreeMap<usize, Interval>, DisclosureError> {
        let mut hidden = vec![false; self.counts.len()];
        for cell in self.sensitive(policy.threshold) {
            hidden[cell] = true;
        }
        audit_intervals(&self.frame, &self.counts, &hidden, self.upper(policy))
    }

    /// Protects the table.
    ///
    /// # Errors
    /// When no pattern protects it, or the solver gives up.
    pub fn protect(&self, policy: &Policy) -> Result<ProtectedTable, DisclosureError> {
        let needs = self.needs(policy);
        let upper = self.upper(policy);
        let task = Task {
            frame: &self.frame,
            counts: &self.counts,
            upper,
            needs: &needs,
            cost: policy.cost,
            hide_zeros: policy.hide_zeros,
        };
        let pattern = match policy.method {
            Method::Suppress(limit) => optimum(&task, limit)?,
            Method::SuppressQuickly => heuristic(&task)?,
            Method::RoundDown => {
                Pattern { hidden: vec![false; self.counts.len()], cost: 0.0, optimal: false }
            }
        };
        Ok(ProtectedTable { raw: self.clone(), policy: *policy, upper, pattern })
    }

    /// Applies a pattern decided elsewhere: `hidden` names the cells not shown.
    /// Sensitive cells left out of it are found by the attack.
    #[must_use]
    pub fn protect_with(&self, policy: &Policy, hidden: &[usize]) -> ProtectedTable {
        let mut flags = vec![false; self.counts.len()];
        let mut cost = 0.0;
        for &cell in hidden.iter().filter(|&&c| c < self.counts.len()) {
            if !std::mem::replace(&mut flags[cell], true) {
                cost += policy.cost.of(self.counts[cell]);
            }
        }
        let pattern = Pattern { hidden: flags, cost, optimal: false };
        ProtectedTable { raw: self.clone(), policy: *policy, upper: self.upper(policy), pattern }
    }
}

/// A table with its sensitive cells hidden that has not yet been attacked.
/// Not serialisable, not printable.
#[derive(Clone)]
pub struct ProtectedTable {
    raw: RawTable,
    policy: Policy,
    upper: u64,
    pattern: Pattern,
}

impl std::fmt::Debug for ProtectedTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProtectedTable").field("hidden", &self.hidden().len()).finish()
    }
}

/// Why a table was refused.
#[derive(Debug, thiserror::Error)]
pub enum RefusedTable {
    /// The attack pinned down sensitive cells.
    #[error("the table was refused: {} could be worked out", .0.join(", "))]
    Exposed(Vec<String>),
    /// A difference to an earlier release shows a small group.
    #[error("the table was refused: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Difference(Vec<Finding>),
    /// The attack could not be carried out, so nothing is released.
    #[error("the table was refused, because it could not be checked: {0}")]
    NotChecked(#[from] DisclosureError),
}

impl ProtectedTable {
    /// The hidden cells.
    #[must_use]
    pub fn hidden(&self) -> Vec<usize> {
        (0..self.pattern.hidden.len()).filter(|&c| self.pattern.hidden[c]).collect()
    }

    /// The cost of the pattern.
    #[must_use]
    pub fn cost(&self) -> f64 {
        self.pattern.cost
    }

    /// Whether the cost is proven to be the least possible.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.pattern.optimal
    }

    /// Attacks the table, alone and with all earlier releases; only when that
    /// fails is there something to publish.
    ///
    /// # Errors
    /// With what the attacker could work out, or when the attack could not be
    /// carried out.
    pub fn attack(self, earlier: &[Release]) -> Result<PublishableTable, RefusedTable> {
        let shown = self.shown();
        let intervals = match self.policy.method {
            Method::RoundDown => attack_intervals(&self.raw.frame, &shown, self.upper)?,
            _ => audit_intervals(
                &self.raw.frame,
                &self.raw.counts,
                &self.pattern.hidden,
                self.upper,
            )?,
        };
        let exposed = self.exposed(&shown, &intervals)?;
        if !exposed.is_empty() {
            return Err(RefusedTable::Exposed(exposed));
        }
        let release = self.release(&shown);
        let findings = difference_findings(&release, earlier, self.policy.threshold);
        if !findings.is_empty() {
            return Err(RefusedTable::Difference(findings));
        }
        let labels = self.raw.frame.labels().to_vec();
        let shape = self.raw.frame.two_way_shape();
        Ok(PublishableTable { labels, shape, cells: shown, intervals, release })
    }

    fn shown(&self) -> Vec<Shown> {
        let threshold = self.policy.threshold;
        self.raw
            .counts
            .iter()
            .zip(&self.pattern.hidden)
            .map(|(&count, &gone)| match (self.policy.method, gone) {
                (Method::RoundDown, _) => {
                    let floor = threshold.floor(count);
                    Shown::Between(floor, floor + u64::from(threshold.get()) - 1)
                }
                (_, true) => Shown::Hidden,
                (_, false) => Shown::Exact(count),
            })
            .collect()
    }

    fn exposed(
        &self,
        shown: &[Shown],
        intervals: &BTreeMap<usize, Interval>,
    ) -> Result<Vec<String>, DisclosureError> {
        let labels = self.raw.frame.labels();
        if self.policy.method == Method::RoundDown {
            // A small count is shown as 0, meaning 0 to k − 1: nobody may be
            // able to tell from the sums that there is somebody.
            return Ok((0..labels.len())
                .filter(|c| matches!(shown[*c], Shown::Between(0, _)))
                .filter(|c| intervals.get(c).is_none_or(|i| i.least > 1e-6))
                .map(|c| labels[c].clone())
                .collect());
        }
        let needs = self.raw.needs(&self.policy);
        let engine = Engine::of(&self.raw.frame);
        let unsafe_cells =
            engine.exposed(&self.raw.counts, &self.pattern.hidden, self.upper, &needs)?;
        Ok(unsafe_cells.into_iter().map(|c| labels[c].clone()).collect())
    }

    fn release(&self, shown: &[Shown]) -> Release {
        let labels = self.raw.frame.labels();
        let entries = labels.iter().zip(shown).filter_map(|(label, &cell)| match cell {
            Shown::Exact(count) => Some((label.clone(), count)),
            Shown::Between(floor, _) => Some((label.clone(), floor)),
            Shown::Hidden => None,
        });
        match self.policy.method {
            Method::RoundDown => {
                Release::rounded("this table", self.policy.threshold, entries.collect())
            }
            _ => Release::exact("this table", entries.collect()),
        }
    }
}

/// A table that withstood the attack: the only kind that can be written out.
#[derive(Debug, Clone)]
pub struct PublishableTable {
    labels: Vec<String>,
    shape: Option<(usize, usize)>,
    cells: Vec<Shown>,
    intervals: BTreeMap<usize, Interval>,
    release: Release,
}

impl PublishableTable {
    /// The labels of the cells.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// What is shown of each cell.
    #[must_use]
    pub fn cells(&self) -> &[Shown] {
        &self.cells
    }

    /// Rows and columns, margins included, of a two-way table.
    #[must_use]
    pub fn two_way_shape(&self) -> Option<(usize, usize)> {
        self.shape
    }

    /// What any reader can work out about the cells not shown exactly.
    #[must_use]
    pub fn intervals(&self) -> &BTreeMap<usize, Interval> {
        &self.intervals
    }

    /// The table as later releases will be compared with it.
    #[must_use]
    pub fn as_release(&self) -> &Release {
        &self.release
    }

    /// Writes `cell,count` lines; a hidden cell has an empty count, a rounded
    /// one its lower end.
    ///
    /// # Errors
    /// What the writer refused.
    pub fn write_csv<W: Write>(&self, writer: W) -> Result<(), DisclosureError> {
        let mut writer = csv::Writer::from_writer(writer);
        writer.write_record(["cell", "count"])?;
        for (label, cell) in self.labels.iter().zip(&self.cells) {
            let text = match cell {
                Shown::Exact(count) | Shown::Between(count, _) => count.to_string(),
                Shown::Hidden => String::new(),
            };
            writer.write_record([label.as_str(), text.as_str()])?;
        }
        writer.flush().map_err(|reason| DisclosureError::Unwritable(reason.to_string()))
    }
}
