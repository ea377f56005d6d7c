//! Intervals that include the choice of the model.
//!
//! Each bootstrap sample draws as many cases as were observed from the
//! observed histories, chooses its own model the same way, and estimates the
//! total. The *bias-corrected and accelerated* interval (Efron 1987;
//! DiCiccio & Efron 1996) reads its limits off these totals at levels shifted
//! by z₀, from how many totals lie below the estimate, and by the
//! acceleration a, from leaving out one case at a time:
//!
//! p_α = Φ(z₀ + (z₀ + z_α) / (1 − a (z₀ + z_α))).
//!
//! *When not to use it*: with a handful of cases the samples repeat
//! themselves, and with many samples in which no model has an estimate the
//! limits rest on the rest alone; both are told in the warnings.

use std::collections::HashMap;

use rayon::prelude::*;
use thiserror::Error;

use super::fit::{Fitter, Outcome, Start};
use super::random::{Purpose, Random};
use super::search::{best_models, default_top, descend};
use super::special::{normal_cdf, normal_quantile};
use super::{Interval, Lists, Model, ModelScore, Progress};
use crate::quantile::{QuantileType, quantile};

/// How a model is chosen, in the data and again in every sample.
#[derive(Debug, Clone, PartialEq)]
pub enum Selection {
    /// This model, whatever the data.
    Fixed(Model),
    /// Stepwise with this threshold; see [`stepwise`](super::stepwise()).
    Stepwise {
        /// One-sided Poisson probability below which a pair is added.
        threshold: f64,
    },
    /// The lowest BIC among these models.
    LowestBic {
        /// The models that compete.
        models: Vec<Model>,
    },
    /// Greedy search by BIC; see [`downhill`](super::downhill).
    Downhill {
        /// The largest interaction looked at.
        max_order: u32,
    },
}

impl Selection {
    /// The best models of a search compete: the number recommended by
    /// Silverman, Chan & Vincent (2024) for this many lists.
    #[must_use]
    pub fn among_the_best(lists: usize, scores: Vec<ModelScore>) -> Self {
        let best = best_models(scores, default_top(lists));
        Self::LowestBic { models: best.iter().map(ModelScore::model).collect() }
    }
}

/// A fitter with the room a selection needs.
struct Chooser {
    fitter: Fitter,
    terms: Vec<u32>,
}

impl Chooser {
    fn new(lists: usize) -> Self {
        Self { fitter: Fitter::new(lists), terms: Vec::new() }
    }

    /// Chooses and fits; the total if there is one.
    fn total(&mut self, table: &[f64], selection: &Selection) -> Option<f64> {
        let fitter = &mut self.fitter;
        fitter.load(table);
        let outcome = match selection {
            Selection::Fixed(model) => fitter.fit(model.terms(), Start::Cold),
            Selection::Stepwise { threshold } => {
                super::stepwise::choose(fitter, *threshold, &mut self.terms)
            }
            Selection::LowestBic { models } => {
                let mut best: Option<(f64, f64)> = None;
                for model in models {
                    if fitter.fit(model.terms(), Start::Cold) == Outcome::Found {
                        let bic = fitter.bic();
                        if best.is_none_or(|b| bic < b.0) {
                            best = Some((bic, fitter.total()));
                        }
                    }
                }
                return best.map(|b| b.1);
            }
            Selection::Downhill { max_order } => {
                let terms = descend(fitter, *max_order, &mut HashMap::new());
                fitter.fit(&terms, Start::Cold)
            }
        };
        (outcome == Outcome::Found).then(|| fitter.total())
    }
}

/// The total under a selection; none when no model has an estimate.
#[must_use]
pub fn selected_total(lists: &Lists, selection: &Selection) -> Option<f64> {
    Chooser::new(lists.len()).total(&lists.table(), selection)
}

/// Totals of `replicates` bootstrap samples, each with its own choice of
/// model; none where no model has an estimate. The same for a seed on every
/// machine and number of threads: sample i draws from stream i.
#[must_use]
pub fn bootstrap_totals(
    lists: &Lists,
    selection: &Selection,
    replicates: usize,
    seed: u64,
    progress: &dyn Progress,
) -> Vec<Option<f64>> {
    let draw = Resampler::new(lists);
    progress.start(replicates as u64, "bootstrap samples");
    (0..replicates)
        .into_par_iter()
        .map_init(
            || (Chooser::new(lists.len()), vec![0.0; 1 << lists.len()]),
            |(chooser, table), i| {
                let mut random = Random::new(seed, Purpose::Bootstrap, i as u64);
                draw.sample(&mut random, table);
                let total = chooser.total(table, selection);
                progress.advance(1);
                total
            },
        )
        .collect()
}

