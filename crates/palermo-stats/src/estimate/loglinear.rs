//! One log-linear model and its estimate.
//!
//! # What it assumes
//! Persons are independent of each other; nobody joins or leaves the
//! population while the lists are made; the same person is recognised on
//! every list and two persons are never taken for one; and the dependence of
//! the lists is fully described by the interactions in the model, the one
//! among *all* lists being zero. The last cannot be checked from the data.
//!
//! # The extended estimate
//! With sparse overlaps some pairs of lists share nobody. The likelihood of a
//! model with their interaction rises as the interaction falls to −∞; the
//! *extended* maximum likelihood estimate puts it there, drops the cells that
//! contain the pair, and fits the rest (Chan, Silverman & Vincent 2021,
//! following Fienberg & Rinaldo 2012). It may still fail to exist, or not be
//! identifiable; both are decided exactly here, and then no number is given.
//!
//! # When not to use it
//! With two lists the interaction cannot be estimated at all; with strong
//! differences between persons that no interaction describes use several
//! methods and see how far apart they are ([`report`](super::report())).

use super::fit::{Fitter, Outcome, Start};
use super::special::{exp, normal_quantile};
use super::{Interval, Lists, Model};

/// A log-linear model fitted to overlapping lists.
///
/// ```
/// use palermo_stats::estimate::{Lists, LoglinearFit, Model};
///
/// // Sexual exploitation in Korea, three lists, 123 cases (Silverman, Chan &
/// // Vincent 2024, Table 3): [12,23] is the model with the lowest BIC.
/// let lists = Lists::new(
///     ["b", "c", "d"],
///     [(0b100, 41), (0b010, 5), (0b001, 5), (0b011, 54), (0b101, 6), (0b111, 12)],
/// )?;
/// let fit = LoglinearFit::new(&lists, &Model::parse("[12,23]", 3)?);
/// assert!((fit.total().unwrap() - 157.1667).abs() < 1e-4);
/// assert!((fit.bic().unwrap() - 57.1408).abs() < 1e-4);
///
/// // All pairs together have no estimate here, and none is given.
/// let fit = LoglinearFit::new(&lists, &Model::all_pairs(3));
/// assert!(!fit.exists() && fit.total().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LoglinearFit {
    model: Model,
    cases: f64,
    exists: bool,
    identifiable: bool,
    numbers: Option<Numbers>,
}

#[derive(Debug, Clone, PartialEq)]
struct Numbers {
    dark_figure: f64,
    log_error: f64,
    bic: f64,
    aic: f64,
    deviance: f64,
    degrees_of_freedom: usize,
    coefficients: Vec<(u32, f64)>,
}

impl LoglinearFit {
    /// Fits `model` to `lists`.
    #[must_use]
    pub fn new(lists: &Lists, model: &Model) -> Self {
        let mut fitter = Fitter::with_table(lists.len(), &lists.table());
        let outcome = fitter.fit(model.terms(), Start::Cold);
        Self::of(&mut fitter, model.clone(), outcome)
    }

    /// Takes over the latest fit of `fitter`.
    pub(crate) fn of(fitter: &mut Fitter, model: Model, outcome: Outcome) -> Self {
        let (exists, identifiable) =
            if outcome == Outcome::Found { (true, true) } else { fitter.standing(model.terms()) };
        let numbers = (outcome == Outcome::Found).then(|| {
            let (deviance, degrees_of_freedom) = fitter.deviance();
            let mut coefficients: Vec<(u32, f64)> =
                model.terms().iter().map(|&term| (term, f64::NEG_INFINITY)).collect();
            for (term, value) in fitter.parameters() {
                if let Some(slot) = coefficients.iter_mut().find(|c| c.0 == term) {
                    slot.1 = value;
                }
            }
            Numbers {
                dark_figure: fitter.dark_figure(),
                log_error: fitter.reported_error(),
                bic: fitter.bic(),
                aic: fitter.aic(),
                deviance,
                degrees_of_freedom,
                coefficients,
            }
        });
        Self { model, cases: fitter.cases(), exists, identifiable, numbers }
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Whether the extended maximum likelihood estimate exists.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.exists
    }

    /// Whether the parameters are determined by the data.
    #[must_use]
    pub fn identifiable(&self) -> bool {
        self.identifiable
    }

    /// Observed and unobserved persons; none unless the estimate exists, is
    /// identifiable, and could be computed.
    #[must_use]
    pub fn total(&self) -> Option<f64> {
        self.numbers.as_ref().map(|n| self.cases + n.dark_figure)
    }

