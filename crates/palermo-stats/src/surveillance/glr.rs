//! GLR-CUSUM: lasting shifts of unknown size, for Poisson and negative-binomial
//! counts with a changing in-control mean.
//!
//! Höhle & Paul, *Count data regression charts for the monitoring of
//! surveillance time series*, Comput. Stat. Data Anal. 52 (2008) 4357–4368.
//!
//! In control `E y_t = μ_t`; after an unknown change point `τ` it is `μ_t e^κ`
//! with unknown `κ ≥ 0`. The statistic is the largest log likelihood ratio,
//!
//! `GLR_n = max_{τ ≤ n − m̃ + 1} max_{κ ≥ 0} Σ_{t=τ}^{n} ℓ_t(κ)`,
//!
//! `ℓ_t = κ y_t − (e^κ − 1) μ_t` for Poisson, `κ y_t + (y_t + 1/α) ln((1 +
//! αμ_t)/(1 + αμ_t e^κ))` for a variance of `μ + αμ²`. Alarm at `GLR_n ≥ c`,
//! after which it starts afresh. With `theta` given, `κ` is fixed and this is
//! the likelihood-ratio CUSUM.
//!
//! [`Verdict::upper`] holds the *statistic*, as customary for this method (to be
//! compared with `c`, not with cases); [`GlrOptions::cases`] gives the number of
//! cases at which it would alarm instead.
//!
//! **How it is fast.** The sums `Σ ℓ_t(κ)` are concave in `κ` and 0 at `κ = 0`.
//! If the slope at 0 of a block of periods is not positive, the block only
//! lowers the sum for every `κ > 0`, now and for ever: no change point before
//! it can win again. Of the rest, each beats its predecessor only above the root
//! of the block between them, so that a change point whose own root lies below
//! that never wins either (functional pruning; compare Romano, Eckley, Fearnhead
//! & Rigaill, *Fast online changepoint detection via functional pruning CUSUM
//! statistics*, JMLR 24 (2023)). A handful of change points remain. The pruning
//! is exact; a test compares it with trying them all.
//!
//! *Assumes* a known in-control mean and independent periods. *Do not use* it
//! where `μ_t` was learnt from less than about two years, or far beyond them.
//!
//! ```
//! use palermo_stats::surveillance::glr::{GlrOptions, glr};
//! // Two periods of 8 where 4 is normal: κ̂ = ln 2, 16 ln 2 − 8 = 3.09.
//! let verdicts = glr(&[8.0, 8.0], &[4.0, 4.0], &GlrOptions::poisson(5.0))?;
//! assert!((verdicts[1].statistic.unwrap_or_default() - (16.0 * 2f64.ln() - 8.0)).abs() < 1e-9);
//! # Ok::<(), palermo_stats::surveillance::SurveillanceError>(())
//! ```

use super::cusum::check_means;
use super::{SurveillanceError, Verdict, require};

/// A shift this large (e^20) is beyond any count.
const LARGEST_SHIFT: f64 = 20.0;

/// How to run a GLR-CUSUM.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GlrOptions {
    /// Where it alarms, `c`.
    pub threshold: f64,
    /// A fixed shift `κ > 0` on the log scale; nothing to estimate it.
    pub theta: Option<f64>,
    /// Fewest periods since the change, `m̃`, at least 1.
    pub fewest_periods: usize,
    /// Dispersion `α`; 0 for Poisson.
    pub alpha: f64,
    /// Give the number of cases that would alarm as bound, not the statistic.
    pub cases: bool,
}

impl GlrOptions {
    /// Poisson counts, unknown shift.
    #[must_use]
    pub fn poisson(threshold: f64) -> Self {
        Self { threshold, theta: None, fewest_periods: 1, alpha: 0.0, cases: false }
    }

    /// Negative-binomial counts with variance `μ + alpha μ²`, unknown shift.
    #[must_use]
    pub fn negative_binomial(threshold: f64, alpha: f64) -> Self {
        Self { alpha, ..Self::poisson(threshold) }
    }
}

