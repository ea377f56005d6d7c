//! Counts as figures: bars with their table, hidden counts as what they are.

use super::{dimension, value};
use crate::{
    components::{Content, Table, TableCell},
    figures::{AgeGroup, Amount, BarRow, Block, Figure, Pyramid, Sparkline, StackedBars, SvgFile},
    pages::public_site::figure::shown,
    shell::visit::Visit,
};
use palermo_app::{
    domain::knowledge::{amount::Amount as Persons, columns::Counted},
    public_site::figures::amounts,
    release::prepare::{ReleasedCell, ReleasedTable},
    standards::sheet::{Cell, Sheet},
};
use std::collections::{BTreeMap, BTreeSet};

/// So many parts of a bar can be told apart.
const SERIES: usize = 5;

/// A number of persons as it is read and drawn; an interval where it is one.
pub(super) fn persons(visit: &Visit, amount: Persons) -> Amount {
    shown(visit, amount)
}

/// Rows and columns of a count by one or two dimensions.
struct Grid {
    rows: Vec<String>,
    series: Vec<String>,
    cells: BTreeMap<(String, String), Persons>,
}

fn grid(counted: &Counted) -> Grid {
    let mut cells: BTreeMap<(String, String), Persons> = BTreeMap::new();
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    let mut rows = BTreeSet::new();
    for cell in &counted.cells {
        let row = cell.words.first().cloned().unwrap_or_default();
        let part = cell.words.get(1).cloned().unwrap_or_default();
        *sums.entry(part.clone()).or_insert(0) += cell.amount.upper;
        rows.insert(row.clone());
        cells.insert((row, part), cell.amount);
    }
    // The largest parts have colours of their own, the others share one.
    let mut series: Vec<(u64, String)> = sums.into_iter().map(|(part, sum)| (sum, part)).collect();
    series.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    Grid {
        rows: rows.into_iter().collect(),
        series: series.into_iter().map(|s| s.1).collect(),
        cells,
    }
}

/// The count as a figure with its table: sexes by age against one another,
/// anything else as bars.
pub(super) fn figure(visit: &Visit, id: &str, title: &str, counted: &Counted) -> Figure {
    let grid = grid(counted);
    let table = plain(visit, counted, &grid);
    let labelled_by = Figure::title_id(id);
    let drawing = match block(visit, counted, &grid) {
        Block::Pyramid { first, second, groups } => {
            Content::html(&Pyramid { labelled_by, first, second, groups, rtl: rtl(visit) })
        }
        Block::Bars { series, rows } => {
            Content::html(&StackedBars { labelled_by, series, rows, rtl: rtl(visit) })
        }
        Block::Heading(_) | Block::Map(_) => Content::default(),
    };
    Figure::new(&visit.words(), id, title, drawing, table).note(visit.text("fig-detected"))
}

/// The same as a picture to keep.
pub(super) fn picture(visit: &Visit, title: &str, counted: &Counted, notes: Vec<String>) -> String {
    let blocks = vec![block(visit, counted, &grid(counted))];
    let language = visit.language.code().to_owned();
    SvgFile { language, rtl: rtl(visit), title: title.to_owned(), blocks, notes }.render()
}

fn rtl(visit: &Visit) -> bool {
    visit.language.direction().code() == "rtl"
}

fn block(visit: &Visit, counted: &Counted, grid: &Grid) -> Block {
    let (by, across) = (axis(counted, 0), axis(counted, 1));
    let of = |row: &str, part: &str| {
        grid.cells.get(&(row.to_owned(), part.to_owned())).copied().unwrap_or(Persons::ZERO)
    };
    let sexes = ["female", "male"];
    if by == "age" && across == "sex" && sexes.iter().all(|s| grid.series.iter().any(|p| p == s)) {
        let group = |row: &String| AgeGroup {
            label: value(visit, &by, row),
            first: persons(visit, of(row, "female")),
            second: persons(visit, of(row, "male")),
        };
        let mut rows: Vec<&String> = grid.rows.iter().collect();
        // Children are the younger ones, whatever their word sorts like.
        rows.sort_by_key(|row| (palermo_app::public_site::view::rank(row), row.as_str()));
        let [first, second] = sexes.map(|sex| value(visit, &across, sex));
        return Block::Pyramid { first, second, groups: rows.into_iter().map(group).collect() };
    }
    let shown = grid.series.len().min(SERIES);
    let more = grid.series.len() > SERIES;
    let mut series: Vec<String> =
        grid.series[..shown].iter().map(|part| value(visit, &across, part)).collect();
    if across.is_empty() {
        series = vec![visit.text("fig-persons")];
    } else if more {
        series.push(visit.text("fig-others"));
    }
    let rows = grid
        .rows
        .iter()
        .map(|row| {
            let mut amounts: Vec<Persons> =
                grid.series[..shown].iter().map(|part| of(row, part)).collect();
            if more {
                amounts.push(grid.series[shown..].iter().map(|part| of(row, part)).sum());
            }
            let total: Persons = grid.series.iter().map(|part| of(row, part)).sum();
            BarRow {
                label: value(visit, &by, row),
                amounts: amounts.into_iter().map(|amount| persons(visit, amount)).collect(),
                total: persons(visit, total).text,
            }
        })
        .collect();
    Block::Bars { series, rows }
}

fn axis(counted: &Counted, at: usize) -> String {
    counted.by.get(at).cloned().unwrap_or_default()
}

