//! Synthetic records made only of combinations that at least k people share.
//!
//! **The guarantee.** Every synthetic record is a set of attributes that, taken
//! together, at least k sensitive records have. So has every part of it: no
//! combination of *any* length in the result belongs to fewer than k people,
//! and none is made up. (Full enumeration up to length 4 is one of the tests.)
//!
//! **Fit.** Rows are built attribute by attribute. Among the attributes that
//! keep the support at k, the one is added that brings the counts of pairs and
//! of single attributes nearest to what the *protected* aggregates say, the
//! middle of each rounding interval; no exact count is used. A pair counts by
//! its proportional error, so rare pairs matter as much as common ones.
//!
//! Three ways to start:
//! - *row-seeded*: each sensitive record lends its attributes, which are spread
//!   over as many rows as needed; keeps associations best;
//! - *value-seeded*: each attribute is brought up to its protected count, rarest
//!   first, and no other may run over its own by more than a share;
//! - *unseeded*: rows are begun from whatever is missing most, until there are
//!   as many rows as the rounded number of records.
//!
//! **What cannot be had.** A row of m attributes brings m − 1 pairs for each of
//! them. Where people have nine attributes and only three or four together are
//! shared by k people, single counts that are right leave most pairs short:
//! [`Fit::Singles`] accepts that, [`Fit::Pairs`] repeats attributes in more rows
//! until pairs fit, and single counts come out too high. No choice of rows has
//! both; publish the aggregates beside the records.
//!
//! **When not to use it.** Against attackers who know many of the records, or
//! for releases repeated on changing data, k-protection is not enough: see
//! [`super::dp`]. Rows are shorter than the sensitive records, and their number
//! means nothing; counts of three or more attributes are too low.
//!
//! Compare Synthetic Data Showcase (Microsoft with IOM), whose k modes have the
//! same guarantee and sample by support alone.

use super::combinations::{count, unpack};
use super::error::DisclosureError;
use super::records::{Attributes, Column, Records};
use super::threshold::Threshold;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Where synthetic rows begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seeding {
    /// From the sensitive records.
    Rows,
    /// From each attribute, others running over their counts by at most this share.
    Values {
        /// Share of its protected count by which an attribute may be exceeded.
        oversampling: f64,
    },
    /// From nothing.
    Unseeded,
}

/// What the rows fit best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fit {
    /// Counts of single attributes; pairs as far as that allows.
    #[default]
    Singles,
    /// Counts of pairs; single attributes come out too high.
    Pairs,
}

impl Fit {
    // Worth of one proportional error of a single attribute, in mean pairs.
    fn single_weight(self) -> f64 {
        match self {
            Self::Singles => 1.0,
            Self::Pairs => 0.1,
        }
    }
}

/// Synthetic records as attribute sets.
#[derive(Debug, Clone)]
pub struct Synthetic {
    attributes: Attributes,
}

impl Synthetic {
    pub(crate) fn of(like: &Attributes, rows: &[Vec<u16>]) -> Self {
        Self { attributes: Attributes::with_rows(like, rows) }
    }

    /// The rows as attribute sets, numbered as those of the sensitive records.
    #[must_use]
    pub fn attributes(&self) -> &Attributes {
        &self.attributes
    }

    /// The rows as records with the columns of the sensitive file; what a row
    /// does not say is empty.
    #[must_use]
    pub fn to_records(&self, like: &Records) -> Records {
        let rows = self.attributes.len();
        let mut codes = vec![vec![0_u16; rows]; like.columns().len()];
        let items =
            (0..rows).flat_map(|row| self.attributes.row(row).iter().map(move |&item| (row, item)));
        for (row, item) in items {
            let item = usize::from(item);
            codes[usize::from(self.attributes.column[item])][row] = self.attributes.code[item];
        }
        let columns = like
            .columns()
            .iter()
            .zip(codes)
            .map(|(column, codes)| Column {
                name: column.name.clone(),
                values: column.values.clone(),
                codes,
            })
            .collect();
        Records::from_columns(columns, rows)
    }

