//! Choice among all hierarchical models by the Bayesian information
//! criterion, and the check whether all of them have an estimate.
//!
//! BIC = k·ln(number of cases) − 2ℓ (Silverman, Chan & Vincent 2024). There
//! are 8, 113 and 6,893 hierarchical models of 3, 4 and 5 lists that contain
//! all main effects and leave out the interaction of all lists. A greedy
//! search is quick but stops at local optima: on the five-list United Kingdom
//! data it ends at 12,262 persons where the best model has 25,311.
//!
//! *Do not* read the best model as the truth: when the next best have almost
//! the same criterion and other totals, the report says so.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use thiserror::Error;

use super::fit::{Fitter, Outcome, Start};
use super::model::pairs;
use super::{Lists, LoglinearFit, Model};

/// The most models a search will look at.
pub const MOST_MODELS: usize = 3_000_000;

/// There are more models than a search will look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "there are more than {MOST_MODELS} models of {lists} lists with interactions of up to \
     {max_order} lists; lower the largest order or search downhill"
)]
pub struct TooManyModels {
    /// How many lists there are.
    pub lists: usize,
    /// The largest interaction asked for.
    pub max_order: u32,
}

/// One model of a search with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelScore {
    sets: u128,
    lists: usize,
    /// Whether the extended maximum likelihood estimate exists.
    pub exists: bool,
    /// Whether the parameters are determined by the data.
    pub identifiable: bool,
    /// Observed and unobserved persons; none without an estimate.
    pub total: Option<f64>,
    /// Bayesian information criterion; infinite without an estimate.
    pub bic: f64,
    /// Akaike's criterion; infinite without an estimate.
    pub aic: f64,
}

impl ModelScore {
    /// The model.
    #[must_use]
    pub fn model(&self) -> Model {
        let mut terms = Vec::new();
        write_terms(self.sets, &mut terms);
        Model::from_terms(self.lists, terms)
    }
}

fn write_terms(mut sets: u128, terms: &mut Vec<u32>) {
    terms.clear();
    while sets != 0 {
        terms.push(sets.trailing_zeros());
        sets &= sets - 1;
    }
}

/// The largest order searched unless told otherwise: one less than the number
/// of lists up to five lists, pairs beyond, where the number of models
/// explodes.
#[must_use]
pub fn default_max_order(lists: usize) -> u32 {
    if lists <= 5 { lists as u32 - 1 } else { 2 }
}

/// How many of the best models take part in the bootstrap, as recommended by
/// Silverman, Chan & Vincent (2024): all of up to three lists, 20 of four,
/// 100 of five or more.
#[must_use]
pub fn default_top(lists: usize) -> usize {
    match lists {
        0..=3 => usize::MAX,
        4 => 20,
        _ => 100,
    }
}

/// Fits every hierarchical model with all main effects and interactions of up
/// to `max_order` lists (never that of all lists), each with its standing. On
/// the order of the result: larger models come later among those that share
/// their pairs.
///
/// # Errors
/// When there are more models than [`MOST_MODELS`].
///
/// ```
/// use palermo_stats::estimate::{Lists, all_models};
///
/// let lists = Lists::new(
///     ["b", "c", "d"],
///     [(0b100, 41), (0b010, 5), (0b001, 5), (0b011, 54), (0b101, 6), (0b111, 12)],
/// )?;
/// let models = all_models(&lists, 2)?;
/// assert_eq!(models.len(), 8);
/// assert_eq!(models.iter().filter(|m| m.total.is_some()).count(), 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn all_models(lists: &Lists, max_order: u32) -> Result<Vec<ModelScore>, TooManyModels> {
    let t = lists.len();
    let max_order = max_order.clamp(1, (t as u32 - 1).max(1));
    let models = enumerate(t, max_order).ok_or(TooManyModels { lists: t, max_order })?;
    let first = Fitter::with_table(t, &lists.table());
    Ok(models
        .into_par_iter()
        .with_min_len(64)
        .map_init(
            || (first.clone(), Vec::new()),
            |(fitter, terms), sets| {
                write_terms(sets, terms);
                score(fitter, terms, sets)
            },
        )
        .collect())
}

fn score(fitter: &mut Fitter, terms: &[u32], sets: u128) -> ModelScore {
    let outcome = fitter.fit(terms, Start::Cold);
    let found = outcome == Outcome::Found;
    let (exists, identifiable) = if found { (true, true) } else { fitter.standing(terms) };
    ModelScore {
        sets,
        lists: fitter.lists(),
        exists,
        identifiable,
        total: found.then(|| fitter.total()),
        bic: if found { fitter.bic() } else { f64::INFINITY },
        aic: if found { fitter.aic() } else { f64::INFINITY },
    }
}

