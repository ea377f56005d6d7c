//! Local suppression: blanking single fields until nobody is rarer than k.
//!
//! **What it does.** Every record ends with fk ≥ k, where a missing value agrees
//! with anything. Records below k are taken in turn; for each, the smallest set
//! of keys is blanked that lifts it to k, and among equal ones the set that
//! helps most other records still below k. Several orders are tried and the
//! best kept. Afterwards every blanked field is put back whose return leaves
//! all records at k or more.
//!
//! **Why not the optimum.** Finding the fewest suppressions is NP-hard
//! (Meyerson & Williams, PODS 2004). [`suppress_exactly`] solves small files by
//! integer programming, and measures the heuristic there.
//!
//! **When not to use it.** The guarantee reads a missing value as a wildcard.
//! Where it is known *that* a field was blanked (and not missing before), the
//! category reading applies and may be far below k: look at both counts.
//! Fields are blanked where people are rare, so analyses of rare groups are
//! biased; say so beside the data.

use super::anonymity::Lanes;
use super::error::DisclosureError;
use super::records::{Column, Records};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use rayon::prelude::*;

/// Records after suppression.
#[derive(Debug, Clone)]
pub struct LocallySuppressed {
    /// The keys with fields blanked; other columns are not part of it.
    pub records: Records,
    /// Blanked fields for each key, in column order.
    pub by_key: Vec<usize>,
    /// Whether the number of blanked fields is proven to be the least.
    pub optimal: bool,
}

impl LocallySuppressed {
    /// How many fields were blanked.
    #[must_use]
    pub fn total(&self) -> usize {
        self.by_key.iter().sum()
    }
}

/// Blanks fields of the keys until every record has fk ≥ k (wildcard reading).
///
/// ```
/// use palermo_stats::disclosure::{anonymity, suppress_locally, Records};
/// let keys = Records::from_csv("age,form\n20,labour\n20,labour\n30,labour\n".as_bytes())?;
/// let safe = suppress_locally(&keys, 3)?;
/// assert!(anonymity(&safe.records).wildcard.iter().all(|&fk| fk >= 3));
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
///
/// # Errors
/// When k exceeds the number of records, or the keys have more than 64 bits of
/// distinct values together.
pub fn suppress_locally(keys: &Records, k: u32) -> Result<LocallySuppressed, DisclosureError> {
    check(keys, k)?;
    let lanes = Lanes::of(keys).ok_or_else(|| {
        DisclosureError::TooLarge(
            "these keys have too many distinct values together; use fewer".to_owned(),
        )
    })?;
    let start = Work::new(keys, &lanes, k);
    let best = [Order::RarestFirst, Order::CommonestFirst, Order::File]
        .into_par_iter()
        .map(|order| {
            let mut work = start.clone();
            work.run(order);
            work.restore(&start);
            work
        })
        .collect::<Vec<_>>()
        .into_iter()
        .min_by_key(|work| work.blanked(&start))
        .unwrap_or_else(|| start.clone());
    Ok(best.finish(keys, &start))
}

