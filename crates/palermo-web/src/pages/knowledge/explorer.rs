//! One dataset, looked at: by year, form, sex, age, citizenship, means … for
//! signed-in analysts. Datasets are never added to each other, and States are
//! listed by name, never by number (E30).

use super::{dimension, drawn, heading, id, link, paragraph, sheet_file, table, value};
use crate::{
    components::{
        Button, Column, Content, DataTable, Details, FilterPanel, Select, SummaryList, TableCell,
    },
    pages::Answer,
    shell::{
        asked::Asked, failure::Failure, gate::encode, listing::download, route::Routes,
        visit::Visit,
    },
};
use axum::extract::Path;
use palermo_app::{
    access::{Action, Resource},
    domain::{
        id::DatasetId,
        knowledge::{
            columns::{Columns, Counted},
            dataset::Dataset,
        },
    },
    knowledge::{
        datasets::{self, Shown},
        explore::{View, told, words},
        uploads,
    },
};
use std::collections::BTreeMap;

/// A list of choices longer than this is not offered.
const MOST_CHOICES: usize = 300;

/// Figures side by side: more than this cannot be taken in.
const MOST_PANES: usize = 12;

pub(super) fn routes() -> Routes {
    Routes::new().page("/data/{id}", Action::ReadData, show)
}

/// What the address asks for; sensible where it says nothing.
fn view(visit: &Visit, dataset: &Dataset, figures: &Columns) -> View {
    let told = told(figures);
    let asked = |name: &str| {
        let typed = visit.query(name);
        told.iter().find(|one| **one == typed).map(|one| (*one).to_owned())
    };
    let first = |names: &[&str]| {
        names.iter().find(|name| told.contains(name)).map(|name| (*name).to_owned())
    };
    let by = asked("by").or_else(|| first(&["year", "form", "sex"])).unwrap_or_default();
    let across = if visit.query("across") == "-" {
        String::new()
    } else {
        asked("across").or_else(|| first(&["form", "sex"])).unwrap_or_default()
    };
    let mut only = Vec::new();
    for name in &told {
        let wanted = visit.query(name);
        if words(figures, name).contains(&wanted) {
            only.push(((*name).to_owned(), wanted));
        }
    }
    let has = |only: &[(String, String)], name: &str| only.iter().any(|(of, _)| of == name);
    // Unlike things are not added: without a choice the first is shown.
    if !has(&only, "indicator") && by != "indicator" && across != "indicator" {
        let all = words(figures, "indicator");
        let usual = all.iter().find(|word| *word == "victims").or(all.first());
        only.extend(usual.map(|word| ("indicator".to_owned(), word.clone())));
    }
    if !has(&only, "state") && by != "state" && across != "state" && dataset.state.is_none() {
        only.extend(words(figures, "state").first().map(|word| ("state".to_owned(), word.clone())));
    }
    let across = if across == by { String::new() } else { across };
    let view = View { by, across, only };
    // Where the first State tells nothing by year, all of them are shown by name.
    let free = ["by", "across", "state"].iter().all(|name| visit.query(name).is_empty());
    if free && told.contains(&"state") && view.count(dataset, figures).cells.is_empty() {
        return by_state(view);
    }
    view
}

/// The same of every State.
fn by_state(mut view: View) -> View {
    view.only.retain(|(name, _)| name != "state");
    if view.across == "state" {
        view.across.clear();
    }
    View { by: "state".to_owned(), ..view }
}

/// Whether counts of all words of a dimension would be counts of unlike things, or of
/// overlapping ones: then one is chosen.
fn one_at_a_time(dataset: &Dataset, name: &str) -> bool {
    name == "indicator" || (name == "state" && dataset.state.is_none())
}

/// What the address asks for and is no choice here.
fn not_taken<'v>(visit: &'v Visit, figures: &Columns) -> Asked<'v> {
    let mut asked = Asked::of(visit);
    let told = told(figures);
    let known = |typed: &str| (typed == "-" || told.contains(&typed)).then_some(());
    for (name, label) in [("by", "data-by"), ("across", "data-across"), ("per", "pub-per")] {
        asked.read(name, label, known);
    }
    for name in &told {
        let typed = visit.query(name);
        if !typed.is_empty() && !words(figures, name).contains(&typed) {
            asked.not_taken(&dimension(visit, name), &typed);
        }
    }
    asked
}

