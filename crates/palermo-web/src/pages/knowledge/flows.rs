//! Flows among the lines of one dataset, exact: for own staff. The same parts
//! as the public page.

use super::{id, paragraph, sheet_file};
use crate::{
    components::{Content, FilterPanel, Select},
    pages::{Answer, public_site},
    shell::{asked::Asked, gate::encode, route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{access::Action, domain::id::DatasetId, knowledge::datasets, public_site::flows};

pub(super) fn routes() -> Routes {
    Routes::new().page("/data/{id}/flows", Action::ReadData, show)
}

async fn show(visit: Visit, Path(dataset): Path<String>) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    let acting = visit.acting();
    let shown = datasets::show(&acting, dataset).await?;
    let about = &shown.dataset.entry;
    let figures = datasets::figures(&acting, &shown.dataset).await?;
    let years = flows::years(&figures);
    let typed = visit.query("year");
    let known = years.iter().find(|one| **one == typed);
    let mut asked = Asked::of(&visit);
    if known.is_none() && !typed.is_empty() {
        asked.not_taken(&super::dimension(&visit, "year"), &typed);
    }
    let year = known.or(years.last()).cloned().unwrap_or_default();
    let found = flows::of_lines(&figures, about.format.has_sums(), &year);
    let atlas = public_site::Atlas::own(&visit).await?;
    let members = public_site::members(&visit).await?;
    let at = |kind: &str| {
        visit.link(&format!("/data/{dataset}/flows?year={}&format={kind}", encode(&year)))
    };
    let line = |id: &str, text: &str| Content::from(format!("{}: {text}", visit.text(id)));
    let parts = public_site::flow_figures::FlowParts {
        visit: &visit,
        shown: &found,
        members: &members,
        atlas: atlas.as_ref(),
        downloads: vec![("CSV".to_owned(), at("csv")), ("XLSX".to_owned(), at("xlsx"))],
        notes: vec![
            line("data-source", &about.source),
            line("data-definition", &about.definition),
            visit.text("data-exact").into(),
        ],
    };
    if let kind @ ("csv" | "xlsx") = visit.query("format").as_str() {
        let mut notes = vec![about.title.clone(), visit.text("fig-detected")];
        notes.extend(asked.notes());
        notes.push(format!("{}: {}", visit.text("data-source"), about.source));
        notes.push(format!("{}: {}", visit.text("data-definition"), about.definition));
        return sheet_file(&visit, parts.sheet(notes), "flows", kind == "xlsx");
    }
    let action = visit.link(&format!("/data/{dataset}/flows"));
    let options = years.iter().map(|one| (one.clone(), one.clone()));
    let panel = FilterPanel::new(&visit.words(), action).as_row().field(
        Select::new("year", super::dimension(&visit, "year")).options(options).value(year.clone()),
    );
    let mut html = format!("{panel}{}", asked.told());
    if found.flows.is_empty() && found.back.is_empty() {
        html.push_str(&paragraph(visit.text("data-no-cells")));
    } else {
        html.push_str(&parts.html());
    }
    let title = visit.format("data-flows-of", &[("title", about.title.as_str().into())]);
    Ok(visit.page(&title).back(&format!("/data/{dataset}")).html(&html))
}
