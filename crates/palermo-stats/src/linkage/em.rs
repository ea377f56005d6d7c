//! Expectation–maximisation for the Fellegi–Sunter model on counted patterns
//! (Winkler 1988).
//!
//! A pair of records is a match with probability λ; given that, its fields agree
//! to level k with probability m, otherwise u, independently of each other. That
//! independence is the method's weak spot: names and nationality go together, so
//! the weights overstate; check the links against pairs you know.
//!
//! r = λΠm / (λΠm + (1 − λ)Πu); a missing field contributes no factor, and its
//! levels are estimated from the pairs where it is there.

use super::LinkError;

/// How often each pattern of agreement levels occurs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Patterns {
    /// Levels of each field.
    pub levels: Vec<usize>,
    /// Level of each field (nothing where missing), and the number of pairs.
    pub rows: Vec<(Vec<Option<usize>>, f64)>,
}

/// Share of matches and the level probabilities of each field.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// Share of pairs that are matches.
    pub lambda: f64,
    /// Probability of each level among matches, by field.
    pub m: Vec<Vec<f64>>,
    /// Probability of each level among the others, by field.
    pub u: Vec<Vec<f64>>,
}

/// What is estimated, and when to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EmOptions {
    /// Keep u as given.
    pub fix_u: bool,
    /// Stop when no parameter changes by more.
    pub tolerance: f64,
    /// Stop after this many rounds.
    pub rounds: usize,
}

impl Default for EmOptions {
    fn default() -> Self {
        Self { fix_u: true, tolerance: 1e-12, rounds: 10_000 }
    }
}

/// Result of the estimation.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Estimates.
    pub parameters: Parameters,
    /// Log likelihood, without the multinomial constant.
    pub log_likelihood: f64,
    /// Rounds taken.
    pub rounds: usize,
    /// Whether the tolerance was reached.
    pub converged: bool,
    /// Log likelihood and λ at the beginning of each round.
    pub trace: Vec<(f64, f64)>,
}

impl Patterns {
    /// Share of each level among pairs where the field is there, by field: u,
    /// when matches are rare.
    #[must_use]
    pub fn marginals(&self) -> Vec<Vec<f64>> {
        let mut shares: Vec<Vec<f64>> = self.levels.iter().map(|&n| vec![0.0; n]).collect();
        for (levels, count) in &self.rows {
            add(&mut shares, levels, *count);
        }
        shares.iter_mut().for_each(|shares| normalise(shares));
        shares
    }

    /// Pairs counted.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.rows.iter().map(|(_, count)| count).sum()
    }
}

fn add(sums: &mut [Vec<f64>], levels: &[Option<usize>], weight: f64) {
    for (sums, level) in sums.iter_mut().zip(levels) {
        if let Some(sum) = level.and_then(|level| sums.get_mut(level)) {
            *sum += weight;
        }
    }
}

fn normalise(shares: &mut [f64]) {
    let total: f64 = shares.iter().sum();
    if total > 0.0 {
        shares.iter_mut().for_each(|share| *share /= total);
    }
}

impl Parameters {
    /// Starting values: matches agree fully with probability 0.8 (0.9 for fields
    /// of two levels), u as given.
    #[must_use]
    pub fn start(lambda: f64, u: Vec<Vec<f64>>) -> Self {
        let m = u
            .iter()
            .map(|u| {
                let top = if u.len() <= 2 { 0.9 } else { 0.8 };
                let rest = (1.0 - top) / u.len().saturating_sub(1).max(1) as f64;
                let last = u.len().saturating_sub(1);
                (0..u.len()).map(|i| if i == last { top } else { rest }).collect()
            })
            .collect();
        Self { lambda, m, u }
    }

    /// λΠm and (1 − λ)Πu of a pattern.
    fn joint(&self, levels: &[Option<usize>]) -> (f64, f64) {
        let product = |tables: &[Vec<f64>]| -> f64 {
            let cells = tables.iter().zip(levels);
            cells.filter_map(|(table, level)| table.get((*level)?).copied()).product()
        };
        (self.lambda * product(&self.m), (1.0 - self.lambda) * product(&self.u))
    }

