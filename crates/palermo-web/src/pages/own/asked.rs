//! What a person asks for in their own view, what was answered, and the answer
//! to a complaint for whoever brings its code.

use super::{cookie, heading, open, own_words, page, text};
use crate::{
    components::{Content, InsetText, Panel, SummaryList, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::FormPage,
        visit::{Sent, Visit},
    },
};
use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use palermo_app::{
    Problems, Refused,
    care::{
        own::Bundle,
        own_answer::{self, HeldRequest},
        own_ask,
    },
    domain::care::own_view::{AskedBy, PersonsRequest},
};
use std::fmt::Write as _;

/// What someone typed.
#[derive(Default)]
struct Typed<'a> {
    kind: &'a str,
    by: &'a str,
    words: &'a str,
}

fn form(visit: &Visit, bundle: &Bundle, typed: &Typed<'_>, problems: &Problems) -> Response {
    let kinds = PersonsRequest::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("own-ask-{}", one.code()))))
        .collect();
    let form = FormPage::new(visit, "/own/ask", problems)
        .words("own-ask-why")
        .radios("kind", "own-ask-what", kinds, typed.kind)
        .radios("by", "own-by", askers(visit), typed.by)
        .lines("words", "own-words", "own-words-hint", typed.words)
        .button("form-send")
        .html();
    let mut html = form + &heading(visit, "own-asked-before");
    if bundle.requests.is_empty() {
        html.push_str(&text(visit, "own-asked-none"));
    }
    bundle.requests.iter().for_each(|one| html.push_str(&request(visit, one)));
    html.push_str(&text(visit, "own-asked-complaints"));
    let link = Content::from(visit.text("own-answer"));
    let _ = write!(
        html,
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{link}</a></p>",
        visit.link("/own/answer")
    );
    answered_with(page(visit, "own-ask", &html), problems)
}

/// Who can ask, as choices.
pub(in crate::pages) fn askers(visit: &Visit) -> Vec<(String, String)> {
    let word =
        |one: &AskedBy| (one.code().to_owned(), visit.text(&format!("own-by-{}", one.code())));
    AskedBy::ALL.iter().map(word).collect()
}

fn answered_with(mut response: Response, problems: &Problems) -> Response {
    if !problems.0.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// One of what was asked, and how it stands.
fn request(visit: &Visit, one: &HeldRequest) -> String {
    let state: Content = match one.answered {
        Some(day) => {
            let tag = Tag::coloured(visit.text("own-answered"), "green");
            Content::Html(format!("{tag} {}", Content::from(visit.date(day.date()))))
        }
        None => {
            let day = visit.date(one.due.date());
            visit.format("own-answer-by", &[("day", day.into())]).into()
        }
    };
    let mut list = SummaryList::new()
        .row(visit.text("own-asked-on"), visit.date(one.on.date()))
        .row(visit.text("own-by"), visit.text(&format!("own-by-{}", one.by)))
        .row(visit.text("care-standing"), state);
    if let Some(words) = &one.words {
        list = list.row(visit.text("own-words"), own_words(words));
    }
    if let Some(answer) = &one.answer {
        list = list.row(visit.text("own-answer-words"), own_words(answer));
    }
    list.card(visit.text(&format!("own-ask-{}", one.kind))).to_string()
}

pub(super) async fn ask(headers: HeaderMap, visit: Visit) -> Answer {
    let bundle = match open(&visit, &headers).await {
        Ok(bundle) => bundle,
        Err(response) => return Ok(response),
    };
    Ok(form(&visit, &bundle, &Typed::default(), &Problems::default()))
}

pub(super) async fn asked(headers: HeaderMap, Sent { visit, form: sent }: Sent) -> Answer {
    let bundle = match open(&visit, &headers).await {
        Ok(bundle) => bundle,
        Err(response) => return Ok(response),
    };
    let key = cookie(&headers).unwrap_or_default();
    let typed = Typed { kind: sent.text("kind"), by: sent.text("by"), words: sent.text("words") };
    let app = visit.web.app();
    match own_ask::ask(app, &key, (typed.kind, typed.by), typed.words).await {
        Ok(asked) => {
            let days = visit.whole(usize::try_from(asked.days).unwrap_or(0));
            let id = if asked.code.is_some() { "own-asked-complaint" } else { "own-asked" };
            let said = visit.format(id, &[("days", days.into())]);
            let mut html = format!("<p class=\"govuk-body\">{}</p>", Content::from(said));
            if let Some(code) = asked.code {
                let code = format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(code));
                let panel = Panel::new(visit.text("own-code"), Content::Html(code));
                let how = InsetText::new(visit.text("own-asked-keep"));
                let _ = write!(html, "{panel}{how}");
            }
            Ok(page(&visit, "own-ask", &html))
        }
        Err(Refused::Invalid(problems)) => Ok(form(&visit, &bundle, &typed, &problems)),
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("words", message);
            Ok(form(&visit, &bundle, &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// The page that asks for the code of a complaint: it says nothing of whose it is.
fn code_page(visit: &Visit, problems: &Problems) -> Response {
    let form = FormPage::new(visit, "/own/answer", problems)
        .text("code", "own-code", "own-code-hint", "")
        .button("form-continue")
        .html();
    let page = visit.page(&visit.text("own-first")).quiet("/own/leave").html(&form);
    answered_with(page, problems)
}

pub(super) async fn with_code(visit: Visit) -> Response {
    code_page(&visit, &Problems::default())
}

pub(super) async fn stands(Sent { visit, form: sent }: Sent) -> Answer {
    match own_answer::stands(visit.web.app(), sent.text("code"), visit.source).await {
        Ok(found) => {
            let day = visit.date(found.due.date());
            let list = SummaryList::new()
                .row(visit.text("own-asked-on"), visit.date(found.on.date()))
                .row(
                    visit.text("own-answer-words"),
                    match &found.answer {
                        Some(answer) => own_words(answer),
                        None => visit.format("own-answer-by", &[("day", day.into())]).into(),
                    },
                );
            let page = visit.page(&visit.text("own-first")).quiet("/own/leave");
            Ok(page.html(&list.to_string()))
        }
        Err(Refused::Invalid(problems)) => Ok(code_page(&visit, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
