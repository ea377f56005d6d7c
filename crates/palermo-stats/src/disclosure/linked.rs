//! What a release tells together with earlier ones of the same people.
//!
//! Pairs of cells ([`super::difference_findings`]) are not all an attacker has.
//! If one table hid two regions and a later one, made from the same records for
//! another purpose, shows one of them, the other follows by subtraction, though
//! no two cells differ by a small group. So the cells of all these releases,
//! shown and hidden, become unknowns of one system with every sum of every
//! table, and the least and greatest value of each is worked out as in
//! [`super::attack_intervals`].
//!
//! **Whose people.** A reader knows the year a cell speaks of, so a cell is the
//! same in two releases when its attributes and its year are. A release is laid
//! beside the new one when they have a cell in common and no cell in both that
//! says otherwise; one that says otherwise counts other people, or the records
//! changed between them, and is left to the comparison of pairs.
//!
//! **What it blames the new release for.** Only what neither the earlier ones
//! nor the new one tell alone: the reader learns it from the two together.
//!
//! **When not to use it.** Several hundred unknowns are the limit: earlier
//! releases are added, those with most cells in common first, as long as they
//! fit, and each that does not agree with the others is tried with the new one
//! alone. What was not tried is told by name, never taken for safe.

use super::aggregate::RECORD_COUNT;
use super::audit::{Interval, Shown, attack_intervals};
use super::error::DisclosureError;
use super::frame::{Equation, Frame};
use super::releases::Release;
use super::threshold::Threshold;
use std::collections::{BTreeMap, BTreeSet};

/// More cells that are not shown exactly are not attacked together.
const MOST_UNKNOWN: usize = 250;

/// Of all releases that are tried one by one, together: what a signature waits for.
const MOST_UNKNOWN_ONE_BY_ONE: usize = 1_000;

/// A cell that several releases together give away.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LinkedFinding {
    /// The cell, with its year.
    pub cell: String,
    /// The least number of people a reader can prove.
    pub least: u64,
    /// The greatest.
    pub most: u64,
}

/// What laying releases of the same people side by side came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Linked {
    /// The earlier releases of the same people that were tried, by name.
    pub with: Vec<String>,
    /// Cells that only all of them together give away.
    pub findings: Vec<LinkedFinding>,
    /// Those with too many unknowns to try.
    pub not_tried: Vec<String>,
}

/// Attacks a new release together with all earlier ones of the same people.
///
/// ```
/// use palermo_stats::disclosure::{Release, Threshold, linked_findings};
/// let cell = |name: &str, count: u64| (format!("region:{name}"), count);
/// // Two regions are hidden, and the total says that 13 people are in them.
/// let first = Release::exact("first", vec![("record_count".into(), 33), cell("a", 20)])
///     .over("2026/2026", ["region:b", "region:c"].map(String::from).to_vec());
/// // Another table of the same people shows one of the two.
/// let second = Release::exact("second", vec![("record_count".into(), 33), cell("b", 10)])
///     .over("2026/2026", ["region:a", "region:c"].map(String::from).to_vec());
/// let found = linked_findings(&second, &[first], Threshold::new(5)?)?;
/// assert_eq!((found.findings[0].least, found.findings[0].most), (3, 3));
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
///
/// # Errors
/// When the solver gives up.
pub fn linked_findings(
    new: &Release,
    earlier: &[Release],
    threshold: Threshold,
) -> Result<Linked, DisclosureError> {
    let mut out = Linked::default();
    let mut all = System::default();
    if !all.add(new) {
        return Ok(out);
    }
    let alone = all.clone();
    let mut left: Vec<&Release> = earlier.iter().filter(|one| one.period().is_some()).collect();
    left.sort_by_cached_key(|one| std::cmp::Reverse(alone.shared(one)));
    let mut chosen: Vec<&Release> = Vec::new();
    // A release may share cells with another earlier one and not with the new one.
    loop {
        let before = left.len();
        let mut others = Vec::new();
        for one in left {
            let mut wider = all.clone();
            if all.shared(one) == 0 || !wider.add(one) {
                others.push(one);
            } else if wider.unknown() > MOST_UNKNOWN {
                out.not_tried.push(one.name().to_owned());
            } else {
                all = wider;
                chosen.push(one);
            }
        }
        left = others;
        if left.len() == before {
            break;
        }
    }
    if !chosen.is_empty() {
        match together(new, &chosen, threshold)? {
            Some(found) => {
                out.findings = found;
                out.with = chosen.iter().map(|one| one.name().to_owned()).collect();
            }
            // They cannot all be of the same people; some pair of them may be.
            None => left.append(&mut chosen),
        }
    }
    one_by_one(new, &left, threshold, &mut out)?;
    out.findings.sort_by(|a, b| a.cell.cmp(&b.cell));
    out.findings.dedup();
    Ok(out)
}

