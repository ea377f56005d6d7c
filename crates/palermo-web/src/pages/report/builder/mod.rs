//! A questionnaire written question by question: its outline, and a form for each of its
//! parts. What is kept is the text that `questionnaires.rs` shows; both stay in step.

mod about;
mod choices;
mod outline;
mod question;
mod question_form;
mod question_read;
mod remove;
mod section;

use crate::{
    components::{Button, Content},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, theirs},
        route::Routes,
        visit::Visit,
    },
};
use axum::{http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems,
    desk::parse_id,
    domain::{id::QuestionnaireDraftId, report::Texts},
    report::{self, DraftOpened},
};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

pub(super) fn routes() -> Routes {
    about::routes()
        .and(outline::routes())
        .and(section::routes())
        .and(question::routes())
        .and(remove::routes())
}

/// Longest words of one field.
const LONGEST: usize = 2000;

/// The address of a draft's outline.
pub(super) fn outline_of(draft: &str) -> String {
    format!("/questionnaires/build/{draft}")
}

/// A draft of one's organisation, to be changed.
async fn opened(visit: &Visit, draft: &str) -> Result<DraftOpened, Failure> {
    let id: QuestionnaireDraftId = parse_id(draft)?;
    Ok(report::draft_opened(&visit.acting(), id).await?)
}

/// What a part was when its form was opened: another part may change meanwhile, this one
/// may not unseen.
fn mark(part: &impl std::fmt::Debug) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{part:?}").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A code: it stands in addresses and in the names of fields.
fn is_code(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    !text.is_empty() && text.len() <= 40 && text.bytes().all(allowed)
}

/// A code made of words: small letters, digits and hyphens.
fn slug(words: &str) -> String {
    let mut code = String::new();
    for c in words.trim().chars() {
        if c.is_ascii_alphanumeric() {
            code.push(c.to_ascii_lowercase());
        } else if !code.is_empty() && !code.ends_with('-') {
            code.push('-');
        }
        if code.len() >= 32 {
            break;
        }
    }
    code.trim_end_matches('-').to_owned()
}

/// A code in an address: one that was written as text may hold anything.
fn in_address(code: &str) -> String {
    let mut all = String::new();
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            all.push(char::from(byte));
        } else {
            all.push_str(&format!("%{byte:02X}"));
        }
    }
    all
}

/// A text of a form as it is kept: with plain ends of lines.
fn typed(form: &Form, name: &str) -> String {
    form.text(name).trim().replace("\r\n", "\n")
}

/// One value for a form that is filled in from what is kept.
fn with(form: Form, name: &str, value: &str) -> Form {
    form.with(name, &[value.to_owned()])
}

/// The same text said anew in English: other languages stay.
fn said(was: Option<&Texts>, english: &str) -> Texts {
    let mut texts = was.cloned().unwrap_or_default();
    texts.set_english(english);
    texts
}

/// What two people wrote about one part: labels with what was kept meanwhile and what was
/// typed here, above the form, which still holds the latter.
fn both(
    visit: &Visit,
    saved: &[(&'static str, String)],
    own: &[(&'static str, String)],
) -> (String, Problems) {
    let rows: Vec<(String, String, String)> = saved
        .iter()
        .zip(own)
        .filter(|((_, saved), (_, own))| saved != own)
        .map(|((label, saved), (_, own))| (visit.text(label), saved.clone(), own.clone()))
        .collect();
    let mut problems = Problems::default();
    problems.add("", Message::new("questionnaire-conflict"));
    (theirs(visit, &rows).to_string(), problems)
}

/// A form as its page, with what someone else saved above it.
fn shown(form: FormPage<'_>, title: &str, back: &str, conflict: bool) -> Response {
    let mut response = form.page(title, back);
    if conflict {
        *response.status_mut() = StatusCode::CONFLICT;
    }
    response
}

/// A button of a row; `about` tells a reader who hears it which row it is of.
fn row_button(
    visit: &Visit,
    action: &str,
    label: &str,
    about: &str,
    fields: &[(&str, &str)],
) -> String {
    let mut form = FormPage::new(visit, action, &Problems::default());
    for (name, value) in fields {
        form = form.hidden(name, value);
    }
    let words = Content::Html(named(visit, label, about));
    form.part(Button::new(words).small().secondary()).html()
}

/// Words with the row they are about, which is heard and not seen.
fn named(visit: &Visit, label: &str, about: &str) -> String {
    format!(
        "{} <span class=\"govuk-visually-hidden\">{}</span>",
        Content::from(visit.text(label)),
        Content::from(about)
    )
}