    /// Writes the rows as comma-separated records with the columns of `like`.
    ///
    /// # Errors
    /// What the writer refused.
    pub fn write_csv<W: std::io::Write>(
        &self,
        like: &Records,
        writer: W,
    ) -> Result<(), DisclosureError> {
        let records = self.to_records(like);
        let mut writer = csv::Writer::from_writer(writer);
        writer.write_record(records.columns().iter().map(Column::name))?;
        for row in 0..records.len() {
            writer.write_record((0..records.columns().len()).map(|c| records.field(row, c)))?;
        }
        writer.flush().map_err(|reason| DisclosureError::Unwritable(reason.to_string()))
    }
}

/// Makes synthetic records. The same seed gives the same rows on every machine
/// and with any number of threads. `told` hears the share done, 0 to 1.
///
/// ```
/// use palermo_stats::disclosure::{compare, invented_records, synthesise, Attributes, Fit, Seeding, Threshold};
/// let people = Attributes::of::<&str>(&invented_records(500, 10, 1), &[])?;
/// let made = synthesise(&people, Threshold::new(5)?, Seeding::Rows, Fit::Singles, 42, &mut |_| ())?;
/// let report = compare(&people, made.attributes(), 3, 5)?;
/// assert!(report.iter().all(|length| length.leaked == 0 && length.fabricated == 0));
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
///
/// # Errors
/// When there are more than 8,192 attributes, or the oversampling share is
/// below zero.
pub fn synthesise(
    sensitive: &Attributes,
    threshold: Threshold,
    seeding: Seeding,
    fit: Fit,
    seed: u64,
    told: &mut dyn FnMut(f64),
) -> Result<Synthetic, DisclosureError> {
    if sensitive.names.len() > 8192 {
        return Err(DisclosureError::TooLarge(
            "more than 8,192 attributes cannot be synthesised".to_owned(),
        ));
    }
    let mut builder = Builder::new(sensitive, threshold, fit);
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    match seeding {
        Seeding::Rows => builder.lend_rows(&mut rng, told),
        Seeding::Values { oversampling } if oversampling >= 0.0 => {
            builder.raise_values(oversampling, told)
        }
        Seeding::Values { .. } => {
            return Err(DisclosureError::Setting(
                "the oversampling share is below zero".to_owned(),
            ));
        }
        Seeding::Unseeded => {
            builder.unseeded(threshold.floor(sensitive.len() as u64) as usize, &mut rng, told)
        }
    }
    Ok(Synthetic::of(sensitive, &builder.rows))
}

/// Protected counts to be met, those reached so far, and the records to check
/// support against.
struct Builder<'a> {
    sensitive: &'a Attributes,
    size: usize,
    k: usize,
    /// For each attribute, the records that have it: a bit each, and a list.
    bits: Vec<Vec<u64>>,
    lists: Vec<Vec<u32>>,
    single_target: Vec<f64>,
    single: Vec<f64>,
    pair_target: Vec<f32>,
    pair: Vec<f32>,
    rows: Vec<Vec<u16>>,
    /// Worth of meeting single attributes against meeting pairs.
    single_weight: f64,
    fit: Fit,
}

