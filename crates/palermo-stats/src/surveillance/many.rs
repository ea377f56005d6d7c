//! Many series at once: routes × nationalities × forms, each with its own
//! chance to cry wolf.
//!
//! **Expected false alarms.** With `m` series watched `f` times a year at level
//! `α`, quiet years still bring `m f α / 12` alarms a month. A hundred monthly
//! series at `α = 0.01` cry wolf once a month. Print this number beside the
//! alarms.
//!
//! **Benjamini–Hochberg.** Order the `m` exceedance probabilities of one period,
//! `q_(i) = min_{j ≥ i} m p_(j) / j`; alarming where `q ≤ Q` keeps the expected
//! share of false alarms among the alarms at `Q` or less (Benjamini & Hochberg,
//! *Controlling the false discovery rate*, JRSS B 57 (1995) 289–300).
//!
//! *Assumes* valid p-values and independence or positive dependence; counts of
//! different routes usually rise together, which is allowed. *Do not use* it to
//! silence an alarm somebody has a reason for.
//!
//! Worked example, Benjamini & Hochberg's §4.1 (thrombolysis after myocardial
//! infarction, 15 endpoints): at 5 % the procedure keeps the four smallest.
//!
//! ```
//! use palermo_stats::surveillance::many::benjamini_hochberg;
//! let p = [
//!     0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
//!     0.5719, 0.6528, 0.7590, 1.000,
//! ];
//! let q = benjamini_hochberg(&p.map(Some));
//! assert_eq!(q.iter().filter(|q| q.is_some_and(|q| q <= 0.05)).count(), 4);
//! ```

use crate::glm::laws::CountLaw;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Adjusted probabilities (*q*-values), in the order given; where there is no
/// probability there is none, and it does not count among the tests.
#[must_use]
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = p
        .iter()
        .enumerate()
        .filter_map(|(i, p)| p.filter(|p| !p.is_nan()).map(|p| (i, p)))
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let tests = order.len();
    let mut q = vec![None; p.len()];
    let mut least = 1.0;
    for (rank, (i, p)) in order.into_iter().enumerate() {
        least = f64::min(least, p * (tests as f64 / (tests - rank) as f64));
        q[i] = Some(least);
    }
    q
}

/// Alarms a month to be expected if nothing ever happens, for `series` watched
/// `frequency` times a year, each alarming by chance with probability `alpha`
/// a period.
#[must_use]
pub fn expected_false_alarms_per_month(alpha: f64, series: usize, frequency: usize) -> f64 {
    alpha * series as f64 * frequency as f64 / 12.0
}

/// Probability per period of a false alarm of a CUSUM on standard normal
/// values: one over Siegmund's approximation of the run length,
/// `(e^{2kb} − 2kb − 1)/(2k²)` with `b = h + 1.166` (Siegmund, *Sequential
/// Analysis*, 1985, §2.6).
#[must_use]
pub fn cusum_false_alarm_rate(k: f64, h: f64) -> f64 {
    let b = h + 1.166;
    if k == 0.0 {
        return 1.0 / (b * b);
    }
    let x = 2.0 * k * b;
    2.0 * k * k / (x.exp_m1() - x)
}

/// Share of periods that alarm when counts come from the in-control `laws`, by
/// `replicas` simulated series; `alarms` runs the method on one. Replica `r`
/// draws from its own stream, so the answer depends on the seed alone.
pub fn simulated_false_alarm_rate(
    laws: &[CountLaw],
    replicas: usize,
    seed: u64,
    mut alarms: impl FnMut(&[f64]) -> usize,
) -> f64 {
    let mut total = 0;
    for replica in 0..replicas {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(replica as u64);
        let counts: Vec<f64> =
            laws.iter().map(|law| law.quantile(random.random::<f64>())).collect();
        total += alarms(&counts);
    }
    total as f64 / (replicas * laws.len()).max(1) as f64
}
