//! How far each sensitive cell must be able to move, and whether it can.

use super::audit::room;
use super::error::DisclosureError;
use super::frame::Frame;
use super::network::{Network, Side};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use rayon::prelude::*;

/// How uncertain an attacker must remain about a sensitive count a < k.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Protection {
    /// The attacker can exclude neither a count below a nor a count of k or more.
    #[default]
    Threshold,
    /// Besides, at least k + 1 whole numbers remain possible: the interval is k wide.
    Interval,
}

/// What one sensitive cell needs: how far down, how far up, how wide in all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Need {
    pub(crate) cell: usize,
    pub(crate) down: f64,
    pub(crate) up: f64,
    pub(crate) wide: f64,
}

impl Need {
    pub(crate) fn of(cell: usize, count: u64, k: u32, protection: Protection) -> Self {
        let k = u64::from(k);
        Self {
            cell,
            down: if count == 0 { 0.0 } else { 1.0 },
            up: k.saturating_sub(count).max(1) as f64,
            wide: if protection == Protection::Interval { k as f64 } else { 0.0 },
        }
    }
}

/// A limit on the movement of a cell: cells, the side that limits, a weight.
pub(crate) type Cut = Vec<(usize, Side, f64)>;

/// Works out movements, as flows where the table allows it.
pub(crate) enum Engine<'a> {
    Flow(Network),
    Programme(&'a Frame),
}

impl<'a> Engine<'a> {
    pub(crate) fn of(frame: &'a Frame) -> Self {
        Network::of(frame).map_or(Self::Programme(frame), Self::Flow)
    }

    /// How far `cell` can move to one side, at most `wanted`, with the reason
    /// when it falls short.
    pub(crate) fn reach(
        &self,
        cell: usize,
        side: Side,
        up: &[f64],
        down: &[f64],
        wanted: f64,
    ) -> Result<(f64, Cut), DisclosureError> {
        match self {
            Self::Flow(network) => {
                let push = network.push(cell, side, up, down, wanted);
                let cut = push.cut.into_iter().map(|(c, s)| (c, s, 1.0)).collect();
                Ok((push.flow, cut))
            }
            Self::Programme(frame) => dual(frame, cell, side, up, down, wanted),
        }
    }

    /// Cells to hide so that `cell` can move by `wanted`, found greedily.
    pub(crate) fn open(
        &self,
        cell: usize,
        side: Side,
        wanted: f64,
        bounds: (&[f64], &[f64]),
        price: &[f64],
    ) -> Result<Option<Vec<usize>>, DisclosureError> {
        match self {
            Self::Flow(network) => Ok(network.open(cell, side, wanted, bounds, price)),
            Self::Programme(frame) => cheapest_movement(frame, cell, side, wanted, bounds, price),
        }
    }

    /// The sensitive cells that the pattern leaves too exposed.
    pub(crate) fn exposed(
        &self,
        counts: &[u64],
        hidden: &[bool],
        upper: u64,
        needs: &[Need],
    ) -> Result<Vec<usize>, DisclosureError> {
        let (up, down) = room(counts, hidden, upper);
        let judged: Vec<Option<usize>> = needs
            .par_iter()
            .map(|need| Ok((!self.safe(need, &up, &down)?).then_some(need.cell)))
            .collect::<Result<_, DisclosureError>>()?;
        Ok(judged.into_iter().flatten().collect())
    }

    pub(crate) fn safe(
        &self,
        need: &Need,
        up: &[f64],
        down: &[f64],
    ) -> Result<bool, DisclosureError> {
        if up[need.cell] < need.up || down[need.cell] < need.down {
            return Ok(false);
        }
        let wish = |base: f64, own: f64| base.max(need.wide).min(own.max(base));
        let raise = self.reach(need.cell, Side::Up, up, down, wish(need.up, up[need.cell]))?.0;
        if raise < need.up - 1e-6 {
            return Ok(false);
        }
        let lower =
            self.reach(need.cell, Side::Down, up, down, wish(need.down, down[need.cell]))?.0;
        Ok(lower >= need.down - 1e-6 && raise + lower >= need.wide - 1e-6)
    }
}

