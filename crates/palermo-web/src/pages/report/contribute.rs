//! Civil society, human-rights institutions and parliaments contribute beside the State,
//! to any questionnaire, by section or by question (R046).

use super::{
    common::{Page, state_options, year},
    enter::titles,
};
use crate::{
    components::{Content, Details, Tag, Textarea},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::report::{Contribution, Questionnaire, Section},
    report::{self, ContributionForm},
};
use std::collections::BTreeMap;

/// The questionnaire first offered: what every State of a mechanism answers once a year.
const USUAL: &str = "joint-annual";

pub(super) fn routes() -> Routes {
    Routes::new().page("/reports/contribute", Action::ContributeReport, ask).form(
        "/reports/contribute",
        Action::ContributeReport,
        contribute,
    )
}

async fn chosen(visit: &Visit, id: &str) -> Result<Questionnaire, Failure> {
    let id = if id.is_empty() { USUAL } else { id };
    let found = report::questionnaire(visit.web.app(), id).await;
    found.map_err(|why| Failure(Refused::from(why)))
}

/// The fields of a section: one for the whole, and closed, one for each question.
fn section(
    visit: &Visit,
    section: &Section,
    typed: &ContributionForm,
    problems: &Problems,
) -> String {
    let language = visit.language.code();
    let area = |name: String, label: String, code: &str| {
        let value = typed.texts.get(code).cloned().unwrap_or_default();
        let wrong = problems.0.iter().find(|one| one.field == name);
        let wrong = wrong.map(|one| Content::from(visit.say(&one.message)));
        let area = Textarea::new(name, label).value(value).rows(3).error(wrong);
        area.words(&visit.words()).to_string()
    };
    let title = format!("{}. {}", section.code, section.title.say(language).0);
    let whole = area(format!("section_{}", section.code), title, &section.code);
    let each: String = section
        .questions
        .iter()
        .map(|one| {
            let label = format!("{} {}", one.code, one.text.say(language).0);
            area(format!("question_{}", one.code), label, &one.code)
        })
        .collect();
    let closed = Details::new(visit.text("contribute-by-question"), Content::Html(each));
    format!("{}{whole}{closed}", super::common::guidance(visit, section))
}

async fn page(
    visit: &Visit,
    all: &Questionnaire,
    typed: &ContributionForm,
    problems: &Problems,
) -> Result<Response, Failure> {
    let yes = vec![("yes".to_owned(), visit.text("contribute-confidential"))];
    let ticked = if typed.confidential { vec!["yes".to_owned()] } else { Vec::new() };
    let mut form = FormPage::new(visit, "/reports/contribute", problems)
        .words("contribute-words")
        .hidden("questionnaire", &all.id)
        .select("state", "report-state", state_options(visit), &typed.state)
        .text("period", "report-period", "report-period-hint", &typed.period)
        .checkboxes("confidential", "contribute-confidential-title", yes, &ticked);
    for one in &all.sections {
        form = form.part(section(visit, one, typed, problems));
    }
    let form = form.button("contribute-send");
    let mut page = Page::new(visit);
    page.push(super::notice_heading(all.title.say(visit.language.code()).0));
    let others = titles(visit).await?.into_iter().filter(|(id, _)| *id != all.id);
    let others: Vec<Content> = others
        .map(|(id, title)| {
            let path = format!("/reports/contribute?questionnaire={id}");
            super::link(visit, &path, title)
        })
        .collect();
    let mut list = Page::new(visit);
    list.list(others);
    page.push(Details::new(visit.text("contribute-other"), Content::Html(list.finish())));
    page.push(form.html());
    let sent = report::contributions(&visit.acting(), Some(&all.id)).await?;
    let rows = sent.iter().rev().map(|one| row(visit, one)).collect();
    page.heading("contribute-sent");
    let heads =
        ["contribute-from", "report-state", "report-period", "report-answer", "report-remarks"];
    page.table("contributions", "contribute-sent", &heads, rows);
    let html = page.finish();
    let mut response = visit.page(&visit.text("contribute-title")).back("/reports").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn row(visit: &Visit, one: &Contribution) -> Vec<Content> {
    let mark = if one.confidential {
        Tag::coloured(visit.text("report-confidential"), "purple").into()
    } else {
        Content::default()
    };
    let said: Vec<String> = one
        .answers
        .iter()
        .map(|(code, answer)| format!("{code}: {}", answer.value.plain()))
        .collect();
    vec![
        Content::from(&one.from),
        visit.state(one.state.as_str()).into(),
        year(visit, one.period).into(),
        said.join("\n").into(),
        mark,
    ]
}

async fn ask(visit: Visit) -> Answer {
    let all = chosen(&visit, &visit.query("questionnaire")).await?;
    let asked = |name: &str, usual: String| {
        let said = visit.query(name);
        if said.is_empty() { usual } else { said }
    };
    let last = (visit.acting().now().date().year() - 1).to_string();
    let typed = ContributionForm {
        state: asked("state", visit.acting().subject.state.unwrap_or_default()),
        period: asked("period", last),
        ..ContributionForm::default()
    };
    page(&visit, &all, &typed, &Problems::default()).await
}

/// What was typed, by section and by question.
fn typed(all: &Questionnaire, form: &Form) -> ContributionForm {
    let sections =
        all.sections.iter().map(|one| (one.code.clone(), format!("section_{}", one.code)));
    let questions = all.questions().map(|one| (one.code.clone(), format!("question_{}", one.code)));
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (code, field) in sections.chain(questions) {
        let text = form.text(&field);
        // A section and its only question may bear one code: neither takes the other's words.
        if !text.trim().is_empty() {
            let there = texts.entry(code).or_default();
            if !there.is_empty() {
                there.push('\n');
            }
            there.push_str(text);
        }
    }
    ContributionForm {
        state: form.text("state").to_owned(),
        period: form.text("period").to_owned(),
        confidential: form.ticked("confidential"),
        texts,
    }
}

async fn contribute(Sent { visit, form }: Sent) -> Answer {
    let all = chosen(&visit, form.text("questionnaire")).await?;
    let typed = typed(&all, &form);
    match report::contribute(&visit.acting_once(&form), &all, &typed).await {
        Ok(_) => {
            let path = format!("/reports/contribute?questionnaire={}", all.id);
            Ok(done(&visit, &path, "contributed"))
        }
        Err(Refused::Invalid(mut problems)) => {
            for one in &mut problems.0 {
                // At the box it was typed into.
                if let Some(code) = one.field.strip_prefix("texts.") {
                    let part = if all.section(code).is_some() { "section" } else { "question" };
                    one.field = format!("{part}_{code}");
                }
            }
            page(&visit, &all, &typed, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}
