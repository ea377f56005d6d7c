//! Services, contact points, national law and obstacles in sheets: one's own to take away and change,
//! and in again: first what would change, then, agreed to, in one act, and
//! what was left out.

use crate::{
    components::{Button, Column, Content, DataTable, InsetText, NotificationBanner},
    pages::Answer,
    shell::{
        carried::{from_text, to_text},
        failure::Failure,
        forms::FormPage,
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
    export::Sheet,
    sheets::{self, How, Importer, Line, SheetReport},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/services/sheet", Action::EditServices, ask_services)
        .form("/services/sheet", Action::EditServices, preview_services)
        .form("/services/sheet/apply", Action::EditServices, apply_services)
        .download("/services/sheet.csv", Action::EditServices, services_csv)
        .download("/services/sheet.xlsx", Action::EditServices, services_xlsx)
        .page("/contact-points/sheet", Action::ManageDesks, ask_contacts)
        .form("/contact-points/sheet", Action::ManageDesks, preview_contacts)
        .form("/contact-points/sheet/apply", Action::ManageDesks, apply_contacts)
        .page("/laws/sheet", Action::EditLaw, |visit: Visit| ask_entries(visit, Kind::Laws))
        .form("/laws/sheet", Action::EditLaw, |sent: Uploaded| preview(sent, Kind::Laws))
        .form("/laws/sheet/apply", Action::EditLaw, |sent: Uploaded| apply(sent, Kind::Laws))
        .page("/obstacles/sheet", Action::FileObstacle, |visit: Visit| {
            ask_entries(visit, Kind::Obstacles)
        })
        .form("/obstacles/sheet", Action::FileObstacle, |sent: Uploaded| {
            preview(sent, Kind::Obstacles)
        })
        .form("/obstacles/sheet/apply", Action::FileObstacle, |sent: Uploaded| {
            apply(sent, Kind::Obstacles)
        })
        .and(entry_files())
        .download("/contact-points/sheet.csv", Action::ManageDesks, contacts_csv)
        .download("/contact-points/sheet.xlsx", Action::ManageDesks, contacts_xlsx)
}

/// One's own entries of the registers, to take away.
fn entry_files() -> Routes {
    Routes::new()
        .download("/laws/sheet.csv", Action::EditLaw, |visit: Visit| laws(visit, false))
        .download("/laws/sheet.xlsx", Action::EditLaw, |visit: Visit| laws(visit, true))
        .download("/obstacles/sheet.csv", Action::FileObstacle, |visit: Visit| {
            obstacles(visit, false)
        })
        .download("/obstacles/sheet.xlsx", Action::FileObstacle, |visit: Visit| {
            obstacles(visit, true)
        })
}

async fn laws(visit: Visit, workbook: bool) -> Answer {
    file(&sheets::own_laws(&visit.acting()).await?, "laws", workbook)
}

async fn obstacles(visit: Visit, workbook: bool) -> Answer {
    file(&sheets::own_obstacles(&visit.acting()).await?, "obstacles", workbook)
}

/// Rows of a table of the report that are shown; the counts hold all.
const SHOWN: usize = 200;

/// Largest sheet carried from the preview to the import, in bytes.
const LARGEST: usize = 4 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Services,
    Contacts,
    Laws,
    Obstacles,
}

impl Kind {
    const fn path(self) -> &'static str {
        match self {
            Self::Services => "/services/sheet",
            Self::Contacts => "/contact-points/sheet",
            Self::Laws => "/laws/sheet",
            Self::Obstacles => "/obstacles/sheet",
        }
    }

    const fn why(self) -> &'static str {
        match self {
            Self::Services | Self::Contacts => "sheet-why",
            Self::Laws => "laws-sheet-why",
            Self::Obstacles => "obstacles-sheet-why",
        }
    }

    const fn list(self) -> &'static str {
        match self {
            Self::Services => "/services",
            Self::Contacts => "/contact-points",
            Self::Laws => "/registers/laws",
            Self::Obstacles => "/registers/obstacles",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Services => "services-sheet-title",
            Self::Contacts => "contacts-sheet-title",
            Self::Laws => "laws-sheet-title",
            Self::Obstacles => "obstacles-sheet-title",
        }
    }

    const fn action(self) -> Action {
        match self {
            Self::Services => Action::EditServices,
            Self::Contacts => Action::ManageDesks,
            Self::Laws => Action::EditLaw,
            Self::Obstacles => Action::FileObstacle,
        }
    }

    async fn import(
        self,
        visit: &Visit,
        bytes: &[u8],
        how: How,
        importer: Importer<'_>,
    ) -> Result<SheetReport, Refused> {
        let app = visit.web.app();
        match self {
            Self::Services => sheets::import_services(app, bytes, how, importer).await,
            Self::Contacts => sheets::import_contacts(app, bytes, how, importer).await,
            Self::Laws => sheets::import_laws(app, bytes, how, importer).await,
            Self::Obstacles => sheets::import_obstacles(app, bytes, how, importer).await,
        }
    }
}

