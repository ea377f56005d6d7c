//! Multiple systems estimation: how many persons are on no list?
//!
//! Several agencies keep lists of victims. Nobody is on all lists, many are
//! on one, some on none. From how the lists overlap one can estimate how many
//! are on none, the *dark figure*, under assumptions that the data can only
//! partly check. Each method is a chapter of its own: what it assumes, when
//! not to use it, its formula, whom to cite, and a worked example that runs.
//!
//! | chapter | method | choose it when |
//! |---|---|---|
//! | [`LoglinearFit`] | one log-linear model, extended estimate for sparse overlaps | the dependences are known |
//! | [`stepwise()`] | pairs of lists added at a threshold | overlaps are sparse, lists three to ten |
//! | [`all_models`], [`downhill`] | lowest BIC among hierarchical models | three to five lists; more, greedily |
//! | [`bca_interval`] | bootstrap with the choice repeated | always, after a choice |
//! | [`profile_interval`] | profile likelihood | the model was given beforehand |
//! | [`latent_classes`] | groups of persons | persons differ, lists do not refer to each other |
//! | [`average_over_graphs`] | decomposable graphs | three to five lists, no model preferred |
//! | [`bayes_threshold`] | shrunken interactions | overlaps so sparse that estimates fail to exist |
//! | [`fit_closed`] | M0, Mt, Mh, Mth | a lower bound (Chao) or a comparison |
//! | [`lincoln_petersen`], [`chapman`], [`chao`] | formulas | two lists, a quick check |
//! | [`check_pair_models`] | which models have an estimate at all | before anything else |
//! | [`report`](report()) | several of these side by side | whenever a number is to be shown to anybody |
//!
//! # The one model behind most of them
//!
//! With t lists, a history ω is the set of lists a person is on. Counts are
//! Poisson, N_ω ~ Poisson(μ_ω) with ln μ_ω = Σ α_θ over the sets θ ⊆ ω that
//! have a parameter (Cormack 1989). The dark figure is e^{α_∅}, the total
//! Σ N_ω + e^{α̂_∅}. The interaction of all t lists is taken to be zero: that
//! is the assumption no data can check, and the reason why critics (Whitehead
//! et al. 2021; Binette & Steorts 2022) ask for more than one method.
//!
//! # Never one number
//!
//! On the five-list United Kingdom data accepted methods give 11,300 to
//! 25,300. [`report`](report()) therefore shows several, with intervals that
//! include the choice of the model, and says what speaks against each.
//!
//! ```
//! use palermo_stats::estimate::{Lists, Settings, report};
//!
//! let lists = Lists::from_csv(
//!     "police,ngo,count\n1,0,40\n0,1,30\n1,1,6\n".as_bytes(),
//! )?;
//! let report = report(&lists, &Settings::default(), &())?;
//! assert!(report.methods.len() > 1);
//! for found in &report.methods {
//!     println!("{} {:?} {:?}", found.method, found.estimate, found.warnings);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Same seed, same numbers
//!
//! Bootstrap samples and chains draw from ChaCha8, sample i from stream i, by
//! integer arithmetic or one pure implementation of the elementary functions:
//! results do not depend on the machine or the number of threads.
//!
//! # New Orleans
//!
//! Some packages carry a New Orleans table of 186 cases; the published
//! estimates 1,184 (eight lists) and 1,034 (five lists) come from 185.

mod bootstrap;
mod chains;
mod closed;
pub(crate) mod existence;
pub(crate) mod fit;
mod graphs;
mod invented;
mod latent;
mod lists;
mod loglinear;
mod method;
mod model;
mod profile;
pub(crate) mod random;
mod report;
mod run;
mod search;
mod simple;
pub(crate) mod special;
mod stepwise;
mod threshold;
pub(crate) mod zeta;

pub use bootstrap::{
    Bca, BcaInterval, NoBca, Selection, bca_interval, bootstrap_totals, jackknife_totals,
    selected_total,
};
pub use chains::Mixing;
pub use closed::{ClosedFit, ClosedModel, Heterogeneity, fit_closed};
pub use graphs::{
    GraphAverage, GraphSettings, GraphsRefused, MOST_LISTS_OF_GRAPHS, WeightedGraph,
    average_over_graphs,
};
pub use invented::invented_lists;
pub use latent::{LatentDraws, LatentSettings, latent_classes};
pub use lists::{Lists, ListsRefused, MOST_LISTS};
pub use loglinear::{LoglinearFit, stepwise};
pub use method::{Method, NoSuchMethod};
pub use model::{Model, ModelRefused};
pub use profile::{Profile, profile_interval};
pub use report::{
    EstimateRefused, IntervalKind, MethodResult, Report, Settings, estimate, report, report_methods,
};
pub use search::{
    Downhill, MOST_MODELS, ModelScore, PairModelsCheck, TooManyModels, all_models, best_models,
    check_pair_models, default_max_order, default_top, downhill,
};
pub use simple::{SimpleEstimate, chao, chapman, lincoln_petersen};
pub use stepwise::{Candidate, trace_stepwise};
pub use threshold::{ThresholdDraws, ThresholdSettings, bayes_threshold};

/// An interval for the total number of persons.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Interval {
    /// Probability or confidence, such as 0.95.
    pub level: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// How it was made: `normal`, `profile`, `bca`, `credible`, `log-normal`.
    pub method: String,
}

/// Told how far long work has come. The unit type stays silent.
pub trait Progress: Sync {
    /// Work of `total` steps begins.
    fn start(&self, total: u64, of: &str) {
        let _ = (total, of);
    }
    /// So many steps more are done.
    fn advance(&self, steps: u64) {
        let _ = steps;
    }
    /// The work begun last is done.
    fn finish(&self) {}
}

impl Progress for () {}
