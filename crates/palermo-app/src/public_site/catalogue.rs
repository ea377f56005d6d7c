//! The catalogue of everything that is or was public: each release with each of
//! its tables and the ways to take it away, as an entry for catalogues of data
//! (DCAT). What was taken back stands there too, without files and with its reason.

use crate::{App, Refused, knowledge::releases, release::files};
use palermo_domain::knowledge::publication::Status;
use palermo_locale::Language;
use palermo_standards::metadata::{self, Dataset, Distribution};
use palermo_store::knowledge::release::KeptRelease;
use serde_json::{Value, json};

/// One thing to take away: a table, or the records of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its short name; files are called by it.
    pub id: String,
    /// Its title; empty where its columns say it.
    pub title: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its files: what kind, and the name.
    pub files: Vec<(&'static str, String)>,
}

/// What a release offers; nothing once it was taken back.
#[must_use]
pub fn parts(release: &KeptRelease) -> Vec<Part> {
    let mut all: Vec<Part> = releases::tables(release)
        .into_iter()
        .map(|table| Part {
            files: vec![
                ("CSV", format!("{}.csv", table.id)),
                ("XLSX", format!("{}.xlsx", table.id)),
                ("CSVW", format!("{}.csv-metadata.json", table.id)),
                ("SVG", format!("{}.svg", table.id)),
            ],
            id: table.id,
            title: table.title,
            columns: table.columns,
        })
        .collect();
    if let Some((headings, _)) = releases::released_records(release) {
        all.push(Part {
            id: "records".to_owned(),
            title: String::new(),
            columns: headings,
            files: vec![
                ("CSV", "records.csv".to_owned()),
                ("CSVW", "records.csv-metadata.json".to_owned()),
            ],
        });
    }
    all
}

fn media_type(kind: &str) -> &'static str {
    match kind {
        "CSV" => "text/csv",
        "XLSX" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "CSVW" => "application/csvm+json",
        "SVG" => "image/svg+xml",
        _ => "application/json",
    }
}

/// The catalogue; `base` is the address of the list of releases.
///
/// # Errors
/// When the store does not answer.
pub async fn dcat(app: &App, language: Language, base: &str) -> Result<Value, Refused> {
    let all = releases::public(&app.store).await?;
    let entries = all.iter().filter_map(|one| entry(&one.entry, base)).collect();
    let title = app.catalogue.format_plain(language, "releases-title", &[]);
    let languages: Vec<&str> = Language::ALL.into_iter().map(Language::code).collect();
    Ok(metadata::catalogue(&title, &languages, entries))
}

fn entry(release: &KeptRelease, base: &str) -> Option<Value> {
    let spec = releases::spec(release)?;
    let page = format!("{base}/{}", release.slug);
    let mut distributions = Vec::new();
    let parts = parts(release);
    for part in &parts {
        let title = if part.title.is_empty() { &part.id } else { &part.title };
        distributions.extend(part.files.iter().map(|(kind, name)| Distribution {
            file: format!("{page}/{name}"),
            title: title.clone(),
            media_type: media_type(kind).to_owned(),
        }));
    }
    if !parts.is_empty() {
        distributions.push(Distribution {
            file: format!("/api/v1/releases/{}", release.slug),
            title: release.title.clone(),
            media_type: media_type("JSON").to_owned(),
        });
    }
    let about = spec.release.clone();
    let mut told = metadata::dcat(&Dataset {
        id: release.slug.clone(),
        title: release.title.clone(),
        description: files::methodology(&spec),
        publisher: about.publisher,
        issued: release.issued.clone().unwrap_or_default(),
        period: about.period,
        licence: about.licence,
        keywords: files::KEYWORDS.map(str::to_owned).to_vec(),
        distributions,
    });
    if !release.titles.is_empty() {
        let titles = release
            .titles
            .iter()
            .map(|(language, title)| json!({ "@language": language, "@value": title }));
        told["dct:title"] = titles.collect();
    }
    told["dcat:landingPage"] = json!(page);
    told["adms:status"] = json!(release.status.code());
    if let Some(later) = &release.corrected_by {
        told["dct:isReplacedBy"] = json!(format!("{base}/{later}"));
    }
    if let (Status::Corrected | Status::Retracted, Some(why)) = (release.status, &release.reason) {
        told["adms:versionNotes"] = json!(why);
    }
    Some(told)
}
