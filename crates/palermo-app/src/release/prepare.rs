//! From a file of records or counts to a release that withstood every attack,
//! or to the reasons why there is none. The only way out is through the types
//! of the statistics library: true counts → protected → publishable.

use super::{
    rebuild::rebuild,
    report::{AttackReport, Difference, Hidden, Shared},
    spec::{Kind, Search, Spec},
    spelling::Spelling,
};
use palermo_stats::disclosure::{
    Attributes, DisclosureError, Fit, Interval, JointTables, Method, Policy, PublishableTable,
    Records, RefusedTable, Release, Seeding, Shown, Threshold, compare, difference_findings,
    dp::{MarginalSettings, NoiseSource, Spent, noisy_marginals, synthesise_from},
    homogeneous_classes, linked_findings, synthesise,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};

/// The optimum is looked for in tables of at most this many cells.
const EXACT_CELLS: usize = 150;

/// Longest combination compared in synthetic records.
const COMPARED: usize = 3;

/// What is shown of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CellStatus {
    /// The count.
    Shown,
    /// Nothing: small, or hidden to protect a small one. Which of the two is not told.
    Hidden,
    /// The count rounded down.
    Rounded,
}

impl CellStatus {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Hidden => "hidden",
            Self::Rounded => "rounded",
        }
    }
}

/// One line of a released table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedCell {
    /// One value a column; empty for the total.
    pub values: Vec<String>,
    /// The count, or its lower end; nothing where hidden.
    pub count: Option<u64>,
    /// What is shown.
    pub status: CellStatus,
}

/// One released table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedTable {
    /// Its short name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its lines, totals included.
    pub cells: Vec<ReleasedCell>,
}

/// What may be published.
#[derive(Debug, Clone)]
pub struct Publishable {
    /// Tables.
    pub tables: Vec<ReleasedTable>,
    /// Records with their headings, if the release has any.
    pub records: Option<(Vec<String>, Vec<Vec<String>>)>,
    /// The counts as later releases are compared with them.
    pub counts: Release,
}

/// What preparing a release came to.
#[derive(Debug)]
pub struct Prepared {
    /// What may be published; nothing if the attack went through.
    pub publishable: Option<Publishable>,
    /// What an attacker could and could not learn.
    pub report: AttackReport,
}

/// Prepares a release. `spend` enters a noisy release in the budget before any
/// noise is drawn.
///
/// # Errors
/// When the file does not fit the specification, or a check cannot be carried
/// out; then nothing is published.
pub fn prepare(
    records: &Records,
    spec: &Spec,
    earlier: &[Release],
    spend: &mut dyn FnMut(f64, f64) -> Result<Spent, DisclosureError>,
) -> Result<Prepared, DisclosureError> {
    // One way of writing for all; what cannot be written so stays as it stands.
    let spelt = |one: &Release| Spelling::shipped().release(one).unwrap_or_else(|| one.clone());
    let earlier: &[Release] = &earlier.iter().map(spelt).collect::<Vec<_>>();
    let mut report = AttackReport::new(spec, earlier);
    shared_values(records, spec, &mut report)?;
    let publishable = match spec.method.kind {
        Kind::Suppress | Kind::Round => tables(records, spec, earlier, &mut report)?,
        Kind::Synthetic => synthetic(records, spec, earlier, &mut report)?,
        Kind::Dp => noisy(records, spec, spend, &mut report)?,
    };
    report.conclude(publishable.is_some());
    Ok(Prepared { publishable, report })
}

fn tables(
    records: &Records,
    spec: &Spec,
    earlier: &[Release],
    report: &mut AttackReport,
) -> Result<Option<Publishable>, DisclosureError> {
    let joint = JointTables::of(records, &spec.plans(), spec.input.count.as_deref())?;
    let policy = policy(spec, joint.raw().frame().len())?;
    let small = joint.raw().sensitive(policy.threshold);
    report.cells = joint.raw().frame().len();
    report.small_cells = small.len();
    let protected = match joint.raw().protect(&policy) {
        Ok(protected) => protected,
        // Too few people for any hiding to help: an attacker would know.
        Err(DisclosureError::Unprotectable(cell)) => {
            report.exposed = vec![cell];
            return Ok(None);
        }
        Err(why) => return Err(why),
    };
    // Alone first; beside the earlier ones below, where all are written in one way.
    let safe = match protected.attack(&[]) {
        Ok(safe) => safe,
        Err(RefusedTable::Exposed(cells)) => {
            report.exposed = cells;
            return Ok(None);
        }
        Err(RefusedTable::Difference(findings)) => {
            report.differences = findings.iter().map(Difference::of).collect();
            return Ok(None);
        }
        Err(RefusedTable::NotChecked(why)) => return Err(why),
    };
    let counts = renamed(&safe, spec, &held(records, spec));
    if !withstands(&counts, earlier, policy.threshold, report)? {
        return Ok(None);
    }
    intervals(&safe, report);
    report.rebuilt = rebuild(records, spec, &joint, &safe, policy.threshold.get())?;
    if report.rebuilt.singled_out() > 0 {
        return Ok(None);
    }
    let written = written_alike(&counts)?;
    report.linked = linked_findings(&written, earlier, policy.threshold);
    // What could not be tried in time has not been shown to be safe.
    if !report.linked.is_safe() {
        return Ok(None);
    }
    let tables = joint
        .tables()
        .iter()
        .zip(&spec.table)
        .map(|(table, about)| ReleasedTable {
            id: about.id.clone(),
            title: about.title.clone(),
            columns: table.plan.columns.clone(),
            cells: table
                .cells
                .iter()
                .map(|(values, cell)| released(values.clone(), safe.cells()[*cell]))
                .collect(),
        })
        .collect();
    Ok(Some(Publishable { tables, records: None, counts }))
}

