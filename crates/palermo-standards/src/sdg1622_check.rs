//! Checking a file of SDG 16.2.2 alone: parts against totals, sexes and ages,
//! the unit against the values, jumps, duplicates, cells under 5 in the open.

use crate::{
    checked::{Checked, Finding},
    glotip_check::{is_rate, jump},
    sdg1622::{self, Observation, Sdg1622, Value},
};
use palermo_domain::knowledge::amount::Amount;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Counts of 1 to 4 should not be shown in the open.
const SMALL: u64 = 5;

/// A rate of detected victims per 100,000 is nowhere near this.
const TOO_MANY_FOR_A_RATE: f64 = 100.0;

/// Checks the bytes of a file.
#[must_use]
pub fn check(bytes: &[u8]) -> Checked {
    match sdg1622::read(bytes) {
        Ok(file) => of(&file),
        Err(refused) => refused,
    }
}

/// Checks a file that was read.
#[must_use]
pub fn of(file: &Sdg1622) -> Checked {
    let mut checked = Checked { rows: file.seen, ..Checked::default() };
    for error in &file.errors {
        checked.error(error.clone());
    }
    let tables = tables(file, &mut checked);
    let mut counted = 0_u64;
    for table in tables.values() {
        if units(file, table, &mut checked) == Unit::Rate {
            continue;
        }
        counted += 1;
        small_cells(table, file, &mut checked);
        if let Some(sex) = file.sex {
            sexes(table, file, sex, &mut checked);
        }
        if let Some(age) = file.age {
            ages(table, file, age, &mut checked);
        }
        jumps(table, file, &mut checked);
    }
    say(file, counted, &mut checked);
    checked.sort();
    checked
}

type Key = (u16, BTreeMap<usize, String>);

/// One series of one area in one unit.
type Table<'f> = BTreeMap<Key, &'f Observation>;

fn tables<'f>(
    file: &'f Sdg1622,
    checked: &mut Checked,
) -> BTreeMap<(&'f str, &'f str, &'f str), Table<'f>> {
    let mut tables: BTreeMap<(&str, &str, &str), Table<'_>> = BTreeMap::new();
    for seen in &file.observations {
        let table = tables.entry((&seen.series, &seen.area, &seen.unit)).or_default();
        let Some(before) = table.insert((seen.year, seen.parts.clone()), seen) else {
            continue;
        };
        let again = Finding::new(
            seen.line,
            value_column(file),
            "duplicate",
            format!(
                "{} stands on line {} already (`{}`, here `{}`); leave one",
                named(file, seen),
                before.line,
                shown(before.value),
                shown(seen.value)
            ),
        )
        .with(vec![before.line]);
        if before.value == seen.value { checked.warn(again) } else { checked.error(again) }
    }
    tables
}

/// The lines whose values are rates, or stand among rates of the same series and unit:
/// they count nobody, whole numbers among them included.
#[must_use]
pub fn rates(file: &Sdg1622) -> BTreeSet<u64> {
    let mut told = Checked::default();
    let tables = tables(file, &mut told);
    let of_rates: BTreeSet<(&str, &str)> = tables
        .iter()
        .filter(|(_, table)| units(file, table, &mut told) == Unit::Rate)
        .map(|((series, _, unit), _)| (*series, *unit))
        .collect();
    let is_rate =
        |seen: &&Observation| of_rates.contains(&(seen.series.as_str(), seen.unit.as_str()));
    file.observations.iter().filter(is_rate).map(|seen| seen.line).collect()
}

fn value_column(file: &Sdg1622) -> &str {
    file.headings.get(file.value).map_or("Value", String::as_str)
}

fn unit_column(file: &Sdg1622) -> &str {
    let unit = file.unit.and_then(|at| file.headings.get(at));
    unit.map_or_else(|| value_column(file), String::as_str)
}

fn shown(value: Value) -> String {
    match value {
        Value::Count(amount) => amount.to_string(),
        Value::Fraction(number) => number.to_string(),
    }
}

fn named(file: &Sdg1622, seen: &Observation) -> String {
    let parts: Vec<String> = seen
        .parts
        .iter()
        .map(|(at, part)| format!("{} `{part}`", file.headings.get(*at).map_or("", String::as_str)))
        .collect();
    let parts = if parts.is_empty() { "the total".to_owned() } else { parts.join(", ") };
    format!("{}: {parts}", seen.year)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Count,
    Rate,
}

/// What the values are, and a warning where the unit says otherwise.
fn units(file: &Sdg1622, table: &Table<'_>, checked: &mut Checked) -> Unit {
    let Some(first) = table.values().min_by_key(|seen| seen.line) else {
        return Unit::Count;
    };
    let says_rate = is_rate(&first.unit) || (first.unit.is_empty() && is_rate(&first.series));
    let fractions = table.values().filter(|seen| matches!(seen.value, Value::Fraction(_))).count();
    let most = table.values().map(|seen| seen.value.number()).fold(0.0, f64::max);
    let said = if first.unit.is_empty() { &first.series } else { &first.unit };
    let mut warn = |message: String| {
        checked.warn(Finding::new(
            first.line,
            unit_column(file),
            "unit_contradicts_values",
            message,
        ));
    };
    match (says_rate, fractions) {
        (true, 0) if most > TOO_MANY_FOR_A_RATE || adds_up(file, table) => {
            warn(format!(
                "the unit says `{said}`, but the values are whole numbers up to {most}{}: they look like counts; correct the unit or the values",
                if adds_up(file, table) { " whose sexes add up to the total" } else { "" }
            ));
            Unit::Count
        }
        (true, _) => Unit::Rate,
        (false, 0) => Unit::Count,
        (false, _) if !first.unit.is_empty() => {
            warn(format!(
                "the unit says `{said}`, but {fractions} values have fractions: they look like rates; correct the unit or the values"
            ));
            Unit::Rate
        }
        (false, _) => {
            checked.warn(Finding::new(first.line, unit_column(file), "unit_missing", format!(
                "the file names no unit and {fractions} values have fractions; they are read as rates, which are never added"
            )));
            Unit::Rate
        }
    }
}

/// Counts by sex add up to their total; rates by sex lie on both sides of it.
fn adds_up(file: &Sdg1622, table: &Table<'_>) -> bool {
    let Some(sex) = file.sex else { return false };
    let sums = sums(table, sex);
    let whole = |group: &&Sum<'_>| {
        group.parts.len() >= 2 && group.parts.iter().all(|part| part.value.number() > 0.0)
    };
    let (mut yes, mut no) = (0, 0);
    for group in sums.iter().filter(whole) {
        let sum: f64 = group.parts.iter().map(|part| part.value.number()).sum();
        if (sum - group.total.value.number()).abs() < 0.5 { yes += 1 } else { no += 1 }
    }
    yes > no
}

