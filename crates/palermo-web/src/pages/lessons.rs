//! The lessons of the demonstration: one page each, to be printed, with a
//! button for each role that leads to where the lesson begins.

use super::Answer;
use crate::{
    components::{Button, Content},
    shell::{failure::Failure, forms::FormPage, route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{Problems, Refused, access::Action, demo, locale::Language};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new().page("/demo/lessons", Action::SignIn, list).page(
        "/demo/lessons/{number}",
        Action::SignIn,
        show,
    )
}

/// A lesson in the reader's language, or in English if nobody translated it,
/// and which of the two.
fn text(visit: &Visit, number: &str) -> Option<(String, Language)> {
    let content = &visit.web.app().content;
    let plain = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    if !plain {
        return None;
    }
    [visit.language, Language::En].into_iter().find_map(|language| {
        let path = format!("lessons/{}/{number}.md", language.code());
        content.text(&path).map(|text| (text.to_owned(), language))
    })
}

fn title(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default()
}

/// Links to the lessons there are, for the page of roles too.
pub(super) fn links(visit: &Visit) -> String {
    let mut items = String::new();
    for number in 1..=12 {
        let Some((text, language)) = text(visit, &number.to_string()) else { continue };
        let href = visit.link(&format!("/demo/lessons/{number}"));
        let _ = write!(
            items,
            "<li><a class=\"govuk-link\" href=\"{href}\" lang=\"{}\">{}</a></li>",
            language.code(),
            Content::from(title(&text))
        );
    }
    format!("<ul class=\"govuk-list\">{items}</ul>")
}

fn in_demo(visit: &Visit) -> Result<(), Failure> {
    if visit.web.app().demo { Ok(()) } else { Err(Failure(Refused::NotFound)) }
}

async fn list(visit: Visit) -> Answer {
    in_demo(&visit)?;
    let why = Content::from(visit.text("lessons-why"));
    let html = format!("<p class=\"govuk-body-l\">{why}</p>{}", links(&visit));
    Ok(visit.page(&visit.text("lessons-title")).back("/demo").html(&html))
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    in_demo(&visit)?;
    let (text, language) = text(&visit, &number).ok_or(Failure(Refused::NotFound))?;
    // The frame says of every page in these languages that a machine translated it.
    let mut html = starts(&visit, &number)?;
    let _ = write!(html, "<div lang=\"{}\">{}</div>", language.code(), markdown(&text));
    Ok(visit.page(title(&text)).back("/demo/lessons").html(&html))
}

/// A button for each role of the lesson.
fn starts(visit: &Visit, number: &str) -> Result<String, Failure> {
    let region = demo::region(visit.web.app())?;
    let rows = visit.web.app().content.text("lessons/starts.csv").unwrap_or_default();
    let mut html = String::new();
    for row in rows.lines().skip(1) {
        let mut cells = row.split(',');
        let (Some(lesson), Some(email), Some(path)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let Some(person) = region.people.iter().find(|person| person.email == email) else {
            continue;
        };
        if lesson != number {
            continue;
        }
        let label = visit.format("lessons-begin-as", &[("name", person.name.as_str().into())]);
        html.push_str(
            &FormPage::new(visit, "/demo", &Problems::default())
                .hidden("email", email)
                .hidden("to", path)
                .part(Button::new(label).secondary())
                .html(),
        );
    }
    Ok(html)
}

/// The few signs lessons are written with: headings, lists, paragraphs, weight,
/// emphasis, things to type. Everything else is shown as it is.
fn markdown(text: &str) -> String {
    let mut html = String::new();
    let mut list = "";
    for line in text.lines().filter(|line| !line.starts_with("# ")) {
        let line = line.trim_end();
        let numbered = line.split_once(". ").filter(|(number, _)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        let (kind, item) = match (line.strip_prefix("- "), numbered) {
            (Some(item), _) => ("ul", item),
            (None, Some((_, item))) => ("ol", item),
            (None, None) => ("", line),
        };
        if kind != list {
            if !list.is_empty() {
                let _ = write!(html, "</{list}>");
            }
            if !kind.is_empty() {
                let class = if kind == "ul" { "bullet" } else { "number" };
                let _ = write!(html, "<{kind} class=\"govuk-list govuk-list--{class}\">");
            }
            list = kind;
        }
        if !kind.is_empty() {
            let _ = write!(html, "<li>{}</li>", inline(item));
        } else if let Some(heading) = line.strip_prefix("## ") {
            let _ = write!(html, "<h2 class=\"govuk-heading-m\">{}</h2>", inline(heading));
        } else if !line.is_empty() {
            let _ = write!(html, "<p class=\"govuk-body\">{}</p>", inline(line));
        }
    }
    if !list.is_empty() {
        let _ = write!(html, "</{list}>");
    }
    html
}

fn inline(text: &str) -> String {
    let mut html = Content::from(text).to_string();
    for (sign, tag) in [("**", "strong"), ("*", "em"), ("`", "code")] {
        let mut rest = html.as_str();
        let mut marked = String::new();
        while let Some((before, after)) = rest.split_once(sign) {
            let Some((inside, behind)) = after.split_once(sign) else { break };
            let _ = write!(marked, "{before}<{tag}>{inside}</{tag}>");
            rest = behind;
        }
        marked.push_str(rest);
        html = marked;
    }
    html
}

#[cfg(test)]
mod tests {
    use super::{inline, markdown};

    #[test]
    fn a_lesson_becomes_headings_lists_and_paragraphs_and_nothing_of_it_is_markup() {
        let html = markdown("# T\n\n## One\n\n**Do** *it* `now` <b>\n\n1. a\n2. b\n\n- c\n");
        assert_eq!(
            html,
            "<h2 class=\"govuk-heading-m\">One</h2><p class=\"govuk-body\"><strong>Do</strong> \
             <em>it</em> <code>now</code> &#60;b&#62;</p><ol class=\"govuk-list \
             govuk-list--number\"><li>a</li><li>b</li></ol><ul class=\"govuk-list \
             govuk-list--bullet\"><li>c</li></ul>"
        );
    }

    #[test]
    fn a_sign_that_is_not_closed_stays_a_sign() {
        assert_eq!(inline("two * three"), "two * three");
    }
}