/// Compares the counts with each earlier release. False where a difference shows a
/// small group, or where one of the same time cannot be compared.
fn withstands(
    counts: &Release,
    earlier: &[Release],
    k: Threshold,
    report: &mut AttackReport,
) -> Result<bool, DisclosureError> {
    let written = written_alike(counts)?;
    let apart = |one: &&Release| Spelling::cannot_compare(&written, one);
    report.not_compared = earlier.iter().filter(apart).map(|one| one.name().to_owned()).collect();
    let left_out = report.not_compared.clone();
    report.compared_with.retain(|name| !left_out.contains(name));
    report.differences =
        difference_findings(&written, earlier, k).iter().map(Difference::of).collect();
    Ok(report.differences.is_empty() && report.not_compared.is_empty())
}

/// The counts as all releases are written for comparing.
fn written_alike(counts: &Release) -> Result<Release, DisclosureError> {
    Spelling::shipped().release(counts).ok_or_else(|| {
        DisclosureError::Setting(
            "two headings or values of a table differ in capitals alone, or are two words for one code: write each of them one way".to_owned(),
        )
    })
}

fn policy(spec: &Spec, cells: usize) -> Result<Policy, DisclosureError> {
    let mut policy = Policy::suppress(spec.threshold()?);
    let quick = spec.method.search.map_or(cells > EXACT_CELLS, |search| search == Search::Quick);
    policy.method = match (spec.method.kind, quick) {
        (Kind::Round, _) => Method::RoundDown,
        (_, true) => Method::SuppressQuickly,
        _ => Method::Suppress(Duration::from_secs(30)),
    };
    Ok(policy)
}

fn released(values: Vec<String>, shown: Shown) -> ReleasedCell {
    let (count, status) = match shown {
        Shown::Exact(count) => (Some(count), CellStatus::Shown),
        Shown::Between(floor, _) => (Some(floor), CellStatus::Rounded),
        Shown::Hidden => (None, CellStatus::Hidden),
    };
    ReleasedCell { values, count, status }
}

/// The counts under the release's own name, so that findings of later releases
/// name it; with the cells that are hidden, so that sums over both can be formed.
fn renamed(safe: &PublishableTable, spec: &Spec, period: &str) -> Release {
    let entries = safe.as_release().entries().to_vec();
    let release = match (spec.method.kind, spec.threshold()) {
        (Kind::Round | Kind::Synthetic, Ok(k)) => Release::rounded(&spec.release.id, k, entries),
        _ => Release::exact(&spec.release.id, entries),
    };
    let cells = safe.labels().iter().zip(safe.cells());
    let hidden = cells.filter(|(_, shown)| **shown == Shown::Hidden);
    release.over(period, hidden.map(|(label, _)| label.clone()).collect())
}

/// The first and the last year of the records; what was written down where they have
/// no years. Somebody who asked for more years than there are counts the same people.
#[must_use]
pub fn held(records: &Records, spec: &Spec) -> String {
    let says_year = |heading: &str| Spelling::shipped().column(heading) == "year";
    let Some(column) = records.columns().iter().find(|column| says_year(column.name())) else {
        return spec.release.period.clone();
    };
    let words = column.codes().iter().filter_map(|code| column.values().get(usize::from(*code)));
    let years = words.filter_map(|word| word.trim().parse::<u16>().ok());
    let ends = years.fold(None, |ends: Option<(u16, u16)>, year| {
        Some(ends.map_or((year, year), |(from, to)| (from.min(year), to.max(year))))
    });
    ends.map_or_else(|| spec.release.period.clone(), |(from, to)| format!("{from}/{to}"))
}

