//! Closed-population models of capture-recapture (Rivest & Baillargeon 2007;
//! the R package Rcapture).
//!
//! ln μ_ω = γ + Σ_{j∈ω} β_j + τ·h(|ω|); e^γ is the dark figure.
//!
//! | model | lists | differences between persons, h(k) |
//! |---|---|---|
//! | M0 | alike | none |
//! | Mt | each its own β | none (the independence model) |
//! | Mh, Mth Chao | alike, own | free from three lists on: a lower bound |
//! | … Poisson2 | | 2^k − 1 |
//! | … Darroch | | k²/2 |
//! | … Gamma3.5 | | −ln(3.5 + k) + ln 3.5 |
//!
//! # What they assume
//! Mt that lists are independent; the Mh and Mth models that all dependence
//! comes from some persons being easier to find than others, in the form of h.
//! Chao's models only assume that differences do not make persons found once
//! *less* likely to be missed, and give a lower bound.
//!
//! # When not to use them
//! The totals of Poisson2, Darroch and Gamma3.5 differ by factors although
//! they describe the data equally well (Western city: 2,784, 4,585, 7,361):
//! the choice of h is not in the data. Do not use them as estimates when
//! lists refer persons to each other. Models in which a person changes after
//! the first capture (Mb, Mbh) depend on the order of the lists, which
//! administrative lists do not have; they are deliberately left out.

use super::special::{exp, ln, ln_gamma, normal_quantile};
use super::{Interval, Lists};
use crate::glm::{Design, Family, Fit, Options, fit};

/// How persons differ in how easily they are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heterogeneity {
    /// Not at all.
    None,
    /// In any way: a lower bound.
    Chao,
    /// Poisson with base 2.
    Poisson2,
    /// Normal on the logit scale.
    Darroch,
    /// Gamma with parameter 3.5.
    Gamma35,
}

/// A closed-population model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedModel {
    /// Whether each list finds persons with its own probability.
    pub lists_differ: bool,
    /// How persons differ.
    pub persons: Heterogeneity,
}

impl ClosedModel {
    /// All ten models, in the order of the literature.
    pub const ALL: [Self; 10] = {
        use Heterogeneity::{Chao, Darroch, Gamma35, None, Poisson2};
        const fn of(lists_differ: bool, persons: Heterogeneity) -> ClosedModel {
            ClosedModel { lists_differ, persons }
        }
        [
            of(false, None),
            of(true, None),
            of(false, Chao),
            of(false, Poisson2),
            of(false, Darroch),
            of(false, Gamma35),
            of(true, Chao),
            of(true, Poisson2),
            of(true, Darroch),
            of(true, Gamma35),
        ]
    };

    /// The name in the literature, such as `Mh Chao (LB)`.
    #[must_use]
    pub fn name(self) -> &'static str {
        use Heterogeneity::{Chao, Darroch, Gamma35, None, Poisson2};
        match (self.lists_differ, self.persons) {
            (false, None) => "M0",
            (true, None) => "Mt",
            (false, Chao) => "Mh Chao (LB)",
            (false, Poisson2) => "Mh Poisson2",
            (false, Darroch) => "Mh Darroch",
            (false, Gamma35) => "Mh Gamma3.5",
            (true, Chao) => "Mth Chao (LB)",
            (true, Poisson2) => "Mth Poisson2",
            (true, Darroch) => "Mth Darroch",
            (true, Gamma35) => "Mth Gamma3.5",
        }
    }
}

/// A closed-population model fitted to lists.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedFit {
    /// The model.
    pub model: ClosedModel,
    /// Persons on at least one list.
    pub observed: u64,
    /// Persons on no list.
    pub dark_figure: f64,
    /// Standard error of the log of the dark figure.
    pub log_error: f64,
    /// Residual deviance.
    pub deviance: f64,
    /// Histories less parameters.
    pub degrees_of_freedom: usize,
    /// 2k − 2ℓ.
    pub aic: f64,
    /// k·ln(cases) − 2ℓ.
    pub bic: f64,
    /// Whether the fit came to rest.
    pub converged: bool,
}

impl ClosedFit {
    /// Observed and unobserved persons.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.observed as f64 + self.dark_figure
    }

    /// Standard error of the total, √(D + D²·se²) with D the dark figure.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        let d = self.dark_figure;
        (d + d * d * self.log_error * self.log_error).sqrt()
    }

    /// Interval from the normal distribution of the log dark figure.
    #[must_use]
    pub fn normal_interval(&self, level: f64) -> Interval {
        let reach = exp(normal_quantile(0.5 + level / 2.0) * self.log_error);
        Interval {
            level,
            lower: self.observed as f64 + self.dark_figure / reach,
            upper: self.observed as f64 + self.dark_figure * reach,
            method: "normal".into(),
        }
    }
}

