//! Checking a GLOTIP table alone: what contradicts itself is an error, what a
//! person should look at a warning.

use crate::{
    checked::{Checked, Finding},
    glotip::{self, Age, Dimension, Glotip, Indicator, Row, Sex},
    iso_areas,
};
use palermo_domain::knowledge::amount::Amount;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Counts of 1 to 4 belong behind `<5`.
const SMALL: u64 = 5;

/// A year that holds this many times the one before, or as small a part, is a jump.
const JUMP_TIMES: u64 = 4;

/// … if at least this many persons lie between.
const JUMP_PERSONS: u64 = 50;

/// Checks the bytes of a file.
#[must_use]
pub fn check(bytes: &[u8]) -> Checked {
    match glotip::read(bytes) {
        Ok(table) => of(&table),
        Err(refused) => refused,
    }
}

/// Checks a table that was read.
#[must_use]
pub fn of(table: &Glotip) -> Checked {
    let mut checked = Checked { rows: table.seen, ..Checked::default() };
    for error in &table.errors {
        checked.error(error.clone());
    }
    each_row(table, &mut checked);
    let cells = cells(&table.rows, &mut checked);
    sexes(&cells, &mut checked);
    ages(&cells, &mut checked);
    jumps(&cells, &mut checked);
    what_it_holds(table, &mut checked);
    checked.sort();
    checked
}

fn each_row(table: &Glotip, checked: &mut Checked) {
    let (mut hidden, mut without) = (0_u64, 0_u64);
    let mut strangers: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let known: BTreeSet<&str> = iso_areas::all().map(|area| area.alpha_3).collect();
    let mut units: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in &table.rows {
        hidden += u64::from(row.amount.is_hidden());
        if row.area.is_empty() {
            without += 1;
            checked.warn(Finding::new(
                row.line,
                "Iso3_code",
                "missing_code",
                format!("`{}` has no code; it cannot be compared with others", row.country),
            ));
        } else if !known.contains(row.area.as_str()) {
            strangers.entry(&row.area).or_default().push(row.line);
        }
        if row.amount.exact().is_some_and(|count| (1..SMALL).contains(&count)) {
            checked.warn(Finding::new(
                row.line,
                "txtVALUE",
                "small_cell",
                format!("`{}` is shown in the open; counts of 1 to 4 are written `<5`", row.amount),
            ));
        }
        if is_rate(&row.unit) {
            let seen = units.entry(&row.unit).or_insert((row.line, 0));
            seen.1 = seen.1.max(row.amount.upper);
        }
    }
    for (code, lines) in strangers {
        let (first, rest) =
            (lines.first().copied().unwrap_or(1), lines.get(1..).unwrap_or_default());
        checked.warn(Finding::new(first, "Iso3_code", "not_iso", format!(
            "`{code}` is no code of ISO 3166-1 ({} rows); it is kept as written and belongs to no State",
            lines.len()
        )).with(rest.iter().take(9).copied().collect()));
    }
    for (unit, (line, most)) in units {
        checked.warn(Finding::new(line, "Unit of measurement", "unit_contradicts_values", format!(
            "the unit says `{unit}`, the values are whole numbers up to {most}: they look like counts"
        )));
    }
    checked.say("suppressed_cells", hidden);
    checked.say("rows_without_code", without);
}

/// Whether a unit speaks of a rate.
pub(crate) fn is_rate(unit: &str) -> bool {
    let unit = unit.to_lowercase();
    ["per 100", "per 1,000", "per 1 000", "per 10", "per million", "rate", "percent", "%", "p100"]
        .iter()
        .any(|word| unit.contains(word))
}

type Part = (Sex, Age);
type Group<'t> = (Indicator, Dimension, &'t str, &'t str, u16);

/// All cells of one area, year, indicator and category, by sex and age.
type Cells<'t> = BTreeMap<Group<'t>, HashMap<Part, &'t Row>>;

/// A later row stands in for an earlier one of the same name.
fn cells<'t>(rows: &'t [Row], checked: &mut Checked) -> Cells<'t> {
    let mut cells = Cells::new();
    let mut twice = 0_u64;
    for row in rows {
        let group =
            (row.indicator, row.dimension, row.category.as_str(), row.area.as_str(), row.year);
        let before = cells.entry(group).or_default().insert((row.sex, row.age), row);
        // Without a code or a category two rows may mean two things.
        if let Some(before) = before.filter(|_| !row.area.is_empty() && !row.category.is_empty()) {
            twice += 1;
            let same = if before.amount == row.amount {
                "with the same value"
            } else {
                "with another value"
            };
            checked.warn(
                Finding::new(row.line, "txtVALUE", "duplicate", format!(
                    "this cell stands on line {} already, {same} (`{}`, here `{}`); the later one is used",
                    before.line, before.amount, row.amount
                ))
                .with(vec![before.line]),
            );
        }
    }
    checked.say("duplicate_cells", twice);
    cells
}