fn intervals(safe: &PublishableTable, report: &mut AttackReport) {
    let width = |interval: &Interval| interval.most - interval.least;
    for (cell, interval) in safe.intervals() {
        if matches!(safe.cells()[*cell], Shown::Exact(_)) {
            continue;
        }
        report.hidden.push(Hidden {
            cell: safe.labels()[*cell].clone(),
            least: whole(interval.least),
            most: whole(interval.most),
        });
    }
    report.narrowest_interval = safe
        .intervals()
        .iter()
        .filter(|(cell, _)| !matches!(safe.cells()[**cell], Shown::Exact(_)))
        .map(|(_, interval)| whole(width(interval)))
        .min();
    report.known_zero = safe.cells().iter().filter(|cell| **cell == Shown::Exact(0)).count();
}

// Bounds of counts are far below 2^53 and not negative.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(number: f64) -> u64 {
    number.max(0.0).round() as u64
}

fn synthetic(
    records: &Records,
    spec: &Spec,
    earlier: &[Release],
    report: &mut AttackReport,
) -> Result<Option<Publishable>, DisclosureError> {
    let chosen = records.select(&spec.columns())?;
    let people = Attributes::of::<&str>(&chosen, &[])?;
    let k = spec.threshold()?;
    let seed = spec.method.seed.unwrap_or(1);
    let made = synthesise(&people, k, Seeding::Rows, Fit::Pairs, seed, &mut |_| ())?;
    let quality = compare(&people, made.attributes(), COMPARED, k.get())?;
    report.leaked = quality.iter().map(|length| length.leaked).sum();
    report.fabricated = quality.iter().map(|length| length.fabricated).sum();
    report.quality = quality;
    if report.leaked > 0 {
        return Ok(None);
    }
    let (headings, rows) = listed(&made.to_records(&chosen));
    // Records say of each combination about how many there are; later releases
    // are held against that.
    let counts = Release::rounded(&spec.release.id, k, shown_combinations(&headings, &rows, k));
    if !withstands(&counts, earlier, k, report)? {
        return Ok(None);
    }
    Ok(Some(Publishable { tables: Vec::new(), records: Some((headings, rows)), counts }))
}

fn noisy(
    records: &Records,
    spec: &Spec,
    spend: &mut dyn FnMut(f64, f64) -> Result<Spent, DisclosureError>,
    report: &mut AttackReport,
) -> Result<Option<Publishable>, DisclosureError> {
    let chosen = records.select(&spec.columns())?;
    let people = Attributes::of::<&str>(&chosen, &[])?;
    let epsilon = spec.method.epsilon.unwrap_or(1.0);
    let delta = spec.method.delta.unwrap_or(1e-6);
    let spent = spend(epsilon, delta)?;
    let noisy = noisy_marginals(
        &people,
        &MarginalSettings::synthesis(),
        spent,
        &mut NoiseSource::operating_system(),
    )?;
    report.epsilon = Some(epsilon);
    report.delta = Some(delta);
    let made = synthesise_from(&noisy, 32, spec.method.seed.unwrap_or(1), &mut |_| ())?;
    report.quality = compare(&people, made.attributes(), COMPARED, spec.threshold()?.get())?;
    let rows = made.to_records(&chosen);
    let counts = Release::exact(&spec.release.id, Vec::new());
    Ok(Some(Publishable { tables: Vec::new(), records: Some(listed(&rows)), counts }))
}

/// Every combination of up to [`COMPARED`] values in invented records, with its
/// count rounded down: more than that records do not promise.
fn shown_combinations(
    headings: &[String],
    rows: &[Vec<String>],
    k: Threshold,
) -> Vec<(String, u64)> {
    let mut lines: BTreeMap<&[String], u64> = BTreeMap::new();
    for row in rows {
        *lines.entry(row.as_slice()).or_insert(0) += 1;
    }
    let mut counted: BTreeMap<String, u64> = BTreeMap::new();
    for (row, persons) in lines {
        let told: Vec<String> = headings
            .iter()
            .zip(row)
            .filter(|(_, value)| !value.is_empty())
            .map(|(heading, value)| format!("{heading}:{value}"))
            .collect();
        let mut chosen: Vec<Vec<&str>> = vec![Vec::new()];
        for part in &told {
            let longer: Vec<Vec<&str>> = chosen
                .iter()
                .filter(|parts| parts.len() < COMPARED)
                .map(|parts| parts.iter().copied().chain([part.as_str()]).collect())
                .collect();
            chosen.extend(longer);
        }
        for parts in chosen.iter().filter(|parts| !parts.is_empty()) {
            *counted.entry(parts.join(";")).or_insert(0) += persons;
        }
    }
    counted.into_iter().map(|(parts, persons)| (parts, k.floor(persons))).collect()
}

