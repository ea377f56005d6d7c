//! Averaging over decomposable graphical models.
//!
//! # Method
//! A graph over the lists says which pairs depend on each other directly; for
//! *decomposable* (chordal) graphs with a hyper-Dirichlet prior the posterior
//! of graph G and number unobserved n₀ has a closed form (Madigan & York
//! 1997). For a set C of lists let n_c be the marginal counts, n₀ added to
//! those on none of its lists, δ_C = δ·2^(t−|C|), and
//!
//! L(C) = Σ_c ln Γ(n_c + δ_C) − 2^|C| ln Γ(δ_C).
//!
//! Then ln p(n₀, G) = Σ_cliques L − Σ_separators L + (#cliques − #separators)
//! (ln Γ(2^t δ) − ln Γ(N + 2^t δ)) + ln N! − ln n₀! − Σ ln y! + ln prior, with
//! prior ∝ 1/N for the total. Graphs are equally likely beforehand. Each L
//! depends on n₀ through one gamma function, so it is tabulated once for each
//! of the 2^t sets, and graphs only add up tables.
//!
//! # What it assumes
//! That conditional independences describe how lists depend; no differences
//! between persons beyond that. δ = 2^−t is the default of the R package
//! `dga` (Johndrow, Lum & Manrique-Vallier).
//!
//! # When not to use it
//! On sparse lists the posterior can have several humps with a valley between
//! (11,000 to 25,000 on the United Kingdom data): then no single number is a
//! summary, and the report says so. The unobserved are cut off at `most_unseen`;
//! when the posterior has mass there, raise it. Six lists is the most.

use rayon::prelude::*;
use thiserror::Error;

use super::special::{exp, ln, ln_gamma};
use super::{Interval, Lists, Model, Progress};

/// The most lists whose decomposable graphs are enumerated: 18,154 graphs.
pub const MOST_LISTS_OF_GRAPHS: usize = 6;

/// A choice the method does not accept.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum GraphsRefused {
    /// The graphs of so many lists are too many.
    #[error(
        "graphs of {0} lists are too many; at most {MOST_LISTS_OF_GRAPHS} lists can be averaged"
    )]
    TooManyLists(usize),
    /// The prior must be proper.
    #[error("the prior weight of a cell, `{0}`, is not a positive number")]
    Prior(f64),
    /// Nothing to sum over.
    #[error("the largest number of unobserved persons is below the smallest")]
    NoRoom,
}

/// What the averaging starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphSettings {
    /// Prior weight of each of the 2^t cells.
    pub cell_prior: f64,
    /// The smallest number of unobserved persons looked at.
    pub least_unseen: u64,
    /// The largest number of unobserved persons looked at.
    pub most_unseen: u64,
}

impl GraphSettings {
    /// 2^−t for each cell, and from one up to thirty times as many unobserved
    /// as observed. That somebody was missed is taken for granted, as in `dga`.
    #[must_use]
    pub fn usual(lists: &Lists) -> Self {
        Self {
            cell_prior: 0.5f64.powi(lists.len() as i32),
            least_unseen: 1,
            most_unseen: 30 * lists.observed(),
        }
    }
}

/// A graph with its share of the posterior.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedGraph {
    /// The graph's cliques, as the log-linear model with these generators.
    pub model: Model,
    /// Posterior probability.
    pub probability: f64,
}

/// The posterior of the total, averaged over graphs.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphAverage {
    /// The total of the first entry of `unseen`.
    first: u64,
    observed: u64,
    unseen: Vec<f64>,
    /// All graphs, most probable first.
    pub graphs: Vec<WeightedGraph>,
}