fn sexes(cells: &Cells<'_>, checked: &mut Checked) {
    let (mut country_years, mut exceed) = (0_u64, 0_u64);
    for ((indicator, dimension, _, area, year), parts) in cells {
        if area.is_empty() {
            continue;
        }
        for age in [Age::Total, Age::Children, Age::Adults] {
            let of = |sex| parts.get(&(sex, age)).copied();
            let (Some(male), Some(female), Some(total)) =
                (of(Sex::Male), of(Sex::Female), of(Sex::Total))
            else {
                continue;
            };
            let sum = male.amount + female.amount;
            let headline = *indicator == Indicator::Victims
                && *dimension == Dimension::Total
                && age == Age::Total;
            let numbers = [male, female, total].iter().all(|row| !row.amount.is_hidden());
            let beyond = sum.certainly_exceeds(total.amount);
            country_years += u64::from(headline && numbers);
            if !beyond {
                continue;
            }
            let lines = vec![male.line, female.line];
            let message = format!(
                "{area} {year}: male {} and female {} are {sum}, more than the total {}; correct the parts or the total",
                male.amount, female.amount, total.amount
            );
            if headline && numbers {
                exceed += 1;
                checked.error(
                    Finding::new(total.line, "txtVALUE", "parts_exceed_total", message).with(lines),
                );
            } else {
                let message = format!(
                    "{} ({}, {}): {message}",
                    indicator.word(),
                    dimension.word(),
                    age.word()
                );
                checked.warn(
                    Finding::new(total.line, "txtVALUE", "parts_exceed_a_subtotal", message)
                        .with(lines),
                );
            }
        }
    }
    checked.say("country_years", country_years);
    checked.say("parts_exceed_total", exceed);
}

fn ages(cells: &Cells<'_>, checked: &mut Checked) {
    let mut wrong = 0_u64;
    for ((indicator, dimension, category, area, year), parts) in cells {
        if area.is_empty() {
            continue;
        }
        for sex in [Sex::Total, Sex::Female, Sex::Male] {
            let of = |age| parts.get(&(sex, age)).copied();
            let (Some(children), Some(adults), Some(total)) =
                (of(Age::Children), of(Age::Adults), of(Age::Total))
            else {
                continue;
            };
            let unknown = parts.get(&(Sex::Unknown, Age::Unknown)).is_some();
            let sum: Amount = children.amount + adults.amount;
            let short = !unknown && total.amount.certainly_exceeds(sum);
            if !sum.certainly_exceeds(total.amount) && !short {
                continue;
            }
            wrong += 1;
            checked.warn(
                Finding::new(total.line, "Age", "ages_do_not_add_up", format!(
                    "{area} {year}, {} ({}, {category}, {}): children {} and adults {} are {sum}, the total is {}",
                    indicator.word(), dimension.word(), sex.word(),
                    children.amount, adults.amount, total.amount
                ))
                .with(vec![children.line, adults.line]),
            );
        }
    }
    checked.say("ages_do_not_add_up", wrong);
}

fn jumps(cells: &Cells<'_>, checked: &mut Checked) {
    for ((indicator, dimension, category, area, year), parts) in cells {
        let before = (*indicator, *dimension, *category, *area, year.saturating_sub(1));
        if *dimension != Dimension::Total || area.is_empty() {
            continue;
        }
        let total = |parts: &HashMap<Part, &Row>| {
            parts.get(&(Sex::Total, Age::Total)).map(|row| (row.line, row.amount))
        };
        let (Some((line, now)), Some((earlier, then))) =
            (total(parts), cells.get(&before).and_then(total))
        else {
            continue;
        };
        if let Some(how) = jump(then, now) {
            checked.warn(
                Finding::new(line, "txtVALUE", "jump", format!(
                    "{area} {year}, {}: {now} after {then} the year before, {how}; say whether the counting rule changed",
                    indicator.word()
                ))
                .with(vec![earlier]),
            );
        }
    }
}

/// Whether a count certainly jumped from one year to the next.
pub(crate) fn jump(then: Amount, now: Amount) -> Option<&'static str> {
    let rose = now.lower >= then.upper.saturating_mul(JUMP_TIMES)
        && now.lower.saturating_sub(then.upper) >= JUMP_PERSONS;
    let fell = then.lower >= now.upper.saturating_mul(JUMP_TIMES)
        && then.lower.saturating_sub(now.upper) >= JUMP_PERSONS;
    match (rose, fell) {
        (true, _) => Some("at least four times as many"),
        (_, true) => Some("at most a quarter"),
        _ => None,
    }
}

fn what_it_holds(table: &Glotip, checked: &mut Checked) {
    let years: BTreeSet<u16> = table.rows.iter().map(|row| row.year).collect();
    let areas: BTreeSet<&str> =
        table.rows.iter().map(|row| row.area.as_str()).filter(|area| !area.is_empty()).collect();
    let strangers: Vec<&str> =
        areas.iter().copied().filter(|code| iso_areas::alpha_3(code).is_none()).collect();
    checked.say("areas", areas.len());
    checked.say("non_iso_areas", json!(strangers));
    checked.say("first_year", json!(years.first()));
    checked.say("last_year", json!(years.last()));
    let mut indicators: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &table.rows {
        *indicators.entry(row.indicator.word()).or_insert(0) += 1;
    }
    checked.say("rows_by_indicator", json!(indicators));
}
