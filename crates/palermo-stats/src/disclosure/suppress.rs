//! Complementary suppression: which further cells to hide.
//!
//! Hiding a small count is useless when it can be had by subtraction, so others
//! must be hidden with it, as few or as unimportant as possible. This is the
//! *cell suppression problem*, NP-hard.
//!
//! **Exactly**, by integer programming (Fischetti & Salazar-González, JASA
//! 95:916, 2000; Management Science 47, 2001): x_i = 1 when cell i is hidden;
//! minimise Σ w_i x_i subject to capacity inequalities, one for each way in
//! which a sensitive cell could still be pinned down. These are added as
//! needed: solve, attack the pattern, and turn each successful attack into an
//! inequality; first over fractions, then over whole numbers. The attack is a
//! maximum flow in two-way tables and a linear programme in others.
//!
//! **Heuristically**, for larger and for linked tables: for each sensitive cell
//! in turn the cheapest set of cells that lets it move far enough (a path in
//! two-way tables, a linear programme in others; Kelly, Golden & Assad 1992),
//! then everything hidden in vain is shown again. The result is always audited.
//!
//! **When not to use it.** Several releases of changing data: see
//! [`super::releases`]. Published shares or averages of hidden cells defeat it.

use super::audit::room;
use super::error::DisclosureError;
use super::frame::Frame;
use super::network::Side;
use super::protect::{Cut, Engine, Need};
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};
use rayon::prelude::*;
use std::time::Duration;

/// What hiding a cell costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cost {
    /// Every cell the same: as few hidden cells as possible.
    #[default]
    Cells,
    /// The count, at least 1: as few people in hidden cells as possible.
    Counts,
}

impl Cost {
    pub(crate) fn of(self, count: u64) -> f64 {
        match self {
            Self::Cells => 1.0,
            Self::Counts => count.max(1) as f64,
        }
    }
}

/// A suppression pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pattern {
    pub(crate) hidden: Vec<bool>,
    pub(crate) cost: f64,
    pub(crate) optimal: bool,
}

pub(crate) struct Task<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) counts: &'a [u64],
    pub(crate) upper: u64,
    pub(crate) needs: &'a [Need],
    pub(crate) cost: Cost,
    /// Whether cells of count 0 may be hidden.
    pub(crate) hide_zeros: bool,
}

impl Task<'_> {
    fn primaries(&self) -> Vec<bool> {
        let mut out = vec![false; self.frame.len()];
        for need in self.needs {
            out[need.cell] = true;
        }
        out
    }

    fn may_hide(&self, cell: usize) -> bool {
        self.hide_zeros || self.counts[cell] > 0
    }

    fn pattern(&self, hidden: Vec<bool>, optimal: bool) -> Pattern {
        let cost = hidden
            .iter()
            .zip(self.counts)
            .filter(|(gone, _)| **gone)
            .map(|(_, &count)| self.cost.of(count))
            .sum();
        Pattern { hidden, cost, optimal }
    }

    fn label(&self, cell: usize) -> String {
        self.frame.labels()[cell].clone()
    }
}

/// The heuristic.
pub(crate) fn heuristic(task: &Task<'_>) -> Result<Pattern, DisclosureError> {
    let engine = Engine::of(task.frame);
    let mut hidden = task.primaries();
    let everything: Vec<bool> =
        (0..task.frame.len()).map(|c| hidden[c] || task.may_hide(c)).collect();
    let (up, down) = room(task.counts, &everything, task.upper);
    let mut price: Vec<f64> = (0..task.frame.len())
        .map(|c| match (hidden[c], everything[c]) {
            (true, _) => 0.0,
            (_, true) => task.cost.of(task.counts[c]),
            _ => f64::INFINITY,
        })
        .collect();
    let mut order: Vec<&Need> = task.needs.iter().collect();
    order.sort_by(|a, b| b.up.total_cmp(&a.up).then(a.cell.cmp(&b.cell)));
    for need in order {
        let (now_up, now_down) = room(task.counts, &hidden, task.upper);
        if engine.safe(need, &now_up, &now_down)? {
            continue;
        }
        // A wide interval is got upwards, where there is nearly always room.
        let lowered = need.down;
        let raised = need.up.max(need.wide - lowered);
        for (side, wanted) in [(Side::Up, raised), (Side::Down, lowered)] {
            if wanted <= 0.0 {
                continue;
            }
            let opened = engine
                .open(need.cell, side, wanted, (&up, &down), &price)?
                .ok_or_else(|| DisclosureError::Unprotectable(task.label(need.cell)))?;
            for cell in opened {
                hidden[cell] = true;
                price[cell] = 0.0;
            }
        }
    }
    show_again(task, &engine, &mut hidden)?;
    Ok(task.pattern(hidden, false))
}

