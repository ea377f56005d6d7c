//! Kulldorff's scan statistic: is there a place, or a place and a recent time,
//! with more cases than its population explains?
//!
//! Kulldorff, *A spatial scan statistic*, Commun. Stat. Theory Methods 26 (1997)
//! 1481–1496; Kulldorff, *Prospective time periodic geographical disease
//! surveillance using a scan statistic*, JRSS A 164 (2001) 61–72.
//!
//! **Method.** Around each area its nearest neighbours are added one by one, up
//! to half of the population: those sets are the zones. With `c` cases in a
//! zone where `E` were expected, of `C` in all,
//!
//! `LLR = c ln(c/E) + (C − c) ln((C − c)/(C − E))` where `c > E`, else 0,
//!
//! and the zone of the largest LLR is the most likely cluster. How large it
//! gets by chance is found by throwing the `C` cases over the areas again and
//! again in proportion to `E`: `p = (1 + #{LLR* ≥ LLR}) / (R + 1)`, so that the
//! search over thousands of zones is paid for. In space and time a zone is
//! combined with the last `m` periods, `m` up to half of them (a *living*
//! cluster). With [`Statistic::Binomial`] the population is finite and the
//! likelihood that of two proportions.
//!
//! Expected counts are rescaled to add up to the cases, as the definition has
//! it; R's SpatialEpi does not, and `rescale: false` reproduces it.
//!
//! **Fast and the same everywhere.** Every replica has its own ChaCha stream, so
//! the p-value depends on the seed alone, not on threads. Zones are screened by
//! the bound `LLR ≤ (c − E)² (1/(2E) + 1/(C − E))` before any logarithm is taken,
//! eight replicas side by side.
//!
//! *Assumes* independent cases given the population, and populations that are
//! right. *Do not use* it on counts of *detected* victims without asking whether
//! detection effort differs between areas: the most likely cluster is then the
//! best-staffed office. *Do not* read the zone's outline as the true one, nor
//! coordinates in degrees as distances: project them first.
//!
//! Worked example: lip cancer in Scotland, 1975–80 (Kemp et al. 1985; Clayton &
//! Kaldor, Biometrics 43 (1987) 671–681), in `examples/scotland_lip_cancer.rs`. A
//! small one:
//!
//! ```
//! use palermo_stats::scan::{Area, ScanOptions, scan};
//! // Nine towns in a row, 10 000 inhabitants each; the third and fourth have 20
//! // and 18 cases, the others 5.
//! let areas: Vec<Area> = (0..9)
//!     .map(|i| Area::new(f64::from(i), 0.0, [5, 5, 20, 18, 5, 5, 5, 5, 5][i as usize], 10_000.0))
//!     .collect();
//! let report = scan(&areas, &ScanOptions { replicas: 199, ..ScanOptions::default() })?;
//! let cluster = report.most_likely.ok_or("no cluster")?;
//! assert_eq!(cluster.areas, [3, 2]);
//! // 38 ln(38/16.22) + 35 ln(35/56.78)
//! assert!((cluster.llr - 15.413).abs() < 1e-3);
//! assert_eq!(cluster.p, Some(0.005));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod replicas;
pub mod table;
mod zones;

use replicas::largest_by_chance;
pub use zones::Statistic;
use zones::{Candidate, Plan};

/// One area, with its cases and population in each period (one period for a
/// scan in space alone).
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// First coordinate, in any unit of length.
    pub x: f64,
    /// Second coordinate, in the same unit.
    pub y: f64,
    /// Cases by period.
    pub cases: Vec<u64>,
    /// Population by period, at least 0.
    pub population: Vec<f64>,
    /// Expected cases by period, where they are known otherwise (standardised
    /// by age, say); in proportion to the population when left out.
    pub expected: Option<Vec<f64>>,
}

impl Area {
    /// An area of a scan in space alone.
    #[must_use]
    pub fn new(x: f64, y: f64, cases: u64, population: f64) -> Self {
        Self { x, y, cases: vec![cases], population: vec![population], expected: None }
    }
}