/// The total with one case of each history left out, and how many cases of
/// this kind there are.
#[must_use]
pub fn jackknife_totals(lists: &Lists, selection: &Selection) -> Vec<(u64, Option<f64>)> {
    let table = lists.table();
    lists
        .cells()
        .par_iter()
        .filter(|cell| cell.1 > 0)
        .map_init(
            || Chooser::new(lists.len()),
            |chooser, &(history, count)| {
                let mut without = table.clone();
                without[history as usize] -= 1.0;
                (count, chooser.total(&without, selection))
            },
        )
        .collect()
}

/// Draws tables of as many cases as were observed.
struct Resampler {
    cells: Vec<(u32, u64)>,
    cases: u64,
    /// The history of every case, when they are few enough to list.
    of_case: Option<Vec<u32>>,
}

impl Resampler {
    fn new(lists: &Lists) -> Self {
        let cases = lists.observed();
        let of_case = (cases <= 1 << 20).then(|| {
            let cells = lists.cells().iter();
            cells.flat_map(|&(history, n)| std::iter::repeat_n(history, n as usize)).collect()
        });
        Self { cells: lists.cells().to_vec(), cases, of_case }
    }

    fn sample(&self, random: &mut Random, table: &mut [f64]) {
        table.fill(0.0);
        if let Some(of_case) = &self.of_case {
            for _ in 0..of_case.len() {
                let case = random.below(of_case.len() as u32);
                table[of_case[case as usize] as usize] += 1.0;
            }
            return;
        }
        let (mut left, mut of) = (self.cases, self.cases);
        for &(history, count) in &self.cells {
            let share = count as f64 / of as f64;
            let drawn = if count == of { left } else { random.binomial(left, share) };
            table[history as usize] = drawn as f64;
            left -= drawn;
            of -= count;
        }
    }
}

/// Why there is no bootstrap interval.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoBca {
    /// There is no estimate to begin with.
    #[error("the data have no estimate, so there is no interval")]
    NoEstimate,
    /// Nearly all samples failed, or all fell on one side.
    #[error(
        "the bootstrap gives no interval: {usable} of {replicates} samples have an estimate, \
         {below} of them below that of the data"
    )]
    OneSided {
        /// Samples with an estimate.
        usable: usize,
        /// All samples.
        replicates: usize,
        /// Samples with a smaller total.
        below: usize,
    },
}

/// The corrections of a BCa interval and the totals it reads its limits from.
///
/// ```
/// use palermo_stats::estimate::Bca;
///
/// let totals: Vec<f64> = (1..=999).map(f64::from).collect();
/// let bca = Bca::new(500.0, &totals, &[(10, 499.0), (10, 501.0)])?;
/// assert!(bca.bias_correction().abs() < 0.01 && bca.acceleration() == 0.0);
/// assert!((bca.limit(0.5) - 499.0).abs() < 2.0);
/// # Ok::<(), palermo_stats::estimate::NoBca>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Bca {
    bias_correction: f64,
    acceleration: f64,
    sorted: Vec<f64>,
}

