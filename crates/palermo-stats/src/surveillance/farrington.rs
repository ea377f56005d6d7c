//! Farrington's algorithm: is this week's count high, given the same weeks of
//! earlier years?
//!
//! Farrington, Andrews, Beale & Catchpole, *A statistical algorithm for the
//! early detection of outbreaks of infectious disease*, JRSS A 159 (1996)
//! 547–563.
//!
//! **Method.** Reference points are the `2w + 1` periods around each of `b`
//! anniversaries. A quasi-Poisson regression `log μ = α + βt` is fitted; the
//! dispersion is `φ = max(1, Pearson/df)`. It is fitted again with past
//! outbreaks weighted down ([`crate::glm::residuals`]). The trend is kept only
//! with at least three years, `p < 0.05`, and a forecast no higher than the
//! highest reference count; else the model is refitted without. The bound is
//! the delta bound of [`super::bound`] at `z_{1−α/2}`. There is no alarm with
//! fewer than five cases in the last four periods.
//!
//! The standard error of the forecast uses `φ ≥ 1`, the test of the trend the
//! dispersion as estimated.
//!
//! *Assumes* log-linear trend, the same season every year, variance
//! proportional to the mean. *Do not use* it for series younger than `b` years
//! and `w` periods, nor after a change in how cases are recorded: cut the series
//! there. Prefer [`super::flexible`] for new work.
//!
//! Worked example: Farrington's level 0.01 two-sided and a series that stayed at
//! 4 to 6 for three years. Twelve cases exceed the bound of about 11.
//!
//! ```
//! use palermo_stats::surveillance::calendar::Calendar;
//! use palermo_stats::surveillance::farrington::{Farrington, FarringtonOptions};
//! let mut counts: Vec<f64> = (0..170).map(|i| f64::from(4 + (i * 7) % 3)).collect();
//! counts.push(12.0);
//! let options = FarringtonOptions { years_back: 3, ..FarringtonOptions::default() };
//! let method = Farrington::new(options, Calendar::index(52)?)?;
//! let verdict = method.judge(&counts, None)?[170];
//! assert!(verdict.alarm);
//! assert!((10.0..12.0).contains(&verdict.upper.unwrap_or_default()));
//! # Ok::<(), palermo_stats::surveillance::SurveillanceError>(())
//! ```

use super::bound::{Bound, Forecast, Power};
use super::calendar::Calendar;
use super::{SurveillanceError, Verdict, check_alpha, check_counts, require};
use crate::glm::grouped::{Grouped, GroupedFit};
use crate::glm::laws::student_two_sided;
use crate::glm::residuals::{anscombe, outbreak_weights};

/// Years a trend needs.
const YEARS_FOR_TREND: usize = 3;

/// How to run Farrington's algorithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FarringtonOptions {
    /// Two-sided level: the bound is at `1 − alpha/2`.
    pub alpha: f64,
    /// Years of reference, `b`.
    pub years_back: usize,
    /// Half width of the windows in periods, `w`.
    pub half_window: usize,
    /// Residual above which a reference point is weighted down; nothing to fit
    /// once only.
    pub weights_threshold: Option<f64>,
    /// Level of the test of the trend; nothing for no trend, 1 for a trend
    /// without test.
    pub trend_threshold: Option<f64>,
    /// Power of the bound.
    pub power: Power,
    /// Fewest cases, current period included, for an alarm …
    pub fewest_cases: f64,
    /// … over this many periods.
    pub recent_periods: usize,
}

impl Default for FarringtonOptions {
    fn default() -> Self {
        Self {
            alpha: 0.01,
            years_back: 3,
            half_window: 3,
            weights_threshold: Some(1.0),
            trend_threshold: Some(0.05),
            power: Power::TwoThirds,
            fewest_cases: 5.0,
            recent_periods: 4,
        }
    }
}

/// Farrington's algorithm, set up.
#[derive(Debug, Clone, PartialEq)]
pub struct Farrington {
    options: FarringtonOptions,
    calendar: Calendar,
}

/// What the reference data say about a period, before it is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assessment {
    /// Expected count, its uncertainty and the dispersion.
    pub forecast: Forecast,
    /// Whether the trend was kept.
    pub trend: bool,
}

impl Farrington {
    /// Checks the options.
    ///
    /// # Errors
    /// When one is out of range.
    pub fn new(options: FarringtonOptions, calendar: Calendar) -> Result<Self, SurveillanceError> {
        check_alpha(options.alpha)?;
        check_common(options.years_back, options.weights_threshold, options.trend_threshold)?;
        Ok(Self { options, calendar })
    }

