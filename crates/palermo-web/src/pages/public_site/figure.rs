//! Numbers as figures: the parts the public explorer and the country pages share.

use super::{address, is_states};
use crate::{
    components::{Content, Table, TableCell},
    figures::{AgeGroup, Amount, BarRow, Block, Figure, Pyramid, Sparkline, StackedBars, SvgFile},
    pages::knowledge::{dimension, value},
    shell::visit::Visit,
};
use palermo_app::{
    domain::knowledge::{amount::Amount as Persons, released::UNBOUNDED},
    locale::Direction,
    public_site::{
        figures::PublicSource,
        view::{Point, rank},
    },
    standards::sheet::{Cell, Sheet},
};
use std::{collections::BTreeMap, fmt::Write as _};

/// So many parts of a bar can be told apart.
pub(super) const SERIES: usize = 6;

/// A number as it is read and drawn; an interval where it is one.
pub(in crate::pages) fn shown(visit: &Visit, amount: Persons) -> Amount {
    let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
    // Counts of persons are far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    let number = |count: u64| count as f64;
    match (amount.exact(), amount.upper) {
        (Some(count), _) => Amount::new(number(count), whole(count)),
        (None, UNBOUNDED) if amount.lower == 0 => Amount::hidden(visit.text("fig-hidden")),
        (None, UNBOUNDED) => Amount::new(
            number(amount.lower),
            visit.format("pub-at-least", &[("count", whole(amount.lower).into())]),
        ),
        (None, upper) => Amount::between(
            number(amount.lower),
            number(upper),
            format!("\u{2066}{}–{}\u{2069}", whole(amount.lower), whole(upper)),
        ),
    }
}

/// Numbers by pane, row and part.
pub(super) struct Grid<'p> {
    /// Panes in their order; one empty if there is one figure.
    pub panes: Vec<String>,
    /// Rows in their order.
    pub rows: Vec<String>,
    /// Parts in their order.
    pub parts: Vec<String>,
    at: BTreeMap<(&'p str, &'p str, &'p str), &'p Point<'p>>,
}

/// Words of a dimension in their order: years as they follow, States by name,
/// others as in their list.
fn ordered<'w>(
    visit: &Visit,
    dimension: &str,
    words: impl Iterator<Item = &'w String>,
) -> Vec<String> {
    let mut all: Vec<String> = words.cloned().collect();
    all.sort();
    all.dedup();
    if is_states(dimension) {
        all.sort_by(|a, b| {
            rank(a).min(500).cmp(&rank(b).min(500)).then_with(|| {
                visit.compare(&value(visit, dimension, a), &value(visit, dimension, b))
            })
        });
    } else if dimension != "year" {
        all.sort_by(|a, b| rank(a).cmp(&rank(b)).then(a.cmp(b)));
    }
    all
}

impl<'p> Grid<'p> {
    pub fn of(visit: &Visit, names: [&str; 3], points: &'p [Point<'p>]) -> Self {
        let [per, by, across] = names;
        Self {
            panes: ordered(visit, per, points.iter().map(|point| &point.pane)),
            rows: ordered(visit, by, points.iter().map(|point| &point.row)),
            parts: ordered(visit, across, points.iter().map(|point| &point.part)),
            at: points.iter().map(|p| ((&*p.pane, &*p.row, &*p.part), p)).collect(),
        }
    }

    pub fn point(&self, pane: &str, row: &str, part: &str) -> Option<&'p Point<'p>> {
        self.at.get(&(pane, row, part)).copied()
    }

    fn amount(&self, visit: &Visit, pane: &str, row: &str, part: &str) -> Amount {
        match self.point(pane, row, part) {
            Some(point) => shown(visit, point.amount),
            None => Amount::hidden("–"),
        }
    }
}

/// What is drawn, by which names.
pub(super) struct Drawn<'a> {
    pub visit: &'a Visit,
    pub by: &'a str,
    pub across: &'a str,
    pub per: &'a str,
    pub grid: &'a Grid<'a>,
    /// Printed totals of rows, where there are parts.
    pub totals: &'a Grid<'a>,
}