fn listed(rows: &Records) -> (Vec<String>, Vec<Vec<String>>) {
    let headings = rows.columns().iter().map(|column| column.name().to_owned()).collect();
    let width = rows.columns().len();
    let lines = (0..rows.len())
        .map(|row| (0..width).map(|column| rows.field(row, column).to_owned()).collect())
        .collect();
    (headings, lines)
}

/// The lines that stand for somebody: one that counts nobody divides no class.
fn with_persons(records: &Records, spec: &Spec) -> Result<Records, DisclosureError> {
    let headings: Vec<&str> = records.columns().iter().map(|column| column.name()).collect();
    let count = spec.input.count.as_deref();
    let Some(at) = count.and_then(|name| headings.iter().position(|one| *one == name)) else {
        return Ok(records.clone());
    };
    let width = headings.len();
    let rows: Vec<Vec<String>> = (0..records.len())
        .filter(|row| records.field(*row, at).trim() != "0")
        .map(|row| (0..width).map(|column| records.field(row, column).to_owned()).collect())
        .collect();
    Records::from_rows(&headings, &rows)
}

/// Classes that all share a sensitive value (S6): told, for a person to weigh.
fn shared_values(
    records: &Records,
    spec: &Spec,
    report: &mut AttackReport,
) -> Result<(), DisclosureError> {
    if spec.input.sensitive.is_empty() {
        return Ok(());
    }
    let records = &with_persons(records, spec)?;
    for column in &spec.input.sensitive {
        for table in spec.table.iter().filter(|table| table.columns.contains(column)) {
            let keys: Vec<&str> =
                table.columns.iter().filter(|name| *name != column).map(String::as_str).collect();
            if keys.is_empty() {
                continue;
            }
            let mut by_value: BTreeMap<String, (usize, usize)> = BTreeMap::new();
            for class in homogeneous_classes(records, &keys, column)? {
                let counted = by_value.entry(class.value.clone()).or_insert((0, 0));
                counted.0 += 1;
                counted.1 += class.records.len();
            }
            report.shared.extend(by_value.into_iter().map(|(value, (classes, _))| Shared {
                table: table.id.clone(),
                column: column.clone(),
                value,
                classes,
            }));
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn by_region(earlier: &Release) -> Prepared {
        let mut text = "region\n".to_owned();
        for (region, persons) in [("a", 20), ("b", 10), ("c", 3)] {
            text.push_str(&format!("{region}\n").repeat(persons));
        }
        let records = Records::from_csv(text.as_bytes()).unwrap();
        let about = "[release]\nid = \"new\"\ntitle = \"New\"\nperiod = \"2026/2026\"\n[method]\nk = 5\n[[table]]\nid = \"region\"\ncolumns = [\"region\"]\n";
        let spec = Spec::read(about).unwrap();
        let mut none = |_: f64, _: f64| Err(DisclosureError::Setting("no budget".to_owned()));
        prepare(&records, &spec, std::slice::from_ref(earlier), &mut none).unwrap()
    }

    #[test]
    fn req_191_years_asked_for_beyond_those_of_the_records_count_the_same_people() {
        let records = Records::from_csv("region,year\na,2025\nb,2026\n".as_bytes()).unwrap();
        let about = "[release]\nid = \"new\"\ntitle = \"New\"\nperiod = \"2000/2030\"\n[method]\nk = 5\n[[table]]\nid = \"region\"\ncolumns = [\"region\"]\n";
        let spec = Spec::read(about).unwrap();
        assert_eq!(held(&records, &spec), "2025/2026");
        let none = Records::from_csv("region\na\n".as_bytes()).unwrap();
        assert_eq!(held(&none, &spec), "2000/2030");
    }

    #[test]
    fn req_191_two_releases_that_are_safe_alone_and_tell_a_small_group_together_are_refused() {
        // The new table hides three persons and one of the two other regions.
        // An earlier one hid them beside the other of the two: whoever has both
        // takes both shown regions from the total.
        let earlier = |shown: &str, count: u64, hidden: &str| {
            let entries = vec![("record_count".to_owned(), 33), (format!("region:{shown}"), count)];
            Release::exact("earlier", entries)
                .over("2026/2026", vec![format!("region:{hidden}"), "region:c".to_owned()])
        };
        let both = [by_region(&earlier("a", 20, "b")), by_region(&earlier("b", 10, "a"))];
        let refused: Vec<&Prepared> = both.iter().filter(|one| one.publishable.is_none()).collect();
        assert_eq!(refused.len(), 1, "the same table again is none of the two");
        let report = &refused[0].report;
        assert!(report.differences.is_empty() && report.exposed.is_empty());
        assert_eq!(report.linked.with, ["earlier"]);
        assert_eq!((report.linked.findings[0].least, report.linked.findings[0].most), (3, 3));
        assert!(report.could_learn[0].contains("beside `earlier`: 3 people"));
        assert_eq!(report.remedies.len(), 1);
    }
}