/// How to scan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScanOptions {
    /// Likelihood of the cases.
    pub statistic: Statistic,
    /// Largest share of the population in a zone, above 0 and up to 1.
    pub max_population: f64,
    /// Largest share of the periods in a zone, above 0 and up to 1.
    pub max_time: f64,
    /// Whether expected counts are rescaled to add up to the cases.
    pub rescale: bool,
    /// Monte-Carlo replicas; 0 for no p-value.
    pub replicas: usize,
    /// Seed of the replicas.
    pub seed: u64,
    /// Secondary clusters are listed up to this p-value.
    pub alpha: f64,
}

impl Default for ScanOptions {
    fn default() -> Self {
        Self {
            statistic: Statistic::Poisson,
            max_population: 0.5,
            max_time: 0.5,
            rescale: true,
            replicas: 999,
            seed: 1,
            alpha: 0.05,
        }
    }
}

/// A zone with more cases than expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Its areas by position in the input, the centre first, then by distance.
    pub areas: Vec<usize>,
    /// How many of the last periods it spans.
    pub periods: usize,
    /// Population of its areas, averaged over its periods.
    pub population: f64,
    /// Cases in it.
    pub cases: u64,
    /// Cases expected in it.
    pub expected: f64,
    /// Cases per expected inside over the same outside; infinite when all
    /// cases are inside.
    pub relative_risk: f64,
    /// Log likelihood ratio.
    pub llr: f64,
    /// Monte-Carlo p-value, adjusted for the search; nothing without replicas.
    pub p: Option<f64>,
}

/// What a scan found.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanReport {
    /// The zone of the largest likelihood ratio; nothing where no zone has more
    /// cases than expected.
    pub most_likely: Option<Cluster>,
    /// Further zones that share no area with those before them, as far as
    /// their p-value reaches.
    pub secondary: Vec<Cluster>,
    /// Cases in all.
    pub total_cases: u64,
    /// Zones looked at.
    pub zones: usize,
    /// The largest likelihood ratio of each replica.
    pub chance: Vec<f64>,
}

/// Why a scan was refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ScanError {
    /// A scan needs two areas.
    #[error("a scan needs at least two areas, found `{0}`")]
    TooFewAreas(usize),
    /// All areas must have the same periods.
    #[error("area `{0}` has other periods than the first one")]
    Periods(usize),
    /// A coordinate, population or expected count cannot be used.
    #[error("the {what} of area `{area}` is `{value}`")]
    Value {
        /// Which value.
        what: &'static str,
        /// Position of the area, from 1.
        area: usize,
        /// The value.
        value: f64,
    },
    /// An option is out of range.
    #[error("`{name}` is `{value}`, but must be above 0 and at most 1")]
    Share {
        /// Which option.
        name: &'static str,
        /// The value.
        value: f64,
    },
    /// More cases than people, where the statistic counts both.
    #[error("area `{0}` has more cases than inhabitants, which the binomial statistic cannot have")]
    MoreCasesThanPeople(usize),
    /// There is nothing to find.
    #[error("there are no cases, or no population to expect them in")]
    Empty,
}

/// Scans areas for the most likely clusters.
///
/// # Errors
/// When an input or option is out of range, or there are no cases.
pub fn scan(areas: &[Area], options: &ScanOptions) -> Result<ScanReport, ScanError> {
    scan_with_progress(areas, options, |_| {})
}