fn small_cells(table: &Table<'_>, file: &Sdg1622, checked: &mut Checked) {
    for seen in table.values() {
        let Value::Count(amount) = seen.value else { continue };
        if amount.exact().is_some_and(|count| (1..SMALL).contains(&count)) {
            checked.warn(Finding::new(seen.line, value_column(file), "small_cell", format!(
                "{} is shown as `{amount}`; a count of 1 to 4 can point to a person, write `<5`",
                named(file, seen)
            )));
        }
    }
}

/// A total with its parts along one column.
struct Sum<'t> {
    total: &'t Observation,
    parts: Vec<&'t Observation>,
}

impl Sum<'_> {
    fn amounts(&self) -> Option<(Amount, Amount)> {
        let count = |value| match value {
            Value::Count(amount) => Some(amount),
            Value::Fraction(_) => None,
        };
        let parts: Option<Vec<Amount>> = self.parts.iter().map(|part| count(part.value)).collect();
        Some((parts?.into_iter().sum(), count(self.total.value)?))
    }

    fn lines(&self) -> Vec<u64> {
        self.parts.iter().map(|part| part.line).collect()
    }
}

fn sums<'t>(table: &Table<'t>, column: usize) -> Vec<Sum<'t>> {
    let mut parts: BTreeMap<Key, Vec<&'t Observation>> = BTreeMap::new();
    for ((year, of), seen) in table {
        if of.contains_key(&column) {
            let mut without = of.clone();
            without.remove(&column);
            parts.entry((*year, without)).or_default().push(seen);
        }
    }
    let with_total = |(key, parts): (Key, Vec<&'t Observation>)| {
        table.get(&key).map(|total| Sum { total, parts })
    };
    parts.into_iter().filter_map(with_total).collect()
}

