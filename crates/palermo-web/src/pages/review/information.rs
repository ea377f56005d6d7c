//! Requests for information to States: urgent ones with their own clock, and
//! the letter that refuses a request for persons.

use super::super::report::{Page, day, state_options};
use crate::{
    components::{Content, Details, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{id::InformationRequestId, register::state::StateCode},
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
    let mut top = Page::new(visit);
    top.say("information-words");
    if visit.may(Action::AskInformation, &Resource::region()) {
        top.push(crate::components::Button::link(
            visit.text("information-new"),
            visit.link("/information/new"),
        ));
    }
    let top = top.finish();
    let mut rows: Vec<Row> =
        all.into_iter().map(|one| Row { next: next(visit, &one, wrong), one }).collect();
    if let Some((id, ..)) = wrong {
        // What is to be put right stands first, whatever the order of the list.
        rows.sort_by_key(|row| row.one.id != id);
    }
    let mut response = listed(visit, rows).answer(|table| {
        let title = visit.text("information-title");
        visit.page(&title).back("/reviews").html(&format!("{top}{table}"))
    })?;
    if wrong.is_some() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// A request in the list, with what its reader can do about it.
struct Row {
    one: RequestShown,
    next: Content,
}

fn listed(visit: &Visit, rows: Vec<Row>) -> List<'_, Row> {
    let mut states: Vec<(String, String)> = rows
        .iter()
        .flat_map(|row| &row.one.request.states)
        .map(|code| (code.to_string(), visit.state(code.as_str())))
        .collect();
    states.sort_by(|a, b| visit.compare(&a.1, &b.1));
    states.dedup();
    let mut mechanisms: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.one.request.mechanism.clone(), row.one.request.mechanism.clone()))
        .collect();
    mechanisms.sort();
    mechanisms.dedup();
    let late = vec![("late".to_owned(), visit.text("recommendation-overdue"))];
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let (e, f, g) = (visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "information", &visit.text("information-title"), rows)
        .column(
            "title",
            "information-subject",
            |row| row.one.request.title.clone(),
            move |row| marked(&a, &row.one),
        )
        .text("question", "information-question", |row| row.one.request.question.clone())
        .text("mechanism", "report-mechanism", |row| row.one.request.mechanism.clone())
        .text("compulsory", "information-compulsory", move |row| {
            let rule = row.one.request.compulsory.as_ref().map(|rule| rule.provision.clone());
            rule.unwrap_or_else(|| b.text("information-not-compulsory"))
        })
        .text("states", "report-states", move |row| names(&c, &row.one.request.states))
        .column(
            "sent",
            "information-sent",
            |row| {
                let one = &row.one.request;
                if one.refused { String::new() } else { one.sent.to_string() }
            },
            // What R6 refused was never sent.
            move |row| {
                let one = &row.one.request;
                let words =
                    if one.refused { d.text("information-not-sent") } else { day(&d, one.sent) };
                words.into()
            },
        )
        .column(
            "due",
            "information-due",
            |row| row.one.request.due.to_string(),
            move |row| day(&e, row.one.request.due).into(),
        )
        .column(
            "replies",
            "information-replies",
            move |row| replies_told(&f, &row.one),
            move |row| replies(&g, &row.one),
        )
        .acts("report-next", |row| row.next.clone())
        .filter("mechanism", "report-mechanism", mechanisms, |row, wanted| {
            row.one.request.mechanism == wanted
        })
        .filter("state", "report-state", states, |row, wanted| {
            row.one.request.states.iter().any(|code| code.as_str() == wanted)
        })
        .filter("only", "report-status", late, |row, _| !row.one.late.is_empty())
        .when_empty(visit.text("information-none"))
        .at("/information")
}

fn names(visit: &Visit, states: &[StateCode]) -> String {
    let names: Vec<String> = states.iter().map(|state| visit.state(state.as_str())).collect();
    names.join(", ")
}

/// The subject with what sets a request apart.
fn marked(visit: &Visit, one: &RequestShown) -> Content {
    let title = Content::from(&one.request.title);
    let mut html = format!("<bdi id=\"i-{}\">{title}</bdi>", one.id);
    for (holds, word, colour) in [
        (one.request.refused, "information-refused", "red"),
        (one.request.urgent, "information-urgency", "orange"),
    ] {
        if holds {
            html.push_str(&format!(" {}", Tag::coloured(visit.text(word), colour)));
        }
    }
    Content::Html(html)
}

/// What States answered and who has not, as text for a file.
fn replies_told(visit: &Visit, one: &RequestShown) -> String {
    let said = one.replies.iter().map(|reply| {
        format!("{}, {}: {}", visit.state(reply.state.as_str()), reply.on, reply.text)
    });
    let mut parts: Vec<String> = said.collect();
    if !one.late.is_empty() {
        let late = names(visit, &one.late);
        parts.push(visit.format("information-late", &[("states", late.into())]));
    }
    parts.join("; ")
}

fn replies(visit: &Visit, one: &RequestShown) -> Content {
    let mut parts: Vec<String> = Vec::new();
    for reply in &one.replies {
        let name = Content::from(visit.state(reply.state.as_str()));
        let when = Content::from(day(visit, reply.on));
        let text = Content::from(&reply.text);
        parts.push(format!(
            "<strong>{name}</strong> <span class=\"p-src\">{when}</span> <bdi>{text}</bdi>"
        ));
    }
    if !one.late.is_empty() {
        let late = names(visit, &one.late);
        let words = visit.format("information-late", &[("states", late.into())]);
        parts.push(Content::from(words).to_string());
    }
    Content::Html(parts.join("<br>"))
}

/// The letter of a request that was refused, or the form of a reply.
fn next(visit: &Visit, one: &RequestShown, wrong: Wrong<'_>) -> Content {
    if one.request.refused {
        let letter: String = REFUSAL
            .iter()
            .map(|id| format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text(id))))
            .collect();
        let letter = Details::new(visit.text("information-letter"), Content::Html(letter));
        return Content::Html(letter.to_string());
    }
    Content::Html(reply_form(visit, one, wrong))
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
    let id = one.id.to_string();
    FormPage::new(visit, &format!("/information/{id}/reply"), problems)
        .ids_end(&id)
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
    let answers = [("yes", "word-yes"), ("no", "word-no")]
        .map(|(code, word)| (code.to_owned(), visit.text(word)))
        .to_vec();
    let urgent = if typed.urgent { vec!["yes".to_owned()] } else { Vec::new() };
    FormPage::new(visit, "/information/new", problems)
        .words("information-words")
        .select("mechanism", "report-mechanism", mechanisms, &typed.mechanism)
        .text("title", "information-subject", "", &typed.title)
        .lines("question", "information-question", "", &typed.question)
        .radios("persons", "information-persons", answers, &typed.persons)
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
    let named = visit.query("mechanism");
    let mechanism = if named.is_empty() { mechanism.unwrap_or_default() } else { named };
    let urgent = visit.query("urgent") == "yes";
    let typed = RequestForm { mechanism, urgent, ..RequestForm::default() };
    Ok(form_page(&visit, &typed, &Problems::default()))
}

async fn send(Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed = RequestForm {
        mechanism: text("mechanism"),
        title: text("title"),
        question: text("question"),
        persons: text("persons"),
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
