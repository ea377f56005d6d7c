//! The public explorer: released numbers by year, form, sex, age, citizenship,
//! means, recruiter, source and response. The address is the view.

use super::{
    address,
    figure::{self, Drawn, Grid, SERIES},
    is_states, lead, paragraph, release_links,
};
use crate::{
    components::{
        Column, Content, DataTable, Details, FilterPanel, Select, SummaryList, TableCell,
    },
    figures::Figure,
    pages::{
        Answer,
        knowledge::{dimension, sheet_file, value},
    },
    shell::{asked::Asked as Address, listing::download, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    public_site::{
        figures::{self, PublicFigures, PublicSource},
        view::{self, Point, PublicView},
    },
};
use std::collections::BTreeMap;

/// Small figures side by side: more than this cannot be taken in.
const PANES: usize = 12;
/// A list of choices longer than this is not offered.
const CHOICES: usize = 80;
/// Ways to look.
const SHOW: [&str; 3] = ["bars", "pyramid", "table"];

pub(super) fn routes() -> Routes {
    Routes::new().page("/figures/explore", Action::PublicRead, show)
}

/// What the address asks for, sensible where it says nothing.
struct Asked {
    view: PublicView,
    show: &'static str,
    /// What it asks for and is no choice, for the page and for its files.
    not_taken: (String, Vec<String>),
}

fn asked(visit: &Visit, figures: &PublicFigures) -> Asked {
    let mut address = Address::of(visit);
    let source = address.read("source", "pub-source", |key| figures.source(key)).unwrap_or(0);
    let mut choose = |name: &str, options: &[&'static str], usual: &[&str]| -> String {
        if visit.query(name) == "-" {
            return String::new();
        }
        let label = match name {
            "by" => "data-by",
            "across" => "data-across",
            _ => "pub-per",
        };
        let found = address.read(name, label, |typed| options.iter().find(|one| **one == typed));
        let found = found.or_else(|| usual.iter().find_map(|u| options.iter().find(|o| o == &u)));
        found.map(|one| (*one).to_owned()).unwrap_or_default()
    };
    let unlike = figures.sources.get(source).is_some_and(|one| one.counted == "several");
    let all = view::offered(figures, source, &[]);
    let by = choose("by", &all, &["year", "form", "state", "indicator"]);
    // Unlike things stand in figures of their own and never on top of one another.
    let usual_per: &[&str] = if unlike && by != "indicator" { &["indicator"] } else { &[] };
    let per = choose("per", &few(figures, source, &[&by], PANES), usual_per);
    let parts = few(figures, source, &[&by, &per], SERIES);
    let usual: &[&str] = if unlike { &[] } else { &["form", "sex", "year"] };
    let across = choose("across", &parts, usual);
    let mut only = Vec::new();
    for name in view::offered(figures, source, &[&by, &across, &per]) {
        let wanted = visit.query(name);
        if name == "year" || wanted.is_empty() {
            continue;
        }
        if view::words(figures, source, name).contains(&wanted) {
            only.push((name.to_owned(), wanted));
        } else {
            address.not_taken(&dimension(visit, name), &wanted);
        }
    }
    let periods = figures.periods(source);
    let typed = visit.query("year");
    let known = periods.iter().find(|one| **one == typed);
    let over_years = [&by, &across, &per].iter().any(|name| *name == "year");
    if known.is_none() && !over_years && !typed.is_empty() {
        address.not_taken(&dimension(visit, "year"), &typed);
    }
    let period = known.or(periods.last());
    let period = if over_years { String::new() } else { period.cloned().unwrap_or_default() };
    let known = |typed: &str| SHOW.into_iter().find(|one| *one == typed);
    let show = address.read("show", "pub-show", known).unwrap_or("bars");
    let not_taken = (address.told(), address.notes());
    Asked { view: PublicView { source, by, across, per, period, only }, show, not_taken }
}

/// Dimensions with few enough words to be told apart.
fn few(figures: &PublicFigures, source: usize, taken: &[&str], most: usize) -> Vec<&'static str> {
    let mut offered = view::offered(figures, source, taken);
    offered.retain(|name| {
        !taken.contains(name)
            && (*name == "year" || view::words(figures, source, name).len() <= most)
            && (*name != "indicator" || most == PANES)
    });
    offered
}