// The dual of "move `cell` as far as the others allow". Its solution is a
// capacity inequality (Fischetti & Salazar-González 2001): the weighted room of
// the cells named in it limits the movement. Solving the dual itself, because
// the solver does not tell the multipliers of a primal.
fn dual(
    frame: &Frame,
    cell: usize,
    side: Side,
    up: &[f64],
    down: &[f64],
    wanted: f64,
) -> Result<(f64, Cut), DisclosureError> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    // A shown cell has no room; a small price keeps it out of the cut unless
    // it matters, so that cuts name few cells.
    let price = |room: f64| room.max(1e-3);
    let raise: Vec<Variable> = (0..frame.len())
        .map(|c| {
            problem.add_var(if c == cell { wanted } else { price(up[c]) }, (0.0, f64::INFINITY))
        })
        .collect();
    let lower: Vec<Variable> = (0..frame.len())
        .map(|c| {
            problem.add_var(if c == cell { wanted } else { price(down[c]) }, (0.0, f64::INFINITY))
        })
        .collect();
    let multipliers: Vec<Variable> = frame
        .equations()
        .iter()
        .map(|_| problem.add_var(0.0, (f64::NEG_INFINITY, f64::INFINITY)))
        .collect();
    let mut rows: Vec<Vec<(Variable, f64)>> =
        (0..frame.len()).map(|c| vec![(raise[c], 1.0), (lower[c], -1.0)]).collect();
    for (equation, &multiplier) in frame.equations().iter().zip(&multipliers) {
        for (c, sign) in equation.terms() {
            rows[c].push((multiplier, sign));
        }
    }
    for (c, row) in rows.into_iter().enumerate() {
        let target = match (c == cell, side) {
            (false, _) => 0.0,
            (true, Side::Up) => 1.0,
            (true, Side::Down) => -1.0,
        };
        problem.add_constraint(row, ComparisonOp::Eq, target);
    }
    let solution = problem
        .solve()?
        .into_solution()
        .map_err(|_| DisclosureError::Solver("no answer within the limits".to_owned()))?;
    let mut reach = 0.0;
    let mut cut = Vec::new();
    for c in 0..frame.len() {
        for (variable, side, room) in [(raise[c], Side::Up, up[c]), (lower[c], Side::Down, down[c])]
        {
            let weight = solution.var_value(variable);
            if weight > 1e-9 {
                if c == cell {
                    reach += weight * wanted;
                } else {
                    reach += weight * room;
                    cut.push((c, side, weight));
                }
            }
        }
    }
    Ok((reach.min(wanted), if reach < wanted - 1e-7 { cut } else { Vec::new() }))
}

fn cheapest_movement(
    frame: &Frame,
    cell: usize,
    side: Side,
    wanted: f64,
    (up, down): (&[f64], &[f64]),
    price: &[f64],
) -> Result<Option<Vec<usize>>, DisclosureError> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let variable = |problem: &mut Problem, c: usize, own: Side, room: f64| {
        let bounds = match (c == cell, own == side) {
            (true, true) => (wanted, wanted),
            (true, false) => (0.0, 0.0),
            _ if price[c].is_finite() => (0.0, room),
            _ => (0.0, 0.0),
        };
        let cost = if price[c].is_finite() { price[c] + 1e-6 } else { 0.0 };
        problem.add_var(cost, bounds)
    };
    let raise: Vec<Variable> =
        (0..frame.len()).map(|c| variable(&mut problem, c, Side::Up, up[c])).collect();
    let lower: Vec<Variable> =
        (0..frame.len()).map(|c| variable(&mut problem, c, Side::Down, down[c])).collect();
    for equation in frame.equations() {
        let row: Vec<(Variable, f64)> =
            equation.terms().flat_map(|(c, sign)| [(raise[c], sign), (lower[c], -sign)]).collect();
        problem.add_constraint(row, ComparisonOp::Eq, 0.0);
    }
    let solution = match problem.solve() {
        Ok(outcome) => outcome
            .into_solution()
            .map_err(|_| DisclosureError::Solver("no answer within the limits".to_owned()))?,
        Err(microlp::Error::Infeasible) => return Ok(None),
        Err(reason) => return Err(reason.into()),
    };
    let moved = |c: usize| solution.var_value(raise[c]) + solution.var_value(lower[c]) > 1e-7;
    Ok(Some((0..frame.len()).filter(|&c| price[c] > 0.0 && moved(c)).collect()))
}
