//! Latent classes: a mixture of groups within which lists are independent.
//!
//! # Method (Manrique-Vallier 2016)
//! Each person belongs to one of K classes; in class k list j finds a person
//! with probability λ_jk, independently of other lists. Class shares ν come
//! from a stick-breaking prior with concentration α ~ Gamma(a, rate b), which
//! leaves most classes empty; λ ~ Uniform(0, 1); the total has prior ∝ 1/N.
//! The Gibbs sampler works on the table: it splits every history's count
//! among the classes, draws λ, ν and α, then the number unobserved from a
//! negative binomial and splits it too.
//!
//! # What it assumes
//! That dependence between lists is explained by groups of persons. It needs
//! no choice of interactions, and allows for strong differences between
//! persons.
//!
//! # When not to use it
//! When lists refer persons to each other. On sparse lists the sampler moves
//! slowly between explanations: on the United Kingdom data 70,000 steps leave
//! the medians of four chains 4,000 persons apart. It does not exchange the
//! labels of classes either; chains start with the early classes large. Look at R-hat and the
//! effective sample size before the number. Like the R package LCMCR, a draw
//! of more than twenty times the observed is drawn again; the result counts
//! how often, and with more than a trace of these the upper limit is that of
//! the truncation.

use rayon::prelude::*;

use super::chains::Mixing;
use super::random::{Purpose, Random};
use super::special::ln;
use super::{Interval, Lists, Progress};
use crate::quantile::{QuantileType, quantile};

/// The unobserved are at most so many times the observed.
const MOST_TIMES_OBSERVED: u64 = 20;
/// Draws beyond that are repeated so often before the limit itself is taken.
const MOST_REDRAWS: u64 = 10_000;

/// How long to simulate, and the priors.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentSettings {
    /// Number of classes available.
    pub classes: usize,
    /// Shape of the prior of the concentration.
    pub shape: f64,
    /// Rate of the prior of the concentration.
    pub rate: f64,
    /// Steps thrown away at the start of each chain.
    pub burn_in: usize,
    /// Draws kept from each chain.
    pub draws: usize,
    /// Steps for each draw kept.
    pub thinning: usize,
    /// Independent chains.
    pub chains: usize,
    /// Seed; chain i uses stream i.
    pub seed: u64,
}

impl Default for LatentSettings {
    fn default() -> Self {
        Self {
            classes: 10,
            shape: 0.25,
            rate: 0.25,
            burn_in: 20_000,
            draws: 5_000,
            thinning: 20,
            chains: 4,
            seed: 1,
        }
    }
}

/// Draws of the total from the posterior.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentDraws {
    /// Totals, chain by chain.
    pub chains: Vec<Vec<f64>>,
    /// R-hat and effective sample sizes of the total.
    pub mixing: Mixing,
    /// Mean number of classes with an observed person.
    pub occupied_classes: f64,
    /// Draws of the unobserved repeated because they were above twenty times
    /// the observed.
    pub redrawn: u64,
}

