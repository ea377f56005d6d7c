//! What a person or a program is told when something was not done. The gate
//! turns it into a page or a problem document, in the language asked for.

use super::{again::Again, kept::Kept, route::Surface, visit::Visit};
use crate::components::{Button, ErrorSummary};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use palermo_app::{Message, Problems, Refused};
use serde_json::json;
use std::sync::Arc;

/// A refusal on its way out.
#[derive(Debug)]
pub struct Failure(pub Refused);

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self(refused)
    }
}

/// Carried in the response's extensions until the gate tells it.
#[derive(Debug, Clone)]
pub struct Untold(pub Arc<Refused>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(Untold(Arc::new(self.0)));
        response
    }
}

/// A program's request that is not well formed: no act was tried. The gate
/// tells it as a problem document, in the language asked for.
#[derive(Debug, Clone)]
pub struct Malformed {
    /// The status.
    pub status: StatusCode,
    /// What is wrong and what would be right.
    pub message: Message,
    /// The parameters or fields it is about.
    pub problems: Problems,
}

impl Malformed {
    /// A request that is wrong as a whole.
    #[must_use]
    pub fn new(status: StatusCode, message: Message) -> Self {
        Self { status, message, problems: Problems::default() }
    }

    /// Tells it.
    #[must_use]
    pub fn tell(&self, visit: &Visit) -> Response {
        problem(visit, self.status, &self.message, &self.problems)
    }
}

