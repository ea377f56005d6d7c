//! A form on paper, made from the form itself: each question with the name of its
//! field and the codes of its answers, so that whoever types it in later writes
//! the same. Nothing stored is printed; the number of the case is, where there is one.

use super::visit::Visit;
use crate::components::Content;
use axum::response::Response;
use palermo_app::domain::{case, id::CaseId};
use std::fmt::Write as _;

/// What a question takes.
#[derive(Debug, Clone)]
pub enum Takes {
    /// A line.
    Line,
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// One of these codes, with their words.
    One(Vec<(String, String)>),
    /// Any of these.
    Any(Vec<(String, String)>),
}

/// A question of a form.
#[derive(Debug, Clone)]
pub struct Question {
    /// Name of its field.
    pub name: String,
    /// What is asked, in the reader's words.
    pub label: String,
    /// What it takes.
    pub takes: Takes,
}

/// Most answers printed: a list of every contact point is no form.
const ANSWERS: usize = 60;

const LINE: &str =
    "<p class=\"govuk-body\" aria-hidden=\"true\">________________________________</p>";

/// Whether a form is asked for on paper.
#[must_use]
pub fn wanted(visit: &Visit) -> bool {
    visit.route.method == axum::http::Method::GET && visit.query("paper") == "yes"
}

/// The way to the same form on paper.
#[must_use]
pub fn link(visit: &Visit, path: &str) -> String {
    format!(
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}?paper=yes\">{}</a></p>",
        Content::from(visit.link(path)),
        Content::from(visit.text("paper-link"))
    )
}

/// How the sheet is filled in, of which case it is, when what it tells happened
/// and who wrote it down when.
#[must_use]
pub fn head(visit: &Visit) -> String {
    let mut parts = visit.path().split('/').skip(1);
    let of_case = match (parts.next(), parts.next()) {
        (Some("cases"), Some(id)) => id.parse::<CaseId>().ok().map(case::number),
        _ => None,
    };
    let mut html =
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("care-paper-how")));
    for (label, value) in
        [("case-number", of_case), ("paper-happened", None), ("paper-written", None)]
    {
        let label = Content::from(visit.text(label));
        match value {
            Some(value) => {
                let value = Content::from(value);
                let _ = write!(
                    html,
                    "<p class=\"govuk-body\"><strong>{label}</strong> <bdi dir=\"ltr\">{value}</bdi></p>"
                );
            }
            None => {
                let _ = write!(html, "<p class=\"govuk-body\"><strong>{label}</strong></p>{LINE}");
            }
        }
    }
    html
}

/// The sheet.
#[must_use]
pub fn sheet(visit: &Visit, title: &str, back: &str, questions: &[Question]) -> Response {
    let mut html = head(visit);
    html.push_str("<ol class=\"govuk-list govuk-list--number\">");
    for one in questions {
        let _ = write!(
            html,
            "<li><strong>{}</strong> <span class=\"p-muted\">{}</span>{}</li>",
            Content::from(&one.label),
            Content::from(&one.name),
            answers(visit, &one.takes)
        );
    }
    html.push_str("</ol>");
    visit.page(title).back(back).html(&html)
}

fn answers(visit: &Visit, takes: &Takes) -> String {
    let (codes, mark) = match takes {
        Takes::Line => return LINE.to_owned(),
        Takes::Lines => return LINE.repeat(5),
        Takes::Day => {
            let parts = ["date-day", "date-month", "date-year"].map(|id| visit.text(id));
            let boxes = parts.map(|part| format!("{} ____", Content::from(part)));
            return format!("<p class=\"govuk-body\">{}</p>", boxes.join(" "));
        }
        Takes::One(codes) => (codes, '○'),
        Takes::Any(codes) => (codes, '☐'),
    };
    if codes.len() > ANSWERS {
        return LINE.to_owned();
    }
    let mut html = String::from("<ul class=\"govuk-list\">");
    for (code, word) in codes {
        let _ = write!(
            html,
            "<li>{mark} {} <span class=\"p-muted\">{}</span></li>",
            Content::from(word),
            Content::from(code)
        );
    }
    html.push_str("</ul>");
    html
}