/// Attacks the new release together with each of these that agrees with it.
fn one_by_one(
    new: &Release,
    earlier: &[&Release],
    threshold: Threshold,
    out: &mut Linked,
) -> Result<(), DisclosureError> {
    let mut room = MOST_UNKNOWN_ONE_BY_ONE;
    for one in earlier {
        let mut pair = System::default();
        if !pair.add(new) || pair.shared(one) == 0 || !pair.add(one) {
            continue;
        }
        let unknown = pair.unknown();
        if unknown > MOST_UNKNOWN.min(room) {
            out.not_tried.push(one.name().to_owned());
            continue;
        }
        room -= unknown;
        if let Some(found) = together(new, &[*one], threshold)? {
            out.findings.extend(found);
            out.with.push(one.name().to_owned());
        }
    }
    Ok(())
}

/// What only the new release and these together tell; nothing if no counts
/// agree with all of them.
fn together(
    new: &Release,
    earlier: &[&Release],
    threshold: Threshold,
) -> Result<Option<Vec<LinkedFinding>>, DisclosureError> {
    let of =
        |releases: &[&Release]| -> Result<Option<BTreeMap<String, Interval>>, DisclosureError> {
            let mut system = System::default();
            if !releases.iter().all(|one| system.add(one)) {
                return Ok(None);
            }
            system.intervals(threshold)
        };
    let both: Vec<&Release> = std::iter::once(new).chain(earlier.iter().copied()).collect();
    let Some(learnt) = of(&both)? else { return Ok(None) };
    let (alone, before) = (of(&[new])?.unwrap_or_default(), of(earlier)?.unwrap_or_default());
    let mut found = Vec::new();
    for (cell, interval) in learnt {
        let known = |tells: fn(&Interval, Threshold) -> bool| {
            let told = |by: &BTreeMap<String, Interval>| {
                by.get(&cell).is_some_and(|interval| tells(interval, threshold))
            };
            tells(&interval, threshold) && !told(&alone) && !told(&before)
        };
        if known(is_small) || known(is_somebody) {
            found.push(LinkedFinding {
                least: whole(interval.least),
                most: whole(interval.most),
                cell,
            });
        }
    }
    Ok(Some(found))
}

/// A group that may be there and is smaller than the threshold.
fn is_small(interval: &Interval, threshold: Threshold) -> bool {
    let most = (interval.most + 1e-6).floor();
    most >= 1.0 && most < f64::from(threshold.get())
}

/// A group that is there and is smaller than the threshold.
fn is_somebody(interval: &Interval, threshold: Threshold) -> bool {
    interval.least > 1e-6 && is_small(interval, threshold)
}

// Bounds of counts are far below 2^53 and not negative.
fn whole(number: f64) -> u64 {
    number.max(0.0).round() as u64
}

/// Cells of several releases under names that say their year, what is shown of
/// each, and every sum.
#[derive(Debug, Clone, Default)]
struct System {
    labels: Vec<String>,
    index: BTreeMap<String, usize>,
    shown: Vec<Shown>,
    equations: BTreeSet<(usize, Vec<usize>)>,
}

