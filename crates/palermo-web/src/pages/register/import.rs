//! Import of who signed and ratified an instrument, in the browser: choose the
//! file, see what would change, agree.

use super::{
    common::{Body, day, english, state_link, word},
    edit::{instrument_known, no_partial_date},
};
use crate::{
    components::{Button, Content, WarningText},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        upload::Uploaded,
        visit::Visit,
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    domain::register::{day::Day, import::ActOn, provenance::PartialDate},
    register::{
        ImportFile, ImportRefused, Importer, import, import_adherence::ImportReport,
        may_write_adherence,
    },
};
use std::collections::BTreeSet;

/// Largest file carried from the preview to the import, in bytes. Status lists
/// have some ten thousand.
const LARGEST_LIST: usize = 4 << 20;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/instruments/{id}/import", Action::ImportRegister, ask)
        .form("/instruments/{id}/import", Action::ImportRegister, preview)
        .form("/instruments/{id}/import/apply", Action::ImportRegister, apply)
}

fn file_form(visit: &Visit, id: &str, form: &Form, problems: &Problems) -> Response {
    FormPage::new(visit, &format!("/instruments/{id}/import"), problems)
        .words("import-why")
        .file("file", "import-file", "import-file-hint")
        .text("source", "register-source", "register-source-hint", form.text("source"))
        .text("as_of", "register-as-of-label", "register-as-of-hint", form.text("as_of"))
        .button("import-check")
        .page("import-title", &format!("/instruments/{id}"))
}

async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    may_write_adherence(&visit.acting(), Action::ImportRegister).await?;
    instrument_known(&visit, &id)?;
    Ok(file_form(&visit, &id, &Form::default(), &Problems::default()))
}

fn from_the_future(as_of: PartialDate, today: Day) -> Message {
    Message::new("error-as-of-future").with("typed", as_of).with("today", today)
}

/// Source and day of a list; problems beside their fields.
fn about(visit: &Visit, form: &Form, problems: &mut Problems) -> (String, Option<PartialDate>) {
    let source = problems.required("source", form.text("source"), 500);
    let typed = form.text("as_of").trim();
    let as_of = PartialDate::parse(typed);
    if as_of.is_none() && !typed.is_empty() {
        problems.add("as_of", no_partial_date(typed));
    }
    // The import itself refuses it too; here it is told beside the other problems.
    let today: Day = visit.acting().now().date().into();
    if let Some(as_of) = as_of.filter(|as_of| as_of.is_after(today)) {
        problems.add("as_of", from_the_future(as_of, today));
    }
    (source, as_of)
}

async fn run(
    visit: &Visit,
    id: &str,
    form: &Form,
    bytes: &[u8],
    store: bool,
) -> Result<ImportReport, ImportRefused> {
    let mut problems = Problems::default();
    let (source, as_of) = about(visit, form, &mut problems);
    problems.none()?;
    let file = ImportFile {
        bytes,
        instrument: id,
        source: &source,
        as_of,
        apply: store,
        skip_rejected: form.text("skip") == "yes",
    };
    let app = visit.web.app();
    let acting = visit.acting_once(form);
    import(&app.store, &app.registers, &file, Importer::Member(&acting)).await
}

async fn preview(Path(id): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, form, file, .. } = sent;
    may_write_adherence(&visit.acting(), Action::ImportRegister).await?;
    instrument_known(&visit, &id)?;
    let mut problems = Problems::default();
    if file.is_empty() {
        problems.add("file", Message::new("error-no-file"));
    } else if file.len() > LARGEST_LIST {
        problems.add("file", Message::new("error-form-too-large"));
    }
    about(&visit, &form, &mut problems);
    if !problems.0.is_empty() {
        return Ok(file_form(&visit, &id, &form, &problems));
    }
    match run(&visit, &id, &form, &file, false).await {
        Ok(report) => Ok(shown(&visit, &id, &form, &file, &report, None)),
        Err(why) => told(&visit, &id, &form, &file, why, None),
    }
}