    /// One verdict per period; undefined without full history. `population`
    /// enters as an offset.
    ///
    /// # Errors
    /// When a count or population is not usable or lengths differ.
    pub fn judge(
        &self,
        counts: &[f64],
        population: Option<&[f64]>,
    ) -> Result<Vec<Verdict>, SurveillanceError> {
        check_series(counts, population, &self.calendar)?;
        Ok((0..counts.len())
            .map(|k| {
                let rule = Rule {
                    bound: Bound::Delta(self.options.power),
                    alpha: self.options.alpha / 2.0,
                    fewest_cases: self.options.fewest_cases,
                    recent_periods: self.options.recent_periods,
                };
                rule.verdict(counts, k, self.assess(counts, population, k))
            })
            .collect())
    }

    /// What the reference data say about period `k` (0-based); nothing without
    /// full history or where the model cannot be fitted.
    #[must_use]
    pub fn assess(
        &self,
        counts: &[f64],
        population: Option<&[f64]>,
        k: usize,
    ) -> Option<Assessment> {
        let (years, w) = (self.options.years_back, self.options.half_window);
        let references = self.calendar.anniversaries(k, years)?;
        let mut data = Reference::new(k, &self.calendar, counts, population, 1);
        for centre in references.iter().skip(1).rev() {
            for i in centre.checked_sub(w)?..=centre + w {
                data.add(i, 0);
            }
        }
        data.assess(0, &self.options.fitting())
    }
}

impl FarringtonOptions {
    fn fitting(&self) -> Fitting {
        Fitting {
            years: self.years_back,
            weights_threshold: self.weights_threshold,
            trend_threshold: self.trend_threshold,
            errors: ErrorScale::Classic,
        }
    }
}

/// Checks what both Farrington methods have in common.
pub(crate) fn check_common(
    years: usize,
    weights: Option<f64>,
    trend: Option<f64>,
) -> Result<(), SurveillanceError> {
    require(years >= 1, "years-back", years as f64, "at least 1 year")?;
    let weights = weights.unwrap_or(1.0);
    require(weights > 0.0, "weights-threshold", weights, "above 0")?;
    let trend = trend.unwrap_or(0.0);
    require((0.0..=1.0).contains(&trend), "trend-threshold", trend, "between 0 and 1")
}

/// Checks that counts, populations and dates go together.
pub(crate) fn check_series(
    counts: &[f64],
    population: Option<&[f64]>,
    calendar: &Calendar,
) -> Result<(), SurveillanceError> {
    check_counts(counts)?;
    let expected = counts.len();
    for (what, found) in
        [("calendar", calendar.dated()), ("population", population.map(<[f64]>::len))]
    {
        if let Some(found) = found.filter(|found| *found != expected) {
            return Err(SurveillanceError::Length { what, expected, found });
        }
    }
    match population.and_then(|p| p.iter().position(|n| !(n.is_finite() && *n > 0.0))) {
        Some(i) => Err(SurveillanceError::Population(i + 1)),
        None => Ok(()),
    }
}

/// When a count above the bound is an alarm.
pub(crate) struct Rule {
    pub(crate) bound: Bound,
    /// One-sided.
    pub(crate) alpha: f64,
    pub(crate) fewest_cases: f64,
    pub(crate) recent_periods: usize,
}

impl Rule {
    pub(crate) fn verdict(&self, counts: &[f64], k: usize, said: Option<Assessment>) -> Verdict {
        let observed = counts[k];
        let Some(Assessment { forecast, .. }) = said else {
            return Verdict::undefined(observed);
        };
        let recent: f64 = counts[(k + 1).saturating_sub(self.recent_periods)..=k]
            .iter()
            .filter(|y| !y.is_nan())
            .sum();
        let (upper, p) = self.bound.judge(&forecast, observed, self.alpha);
        let enough = recent >= self.fewest_cases && upper.is_finite();
        Verdict {
            observed,
            expected: Some(forecast.mean),
            upper: enough.then_some(upper),
            alarm: enough && observed > upper && observed != 0.0,
            p: p.is_finite().then_some(p),
            statistic: None,
        }
    }
}

/// How the reference data are fitted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fitting {
    pub(crate) years: usize,
    pub(crate) weights_threshold: Option<f64>,
    pub(crate) trend_threshold: Option<f64>,
    pub(crate) errors: ErrorScale,
}

/// What standard errors are scaled by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorScale {
    /// The dispersion, at least 1.
    Dispersion,
    /// That for the bound, the dispersion as estimated for the test of the trend
    /// (Farrington's own, without fault).
    Classic,
    /// With the prior weights in the place of the working weights (customary,
    /// flexible).
    Overwritten,
}

/// Reference data of one period.
pub(crate) struct Reference<'a> {
    k: usize,
    calendar: &'a Calendar,
    source: &'a [f64],
    population: Option<&'a [f64]>,
    levels: usize,
    counts: Vec<f64>,
    times: Vec<f64>,
    groups: Vec<usize>,
    offset: Vec<f64>,
}

