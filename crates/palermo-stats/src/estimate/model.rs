//! Hierarchical log-linear models of overlapping lists, and their names.

use std::cmp::Ordering;
use std::fmt;

use thiserror::Error;

/// Why a model could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelRefused {
    /// The text is not a list of generators in brackets.
    #[error("`{0}` is not a model; write its generators as in `[12,3]`")]
    NotAModel(String),
    /// A generator names a list that is not there.
    #[error("the model names list {list}, but there are {lists} lists")]
    NoSuchList {
        /// The number in the text.
        list: usize,
        /// How many lists there are.
        lists: usize,
    },
}

/// A hierarchical log-linear model: which sets of lists have a parameter.
///
/// With a set, all its subsets are in the model; the empty set (the log of
/// the dark figure) and every single list always are. It is written by its
/// generators, the largest sets, with list numbers from 1: `[15,2,3,4]` has
/// main effects and the interaction of lists 1 and 5. From ten lists on the
/// numbers within a generator are separated by points: `[1.10,2]`.
///
/// ```
/// use palermo_stats::estimate::Model;
///
/// let model = Model::parse("[3,2,51,4]", 5)?;
/// assert_eq!(model.to_string(), "[15,2,3,4]");
/// assert_eq!(model.terms().len(), 7);
/// # Ok::<(), palermo_stats::estimate::ModelRefused>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Model {
    lists: usize,
    terms: Vec<u32>,
}

impl Model {
    /// Main effects only: lists that work independently of each other.
    #[must_use]
    pub fn main_effects(lists: usize) -> Self {
        Self::closed(lists, std::iter::empty())
    }

    /// Main effects and the interaction of every pair of lists.
    #[must_use]
    pub fn all_pairs(lists: usize) -> Self {
        Self::closed(lists, pairs(lists))
    }

    /// The smallest hierarchical model with the given sets of lists.
    #[must_use]
    pub fn closed(lists: usize, sets: impl IntoIterator<Item = u32>) -> Self {
        let mut inside = vec![false; 1 << lists];
        inside[0] = true;
        for list in 0..lists {
            inside[1 << list] = true;
        }
        for set in sets {
            let mut subset = set;
            while subset != 0 {
                inside[subset as usize] = true;
                subset = (subset - 1) & set;
            }
        }
        let mut terms: Vec<u32> = (0..1u32 << lists).filter(|&s| inside[s as usize]).collect();
        terms.sort_by(|&a, &b| by_size_then_lists(a, b));
        Self { lists, terms }
    }

    /// Reads generators such as `[15,2,3,4]`.
    ///
    /// # Errors
    /// A text of another form, or a list that does not exist.
    pub fn parse(text: &str, lists: usize) -> Result<Self, ModelRefused> {
        let refused = || ModelRefused::NotAModel(text.to_owned());
        let inner = text
            .trim()
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .ok_or_else(refused)?;
        let mut sets = Vec::new();
        for generator in inner.split([',', '|']) {
            let numbers: Vec<String> = if lists >= 10 {
                generator.split('.').map(|n| n.trim().to_owned()).collect()
            } else {
                generator.trim().chars().map(String::from).collect()
            };
            let mut set = 0;
            for number in numbers {
                let list: usize = number.parse().map_err(|_| refused())?;
                if list == 0 || list > lists {
                    return Err(ModelRefused::NoSuchList { list, lists });
                }
                set |= 1 << (list - 1);
            }
            sets.push(set);
        }
        Ok(Self::closed(lists, sets))
    }

    pub(crate) fn from_terms(lists: usize, mut terms: Vec<u32>) -> Self {
        terms.sort_by(|&a, &b| by_size_then_lists(a, b));
        Self { lists, terms }
    }

    /// How many lists the model is about.
    #[must_use]
    pub fn lists(&self) -> usize {
        self.lists
    }

    /// All parameters as sets of lists: the empty set first, then singles in
    /// order, then pairs 12, 13, …, and so on.
    #[must_use]
    pub fn terms(&self) -> &[u32] {
        &self.terms
    }

    /// Number of lists in the largest interaction; 1 for main effects.
    #[must_use]
    pub fn order(&self) -> u32 {
        self.terms.last().map_or(0, |t| t.count_ones())
    }

    /// Whether the parameter of this set of lists is in the model.
    #[must_use]
    pub fn contains(&self, set: u32) -> bool {
        self.terms.contains(&set)
    }

    /// The largest sets, which determine the model.
    #[must_use]
    pub fn generators(&self) -> Vec<u32> {
        let mut largest: Vec<u32> = self
            .terms
            .iter()
            .copied()
            .filter(|&s| s != 0 && !self.terms.iter().any(|&other| other != s && other & s == s))
            .collect();
        largest.sort_by(|&a, &b| b.count_ones().cmp(&a.count_ones()).then(by_lists(a, b)));
        largest
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named: Vec<String> = self
            .generators()
            .into_iter()
            .map(|set| {
                let numbers: Vec<String> = (0..self.lists)
                    .filter(|list| set >> list & 1 == 1)
                    .map(|list| (list + 1).to_string())
                    .collect();
                numbers.join(if self.lists >= 10 { "." } else { "" })
            })
            .collect();
        write!(f, "[{}]", named.join(","))
    }
}

/// All pairs in the order 12, 13, …, 1t, 23, ….
pub(crate) fn pairs(lists: usize) -> impl Iterator<Item = u32> {
    (0..lists).flat_map(move |a| (a + 1..lists).map(move |b| 1 << a | 1 << b))
}

fn by_size_then_lists(a: u32, b: u32) -> Ordering {
    a.count_ones().cmp(&b.count_ones()).then(by_lists(a, b))
}

/// Sets in the order of their ascending list numbers: 12 before 13 before 23.
fn by_lists(a: u32, b: u32) -> Ordering {
    // The lowest list in which they differ decides: whoever has it comes first.
    let differ = a ^ b;
    if differ == 0 {
        return Ordering::Equal;
    }
    let lowest = differ & differ.wrapping_neg();
    if a & lowest != 0 { Ordering::Less } else { Ordering::Greater }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn generators_are_written_largest_first() {
        let model = Model::closed(5, [0b00011, 0b10100, 0b01101]);
        assert_eq!(model.to_string(), "[134,12,35]");
        assert_eq!(Model::parse("[12,35,341]", 5).unwrap(), model);
    }

    #[test]
    fn ten_lists_are_written_with_points() {
        let model = Model::closed(10, [1 << 9 | 1]);
        assert_eq!(model.to_string(), "[1.10,2,3,4,5,6,7,8,9]");
        assert_eq!(Model::parse(&model.to_string(), 10).unwrap(), model);
    }

    #[test]
    fn pairs_come_in_the_order_of_the_literature() {
        let order: Vec<u32> = pairs(4).collect();
        assert_eq!(order, [0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100]);
        let model = Model::all_pairs(4);
        assert_eq!(model.terms()[5..], order);
    }

    #[test]
    fn a_model_of_a_list_that_does_not_exist_is_refused() {
        assert!(Model::parse("[14,2]", 3).is_err());
        assert!(Model::parse("12,3", 3).is_err());
    }
}
