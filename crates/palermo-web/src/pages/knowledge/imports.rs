//! Import into a dataset: the file is kept while it is looked at, read beside
//! the requests with its progress shown, agreed to in one act, undone.

use super::{heading, id, link, paragraph, sheet_file, table};
use crate::{
    components::{Button, Content, NotificationBanner},
    pages::{Answer, public_site},
    shell::{
        failure::Failure,
        forms::{self, FormPage, done, one_button},
        route::Routes,
        upload::Uploaded,
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    domain::{
        id::{BatchId, DatasetId, UploadId},
        knowledge::dataset::Format,
    },
    knowledge::{
        datasets::{self, Shown},
        importing::{self, Agreed, Planned, Told},
        uploads::{self, OnItsWay},
    },
};
use std::collections::BTreeMap;

/// Figures that stand beside what is there.
const NEW: &str = "new";

/// The same, some of them of groups that are there already: other persons.
const OTHERS: &str = "yes";

/// Why a file whose rows contradict each other is not taken in unasked.
const CONTRADICTS: &str = "data-import-contradicts";

/// Findings shown on the page; the returned sheet holds them all.
const SHOWN: usize = 30;

/// A page that shows progress is fetched again after so many seconds.
const AGAIN: &str = "2";

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/data/{id}/import", Action::ImportData, ask)
        .form("/data/{id}/import", Action::ImportData, receive)
        .page("/data/{id}/uploads/{upload}", Action::ImportData, show)
        .form("/data/{id}/uploads/{upload}/apply", Action::ImportData, apply)
        .form("/data/{id}/uploads/{upload}/forget", Action::ImportData, forget)
        .download("/data/{id}/uploads/{upload}/problems", Action::ImportData, problems_sheet)
        .page("/data/{id}/batches/{batch}/undo", Action::ImportData, ask_undo)
        .form("/data/{id}/batches/{batch}/undo", Action::ImportData, undo)
}

/// The form for a file; the template of the dataset's State stands above it, or
/// those of all members where the dataset holds several.
async fn file_form(visit: &Visit, dataset: DatasetId, problems: &Problems) -> Answer {
    let shown = datasets::show(&visit.acting(), dataset).await?;
    let codes = match &shown.dataset.entry.state {
        Some(state) => vec![state.clone()],
        None => public_site::members(visit).await?,
    };
    let templates = codes.iter().map(|code| {
        let words = visit.format("data-template-of", &[("state", visit.state(code).into())]);
        link(visit, &format!("/data/template?state={code}"), words)
    });
    let template = if codes.is_empty() {
        paragraph(link(visit, "/data/template", visit.text("data-template")))
    } else {
        super::list(templates)
    };
    Ok(FormPage::new(visit, &format!("/data/{dataset}/import"), problems)
        .words("data-import-why")
        .part(template)
        .file("file", "import-file", "data-import-hint")
        .button("import-check")
        .page("data-import", &format!("/data/{dataset}")))
}

async fn ask(visit: Visit, Path(dataset): Path<String>) -> Answer {
    file_form(&visit, id(&dataset)?, &Problems::default()).await
}

async fn receive(Path(dataset): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, file, name, .. } = sent;
    let dataset: DatasetId = id(&dataset)?;
    if file.is_empty() {
        let mut problems = Problems::default();
        // A file was chosen, and there is nothing in it.
        let why = if name.is_empty() { "error-no-file" } else { "data-import-empty" };
        problems.add("file", Message::new(why));
        return file_form(&visit, dataset, &problems).await;
    }
    let upload = uploads::receive(&visit.acting(), dataset, &name, file).await?;
    let shown = datasets::show(&visit.acting(), dataset).await?;
    let about = &shown.dataset.entry;
    let path = if about.format == Format::Sheet && about.mapping.is_none() {
        format!("/data/{dataset}/mapping?upload={upload}")
    } else {
        format!("/data/{dataset}/uploads/{upload}")
    };
    Ok(Redirect::to(&visit.link(&path)).into_response())
}

async fn show(visit: Visit, Path((dataset, upload)): Path<(String, String)>) -> Answer {
    let (dataset, upload): (DatasetId, UploadId) = (id(&dataset)?, id(&upload)?);
    let found = uploads::show(&visit.acting(), dataset, upload).await?;
    Ok(shown(&visit, &found, None, Agreed::default()))
}

fn shown(visit: &Visit, found: &OnItsWay, refused: Option<&Message>, agreed: Agreed) -> Response {
    match &found.planned {
        Some(planned) => plan(visit, found, planned, refused, agreed),
        None => reading(visit, found),
    }
}

