//! What a release tells together with earlier ones of the same people.
//!
//! Pairs of cells ([`super::difference_findings`]) are not all an attacker has.
//! If one table hid two regions and a later one, made from the same records for
//! another purpose, shows one of them, the other follows by subtraction, though
//! no two cells differ by a small group. So the cells of all these releases,
//! shown and hidden, become unknowns of one system with every sum of every
//! table, and small groups are looked for in all of it.
//!
//! **Whose people.** A reader knows the year a cell speaks of, so a cell is the
//! same in two releases when its attributes and its year are. What one release
//! counts over several years is the sum of what others count over parts of that
//! time; a part that none of them tells is one more unknown. A release is laid
//! beside the new one when they have a cell, or cells over years, in common and
//! counts exist that agree with both; one that says otherwise counts other people,
//! or the records changed between them, and is left to the comparison of pairs.
//!
//! **What it blames the new release for.** Only what neither the earlier ones
//! nor the new one tell alone: the reader learns it from the two together.
//!
//! **What it costs.** Few linear programmes where nothing is found (see `small.rs`),
//! each over the cells that hang together. Fifteen hundred of these, and twenty
//! seconds in all, are the limit: earlier releases are added, those with most cells
//! in common first, as long as they fit, and each that does not agree with the
//! others is tried with the new one alone. What was not tried is told by name, and
//! a release with such names has not been shown to be safe.

use super::audit::Interval;
use super::releases::Release;
use super::side_by_side::System;
use super::small::{NoAnswer, is_small, is_somebody};
use super::threshold::Threshold;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// More cells that are not shown exactly and hang together are not attacked.
const MOST_UNKNOWN: usize = 1_500;

/// What a signature waits for at most.
const LONGEST: Duration = Duration::from_secs(20);

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
    /// Those with too many unknowns to try, or for which there was no time.
    pub not_tried: Vec<String>,
}

impl Linked {
    /// Whether all was tried and nothing found.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.findings.is_empty() && self.not_tried.is_empty()
    }
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
/// let found = linked_findings(&second, &[first], Threshold::new(5)?);
/// assert_eq!((found.findings[0].least, found.findings[0].most), (3, 3));
/// # Ok::<(), palermo_stats::disclosure::DisclosureError>(())
/// ```
#[must_use]
pub fn linked_findings(new: &Release, earlier: &[Release], threshold: Threshold) -> Linked {
    within(new, earlier, threshold, Instant::now() + LONGEST)
}

fn within(new: &Release, earlier: &[Release], threshold: Threshold, until: Instant) -> Linked {
    let mut out = Linked::default();
    let mut all = System::default();
    if !all.add(new) {
        return out;
    }
    let alone = all.clone();
    let mut left: Vec<&Release> = earlier.iter().filter(|one| one.period().is_some()).collect();
    left.sort_by_cached_key(|one| std::cmp::Reverse(alone.shared(one)));
    let (mut chosen, mut others): (Vec<&Release>, Vec<&Release>) = (Vec::new(), Vec::new());
    // A release may share cells with another earlier one and not with the new one.
    loop {
        let before = left.len();
        let mut apart = Vec::new();
        for one in left {
            if all.shared(one) == 0 {
                apart.push(one);
                continue;
            }
            let mut wider = all.clone();
            // What contradicts these contradicts them and more as well.
            if !wider.add(one) {
                others.push(one);
                continue;
            }
            match fits(&wider, threshold, until) {
                Ok(()) => {
                    all = wider;
                    chosen.push(one);
                }
                Err(NoAnswer::Contradiction) => others.push(one),
                Err(NoAnswer::NotInTime) => out.not_tried.push(one.name().to_owned()),
            }
        }
        left = apart;
        if left.len() == before {
            break;
        }
    }
    note(new, &chosen, threshold, until, &mut out);
    for one in others {
        let mut pair = alone.clone();
        if alone.shared(one) == 0 || !pair.add(one) {
            continue;
        }
        match fits(&pair, threshold, until) {
            Ok(()) => note(new, &[one], threshold, until, &mut out),
            Err(NoAnswer::Contradiction) => {}
            Err(NoAnswer::NotInTime) => out.not_tried.push(one.name().to_owned()),
        }
    }
    out.findings.sort_by(|a, b| a.cell.cmp(&b.cell));
    out.findings.dedup();
    out
}

