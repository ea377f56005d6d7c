//! How a source's own table is understood: which column holds what, which word
//! stands for which code; and how much of it could be put under common codes.

use super::{dimension, heading, id, link, paragraph, table, value};
use crate::{
    components::{Button, Content, Details},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        id::{DatasetId, UploadId},
        knowledge::{
            dataset::Batch,
            mapping::{FIELDS, Unmapped},
        },
    },
    knowledge::{
        datasets::{self, Shown},
        mappings::{self, MappingForm},
        replacing, uploads,
    },
    standards::{mapped::proposed, template},
};
use std::collections::BTreeMap;

/// Words offered one by one; the others can be written as lines.
const OFFERED: usize = 40;

/// Fields that may have one value for all lines.
const ALWAYS: [&str; 3] = ["state", "period", "indicator"];

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/data/{id}/mapping", Action::ImportData, ask)
        .form("/data/{id}/mapping", Action::ImportData, save)
        .page("/data/{id}/coverage", Action::ReadData, coverage)
}

/// What the form needs to know beside what was typed.
struct Known {
    shown: Shown,
    upload: Option<UploadId>,
    headings: Vec<String>,
    unmapped: Vec<Unmapped>,
}

async fn known(visit: &Visit, dataset: DatasetId, upload: &str) -> Result<Known, Failure> {
    let acting = visit.acting();
    let shown = datasets::show(&acting, dataset).await?;
    let upload: Option<UploadId> = upload.parse().ok();
    let (mut headings, mut unmapped) = (Vec::new(), Vec::new());
    if let Some(upload) = upload {
        headings = uploads::headings(&acting, dataset, upload).await?;
        let found = uploads::show(&acting, dataset, upload).await?;
        unmapped = found.planned.map(|planned| planned.unmapped).unwrap_or_default();
    }
    Ok(Known { shown, upload, headings, unmapped })
}

fn field_name(visit: &Visit, field: &str) -> String {
    match field {
        "period" => visit.text("mapping-period"),
        "persons" => visit.text("fig-persons"),
        other => dimension(visit, other),
    }
}

fn form(visit: &Visit, known: &Known, typed: &MappingForm, problems: &Problems) -> Response {
    let dataset = known.shown.dataset.id;
    let mut form = FormPage::new(visit, &format!("/data/{dataset}/mapping"), problems)
        .words("mapping-lead")
        .hidden("revision", &known.shown.dataset.revision.0.to_string());
    if let Some(upload) = known.upload {
        form = form.hidden("upload", &upload.to_string());
    }
    form = form.part(heading(visit, "mapping-columns"));
    for field in FIELDS {
        let name = format!("col-{field}");
        let now = typed.columns.get(field).map_or("", String::as_str);
        let label = field_label(visit, field);
        form = if known.headings.is_empty() {
            form.part(text_field(visit, &name, &label, now, problems))
        } else {
            form.part(select_field(visit, &name, &label, &known.headings, now, problems))
        };
    }
    form = form.part(heading(visit, "mapping-always"));
    for field in ALWAYS {
        let name = format!("always-{field}");
        let now = typed.always.get(field).map_or("", String::as_str);
        let label =
            visit.format("mapping-always-of", &[("field", field_name(visit, field).into())]);
        form = form.part(text_field(visit, &name, &label, now, problems));
    }
    form = form
        .part(heading(visit, "mapping-words"))
        .lines("codes", "mapping-codes", "mapping-codes-hint", &typed.codes)
        .part(code_lists(visit));
    for (at, one) in known.unmapped.iter().take(OFFERED).enumerate() {
        let Some(list) = template::codes(&one.field) else { continue };
        let label = format!("{}: {}", dimension(visit, &one.field), one.word);
        let options = list
            .iter()
            .map(|code| ((*code).to_owned(), value(visit, &one.field, code)))
            .collect::<Vec<_>>();
        let select = crate::components::Select::new(format!("code-{at}"), label)
            .options(std::iter::once((String::new(), visit.text("mapping-leave"))).chain(options));
        form = form
            .hidden(&format!("field-{at}"), &one.field)
            .hidden(&format!("word-{at}"), &one.word)
            .part(select.words(&visit.words()));
    }
    let back = known
        .upload
        .map_or_else(|| format!("/data/{dataset}"), |one| format!("/data/{dataset}/uploads/{one}"));
    form.button("form-save").page("mapping-title", &back)
}