impl Drawn<'_> {
    fn rtl(&self) -> bool {
        self.visit.language.direction() == Direction::Rtl
    }

    fn series(&self) -> Vec<String> {
        if self.across.is_empty() {
            return vec![self.visit.text("fig-persons")];
        }
        self.grid.parts.iter().map(|part| value(self.visit, self.across, part)).collect()
    }

    fn rows(&self, pane: &str) -> Vec<BarRow> {
        let visit = self.visit;
        let rows = self.grid.rows.iter();
        rows.filter(|row| self.grid.parts.iter().any(|p| self.grid.point(pane, row, p).is_some()))
            .map(|row| {
                let amounts: Vec<Amount> =
                    self.grid.parts.iter().map(|p| self.grid.amount(visit, pane, row, p)).collect();
                let total = if self.across.is_empty() {
                    amounts.first().map(|amount| amount.text.clone()).unwrap_or_default()
                } else {
                    self.totals.amount(visit, pane, row, "").text
                };
                BarRow { label: value(visit, self.by, row), amounts, total }
            })
            .collect()
    }

    /// Sexes against one another by age.
    pub fn is_pyramid(&self) -> bool {
        let sexes = ["female", "male"].map(str::to_owned);
        self.by == "age"
            && self.across == "sex"
            && sexes.iter().all(|s| self.grid.parts.contains(s))
    }

    fn groups(&self, pane: &str) -> Vec<AgeGroup> {
        let rows = self.grid.rows.iter();
        rows.map(|row| AgeGroup {
            label: value(self.visit, "age", row),
            first: self.grid.amount(self.visit, pane, row, "female"),
            second: self.grid.amount(self.visit, pane, row, "male"),
        })
        .collect()
    }

    fn sexes(&self) -> (String, String) {
        (value(self.visit, "sex", "female"), value(self.visit, "sex", "male"))
    }

    fn bars(&self, pane: &str, labelled_by: String) -> Content {
        let bars = StackedBars {
            labelled_by,
            series: self.series(),
            rows: self.rows(pane),
            rtl: self.rtl(),
        };
        Content::Html(bars.to_string())
    }

    /// The drawing of a page.
    pub fn drawing(&self, id: &str, pyramid: bool) -> Content {
        let title = Figure::title_id(id);
        if pyramid && self.is_pyramid() {
            let (first, second) = self.sexes();
            let groups = self.groups("");
            let rtl = self.rtl();
            let drawn = Pyramid { labelled_by: title, first, second, groups, rtl };
            return Content::Html(drawn.to_string());
        }
        if self.per.is_empty() {
            return self.bars("", title);
        }
        let mut html = String::from("<div class=\"p-panes\">");
        for (number, pane) in self.grid.panes.iter().enumerate() {
            let name = Content::from(value(self.visit, self.per, pane));
            let own = format!("{id}-pane-{number}");
            let bars = self.bars(pane, own.clone());
            let _ = write!(
                html,
                "<div class=\"p-pane\"><h3 class=\"p-panetitle\" id=\"{own}\">{name}</h3>{bars}</div>"
            );
        }
        html.push_str("</div>");
        Content::Html(html)
    }

    /// The same as blocks of a picture to keep.
    pub fn blocks(&self, pyramid: bool) -> Vec<Block> {
        if pyramid && self.is_pyramid() {
            let (first, second) = self.sexes();
            return vec![Block::Pyramid { first, second, groups: self.groups("") }];
        }
        let mut blocks = Vec::new();
        for pane in &self.grid.panes {
            if !self.per.is_empty() {
                blocks.push(Block::Heading(value(self.visit, self.per, pane)));
            }
            blocks.push(Block::Bars { series: self.series(), rows: self.rows(pane) });
        }
        blocks
    }

    /// The same as a table.
    pub fn table(&self) -> Table {
        let visit = self.visit;
        let mut heads: Vec<String> = Vec::new();
        if !self.per.is_empty() {
            heads.push(dimension(visit, self.per));
        }
        heads.push(dimension(visit, self.by));
        heads.extend(self.series());
        if !self.across.is_empty() {
            heads.push(visit.text("fig-total"));
        }
        let mut table = Table::new("", heads);
        for pane in &self.grid.panes {
            for row in self.rows(pane) {
                let mut cells: Vec<TableCell> = Vec::new();
                if !self.per.is_empty() {
                    cells.push(value(visit, self.per, pane).into());
                }
                cells.push(row.label.into());
                cells.extend(row.amounts.into_iter().map(|amount| number(&amount.text)));
                if !self.across.is_empty() {
                    cells.push(number(&row.total));
                }
                table.push(cells);
            }
        }
        table
    }
}

