//! Noisy counts of attribute combinations under differential privacy.
//!
//! **Steps**, all charged to one [`Spent`] loss ρ:
//! 1. *Sizes* (2 % of ρ): a noisy histogram of how many attributes records
//!    have. It gives the published number of records (never the exact one) and
//!    the cap M: records with more attributes lend only M of them, drawn at
//!    random. The candidates for M are 1 … number of columns, which is public.
//! 2. *Single attributes*: noise of variance M/(2ρ₁). Attributes are not taken
//!    as known: one is shown only above a threshold that an attribute of a
//!    single person passes with probability at most δ/2.
//! 3. *Combinations* of k = 2 … R: noise of variance C(M, k)/(2ρ_k) on **every**
//!    combination of shown attributes of different columns whose parts passed,
//!    whether anybody has it or not.
//!
//! **When not to use it.** Small files: noise of this size needs thousands of
//! records before pairs mean anything, which the report shows. A declared list
//! of attributes would save the threshold and is not offered here.
//!
//! Differences to the anchor, on purpose: the number of records is noisy, the
//! cap is not chosen from a private range, noise is discrete and exact.

use super::accountant::Spent;
use super::noise::{NoiseSource, Variance};
use super::parameters::{adaptive_threshold, discovery_threshold};
use crate::disclosure::combinations::{Key, count, pack, unpack};
use crate::disclosure::error::DisclosureError;
use crate::disclosure::records::Attributes;
use std::collections::HashMap;

const SIZE_SHARE: f64 = 0.02;

/// How the loss is spent.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginalSettings {
    /// The longest combinations, 1 to 4.
    pub length: usize,
    /// Weight of each length in the loss that is left after the sizes; as many
    /// as `length`.
    pub weights: Vec<f64>,
    /// Share of records that may lose attributes to the cap.
    pub capped_share: f64,
    /// Probability η/2 that a combination nobody has passes its threshold.
    pub fabrication: f64,
}

impl MarginalSettings {
    /// Settings for publishing aggregates up to a length: each length gets
    /// twice the loss of the one before.
    #[must_use]
    pub fn aggregates(length: usize) -> Self {
        Self {
            length,
            weights: (0..length).map(|at| f64::from(1_u32 << at)).collect(),
            capped_share: 0.02,
            fabrication: 0.01,
        }
    }

    /// Settings for synthesis: pairs carry nearly everything.
    #[must_use]
    pub fn synthesis() -> Self {
        Self { length: 2, weights: vec![1.0, 6.0], capped_share: 0.05, fabrication: 0.01 }
    }
}

/// Noisy counts. Everything in here is safe to publish.
#[derive(Debug, Clone)]
pub struct NoisyMarginals {
    pub(crate) names: Vec<String>,
    pub(crate) column: Vec<u16>,
    pub(crate) code: Vec<u16>,
    /// For each length the noisy counts of all candidates, ascending by key.
    pub(crate) counts: Vec<Vec<(Key, i64)>>,
    /// Standard deviation of the noise of each length.
    pub(crate) sigmas: Vec<f64>,
    thresholds: Vec<f64>,
    records: i64,
    cap: usize,
}