impl System {
    /// How many cells of this system a release has.
    fn shared(&self, release: &Release) -> usize {
        let Some(years) = Years::of(release) else { return 0 };
        release.labels().filter(|label| self.index.contains_key(&years.of_cell(label))).count()
    }

    /// Adds a release. False, and nothing is added, when a cell in both says
    /// otherwise, or the release does not say over which time it counts.
    fn add(&mut self, release: &Release) -> bool {
        let Some(years) = Years::of(release) else { return false };
        let mut wider = self.clone();
        for (label, told) in release.told() {
            let cell = years.of_cell(label);
            match wider.index.get(&cell) {
                Some(&at) => match meet(wider.shown[at], told) {
                    Some(shown) => wider.shown[at] = shown,
                    None => return false,
                },
                None => {
                    wider.index.insert(cell.clone(), wider.labels.len());
                    wider.labels.push(cell);
                    wider.shown.push(told);
                }
            }
        }
        wider.sums(release, &years);
        *self = wider;
        true
    }

    /// A cell is the sum of the cells that have one attribute more, where the
    /// release has one for every value of that column.
    fn sums(&mut self, release: &Release, years: &Years) {
        let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut children: BTreeMap<(String, &str), Vec<&str>> = BTreeMap::new();
        for label in release.labels() {
            let parts = parts_of(label);
            for (at, part) in parts.iter().enumerate() {
                let column = column_of(part);
                values.entry(column).or_default().insert(part);
                let mut rest = parts.clone();
                rest.remove(at);
                children.entry((joined(&rest), column)).or_default().push(label);
            }
        }
        for ((parent, column), labels) in children {
            let whole = values.get(column).is_some_and(|values| values.len() == labels.len());
            let Some(&total) = self.index.get(&years.of_cell(&parent)).filter(|_| whole) else {
                continue;
            };
            let mut parts: Vec<usize> = labels
                .iter()
                .filter_map(|label| self.index.get(&years.of_cell(label)).copied())
                .collect();
            parts.sort_unstable();
            parts.dedup();
            // A column of one year is the year of every other cell.
            if parts.len() == labels.len() && !parts.contains(&total) {
                self.equations.insert((total, parts));
            }
        }
    }

    /// Cells that are not shown exactly.
    fn unknown(&self) -> usize {
        self.shown.iter().filter(|shown| !matches!(shown, Shown::Exact(_))).count()
    }

    /// What can be proved of every cell; nothing if no counts agree with all
    /// that is shown.
    fn intervals(
        &self,
        threshold: Threshold,
    ) -> Result<Option<BTreeMap<String, Interval>>, DisclosureError> {
        let equations = self
            .equations
            .iter()
            .map(|(total, parts)| Equation { total: *total, parts: parts.clone() })
            .collect();
        let frame = Frame::new(self.labels.clone(), equations)?;
        // More than everybody together: never narrower than what readers know.
        let upper = self.shown.iter().fold(u64::from(threshold.get()), |sum, shown| {
            sum.saturating_add(match shown {
                Shown::Exact(count) => *count,
                Shown::Between(_, most) => *most,
                Shown::Hidden => 0,
            })
        });
        match attack_intervals(&frame, &self.shown, upper) {
            Ok(mut found) => {
                // Two rounded counts of one cell may leave a single number.
                for (cell, shown) in self.shown.iter().enumerate() {
                    if let Shown::Exact(count) = shown {
                        let count = *count as f64;
                        found.insert(cell, Interval { least: count, most: count });
                    }
                }
                let labels = self.labels.iter().enumerate();
                Ok(Some(
                    labels
                        .filter_map(|(at, label)| Some((label.clone(), *found.get(&at)?)))
                        .collect(),
                ))
            }
            Err(DisclosureError::Inconsistent(_)) => Ok(None),
            Err(why) => Err(why),
        }
    }
}