    /// Probability that a pair with this pattern is a match.
    #[must_use]
    pub fn posterior(&self, levels: &[Option<usize>]) -> f64 {
        let (matched, other) = self.joint(levels);
        if matched + other > 0.0 { matched / (matched + other) } else { 0.0 }
    }

    fn distance(&self, other: &Self) -> f64 {
        let tables = |p: &Self| -> Vec<f64> {
            let cells = p.m.iter().chain(&p.u).flatten().copied();
            cells.chain([p.lambda]).collect()
        };
        let pairs = tables(self).into_iter().zip(tables(other));
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

/// Estimates λ, m and, unless fixed, u.
///
/// # Errors
/// When there are no pairs, or tables and patterns do not fit together.
///
/// # Example
/// ```
/// use palermo_stats::linkage::em::{EmOptions, Parameters, Patterns, estimate};
///
/// // Two fields, agree or not; agreement on both is far too common for chance.
/// let cell = |a, b, n| (vec![Some(a), Some(b)], n);
/// let patterns = Patterns {
///     levels: vec![2, 2],
///     rows: vec![cell(0, 0, 80_000.0), cell(0, 1, 9_000.0), cell(1, 0, 9_000.0), cell(1, 1, 2_000.0)],
/// };
/// let start = Parameters::start(0.01, vec![vec![0.9, 0.1]; 2]);
/// let fit = estimate(&patterns, start, EmOptions::default())?;
/// assert!(fit.converged && (0.005..0.02).contains(&fit.parameters.lambda));
/// # Ok::<(), palermo_stats::linkage::LinkError>(())
/// ```
pub fn estimate(
    patterns: &Patterns,
    start: Parameters,
    options: EmOptions,
) -> Result<Fit, LinkError> {
    let total = patterns.total();
    let fits = |tables: &[Vec<f64>]| {
        tables.len() == patterns.levels.len()
            && tables.iter().zip(&patterns.levels).all(|(t, &n)| t.len() == n)
    };
    if total <= 0.0 || !fits(&start.m) || !fits(&start.u) {
        return Err(LinkError::Settings("there are no pairs to learn from".into()));
    }
    let mut now = start;
    let mut trace = Vec::new();
    let mut converged = false;
    while trace.len() < options.rounds && !converged {
        let (next, log_likelihood) = round(patterns, &now, total, options.fix_u);
        trace.push((log_likelihood, now.lambda));
        converged = now.distance(&next) < options.tolerance;
        now = next;
    }
    let (_, log_likelihood) = round(patterns, &now, total, true);
    Ok(Fit { parameters: now, log_likelihood, rounds: trace.len(), converged, trace })
}

fn round(patterns: &Patterns, now: &Parameters, total: f64, fix_u: bool) -> (Parameters, f64) {
    let empty = || -> Vec<Vec<f64>> { patterns.levels.iter().map(|&n| vec![0.0; n]).collect() };
    let (mut m, mut u) = (empty(), empty());
    let (mut matches, mut log_likelihood) = (0.0, 0.0);
    for (levels, count) in &patterns.rows {
        let (matched, other) = now.joint(levels);
        if matched + other <= 0.0 {
            continue;
        }
        let r = matched / (matched + other);
        log_likelihood += count * (matched + other).ln();
        matches += count * r;
        add(&mut m, levels, count * r);
        add(&mut u, levels, count * (1.0 - r));
    }
    let settle = |sums: &mut Vec<Vec<f64>>, before: &[Vec<f64>]| {
        for (sums, before) in sums.iter_mut().zip(before) {
            if sums.iter().sum::<f64>() > 0.0 {
                normalise(sums);
            } else {
                // A field that is never there teaches nothing.
                sums.clone_from(before);
            }
        }
    };
    settle(&mut m, &now.m);
    settle(&mut u, &now.u);
    let u = if fix_u { now.u.clone() } else { u };
    let lambda = matches / total;
    (Parameters { lambda, m, u }, log_likelihood)
}
