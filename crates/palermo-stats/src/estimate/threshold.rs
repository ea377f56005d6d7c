//! Bayesian thresholding of two-list interactions.
//!
//! # Method (Silverman 2020)
//! All pairs of lists get an interaction with prior N(0, 1); the other
//! parameters have flat priors. After a first simulation, interactions whose
//! posterior mean is less than `threshold` standard deviations from zero are
//! dropped; a second simulation of the model left gives the posterior of the
//! total.
//!
//! # What it assumes
//! As the log-linear models, and that interactions are seldom beyond ±2. The
//! prior also pulls those of pairs without overlap back from −∞, so an
//! estimate always exists.
//!
//! # When not to use it
//! When an interaction is near the threshold the result hangs on it: compare
//! with other thresholds. The second interval does not know of the choice.
//!
//! Simulation is a random walk in the shape of the posterior at its mode;
//! a step costs one product over subsets (see `fit`), so hundreds of
//! thousands are affordable.

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use super::chains::Mixing;
use super::model::pairs;
use super::random::{Purpose, Random};
use super::special::{exp, ln};
use super::zeta::{product_over_subsets, sum_over_supersets};
use super::{Interval, Lists, Model, Progress};
use crate::quantile::{QuantileType, quantile};

/// How the interactions are judged and how long to simulate.
#[derive(Debug, Clone, PartialEq)]
pub struct ThresholdSettings {
    /// Posterior mean over standard deviation from which a pair is kept.
    pub threshold: f64,
    /// Prior standard deviation of an interaction.
    pub prior_deviation: f64,
    /// Steps thrown away at the start of each chain.
    pub burn_in: usize,
    /// Steps used from each chain; every tenth is kept.
    pub steps: usize,
    /// Independent chains.
    pub chains: usize,
    /// Seed; chain i of run r uses stream 2i + r.
    pub seed: u64,
}

impl Default for ThresholdSettings {
    fn default() -> Self {
        Self {
            threshold: 2.0,
            prior_deviation: 1.0,
            burn_in: 5_000,
            steps: 100_000,
            chains: 4,
            seed: 1,
        }
    }
}

/// The posterior after thresholding.
#[derive(Debug, Clone, PartialEq)]
pub struct ThresholdDraws {
    /// The model left.
    pub model: Model,
    /// |mean / standard deviation| of each pair in the first simulation.
    pub statistics: Vec<(u32, f64)>,
    /// Totals, chain by chain.
    pub chains: Vec<Vec<f64>>,
    /// R-hat and effective sample sizes of the log dark figure.
    pub mixing: Mixing,
}

impl ThresholdDraws {
    /// Posterior quantile of the total over all chains.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> f64 {
        let all: Vec<f64> = self.chains.iter().flatten().copied().collect();
        quantile(&all, probability, QuantileType::R7).unwrap_or(f64::NAN)
    }

    /// Central interval with this posterior probability.
    #[must_use]
    pub fn interval(&self, level: f64) -> Interval {
        Interval {
            level,
            lower: self.quantile(0.5 - level / 2.0),
            upper: self.quantile(0.5 + level / 2.0),
            method: "credible".into(),
        }
    }
}