    /// Persons on no list.
    #[must_use]
    pub fn dark_figure(&self) -> Option<f64> {
        self.numbers.as_ref().map(|n| n.dark_figure)
    }

    /// Standard error of the logarithm of the dark figure, from the weights
    /// of the last step as in R's `glm`, so that published intervals are met.
    #[must_use]
    pub fn log_error(&self) -> Option<f64> {
        self.numbers.as_ref().map(|n| n.log_error)
    }

    /// k·ln(cases) − 2ℓ; ℓ has the factorials, and k counts interactions of
    /// lists without overlap.
    #[must_use]
    pub fn bic(&self) -> Option<f64> {
        self.numbers.as_ref().map(|n| n.bic)
    }

    /// 2k − 2ℓ with the same k and ℓ as [`LoglinearFit::bic`].
    #[must_use]
    pub fn aic(&self) -> Option<f64> {
        self.numbers.as_ref().map(|n| n.aic)
    }

    /// Residual deviance and its degrees of freedom, over the cells kept.
    #[must_use]
    pub fn deviance(&self) -> Option<(f64, usize)> {
        self.numbers.as_ref().map(|n| (n.deviance, n.degrees_of_freedom))
    }

    /// Each parameter (a set of lists) with its value; −∞ where the lists
    /// share nobody. Empty without an estimate.
    #[must_use]
    pub fn coefficients(&self) -> &[(u32, f64)] {
        self.numbers.as_ref().map_or(&[], |n| &n.coefficients)
    }

    /// Interval from the normal distribution of the log dark figure:
    /// observed + exp(α̂ ± z·se). It takes the model as given and is too
    /// narrow after a choice of model.
    #[must_use]
    pub fn normal_interval(&self, level: f64) -> Option<Interval> {
        let n = self.numbers.as_ref()?;
        let reach = exp(normal_quantile(0.5 + level / 2.0) * n.log_error);
        Some(Interval {
            level,
            lower: self.cases + n.dark_figure / reach,
            upper: self.cases + n.dark_figure * reach,
            method: "normal".into(),
        })
    }
}

/// Stepwise choice of two-list interactions, then the fit of the model chosen.
///
/// From main effects, the pair whose overlap is least expected under the
/// current model is added while its one-sided Poisson probability is below
/// `threshold` (0.02 is recommended by Chan, Silverman & Vincent 2021) and
/// the enlarged model has an estimate. With `threshold` 0 the model stays at
/// main effects. Pairs that share nobody may be added too: an overlap of zero
/// where many were expected is as telling as one too many.
///
/// *Do not use it* alone: the choice is unstable when several pairs are near
/// the threshold, which the normal interval does not show and
/// [`bca_interval`](super::bca_interval) does.
///
/// ```
/// use palermo_stats::estimate::{Lists, stepwise};
///
/// // Western city, 345 cases on five lists (Chan, Silverman & Vincent 2021,
/// // section 5): 2483 (normal interval 1657 to 3830).
/// let lists = Lists::new(
///     ["A", "B", "C", "D", "E"],
///     [
///         (0b00001, 52), (0b00010, 90), (0b00100, 114), (0b01000, 45), (0b10000, 21),
///         (0b00101, 4), (0b01001, 2), (0b10001, 5), (0b00110, 6), (0b01010, 1),
///         (0b11000, 3), (0b10101, 1), (0b01110, 1),
///     ],
/// )?;
/// let fit = stepwise(&lists, 0.02);
/// assert_eq!(fit.model().to_string(), "[15,2,3,4]");
/// assert_eq!(fit.total().unwrap().round(), 2483.0);
/// let interval = fit.normal_interval(0.95).unwrap();
/// assert_eq!(interval.lower.round(), 1657.0);
/// assert_eq!(interval.upper.round(), 3830.0);
/// # Ok::<(), palermo_stats::estimate::ListsRefused>(())
/// ```
#[must_use]
pub fn stepwise(lists: &Lists, threshold: f64) -> LoglinearFit {
    let mut fitter = Fitter::with_table(lists.len(), &lists.table());
    let mut terms = Vec::new();
    let outcome = super::stepwise::choose(&mut fitter, threshold, &mut terms);
    let model = Model::from_terms(lists.len(), terms);
    LoglinearFit::of(&mut fitter, model, outcome)
}
