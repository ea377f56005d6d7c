//! One door to all methods: several series, one method, one verdict per series
//! and period.
//!
//! ```
//! use palermo_stats::surveillance::calendar::Calendar;
//! use palermo_stats::surveillance::ears::{Ears, EarsOptions};
//! use palermo_stats::surveillance::watch::{Method, watch};
//! let method = Method::Ears(EarsOptions { min_sigma: 0.5, ..EarsOptions::new(Ears::C1) });
//! let quiet = vec![2.0; 8];
//! let mut rising = quiet.clone();
//! rising[7] = 6.0;
//! let watched = watch(&[quiet, rising], None, &Calendar::index(12)?, &method)?;
//! assert_eq!(watched.iter().map(|series| series[7].alarm).collect::<Vec<_>>(), [false, true]);
//! # Ok::<(), palermo_stats::surveillance::SurveillanceError>(())
//! ```

use super::calendar::Calendar;
use super::cusum::{CusumOptions, cusum};
use super::ears::{EarsOptions, ears};
use super::farrington::{Farrington, FarringtonOptions};
use super::flexible::{Flexible, FlexibleOptions};
use super::glr::{GlrOptions, glr};
use super::in_control::{InControl, Law, Learnt, learn};
use super::many::{
    cusum_false_alarm_rate, expected_false_alarms_per_month, simulated_false_alarm_rate,
};
use super::{SurveillanceError, Verdict};
use crate::glm::laws::CountLaw;
use rayon::prelude::*;

/// Simulated series behind the false-alarm rate of GLR charts.
const REPLICAS: usize = 100;

/// A method with its options.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// EARS C1, C2 or C3.
    Ears(EarsOptions),
    /// Farrington's algorithm.
    Farrington(FarringtonOptions),
    /// Farrington's algorithm made flexible.
    Flexible(FlexibleOptions),
    /// CUSUM.
    Cusum {
        /// The chart.
        options: CusumOptions,
        /// The in-control phase.
        quiet: QuietPhase,
    },
    /// GLR-CUSUM.
    Glr {
        /// The chart; its dispersion is that of `law` when `alpha` is given
        /// there or estimated.
        options: GlrOptions,
        /// The in-control phase.
        quiet: QuietPhase,
        /// Law of the counts.
        law: Law,
        /// Dispersion of a negative binomial; nothing to estimate it from the
        /// in-control phase.
        alpha: Option<f64>,
    },
}

/// The stretch at the beginning from which the in-control mean is learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietPhase {
    /// Its length in periods.
    pub baseline: usize,
    /// Shape of the mean.
    pub shape: InControl,
}

/// Verdicts for each series, each with one per period. `population` enters the
/// Farrington methods as an offset and is not used by the others.
///
/// # Errors
/// The first thing that is wrong with an option or a series.
pub fn watch(
    series: &[Vec<f64>],
    population: Option<&[f64]>,
    calendar: &Calendar,
    method: &Method,
) -> Result<Vec<Vec<Verdict>>, SurveillanceError> {
    series.par_iter().map(|counts| watch_one(counts, population, calendar, method)).collect()
}

fn watch_one(
    counts: &[f64],
    population: Option<&[f64]>,
    calendar: &Calendar,
    method: &Method,
) -> Result<Vec<Verdict>, SurveillanceError> {
    match *method {
        Method::Ears(options) => ears(counts, &options),
        Method::Farrington(options) => {
            Farrington::new(options, calendar.clone())?.judge(counts, population)
        }
        Method::Flexible(options) => {
            Flexible::new(options, calendar.clone())?.judge(counts, population)
        }
        Method::Cusum { options, quiet } => {
            let learnt = quiet.learn(counts, calendar, Law::Poisson)?;
            after(counts, quiet.baseline, |rest| cusum(rest, &learnt.means, &options))
        }
        Method::Glr { options, quiet, law, alpha } => {
            let learnt = quiet.learn(counts, calendar, law)?;
            let options = GlrOptions { alpha: alpha.unwrap_or(learnt.alpha), ..options };
            after(counts, quiet.baseline, |rest| glr(rest, &learnt.means, &options))
        }
    }
}

impl QuietPhase {
    fn learn(
        &self,
        counts: &[f64],
        calendar: &Calendar,
        law: Law,
    ) -> Result<Learnt, SurveillanceError> {
        learn(counts, self.baseline, calendar.frequency(), self.shape, law)
    }
}

/// Runs a chart on what follows the in-control phase.
fn after(
    counts: &[f64],
    baseline: usize,
    chart: impl FnOnce(&[f64]) -> Result<Vec<Verdict>, SurveillanceError>,
) -> Result<Vec<Verdict>, SurveillanceError> {
    let (quiet, rest) = counts.split_at(baseline.min(counts.len()));
    let mut verdicts: Vec<Verdict> = quiet.iter().map(|&y| Verdict::undefined(y)).collect();
    verdicts.extend(chart(rest)?);
    Ok(verdicts)
}

/// Alarms a month that these series would raise if nothing ever happened: from
/// the level for EARS and Farrington, from Siegmund's run length for CUSUM, by
/// simulation from the in-control law for GLR. Series about which the method
/// says nothing at the end do not count.
///
/// # Errors
/// As [`watch`].
pub fn expected_false_alarms(
    series: &[Vec<f64>],
    verdicts: &[Vec<Verdict>],
    calendar: &Calendar,
    method: &Method,
    seed: u64,
) -> Result<f64, SurveillanceError> {
    let watched =
        verdicts.iter().filter(|v| v.last().is_some_and(|last| last.expected.is_some())).count();
    let nominal = |alpha| Ok(expected_false_alarms_per_month(alpha, watched, calendar.frequency()));
    match *method {
        Method::Ears(options) => nominal(options.alpha),
        Method::Farrington(options) => nominal(options.alpha / 2.0),
        Method::Flexible(options) => nominal(options.alpha),
        Method::Cusum { options, .. } => nominal(cusum_false_alarm_rate(options.k, options.h)),
        Method::Glr { options, quiet, law, alpha } => {
            let rates: Result<Vec<f64>, SurveillanceError> = series
                .par_iter()
                .map(|counts| {
                    let learnt = quiet.learn(counts, calendar, law)?;
                    let options = GlrOptions {
                        alpha: alpha.unwrap_or(learnt.alpha),
                        cases: false,
                        ..options
                    };
                    Ok(glr_false_alarm_rate(&learnt.means, &options, seed))
                })
                .collect();
            Ok(rates?
                .into_iter()
                .map(|rate| expected_false_alarms_per_month(rate, 1, calendar.frequency()))
                .sum())
        }
    }
}

fn glr_false_alarm_rate(means: &[f64], options: &GlrOptions, seed: u64) -> f64 {
    let laws: Vec<CountLaw> = means
        .iter()
        .map(|&mean| match options.alpha {
            0.0 => CountLaw::Poisson { mean },
            alpha => CountLaw::NegativeBinomial { mean, size: alpha.recip() },
        })
        .collect();
    simulated_false_alarm_rate(&laws, REPLICAS, seed, |counts| {
        glr(counts, means, options)
            .map_or(0, |verdicts| verdicts.iter().filter(|verdict| verdict.alarm).count())
    })
}
