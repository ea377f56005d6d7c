//! Differencing: what two releases tell together that neither tells alone.
//!
//! k-anonymity protects one release. If last month's table said 12 and this
//! month's says 13, one person arrived, and anyone who knows who arrived learns
//! the rest of the row. So each new release is compared with itself and with
//! all earlier ones: for every pair of shown cells where one is contained in
//! the other, the difference must be 0 or at least k.
//!
//! **Containment.** A cell is a set of attributes `column:value`; it lies in
//! another when it has all of the other's attributes, or attributes nested in
//! them (a district in its region) as the release's hierarchy says. The same
//! cell in two releases of a growing file is the plainest case.
//!
//! **Time.** A cell of another time counts other people: only where the time of one
//! lies within that of the other are the two compared. A release that does not say its
//! time is compared with all.
//!
//! **Rounding.** A count rounded down to a multiple of k stands for an interval
//! of k values, and a difference is a finding only when the interval of
//! possible differences lies inside 1 … k − 1 (or −(k − 1) … −1).
//!
//! **When not to use it.** It looks at pairs of cells and at one cell less all
//! its shown siblings. Sums over several columns need the linear programme of
//! [`super::audit`], and those over several releases [`super::linked_findings`].

use super::aggregate::RECORD_COUNT;
use super::audit::Shown;
use super::error::DisclosureError;
use super::threshold::Threshold;
use super::years::{Span, Years, column_of, parts_of};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One published set of counts, as an attacker holds it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Release {
    name: String,
    /// Width of the rounding: a shown count v means v … v + base − 1.
    base: u64,
    entries: Vec<(String, u64)>,
    #[serde(default)]
    parents: BTreeMap<String, String>,
    /// Cells of its tables that are not shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hidden: Vec<String>,
    /// The time over which its tables count; nothing for what is no table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<String>,
}

/// The attributes of a cell in byte order.
fn sorted(selection: &str) -> String {
    let mut parts: Vec<&str> = selection.split(';').filter(|part| !part.is_empty()).collect();
    parts.sort_unstable();
    parts.join(";")
}

impl Release {
    /// A release of exact counts.
    #[must_use]
    pub fn exact(name: &str, entries: Vec<(String, u64)>) -> Self {
        Self::with_base(name, 1, entries)
    }

    /// A release of counts rounded down to multiples of the threshold.
    #[must_use]
    pub fn rounded(name: &str, threshold: Threshold, entries: Vec<(String, u64)>) -> Self {
        Self::with_base(name, u64::from(threshold.get()), entries)
    }

    fn with_base(name: &str, base: u64, mut entries: Vec<(String, u64)>) -> Self {
        for entry in &mut entries {
            entry.0 = sorted(&entry.0);
        }
        entries.sort();
        let (parents, hidden, period) = (BTreeMap::new(), Vec::new(), None);
        Self { name: name.to_owned(), base, entries, parents, hidden, period }
    }

    /// Says that these are whole tables over a time, and which of their cells
    /// are not shown, so that [`super::linked_findings`] can use their sums.
    /// `period` is a year, a month or a day, or two of them divided by `/`.
    #[must_use]
    pub fn over(mut self, period: &str, hidden: Vec<String>) -> Self {
        self.hidden = hidden.iter().map(|label| sorted(label)).collect();
        self.period = Some(period.to_owned());
        self
    }

    /// Whether this is a time that [`Release::over`] understands.
    #[must_use]
    pub fn is_time(period: &str) -> bool {
        Span::of(period).is_some()
    }

    /// The same with every attribute as `spell` writes it, so that releases written in
    /// several ways can be laid beside each other. Nothing where two cells would become
    /// one.
    #[must_use]
    pub fn respelt(&self, spell: &dyn Fn(&str) -> String) -> Option<Self> {
        let label = |label: &str| {
            let parts: Vec<String> = parts_of(label).into_iter().map(spell).collect();
            if parts.is_empty() { label.to_owned() } else { sorted(&parts.join(";")) }
        };
        let mut entries: Vec<(String, u64)> =
            self.entries.iter().map(|(cell, count)| (label(cell), *count)).collect();
        entries.sort();
        let hidden: Vec<String> = self.hidden.iter().map(|cell| label(cell)).collect();
        let all: BTreeSet<&String> = entries.iter().map(|one| &one.0).chain(&hidden).collect();
        if all.len() < entries.len() + hidden.len() {
            return None;
        }
        let parents =
            self.parents.iter().map(|(inner, outer)| (spell(inner), spell(outer))).collect();
        let (name, base, period) = (self.name.clone(), self.base, self.period.clone());
        Some(Self { name, base, entries, parents, hidden, period })
    }

    /// The columns of its tables.
    #[must_use]
    pub fn columns(&self) -> BTreeSet<&str> {
        self.labels().flat_map(parts_of).map(column_of).collect()
    }