/// One verdict per period, for counts and in-control means of one length. A
/// missing count counts as exactly what was expected.
///
/// # Errors
/// When lengths differ, a count is not usable, a mean is not above 0 or an
/// option out of range.
pub fn glr(
    counts: &[f64],
    means: &[f64],
    options: &GlrOptions,
) -> Result<Vec<Verdict>, SurveillanceError> {
    check_means(counts, means)?;
    let threshold_allowed = options.threshold > 0.0 && options.threshold.is_finite();
    require(threshold_allowed, "c-arl", options.threshold, "above 0")?;
    let theta = options.theta.unwrap_or(1.0);
    require(theta > 0.0 && theta.is_finite(), "theta", theta, "above 0")?;
    let least = options.fewest_periods;
    require(least >= 1, "m-tilde", least as f64, "at least 1 period")?;
    let dispersion_allowed = options.alpha >= 0.0 && options.alpha.is_finite();
    require(dispersion_allowed, "dispersion", options.alpha, "0 or more")?;
    let mut chart = Chart::new(*options, counts.len());
    Ok(counts.iter().zip(means).map(|(&observed, &mean)| chart.judge(observed, mean)).collect())
}

struct Chart {
    options: GlrOptions,
    /// Counts and means since the last alarm.
    since: Vec<(f64, f64)>,
    /// Slopes at κ = 0 summed up to each period, one more than periods.
    slopes: Vec<f64>,
    /// The same for counts and means: all a Poisson likelihood needs.
    sums: Vec<(f64, f64)>,
    /// Change points that can still win, ascending, with ascending slopes.
    stack: Vec<usize>,
    /// For each but the last of them, the shift above which the next one does
    /// better; ascending. Negative binomial only.
    roots: Vec<f64>,
    /// Statistic of the fixed shift.
    fixed: f64,
}

impl Chart {
    fn new(options: GlrOptions, periods: usize) -> Self {
        let mut chart = Self {
            options,
            since: Vec::with_capacity(periods),
            slopes: Vec::with_capacity(periods + 1),
            sums: Vec::with_capacity(periods + 1),
            stack: Vec::new(),
            roots: Vec::new(),
            fixed: 0.0,
        };
        chart.restart();
        chart
    }

    fn restart(&mut self) {
        self.since.clear();
        self.slopes.clear();
        self.slopes.push(0.0);
        self.sums.clear();
        self.sums.push((0.0, 0.0));
        self.stack.clear();
        self.roots.clear();
        self.fixed = 0.0;
    }

    fn judge(&mut self, observed: f64, mean: f64) -> Verdict {
        let needed = self.options.cases.then(|| self.cases_for_alarm(mean));
        let count = if observed.is_nan() { mean } else { observed };
        self.push(count, mean);
        let statistic = self.statistic();
        let alarm = statistic >= self.options.threshold;
        if alarm {
            self.restart();
        }
        Verdict {
            observed,
            expected: Some(mean),
            upper: needed.or(Some(statistic)),
            alarm,
            p: None,
            statistic: Some(statistic),
        }
    }

    fn push(&mut self, count: f64, mean: f64) {
        self.since.push((count, mean));
        let (slope, sums) = (self.last(&self.slopes), self.last(&self.sums));
        self.slopes.push(slope + (count - mean) / (1.0 + self.options.alpha * mean));
        self.sums.push((sums.0 + count, sums.1 + mean));
        if let Some(theta) = self.options.theta {
            self.fixed = f64::max(0.0, self.fixed + ratio(count, mean, self.options.alpha, theta));
        }
        // The youngest change point that has lasted long enough joins the stack.
        if let Some(start) = self.since.len().checked_sub(self.options.fewest_periods) {
            self.admit(start);
        }
    }

    /// Adds a change point and drops those that can no longer win.
    fn admit(&mut self, start: usize) {
        while self.stack.last().is_some_and(|&t| self.slopes[t] >= self.slopes[start]) {
            self.stack.pop();
            self.roots.pop();
        }
        if self.options.alpha > 0.0 {
            // A point does better than the one before it above their root, and than the new
            // one below its own: with the second root below the first, never.
            while let (Some(&t), Some(&root)) = (self.stack.last(), self.roots.last()) {
                if self.gain(t, start, root) > 0.0 {
                    break;
                }
                self.stack.pop();
                self.roots.pop();
            }
            if let Some(&t) = self.stack.last() {
                self.roots.push(self.root(t, start));
            }
        }
        self.stack.push(start);
    }

    /// Log likelihood ratio of the periods from `start` to before `end`.
    fn gain(&self, start: usize, end: usize, kappa: f64) -> f64 {
        let (alpha, factor) = (self.options.alpha, kappa.exp());
        let term = |&(y, m): &(f64, f64)| {
            kappa * y + (y + 1.0 / alpha) * ((1.0 + alpha * m) / (1.0 + alpha * m * factor)).ln()
        };
        self.since[start..end].iter().map(term).sum()
    }