// Shows every complementary cell again that protects nobody, dearest first.
fn show_again(
    task: &Task<'_>,
    engine: &Engine<'_>,
    hidden: &mut [bool],
) -> Result<(), DisclosureError> {
    let primary = task.primaries();
    let mut secondary: Vec<usize> =
        (0..hidden.len()).filter(|&c| hidden[c] && !primary[c]).collect();
    // Each trial audits every sensitive cell; beyond this it takes too long.
    if secondary.len() * task.needs.len() > 40_000 {
        return Ok(());
    }
    secondary.sort_by(|&a, &b| {
        task.cost.of(task.counts[b]).total_cmp(&task.cost.of(task.counts[a])).then(a.cmp(&b))
    });
    for cell in secondary {
        hidden[cell] = false;
        if !engine.exposed(task.counts, hidden, task.upper, task.needs)?.is_empty() {
            hidden[cell] = true;
        }
    }
    Ok(())
}

/// The optimum, or the best pattern found within `limit`, then marked as such.
pub(crate) fn optimum(task: &Task<'_>, limit: Duration) -> Result<Pattern, DisclosureError> {
    let start = heuristic(task)?;
    let engine = Engine::of(task.frame);
    let mut master = Master::new(task, &start);
    let began = std::time::Instant::now();
    for whole in [false, true] {
        loop {
            let left = limit.saturating_sub(began.elapsed());
            let Some((values, proven)) = master.solve(whole, left)? else {
                return Ok(start);
            };
            let cuts = master.separate(&engine, &values)?;
            if cuts.is_empty() {
                if whole {
                    let hidden: Vec<bool> = values.iter().map(|&v| v > 0.5).collect();
                    let found = task.pattern(hidden, proven);
                    return Ok(if proven || found.cost < start.cost { found } else { start });
                }
                break;
            }
            master.cuts.extend(cuts);
        }
    }
    Ok(start)
}

/// Σ weight × hidden ≥ right, over cells that are not sensitive.
type Row = (Vec<(usize, f64)>, f64);

struct Master<'a> {
    task: &'a Task<'a>,
    primary: Vec<bool>,
    free: Vec<usize>,
    full_up: Vec<f64>,
    full_down: Vec<f64>,
    cuts: Vec<Row>,
    start: &'a Pattern,
    bound: f64,
}

impl<'a> Master<'a> {
    fn new(task: &'a Task<'a>, start: &'a Pattern) -> Self {
        let primary = task.primaries();
        let free: Vec<usize> =
            (0..task.frame.len()).filter(|&c| !primary[c] && task.may_hide(c)).collect();
        let everything: Vec<bool> =
            (0..task.frame.len()).map(|c| primary[c] || task.may_hide(c)).collect();
        let (full_up, full_down) = room(task.counts, &everything, task.upper);
        let mut master =
            Self { task, primary, free, full_up, full_down, cuts: Vec::new(), start, bound: 0.0 };
        master.cuts = master.never_alone();
        master
    }

    // A cell hidden alone in an equation follows from the others, so an optimal
    // pattern has none: Σ others − x_i ≥ 0, and ≥ 1 where i is sensitive.
    fn never_alone(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for equation in self.task.frame.equations() {
            let cells: Vec<usize> = equation.terms().map(|t| t.0).collect();
            let sensitive = cells.iter().filter(|&&c| self.primary[c]).count();
            let free: Vec<usize> =
                cells.into_iter().filter(|c| self.free.binary_search(c).is_ok()).collect();
            match sensitive {
                0 => rows.extend(free.iter().map(|&c| {
                    let row = free.iter().map(|&o| (o, if o == c { -1.0 } else { 1.0 })).collect();
                    (row, 0.0)
                })),
                1 => rows.push((free.iter().map(|&c| (c, 1.0)).collect(), 1.0)),
                _ => {}
            }
        }
        rows
    }

