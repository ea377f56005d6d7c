//! What the public sees: releases with their figures, how they were made, what
//! they cannot say, and files to take away. No sign-in, no cookie, no script.

use super::{dimension, drawn, heading, link, paragraph, sheet_file};
use crate::{
    components::{Content, SummaryList, WarningText},
    figures::Figure,
    pages::Answer,
    shell::{
        failure::Failure,
        listing::{List, download},
        route::Routes,
        visit::Visit,
    },
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use palermo_app::{
    Refused,
    access::Action,
    domain::knowledge::publication::Status,
    knowledge::{
        exports, publishing,
        releases::{self, KeptRelease, Listed},
    },
    locale::Language,
    public_site::figures::period,
    release::{
        files,
        prepare::{Publishable, ReleasedTable},
    },
    standards::{
        national_export::Shape,
        sheet::{Cell, Sheet},
    },
};
use std::collections::BTreeSet;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/releases", Action::PublicRead, list)
        .page("/releases/{slug}", Action::PublicRead, show)
        .download("/releases/{slug}/{file}", Action::PublicRead, file)
}

pub(super) fn table_title(visit: &Visit, table: &ReleasedTable) -> String {
    if !table.title.is_empty() {
        return table.title.clone();
    }
    let names: Vec<String> = table.columns.iter().map(|name| dimension(visit, name)).collect();
    names.join(" × ")
}

async fn list(visit: Visit) -> Answer {
    let all = releases::public(&visit.web.app().store).await?;
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let code = visit.language.code();
    let list = List::new(&visit, "releases", &visit.text("releases-title"), all)
        .column(
            "title",
            "release-title",
            move |one| publishing::title(&one.entry, code).to_owned(),
            move |one| {
                let title = publishing::title(&one.entry, code);
                link(&a, &format!("/releases/{}", one.entry.slug), title)
            },
        )
        .text("issued", "release-issued", |one| one.entry.issued.clone().unwrap_or_default())
        .column(
            "status",
            "release-status",
            move |one| b.text(&format!("release-{}", one.entry.status.code())),
            move |one| super::publish::tag(&c, one.entry.status).into(),
        )
        .when_empty(visit.text("releases-none"));
    let top = format!(
        "<p class=\"govuk-body-l\">{}</p>{}",
        Content::from(visit.text("releases-lead")),
        paragraph(visit.text("fig-detected"))
    );
    let answer = list
        .answer(|table| visit.page(&visit.text("releases-title")).html(&format!("{top}{table}")))?;
    Ok(answer)
}

async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let found = releases::public_one(&visit.web.app().store, &slug).await?;
    let entry = &found.entry;
    let mut html = String::new();
    let banner = banner(&visit, &found).await?;
    if let Some(words) = &banner {
        html.push_str(words);
    }
    let issued = entry.issued.as_deref().and_then(|day| day.parse().ok());
    if let Some(words) = issued.and_then(|day| super::publish::year_not_over(&visit, entry, day)) {
        html.push_str(&paragraph(words));
    }
    if banner.is_some() || entry.corrects.is_some() {
        html.push_str(&super::editorial::corrections(&visit, &found).to_string());
    }
    let at = |file: &str| visit.link(&format!("/releases/{slug}/{file}"));
    html.push_str(&figures(&visit, &found).await?);
    if releases::released_records(entry).is_some() {
        html.push_str(&heading(&visit, "release-records"));
        html.push_str(&paragraph(visit.text("release-records-words")));
        let files = [("records.csv", "CSV"), ("records.csv-metadata.json", "CSVW")];
        html.push_str(&super::list(files.map(|(file, name)| {
            let words = format!("{} ({name})", visit.text("release-records"));
            link(&visit, &format!("/releases/{slug}/{file}"), words)
        })));
    }
    html.push_str(&particulars(&visit, &found));
    if entry.status != Status::Retracted {
        let files = [
            ("methodology.md", "release-methodology"),
            ("metadata.json", "release-metadata"),
            ("labels.csv", "release-labels"),
        ];
        html.push_str(&heading(&visit, "release-files"));
        html.push_str(&super::list(files.map(|(name, words)| {
            format!(
                "<a class=\"govuk-link\" href=\"{}\">{}</a>",
                at(name),
                Content::from(visit.text(words))
            )
        })));
    }
    let title = publishing::title(entry, visit.language.code());
    Ok(visit.page(title).back("/releases").html(&html))
}

