//! Profile likelihood intervals of the total for a given model.
//!
//! For each possible total N the model is fitted to the table completed with
//! N − n unobserved persons. The multinomial likelihood, maximised over
//! everything else,
//!
//! ℓ(N) = ln N! − ln (N−n)! + Σ_ω y_ω ln(μ̂_ω(N)/N),
//!
//! is compared with its maximum: the interval holds every N with
//! 2(ℓ_max − ℓ(N)) at most the χ²₁ quantile (Cormack 1992; Rivest &
//! Baillargeon 2007). As there, the factorials are taken by Stirling's
//! formula, which moves the limits by a small fraction of one person.
//!
//! The interval is asymmetric as the uncertainty is, and never below the
//! number observed. *When not to use it*: like the normal interval it takes
//! the model as given; after a choice of model use the bootstrap. Below half
//! an unobserved person Stirling's formula fails, and the curve is not followed.

use super::fit::{Fitter, Outcome, Start};
use super::special::{exp, ln, normal_quantile};
use super::{Interval, Lists, Model};

/// The total that maximises the multinomial likelihood, and its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The maximising total, slightly below the Poisson estimate.
    pub total: f64,
    /// All totals the likelihood does not speak against.
    pub interval: Interval,
}

/// Log of half a person.
const LEAST: f64 = -std::f64::consts::LN_2;

struct Curve {
    fitter: Fitter,
    terms: Vec<u32>,
    observed: f64,
}

impl Curve {
    /// Log-likelihood at this log of the number unobserved.
    fn height(&mut self, log_unseen: f64) -> Option<f64> {
        let unseen = exp(log_unseen);
        self.fitter.hold_unseen(unseen);
        // A fixed total always has the independent fit, so no judging.
        let outcome = self.fitter.fit(&self.terms, Start::Warm);
        let outcome = match outcome {
            Outcome::Found => outcome,
            _ => self.fitter.fit(&self.terms, Start::Cold),
        };
        if outcome != Outcome::Found {
            return None;
        }
        let total = self.observed + unseen;
        let halves = 0.5 * (ln(total) - log_unseen);
        Some(self.fitter.level() + unseen - unseen * log_unseen + halves)
    }

    /// Golden-section search around the Poisson estimate.
    fn top(&mut self, around: f64) -> Option<(f64, f64)> {
        let ratio = 0.5 * (5f64.sqrt() - 1.0);
        let (mut low, mut high) = ((around - 3.0).max(LEAST), (around + 3.0).max(LEAST + 3.0));
        let (mut a, mut b) = (high - ratio * (high - low), low + ratio * (high - low));
        let (mut at_a, mut at_b) = (self.height(a)?, self.height(b)?);
        while high - low > 1e-5 {
            if at_a > at_b {
                high = b;
                (b, at_b) = (a, at_a);
                a = high - ratio * (high - low);
                at_a = self.height(a)?;
            } else {
                low = a;
                (a, at_a) = (b, at_b);
                b = low + ratio * (high - low);
                at_b = self.height(b)?;
            }
        }
        // Rounding hides the top itself; a parabola over its sides finds it.
        let (middle, side) = (0.5 * (low + high), 1e-3);
        let (left, at, right) =
            (self.height(middle - side)?, self.height(middle)?, self.height(middle + side)?);
        let bend = left - 2.0 * at + right;
        let shift = if bend < 0.0 { 0.5 * side * (left - right) / bend } else { 0.0 };
        let top = middle + shift.clamp(-side, side);
        Some((top, self.height(top)?))
    }

    /// Where the curve falls to `cut` when going from `top` in steps of `stride`.
    fn crossing(&mut self, top: f64, cut: f64, stride: f64) -> Option<f64> {
        let mut inside = top;
        let mut outside = top + stride;
        let mut reach = stride;
        while self.height(outside)? > cut {
            inside = outside;
            reach *= 1.5;
            outside += reach;
            if !(LEAST..=46.0).contains(&outside) {
                return None;
            }
        }
        while (outside - inside).abs() > 1e-11 * inside.abs().max(1.0) {
            let middle = 0.5 * (inside + outside);
            if self.height(middle)? > cut {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        Some(inside)
    }
}

/// The profile likelihood interval for `model`; none when the model has no
/// estimate. When even a total equal to the number observed is not spoken
/// against, that is the lower limit; without an upper crossing it is infinite.
///
/// ```
/// use palermo_stats::estimate::{Lists, Model, profile_interval};
///
/// // Korea as in Rcapture's `closedpCI.t` for [12,23].
/// let lists = Lists::new(
///     ["b", "c", "d"],
///     [(0b100, 41), (0b010, 5), (0b001, 5), (0b011, 54), (0b101, 6), (0b111, 12)],
/// )?;
/// let profile = profile_interval(&lists, &Model::parse("[12,23]", 3)?, 0.95).unwrap();
/// assert_eq!(profile.interval.lower.round(), 129.0);
/// assert_eq!(profile.interval.upper.round(), 226.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn profile_interval(lists: &Lists, model: &Model, level: f64) -> Option<Profile> {
    let mut fitter = Fitter::with_table(lists.len(), &lists.table());
    if fitter.fit(model.terms(), Start::Cold) != Outcome::Found {
        return None;
    }
    let around = ln(fitter.dark_figure().max(1e-3));
    let observed = fitter.cases();
    let mut curve = Curve { fitter, terms: model.terms().to_vec(), observed };
    let (at, height) = curve.top(around)?;
    let z = normal_quantile(0.5 + level / 2.0);
    let cut = height - 0.5 * z * z;
    let total = |log: f64| observed + exp(log);
    Some(Profile {
        total: total(at),
        interval: Interval {
            level,
            lower: curve.crossing(at, cut, -0.1).map_or(observed, total),
            upper: curve.crossing(at, cut, 0.1).map_or(f64::INFINITY, total),
            method: "profile".into(),
        },
    })
}