impl Asked {
    fn parts<'a>(&'a self, source: &'a PublicSource) -> Vec<(&'a str, &'a str)> {
        let or_none = |text: &'a str| if text.is_empty() { "-" } else { text };
        let mut parts = vec![
            ("source", source.key.as_str()),
            ("by", &self.view.by),
            ("across", or_none(&self.view.across)),
            ("per", or_none(&self.view.per)),
            ("year", &self.view.period),
            ("show", self.show),
        ];
        parts.extend(self.view.only.iter().map(|(name, word)| (name.as_str(), word.as_str())));
        parts
    }

    fn title(&self, visit: &Visit, source: &PublicSource) -> String {
        let mut told = vec![counted(visit, source)];
        told.extend(self.view.only.iter().map(|(name, word)| value(visit, name, word)));
        if !self.view.period.is_empty() {
            told.push(self.view.period.clone());
        }
        let axes: Vec<String> = [&self.view.by, &self.view.across, &self.view.per]
            .into_iter()
            .filter(|name| !name.is_empty())
            .map(|name| dimension(visit, name))
            .collect();
        format!("{}: {}", told.join(" · "), axes.join(" × "))
    }
}

/// What a source counts, in words.
pub(super) fn counted(visit: &Visit, source: &PublicSource) -> String {
    match source.counted.as_str() {
        "several" => visit.text("pub-responses"),
        other => value(visit, "indicator", other),
    }
}

async fn show(visit: Visit) -> Answer {
    let figures = figures::load(&visit.web.app().store).await?;
    let page = visit.page(&visit.text("pub-explore-title"));
    let asked = asked(&visit, &figures);
    let Some(source) = figures.sources.get(asked.view.source) else {
        return Ok(page.back("/figures").html(&paragraph(visit.text("releases-none"))));
    };
    let points = asked.view.points(&figures);
    let title = asked.title(&visit, source);
    let names = [asked.view.per.as_str(), asked.view.by.as_str(), asked.view.across.as_str()];
    let whole = PublicView { across: String::new(), ..asked.view.clone() };
    let totals = whole.points(&figures);
    let grid = Grid::of(&visit, names, &points);
    let total_grid = Grid::of(&visit, [names[0], names[1], ""], &totals);
    let drawn = Drawn {
        visit: &visit,
        by: names[1],
        across: names[2],
        per: names[0],
        grid: &grid,
        totals: &total_grid,
    };
    let mut notes = figure::notes(&visit, source);
    notes.extend(cited(&visit, &asked.view, &figures));
    notes.extend(asked.not_taken.1.iter().cloned());
    let format = visit.query("format");
    match format.as_str() {
        "csv" | "xlsx" => {
            notes.insert(0, title.clone());
            let sheet = figure::sheet(&visit, &title, names, &points, notes);
            return sheet_file(&visit, sheet, "figures", format == "xlsx");
        }
        "svg" => {
            let svg = figure::picture(&visit, &title, drawn.blocks(asked.show == "pyramid"), notes);
            return Ok(download(svg.into_bytes(), "image/svg+xml", "figure", "svg"));
        }
        _ => {}
    }
    let mut html = lead(&visit, "pub-explore-lead");
    html.push_str(&panel(&visit, &figures, &asked).to_string());
    html.push_str(&asked.not_taken.0);
    if points.is_empty() {
        html.push_str(&paragraph(visit.text("pub-no-cells")));
    } else if asked.show == "table" {
        html.push_str(&trends(&visit, &figures, &asked, source, &title));
    } else {
        html.push_str(&whole_figure(&visit, &asked, source, &drawn, &title).to_string());
    }
    html.push_str(&about(&visit, source, asked.view.releases(&figures)));
    Ok(page.back("/figures").html(&html))
}

/// How to cite: one line a release.
fn cited(visit: &Visit, view: &PublicView, figures: &PublicFigures) -> Vec<String> {
    let line =
        |(slug, title): (&str, &str)| format!("{}: {title} ({slug})", visit.text("pub-in-release"));
    view.releases(figures).into_iter().map(line).collect()
}