impl GraphAverage {
    /// The smallest total with at least this posterior probability at or below.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> u64 {
        let mut sum = 0.0;
        for (unseen, p) in self.unseen.iter().enumerate() {
            sum += p;
            if sum >= probability {
                return self.first + unseen as u64;
            }
        }
        self.first + self.unseen.len().saturating_sub(1) as u64
    }

    /// Posterior probability of a number of unobserved persons.
    #[must_use]
    pub fn probability_of_unseen(&self, unseen: u64) -> f64 {
        (self.observed + unseen)
            .checked_sub(self.first)
            .and_then(|i| self.unseen.get(i as usize))
            .copied()
            .unwrap_or(0.0)
    }

    /// Posterior mean of the total.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let weighted = self.unseen.iter().enumerate();
        self.first as f64 + weighted.map(|(n, p)| n as f64 * p).sum::<f64>()
    }

    /// The most probable total.
    #[must_use]
    pub fn mode(&self) -> u64 {
        let best = self
            .unseen
            .iter()
            .enumerate()
            .fold((0, 0.0), |best, (n, &p)| if p > best.1 { (n, p) } else { best });
        self.first + best.0 as u64
    }

    /// Posterior probability of the largest number looked at: more than a
    /// trace says that the range cuts off the posterior.
    #[must_use]
    pub fn mass_at_end(&self) -> f64 {
        self.unseen.last().copied().unwrap_or(0.0)
    }

    /// Central interval with this posterior probability.
    #[must_use]
    pub fn interval(&self, level: f64) -> Interval {
        Interval {
            level,
            lower: self.quantile(0.5 - level / 2.0) as f64,
            upper: self.quantile(0.5 + level / 2.0) as f64,
            method: "credible".into(),
        }
    }

    /// Separate humps of the posterior of the total that hold at least
    /// `share` each, as their most probable totals. Two humps are separate
    /// when the density between falls below half of the lower one.
    #[must_use]
    pub fn humps(&self, share: f64) -> Vec<u64> {
        let mut found: Vec<(usize, f64)> = Vec::new();
        let (mut valley, mut mass) = (0.0f64, 0.0);
        let (mut top, mut top_at) = (0.0f64, 0);
        for (n, &p) in self.unseen.iter().enumerate() {
            mass += p;
            if p > top {
                (top, top_at) = (p, n);
                valley = p;
            }
            valley = valley.min(p);
            // Rising again out of a valley: the hump before is finished.
            if p > 2.0 * valley && valley < 0.5 * top {
                if mass >= share {
                    found.push((top_at, mass));
                    mass = 0.0;
                }
                (top, top_at, valley) = (p, n, p);
            }
        }
        if mass >= share {
            found.push((top_at, mass));
        }
        found.into_iter().map(|(n, _)| self.first + n as u64).collect()
    }
}

/// A decomposable graph: cliques, and separators with multiplicity.
struct Graph {
    cliques: Vec<u32>,
    separators: Vec<u32>,
}

/// All decomposable graphs of so many lists.
fn decomposable_graphs(lists: usize) -> Vec<Graph> {
    let pairs: Vec<u32> = super::model::pairs(lists).collect();
    (0u32..1 << pairs.len())
        .filter_map(|edges| {
            let mut neighbours = vec![0u32; lists];
            for (i, pair) in pairs.iter().enumerate() {
                if edges >> i & 1 == 1 {
                    let (a, b) = (pair.trailing_zeros(), 31 - pair.leading_zeros());
                    neighbours[a as usize] |= 1 << b;
                    neighbours[b as usize] |= 1 << a;
                }
            }
            eliminate(neighbours)
        })
        .collect()
}

/// Maximum cardinality search: the graph is decomposable when the neighbours
/// each vertex already has form a complete set, and then the cliques and
/// separators fall out.
fn eliminate(neighbours: Vec<u32>) -> Option<Graph> {
    let lists = neighbours.len();
    let mut done = 0u32;
    let (mut cliques, mut separators): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for _ in 0..lists {
        let next = (0..lists)
            .filter(|v| done >> v & 1 == 0)
            .max_by_key(|&v| (neighbours[v] & done).count_ones())?;
        let earlier = neighbours[next] & done;
        let complete = (0..lists)
            .filter(|v| earlier >> v & 1 == 1)
            .all(|v| earlier & !(1 << v) & !neighbours[v] == 0);
        if !complete {
            return None;
        }
        match cliques.last_mut() {
            Some(last) if *last == earlier => *last |= 1 << next,
            Some(_) => {
                separators.push(earlier);
                cliques.push(earlier | 1 << next);
            }
            None => cliques.push(1 << next),
        }
        done |= 1 << next;
    }
    Some(Graph { cliques, separators })
}