/// What two releases show of one cell, taken together; nothing where they
/// contradict each other.
fn meet(one: Shown, other: Shown) -> Option<Shown> {
    let ends = |shown| match shown {
        Shown::Exact(count) => Some((count, count)),
        Shown::Between(least, most) => Some((least, most)),
        Shown::Hidden => None,
    };
    match (ends(one), ends(other)) {
        (None, _) => Some(other),
        (_, None) => Some(one),
        (Some(one), Some(other)) => {
            let (least, most) = (one.0.max(other.0), one.1.min(other.1));
            match least.cmp(&most) {
                std::cmp::Ordering::Greater => None,
                std::cmp::Ordering::Equal => Some(Shown::Exact(least)),
                std::cmp::Ordering::Less => Some(Shown::Between(least, most)),
            }
        }
    }
}

/// Over which years the cells of a release count, where they do not say it
/// themselves.
struct Years(String);

impl Years {
    /// Nothing for a release that does not say: it is no table of counts.
    fn of(release: &Release) -> Option<Self> {
        let period = release.period()?;
        let own: BTreeSet<&str> =
            release.labels().flat_map(parts_of).filter(|part| column_of(part) == YEAR).collect();
        let mut named = own.iter();
        Some(Self(match (named.next(), named.next(), period.split_once('/')) {
            (Some(only), None, _) => (*only).to_owned(),
            (None, _, Some((from, to))) if from == to && !from.is_empty() => {
                format!("{YEAR}:{from}")
            }
            _ => format!("years:{period}"),
        }))
    }

    /// The name of a cell with its year.
    fn of_cell(&self, label: &str) -> String {
        let mut parts = parts_of(label);
        if !parts.iter().any(|part| column_of(part) == YEAR) {
            parts.push(&self.0);
        }
        parts.sort_unstable();
        parts.join(";")
    }
}

/// The column that says the year.
const YEAR: &str = "year";

fn parts_of(label: &str) -> Vec<&str> {
    if label == RECORD_COUNT { Vec::new() } else { label.split(';').collect() }
}

fn joined(parts: &[&str]) -> String {
    if parts.is_empty() { RECORD_COUNT.to_owned() } else { parts.join(";") }
}