/// A refusal beside the field it is about, or the rows that are rejected.
fn told(
    visit: &Visit,
    id: &str,
    form: &Form,
    file: &[u8],
    why: ImportRefused,
    lead: Option<&str>,
) -> Answer {
    match why {
        ImportRefused::Rows { report, .. } => Ok(shown(visit, id, form, file, &report, lead)),
        ImportRefused::File(why) => {
            let mut problems = Problems::default();
            let message = Message::new("error-register-entry").with("why", why);
            problems.add("file", message);
            Ok(file_form(visit, id, form, &problems))
        }
        ImportRefused::Future { as_of, today } => {
            let mut problems = Problems::default();
            problems.add("as_of", from_the_future(as_of, today));
            Ok(file_form(visit, id, form, &problems))
        }
        ImportRefused::Refused(Refused::Invalid(problems)) => {
            Ok(file_form(visit, id, form, &problems))
        }
        ImportRefused::Refused(refused) => Err(Failure(refused)),
        ImportRefused::NoInstrument { .. } => Err(Failure(Refused::NotFound)),
        ImportRefused::NoHouse => {
            Err(Failure(Refused::Unavailable("nobody answers for the registers".into())))
        }
    }
}

async fn apply(Path(id): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, form, .. } = sent;
    may_write_adherence(&visit.acting(), Action::ImportRegister).await?;
    instrument_known(&visit, &id)?;
    let bytes = hex::decode(form.text("content")).map_err(|_| Refused::NotFound)?;
    match run(&visit, &id, &form, &bytes, true).await {
        Ok(report) if report.rejected.is_empty() => {
            Ok(done(&visit, &format!("/instruments/{id}"), "imported"))
        }
        Ok(report) => Ok(stored_without(&visit, &id, &report)),
        Err(why) => told(&visit, &id, &form, &bytes, why, Some("import-nothing-stored")),
    }
}

/// The rows that are rejected, by their numbers in the file.
fn numbers(visit: &Visit, report: &ImportReport) -> String {
    let rows: BTreeSet<_> = report.rejected.iter().map(|row| row.row).collect();
    let rows = rows.into_iter().map(|row| row.to_string()).collect::<Vec<_>>().join(", ");
    visit.format("import-left-out", &[("rows", rows.into())])
}

/// After an import that left rows out knowingly: which, and what is wrong with each.
fn stored_without(visit: &Visit, id: &str, report: &ImportReport) -> Response {
    let mut body = Body::new(visit);
    body.push(format!("<p class=\"govuk-body-l\">{}</p>", Content::from(counts(visit, report))));
    body.paragraph(numbers(visit, report));
    rejected_rows(&mut body, report);
    let onward =
        Button::link(visit.text("form-continue"), visit.link(&format!("/instruments/{id}")));
    body.push(onward.to_string());
    visit.page(&visit.text("done-imported")).html(&body.plain())
}

fn rejected_count(report: &ImportReport) -> usize {
    report.rows - report.new.len() - report.changed.len() - report.unchanged
}

fn counts(visit: &Visit, report: &ImportReport) -> String {
    let number = |count: usize| visit.whole(count);
    visit.format(
        "import-counts",
        &[
            ("new", number(report.new.len()).into()),
            ("changed", number(report.changed.len()).into()),
            ("unchanged", number(report.unchanged).into()),
            ("rejected", number(rejected_count(report)).into()),
        ],
    )
}

fn acts(visit: &Visit, acts: &[ActOn]) -> String {
    let words = acts.iter().map(|one| act(visit, one));
    let words = words.collect::<Vec<_>>().join(", ");
    if words.is_empty() { visit.text("adherence-neither") } else { words }
}

fn act(visit: &Visit, one: &ActOn) -> String {
    format!("{} {}", word(visit, "act", one.act.code()), day(visit, one.date))
}

