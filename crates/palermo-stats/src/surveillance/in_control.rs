//! The mean a process has while nothing happens, learnt from a first stretch of
//! the series: for [`super::cusum`] and [`super::glr`].
//!
//! The choices are the plain mean, and a Poisson or negative-binomial regression
//! on one yearly harmonic with or without a trend,
//! `log μ_t = β₀ [+ β₁ t] + β₂ cos(2πt/f) + β₃ sin(2πt/f)`, carried forward.
//!
//! *Assumes* that the first stretch was quiet and that the future is like it. *Do
//! not* carry a trend forward for more than a year or two: it is exponential.
//!
//! ```
//! use palermo_stats::surveillance::in_control::{InControl, Law, learn};
//! let counts = [4.0, 6.0, 5.0, 5.0, 9.0];
//! let learnt = learn(&counts, 4, 12, InControl::Mean, Law::Poisson)?;
//! assert!((learnt.means[0] - 5.0).abs() < 1e-9);
//! # Ok::<(), palermo_stats::surveillance::SurveillanceError>(())
//! ```

use super::{SurveillanceError, check_counts, require};
use crate::glm::negative_binomial::fit_with_size;
use crate::glm::{Design, Family, Options, fit};
use std::f64::consts::TAU;

/// Shape of the in-control mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InControl {
    /// The same throughout.
    Mean,
    /// One yearly harmonic.
    Seasonal,
    /// One yearly harmonic and a log-linear trend.
    SeasonalTrend,
}

/// Law of the counts around the mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Law {
    /// Variance equal to the mean.
    Poisson,
    /// Variance `μ + α μ²`, `α` estimated from the first stretch.
    NegativeBinomial,
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// In-control means of the periods after the first stretch.
    pub means: Vec<f64>,
    /// Dispersion `α`, 0 for Poisson.
    pub alpha: f64,
}

/// Learns the mean from the first `baseline` periods and carries it forward to
/// the rest.
///
/// # Errors
/// When the series is no longer than the baseline, the baseline has missing
/// counts throughout, or the regression cannot be fitted.
pub fn learn(
    counts: &[f64],
    baseline: usize,
    frequency: usize,
    shape: InControl,
    law: Law,
) -> Result<Learnt, SurveillanceError> {
    check_counts(counts)?;
    require(baseline >= 2, "baseline", baseline as f64, "at least 2 periods")?;
    require(frequency >= 1, "frequency", frequency as f64, "at least 1 period a year")?;
    if counts.len() <= baseline {
        return Err(SurveillanceError::TooShort { needed: baseline + 1, found: counts.len() });
    }
    let known: Vec<usize> = (0..baseline).filter(|&t| !counts[t].is_nan()).collect();
    let quiet: Vec<f64> = known.iter().map(|&t| counts[t]).collect();
    if quiet.is_empty() || quiet.iter().sum::<f64>() == 0.0 {
        // Without a case the best guess is below one case in the stretch.
        let means = vec![0.5 / baseline as f64; counts.len() - baseline];
        return Ok(Learnt { means, alpha: 0.0 });
    }
    let columns: Vec<fn(f64) -> f64> = match shape {
        InControl::Mean => vec![],
        InControl::Seasonal => vec![f64::cos, f64::sin],
        InControl::SeasonalTrend => vec![|t| t, f64::cos, f64::sin],
    };
    // Angles for the harmonics; the trend in the same unit, which only scales its slope.
    let angle = |t: usize| TAU * (t + 1) as f64 / frequency as f64;
    let row = |t: usize| -> Vec<f64> {
        std::iter::once(1.0).chain(columns.iter().map(|column| column(angle(t)))).collect()
    };
    let mut design = Design::intercept(known.len());
    for column in &columns {
        design = design.with(known.iter().map(|&t| column(angle(t))).collect())?;
    }
    let (model, alpha) = match law {
        Law::Poisson => (fit(&quiet, &design, Family::Poisson, &Options::default())?, 0.0),
        Law::NegativeBinomial => {
            let found = fit_with_size(&quiet, &design, None)?;
            let alpha = found.alpha();
            (found.fit, alpha)
        }
    };
    let means = (baseline..counts.len())
        .map(|t| model.predict(&row(t), 0.0).map(|found| found.eta.exp()))
        .collect::<Result<_, _>>()?;
    Ok(Learnt { means, alpha })
}
