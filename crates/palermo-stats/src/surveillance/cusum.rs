//! CUSUM: small lasting shifts, added up until they cannot be chance.
//!
//! `S_t = max(0, S_{t−1} + z_t − k)`, alarm at `S_t ≥ h`, where `z` makes the
//! count `x` with in-control mean `m` roughly standard normal:
//!
//! | transform | `z` |
//! |---|---|
//! | [`Transform::Rossi`] | `(x − 3m + 2√(xm)) / (2√m)` |
//! | [`Transform::Standard`] | `(x − m)/√m` |
//! | [`Transform::Anscombe`] | `3/2 (x^{2/3} − m^{2/3}) / m^{1/6}` |
//! | [`Transform::Anscombe2`] | `3/2 (x^{2/3} − m^{2/3} + m^{−1/3}/9) / m^{1/6}` |
//! | [`Transform::None`] | `x` |
//!
//! Page, *Continuous inspection schemes*, Biometrika 41 (1954) 100–115; Rossi,
//! Lampugnani & Marchi, *An approximate CUSUM procedure for surveillance of
//! health events*, Stat. Med. 18 (1999) 2111–2122 (who give `k = 1.04`, `h = 2.26`
//! for a shift of two standard deviations and 500 periods between false alarms).
//!
//! The bound shown is the count at which `S_t` would reach `h`, given
//! `S_{t−1}`. The sum is not set back after an alarm: it falls back by itself.
//!
//! **Faults not copied.** The customary implementation inverts the second-order
//! Anscombe transform with `m^{1/3}/9` in place of `m^{−1/3}/9`, squares a
//! negative root in the inverse of Rossi's (a bound above 0 where any count
//! alarms), and without a transform shows `h − S_t` (the present counted in, `k`
//! left out) as bound. Alarms are not affected. `compat` shows those bounds.
//!
//! *Assumes* a known, constant or modelled in-control mean of at least about 1
//! and independent periods. *Do not use* it on seasonal counts with a plain
//! mean: every summer is an alarm.
//!
//! ```
//! use palermo_stats::surveillance::cusum::{CusumOptions, Transform, cusum};
//! // In control at 4; (x − 4)/2 is 1.5, 1.5, 2: less k = 1.04 that adds up to 1.88.
//! let options = CusumOptions { transform: Transform::Standard, ..CusumOptions::default() };
//! let verdicts = cusum(&[7.0, 7.0, 8.0], &[4.0; 3], &options)?;
//! assert!((verdicts[2].statistic.unwrap_or_default() - 1.88).abs() < 1e-12);
//! assert!(!verdicts[2].alarm);
//! # Ok::<(), palermo_stats::surveillance::SurveillanceError>(())
//! ```

use super::{SurveillanceError, Verdict, check_counts, require};

/// How counts are brought to a standard scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
    /// Rossi, Lampugnani & Marchi.
    Rossi,
    /// Mean and Poisson standard deviation.
    Standard,
    /// Two-thirds power, first order.
    Anscombe,
    /// Two-thirds power, second order.
    Anscombe2,
    /// The count itself: `k` and `h` are in cases.
    None,
}

/// How to run a CUSUM.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CusumOptions {
    /// What is subtracted each period: half the shift to be found, in standard
    /// units.
    pub k: f64,
    /// Where it alarms.
    pub h: f64,
    /// Scale of the counts.
    pub transform: Transform,
    /// Show the bounds of the customary implementation.
    pub compat: bool,
}

impl Default for CusumOptions {
    fn default() -> Self {
        Self { k: 1.04, h: 2.26, transform: Transform::Standard, compat: false }
    }
}

/// One verdict per period, for counts and in-control means of one length. A
/// missing count leaves the sum as it is.
///
/// # Errors
/// When lengths differ, a count is not usable, or a mean is not above 0.
pub fn cusum(
    counts: &[f64],
    means: &[f64],
    options: &CusumOptions,
) -> Result<Vec<Verdict>, SurveillanceError> {
    check_means(counts, means)?;
    require(options.k >= 0.0 && options.k.is_finite(), "k", options.k, "0 or more")?;
    require(options.h > 0.0 && options.h.is_finite(), "h", options.h, "above 0")?;
    let mut sum = 0.0;
    let judge = |(&observed, &mean): (&f64, &f64)| {
        let before = sum;
        if observed.is_nan() {
            return Verdict {
                expected: Some(mean),
                statistic: Some(sum),
                ..Verdict::undefined(observed)
            };
        }
        sum = f64::max(0.0, sum + options.transform.scale(observed, mean) - options.k);
        Verdict {
            observed,
            expected: Some(mean),
            upper: Some(options.upper(mean, before, sum)),
            alarm: sum >= options.h,
            p: None,
            statistic: Some(sum),
        }
    };
    Ok(counts.iter().zip(means).map(judge).collect())
}

/// Checks counts against in-control means.
pub(crate) fn check_means(counts: &[f64], means: &[f64]) -> Result<(), SurveillanceError> {
    check_counts(counts)?;
    let (expected, found) = (counts.len(), means.len());
    if expected != found {
        return Err(SurveillanceError::Length { what: "in-control mean", expected, found });
    }
    let wrong = means.iter().find(|mean| !(mean.is_finite() && **mean > 0.0));
    wrong.map_or(Ok(()), |mean| require(false, "in-control mean", *mean, "above 0"))
}

impl CusumOptions {
    fn upper(&self, mean: f64, before: f64, after: f64) -> f64 {
        let target = self.h + self.k - before;
        let upper = match self.transform {
            Transform::None if self.compat => self.h - after,
            // The customary bound of the standard scale is in whole cases.
            Transform::Standard => self.transform.count_at(target, mean, false).ceil(),
            _ => self.transform.count_at(target, mean, self.compat),
        };
        upper.max(0.0)
    }
}

impl Transform {
    /// The count in standard units.
    #[must_use]
    pub fn scale(self, count: f64, mean: f64) -> f64 {
        let sixth = mean.cbrt().sqrt();
        let power = |x: f64| x.cbrt().powi(2);
        match self {
            Self::Rossi => (count - 3.0 * mean + 2.0 * (count * mean).sqrt()) / (2.0 * mean.sqrt()),
            Self::Standard => (count - mean) / mean.sqrt(),
            Self::Anscombe => 1.5 * (power(count) - power(mean)) / sixth,
            Self::Anscombe2 => {
                1.5 * (power(count) - power(mean) + mean.cbrt().recip() / 9.0) / sixth
            }
            Self::None => count,
        }
    }

    /// The count that has these standard units; at least 0.
    fn count_at(self, units: f64, mean: f64, compat: bool) -> f64 {
        let sixth = mean.cbrt().sqrt();
        let from_power = |power: f64| power.max(0.0).powf(1.5);
        let centre = mean.cbrt().powi(2);
        match self {
            Self::Rossi => {
                let inside = 4.0 * mean + 2.0 * mean.sqrt() * units;
                let root = inside.max(0.0).sqrt() - mean.sqrt();
                if compat && inside >= 0.0 { root.powi(2) } else { root.max(0.0).powi(2) }
            }
            Self::Standard => (mean + mean.sqrt() * units).max(0.0),
            Self::Anscombe => from_power(centre + units * sixth / 1.5),
            Self::Anscombe2 => {
                let bias = if compat { mean.cbrt() } else { mean.cbrt().recip() } / 9.0;
                from_power(centre - bias + units * sixth / 1.5)
            }
            Self::None => units.max(0.0),
        }
    }
}
