//! Noise levels and thresholds of the DP-marginals method (Gopi, Mahabadi &
//! Yekhanin, *Differentially private set union*, 2020, as used by Synthetic Data
//! Showcase), as plain functions so that they can be compared with the anchor.

use super::accountant::Promise;
use statrs::function::erf::erfc_inv;

/// σ for each length, and the ε of each percentile query.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginalParameters {
    /// The whole loss.
    pub rho: f64,
    /// ε of each of the R percentile queries: √(2 ρ q / R).
    pub percentile_epsilon: f64,
    /// σ_k = p_k √(Σ p_i⁻² / (2 ρ (1 − q))).
    pub sigmas: Vec<f64>,
}

impl MarginalParameters {
    /// Splits a promise over R lengths: a share q for the percentiles, the rest
    /// so that σ_k is proportional to p_k.
    ///
    /// ```
    /// use palermo_stats::disclosure::dp::{MarginalParameters, Promise};
    /// let split = MarginalParameters::new(Promise::new(1.0, 1e-5)?, 0.01, &[1.0, 0.5]);
    /// // The parts cost what the whole allows.
    /// let noise: f64 = split.sigmas.iter().map(|s| 1.0 / (2.0 * s * s)).sum();
    /// let percentiles = 2.0 * split.percentile_epsilon.powi(2) / 2.0;
    /// assert!((noise + percentiles - split.rho).abs() < 1e-12);
    /// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
    /// ```
    #[must_use]
    pub fn new(promise: Promise, percentile_share: f64, proportions: &[f64]) -> Self {
        let rho = promise.rho_with_thresholds();
        let inverse: f64 = proportions.iter().map(|p| p.powi(-2)).sum();
        let sigma = (inverse / (2.0 * rho * (1.0 - percentile_share))).sqrt();
        Self {
            rho,
            percentile_epsilon: (2.0 * rho * percentile_share / proportions.len() as f64).sqrt(),
            sigmas: proportions.iter().map(|p| p * sigma).collect(),
        }
    }
}

/// The threshold above which a noisy single count may show an attribute that
/// nobody declared: an attribute of one person passes it with probability at
/// most δ/2. ρ₁ = 1 + σ₁ √Δ Φ⁻¹((1 − δ/2)^{1/Δ}) for records of up to Δ attributes.
#[must_use]
pub fn discovery_threshold(sigma: f64, cap: u32, delta: f64) -> f64 {
    let cap = f64::from(cap.max(1));
    // 1 − (1 − δ/2)^{1/Δ}, without losing the digits of a small δ.
    let tail = -((-delta / 2.0).ln_1p() / cap).exp_m1();
    1.0 + sigma * cap.sqrt() * upper_quantile(tail)
}

/// The threshold that a combination with no people passes with probability
/// η/2: ρ_k = σ_k √Δ_k Φ⁻¹(1 − η/2).
#[must_use]
pub fn adaptive_threshold(sigma: f64, cap: u32, eta: f64) -> f64 {
    sigma * f64::from(cap.max(1)).sqrt() * upper_quantile(eta / 2.0)
}

// The value exceeded with probability `tail`.
fn upper_quantile(tail: f64) -> f64 {
    std::f64::consts::SQRT_2 * erfc_inv(2.0 * tail)
}
