//! The directory in files of the Open Referral standard: out for everyone, in
//! with a preview.

use crate::{
    components::{Column, Content, DataTable, NotificationBanner},
    pages::Answer,
    shell::{
        carried::{from_text, to_text},
        forms::{FormPage, done},
        listing::download,
        route::Routes,
        upload::Uploaded,
        visit::Visit,
    },
};
use axum::response::Response;
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    service::{
        How, ImportReport, Importer, InputFile, export_hsds, import_hsds, tabular_json, unzip,
        zipped,
    },
};
use std::fmt::Write as _;

/// Largest file carried from the preview to the import, in bytes.
const LARGEST: usize = 4 << 20;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/services/import", Action::ImportServices, ask)
        .form("/services/import", Action::ImportServices, preview)
        .download("/services/hsds.zip", Action::PublicRead, package)
        .download("/services/hsds.json", Action::PublicRead, json)
}

async fn package(visit: Visit) -> Answer {
    let package = export_hsds(visit.web.app()).await?;
    let bytes = zipped(&package).map_err(Refused::Unavailable)?;
    Ok(download(bytes, "application/zip", "hsds", "zip"))
}

async fn json(visit: Visit) -> Answer {
    let package = export_hsds(visit.web.app()).await?;
    let bytes = tabular_json(&package).map_err(|error| Refused::Unavailable(error.to_string()))?;
    Ok(download(bytes, "application/json", "hsds", "json"))
}

fn form<'v>(visit: &'v Visit, problems: &Problems) -> FormPage<'v> {
    let answers =
        vec![("no".to_owned(), visit.text("word-no")), ("yes".to_owned(), visit.text("word-yes"))];
    FormPage::new(visit, "/services/import", problems)
        .file("file", "import-file", "services-import-hint")
        .radios("apply", "services-import-apply", answers, "no")
        .button("import-check")
}

async fn ask(visit: Visit) -> Answer {
    let (tenant, _) = visit.acting().member()?;
    visit.acting().allow(Action::ImportServices, &Resource::of(tenant)).await?;
    Ok(form(&visit, &Problems::default()).page("services-import-title", "/directory"))
}

async fn preview(sent: Uploaded) -> Answer {
    let Uploaded { visit, form: fields, file, name } = sent;
    // What was looked at comes along with the button: nobody chooses it again.
    let carried = from_text(fields.text("content")).filter(|bytes| !bytes.is_empty());
    let (file, name) = match carried {
        Some(bytes) if file.is_empty() => (bytes, fields.text("name").to_owned()),
        _ => (file, name),
    };
    let mut problems = Problems::default();
    if file.is_empty() {
        problems.add("file", Message::new("error-no-file"));
        return Ok(form(&visit, &problems).page("services-import-title", "/directory"));
    }
    let files = match files(&file, &name) {
        Ok(files) => files,
        Err(why) => {
            problems.add("file", Message::new("error-register-entry").with("why", why));
            return Ok(form(&visit, &problems).page("services-import-title", "/directory"));
        }
    };
    let skip_rejected = fields.text("skip") == "yes";
    let how = How { apply: fields.text("apply") == "yes", skip_rejected };
    let acting = visit.acting_once(&fields);
    let report = import_hsds(visit.web.app(), &files, how, Importer::Member(&acting)).await?;
    if report.applied {
        return Ok(done(&visit, "/services", "imported"));
    }
    Ok(shown(&visit, &report, how.apply, (file.as_slice(), name.as_str())))
}

fn files(bytes: &[u8], name: &str) -> Result<Vec<InputFile>, String> {
    if bytes.starts_with(b"PK\x03\x04") {
        return unzip(bytes);
    }
    Ok(vec![InputFile { name: name.to_owned(), bytes: bytes.to_vec() }])
}

/// What follows a preview: the button that stores it, with the file; where there is nothing
/// to store, or the file is too large to be carried, the form for a file again.
fn next(visit: &Visit, report: &ImportReport, (file, name): (&[u8], &str)) -> String {
    let nothing = report.new.is_empty() && report.changed.is_empty();
    if nothing || file.len() > LARGEST {
        return form(visit, &Problems::default()).html();
    }
    let mut again = FormPage::new(visit, "/services/import", &Problems::default())
        .carries_files()
        .hidden("content", &to_text(file))
        .hidden("name", name)
        .hidden("apply", "yes");
    if !report.rejected.is_empty() {
        let answers = vec![
            ("no".to_owned(), visit.text("word-no")),
            ("yes".to_owned(), visit.text("word-yes")),
        ];
        again = again.radios("skip", "import-skip", answers, "no");
    }
    again.button("import-apply").html()
}

fn shown(visit: &Visit, report: &ImportReport, asked: bool, file: (&[u8], &str)) -> Response {
    let count = |n: usize| visit.whole(n);
    let values = [
        ("new", count(report.new.len()).into()),
        ("changed", count(report.changed.len()).into()),
        ("unchanged", count(report.unchanged).into()),
        ("rejected", count(report.rejected.len()).into()),
    ];
    let counts = Content::from(visit.format("import-counts", &values));
    let mut html = String::new();
    if asked && !report.rejected.is_empty() {
        let values = [("count", count(report.rejected.len()).into())];
        let words = visit.format("import-nothing", &values);
        let _ = write!(html, "{}", NotificationBanner::notice(words, &visit.words()));
    }
    let _ = write!(html, "<p class=\"govuk-body-l\">{counts}</p>");
    if !report.rejected.is_empty() {
        let heads =
            ["import-row", "import-field", "import-value", "import-problem", "import-remedy"];
        let columns = heads.map(|head| Column::new(visit.text(head)));
        let mut table = DataTable::new("rejected", visit.text("import-rejected"), columns).dense();
        for row in &report.rejected {
            table.push([
                Content::from(format!("{} {}", row.file, row.row)),
                Content::from(format!("{}.{}", row.table, row.field)),
                Content::from(&row.value),
                Content::from(&row.problem),
                Content::from(&row.remedy),
            ]);
        }
        let _ = write!(html, "{table}");
    }
    for (title, lines) in [("import-new", &report.new), ("import-changed", &report.changed)] {
        if lines.is_empty() {
            continue;
        }
        let heads = ["service-name", "service-organisation", "import-field"];
        let columns = heads.map(|head| Column::new(visit.text(head)));
        let mut table = DataTable::new(title, visit.text(title), columns).dense();
        for line in lines.iter().take(200) {
            table.push([
                Content::from(&line.name),
                Content::from(&line.organisation),
                Content::from(line.fields.join(", ")),
            ]);
        }
        let _ = write!(html, "{table}");
    }
    for notice in report.notices.iter().take(50) {
        let _ = write!(
            html,
            "<p class=\"govuk-body-s\"><bdi lang=\"en\">{}</bdi></p>",
            Content::from(notice)
        );
    }
    html.push_str(&next(visit, report, file));
    visit.page(&visit.text("import-preview")).back("/services/import").html(&html)
}
