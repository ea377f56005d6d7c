//! The public site: figures that were released, flows, countries side by side,
//! the calendar of releases, corrections, the library. No sign-in, no cookie,
//! no script. Every number names the release it stands in (R193).

mod ask;
mod atlas;
mod calendar;
mod catalogue;
mod compare;
mod countries;
mod estimates;
mod explore;
pub(super) mod figure;
pub(super) mod flow_figures;
mod flows;
mod home;

use crate::{
    components::Content,
    pages::register::common::{lookup, refused},
    shell::{failure::Failure, gate::encode, route::Routes, visit::Visit},
};
use palermo_app::{Refused, domain::register::day::Day};

pub(super) use atlas::Atlas;
pub(super) use estimates::method_name;

pub(super) fn routes() -> Routes {
    home::routes()
        .and(explore::routes())
        .and(flows::routes())
        .and(countries::routes())
        .and(compare::routes())
        .and(calendar::routes())
        .and(estimates::routes())
        .and(ask::routes())
        .and(catalogue::routes())
}

/// The States of this installation's mechanism today, in the reader's order;
/// none if it has no mechanism.
pub(super) async fn members(visit: &Visit) -> Result<Vec<String>, Failure> {
    let app = visit.web.app();
    let id = app.store.mechanism().await.map_err(Refused::from)?;
    let profile = id.and_then(|id| app.content.mechanisms().get(&id));
    let Some(profile) = profile else { return Ok(Vec::new()) };
    let today = Day::from(app.store.now().date());
    let mut all = lookup(visit).members(profile, today).await.map_err(refused)?;
    all.sort_by(|a, b| visit.compare(&visit.state(a), &visit.state(b)));
    Ok(all)
}

/// A link to a page of ours; its words keep their own direction.
fn link(visit: &Visit, path: &str, words: impl Into<Content>) -> Content {
    let words: Content = words.into();
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{}\"><bdi>{words}</bdi></a>",
        visit.link(path)
    ))
}

fn lead(visit: &Visit, id: &str) -> String {
    format!("<p class=\"govuk-body-l\">{}</p>", Content::from(visit.text(id)))
}

fn paragraph(words: impl Into<Content>) -> String {
    let words: Content = words.into();
    format!("<p class=\"govuk-body\">{words}</p>")
}

fn heading(visit: &Visit, id: &str) -> String {
    format!("<h2 class=\"govuk-heading-m\" id=\"{id}\">{}</h2>", Content::from(visit.text(id)))
}

fn list(items: impl IntoIterator<Item = Content>) -> String {
    let items: String = items.into_iter().map(|item| format!("<li>{item}</li>")).collect();
    if items.is_empty() {
        return items;
    }
    format!("<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>")
}

/// An address from its parts; empty values are left out.
fn address(path: &str, parts: &[(&str, &str)]) -> String {
    let query: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// Releases by short name and title, as links.
fn release_links<'r>(visit: &Visit, all: impl IntoIterator<Item = (&'r str, &'r str)>) -> Content {
    let links: Vec<String> = all
        .into_iter()
        .map(|(slug, title)| {
            format!(
                "{} <span class=\"p-small p-muted\"><bdi>{}</bdi></span>",
                link(visit, &format!("/releases/{slug}"), title),
                Content::from(slug)
            )
        })
        .collect();
    Content::Html(links.join(" · "))
}

/// Whether a dimension's words are States, which are listed by name and never
/// sorted by a number (E30).
fn is_states(dimension: &str) -> bool {
    matches!(dimension, "state" | "citizenship" | "origin" | "transit" | "destination")
}