impl IntoResponse for Malformed {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status of a refusal. What one may not see answers as if it were not there.
#[must_use]
pub const fn status(refused: &Refused) -> StatusCode {
    match refused {
        Refused::NotFound => StatusCode::NOT_FOUND,
        Refused::SignInNeeded => StatusCode::UNAUTHORIZED,
        Refused::StepUpNeeded | Refused::UnlockNeeded | Refused::Forbidden(_) => {
            StatusCode::FORBIDDEN
        }
        Refused::Invalid(_) | Refused::Declined(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refused::Conflict => StatusCode::CONFLICT,
        Refused::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        Refused::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Tells a refusal in the way the route answers.
#[must_use]
pub fn tell(visit: &Visit, refused: &Refused) -> Response {
    tell_keeping(visit, refused, None)
}

/// The same, giving back what was typed where there is a way to go on with it.
#[must_use]
pub fn tell_keeping(visit: &Visit, refused: &Refused, sent: Option<&Kept>) -> Response {
    if let Refused::Unavailable(why) = refused {
        tracing::error!(route = visit.route.path, %why, "an act could not be carried out");
    }
    let mut response = match visit.route.surface {
        Surface::Api => refusal(visit, refused),
        Surface::Page | Surface::Download => page(visit, refused, sent),
    };
    if let Refused::TooMany(seconds) = refused
        && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
    {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// A message for a refusal: what happened, and what helps.
#[must_use]
pub fn message(refused: &Refused) -> Message {
    match refused {
        Refused::NotFound => Message::new("failure-not-found"),
        Refused::SignInNeeded => Message::new("failure-sign-in"),
        Refused::StepUpNeeded => Message::new("failure-step-up"),
        Refused::UnlockNeeded => Message::new("failure-unlock"),
        Refused::Invalid(_) => Message::new("failure-invalid"),
        Refused::Conflict => Message::new("failure-conflict"),
        Refused::Declined(message) => message.clone(),
        Refused::Forbidden(rule) => Message::new("failure-rule")
            .with("number", rule.rule.number)
            .with("source", rule.rule.source),
        Refused::TooMany(seconds) => {
            Message::new("failure-too-many").with("minutes", seconds.div_ceil(60).max(1))
        }
        Refused::Unavailable(_) => Message::new("failure-unavailable"),
    }
}

fn refusal(visit: &Visit, refused: &Refused) -> Response {
    let none = Problems::default();
    let problems = if let Refused::Invalid(problems) = refused { problems } else { &none };
    let told = match refused {
        // A token opens no key; a program cannot be told to type a passphrase.
        Refused::UnlockNeeded => Message::new("failure-unlock-program"),
        // Of the three nobody learns which, so that no token can be guessed at.
        Refused::SignInNeeded if visit.presented && visit.program.is_none() => {
            Message::new("api-token-not-taken")
        }
        other => message(other),
    };
    let mut response = problem(visit, status(refused), &told, problems);
    if matches!(refused, Refused::SignInNeeded) {
        let scheme = HeaderValue::from_static("Bearer realm=\"palermo\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    }
    response
}

/// A text without the marks that keep directions apart (U+2066 to U+2069): a program
/// compares it, and the title of a window shows it, letter by letter.
#[must_use]
pub fn without_marks(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}

fn problem(visit: &Visit, status: StatusCode, message: &Message, problems: &Problems) -> Response {
    let told = problems.0.iter();
    let errors: Vec<_> = told
        .map(|problem| json!({ "field": problem.field, "message": without_marks(&visit.say(&problem.message)) }))
        .collect();
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("refused"),
        "status": status.as_u16(),
        "detail": without_marks(&visit.say(message)),
        "errors": errors,
    });
    let kind = HeaderValue::from_static("application/problem+json");
    (status, [(header::CONTENT_TYPE, kind)], Json(body)).into_response_with_kind()
}

/// `Json` sets its own content type; ours must stand.
trait WithKind {
    fn into_response_with_kind(self) -> Response;
}

impl<T: serde::Serialize> WithKind
    for (StatusCode, [(header::HeaderName, HeaderValue); 1], Json<T>)
{
    fn into_response_with_kind(self) -> Response {
        let (status, [(name, value)], body) = self;
        let mut response = (status, body).into_response();
        response.headers_mut().insert(name, value);
        response
    }
}

/// Where a key is opened, and from there back to the page that needed it.
fn unlock_address(visit: &Visit) -> String {
    if visit.route.method == axum::http::Method::GET {
        return visit.link(&super::gate::onward("/account/unlock", &visit.address));
    }
    visit.link("/account/unlock")
}

/// The button to whatever helps.
fn way_on(visit: &Visit, refused: &Refused) -> String {
    let (label, href) = match refused {
        Refused::SignInNeeded => ("nav-sign-in", visit.link("/sign-in")),
        Refused::StepUpNeeded => ("failure-show-factor", visit.link("/account/step-up")),
        Refused::UnlockNeeded => ("failure-open-key", unlock_address(visit)),
        _ => ("failure-go-home", visit.link("/")),
    };
    Button::link(visit.text(label), href).secondary().to_string()
}

fn page(visit: &Visit, refused: &Refused, sent: Option<&Kept>) -> Response {
    let title = match refused {
        Refused::NotFound => "failure-title-not-found",
        Refused::Unavailable(_) => "failure-title-unavailable",
        Refused::Conflict => "failure-title-conflict",
        _ => "failure-title",
    };
    let told = visit.say(&message(refused));
    let mut body = String::new();
    if let Refused::Invalid(problems) = refused {
        let list =
            problems.0.iter().map(|problem| (problem.field.as_str(), visit.say(&problem.message)));
        body.push_str(&ErrorSummary::new(&visit.words(), list).to_string());
    }
    let escaped = crate::components::Content::from(told);
    body.push_str(&format!("<p class=\"govuk-body-l\">{escaped}</p>"));
    let typed = sent.and_then(|sent| sent.typed(refused));
    let wrong = (!matches!(refused, Refused::Conflict)).then(|| body.clone());
    match sent.and_then(|sent| sent.part(visit, refused)) {
        Some(kept) => body.push_str(&kept),
        None => body.push_str(&way_on(visit, refused)),
    }
    let mut response = visit.page(&visit.text(title)).html(&body);
    *response.status_mut() = status(refused);
    if let Some(typed) = typed {
        let again = Again { visit: visit.clone(), typed, title, wrong };
        response.extensions_mut().insert(again);
    }
    response
}
