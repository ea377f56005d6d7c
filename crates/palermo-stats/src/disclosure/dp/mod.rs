//! Differential privacy: exact discrete noise, an accountant that stops, noisy
//! marginals, and synthetic records drawn from them alone.
//!
//! Use it where releases are repeated, or attackers may know much: the promise
//! does not depend on what anybody knows. Its price is noise, which small files
//! cannot bear; the k-protected methods beside it are exact where they speak.

mod accountant;
mod marginals;
mod mixture;
mod noise;
mod parameters;

pub use accountant::{Entry, Ledger, Promise, Spent, epsilon_of};
pub use marginals::{MarginalSettings, NoisyMarginals, noisy_marginals};
pub use mixture::synthesise_from;
pub use noise::{NoiseSource, Variance};
pub use parameters::{MarginalParameters, adaptive_threshold, discovery_threshold};
