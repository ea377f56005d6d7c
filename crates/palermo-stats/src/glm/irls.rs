//! Iteratively reweighted least squares for any design matrix, by modified
//! Gram–Schmidt: hat values are then row sums of squares and nothing is
//! inverted but a triangle.

/// Relative change of the deviance at which fitting stops.
pub(crate) const CONVERGENCE: f64 = 1e-8;
/// Most rounds of reweighting.
pub(crate) const MAX_ROUNDS: usize = 25;
/// A fitted mean never falls below this, as in R's log link.
pub(crate) const SMALLEST_MEAN: f64 = f64::EPSILON;
/// A column shorter than this share of itself after removing the earlier ones
/// is a combination of them.
const COLLINEAR: f64 = 1e-11;

/// The variance of a count given its mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Family {
    /// Variance equal to the mean (quasi-Poisson uses the same fit).
    Poisson,
    /// Variance `μ + μ²/size`.
    NegativeBinomial {
        /// The size `θ > 0`; large is close to Poisson.
        size: f64,
    },
}

/// Why a model could not be fitted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GlmError {
    /// Response, column, weights and offset must be of one length.
    #[error("the {what} has `{found}` values where `{expected}` were expected")]
    Length {
        /// Which input is out of step.
        what: &'static str,
        /// Number of values expected.
        expected: usize,
        /// Number of values found.
        found: usize,
    },
    /// A count is negative or not a number.
    #[error("the count at position `{0}` is negative or not a number")]
    Count(usize),
    /// A weight is negative or not a number, or an offset is not finite.
    #[error("the weight or offset at position `{0}` is not usable")]
    Weight(usize),
    /// A column adds nothing to the earlier ones.
    #[error("column `{0}` of the model is a combination of the earlier ones")]
    Collinear(usize),
    /// Fewer observations than parameters.
    #[error("`{observations}` observations cannot carry `{parameters}` parameters")]
    TooFew {
        /// Observations of positive weight.
        observations: usize,
        /// Columns of the design.
        parameters: usize,
    },
    /// The deviance became infinite.
    #[error("the fit diverged in round `{0}`")]
    Diverged(usize),
}

/// A design matrix, kept by columns; each column has one value per observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    rows: usize,
    columns: Vec<Vec<f64>>,
}

impl Design {
    /// A column of ones.
    #[must_use]
    pub fn intercept(rows: usize) -> Self {
        Self { rows, columns: vec![vec![1.0; rows]] }
    }

    /// Adds one covariate.
    ///
    /// # Errors
    /// When it has another length than the rest.
    pub fn with(mut self, column: Vec<f64>) -> Result<Self, GlmError> {
        check_length("column", self.rows, column.len())?;
        self.columns.push(column);
        Ok(self)
    }

    /// Number of observations.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of parameters.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.columns.len()
    }
}

/// Prior weights and offset; both may be left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Prior weights, one per observation; 1 when left out.
    pub weights: Option<&'a [f64]>,
    /// Offset on the log scale, one per observation; 0 when left out.
    pub offset: Option<&'a [f64]>,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// One coefficient per column of the design.
    pub coefficients: Vec<f64>,
    /// Fitted means.
    pub fitted: Vec<f64>,
    /// Residual deviance.
    pub deviance: f64,
    /// Observations of positive weight less parameters.
    pub df_residual: usize,
    /// Diagonal of the hat matrix, from the last round.
    pub hat: Vec<f64>,
    /// Pearson statistic by its degrees of freedom, with the weights of the last
    /// round; NaN with no degree of freedom left.
    pub dispersion: f64,
    /// Covariance of the coefficients for dispersion 1, row by row.
    pub covariance: Vec<Vec<f64>>,
    /// Rounds used.
    pub iterations: usize,
    /// Whether the stopping rule was met.
    pub converged: bool,
}

/// A prediction on the log scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// Linear predictor.
    pub eta: f64,
    /// Its standard error for dispersion 1.
    pub standard_error: f64,
}

impl Fit {
    /// Standard errors of the coefficients for the given dispersion
    /// (1 for Poisson, [`Fit::dispersion`] for quasi-Poisson).
    #[must_use]
    pub fn standard_errors(&self, dispersion: f64) -> Vec<f64> {
        self.covariance.iter().enumerate().map(|(i, row)| (row[i] * dispersion).sqrt()).collect()
    }

    /// Prediction at one row of covariates (the intercept's 1 included).
    ///
    /// # Errors
    /// When the row has another length than the design.
    pub fn predict(&self, row: &[f64], offset: f64) -> Result<Prediction, GlmError> {
        check_length("row", self.coefficients.len(), row.len())?;
        let eta = offset + dot(row, &self.coefficients);
        let variance: f64 =
            row.iter().zip(&self.covariance).map(|(value, line)| value * dot(row, line)).sum();
        Ok(Prediction { eta, standard_error: variance.max(0.0).sqrt() })
    }
}

