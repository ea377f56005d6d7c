//! Estimators one can check with a pocket calculator.
//!
//! * **Lincoln–Petersen** (two lists): N = n₁n₂/m. Assumes independent lists
//!   and equal chances; m = 0 has no estimate. Biased upwards for small m.
//! * **Chapman** (1951; two lists): (n₁+1)(n₂+1)/(m+1) − 1, nearly unbiased
//!   and defined without overlap, where it is only a weak lower guess.
//! * **Chao** (1987; any number of lists): n + (t−1)/t · f₁²/(2f₂) from the
//!   persons found once and twice; a lower bound when persons differ.
//!
//! *Do not use* the first two when one list refers persons to the other (too
//! low) or when the lists cover different groups (too high). Intervals are
//! log-normal in the number unobserved (Chao 1987), never below the observed.

use super::special::{exp, normal_quantile};
use super::{Interval, Lists};

/// A total with the standard error of its formula.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SimpleEstimate {
    /// Persons on at least one list.
    pub observed: u64,
    /// Observed and unobserved persons.
    pub total: f64,
    /// Standard error of the total.
    pub standard_error: f64,
}

impl SimpleEstimate {
    /// Log-normal interval for the number unobserved.
    #[must_use]
    pub fn interval(&self, level: f64) -> Interval {
        let observed = self.observed as f64;
        let unseen = self.total - observed;
        let reach = if unseen > 0.0 {
            let relative = self.standard_error / unseen;
            exp(normal_quantile(0.5 + level / 2.0) * libm::log1p(relative * relative).sqrt())
        } else {
            1.0
        };
        Interval {
            level,
            lower: observed + unseen / reach,
            upper: observed + unseen * reach,
            method: "log-normal".into(),
        }
    }
}

/// Lincoln–Petersen from two of the lists (numbered from 0); none without overlap.
///
/// ```
/// use palermo_stats::estimate::{Lists, lincoln_petersen};
///
/// // 500 persons on the first list, 330 on the second, 157 on both.
/// let lists = Lists::new(["first", "second"], [(0b01, 343), (0b10, 173), (0b11, 157)])?;
/// assert_eq!(lincoln_petersen(&lists, 0, 1).unwrap().total.round(), 1051.0);
/// # Ok::<(), palermo_stats::estimate::ListsRefused>(())
/// ```
#[must_use]
pub fn lincoln_petersen(lists: &Lists, first: usize, second: usize) -> Option<SimpleEstimate> {
    let (a, b, both) = pair(lists, first, second)?;
    (both > 0.0).then(|| SimpleEstimate {
        observed: (a + b - both) as u64,
        total: a * b / both,
        standard_error: (a * b * (a - both) * (b - both) / (both * both * both)).sqrt(),
    })
}

/// Chapman's estimate from two of the lists (numbered from 0).
///
/// ```
/// use palermo_stats::estimate::{Lists, chapman};
///
/// let lists = Lists::new(["first", "second"], [(0b01, 343), (0b10, 173), (0b11, 157)])?;
/// let found = chapman(&lists, 0, 1).unwrap();
/// assert_eq!(found.total.round(), 1049.0);
/// assert_eq!(found.standard_error.round(), 50.0);
/// # Ok::<(), palermo_stats::estimate::ListsRefused>(())
/// ```
#[must_use]
pub fn chapman(lists: &Lists, first: usize, second: usize) -> Option<SimpleEstimate> {
    let (a, b, both) = pair(lists, first, second)?;
    let more = both + 1.0;
    let spread = (a + 1.0) * (b + 1.0) * (a - both) * (b - both) / (more * more * (both + 2.0));
    Some(SimpleEstimate {
        observed: (a + b - both) as u64,
        total: (a + 1.0) * (b + 1.0) / more - 1.0,
        standard_error: spread.sqrt(),
    })
}

fn pair(lists: &Lists, first: usize, second: usize) -> Option<(f64, f64, f64)> {
    if first == second || first.max(second) >= lists.len() {
        return None;
    }
    let (a, b) = (1 << first, 1 << second);
    let size = |set| lists.overlap(set) as f64;
    Some((size(a), size(b), size(a | b)))
}

/// Chao's lower bound from the persons found once and twice; none when
/// nobody was found twice.
///
/// ```
/// use palermo_stats::estimate::{Lists, chao};
///
/// let lists = Lists::new(["a", "b"], [(0b01, 30), (0b10, 10), (0b11, 20)])?;
/// // Two lists: 60 + 1/2 · 40² / (2 · 20).
/// assert_eq!(chao(&lists).unwrap().total, 80.0);
/// # Ok::<(), palermo_stats::estimate::ListsRefused>(())
/// ```
#[must_use]
pub fn chao(lists: &Lists) -> Option<SimpleEstimate> {
    let found = lists.frequencies();
    let (once, twice) = (*found.get(1)? as f64, *found.get(2)? as f64);
    if twice == 0.0 {
        return None;
    }
    let share = (lists.len() as f64 - 1.0) / lists.len() as f64;
    let ratio = once / twice;
    let variance = twice
        * (share / 2.0 * ratio.powi(2)
            + share * share * ratio.powi(3)
            + share * share / 4.0 * ratio.powi(4));
    Some(SimpleEstimate {
        observed: lists.observed(),
        total: lists.observed() as f64 + share * once * once / (2.0 * twice),
        standard_error: variance.sqrt(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::special::ln;
    use super::*;

    #[test]
    fn the_log_normal_interval_is_symmetric_in_the_log_of_the_unseen() {
        let lists = Lists::new(["a", "b"], [(1, 30), (2, 10), (3, 20)]).unwrap();
        let found = chao(&lists).unwrap();
        let interval = found.interval(0.9);
        let log = |x: f64| ln(x - 60.0);
        let middle = 0.5 * (log(interval.lower) + log(interval.upper));
        assert!((middle - log(found.total)).abs() < 1e-12);
    }

    #[test]
    fn without_overlap_chapman_alone_answers() {
        let lists = Lists::new(["a", "b"], [(1, 30), (2, 10)]).unwrap();
        assert_eq!(lincoln_petersen(&lists, 0, 1), None);
        assert_eq!(chao(&lists), None);
        assert_eq!(chapman(&lists, 0, 1).unwrap().total, 340.0);
    }
}