impl Bca {
    /// From the estimate, the totals of the samples, and the jackknife totals
    /// with the number of cases each stands for.
    ///
    /// A total equal to the estimate but for rounding does not count as
    /// below it: small tables produce many such ties.
    ///
    /// # Errors
    /// When fewer than two totals are left or all lie on one side of the estimate.
    pub fn new(estimate: f64, totals: &[f64], jackknife: &[(u64, f64)]) -> Result<Self, NoBca> {
        let mut sorted: Vec<f64> = totals.iter().copied().filter(|x| x.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let clearly_below = estimate - 1e-9 * estimate;
        let below = sorted.partition_point(|&x| x < clearly_below);
        if below == 0 || below == sorted.len() {
            return Err(NoBca::OneSided { usable: sorted.len(), replicates: totals.len(), below });
        }
        let cases: f64 = jackknife.iter().map(|j| j.0 as f64).sum();
        let mean = jackknife.iter().map(|j| j.0 as f64 * j.1).sum::<f64>() / cases;
        let moment = |power| -> f64 {
            let powers = jackknife.iter().map(|j| j.0 as f64 * (mean - j.1).powi(power));
            powers.sum()
        };
        let spread = moment(2);
        let acceleration =
            if spread > 0.0 { moment(3) / (6.0 * spread * spread.sqrt()) } else { 0.0 };
        Ok(Self {
            bias_correction: normal_quantile(below as f64 / sorted.len() as f64),
            acceleration,
            sorted,
        })
    }

    /// From totals of samples and corrections that are known already.
    #[must_use]
    pub fn with_corrections(totals: &[f64], bias_correction: f64, acceleration: f64) -> Self {
        let mut sorted: Vec<f64> = totals.iter().copied().filter(|x| x.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        Self { bias_correction, acceleration, sorted }
    }

    /// z₀: how far the estimate is from the median of the samples, in normal units.
    #[must_use]
    pub fn bias_correction(&self) -> f64 {
        self.bias_correction
    }

    /// a: how the standard error changes with the total.
    #[must_use]
    pub fn acceleration(&self) -> f64 {
        self.acceleration
    }

    /// The limit below which the total lies with this probability.
    #[must_use]
    pub fn limit(&self, probability: f64) -> f64 {
        let level = self.level(probability);
        quantile(&self.sorted, level, QuantileType::R8).unwrap_or(f64::NAN)
    }

    /// The share of samples below that limit. Closer to 0 or 1 than one over
    /// the number of samples the limit is the most extreme of them.
    #[must_use]
    pub fn level(&self, probability: f64) -> f64 {
        let shifted = self.bias_correction + normal_quantile(probability);
        normal_cdf(self.bias_correction + shifted / (1.0 - self.acceleration * shifted))
    }
}

/// A bootstrap interval with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct BcaInterval {
    /// The interval.
    pub interval: Interval,
    /// The corrections and the totals of the samples.
    pub bca: Bca,
    /// Samples in which no model had an estimate.
    pub failed: usize,
    /// Samples whose total equals the estimate but for rounding.
    pub ties: usize,
}

/// The BCa interval of the total, with the selection repeated in every sample.
///
/// # Errors
/// When the data have no estimate or the samples give no interval.
///
/// ```
/// use palermo_stats::estimate::{Lists, Selection, bca_interval};
///
/// // Western city: published 1293 to 3670, with 1000 samples of other
/// // random numbers (Chan, Silverman & Vincent 2021).
/// let lists = Lists::new(
///     ["A", "B", "C", "D", "E"],
///     [
///         (0b00001, 52), (0b00010, 90), (0b00100, 114), (0b01000, 45), (0b10000, 21),
///         (0b00101, 4), (0b01001, 2), (0b10001, 5), (0b00110, 6), (0b01010, 1),
///         (0b11000, 3), (0b10101, 1), (0b01110, 1),
///     ],
/// )?;
/// let selection = Selection::Stepwise { threshold: 0.02 };
/// let found = bca_interval(&lists, &selection, 0.95, 1000, 1, &())?.interval;
/// assert!(found.lower > 1100.0 && found.lower < 1500.0);
/// assert!(found.upper > 3200.0 && found.upper < 4200.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bca_interval(
    lists: &Lists,
    selection: &Selection,
    level: f64,
    replicates: usize,
    seed: u64,
    progress: &dyn Progress,
) -> Result<BcaInterval, NoBca> {
    let estimate = selected_total(lists, selection).ok_or(NoBca::NoEstimate)?;
    let samples = bootstrap_totals(lists, selection, replicates, seed, progress);
    progress.finish();
    let totals: Vec<f64> = samples.iter().copied().flatten().collect();
    let jackknife: Vec<(u64, f64)> = jackknife_totals(lists, selection)
        .into_iter()
        .filter_map(|(n, total)| total.map(|total| (n, total)))
        .collect();
    let bca = Bca::new(estimate, &totals, &jackknife)?;
    let ties = totals.iter().filter(|&&x| (x - estimate).abs() <= 1e-9 * estimate).count();
    Ok(BcaInterval {
        interval: Interval {
            level,
            lower: bca.limit(0.5 - level / 2.0),
            upper: bca.limit(0.5 + level / 2.0),
            method: "bca".into(),
        },
        failed: replicates - totals.len(),
        ties,
        bca,
    })
}
