//! Synthetic records from noisy pairs.
//!
//! **Idea.** Noise drowns any single rare pair, but there are thousands of noisy
//! pairs and they are not independent of each other. A mixture of K kinds of
//! people, each with its own probability for every attribute, is fitted to all
//! of them by least squares; records are then drawn from the mixture. The fit
//! averages the noise away, as far as the population is made of kinds.
//!
//! Model: pair (a, b) ≈ Σ_c W_c p_ca p_cb for attributes of different columns,
//! single a ≈ Σ_c W_c p_ca, with Σ_{a in a column} p_ca ≤ 1. Fitted by
//! multiplicative updates (Lee & Seung 2001; damped by a square root, with
//! negative noisy counts moved to the denominator), so only sums, products,
//! quotients and roots are used and the same noisy counts and seed give the
//! same records on every machine.
//!
//! It sees nothing but noisy counts, so it costs no privacy
//! (post-processing), and its seed may be published.
//!
//! **When not to use it.** Where three-way interactions matter beyond what kinds
//! of people explain; and never to look for individuals, who are not in it.

use super::marginals::NoisyMarginals;
use crate::disclosure::combinations::unpack;
use crate::disclosure::error::DisclosureError;
use crate::disclosure::records::Attributes;
use crate::disclosure::synthesis::Synthetic;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

const ROUNDS: usize = 400;

/// Draws as many records as the noisy number of records says. `kinds` is K;
/// some 20 to 40 do for case data.
///
/// # Errors
/// When the marginals have no pairs, or there are no records or kinds.
pub fn synthesise_from(
    marginals: &NoisyMarginals,
    kinds: usize,
    seed: u64,
    told: &mut dyn FnMut(f64),
) -> Result<Synthetic, DisclosureError> {
    if marginals.counts.len() < 2 {
        return Err(DisclosureError::Setting("synthesis needs noisy counts of pairs".to_owned()));
    }
    let records = usize::try_from(marginals.records()).unwrap_or(0);
    if records == 0 || kinds == 0 || kinds > 256 {
        return Err(DisclosureError::Setting(
            "synthesis needs at least one record, and 1 to 256 kinds".to_owned(),
        ));
    }
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let problem = Problem::of(marginals);
    let mut mixture = Mixture::start(&problem, kinds, &mut rng);
    for round in 0..ROUNDS {
        mixture.improve(&problem);
        if round % 10 == 0 {
            told(round as f64 / ROUNDS as f64);
        }
    }
    let rows = mixture.draw(&problem, records, &mut rng);
    told(1.0);
    let like = Attributes::bare(&marginals.names, &marginals.column, &marginals.code);
    Ok(Synthetic::of(&like, &rows))
}

/// The noisy counts of the discovered attributes, as dense arrays.
struct Problem {
    items: Vec<u16>,
    columns: Vec<u16>,
    singles: Vec<f64>,
    pairs: Vec<f64>,
    records: f64,
    single_weight: f64,
    pair_weight: f64,
}

impl Problem {
    fn of(marginals: &NoisyMarginals) -> Self {
        let items: Vec<u16> = marginals.counts[0].iter().map(|entry| entry.0 as u16).collect();
        let mut place = vec![usize::MAX; marginals.names.len()];
        for (at, &item) in items.iter().enumerate() {
            place[usize::from(item)] = at;
        }
        let size = items.len();
        let mut pairs = vec![0.0; size * size];
        for &(key, noisy) in &marginals.counts[1] {
            let both = unpack(key, 2);
            let (a, b) = (place[usize::from(both[0])], place[usize::from(both[1])]);
            pairs[a * size + b] = noisy as f64;
            pairs[b * size + a] = noisy as f64;
        }
        Self {
            columns: items.iter().map(|&item| marginals.column[usize::from(item)]).collect(),
            singles: marginals.counts[0].iter().map(|entry| entry.1 as f64).collect(),
            items,
            pairs,
            records: marginals.records() as f64,
            single_weight: marginals.sigmas[0].powi(-2),
            pair_weight: marginals.sigmas[1].powi(-2),
        }
    }

    fn size(&self) -> usize {
        self.items.len()
    }
}

struct Mixture {
    /// How many people there are of each kind.
    people: Vec<f64>,
    /// For each kind the probability of each attribute.
    chance: Vec<Vec<f64>>,
}

impl Mixture {
    fn start(problem: &Problem, kinds: usize, rng: &mut ChaCha8Rng) -> Self {
        let chance = (0..kinds)
            .map(|_| {
                problem
                    .singles
                    .iter()
                    .map(|&single| {
                        let jitter = f64::from(rng.random_range(256..1024_u32)) / 640.0;
                        (single.max(1.0) / problem.records * jitter).clamp(1e-6, 1.0)
                    })
                    .collect()
            })
            .collect();
        let mut out = Self { people: vec![problem.records / kinds as f64; kinds], chance };
        out.normalise(problem);
        out
    }

