//! A release as files: each table as CSV, the catalogue entry (DCAT), the
//! description of every column (CSVW), methodology and limits, and the counts
//! as later releases are compared with them.

use super::{
    prepare::{Publishable, ReleasedTable},
    spec::{Kind, Spec},
};
use palermo_standards::{
    delimited,
    metadata::{ColumnNote, Dataset, Distribution, csvw, dcat},
};
use palermo_stats::disclosure::Release;

/// The name of the file with the counts, which later releases look for.
pub const COUNTS: &str = "release.json";

/// What every release says of its figures.
pub const CAPTION: &str = "Detected victims, not prevalence: figures count persons who came to the notice of an authority or organisation, and depend on how hard each looks.";

/// Words by which catalogues of data find a release.
pub const KEYWORDS: [&str; 3] = ["trafficking in persons", "SDG 16.2.2", "detected victims"];

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// All files of a release. `issued` is a day, as ISO 8601.
#[must_use]
pub fn files(spec: &Spec, publishable: &Publishable, issued: &str) -> Vec<ReleaseFile> {
    let mut out = Vec::new();
    let mut described = Vec::new();
    for table in &publishable.tables {
        let name = format!("{}.csv", table.id);
        let columns = table_columns(table, spec);
        out.push(ReleaseFile { name: name.clone(), bytes: table_csv(table) });
        described.push((name, title_of(table), columns));
    }
    if let Some((headings, rows)) = &publishable.records {
        let name = "records.csv".to_owned();
        let mut lines = vec![headings.clone()];
        lines.extend(rows.iter().cloned());
        out.push(ReleaseFile { name: name.clone(), bytes: delimited::write(&lines) });
        let columns = headings
            .iter()
            .map(|heading| ColumnNote::text(heading, "A value of a synthetic record"))
            .collect();
        described.push((name, "Synthetic records; no line is a person".to_owned(), columns));
    }
    for (name, title, columns) in &described {
        let text = csvw(name, title, &methodology(spec), columns);
        out.push(json(format!("{name}-metadata.json"), &text));
    }
    let dataset = dataset(spec, &described, issued);
    out.push(json("metadata.json".to_owned(), &dcat(&dataset)));
    out.push(ReleaseFile {
        name: "methodology.md".to_owned(),
        bytes: methodology(spec).into_bytes(),
    });
    out.push(ReleaseFile {
        name: COUNTS.to_owned(),
        bytes: serde_json::to_vec_pretty(&publishable.counts).unwrap_or_default(),
    });
    out
}

fn json(name: String, value: &serde_json::Value) -> ReleaseFile {
    ReleaseFile { name, bytes: serde_json::to_vec_pretty(value).unwrap_or_default() }
}

fn title_of(table: &ReleasedTable) -> String {
    if table.title.is_empty() { table.id.clone() } else { table.title.clone() }
}

fn table_columns(table: &ReleasedTable, spec: &Spec) -> Vec<ColumnNote> {
    let k = spec.threshold().map_or(0, |k| k.get());
    let mut columns: Vec<ColumnNote> = table
        .columns
        .iter()
        .map(|name| ColumnNote::text(name, "A category; `total` for all"))
        .collect();
    columns.push(ColumnNote::number(
        "persons",
        &format!(
            "Detected persons; empty where hidden{}",
            if spec.method.kind == Kind::Round {
                format!(", rounded down to a multiple of {k}")
            } else {
                String::new()
            }
        ),
    ));
    columns.push(ColumnNote::text(
        "status",
        "shown, hidden (small, or hidden to protect a small one), or rounded",
    ));
    columns
}

/// A table as CSV.
#[must_use]
pub fn table_csv(table: &ReleasedTable) -> Vec<u8> {
    let mut lines = vec![table.columns.clone()];
    lines[0].extend(["persons".to_owned(), "status".to_owned()]);
    for cell in &table.cells {
        let mut line: Vec<String> = cell
            .values
            .iter()
            .map(|value| if value.is_empty() { "total".to_owned() } else { value.clone() })
            .collect();
        line.push(cell.count.map(|count| count.to_string()).unwrap_or_default());
        line.push(cell.status.code().to_owned());
        lines.push(line);
    }
    delimited::write(&lines)
}

fn dataset(spec: &Spec, files: &[(String, String, Vec<ColumnNote>)], issued: &str) -> Dataset {
    let about = &spec.release;
    Dataset {
        id: about.id.clone(),
        title: about.title.clone(),
        description: methodology(spec),
        publisher: about.publisher.clone(),
        issued: issued.to_owned(),
        period: about.period.clone(),
        licence: about.licence.clone(),
        keywords: KEYWORDS.map(str::to_owned).to_vec(),
        distributions: files
            .iter()
            .map(|(name, title, _)| Distribution {
                file: name.clone(),
                title: title.clone(),
                media_type: "text/csv".to_owned(),
            })
            .collect(),
    }
}

/// How the figures were made and what they cannot say.
#[must_use]
pub fn methodology(spec: &Spec) -> String {
    let about = &spec.release;
    let k = spec.threshold().map_or(0, |k| k.get());
    let method = match spec.method.kind {
        Kind::Suppress => format!(
            "Counts of 1 to {} are hidden, with as many others as it takes so that none can be worked out. Zeros are shown.",
            k - 1
        ),
        Kind::Round => {
            format!("Every count is rounded down to a multiple of {k}; 0 means 0 to {}.", k - 1)
        }
        Kind::Synthetic => format!(
            "Records are invented so that they hold only combinations shared by at least {k} people. No line is a person."
        ),
        Kind::Dp => format!(
            "Records are drawn from counts with random noise (epsilon {}, delta {}). No line is a person, and small counts are inexact.",
            spec.method.epsilon.unwrap_or(1.0),
            spec.method.delta.unwrap_or(1e-6)
        ),
    };
    let compared = match spec.method.kind {
        Kind::Suppress | Kind::Round => {
            "The release was compared with all earlier ones before it was published."
        }
        Kind::Synthetic => {
            "What the records say of every combination of up to three values was compared with all earlier releases before they were published."
        }
        Kind::Dp => {
            "It was not compared with earlier releases: the promise of the noise holds whatever else is known, and its loss was taken from one budget."
        }
    };
    let line = |label: &str, text: &str| {
        if text.is_empty() { String::new() } else { format!("{label}: {text}\n") }
    };
    format!(
        "# {}\n\n{CAPTION}\n\n{}{}{}{}{}\n## How small numbers are protected\n\n{method} {compared}\n\n## Limits\n\nStates differ in law, in counting rules and in coverage; figures of different sources are never added and do not rank States. Do not try to identify a person; tell the publisher if you believe one can be identified.\n",
        about.title,
        line("Source", &about.source),
        line("Legal definition", &about.definition),
        line("Counting rule", &about.counting_rule),
        line("Period", one_time(&about.period)),
        line("Licence", &about.licence),
    )
}

/// A period in a sentence: from one year to the same is that year.
fn one_time(period: &str) -> &str {
    period.split_once('/').filter(|(from, to)| from == to).map_or(period, |(from, _)| from)
}

/// Reads the counts of an earlier release from its file.
///
/// # Errors
/// When the file is no release.
pub fn read_counts(bytes: &[u8]) -> Result<Release, serde_json::Error> {
    serde_json::from_slice(bytes)
}