fn column_of(part: &str) -> &str {
    part.split(':').next().unwrap_or(part)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn k() -> Threshold {
        Threshold::new(5).unwrap()
    }

    fn release(name: &str, period: &str, shown: &[(&str, u64)], hidden: &[&str]) -> Release {
        let entries = shown.iter().map(|(label, count)| ((*label).to_owned(), *count)).collect();
        let hidden = hidden.iter().map(|label| (*label).to_owned()).collect();
        Release::exact(name, entries).over(period, hidden)
    }

    fn by_form() -> Release {
        release(
            "by-form",
            "2026/2026",
            &[("record_count", 40), ("form:a", 25)],
            &["form:b", "form:c"],
        )
    }

    #[test]
    fn a_hidden_cell_that_a_later_table_shows_gives_the_other_one_away() {
        let later = release(
            "later",
            "2025/2026",
            &[
                ("form:b;year:2026", 12),
                ("form:a;year:2026", 25),
                ("form:a;year:2025", 30),
                ("form:b;year:2025", 9),
            ],
            &["form:c;year:2025", "form:c;year:2026"],
        );
        let found = linked_findings(&later, &[by_form()], k()).unwrap();
        assert_eq!(found.with, ["by-form"]);
        let cells: Vec<_> = found.findings.iter().map(|one| one.cell.as_str()).collect();
        assert_eq!(cells, ["form:c;year:2026"]);
        assert_eq!((found.findings[0].least, found.findings[0].most), (3, 3));
    }

    #[test]
    fn the_same_table_again_tells_nothing_new() {
        let found = linked_findings(&by_form(), &[by_form()], k()).unwrap();
        assert_eq!((found.with.len(), found.findings.len()), (1, 0));
    }

    #[test]
    fn another_year_or_changed_records_are_other_people() {
        let later = |period: &str, total: u64| {
            release(
                "later",
                period,
                &[("record_count", total), ("form:b", 12)],
                &["form:a", "form:c"],
            )
        };
        for (other, linked) in
            [(later("2025/2025", 40), 0), (later("2026/2026", 47), 0), (later("2026/2026", 40), 1)]
        {
            let found = linked_findings(&other, &[by_form()], k()).unwrap();
            assert_eq!(found.with.len(), linked, "{other:?}");
            assert_eq!(found.findings.len(), linked);
        }
    }

    #[test]
    fn a_rounded_count_and_an_exact_one_meet_in_what_both_allow() {
        assert_eq!(meet(Shown::Between(5, 9), Shown::Exact(7)), Some(Shown::Exact(7)));
        assert_eq!(meet(Shown::Between(5, 9), Shown::Exact(12)), None);
        assert_eq!(meet(Shown::Hidden, Shown::Between(0, 4)), Some(Shown::Between(0, 4)));
        assert_eq!(
            meet(Shown::Between(5, 14), Shown::Between(10, 19)),
            Some(Shown::Between(10, 14))
        );
    }

    #[test]
    fn too_many_unknowns_are_told_and_not_taken_for_safe() {
        let labels: Vec<String> = (0..=MOST_UNKNOWN).map(|at| format!("area:{at}")).collect();
        let one =
            Release::exact("one", vec![(RECORD_COUNT.to_owned(), 9_000)]).over("2026/2026", labels);
        let found = linked_findings(&one, std::slice::from_ref(&one), k()).unwrap();
        assert_eq!(found.not_tried, ["one"]);
        assert!(found.with.is_empty() && found.findings.is_empty());
    }

    #[test]
    fn one_release_that_is_too_large_does_not_spare_the_others() {
        let many: Vec<String> = (0..=MOST_UNKNOWN).map(|at| format!("area:{at}")).collect();
        let large =
            Release::exact("large", vec![(RECORD_COUNT.to_owned(), 40)]).over("2026/2026", many);
        let later = release(
            "later",
            "2026/2026",
            &[("record_count", 40), ("form:b", 12)],
            &["form:a", "form:c"],
        );
        let found = linked_findings(&later, &[large, by_form()], k()).unwrap();
        assert_eq!(
            (found.not_tried, found.with),
            (vec!["large".to_owned()], vec!["by-form".to_owned()])
        );
        assert_eq!(found.findings.len(), 1);
    }

    #[test]
    fn a_release_that_contradicts_another_earlier_one_is_still_tried_with_the_new_one() {
        let first = release(
            "first",
            "2026/2026",
            &[("record_count", 40), ("form:a", 27)],
            &["form:b", "form:c"],
        );
        let later = release(
            "later",
            "2026/2026",
            &[("record_count", 40), ("form:b", 12)],
            &["form:a", "form:c"],
        );
        for earlier in [[first.clone(), by_form()], [by_form(), first]] {
            let found = linked_findings(&later, &earlier, k()).unwrap();
            assert_eq!(found.with.len(), 2, "{found:?}");
            assert!(found.findings.iter().any(|one| (one.least, one.most) == (3, 3)), "{found:?}");
        }
    }

    #[test]
    fn two_rounded_counts_that_leave_one_small_number_are_found() {
        let six = Threshold::new(6).unwrap();
        let rounded = |name: &str, k: Threshold, count: u64| {
            let entries = vec![("form:a".to_owned(), count)];
            Release::rounded(name, k, entries).over("2026/2026", Vec::new())
        };
        let found =
            linked_findings(&rounded("new", six, 0), &[rounded("old", k(), 5)], six).unwrap();
        assert_eq!(found.findings.len(), 1, "{found:?}");
        assert_eq!((found.findings[0].least, found.findings[0].most), (5, 5));
    }
}