/// Averages over all decomposable graphs.
///
/// # Errors
/// More than six lists, or settings that make no sense.
///
/// ```
/// use palermo_stats::estimate::{GraphSettings, Lists, average_over_graphs};
///
/// // Spina bifida in upstate New York, 626 cases on birth and death
/// // certificates and medical records (data of Madigan & York 1997): 732,
/// // with interval 682 to 798.
/// let lists = Lists::new(
///     ["B", "D", "R"],
///     [(0b001, 247), (0b010, 49), (0b100, 60), (0b011, 142), (0b101, 112), (0b110, 4), (0b111, 12)],
/// )?;
/// let settings = GraphSettings { cell_prior: 1.0, least_unseen: 1, most_unseen: 300 };
/// let average = average_over_graphs(&lists, &settings, &())?;
/// assert_eq!(average.graphs.len(), 8);
/// assert_eq!(average.quantile(0.5), 732);
/// assert_eq!(average.interval(0.95).lower, 682.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn average_over_graphs(
    lists: &Lists,
    settings: &GraphSettings,
    progress: &dyn Progress,
) -> Result<GraphAverage, GraphsRefused> {
    if lists.len() > MOST_LISTS_OF_GRAPHS {
        return Err(GraphsRefused::TooManyLists(lists.len()));
    }
    if !(settings.cell_prior > 0.0 && settings.cell_prior.is_finite()) {
        return Err(GraphsRefused::Prior(settings.cell_prior));
    }
    if settings.most_unseen < settings.least_unseen {
        return Err(GraphsRefused::NoRoom);
    }
    let tables = Tables::new(lists, settings);
    let graphs = decomposable_graphs(lists.len());
    progress.start(graphs.len() as u64, "graphs");
    let top = tables.highest(&graphs);
    // Each thread sums whole blocks of n₀ over all graphs in their order, so
    // the result does not depend on how many threads there are.
    let room = tables.room;
    let blocks: Vec<(Vec<f64>, Vec<f64>)> = (0..room)
        .step_by(BLOCK)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|from| tables.sum_block(&graphs, from..(from + BLOCK).min(room), top))
        .collect();
    progress.advance(graphs.len() as u64);
    progress.finish();
    let mut unseen = Vec::with_capacity(room);
    let mut weights = vec![0.0; graphs.len()];
    for (block, shares) in blocks {
        unseen.extend(block);
        weights.iter_mut().zip(shares).for_each(|(w, s)| *w += s);
    }
    let whole: f64 = unseen.iter().sum();
    unseen.iter_mut().for_each(|p| *p /= whole);
    let mut graphs: Vec<WeightedGraph> = graphs
        .iter()
        .zip(weights)
        .map(|(graph, weight)| WeightedGraph {
            model: Model::closed(lists.len(), graph.cliques.iter().copied()),
            probability: weight / whole,
        })
        .collect();
    graphs.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    Ok(GraphAverage {
        first: lists.observed() + settings.least_unseen,
        observed: lists.observed(),
        unseen,
        graphs,
    })
}

const BLOCK: usize = 1024;
/// Terms of the sum this far (in logs) below the largest cannot be seen in it.
const INVISIBLE: f64 = 46.0;

/// L of every set of lists by n₀, with the part common to all graphs.
struct Tables {
    room: usize,
    by_set: Vec<Vec<f64>>,
    common: Vec<f64>,
    /// ln Γ(2^t δ) − ln Γ(N + 2^t δ).
    norm: Vec<f64>,
}

