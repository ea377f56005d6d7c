//! The door of the public figures.

use super::{explore::counted, lead, link, list, paragraph};
use crate::{
    components::{Card, Cards, Content},
    pages::Answer,
    shell::{route::Routes, visit::Visit},
};
use palermo_app::{access::Action, public_site::figures};
use std::fmt::Write as _;

/// What leads on: title, address, a line.
const DOORS: [(&str, &str, &str); 11] = [
    ("pub-explore-title", "/figures/explore", "pub-explore-why"),
    ("pub-flows-title", "/figures/flows", "pub-flows-why"),
    ("pub-countries-title", "/figures/countries", "pub-countries-why"),
    ("pub-compare-title", "/figures/compare", "pub-compare-why"),
    ("pub-estimates-title", "/figures/estimates", "pub-estimates-why"),
    ("releases-title", "/releases", "pub-releases-why"),
    ("catalogue-title", "/figures/catalogue", "catalogue-why"),
    ("calendar-title", "/figures/calendar", "calendar-why"),
    ("corrections-title", "/figures/corrections", "corrections-why"),
    ("library-title", "/figures/library", "library-why"),
    ("extract-ask-title", "/figures/ask", "extract-ask-why"),
];

pub(super) fn routes() -> Routes {
    Routes::new().page("/figures", Action::PublicRead, show)
}

async fn show(visit: Visit) -> Answer {
    let app = visit.web.app();
    let figures = figures::load(&app.store).await?;
    let cards = DOORS.map(|(title, path, line)| {
        Card::link(visit.text(title), visit.link(path)).line(visit.text(line))
    });
    let mut html = lead(&visit, "pub-lead");
    html.push_str(&paragraph(visit.text("fig-detected")));
    let _ = write!(html, "{}", Cards::new(2, cards));
    if !figures.sources.is_empty() {
        html.push_str(&super::heading(&visit, "pub-sources"));
        html.push_str(&paragraph(visit.text("pub-sources-words")));
        html.push_str(&list(figures.sources.iter().map(|source| {
            let path = super::address("/figures/explore", &[("source", &source.key)]);
            let title = link(&visit, &path, source.title.as_str());
            Content::Html(format!("{title}: {}", Content::from(counted(&visit, source))))
        })));
    }
    let mechanism = app.store.mechanism().await.map_err(palermo_app::Refused::from)?;
    if let Some(id) = mechanism {
        let name = crate::pages::register::common::mechanism_link(&visit, &id);
        let said = Content::from(visit.text("pub-mechanism"));
        html.push_str(&paragraph(Content::Html(format!("{said} {name}"))));
    }
    Ok(visit.page(&visit.text("pub-title")).html(&html))
}