/// Draws noisy counts.
///
/// # Errors
/// When the settings are inconsistent, no attribute passes the threshold, or
/// the operating system gives no randomness.
pub fn noisy_marginals(
    sensitive: &Attributes,
    settings: &MarginalSettings,
    spent: Spent,
    noise: &mut NoiseSource,
) -> Result<NoisyMarginals, DisclosureError> {
    check(settings)?;
    if spent.delta() <= 0.0 {
        return Err(DisclosureError::Setting(
            "noisy counts need a share of delta, because their attributes are not declared"
                .to_owned(),
        ));
    }
    let columns = sensitive.columns;
    let size_variance = Variance::at_least(1.0 / (2.0 * spent.rho() * SIZE_SHARE))?;
    let (records, cap) = sizes(sensitive, columns, settings.capped_share, size_variance, noise)?;
    let weight: f64 = settings.weights.iter().sum();
    let capped = cap_records(sensitive, cap, noise)?;
    let truth = count(&capped, settings.length, 1);
    let mut out = NoisyMarginals {
        names: sensitive.names.clone(),
        column: sensitive.column.clone(),
        code: sensitive.code.clone(),
        counts: Vec::new(),
        sigmas: Vec::new(),
        thresholds: Vec::new(),
        records: records.max(0),
        cap,
    };
    for length in 1..=settings.length {
        let rho = spent.rho() * (1.0 - SIZE_SHARE) * settings.weights[length - 1] / weight;
        let moved = choose(cap, length);
        let variance = Variance::at_least(moved / (2.0 * rho))?;
        let real: HashMap<Key, u32> = truth[length - 1].iter().copied().collect();
        let candidates = out.candidates(length);
        let mut noisy = Vec::with_capacity(candidates.len());
        for key in candidates {
            let shown =
                i64::from(real.get(&key).copied().unwrap_or(0)) + noise.gaussian(variance)?;
            noisy.push((key, shown));
        }
        let sigma = variance.value().sqrt();
        let threshold = if length == 1 {
            // One more than for continuous noise, whose tail the discrete one
            // exceeds by at most a step.
            1.0 + discovery_threshold(sigma / (cap as f64).sqrt(), cap as u32, 2.0 * spent.delta())
        } else {
            adaptive_threshold(sigma, 1, 2.0 * settings.fabrication)
        };
        if length == 1 {
            noisy.retain(|entry| entry.1 as f64 > threshold);
        }
        out.counts.push(noisy);
        out.sigmas.push(sigma);
        out.thresholds.push(threshold);
    }
    out.forget_undiscovered();
    if out.counts[0].is_empty() {
        return Err(DisclosureError::Setting(
            "at this epsilon no attribute stands out from the noise; there is nothing to release"
                .to_owned(),
        ));
    }
    Ok(out)
}

fn check(settings: &MarginalSettings) -> Result<(), DisclosureError> {
    let sound = (1..=4).contains(&settings.length)
        && settings.weights.len() == settings.length
        && settings.weights.iter().all(|w| *w > 0.0 && w.is_finite())
        && (0.0..1.0).contains(&settings.capped_share)
        && settings.fabrication > 0.0
        && settings.fabrication < 0.5;
    if sound {
        Ok(())
    } else {
        Err(DisclosureError::Setting(
            "the settings of the noisy counts contradict each other".to_owned(),
        ))
    }
}

// A noisy histogram of record sizes: one person changes one bar by one.
fn sizes(
    sensitive: &Attributes,
    columns: usize,
    share: f64,
    variance: Variance,
    noise: &mut NoiseSource,
) -> Result<(i64, usize), DisclosureError> {
    let mut bars = vec![0_i64; columns + 1];
    for row in 0..sensitive.len() {
        bars[sensitive.row(row).len().min(columns)] += 1;
    }
    for bar in &mut bars {
        *bar += noise.gaussian(variance)?;
    }
    let total: i64 = bars.iter().sum();
    let mut above = total;
    for (size, bar) in bars.iter().enumerate() {
        above -= bar;
        if size >= 1 && above as f64 <= share * total as f64 {
            return Ok((total, size));
        }
    }
    Ok((total, columns.max(1)))
}

fn cap_records(
    sensitive: &Attributes,
    cap: usize,
    noise: &mut NoiseSource,
) -> Result<Attributes, DisclosureError> {
    let mut rows = Vec::with_capacity(sensitive.len());
    for row in 0..sensitive.len() {
        let mut items = sensitive.row(row).to_vec();
        while items.len() > cap {
            let at = noise.below(items.len() as u128)? as usize;
            items.swap_remove(at);
        }
        rows.push(items);
    }
    Ok(Attributes::with_rows(sensitive, &rows))
}

pub(crate) fn choose(n: usize, k: usize) -> f64 {
    (0..k).fold(1.0, |out, at| out * n.saturating_sub(at) as f64 / (at + 1) as f64).max(1.0)
}

