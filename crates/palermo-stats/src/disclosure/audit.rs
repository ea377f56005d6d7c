//! The audit: what an attacker can work out from a table as published.
//!
//! **Attack.** Each hidden cell becomes an unknown between 0 and an upper bound
//! that everybody knows (the grand total, say); each shown cell a constant; a
//! rounded cell an unknown in its rounding interval; each equation a
//! constraint. The least and greatest value of every unknown are linear
//! programmes (Fischetti & Salazar-González 2000). The truth always lies within.
//!
//! **What it assumes.** The attacker knows the method, all sums and the bounds,
//! and nothing else. Somebody who knows one hidden cell (the person counted in
//! it, for example) can do better.
//!
//! **Whole numbers.** The programmes allow fractions, so the bounds are never
//! narrower than those of an attacker who uses that counts are whole. For
//! two-way tables they coincide; for others [`super::reconstruct`] goes further.

use super::error::DisclosureError;
use super::frame::Frame;
use super::network::{Network, Side};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What is published of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The count itself.
    Exact(u64),
    /// Nothing.
    Hidden,
    /// A least and a greatest count, as rounding gives.
    Between(u64, u64),
}

/// The values an attacker cannot exclude.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Interval {
    /// Least possible count.
    pub least: f64,
    /// Greatest possible count.
    pub most: f64,
}

/// Works out the interval of every cell that is not shown exactly, from what
/// is published alone. `upper` bounds every hidden cell.
///
/// ```
/// use palermo_stats::disclosure::{attack_intervals, Equation, Frame, Shown};
/// let frame = Frame::new(["all", "a", "b"].map(String::from).to_vec(),
///     vec![Equation { total: 0, parts: vec![1, 2] }])?;
/// let found = attack_intervals(&frame, &[Shown::Exact(9), Shown::Hidden, Shown::Hidden], 9)?;
/// assert_eq!((found[&1].least, found[&1].most), (0.0, 9.0));
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
///
/// # Errors
/// When no table agrees with what is published, or the solver gives up.
pub fn attack_intervals(
    frame: &Frame,
    shown: &[Shown],
    upper: u64,
) -> Result<BTreeMap<usize, Interval>, DisclosureError> {
    if shown.len() != frame.len() {
        return Err(DisclosureError::Inconsistent(format!(
            "`{}` published cells for `{}` cells",
            shown.len(),
            frame.len()
        )));
    }
    let groups = components(frame, shown);
    let solved: Vec<Vec<(usize, Interval)>> =
        groups.par_iter().map(|group| group.intervals(shown, upper)).collect::<Result<_, _>>()?;
    constant_equations(frame, shown)?;
    Ok(solved.into_iter().flatten().collect())
}

// Equations without unknowns must simply hold.
fn constant_equations(frame: &Frame, shown: &[Shown]) -> Result<(), DisclosureError> {
    for equation in frame.equations() {
        let mut sum = 0.0;
        let mut known = true;
        for (cell, sign) in equation.terms() {
            match shown[cell] {
                Shown::Exact(value) => sum += sign * value as f64,
                _ => known = false,
            }
        }
        if known && sum != 0.0 {
            return Err(DisclosureError::Inconsistent(format!(
                "`{}` is not the sum of its parts",
                frame.labels()[equation.total]
            )));
        }
    }
    Ok(())
}

// Unknown cells that share no equation, directly or through others, are
// independent: each group is a small programme of its own.
struct Group {
    cells: Vec<usize>,
    // Terms over positions in `cells`, and the right-hand side.
    equations: Vec<(Vec<(usize, f64)>, f64)>,
}

fn components(frame: &Frame, shown: &[Shown]) -> Vec<Group> {
    let unknown = |cell: usize| !matches!(shown[cell], Shown::Exact(_));
    let mut leader: Vec<usize> = (0..frame.len()).collect();
    fn find(leader: &mut [usize], mut at: usize) -> usize {
        while leader[at] != at {
            leader[at] = leader[leader[at]];
            at = leader[at];
        }
        at
    }
    for equation in frame.equations() {
        let mut first = None;
        for (cell, _) in equation.terms().filter(|t| unknown(t.0)) {
            let root = find(&mut leader, cell);
            match first {
                None => first = Some(root),
                Some(other) => leader[root] = find(&mut leader, other),
            }
        }
    }
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    let mut position = vec![usize::MAX; frame.len()];
    for cell in (0..frame.len()).filter(|&c| unknown(c)) {
        let root = find(&mut leader, cell);
        let group = groups
            .entry(root)
            .or_insert_with(|| Group { cells: Vec::new(), equations: Vec::new() });
        position[cell] = group.cells.len();
        group.cells.push(cell);
    }
    for equation in frame.equations() {
        let mut terms = Vec::new();
        let mut right = 0.0;
        let mut root = None;
        for (cell, sign) in equation.terms() {
            match shown[cell] {
                Shown::Exact(value) => right -= sign * value as f64,
                _ => {
                    root = Some(find(&mut leader, cell));
                    terms.push((position[cell], sign));
                }
            }
        }
        if let Some(group) = root.and_then(|root| groups.get_mut(&root)) {
            group.equations.push((terms, right));
        }
    }
    groups.into_values().collect()
}