fn whole_figure(
    visit: &Visit,
    asked: &Asked,
    source: &PublicSource,
    drawn: &Drawn<'_>,
    title: &str,
) -> Figure {
    let parts = asked.parts(source);
    let at = |kind: &str| figure::file_address(visit, "/figures/explore", &parts, kind);
    let drawing = drawn.drawing("figure", asked.show == "pyramid");
    Figure::new(&visit.words(), "figure", title.to_owned(), drawing, drawn.table())
        .note(visit.text("fig-detected"))
        .note(visit.text("pub-intervals"))
        .note(permanent(visit, &parts))
        .download("CSV", at("csv"))
        .download("XLSX", at("xlsx"))
        .download("SVG", at("svg"))
}

/// The address that always shows this view.
fn permanent(visit: &Visit, parts: &[(&str, &str)]) -> Content {
    let href = visit.link(&address("/figures/explore", parts));
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{}\">{}</a>",
        Content::from(href),
        Content::from(visit.text("pub-permanent"))
    ))
}

fn panel(visit: &Visit, figures: &PublicFigures, asked: &Asked) -> FilterPanel {
    let view = &asked.view;
    let named = |names: Vec<&'static str>| -> Vec<(String, String)> {
        names.into_iter().map(|name| (name.to_owned(), dimension(visit, name))).collect()
    };
    let none = || std::iter::once(("-".to_owned(), visit.text("word-none")));
    let chosen = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let sources = figures.sources.iter().map(|one| (one.key.clone(), one.title.clone()));
    let key = figures.sources.get(view.source).map(|one| one.key.clone()).unwrap_or_default();
    let mut panel = FilterPanel::new(&visit.words(), visit.link("/figures/explore"))
        .as_row()
        .field(Select::new("source", visit.text("pub-source")).options(sources).value(key))
        .field(
            Select::new("by", visit.text("data-by"))
                .options(named(view::offered(figures, view.source, &[])))
                .value(view.by.clone()),
        )
        .field(
            Select::new("across", visit.text("data-across"))
                .options(none().chain(named(few(figures, view.source, &[&view.by], SERIES))))
                .value(chosen(&view.across)),
        )
        .field(
            Select::new("per", visit.text("pub-per"))
                .options(none().chain(named(few(figures, view.source, &[&view.by], PANES))))
                .value(chosen(&view.per)),
        );
    if !view.period.is_empty() {
        let periods = figures.periods(view.source).into_iter().map(|one| (one.clone(), one));
        panel = panel.field(
            Select::new("year", dimension(visit, "year"))
                .options(periods)
                .value(view.period.clone()),
        );
    }
    let taken = [view.by.as_str(), view.across.as_str(), view.per.as_str()];
    for name in view::offered(figures, view.source, &taken) {
        let words = view::words(figures, view.source, name);
        if name == "year" || words.len() > CHOICES {
            continue;
        }
        let mut options: Vec<(String, String)> =
            words.into_iter().map(|word| (word.clone(), value(visit, name, &word))).collect();
        if is_states(name) {
            options.sort_by(|a, b| visit.compare(&a.1, &b.1));
        }
        let all = std::iter::once((String::new(), visit.text("list-all")));
        let wanted = view.only.iter().find(|(of, _)| of == name).map_or("", |(_, word)| word);
        panel = panel.field(
            Select::new(name, dimension(visit, name)).options(all.chain(options)).value(wanted),
        );
    }
    let shows = SHOW.map(|one| (one.to_owned(), visit.text(&format!("pub-show-{one}"))));
    panel.field(Select::new("show", visit.text("pub-show")).options(shows).value(asked.show))
}