/// How far reading has come; the browser asks again by itself.
fn reading(visit: &Visit, found: &OnItsWay) -> Response {
    let upload = &found.upload;
    let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
    let most = upload.about.max(upload.seen).max(1);
    let words = visit.format(
        "data-reading",
        &[("seen", whole(upload.seen).into()), ("about", whole(upload.about).into())],
    );
    let path = format!("/data/{}/uploads/{}", upload.dataset, upload.id);
    let html = format!(
        "<p class=\"govuk-body-l\" role=\"status\">{words}</p><progress aria-label=\"{label}\" max=\"{most}\" value=\"{seen}\"></progress><p class=\"govuk-body\">{again}</p>",
        words = Content::from(words),
        label = Content::from(visit.text("data-reading-label")),
        seen = upload.seen,
        again = link(visit, &path, visit.text("data-reading-again")),
    );
    let back = format!("/data/{}", upload.dataset);
    let mut response = visit.page(&visit.text("import-preview")).back(&back).html(&html);
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    response
}

/// Counts, problems, and the button that takes the file in; what was agreed to
/// before a refusal stays chosen.
fn plan(
    visit: &Visit,
    found: &OnItsWay,
    planned: &Planned,
    refused: Option<&Message>,
    agreed: Agreed,
) -> Response {
    let (dataset, upload) = (found.upload.dataset, found.upload.id);
    let base = format!("/data/{dataset}/uploads/{upload}");
    let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
    let mut html = String::new();
    let problems = beside(refused);
    if !problems.0.is_empty() {
        let called = |field: &str| match field {
            "skip" => about_rows(planned),
            _ => "data-import-adds",
        };
        html.push_str(&forms::summary(visit, &problems, called).to_string());
    } else if let Some(message) = refused {
        html.push_str(&NotificationBanner::notice(visit.say(message), &visit.words()).to_string());
    }
    let counts = visit.format(
        "data-import-counts",
        &[
            ("rows", whole(planned.rows).into()),
            ("lines", whole(planned.lines).into()),
            ("rejected", whole(planned.rejected).into()),
            ("warnings", whole(planned.all_warnings()).into()),
        ],
    );
    html.push_str(&format!("<p class=\"govuk-body-l\">{}</p>", Content::from(counts)));
    html.push_str(&mapped(visit, found, planned));
    if planned.known {
        html.push_str(&paragraph(visit.text("data-import-known")));
    }
    html.push_str(&findings(visit, "data-errors", &planned.errors, &planned.error_rules));
    html.push_str(&findings(visit, "data-warnings", &planned.warnings, &planned.warning_rules));
    if planned.all_errors() + planned.all_warnings() > 0 {
        let sheet = Button::link(
            visit.text("data-problems-sheet"),
            visit.link(&format!("{base}/problems")),
        );
        html.push_str(&sheet.secondary().to_string());
    }
    if planned.readable && planned.lines > 0 && !planned.known {
        html.push_str(&take_in(visit, found, planned, agreed, &problems));
    }
    html.push_str(&one_button(visit, &format!("{base}/forget"), "data-upload-forget", &[], false));
    let back = format!("/data/{dataset}/import");
    if !problems.0.is_empty() {
        return forms::refused(visit, visit.text("import-preview"), Some(&back), &html);
    }
    visit.page(&visit.text("import-preview")).back(&back).html(&html)
}

/// A refusal that a choice of the form answers, beside that choice.
fn beside(refused: Option<&Message>) -> Problems {
    let mut problems = Problems::default();
    let Some(message) = refused else { return problems };
    match message.id.as_str() {
        "data-import-overlaps" => problems.add("adds", message.clone()),
        "data-import-rejected" | CONTRADICTS => problems.add("skip", message.clone()),
        _ => {}
    }
    problems
}

/// Whether all rows can be taken although something in them is wrong, such as parts that
/// exceed their total.
fn contradicts(planned: &Planned) -> bool {
    let taken = planned.readable && planned.lines > 0 && !planned.known;
    taken && planned.rejected == 0 && planned.all_errors() > 0
}

/// What is asked about rows in which something is wrong.
fn about_rows(planned: &Planned) -> &'static str {
    if contradicts(planned) { "data-import-as-it-is" } else { "import-skip" }
}