fn file(sheet: &Sheet, name: &str, workbook: bool) -> Answer {
    if !workbook {
        return Ok(download(sheet.csv(), "text/csv; charset=utf-8", name, "csv"));
    }
    let bytes = sheet.xlsx().map_err(|error| Failure(Refused::Unavailable(error.to_string())))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(bytes, kind, name, "xlsx"))
}

async fn services_csv(visit: Visit) -> Answer {
    file(&sheets::own_services(&visit.acting()).await?, "services", false)
}

async fn services_xlsx(visit: Visit) -> Answer {
    file(&sheets::own_services(&visit.acting()).await?, "services", true)
}

async fn contacts_csv(visit: Visit) -> Answer {
    file(&sheets::own_contacts(&visit.acting()).await?, "contact-points", false)
}

async fn contacts_xlsx(visit: Visit) -> Answer {
    file(&sheets::own_contacts(&visit.acting()).await?, "contact-points", true)
}

fn form<'v>(visit: &'v Visit, kind: Kind, problems: &Problems) -> FormPage<'v> {
    let take = |ending: &str| {
        let path = visit.link(&format!("{}.{ending}", kind.path()));
        Button::link(visit.format("sheet-own", &[("kind", ending.to_uppercase().into())]), path)
            .secondary()
            .to_string()
    };
    FormPage::new(visit, kind.path(), problems)
        .words(kind.why())
        .part(format!("<div class=\"govuk-button-group\">{}{}</div>", take("csv"), take("xlsx")))
        .file("file", "import-file", "sheet-hint")
        .button("import-check")
}

async fn ask(visit: &Visit, kind: Kind) -> Answer {
    let (tenant, _) = visit.acting().member()?;
    visit.acting().allow(kind.action(), &Resource::of(tenant)).await?;
    Ok(form(visit, kind, &Problems::default()).page(kind.title(), kind.list()))
}

/// The same for entries of the registers, which are those of one's State.
async fn ask_entries(visit: Visit, kind: Kind) -> Answer {
    let acting = visit.acting();
    let own = Resource::region().in_state(acting.subject.state.as_deref());
    acting.allow(kind.action(), &own).await?;
    Ok(form(&visit, kind, &Problems::default()).page(kind.title(), kind.list()))
}

async fn ask_services(visit: Visit) -> Answer {
    ask(&visit, Kind::Services).await
}

async fn ask_contacts(visit: Visit) -> Answer {
    ask(&visit, Kind::Contacts).await
}