/// Fits `counts` on `design` by iteratively reweighted least squares.
///
/// # Errors
/// When lengths differ, a count or weight cannot be used, the columns are
/// collinear, there are fewer observations than parameters, or the deviance
/// becomes infinite. Failure to meet the stopping rule in 25 rounds is no error
/// but a flag ([`Fit::converged`]).
pub fn fit(
    counts: &[f64],
    design: &Design,
    family: Family,
    options: &Options<'_>,
) -> Result<Fit, GlmError> {
    fit_from(counts, design, family, options, None)
}

/// As [`fit`], starting from these means instead of the counts: a sequence of
/// fits that differ little then converges further than each would alone.
pub(crate) fn fit_from(
    counts: &[f64],
    design: &Design,
    family: Family,
    options: &Options<'_>,
    start: Option<&[f64]>,
) -> Result<Fit, GlmError> {
    let observations = checked(counts, design, options)?;
    let mut work = Work::start(counts, design, family, options);
    if let Some(start) = start {
        work.mean = start.to_vec();
        work.eta = start.iter().map(|mean| mean.ln()).collect();
    }
    let mut deviance = work.deviance();
    let (mut iterations, mut converged) = (0, false);
    while iterations < MAX_ROUNDS && !converged {
        iterations += 1;
        work.round()?;
        let next = work.deviance();
        if !next.is_finite() {
            return Err(GlmError::Diverged(iterations));
        }
        converged = (next - deviance).abs() / (next.abs() + 0.1) < CONVERGENCE;
        deviance = next;
    }
    Ok(work.finish(observations, deviance, iterations, converged))
}

struct Work<'a> {
    counts: &'a [f64],
    design: &'a Design,
    family: Family,
    prior: Vec<f64>,
    offset: Vec<f64>,
    mean: Vec<f64>,
    eta: Vec<f64>,
    working: Vec<f64>,
    /// Orthonormal columns of √W X.
    q: Vec<Vec<f64>>,
    /// Upper triangle, `r[j][k]` for `j <= k`.
    r: Vec<Vec<f64>>,
    coefficients: Vec<f64>,
}

impl<'a> Work<'a> {
    fn start(counts: &'a [f64], design: &'a Design, family: Family, options: &Options<'_>) -> Self {
        let rows = counts.len();
        let mean: Vec<f64> = counts
            .iter()
            .map(|&y| match family {
                Family::Poisson => y + 0.1,
                Family::NegativeBinomial { .. } => y + if y == 0.0 { 1.0 / 6.0 } else { 0.0 },
            })
            .collect();
        Self {
            counts,
            design,
            family,
            prior: options.weights.map_or_else(|| vec![1.0; rows], <[f64]>::to_vec),
            offset: options.offset.map_or_else(|| vec![0.0; rows], <[f64]>::to_vec),
            eta: mean.iter().map(|m| m.ln()).collect(),
            mean,
            working: vec![0.0; rows],
            q: design.columns.clone(),
            r: vec![vec![0.0; design.parameters()]; design.parameters()],
            coefficients: vec![0.0; design.parameters()],
        }
    }

    fn deviance(&self) -> f64 {
        let terms = self.counts.iter().zip(&self.mean).zip(&self.prior);
        2.0 * terms.map(|((&y, &mean), &w)| w * half_deviance(y, mean, self.family)).sum::<f64>()
    }

    fn round(&mut self) -> Result<(), GlmError> {
        let parameters = self.design.parameters();
        for (i, w) in self.working.iter_mut().enumerate() {
            *w = match self.family {
                Family::Poisson => self.prior[i] * self.mean[i],
                Family::NegativeBinomial { size } => {
                    self.prior[i] * self.mean[i] / (1.0 + self.mean[i] / size)
                }
            };
        }
        let root: Vec<f64> = self.working.iter().map(|w| w.sqrt()).collect();
        let mut target: Vec<f64> = (0..root.len())
            .map(|i| {
                let step = (self.counts[i] - self.mean[i]) / self.mean[i];
                root[i] * (self.eta[i] - self.offset[i] + step)
            })
            .collect();
        let mut projected = vec![0.0; parameters];
        for (k, share) in projected.iter_mut().enumerate() {
            self.orthogonalise(k, &root)?;
            *share = dot(&self.q[k], &target);
            subtract(&mut target, *share, &self.q[k]);
        }
        for k in (0..parameters).rev() {
            let later: f64 = (k + 1..parameters).map(|l| self.r[k][l] * self.coefficients[l]).sum();
            self.coefficients[k] = (projected[k] - later) / self.r[k][k];
        }
        for i in 0..self.mean.len() {
            let linear: f64 =
                (0..parameters).map(|k| self.design.columns[k][i] * self.coefficients[k]).sum();
            self.eta[i] = linear + self.offset[i];
            self.mean[i] = self.eta[i].exp().max(SMALLEST_MEAN);
        }
        Ok(())
    }

