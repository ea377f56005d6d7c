//! Figures: datasets and their imports, the explorer, releases, signals.

mod attack_words;
mod datasets;
mod days;
mod drawn;
pub(super) mod editorial;
mod editorial_words;
mod explorer;
pub(super) mod extracts;
mod flows;
mod imports;
mod mapping;
mod publish;
mod releases;
mod remap;
mod reporting;
mod research;
mod sharing;
mod signals;
mod sources;
mod trends;

pub(super) use crate::shell::listing::sheet_file;
use crate::{
    components::{Column, Content, DataTable},
    shell::{failure::Failure, route::Routes, visit::Visit},
};
use palermo_app::Refused;
use std::fmt::Display;

pub(super) fn routes() -> Routes {
    datasets::routes()
        .and(explorer::routes())
        .and(imports::routes())
        .and(mapping::routes())
        .and(publish::routes())
        .and(editorial::routes())
        .and(extracts::routes())
        .and(releases::routes())
        .and(remap::routes())
        .and(reporting::routes())
        .and(research::routes())
        .and(sharing::routes())
        .and(sources::routes())
        .and(signals::routes())
        .and(trends::routes())
        .and(flows::routes())
}

/// The tag of a release's status.
pub(super) fn release_tag(
    visit: &Visit,
    status: palermo_app::domain::knowledge::publication::Status,
) -> crate::components::Tag {
    publish::tag(visit, status)
}

/// The kind of a file by the end of its name.
pub(super) fn media_type(ending: &str) -> &'static str {
    releases::media_type(ending)
}

/// A dimension as people call it.
pub(super) fn dimension(visit: &Visit, name: &str) -> String {
    visit.text(&format!("dim-{}", name.trim_start_matches('_')))
}

/// A value as people read it: a State's name, a word, or the value itself.
pub(super) fn value(visit: &Visit, dimension: &str, value: &str) -> String {
    let is_state = value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase());
    if is_state
        && matches!(dimension, "state" | "citizenship" | "origin" | "transit" | "destination")
    {
        return visit.state(value);
    }
    // A word may mean another thing in another dimension: a broker of marriages.
    let word = value.replace('_', "-");
    for id in [format!("fig-{dimension}-{word}"), format!("fig-{word}")] {
        if visit.web.app().catalogue.has(palermo_app::locale::Language::En, &id) {
            return visit.text(&id);
        }
    }
    if value.is_empty() { visit.text("fig-not-recorded") } else { value.to_owned() }
}

fn link(visit: &Visit, path: &str, words: impl Into<Content>) -> Content {
    let words: Content = words.into();
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{}\"><bdi>{words}</bdi></a>",
        visit.link(path)
    ))
}

fn paragraph(words: impl Into<Content>) -> String {
    let words: Content = words.into();
    format!("<p class=\"govuk-body\">{words}</p>")
}

fn heading(visit: &Visit, id: &str) -> String {
    format!("<h2 class=\"govuk-heading-m\">{}</h2>", Content::from(visit.text(id)))
}

fn list(items: impl IntoIterator<Item = impl Display>) -> String {
    let items: String = items.into_iter().map(|item| format!("<li>{item}</li>")).collect();
    format!("<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>")
}

/// A plain table from messages for headings.
fn table(
    visit: &Visit,
    id: &str,
    caption: &str,
    heads: &[&str],
    rows: Vec<Vec<Content>>,
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let columns = heads.iter().map(|head| Column::new(visit.text(head)));
    let mut table = DataTable::new(id, visit.text(caption), columns).quiet_caption().dense();
    for row in rows {
        table.push(row);
    }
    table.to_string()
}

/// An address's id, or as if nothing were there.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure(Refused::NotFound))
}
