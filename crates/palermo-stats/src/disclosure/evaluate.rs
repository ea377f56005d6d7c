//! How useful a synthesis or an aggregate is, and whether it leaks.
//!
//! Both sides are counted in full up to a length, and compared combination by
//! combination:
//!
//! - *leaked*: shown, and in truth 1 to k − 1 people have it;
//! - *fabricated*: shown, and in truth nobody has it;
//! - *error*: mean of |shown − true| / true over the combinations of at least k
//!   people, a missing one counting as shown 0;
//! - *preserved*: percentage of those combinations that are shown at all.
//!
//! Leaked and fabricated are 0 for every k-protected method here, at every
//! length; for the differentially private ones they are reported and not a
//! fault, because the noise makes any single combination deniable.

use super::combinations::{Key, count};
use super::error::DisclosureError;
use super::records::Attributes;

/// The comparison at one length of combination.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct LengthQuality {
    /// Attributes in the combination.
    pub length: usize,
    /// Distinct combinations in the records.
    pub sensitive: usize,
    /// Of these, combinations of at least k records.
    pub common: usize,
    /// Of these, combinations of 1 to k − 1 records.
    pub rare: usize,
    /// Distinct combinations shown.
    pub shown: usize,
    /// Shown and rare in truth.
    pub leaked: usize,
    /// Shown and absent in truth.
    pub fabricated: usize,
    /// Mean true count of the common combinations.
    pub mean_count: f64,
    /// Mean absolute error over the common combinations.
    pub mean_absolute_error: f64,
    /// Mean proportional error over the common combinations.
    pub mean_proportional_error: f64,
    /// Percentage of the common combinations that are shown.
    pub preserved_percent: f64,
}

/// Compares synthetic with sensitive records up to `length` attributes.
///
/// # Errors
/// When the two do not share their attribute names, or `length` is out of range.
pub fn compare(
    sensitive: &Attributes,
    synthetic: &Attributes,
    length: usize,
    k: u32,
) -> Result<Vec<LengthQuality>, DisclosureError> {
    if length == 0 || length > super::combinations::LONGEST {
        return Err(DisclosureError::Setting(format!("length `{length}` is out of range")));
    }
    // A name that noise kept hidden is blank on the synthetic side.
    let same = sensitive.names.len() == synthetic.names.len()
        && sensitive.names.iter().zip(&synthetic.names).all(|(a, b)| a == b || b.is_empty());
    if !same {
        return Err(DisclosureError::Inconsistent(
            "the two sets of records have different attributes".to_owned(),
        ));
    }
    let truth = count(sensitive, length, 1);
    let shown = count(synthetic, length, 1);
    Ok(truth
        .iter()
        .zip(&shown)
        .enumerate()
        .map(|(at, (truth, shown))| quality(at + 1, truth, shown, k))
        .collect())
}

/// Compares two sorted count tables of one length.
pub(crate) fn quality(
    length: usize,
    truth: &[(Key, u32)],
    shown: &[(Key, u32)],
    k: u32,
) -> LengthQuality {
    let mut out = LengthQuality {
        length,
        sensitive: truth.len(),
        common: 0,
        rare: 0,
        shown: shown.len(),
        leaked: 0,
        fabricated: 0,
        mean_count: 0.0,
        mean_absolute_error: 0.0,
        mean_proportional_error: 0.0,
        preserved_percent: 0.0,
    };
    let mut at = 0;
    let mut preserved = 0_usize;
    for &(key, real) in truth {
        while at < shown.len() && shown[at].0 < key {
            out.fabricated += 1;
            at += 1;
        }
        let seen = if at < shown.len() && shown[at].0 == key {
            at += 1;
            Some(shown[at - 1].1)
        } else {
            None
        };
        if real < k {
            out.rare += 1;
            out.leaked += usize::from(seen.is_some());
            continue;
        }
        out.common += 1;
        preserved += usize::from(seen.is_some());
        let error = f64::from(seen.unwrap_or(0)) - f64::from(real);
        out.mean_count += f64::from(real);
        out.mean_absolute_error += error.abs();
        out.mean_proportional_error += error.abs() / f64::from(real);
    }
    out.fabricated += shown.len() - at;
    if out.common > 0 {
        let n = out.common as f64;
        out.mean_count /= n;
        out.mean_absolute_error /= n;
        out.mean_proportional_error /= n;
        out.preserved_percent = 100.0 * preserved as f64 / n;
    }
    out
}
