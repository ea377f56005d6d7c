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
    release::prepare::ReleasedTable,
    standards::sheet::{Cell, Sheet},
};
use std::collections::{BTreeMap, BTreeSet};

/// So many parts of a bar can be told apart.
const SERIES: usize = 5;

/// A number of persons as it is read and drawn; an interval where it is one.
pub(super) fn persons(visit: &Visit, amount: Persons) -> Amount {
    shown(visit, amount)
}

/// A cell as it is read and drawn: where nothing was told there is no nought.
fn told(visit: &Visit, amount: Option<Persons>) -> Amount {
    amount.map_or_else(|| Amount::hidden("–"), |amount| persons(visit, amount))
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
    let of = |row: &str, part: &str| grid.cells.get(&(row.to_owned(), part.to_owned())).copied();
    let sexes = ["female", "male"];
    if by == "age" && across == "sex" && sexes.iter().all(|s| grid.series.iter().any(|p| p == s)) {
        let group = |row: &String| AgeGroup {
            label: value(visit, &by, row),
            first: told(visit, of(row, "female")),
            second: told(visit, of(row, "male")),
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
            let mut amounts: Vec<Option<Persons>> =
                grid.series[..shown].iter().map(|part| of(row, part)).collect();
            if more {
                let others = grid.series[shown..].iter().filter_map(|part| of(row, part));
                amounts.push(others.reduce(|a, b| a + b));
            }
            let total: Persons = grid.series.iter().filter_map(|part| of(row, part)).sum();
            BarRow {
                label: value(visit, &by, row),
                amounts: amounts.into_iter().map(|amount| told(visit, amount)).collect(),
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
            TableCell::number(told(visit, amount).text)
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

/// A released table spread out: the last of several columns goes across, the
/// others go down.
struct Spread {
    /// Columns that go down.
    down: Vec<String>,
    /// The column that goes across; empty for a table of one column.
    across: String,
    rows: Vec<Vec<String>>,
    series: Vec<String>,
    cells: BTreeMap<(Vec<String>, String), Persons>,
}

impl Spread {
    fn of(table: &ReleasedTable, threshold: u64) -> Self {
        let split = table.columns.len().saturating_sub(1).max(1);
        let down: Vec<String> = table.columns.iter().take(split).cloned().collect();
        let across = table.columns.get(split).cloned().unwrap_or_default();
        let mut spread =
            Self { down, across, rows: Vec::new(), series: Vec::new(), cells: BTreeMap::new() };
        for (cell, amount) in table.cells.iter().zip(&amounts(table, threshold)) {
            let row: Vec<String> = cell.values.iter().take(split).cloned().collect();
            let part = cell.values.get(split).cloned().unwrap_or_default();
            // An empty value is a total; those of rows are not drawn again.
            let is_total = row.iter().any(String::is_empty);
            spread.cells.insert((row.clone(), part.clone()), *amount);
            if !is_total && !spread.rows.contains(&row) {
                spread.rows.push(row);
            }
            if (!part.is_empty() || spread.across.is_empty()) && !spread.series.contains(&part) {
                spread.series.push(part);
            }
        }
        spread
    }

    fn shown(&self, visit: &Visit, row: &[String], part: &str) -> Amount {
        let found = self.cells.get(&(row.to_vec(), part.to_owned())).copied();
        persons(visit, found.unwrap_or(Persons::ZERO))
    }

    fn names(&self, visit: &Visit) -> Vec<String> {
        if self.across.is_empty() {
            return vec![visit.text("fig-persons")];
        }
        self.series.iter().map(|part| value(visit, &self.across, part)).collect()
    }

    /// A row's values as people read them.
    fn words(&self, visit: &Visit, row: &[String]) -> Vec<String> {
        self.down.iter().zip(row).map(|(name, word)| value(visit, name, word)).collect()
    }

    /// The rows that have something to draw: of many combinations most are empty,
    /// and the table tells them all the same.
    fn bars(&self, visit: &Visit) -> Vec<BarRow> {
        let drawn = |row: &&Vec<String>| {
            let total = self.cells.get(&((*row).clone(), String::new()));
            self.down.len() == 1 || total.is_none_or(|total| total.lower > 0)
        };
        self.rows
            .iter()
            .filter(drawn)
            .map(|row| BarRow {
                label: self.words(visit, row).join(" · "),
                amounts: self.series.iter().map(|part| self.shown(visit, row, part)).collect(),
                total: self.shown(visit, row, "").text,
            })
            .collect()
    }

    fn plain(&self, visit: &Visit) -> Table {
        let heads = self.down.iter().map(|name| dimension(visit, name));
        let total = (!self.across.is_empty()).then(|| visit.text("fig-total"));
        let mut table = Table::new("", heads.chain(self.names(visit)).chain(total));
        for row in &self.rows {
            let words = self.words(visit, row).into_iter().map(TableCell::from);
            let amounts =
                self.series.iter().map(|part| TableCell::number(self.shown(visit, row, part).text));
            let total = (!self.across.is_empty())
                .then(|| TableCell::number(self.shown(visit, row, "").text));
            table.push(words.chain(amounts).chain(total));
        }
        table
    }
}

/// Series of a released table that have a colour of their own.
const RELEASED_SERIES: usize = 6;

/// A released table as a figure: a rounded or hidden cell is an interval and
/// never zero (R185). Of more than two columns the last goes across.
pub(super) fn released(
    visit: &Visit,
    table: &ReleasedTable,
    title: &str,
    threshold: u64,
) -> Figure {
    let spread = Spread::of(table, threshold);
    let drawing = StackedBars {
        labelled_by: Figure::title_id(&table.id),
        series: spread.names(visit).into_iter().take(RELEASED_SERIES).collect(),
        rows: spread.bars(visit),
        rtl: rtl(visit),
    };
    Figure::new(&visit.words(), table.id.clone(), title.to_owned(), drawing, spread.plain(visit))
        .note(visit.text("fig-detected"))
}

/// The same as a picture to keep.
pub(super) fn released_picture(
    visit: &Visit,
    table: &ReleasedTable,
    title: &str,
    threshold: u64,
    notes: Vec<String>,
) -> String {
    let spread = Spread::of(table, threshold);
    let series = spread.names(visit).into_iter().take(RELEASED_SERIES).collect();
    let blocks = vec![Block::Bars { series, rows: spread.bars(visit) }];
    let language = visit.language.code().to_owned();
    SvgFile { language, rtl: rtl(visit), title: title.to_owned(), blocks, notes }.render()
}
