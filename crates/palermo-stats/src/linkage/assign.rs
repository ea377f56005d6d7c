//! One-to-one assignment: each record of one list to at most one of the other.

/// Two records that may be the same, by their place in the lists (from 0).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Place in the first list.
    pub a: usize,
    /// Place in the second list.
    pub b: usize,
    /// How alike they are; more is more.
    pub score: f64,
}

/// Orders pairs by descending score, then by place in the first and second list.
pub fn sort(pairs: &mut [Pair]) {
    pairs.sort_unstable_by(|x, y| {
        y.score.total_cmp(&x.score).then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
    });
}

/// Takes pairs from the most alike downwards, skipping those with a record
/// already taken. Not the best assignment in total, but the customary one and
/// hardly different where links are clear.
///
/// # Example
/// ```
/// use palermo_stats::linkage::assign::{Pair, greedy};
///
/// let pair = |a, b, score| Pair { a, b, score };
/// let kept = greedy(vec![pair(0, 0, 0.8), pair(0, 1, 0.9), pair(1, 1, 0.85)]);
/// assert_eq!(kept, [pair(0, 1, 0.9)]);
/// ```
#[must_use]
pub fn greedy(mut pairs: Vec<Pair>) -> Vec<Pair> {
    sort(&mut pairs);
    let highest = |side: fn(&Pair) -> usize| pairs.iter().map(side).max().map_or(0, |top| top + 1);
    let mut taken_a = vec![false; highest(|pair| pair.a)];
    let mut taken_b = vec![false; highest(|pair| pair.b)];
    pairs.retain(|pair| {
        let (Some(a), Some(b)) = (taken_a.get_mut(pair.a), taken_b.get_mut(pair.b)) else {
            return false;
        };
        let free = !*a && !*b;
        if free {
            (*a, *b) = (true, true);
        }
        free
    });
    pairs
}