/// As [`scan`], telling after each batch how many replicas it had.
///
/// # Errors
/// As [`scan`].
pub fn scan_with_progress(
    areas: &[Area],
    options: &ScanOptions,
    progress: impl Fn(usize) + Sync,
) -> Result<ScanReport, ScanError> {
    check(areas, options)?;
    let plan = Plan::new(areas, options)?;
    let chance = largest_by_chance(&plan, options.replicas, options.seed, progress);
    let mut candidates = plan.candidates(areas);
    // Equal ratios: the smaller zone, then the earlier centre, says the same with less.
    candidates.sort_by(|a, b| {
        b.llr.total_cmp(&a.llr).then(a.size.cmp(&b.size)).then(a.centre.cmp(&b.centre))
    });
    let mut report = ScanReport {
        most_likely: None,
        secondary: Vec::new(),
        total_cases: plan.total_cases,
        zones: plan.zones(),
        chance,
    };
    let mut taken = vec![false; areas.len()];
    for candidate in candidates {
        let p = (options.replicas > 0).then(|| report.p_value(candidate.llr));
        let first = report.most_likely.is_none();
        if !first && p.is_none_or(|p| p > options.alpha) {
            break;
        }
        let members = plan.members(&candidate);
        if members.iter().any(|&area| taken[area]) {
            continue;
        }
        members.iter().for_each(|&area| taken[area] = true);
        let cluster = describe(areas, &plan, &candidate, members, p);
        if first {
            report.most_likely = Some(cluster);
        } else {
            report.secondary.push(cluster);
        }
    }
    Ok(report)
}

impl ScanReport {
    /// Monte-Carlo p-value of a likelihood ratio.
    #[must_use]
    pub fn p_value(&self, llr: f64) -> f64 {
        // Equal up to rounding counts as reached.
        let reached = self.chance.iter().filter(|&&chance| chance >= llr * (1.0 - 1e-12)).count();
        (1 + reached) as f64 / (self.chance.len() + 1) as f64
    }
}

fn describe(
    areas: &[Area],
    plan: &Plan,
    candidate: &Candidate,
    members: Vec<usize>,
    p: Option<f64>,
) -> Cluster {
    let total = plan.total_cases as f64;
    let cases = candidate.cases as f64;
    let inside = cases / candidate.expected;
    let outside = (total - cases) / (total - candidate.expected);
    let people = |area: &usize| {
        let population = &areas[*area].population;
        population[population.len() - candidate.periods..].iter().sum::<f64>()
    };
    Cluster {
        population: members.iter().map(people).sum::<f64>() / candidate.periods as f64,
        areas: members,
        periods: candidate.periods,
        cases: candidate.cases,
        expected: candidate.expected,
        relative_risk: inside / outside,
        llr: candidate.llr,
        p,
    }
}

fn check(areas: &[Area], options: &ScanOptions) -> Result<(), ScanError> {
    if areas.len() < 2 {
        return Err(ScanError::TooFewAreas(areas.len()));
    }
    for (name, value) in
        [("max-population", options.max_population), ("max-time", options.max_time)]
    {
        if !(value > 0.0 && value <= 1.0) {
            return Err(ScanError::Share { name, value });
        }
    }
    let periods = areas[0].cases.len();
    for (i, area) in areas.iter().enumerate() {
        let expected = area.expected.as_deref();
        let same = area.cases.len() == periods
            && area.population.len() == periods
            && expected.is_none_or(|e| e.len() == periods)
            && expected.is_some() == areas[0].expected.is_some();
        if !same || periods == 0 {
            return Err(ScanError::Periods(i + 1));
        }
        let wrong = |what, value| Err(ScanError::Value { what, area: i + 1, value });
        for (what, value) in [("first coordinate", area.x), ("second coordinate", area.y)] {
            if !value.is_finite() {
                return wrong(what, value);
            }
        }
        let negative =
            |values: &[f64]| values.iter().copied().find(|v| !(v.is_finite() && *v >= 0.0));
        if let Some(value) = negative(&area.population) {
            return wrong("population", value);
        }
        if let Some(value) = expected.and_then(negative) {
            return wrong("expected count", value);
        }
        let crowded = area.cases.iter().zip(&area.population).any(|(&c, &n)| c as f64 > n);
        if options.statistic == Statistic::Binomial && crowded {
            return Err(ScanError::MoreCasesThanPeople(i + 1));
        }
    }
    Ok(())
}