fn check(keys: &Records, k: u32) -> Result<(), DisclosureError> {
    if k < 2 || k as usize > keys.len() {
        return Err(DisclosureError::Setting(format!(
            "k must lie between 2 and the number of records `{}`; it is `{k}`",
            keys.len()
        )));
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Order {
    RarestFirst,
    CommonestFirst,
    File,
}

#[derive(Clone)]
struct Work {
    value: Vec<u64>,
    mask: Vec<u64>,
    fk: Vec<u32>,
    lanes: Vec<u64>,
    k: u32,
}

impl Work {
    fn new(keys: &Records, lanes: &Lanes, k: u32) -> Self {
        let m = keys.columns().len();
        let packed: Vec<(u64, u64)> = (0..keys.len())
            .map(|row| {
                let codes: Vec<u16> = keys.columns().iter().map(|c| c.codes()[row]).collect();
                lanes.pack(&codes)
            })
            .collect();
        Self {
            value: packed.iter().map(|p| p.0).collect(),
            mask: packed.iter().map(|p| p.1).collect(),
            fk: super::anonymity::anonymity(keys).wildcard,
            lanes: (0..m).map(|key| lanes.lane(key)).collect(),
            k,
        }
    }

    fn blanked(&self, start: &Self) -> usize {
        self.mask
            .iter()
            .zip(&start.mask)
            .map(|(now, was)| {
                self.lanes.iter().filter(|&&lane| was & lane != 0 && now & lane == 0).count()
            })
            .sum()
    }

    fn run(&mut self, order: Order) {
        let mut rows: Vec<usize> =
            (0..self.fk.len()).filter(|&row| self.fk[row] < self.k).collect();
        match order {
            Order::RarestFirst => rows.sort_by_key(|&row| self.fk[row]),
            Order::CommonestFirst => rows.sort_by_key(|&row| std::cmp::Reverse(self.fk[row])),
            Order::File => {}
        }
        for row in rows {
            if self.fk[row] < self.k
                && let Some(blank) = self.choose(row)
            {
                self.blank(row, blank);
            }
        }
    }

    // The smallest set of present keys whose blanking lifts `row` to k; of equal
    // ones the one that newly agrees with most records still below k.
    fn choose(&self, row: usize) -> Option<u64> {
        let present: Vec<u64> =
            self.lanes.iter().copied().filter(|&lane| self.mask[row] & lane != 0).collect();
        for size in 1..=present.len() {
            let mut best: Option<(u32, u32, u64)> = None;
            for set in 1_u32..1 << present.len() {
                if set.count_ones() as usize != size {
                    continue;
                }
                let blank = present
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| set >> at & 1 == 1)
                    .fold(0, |all, (_, lane)| all | lane);
                let (fk, helped) = self.effect(row, blank);
                // Prefer the set that blanks least beyond need: the smallest fk.
                if fk >= self.k && best.is_none_or(|b| (helped, u32::MAX - fk) > (b.0, b.1)) {
                    best = Some((helped, u32::MAX - fk, blank));
                }
            }
            if let Some((_, _, blank)) = best {
                return Some(blank);
            }
        }
        None
    }

    fn effect(&self, row: usize, blank: u64) -> (u32, u32) {
        let (value, mask) = (self.value[row], self.mask[row] & !blank);
        let (mut agree, mut below) = (0, 0);
        for ((&v, &m), &fk) in self.value.iter().zip(&self.mask).zip(&self.fk) {
            let same = u32::from((value ^ v) & mask & m == 0);
            agree += same;
            below += same & u32::from(fk < self.k);
        }
        (agree, below)
    }

    fn blank(&mut self, row: usize, blank: u64) {
        let (value, old) = (self.value[row], self.mask[row]);
        let new = old & !blank;
        let mut gained = 0;
        for at in 0..self.value.len() {
            let differ = (value ^ self.value[at]) & self.mask[at];
            if differ & old != 0 && differ & new == 0 {
                self.fk[at] += 1;
                gained += 1;
            }
        }
        self.mask[row] = new;
        self.fk[row] += gained;
    }

    // Puts back every blanked field whose return leaves all records at k.
    fn restore(&mut self, start: &Self) {
        for row in 0..self.mask.len() {
            for at in 0..self.lanes.len() {
                let lane = self.lanes[at];
                if start.mask[row] & lane == 0 || self.mask[row] & lane != 0 {
                    continue;
                }
                let (value, old) = (self.value[row], self.mask[row]);
                let new = old | lane;
                let lost: Vec<usize> = (0..self.value.len())
                    .filter(|&other| {
                        let differ = (value ^ self.value[other]) & self.mask[other];
                        differ & old == 0 && differ & new != 0
                    })
                    .collect();
                let lost_count = lost.len() as u32;
                if self.fk[row] >= self.k + lost_count && lost.iter().all(|&o| self.fk[o] > self.k)
                {
                    for other in lost {
                        self.fk[other] -= 1;
                    }
                    self.fk[row] -= lost_count;
                    self.mask[row] = new;
                }
            }
        }
    }

    fn finish(&self, keys: &Records, start: &Self) -> LocallySuppressed {
        let blank: Vec<Vec<bool>> = self
            .lanes
            .iter()
            .map(|&lane| {
                self.mask
                    .iter()
                    .zip(&start.mask)
                    .map(|(now, was)| was & lane != 0 && now & lane == 0)
                    .collect()
            })
            .collect();
        blanked(keys, &blank, false)
    }
}

fn blanked(keys: &Records, blank: &[Vec<bool>], optimal: bool) -> LocallySuppressed {
    let columns = keys
        .columns()
        .iter()
        .zip(blank)
        .map(|(column, blank)| Column {
            name: column.name.clone(),
            values: column.values.clone(),
            codes: column
                .codes
                .iter()
                .zip(blank)
                .map(|(&code, &gone)| if gone { 0 } else { code })
                .collect(),
        })
        .collect();
    LocallySuppressed {
        records: Records::from_columns(columns, keys.len()),
        by_key: blank.iter().map(|b| b.iter().filter(|&&gone| gone).count()).collect(),
        optimal,
    }
}

/// Blanks the least number of fields, by integer programming: a variable for
/// each field (blanked or not) and one for each pair of records (made to agree
/// or not), with every record agreeing with at least k − 1 others.
///
/// For files of up to forty records or so; the number of pairs is the limit.
///
/// # Errors
/// When k exceeds the number of records, the file has more than 60 records, or
/// the solver gives up.
pub fn suppress_exactly(keys: &Records, k: u32) -> Result<LocallySuppressed, DisclosureError> {
    check(keys, k)?;
    if keys.len() > 60 {
        return Err(DisclosureError::TooLarge(
            "the exact method is for up to 60 records; use the heuristic".to_owned(),
        ));
    }
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let fields: Vec<Vec<Option<Variable>>> = keys
        .columns()
        .iter()
        .map(|c| {
            c.codes().iter().map(|&code| (code != 0).then(|| problem.add_binary_var(1.0))).collect()
        })
        .collect();
    let mut partners: Vec<Vec<Variable>> = vec![Vec::new(); keys.len()];
    let mut certain = vec![1_u32; keys.len()];
    for left in 0..keys.len() {
        for right in left + 1..keys.len() {
            let differing: Vec<[Variable; 2]> = keys
                .columns()
                .iter()
                .zip(&fields)
                .filter(|(c, _)| c.codes()[left] != c.codes()[right])
                .filter_map(|(_, f)| Some([f[left]?, f[right]?]))
                .collect();
            if differing.is_empty() {
                certain[left] += 1;
                certain[right] += 1;
                continue;
            }
            let agree = problem.add_binary_var(0.0);
            for [a, b] in differing {
                problem.add_constraint([(agree, 1.0), (a, -1.0), (b, -1.0)], ComparisonOp::Le, 0.0);
            }
            partners[left].push(agree);
            partners[right].push(agree);
        }
    }
    for (agree, have) in partners.iter().zip(&certain) {
        if *have < k {
            let terms: Vec<(Variable, f64)> = agree.iter().map(|&v| (v, 1.0)).collect();
            problem.add_constraint(terms, ComparisonOp::Ge, f64::from(k - have));
        }
    }
    let outcome = problem.solve()?;
    let solution = outcome
        .into_solution()
        .map_err(|_| DisclosureError::Solver("no solution within the limits".to_owned()))?;
    let blank: Vec<Vec<bool>> = fields
        .iter()
        .map(|f| f.iter().map(|v| v.is_some_and(|v| solution.var_value(v) > 0.5)).collect())
        .collect();
    Ok(blanked(keys, &blank, true))
}
