//! Farrington's algorithm made flexible: all the data of the last years, with a
//! factor for the season.
//!
//! Noufaily, Enki, Farrington, Garthwaite, Andrews & Charlett, *An improved
//! algorithm for outbreak detection in multiple surveillance systems*, Stat.
//! Med. 32 (2013) 1206–1222; Salmon, Schumacher & Höhle, J. Stat. Softw. 70(10)
//! (2016).
//!
//! **Method.** As [`super::farrington`], but the reference data are *all* periods from
//! the oldest window up to `past_excluded + 1` periods ago (a running outbreak
//! must not raise its own bound), and the season is a factor of `p` levels: the
//! windows of `±w` around the `b` anniversaries are one level, the gaps between
//! them are cut into `p − 1` blocks of equal length, the first blocks taking
//! the remainder. With `p = 1` only the windows are used. Past outbreaks weigh
//! less from 2.58 on, the trend is always kept unless it extrapolates above
//! the highest count, and the bound may be a negative-binomial quantile.
//!
//! Customary settings: weekly data `b = 5, w = 3, p = 10`, 26 periods excluded;
//! monthly data `b = 5, w = 1, p = 4`, 3 excluded, negative-binomial bound.
//!
//! **A fault that is not copied.** The customary implementation replaces the
//! working weights of its reweighted fit by the prior weights before taking
//! standard errors, so that these are scaled by `Σω((y−μ)/μ)²/df` instead of
//! the dispersion: a factor of about `μ` is missing, and bounds and trend tests
//! shift. Where it does not reweight, it scales by the dispersion *before* that
//! is raised to 1. Here both use `φ ≥ 1`; `compat` brings the customary
//! behaviour back. On 16 synthetic monthly series the difference changes 38 of
//! 1,296 decisions under Farrington's original settings.
//!
//! *Assumes*: see [`super::farrington`]. *Do not use* it with fewer than three observations to a season level, nor with a trend on counts
//! that grow by more than about half a year: the forecast then is the trend.
//!
//! Worked example: a monthly series around 20 for six years, then 40. The
//! bound for Poisson-like counts lies a little above 30.
//!
//! ```
//! use palermo_stats::surveillance::calendar::Calendar;
//! use palermo_stats::surveillance::flexible::{Flexible, FlexibleOptions};
//! let mut counts: Vec<f64> = (0..72).map(|i| f64::from(17 + (i * 5) % 7)).collect();
//! counts.push(40.0);
//! let method = Flexible::new(FlexibleOptions::monthly(), Calendar::index(12)?)?;
//! let verdict = method.judge(&counts, None)?[72];
//! assert!(verdict.alarm);
//! assert!((29.0..34.0).contains(&verdict.upper.unwrap_or_default()));
//! # Ok::<(), palermo_stats::surveillance::SurveillanceError>(())
//! ```

use super::bound::{Bound, Power};
use super::calendar::Calendar;
use super::farrington::{
    Assessment, ErrorScale, Fitting, Reference, Rule, check_common, check_series,
};
use super::{SurveillanceError, Verdict, check_alpha, require};

/// How to run the flexible algorithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FlexibleOptions {
    /// One-sided level.
    pub alpha: f64,
    /// Years of reference, `b`.
    pub years_back: usize,
    /// Half width of the windows in periods, `w`.
    pub half_window: usize,
    /// Levels of the season, `p`.
    pub periods: usize,
    /// Periods before the present left out.
    pub past_excluded: usize,
    /// Residual above which a reference point is weighted down; nothing to fit
    /// once only.
    pub weights_threshold: Option<f64>,
    /// Level of the test of the trend; nothing for no trend, 1 for a trend
    /// without test.
    pub trend_threshold: Option<f64>,
    /// How the bound is made.
    pub bound: Bound,
    /// Fewest cases, current period included, for an alarm …
    pub fewest_cases: f64,
    /// … over this many periods.
    pub recent_periods: usize,
    /// Standard errors as in the customary implementation (see above).
    pub compat: bool,
}

