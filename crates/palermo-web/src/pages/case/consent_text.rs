//! The text said before anyone agrees to sharing: the person's language beside
//! the officer's on the page of consent, and as a sheet to read out, print or
//! hand over. A sheet says nothing of anyone.

use super::Answer;
use crate::{components::Content, shell::visit::Visit};
use axum::extract::Path;
use palermo_app::{
    Refused,
    case::{
        consent_text::{BLOCKS, ConsentText},
        open::language_name,
    },
};
use std::fmt::Write as _;

/// One text in its own language and direction.
fn said(text: &ConsentText, at: usize, child: bool) -> String {
    let words = text.blocks.get(at).map(|block| block.said(child)).unwrap_or_default();
    format!("<p class=\"govuk-body\">{}</p>", Content::from(words))
}

/// The blocks of a text, beside those of another where there is one.
fn blocks(text: &ConsentText, beside: Option<&ConsentText>, child: bool) -> String {
    let mut html = String::new();
    let column = |text: &ConsentText, at: usize, width: &str| {
        let language = Content::from(&text.language);
        let words = said(text, at, child);
        format!(
            "<div class=\"govuk-grid-column-{width}\" lang=\"{language}\" dir=\"auto\">{words}</div>"
        )
    };
    for at in 0..BLOCKS.len() {
        let row = match beside {
            Some(other) => {
                format!("{}{}", column(text, at, "one-half"), column(other, at, "one-half"))
            }
            None => column(text, at, "full"),
        };
        let _ = write!(html, "<div class=\"govuk-grid-row\">{row}</div>");
    }
    html
}

/// Whether a machine made it, said in the reader's words.
fn mark(visit: &Visit, text: &ConsentText) -> String {
    if !text.machine {
        return String::new();
    }
    let name = language_name(&visit.acting(), &text.language);
    let told = visit.format("consent-text-machine", &[("language", name.into())]);
    format!("<p class=\"govuk-hint\">{}</p>", Content::from(told))
}

fn line(visit: &Visit, id: &str) -> String {
    format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text(id)))
}

/// On the page of consent: the person's language beside the reader's, for an
/// adult or a child, with the sheet to print. Where nobody wrote the language
/// down, the page says so and shows the reader's alone.
pub(super) fn beside(visit: &Visit, language: &str, child: bool) -> String {
    let texts = &visit.web.app().care.consent;
    let own = texts.of(visit.language.code());
    let theirs = texts.of(language);
    let title = Content::from(visit.text("consent-text-title"));
    let mut html = format!("<h2 class=\"govuk-heading-m\">{title}</h2>");
    let shown = match (theirs, own) {
        (Some(theirs), Some(own)) if theirs.language == own.language => Some((theirs, None)),
        (Some(theirs), own) => Some((theirs, own)),
        (None, Some(own)) => {
            let name = language_name(&visit.acting(), language);
            let told = visit.format("consent-text-missing", &[("language", name.into())]);
            let _ = write!(html, "<p class=\"govuk-body\">{}</p>", Content::from(told));
            Some((own, None))
        }
        (None, None) => None,
    };
    let Some((text, other)) = shown else { return String::new() };
    html.push_str(&line(visit, "consent-text-why"));
    html.push_str(&mark(visit, text));
    html.push_str(&blocks(text, other, child));
    let who = if child { "?for=child" } else { "" };
    let href = visit.link(&format!("/forms/consent/{}{who}", text.language));
    let label = Content::from(visit.text("consent-text-print"));
    let _ = write!(
        html,
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{href}\">{label}</a></p>"
    );
    html
}

/// The sheet in one language, to read out, print or hand over.
pub(super) async fn sheet(visit: Visit, Path(language): Path<String>) -> Answer {
    let texts = &visit.web.app().care.consent;
    let text = texts.of(&language).ok_or(Refused::NotFound)?;
    let child = visit.query("for") == "child";
    let acting = visit.acting();
    let mut html = format!("{}{}", mark(&visit, text), blocks(text, None, child));
    let mut links = String::new();
    let mut link = |code: &str, child: bool| {
        let who = if child { "?for=child" } else { "" };
        let href = visit.link(&format!("/forms/consent/{code}{who}"));
        let name = Content::from(language_name(&acting, code));
        let of = Content::from(visit.text(if child {
            "consent-text-child"
        } else {
            "consent-text-adult"
        }));
        let _ = write!(
            links,
            "<li><a class=\"govuk-link\" href=\"{href}\"><bdi lang=\"{}\">{name}</bdi>, {of}</a></li>",
            Content::from(code)
        );
    };
    for code in texts.languages() {
        link(code, false);
        link(code, true);
    }
    let title = Content::from(visit.text("consent-text-others"));
    let _ = write!(
        html,
        "<nav class=\"govuk-!-display-none-print\" aria-labelledby=\"others\"><h2 class=\"govuk-heading-m\" id=\"others\">{title}</h2><ul class=\"govuk-list\">{links}</ul></nav>"
    );
    Ok(visit.page(&visit.text("consent-text-title")).html(&html))
}
