//! Several methods side by side, with what each assumes and what speaks
//! against it. One number alone is never the answer: on the five-list United
//! Kingdom data accepted methods give 11,300 to 25,300 persons.

use serde::Serialize;
use thiserror::Error;

use super::method::{COMMON_ASSUMPTIONS, CRITICS, ON_INTERVALS, ON_MIXING};
use super::run::Run;
use super::{GraphsRefused, Interval, Lists, Method, Mixing, Progress, TooManyModels};

/// How an interval of a log-linear estimate is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalKind {
    /// Normal on the log of the dark figure, the model taken as given.
    Normal,
    /// Profile likelihood, the model taken as given.
    Profile,
    /// Bootstrap with the choice of model repeated.
    Bca,
}

/// What the methods are run with.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// One-sided Poisson probability below which the stepwise choice adds a pair.
    pub threshold: f64,
    /// Largest interaction of the searches; none for the method's own.
    pub max_order: Option<u32>,
    /// Interval of log-linear estimates; none for normal with one method
    /// alone and bootstrap in a report.
    pub interval: Option<IntervalKind>,
    /// Probability of intervals.
    pub level: f64,
    /// Bootstrap samples.
    pub bootstrap: usize,
    /// Seed of bootstrap and simulation.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            threshold: 0.02,
            max_order: None,
            interval: None,
            level: 0.95,
            bootstrap: 1000,
            seed: 1,
        }
    }
}

/// What one method found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MethodResult {
    /// Name of the method.
    pub method: &'static str,
    /// Names of the lists, in file order.
    pub lists: Vec<String>,
    /// Persons on at least one list.
    pub observed: u64,
    /// The model as generators, or its name; none where models are averaged.
    pub model: Option<String>,
    /// Observed and unobserved persons; posterior median for Bayesian methods.
    pub estimate: Option<f64>,
    /// Unobserved persons.
    pub dark_figure: Option<f64>,
    /// Interval of the estimate.
    pub interval: Option<Interval>,
    /// Whether the estimate exists.
    pub exists: bool,
    /// Whether the data determine it.
    pub identifiable: bool,
    /// Bayesian information criterion.
    pub bic: Option<f64>,
    /// What speaks against the number.
    pub warnings: Vec<String>,
    /// Whether the simulation has mixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixing: Option<Mixing>,
    /// What the method takes for granted; left out of single results.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
}

/// Several methods side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// One entry for each method.
    pub methods: Vec<MethodResult>,
    /// What speaks against all of them.
    pub warnings: Vec<String>,
    /// Works on the methods, and their critics.
    pub citations: Vec<String>,
}