impl Group {
    fn intervals(
        &self,
        shown: &[Shown],
        upper: u64,
    ) -> Result<Vec<(usize, Interval)>, DisclosureError> {
        (0..self.cells.len())
            .into_par_iter()
            .map(|at| {
                let least = self.extreme(at, OptimizationDirection::Minimize, shown, upper)?;
                let most = self.extreme(at, OptimizationDirection::Maximize, shown, upper)?;
                Ok((self.cells[at], Interval { least, most }))
            })
            .collect()
    }

    fn extreme(
        &self,
        target: usize,
        direction: OptimizationDirection,
        shown: &[Shown],
        upper: u64,
    ) -> Result<f64, DisclosureError> {
        let bounds = |cell: usize| match shown[cell] {
            Shown::Between(least, most) => (least as f64, most as f64),
            _ => (0.0, upper as f64),
        };
        // In no sum at all: nothing but its bounds is known.
        if self.equations.is_empty() {
            let (least, most) = bounds(self.cells[target]);
            return Ok(if direction == OptimizationDirection::Minimize { least } else { most });
        }
        let mut problem = Problem::new(direction);
        let variables: Vec<Variable> = self
            .cells
            .iter()
            .enumerate()
            .map(|(at, &cell)| problem.add_var(if at == target { 1.0 } else { 0.0 }, bounds(cell)))
            .collect();
        for (terms, right) in &self.equations {
            let row: Vec<(Variable, f64)> =
                terms.iter().map(|&(at, sign)| (variables[at], sign)).collect();
            problem.add_constraint(row, ComparisonOp::Eq, *right);
        }
        let solved = problem.solve().map_err(|reason| match reason {
            microlp::Error::Infeasible => DisclosureError::Inconsistent(
                "no table of counts agrees with what is published".to_owned(),
            ),
            other => other.into(),
        })?;
        let value = solved
            .into_solution()
            .map_err(|_| DisclosureError::Solver("no answer within the limits".to_owned()))?
            .objective();
        // Bounds of count tables are nearly always whole; undo round-off there.
        Ok(if (value - value.round()).abs() < 1e-7 { value.round() + 0.0 } else { value })
    }
}

/// The same intervals for somebody who holds the true counts: in a two-way
/// table as maximum flows around the truth, which is much faster.
///
/// # Errors
/// As [`attack_intervals`].
pub fn audit_intervals(
    frame: &Frame,
    counts: &[u64],
    hidden: &[bool],
    upper: u64,
) -> Result<BTreeMap<usize, Interval>, DisclosureError> {
    let Some(network) = Network::of(frame) else {
        let shown: Vec<Shown> = counts
            .iter()
            .zip(hidden)
            .map(|(&count, &gone)| if gone { Shown::Hidden } else { Shown::Exact(count) })
            .collect();
        return attack_intervals(frame, &shown, upper);
    };
    let (up, down) = room(counts, hidden, upper);
    Ok((0..frame.len())
        .into_par_iter()
        .filter(|&cell| hidden[cell])
        .map(|cell| {
            let raise = network.push(cell, Side::Up, &up, &down, up[cell]).flow;
            let lower = network.push(cell, Side::Down, &up, &down, down[cell]).flow;
            let count = counts[cell] as f64;
            (cell, Interval { least: count - lower, most: count + raise })
        })
        .collect())
}

/// How far each hidden cell may rise and fall; shown cells cannot move.
pub(crate) fn room(counts: &[u64], hidden: &[bool], upper: u64) -> (Vec<f64>, Vec<f64>) {
    let up = counts
        .iter()
        .zip(hidden)
        .map(|(&count, &gone)| if gone { upper.saturating_sub(count) as f64 } else { 0.0 })
        .collect();
    let down = counts
        .iter()
        .zip(hidden)
        .map(|(&count, &gone)| if gone { count as f64 } else { 0.0 })
        .collect();
    (up, down)
}
