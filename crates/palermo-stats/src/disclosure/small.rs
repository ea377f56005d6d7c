//! Looks for small groups among unknown counts: which of them must lie below the
//! threshold, and which of those cannot be nobody.
//!
//! The bounds of every cell are two linear programmes each ([`super::audit`]). Most
//! need none: a table that agrees with everything shown and has at least k persons in
//! a cell is proof that the cell is no small group, and one with nobody in it that it
//! need not be anybody. So whole sets of cells are pushed up, then down, together, and
//! only what no such table cleared is solved by itself.

use super::{audit::Interval, threshold::Threshold};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

/// What is not larger than this is round-off.
const ROUND_OFF: f64 = 1e-6;

/// One solution, and the cell taken out by itself, if one was.
type Pushed = (Vec<f64>, Option<usize>);

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// No counts agree with what is shown.
    Contradiction,
    /// The time was over, or the solver gave up.
    NotInTime,
}

/// Unknown counts with their bounds, and the sums they fulfil.
#[derive(Debug, Clone, Default)]
pub(super) struct Programme {
    /// Least and greatest value of each.
    pub bounds: Vec<(f64, f64)>,
    /// Terms over positions in `bounds`, and the right-hand side.
    pub sums: Vec<(Vec<(usize, f64)>, f64)>,
}

/// A group that may be there and is smaller than the threshold.
pub(super) fn is_small(interval: &Interval, threshold: Threshold) -> bool {
    let most = (interval.most + ROUND_OFF).floor();
    most >= 1.0 && most < f64::from(threshold.get())
}

/// A group that is there and is smaller than the threshold.
pub(super) fn is_somebody(interval: &Interval, threshold: Threshold) -> bool {
    interval.least > ROUND_OFF && is_small(interval, threshold)
}

impl Programme {
    /// Values of all cells where the sum over some is the greatest or the least.
    fn solve(
        &self,
        direction: OptimizationDirection,
        over: &BTreeSet<usize>,
        until: Instant,
    ) -> Result<Vec<f64>, NoAnswer> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(NoAnswer::NotInTime);
        }
        if self.sums.is_empty() {
            // In no sum at all: nothing but its bounds is known.
            let high = direction == OptimizationDirection::Maximize;
            let value = |(least, most): &(f64, f64)| if high { *most } else { *least };
            return Ok(self.bounds.iter().map(value).collect());
        }
        let mut problem = Problem::new(direction);
        problem.set_time_limit(left);
        let variables: Vec<Variable> = self
            .bounds
            .iter()
            .enumerate()
            .map(|(at, bounds)| {
                problem.add_var(if over.contains(&at) { 1.0 } else { 0.0 }, *bounds)
            })
            .collect();
        for (terms, right) in &self.sums {
            let row: Vec<(Variable, f64)> =
                terms.iter().map(|&(at, sign)| (variables[at], sign)).collect();
            problem.add_constraint(row, ComparisonOp::Eq, *right);
        }
        let outcome = problem.solve().map_err(|why| match why {
            microlp::Error::Infeasible => NoAnswer::Contradiction,
            _ => NoAnswer::NotInTime,
        })?;
        if !outcome.is_optimal() {
            return Err(NoAnswer::NotInTime);
        }
        let solution = outcome.into_solution().map_err(|_| NoAnswer::NotInTime)?;
        Ok(variables.iter().map(|one| solution.var_value(*one)).collect())
    }

    /// Whether any counts agree with the bounds and the sums.
    ///
    /// # Errors
    /// When they do not, or there is no time.
    pub fn agrees(&self, until: Instant) -> Result<(), NoAnswer> {
        if self.bounds.iter().any(|(least, most)| least > most) {
            return Err(NoAnswer::Contradiction);
        }
        self.solve(OptimizationDirection::Minimize, &BTreeSet::new(), until).map(drop)
    }

    /// The least and the greatest value of one cell.
    ///
    /// # Errors
    /// When no counts agree, or there is no time.
    pub fn extent(&self, at: usize, until: Instant) -> Result<(f64, f64), NoAnswer> {
        let one = BTreeSet::from([at]);
        let least = self.solve(OptimizationDirection::Minimize, &one, until)?;
        let most = self.solve(OptimizationDirection::Maximize, &one, until)?;
        Ok((whole(least[at]), whole(most[at])))
    }

    /// Which of these cells must be smaller than the threshold, with their bounds. The
    /// least is 0 where nobody need be in the cell.
    ///
    /// # Errors
    /// When no counts agree, or there is no time.
    pub fn small(
        &self,
        wanted: &BTreeSet<usize>,
        threshold: Threshold,
        until: Instant,
    ) -> Result<BTreeMap<usize, Interval>, NoAnswer> {
        let k = f64::from(threshold.get());
        let high = |value: f64| value + ROUND_OFF >= k;
        let (mut open, mut known): (BTreeSet<usize>, BTreeSet<usize>) =
            wanted.iter().copied().partition(|at| high(self.bounds[*at].1));
        let mut small: BTreeMap<usize, Interval> = BTreeMap::new();
        let up = OptimizationDirection::Maximize;
        while let Some((values, alone)) = self.push(up, &mut open, &high, until)? {
            if let Some(at) = alone.filter(|at| !high(values[*at])) {
                small.insert(at, Interval { least: 0.0, most: whole(values[at]) });
            }
        }
        let down = OptimizationDirection::Minimize;
        known.retain(|at| self.bounds[*at].1 + ROUND_OFF >= 1.0);
        for at in &known {
            small.insert(*at, Interval { least: 0.0, most: self.bounds[*at].1 });
        }
        let nobody = |value: f64| value <= ROUND_OFF;
        let mut open: BTreeSet<usize> = small.keys().copied().collect();
        while let Some((values, alone)) = self.push(down, &mut open, &nobody, until)? {
            let Some(at) = alone.filter(|at| !nobody(values[*at])) else { continue };
            let most = self.extent(at, until)?.1;
            small.insert(at, Interval { least: whole(values[at]), most });
        }
        small.retain(|_, interval| is_small(interval, threshold));
        Ok(small)
    }

    /// Pushes all open cells together and takes out those that a table clears; where
    /// that clears none, one of them by itself, which is taken out in any case and told.
    fn push(
        &self,
        direction: OptimizationDirection,
        open: &mut BTreeSet<usize>,
        cleared: &dyn Fn(f64) -> bool,
        until: Instant,
    ) -> Result<Option<Pushed>, NoAnswer> {
        let Some(first) = open.first().copied() else { return Ok(None) };
        let values = self.solve(direction, open, until)?;
        let before = open.len();
        open.retain(|at| !cleared(values[*at]));
        if open.len() < before {
            return Ok(Some((values, None)));
        }
        let values = self.solve(direction, &BTreeSet::from([first]), until)?;
        open.remove(&first);
        open.retain(|at| !cleared(values[*at]));
        Ok(Some((values, Some(first))))
    }
}

/// Bounds of count tables are nearly always whole; round-off is undone there.
fn whole(value: f64) -> f64 {
    if (value - value.round()).abs() < ROUND_OFF { value.round() + 0.0 } else { value }
}
