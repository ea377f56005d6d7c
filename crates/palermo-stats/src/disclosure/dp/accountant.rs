//! Zero-concentrated differential privacy: what a release costs.
//!
//! A mechanism is ρ-zCDP when no single person changes what it says by more
//! than a Gaussian of ρ would (Bun & Steinke, TCC 2016). Losses add up:
//! ρ₁ + ρ₂ + …; adding Gaussian noise of variance σ² to counts that one person
//! moves by at most Δ (Euclidean) costs ρ = Δ²/(2σ²), for discrete noise as
//! well. A loss of ρ implies (ε, δ)-differential privacy for every δ.
//!
//! **Unit of protection**: one record, added or removed. If a person can have
//! several records, multiply Δ by their number.

use crate::disclosure::error::DisclosureError;

/// ε and δ of (ε, δ)-differential privacy.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Promise {
    /// ε: the log of how much likelier any outcome can become.
    pub epsilon: f64,
    /// δ: the probability outside that bound.
    pub delta: f64,
}

impl Promise {
    /// Checks the two.
    ///
    /// # Errors
    /// When ε is not above 0 and finite, or δ not between 0 and 1.
    pub fn new(epsilon: f64, delta: f64) -> Result<Self, DisclosureError> {
        if !(epsilon > 0.0 && epsilon.is_finite() && delta > 0.0 && delta < 1.0) {
            return Err(DisclosureError::Setting(format!(
                "epsilon `{epsilon}` must be above 0 and delta `{delta}` between 0 and 1"
            )));
        }
        Ok(Self { epsilon, delta })
    }

    /// The ρ that keeps this promise, by the plain conversion
    /// ε = ρ + 2√(ρ ln(1/δ)): ρ = (√(ε + ln(1/δ)) − √ln(1/δ))².
    ///
    /// ```
    /// use palermo_stats::disclosure::dp::Promise;
    /// let rho = Promise::new(1.0, 1e-6)?.rho();
    /// assert!((rho + 2.0 * (rho * 1e6_f64.ln()).sqrt() - 1.0).abs() < 1e-12);
    /// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
    /// ```
    #[must_use]
    pub fn rho(self) -> f64 {
        let log = (1.0 / self.delta).ln();
        // (ε / (√(ε + L) + √L))², which loses no digits for small ε.
        (self.epsilon / ((self.epsilon + log).sqrt() + log.sqrt())).powi(2)
    }

    /// The same with half of δ kept for thresholds on unknown attributes.
    #[must_use]
    pub fn rho_with_thresholds(self) -> f64 {
        Self { delta: self.delta / 2.0, ..self }.rho()
    }
}

/// The least ε that a loss of ρ implies at δ, by the conversion of Canonne,
/// Kamath & Steinke (2020), Proposition 12: the minimum over α > 1 of
/// αρ + ln(1/(αδ))/(α − 1) + ln(1 − 1/α). Never above the plain conversion.
///
/// ```
/// use palermo_stats::disclosure::dp::epsilon_of;
/// let plain = |rho: f64, delta: f64| rho + 2.0 * (rho * (1.0 / delta).ln()).sqrt();
/// assert!(epsilon_of(0.1, 1e-6) < plain(0.1, 1e-6));
/// ```
#[must_use]
pub fn epsilon_of(rho: f64, delta: f64) -> f64 {
    if rho <= 0.0 {
        return 0.0;
    }
    let at = |alpha: f64| {
        alpha * rho + (1.0 / (alpha * delta)).ln() / (alpha - 1.0) + (1.0 - 1.0 / alpha).ln()
    };
    // Convex in ln(α − 1) near the optimum; golden section over a wide range.
    let (mut low, mut high) = (-12.0_f64, 12.0_f64);
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    for _ in 0..120 {
        let left = high - ratio * (high - low);
        let right = low + ratio * (high - low);
        if at(1.0 + left.exp()) < at(1.0 + right.exp()) {
            high = right;
        } else {
            low = left;
        }
    }
    at(1.0 + f64::midpoint(low, high).exp()).max(0.0)
}

