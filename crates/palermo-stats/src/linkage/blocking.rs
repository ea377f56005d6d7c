//! Blocking: which pairs are looked at when all would be too many.
//!
//! A rule is a set of fields that must agree exactly; a pair is looked at when
//! any rule holds. A match that no rule holds for is lost, so use several rules
//! that fail for different reasons.

use super::LinkError;
use super::em::Patterns;
use super::lists::Lists;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

    /// Counts the patterns of the pairs each rule holds for, and of all pairs
    /// together, each once; every pair is compared once for each rule.
    ///
    /// # Errors
    /// When more than a thousand million pairs would be looked at.
    pub(super) fn count_patterns(
        &self,
        lists: &Lists,
    ) -> Result<(Vec<Patterns>, Patterns), LinkError> {
        let pairs: u64 = self.rules.iter().map(|rule| pairs_of(lists, rule)).sum();
        if pairs > MOST_PAIRS {
            return Err(LinkError::TooMany(MOST_PAIRS as usize));
        }
        let mut all = vec![0; lists.pattern_codes()];
        let mut by_rule = Vec::new();
        for (place, rule) in self.rules.iter().enumerate() {
            let earlier = self.rules.get(..place).unwrap_or_default();
            let [held, fresh] = count_rule(lists, rule, earlier);
            all.iter_mut().zip(fresh).for_each(|(all, fresh)| *all += fresh);
            by_rule.push(lists.counted(&held));
        }
        Ok((by_rule, lists.counted(&all)))
    }
}

/// Patterns of the pairs a rule holds for, and of those among them that no
/// earlier rule holds for, by pattern number.
fn count_rule(lists: &Lists, rule: &[usize], earlier: &[Vec<usize>]) -> [Vec<u64>; 2] {
    let block = blocks(lists, rule);
    let keys = lists.keys(rule, false);
    let empty = || [vec![0u64; lists.pattern_codes()], vec![0u64; lists.pattern_codes()]];
    keys.into_par_iter()
        .enumerate()
        .with_min_len(2_048)
        .fold(empty, |mut counts, (a, key)| {
            let others = key.and_then(|key| block.get(&key)).into_iter().flatten();
            for &b in others {
                let b = b as usize;
                let code = lists.pattern(a, b);
                let known = earlier.iter().any(|rule| lists.agree(rule, a, b));
                let [held, fresh] = &mut counts;
                for (counts, counted) in [(held, true), (fresh, !known)] {
                    if let Some(count) = counts.get_mut(code).filter(|_| counted) {
                        *count += 1;
                    }
                }
            }
            counts
        })
        .reduce(empty, |mut x, y| {
            x.iter_mut().flatten().zip(y.iter().flatten()).for_each(|(x, y)| *x += y);
            x
        })
}

/// Records of the second list by their key.
fn blocks(lists: &Lists, rule: &[usize]) -> HashMap<u128, Vec<u32>, Keyed> {
    let mut blocks: HashMap<u128, Vec<u32>, Keyed> = HashMap::default();
    for (b, key) in lists.keys(rule, true).into_iter().enumerate() {
        if let Some(key) = key {
            blocks.entry(key).or_default().push(b as u32);
        }
    }
    blocks
}

/// A quick hash of keys, which are numbers of our own making and not a stranger's.
#[derive(Default)]
pub(super) struct KeyHasher(u64);

type Keyed = BuildHasherDefault<KeyHasher>;

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u128(u128::from(byte)));
    }

    fn write_u128(&mut self, key: u128) {
        // Fibonacci hashing, the high half folded onto the low one.
        let mixed = (self.0 ^ key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

fn gather_rule<T: Send>(
    lists: &Lists,
    rule: &[usize],
    earlier: &[Vec<usize>],
    visit: &(impl Fn(usize, usize) -> Option<T> + Sync),
) -> Vec<T> {
    let block = &blocks(lists, rule);
    let keys = lists.keys(rule, false);
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
    let mut counts: HashMap<u128, u64, Keyed> = HashMap::default();
    for key in lists.keys(rule, true).into_iter().flatten() {
        *counts.entry(key).or_default() += 1;
    }
    let keys = lists.keys(rule, false).into_iter().flatten();
    keys.filter_map(|key| counts.get(&key)).sum()
}
