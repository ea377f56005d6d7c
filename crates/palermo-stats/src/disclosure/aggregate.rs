//! Counts of attribute combinations, protected so that they may be shown.
//!
//! **What it does.** Every combination of up to L attributes is counted; a
//! count below k is dropped, and the others are rounded *down* to a multiple of
//! k. A reader then knows of a shown count v only that the truth lies in
//! v … v + k − 1, and of a missing combination only that it is below k.
//!
//! **What it assumes.** One record for each person. Attackers know the method.
//!
//! **When not to use it.** When the same data are released often with small
//! changes: the rounded counts change only at multiples of k, but an attacker
//! who knows all but one record sees the step. [`super::releases`] refuses such
//! releases; differential privacy ([`super::dp`]) is the stronger answer.
//!
//! ```
//! use palermo_stats::disclosure::{Attributes, RawCombinations, Records, Threshold};
//! let text = format!("form,region\n{}{}", "labour,north\n".repeat(12), "labour,south\n".repeat(3));
//! let records = Records::from_csv(text.as_bytes())?;
//! let attributes = Attributes::of::<&str>(&records, &[])?;
//! let raw = RawCombinations::count(&attributes, 2)?;
//! let shown = raw.protect(Threshold::new(5)?).attack(&[])?;
//! let mut text = Vec::new();
//! shown.write_tsv(&mut text)?;
//! assert_eq!(
//!     String::from_utf8_lossy(&text),
//!     "selections\tprotected_count\nform:labour\t15\nform:labour;region:north\t10\n\
//!      record_count\t15\nregion:north\t10\n"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::combinations::{Key, LONGEST, count, unpack};
use super::error::DisclosureError;
use super::records::Attributes;
use super::releases::{Finding, Release, difference_findings};
use super::threshold::Threshold;
use std::io::Write;

/// True counts of combinations. Cannot be written out; see [`RawCombinations::protect`].
#[derive(Clone)]
pub struct RawCombinations {
    pub(crate) names: Vec<String>,
    pub(crate) by_length: Vec<Vec<(Key, u32)>>,
    records: u64,
}

impl std::fmt::Debug for RawCombinations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawCombinations").field("longest", &self.by_length.len()).finish()
    }
}

/// How many combinations of one length there are, and how many are rare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct LengthSummary {
    /// Distinct combinations.
    pub combinations: usize,
    /// Sum of their counts.
    pub sum: u64,
    /// Combinations that a single record has.
    pub unique: usize,
    /// Combinations of 1 to k − 1 records.
    pub rare: usize,
}

impl RawCombinations {
    /// Counts every combination of 1 to `length` attributes.
    ///
    /// # Errors
    /// When `length` is 0 or above [`LONGEST`].
    pub fn count(attributes: &Attributes, length: usize) -> Result<Self, DisclosureError> {
        Self::count_frequent(attributes, length, 1)
    }

    /// Counts only combinations of at least `least` records, which is all a
    /// protected release needs and much faster for long combinations: a part of
    /// a combination is never rarer than the whole.
    ///
    /// # Errors
    /// As [`RawCombinations::count`].
    pub fn count_frequent(
        attributes: &Attributes,
        length: usize,
        least: u32,
    ) -> Result<Self, DisclosureError> {
        if length == 0 || length > LONGEST {
            return Err(DisclosureError::Setting(format!(
                "combinations of length `{length}` cannot be counted; choose 1 to {LONGEST}"
            )));
        }
        Ok(Self {
            names: attributes.names.clone(),
            by_length: count(attributes, length, least),
            records: attributes.len() as u64,
        })
    }

    /// The longest combination counted.
    #[must_use]
    pub fn length(&self) -> usize {
        self.by_length.len()
    }

    /// The true count of a combination of attribute names, 0 when it does not
    /// occur. For checks inside the office that holds the records.
    #[must_use]
    pub fn count_of(&self, selection: &[&str]) -> u32 {
        let mut items = Vec::with_capacity(selection.len());
        for name in selection {
            match self.names.binary_search_by(|n| n.as_str().cmp(name)) {
                Ok(at) => items.push(at as u16),
                Err(_) => return 0,
            }
        }
        items.sort_unstable();
        let Some(table) = items.len().checked_sub(1).and_then(|at| self.by_length.get(at)) else {
            return 0;
        };
        let key = super::combinations::pack(&items);
        table.binary_search_by_key(&key, |entry| entry.0).map_or(0, |at| table[at].1)
    }