fn address(visit: &Visit, id: DatasetId, view: &View, extra: &str) -> String {
    let across = if view.across.is_empty() { "-" } else { &view.across };
    let mut path = format!("/data/{id}?by={}&across={}", encode(&view.by), encode(across));
    for (name, word) in &view.only {
        path.push_str(&format!("&{}={}", encode(name), encode(word)));
    }
    visit.link(&format!("{path}{extra}"))
}

/// Dimensions by which figures can stand side by side.
fn panes_offered(figures: &Columns, view: &View) -> Vec<&'static str> {
    let mut offered = told(figures);
    offered.retain(|name| {
        *name != view.by && *name != view.across && words(figures, name).len() <= MOST_PANES
    });
    offered
}

/// By what the address asks for figures side by side.
fn per(visit: &Visit, figures: &Columns, view: &View) -> Option<&'static str> {
    let typed = visit.query("per");
    panes_offered(figures, view).into_iter().find(|name| *name == typed)
}

/// One figure for each word of a dimension, each with its table and files.
fn panes(
    visit: &Visit,
    id: DatasetId,
    about: &Dataset,
    figures: &Columns,
    (view, per): (&View, &str),
) -> String {
    let mut html = String::new();
    for (at, word) in words(figures, per).into_iter().enumerate() {
        let mut one = view.clone();
        one.only.retain(|(name, _)| name != per);
        one.only.push((per.to_owned(), word));
        let counted = one.count(about, figures);
        let title = named(visit, &one);
        let figure = format!("figure-{}", at + 1);
        html.push_str(&drawing(visit, (id, &figure), about, &one, &counted, &title));
    }
    html
}

async fn show(visit: Visit, Path(dataset): Path<String>) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    let acting = visit.acting();
    let shown = datasets::show(&acting, dataset).await?;
    let about = &shown.dataset.entry;
    let figures = datasets::figures(&acting, &shown.dataset).await?;
    let view = view(&visit, about, &figures);
    let counted = view.count(about, &figures);
    let title = named(&visit, &view);
    let format = visit.query("format");
    if matches!(format.as_str(), "csv" | "xlsx") {
        let mut notes = vec![
            about.title.clone(),
            source(&visit, about),
            law(&visit, about),
            title,
            visit.text("fig-detected"),
        ];
        notes.extend(not_taken(&visit, &figures).notes());
        let sheet = drawn::sheet(&visit, &about.title, &counted, notes);
        return sheet_file(&visit, sheet, "figures", format == "xlsx");
    }
    if format == "svg" {
        let notes = vec![visit.text("fig-detected"), source(&visit, about), law(&visit, about)];
        let svg = drawn::picture(&visit, &title, &counted, notes);
        return Ok(download(svg.into_bytes(), "image/svg+xml", "figure", "svg"));
    }
    let mut html = String::new();
    if figures.is_empty() {
        html.push_str(&paragraph(visit.text("data-empty")));
    } else {
        html.push_str(&filters(&visit, (dataset, about), &figures, &view).to_string());
        html.push_str(&not_taken(&visit, &figures).told());
        html.push_str(&match per(&visit, &figures, &view) {
            Some(per) => panes(&visit, dataset, about, &figures, (&view, per)),
            None => drawing(&visit, (dataset, "figure"), about, &view, &counted, &title),
        });
        let flows = link(&visit, &format!("/data/{dataset}/flows"), visit.text("data-flows"));
        html.push_str(&paragraph(flows));
        if words(&figures, "state").len() > 1 {
            html.push_str(&side_by_side(&visit, dataset, about, &figures, &view));
        }
    }
    html.push_str(&particulars(&visit, &shown));
    html.push_str(&batches(&visit, dataset, &shown));
    html.push_str(&waiting(&visit, dataset, &shown).await?);
    Ok(visit.page(&about.title).back("/data").html(&html))
}

fn source(visit: &Visit, about: &Dataset) -> String {
    format!("{}: {}", visit.text("data-source"), about.source)
}

fn law(visit: &Visit, about: &Dataset) -> String {
    format!("{}: {}", visit.text("data-definition"), about.definition)
}

/// What the figure shows, in words: who is counted, by what.
fn named(visit: &Visit, view: &View) -> String {
    let only: Vec<String> = view.only.iter().map(|(name, word)| value(visit, name, word)).collect();
    let by = dimension(visit, &view.by);
    let by = if view.across.is_empty() {
        by
    } else {
        format!("{by} × {}", dimension(visit, &view.across))
    };
    if only.is_empty() { by } else { format!("{}: {by}", only.join(" · ")) }
}