impl FlexibleOptions {
    /// Customary settings for weekly counts.
    #[must_use]
    pub fn weekly() -> Self {
        Self {
            alpha: 0.01,
            years_back: 5,
            half_window: 3,
            periods: 10,
            past_excluded: 26,
            weights_threshold: Some(2.58),
            trend_threshold: Some(1.0),
            bound: Bound::Delta(Power::TwoThirds),
            fewest_cases: 5.0,
            recent_periods: 4,
            compat: false,
        }
    }

    /// Customary settings for monthly counts.
    #[must_use]
    pub fn monthly() -> Self {
        Self {
            half_window: 1,
            periods: 4,
            past_excluded: 3,
            bound: Bound::NegativeBinomial,
            ..Self::weekly()
        }
    }
}

/// The flexible algorithm, set up.
#[derive(Debug, Clone, PartialEq)]
pub struct Flexible {
    options: FlexibleOptions,
    calendar: Calendar,
}

impl Flexible {
    /// Checks the options.
    ///
    /// # Errors
    /// When one is out of range, or a year has too few periods for the season
    /// levels.
    pub fn new(options: FlexibleOptions, calendar: Calendar) -> Result<Self, SurveillanceError> {
        check_alpha(options.alpha)?;
        check_common(options.years_back, options.weights_threshold, options.trend_threshold)?;
        let (p, window) = (options.periods, 2 * options.half_window + 1);
        require(p >= 1, "periods", p as f64, "at least 1")?;
        let gap = calendar.frequency().saturating_sub(window);
        require(
            p == 1 || gap >= p - 1,
            "periods",
            p as f64,
            "at most the periods outside of the windows, plus 1",
        )?;
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
        let rule = Rule {
            bound: self.options.bound,
            alpha: self.options.alpha,
            fewest_cases: self.options.fewest_cases,
            recent_periods: self.options.recent_periods,
        };
        Ok((0..counts.len())
            .map(|k| rule.verdict(counts, k, self.assess(counts, population, k)))
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
        let options = &self.options;
        let references = self.calendar.anniversaries(k, options.years_back)?;
        let last = k.checked_sub(options.past_excluded + 1)?;
        references.last()?.checked_sub(options.half_window)?;
        let mut data = Reference::new(k, &self.calendar, counts, population, options.periods);
        self.seasons(&references, |i, level| {
            if i <= last {
                data.add(i, level);
            }
        });
        let fitting = Fitting {
            years: options.years_back,
            weights_threshold: options.weights_threshold,
            trend_threshold: options.trend_threshold,
            errors: if options.compat { ErrorScale::Overwritten } else { ErrorScale::Dispersion },
        };
        data.assess(0, &fitting)
    }

    /// Calls `each` with every period of the reference years and its season:
    /// 0 for the windows around the anniversaries, `1 … p − 1` for the blocks
    /// between them.
    fn seasons(&self, references: &[usize], mut each: impl FnMut(usize, usize)) {
        let (w, blocks) = (self.options.half_window, self.options.periods - 1);
        for pair in references.windows(2).rev() {
            let (next, centre) = (pair[0], pair[1]);
            for i in centre - w..=centre + w {
                each(i, 0);
            }
            if blocks == 0 {
                continue;
            }
            let gap = (next - centre).saturating_sub(2 * w + 1);
            let (length, longer) = (gap / blocks, gap % blocks);
            let mut i = centre + w + 1;
            for block in 0..blocks {
                for _ in 0..length + usize::from(block < longer) {
                    each(i, block + 1);
                    i += 1;
                }
            }
        }
        // The window of the present counts where little of the past is excluded.
        if let Some(&now) = references.first() {
            for i in now.saturating_sub(w)..now {
                each(i, 0);
            }
        }
    }
}
