//! Generalised linear models for counts, with a log link.
//!
//! The early-warning methods of [`crate::surveillance`] are, underneath,
//! Poisson regressions with a few peculiarities: the variance is inflated
//! (*quasi*-Poisson), past outbreaks are weighted down by their Anscombe
//! residuals, and the published bounds depend on where the fitting stopped. So
//! this module is small and exact rather than general.
//!
//! **Model.** `y_i` has mean `μ_i = exp(x_i'β + o_i)` and variance `φ μ_i / w_i`
//! (quasi-Poisson) or `(μ_i + μ_i²/θ) / w_i` (negative binomial of size `θ`);
//! `o` is an offset, usually the logarithm of a population, `w` a prior weight.
//!
//! **Fitting.** Iteratively reweighted least squares (Nelder & Wedderburn,
//! *Generalized linear models*, JRSS A 135 (1972) 370–384; McCullagh & Nelder
//! 1989, §2.5), started at `μ = y + 0.1` and stopped when
//! `|D − D'| / (|D| + 0.1) < 1e-8`, at most 25 rounds: the rule of R's `glm`.
//! Hat values, standard errors and the Pearson dispersion use the weights of
//! the *last round*, as `summary.glm` does; against a fit driven to full
//! convergence they differ in the fourth or fifth digit, and we follow R so
//! that published analyses can be reproduced to the last printed digit.
//!
//! **Assumes** independent counts given the covariates, a mean that is
//! log-linear in them, and for quasi-Poisson a variance proportional to the
//! mean.
//!
//! **Do not use it** when observations are strongly autocorrelated (standard
//! errors are then too small), when a covariate separates zero from positive
//! counts (a coefficient runs to −∞: the fit reports it through huge standard
//! errors, see [`crate::estimate`] for models that handle it), or with fewer
//! than about three observations per parameter.
//!
//! # Worked example
//!
//! Dobson, *An Introduction to Generalized Linear Models* (1990) p. 93, the
//! randomised trial printed in R's manual page of `glm`: three outcomes under
//! three treatments. The coefficients are 3.045, −0.4543, −0.2930 and two
//! zeros, the residual deviance 5.1291 on 4 degrees of freedom.
//!
//! ```
//! use palermo_stats::glm::{Design, Family, Options, fit};
//! let counts = [18.0, 17.0, 15.0, 20.0, 10.0, 20.0, 25.0, 13.0, 12.0];
//! let level = |period: usize, wanted: usize| {
//!     (0..9).map(|i| f64::from(u8::from((i / period) % 3 == wanted))).collect::<Vec<_>>()
//! };
//! let design = Design::intercept(9)
//!     .with(level(1, 1))?.with(level(1, 2))?   // outcome 2, 3
//!     .with(level(3, 1))?.with(level(3, 2))?;  // treatment 2, 3
//! let model = fit(&counts, &design, Family::Poisson, &Options::default())?;
//! assert!((model.coefficients[0] - 3.045).abs() < 5e-4);
//! assert!((model.coefficients[1] + 0.4543).abs() < 5e-5);
//! assert!((model.deviance - 5.1291).abs() < 5e-5);
//! assert_eq!(model.df_residual, 4);
//! # Ok::<(), palermo_stats::glm::GlmError>(())
//! ```
//!
//! # Parts
//!
//! * [`fit`]: any design matrix, by orthogonalisation.
//! * [`grouped`]: one level per group and a common slope, in closed form per
//!   round; this is what makes Farrington's method fast.
//! * [`residuals`]: Anscombe residuals and the weights made from them.
//! * [`negative_binomial`]: the size parameter by maximum likelihood.
//! * [`laws`]: Poisson and negative binomial with *real* size, normal, Student.

pub mod grouped;
mod irls;
pub mod laws;
pub mod negative_binomial;
pub mod residuals;

pub(crate) use irls::{CONVERGENCE, MAX_ROUNDS, SMALLEST_MEAN, fit_from};
pub use irls::{Design, Family, Fit, GlmError, Options, Prediction, fit};
