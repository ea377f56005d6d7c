//! Has a simulation mixed? R-hat and effective sample sizes.
//!
//! Rank-normalised split R-hat compares the halves of all chains with each
//! other, for location and for spread; above 1.01 the chains do not agree
//! (Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021). The effective sample
//! size says how many independent draws the chains are worth, with Geyer's
//! initial monotone sequence of autocorrelations; below 400 quantiles are
//! not to be trusted.

use super::special::normal_quantile;

/// What the chains of one quantity look like together.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Mixing {
    /// Rank-normalised split R-hat, the worse of location and spread.
    pub r_hat: f64,
    /// Effective sample size for the bulk of the distribution.
    pub ess_bulk: f64,
    /// Effective sample size for its 5 % and 95 % quantiles, the smaller.
    pub ess_tail: f64,
    /// Draws kept in all chains together.
    pub draws: usize,
}

impl Mixing {
    /// From chains of equal length; NaN with fewer than four draws each.
    ///
    /// ```
    /// use palermo_stats::estimate::Mixing;
    ///
    /// let stuck = vec![vec![1.0, 1.1, 0.9, 1.2, 0.8, 1.0], vec![9.0, 9.1, 8.9, 9.2, 8.8, 9.0]];
    /// assert!(Mixing::of(&stuck).r_hat > 1.5);
    /// ```
    #[must_use]
    pub fn of(chains: &[Vec<f64>]) -> Self {
        let draws = chains.iter().map(Vec::len).sum();
        let halves = split(chains);
        let ranked = rank_normalised(&halves);
        let mut all: Vec<f64> = chains.iter().flatten().copied().collect();
        all.sort_by(f64::total_cmp);
        let median = all.get(all.len() / 2).copied().unwrap_or(f64::NAN);
        let folded: Vec<Vec<f64>> =
            halves.iter().map(|h| h.iter().map(|x| (x - median).abs()).collect()).collect();
        let below = |p: f64| -> f64 {
            let limit = all.get((p * all.len() as f64) as usize).copied().unwrap_or(f64::NAN);
            let indicator: Vec<Vec<f64>> = halves
                .iter()
                .map(|h| h.iter().map(|&x| f64::from(u8::from(x <= limit))).collect())
                .collect();
            effective_size(&indicator)
        };
        Self {
            r_hat: split_r_hat(&ranked).max(split_r_hat(&rank_normalised(&folded))),
            ess_bulk: effective_size(&ranked),
            ess_tail: below(0.05).min(below(0.95)),
            draws,
        }
    }
}

fn split(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    chains
        .iter()
        .flat_map(|chain| {
            let half = chain.len() / 2;
            [&chain[..half], &chain[chain.len() - half..]]
        })
        .map(<[f64]>::to_vec)
        .collect()
}

/// Replaces values by normal scores of their ranks; ties share their mean rank.
fn rank_normalised(chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut order: Vec<(f64, usize, usize)> = chains
        .iter()
        .enumerate()
        .flat_map(|(c, chain)| chain.iter().enumerate().map(move |(i, &x)| (x, c, i)))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut scores: Vec<Vec<f64>> = chains.iter().map(|c| vec![0.0; c.len()]).collect();
    let n = order.len() as f64;
    let mut from = 0;
    while from < order.len() {
        let mut to = from + 1;
        while to < order.len() && order[to].0 == order[from].0 {
            to += 1;
        }
        let rank = (from + to + 1) as f64 / 2.0;
        let score = normal_quantile((rank - 0.375) / (n + 0.25));
        for &(_, chain, i) in &order[from..to] {
            scores[chain][i] = score;
        }
        from = to;
    }
    scores
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Within-chain variance, and variance of everything together.
fn variances(chains: &[Vec<f64>]) -> (f64, f64) {
    let n = chains.first().map_or(0, Vec::len) as f64;
    let means: Vec<f64> = chains.iter().map(|c| mean(c)).collect();
    let within: f64 = chains
        .iter()
        .zip(&means)
        .map(|(c, m)| c.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / (n - 1.0))
        .sum::<f64>()
        / chains.len() as f64;
    let centre = mean(&means);
    let between =
        means.iter().map(|m| (m - centre) * (m - centre)).sum::<f64>() / (means.len() as f64 - 1.0);
    (within, within * (n - 1.0) / n + between)
}

fn split_r_hat(chains: &[Vec<f64>]) -> f64 {
    if chains.first().map_or(0, Vec::len) < 2 {
        return f64::NAN;
    }
    let (within, whole) = variances(chains);
    if whole == 0.0 {
        return 1.0;
    }
    (whole / within).sqrt()
}

fn effective_size(chains: &[Vec<f64>]) -> f64 {
    let n = chains.first().map_or(0, Vec::len);
    let draws = (n * chains.len()) as f64;
    if n < 2 {
        return f64::NAN;
    }
    let (within, whole) = variances(chains);
    if whole == 0.0 {
        return draws;
    }
    let centred: Vec<Vec<f64>> = chains
        .iter()
        .map(|c| {
            let m = mean(c);
            c.iter().map(|x| x - m).collect()
        })
        .collect();
    let correlation = |lag: usize| {
        let covariance: f64 = centred
            .iter()
            .map(|c| c.iter().zip(&c[lag..]).map(|(a, b)| a * b).sum::<f64>() / (n as f64 - 1.0))
            .sum::<f64>()
            / centred.len() as f64;
        1.0 - (within - covariance) / whole
    };
    // Sums of neighbouring pairs of autocorrelations fall and stay positive
    // for a reversible chain; where they stop doing so is noise.
    let (mut sum, mut last, mut lag) = (0.0, f64::INFINITY, 0);
    while lag + 1 < n {
        let pair =
            if lag == 0 { 1.0 + correlation(1) } else { correlation(lag) + correlation(lag + 1) };
        if pair <= 0.0 {
            break;
        }
        last = pair.min(last);
        sum += last;
        lag += 2;
    }
    let time = (2.0 * sum - 1.0).max(1.0 / draws.log10());
    draws / time
}

#[cfg(test)]
mod tests {
    use super::super::random::{Purpose, Random};
    use super::*;

    fn autoregressive(share: f64, length: usize) -> Vec<Vec<f64>> {
        (0..4)
            .map(|chain| {
                let mut random = Random::new(5, Purpose::Invented, chain);
                let mut x = random.normal();
                (0..length)
                    .map(|_| {
                        x = share * x + (1.0 - share * share).sqrt() * random.normal();
                        x
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn an_autoregressive_chain_is_worth_its_known_number_of_draws() {
        for share in [0.0, 0.5, 0.9] {
            let mixing = Mixing::of(&autoregressive(share, 5000));
            let truth = 20_000.0 * (1.0 - share) / (1.0 + share);
            assert!((mixing.ess_bulk / truth - 1.0).abs() < 0.15, "{share} {mixing:?}");
            assert!(mixing.r_hat < 1.01, "{mixing:?}");
        }
    }

    #[test]
    fn chains_in_different_places_or_of_different_spread_are_noticed() {
        let mut chains = autoregressive(0.0, 1000);
        chains[0].iter_mut().for_each(|x| *x += 1.0);
        assert!(Mixing::of(&chains).r_hat > 1.05);
        let mut chains = autoregressive(0.0, 1000);
        chains[0].iter_mut().for_each(|x| *x *= 3.0);
        assert!(Mixing::of(&chains).r_hat > 1.05);
    }
}