async fn preview(sent: Uploaded, kind: Kind) -> Answer {
    let Uploaded { visit, file, .. } = sent;
    let mut problems = Problems::default();
    if file.is_empty() || file.len() > LARGEST {
        let why = if file.is_empty() { "error-no-file" } else { "error-form-too-large" };
        problems.add("file", Message::new(why));
        return Ok(form(&visit, kind, &problems).page(kind.title(), kind.list()));
    }
    let acting = visit.acting();
    let read = kind.import(&visit, &file, How::default(), Importer::Member(&acting)).await;
    match read {
        Ok(report) => Ok(shown(&visit, kind, &file, &report, false)),
        Err(Refused::Declined(message)) => {
            problems.add("file", message);
            Ok(form(&visit, kind, &problems).page(kind.title(), kind.list()))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn preview_services(sent: Uploaded) -> Answer {
    preview(sent, Kind::Services).await
}

async fn preview_contacts(sent: Uploaded) -> Answer {
    preview(sent, Kind::Contacts).await
}

async fn apply(sent: Uploaded, kind: Kind) -> Answer {
    let Uploaded { visit, form: fields, .. } = sent;
    let bytes = from_text(fields.text("content")).ok_or(Failure(Refused::NotFound))?;
    let how = How { apply: true, skip_rejected: fields.text("skip") == "yes" };
    let acting = visit.acting_once(&fields);
    let report = kind.import(&visit, &bytes, how, Importer::Member(&acting)).await?;
    if report.applied {
        return Ok(stored(&visit, kind, &report));
    }
    Ok(shown(&visit, kind, &bytes, &report, true))
}

async fn apply_services(sent: Uploaded) -> Answer {
    apply(sent, Kind::Services).await
}

async fn apply_contacts(sent: Uploaded) -> Answer {
    apply(sent, Kind::Contacts).await
}

fn counts(visit: &Visit, report: &SheetReport) -> String {
    let values = [
        ("new", visit.whole(report.new.len()).into()),
        ("changed", visit.whole(report.changed.len()).into()),
        ("unchanged", visit.whole(report.unchanged).into()),
        ("rejected", visit.whole(report.skipped.len()).into()),
    ];
    let counts = Content::from(visit.format("import-counts", &values));
    format!("<p class=\"govuk-body-l\">{counts}</p>")
}

/// What cannot be taken: row, field, what stands there, what would be right.
fn rejected(visit: &Visit, report: &SheetReport, title: &str) -> String {
    if report.rejected.is_empty() {
        return String::new();
    }
    let heads = ["import-row", "import-field", "import-value", "import-remedy"];
    let columns = heads.map(|head| Column::new(visit.text(head)));
    let mut table = DataTable::new("rejected", visit.text(title), columns).dense();
    for bad in report.rejected.iter().take(SHOWN) {
        let short: String = bad.value.chars().take(80).collect();
        table.push([
            Content::from(
                usize::try_from(bad.row).map_or_else(|_| String::new(), |n| visit.whole(n)),
            ),
            Content::Html(format!("<code>{}</code>", Content::from(&bad.field))),
            Content::Html(format!("<bdi>{}</bdi>", Content::from(short))),
            Content::from(visit.say(&bad.message)),
        ]);
    }
    table.to_string()
}

fn lines(visit: &Visit, title: &str, lines: &[Line]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let heads = ["import-row", "column-name", "import-field"];
    let columns = heads.map(|head| Column::new(visit.text(head)));
    let id = if title == "import-new" { "new" } else { "changed" };
    let mut table = DataTable::new(id, visit.text(title), columns).dense();
    for line in lines.iter().take(SHOWN) {
        table.push([
            Content::from(
                usize::try_from(line.row).map_or_else(|_| String::new(), |n| visit.whole(n)),
            ),
            Content::Html(format!("<bdi>{}</bdi>", Content::from(&line.name))),
            Content::Html(format!("<code>{}</code>", Content::from(line.fields.join(", ")))),
        ]);
    }
    table.to_string()
}

fn shown(visit: &Visit, kind: Kind, file: &[u8], report: &SheetReport, refused: bool) -> Response {
    let mut html = String::new();
    if refused {
        let count = visit.whole(report.skipped.len());
        let words = visit.format("import-nothing", &[("count", count.into())]);
        let _ = write!(html, "{}", NotificationBanner::notice(words, &visit.words()));
    }
    html.push_str(&counts(visit, report));
    if !report.unknown_columns.is_empty() {
        let columns = report.unknown_columns.join(", ");
        let words = visit.format("sheet-unknown", &[("columns", columns.into())]);
        let _ = write!(html, "{}", InsetText::new(words));
    }
    html.push_str(&rejected(visit, report, "import-rejected"));
    html.push_str(&lines(visit, "import-new", &report.new));
    html.push_str(&lines(visit, "import-changed", &report.changed));
    if report.new.is_empty() && report.changed.is_empty() {
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{}</p>",
            Content::from(visit.text("sheet-nothing"))
        );
    } else {
        let mut form =
            FormPage::new(visit, &format!("{}/apply", kind.path()), &Problems::default())
                .carries_files()
                .hidden("content", &to_text(file));
        if !report.rejected.is_empty() {
            let answers = vec![
                ("no".to_owned(), visit.text("word-no")),
                ("yes".to_owned(), visit.text("word-yes")),
            ];
            form = form.radios("skip", "import-skip", answers, "no");
        }
        html.push_str(&form.button("import-apply").html());
    }
    visit.page(&visit.text("import-preview")).back(kind.path()).html(&html)
}

/// What was stored, and what was left out.
fn stored(visit: &Visit, kind: Kind, report: &SheetReport) -> Response {
    let mut html = counts(visit, report);
    if !report.skipped.is_empty() {
        let words = visit.format("sheet-left-out", &[("count", report.skipped.len().into())]);
        let _ = write!(html, "{}", InsetText::new(words));
    }
    html.push_str(&rejected(visit, report, "import-skipped"));
    let list = match kind {
        Kind::Services => "services-title",
        Kind::Contacts => "contacts-title",
        Kind::Laws => "register-own-laws",
        Kind::Obstacles => "register-own-obstacles",
    };
    let _ = write!(html, "{}", Button::link(visit.text(list), visit.link(kind.list())));
    visit.page(&visit.text("sheet-stored")).back(kind.path()).html(&html)
}
