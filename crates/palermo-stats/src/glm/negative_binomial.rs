//! Negative-binomial regression with the size estimated by maximum likelihood.
//!
//! `y_i` has mean `μ_i` and variance `μ_i + α μ_i²`, `α = 1/θ`. Fit the mean for
//! given `θ`, then `θ` for the given means by Newton's method on
//!
//! `Σ ψ(θ + y_i) − ψ(θ) + ln θ + 1 − ln(θ + μ_i) − (y_i + θ)/(μ_i + θ) = 0`,
//!
//! and repeat until `θ` stands still (Venables & Ripley, *Modern Applied
//! Statistics with S*, 4th ed. 2002, §7.4; Lawless, *Negative binomial and mixed
//! Poisson regression*, Canad. J. Stat. 15 (1987) 209–225).
//!
//! *Assumes* over-dispersion of a quadratic kind. *Do not use* it on counts no
//! more variable than Poisson: the size then runs to infinity, which is
//! reported as [`Sized::size`] infinite with the Poisson fit.
//!
//! Worked example: Bliss & Fisher (*Fitting the negative binomial distribution
//! to biological data*, Biometrics 9 (1953) 176–200) count red mites on 150
//! apple leaves and find `k = 1.02459` around a mean of 1.14667.
//!
//! ```
//! use palermo_stats::glm::{Design, negative_binomial::fit_with_size};
//! let leaves = [70, 38, 17, 10, 9, 3, 2, 1];
//! let mites: Vec<f64> = leaves
//!     .iter()
//!     .enumerate()
//!     .flat_map(|(mites, &leaves)| std::iter::repeat_n(mites as f64, leaves))
//!     .collect();
//! let found = fit_with_size(&mites, &Design::intercept(150), None)?;
//! assert!((found.size - 1.02459).abs() < 1e-5);
//! assert!((found.fit.fitted[0] - 1.14667).abs() < 1e-5);
//! # Ok::<(), palermo_stats::glm::GlmError>(())
//! ```

use super::{Design, Family, Fit, GlmError, Options, fit, fit_from};
use statrs::function::gamma::{digamma, ln_gamma};

/// Above this size the law cannot be told from Poisson.
const POISSON_SIZE: f64 = 1e7;
const MOST_ROUNDS: usize = 200;

/// A negative-binomial fit with its size.
#[derive(Debug, Clone, PartialEq)]
pub struct Sized {
    /// The regression at the final size.
    pub fit: Fit,
    /// The size `θ`; infinite when Poisson fits better.
    pub size: f64,
    /// Whether the size stood still in the end.
    pub converged: bool,
}

impl Sized {
    /// Dispersion `α = 1/θ`, 0 for Poisson.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.size.recip()
    }
}

/// Fits mean and size together, stopping where R's `glm.nb` does: when the
/// changes of the log likelihood (by `√(2 df)`) and of the size add up to less
/// than 1e-8.
///
/// # Errors
/// As [`crate::glm::fit`].
pub fn fit_with_size(
    counts: &[f64],
    design: &Design,
    offset: Option<&[f64]>,
) -> Result<Sized, GlmError> {
    let options = Options { weights: None, offset };
    let poisson = fit(counts, design, Family::Poisson, &options)?;
    let scale = (2.0 * poisson.df_residual.max(1) as f64).sqrt();
    let mut found = poisson.clone();
    let mut size = size_given_means(counts, &found.fitted);
    let mut likelihood = log_likelihood(counts, &found.fitted, size);
    for _ in 0..MOST_ROUNDS {
        if size >= POISSON_SIZE {
            return Ok(Sized { fit: poisson, size: f64::INFINITY, converged: true });
        }
        let family = Family::NegativeBinomial { size };
        let next = fit_from(counts, design, family, &options, Some(&found.fitted))?;
        let next_size = size_given_means(counts, &found.fitted);
        found = next;
        let next_likelihood = log_likelihood(counts, &found.fitted, next_size);
        let change = (next_likelihood - likelihood).abs() / scale + (next_size - size).abs();
        (size, likelihood) = (next_size, next_likelihood);
        if change <= super::CONVERGENCE {
            return Ok(Sized { fit: found, size, converged: true });
        }
    }
    Ok(Sized { fit: found, size, converged: false })
}

/// Log likelihood up to what depends on the counts alone.
fn log_likelihood(counts: &[f64], means: &[f64], size: f64) -> f64 {
    let term = |(y, mean): (&f64, &f64)| {
        let ways = ln_gamma(size + y) - ln_gamma(size);
        let successes = if *y > 0.0 { y * (mean / (size + mean)).ln() } else { 0.0 };
        ways + successes - size * (mean / size).ln_1p()
    };
    counts.iter().zip(means).map(term).sum()
}

/// The size that maximises the likelihood for given means; at least 1e-6, at
/// most [`POISSON_SIZE`]. Newton on the logarithm of the size, guarded.
fn size_given_means(counts: &[f64], means: &[f64]) -> f64 {
    let excess: f64 = counts.iter().zip(means).map(|(y, mean)| (y / mean - 1.0).powi(2)).sum();
    let mut size = (counts.len() as f64 / excess).clamp(1e-6, POISSON_SIZE);
    for _ in 0..MOST_ROUNDS {
        let (score, slope) = score_of_size(counts, means, size);
        // d/d ln θ = θ·score; its slope θ²·score' + θ·score.
        let (first, second) = (size * score, size * size * slope + size * score);
        let step = if second < 0.0 { (-first / second).clamp(-1.0, 1.0) } else { first.signum() };
        let next = (size * step.exp()).clamp(1e-6, POISSON_SIZE);
        let still = (next - size).abs() <= 1e-13 * size;
        size = next;
        if still || size >= POISSON_SIZE {
            break;
        }
    }
    size
}

/// First and second derivative of the log likelihood by the size.
fn score_of_size(counts: &[f64], means: &[f64], size: f64) -> (f64, f64) {
    let (at_size, at_size_slope) = (digamma(size), trigamma(size));
    let (mut score, mut slope) = (0.0, 0.0);
    for (y, mean) in counts.iter().zip(means) {
        let share = (y + size) / (mean + size);
        // ln θ − ln(θ + μ) as one logarithm, exact for large θ.
        score += digamma(size + y) - at_size - (mean / size).ln_1p() + 1.0 - share;
        slope += trigamma(size + y) - at_size_slope + 1.0 / size - 2.0 / (mean + size)
            + share / (mean + size);
    }
    (score, slope)
}

/// Second derivative of ln Γ, by recurrence and asymptotic series
/// (Abramowitz & Stegun 6.4.6, 6.4.12).
fn trigamma(mut x: f64) -> f64 {
    let mut sum = 0.0;
    while x < 15.0 {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = 1.0 / 6.0
        + square
            * (-1.0 / 30.0 + square * (1.0 / 42.0 + square * (-1.0 / 30.0 + square * 5.0 / 66.0)));
    sum + inverse + square / 2.0 + square * inverse * series
}
