//! From an expected count and its uncertainty to the bound above which a count
//! is remarkable.
//!
//! * **Delta** (Farrington et al. 1996): a power of the count is nearly normal;
//!   `U = (μ^e + z · sd)^{1/e}` with `e = 2/3`, `1/2` or 1 and `τ = φ +
//!   se(μ)²/μ` for the uncertainty of both the count and the mean, e.g. for `2/3`
//!   `sd = √(4/9 · μ^{1/3} τ)`.
//! * **Negative binomial** (Noufaily et al. 2013): the `1 − α` quantile of a
//!   negative binomial with mean `μ` and variance `φμ`, Poisson at `φ = 1`. The
//!   mean is taken as known: too many alarms on short series.
//! * **Muan** (Salmon, Schumacher & Höhle 2016): the same at the upper `1 − α`
//!   limit of the mean, `exp(η + z se(η))`. Cautious: the level is spent twice.
//!
//! *Assumes* the dispersion `φ` is known. *Do not use* the delta bound for
//! means below about 2: a power of a count that is mostly 0 is not normal.
//!
//! ```
//! use palermo_stats::surveillance::bound::{Bound, Forecast, Power};
//! let forecast = Forecast { mean: 17.5, standard_error: 0.0, dispersion: 2.5 };
//! let (upper, p) = Bound::NegativeBinomial.judge(&forecast, 37.0, 0.01);
//! assert_eq!(upper, 36.0);
//! assert!(p < 0.01);
//! let (upper, _) = Bound::Delta(Power::TwoThirds).judge(&forecast, 37.0, 0.01);
//! assert!((upper - 34.96).abs() < 0.01);
//! ```

use crate::glm::laws::{CountLaw, normal_quantile, normal_upper_tail};

/// Power under which a count is treated as normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// `y^{2/3}`: corrects for skewness.
    TwoThirds,
    /// `√y`: stabilises the variance.
    Half,
    /// The count itself.
    One,
}

/// How the bound is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Normal approximation under a power.
    Delta(Power),
    /// Quantile of a negative binomial at the estimated mean.
    NegativeBinomial,
    /// Quantile of a negative binomial at the upper limit of the mean.
    Muan,
}

/// What the reference data predict for a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Expected count `μ`.
    pub mean: f64,
    /// Standard error of `ln μ`.
    pub standard_error: f64,
    /// Over-dispersion `φ`, at least 1.
    pub dispersion: f64,
}

impl Bound {
    /// Bound at the one-sided level `alpha`, and the one-sided probability of a
    /// count of `observed` or more. The bound is NaN where the power of a
    /// negative number would be needed.
    #[must_use]
    pub fn judge(&self, forecast: &Forecast, observed: f64, alpha: f64) -> (f64, f64) {
        let z = normal_quantile(1.0 - alpha);
        match self {
            Self::Delta(power) => delta(*power, forecast, observed, z),
            Self::NegativeBinomial => discrete(forecast.mean, forecast, observed, alpha),
            Self::Muan => {
                let raised = forecast.mean * (z * forecast.standard_error).exp();
                discrete(raised, forecast, observed, alpha)
            }
        }
    }
}

fn delta(power: Power, forecast: &Forecast, observed: f64, z: f64) -> (f64, f64) {
    let mean = forecast.mean;
    let error = forecast.standard_error * mean;
    let tau = forecast.dispersion + error * error / mean;
    let (exponent, deviation) = match power {
        Power::TwoThirds => (2.0 / 3.0, (4.0 / 9.0 * mean.cbrt() * tau).sqrt()),
        Power::Half => (0.5, (tau / 4.0).sqrt()),
        Power::One => (1.0, (mean * tau).sqrt()),
    };
    let centre = mean.powf(exponent);
    let upper = (centre + z * deviation).powf(1.0 / exponent);
    (upper, normal_upper_tail((observed.powf(exponent) - centre) / deviation))
}

fn discrete(mean: f64, forecast: &Forecast, observed: f64, alpha: f64) -> (f64, f64) {
    let law = CountLaw::with_dispersion(mean, forecast.dispersion);
    (law.quantile(1.0 - alpha), law.at_least(observed))
}