    // Numerators and denominators of the updates, for one attribute over all kinds.
    fn pull(&self, problem: &Problem, a: usize) -> (Vec<f64>, Vec<f64>) {
        let size = problem.size();
        let kinds = self.people.len();
        let single: f64 = (0..kinds).map(|c| self.people[c] * self.chance[c][a]).sum();
        let mut up = vec![problem.single_weight * problem.singles[a].max(0.0); kinds];
        let mut down = vec![problem.single_weight * single; kinds];
        for b in (0..size).filter(|&b| problem.columns[b] != problem.columns[a]) {
            let noisy = problem.pairs[a * size + b];
            let mut model = 0.0;
            for c in 0..kinds {
                model += self.people[c] * self.chance[c][a] * self.chance[c][b];
            }
            let high = problem.pair_weight * noisy.max(0.0);
            let low = problem.pair_weight * (model + (-noisy).max(0.0));
            for c in 0..kinds {
                up[c] += high * self.chance[c][b];
                down[c] += low * self.chance[c][b];
            }
        }
        (up, down)
    }

    fn improve(&mut self, problem: &Problem) {
        let pulls: Vec<(Vec<f64>, Vec<f64>)> =
            (0..problem.size()).into_par_iter().map(|a| self.pull(problem, a)).collect();
        for c in 0..self.people.len() {
            let mut up = 0.0;
            let mut down = 0.0;
            for (a, pull) in pulls.iter().enumerate() {
                up += self.chance[c][a] * pull.0[c];
                down += self.chance[c][a] * pull.1[c];
            }
            if down > 0.0 {
                self.people[c] = (self.people[c] * (up / down).sqrt()).max(1e-6);
            }
            for (a, pull) in pulls.iter().enumerate() {
                if pull.1[c] > 0.0 {
                    self.chance[c][a] *= (pull.0[c] / pull.1[c]).sqrt();
                }
            }
        }
        self.normalise(problem);
    }

    // Probabilities within a column sum to at most 1; people sum to the records.
    fn normalise(&mut self, problem: &Problem) {
        let columns = problem.columns.iter().max().map_or(0, |&c| usize::from(c) + 1);
        for chance in &mut self.chance {
            let mut sums = vec![0.0; columns];
            for (a, p) in chance.iter().enumerate() {
                sums[usize::from(problem.columns[a])] += p;
            }
            for (a, p) in chance.iter_mut().enumerate() {
                *p = (*p / sums[usize::from(problem.columns[a])].max(1.0)).max(1e-9);
            }
        }
        let total: f64 = self.people.iter().sum();
        for people in &mut self.people {
            *people *= problem.records / total;
        }
    }

    // Each kind gets its share of records and each column of it its exact
    // shares of values, in random order: less chance than independent draws.
    fn draw(&self, problem: &Problem, records: usize, rng: &mut ChaCha8Rng) -> Vec<Vec<u16>> {
        let mut rows = Vec::with_capacity(records);
        let mut columns = problem.columns.clone();
        columns.dedup();
        columns.sort_unstable();
        columns.dedup();
        for (kind, &share) in shares(&self.people, records, rng).iter().enumerate() {
            let mut block: Vec<Vec<u16>> = vec![Vec::new(); share];
            for &column in &columns {
                let inside: Vec<usize> =
                    (0..problem.size()).filter(|&a| problem.columns[a] == column).collect();
                let mut weights: Vec<f64> = inside.iter().map(|&a| self.chance[kind][a]).collect();
                weights.push((1.0 - weights.iter().sum::<f64>()).max(0.0));
                let mut values: Vec<Option<u16>> = Vec::with_capacity(share);
                for (at, &times) in shares(&weights, share, rng).iter().enumerate() {
                    let value = inside.get(at).map(|&a| problem.items[a]);
                    values.extend(std::iter::repeat_n(value, times));
                }
                values.shuffle(rng);
                for (row, value) in block.iter_mut().zip(values) {
                    row.extend(value);
                }
            }
            rows.extend(block);
        }
        rows.shuffle(rng);
        rows
    }
}

// Whole numbers that sum to `total`, in proportion to the weights on average:
// the fractions are settled by one random offset (systematic sampling).
fn shares(weights: &[f64], total: usize, rng: &mut ChaCha8Rng) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    let offset = f64::from(rng.random_range(0..1_u32 << 30)) / f64::from(1_u32 << 30);
    let mut reached = 0.0;
    let mut given = 0_usize;
    let mut out: Vec<usize> = weights
        .iter()
        .map(|weight| {
            reached += weight / sum * total as f64;
            let upto = ((reached + offset).floor().max(0.0) as usize).min(total);
            let share = upto.saturating_sub(given);
            given += share;
            share
        })
        .collect();
    if let Some(last) = out.last_mut() {
        *last += total - given;
    }
    out
}