/// Thresholds the interactions and simulates the total; none when the mode of
/// the posterior cannot be found (a list without persons).
///
/// ```
/// use palermo_stats::estimate::{Lists, ThresholdSettings, bayes_threshold};
///
/// let lists = Lists::new(
///     ["b", "c", "d"],
///     [(0b100, 41), (0b010, 5), (0b001, 5), (0b011, 54), (0b101, 6), (0b111, 12)],
/// )?;
/// let settings = ThresholdSettings { steps: 20_000, ..ThresholdSettings::default() };
/// let draws = bayes_threshold(&lists, &settings, &()).unwrap();
/// assert_eq!(draws.model.to_string(), "[12,23]");
/// assert!((draws.quantile(0.5) - 153.4).abs() < 3.0);
/// # Ok::<(), palermo_stats::estimate::ListsRefused>(())
/// ```
#[must_use]
pub fn bayes_threshold(
    lists: &Lists,
    settings: &ThresholdSettings,
    progress: &dyn Progress,
) -> Option<ThresholdDraws> {
    if (0..lists.len()).any(|list| lists.overlap(1 << list) == 0) {
        return None;
    }
    progress.start(2 * settings.chains as u64, "chains");
    let full = Posterior::new(lists, &Model::all_pairs(lists.len()), settings)?;
    let first = full.simulate(settings, 0, progress);
    let statistics: Vec<(u32, f64)> = pairs(lists.len())
        .filter_map(|pair| {
            let at = full.terms.iter().position(|&t| t == pair)?;
            let n: f64 = first.iter().map(|run| run.steps as f64).sum();
            let mean = first.iter().map(|run| run.sums[at]).sum::<f64>() / n;
            let square = first.iter().map(|run| run.squares[at]).sum::<f64>() / n;
            Some((pair, mean.abs() / (square - mean * mean).max(0.0).sqrt()))
        })
        .collect();
    let kept = statistics.iter().filter(|s| s.1 >= settings.threshold);
    let model = Model::closed(lists.len(), kept.map(|s| s.0));
    let second = Posterior::new(lists, &model, settings)?.simulate(settings, 1, progress);
    progress.finish();
    let logs: Vec<Vec<f64>> = second.into_iter().map(|run| run.logs).collect();
    let observed = lists.observed() as f64;
    Some(ThresholdDraws {
        model,
        statistics,
        mixing: Mixing::of(&logs),
        chains: logs
            .into_iter()
            .map(|chain| chain.into_iter().map(|log| observed + exp(log)).collect())
            .collect(),
    })
}

/// The log posterior of a model with normal priors on its interactions.
struct Posterior {
    terms: Vec<u32>,
    margins: Vec<f64>,
    precision: f64,
    mode: DVector<f64>,
    /// Square root of the covariance at the mode.
    shape: DMatrix<f64>,
}

struct Run {
    steps: usize,
    sums: Vec<f64>,
    squares: Vec<f64>,
    /// Every tenth log dark figure.
    logs: Vec<f64>,
}

impl Posterior {
    fn new(lists: &Lists, model: &Model, settings: &ThresholdSettings) -> Option<Self> {
        let mut margins = lists.table();
        sum_over_supersets(&mut margins);
        let terms = model.terms().to_vec();
        let k = terms.len();
        let mut found = Self {
            terms,
            margins,
            precision: settings.prior_deviation.powi(-2),
            mode: DVector::zeros(k),
            shape: DMatrix::zeros(k, k),
        };
        found.climb()?;
        Some(found)
    }

    fn prior(&self, term: u32) -> f64 {
        if term.count_ones() > 1 { self.precision } else { 0.0 }
    }

    /// Expected overlaps and the log posterior at a point.
    fn height(&self, at: &[f64], overlaps: &mut [f64]) -> f64 {
        overlaps.fill(1.0);
        let mut height = 0.0;
        for (&term, &value) in self.terms.iter().zip(at) {
            overlaps[term as usize] = exp(value);
            height += value * self.margins[term as usize];
            height -= 0.5 * self.prior(term) * value * value;
        }
        product_over_subsets(overlaps);
        overlaps[0] = 0.0;
        height - overlaps.iter().sum::<f64>()
    }

