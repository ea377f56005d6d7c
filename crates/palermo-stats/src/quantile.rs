//! Sample quantiles, types 1 to 9.
//!
//! There are at least nine ways to read a quantile off a sample, and they
//! disagree exactly where small samples are reported. Naming the type is
//! therefore part of the result. The numbering follows Hyndman & Fan, *Sample
//! quantiles in statistical packages*, The American Statistician 50 (1996)
//! 361–365.
//!
//! | type | what it is | where it is the custom |
//! |---|---|---|
//! | 1 | inverse of the empirical distribution | definition of a quantile |
//! | 2 | as 1, averaging at the steps | SAS |
//! | 3 | nearest even order statistic | SAS |
//! | 4 | linear in the empirical distribution | – |
//! | 5 | midway of the steps (Hazen) | hydrology |
//! | 6 | expectation of the position (Weibull) | Minitab, SPSS |
//! | 7 | modes of the positions (Gumbel) | R, NumPy and Excel by default |
//! | 8 | median-unbiased whatever the distribution | recommended by the authors; bootstrap intervals here |
//! | 9 | unbiased for normal samples (Blom) | normal plots |
//!
//! *Do not use* types 1–3 for bootstrap intervals: they jump. *Do not* compare
//! two quantiles of different types, and do not report an extreme quantile
//! (`p < 1/n`) of a small sample: it is the smallest observation by another
//! name.
//!
//! Worked example, the sample {3.1, 4.7, 5.5, 8, 8, 10.2, 13}: the lower
//! quartile is 5.1 by type 7 and 4.8333 by type 8.
//!
//! ```
//! use palermo_stats::quantile::{QuantileType, quantile};
//! let sample = [3.1, 4.7, 5.5, 8.0, 8.0, 10.2, 13.0];
//! assert!((quantile(&sample, 0.25, QuantileType::R7)? - 5.1).abs() < 1e-12);
//! assert!((quantile(&sample, 0.25, QuantileType::R8)? - 4.833_333_333_333).abs() < 1e-9);
//! # Ok::<(), palermo_stats::quantile::QuantileError>(())
//! ```

/// The nine definitions of Hyndman & Fan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuantileType {
    /// Inverse of the empirical distribution function.
    R1,
    /// Inverse of the empirical distribution function, averaged at its steps.
    R2,
    /// The order statistic nearest to `n p`, the even one on ties.
    R3,
    /// Linear interpolation of the empirical distribution function.
    R4,
    /// Piecewise linear through the middle of the steps.
    R5,
    /// Plotting position `k / (n + 1)`.
    R6,
    /// Plotting position `(k - 1) / (n - 1)`.
    R7,
    /// Plotting position `(k - 1/3) / (n + 1/3)`, median-unbiased.
    R8,
    /// Plotting position `(k - 3/8) / (n + 1/4)`.
    R9,
}

/// Why a quantile could not be given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum QuantileError {
    /// There is nothing to read a quantile off.
    #[error("a quantile needs at least one value")]
    Empty,
    /// The probability lies outside of 0 to 1.
    #[error("the probability `{0}` is not between 0 and 1")]
    Probability(f64),
    /// A value cannot be ordered.
    #[error("the sample holds a value that is not a number")]
    NotANumber,
}

/// The `p` quantile of `sample`, which may be in any order.
///
/// # Errors
/// When the sample is empty or holds a NaN, or `p` is outside of [0, 1].
pub fn quantile(sample: &[f64], p: f64, kind: QuantileType) -> Result<f64, QuantileError> {
    quantiles(sample, &[p], kind).map(|found| found.first().copied().unwrap_or(f64::NAN))
}

/// Several quantiles of one sample, sorting it once.
///
/// # Errors
/// As [`quantile`].
pub fn quantiles(
    sample: &[f64],
    probabilities: &[f64],
    kind: QuantileType,
) -> Result<Vec<f64>, QuantileError> {
    if sample.iter().any(|value| value.is_nan()) {
        return Err(QuantileError::NotANumber);
    }
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    probabilities.iter().map(|&p| quantile_of_sorted(&sorted, p, kind)).collect()
}

/// The `p` quantile of a sample already in ascending order.
///
/// # Errors
/// When the sample is empty or `p` is outside of [0, 1].
pub fn quantile_of_sorted(
    sorted: &[f64],
    p: f64,
    kind: QuantileType,
) -> Result<f64, QuantileError> {
    if sorted.is_empty() {
        return Err(QuantileError::Empty);
    }
    if !(0.0..=1.0).contains(&p) {
        return Err(QuantileError::Probability(p));
    }
    let (whole, fraction) = position(sorted.len() as f64, p, kind);
    let last = sorted.len() as i64 - 1;
    let at = |rank: i64| sorted[(rank - 1).clamp(0, last) as usize];
    let (below, above) = (at(whole), at(whole + 1));
    Ok(if fraction == 0.0 {
        below
    } else if fraction == 1.0 {
        above
    } else {
        below + fraction * (above - below)
    })
}

/// Rank (1-based) of the lower neighbour and the share of the upper one.
fn position(n: f64, p: f64, kind: QuantileType) -> (i64, f64) {
    // Guards against a product such as 0.1 × 30 falling a hair short of a whole number.
    const FUZZ: f64 = 4.0 * f64::EPSILON;
    let step = |target: f64| {
        let whole = (target + FUZZ).floor();
        (whole as i64, target > whole + FUZZ * whole.abs().max(1.0))
    };
    let (a, b) = match kind {
        QuantileType::R1 => {
            let (whole, over) = step(n * p);
            return (whole, f64::from(u8::from(over)));
        }
        QuantileType::R2 => {
            let (whole, over) = step(n * p);
            return (whole, if over { 1.0 } else { 0.5 });
        }
        QuantileType::R3 => {
            let (whole, over) = step(n * p - 0.5);
            return (whole, f64::from(u8::from(over || whole.rem_euclid(2) == 1)));
        }
        QuantileType::R4 => (0.0, 1.0),
        QuantileType::R5 => (0.5, 0.5),
        QuantileType::R6 => (0.0, 0.0),
        QuantileType::R7 => (1.0, 1.0),
        QuantileType::R8 => (1.0 / 3.0, 1.0 / 3.0),
        QuantileType::R9 => (0.375, 0.375),
    };
    let target = a + p * (n + 1.0 - a - b);
    let whole = (target + FUZZ).floor();
    let fraction = target - whole;
    (whole as i64, if fraction.abs() < FUZZ { 0.0 } else { fraction })
}