/// Whether these can be of the same people, and are few enough to try.
fn fits(system: &System, threshold: Threshold, until: Instant) -> Result<(), NoAnswer> {
    let system = system.with_years();
    if system.largest() > MOST_UNKNOWN {
        return Err(NoAnswer::NotInTime);
    }
    system.agrees(threshold, until)
}

/// Notes what the new release and these tell together.
fn note(
    new: &Release,
    earlier: &[&Release],
    threshold: Threshold,
    until: Instant,
    out: &mut Linked,
) {
    if earlier.is_empty() {
        return;
    }
    let names = earlier.iter().map(|one| one.name().to_owned());
    match together(new, earlier, threshold, until) {
        Ok(found) => {
            out.findings.extend(found);
            out.with.extend(names);
        }
        Err(_) => out.not_tried.extend(names),
    }
}

/// What only the new release and these together tell.
fn together(
    new: &Release,
    earlier: &[&Release],
    threshold: Threshold,
    until: Instant,
) -> Result<Vec<LinkedFinding>, NoAnswer> {
    let system = |releases: &[&Release]| {
        let mut system = System::default();
        for one in releases {
            system.add(one);
        }
        system.with_years()
    };
    let all: Vec<&Release> = std::iter::once(new).chain(earlier.iter().copied()).collect();
    let all = system(&all);
    let mut learnt = all.small(None, threshold, until)?;
    // That a cell is small is no news where its own bounds say so; that it is somebody is.
    learnt.retain(|cell, interval| {
        is_somebody(interval, threshold) || !all.is_shown_below(cell, threshold)
    });
    if learnt.is_empty() {
        return Ok(Vec::new());
    }
    let cells: BTreeSet<String> = learnt.keys().cloned().collect();
    let (alone, before) = (system(&[new]), system(earlier));
    let told = [&alone, &before].map(|one| one.small(Some(&cells), threshold, until));
    let [alone, before] = told;
    // What contradicts itself tells nothing.
    let known = |told: Result<BTreeMap<String, Interval>, NoAnswer>| match told {
        Err(NoAnswer::NotInTime) => Err(NoAnswer::NotInTime),
        other => Ok(other.unwrap_or_default()),
    };
    let told = [known(alone)?, known(before)?];
    let news = |cell: &str, interval: &Interval, tells: fn(&Interval, Threshold) -> bool| {
        let known = told.iter().filter_map(|by| by.get(cell)).any(|known| tells(known, threshold));
        tells(interval, threshold) && !known
    };
    learnt.retain(|cell, interval| {
        let (cell, interval) = (cell.as_str(), &*interval);
        news(cell, interval, is_small) || news(cell, interval, is_somebody)
    });
    let found = learnt.into_iter().map(|(cell, interval)| LinkedFinding {
        least: whole(interval.least),
        most: whole(interval.most),
        cell,
    });
    Ok(found.collect())
}