/// All sets of terms, as bit sets over masks; none when there are too many.
fn enumerate(lists: usize, max_order: u32) -> Option<Vec<u128>> {
    // The bit set holds 128 masks: seven lists.
    if lists > 7 {
        return None;
    }
    let singles = (0..lists).fold(1u128, |sets, list| sets | 1 << (1u32 << list));
    let by_order: Vec<Vec<u32>> = (0..=max_order)
        .map(|order| (0..1u32 << lists).filter(|s| s.count_ones() == order).collect())
        .collect();
    let mut found = Vec::new();
    grow(singles, 2, &by_order, &mut found).then_some(found)
}

/// Adds every choice of terms of this order and above; false when too many.
fn grow(sets: u128, order: usize, by_order: &[Vec<u32>], found: &mut Vec<u128>) -> bool {
    let allowed: Vec<u32> = by_order.get(order).map_or_else(Vec::new, |all| {
        all.iter()
            .copied()
            .filter(|&term| {
                (0..32)
                    .filter(|bit| term >> bit & 1 == 1)
                    .all(|bit| sets >> (term & !(1 << bit)) & 1 == 1)
            })
            .collect()
    });
    if allowed.is_empty() {
        found.push(sets);
        return found.len() <= MOST_MODELS;
    }
    if allowed.len() > 22 {
        return false;
    }
    (0u32..1 << allowed.len()).all(|choice| {
        let added = allowed
            .iter()
            .enumerate()
            .filter(|(i, _)| choice >> i & 1 == 1)
            .fold(sets, |sets, (_, &term)| sets | 1 << term);
        if added == sets {
            found.push(sets);
            found.len() <= MOST_MODELS
        } else {
            grow(added, order + 1, by_order, found)
        }
    })
}

/// The models that have an estimate, best criterion first, no more than `top`.
#[must_use]
pub fn best_models(mut scores: Vec<ModelScore>, top: usize) -> Vec<ModelScore> {
    scores.retain(|s| s.total.is_some());
    // Fewer parameters first, then the order of masks: ties are broken alike
    // on every machine.
    scores.sort_by(|a, b| {
        let size = |s: &ModelScore| (s.sets.count_ones(), s.sets);
        a.bic.total_cmp(&b.bic).then_with(|| size(a).cmp(&size(b)))
    });
    scores.truncate(top);
    scores
}

/// What a downhill search came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Downhill {
    /// The model at which no neighbour is better.
    pub fit: LoglinearFit,
    /// How many different models were looked at.
    pub considered: usize,
}

/// From main effects, goes to the neighbour with the lowest BIC as long as it
/// is lower: neighbours add one interaction that keeps the model hierarchical,
/// or drop one generator. It stops at a local optimum, so up to five lists
/// prefer [`all_models`].
#[must_use]
pub fn downhill(lists: &Lists, max_order: u32) -> Downhill {
    let mut fitter = Fitter::with_table(lists.len(), &lists.table());
    let mut known = HashMap::new();
    let terms = descend(&mut fitter, max_order, &mut known);
    let outcome = fitter.fit(&terms, Start::Cold);
    let model = Model::from_terms(lists.len(), terms);
    Downhill { fit: LoglinearFit::of(&mut fitter, model, outcome), considered: known.len() }
}

/// The search itself; models met are remembered with their criterion.
pub(crate) fn descend(
    fitter: &mut Fitter,
    max_order: u32,
    known: &mut HashMap<Vec<u32>, f64>,
) -> Vec<u32> {
    let lists = fitter.lists();
    let max_order = max_order.clamp(1, (lists as u32 - 1).max(1));
    let mut criterion = |terms: &Vec<u32>| {
        *known.entry(terms.clone()).or_insert_with(|| {
            if fitter.fit(terms, Start::Cold) == Outcome::Found {
                fitter.bic()
            } else {
                f64::INFINITY
            }
        })
    };
    let mut here = Model::main_effects(lists).terms().to_vec();
    here.sort_unstable();
    let mut level = criterion(&here);
    loop {
        let mut best: Option<(f64, Vec<u32>)> = None;
        for next in neighbours(&here, lists, max_order) {
            let bic = criterion(&next);
            if bic < best.as_ref().map_or(level, |b| b.0) {
                best = Some((bic, next));
            }
        }
        match best {
            Some((bic, next)) => {
                level = bic;
                here = next;
            }
            None => return here,
        }
    }
}