    /// The shift at which the periods from `start` to before `end`, which rise
    /// at first, neither gain nor lose. Infinite beyond [`LARGEST_SHIFT`].
    fn root(&self, start: usize, end: usize) -> f64 {
        let (slope, curvature) = self.slopes_at(start, end, 0.0);
        // Right of the root Newton's steps of a concave function only come nearer.
        let mut kappa = 3.0 * slope / curvature;
        let mut gain = self.gain(start, end, kappa);
        while gain > 0.0 {
            kappa *= 2.0;
            if kappa > LARGEST_SHIFT {
                return f64::INFINITY;
            }
            gain = self.gain(start, end, kappa);
        }
        for _ in 0..100 {
            let step = gain / self.slopes_at(start, end, kappa).0;
            kappa -= step;
            if step.is_nan() || step < 1e-9 * kappa {
                break;
            }
            gain = self.gain(start, end, kappa);
        }
        kappa
    }

    /// First derivative by the shift and negative second one.
    fn slopes_at(&self, start: usize, end: usize, kappa: f64) -> (f64, f64) {
        let (alpha, factor) = (self.options.alpha, kappa.exp());
        let (mut slope, mut curvature) = (0.0, 0.0);
        for &(count, mean) in &self.since[start..end] {
            let raised = mean * factor;
            let scale = 1.0 / (1.0 + alpha * raised);
            slope += (count - raised) * scale;
            curvature += raised * (1.0 + alpha * count) * scale * scale;
        }
        (slope, curvature)
    }

    fn last<T: Copy + Default>(&self, of: &[T]) -> T {
        of.last().copied().unwrap_or_default()
    }

    fn statistic(&self) -> f64 {
        if self.options.theta.is_some() {
            return self.fixed;
        }
        if self.options.alpha == 0.0 {
            return self.stack.iter().map(|&start| self.poisson(start)).fold(0.0, f64::max);
        }
        let (mut best, mut kappa) = (0.0, 0.0);
        let (now, last) = (self.since.len(), self.last(&self.slopes));
        // Youngest first: short blocks are cheap and warm the search for the longer ones.
        for &start in self.stack.iter().rev() {
            let slope = last - self.slopes[start];
            if slope <= 0.0 {
                continue;
            }
            kappa = self.best_shift(start, now, kappa);
            // A concave sum lies below its tangent at 0.
            if slope * kappa > best {
                best = f64::max(best, self.gain(start, now, kappa));
            }
        }
        best
    }

    fn poisson(&self, start: usize) -> f64 {
        let (end, begin) = (self.last(&self.sums), self.sums[start]);
        let (count, mean) = (end.0 - begin.0, end.1 - begin.1);
        if count <= mean { 0.0 } else { count * (count / mean).ln() - (count - mean) }
    }

    /// The shift that maximises the likelihood of a block, by Newton's method.
    fn best_shift(&self, start: usize, end: usize, guess: f64) -> f64 {
        let mut kappa = guess;
        for _ in 0..100 {
            let (slope, curvature) = self.slopes_at(start, end, kappa);
            let step = (slope / curvature).clamp(-1.0, 1.0);
            kappa = (kappa + step).clamp(0.0, LARGEST_SHIFT);
            // The next step would be the square of this one, its gain the fourth power.
            if step.abs() < 1e-5 {
                break;
            }
        }
        kappa
    }

    /// The smallest whole number of cases that would alarm in the next period.
    fn cases_for_alarm(&mut self, mean: f64) -> f64 {
        let mut alarms = |cases: f64| {
            let (stack, roots, fixed) = (self.stack.clone(), self.roots.clone(), self.fixed);
            self.push(cases, mean);
            let reached = self.statistic() >= self.options.threshold;
            self.since.pop();
            self.slopes.pop();
            self.sums.pop();
            (self.stack, self.roots, self.fixed) = (stack, roots, fixed);
            reached
        };
        let (mut low, mut high) = (-1.0, 1.0);
        while !alarms(high) {
            low = high;
            high *= 2.0;
            if high > 1e12 {
                return f64::INFINITY;
            }
        }
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0).floor();
            if alarms(middle) { high = middle } else { low = middle }
        }
        high
    }
}

/// Log likelihood ratio of one count for a shift.
fn ratio(count: f64, mean: f64, alpha: f64, kappa: f64) -> f64 {
    if alpha == 0.0 {
        return kappa * count - kappa.exp_m1() * mean;
    }
    let base = alpha * mean;
    let relative = ((1.0 + base) / (1.0 + base * kappa.exp())).ln();
    kappa * count + (count + 1.0 / alpha) * relative
}