    /// Whether both are tables that may speak of the same time.
    #[must_use]
    pub fn may_meet(&self, other: &Self) -> bool {
        let (Some(own), Some(theirs)) = (self.period(), other.period()) else { return false };
        match (Span::of(own), Span::of(theirs)) {
            (Some(own), Some(theirs)) => own.meets(theirs),
            _ => true,
        }
    }

    /// Says that the attribute `inner` lies within `outer`, for example a
    /// district within its region.
    #[must_use]
    pub fn nested(mut self, inner: &str, outer: &str) -> Self {
        self.parents.insert(inner.to_owned(), outer.to_owned());
        self
    }

    /// Reads a release in the combinations format: tab-separated, a header, and
    /// `selections` with a count. `base` is 1 for exact counts, k for rounded ones.
    ///
    /// # Errors
    /// When a line has no whole number after its tab.
    pub fn read_tsv(name: &str, base: u64, text: &str) -> Result<Self, DisclosureError> {
        let mut entries = Vec::new();
        for (at, line) in text.lines().enumerate().skip(1).filter(|(_, l)| !l.is_empty()) {
            let (selection, shown) = line
                .rsplit_once('\t')
                .and_then(|(s, n)| n.trim().parse::<u64>().ok().map(|n| (s.to_owned(), n)))
                .ok_or_else(|| {
                    DisclosureError::Unreadable(format!(
                        "line {} of `{name}` is not a selection, a tab and a whole number",
                        at + 1
                    ))
                })?;
            entries.push((selection, shown));
        }
        Ok(Self::with_base(name, base.max(1), entries))
    }

    /// The cells in byte order.
    #[must_use]
    pub fn entries(&self) -> &[(String, u64)] {
        &self.entries
    }

    /// The release's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The time over which its tables count; nothing for what is no table.
    pub(super) fn period(&self) -> Option<&str> {
        self.period.as_deref()
    }

    /// Every cell, shown or not.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        self.entries
            .iter()
            .map(|entry| entry.0.as_str())
            .chain(self.hidden.iter().map(String::as_str))
    }

    /// Every cell with what is shown of it.
    pub(super) fn told(&self) -> impl Iterator<Item = (&str, Shown)> {
        let shown = |count: u64| match self.base {
            0 | 1 => Shown::Exact(count),
            base => Shown::Between(count, count + base - 1),
        };
        let entries = self.entries.iter().map(move |entry| (entry.0.as_str(), shown(entry.1)));
        entries.chain(self.hidden.iter().map(|label| (label.as_str(), Shown::Hidden)))
    }
}

/// Something an attacker can work out: a group of 1 to k − 1 people.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The larger cell, with its release.
    pub outer: String,
    /// What is taken away from it.
    pub inner: String,
    /// Least number of people in the difference.
    pub least: i64,
    /// Greatest number of people in the difference.
    pub most: i64,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` less `{}` leaves ", self.outer, self.inner)?;
        match (self.least, self.most) {
            (1, 1) => f.write_str("1 person"),
            (least, most) if least == most => write!(f, "{least} people"),
            (least, most) => write!(f, "{least} to {most} people"),
        }
    }
}

/// Compares a new release with itself and with every earlier one.
///
/// ```
/// use palermo_stats::disclosure::{difference_findings, Release, Threshold};
/// let k = Threshold::new(5)?;
/// let march = Release::exact("march", vec![("form:labour".into(), 12)]);
/// let april = Release::exact("april", vec![("form:labour".into(), 13)]);
/// let found = difference_findings(&april, &[march], k);
/// assert_eq!((found[0].least, found[0].most), (1, 1));
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
#[must_use]
pub fn difference_findings(
    new: &Release,
    earlier: &[Release],
    threshold: Threshold,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    nested_cells(new, new, threshold, &mut findings);
    siblings(new, threshold, &mut findings);
    for old in earlier {
        same_cells(new, old, threshold, &mut findings);
        nested_cells(new, old, threshold, &mut findings);
        nested_cells(old, new, threshold, &mut findings);
    }
    findings.sort_by(|a, b| (&a.outer, &a.inner).cmp(&(&b.outer, &b.inner)));
    findings.dedup();
    findings
}

// The interval of `outer - inner`, reported when it must lie within ±(1..k-1).
fn judge(
    outer: (&Release, &str, u64),
    inner: (&Release, &str, u64),
    threshold: Threshold,
    contained: bool,
    findings: &mut Vec<Finding>,
) {
    let small = i64::from(threshold.get()) - 1;
    let mut least = outer.2 as i64 - (inner.2 + inner.0.base - 1) as i64;
    let most = (outer.2 + outer.0.base - 1) as i64 - inner.2 as i64;
    if contained {
        // Fewer than in a part of it: the two do not count the same people.
        if most < 0 {
            return;
        }
        least = least.max(0);
    }
    let grew = least >= 1 && most <= small;
    let shrank = most <= -1 && least >= -small;
    if grew || shrank {
        findings.push(Finding {
            outer: format!("{} ({})", outer.1, outer.0.name),
            inner: format!("{} ({})", inner.1, inner.0.name),
            least,
            most,
        });
    }
}

