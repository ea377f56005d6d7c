//! EARS C1, C2 and C3: the recent past as its own yardstick.
//!
//! Hutwagner, Thompson, Seeman & Treadwell, *The bioterrorism preparedness and
//! response Early Aberration Reporting System (EARS)*, J. Urban Health 80
//! (2003) i89–i96; formulas as in Salmon, Schumacher & Höhle, *Monitoring count
//! time series in R*, J. Stat. Softw. 70(10) (2016).
//!
//! With a baseline of `b` periods (7), mean `ȳ` and standard deviation `s`
//! (denominator `b − 1`, at least `min_sigma`):
//!
//! * **C1** `U_t = ȳ + z_{1−α} s` over `t−b … t−1`;
//! * **C2** the same over `t−b−2 … t−3`, so that the onset of an outbreak does
//!   not raise its own bound;
//! * **C3** adds up two earlier exceedances:
//!   `U_t = max(0, y_t + s_t (z_{1−α} − Σ_{i=1,2} max(0, C2_{t−i} − 1)))`,
//!   `C2_t = (y_t − ȳ_t)/s_t` with the window of C2.
//!
//! The alarm is `y_t > U_t`. The usual levels are 0.001 for C1 and C2, 0.025
//! for C3.
//!
//! *Assumes* a stable level over ten periods and roughly normal counts. *Do not
//! use* it on seasonal series, nor on sparse ones with `min_sigma` 0: a quiet
//! week makes the next single case an alarm. Where the window has no spread at
//! all, an exceedance of 0/0 counts as none.
//!
//! ```
//! use palermo_stats::surveillance::ears::{Ears, EarsOptions, ears};
//! // A week of 3, 4, 5, 3, 4, 5, 4 has mean 4 and sd 0.8165: C1 alarms above
//! // 4 + 3.0902 × 0.8165 = 6.52.
//! let counts = [3.0, 4.0, 5.0, 3.0, 4.0, 5.0, 4.0, 7.0];
//! let verdicts = ears(&counts, &EarsOptions::new(Ears::C1))?;
//! let last = verdicts[7];
//! assert!(last.alarm);
//! assert!((last.upper.unwrap_or_default() - 6.5232).abs() < 1e-4);
//! # Ok::<(), palermo_stats::surveillance::SurveillanceError>(())
//! ```

use super::{SurveillanceError, Verdict, check_alpha, check_counts, require};
use crate::glm::laws::{normal_quantile, normal_upper_tail};

/// Periods between the baseline of C2 and C3 and the present.
const GAP: usize = 2;

/// The three methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ears {
    /// Baseline right before the period.
    C1,
    /// Baseline two periods earlier.
    C2,
    /// As C2, with the exceedances of the two periods before.
    C3,
}

/// How to run EARS.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EarsOptions {
    /// Which of the three.
    pub method: Ears,
    /// One-sided level.
    pub alpha: f64,
    /// Periods in the baseline, at least 2.
    pub baseline: usize,
    /// Least standard deviation, in cases.
    pub min_sigma: f64,
}

impl EarsOptions {
    /// The customary settings: seven periods, level 0.001 (0.025 for C3).
    #[must_use]
    pub fn new(method: Ears) -> Self {
        let alpha = if method == Ears::C3 { 0.025 } else { 0.001 };
        Self { method, alpha, baseline: 7, min_sigma: 0.0 }
    }
}

/// Mean and standard deviation of a window.
#[derive(Clone, Copy)]
struct Window {
    mean: f64,
    sigma: f64,
}

/// One verdict per period; undefined until the baseline is full.
///
/// # Errors
/// When an option is out of range or a count negative or infinite.
pub fn ears(counts: &[f64], options: &EarsOptions) -> Result<Vec<Verdict>, SurveillanceError> {
    check_alpha(options.alpha)?;
    check_counts(counts)?;
    require(options.baseline >= 2, "baseline", options.baseline as f64, "at least 2 periods")?;
    let sigma_allowed = options.min_sigma >= 0.0 && options.min_sigma.is_finite();
    require(sigma_allowed, "min-sigma", options.min_sigma, "0 or more")?;
    let z = normal_quantile(1.0 - options.alpha);
    Ok(match options.method {
        Ears::C1 => simple(counts, options, z, 0),
        Ears::C2 => simple(counts, options, z, GAP),
        Ears::C3 => cumulative(counts, options, z),
    })
}

fn window(counts: &[f64], t: usize, gap: usize, options: &EarsOptions) -> Option<Window> {
    let start = t.checked_sub(options.baseline + gap)?;
    let values = counts.get(start..t - gap)?;
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|y| (y - mean) * (y - mean)).sum();
    let sigma = (squares / (n - 1.0)).sqrt();
    // A missing count makes both NaN.
    mean.is_finite().then(|| Window { mean, sigma: sigma.max(options.min_sigma) })
}

fn simple(counts: &[f64], options: &EarsOptions, z: f64, gap: usize) -> Vec<Verdict> {
    let judge = |(t, &observed): (usize, &f64)| {
        let Some(Window { mean, sigma }) = window(counts, t, gap, options) else {
            return Verdict::undefined(observed);
        };
        let upper = mean + z * sigma;
        Verdict {
            observed,
            expected: Some(mean),
            upper: Some(upper),
            alarm: observed > upper,
            p: (!observed.is_nan()).then(|| normal_upper_tail(score(observed, mean, sigma))),
            statistic: None,
        }
    };
    counts.iter().enumerate().map(judge).collect()
}

/// Standard units above the mean, 0 where there is neither distance nor spread.
fn score(observed: f64, mean: f64, sigma: f64) -> f64 {
    let distance = observed - mean;
    if distance == 0.0 { 0.0 } else { distance / sigma }
}

fn cumulative(counts: &[f64], options: &EarsOptions, z: f64) -> Vec<Verdict> {
    let windows: Vec<Option<Window>> =
        (0..counts.len()).map(|t| window(counts, t, GAP, options)).collect();
    let excess = |t: usize| {
        let Window { mean, sigma } = windows.get(t).copied().flatten()?;
        let observed = counts.get(t)?;
        (!observed.is_nan()).then(|| (score(*observed, mean, sigma) - 1.0).max(0.0))
    };
    let judge = |(t, &observed): (usize, &f64)| {
        let earlier = t.checked_sub(2).and_then(|second| Some(excess(second)? + excess(t - 1)?));
        let (Some(Window { mean, sigma }), Some(earlier)) = (windows[t], earlier) else {
            return Verdict::undefined(observed);
        };
        // Without spread there is no unit in which earlier excesses could count.
        let lift = if sigma == 0.0 { 0.0 } else { sigma * (z - earlier) };
        let upper = (observed + lift).max(0.0);
        Verdict {
            observed,
            expected: Some(mean),
            upper: (!observed.is_nan()).then_some(upper),
            alarm: observed > upper,
            p: None,
            statistic: Some(earlier),
        }
    };
    counts.iter().enumerate().map(judge).collect()
}