/// The form that takes the file in, with what is to be agreed to.
fn take_in(
    visit: &Visit,
    found: &OnItsWay,
    planned: &Planned,
    agreed: Agreed,
    problems: &Problems,
) -> String {
    let base = format!("/data/{}/uploads/{}", found.upload.dataset, found.upload.id);
    let answers = || {
        vec![("no".to_owned(), visit.text("word-no")), ("yes".to_owned(), visit.text("word-yes"))]
    };
    let chosen = |yes: bool| if yes { "yes" } else { "no" };
    let mut form = FormPage::new(visit, &format!("{base}/apply"), problems);
    if planned.rejected > 0 || contradicts(planned) {
        form = form.radios("skip", about_rows(planned), answers(), chosen(agreed.skip_rejected));
    }
    if planned.overlaps > 0 {
        let lines = visit.whole(usize::try_from(planned.overlaps).unwrap_or(usize::MAX));
        let words = visit.format("data-import-overlap-count", &[("lines", lines.into())]);
        form = form.part(paragraph(words));
    }
    let places = places(visit, found, planned);
    if places.len() > 1 || planned.overlaps > 0 {
        let now = match agreed.replaces {
            Some(batch) => batch.to_string(),
            // Most files are new beside all that is there.
            None if planned.overlaps == 0 => NEW.to_owned(),
            None if agreed.adds => OTHERS.to_owned(),
            None => String::new(),
        };
        form = form.radios("adds", "data-import-adds", places, &now);
    }
    form.button("import-apply").below()
}

/// Where a file may stand: beside what is there, or in the place of an import that it
/// puts right.
fn places(visit: &Visit, found: &OnItsWay, planned: &Planned) -> Vec<(String, String)> {
    // What nobody was told is not agreed to: lines of groups that are there count as
    // other persons only for whoever saw that they are.
    let (value, beside) = if planned.overlaps > 0 {
        (OTHERS, "data-import-beside-others")
    } else {
        (NEW, "data-import-beside")
    };
    let standing = found.shown.batches.iter().rev().filter(|(_, one)| one.undone.is_none());
    let replaces = standing.map(|(id, one)| {
        let at = palermo_app::domain::moment::Moment::from_micros(one.accepted_at);
        let lines = visit.whole(usize::try_from(one.lines).unwrap_or(usize::MAX));
        let words = visit.format(
            "data-import-replaces",
            &[
                ("file", one.file.as_str().into()),
                ("when", visit.moment(at).into()),
                ("lines", lines.into()),
            ],
        );
        (id.to_string(), words)
    });
    std::iter::once((value.to_owned(), visit.text(beside))).chain(replaces).collect()
}

/// How many words stand under common codes, and the way to map the others.
fn mapped(visit: &Visit, found: &OnItsWay, planned: &Planned) -> String {
    let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
    let (dataset, upload) = (found.upload.dataset, found.upload.id);
    let mut html = String::new();
    if planned.mapped.1 > 0 {
        html.push_str(&paragraph(visit.format(
            "data-mapped",
            &[("mapped", whole(planned.mapped.0).into()), ("all", whole(planned.mapped.1).into())],
        )));
    }
    if !planned.unmapped.is_empty() {
        let rows = planned.unmapped.iter().take(SHOWN).map(|one| {
            vec![
                super::dimension(visit, &one.field).into(),
                Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.word))),
                whole(one.lines).into(),
            ]
        });
        let heads = ["import-field", "data-word", "data-lines-with"];
        html.push_str(&heading(visit, "data-unmapped"));
        html.push_str(&table(visit, "unmapped", "data-unmapped", &heads, rows.collect()));
    }
    if found.shown.dataset.entry.format == Format::Sheet {
        let path = format!("/data/{dataset}/mapping?upload={upload}");
        html.push_str(&paragraph(link(visit, &path, visit.text("mapping-title"))));
    }
    html
}

fn findings(visit: &Visit, title: &str, found: &[Told], rules: &BTreeMap<String, u64>) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut html = heading(visit, title);
    let rules: Vec<String> = rules
        .iter()
        .map(|(rule, count)| {
            let count = visit.whole(usize::try_from(*count).unwrap_or(usize::MAX));
            match importing::said(visit.web.app(), visit.language, rule) {
                Some(said) => format!("<bdi>{}</bdi>: {count}", Content::from(said)),
                None => {
                    let rule = Content::from(rule.replace('_', " "));
                    format!("<bdi lang=\"en\">{rule}</bdi>: {count}")
                }
            }
        })
        .collect();
    html.push_str(&paragraph(Content::Html(rules.join(" · "))));
    let rows = found.iter().take(SHOWN).map(|one| {
        vec![
            one.row.to_string().into(),
            Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.field))),
            problem(visit, one),
        ]
    });
    let heads = ["import-row", "import-field", "import-problem"];
    html.push_str(&table(visit, title, title, &heads, rows.collect()));
    html
}