/// A number in a table, read from left to right also in Arabic.
pub(super) fn number(text: &str) -> TableCell {
    TableCell::number(Content::Html(format!(
        "<bdi dir=\"ltr\" class=\"p-nowrap\">{}</bdi>",
        Content::from(text)
    )))
}

/// The numbers as a sheet: both ends of every interval, and the release of each.
pub(super) fn sheet(
    visit: &Visit,
    name: &str,
    names: [&str; 3],
    points: &[Point<'_>],
    notes: Vec<String>,
) -> Sheet {
    let used: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let mut columns: Vec<String> = Vec::new();
    for name in &used {
        columns.push((*name).to_owned());
        columns.push(format!("{name}_label"));
    }
    columns.extend(["lower", "upper", "status", "release"].map(str::to_owned));
    // Counts of persons are far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    let end = |count: u64| match count {
        UNBOUNDED => "".into(),
        count => Cell::Number(count as f64),
    };
    let rows = points
        .iter()
        .map(|point| {
            let mut row: Vec<Cell> = Vec::new();
            for (name, word) in names.into_iter().zip([&point.pane, &point.row, &point.part]) {
                if !name.is_empty() {
                    row.push(word.as_str().into());
                    row.push(value(visit, name, word).into());
                }
            }
            row.extend([end(point.amount.lower), end(point.amount.upper)]);
            row.extend([point.status.into(), point.release.into()]);
            row
        })
        .collect();
    Sheet { name: name.to_owned(), columns, rows, notes }
}

/// A picture to keep, with what a reader must know written into it.
pub(super) fn picture(
    visit: &Visit,
    title: &str,
    blocks: Vec<Block>,
    notes: Vec<String>,
) -> String {
    SvgFile {
        language: visit.language.code().to_owned(),
        rtl: visit.language.direction() == Direction::Rtl,
        title: title.to_owned(),
        blocks,
        notes,
    }
    .render()
}

/// What every file says: caption, source, definition, counting rule, and in a
/// demonstration that it is one.
pub(super) fn notes(visit: &Visit, source: &PublicSource) -> Vec<String> {
    let line = |id: &str, text: &str| format!("{}: {text}", visit.text(id));
    let mut notes = vec![
        visit.text("fig-detected"),
        line("data-source", &source.source),
        line("data-definition", &source.definition),
        line("data-counting-rule", &source.counting_rule),
        visit.text("pub-intervals"),
    ];
    if visit.web.settings().demo {
        notes.push(visit.text("demo-banner"));
    }
    notes
}

/// A line over the years.
pub(super) fn spark(visit: &Visit, label: &str, years: &[(String, Persons)]) -> Content {
    // Counts of persons are far below 2^53. An interval is drawn at its lower end.
    #[allow(clippy::cast_precision_loss)]
    let values = years
        .iter()
        .map(|(_, amount)| (amount.upper != UNBOUNDED).then_some(amount.lower as f64))
        .collect();
    let told: Vec<String> = years
        .iter()
        .map(|(year, amount)| format!("{year}: {}", shown(visit, *amount).text))
        .collect();
    let end = |one: Option<&(String, Persons)>| {
        one.map(|(_, amount)| shown(visit, *amount).text).unwrap_or_default()
    };
    let line = Sparkline {
        label: format!("{label}: {}", told.join(", ")),
        values,
        first: end(years.first()),
        last: end(years.last()),
        rtl: visit.language.direction() == Direction::Rtl,
    };
    Content::Html(line.to_string())
}

/// The address of a file of a view.
pub(super) fn file_address(
    visit: &Visit,
    path: &str,
    parts: &[(&str, &str)],
    kind: &str,
) -> String {
    let mut all = parts.to_vec();
    all.push(("format", kind));
    visit.link(&address(path, &all))
}