fn same_cells(new: &Release, old: &Release, threshold: Threshold, findings: &mut Vec<Finding>) {
    let before: HashMap<&str, u64> = old.entries.iter().map(|e| (e.0.as_str(), e.1)).collect();
    let (times, past) = (Years::of(new), Years::of(old));
    for (selection, shown) in &new.entries {
        let Some(&was) = before.get(selection.as_str()) else { continue };
        let (is, was) = ((new, selection.as_str(), *shown), (old, selection.as_str(), was));
        match (time(times.as_ref(), selection), time(past.as_ref(), selection)) {
            (Some(own), Some(theirs)) if own != theirs => {
                if own.holds(theirs) {
                    judge(is, was, threshold, true, findings);
                } else if theirs.holds(own) {
                    judge(was, is, threshold, true, findings);
                }
            }
            _ => judge(is, was, threshold, false, findings),
        }
    }
}

// The time of a cell; nothing where its release does not say it.
fn time(years: Option<&Years>, selection: &str) -> Option<Span> {
    years.and_then(|years| years.span(selection))
}

// Every cell of `inner` against the cells of `outer` that contain it: those
// reached by leaving attributes out or replacing them by what they lie in.
fn nested_cells(
    outer: &Release,
    inner: &Release,
    threshold: Threshold,
    findings: &mut Vec<Finding>,
) {
    // Rounded counts differ by whole multiples of k with an interval of
    // 2k - 1 values, which always holds 0 or reaches k: nothing to find.
    let k = u64::from(threshold.get());
    if outer.base >= k && inner.base >= k {
        return;
    }
    let above: HashMap<&str, u64> = outer.entries.iter().map(|e| (e.0.as_str(), e.1)).collect();
    // Within one release, every cell is of the same people.
    let several = !std::ptr::eq(outer, inner);
    let (long, short) = (Years::of(outer), Years::of(inner));
    for (selection, shown) in &inner.entries {
        let parts = parts_of(selection);
        for wider in containing(&parts, &inner.parents, &outer.parents) {
            if wider == *selection {
                continue;
            }
            if let Some(&total) = above.get(wider.as_str()) {
                let times = (time(long.as_ref(), &wider), time(short.as_ref(), selection));
                if matches!(times, (Some(long), Some(short)) if several && !long.holds(short)) {
                    continue;
                }
                judge(
                    (outer, &wider, total),
                    (inner, selection, *shown),
                    threshold,
                    true,
                    findings,
                );
            }
        }
    }
}

fn containing(
    parts: &[&str],
    first: &BTreeMap<String, String>,
    second: &BTreeMap<String, String>,
) -> Vec<String> {
    let mut out: Vec<Vec<String>> = vec![Vec::new()];
    for part in parts {
        let mut choices = vec![String::new(), (*part).to_owned()];
        let mut at = (*part).to_owned();
        while let Some(up) = first.get(&at).or_else(|| second.get(&at)) {
            if choices.contains(up) {
                break;
            }
            choices.push(up.clone());
            at.clone_from(up);
        }
        out = out
            .into_iter()
            .flat_map(|chosen| {
                choices.iter().map(move |choice| {
                    let mut next = chosen.clone();
                    if !choice.is_empty() {
                        next.push(choice.clone());
                    }
                    next
                })
            })
            .collect();
    }
    let mut keys: Vec<String> = out
        .into_iter()
        .map(|mut chosen| {
            chosen.sort_unstable();
            chosen.dedup();
            if chosen.is_empty() { RECORD_COUNT.to_owned() } else { chosen.join(";") }
        })
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

// A cell less all its shown children along one column: what is left is the sum
// of the hidden children and of the records without a value there.
fn siblings(release: &Release, threshold: Threshold, findings: &mut Vec<Finding>) {
    if release.base > 1 {
        return;
    }
    let totals: HashMap<&str, u64> = release.entries.iter().map(|e| (e.0.as_str(), e.1)).collect();
    let mut children: BTreeMap<(String, &str), u64> = BTreeMap::new();
    for (selection, shown) in &release.entries {
        let parts = parts_of(selection);
        for (at, part) in parts.iter().enumerate() {
            let column = part.split(':').next().unwrap_or(part);
            let rest: Vec<&str> =
                parts.iter().enumerate().filter(|&(i, _)| i != at).map(|(_, p)| *p).collect();
            let parent = if rest.is_empty() { RECORD_COUNT.to_owned() } else { rest.join(";") };
            *children.entry((parent, column)).or_default() += shown;
        }
    }
    for ((parent, column), sum) in children {
        if let Some(&total) = totals.get(parent.as_str()) {
            let left = total as i64 - sum as i64;
            if left >= 1 && left < i64::from(threshold.get()) {
                findings.push(Finding {
                    outer: format!("{parent} ({})", release.name),
                    inner: format!("every shown {column}"),
                    least: left,
                    most: left,
                });
            }
        }
    }
}
