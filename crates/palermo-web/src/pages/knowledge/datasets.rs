//! The datasets of the region, each with its source, its definition and how
//! good it is.

use super::link;
use crate::{
    components::{Button, Content},
    pages::{Answer, public_site},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::{List, download},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    domain::knowledge::dataset::{Design, SourceType},
    knowledge::datasets::{self, DatasetForm},
    locale::Language,
    standards::template,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/data", Action::ReadData, list)
        .page("/data/new", Action::ImportData, ask_new)
        .form("/data/new", Action::ImportData, create)
        .download("/data/template", Action::ImportData, own_template)
}

async fn list(visit: Visit) -> Answer {
    let all = datasets::list(&visit.acting()).await?;
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "data", &visit.text("data-title"), all)
        .column(
            "title",
            "data-name",
            |one| one.entry.title.clone(),
            move |one| link(&a, &format!("/data/{}", one.id), one.entry.title.as_str()),
        )
        .text("state", "state-name", move |one| {
            one.entry
                .state
                .as_ref()
                .map_or_else(|| b.text("data-several-states"), |code| b.state(code))
        })
        .text("source", "data-source-type", move |one| {
            c.text(&format!("source-{}", one.entry.source_type.code()))
        })
        .text("definition", "data-definition", |one| one.entry.definition.clone())
        .when_empty(visit.text("data-none"));
    let mut top =
        format!("<p class=\"govuk-body-l\">{}</p>", Content::from(visit.text("data-lead")));
    let own = Resource::of(visit.signed()?.tenant.id);
    if visit.may(Action::ImportData, &own) {
        top.push_str(&Button::link(visit.text("data-new"), visit.link("/data/new")).to_string());
    }
    top.push_str(&super::list(
        [
            ("/data/sources", "sources-title"),
            ("/data/responses", "responses-title"),
            ("/data/context", "context-title"),
            ("/research", "research-title"),
            ("/trends", "trends-title"),
        ]
        .map(|(path, words)| link(&visit, path, visit.text(words))),
    ));
    let answer =
        list.answer(|table| visit.page(&visit.text("data-title")).html(&format!("{top}{table}")))?;
    Ok(answer)
}

/// Choices of a menu: value and words.
type Choices = Vec<(String, String)>;

fn choices(visit: &Visit) -> (Choices, Choices) {
    let sources = SourceType::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("source-{}", one.code()))))
        .collect();
    // A demonstration takes no files about persons (E43).
    let demo = visit.web.settings().demo;
    let formats = datasets::formats(&visit.acting())
        .into_iter()
        .filter(|one| !(demo && one.is_records()))
        .map(|one| (one.code().to_owned(), visit.text(&format!("format-{}", one.code()))))
        .collect();
    (sources, formats)
}

fn form(visit: &Visit, typed: &DatasetForm, problems: &Problems) -> Response {
    let (sources, formats) = choices(visit);
    let demo = visit.web.settings().demo;
    FormPage::new(visit, "/data/new", problems)
        .text("title", "data-name", "", &typed.title)
        .select("source_type", "data-source-type", sources, &typed.source_type)
        .text("source", "data-source", "data-source-hint", &typed.source)
        .text("state", "field-state", "data-state-hint", &typed.state)
        .lines("definition", "data-definition", "data-definition-hint", &typed.definition)
        .lines("counting_rule", "data-counting-rule", "data-counting-hint", &typed.counting_rule)
        .lines("coverage", "data-coverage", "data-coverage-hint", &typed.coverage)
        .radios("format", "data-format", formats, &typed.format)
        .part(if demo { super::paragraph(visit.text("data-demo-records")) } else { String::new() })
        .words("data-design-words")
        .lines("population", "design-population", "", &typed.design.population)
        .lines("sampling", "design-sampling", "", &typed.design.sampling)
        .text("size", "design-size", "", &typed.design.size)
        .lines("uncertainty", "design-uncertainty", "", &typed.design.uncertainty)
        .button("form-save")
        .page("data-new", "/data")
}

async fn ask_new(visit: Visit) -> Response {
    form(&visit, &DatasetForm::default(), &Problems::default())
}

fn typed(form: &Form) -> DatasetForm {
    let text = |name: &str| form.text(name).to_owned();
    DatasetForm {
        title: text("title"),
        source_type: text("source_type"),
        source: text("source"),
        state: text("state"),
        definition: text("definition"),
        counting_rule: text("counting_rule"),
        coverage: text("coverage"),
        format: text("format"),
        design: Design {
            population: text("population"),
            sampling: text("sampling"),
            size: text("size"),
            uncertainty: text("uncertainty"),
        },
    }
}

async fn create(Sent { visit, form: sent }: Sent) -> Answer {
    let typed = typed(&sent);
    match datasets::create(&visit.acting_once(&sent), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/data/{id}/import"), "dataset-created")),
        Err(Refused::Invalid(problems)) => Ok(form(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// The workbook in the reader's language: headings, States, what codes mean.
async fn words(visit: &Visit) -> Result<template::Words, Failure> {
    let heading = |column: &str| match column {
        "persons" => visit.text("fig-persons"),
        name => super::dimension(visit, name),
    };
    // English headings are the fixed ones.
    let headings = if visit.language == Language::En {
        Vec::new()
    } else {
        template::COLUMNS.map(|column| heading(&column.to_lowercase())).to_vec()
    };
    let members = public_site::members(visit).await?;
    let states = members.into_iter().map(|code| (code.clone(), visit.state(&code))).collect();
    let mut codes = Vec::new();
    for (at, list) in template::LISTS {
        let Some(column) = template::COLUMNS.get(at) else { continue };
        let name = column.to_lowercase();
        for code in list {
            codes.push((
                (*column).to_owned(),
                (*code).to_owned(),
                super::value(visit, &name, code),
            ));
        }
    }
    Ok(template::Words { note: visit.text("data-template-note"), headings, states, codes })
}

/// The workbook a State fills in, with its code in it; without a code one for any of them.
async fn own_template(visit: Visit) -> Answer {
    let code = visit.query("state").to_uppercase();
    if !code.is_empty() && !visit.web.app().content.knows_state(&code) {
        let unknown = Message::new("error-unknown-state").with("code", code);
        return Err(Failure(Refused::Declined(unknown)));
    }
    let state = if code.is_empty() { "XXX" } else { code.as_str() };
    let bytes = template::workbook(state, &words(&visit).await?)
        .map_err(|error| Failure(Refused::Unavailable(error.to_string())))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(bytes, kind, &format!("palermo-{state}"), "xlsx"))
}