// Bounds of counts are far below 2^53 and not negative.
fn whole(number: f64) -> u64 {
    number.max(0.0).round() as u64
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::aggregate::RECORD_COUNT;
    use super::super::audit::Shown;
    use super::super::side_by_side::meet;
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
        let found = linked_findings(&later, &[by_form()], k());
        assert_eq!(found.with, ["by-form"]);
        let cells: Vec<_> = found.findings.iter().map(|one| one.cell.as_str()).collect();
        assert_eq!(cells, ["form:c;year:2026"]);
        assert_eq!((found.findings[0].least, found.findings[0].most), (3, 3));
    }

    #[test]
    fn the_same_table_again_tells_nothing_new() {
        let found = linked_findings(&by_form(), &[by_form()], k());
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
            let found = linked_findings(&other, &[by_form()], k());
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
        let found = linked_findings(&one, std::slice::from_ref(&one), k());
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
        let found = linked_findings(&later, &[large, by_form()], k());
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
            let found = linked_findings(&later, &earlier, k());
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
        let found = linked_findings(&rounded("new", six, 0), &[rounded("old", k(), 5)], six);
        assert_eq!(found.findings.len(), 1, "{found:?}");
        assert_eq!((found.findings[0].least, found.findings[0].most), (5, 5));
    }

    /// By form, over a time: what is shown and what is hidden.
    fn over(
        name: &str,
        period: &str,
        total: u64,
        shown: &[(&str, u64)],
        hidden: &[&str],
    ) -> Release {
        let mut all = vec![("record_count", total)];
        all.extend(shown);
        release(name, period, &all, hidden)
    }

    /// Three persons of 2024 are hidden beside twelve others; the two releases that follow
    /// hide two persons of 2025 beside other cells.
    fn two_years_and_both() -> [Release; 3] {
        let shown = [("form:a", 25), ("form:d", 10)];
        [
            over("2024", "2024/2024", 50, &shown, &["form:b", "form:c"]),
            over("2025", "2025/2025", 62, &[("form:a", 30), ("form:b", 20)], &["form:c", "form:d"]),
            over(
                "both",
                "2024/2025",
                112,
                &[("form:a", 55), ("form:b", 32)],
                &["form:c", "form:d"],
            ),
        ]
    }

    #[test]
    fn req_191_a_sum_over_years_of_three_releases_is_found_where_no_two_tell_it() {
        let [first, second, both] = two_years_and_both();
        // No two cells differ by a small group, and no two releases give anything away.
        let earlier = [first.clone(), second.clone()];
        assert!(crate::disclosure::difference_findings(&both, &earlier, k()).is_empty());
        for (new, old) in [(&both, &first), (&both, &second), (&second, &first)] {
            let found = linked_findings(new, std::slice::from_ref(old), k());
            assert!(found.is_safe(), "{} {}: {found:?}", new.name(), old.name());
        }
        // All three: 32 less 20 are the twelve, and who is left of the fifteen are three.
        for at in 0..3 {
            let mut all = vec![first.clone(), second.clone(), both.clone()];
            let new = all.remove(at);
            let found = linked_findings(&new, &all, k());
            assert_eq!(found.with.len(), 2, "{found:?}");
            let three = found.findings.iter().find(|one| one.cell == "form:c;year:2024");
            assert_eq!(three.map(|one| (one.least, one.most)), Some((3, 3)), "{found:?}");
        }
    }

    #[test]
    fn req_191_the_years_that_no_release_tells_follow_from_the_longer_time() {
        let whole = over("whole", "2020/2025", 100, &[("form:a", 60), ("form:b", 40)], &[]);
        let last = |name: &str, from: u16, b: u64| {
            let period = format!("{from}/2025");
            over(name, &period, 30 + b, &[("form:a", 30), ("form:b", b)], &[])
        };
        let found = linked_findings(&last("last", 2023, 38), std::slice::from_ref(&whole), k());
        let cells: Vec<&str> = found.findings.iter().map(|one| one.cell.as_str()).collect();
        assert_eq!(cells, ["form:b;years:2020/2022"], "{found:?}");
        let found = linked_findings(&last("last", 2023, 30), std::slice::from_ref(&whole), k());
        assert!(found.is_safe() && found.with == ["whole"], "{found:?}");
        // More than in the longer time: other people.
        let found = linked_findings(&last("last", 2023, 45), &[whole], k());
        assert!(found.is_safe() && found.with.is_empty(), "{found:?}");
    }

    #[test]
    fn req_191_rounded_years_beside_their_rounded_sum_stay_publishable() {
        let rounded = |year: u16, counts: [u64; 3]| {
            let names = ["record_count", "form:a", "form:b"];
            let entries =
                names.iter().zip(counts).map(|(name, count)| ((*name).to_owned(), count)).collect();
            let ten = Threshold::new(10).unwrap();
            let period = if year == 0 { "2023/2025".to_owned() } else { format!("{year}/{year}") };
            Release::rounded(&period, ten, entries).over(&period, Vec::new())
        };
        let years =
            [rounded(2023, [80, 50, 20]), rounded(2024, [90, 60, 20]), rounded(2025, [70, 40, 30])];
        let ten = Threshold::new(10).unwrap();
        let found = linked_findings(&rounded(0, [250, 160, 80]), &years, ten);
        assert!(found.is_safe() && found.with.len() == 3, "{found:?}");
    }

    #[test]
    fn what_there_is_no_time_for_is_told_and_not_taken_for_safe() {
        let [first, second, both] = two_years_and_both();
        let found = within(&both, &[first, second], k(), Instant::now());
        assert_eq!(found.not_tried.len(), 2, "{found:?}");
        assert!(!found.is_safe() && found.findings.is_empty());
    }
}