/// Models one interaction larger or smaller, as ascending masks.
fn neighbours(terms: &[u32], lists: usize, max_order: u32) -> Vec<Vec<u32>> {
    let inside: BTreeSet<u32> = terms.iter().copied().collect();
    let mut found = Vec::new();
    for set in 0..1u32 << lists {
        if set.count_ones() < 2 {
            continue;
        }
        if inside.contains(&set) {
            let generator = !terms.iter().any(|&t| t != set && t & set == set);
            if generator {
                found.push(terms.iter().copied().filter(|&t| t != set).collect());
            }
        } else if set.count_ones() <= max_order {
            let closed = (0..lists)
                .filter(|list| set >> list & 1 == 1)
                .all(|list| inside.contains(&(set & !(1 << list))));
            if closed {
                let mut larger = terms.to_vec();
                larger.push(set);
                larger.sort_unstable();
                found.push(larger);
            }
        }
    }
    found
}

/// Triples of lists of which every two share a person.
pub(crate) fn overlapping_triples(lists: &Lists) -> usize {
    let t = lists.len();
    let overlap = |a: usize, b: usize| lists.overlap(1 << a | 1 << b) > 0;
    (0..t)
        .flat_map(|a| (a + 1..t).flat_map(move |b| (b + 1..t).map(move |c| (a, b, c))))
        .filter(|&(a, b, c)| overlap(a, b) && overlap(a, c) && overlap(b, c))
        .count()
}

/// Which models with two-list interactions have no estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairModelsCheck {
    /// Triples of lists of which every two share a person. Without any, the
    /// model with all pairs cannot be identifiable.
    pub overlapping_triples: usize,
    /// Whether the model with all pairs is identifiable.
    pub all_pairs_identifiable: bool,
    /// Models whose extended maximum likelihood estimate does not exist.
    pub without_estimate: Vec<Model>,
    /// Whether the search ended early because there are too many of these.
    pub cut_short: bool,
}

/// Finds every model with two-list interactions whose estimate does not exist.
///
/// If the estimate exists for a model, it exists when the interaction of a
/// pair *with* overlap is dropped. So for each set of pairs without overlap
/// only the largest model is looked at, and smaller ones only below a failure
/// (Chan, Silverman & Vincent 2021, section 3).
#[must_use]
pub fn check_pair_models(lists: &Lists) -> PairModelsCheck {
    const MOST_FAILURES: usize = 10_000;
    let t = lists.len();
    let mut fitter = Fitter::with_table(t, &lists.table());
    let (empty, shared): (Vec<u32>, Vec<u32>) = pairs(t).partition(|&p| lists.overlap(p) == 0);
    let overlapping_triples = overlapping_triples(lists);
    let (_, all_pairs_identifiable) = fitter.standing(Model::all_pairs(t).terms());
    let mut failures: BTreeSet<(usize, Vec<u32>)> = BTreeSet::new();
    let mut cut_short = empty.len() > 20;
    let choices = 1u32 << empty.len().min(20);
    for choice in 0..choices {
        let chosen = (0..empty.len().min(20)).filter(|i| choice >> i & 1 == 1).map(|i| empty[i]);
        let mut largest: Vec<u32> = shared.iter().copied().chain(chosen).collect();
        largest.sort_unstable();
        let mut waiting = vec![largest];
        while let Some(model) = waiting.pop() {
            if failures.len() >= MOST_FAILURES {
                cut_short = true;
                break;
            }
            let key = (model.len(), model.clone());
            let terms = Model::closed(t, model.iter().copied());
            if failures.contains(&key) || fitter.standing(terms.terms()).0 {
                continue;
            }
            for dropped in model.iter().filter(|p| shared.contains(p)) {
                waiting.push(model.iter().copied().filter(|p| p != dropped).collect());
            }
            failures.insert(key);
        }
    }
    PairModelsCheck {
        overlapping_triples,
        all_pairs_identifiable,
        without_estimate: failures.into_iter().map(|(_, sets)| Model::closed(t, sets)).collect(),
        cut_short,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_hierarchical_models_are_as_many_as_the_literature_counts() {
        let count = |lists, order| enumerate(lists, order).unwrap().len();
        assert_eq!((count(3, 2), count(4, 3), count(5, 4)), (8, 113, 6893));
        assert_eq!((count(5, 2), count(6, 2)), (1024, 32768));
        let all = enumerate(5, 4).unwrap();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn too_many_models_are_refused_in_words() {
        let lists =
            Lists::new((0..8).map(|i| i.to_string()), (0..8).map(|i| (1 << i, 3)).chain([(3, 1)]))
                .unwrap();
        let refused = all_models(&lists, 2).unwrap_err();
        assert!(refused.to_string().contains("of 8 lists"), "{refused}");
    }
}
