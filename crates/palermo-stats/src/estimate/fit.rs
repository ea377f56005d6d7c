//! The fit of one log-linear model, built to be called a million times.
//!
//! With α the parameters, ln μ_ω = Σ_{θ⊆ω} α_θ. Put e^α in a table indexed
//! by sets of lists: a product over subsets gives all expected counts, a sum
//! of these over supersets gives every expected overlap M_θ, and then
//! gradient and information are look-ups: g_θ = N_θ − M_θ and
//! H_θφ = M_{θ∪φ}. An interaction whose lists share nobody has e^α = 0, which
//! makes the cells that contain it vanish by itself. No design matrix is
//! formed; the buffers are used again by the next model and the next sample.

use super::existence;
use super::special::{exp, ln, ln_gamma};
use super::zeta::{product_over_subsets, sum_over_supersets};

/// Half the squared Newton step in the metric of the information, below
/// which one more step leaves rounding error only.
const CLOSE: f64 = 1e-11;
const MOST_STEPS: usize = 80;
/// After so many steps a slow fit is suspected of running to infinity.
const SUSPECT_AFTER: usize = 12;
/// An empty cell with a smaller expected count raises the same suspicion. A
/// fit that has converged by [`CLOSE`] along a direction to infinity has all
/// its vanishing cells far below this.
const SUSPECT_BELOW: f64 = 1e-6;

/// What a fit came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A unique estimate was found.
    Found,
    /// The estimate does not exist (also when it is not identifiable too).
    NoMaximum,
    /// It is not identifiable; existence was not looked at.
    NotIdentifiable,
    /// It exists in theory, but the numbers are too extreme to reach it.
    OutOfReach,
}

/// Where a fit starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// From a weighted least-squares fit to the log counts.
    Cold,
    /// From the parameters of the fit before; new ones start at zero.
    Warm,
}

/// Data, buffers and the latest fit.
#[derive(Debug, Clone)]
pub(crate) struct Fitter {
    lists: usize,
    counts: Vec<f64>,
    margins: Vec<f64>,
    /// Counts of the cold start: weights and weighted working responses.
    start: Option<(Vec<f64>, Vec<f64>)>,
    log_factorials: Option<f64>,
    kept: Vec<f64>,
    /// Parameters in the fit, the empty set last, so that the last pivot of
    /// the Cholesky factor holds its variance.
    terms: Vec<u32>,
    alpha: Vec<f64>,
    alpha_by_set: Vec<f64>,
    trial: Vec<f64>,
    step: Vec<f64>,
    mu: Vec<f64>,
    sums: Vec<f64>,
    factor: Vec<f64>,
    dark_figure: f64,
    parameters: usize,
    /// Count of the unobserved when it is held fixed, for profiles.
    unseen: Option<f64>,
}

impl Fitter {
    pub(crate) fn new(lists: usize) -> Self {
        let size = 1 << lists;
        Self {
            lists,
            counts: vec![0.0; size],
            margins: vec![0.0; size],
            start: None,
            log_factorials: None,
            kept: Vec::with_capacity(size),
            terms: Vec::new(),
            alpha: Vec::new(),
            alpha_by_set: vec![0.0; size],
            trial: Vec::new(),
            step: Vec::new(),
            mu: vec![0.0; size],
            sums: vec![0.0; size],
            factor: Vec::new(),
            dark_figure: f64::NAN,
            parameters: 0,
            unseen: None,
        }
    }

    /// A fitter with the counts of all histories, indexed by mask.
    pub(crate) fn with_table(lists: usize, table: &[f64]) -> Self {
        let mut fitter = Self::new(lists);
        fitter.load(table);
        fitter
    }

    /// Takes other counts; entry 0 is ignored.
    pub(crate) fn load(&mut self, table: &[f64]) {
        self.counts.copy_from_slice(table);
        self.counts[0] = 0.0;
        self.margins.copy_from_slice(&self.counts);
        sum_over_supersets(&mut self.margins);
        self.start = None;
        self.log_factorials = None;
        self.unseen = None;
    }