impl Tables {
    fn new(lists: &Lists, settings: &GraphSettings) -> Self {
        let (t, least) = (lists.len(), settings.least_unseen);
        let room = (settings.most_unseen - least + 1) as usize;
        let unseen = |i: usize| (least + i as u64) as f64;
        let delta = settings.cell_prior;
        let n = lists.observed() as f64;
        let by_set = (0..1u32 << t)
            .into_par_iter()
            .map(|set| {
                let size = set.count_ones() as i32;
                let prior = delta * 2f64.powi(t as i32 - size);
                let mut constant = -2f64.powi(size) * ln_gamma(prior);
                let (mut none, mut margin) = (0.0, vec![0.0; 1 << t]);
                for &(history, count) in lists.cells() {
                    margin[(history & set) as usize] += count as f64;
                }
                for cell in (0..1u32 << t).filter(|c| c & !set == 0) {
                    if cell == 0 {
                        none = margin[0];
                    } else {
                        constant += ln_gamma(margin[cell as usize] + prior);
                    }
                }
                (0..room).map(|i| constant + ln_gamma(unseen(i) + none + prior)).collect()
            })
            .collect();
        let whole = delta * 2f64.powi(t as i32);
        let factorials: f64 = lists.cells().iter().map(|c| ln_gamma(c.1 as f64 + 1.0)).sum();
        let (common, norm) = (0..room)
            .into_par_iter()
            .map(|i| {
                let total = n + unseen(i);
                let common =
                    ln_gamma(total + 1.0) - ln_gamma(unseen(i) + 1.0) - factorials - ln(total);
                (common, ln_gamma(whole) - ln_gamma(total + whole))
            })
            .unzip();
        Self { room, by_set, common, norm }
    }

    /// ln p(n₀, G) for a range of n₀.
    fn add_up(&self, graph: &Graph, range: std::ops::Range<usize>, into: &mut [f64]) {
        let balance = graph.cliques.len() as f64 - graph.separators.len() as f64;
        let start = self.common[range.clone()].iter().zip(&self.norm[range.clone()]);
        for (value, (common, norm)) in into.iter_mut().zip(start) {
            *value = common + balance * norm;
        }
        for &clique in &graph.cliques {
            let table = &self.by_set[clique as usize][range.clone()];
            into.iter_mut().zip(table).for_each(|(v, l)| *v += l);
        }
        for &separator in &graph.separators {
            let table = &self.by_set[separator as usize][range.clone()];
            into.iter_mut().zip(table).for_each(|(v, l)| *v -= l);
        }
    }

    /// The largest ln p over graphs, on a grid dense enough to be within a
    /// fraction of it; only a scale.
    fn highest(&self, graphs: &[Graph]) -> f64 {
        let stride = (self.room / 200).max(1);
        graphs
            .par_iter()
            .map(|graph| {
                let mut value = [0.0];
                (0..self.room)
                    .step_by(stride)
                    .map(|n0| {
                        self.add_up(graph, n0..n0 + 1, &mut value);
                        value[0]
                    })
                    .fold(f64::NEG_INFINITY, f64::max)
            })
            .reduce(|| f64::NEG_INFINITY, f64::max)
    }

    /// Sums exp(ln p − top) over graphs for each n₀ of a block, and over the
    /// block for each graph.
    fn sum_block(
        &self,
        graphs: &[Graph],
        range: std::ops::Range<usize>,
        top: f64,
    ) -> (Vec<f64>, Vec<f64>) {
        let mut sums = vec![0.0; range.len()];
        let mut values = vec![0.0; range.len()];
        let mut shares = Vec::with_capacity(graphs.len());
        for graph in graphs {
            self.add_up(graph, range.clone(), &mut values);
            let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let mut share = 0.0;
            // Many graphs never come near the best one.
            if best > top - INVISIBLE {
                for (sum, value) in sums.iter_mut().zip(&values) {
                    let p = exp(value - top);
                    *sum += p;
                    share += p;
                }
            }
            shares.push(share);
        }
        (sums, shares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decomposable_graphs_are_as_many_as_the_literature_counts() {
        let count = |lists| decomposable_graphs(lists).len();
        assert_eq!((count(2), count(3), count(4), count(5)), (2, 8, 61, 822));
        assert_eq!(count(6), 18_154);
    }

    #[test]
    fn separators_balance_cliques() {
        for graph in decomposable_graphs(5) {
            let sum = |sets: &[u32]| sets.iter().map(|s| s.count_ones()).sum::<u32>();
            assert_eq!(sum(&graph.cliques) - sum(&graph.separators), 5);
            assert_eq!(graph.cliques.len(), graph.separators.len() + 1);
        }
    }
}
