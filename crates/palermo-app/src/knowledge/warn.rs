//! What a person should look at in lines that can all be taken: lines that
//! stand twice, a total beside its parts, jumps, small numbers shown openly,
//! lines of another State, and lines that stand in the dataset already.

use super::take::Taken;
use palermo_domain::knowledge::{columns::Columns, dataset::Format};
use palermo_standards::checked::{Checked, Finding};
use std::{
    collections::{BTreeMap, HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

/// Counts of 1 to this are small.
const SMALL: u64 = 4;

/// A count so many times that of the period before is a jump, …
const TIMES: u64 = 3;

/// … if it speaks of so many persons.
const JUMP_PERSONS: u64 = 20;

/// Larger groups are not searched for totals.
const MOST_IN_GROUP: usize = 100;

/// Rows named with a finding that speaks of many.
const ROWS_TOLD: usize = 20;

/// Where lines are told apart only by who, when and what is counted.
const PLACE: [&str; 4] = ["state", "year", "_period", "indicator"];

/// Looks at what a file brought, beside what the dataset holds already.
pub(super) fn judge(
    taken: &mut Taken,
    format: Format,
    state: Option<&str>,
    earlier: Option<&Columns>,
) {
    if format.has_sums() {
        return;
    }
    let Taken { figures, checked, rows, .. } = taken;
    let row = |line: usize| rows.get(line).copied().unwrap_or(1);
    jumps(figures, earlier, checked, &row);
    // A line of these is a group of persons; of the others it is one person.
    if matches!(format, Format::Template | Format::Sheet) {
        repeated(figures, checked, &row);
        totals(figures, checked, &row);
        small(figures, checked, &row);
        other_state(figures, state, checked, &row);
    }
    checked.sort();
}

/// Takes lines of another State out, each with an error: an organisation of a State
/// sends the figures of that State alone. `code` finds a State by any of its names.
pub(super) fn only_of(taken: &mut Taken, state: &str, code: &dyn Fn(&str) -> Option<String>) {
    let figures = &taken.figures;
    let Some(column) = figures.place("state").and_then(|at| figures.columns().get(at)) else {
        return;
    };
    let strange: Vec<bool> = column
        .words
        .iter()
        .map(|word| {
            !matches!(word.as_str(), "" | "unknown")
                && word != state
                && code(word).as_deref() != Some(state)
        })
        .collect();
    let is_strange = |line: usize| {
        let code = column.codes.get(line).copied().unwrap_or(0);
        strange.get(usize::from(code)).copied().unwrap_or(false)
    };
    if !(0..figures.len()).any(is_strange) {
        return;
    }
    let wrong = |row: u64| {
        let words = format!(
            "this is not of {state}: an organisation of a State sends the figures of that State alone"
        );
        Finding::new(row, "State", "other_state", words)
    };
    // Where a line is no row of the file, one finding speaks of all.
    if taken.rows.is_empty() {
        taken.checked.error(wrong(1));
    }
    let out: Vec<bool> = (0..figures.len()).map(is_strange).collect();
    without(taken, &out, &wrong);
}

/// Takes lines of a period that has not come yet out, each with an error: nobody was
/// counted in it. `today` is the year and the month, as `2026-04`.
pub(super) fn not_ahead(taken: &mut Taken, today: &str) {
    let figures = &taken.figures;
    let this_year = today.get(..4).unwrap_or(today);
    let ahead = |line: usize| {
        let (month, year) = (word(figures, "_period", line), word(figures, "year", line));
        if month.is_empty() { year.len() == 4 && year > this_year } else { month > today }
    };
    let out: Vec<bool> = (0..figures.len()).map(ahead).collect();
    if !out.contains(&true) {
        return;
    }
    let wrong = |row: u64| {
        let words = format!(
            "this period has not come yet, it is {today} now: write the one in which the persons were counted"
        );
        Finding::new(row, "Period", "period_ahead", words)
    };
    if taken.rows.is_empty() {
        taken.checked.error(wrong(1));
    }
    without(taken, &out, &wrong);
    taken.checked.sort();
}

/// Leaves the marked lines out, each with what is wrong with its row.
fn without(taken: &mut Taken, out: &[bool], wrong: &dyn Fn(u64) -> Finding) {
    let figures = &taken.figures;
    let names: Vec<&str> = figures.columns().iter().map(|column| column.name.as_str()).collect();
    let mut kept = Columns::new(&names);
    let mut rows = Vec::new();
    for line in 0..figures.len() {
        let row = taken.rows.get(line).copied();
        if out.get(line).copied().unwrap_or(false) {
            if let Some(row) = row {
                taken.checked.error(wrong(row));
            }
            continue;
        }
        let words: Vec<&str> = (0..names.len()).map(|at| figures.word(at, line)).collect();
        kept.push(&words, Some(figures.amount(line)));
        rows.extend(row);
    }
    taken.figures = kept;
    taken.rows = rows;
}

/// Lines of the file for whose State, period, indicator and group the dataset
/// holds a line already: taking them adds the persons a second time.
#[must_use]
pub(super) fn already_there(earlier: &Columns, new: &Columns) -> u64 {
    let known: HashSet<u64> = (0..earlier.len()).map(|line| print_of(earlier, line)).collect();
    let again = (0..new.len()).filter(|line| known.contains(&print_of(new, *line))).count();
    u64::try_from(again).unwrap_or(u64::MAX)
}

/// A fingerprint of a line's words, without its count and what was written.
fn print_of(figures: &Columns, line: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (at, column) in figures.columns().iter().enumerate() {
        if column.name != "_written" {
            column.name.hash(&mut hasher);
            figures.word(at, line).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn word<'f>(figures: &'f Columns, name: &str, line: usize) -> &'f str {
    figures.place(name).map_or("", |at| figures.word(at, line))
}

fn repeated(figures: &Columns, checked: &mut Checked, row: &dyn Fn(usize) -> u64) {
    let mut first: HashMap<u64, usize> = HashMap::new();
    for line in 0..figures.len() {
        let before = *first.entry(print_of(figures, line)).or_insert(line);
        if before != line {
            let words = format!(
                "row {} says the same of another count; both are added: if one is a mistake, take it out",
                row(before)
            );
            let found = Finding::new(row(line), "Persons", "repeated_line", words);
            checked.warn(found.with(vec![row(before)]));
        }
    }
}

/// A line whose count is the sum of finer lines beside it.
fn totals(figures: &Columns, checked: &mut Checked, row: &dyn Fn(usize) -> u64) {
    let fine: Vec<usize> = (0..figures.columns().len())
        .filter(|at| {
            let name = figures.columns()[*at].name.as_str();
            name != "_written" && !PLACE.contains(&name)
        })
        .collect();
    let told = |line: usize| fine.iter().filter(|at| !figures.word(**at, line).is_empty()).count();
    let mut groups: BTreeMap<[&str; 4], Vec<(usize, usize)>> = BTreeMap::new();
    for line in 0..figures.len() {
        let place = PLACE.map(|name| word(figures, name, line));
        groups.entry(place).or_default().push((line, told(line)));
    }
    for group in groups.values().filter(|group| (3..=MOST_IN_GROUP).contains(&group.len())) {
        let finest = group.iter().map(|(_, told)| *told).max().unwrap_or(0);
        for (line, told) in group.iter().filter(|(_, told)| *told < finest) {
            let within = |other: usize| {
                fine.iter().all(|at| {
                    let word = figures.word(*at, *line);
                    word.is_empty() || word == figures.word(*at, other)
                })
            };
            let parts: Vec<usize> = group
                .iter()
                .filter(|(other, finer)| finer > told && within(*other))
                .map(|(other, _)| *other)
                .collect();
            let sum: u64 = parts.iter().map(|part| figures.amount(*part).upper).sum();
            let all = figures.amount(*line).upper;
            if parts.len() > 1 && all > 0 && sum == all {
                let words = format!(
                    "{all} persons are the sum of {} finer rows; totals are added to their parts, so take this row out",
                    parts.len()
                );
                let found = Finding::new(row(*line), "Persons", "total_beside_parts", words);
                checked.warn(found.with(parts.into_iter().take(ROWS_TOLD).map(row).collect()));
            }
        }
    }
}

/// Persons by period of each State and indicator, with the first line of each.
type Periods<'f> = BTreeMap<(&'f str, &'f str), BTreeMap<&'f str, (u64, Option<usize>)>>;

fn periods<'f>(figures: &'f Columns, into: &mut Periods<'f>, new: bool) {
    for line in 0..figures.len() {
        let month = word(figures, "_period", line);
        let period = if month.is_empty() { word(figures, "year", line) } else { month };
        let key = (word(figures, "state", line), word(figures, "indicator", line));
        let counted = into.entry(key).or_default().entry(period).or_insert((0, None));
        counted.0 += figures.amount(line).upper;
        if new && counted.1.is_none() {
            counted.1 = Some(line);
        }
    }
}

fn jumps(
    figures: &Columns,
    earlier: Option<&Columns>,
    checked: &mut Checked,
    row: &dyn Fn(usize) -> u64,
) {
    let mut all = Periods::new();
    if let Some(earlier) = earlier {
        periods(earlier, &mut all, false);
    }
    periods(figures, &mut all, true);
    for ((state, indicator), counted) in &all {
        let pairs = counted.iter().zip(counted.iter().skip(1));
        for ((before, (old, _)), (period, (new, line))) in pairs {
            // A month is not compared with a year.
            let Some(line) = line.filter(|_| before.len() == period.len()) else { continue };
            let (low, high) = (*old.min(new), *old.max(new));
            if high >= JUMP_PERSONS && high >= low.saturating_mul(TIMES) {
                let words = format!(
                    "{state} {indicator}: {new} persons in {period} after {old} in {before}; look whether something was left out or counted otherwise"
                );
                checked.warn(Finding::new(row(line), "Persons", "jump", words));
            }
        }
    }
}

fn small(figures: &Columns, checked: &mut Checked, row: &dyn Fn(usize) -> u64) {
    let lines: Vec<u64> = (0..figures.len())
        .filter(|line| {
            figures.amount(*line).exact().is_some_and(|count| (1..=SMALL).contains(&count))
        })
        .map(row)
        .collect();
    let Some(first) = lines.first().copied() else { return };
    let words = format!(
        "{} rows show 1 to {SMALL} persons openly: keep this file to yourselves; nothing so small is ever published",
        lines.len()
    );
    let found = Finding::new(first, "Persons", "small_shown", words);
    checked.warn(found.with(lines.into_iter().take(ROWS_TOLD).collect()));
}

fn other_state(
    figures: &Columns,
    state: Option<&str>,
    checked: &mut Checked,
    row: &dyn Fn(usize) -> u64,
) {
    let Some(state) = state else { return };
    let others: Vec<usize> = (0..figures.len())
        .filter(|line| !matches!(word(figures, "state", *line), "" | "unknown"))
        .filter(|line| word(figures, "state", *line) != state)
        .collect();
    let Some(first) = others.first().copied() else { return };
    let words =
        format!("{} rows are of another State than {state}, whose dataset this is", others.len());
    let found = Finding::new(row(first), "State", "other_state", words);
    checked.warn(found.with(others.into_iter().take(ROWS_TOLD).map(row).collect()));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::knowledge::take::{Reading, take};
    use palermo_domain::register::state::StateRegister;
    use palermo_standards::glotip_flows::CitizenshipNames;

    fn taken(text: &str) -> Taken {
        let (states, names) = (StateRegister::default(), CitizenshipNames::read(""));
        let with = Reading { states: &states, names: &names, state: Some("XAA"), mapping: None };
        take(Format::Template, text.as_bytes(), with, &mut |_| ()).unwrap()
    }

    #[test]
    fn req_175_twice_totals_jumps_small_numbers_and_other_states_are_named() {
        let text = "State,Period,Sex,Persons\nXAA,2024,female,6\nXAA,2024,male,9\nXAA,2024,,15\nXAA,2025,female,80\nXAA,2025,female,3\nXBB,2025,female,9\n";
        let mut taken = taken(text);
        judge(&mut taken, Format::Template, Some("XAA"), None);
        let rules: Vec<_> = taken.checked.warnings.iter().map(|one| (one.row, one.rule)).collect();
        for wanted in [
            (4, "total_beside_parts"),
            (6, "repeated_line"),
            (6, "small_shown"),
            (7, "other_state"),
        ] {
            assert!(rules.contains(&wanted), "{wanted:?} in {rules:?}");
        }
        // 30 persons of 2024, with the total that stands twice, and 83 of 2025.
        assert!(!rules.iter().any(|(_, rule)| *rule == "jump"), "{rules:?}");
    }

    #[test]
    fn lines_of_another_state_are_rejected_where_a_state_sends_its_own() {
        let text = "State,Period,Sex,Persons\nXAA,2025,female,80\nXBB,2025,female,9\n";
        let mut taken = taken(text);
        only_of(&mut taken, "XAA", &|_| None);
        assert_eq!((taken.figures.len(), taken.rows.as_slice()), (1, [2].as_slice()));
        assert_eq!(word(&taken.figures, "state", 0), "XAA");
        assert_eq!(taken.figures.amount(0).upper, 80);
        let errors: Vec<_> = taken.checked.errors.iter().map(|one| (one.row, one.rule)).collect();
        assert_eq!(errors, [(3, "other_state")]);
    }

    #[test]
    fn req_175_a_period_that_has_not_come_is_rejected() {
        let text = "State,Period,Persons\nXAA,2026-04,9\nXAA,2026-05,9\nXAA,2027,9\nXAA,2026,9\n";
        let mut taken = taken(text);
        not_ahead(&mut taken, "2026-04");
        let errors: Vec<_> = taken.checked.errors.iter().map(|one| (one.row, one.rule)).collect();
        assert_eq!(errors, [(3, "period_ahead"), (4, "period_ahead")]);
        assert_eq!(taken.rows, [2, 5]);
    }

    #[test]
    fn a_jump_is_seen_against_what_was_imported_before() {
        let before = taken("State,Period,Persons\nXAA,2026-01,9\n");
        let mut now = taken("State,Period,Persons\nXAA,2026-02,40\n");
        judge(&mut now, Format::Template, Some("XAA"), Some(&before.figures));
        assert_eq!(now.checked.warnings[0].rule, "jump");
        assert_eq!(already_there(&before.figures, &now.figures), 0);
        let again = taken("State,Period,Persons\nXAA,2026-01,11\n");
        assert_eq!(already_there(&before.figures, &again.figures), 1);
    }
}
