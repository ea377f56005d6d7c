//! The catalogue: every table of every release with all its files, as a page to
//! search and as one file for catalogues of data (DCAT).

use super::{lead, link, paragraph};
use crate::{
    components::Content,
    pages::{
        Answer,
        knowledge::{dimension, release_tag},
    },
    shell::{
        listing::{List, download},
        route::Routes,
        visit::Visit,
    },
};
use palermo_app::{
    access::Action,
    domain::knowledge::publication::Status,
    knowledge::{
        publishing,
        releases::{self, KeptRelease},
    },
    locale::Language,
    public_site::{
        catalogue::{self, Part},
        figures::period,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/figures/catalogue", Action::PublicRead, show).download(
        "/figures/catalogue.json",
        Action::PublicRead,
        file,
    )
}

/// One table of one release, or a release that has none any more.
struct Row {
    slug: String,
    release: String,
    table: String,
    period: String,
    source: String,
    issued: String,
    status: Status,
    files: Vec<(&'static str, String)>,
}

fn rows(visit: &Visit, entry: &KeptRelease) -> Vec<Row> {
    let spec = releases::spec(entry);
    let about = spec.map(|spec| spec.release);
    let row = |table: String, files: Vec<(&'static str, String)>| Row {
        slug: entry.slug.clone(),
        release: publishing::title(entry, visit.language.code()).to_owned(),
        table,
        period: about.as_ref().map(|about| period(&about.period)).unwrap_or_default(),
        source: about.as_ref().map(|about| about.source.clone()).unwrap_or_default(),
        issued: entry.issued.clone().unwrap_or_default(),
        status: entry.status,
        files,
    };
    let parts = catalogue::parts(entry);
    if parts.is_empty() {
        return vec![row(String::new(), Vec::new())];
    }
    let mut all = Vec::new();
    for part in parts {
        let mut files = part.files.clone();
        files.push((LABELS, "labels.csv".to_owned()));
        files.push(("DCAT", "metadata.json".to_owned()));
        all.push(row(called(visit, &part), files));
    }
    all
}

/// What stands for the file with all words in each language.
const LABELS: &str = "labels";

fn called(visit: &Visit, part: &Part) -> String {
    if !part.title.is_empty() {
        return part.title.clone();
    }
    let names: Vec<String> = part.columns.iter().map(|name| dimension(visit, name)).collect();
    if part.id == "records" {
        return format!("{}: {}", visit.text("release-records"), names.join(", "));
    }
    names.join(" × ")
}

/// The files of a row, each with what it is called.
fn files(visit: &Visit, row: &Row) -> Vec<(String, String)> {
    let named = |kind: &str| {
        if kind == LABELS { visit.text("release-labels") } else { kind.to_owned() }
    };
    row.files
        .iter()
        .map(|(kind, name)| (named(kind), format!("/releases/{}/{name}", row.slug)))
        .collect()
}

async fn show(visit: Visit) -> Answer {
    let all = releases::public(&visit.web.app().store).await?;
    let all: Vec<Row> = all.iter().flat_map(|one| rows(&visit, &one.entry)).collect();
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e) = (visit.clone(), visit.clone());
    let languages = Language::ALL.map(Language::code).join(", ");
    let list = List::new(&visit, "catalogue", &visit.text("catalogue-title"), all)
        .column(
            "release",
            "release-title",
            |row| row.release.clone(),
            move |row| link(&a, &format!("/releases/{}", row.slug), row.release.as_str()),
        )
        .text("table", "catalogue-table", |row| row.table.clone())
        .text("period", "release-period", |row| row.period.clone())
        .text("source", "data-source", |row| row.source.clone())
        .text("issued", "release-issued", |row| row.issued.clone())
        .column(
            "status",
            "release-status",
            move |row| b.text(&format!("release-{}", row.status.code())),
            move |row| release_tag(&c, row.status).into(),
        )
        .column(
            "files",
            "release-files",
            move |row| {
                let all = files(&d, row);
                all.into_iter().map(|(_, path)| d.link(&path)).collect::<Vec<_>>().join(" ")
            },
            move |row| {
                let links: Vec<String> = files(&e, row)
                    .into_iter()
                    .map(|(name, path)| link(&e, &path, name).to_string())
                    .collect();
                Content::Html(links.join(" · "))
            },
        )
        .text("languages", "catalogue-languages", move |row| {
            if row.files.is_empty() { String::new() } else { languages.clone() }
        })
        .when_empty(visit.text("releases-none"));
    let dcat = link(&visit, "/figures/catalogue.json", visit.text("catalogue-dcat"));
    let top = format!(
        "{}{}{}",
        lead(&visit, "catalogue-why"),
        paragraph(visit.text("fig-detected")),
        paragraph(dcat)
    );
    let answer = list.answer(|table| {
        let page = visit.page(&visit.text("catalogue-title")).back("/figures");
        page.html(&format!("{top}{table}"))
    })?;
    Ok(answer)
}

async fn file(visit: Visit) -> Answer {
    let base = visit.link("/releases");
    let told = catalogue::dcat(visit.web.app(), visit.language, &base).await?;
    let bytes = serde_json::to_vec_pretty(&told).unwrap_or_default();
    Ok(download(bytes, "application/ld+json", "catalogue", "json"))
}
