//! A State's own figures as SDG 16.2.2 and as the table of the Global Report
//! (R198): exact from its own dataset for its own staff, and from a protected
//! table for everyone else.

use super::datasets::{self, Listed};
use crate::{
    Acting, App, Message, Refused,
    release::prepare::{CellStatus, ReleasedTable},
    release::spec::{Kind, Spec},
};
use palermo_domain::{
    id::DatasetId,
    knowledge::{
        amount::Amount,
        columns::{Columns, Query},
        dataset::Dataset,
    },
};
use palermo_standards::{
    national_export::{Count, Shape, write},
    sdg1622,
};
use std::collections::BTreeSet;

/// Counts of a dataset by year, sex, age and form, with every sum the shapes ask for.
fn counts(dataset: &Dataset, figures: &Columns, area: &str) -> Vec<Count> {
    let mut all = Vec::new();
    let breakdowns: [&[&str]; 5] = [&[], &["sex"], &["age"], &["sex", "age"], &["form"]];
    let years: Vec<String> = super::explore::words(figures, "year")
        .into_iter()
        .filter(|year| !year.is_empty())
        .collect();
    for year in years {
        for by in breakdowns {
            let mut only = vec![
                ("year".to_owned(), year.clone()),
                ("indicator".to_owned(), "victims".to_owned()),
            ];
            if !super::explore::words(figures, "state").is_empty() {
                only.push(("state".to_owned(), area.to_owned()));
            }
            let query = Query {
                by: by.iter().map(|name| (*name).to_owned()).collect(),
                only,
                aggregates: dataset.format.has_sums(),
            };
            let counted = figures.count(&query);
            for cell in counted.cells {
                let word = |name: &str| -> String {
                    by.iter()
                        .position(|of| *of == name)
                        .and_then(|at| cell.words.get(at))
                        .cloned()
                        .unwrap_or_default()
                };
                // In a breakdown an empty word is a person whose sex or age is not known.
                let known = by.iter().all(|name| !word(name).is_empty());
                // One that has no common code would stand there as the total.
                let (Some(sex), Some(age)) = (sex_of(&word("sex")), age_of(&word("age"))) else {
                    continue;
                };
                if known || by.is_empty() {
                    all.push(Count {
                        area: area.to_owned(),
                        year: year.clone(),
                        sex,
                        age,
                        form: shaped_form(&word("form")).to_owned(),
                        amount: cell.amount,
                    });
                }
            }
        }
    }
    summed(all)
}

/// The common code of a word for sex; nothing where it has none.
fn sex_of(word: &str) -> Option<String> {
    matches!(word, "" | "female" | "male" | "other" | "unknown").then(|| word.to_owned())
}

/// The common code of a word for age; nothing where a band lies on both sides of 18.
fn age_of(word: &str) -> Option<String> {
    if matches!(word, "" | "child" | "adult" | "unknown") {
        return Some(word.to_owned());
    }
    sdg1622::age_code(word).map(str::to_owned)
}

/// The Global Report knows three forms.
fn shaped_form(form: &str) -> &str {
    match form {
        "" | "sexual" | "labour" => form,
        _ => "other",
    }
}

/// Lines of one place become one.
fn summed(all: Vec<Count>) -> Vec<Count> {
    let mut out: Vec<Count> = Vec::new();
    for one in all {
        let same = out.iter_mut().find(|old| same_place(old, &one));
        match same {
            Some(old) => old.amount = old.amount + one.amount,
            None => out.push(one),
        }
    }
    out
}

fn area_of(dataset: &Dataset, asked: &str) -> Result<String, Refused> {
    let asked = asked.trim().to_uppercase();
    match (&dataset.state, asked.as_str()) {
        (Some(state), "") => Ok(state.clone()),
        (Some(state), asked) if state == asked => Ok(state.clone()),
        (None, asked) if !asked.is_empty() => Ok(asked.to_owned()),
        _ => Err(Refused::Declined(Message::new("export-one-state"))),
    }
}

/// The file of one State from one dataset, exact: for own staff.
///
/// # Errors
/// What access or the store refuse; [`Refused::Declined`] when no State is named.
pub async fn own(
    acting: &Acting<'_>,
    id: DatasetId,
    shape: Shape,
    state: &str,
) -> Result<Vec<u8>, Refused> {
    let shown = datasets::show(acting, id).await?;
    let figures = datasets::figures(acting, &shown.dataset).await?;
    file(acting.app, &shown.dataset, &figures, shape, state)
}

/// The same for whoever has read the figures already.
///
/// # Errors
/// [`Refused::Declined`] when no State is named.
pub fn file(
    app: &App,
    dataset: &Listed,
    figures: &Columns,
    shape: Shape,
    state: &str,
) -> Result<Vec<u8>, Refused> {
    let about = &dataset.entry;
    let area = area_of(about, state)?;
    let country = country(app, &area);
    Ok(write(shape, &counts(about, figures, &area), &country, &about.source))
}