/// What stands above a release that was taken back or whose place another took. Who
/// follows it is followed to its end: the last one may have been taken back as well.
async fn banner(visit: &Visit, found: &Listed) -> Result<Option<String>, Failure> {
    let entry = &found.entry;
    let last = publishing::last_of(&visit.web.app().store, entry).await?;
    let taken_back = last.filter(|last| last.entry.status == Status::Retracted);
    let id = match entry.status {
        Status::Retracted => "release-was-retracted",
        Status::Corrected if taken_back.is_some() => "release-successor-retracted",
        Status::Corrected => "release-was-corrected",
        _ => return Ok(None),
    };
    let mut html = WarningText::new(visit.text(id), &visit.words()).to_string();
    if let (Status::Corrected, Some(last)) = (entry.status, taken_back) {
        let slug = last.entry.slug.as_str();
        html.push_str(&paragraph(link(visit, &format!("/releases/{slug}"), slug)));
        html.push_str(&editorial_reason(&last));
    }
    Ok(Some(html))
}

fn editorial_reason(one: &Listed) -> String {
    let reason = one.entry.reason.as_deref().unwrap_or_default();
    paragraph(Content::Html(format!("<bdi>{}</bdi>", Content::from(reason))))
}

/// The tables as figures, with their files.
async fn figures(visit: &Visit, found: &Listed) -> Result<String, Failure> {
    let (entry, slug) = (&found.entry, found.entry.slug.as_str());
    let at = |file: &str| visit.link(&format!("/releases/{slug}/{file}"));
    let mut html = String::new();
    let threshold = threshold(entry);
    let state = releases::state_of(&visit.web.app().store, entry).await?;
    for table in releases::tables(entry) {
        let mut figure = drawn::released(visit, &table, &table_title(visit, &table), threshold)
            .note(visit.text("release-hidden-words"))
            .note(address_of(visit, slug, &table.id))
            .download("CSV", at(&format!("{}.csv", table.id)))
            .download("XLSX", at(&format!("{}.xlsx", table.id)))
            .download("SVG", at(&format!("{}.svg", table.id)))
            .download("CSVW", at(&format!("{}.csv-metadata.json", table.id)));
        let places = exports::places(&table, state.as_deref());
        let shapes = shapes(visit, entry, &table, &places);
        if places.len() == 1 {
            for (shape, name) in &shapes {
                figure = figure.download(*name, at(&format!("{}.{}.csv", table.id, shape.code())));
            }
        }
        html.push_str(&figure.to_string());
        if places.len() > 1 && !shapes.is_empty() {
            html.push_str(&by_state(visit, slug, &table, &places, &shapes));
        }
    }
    Ok(html)
}

/// The lasting address of one figure.
fn address_of(visit: &Visit, slug: &str, table: &str) -> Content {
    let href = visit.link(&format!("/releases/{slug}"));
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{href}#{}\">{}</a>",
        Figure::title_id(table),
        Content::from(visit.text("pub-permanent"))
    ))
}

/// The shapes of other systems in which a table can be taken away (R198).
fn shapes(
    visit: &Visit,
    entry: &KeptRelease,
    table: &ReleasedTable,
    places: &[String],
) -> Vec<(Shape, &'static str)> {
    let app = visit.web.app();
    let Some(spec) = releases::spec(entry) else { return Vec::new() };
    let named =
        [(Shape::OpenSdg, "Open SDG"), (Shape::SdmxCsv, "SDMX-CSV"), (Shape::Glotip, "GLOTIP")];
    let held = |shape: Shape| {
        places.iter().any(|place| exports::released(app, &spec, table, place, shape).is_some())
    };
    named.into_iter().filter(|(shape, _)| held(*shape)).collect()
}