/// The whole privacy budget of a data set, and what was spent of it.
///
/// Every release is entered *before* its noise is drawn: only [`Ledger::spend`]
/// gives the [`Spent`] that a mechanism asks for, and it refuses what would go
/// over the budget. A release that fails afterwards stays entered, because its
/// noise may have been seen.
///
/// ```
/// use palermo_stats::disclosure::dp::{Ledger, Promise};
/// let mut ledger = Ledger::new(Promise::new(1.0, 1e-6)?);
/// let half = ledger.budget_rho() / 2.0;
/// ledger.spend("2026 quarter 1", half, 0.0)?;
/// ledger.spend("2026 quarter 2", half, 0.0)?;
/// assert!(ledger.spend("2026 quarter 3", 1e-9, 0.0).is_err());
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Ledger {
    budget: Promise,
    entries: Vec<Entry>,
}

/// One release in the ledger.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// The release.
    pub release: String,
    /// Its loss.
    pub rho: f64,
    /// The probability with which it may show an attribute of a single person.
    pub delta: f64,
}

/// Proof that a loss has been entered in a ledger. Used up by a mechanism.
#[derive(Debug)]
pub struct Spent {
    rho: f64,
    delta: f64,
}

impl Spent {
    /// The loss that may be used.
    #[must_use]
    pub fn rho(&self) -> f64 {
        self.rho
    }

    /// The probability that may be spent on thresholds.
    #[must_use]
    pub fn delta(&self) -> f64 {
        self.delta
    }
}

impl Ledger {
    /// An empty ledger.
    #[must_use]
    pub fn new(budget: Promise) -> Self {
        Self { budget, entries: Vec::new() }
    }

    /// The promise that all releases together keep.
    #[must_use]
    pub fn budget(&self) -> Promise {
        self.budget
    }

    /// The whole budget as ρ; half of δ is kept for thresholds.
    #[must_use]
    pub fn budget_rho(&self) -> f64 {
        self.budget.rho_with_thresholds()
    }

    /// The sum of all entries.
    #[must_use]
    pub fn spent_rho(&self) -> f64 {
        self.entries.iter().map(|entry| entry.rho).fold(0.0, |all, one| all + one)
    }

    /// The entries so far.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The sum of the probabilities spent on thresholds; at most half of the
    /// budget's δ.
    #[must_use]
    pub fn spent_delta(&self) -> f64 {
        self.entries.iter().map(|entry| entry.delta).fold(0.0, |all, one| all + one)
    }

    /// The ε that all releases so far have cost, at the budget's δ.
    #[must_use]
    pub fn epsilon_so_far(&self) -> f64 {
        epsilon_of(self.spent_rho(), self.budget.delta / 2.0)
    }

    /// Enters a release with its loss ρ and the probability δ that its
    /// thresholds may use (0 when it has none).
    ///
    /// # Errors
    /// When the loss is not above 0, an entry is damaged, or the budget would
    /// be exceeded: a hard stop.
    pub fn spend(&mut self, release: &str, rho: f64, delta: f64) -> Result<Spent, DisclosureError> {
        let sound =
            |rho: f64, delta: f64| rho.is_finite() && rho > 0.0 && (0.0..1.0).contains(&delta);
        if !sound(rho, delta) || self.entries.iter().any(|entry| !sound(entry.rho, entry.delta)) {
            return Err(DisclosureError::Setting(
                "a privacy loss must be a number above 0; the ledger or the request holds another"
                    .to_owned(),
            ));
        }
        let budget = self.budget_rho();
        let left = budget - self.spent_rho();
        // Sums of floating-point losses may miss the budget by a few last digits.
        let slack = 1.0 + 1e-12;
        let delta_budget = self.budget.delta / 2.0;
        if self.spent_delta() + delta > delta_budget * slack {
            return Err(DisclosureError::DeltaExceeded {
                release: release.to_owned(),
                asked: delta,
                left: (delta_budget - self.spent_delta()).max(0.0),
                budget: delta_budget,
            });
        }
        if self.spent_rho() + rho > budget * slack {
            return Err(DisclosureError::BudgetExceeded {
                release: release.to_owned(),
                asked: rho,
                left: left.max(0.0),
                budget,
            });
        }
        self.entries.push(Entry { release: release.to_owned(), rho, delta });
        Ok(Spent { rho, delta })
    }
}