/// Fits a closed-population model; none when it cannot be fitted (too few
/// lists for its parameters, or a list without persons).
///
/// ```
/// use palermo_stats::estimate::{ClosedModel, Heterogeneity, Lists, fit_closed};
///
/// let lists = Lists::new(
///     ["b", "c", "d"],
///     [(0b100, 41), (0b010, 5), (0b001, 5), (0b011, 54), (0b101, 6), (0b111, 12)],
/// )?;
/// let mt = ClosedModel { lists_differ: true, persons: Heterogeneity::None };
/// let fit = fit_closed(&lists, mt).unwrap();
/// // Rcapture: 141.99 with standard error 6.30.
/// assert!((fit.total() - 141.9926).abs() < 1e-3);
/// assert!((fit.standard_error() - 6.2975).abs() < 1e-3);
/// # Ok::<(), palermo_stats::estimate::ListsRefused>(())
/// ```
#[must_use]
pub fn fit_closed(lists: &Lists, model: ClosedModel) -> Option<ClosedFit> {
    let t = lists.len();
    let singles = (0..t).all(|list| lists.overlap(1 << list) > 0);
    if !singles || lists.frequencies().iter().skip(2).sum::<u64>() == 0 {
        return None;
    }
    let counts = &lists.table()[1..];
    let common = common_columns(t, model);
    let mut extra = person_columns(t, model.persons);
    let mut found = run(counts, &common, &extra)?;
    if model.persons == Heterogeneity::Chao {
        // A bound stays one only if the free parts are not negative: the
        // first that is leaves the model, until none is.
        let negative = |fit: &Fit| {
            let parts = fit.coefficients.iter().skip(1 + common.len());
            parts.into_iter().position(|&part| part < 0.0)
        };
        while let Some(part) = negative(&found) {
            extra.remove(part);
            found = run(counts, &common, &extra)?;
        }
    }
    let parameters = found.coefficients.len() as f64;
    let likelihood: f64 =
        counts.iter().zip(&found.fitted).map(|(&y, &mu)| y * ln(mu) - mu - ln_gamma(y + 1.0)).sum();
    Some(ClosedFit {
        model,
        observed: lists.observed(),
        dark_figure: exp(*found.coefficients.first()?),
        log_error: found.covariance.first()?.first()?.sqrt(),
        deviance: found.deviance,
        degrees_of_freedom: found.df_residual,
        aic: 2.0 * parameters - 2.0 * likelihood,
        bic: parameters * ln(lists.observed() as f64) - 2.0 * likelihood,
        converged: found.converged,
    })
}

fn run(counts: &[f64], common: &[Vec<f64>], extra: &[Vec<f64>]) -> Option<Fit> {
    let mut design = Design::intercept(counts.len());
    for column in common.iter().chain(extra) {
        design = design.with(column.clone()).ok()?;
    }
    fit(counts, &design, Family::Poisson, &Options::default()).ok()
}

fn column(t: usize, value: impl Fn(u32) -> f64) -> Vec<f64> {
    (1..1u32 << t).map(value).collect()
}

fn common_columns(t: usize, model: ClosedModel) -> Vec<Vec<f64>> {
    if model.lists_differ {
        (0..t).map(|list| column(t, |history| f64::from(history >> list & 1))).collect()
    } else {
        vec![column(t, |history| f64::from(history.count_ones()))]
    }
}

fn person_columns(t: usize, persons: Heterogeneity) -> Vec<Vec<f64>> {
    let of_size = |h: &dyn Fn(f64) -> f64| column(t, |hist| h(f64::from(hist.count_ones())));
    match persons {
        Heterogeneity::None => Vec::new(),
        Heterogeneity::Chao => {
            (3..=t).map(|from| of_size(&|k| (k - from as f64 + 1.0).max(0.0))).collect()
        }
        Heterogeneity::Poisson2 => vec![of_size(&|k| libm::exp2(k) - 1.0)],
        Heterogeneity::Darroch => vec![of_size(&|k| 0.5 * k * k)],
        Heterogeneity::Gamma35 => vec![of_size(&|k| ln(3.5) - ln(3.5 + k))],
    }
}