impl<'a> Reference<'a> {
    pub(crate) fn new(
        k: usize,
        calendar: &'a Calendar,
        source: &'a [f64],
        population: Option<&'a [f64]>,
        levels: usize,
    ) -> Self {
        Self {
            k,
            calendar,
            source,
            population,
            levels,
            counts: Vec::with_capacity(192),
            times: Vec::with_capacity(192),
            groups: Vec::with_capacity(192),
            offset: Vec::new(),
        }
    }

    /// Adds period `i` of season `group`, unless its count is missing.
    pub(crate) fn add(&mut self, i: usize, group: usize) {
        let Some(&count) = self.source.get(i).filter(|count| !count.is_nan()) else {
            return;
        };
        self.counts.push(count);
        // Counted from the present: a trend over distant dates loses digits.
        self.times.push(self.calendar.time(i) - self.calendar.time(self.k));
        self.groups.push(group);
        if let Some(n) = self.population.and_then(|population| population.get(i)) {
            self.offset.push(n.ln());
        }
    }

    fn grouped(&self) -> Grouped<'_> {
        Grouped {
            counts: &self.counts,
            times: &self.times,
            groups: &self.groups,
            levels: self.levels,
            offset: self.population.is_some().then_some(&self.offset[..]),
        }
    }

    /// Fits, decides on the trend, and forecasts the present in season `group`.
    pub(crate) fn assess(&self, group: usize, fitting: &Fitting) -> Option<Assessment> {
        if self.counts.is_empty() {
            return None;
        }
        let data = self.grouped();
        let offset = self.population.and_then(|p| p.get(self.k)).map_or(0.0, |n| n.ln());
        if let Some(level) = fitting.trend_threshold.filter(|level| *level > 0.0) {
            let fitted = refit(&data, fitting, true)?;
            if let Some(said) = fitted.forecast(group, offset)
                && fitted.keeps_trend(&said, level, fitting.years, &self.counts)
            {
                return Some(said);
            }
        }
        refit(&data, fitting, false)?.forecast(group, offset)
    }
}

struct Fitted {
    fit: GroupedFit,
    dispersion: f64,
    /// Dispersion by which the standard error of the forecast is scaled …
    scale: f64,
    /// … and that of the trend when it is tested.
    trend_scale: f64,
}

/// Fits once, weights past outbreaks down, fits again.
fn refit(data: &Grouped<'_>, fitting: &Fitting, trend: bool) -> Option<Fitted> {
    let mut fit = data.fit(None, trend);
    if !fit.converged && trend {
        fit = data.fit(None, false);
    }
    let trend = fit.slope.is_some();
    if !fit.converged || fit.df_residual == 0 {
        return None;
    }
    let mut dispersion = fit.dispersion.max(1.0);
    let mut overwritten = fit.dispersion;
    if let Some(threshold) = fitting.weights_threshold {
        let weights = weights(data, &fit, dispersion, threshold);
        fit = data.fit(Some(&weights), trend);
        dispersion = fit.dispersion.max(1.0);
        overwritten = data.pearson(&fit, &weights) / fit.df_residual as f64;
    }
    let (scale, trend_scale) = match fitting.errors {
        ErrorScale::Dispersion => (dispersion, dispersion),
        ErrorScale::Classic => (dispersion, fit.dispersion),
        ErrorScale::Overwritten => (overwritten, overwritten),
    };
    Some(Fitted { fit, dispersion, scale, trend_scale })
}

fn weights(data: &Grouped<'_>, fit: &GroupedFit, dispersion: f64, threshold: f64) -> Vec<f64> {
    let residuals: Vec<f64> = (0..data.counts.len())
        .map(|i| {
            // Only points above their mean can be outbreaks: spare the others the roots.
            if data.counts[i] <= fit.fitted[i] {
                return 0.0;
            }
            let hat = fit.hat(i, data.groups[i], data.times[i]);
            anscombe(data.counts[i], fit.fitted[i], dispersion, hat)
        })
        .collect();
    outbreak_weights(&residuals, threshold)
}

impl Fitted {
    fn forecast(&self, group: usize, offset: f64) -> Option<Assessment> {
        let (eta, error) = self.fit.predict(group, 0.0, offset)?;
        let forecast = Forecast {
            mean: eta.exp().max(crate::glm::SMALLEST_MEAN),
            standard_error: error * self.scale.sqrt(),
            dispersion: self.dispersion,
        };
        Some(Assessment { forecast, trend: self.fit.slope.is_some() })
    }

    fn keeps_trend(&self, said: &Assessment, level: f64, years: usize, counts: &[f64]) -> bool {
        let (Some(slope), Some(error)) = (self.fit.slope, self.fit.slope_error()) else {
            return false;
        };
        let t = slope / (error * self.trend_scale.sqrt());
        let highest = counts.iter().copied().fold(0.0, f64::max);
        years >= YEARS_FOR_TREND
            && said.forecast.mean <= highest
            && (level >= 1.0 || student_two_sided(t, self.fit.df_residual as f64) < level)
    }
}