/// One file a State: those who read these shapes ask for the figures of one.
fn by_state(
    visit: &Visit,
    slug: &str,
    table: &ReleasedTable,
    places: &[String],
    shapes: &[(Shape, &'static str)],
) -> String {
    let rows = places.iter().map(|place| {
        let links: Vec<String> = shapes
            .iter()
            .map(|(shape, name)| {
                let path = format!("/releases/{slug}/{}.{place}.{}.csv", table.id, shape.code());
                let label = visit.format(
                    "report-out-file",
                    &[("shape", (*name).into()), ("state", visit.state(place).into())],
                );
                format!(
                    "<a class=\"govuk-link\" href=\"{}\" aria-label=\"{}\"><bdi>{name}</bdi></a>",
                    visit.link(&path),
                    Content::from(label)
                )
            })
            .collect();
        vec![visit.state(place).into(), Content::Html(links.join(" · "))]
    });
    let heads = ["state-name", "report-out-files"];
    let id = format!("shapes-{}", table.id);
    super::table(visit, &id, "report-out-title", &heads, rows.collect())
}

/// The threshold of a release, in persons.
pub(super) fn threshold(entry: &KeptRelease) -> u64 {
    let spec = releases::spec(entry).and_then(|spec| spec.threshold().ok());
    spec.map_or(5, |k| u64::from(k.get()))
}

fn particulars(visit: &Visit, found: &Listed) -> String {
    let entry = &found.entry;
    let mut rows = SummaryList::new()
        .row(visit.text("release-id"), entry.slug.as_str())
        .row(visit.text("release-issued"), entry.issued.clone().unwrap_or_default())
        .row(visit.text("release-status"), Content::from(super::publish::tag(visit, entry.status)));
    if let Some(spec) = releases::spec(entry) {
        let about = &spec.release;
        let k = spec.threshold().map_or(0, |k| k.get());
        rows = rows
            .row(visit.text("data-source"), about.source.as_str())
            .row(visit.text("data-definition"), about.definition.as_str())
            .row(visit.text("data-counting-rule"), about.counting_rule.as_str())
            .row(visit.text("release-period"), period(&about.period))
            .row(
                visit.text("release-method"),
                visit.text(&format!("release-method-{}", spec.method.kind.code())),
            )
            .row(visit.text("release-k"), visit.whole(k.try_into().unwrap_or(0)))
            .row(visit.text("release-licence"), about.licence.as_str())
            .row(
                visit.text("release-cite"),
                format!(
                    "{} ({}). {}",
                    publishing::title(entry, visit.language.code()),
                    entry.issued.clone().unwrap_or_default(),
                    entry.slug
                ),
            );
    }
    format!("{}{rows}", heading(visit, "release-how"))
}

async fn file(visit: Visit, Path((slug, name)): Path<(String, String)>) -> Answer {
    let found = releases::public_one(&visit.web.app().store, &slug).await?;
    let gone = || Failure(Refused::NotFound);
    if found.entry.status == Status::Retracted {
        return Ok(taken_back(&visit, &found));
    }
    let spec = releases::spec(&found.entry).ok_or_else(gone)?;
    let tables = releases::tables(&found.entry);
    let records = releases::released_records(&found.entry);
    if tables.is_empty() && records.is_none() {
        return Err(gone());
    }
    if let Some(bytes) = shaped(&visit, &found, &tables, &name).await? {
        let stem = name.trim_end_matches(".csv");
        return Ok(download(bytes, "text/csv; charset=utf-8", stem, "csv"));
    }
    let demo = visit.web.settings().demo.then(|| visit.text("demo-banner"));
    if name == "labels.csv" {
        return Ok(download(
            labels(&visit, &tables).csv(),
            "text/csv; charset=utf-8",
            "labels",
            "csv",
        ));
    }
    if let Some(id) = name.strip_suffix(".svg") {
        let table = tables.iter().find(|table| table.id == id).ok_or_else(gone)?;
        let svg = picture(&visit, &found, table, demo);
        return Ok(download(svg.into_bytes(), "image/svg+xml", id, "svg"));
    }
    if let Some(id) = name.strip_suffix(".xlsx") {
        let table = tables.iter().find(|table| table.id == id).ok_or_else(gone)?;
        return sheet_file(&visit, workbook(table, &files::methodology(&spec), demo), id, true);
    }
    let counts = serde_json::from_value(found.entry.counts.clone()).map_err(|_| gone())?;
    let publishable = Publishable { tables, records, counts };
    let issued = found.entry.issued.clone().unwrap_or_default();
    let all = files::files(&spec, &publishable, &issued);
    let file = all.into_iter().find(|file| file.name == name).ok_or_else(gone)?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    Ok(download(file.bytes, media_type(ending), stem, ending))
}

/// The answer for files of a release that was taken back: gone, and why.
fn taken_back(visit: &Visit, found: &Listed) -> Response {
    let entry = &found.entry;
    let warning = WarningText::new(visit.text("release-was-retracted"), &visit.words());
    let html = format!("{warning}{}", super::editorial::corrections(visit, found));
    let title = publishing::title(entry, visit.language.code());
    let page = visit.page(title).back(&format!("/releases/{}", entry.slug)).html(&html);
    (StatusCode::GONE, page).into_response()
}

/// The kind of a file by the end of its name.
pub(super) fn media_type(ending: &str) -> &'static str {
    match ending {
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        _ => "text/markdown; charset=utf-8",
    }
}

/// A table as a picture that says by itself what it counts and where it stands.
fn picture(visit: &Visit, found: &Listed, table: &ReleasedTable, demo: Option<String>) -> String {
    let entry = &found.entry;
    let mut notes = vec![
        visit.text("fig-detected"),
        visit.text("release-hidden-words"),
        format!("{}: {}", visit.text("release-id"), entry.slug),
    ];
    notes.extend(demo);
    let title = format!(
        "{}: {}",
        publishing::title(entry, visit.language.code()),
        table_title(visit, table)
    );
    drawn::released_picture(visit, table, &title, threshold(entry), notes)
}

/// `by-sex.open-sdg.csv`, and `state-form.XAA.open-sdg.csv` where a table holds several
/// States: one State's part of a released table in the shape others ask for.
async fn shaped(
    visit: &Visit,
    found: &Listed,
    tables: &[ReleasedTable],
    name: &str,
) -> Result<Option<Vec<u8>>, Failure> {
    let parts: Vec<&str> = name.split('.').collect();
    let (table, place, shape) = match parts.as_slice() {
        [table, shape, "csv"] => (*table, None, *shape),
        [table, place, shape, "csv"] => (*table, Some(*place), *shape),
        _ => return Ok(None),
    };
    let app = visit.web.app();
    let (Some(shape), Some(table), Some(spec)) = (
        Shape::from_code(shape),
        tables.iter().find(|one| one.id == table),
        releases::spec(&found.entry),
    ) else {
        return Ok(None);
    };
    let state = releases::state_of(&app.store, &found.entry).await?;
    let places = exports::places(table, state.as_deref());
    let place = match (place, places.as_slice()) {
        // The numbers of several States are never one State's.
        (None, [only]) => only.as_str(),
        (Some(asked), all) if all.iter().any(|one| one == asked) => asked,
        _ => return Ok(None),
    };
    Ok(exports::released(app, &spec, table, place, shape))
}

/// Every dimension and value of the tables in every language of the pages (R197).
fn labels(visit: &Visit, tables: &[ReleasedTable]) -> Sheet {
    let mut columns = vec!["dimension".to_owned(), "value".to_owned()];
    columns.extend(Language::ALL.into_iter().map(|language| language.code().to_owned()));
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    for table in tables {
        for (at, name) in table.columns.iter().enumerate() {
            pairs.insert((name, ""));
            pairs.extend(
                table
                    .cells
                    .iter()
                    .filter_map(|cell| Some((name.as_str(), cell.values.get(at)?.as_str()))),
            );
        }
    }
    let rows = pairs
        .into_iter()
        .map(|(name, value)| {
            let mut row: Vec<Cell> = vec![name.into(), value.into()];
            for language in Language::ALL {
                let mut reader = visit.clone();
                reader.language = language;
                let words = if value.is_empty() {
                    dimension(&reader, name)
                } else {
                    super::value(&reader, name, value)
                };
                row.push(words.into());
            }
            row
        })
        .collect();
    Sheet { name: "labels".to_owned(), columns, rows, notes: Vec::new() }
}

/// A table as a workbook that tells by itself how it was made and what it
/// cannot say.
fn workbook(table: &ReleasedTable, about: &str, demo: Option<String>) -> Sheet {
    let mut columns = table.columns.clone();
    columns.extend(["persons", "status"].map(str::to_owned));
    let rows = table
        .cells
        .iter()
        .map(|cell| {
            let mut row: Vec<Cell> = cell
                .values
                .iter()
                .map(|value| if value.is_empty() { "total".into() } else { value.as_str().into() })
                .collect();
            #[allow(clippy::cast_precision_loss)]
            row.push(cell.count.map_or_else(|| "".into(), |count| Cell::Number(count as f64)));
            row.push(cell.status.code().into());
            row
        })
        .collect();
    let told = about.lines().map(|line| line.trim_start_matches(['#', ' ']).to_owned());
    let notes = told.filter(|line| !line.is_empty()).chain(demo).collect();
    Sheet { name: table.id.clone(), columns, rows, notes }
}
