//! Invented lists for examples, properties and measurements. No real person.

use std::collections::BTreeMap;

use super::Lists;
use super::random::{Purpose, Random};

/// Lists of an invented population: every person has a chance of being found
/// that follows a Beta(2, 2·(1/`share` − 1)) law, shared by all lists, which
/// differ by factors from 0.5 to 1.5. Repeats itself exactly for a seed; more
/// persons are drawn until `observed` have been found.
///
/// ```
/// use palermo_stats::estimate::invented_lists;
///
/// let lists = invented_lists(5, 345, 0.05, 1);
/// assert_eq!((lists.len(), lists.observed()), (5, 345));
/// ```
///
/// # Panics
/// Never for 2 to 16 lists, at least one person, and a share below one half;
/// other wishes are moved into that range.
#[must_use]
pub fn invented_lists(lists: usize, observed: u64, share: f64, seed: u64) -> Lists {
    let lists = lists.clamp(2, super::MOST_LISTS);
    let share = share.clamp(1e-4, 0.5);
    let mut random = Random::new(seed, Purpose::Invented, 0);
    let factors: Vec<f64> = (0..lists).map(|_| 0.5 + random.uniform()).collect();
    let mut cells: BTreeMap<u32, u64> = BTreeMap::new();
    let mut left = observed.max(1);
    while left > 0 {
        let chance = random.beta(2.0, 2.0 * (1.0 / share - 1.0));
        let history = factors
            .iter()
            .enumerate()
            .filter(|(_, factor)| random.uniform() < chance * **factor)
            .fold(0, |history, (list, _)| history | 1 << list);
        if history != 0 {
            *cells.entry(history).or_default() += 1;
            left -= 1;
        }
    }
    let names = (1..=lists).map(|list| format!("list {list}"));
    #[allow(clippy::expect_used, reason = "every condition is met above")]
    Lists::new(names, cells).expect("invented lists are lists")
}
