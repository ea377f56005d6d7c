//! Poisson regression with one level per group and a common linear trend, in
//! closed form per round.
//!
//! The design of Farrington's methods has an intercept for each season and one
//! slope. Its weighted least-squares step needs no matrix: centre time within
//! each group, regress, read the levels off. A round costs one exponential per
//! observation whatever the number of seasons, and the result is that of
//! [`super::fit`] on the equivalent design (a test compares the two).
//!
//! *Assumes* and *do not use*: as [`crate::glm`].
//!
//! ```
//! use palermo_stats::glm::grouped::Grouped;
//! // Two seasons with means 2 and 6, no trend.
//! let data = Grouped {
//!     counts: &[1.0, 5.0, 3.0, 7.0],
//!     times: &[1.0, 2.0, 3.0, 4.0],
//!     groups: &[0, 1, 0, 1],
//!     levels: 2,
//!     offset: None,
//! };
//! let fit = data.fit(None, false);
//! let (eta, _) = fit.predict(1, 5.0, 0.0).expect("the season was observed");
//! assert!((eta.exp() - 6.0).abs() < 1e-6);
//! ```

use super::{CONVERGENCE, MAX_ROUNDS, SMALLEST_MEAN};

/// A trend is not estimable when the spread of times within groups is below
/// this share of the spread of the times themselves.
const NO_SPREAD: f64 = 1e-18;

/// Counts with their times and groups; all slices of one length.
#[derive(Debug, Clone, Copy)]
pub struct Grouped<'a> {
    /// Counts, at least 0.
    pub counts: &'a [f64],
    /// Times, in any unit.
    pub times: &'a [f64],
    /// Group of each observation, below `levels`.
    pub groups: &'a [usize],
    /// Number of groups.
    pub levels: usize,
    /// Offset on the log scale.
    pub offset: Option<&'a [f64]>,
}

/// A fitted model with group levels and perhaps a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupedFit {
    /// Fitted means.
    pub fitted: Vec<f64>,
    /// Slope of the linear predictor by time, when there is a trend.
    pub slope: Option<f64>,
    /// Residual deviance.
    pub deviance: f64,
    /// Observations less parameters.
    pub df_residual: usize,
    /// Pearson statistic by its degrees of freedom (weights of the last round);
    /// NaN with none left.
    pub dispersion: f64,
    /// Rounds used.
    pub iterations: usize,
    /// Whether the stopping rule was met.
    pub converged: bool,
    working: Vec<f64>,
    groups: Vec<Group>,
    spread: f64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Group {
    weight: f64,
    centre: f64,
    level: f64,
}