/// What would change, row by row, and the button that does it.
fn shown(
    visit: &Visit,
    id: &str,
    form: &Form,
    file: &[u8],
    report: &ImportReport,
    lead: Option<&str>,
) -> Response {
    let mut body = Body::new(visit);
    if let Some(lead) = lead {
        body.push(WarningText::new(visit.text(lead), &visit.words()).to_string());
    }
    body.push(format!("<p class=\"govuk-body-l\">{}</p>", Content::from(counts(visit, report))));
    rejected_rows(&mut body, report);
    let new = report.new.iter().map(|row| {
        let state = state_link(visit, row.party.as_str());
        vec![row.row.to_string().into(), state, acts(visit, &row.acts).into()]
    });
    let new: Vec<Vec<Content>> = new.collect();
    if !new.is_empty() {
        body.heading("import-new");
        let heads = ["import-row", "adherence-party", "adherence-act"];
        body.table("new", "import-new", &heads, new);
    }
    let changed = report.changed.iter().map(|row| {
        let differences = row.differences.iter().map(|difference| {
            let said = |one: &Option<ActOn>| {
                one.map_or_else(|| visit.text("word-none"), |one| act(visit, &one))
            };
            let (before, after) = (said(&difference.before), said(&difference.after));
            format!("<del>{}</del> <ins>{}</ins>", Content::from(before), Content::from(after))
        });
        let html = differences.collect::<Vec<_>>().join("<br>");
        let state = state_link(visit, row.party.as_str());
        vec![row.row.to_string().into(), state, Content::Html(html)]
    });
    let changed: Vec<Vec<Content>> = changed.collect();
    if !changed.is_empty() {
        body.heading("import-changed");
        let heads = ["import-row", "adherence-party", "adherence-act"];
        body.table("changed", "import-changed", &heads, changed);
    }
    if !report.not_in_file.is_empty() {
        let names = report.not_in_file.iter().map(|code| visit.state(code.as_str()));
        let names = names.collect::<Vec<_>>().join(", ");
        body.paragraph(format!("{}: {names}", visit.text("import-kept")));
    }
    if !report.new.is_empty() || !report.changed.is_empty() {
        body.push(agree(visit, id, form, file, report));
    }
    let back = format!("/instruments/{id}/import");
    visit.page(&visit.text("import-preview")).back(&back).html(&body.plain())
}

fn rejected_rows(body: &mut Body<'_>, report: &ImportReport) {
    if report.rejected.is_empty() {
        return;
    }
    let visit = body.visit;
    body.heading("import-rejected");
    let rows = report.rejected.iter().map(|row| {
        vec![
            row.row.to_string().into(),
            Content::from(&row.field),
            Content::from(&row.value),
            english(visit, &row.problem),
            english(visit, &row.remedy),
        ]
    });
    let rows = rows.collect();
    let heads = ["import-row", "import-field", "import-value", "import-problem", "import-remedy"];
    body.table("rejected", "import-rejected", &heads, rows);
}

/// The form that agrees. It carries the file, so that nothing is kept of a
/// preview nobody agrees to.
fn agree(visit: &Visit, id: &str, form: &Form, file: &[u8], report: &ImportReport) -> String {
    let action = format!("/instruments/{id}/import/apply");
    let mut page = FormPage::new(visit, &action, &Problems::default())
        .carries_files()
        .hidden("source", form.text("source"))
        .hidden("as_of", form.text("as_of"))
        .hidden("content", &hex::encode(file));
    let mut left_out = String::new();
    if rejected_count(report) > 0 {
        let words = Content::from(numbers(visit, report));
        left_out = format!("<p class=\"govuk-body\">{words}</p>");
        let answers = vec![
            ("no".to_owned(), visit.text("word-no")),
            ("yes".to_owned(), visit.text("word-yes")),
        ];
        page = page.radios("skip", "import-skip", answers, "no");
    }
    format!("{left_out}{}", page.button("import-apply").html())
}