fn field_label(visit: &Visit, field: &str) -> String {
    visit.format("mapping-column-of", &[("field", field_name(visit, field).into())])
}

fn said(visit: &Visit, problems: &Problems, name: &str) -> Option<String> {
    let found = problems.0.iter().find(|problem| problem.field == name)?;
    Some(visit.say(&found.message))
}

fn text_field(
    visit: &Visit,
    name: &str,
    label: &str,
    now: &str,
    problems: &Problems,
) -> impl std::fmt::Display {
    crate::components::Input::new(name, label)
        .value(now)
        .error(said(visit, problems, name))
        .words(&visit.words())
}

fn select_field(
    visit: &Visit,
    name: &str,
    label: &str,
    headings: &[String],
    now: &str,
    problems: &Problems,
) -> impl std::fmt::Display {
    let none = std::iter::once((String::new(), visit.text("mapping-none")));
    let mut all: Vec<(String, String)> =
        headings.iter().map(|one| (one.clone(), one.clone())).collect();
    if !now.is_empty() && !headings.iter().any(|one| one == now) {
        all.push((now.to_owned(), now.to_owned()));
    }
    crate::components::Select::new(name, label)
        .options(none.chain(all))
        .value(now)
        .error(said(visit, problems, name))
        .words(&visit.words())
}

/// The codes there are, folded away.
fn code_lists(visit: &Visit) -> String {
    let items = FIELDS.iter().filter_map(|field| {
        let list = template::codes(field)?;
        let codes: Vec<String> = list
            .iter()
            .map(|code| {
                format!(
                    "<code dir=\"ltr\">{code}</code> {}",
                    Content::from(value(visit, field, code))
                )
            })
            .collect();
        Some(format!("<code dir=\"ltr\">{field}</code>: {}", codes.join(" · ")))
    });
    let list = super::list(items);
    Details::new(visit.text("mapping-lists"), Content::Html(list)).to_string()
}

async fn ask(visit: Visit, Path(dataset): Path<String>) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    let known = known(&visit, dataset, &visit.query("upload")).await?;
    let typed = match &known.shown.dataset.entry.mapping {
        Some(mapping) => MappingForm::of(mapping),
        None => {
            let always = known.shown.dataset.entry.state.iter();
            MappingForm {
                columns: proposed(&known.headings),
                always: always.map(|code| ("state".to_owned(), code.clone())).collect(),
                ..MappingForm::default()
            }
        }
    };
    Ok(form(&visit, &known, &without_twice(typed), &Problems::default()))
}

/// Where a column is proposed, the one value for all lines is not.
fn without_twice(mut typed: MappingForm) -> MappingForm {
    let columns = typed.columns.clone();
    typed.always.retain(|field, _| !columns.contains_key(field));
    typed
}

fn typed(form: &Form) -> MappingForm {
    let of = |start: &str, fields: &[&str]| -> BTreeMap<String, String> {
        fields
            .iter()
            .map(|field| ((*field).to_owned(), form.text(&format!("{start}-{field}")).to_owned()))
            .collect()
    };
    let more = (0..OFFERED)
        .map(|at| {
            let text = |what: &str| form.text(&format!("{what}-{at}")).to_owned();
            (text("field"), text("word"), text("code"))
        })
        .filter(|(field, _, code)| !field.is_empty() && !code.is_empty())
        .collect();
    MappingForm {
        columns: of("col", &FIELDS),
        always: of("always", &ALWAYS),
        codes: form.text("codes").to_owned(),
        more,
    }
}