impl<'a> Builder<'a> {
    fn new(sensitive: &'a Attributes, threshold: Threshold, fit: Fit) -> Self {
        let size = sensitive.names.len();
        let words = sensitive.len().div_ceil(64);
        let mut bits = vec![vec![0_u64; words]; size];
        let mut lists = vec![Vec::new(); size];
        for row in 0..sensitive.len() {
            for &item in sensitive.row(row) {
                bits[usize::from(item)][row / 64] |= 1 << (row % 64);
                lists[usize::from(item)].push(row as u32);
            }
        }
        let k = threshold.get();
        let middle = |count: u32| threshold.floor(u64::from(count)) as f64 + f64::from(k - 1) / 2.0;
        let mut single_target = vec![0.0; size];
        let mut pair_target = vec![0.0_f32; size * size];
        let counted = count(sensitive, 2, k);
        for &(key, count) in &counted[0] {
            single_target[key as usize] = middle(count);
        }
        for &(key, count) in &counted[1] {
            let items = unpack(key, 2);
            let (a, b) = (usize::from(items[0]), usize::from(items[1]));
            pair_target[a * size + b] = middle(count) as f32;
            pair_target[b * size + a] = middle(count) as f32;
        }
        let pairs = counted[1].len().max(1) as f64;
        let singles = counted[0].len().max(1) as f64;
        Self {
            sensitive,
            size,
            k: k as usize,
            bits,
            lists,
            single_target,
            single: vec![0.0; size],
            pair_target,
            pair: vec![0.0; size * size],
            rows: Vec::new(),
            fit,
            single_weight: fit.single_weight() * pairs / singles,
        }
    }

    // What one more of `item` beside `row` is worth: the fall in Σ |error|/target
    // over pairs, plus that over single attributes.
    fn gain(&self, row: &[u16], item: u16) -> f64 {
        let at = usize::from(item);
        let mut gain = self.single_weight * step(self.single[at], self.single_target[at]);
        for &other in row {
            let cell = at * self.size + usize::from(other);
            gain += step(f64::from(self.pair[cell]), f64::from(self.pair_target[cell]));
        }
        gain
    }

    fn add(&mut self, row: Vec<u16>) {
        for (at, &item) in row.iter().enumerate() {
            self.single[usize::from(item)] += 1.0;
            for &other in &row[at + 1..] {
                self.pair[usize::from(item) * self.size + usize::from(other)] += 1.0;
                self.pair[usize::from(other) * self.size + usize::from(item)] += 1.0;
            }
        }
        self.rows.push(row);
    }

    /// Grows a row from a start attribute by the most useful candidates that
    /// keep at least k records in support.
    fn grow(
        &self,
        start: u16,
        candidates: &mut Vec<u16>,
        allowed: impl Fn(u16) -> bool,
    ) -> Vec<u16> {
        let mut row = vec![start];
        let mut support: Vec<u32> = Vec::new();
        loop {
            let last = usize::from(row[row.len() - 1]);
            // A pair below k, or a second value of the same column, never fits.
            candidates.retain(|&c| self.pair_target[last * self.size + usize::from(c)] > 0.0);
            let mut ranked: Vec<(f64, u16)> = candidates
                .iter()
                .filter(|&&c| allowed(c))
                .map(|&c| (self.gain(&row, c), c))
                .filter(|g| g.0 > 0.0)
                .collect();
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let mut added = None;
            for (_, candidate) in ranked {
                let next = self.narrow(&row, &support, candidate);
                if next.len() >= self.k {
                    support = next;
                    added = Some(candidate);
                    break;
                }
                candidates.retain(|&c| c != candidate);
            }
            match added {
                Some(candidate) => {
                    candidates.retain(|&c| c != candidate);
                    row.push(candidate);
                }
                None => return row,
            }
        }
    }

    // The records that have the row and the candidate.
    fn narrow(&self, row: &[u16], support: &[u32], candidate: u16) -> Vec<u32> {
        let candidate = usize::from(candidate);
        let (list, bits) = if row.len() == 1 {
            let start = usize::from(row[0]);
            if self.lists[start].len() < self.lists[candidate].len() {
                (self.lists[start].as_slice(), &self.bits[candidate])
            } else {
                (self.lists[candidate].as_slice(), &self.bits[start])
            }
        } else {
            (support, &self.bits[candidate])
        };
        list.iter().copied().filter(|&r| bits[r as usize / 64] >> (r % 64) & 1 == 1).collect()
    }

