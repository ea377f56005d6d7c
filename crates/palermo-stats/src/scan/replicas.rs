//! What the largest likelihood ratio is by chance: cases thrown over the cells
//! in proportion to what is expected there.

use super::zones::{LANES, Plan};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// The largest ratio of each of `replicas` replicas. Replica `r` draws from
/// stream `r` of the seed, whatever thread it runs on.
pub(super) fn largest_by_chance(
    plan: &Plan,
    replicas: usize,
    seed: u64,
    progress: impl Fn(usize) + Sync,
) -> Vec<f64> {
    let alias = Alias::new(&plan.shares);
    let mut chance: Vec<f64> = (0..replicas.div_ceil(LANES))
        .into_par_iter()
        .flat_map_iter(|batch| {
            let mut counts = vec![[0.0; LANES]; plan.areas * plan.layers()];
            for lane in 0..LANES {
                let mut random = ChaCha8Rng::seed_from_u64(seed);
                random.set_stream((batch * LANES + lane) as u64);
                throw(plan, &alias, &mut random, &mut counts, lane);
            }
            let mut best = [0.0; LANES];
            plan.raise(&counts, &mut best);
            progress(LANES);
            best
        })
        .collect();
    chance.truncate(replicas);
    chance
}

/// Throws all cases once and leaves their numbers, cumulated over the last
/// periods, in one lane.
fn throw(
    plan: &Plan,
    alias: &Alias,
    random: &mut ChaCha8Rng,
    counts: &mut [[f64; LANES]],
    lane: usize,
) {
    let mut cells = vec![0u32; plan.shares.len()];
    for _ in 0..plan.total_cases {
        cells[alias.draw(random)] += 1;
    }
    for (area, periods) in cells.chunks_exact(plan.periods).enumerate() {
        let mut cumulated = 0;
        for (layer, count) in periods.iter().rev().take(plan.layers()).enumerate() {
            cumulated += count;
            counts[layer * plan.areas + area][lane] = f64::from(cumulated);
        }
    }
}

/// Draws a cell in constant time (Walker 1977, Vose 1991): each cell keeps its
/// number up to a threshold and gives the rest to its alias.
struct Alias {
    keep: Vec<u64>,
    other: Vec<u32>,
}

impl Alias {
    fn new(shares: &[f64]) -> Self {
        let n = shares.len();
        let mut load: Vec<f64> = shares.iter().map(|share| share * n as f64).collect();
        let mut other: Vec<u32> = (0..n as u32).collect();
        let mut keep = vec![u64::MAX; n];
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| load[i] < 1.0);
        while let (Some(poor), Some(&rich)) = (small.pop(), large.last()) {
            keep[poor] = (load[poor] * 2f64.powi(64)) as u64;
            other[poor] = rich as u32;
            load[rich] -= 1.0 - load[poor];
            if load[rich] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        Self { keep, other }
    }

    fn draw(&self, random: &mut ChaCha8Rng) -> usize {
        // The high half of the product is a cell, the low half a fraction within it.
        let product = u128::from(random.next_u64()) * self.keep.len() as u128;
        let cell = (product >> 64) as usize;
        if (product as u64) < self.keep[cell] { cell } else { self.other[cell] as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_drawn_in_proportion_to_their_share() {
        let shares = [0.5, 0.0, 0.2, 0.05, 0.25];
        let alias = Alias::new(&shares);
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut counts = [0.0; 5];
        for _ in 0..200_000 {
            counts[alias.draw(&mut random)] += 1.0;
        }
        for (count, share) in counts.iter().zip(shares) {
            assert!((count / 200_000.0 - share).abs() < 0.005, "{counts:?}");
        }
        assert_eq!(counts[1], 0.0);
    }
}