impl NoisyMarginals {
    // Every attribute, or every combination of different columns whose parts
    // passed their thresholds: a function of what is already noisy.
    fn candidates(&self, length: usize) -> Vec<Key> {
        if length == 1 {
            return (0..self.names.len() as Key).collect();
        }
        let singles: Vec<u16> = self.counts[0].iter().map(|entry| entry.0 as u16).collect();
        if length == 2 {
            // Pairs of all shown attributes: zeros get noise like the rest.
            let mut out = Vec::new();
            for (at, &a) in singles.iter().enumerate() {
                for &b in singles[at + 1..].iter().filter(|&&b| self.apart(a, b)) {
                    out.push(pack(&[a, b]));
                }
            }
            return out;
        }
        let passed: std::collections::HashSet<Key> =
            self.passed(length - 1).map(|entry| entry.0).collect();
        let mut out = Vec::new();
        for (key, _) in self.passed(length - 1) {
            let items = unpack(key, length - 1);
            let last = items[length - 2];
            for &next in singles.iter().filter(|&&s| s > last) {
                let mut whole = items.clone();
                whole.push(next);
                let parts_passed = (0..length - 1).all(|skip| {
                    let part: Vec<u16> = whole
                        .iter()
                        .enumerate()
                        .filter(|&(i, _)| i != skip)
                        .map(|(_, &item)| item)
                        .collect();
                    passed.contains(&pack(&part))
                });
                if parts_passed && items.iter().all(|&item| self.apart(item, next)) {
                    out.push(pack(&whole));
                }
            }
        }
        out
    }

    fn apart(&self, a: u16, b: u16) -> bool {
        self.column[usize::from(a)] != self.column[usize::from(b)]
    }

    fn passed(&self, length: usize) -> impl Iterator<Item = (Key, i64)> + '_ {
        let threshold = self.thresholds[length - 1];
        self.counts[length - 1].iter().copied().filter(move |entry| entry.1 as f64 > threshold)
    }

    // An attribute below the threshold may exist because of one person: its
    // name and its codes must not stay in memory that gets written.
    fn forget_undiscovered(&mut self) {
        let mut known = vec![false; self.names.len()];
        for entry in &self.counts[0] {
            known[entry.0 as usize] = true;
        }
        for (name, known) in self.names.iter_mut().zip(&known) {
            if !known {
                name.clear();
            }
        }
    }

    /// The noisy number of records.
    #[must_use]
    pub fn records(&self) -> i64 {
        self.records
    }

    /// The most attributes a record could lend.
    #[must_use]
    pub fn cap(&self) -> usize {
        self.cap
    }

    /// Standard deviation of the noise at each length.
    #[must_use]
    pub fn sigmas(&self) -> &[f64] {
        &self.sigmas
    }

    /// The combinations above their thresholds with their noisy counts, made
    /// consistent: none exceeds any of its parts, none is below 1.
    #[must_use]
    pub fn entries(&self) -> Vec<(String, u64)> {
        let tables = self.shown();
        crate::disclosure::aggregate::entries(&self.names, &tables, self.records.max(0) as u64)
    }

    pub(crate) fn shown(&self) -> Vec<Vec<(Key, u32)>> {
        let mut out: Vec<Vec<(Key, u32)>> = Vec::new();
        for length in 1..=self.counts.len() {
            let mut table = Vec::new();
            for (key, noisy) in self.passed(length) {
                let items = unpack(key, length);
                let mut shown = u32::try_from(noisy.max(1)).unwrap_or(u32::MAX);
                let mut complete = true;
                if length > 1 {
                    for skip in 0..length {
                        let part: Vec<u16> = items
                            .iter()
                            .enumerate()
                            .filter(|&(at, _)| at != skip)
                            .map(|(_, &item)| item)
                            .collect();
                        let below: &Vec<(Key, u32)> = &out[length - 2];
                        match below.binary_search_by_key(&pack(&part), |entry| entry.0) {
                            Ok(at) => shown = shown.min(below[at].1),
                            Err(_) => complete = false,
                        }
                    }
                }
                if complete {
                    table.push((key, shown));
                }
            }
            out.push(table);
        }
        out
    }

    /// Writes the entries in the combinations format.
    ///
    /// # Errors
    /// What the writer refused.
    pub fn write_tsv<W: std::io::Write>(&self, writer: W) -> std::io::Result<()> {
        crate::disclosure::aggregate::write_entries(writer, &self.entries())
    }
}
