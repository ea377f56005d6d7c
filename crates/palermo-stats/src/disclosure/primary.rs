//! Primary rules: which cells may not be shown for their own sake.
//!
//! - *Threshold*, for counts: 0 < count < k ([`super::Threshold::hides`]).
//! - *Dominance (n, p)*, for magnitudes: the n largest contributors make up more
//!   than p % of the cell, so one of them could estimate another closely.
//! - *p %*, for magnitudes: what is left of the total after the two largest is
//!   less than p % of the largest, so the second can bound the largest to
//!   within p %. Preferred to dominance, because it measures the harm itself.
//!
//! Source: Hundepool et al., *Statistical Disclosure Control* (2012), ch. 4.

/// Whether the `n` largest contributions exceed `percent` of their sum.
/// Contributions below zero count as zero.
///
/// ```
/// use palermo_stats::disclosure::dominance;
/// assert!(dominance(&[80.0, 10.0, 10.0], 1, 75.0));
/// assert!(!dominance(&[60.0, 20.0, 20.0], 1, 75.0));
/// ```
#[must_use]
pub fn dominance(contributions: &[f64], n: usize, percent: f64) -> bool {
    let sorted = descending(contributions);
    let total: f64 = sorted.iter().sum();
    let largest: f64 = sorted.iter().take(n).sum();
    total > 0.0 && largest > percent / 100.0 * total
}

/// Whether the second largest contributor could bound the largest to within
/// `percent` of its value.
///
/// ```
/// use palermo_stats::disclosure::p_percent;
/// assert!(p_percent(&[100.0, 50.0, 5.0], 10.0)); // 5 < 10 % of 100
/// assert!(!p_percent(&[100.0, 50.0, 15.0], 10.0));
/// ```
#[must_use]
pub fn p_percent(contributions: &[f64], percent: f64) -> bool {
    let sorted = descending(contributions);
    let rest: f64 = sorted.iter().skip(2).sum();
    sorted.first().is_some_and(|&largest| largest > 0.0 && rest < percent / 100.0 * largest)
}

fn descending(contributions: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = contributions.iter().map(|c| c.max(0.0)).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted
}
