//! Requests for information to States: urgent ones with their own clock, and
//! the letter that refuses a request for persons.

use super::super::report::{Page, day, notice_heading, state_options, tag};
use crate::{
    components::{Content, Details, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::id::InformationRequestId,
    review::{self, REFUSAL, RequestForm, RequestShown},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/information", Action::ReadMeetings, list)
        .page("/information/new", Action::AskInformation, ask)
        .form("/information/new", Action::AskInformation, send)
        .form("/information/{id}/reply", Action::WriteComments, reply)
}

/// A reply that is to be put right: to which request, with what was typed.
type Wrong<'t> = Option<(InformationRequestId, &'t str, &'t Problems)>;

async fn list(visit: Visit) -> Answer {
    requests(&visit, None).await
}

async fn requests(visit: &Visit, wrong: Wrong<'_>) -> Answer {
    let all = review::requests(&visit.acting()).await?;
    let mut page = Page::new(visit);
    page.say("information-words");
    if visit.may(Action::AskInformation, &Resource::region()) {
        page.push(crate::components::Button::link(
            visit.text("information-new"),
            visit.link("/information/new"),
        ));
    }
    if all.is_empty() {
        page.say("information-none");
    }
    for one in &all {
        page.push(shown(visit, one, wrong));
    }
    let html = page.finish();
    let mut response = visit.page(&visit.text("information-title")).back("/reviews").html(&html);
    if wrong.is_some() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn shown(visit: &Visit, one: &RequestShown, wrong: Wrong<'_>) -> String {
    let request = &one.request;
    let mut page = Page::new(visit);
    page.push(notice_heading(&request.title));
    let mut marks: Vec<String> = Vec::new();
    if request.refused {
        marks.push(Tag::coloured(visit.text("information-refused"), "red").to_string());
    }
    if request.urgent {
        marks.push(Tag::coloured(visit.text("information-urgency"), "orange").to_string());
    }
    marks.push(match &request.compulsory {
        Some(rule) => {
            let words = format!("{}: {}", visit.text("information-compulsory"), rule.provision);
            Tag::coloured(words, "blue").to_string()
        }
        None => tag(visit, "information", "not-compulsory", "grey").to_string(),
    });
    page.paragraph(Content::Html(marks.join(" ")));
    page.paragraph(Content::Html(format!("<bdi>{}</bdi>", Content::from(&request.question))));
    let states: Vec<String> =
        request.states.iter().map(|state| visit.state(state.as_str())).collect();
    page.small(format!(
        "{} · {}: {} · {}: {}",
        states.join(", "),
        visit.text("information-sent"),
        day(visit, request.sent),
        visit.text("information-due"),
        day(visit, request.due)
    ));
    if request.refused {
        let letter: String = REFUSAL
            .iter()
            .map(|id| format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text(id))))
            .collect();
        page.push(Details::new(visit.text("information-letter"), Content::Html(letter)));
        return page.finish();
    }
    for reply in &one.replies {
        let name = Content::from(visit.state(reply.state.as_str()));
        let when = Content::from(day(visit, reply.on));
        page.paragraph(Content::Html(format!(
            "<strong>{name}</strong> <span class=\"p-src\">{when}</span> <bdi>{}</bdi>",
            Content::from(&reply.text)
        )));
    }
    if !one.late.is_empty() {
        let late: Vec<String> = one.late.iter().map(|state| visit.state(state.as_str())).collect();
        page.paragraph(visit.format("information-late", &[("states", late.join(", ").into())]));
    }
    page.push(reply_form(visit, one, wrong));
    page.finish()
}

/// The form of a reply, for who may answer for a State that has not.
fn reply_form(visit: &Visit, one: &RequestShown, wrong: Wrong<'_>) -> String {
    let own = visit.acting().subject.state.clone().unwrap_or_default();
    let asked = one.request.states.iter().any(|state| state.as_str() == own);
    let answered = one.replies.iter().any(|reply| reply.state.as_str() == own);
    let resource = Resource::region().in_state(Some(&own));
    if !asked || answered || !visit.may(Action::WriteComments, &resource) {
        return String::new();
    }
    let none = Problems::default();
    let (text, problems) = match wrong {
        Some((id, text, problems)) if id == one.id => (text, problems),
        _ => ("", &none),
    };
    FormPage::new(visit, &format!("/information/{}/reply", one.id), problems)
        .lines("text", "information-reply", "", text)
        .button("form-save")
        .html()
}

fn form_page(visit: &Visit, typed: &RequestForm, problems: &Problems) -> Response {
    let mechanisms = visit
        .web
        .app()
        .content
        .mechanisms()
        .profiles()
        .map(|profile| (profile.id.to_string(), profile.names.en.clone()))
        .collect();
    let yes = vec![("yes".to_owned(), visit.text("information-urgent"))];
    let urgent = if typed.urgent { vec!["yes".to_owned()] } else { Vec::new() };
    FormPage::new(visit, "/information/new", problems)
        .words("information-words")
        .select("mechanism", "report-mechanism", mechanisms, &typed.mechanism)
        .text("title", "information-subject", "", &typed.title)
        .lines("question", "information-question", "", &typed.question)
        .checkboxes("states", "report-states", state_options(visit), &typed.states)
        .checkboxes("urgent", "information-urgency", yes, &urgent)
        .text(
            "compulsory",
            "information-compulsory",
            "information-compulsory-hint",
            &typed.compulsory,
        )
        .text("due", "information-due", "report-day-hint", &typed.due)
        .button("form-save")
        .page("information-new", "/information")
}

async fn ask(visit: Visit) -> Answer {
    let mechanism = visit.web.app().store.mechanism().await.map_err(Refused::from)?;
    let typed = RequestForm { mechanism: mechanism.unwrap_or_default(), ..RequestForm::default() };
    Ok(form_page(&visit, &typed, &Problems::default()))
}

async fn send(Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed = RequestForm {
        mechanism: text("mechanism"),
        title: text("title"),
        question: text("question"),
        states: form.list("states").to_vec(),
        urgent: form.ticked("urgent"),
        compulsory: text("compulsory"),
        due: text("due"),
    };
    match review::ask(&visit.acting_once(&form), &typed).await {
        Ok((_, true)) => Ok(done(&visit, "/information", "information-refused")),
        Ok((_, false)) => Ok(done(&visit, "/information", "information-sent")),
        Err(Refused::Invalid(problems)) => Ok(form_page(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn reply(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: InformationRequestId = parse_id(&id)?;
    let text = form.text("text");
    match review::reply(&visit.acting_once(&form), id, text).await {
        Ok(()) => Ok(done(&visit, "/information", "replied")),
        Err(Refused::Invalid(problems)) => requests(&visit, Some((id, text, &problems))).await,
        Err(other) => Err(Failure(other)),
    }
}