fn country(app: &App, area: &str) -> String {
    let code = area.parse().ok();
    code.map_or_else(|| area.to_owned(), |code| app.registers.states.name(code, "en"))
}

/// The States of which a released table can be written in the shapes of others:
/// that of its dataset, or those in its column of States.
#[must_use]
pub fn places(table: &ReleasedTable, state: Option<&str>) -> Vec<String> {
    let Some(at) = table.columns.iter().position(|column| column == "state") else {
        return state.map(str::to_owned).into_iter().collect();
    };
    let words = table.cells.iter().filter_map(|cell| cell.values.get(at));
    let all: BTreeSet<&String> =
        words.filter(|word| !matches!(word.as_str(), "" | "unknown")).collect();
    all.into_iter().cloned().collect()
}

/// The file of one State from a released table with years: only what passed
/// disclosure control, with its rounding. Nothing is added up: sums of rounded
/// numbers are not those that were released.
#[must_use]
pub fn released(
    app: &App,
    spec: &Spec,
    table: &ReleasedTable,
    place: &str,
    shape: Shape,
) -> Option<Vec<u8>> {
    let all = printed(spec, table, place)?;
    let rounded = if spec.method.kind == Kind::Round { ", rounded down" } else { "" };
    let source = format!("{}, release {}{rounded}", spec.release.source, spec.release.id);
    Some(write(shape, &all, &country(app, place), &source))
}

/// The counts of one State as they were printed.
fn printed(spec: &Spec, table: &ReleasedTable, place: &str) -> Option<Vec<Count>> {
    const KNOWN: [&str; 5] = ["year", "state", "sex", "age", "form"];
    if table.columns.iter().any(|name| !KNOWN.contains(&name.as_str())) {
        return None;
    }
    let at = |name: &str| table.columns.iter().position(|column| column == name);
    let period: Vec<&str> = spec.release.period.split('/').collect();
    let one_year = match period.as_slice() {
        [from, to] if from == to && from.len() == 4 => Some((*from).to_owned()),
        _ => None,
    };
    if at("year").is_none() && one_year.is_none() {
        return None;
    }
    let k = spec.threshold().map_or(5, |k| u64::from(k.get()));
    let mut all = Vec::new();
    for cell in &table.cells {
        let word = |name: &str| -> String {
            at(name).and_then(|at| cell.values.get(at)).cloned().unwrap_or_default()
        };
        let year = if at("year").is_some() { word("year") } else { one_year.clone()? };
        if year.is_empty() || (at("state").is_some() && word("state") != place) {
            continue;
        }
        let amount = match (cell.status, cell.count) {
            (CellStatus::Shown, Some(count)) => Amount::exactly(count),
            // A rounded count is written as it was released: its lower end.
            (CellStatus::Rounded, Some(0)) => Amount::below(k),
            (CellStatus::Rounded, Some(count)) => Amount::exactly(count),
            // Why a cell is hidden is not told, so it is left out.
            _ => continue,
        };
        let (Some(sex), Some(age)) = (sex_of(&word("sex")), age_of(&word("age"))) else {
            continue;
        };
        all.push(Count {
            area: place.to_owned(),
            year,
            sex,
            age,
            form: shaped_form(&word("form")).to_owned(),
            amount,
        });
    }
    let all = alone(&all);
    (!all.is_empty()).then_some(all)
}

fn same_place(a: &Count, b: &Count) -> bool {
    a.year == b.year && a.sex == b.sex && a.age == b.age && a.form == b.form
}

/// Counts that share their place with no other one.
fn alone(all: &[Count]) -> Vec<Count> {
    let once = |one: &&Count| all.iter().filter(|other| same_place(one, other)).count() == 1;
    all.iter().filter(once).cloned().collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn req_198_words_without_a_code_never_become_a_second_total() {
        assert_eq!(age_of("0 to 14").as_deref(), Some("child"));
        assert_eq!(age_of("18-24").as_deref(), Some("adult"));
        assert_eq!(age_of("Age not known").as_deref(), Some("unknown"));
        assert_eq!(age_of("15-24"), None);
        assert_eq!((age_of("").as_deref(), sex_of("several")), (Some(""), None));
    }

    #[test]
    fn req_198_what_was_printed_apart_is_not_added() {
        let one = |form: &str, count| Count {
            area: "XAA".to_owned(),
            year: "2025".to_owned(),
            form: form.to_owned(),
            amount: Amount::exactly(count),
            ..Count::default()
        };
        let all = [one("", 40), one("other", 10), one("other", 10), one("sexual", 20)];
        assert_eq!(alone(&all), [one("", 40), one("sexual", 20)]);
    }
}