/// A table with a line over the years for each row. It sorts by name and, where
/// rows are no States, by the newest number (E30).
fn trends(
    visit: &Visit,
    figures: &PublicFigures,
    asked: &Asked,
    source: &PublicSource,
    title: &str,
) -> String {
    let row_dimension = match (asked.view.by.as_str(), asked.view.across.as_str()) {
        ("year", "") => "year",
        ("year", across) => across,
        (by, _) => by,
    };
    let view = PublicView {
        by: row_dimension.to_owned(),
        across: if row_dimension == "year" { String::new() } else { "year".to_owned() },
        per: String::new(),
        ..asked.view.clone()
    };
    let points = view.points(figures);
    let mut rows = trend_rows(visit, row_dimension, &points);
    let may_rank = !is_states(row_dimension);
    let typed = visit.query("sort");
    match typed.as_str() {
        "-name" => rows.reverse(),
        "newest" if may_rank => rows.sort_by_key(|row| row.newest),
        "-newest" if may_rank => rows.sort_by_key(|row| std::cmp::Reverse(row.newest)),
        _ => {}
    }
    let parts = asked.parts(source);
    let sorted = |key: &str| {
        let next = if typed == key { format!("-{key}") } else { key.to_owned() };
        let mut all = parts.clone();
        all.push(("sort", &next));
        let way = if typed == format!("-{key}") {
            Some(crate::components::Sorted::Descending)
        } else {
            (typed == key).then_some(crate::components::Sorted::Ascending)
        };
        (visit.link(&address("/figures/explore", &all)), way)
    };
    let (href, way) = sorted("name");
    let mut columns = vec![Column::new(dimension(visit, row_dimension)).sortable(href, way)];
    columns.push(Column::new(visit.text("data-over-years")));
    let newest = Column::new(visit.text("pub-newest")).numeric();
    columns.push(if may_rank {
        let (href, way) = sorted("newest");
        newest.sortable(href, way)
    } else {
        newest
    });
    let mut table = DataTable::new("trends", title.to_owned(), columns).dense();
    for row in rows {
        table.push([TableCell::from(row.name), row.line.into(), figure::number(&row.text)]);
    }
    let mut html = table.to_string();
    if !may_rank {
        html.push_str(&paragraph(visit.text("data-no-ranking")));
    }
    html.push_str(&paragraph(visit.text("fig-detected")));
    let at = |kind: &str| figure::file_address(visit, "/figures/explore", &parts, kind);
    html.push_str(&paragraph(Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{}\" download>CSV</a> <a class=\"govuk-link\" href=\"{}\" download>XLSX</a> {}",
        Content::from(at("csv")),
        Content::from(at("xlsx")),
        permanent(visit, &parts)
    ))));
    html
}

struct Trend {
    name: String,
    line: Content,
    text: String,
    newest: u64,
}

fn trend_rows(visit: &Visit, dimension: &str, points: &[Point<'_>]) -> Vec<Trend> {
    let grid = Grid::of(visit, ["", dimension, "year"], points);
    let mut rows = Vec::new();
    for row in &grid.rows {
        let mut years = BTreeMap::new();
        for part in &grid.parts {
            if let Some(point) = grid.point("", row, part) {
                years.insert(part.clone(), point.amount);
            }
        }
        let years: Vec<_> = years.into_iter().collect();
        let name = value(visit, dimension, row);
        let newest = years.last().map(|(_, amount)| *amount).unwrap_or_default();
        rows.push(Trend {
            line: figure::spark(visit, &name, &years),
            text: figure::shown(visit, newest).text,
            newest: newest.lower,
            name,
        });
    }
    rows
}

/// Who counted, how, and where the numbers stand.
pub(super) fn about(visit: &Visit, source: &PublicSource, releases: Vec<(&str, &str)>) -> String {
    let mut rows = SummaryList::new();
    if let Some(kind) = source.kind {
        let word = visit.text(&format!("source-{}", kind.code()));
        rows = rows.row(visit.text("data-source-type"), word);
    }
    rows = rows
        .row(visit.text("data-source"), source.source.as_str())
        .row(visit.text("data-definition"), source.definition.as_str())
        .row(visit.text("data-counting-rule"), source.counting_rule.as_str());
    if !source.coverage.is_empty() {
        rows = rows.row(visit.text("data-coverage"), source.coverage.as_str());
    }
    if !releases.is_empty() {
        rows = rows.row(visit.text("pub-releases"), release_links(visit, releases));
    }
    Details::new(visit.text("data-particulars"), Content::Html(rows.to_string())).to_string()
}
