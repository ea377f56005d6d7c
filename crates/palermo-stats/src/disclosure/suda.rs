//! Special uniques (SUDA2): which records stand out on few keys.
//!
//! A *minimal sample unique* (MSU) of a record is a set of keys on which it is
//! unique, no proper subset of which makes it unique. The smaller and the more
//! numerous its MSUs, the easier a record is to recognise. With m keys and MSUs
//! of sizes s₁, s₂, …, the score is Σ (m − s_i)! (Elliot, Manning & Ford 2002;
//! Manning, Haglin & Keane 2008).
//!
//! **Missing values**: a set of keys is considered for a record only when the
//! record has all of them.
//!
//! **When not to use it.** With more than about fifteen keys the number of key
//! sets is the limit; cap the size of the sets. The score orders records; it is
//! not a probability. The DIS score that some programs derive from it is not
//! given here, because its calibration is not published in enough detail.

use super::error::DisclosureError;
use super::records::Records;
use std::collections::HashMap;

/// What makes one record special.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpecialUnique {
    /// Σ (m − s)! over the record's minimal sample uniques.
    pub score: u64,
    /// The minimal sample uniques, each as a set of keys: bit i is key i.
    pub minimal: Vec<u32>,
}

/// Finds every minimal sample unique of up to `largest` keys for each record.
///
/// ```
/// use palermo_stats::disclosure::{special_uniques, Records};
/// let keys = Records::from_csv("sex,age,place\nf,20,a\nf,30,a\nm,20,a\nm,30,b\n".as_bytes())?;
/// let found = special_uniques(&keys, 3)?;
/// // The last record is unique by place alone (2! = 2) and by sex with age (1! = 1).
/// assert_eq!(found[3].score, 3);
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
///
/// # Errors
/// When there are more than 20 keys.
pub fn special_uniques(
    keys: &Records,
    largest: usize,
) -> Result<Vec<SpecialUnique>, DisclosureError> {
    let m = keys.columns().len();
    if m > 20 {
        return Err(DisclosureError::TooLarge(format!(
            "`{m}` keys are more than the 20 this method holds"
        )));
    }
    let mut out = vec![SpecialUnique::default(); keys.len()];
    let mut sets: Vec<u32> =
        (1..1_u32 << m).filter(|s| s.count_ones() as usize <= largest).collect();
    sets.sort_by_key(|s| (s.count_ones(), *s));
    for set in sets {
        let columns: Vec<&[u16]> = (0..m)
            .filter(|key| set >> key & 1 == 1)
            .map(|key| keys.columns()[key].codes())
            .collect();
        let mut seen: HashMap<Vec<u16>, (usize, bool)> = HashMap::new();
        for row in 0..keys.len() {
            let value: Vec<u16> = columns.iter().map(|codes| codes[row]).collect();
            if !value.contains(&0) {
                seen.entry(value).and_modify(|first| first.1 = false).or_insert((row, true));
            }
        }
        let worth: u64 = (1..=(m as u64 - u64::from(set.count_ones()))).product();
        for (row, single) in seen.into_values() {
            let record = &mut out[row];
            if single && !record.minimal.iter().any(|&smaller| smaller & !set == 0) {
                record.minimal.push(set);
                record.score += worth;
            }
        }
    }
    Ok(out)
}