async fn save(Path(dataset): Path<String>, Sent { visit, form: sent }: Sent) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    let typed = typed(&sent);
    let seen = sent.text("revision").parse().unwrap_or(0);
    match mappings::save(&visit.acting_once(&sent), dataset, &typed, seen).await {
        Ok(_) => {
            let Ok(upload) = sent.text("upload").parse::<UploadId>() else {
                // Imports that came before may hold words that have a code by now.
                if !replacing::preview(&visit.acting(), dataset).await?.is_empty() {
                    return Ok(done(&visit, &format!("/data/{dataset}/remap"), "mapping-saved"));
                }
                return Ok(done(&visit, &format!("/data/{dataset}"), "mapping-saved"));
            };
            uploads::again(&visit.acting(), dataset, upload).await?;
            let path = format!("/data/{dataset}/uploads/{upload}");
            Ok(Redirect::to(&visit.link(&path)).into_response())
        }
        Err(Refused::Invalid(problems)) => {
            let known = known(&visit, dataset, sent.text("upload")).await?;
            Ok(form(&visit, &known, &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// One word without a code, of one import.
struct Line {
    when: String,
    one: Unmapped,
}

/// R174: what could be put under common codes, and every word that could not.
async fn coverage(visit: Visit, Path(dataset): Path<String>) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    let shown = datasets::show(&visit.acting(), dataset).await?;
    let own = visit.signed.as_ref().is_some_and(|one| one.tenant.id == shown.dataset.tenant);
    let of_own = Resource::of(shown.dataset.tenant);
    let may = own && visit.acting().may(Action::ImportData, &of_own).allowed;
    let late = may && !replacing::preview(&visit.acting(), dataset).await?.is_empty();
    let kept: Vec<&Batch> =
        shown.batches.iter().map(|(_, batch)| batch).filter(|one| one.undone.is_none()).collect();
    let mut lines: Vec<Line> = Vec::new();
    let mut fields: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for batch in &kept {
        for one in &batch.coverage {
            let counted = fields.entry(one.field.clone()).or_insert((0, 0));
            counted.0 += one.mapped;
            counted.1 += one.all;
        }
        let at = palermo_app::domain::moment::Moment::from_micros(batch.accepted_at);
        let when = visit.moment(at);
        lines
            .extend(batch.unmapped.iter().map(|one| Line { when: when.clone(), one: one.clone() }));
    }
    let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
    let rows = fields.iter().map(|(field, (mapped, all))| {
        let percent = mapped.saturating_mul(100).checked_div(*all).unwrap_or(0);
        vec![
            dimension(&visit, field).into(),
            whole(*mapped).into(),
            whole(*all).into(),
            format!("{} %", whole(percent)).into(),
        ]
    });
    let heads = ["import-field", "data-words-mapped", "data-words-all", "data-share"];
    let report = table(&visit, "coverage", "data-coverage-title", &heads, rows.collect());
    let report =
        if report.is_empty() { paragraph(visit.text("data-coverage-none")) } else { report };
    let (a, b) = (visit.clone(), visit.clone());
    let list = List::new(&visit, "unmapped", &visit.text("data-unmapped"), lines)
        .text("field", "import-field", move |line| dimension(&a, &line.one.field))
        .text("word", "data-word", |line| line.one.word.clone())
        .number("lines", "data-lines-with", |line| precise(line.one.lines))
        .text("when", "data-when", |line| line.when.clone())
        .when_empty(b.text("data-unmapped-none"));
    let mut top = format!("{}{report}", paragraph(visit.text("data-coverage-lead")));
    if own && shown.dataset.entry.mapping.is_some() {
        let path = visit.link(&format!("/data/{dataset}/mapping"));
        top.push_str(&Button::link(visit.text("mapping-title"), path).secondary().to_string());
        if late {
            let path = visit.link(&format!("/data/{dataset}/remap"));
            top.push_str(&Button::link(visit.text("data-remap"), path).to_string());
        }
    }
    top.push_str(&heading(&visit, "data-unmapped"));
    let back = format!("/data/{dataset}");
    let about = paragraph(link(&visit, &back, shown.dataset.entry.title.as_str()));
    let answer = list.answer(|table| {
        visit
            .page(&visit.text("data-coverage-title"))
            .back(&back)
            .html(&format!("{about}{top}{table}"))
    })?;
    Ok(answer)
}

/// Counts of lines are far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn precise(count: u64) -> f64 {
    count as f64
}