impl LatentDraws {
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

/// Simulates the posterior of the latent-class model.
///
/// ```
/// use palermo_stats::estimate::{LatentSettings, Lists, latent_classes};
///
/// let lists = Lists::new(
///     ["b", "c", "d"],
///     [(0b100, 41), (0b010, 5), (0b001, 5), (0b011, 54), (0b101, 6), (0b111, 12)],
/// )?;
/// let settings = LatentSettings { burn_in: 2000, draws: 1000, ..LatentSettings::default() };
/// let draws = latent_classes(&lists, &settings, &());
/// // Korea: LCMCR has 138 (124 to 205).
/// assert!((draws.quantile(0.5) - 138.0).abs() < 8.0);
/// # Ok::<(), palermo_stats::estimate::ListsRefused>(())
/// ```
#[must_use]
pub fn latent_classes(
    lists: &Lists,
    settings: &LatentSettings,
    progress: &dyn Progress,
) -> LatentDraws {
    progress.start((settings.draws * settings.chains) as u64, "draws");
    let runs: Vec<(Vec<f64>, u64, f64)> = (0..settings.chains)
        .into_par_iter()
        .map(|chain| {
            let random = Random::new(settings.seed, Purpose::LatentClass, chain as u64);
            let mut sampler = Sampler::new(lists, settings, random);
            for _ in 0..settings.burn_in {
                sampler.step();
            }
            sampler.redrawn = 0;
            let mut totals = Vec::with_capacity(settings.draws);
            let mut occupied = 0usize;
            for _ in 0..settings.draws {
                for _ in 0..settings.thinning.max(1) {
                    sampler.step();
                }
                totals.push((sampler.observed + sampler.unseen) as f64);
                occupied += sampler.seen.iter().filter(|&&n| n > 0).count();
                if totals.len().is_multiple_of(100) {
                    progress.advance(100);
                }
            }
            let occupied = occupied as f64 / settings.draws.max(1) as f64;
            (totals, sampler.redrawn, occupied)
        })
        .collect();
    progress.finish();
    let occupied = runs.iter().map(|r| r.2).sum::<f64>() / runs.len().max(1) as f64;
    let redrawn = runs.iter().map(|r| r.1).sum();
    let chains: Vec<Vec<f64>> = runs.into_iter().map(|r| r.0).collect();
    LatentDraws { mixing: Mixing::of(&chains), chains, occupied_classes: occupied, redrawn }
}

struct Sampler {
    random: Random,
    cells: Vec<(u32, u64)>,
    lists: usize,
    classes: usize,
    shape: f64,
    rate: f64,
    observed: u64,
    unseen: u64,
    redrawn: u64,
    concentration: f64,
    /// Share of each class.
    share: Vec<f64>,
    /// Classes by falling share: most splits end after the first few.
    order: Vec<usize>,
    /// λ and 1 − λ, class by class.
    found: Vec<[f64; 2]>,
    /// Persons of each class on each list.
    on_list: Vec<u64>,
    /// Observed persons of each class.
    seen: Vec<u64>,
    /// All persons of each class.
    members: Vec<u64>,
    weights: Vec<f64>,
}

impl Sampler {
    fn new(lists: &Lists, settings: &LatentSettings, mut random: Random) -> Self {
        let (k, t) = (settings.classes.max(1), lists.len());
        let found = (0..k * t)
            .map(|_| {
                let chance = random.uniform();
                [1.0 - chance, chance]
            })
            .collect();
        // Early classes start larger, as the prior has them. A chain that
        // starts with its large class last stays there for very long, with a
        // concentration near the prior's upper end: an artefact of having
        // only K classes, not a part of the posterior anyone wants.
        let mut share: Vec<f64> = (1..=k).map(|class| 0.2f64.powi(class as i32)).collect();
        let whole: f64 = share.iter().sum();
        share.iter_mut().for_each(|s| *s /= whole);
        Self {
            random,
            cells: lists.cells().iter().copied().filter(|c| c.1 > 0).collect(),
            lists: t,
            classes: k,
            shape: settings.shape,
            rate: settings.rate,
            observed: lists.observed(),
            unseen: 0,
            redrawn: 0,
            concentration: settings.shape / settings.rate,
            share,
            order: (0..k).collect(),
            found,
            on_list: vec![0; k * t],
            seen: vec![0; k],
            members: vec![0; k],
            weights: vec![0.0; k],
        }
    }

    fn step(&mut self) {
        self.allocate_observed();
        self.draw_unseen();
        self.draw_lists();
        self.draw_shares();
    }

    /// Weight of each class for a history, in `order`; their sum.
    #[inline]
    fn weigh(&mut self, history: u32) -> f64 {
        let mut sum = 0.0;
        for (weight, &class) in self.weights.iter_mut().zip(&self.order) {
            let chances = &self.found[class * self.lists..(class + 1) * self.lists];
            let mut product = self.share[class];
            for (list, chance) in chances.iter().enumerate() {
                product *= chance[(history >> list & 1) as usize];
            }
            *weight = product;
            sum += product;
        }
        sum
    }

