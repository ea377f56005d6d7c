//! Blocking: which pairs are looked at when all would be too many.
//!
//! A rule is a set of fields that must agree exactly; a pair is looked at when
//! any rule holds. A match that no rule holds for is lost, so use several rules
//! that fail for different reasons.

use super::LinkError;
use super::lists::Lists;
use rayon::prelude::*;
use std::collections::HashMap;

/// Rules, each a set of field numbers. No rule at all: every pair.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blocking {
    /// The rules.
    pub rules: Vec<Vec<usize>>,
}

/// Most pairs looked at by one rule chosen automatically, per record.
const PAIRS_PER_RECORD: u64 = 25;
/// Pairs that are simply all looked at.
const FEW_PAIRS: usize = 4_000_000;
/// Most pairs looked at in all.
const MOST_PAIRS: u64 = 1_000_000_000;

impl Blocking {
    /// All pairs where they are few; otherwise every smallest set of fields (up to
    /// three) whose agreement leaves at most 25 pairs per record.
    ///
    /// # Example
    /// ```
    /// use palermo_stats::linkage::{blocking::Blocking, lists::{Field, Lists}};
    ///
    /// let rows: Vec<_> = (0..3000).map(|i| vec![format!("n{}", i % 700), format!("{}", i % 2)]).collect();
    /// let lists = Lists::new(vec![Field::exact("name"), Field::exact("sex")], &rows, &rows)?;
    /// assert_eq!(Blocking::automatic(&lists).rules, [vec![0]]);
    /// # Ok::<(), palermo_stats::linkage::LinkError>(())
    /// ```
    #[must_use]
    pub fn automatic(lists: &Lists) -> Self {
        let (a, b) = lists.sizes();
        if a.saturating_mul(b) <= FEW_PAIRS {
            return Self::default();
        }
        let fields = lists.fields().len();
        let budget = PAIRS_PER_RECORD * (a + b) as u64;
        let mut sets: Vec<Vec<usize>> = (0..fields).map(|i| vec![i]).collect();
        for i in 0..fields {
            sets.extend((i + 1..fields).map(|j| vec![i, j]));
        }
        for i in 0..fields {
            for j in i + 1..fields {
                sets.extend((j + 1..fields).map(|k| vec![i, j, k]));
            }
        }
        sets.sort_by_key(Vec::len);
        let mut rules: Vec<Vec<usize>> = Vec::new();
        for set in sets {
            let wider = |rule: &Vec<usize>| rule.iter().all(|field| set.contains(field));
            if !rules.iter().any(wider) && pairs_of(lists, &set) <= budget {
                rules.push(set);
            }
        }
        Self { rules }
    }

    /// Rules by names of fields.
    ///
    /// # Errors
    /// When a name is not among the fields.
    pub fn by_names(lists: &Lists, rules: &[Vec<String>]) -> Result<Self, LinkError> {
        let number = |name: &String| {
            let place = lists.fields().iter().position(|field| field.name == *name);
            place.ok_or_else(|| {
                LinkError::Settings(format!("`{name}` is not among the compared columns"))
            })
        };
        let rules: Result<_, _> =
            rules.iter().map(|rule| rule.iter().map(number).collect()).collect();
        Ok(Self { rules: rules? })
    }

    /// Calls `visit` for each pair that a rule holds for, once, in parallel over
    /// the records of the first list, and gathers the answers.
    ///
    /// # Errors
    /// When more than a thousand million pairs would be looked at.
    pub fn gather<T: Send>(
        &self,
        lists: &Lists,
        visit: impl Fn(usize, usize) -> Option<T> + Sync,
    ) -> Result<Vec<T>, LinkError> {
        let (rows_a, rows_b) = lists.sizes();
        let pairs = if self.rules.is_empty() {
            (rows_a as u64).saturating_mul(rows_b as u64)
        } else {
            self.rules.iter().map(|rule| pairs_of(lists, rule)).sum()
        };
        if pairs > MOST_PAIRS {
            return Err(LinkError::TooMany(MOST_PAIRS as usize));
        }
        if self.rules.is_empty() {
            let all = (0..rows_a).into_par_iter();
            let visit = &visit;
            return Ok(all
                .flat_map_iter(move |a| (0..rows_b).filter_map(move |b| visit(a, b)))
                .collect());
        }
        let mut found = Vec::new();
        for (place, rule) in self.rules.iter().enumerate() {
            let earlier = self.rules.get(..place).unwrap_or_default();
            found.extend(gather_rule(lists, rule, earlier, &visit));
        }
        Ok(found)
    }
}

fn gather_rule<T: Send>(
    lists: &Lists,
    rule: &[usize],
    earlier: &[Vec<usize>],
    visit: &(impl Fn(usize, usize) -> Option<T> + Sync),
) -> Vec<T> {
    let mut block: HashMap<u128, Vec<u32>> = HashMap::new();
    for (b, key) in lists.keys(rule, true).into_iter().enumerate() {
        if let Some(key) = key {
            block.entry(key).or_default().push(b as u32);
        }
    }
    let keys = lists.keys(rule, false);
    let block = &block;
    keys.into_par_iter()
        .enumerate()
        .flat_map_iter(move |(a, key)| {
            let others = key.and_then(|key| block.get(&key)).into_iter().flatten();
            others.filter_map(move |&b| {
                let b = b as usize;
                // A pair that an earlier rule found has been visited.
                if earlier.iter().any(|rule| lists.agree(rule, a, b)) {
                    return None;
                }
                visit(a, b)
            })
        })
        .collect()
}

/// Pairs that agree on these fields.
fn pairs_of(lists: &Lists, rule: &[usize]) -> u64 {
    let mut counts: HashMap<u128, u64> = HashMap::new();
    for key in lists.keys(rule, true).into_iter().flatten() {
        *counts.entry(key).or_default() += 1;
    }
    let keys = lists.keys(rule, false).into_iter().flatten();
    keys.filter_map(|key| counts.get(&key)).sum()
}