    fn solve(
        &mut self,
        whole: bool,
        limit: Duration,
    ) -> Result<Option<(Vec<f64>, bool)>, DisclosureError> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut variables: Vec<Option<Variable>> = vec![None; self.task.frame.len()];
        for &cell in &self.free {
            let cost = self.task.cost.of(self.task.counts[cell]);
            variables[cell] = Some(if whole {
                problem.add_binary_var(cost)
            } else {
                problem.add_var(cost, (0.0, 1.0))
            });
        }
        for (row, right) in &self.cuts {
            let terms: Vec<(Variable, f64)> =
                row.iter().filter_map(|&(c, w)| Some((variables[c]?, w))).collect();
            problem.add_constraint(terms, ComparisonOp::Ge, *right);
        }
        let mut options = SolveOptions::default();
        options.time_limit = Some(limit);
        if whole {
            // Costs are whole numbers, so the optimum is at least the relaxed one rounded up.
            let objective: Vec<(Variable, f64)> = self
                .free
                .iter()
                .filter_map(|&c| Some((variables[c]?, self.task.cost.of(self.task.counts[c]))))
                .collect();
            problem.add_constraint(objective, ComparisonOp::Ge, (self.bound - 1e-6).ceil());
            options.warm_start = Some(
                self.free
                    .iter()
                    .filter_map(|&c| {
                        Some((variables[c]?, f64::from(u8::from(self.start.hidden[c]))))
                    })
                    .collect(),
            );
        }
        let outcome = match problem.solve_with(options) {
            Ok(outcome) => outcome,
            Err(microlp::Error::Infeasible) => {
                return Err(DisclosureError::Unprotectable(
                    self.task.needs.first().map_or_else(String::new, |n| self.task.label(n.cell)),
                ));
            }
            Err(reason) => return Err(reason.into()),
        };
        let proven = outcome.is_optimal();
        let Ok(solution) = outcome.into_solution() else {
            return Ok(None);
        };
        if proven {
            self.bound = self.bound.max(solution.objective());
        }
        let values = (0..self.task.frame.len())
            .map(|c| match variables[c] {
                Some(v) if whole => solution.var_value(v).round(),
                Some(v) => solution.var_value(v).clamp(0.0, 1.0),
                None => f64::from(u8::from(self.primary[c])),
            })
            .collect();
        Ok(Some((values, proven)))
    }

    // Attacks the (possibly fractional) pattern; every success is a cut.
    fn separate(&self, engine: &Engine<'_>, values: &[f64]) -> Result<Vec<Row>, DisclosureError> {
        let up: Vec<f64> = self.full_up.iter().zip(values).map(|(room, x)| room * x).collect();
        let down: Vec<f64> = self.full_down.iter().zip(values).map(|(room, x)| room * x).collect();
        let found: Vec<Vec<Row>> = self
            .task
            .needs
            .par_iter()
            .map(|need| self.separate_one(engine, need, (&up, &down), values))
            .collect::<Result<_, _>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    fn separate_one(
        &self,
        engine: &Engine<'_>,
        need: &Need,
        (up, down): (&[f64], &[f64]),
        values: &[f64],
    ) -> Result<Vec<Row>, DisclosureError> {
        let own = (self.full_up[need.cell], self.full_down[need.cell]);
        let wish_up = need.up.max(need.wide).min(own.0.max(need.up));
        let wish_down = need.down.max(need.wide).min(own.1.max(need.down));
        let (raise, cut_up) = engine.reach(need.cell, Side::Up, up, down, wish_up)?;
        let (lower, cut_down) = engine.reach(need.cell, Side::Down, up, down, wish_down)?;
        let mut found = Vec::new();
        if raise < need.up - 1e-6 {
            found.extend(self.row(&cut_up, need.up, values));
        }
        if lower < need.down - 1e-6 {
            found.extend(self.row(&cut_down, need.down, values));
        }
        if raise + lower < need.wide - 1e-6 {
            let fixed = wish_room(&cut_up, wish_up) + wish_room(&cut_down, wish_down);
            let both: Cut = cut_up.into_iter().chain(cut_down).collect();
            found.extend(self.row(&both, need.wide - fixed, values));
        }
        Ok(found)
    }

    // Σ weight × room × x ≥ need. Sensitive cells are hidden anyway and move to
    // the right; weights above the right side are cut back to it.
    fn row(&self, cut: &Cut, need: f64, values: &[f64]) -> Option<Row> {
        let mut right = need;
        let mut terms: Vec<(usize, f64)> = Vec::new();
        for &(cell, side, weight) in cut {
            let room = if side == Side::Up { self.full_up[cell] } else { self.full_down[cell] };
            if self.primary[cell] {
                right -= weight * room;
            } else if room > 0.0 && weight * room > 1e-9 {
                terms.push((cell, weight * room));
            }
        }
        terms.sort_by_key(|t| t.0);
        terms.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1 += later.1;
            }
            same
        });
        if right <= 1e-9 {
            return None;
        }
        let terms: Vec<(usize, f64)> =
            terms.into_iter().map(|(c, w)| (c, (w / right).min(1.0))).collect();
        let reached: f64 = terms.iter().map(|&(c, w)| w * values[c]).sum();
        (reached < 1.0 - 1e-7).then_some((terms, 1.0))
    }
}

// A side that reached all it was asked for has no cut and contributes its wish.
fn wish_room(cut: &Cut, wish: f64) -> f64 {
    if cut.is_empty() { wish } else { 0.0 }
}
