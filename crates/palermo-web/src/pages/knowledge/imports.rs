//! Import into a dataset: a plan with counts and every problem first, then one
//! act, and undo.

use super::{heading, id, paragraph, table};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        carried::{from_text, to_text},
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        upload::Uploaded,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    domain::id::{BatchId, DatasetId},
    knowledge::datasets::{self, Plan},
    standards::{
        checked::{Checked, Finding},
        sheet::{Cell, Sheet},
    },
};

/// Findings shown on the page; the returned sheet holds them all.
const SHOWN: usize = 30;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/data/{id}/import", Action::ImportData, ask)
        .form("/data/{id}/import", Action::ImportData, preview)
        .form("/data/{id}/import/apply", Action::ImportData, apply)
        .form("/data/{id}/import/problems", Action::ImportData, problems_sheet)
        .page("/data/{id}/batches/{batch}/undo", Action::ImportData, ask_undo)
        .form("/data/{id}/batches/{batch}/undo", Action::ImportData, undo)
}

fn file_form(visit: &Visit, dataset: DatasetId, problems: &Problems) -> Response {
    let template = visit.link("/data/template");
    FormPage::new(visit, &format!("/data/{dataset}/import"), problems)
        .words("data-import-why")
        .part(format!(
            "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{template}\">{}</a></p>",
            Content::from(visit.text("data-template"))
        ))
        .file("file", "import-file", "data-import-hint")
        .button("import-check")
        .page("data-import", &format!("/data/{dataset}"))
}

async fn ask(visit: Visit, Path(dataset): Path<String>) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    datasets::show(&visit.acting(), dataset).await?;
    Ok(file_form(&visit, dataset, &Problems::default()))
}

async fn preview(Path(dataset): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, file, .. } = sent;
    let dataset: DatasetId = id(&dataset)?;
    if file.is_empty() {
        let mut problems = Problems::default();
        problems.add("file", Message::new("error-no-file"));
        return Ok(file_form(&visit, dataset, &problems));
    }
    let plan = datasets::plan(&visit.acting(), dataset, "upload", &file).await?;
    Ok(planned(&visit, dataset, &file, &plan, None))
}

/// Counts, problems, and the button that takes the file in.
fn planned(
    visit: &Visit,
    dataset: DatasetId,
    file: &[u8],
    plan: &Plan,
    refused: Option<&Message>,
) -> Response {
    let checked = &plan.checked;
    let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
    let rejected = plan.batch.as_ref().map_or(0, |batch| batch.rejected);
    let mut html = String::new();
    if let Some(message) = refused {
        html.push_str(
            &crate::components::NotificationBanner::notice(visit.say(message), &visit.words())
                .to_string(),
        );
    }
    let counts = visit.format(
        "data-import-counts",
        &[
            ("rows", whole(checked.rows).into()),
            ("lines", visit.whole(plan.lines).into()),
            ("rejected", whole(rejected).into()),
            ("warnings", visit.whole(checked.warnings.len()).into()),
        ],
    );
    html.push_str(&format!("<p class=\"govuk-body-l\">{}</p>", Content::from(counts)));
    if plan.mapped.1 > 0 {
        html.push_str(&paragraph(visit.format(
            "data-mapped",
            &[("mapped", whole(plan.mapped.0).into()), ("all", whole(plan.mapped.1).into())],
        )));
    }
    if plan.known {
        html.push_str(&paragraph(visit.text("data-import-known")));
    }
    html.push_str(&findings(visit, "data-errors", &checked.errors));
    html.push_str(&findings(visit, "data-warnings", &checked.warnings));
    let content = to_text(file);
    if !(checked.errors.is_empty() && checked.warnings.is_empty()) {
        html.push_str(
            &FormPage::new(
                visit,
                &format!("/data/{dataset}/import/problems"),
                &Problems::default(),
            )
            .carries_files()
            .hidden("content", &content)
            .button("data-problems-sheet")
            .html(),
        );
    }
    if plan.batch.is_some() && plan.lines > 0 && !plan.known {
        let mut form =
            FormPage::new(visit, &format!("/data/{dataset}/import/apply"), &Problems::default())
                .carries_files()
                .hidden("content", &content);
        if rejected > 0 {
            let answers = vec![
                ("no".to_owned(), visit.text("word-no")),
                ("yes".to_owned(), visit.text("word-yes")),
            ];
            form = form.radios("skip", "import-skip", answers, "no");
        }
        html.push_str(&form.button("import-apply").html());
    }
    let back = format!("/data/{dataset}/import");
    visit.page(&visit.text("import-preview")).back(&back).html(&html)
}

