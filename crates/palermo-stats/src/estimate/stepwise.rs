//! Stepwise choice of two-list interactions.

use super::Lists;
use super::fit::{Fitter, Outcome, Start};
use super::model::{Model, pairs};
use super::special::poisson_one_sided;

/// One pair of lists looked at in one round of the stepwise choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Round, from 1.
    pub cycle: usize,
    /// The pair, as a set of lists.
    pub pair: u32,
    /// Persons on both lists.
    pub observed_overlap: u64,
    /// Persons on both lists expected under the model of this round.
    pub expected_overlap: f64,
    /// The smaller of the two one-sided Poisson probabilities.
    pub p: f64,
    /// Whether the enlarged model has an extended estimate.
    pub exists: bool,
    /// Whether the enlarged model is identifiable.
    pub identifiable: bool,
    /// Whether the pair was added.
    pub chosen: bool,
}

/// Runs the choice on the fitter's counts and leaves the chosen model fitted.
/// The terms of the model are written to `terms`.
pub(crate) fn choose(fitter: &mut Fitter, threshold: f64, terms: &mut Vec<u32>) -> Outcome {
    let outcome = start(fitter, terms);
    if outcome != Outcome::Found {
        return outcome;
    }
    let mut candidates: Vec<(f64, u32)> = Vec::new();
    loop {
        candidates.clear();
        for pair in pairs(fitter.lists()) {
            if !terms.contains(&pair) {
                let p = poisson_one_sided(fitter.overlap(pair), fitter.expected_overlap(pair));
                if p < threshold {
                    candidates.push((p, pair));
                }
            }
        }
        // A stable sort leaves ties in the order of pairs.
        candidates.sort_by(|a, b| a.0.total_cmp(&b.0));
        let found = candidates.iter().any(|&(_, pair)| {
            terms.push(pair);
            let outcome = fitter.fit(terms, Start::Warm);
            if outcome != Outcome::Found {
                terms.pop();
            }
            outcome == Outcome::Found
        });
        if !found {
            // The last fit may have been of a candidate that was refused.
            if !candidates.is_empty() {
                return fitter.fit(terms, Start::Warm);
            }
            return Outcome::Found;
        }
    }
}

fn start(fitter: &mut Fitter, terms: &mut Vec<u32>) -> Outcome {
    terms.clear();
    terms.push(0);
    terms.extend((0..fitter.lists()).map(|list| 1 << list));
    fitter.fit(terms, Start::Cold)
}

/// Every candidate of every round: what the choice saw and why it chose. The
/// order within a round is 12, 13, …, 23, ….
///
/// # Errors
/// None; the trace is empty when even main effects have no estimate.
#[must_use]
pub fn trace_stepwise(lists: &Lists, threshold: f64) -> (Vec<Candidate>, Model) {
    let mut fitter = Fitter::with_table(lists.len(), &lists.table());
    let mut checker = fitter.clone();
    let mut terms = Vec::new();
    let mut seen = Vec::new();
    let mut outcome = start(&mut fitter, &mut terms);
    let mut cycle = 0;
    while outcome == Outcome::Found {
        cycle += 1;
        let from = seen.len();
        for pair in pairs(lists.len()).filter(|p| !terms.contains(p)) {
            let expected_overlap = fitter.expected_overlap(pair);
            let mut enlarged = terms.clone();
            enlarged.push(pair);
            let (exists, identifiable) = checker.standing(&enlarged);
            seen.push(Candidate {
                cycle,
                pair,
                observed_overlap: lists.overlap(pair),
                expected_overlap,
                p: poisson_one_sided(fitter.overlap(pair), expected_overlap),
                exists,
                identifiable,
                chosen: false,
            });
        }
        let best = seen[from..]
            .iter_mut()
            .filter(|c| c.exists && c.identifiable && c.p < threshold)
            .min_by(|a, b| a.p.total_cmp(&b.p));
        let Some(best) = best else { break };
        best.chosen = true;
        terms.push(best.pair);
        outcome = fitter.fit(&terms, Start::Warm);
    }
    (seen, Model::from_terms(lists.len(), terms))
}