    /// Column `k` of √W X made orthogonal to the earlier ones, twice: once
    /// leaves rounding errors where columns are nearly parallel.
    fn orthogonalise(&mut self, k: usize, root: &[f64]) -> Result<(), GlmError> {
        let mut column: Vec<f64> =
            self.design.columns[k].iter().zip(root).map(|(x, w)| x * w).collect();
        let length = dot(&column, &column).sqrt();
        for j in 0..k {
            self.r[j][k] = 0.0;
        }
        for _ in 0..2 {
            for j in 0..k {
                let share = dot(&self.q[j], &column);
                self.r[j][k] += share;
                subtract(&mut column, share, &self.q[j]);
            }
        }
        let rest = dot(&column, &column).sqrt();
        if rest.is_nan() || rest <= COLLINEAR * length {
            return Err(GlmError::Collinear(k));
        }
        self.r[k][k] = rest;
        column.iter_mut().for_each(|value| *value /= rest);
        self.q[k] = column;
        Ok(())
    }

    fn finish(self, observations: usize, deviance: f64, iterations: usize, converged: bool) -> Fit {
        let parameters = self.design.parameters();
        let df_residual = observations - parameters;
        let pearson: f64 = (0..self.mean.len())
            .map(|i| self.working[i] * ((self.counts[i] - self.mean[i]) / self.mean[i]).powi(2))
            .sum();
        let hat = (0..self.mean.len())
            .map(|i| self.q.iter().map(|column| column[i] * column[i]).sum())
            .collect();
        let inverse = invert_triangle(&self.r);
        let covariance = (0..parameters)
            .map(|i| (0..parameters).map(|j| dot(&inverse[i], &inverse[j])).collect())
            .collect();
        Fit {
            coefficients: self.coefficients,
            fitted: self.mean,
            deviance,
            df_residual,
            hat,
            dispersion: if df_residual > 0 { pearson / df_residual as f64 } else { f64::NAN },
            covariance,
            iterations,
            converged,
        }
    }
}

/// Half the contribution of one count to the deviance.
pub(crate) fn half_deviance(y: f64, mean: f64, family: Family) -> f64 {
    let saturated = if y > 0.0 { y * (y / mean).ln() } else { 0.0 };
    match family {
        Family::Poisson => saturated - (y - mean),
        Family::NegativeBinomial { size } => {
            saturated - (y + size) * ((y + size) / (mean + size)).ln()
        }
    }
}

fn checked(counts: &[f64], design: &Design, options: &Options<'_>) -> Result<usize, GlmError> {
    check_length("response", design.rows, counts.len())?;
    if let Some(i) = counts.iter().position(|y| !(y.is_finite() && *y >= 0.0)) {
        return Err(GlmError::Count(i));
    }
    let mut observations = counts.len();
    if let Some(weights) = options.weights {
        check_length("weights", counts.len(), weights.len())?;
        if let Some(i) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
            return Err(GlmError::Weight(i));
        }
        observations = weights.iter().filter(|w| **w > 0.0).count();
    }
    if let Some(offset) = options.offset {
        check_length("offset", counts.len(), offset.len())?;
        if let Some(i) = offset.iter().position(|o| !o.is_finite()) {
            return Err(GlmError::Weight(i));
        }
    }
    let parameters = design.parameters();
    if observations < parameters {
        return Err(GlmError::TooFew { observations, parameters });
    }
    Ok(observations)
}

fn check_length(what: &'static str, expected: usize, found: usize) -> Result<(), GlmError> {
    if expected == found { Ok(()) } else { Err(GlmError::Length { what, expected, found }) }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn subtract(from: &mut [f64], share: f64, column: &[f64]) {
    for (value, x) in from.iter_mut().zip(column) {
        *value -= share * x;
    }
}

/// Inverse of an upper triangle.
fn invert_triangle(r: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = r.len();
    let mut inverse = vec![vec![0.0; n]; n];
    for j in 0..n {
        inverse[j][j] = 1.0 / r[j][j];
        for i in (0..j).rev() {
            let sum: f64 = (i + 1..=j).map(|k| r[i][k] * inverse[k][j]).sum();
            inverse[i][j] = -sum / r[i][i];
        }
    }
    inverse
}
