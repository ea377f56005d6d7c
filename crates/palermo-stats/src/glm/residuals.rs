//! Anscombe residuals and the weights Farrington makes from them.
//!
//! A past outbreak inside the reference data raises the threshold and hides
//! the next one. Farrington, Andrews, Beale & Catchpole (*A statistical
//! algorithm for the early detection of outbreaks of infectious disease*, JRSS
//! A 159 (1996) 547–563, §3.4) therefore weight each reference point by its
//! standardised Anscombe residual
//!
//! `s_i = 3/2 · (y_i^{2/3} μ_i^{−1/6} − μ_i^{1/2}) / √(φ (1 − h_i))`,
//!
//! `ω_i = γ s_i^{−2}` where `s_i` exceeds a threshold, `γ` elsewhere, with `γ`
//! such that the weights add up to their number. The threshold was 1; Noufaily
//! et al. (Stat. Med. 32 (2013) 1206–1222) found that this weights down a sixth
//! of perfectly ordinary points and proposed 2.58.
//!
//! *Assumes* that outbreaks are rarer than ordinary periods. *Do not use* the
//! threshold 1 except to reproduce older results.
//!
//! ```
//! use palermo_stats::glm::residuals::{anscombe, outbreak_weights};
//! // Nine cases where four were expected, no leverage, Poisson: 2.1 standard units.
//! let s = anscombe(9.0, 4.0, 1.0, 0.0);
//! assert!((s - 2.1513).abs() < 1e-4);
//! // With 1 as threshold it counts for less than a quarter of its neighbours,
//! // with 2.58 as much as they do.
//! let strict = outbreak_weights(&[s, 0.0, -0.5], 1.0);
//! assert!((strict[0] / strict[1] - s.powi(-2)).abs() < 1e-12);
//! assert_eq!(outbreak_weights(&[s, 0.0, -0.5], 2.58), [1.0; 3]);
//! ```

use super::Fit;

/// Standardised Anscombe residual of one count.
#[must_use]
pub fn anscombe(count: f64, mean: f64, dispersion: f64, hat: f64) -> f64 {
    let raw = 1.5 * (count.cbrt().powi(2) / mean.cbrt().sqrt() - mean.sqrt());
    raw / (dispersion * (1.0 - hat)).sqrt()
}

/// Standardised Anscombe residuals of a fit.
#[must_use]
pub fn of_fit(counts: &[f64], fit: &Fit, dispersion: f64) -> Vec<f64> {
    counts
        .iter()
        .zip(&fit.fitted)
        .zip(&fit.hat)
        .map(|((&y, &mean), &hat)| anscombe(y, mean, dispersion, hat))
        .collect()
}

/// Weights that tone down residuals above `threshold`; they add up to their
/// number. A residual that is not a number (a point of full leverage) counts as
/// ordinary.
#[must_use]
pub fn outbreak_weights(residuals: &[f64], threshold: f64) -> Vec<f64> {
    let mut weights: Vec<f64> =
        residuals.iter().map(|&s| if s > threshold { s.powi(-2) } else { 1.0 }).collect();
    let gamma = weights.len() as f64 / weights.iter().sum::<f64>();
    weights.iter_mut().for_each(|w| *w *= gamma);
    weights
}