    /// Newton's method with halving to the mode.
    fn climb(&mut self) -> Option<()> {
        let k = self.terms.len();
        let mut overlaps = vec![0.0; self.margins.len()];
        // All lists independent in a population of twice the observed.
        let total = 2.0 * self.margins[0];
        let mut at: Vec<f64> = vec![0.0; k];
        for (value, &term) in at.iter_mut().zip(&self.terms) {
            if term.count_ones() == 1 {
                let share = self.margins[term as usize] / total;
                *value = ln(share / (1.0 - share));
            } else if term == 0 {
                *value = ln(total / 2.0);
            }
        }
        let mut level = self.height(&at, &mut overlaps);
        for _ in 0..200 {
            sum_over_supersets(&mut overlaps);
            let gradient = DVector::from_iterator(
                k,
                self.terms.iter().zip(&at).map(|(&t, v)| {
                    self.margins[t as usize] - overlaps[t as usize] - self.prior(t) * v
                }),
            );
            let information = DMatrix::from_fn(k, k, |i, j| {
                let (a, b) = (self.terms[i], self.terms[j]);
                let prior = if i == j { self.prior(a) } else { 0.0 };
                overlaps[(a | b) as usize] + prior
            });
            let factor = information.cholesky()?;
            let step = factor.solve(&gradient);
            if step.dot(&gradient) < 1e-16 * level.abs().max(1.0) {
                self.mode = DVector::from_vec(at);
                // With information L·Lᵀ the covariance is L⁻ᵀ·L⁻¹.
                self.shape = factor.l().transpose().try_inverse()?;
                return Some(());
            }
            let mut share = 1.0;
            loop {
                let trial: Vec<f64> = at.iter().zip(&step).map(|(a, s)| a + share * s).collect();
                let reached = self.height(&trial, &mut overlaps);
                if reached >= level || share < 1e-9 {
                    (at, level) = (trial, reached);
                    break;
                }
                share *= 0.5;
            }
        }
        None
    }

    fn simulate(
        &self,
        settings: &ThresholdSettings,
        run: u64,
        progress: &dyn Progress,
    ) -> Vec<Run> {
        (0..settings.chains as u64)
            .into_par_iter()
            .map(|chain| {
                let random = Random::new(settings.seed, Purpose::Threshold, 2 * chain + run);
                let found = self.walk(settings, random);
                progress.advance(1);
                found
            })
            .collect()
    }

    /// A random walk with the covariance of the mode; 2.38/√k is the best
    /// scale for a normal posterior (Roberts, Gelman & Gilks 1997).
    fn walk(&self, settings: &ThresholdSettings, mut random: Random) -> Run {
        let k = self.terms.len();
        let scale = 2.38 / (k as f64).sqrt();
        let mut overlaps = vec![0.0; self.margins.len()];
        let mut normals = vec![0.0; k];
        // Chains start apart, twice as wide as the posterior.
        let mut here: Vec<f64> = self.mode.iter().copied().collect();
        self.jump(&mut here, 2.0, &mut normals, &mut random);
        let mut level = self.height(&here, &mut overlaps);
        let mut trial = here.clone();
        let mut run = Run {
            steps: settings.steps,
            sums: vec![0.0; k],
            squares: vec![0.0; k],
            logs: Vec::with_capacity(settings.steps / 10),
        };
        for step in 0..settings.burn_in + settings.steps {
            trial.copy_from_slice(&here);
            self.jump(&mut trial, scale, &mut normals, &mut random);
            let reached = self.height(&trial, &mut overlaps);
            if reached >= level || ln(random.uniform()) < reached - level {
                std::mem::swap(&mut here, &mut trial);
                level = reached;
            }
            if step >= settings.burn_in {
                for (i, &value) in here.iter().enumerate() {
                    run.sums[i] += value;
                    run.squares[i] += value * value;
                }
                if step % 10 == 0 {
                    run.logs.push(here[0]);
                }
            }
        }
        run
    }

    fn jump(&self, at: &mut [f64], scale: f64, normals: &mut [f64], random: &mut Random) {
        normals.iter_mut().for_each(|z| *z = random.normal());
        // The shape is upper triangular.
        for (i, value) in at.iter_mut().enumerate() {
            let row = (i..normals.len()).map(|j| self.shape[(i, j)] * normals[j]);
            *value += scale * row.sum::<f64>();
        }
    }
}