fn filters(
    visit: &Visit,
    (id, about): (DatasetId, &Dataset),
    figures: &Columns,
    view: &View,
) -> FilterPanel {
    let told = told(figures);
    let dimensions = || told.iter().map(|name| ((*name).to_owned(), dimension(visit, name)));
    let by = Select::new("by", visit.text("data-by")).options(dimensions()).value(&view.by);
    let none = std::iter::once(("-".to_owned(), visit.text("word-none")));
    let chosen = if view.across.is_empty() { "-" } else { &view.across };
    let across = Select::new("across", visit.text("data-across"))
        .options(none.chain(dimensions()))
        .value(chosen);
    let none = std::iter::once(("-".to_owned(), visit.text("word-none")));
    let panes = panes_offered(figures, view).into_iter();
    let panes = panes.map(|name| (name.to_owned(), dimension(visit, name)));
    let side_by_side = Select::new("per", visit.text("pub-per"))
        .options(none.chain(panes))
        .value(per(visit, figures, view).unwrap_or("-"));
    let action = visit.link(&format!("/data/{id}"));
    let mut panel = FilterPanel::new(&visit.words(), action)
        .as_row()
        .field(by)
        .field(across)
        .field(side_by_side);
    for name in told.iter().filter(|name| **name != view.by && **name != view.across) {
        let all = words(figures, name);
        if all.len() > MOST_CHOICES || **name == *"_period" {
            continue;
        }
        let mut options: Vec<(String, String)> =
            all.iter().map(|word| (word.clone(), value(visit, name, word))).collect();
        options.sort_by(|a, b| visit.compare(&a.1, &b.1));
        let one = one_at_a_time(about, name);
        let every = (!one).then(|| (String::new(), visit.text("list-all")));
        let wanted = view.only.iter().find(|(of, _)| of == name).map_or("", |(_, word)| word);
        let mut select = Select::new(*name, dimension(visit, name))
            .options(every.into_iter().chain(options))
            .value(wanted);
        if one {
            select = select.hint(visit.text("data-one-at-a-time"));
        }
        panel = panel.field(select);
    }
    panel
}

fn drawing(
    visit: &Visit,
    (id, figure): (DatasetId, &str),
    about: &Dataset,
    view: &View,
    counted: &Counted,
    title: &str,
) -> String {
    if counted.cells.is_empty() {
        return paragraph(visit.text("data-no-cells"));
    }
    let permanent = format!(
        "<a class=\"govuk-link\" href=\"{}\">{}</a>",
        Content::from(address(visit, id, view, "")),
        Content::from(visit.text("pub-permanent"))
    );
    drawn::figure(visit, figure, title, counted)
        .note(source(visit, about))
        .note(law(visit, about))
        .note(visit.text("data-exact"))
        .note(Content::Html(permanent))
        .download("CSV", address(visit, id, view, "&format=csv"))
        .download("XLSX", address(visit, id, view, "&format=xlsx"))
        .download("SVG", address(visit, id, view, "&format=svg"))
        .to_string()
}

/// States under one another by name, each with its own line over the years.
fn side_by_side(
    visit: &Visit,
    id: DatasetId,
    about: &Dataset,
    figures: &Columns,
    view: &View,
) -> String {
    let mut only = view.only.clone();
    only.retain(|(name, _)| name != "state" && name != "year");
    let by_state = View { by: "state".to_owned(), across: "year".to_owned(), only };
    let counted = by_state.count(about, figures);
    let mut lines: BTreeMap<String, Vec<(String, palermo_app::domain::knowledge::amount::Amount)>> =
        BTreeMap::new();
    for cell in counted.cells {
        if let [state, year] = cell.words.as_slice() {
            lines.entry(state.clone()).or_default().push((year.clone(), cell.amount));
        }
    }
    let mut rows: Vec<(String, String, Content)> = lines
        .into_iter()
        .map(|(state, years)| {
            let name = value(visit, "state", &state);
            let line = drawn::spark(visit, &name, &years);
            (name, state, line)
        })
        .collect();
    rows.sort_by(|a, b| visit.compare(&a.0, &b.0));
    let heads = [Column::new(visit.text("state-name")), Column::new(visit.text("data-over-years"))];
    let mut table =
        DataTable::new("states", visit.text("data-states"), heads).quiet_caption().dense();
    for (name, code, line) in rows {
        let path = format!("/data/{id}?state={}", encode(&code));
        table.push([TableCell::from(link(visit, &path, name)), TableCell::from(line)]);
    }
    format!("{}{}{table}", heading(visit, "data-states"), paragraph(visit.text("data-no-ranking")))
}

