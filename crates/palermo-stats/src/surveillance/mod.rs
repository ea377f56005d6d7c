//! Early warning: which counts of this week or month are higher than the past
//! explains?
//!
//! Each method takes one series of counts, equally spaced in time, and gives a
//! [`Verdict`] for every period: what was expected, the bound above which it
//! would alarm, whether it does, and where the method has one the probability
//! of a count as high as this (for [`many`] series at once).
//!
//! | method | needs | good for | not for |
//! |---|---|---|---|
//! | [`ears`] C1–C3 | 7–11 periods | new indicators without history | seasonal series, sparse series without a minimal sigma |
//! | [`farrington`] | 3–5 years | weekly counts with season and slow trend | fewer than about 5 cases a month |
//! | [`flexible`] | 5 years | as before, many series, past outbreaks | short series |
//! | [`cusum`] | an in-control mean | small lasting shifts | single spikes |
//! | [`glr`] | an in-control model | lasting shifts of unknown size | unknown or changing in-control mean |
//! | [`crate::scan`] | areas with populations | clusters in space | flows along routes |
//!
//! **What an alarm is not.** It says that a count is improbable if nothing
//! changed, not that something happened: new funding of a shelter, a training
//! or a change of form moves counts of *detected* victims as much as
//! trafficking does. Look at [`many::expected_false_alarms_per_month`] before
//! looking at alarms.
//!
//! Faults of the usual tool that are not copied, and the switch that brings them
//! back to reproduce older results, are described where they belong:
//! [`flexible`] (standard errors) and [`cusum`] (three inverse transforms).

pub mod bound;
pub mod calendar;
pub mod cusum;
pub mod ears;
pub mod farrington;
pub mod flexible;
pub mod glr;
pub mod in_control;
pub mod many;
pub mod table;
pub mod watch;

/// What a method says about one period.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Verdict {
    /// The count of the period.
    pub observed: f64,
    /// The count expected if nothing changed.
    pub expected: Option<f64>,
    /// The bound of the method, nothing where it cannot be had. For every
    /// method but [`glr`] it is in cases and the alarm is `observed > upper`
    /// (`statistic ≥ h` for [`cusum`]).
    pub upper: Option<f64>,
    /// Whether the method alarms.
    pub alarm: bool,
    /// One-sided probability of a count as high as this if nothing changed.
    pub p: Option<f64>,
    /// The running statistic, for the methods that accumulate.
    pub statistic: Option<f64>,
}

impl Verdict {
    /// A period about which the method can say nothing.
    #[must_use]
    pub fn undefined(observed: f64) -> Self {
        Self { observed, ..Self::default() }
    }
}

/// Why a series cannot be watched as asked.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SurveillanceError {
    /// An option outside of its range.
    #[error("`{name}` is `{value}`, but must be {allowed}")]
    Option {
        /// The option.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What may be given.
        allowed: &'static str,
    },
    /// A count that is negative or infinite (a missing one is NaN).
    #[error("the count in period `{0}` is negative or infinite")]
    Count(usize),
    /// Series, populations and epochs must be of one length.
    #[error("the {what} has `{found}` periods where `{expected}` were expected")]
    Length {
        /// Which input is out of step.
        what: &'static str,
        /// Periods of the series.
        expected: usize,
        /// Periods found.
        found: usize,
    },
    /// The populations must be above 0.
    #[error("the population in period `{0}` is not above 0")]
    Population(usize),
    /// Dates must ascend.
    #[error("the date of period `{0}` is not after the one before it")]
    Order(usize),
    /// The in-control model could not be fitted.
    #[error("the in-control model cannot be fitted: {0}")]
    InControl(#[from] crate::glm::GlmError),
    /// Not enough history.
    #[error("`{found}` periods are too few: the in-control phase alone takes `{needed}`")]
    TooShort {
        /// Periods needed.
        needed: usize,
        /// Periods there.
        found: usize,
    },
}

/// Refuses counts that are negative or infinite; NaN stands for missing.
pub(crate) fn check_counts(counts: &[f64]) -> Result<(), SurveillanceError> {
    match counts.iter().position(|y| *y < 0.0 || y.is_infinite()) {
        Some(i) => Err(SurveillanceError::Count(i + 1)),
        None => Ok(()),
    }
}

/// Refuses a value that does not hold the condition (NaN never does).
pub(crate) fn require(
    holds: bool,
    name: &'static str,
    value: f64,
    allowed: &'static str,
) -> Result<(), SurveillanceError> {
    if holds { Ok(()) } else { Err(SurveillanceError::Option { name, value, allowed }) }
}

/// Refuses a level of significance outside of 0 to 1.
pub(crate) fn check_alpha(alpha: f64) -> Result<(), SurveillanceError> {
    require(alpha > 0.0 && alpha < 1.0, "alpha", alpha, "between 0 and 1")
}