    fn lend_rows(&mut self, rng: &mut ChaCha8Rng, told: &mut dyn FnMut(f64)) {
        let mut order: Vec<usize> = (0..self.sensitive.len()).collect();
        order.shuffle(rng);
        let total = order.len();
        for (done, record) in order.into_iter().enumerate() {
            if done % 1024 == 0 {
                told(done as f64 / total as f64);
            }
            let mut unused: Vec<u16> = self
                .sensitive
                .row(record)
                .iter()
                .copied()
                .filter(|&item| self.single_target[usize::from(item)] > 0.0)
                .collect();
            while let Some(start) = self.best_start(&unused) {
                // For pairs, attributes already placed may serve again.
                let lent =
                    if self.fit == Fit::Pairs { self.sensitive.row(record) } else { &unused };
                let mut candidates: Vec<u16> =
                    lent.iter().copied().filter(|&c| c != start).collect();
                let row = self.grow(start, &mut candidates, |_| true);
                let before = unused.len();
                unused.retain(|item| !row.contains(item));
                if row.len() < 2 || unused.len() == before {
                    break;
                }
                self.add(row);
            }
        }
        self.fill_singles();
        told(1.0);
    }

    // The attribute whose best partner is worth most.
    fn best_start(&self, items: &[u16]) -> Option<u16> {
        items
            .iter()
            .map(|&item| {
                let best = items
                    .iter()
                    .filter(|&&o| o != item)
                    .map(|&o| self.gain(&[item], o))
                    .fold(f64::NEG_INFINITY, f64::max);
                (best + self.gain(&[], item), item)
            })
            .filter(|g| g.0 > 0.0)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|g| g.1)
    }

    // Attributes still short stand alone: their count is right and they touch
    // no pair.
    fn fill_singles(&mut self) {
        for item in 0..self.size {
            while self.single[item] + 0.5 < self.single_target[item] {
                self.add(vec![item as u16]);
            }
        }
    }

    fn raise_values(&mut self, oversampling: f64, told: &mut dyn FnMut(f64)) {
        let mut order: Vec<usize> =
            (0..self.size).filter(|&a| self.single_target[a] > 0.0).collect();
        order.sort_by(|&a, &b| {
            self.single_target[a].total_cmp(&self.single_target[b]).then(a.cmp(&b))
        });
        let total = order.len().max(1);
        for (done, start) in order.into_iter().enumerate() {
            told(done as f64 / total as f64);
            while self.single[start] + 0.5 < self.single_target[start] {
                let mut candidates: Vec<u16> =
                    (0..self.size as u16).filter(|&c| usize::from(c) != start).collect();
                let within = |c: u16| {
                    let c = usize::from(c);
                    self.single[c] + 1.0 <= self.single_target[c] * (1.0 + oversampling)
                };
                let row = self.grow(start as u16, &mut candidates, within);
                self.add(row);
            }
        }
        told(1.0);
    }

    fn unseeded(&mut self, rows: usize, rng: &mut ChaCha8Rng, told: &mut dyn FnMut(f64)) {
        for done in 0..rows {
            if done % 1024 == 0 {
                told(done as f64 / rows as f64);
            }
            // Begin from an attribute in proportion to what it still lacks.
            let short: Vec<u64> = self
                .single
                .iter()
                .zip(&self.single_target)
                .map(|(have, want)| (want - have).max(0.0) as u64)
                .collect();
            let total: u64 = short.iter().sum();
            if total == 0 {
                break;
            }
            let mut at = rng.random_range(0..total);
            let start = short
                .iter()
                .position(|&s| {
                    let here = at < s;
                    at = at.saturating_sub(s);
                    here
                })
                .unwrap_or(0);
            let mut candidates: Vec<u16> =
                (0..self.size as u16).filter(|&c| usize::from(c) != start).collect();
            let row = self.grow(start as u16, &mut candidates, |_| true);
            self.add(row);
        }
        told(1.0);
    }
}

fn step(have: f64, want: f64) -> f64 {
    if want <= 0.0 {
        return -1.0;
    }
    // The change of |have − want| when one is added, in proportion.
    ((have - want).abs() - (have + 1.0 - want).abs()) / want
}