fn particulars(visit: &Visit, shown: &Shown) -> String {
    let about = &shown.dataset.entry;
    let list = SummaryList::new()
        .row(
            visit.text("data-source-type"),
            visit.text(&format!("source-{}", about.source_type.code())),
        )
        .row(visit.text("data-source"), about.source.as_str())
        .row(visit.text("data-definition"), about.definition.as_str())
        .row(visit.text("data-counting-rule"), about.counting_rule.as_str())
        .row(visit.text("data-coverage"), about.coverage.as_str())
        .row(visit.text("data-format"), visit.text(&format!("format-{}", about.format.code())));
    let list = about.design.iter().fold(list, |list, design| {
        list.row(visit.text("design-population"), design.population.as_str())
            .row(visit.text("design-sampling"), design.sampling.as_str())
            .row(visit.text("design-size"), design.size.as_str())
            .row(visit.text("design-uncertainty"), design.uncertainty.as_str())
    });
    let path = format!("/data/{}/coverage", shown.dataset.id);
    let coverage = paragraph(link(visit, &path, visit.text("data-coverage-title")));
    let path = format!("/data/{}/report", shown.dataset.id);
    let report = paragraph(link(visit, &path, visit.text("report-out-title")));
    format!("{}{list}{coverage}{report}", heading(visit, "data-particulars"))
}

fn batches(visit: &Visit, id: DatasetId, shown: &Shown) -> String {
    let own = visit.signed.as_ref().is_some_and(|signed| {
        signed.tenant.id == shown.dataset.tenant
            && visit.may(Action::ImportData, &Resource::of(signed.tenant.id))
    });
    let rows = shown.batches.iter().rev().map(|(batch, told)| {
        let quality = told.quality;
        let state = match &told.undone {
            Some(why) => Content::from(format!("{}: {why}", visit.text("data-undone"))),
            None if own => {
                link(visit, &format!("/data/{id}/batches/{batch}/undo"), visit.text("data-undo"))
            }
            None => Content::from(visit.text("data-kept")),
        };
        let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
        vec![
            visit.moment(palermo_app::domain::moment::Moment::from_micros(told.accepted_at)).into(),
            format!("{} / {}", whole(told.lines), whole(told.rows)).into(),
            whole(told.warnings).into(),
            format!(
                "{} ({} · {} · {} · {})",
                whole(quality.score().into()),
                whole(quality.completeness.into()),
                whole(quality.timeliness.into()),
                whole(quality.consistency.into()),
                whole(quality.comparability.into())
            )
            .into(),
            state,
        ]
    });
    let rows: Vec<Vec<Content>> = rows.collect();
    let heads = ["data-when", "data-lines", "data-warnings", "data-quality", "data-state"];
    let mut html = heading(visit, "data-batches");
    html.push_str(&table(visit, "batches", "data-batches", &heads, rows));
    html.push_str(
        &Details::new(
            visit.text("data-quality-how"),
            Content::from(visit.text("data-quality-words")),
        )
        .to_string(),
    );
    if own {
        html.push_str(
            &Button::link(visit.text("data-import"), visit.link(&format!("/data/{id}/import")))
                .to_string(),
        );
    }
    html
}

/// Files that were sent and not agreed to yet.
async fn waiting(visit: &Visit, id: DatasetId, shown: &Shown) -> Result<String, Failure> {
    let own = visit.signed.as_ref().is_some_and(|signed| {
        signed.tenant.id == shown.dataset.tenant
            && visit.may(Action::ImportData, &Resource::of(signed.tenant.id))
    });
    if !own {
        return Ok(String::new());
    }
    let waiting = uploads::waiting(&visit.acting(), id).await?;
    if waiting.is_empty() {
        return Ok(String::new());
    }
    let items = waiting.iter().map(|one| {
        link(visit, &format!("/data/{id}/uploads/{}", one.id), one.file.as_str()).to_string()
    });
    Ok(format!("{}{}", heading(visit, "data-waiting"), super::list(items)))
}