    fn allocate_observed(&mut self) {
        self.seen.fill(0);
        self.on_list.fill(0);
        for cell in 0..self.cells.len() {
            let (history, count) = self.cells[cell];
            let mut mass = self.weigh(history);
            let mut left = count;
            for place in 0..self.classes {
                if left == 0 {
                    break;
                }
                let weight = self.weights[place];
                let drawn = if place + 1 == self.classes || weight >= mass {
                    left
                } else {
                    split_off(&mut self.random, left, weight / mass)
                };
                mass -= weight;
                left -= drawn;
                if drawn > 0 {
                    let class = self.order[place];
                    self.seen[class] += drawn;
                    let row = &mut self.on_list[class * self.lists..(class + 1) * self.lists];
                    for (list, sum) in row.iter_mut().enumerate() {
                        *sum += drawn * u64::from(history >> list & 1);
                    }
                }
            }
        }
    }

    /// The number unobserved given shares and chances, and its classes.
    fn draw_unseen(&mut self) {
        let none = self.weigh(0).min(1.0 - 1e-12);
        let odds = none / (1.0 - none);
        let limit = MOST_TIMES_OBSERVED * self.observed;
        let mut tries = 0;
        self.unseen = loop {
            let mean = self.random.gamma(self.observed as f64) * odds;
            let drawn = self.random.poisson(mean);
            if drawn <= limit {
                break drawn;
            }
            tries += 1;
            if tries == MOST_REDRAWS {
                break limit;
            }
        };
        self.redrawn += tries;
        self.members.copy_from_slice(&self.seen);
        let mut mass: f64 = self.weights.iter().sum();
        let mut left = self.unseen;
        for place in 0..self.classes {
            if left == 0 {
                break;
            }
            let weight = self.weights[place];
            let drawn = if place + 1 == self.classes || weight >= mass {
                left
            } else {
                self.random.binomial(left, weight / mass)
            };
            mass -= weight;
            left -= drawn;
            self.members[self.order[place]] += drawn;
        }
    }

    fn draw_lists(&mut self) {
        for class in 0..self.classes {
            let members = self.members[class];
            for list in 0..self.lists {
                let at = class * self.lists + list;
                let on = self.on_list[at];
                // Most classes are empty, and theirs is the uniform prior.
                let chance = if members == 0 {
                    self.random.uniform()
                } else {
                    self.random.beta(1.0 + on as f64, 1.0 + (members - on) as f64)
                };
                self.found[at] = [1.0 - chance, chance];
            }
        }
    }

    /// Stick-breaking shares, then the concentration. Rests of the stick can
    /// be smaller than any number, so they are kept as logs.
    fn draw_shares(&mut self) {
        let mut later: u64 = self.members.iter().sum();
        let mut log_rest = 0.0;
        for class in 0..self.classes {
            later -= self.members[class];
            if class + 1 == self.classes {
                self.share[class] = libm::exp(log_rest);
                break;
            }
            let shape = self.concentration + later as f64;
            if self.members[class] == 0 {
                // Beta(1, shape) in closed form.
                let log_kept = ln(self.random.uniform()) / shape;
                self.share[class] = libm::exp(log_rest) * -libm::expm1(log_kept);
                log_rest += log_kept;
                continue;
            }
            let broken = self.random.gamma(1.0 + self.members[class] as f64);
            let log_kept = self.random.ln_of_gamma(shape);
            let kept = libm::exp(log_kept);
            self.share[class] = libm::exp(log_rest) * broken / (broken + kept);
            log_rest += log_kept - ln(broken + kept);
        }
        let shape = self.shape + self.classes as f64 - 1.0;
        self.concentration = self.random.gamma(shape) / (self.rate - log_rest);
        let share = &self.share;
        self.order.sort_unstable_by(|&a, &b| share[b].total_cmp(&share[a]).then(a.cmp(&b)));
    }
}

/// A binomial split; a few persons one at a time.
#[inline]
fn split_off(random: &mut Random, n: u64, p: f64) -> u64 {
    if n <= 4 {
        (0..n).filter(|_| random.uniform() < p).count() as u64
    } else {
        random.binomial(n, p)
    }
}