fn plain(visit: &Visit, counted: &Counted, grid: &Grid) -> Table {
    let (by, across) = (axis(counted, 0), axis(counted, 1));
    let mut heads = vec![dimension(visit, &by)];
    if across.is_empty() {
        heads.push(visit.text("fig-persons"));
    } else {
        heads.extend(grid.series.iter().map(|part| value(visit, &across, part)));
    }
    let mut table = Table::new("", heads);
    for row in &grid.rows {
        let cells = grid.series.iter().map(|part| {
            let amount = grid.cells.get(&(row.clone(), part.clone())).copied();
            TableCell::number(persons(visit, amount.unwrap_or(Persons::ZERO)).text)
        });
        table.push(std::iter::once(TableCell::from(value(visit, &by, row))).chain(cells));
    }
    table
}

/// The count as a sheet: every cell a line, hidden ones with both ends.
pub(super) fn sheet(visit: &Visit, name: &str, counted: &Counted, notes: Vec<String>) -> Sheet {
    let mut columns = counted.by.clone();
    columns.extend(["persons", "lower", "upper"].map(str::to_owned));
    let number = |count: u64| {
        #[allow(clippy::cast_precision_loss)]
        Cell::Number(count as f64)
    };
    let rows = counted
        .cells
        .iter()
        .map(|cell| {
            let mut row: Vec<Cell> = cell.words.iter().map(|word| word.as_str().into()).collect();
            row.push(cell.amount.exact().map_or_else(|| "".into(), number));
            row.extend([number(cell.amount.lower), number(cell.amount.upper)]);
            row
        })
        .collect();
    let mut notes = notes;
    notes.push(visit.text("fig-detected"));
    if visit.web.settings().demo {
        notes.push(visit.text("demo-banner"));
    }
    Sheet { name: name.to_owned(), columns, rows, notes }
}

/// A line over the years for one value.
pub(super) fn spark(visit: &Visit, label: &str, years: &[(String, Persons)]) -> Content {
    // Hidden counts break the line instead of pretending to be a number.
    #[allow(clippy::cast_precision_loss)]
    let values = years.iter().map(|(_, amount)| amount.exact().map(|count| count as f64)).collect();
    let text = |one: Option<&(String, Persons)>| {
        one.map(|(_, amount)| persons(visit, *amount).text).unwrap_or_default()
    };
    let told: Vec<String> = years
        .iter()
        .map(|(year, amount)| format!("{year}: {}", persons(visit, *amount).text))
        .collect();
    let line = Sparkline {
        label: format!("{label}: {}", told.join(", ")),
        values,
        first: text(years.first()),
        last: text(years.last()),
        rtl: visit.language.direction().code() == "rtl",
    };
    Content::Html(line.to_string())
}

/// A released table as a figure: a rounded or hidden cell is an interval and
/// never zero (R185). Tables of three dimensions show the first two.
pub(super) fn released(
    visit: &Visit,
    table: &ReleasedTable,
    title: &str,
    threshold: u64,
) -> Figure {
    let known = amounts(table, threshold);
    let (by, across) = (table.columns.first(), table.columns.get(1));
    let mut rows: Vec<String> = Vec::new();
    let mut series: Vec<String> = Vec::new();
    let mut cells = BTreeMap::new();
    let more_is_all = |cell: &ReleasedCell| cell.values.iter().skip(2).all(String::is_empty);
    for (cell, amount) in table.cells.iter().zip(&known).filter(|(cell, _)| more_is_all(cell)) {
        let row = cell.values.first().cloned().unwrap_or_default();
        let part = cell.values.get(1).cloned().unwrap_or_default();
        cells.insert((row.clone(), part.clone()), *amount);
        if !row.is_empty() && !rows.contains(&row) {
            rows.push(row);
        }
        if (!part.is_empty() || across.is_none()) && !series.contains(&part) {
            series.push(part);
        }
    }
    let shown = |row: &str, part: &str| -> Amount {
        let found = cells.get(&(row.to_owned(), part.to_owned())).copied();
        persons(visit, found.unwrap_or(Persons::ZERO))
    };
    let by = by.cloned().unwrap_or_default();
    let across = across.cloned().unwrap_or_default();
    let names: Vec<String> = if across.is_empty() {
        vec![visit.text("fig-persons")]
    } else {
        series.iter().map(|part| value(visit, &across, part)).collect()
    };
    let mut plain = Table::new(
        "",
        std::iter::once(dimension(visit, &by))
            .chain(names.clone())
            .chain((!across.is_empty()).then(|| visit.text("fig-total"))),
    );
    let mut bars = Vec::new();
    for row in &rows {
        let amounts: Vec<Amount> = series.iter().map(|part| shown(row, part)).collect();
        let total = shown(row, "").text;
        let cells = amounts.iter().map(|amount| TableCell::number(amount.text.clone()));
        let last = (!across.is_empty()).then(|| TableCell::number(total.clone()));
        plain.push(
            std::iter::once(TableCell::from(value(visit, &by, row))).chain(cells).chain(last),
        );
        bars.push(BarRow { label: value(visit, &by, row), amounts, total });
    }
    let rtl = visit.language.direction().code() == "rtl";
    let labelled_by = Figure::title_id(&table.id);
    let drawing =
        StackedBars { labelled_by, series: names.into_iter().take(6).collect(), rows: bars, rtl };
    Figure::new(&visit.words(), table.id.clone(), title.to_owned(), drawing, plain)
        .note(visit.text("fig-detected"))
}
