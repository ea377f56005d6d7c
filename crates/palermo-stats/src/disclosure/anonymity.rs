//! k-anonymity counts: how many records look like this one.
//!
//! For keys q₁ … q_m (what an attacker may know), fk of record i is the number
//! of records, itself included, that agree with it on every key (Samarati &
//! Sweeney 1998; Sweeney 2002). A record with fk = 1 is unique in the file.
//!
//! **Missing values** are read in two ways, and both are always given:
//! - *wildcard*: a missing value agrees with anything. This is what local
//!   suppression relies on, and it is the reading of sdcMicro;
//! - *category*: a missing value agrees only with a missing value. Smaller, and
//!   the safer reading where absence itself is informative.
//!
//! **"Fewer than k."** A record is at risk when fk < k, strictly. CTDC texts
//! word this in two ways that differ by one; the report counts both.
//!
//! **When not to use it.** k-anonymity says nothing of classes whose members
//! share a sensitive value: see [`homogeneous_classes`]. And it protects one
//! release only.

use super::error::DisclosureError;
use super::records::Records;
use rayon::prelude::*;
use std::collections::HashMap;

/// fk for each record, in file order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anonymity {
    /// Missing values agree with anything.
    pub wildcard: Vec<u32>,
    /// Missing values agree with missing values only.
    pub category: Vec<u32>,
}

/// How many records are at risk at a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct RiskCounts {
    /// Records with fk < k.
    pub below_k: usize,
    /// Records with fk < k − 1, the laxer wording found in practice.
    pub below_k_minus_1: usize,
    /// Records with fk = 1.
    pub unique: usize,
}

/// Counts fk over the keys (all columns of `keys`) in both readings.
///
/// ```
/// use palermo_stats::disclosure::{anonymity, Records};
/// let keys = Records::from_csv("age,form\n20,labour\n20,labour\n,labour\n".as_bytes())?;
/// let fk = anonymity(&keys);
/// assert_eq!(fk.wildcard, [3, 3, 3]);
/// assert_eq!(fk.category, [2, 2, 1]);
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
#[must_use]
pub fn anonymity(keys: &Records) -> Anonymity {
    let rows: Vec<Vec<u16>> = (0..keys.len())
        .map(|row| keys.columns().iter().map(|c| c.codes()[row]).collect())
        .collect();
    let mut pattern_of = Vec::with_capacity(rows.len());
    let mut index: HashMap<&[u16], u32> = HashMap::new();
    let mut patterns: Vec<(&[u16], u32)> = Vec::new();
    for row in &rows {
        let next = patterns.len() as u32;
        let at = *index.entry(row).or_insert(next);
        if at == next {
            patterns.push((row, 0));
        }
        patterns[at as usize].1 += 1;
        pattern_of.push(at);
    }
    let wild = wildcard_counts(keys, &patterns);
    Anonymity {
        wildcard: pattern_of.iter().map(|&at| wild[at as usize]).collect(),
        category: pattern_of.iter().map(|&at| patterns[at as usize].1).collect(),
    }
}

impl Anonymity {
    /// Records at risk in the wildcard reading.
    #[must_use]
    pub fn risk_wildcard(&self, k: u32) -> RiskCounts {
        risk(&self.wildcard, k)
    }

    /// Records at risk in the category reading.
    #[must_use]
    pub fn risk_category(&self, k: u32) -> RiskCounts {
        risk(&self.category, k)
    }
}

fn risk(counts: &[u32], k: u32) -> RiskCounts {
    RiskCounts {
        below_k: counts.iter().filter(|&&fk| fk < k).count(),
        below_k_minus_1: counts.iter().filter(|&&fk| fk + 1 < k).count(),
        unique: counts.iter().filter(|&&fk| fk == 1).count(),
    }
}

/// A class of records that look alike and all share one sensitive value, so
/// that belonging to the class gives the value away whatever its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomogeneousClass {
    /// The records of the class, by position in the file.
    pub records: Vec<usize>,
    /// The value they share.
    pub value: String,
}

/// Finds every class over `keys` (missing as category) whose members share
/// their value of `sensitive`. Missing sensitive values give nothing away.
///
/// # Errors
/// When a column does not exist.
pub fn homogeneous_classes(
    records: &Records,
    keys: &[&str],
    sensitive: &str,
) -> Result<Vec<HomogeneousClass>, DisclosureError> {
    let chosen = records.select(keys)?;
    let value = records.select(&[sensitive])?;
    let mut classes: HashMap<Vec<u16>, Vec<usize>> = HashMap::new();
    for row in 0..records.len() {
        let key: Vec<u16> = chosen.columns().iter().map(|c| c.codes()[row]).collect();
        classes.entry(key).or_default().push(row);
    }
    let codes = value.columns()[0].codes();
    let mut out: Vec<HomogeneousClass> = classes
        .into_values()
        .filter(|rows| codes[rows[0]] != 0 && rows.iter().all(|&row| codes[row] == codes[rows[0]]))
        .map(|rows| HomogeneousClass { value: value.field(rows[0], 0).to_owned(), records: rows })
        .collect();
    out.sort_by_key(|class| class.records[0]);
    Ok(out)
}

/// Keys packed side by side into one word, with a mask of what is present: two
/// records agree when `(a ^ b) & mask_a & mask_b` is zero.
pub(crate) struct Lanes {
    shifts: Vec<u32>,
    widths: Vec<u32>,
}

impl Lanes {
    /// `None` when the keys need more than 64 bits together.
    pub(crate) fn of(keys: &Records) -> Option<Self> {
        let mut shifts = Vec::new();
        let mut widths = Vec::new();
        let mut at = 0;
        for column in keys.columns() {
            let width = usize::BITS - column.values().len().saturating_sub(1).leading_zeros();
            shifts.push(at);
            widths.push(width);
            at += width;
        }
        (at <= 64).then_some(Self { shifts, widths })
    }

    /// The bits of one key.
    pub(crate) fn lane(&self, key: usize) -> u64 {
        if self.widths[key] == 0 {
            return 0;
        }
        (u64::MAX >> (64 - self.widths[key])) << self.shifts[key]
    }

    /// Value and presence mask of one record.
    pub(crate) fn pack(&self, codes: &[u16]) -> (u64, u64) {
        let mut value = 0;
        let mut mask = 0;
        for (key, &code) in codes.iter().enumerate() {
            if code != 0 {
                value |= u64::from(code) << self.shifts[key];
                mask |= self.lane(key);
            }
        }
        (value, mask)
    }
}

fn wildcard_counts(keys: &Records, patterns: &[(&[u16], u32)]) -> Vec<u32> {
    if let Some(lanes) = Lanes::of(keys) {
        let packed: Vec<(u64, u64)> = patterns.iter().map(|p| lanes.pack(p.0)).collect();
        let values: Vec<u64> = packed.iter().map(|p| p.0).collect();
        let masks: Vec<u64> = packed.iter().map(|p| p.1).collect();
        let weights: Vec<u32> = patterns.iter().map(|p| p.1).collect();
        return packed
            .par_iter()
            .map(|&(value, mask)| {
                values
                    .iter()
                    .zip(&masks)
                    .zip(&weights)
                    .map(|((&v, &m), &w)| if (value ^ v) & mask & m == 0 { w } else { 0 })
                    .sum()
            })
            .collect();
    }
    patterns
        .par_iter()
        .map(|(mine, _)| {
            patterns
                .iter()
                .filter(|(other, _)| {
                    mine.iter().zip(*other).all(|(&a, &b)| a == b || a == 0 || b == 0)
                })
                .map(|(_, weight)| weight)
                .sum()
        })
        .collect()
}
