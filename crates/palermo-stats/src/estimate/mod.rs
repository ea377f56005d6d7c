//! Multiple systems estimation.
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
