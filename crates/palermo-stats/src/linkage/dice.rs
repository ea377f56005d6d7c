//! Pairs of codes with a Dice coefficient 2|a∧b| / (|a| + |b|) of at least a
//! threshold.
//!
//! Codes are ordered by their number of bits, so that pairs whose numbers alone
//! rule them out (2·min / (|a| + |b|) below the threshold) are never looked at;
//! the rest is compared in blocks that stay in the cache, with the widest
//! instructions the machine has, chosen when the program runs.

use super::LinkError;
use super::assign::{Pair, sort};
use super::clk::Filters;
use super::popcount::Kernel;
use rayon::prelude::*;

/// Codes of the first list compared together.
const ROWS: usize = 64;
/// Codes of the second list compared together; with 1,024 bits a block is 32 KiB.
const COLUMNS: usize = 256;
/// Most pairs held.
const MOST_PAIRS: usize = 50_000_000;

/// Codes in ascending order of their number of bits; those of the second list in
/// tiles of [`COLUMNS`], each arranged for the kernel.
struct Ordered {
    words: Vec<u64>,
    counts: Vec<u32>,
    places: Vec<usize>,
}

impl Ordered {
    fn new(filters: &Filters) -> Self {
        let mut places: Vec<usize> = (0..filters.len()).collect();
        let count = |&place: &usize| filters.counts().get(place).copied().unwrap_or(0);
        places.sort_by_key(count);
        Self {
            words: places.iter().flat_map(|&place| filters.code(place).iter().copied()).collect(),
            counts: places.iter().map(count).collect(),
            places,
        }
    }
}

fn coefficient(shared: u32, a: u32, b: u32) -> f64 {
    if a + b == 0 { 0.0 } else { f64::from(2 * shared) / f64::from(a + b) }
}

/// All pairs with a Dice coefficient of at least `threshold`, most alike first,
/// then by place in the lists.
///
/// # Errors
/// When the codes have different lengths, the threshold is not in (0, 1], or more
/// than 50 million pairs reach it.
///
/// # Example
/// ```
/// use palermo_stats::linkage::{clk::Filters, dice::similar_pairs};
///
/// let ours = Filters::from_bytes(8, &[vec![0b1111_0000]])?;
/// let theirs = Filters::from_bytes(8, &[vec![0b0000_1111], vec![0b1110_0000]])?;
/// let found = similar_pairs(&ours, &theirs, 0.8)?;
/// assert_eq!((found[0].b, found[0].score), (1, 6.0 / 7.0));
/// assert_eq!(found.len(), 1);
/// # Ok::<(), palermo_stats::linkage::LinkError>(())
/// ```
pub fn similar_pairs(a: &Filters, b: &Filters, threshold: f64) -> Result<Vec<Pair>, LinkError> {
    if !(threshold > 0.0 && threshold <= 1.0) {
        return Err(LinkError::Threshold(threshold));
    }
    if a.is_empty() || b.is_empty() {
        return Ok(Vec::new());
    }
    if a.bits() != b.bits() {
        let (a, b) = (a.bits(), b.bits());
        return Err(LinkError::Lengths { a, b });
    }
    let width = a.words_per_code();
    let (rows, mut columns) = (Ordered::new(a), Ordered::new(b));
    let kernel = Kernel::best();
    columns.words = columns
        .words
        .chunks((COLUMNS * width).max(1))
        .flat_map(|tile| kernel.arrange(tile, width))
        .collect();
    let blocks: Vec<Vec<Pair>> = (0..rows.counts.len().div_ceil(ROWS))
        .into_par_iter()
        .map(|block| compare_block(&rows, &columns, block * ROWS, width, threshold, kernel))
        .collect();
    if blocks.iter().map(Vec::len).sum::<usize>() > MOST_PAIRS {
        return Err(LinkError::TooMany(MOST_PAIRS));
    }
    let mut pairs: Vec<Pair> = blocks.into_iter().flatten().collect();
    sort(&mut pairs);
    Ok(pairs)
}

fn compare_block(
    rows: &Ordered,
    columns: &Ordered,
    first: usize,
    width: usize,
    threshold: f64,
    kernel: Kernel,
) -> Vec<Pair> {
    let last = (first + ROWS).min(rows.counts.len());
    let mut pairs = Vec::new();
    let mut shared = [0u32; COLUMNS];
    for start in (0..columns.counts.len()).step_by(COLUMNS) {
        let end = (start + COLUMNS).min(columns.counts.len());
        // Full tiles keep their length when arranged; the last one may have grown.
        let until = if end - start == COLUMNS { end * width } else { columns.words.len() };
        let (Some(counts), Some(words)) =
            (columns.counts.get(start..end), columns.words.get(start * width..until))
        else {
            continue;
        };
        let (Some(&fewest), Some(&most)) = (counts.first(), counts.last()) else {
            continue;
        };
        for row in first..last {
            let (Some(&ones), Some(code)) =
                (rows.counts.get(row), rows.words.get(row * width..(row + 1) * width))
            else {
                continue;
            };
            // The best this block could do if one code contained the other.
            let nearest = ones.clamp(fewest, most);
            if coefficient(ones.min(nearest), ones, nearest) < threshold {
                continue;
            }
            let need = (threshold * f64::from(ones + fewest) / 2.0 - 1e-6).ceil().max(0.0) as u32;
            if kernel.shared(code, words, &mut shared) < need {
                continue;
            }
            for (place, (&both, &other)) in shared.iter().zip(counts).enumerate() {
                if both >= need {
                    let score = coefficient(both, ones, other);
                    if score >= threshold {
                        pairs.push(Pair {
                            a: rows.places.get(row).copied().unwrap_or(row),
                            b: columns.places.get(start + place).copied().unwrap_or(place),
                            score,
                        });
                    }
                }
            }
            if pairs.len() > MOST_PAIRS {
                return pairs;
            }
        }
    }
    pairs
}
