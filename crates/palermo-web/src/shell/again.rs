//! Someone was faster, or something in a form was wrong that its page does not tell: the
//! page with the form is asked for once more, as it is now, and shown with what was typed
//! in it. What it holds now stands beside what was typed, field by field, under the names
//! and in the words of the form itself. Where the page has no such form any more,
//! [`Kept`](super::kept::Kept) gives back the words alone.

use super::{
    form::Form,
    forms::theirs,
    kept::is_typed,
    language::Named,
    markup::{self, Left},
    visit::Visit,
};
use crate::components::Content;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use palermo_app::locale::Language;
use std::{fmt::Write as _, net::SocketAddr};
use tower::ServiceExt;

/// Longest page that is read again.
const LONGEST_PAGE: usize = 8 << 20;

/// Carried in the response's extensions: a form that can be opened again.
#[derive(Clone)]
pub struct Again {
    /// Who sent it.
    pub visit: Visit,
    /// What was typed.
    pub typed: Form,
    /// Title of the answer.
    pub title: &'static str,
    /// What is wrong, where it is the form; nothing where someone was faster.
    pub wrong: Option<String>,
}

/// Opens a form again where its answer says so. `pages` answers like the router itself,
/// behind the same gate: whoever may not see the page is not shown its form.
pub async fn open(State(pages): State<Router>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let mut headers = request.headers().clone();
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
        headers.remove(name);
    }
    let source = request.extensions().get::<ConnectInfo<SocketAddr>>().copied();
    let response = next.run(request).await;
    let Some(again) = response.extensions().get::<Again>().cloned() else {
        return response;
    };
    for address in places(&again) {
        let Some(mut question) = ask(&again.visit, &headers, &address) else { continue };
        if let Some(source) = source {
            question.extensions_mut().insert(source);
        }
        let answer = match pages.clone().oneshot(question).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        if answer.status() != StatusCode::OK {
            continue;
        }
        let Ok(bytes) = to_bytes(answer.into_body(), LONGEST_PAGE).await else { continue };
        if let Some(mut page) = filled(&again, &String::from_utf8_lossy(&bytes)) {
            *page.status_mut() = response.status();
            return page;
        }
    }
    response
}

/// Where the form may stand: at its own address, or on the page of the record it belongs to.
fn places(again: &Again) -> Vec<String> {
    let visit = &again.visit;
    let purpose = again.typed.text("for");
    let plain = |text: &str| text.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    let asks = if purpose.is_empty() || !plain(purpose) {
        String::new()
    } else {
        format!("for={purpose}")
    };
    let (path, query) = visit.address.split_once('?').unwrap_or((visit.address.as_str(), ""));
    let parents = std::iter::successors(Some(path), |path| {
        path.rsplit_once('/').map(|(parent, _)| parent).filter(|parent| !parent.is_empty())
    });
    parents
        .take(3)
        .enumerate()
        .map(|(at, path)| {
            let own = if at == 0 { query } else { "" };
            let asked: Vec<&str> =
                [own, asks.as_str()].into_iter().filter(|one| !one.is_empty()).collect();
            if asked.is_empty() { path.to_owned() } else { format!("{path}?{}", asked.join("&")) }
        })
        .collect()
}

fn ask(visit: &Visit, headers: &HeaderMap, address: &str) -> Option<Request> {
    let mut request = axum::http::Request::builder().uri(address).body(Body::empty()).ok()?;
    *request.headers_mut() = headers.clone();
    request.extensions_mut().insert(Named(visit.language));
    Some(request)
}

/// The answer with the form of this page; nothing if it has no such form.
fn filled(again: &Again, page: &str) -> Option<Response> {
    let (visit, typed) = (&again.visit, &again.typed);
    let form = markup::sent_to(page, &visit.link(visit.path()), typed)?;
    let mut body = String::new();
    let differing = form.differences(typed);
    match &again.wrong {
        Some(wrong) => body.push_str(wrong),
        None if differing.is_empty() => {
            // A form of a button alone holds nothing that could differ.
            let id = if form.seen() == 0 { "failure-conflict" } else { "conflict-same" };
            let _ = write!(body, "<p class=\"govuk-body\">{}</p>", Content::from(visit.text(id)));
        }
        None => {
            let _ = write!(body, "{}", theirs(visit, &differing));
        }
    }
    let mut left = form.left_over(typed);
    left.retain(|one| is_typed(&one.name, &one.value));
    body.push_str(&words(visit, &left));
    body.push_str(&form.filled(typed));
    Some(visit.page(&visit.text(again.title)).html(&body))
}

/// Words to be read and copied, each under what its field is called.
#[must_use]
pub fn words(visit: &Visit, left: &[Left]) -> String {
    let mut html = String::new();
    for (at, one) in left.iter().enumerate() {
        let number = at + 1;
        let label = one.label.clone().unwrap_or_else(|| called(visit, &one.name, number));
        let rows = one.value.lines().count().clamp(1, 10);
        // A line break after the tag is not part of the words.
        let _ = write!(
            html,
            "<div class=\"govuk-form-group\"><label class=\"govuk-label\" for=\"kept-{number}\">{}</label>\
             <textarea class=\"govuk-textarea\" id=\"kept-{number}\" rows=\"{rows}\" \
             dir=\"auto\" readonly>\n{}</textarea></div>",
            Content::from(label),
            Content::from(&one.value),
        );
    }
    html
}

/// What a field is called that no form at hand tells of.
fn called(visit: &Visit, name: &str, number: usize) -> String {
    let id = format!("field-{name}");
    if visit.web.app().catalogue.has(Language::En, &id) {
        return visit.text(&id);
    }
    visit.format("kept-text", &[("number", visit.whole(number).into())])
}