    /// A summary for each length, with rarity measured against `k`.
    #[must_use]
    pub fn summary(&self, k: u32) -> Vec<LengthSummary> {
        self.by_length
            .iter()
            .map(|table| LengthSummary {
                combinations: table.len(),
                sum: table.iter().map(|entry| u64::from(entry.1)).sum(),
                unique: table.iter().filter(|entry| entry.1 == 1).count(),
                rare: table.iter().filter(|entry| entry.1 < k).count(),
            })
            .collect()
    }

    /// Drops counts below k and rounds the others down to a multiple of k.
    #[must_use]
    pub fn protect(&self, threshold: Threshold) -> ProtectedCombinations {
        let by_length = self
            .by_length
            .iter()
            .map(|table| {
                table
                    .iter()
                    .filter(|entry| entry.1 >= threshold.get())
                    .map(|entry| (entry.0, threshold.floor(u64::from(entry.1)) as u32))
                    .collect()
            })
            .collect();
        let records = threshold.floor(self.records);
        ProtectedCombinations { names: self.names.clone(), by_length, records, threshold }
    }
}

/// Rounded counts that have not yet been attacked. Cannot be written out.
#[derive(Clone)]
pub struct ProtectedCombinations {
    pub(crate) names: Vec<String>,
    pub(crate) by_length: Vec<Vec<(Key, u32)>>,
    records: u64,
    threshold: Threshold,
}

impl std::fmt::Debug for ProtectedCombinations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProtectedCombinations").field("threshold", &self.threshold).finish()
    }
}

/// Why a release was refused: what an attacker would have learnt.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the release was refused: `{}` counts of fewer than {k} people could be worked out, first {}", findings.len(), findings.first().map_or_else(String::new, ToString::to_string))]
pub struct RefusedRelease {
    /// The threshold that would have been broken.
    pub k: u32,
    /// Everything found.
    pub findings: Vec<Finding>,
}

impl ProtectedCombinations {
    /// Attacks the release alone and together with all earlier ones; only when
    /// that fails may it be written.
    ///
    /// # Errors
    /// With the findings, when some difference shows 1 to k − 1 people.
    pub fn attack(self, earlier: &[Release]) -> Result<PublishableCombinations, RefusedRelease> {
        let entries = self.entries();
        let release = Release::rounded("this release", self.threshold, entries);
        let findings = difference_findings(&release, earlier, self.threshold);
        if findings.is_empty() {
            Ok(PublishableCombinations { threshold: self.threshold, release })
        } else {
            Err(RefusedRelease { k: self.threshold.get(), findings })
        }
    }

    fn entries(&self) -> Vec<(String, u64)> {
        entries(&self.names, &self.by_length, self.records)
    }
}

/// The name under which the number of records is published.
pub(crate) const RECORD_COUNT: &str = "record_count";

pub(crate) fn entries(
    names: &[String],
    by_length: &[Vec<(Key, u32)>],
    records: u64,
) -> Vec<(String, u64)> {
    let mut out: Vec<(String, u64)> = Vec::with_capacity(by_length.iter().map(Vec::len).sum());
    if records > 0 {
        out.push((RECORD_COUNT.to_owned(), records));
    }
    for (at, table) in by_length.iter().enumerate() {
        for &(key, shown) in table {
            let mut text = String::new();
            for item in unpack(key, at + 1) {
                if !text.is_empty() {
                    text.push(';');
                }
                text.push_str(&names[usize::from(item)]);
            }
            out.push((text, u64::from(shown)));
        }
    }
    out.sort();
    out
}

/// Rounded counts that withstood the attack. The only kind that can be written.
#[derive(Debug, Clone)]
pub struct PublishableCombinations {
    threshold: Threshold,
    release: Release,
}

impl PublishableCombinations {
    /// The threshold the counts are rounded to.
    #[must_use]
    pub fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// The shown combinations in byte order, with their rounded counts.
    #[must_use]
    pub fn entries(&self) -> &[(String, u64)] {
        self.release.entries()
    }

    /// The release as later releases will be compared with it.
    #[must_use]
    pub fn as_release(&self) -> &Release {
        &self.release
    }

    /// Writes tab-separated `selections` and `protected_count`, one combination
    /// a line in byte order, attributes joined by `;`. The number of records,
    /// rounded like every count, stands among them as `record_count`.
    ///
    /// # Errors
    /// What the writer refused.
    pub fn write_tsv<W: Write>(&self, writer: W) -> std::io::Result<()> {
        write_entries(writer, self.entries())
    }
}

pub(crate) fn write_entries<W: Write>(writer: W, entries: &[(String, u64)]) -> std::io::Result<()> {
    let mut writer = std::io::BufWriter::new(writer);
    writeln!(writer, "selections\tprotected_count")?;
    for (selection, shown) in entries {
        writeln!(writer, "{selection}\t{shown}")?;
    }
    writer.flush()
}
