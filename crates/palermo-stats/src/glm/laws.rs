//! Distributions the bounds are read off: Poisson and negative binomial with a
//! *real* size, standard normal, Student.
//!
//! The negative binomial is parametrised by its mean `μ` and size `r > 0`, so
//! that the variance is `μ + μ²/r`; `r` need not be whole. In surveillance the
//! size is `μ/(φ − 1)`, which makes the variance `φ μ`.
//!
//! *Do not use* the negative binomial for under-dispersed counts (`φ < 1`):
//! [`CountLaw::with_dispersion`] falls back to Poisson there.
//!
//! ```
//! use palermo_stats::glm::laws::CountLaw;
//! // The 99 % point of a mean of 17.5: 28 cases if Poisson, 36 if the variance
//! // is two and a half times the mean.
//! assert_eq!(CountLaw::Poisson { mean: 17.5 }.quantile(0.99), 28.0);
//! assert_eq!(CountLaw::with_dispersion(17.5, 2.5).quantile(0.99), 36.0);
//! ```

use statrs::function::beta::checked_beta_reg;
use statrs::function::erf::{erfc, erfc_inv};
use statrs::function::gamma::{checked_gamma_ur, ln_gamma};

/// A law of counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CountLaw {
    /// Poisson.
    Poisson {
        /// Mean, at least 0.
        mean: f64,
    },
    /// Negative binomial with variance `mean + mean²/size`.
    NegativeBinomial {
        /// Mean, at least 0.
        mean: f64,
        /// Size, above 0, any real.
        size: f64,
    },
}

impl CountLaw {
    /// The law with this mean and a variance of `dispersion` times the mean:
    /// negative binomial above 1, Poisson otherwise.
    #[must_use]
    pub fn with_dispersion(mean: f64, dispersion: f64) -> Self {
        if dispersion > 1.0 {
            Self::NegativeBinomial { mean, size: mean / (dispersion - 1.0) }
        } else {
            Self::Poisson { mean }
        }
    }

    /// Mean of the law.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Poisson { mean } | Self::NegativeBinomial { mean, .. } => mean,
        }
    }

    /// Variance of the law.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match *self {
            Self::Poisson { mean } => mean,
            Self::NegativeBinomial { mean, size } => mean + mean * mean / size,
        }
    }

    /// Probability of exactly `count`.
    #[must_use]
    pub fn mass(&self, count: f64) -> f64 {
        if count < 0.0 || count.fract() != 0.0 {
            return 0.0;
        }
        match *self {
            Self::Poisson { mean } if mean <= 0.0 => f64::from(u8::from(count == 0.0)),
            Self::Poisson { mean } => (count * mean.ln() - mean - ln_gamma(count + 1.0)).exp(),
            Self::NegativeBinomial { mean, .. } if mean <= 0.0 => f64::from(u8::from(count == 0.0)),
            Self::NegativeBinomial { mean, size } => {
                let ways = ln_gamma(count + size) - ln_gamma(size) - ln_gamma(count + 1.0);
                let failures = if count > 0.0 { count * (mean / (size + mean)).ln() } else { 0.0 };
                (ways - size * (mean / size).ln_1p() + failures).exp()
            }
        }
    }

    /// Probability of `count` or less.
    #[must_use]
    pub fn at_most(&self, count: f64) -> f64 {
        if count < 0.0 {
            return 0.0;
        }
        let next = count.floor() + 1.0;
        match *self {
            Self::Poisson { mean } | Self::NegativeBinomial { mean, .. } if mean <= 0.0 => 1.0,
            Self::Poisson { mean } => checked_gamma_ur(next, mean).unwrap_or(f64::NAN),
            Self::NegativeBinomial { mean, size } => {
                checked_beta_reg(size, next, size / (size + mean)).unwrap_or(f64::NAN)
            }
        }
    }

    /// Probability of `count` or more, exact far in the tail.
    #[must_use]
    pub fn at_least(&self, count: f64) -> f64 {
        if count <= 0.0 {
            return 1.0;
        }
        let count = count.ceil();
        match *self {
            Self::Poisson { mean } | Self::NegativeBinomial { mean, .. } if mean <= 0.0 => 0.0,
            Self::Poisson { mean } => {
                statrs::function::gamma::checked_gamma_lr(count, mean).unwrap_or(f64::NAN)
            }
            Self::NegativeBinomial { mean, size } => {
                checked_beta_reg(count, size, mean / (size + mean)).unwrap_or(f64::NAN)
            }
        }
    }

    /// Smallest count with probability at least `p` of not being exceeded.
    /// NaN when `p` is outside of [0, 1), infinite at 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) || !self.variance().is_finite() {
            return f64::NAN;
        }
        if p == 1.0 {
            return f64::INFINITY;
        }
        // A hair of slack, so that the quantile of an exact cumulative
        // probability is the count it belongs to.
        let target = p * (1.0 - 64.0 * f64::EPSILON);
        let mut count = self.near_quantile(p);
        let mut cumulated = self.at_most(count);
        let mut mass = self.mass(count);
        if cumulated >= target {
            while count > 0.0 && cumulated - mass >= target {
                cumulated -= mass;
                mass /= self.ratio(count);
                count -= 1.0;
            }
        } else {
            while cumulated < target {
                count += 1.0;
                mass *= self.ratio(count);
                if mass <= 0.0 || cumulated + mass == cumulated {
                    return self.quantile_by_halving(target, count);
                }
                cumulated += mass;
            }
        }
        count
    }

    /// Cornish–Fisher start for the search.
    fn near_quantile(&self, p: f64) -> f64 {
        let (mean, variance) = (self.mean(), self.variance());
        if mean <= 0.0 {
            return 0.0;
        }
        let z = normal_quantile(p.clamp(1e-15, 1.0 - 1e-15));
        let skew = match *self {
            Self::Poisson { mean } => 1.0 / mean.sqrt(),
            Self::NegativeBinomial { mean, size } => (1.0 + 2.0 * mean / size) / variance.sqrt(),
        };
        let sd = variance.sqrt();
        (mean + sd * (z + skew * (z * z - 1.0) / 6.0)).clamp(0.0, mean + 12.0 * sd).round()
    }

    /// Mass at `count` over mass at `count - 1`.
    fn ratio(&self, count: f64) -> f64 {
        match *self {
            Self::Poisson { mean } => mean / count,
            Self::NegativeBinomial { mean, size } => {
                (count - 1.0 + size) / count * (mean / (size + mean))
            }
        }
    }

    /// Where single masses vanish in rounding: bracket and halve.
    fn quantile_by_halving(&self, target: f64, from: f64) -> f64 {
        let (mut low, mut high) = (from - 1.0, from.max(1.0));
        while self.at_most(high) < target {
            low = high;
            high *= 2.0;
            if high > 1e15 {
                return f64::INFINITY;
            }
        }
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0).floor();
            if self.at_most(middle) < target { low = middle } else { high = middle }
        }
        high
    }
}

/// Quantile of the standard normal distribution.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p)
}

/// Probability that a standard normal variable exceeds `z`.
#[must_use]
pub fn normal_upper_tail(z: f64) -> f64 {
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// Probability that a Student variable with `df` degrees of freedom is further
/// from 0 than `t`, on either side.
#[must_use]
pub fn student_two_sided(t: f64, df: f64) -> f64 {
    if t.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if t.is_infinite() {
        return 0.0;
    }
    checked_beta_reg(df / 2.0, 0.5, df / (df + t * t)).unwrap_or(f64::NAN)
}
