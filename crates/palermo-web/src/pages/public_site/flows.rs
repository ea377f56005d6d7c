//! Flows, for everyone: what was released about whence persons came, through
//! where, and where they were found.

use super::{address, figure, flow_figures::FlowParts, lead, paragraph, release_links};
use crate::{
    components::{Content, FilterPanel, Select},
    figures::Block,
    pages::{
        Answer,
        knowledge::{dimension, sheet_file},
    },
    shell::{asked::Asked, listing::download, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    public_site::{
        figures::{self, PublicFigures},
        flows,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/figures/flows", Action::PublicRead, show)
}

async fn show(visit: Visit) -> Answer {
    let figures = figures::load(&visit.web.app().store).await?;
    let sources = flows::sources(&figures);
    let page = visit.page(&visit.text("pub-flows-title"));
    let mut asked = Asked::of(&visit);
    let typed = asked
        .read("source", "pub-source", |key| figures.source(key).filter(|at| sources.contains(at)));
    let Some(source) = typed.or(sources.first().copied()) else {
        return Ok(page.back("/figures").html(&paragraph(visit.text("pub-no-flows"))));
    };
    let periods = flows::periods(&figures, source);
    let typed = visit.query("year");
    let known = periods.iter().find(|one| **one == typed);
    if known.is_none() && !typed.is_empty() {
        asked.not_taken(&dimension(&visit, "year"), &typed);
    }
    let period = known.or(periods.last()).cloned().unwrap_or_default();
    let shown = flows::released(&figures, source, &period).unwrap_or_default();
    let about = &figures.sources[source];
    let key = about.key.clone();
    let parts = [("source", key.as_str()), ("year", period.as_str())];
    let at = |kind: &str| figure::file_address(&visit, "/figures/flows", &parts, kind);
    let atlas = super::Atlas::own(&visit).await?;
    let members = super::members(&visit).await?;
    let releases = shown.releases.iter().map(|(slug, title)| (slug.as_str(), title.as_str()));
    let mut downloads = vec![("CSV".to_owned(), at("csv")), ("XLSX".to_owned(), at("xlsx"))];
    downloads.extend(atlas.as_ref().map(|_| ("SVG".to_owned(), at("svg"))));
    let flow_parts = FlowParts {
        visit: &visit,
        shown: &shown,
        members: &members,
        atlas: atlas.as_ref(),
        downloads,
        notes: vec![
            Content::from(format!("{}: {}", visit.text("data-source"), about.source)),
            Content::Html(format!(
                "{}: {}",
                Content::from(visit.text("pub-releases")),
                release_links(&visit, releases.clone())
            )),
            permanent(&visit, &parts),
        ],
    };
    let mut notes = figure::notes(&visit, about);
    notes.push(visit.text("pub-flow-note"));
    notes.extend(asked.notes());
    notes.extend(
        releases.map(|(slug, title)| format!("{}: {title} ({slug})", visit.text("pub-in-release"))),
    );
    match visit.query("format").as_str() {
        kind @ ("csv" | "xlsx") => {
            return sheet_file(&visit, flow_parts.sheet(notes), "flows", kind == "xlsx");
        }
        "svg" => {
            let title = visit.format("pub-flow-map", &[("period", period.as_str().into())]);
            let map = flow_parts.picture().map(Block::Map).into_iter().collect();
            notes.extend(atlas.as_ref().map(|atlas| atlas.disclaimer(&visit)));
            let svg = figure::picture(&visit, &title, map, notes);
            return Ok(download(svg.into_bytes(), "image/svg+xml", "flows", "svg"));
        }
        _ => {}
    }
    let mut html = lead(&visit, "pub-flows-lead");
    html.push_str(&panel(&visit, &figures, &sources, source, &periods, &period).to_string());
    html.push_str(&asked.told());
    html.push_str(&flow_parts.html());
    html.push_str(&super::explore::about(&visit, about, Vec::new()));
    Ok(page.back("/figures").html(&html))
}

fn permanent(visit: &Visit, parts: &[(&str, &str)]) -> Content {
    let href = visit.link(&address("/figures/flows", parts));
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{}\">{}</a>",
        Content::from(href),
        Content::from(visit.text("pub-permanent"))
    ))
}

fn panel(
    visit: &Visit,
    figures: &PublicFigures,
    sources: &[usize],
    source: usize,
    periods: &[String],
    period: &str,
) -> FilterPanel {
    let options = sources
        .iter()
        .map(|at| (figures.sources[*at].key.clone(), figures.sources[*at].title.clone()));
    let years = periods.iter().map(|one| (one.clone(), one.clone()));
    FilterPanel::new(&visit.words(), visit.link("/figures/flows"))
        .as_row()
        .field(
            Select::new("source", visit.text("pub-source"))
                .options(options)
                .value(figures.sources[source].key.clone()),
        )
        .field(
            Select::new("year", dimension(visit, "year")).options(years).value(period.to_owned()),
        )
}