fn findings(visit: &Visit, title: &str, found: &[Finding]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut html = heading(visit, title);
    let rules: Vec<String> = Checked::by_rule(found)
        .into_iter()
        .map(|(rule, count)| format!("{}: {}", rule.replace('_', " "), visit.whole(count)))
        .collect();
    html.push_str(&paragraph(rules.join(" · ")));
    let rows = found.iter().take(SHOWN).map(|one| {
        vec![
            one.row.to_string().into(),
            Content::from(&one.field),
            Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(&one.message))),
        ]
    });
    let heads = ["import-row", "import-field", "import-problem"];
    html.push_str(&table(visit, title, title, &heads, rows.collect()));
    html
}

async fn apply(Path(dataset): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, form, .. } = sent;
    let dataset: DatasetId = id(&dataset)?;
    let bytes = from_text(form.text("content")).ok_or(Failure(Refused::NotFound))?;
    let acting = visit.acting_once(&form);
    let skip = form.text("skip") == "yes";
    match datasets::import(&acting, dataset, "upload", &bytes, skip).await {
        Ok(_) => Ok(done(&visit, &format!("/data/{dataset}"), "imported")),
        Err(Refused::Declined(message)) => {
            let plan = datasets::plan(&visit.acting(), dataset, "upload", &bytes).await?;
            Ok(planned(&visit, dataset, &bytes, &plan, Some(&message)))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// Every problem as a sheet that goes back to whoever sent the file.
async fn problems_sheet(Path(dataset): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, form, .. } = sent;
    let dataset: DatasetId = id(&dataset)?;
    let bytes = from_text(form.text("content")).ok_or(Failure(Refused::NotFound))?;
    let plan = datasets::plan(&visit.acting(), dataset, "upload", &bytes).await?;
    let line = |kind: &str, one: &Finding| -> Vec<Cell> {
        vec![
            one.row.to_string().into(),
            one.field.as_str().into(),
            kind.into(),
            one.rule.into(),
            one.message.as_str().into(),
        ]
    };
    let checked = &plan.checked;
    let errors = checked.errors.iter().map(|one| line("error", one));
    let warnings = checked.warnings.iter().map(|one| line("warning", one));
    let sheet = Sheet {
        name: "problems".to_owned(),
        columns: ["row", "field", "kind", "rule", "message"].map(str::to_owned).to_vec(),
        rows: errors.chain(warnings).collect(),
        notes: Vec::new(),
    };
    super::sheet_file(&sheet, "problems", true)
}

fn undo_form(
    visit: &Visit,
    dataset: DatasetId,
    batch: BatchId,
    why: &str,
    problems: &Problems,
) -> Response {
    FormPage::new(visit, &format!("/data/{dataset}/batches/{batch}/undo"), problems)
        .words("data-undo-words")
        .lines("why", "data-undo-why", "", why)
        .warning_button("data-undo")
        .page("data-undo", &format!("/data/{dataset}"))
}

async fn ask_undo(visit: Visit, Path((dataset, batch)): Path<(String, String)>) -> Answer {
    let (dataset, batch): (DatasetId, BatchId) = (id(&dataset)?, id(&batch)?);
    datasets::show(&visit.acting(), dataset).await?;
    Ok(undo_form(&visit, dataset, batch, "", &Problems::default()))
}

async fn undo(
    Path((dataset, batch)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (dataset, batch): (DatasetId, BatchId) = (id(&dataset)?, id(&batch)?);
    match datasets::undo(&visit.acting_once(&form), batch, form.text("why")).await {
        Ok(_) => Ok(done(&visit, &format!("/data/{dataset}"), "undone")),
        Err(Refused::Invalid(problems)) => {
            Ok(undo_form(&visit, dataset, batch, form.text("why"), &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