    /// Holds the number of the unobserved fixed, as a cell like the others.
    pub(crate) fn hold_unseen(&mut self, unseen: f64) {
        self.margins[0] += unseen - self.unseen.unwrap_or(0.0);
        self.counts[0] = unseen;
        self.unseen = Some(unseen);
        self.start = None;
    }

    /// How many lists the table has.
    pub(crate) fn lists(&self) -> usize {
        self.lists
    }

    /// Observed cases.
    pub(crate) fn cases(&self) -> f64 {
        self.margins[0] - self.unseen.unwrap_or(0.0)
    }

    /// Persons on all lists of a set.
    pub(crate) fn overlap(&self, set: u32) -> f64 {
        self.margins[set as usize]
    }

    /// Expected number of persons on all lists of a set, under the latest fit.
    pub(crate) fn expected_overlap(&self, set: u32) -> f64 {
        self.sums[set as usize]
    }

    /// The unobserved under the latest fit.
    pub(crate) fn dark_figure(&self) -> f64 {
        self.dark_figure
    }

    /// Observed and unobserved under the latest fit.
    pub(crate) fn total(&self) -> f64 {
        self.cases() + self.dark_figure
    }

    /// Parameters of the latest fit with their values, the empty set last.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (u32, f64)> {
        self.terms.iter().copied().zip(self.alpha.iter().copied())
    }

    /// Existence and identifiability of a model, both decided exactly.
    pub(crate) fn standing(&mut self, terms: &[u32]) -> (bool, bool) {
        existence::kept_cells(&self.margins, terms, &mut self.kept);
        (
            existence::exists(&self.counts, &self.margins, terms, &self.kept),
            existence::identifiable(&self.margins, terms, &self.kept),
        )
    }

    /// Fits the model with these parameters (the empty set among them).
    pub(crate) fn fit(&mut self, terms: &[u32], start: Start) -> Outcome {
        existence::kept_cells(&self.margins, terms, &mut self.kept);
        if self.unseen.is_none() && !existence::identifiable(&self.margins, terms, &self.kept) {
            return Outcome::NotIdentifiable;
        }
        self.parameters = terms.len();
        self.terms.clear();
        let margins = &self.margins;
        let shared = |t: &u32| *t != 0 && margins[*t as usize] > 0.0;
        self.terms.extend(terms.iter().copied().filter(shared));
        self.terms.push(0);
        let known = start == Start::Warm && self.start_warm();
        if !known && !self.start_cold() {
            return self.judge(terms);
        }
        let outcome = self.climb(terms);
        if outcome == Outcome::Found {
            self.dark_figure = self.mu[0];
            self.alpha_by_set.fill(0.0);
            for (&term, &value) in self.terms.iter().zip(&self.alpha) {
                self.alpha_by_set[term as usize] = value;
            }
        }
        outcome
    }

    fn start_warm(&mut self) -> bool {
        self.alpha.clear();
        let by_set = &self.alpha_by_set;
        self.alpha.extend(self.terms.iter().map(|&t| by_set[t as usize]));
        true
    }

    /// The first step of iteratively reweighted least squares from μ = y + 0.1.
    fn start_cold(&mut self) -> bool {
        if self.start.is_none() {
            let weights: Vec<f64> = self.counts.iter().map(|y| y + 0.1).collect();
            let responses = weights.iter().map(|&w| w * ln(w) - 0.1).collect();
            self.start = Some((weights, responses));
        }
        let Some((weights, responses)) = &self.start else {
            return false;
        };
        let first = usize::from(self.unseen.is_none());
        let mut right = std::mem::take(&mut self.mu);
        for (sum, source) in [(&mut self.sums, weights), (&mut right, responses)] {
            sum.iter_mut().zip(source).zip(&self.kept).for_each(|((s, v), k)| *s = v * k);
            sum[..first].fill(0.0);
            sum_over_supersets(sum);
        }
        self.step.clear();
        self.step.extend(self.terms.iter().map(|&t| right[t as usize]));
        self.mu = right;
        if !self.decompose() {
            return false;
        }
        self.solve();
        self.alpha.clear();
        self.alpha.extend_from_slice(&self.step);
        true
    }

    /// Newton's method with halving on the concave log-likelihood.
    fn climb(&mut self, terms: &[u32]) -> Outcome {
        std::mem::swap(&mut self.trial, &mut self.alpha);
        let mut level = self.evaluate_trial();
        if !level.is_finite() {
            return self.judge(terms);
        }
        std::mem::swap(&mut self.trial, &mut self.alpha);
        for steps in 1..=MOST_STEPS {
            let (margins, sums) = (&self.margins, &self.sums);
            self.step.clear();
            let gradient = |t: &u32| margins[*t as usize] - sums[*t as usize];
            self.step.extend(self.terms.iter().map(gradient));
            if !self.decompose() {
                return self.judge(terms);
            }
            let length = self.solve();
            let close = 0.5 * length < CLOSE;
            let mut share = 1.0;
            loop {
                self.trial.clear();
                let moved = self.alpha.iter().zip(&self.step);
                self.trial.extend(moved.map(|(a, s)| a + share * s));
                let reached = self.evaluate_trial();
                // Close to the top rounding hides the gain.
                if reached >= level || (close && reached.is_finite()) {
                    level = reached;
                    break;
                }
                share *= 0.5;
                if share < 1e-9 {
                    return self.judge(terms);
                }
            }
            std::mem::swap(&mut self.trial, &mut self.alpha);
            if close {
                let first = usize::from(self.unseen.is_none());
                let suspect = (first..self.mu.len()).any(|cell| {
                    self.kept[cell] != 0.0
                        && self.counts[cell] == 0.0
                        && self.mu[cell] < SUSPECT_BELOW
                });
                return if suspect && self.judge(terms) == Outcome::NoMaximum {
                    Outcome::NoMaximum
                } else {
                    Outcome::Found
                };
            }
            if steps == SUSPECT_AFTER && self.judge(terms) == Outcome::NoMaximum {
                return Outcome::NoMaximum;
            }
        }
        Outcome::OutOfReach
    }

    /// What to say of a fit that did not come to rest.
    fn judge(&self, terms: &[u32]) -> Outcome {
        // With the unobserved held fixed the table is complete, and the
        // caller compares fits of one model that is known to exist.
        if self.unseen.is_none()
            && !existence::exists(&self.counts, &self.margins, terms, &self.kept)
        {
            Outcome::NoMaximum
        } else {
            Outcome::OutOfReach
        }
    }

    /// Expected counts and overlaps at the trial parameters; the
    /// log-likelihood without its constant.
    fn evaluate_trial(&mut self) -> f64 {
        self.mu.copy_from_slice(&self.kept);
        let mut level = 0.0;
        for (&term, &value) in self.terms.iter().zip(&self.trial) {
            self.mu[term as usize] *= exp(value);
            level += value * self.margins[term as usize];
        }
        product_over_subsets(&mut self.mu);
        self.sums.copy_from_slice(&self.mu);
        if self.unseen.is_none() {
            self.sums[0] = 0.0;
        }
        sum_over_supersets(&mut self.sums);
        level - self.sums[0]
    }

    /// Cholesky factor of the information; false when it is singular.
    fn decompose(&mut self) -> bool {
        let k = self.terms.len();
        self.factor.clear();
        self.factor.resize(k * k, 0.0);
        for i in 0..k {
            let (above, here) = self.factor.split_at_mut(i * k);
            let (a, row) = (self.terms[i], &mut here[..=i]);
            let mut diagonal = self.sums[a as usize];
            let whole = diagonal;
            for j in 0..i {
                let other = &above[j * k..j * k + j + 1];
                let mut sum = self.sums[(a | self.terms[j]) as usize];
                for (x, y) in row[..j].iter().zip(other) {
                    sum -= x * y;
                }
                // The diagonal is kept inverted: divisions are slow.
                let value = sum * other[j];
                row[j] = value;
                diagonal -= value * value;
            }
            if diagonal.is_nan() || diagonal <= whole * 1e-14 || diagonal.is_infinite() {
                return false;
            }
            row[i] = 1.0 / diagonal.sqrt();
        }
        true
    }

    /// Turns the right-hand side in `step` into the solution; returns their
    /// inner product.
    fn solve(&mut self) -> f64 {
        let k = self.terms.len();
        let mut length = 0.0;
        for i in 0..k {
            let row = &self.factor[i * k..=i * k + i];
            let mut sum = self.step[i];
            for (x, y) in row[..i].iter().zip(&self.step) {
                sum -= x * y;
            }
            sum *= row[i];
            self.step[i] = sum;
            length += sum * sum;
        }
        for i in (0..k).rev() {
            let row = &self.factor[i * k..=i * k + i];
            let value = self.step[i] * row[i];
            self.step[i] = value;
            for (x, y) in row[..i].iter().zip(&mut self.step) {
                *y -= x * value;
            }
        }
        length
    }

    /// Standard error of the log of the dark figure under the latest fit.
    pub(crate) fn log_dark_figure_error(&mut self) -> f64 {
        if self.decompose() { self.factor.last().copied().unwrap_or(f64::NAN) } else { f64::NAN }
    }

    /// Standard error of the log of the dark figure as iteratively reweighted
    /// least squares reports it: from the weights of the last step, with the
    /// deviance settled to 1e-8. In sparse tables it differs from the value
    /// at the maximum in the fifth digit, and published intervals have it.
    pub(crate) fn reported_error(&mut self) -> f64 {
        let converged = self.log_dark_figure_error();
        let top = self.alpha.clone();
        let found = self.reweighted_error();
        self.trial.clone_from(&top);
        self.evaluate_trial();
        self.alpha = top;
        found.filter(|e| e.is_finite()).unwrap_or(converged)
    }

    fn reweighted_error(&mut self) -> Option<f64> {
        if !self.start_cold() {
            return None;
        }
        for (cell, (mu, y)) in self.mu.iter_mut().zip(&self.counts).enumerate() {
            *mu = if cell == 0 { 0.0 } else { y + 0.1 };
        }
        let mut before = self.deviance().0;
        for _ in 0..25 {
            self.trial.clone_from(&self.alpha);
            self.evaluate_trial();
            let now = self.deviance().0;
            if ((now - before) / (now.abs() + 0.1)).abs() < 1e-8 {
                return self.factor.last().copied();
            }
            before = now;
            let (margins, sums) = (&self.margins, &self.sums);
            self.step.clear();
            let gradient = |t: &u32| margins[*t as usize] - sums[*t as usize];
            self.step.extend(self.terms.iter().map(gradient));
            if !self.decompose() {
                return None;
            }
            self.solve();
            let moved = self.alpha.iter_mut().zip(&self.step);
            moved.for_each(|(a, s)| *a += s);
        }
        None
    }

    /// Σ y ln μ − Σ μ over the cells of the latest fit.
    pub(crate) fn level(&self) -> f64 {
        let terms = self.terms.iter().zip(&self.alpha);
        let inner: f64 = terms.map(|(&t, a)| a * self.margins[t as usize]).sum();
        inner - self.sums[0]
    }

    /// Log-likelihood of the observed counts under the latest fit, with the
    /// factorials.
    pub(crate) fn log_likelihood(&mut self) -> f64 {
        let counts = &self.counts;
        let constant = *self.log_factorials.get_or_insert_with(|| {
            let logs = counts[1..].iter().filter(|&&y| y > 1.0);
            logs.map(|y| ln_gamma(y + 1.0)).sum()
        });
        self.level() - constant
    }

    /// k·ln(cases) − 2ℓ; interactions of lists that share nobody count among
    /// the k parameters.
    pub(crate) fn bic(&mut self) -> f64 {
        self.parameters as f64 * ln(self.cases()) - 2.0 * self.log_likelihood()
    }

    /// 2k − 2ℓ, with the same k.
    pub(crate) fn aic(&mut self) -> f64 {
        2.0 * self.parameters as f64 - 2.0 * self.log_likelihood()
    }

    /// Deviance and its degrees of freedom over the kept cells.
    pub(crate) fn deviance(&self) -> (f64, usize) {
        let mut deviance = 0.0;
        let mut cells = 0;
        for cell in 1..self.counts.len() {
            if self.kept[cell] != 0.0 {
                let (y, m) = (self.counts[cell], self.mu[cell]);
                cells += 1;
                deviance += 2.0 * (if y > 0.0 { y * ln(y / m) } else { 0.0 } - (y - m));
            }
        }
        (deviance, cells - self.terms.len())
    }
}