/// A method that does not fit the lists or the settings.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum EstimateRefused {
    /// Too many models to look at.
    #[error(transparent)]
    Models(#[from] TooManyModels),
    /// The graphs cannot be averaged.
    #[error(transparent)]
    Graphs(#[from] GraphsRefused),
    /// The formula is for two lists.
    #[error("`{method}` is for two lists; the file has {lists}")]
    NotTwoLists {
        /// The method asked for.
        method: Method,
        /// How many lists there are.
        lists: usize,
    },
    /// A setting out of its range.
    #[error("{0}")]
    Setting(String),
}

fn check(settings: &Settings) -> Result<(), EstimateRefused> {
    let refuse = |text: String| Err(EstimateRefused::Setting(text));
    if !(0.0..=1.0).contains(&settings.threshold) {
        return refuse(format!(
            "the threshold `{}` is not a probability from 0 to 1",
            settings.threshold
        ));
    }
    if !(settings.level > 0.0 && settings.level < 1.0) {
        return refuse(format!("the level `{}` is not between 0 and 1", settings.level));
    }
    if settings.max_order == Some(0) {
        return refuse("the largest order must be at least 1".into());
    }
    if !(10..=10_000_000).contains(&settings.bootstrap) {
        return refuse(format!(
            "`{}` bootstrap samples are not from 10 to 10000000",
            settings.bootstrap
        ));
    }
    Ok(())
}

/// Runs one method.
///
/// # Errors
/// When the method does not fit the number of lists, or a setting is out of
/// range. Data without an estimate are no error: the result says so.
///
/// ```
/// use palermo_stats::estimate::{Lists, Method, Settings, estimate};
///
/// let lists = Lists::new(
///     ["b", "c", "d"],
///     [(0b100, 41), (0b010, 5), (0b001, 5), (0b011, 54), (0b101, 6), (0b111, 12)],
/// )?;
/// let result = estimate(&lists, Method::Loglinear, &Settings::default(), &())?;
/// assert_eq!(result.model.as_deref(), Some("[12,3]"));
/// assert!((result.estimate.unwrap() - 268.7778).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn estimate(
    lists: &Lists,
    method: Method,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<MethodResult, EstimateRefused> {
    check(settings)?;
    Run::new(lists, method, settings, progress).result()
}

/// The methods a report shows for so many lists (fewer from six and from nine
/// lists on, where some take too long): log-linear choices, Bayesian
/// averaging, groups of persons, independence and a lower bound.
#[must_use]
pub fn report_methods(lists: usize) -> Vec<Method> {
    if lists == 2 {
        return vec![Method::LincolnPetersen, Method::Chapman, Method::ChaoMoment];
    }
    let mut methods = vec![Method::Loglinear];
    match lists {
        0..=5 => methods.extend([Method::AllModels, Method::BayesThreshold, Method::Graphs]),
        // Each history is a cell: with many lists these take too long to be
        // part of every report.
        6..=8 => methods.extend([Method::Downhill, Method::BayesThreshold]),
        _ => {}
    }
    methods.extend([Method::LatentClass, Method::Mt, Method::Chao]);
    methods
}

/// Runs the methods of [`report_methods`]. Log-linear estimates get intervals
/// that include the choice of the model unless the settings say otherwise.
///
/// # Errors
/// When a setting is out of range.
pub fn report(
    lists: &Lists,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Report, EstimateRefused> {
    check(settings)?;
    let settings =
        Settings { interval: settings.interval.or(Some(IntervalKind::Bca)), ..settings.clone() };
    let used = report_methods(lists.len());
    let mut methods = Vec::with_capacity(used.len());
    for &method in &used {
        let mut run = Run::new(lists, method, &settings, progress);
        run.in_report = true;
        let mut result = run.result()?;
        result.assumptions = vec![method.assumption().into()];
        methods.push(result);
    }
    let warnings = overall_warnings(lists, &methods);
    let mut citations: Vec<String> = Vec::new();
    let mut cite = |work: &str| {
        if !citations.iter().any(|known| known == work) {
            citations.push(work.to_owned());
        }
    };
    used.iter().flat_map(|m| m.citations()).for_each(|w| cite(w));
    if methods.iter().any(|m| m.mixing.is_some()) {
        cite(ON_MIXING);
    }
    cite(ON_INTERVALS);
    CRITICS.iter().for_each(|w| cite(w));
    Ok(Report { methods, warnings, citations })
}

fn overall_warnings(lists: &Lists, methods: &[MethodResult]) -> Vec<String> {
    let mut warnings = vec![format!("every method takes for granted that {COMMON_ASSUMPTIONS}")];
    let empty = lists.pairs_without_overlap();
    if !empty.is_empty() {
        let named: Vec<String> = empty
            .iter()
            .map(|(a, b)| format!("{} and {}", lists.names()[a - 1], lists.names()[b - 1]))
            .collect();
        warnings.push(format!(
            "these lists share nobody: {}; what they say about each other rests on the model",
            named.join(", ")
        ));
    }
    if lists.len() > 2 && super::search::overlapping_triples(lists) == 0 {
        warnings.push(
            "no three lists overlap pairwise, so all pairs of dependences together cannot be \
             determined"
                .into(),
        );
    }
    let shared: u64 = lists.frequencies().iter().skip(2).sum();
    if shared < 20 {
        warnings.push(format!(
            "only {shared} persons are on more than one list; the estimates rest on them alone"
        ));
    }
    // Bounds and the independence model are there for comparison.
    let proper = methods.iter().filter(|m| !matches!(m.method, "chao" | "chao-moment" | "mt"));
    let totals: Vec<f64> = proper.filter_map(|m| m.estimate).collect();
    let low = totals.iter().copied().fold(f64::INFINITY, f64::min);
    let high = totals.iter().copied().fold(0.0, f64::max);
    if totals.len() > 1 && high > 1.25 * low {
        warnings.push(format!(
            "the methods lie between {low:.0} and {high:.0}: give the range, not one number"
        ));
    }
    if totals.is_empty() {
        warnings.push("no method has an estimate".into());
    }
    warnings
}