fn sexes(table: &Table<'_>, file: &Sdg1622, sex: usize, checked: &mut Checked) {
    for group in sums(table, sex) {
        let Some((sum, total)) = group.amounts() else { continue };
        let message = |than: &str| {
            format!(
                "{}: the sexes are {sum} together, {than} the total {total}",
                named(file, group.total)
            )
        };
        let headline = group.total.parts.is_empty();
        if sum.certainly_exceeds(total) {
            let rule = if headline { "parts_exceed_total" } else { "parts_exceed_a_subtotal" };
            let found =
                Finding::new(group.total.line, value_column(file), rule, message("more than"))
                    .with(group.lines());
            if headline { checked.error(found) } else { checked.warn(found) }
        } else if group.parts.len() > 1 && total.certainly_exceeds(sum) {
            checked.warn(
                Finding::new(
                    group.total.line,
                    value_column(file),
                    "sexes_do_not_add_up",
                    message("less than"),
                )
                .with(group.lines()),
            );
        }
    }
}

fn ages(table: &Table<'_>, file: &Sdg1622, age: usize, checked: &mut Checked) {
    for mut group in sums(table, age) {
        let bands: Vec<Option<(u16, u16)>> = group
            .parts
            .iter()
            .map(|part| part.parts.get(&age).and_then(|text| sdg1622::band(text)))
            .collect();
        if overlap(&bands) {
            // `0-17` beside `0-11`: keep the narrower ones.
            let narrow = narrowest(&bands);
            group.parts = narrow.iter().filter_map(|at| group.parts.get(*at).copied()).collect();
        }
        let Some((sum, total)) = group.amounts().filter(|_| group.parts.len() > 1) else {
            continue;
        };
        if sum.certainly_differs(total) {
            let column = file.headings.get(age).map_or("Age", String::as_str);
            checked.warn(
                Finding::new(group.total.line, column, "ages_do_not_add_up", format!(
                    "{}: the ages are {sum} together, the total is {total}; correct one, or say how many are of unknown age",
                    named(file, group.total)
                ))
                .with(group.lines()),
            );
        }
    }
}

fn overlap(bands: &[Option<(u16, u16)>]) -> bool {
    let known: Vec<_> = bands.iter().flatten().collect();
    known.iter().enumerate().any(|(at, a)| known[at + 1..].iter().any(|b| a.0 <= b.1 && b.0 <= a.1))
}

fn narrowest(bands: &[Option<(u16, u16)>]) -> Vec<usize> {
    let width = |at: &usize| bands[*at].map_or(0, |(from, to)| to - from);
    let mut order: Vec<usize> = (0..bands.len()).collect();
    order.sort_by_key(width);
    let mut kept: Vec<usize> = Vec::new();
    for at in order {
        let clashes = |other: &usize| match (bands[at], bands[*other]) {
            (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
            _ => false,
        };
        if !kept.iter().any(clashes) {
            kept.push(at);
        }
    }
    kept
}

fn jumps(table: &Table<'_>, file: &Sdg1622, checked: &mut Checked) {
    for ((year, parts), seen) in table {
        if !parts.is_empty() {
            continue;
        }
        let before = table.get(&(year.saturating_sub(1), BTreeMap::new()));
        let (Value::Count(now), Some(Value::Count(then))) = (seen.value, before.map(|b| b.value))
        else {
            continue;
        };
        if let Some(how) = jump(then, now) {
            checked.warn(Finding::new(seen.line, value_column(file), "jump", format!(
                "{year}: {now} after {then} the year before, {how}; say whether the counting rule changed"
            )));
        }
    }
}

fn say(file: &Sdg1622, counted: u64, checked: &mut Checked) {
    let years: BTreeSet<u16> = file.observations.iter().map(|seen| seen.year).collect();
    let texts = |of: fn(&Observation) -> &String| -> BTreeSet<&String> {
        file.observations.iter().map(of).filter(|text| !text.is_empty()).collect()
    };
    checked.say("pattern", file.pattern.code());
    checked.say("observations", file.observations.len());
    checked.say("rows_without_value", file.without_value);
    checked.say("first_year", json!(years.first()));
    checked.say("last_year", json!(years.last()));
    checked.say("series", json!(texts(|seen| &seen.series)));
    checked.say("units", json!(texts(|seen| &seen.unit)));
    checked.say("tables_of_counts", counted);
    let hidden = |seen: &&Observation| matches!(seen.value, Value::Count(a) if a.is_hidden());
    checked.say("suppressed_cells", file.observations.iter().filter(hidden).count());
    let dimensions: BTreeSet<&String> = file
        .observations
        .iter()
        .flat_map(|seen| seen.parts.keys())
        .filter_map(|at| file.headings.get(*at))
        .collect();
    checked.say("disaggregations", json!(dimensions));
}
