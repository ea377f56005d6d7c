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
use palermo_standards::national_export::{Count, Shape, write};

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
                if known || by.is_empty() {
                    all.push(Count {
                        area: area.to_owned(),
                        year: year.clone(),
                        sex: word("sex"),
                        age: word("age"),
                        form: shaped_form(&word("form")).to_owned(),
                        amount: cell.amount,
                    });
                }
            }
        }
    }
    summed(all)
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
        let same = out.iter_mut().find(|old| {
            old.year == one.year && old.sex == one.sex && old.age == one.age && old.form == one.form
        });
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

/// The file of a released table, if it is of one State and by years: only what
/// passed disclosure control, with its rounding.
#[must_use]
pub fn released(
    app: &App,
    spec: &Spec,
    table: &ReleasedTable,
    state: Option<&str>,
    shape: Shape,
) -> Option<Vec<u8>> {
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
    let area = state.map(str::to_owned);
    if area.is_none() && at("state").is_none() {
        return None;
    }
    let k = spec.threshold().map_or(5, |k| u64::from(k.get()));
    let mut all = Vec::new();
    for cell in &table.cells {
        let word = |name: &str| -> String {
            at(name).and_then(|at| cell.values.get(at)).cloned().unwrap_or_default()
        };
        let year = if at("year").is_some() { word("year") } else { one_year.clone()? };
        let place = if at("state").is_some() { word("state") } else { area.clone()? };
        if year.is_empty() || place.is_empty() {
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
        all.push(Count {
            area: place,
            year,
            sex: word("sex"),
            age: word("age"),
            form: shaped_form(&word("form")).to_owned(),
            amount,
        });
    }
    if all.is_empty() {
        return None;
    }
    let first = all.first().map(|one| one.area.clone()).unwrap_or_default();
    let rounded = if spec.method.kind == Kind::Round { ", rounded down" } else { "" };
    let source = format!("{}, release {}{rounded}", spec.release.source, spec.release.id);
    Some(write(shape, &summed(all), &country(app, &first), &source))
}