impl Grouped<'_> {
    /// Fits the model, with prior `weights` and a `trend` if wanted. A trend that
    /// cannot be estimated (one time per group) is left out.
    #[must_use]
    pub fn fit(&self, weights: Option<&[f64]>, trend: bool) -> GroupedFit {
        let logs: Vec<f64> =
            self.counts.iter().map(|&y| if y > 0.0 { y.ln() } else { 0.0 }).collect();
        let mut eta: Vec<f64> = self.counts.iter().map(|y| (y + 0.1).ln()).collect();
        let mut fit = GroupedFit {
            fitted: self.counts.iter().map(|y| y + 0.1).collect(),
            slope: None,
            deviance: 0.0,
            df_residual: 0,
            dispersion: f64::NAN,
            iterations: 0,
            converged: false,
            working: vec![0.0; self.counts.len()],
            groups: vec![Group::default(); self.levels],
            spread: 0.0,
        };
        fit.deviance = self.deviance(&logs, &eta, &fit.fitted, weights);
        while fit.iterations < MAX_ROUNDS && !fit.converged {
            fit.iterations += 1;
            self.regress(&mut eta, &mut fit, weights, trend);
            let next = self.deviance(&logs, &eta, &fit.fitted, weights);
            if !next.is_finite() {
                break;
            }
            fit.converged = (next - fit.deviance).abs() / (next.abs() + 0.1) < CONVERGENCE;
            fit.deviance = next;
        }
        self.disperse(&mut fit);
        fit
    }

    fn offset_at(&self, i: usize) -> f64 {
        self.offset.map_or(0.0, |offset| offset[i])
    }

    /// One weighted least-squares step; leaves the new means in `fit`.
    fn regress(&self, eta: &mut [f64], fit: &mut GroupedFit, weights: Option<&[f64]>, trend: bool) {
        fit.groups.fill(Group::default());
        // `eta` turns into the working response, less the offset.
        for (i, eta) in eta.iter_mut().enumerate() {
            let mean = fit.fitted[i];
            let weight = weights.map_or(mean, |w| w[i] * mean);
            fit.working[i] = weight;
            *eta += (self.counts[i] - mean) / mean - self.offset_at(i);
            let group = &mut fit.groups[self.groups[i]];
            group.weight += weight;
            group.centre += weight * self.times[i];
            group.level += weight * *eta;
        }
        for group in fit.groups.iter_mut().filter(|group| group.weight > 0.0) {
            group.centre /= group.weight;
            group.level /= group.weight;
        }
        let slope = if trend { self.slope(eta, fit) } else { None };
        for (i, eta) in eta.iter_mut().enumerate() {
            let group = &fit.groups[self.groups[i]];
            let rise = slope.map_or(0.0, |slope| slope * (self.times[i] - group.centre));
            *eta = group.level + rise + self.offset_at(i);
            fit.fitted[i] = eta.exp().max(SMALLEST_MEAN);
        }
        fit.slope = slope;
    }

    fn slope(&self, response: &[f64], fit: &mut GroupedFit) -> Option<f64> {
        let (mut spread, mut joint, mut scale) = (0.0, 0.0, 0.0);
        for (i, value) in response.iter().enumerate() {
            let from_centre = self.times[i] - fit.groups[self.groups[i]].centre;
            let leaning = fit.working[i] * from_centre;
            spread += leaning * from_centre;
            joint += leaning * value;
            scale += fit.working[i] * self.times[i] * self.times[i];
        }
        fit.spread = spread;
        (spread > NO_SPREAD * scale).then(|| joint / spread)
    }

    fn deviance(&self, logs: &[f64], eta: &[f64], mean: &[f64], weights: Option<&[f64]>) -> f64 {
        let half = |i: usize, y: &f64| {
            let term = y * (logs[i] - eta[i]) - (y - mean[i]);
            weights.map_or(term, |w| w[i] * term)
        };
        2.0 * self.counts.iter().enumerate().map(|(i, y)| half(i, y)).sum::<f64>()
    }

    fn disperse(&self, fit: &mut GroupedFit) {
        let levels = fit.groups.iter().filter(|group| group.weight > 0.0).count();
        let parameters = levels + usize::from(fit.slope.is_some());
        fit.df_residual = self.counts.len().saturating_sub(parameters);
        if fit.df_residual > 0 {
            fit.dispersion = self.pearson(fit, &fit.working) / fit.df_residual as f64;
        }
    }

    /// `Σ w ((y − μ)/μ)²` for the given weights: with those of the last round
    /// the Pearson statistic.
    pub(crate) fn pearson(&self, fit: &GroupedFit, weights: &[f64]) -> f64 {
        let terms = weights.iter().zip(self.counts).zip(&fit.fitted);
        terms.map(|((w, y), mean)| w * ((y - mean) / mean).powi(2)).sum()
    }
}

impl GroupedFit {
    /// Leverage of observation `i`, of group `group` and time `time`.
    pub(crate) fn hat(&self, i: usize, group: usize, time: f64) -> f64 {
        let group = &self.groups[group];
        let mut hat = 1.0 / group.weight;
        if self.slope.is_some() {
            hat += (time - group.centre).powi(2) / self.spread;
        }
        self.working[i] * hat
    }

    /// Linear predictor and its standard error for dispersion 1 at a time of a
    /// group; nothing when the group was never observed.
    #[must_use]
    pub fn predict(&self, group: usize, time: f64, offset: f64) -> Option<(f64, f64)> {
        let group = self.groups.get(group).filter(|group| group.weight > 0.0)?;
        let (mut eta, mut variance) = (group.level + offset, 1.0 / group.weight);
        if let Some(slope) = self.slope {
            let from_centre = time - group.centre;
            eta += slope * from_centre;
            variance += from_centre * from_centre / self.spread;
        }
        Some((eta, variance.sqrt()))
    }

    /// Standard error of the slope for dispersion 1.
    #[must_use]
    pub fn slope_error(&self) -> Option<f64> {
        self.slope.map(|_| self.spread.sqrt().recip())
    }
}