/// A problem in the reader's language, with what the check says of the values.
fn problem(visit: &Visit, one: &Told) -> Content {
    let message = Content::from(&one.message);
    Content::Html(match importing::said(visit.web.app(), visit.language, &one.rule) {
        Some(said) => format!(
            "<bdi>{}</bdi><br><bdi class=\"p-small p-muted\" lang=\"en\">{message}</bdi>",
            Content::from(said)
        ),
        None => format!("<bdi lang=\"en\">{message}</bdi>"),
    })
}

async fn apply(
    Path((dataset, upload)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (dataset, upload): (DatasetId, UploadId) = (id(&dataset)?, id(&upload)?);
    let acting = visit.acting_once(&form);
    let agreed = Agreed {
        skip_rejected: form.text("skip") == "yes",
        adds: form.text("adds") == OTHERS,
        replaces: form.text("adds").parse().ok(),
    };
    // Errors are agreed to, also where no row is rejected for them.
    if !agreed.skip_rejected {
        match uploads::show(&visit.acting(), dataset, upload).await {
            Ok(found) if found.planned.as_ref().is_some_and(contradicts) => {
                return Ok(shown(&visit, &found, Some(&Message::new(CONTRADICTS)), agreed));
            }
            Ok(_) | Err(Refused::NotFound) => {}
            Err(other) => return Err(Failure(other)),
        }
    }
    match uploads::apply(&acting, dataset, upload, agreed).await {
        Ok(_) => Ok(done(&visit, &format!("/data/{dataset}"), "imported")),
        Err(Refused::Declined(message)) => {
            let found = uploads::show(&visit.acting(), dataset, upload).await?;
            Ok(shown(&visit, &found, Some(&message), agreed))
        }
        // Pressed again after it was taken in: the file waits here no more.
        Err(Refused::NotFound) => {
            let mut problems = Problems::default();
            problems.add("file", Message::new("data-import-gone"));
            file_form(&visit, dataset, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn forget(
    Path((dataset, upload)): Path<(String, String)>,
    Sent { visit, .. }: Sent,
) -> Answer {
    let (dataset, upload): (DatasetId, UploadId) = (id(&dataset)?, id(&upload)?);
    uploads::forget(&visit.acting(), dataset, upload).await?;
    Ok(done(&visit, &format!("/data/{dataset}"), "upload-forgotten"))
}

/// The file with its problems, for whoever sent it.
async fn problems_sheet(visit: Visit, Path((dataset, upload)): Path<(String, String)>) -> Answer {
    let (dataset, upload): (DatasetId, UploadId) = (id(&dataset)?, id(&upload)?);
    let sheet = uploads::returned(&visit.acting(), dataset, upload).await?;
    sheet_file(&visit, sheet, "problems", true)
}

fn undo_form(
    visit: &Visit,
    dataset: DatasetId,
    batch: BatchId,
    shown: &Shown,
    why: &str,
    problems: &Problems,
) -> Response {
    let of = |id: BatchId| shown.batches.iter().find(|(one, _)| *one == id).map(|(_, one)| one);
    let before = of(batch).and_then(|one| one.replaces).and_then(of);
    let back = before.map_or_else(String::new, |one| {
        let file = one.file.as_str();
        paragraph(visit.format("data-undo-brings-back", &[("file", file.into())]))
    });
    FormPage::new(visit, &format!("/data/{dataset}/batches/{batch}/undo"), problems)
        .words("data-undo-words")
        .part(back)
        .lines("why", "data-undo-why", "", why)
        .warning_button("data-undo")
        .page("data-undo", &format!("/data/{dataset}"))
}

async fn ask_undo(visit: Visit, Path((dataset, batch)): Path<(String, String)>) -> Answer {
    let (dataset, batch): (DatasetId, BatchId) = (id(&dataset)?, id(&batch)?);
    let shown = datasets::show(&visit.acting(), dataset).await?;
    Ok(undo_form(&visit, dataset, batch, &shown, "", &Problems::default()))
}

async fn undo(
    Path((dataset, batch)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (dataset, batch): (DatasetId, BatchId) = (id(&dataset)?, id(&batch)?);
    match datasets::undo(&visit.acting_once(&form), batch, form.text("why")).await {
        Ok(_) => Ok(done(&visit, &format!("/data/{dataset}"), "undone")),
        Err(Refused::Invalid(problems)) => {
            let shown = datasets::show(&visit.acting(), dataset).await?;
            Ok(undo_form(&visit, dataset, batch, &shown, form.text("why"), &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
