//! The help of a State for everyone: small, printable, in every language, with
//! the numbers to call first. It stays in the browser's own cache, so that it
//! can be read again without a connection; for longer, and on any telephone,
//! there is the same as one small file to keep.

use super::{find::name, hours_said, isolated, languages, link, number, word};
use crate::{
    components::{Content, Tag},
    pages::Answer,
    shell::{listing::download, route::Routes, visit::Visit},
};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
};
use palermo_app::{
    Refused,
    access::Action,
    domain::{
        desk::{Desk, DeskLevel},
        register::state::StateCode,
        service::{Need, Service},
    },
    locale::Direction,
    service::{self, HelpOfState},
};
use std::fmt::Write as _;

/// Services that are listed, so that the page stays small: a State with more
/// shares them out among the needs, and the finder has the rest.
const MOST: usize = 90;

/// Kept a day, and read on for a month where there is no connection.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=86400, stale-if-error=2592000");

pub(super) fn routes() -> Routes {
    Routes::new().page("/get-help/{state}", Action::PublicRead, show).download(
        "/get-help/{state}/keep.html",
        Action::PublicRead,
        keep,
    )
}

/// What stands before all numbers: whom they are for, or that there are none.
fn lead(visit: &Visit, help: &HelpOfState) -> String {
    let id = if help.has_numbers() { "help-state-lead" } else { "help-state-no-numbers" };
    let mut html = format!("<p class=\"govuk-body-l\">{}</p>", Content::from(visit.text(id)));
    for phone in &help.regional {
        let name = visit.mechanism(phone.uniform.as_deref().unwrap_or_default());
        let words = visit.format("help-state-regional", &[("mechanism", name.into())]);
        let _ = write!(
            html,
            "<p class=\"govuk-body-l\">{} {}</p>",
            Content::from(words),
            number(&phone.number)
        );
    }
    html.push_str(&neighbours(visit, help));
    html
}

/// Hotlines of other States, where nothing nearer can be called.
fn neighbours(visit: &Visit, help: &HelpOfState) -> String {
    let mut html = String::new();
    for one in &help.neighbours {
        let state = one.state.map(|state| visit.state(state.as_str())).unwrap_or_default();
        let words = visit.format("help-state-neighbour", &[("state", state.into())]);
        let numbers: Vec<String> =
            one.numbers().iter().map(|phone| number(&phone.number).to_string()).collect();
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{} <bdi>{}</bdi> {}</p>",
            Content::from(words),
            Content::from(isolated(&one.name)),
            numbers.join(" ")
        );
    }
    html
}

/// The desk everyone may turn to, and where it has no telephone whose number
/// stands in for it.
fn desk(visit: &Visit, help: &HelpOfState) -> String {
    let Some(desk) = &help.desk else { return String::new() };
    let told = |one: &Desk, id: &str| {
        let words = visit.format(id, &[("desk", one.name.clone().into())]);
        let telephone = one.telephone.as_deref().map(number).unwrap_or_default();
        let hours = hours_said(visit, &one.hours, Some(&one.time_zone));
        format!(
            "<p class=\"govuk-body\">{} {telephone}</p>\
<p class=\"govuk-body-s\"><bdi>{hours}</bdi></p>",
            Content::from(words)
        )
    };
    let of = |one: &Desk, region: &'static str, state: &'static str| {
        if one.level == DeskLevel::Regional { region } else { state }
    };
    if desk.telephone.is_some() {
        return told(desk, of(desk, "help-desk-region", "help-desk-state"));
    }
    let silent = visit.format("help-desk-silent", &[("desk", desk.name.clone().into())]);
    let mut html = format!("<p class=\"govuk-body\">{}</p>", Content::from(silent));
    if let Some(line) = &help.line {
        html.push_str(&told(line, of(line, "help-desk-instead-region", "help-desk-instead")));
    }
    html
}

/// The numbers of a State, as they stand on the page and in the file to keep:
/// that has no links to us. What is not listed is told by its number.
fn numbers(visit: &Visit, help: &HelpOfState, linked: Option<StateCode>) -> String {
    let mut html = lead(visit, help);
    for hotline in &help.hotlines {
        entry(visit, &mut html, hotline, true);
    }
    html.push_str(&desk(visit, help));
    if !help.protected.is_empty() {
        let kinds: Vec<String> =
            help.protected.iter().map(|need| word(visit, "need", need.code())).collect();
        let words = visit.format("help-state-protected", &[("kinds", kinds.join(", ").into())]);
        let _ = write!(html, "<p class=\"govuk-body\">{}</p>", Content::from(words));
    }
    let sizes: Vec<usize> = Need::ALL.iter().map(|need| of_need(help, *need).len()).collect();
    let most = share(&sizes);
    for need in Need::ALL {
        let of = of_need(help, *need);
        if of.is_empty() {
            continue;
        }
        let title = Content::from(word(visit, "need", need.code()));
        let _ = write!(html, "<h2 class=\"govuk-heading-m\">{title}</h2>");
        for one in of.iter().take(most) {
            entry(visit, &mut html, one, false);
        }
        if of.len() > most {
            html.push_str(&left(visit, *need, (most, of.len()), linked));
        }
    }
    html
}

fn of_need(help: &HelpOfState, need: Need) -> Vec<&Service> {
    help.services.iter().filter(|one| one.need == need).collect()
}

/// How many services of each need are listed where the needs have so many: all,
/// or as many as leave the page small.
fn share(sizes: &[usize]) -> usize {
    let listed = |most: usize| sizes.iter().map(|size| (*size).min(most)).sum::<usize>();
    let most = sizes.iter().copied().max().unwrap_or_default();
    (1..=most).rev().find(|most| listed(*most) <= MOST).unwrap_or(1)
}

/// How many of a need are listed, and the way to all of them.
fn left(
    visit: &Visit,
    need: Need,
    (shown, count): (usize, usize),
    linked: Option<StateCode>,
) -> String {
    let values = [("shown", visit.whole(shown).into()), ("count", visit.whole(count).into())];
    let words = Content::from(visit.format("help-state-some", &values));
    let all = linked.map(|state| {
        let path = format!("/get-help?need={}&state={state}", need.code());
        link(visit, &path, visit.text("help-state-all")).to_string()
    });
    format!("<p class=\"govuk-body\">{words} {}</p>", all.unwrap_or_default())
}

async fn show(visit: Visit, Path(state): Path<String>) -> Answer {
    let state: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let help = service::of_state(&visit.acting(), state).await?;
    let paragraph = |path: String, words: &str| {
        format!(
            "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{path}\">{}</a></p>",
            Content::from(visit.text(words))
        )
    };
    let kept = match help.has_numbers() {
        true => format!(
            "<div class=\"p-noprint\">{}<p class=\"govuk-body-s\">{}</p></div>",
            paragraph(visit.link(&format!("/get-help/{state}/keep.html")), "help-keep"),
            Content::from(visit.text("help-keep-care")),
        ),
        false => String::new(),
    };
    let html = format!(
        "<div class=\"p-prose\">{}{}{kept}</div>",
        numbers(&visit, &help, Some(state)),
        paragraph(visit.link(&format!("/get-help?state={state}")), "help-find-title"),
    );
    let title = visit.format("help-state-title", &[("state", visit.state(state.as_str()).into())]);
    let mut response = visit.page(&title).back("/get-help").html(&html);
    if visit.signed.is_none() {
        response.headers_mut().insert(header::CACHE_CONTROL, KEEP);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Cookie"));
    }
    Ok(response)
}

/// How the file to keep looks: it fetches nothing, not even a style sheet.
const LOOK: &str = "body{font:1.1rem/1.5 sans-serif;max-width:38rem;margin:1rem auto;padding:0 1rem}\
h1,h2{line-height:1.2}h2{font-size:1.2rem;margin:1.5rem 0 .5rem}p{margin:.4rem 0}a{color:inherit}\
.govuk-body-l{font-size:1.25rem}.govuk-tag{border:1px solid;padding:0 .3rem;font-size:.85rem}";

/// The same numbers as one small file that opens without a connection and
/// asks for nothing: no script, no picture, no address of ours. Its name and
/// title say nothing to whoever looks over a shoulder.
async fn keep(visit: Visit, Path(state): Path<String>) -> Answer {
    let state: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let help = service::of_state(&visit.acting(), state).await?;
    if !help.has_numbers() {
        return Err(Refused::NotFound.into());
    }
    let language = visit.language;
    let as_of =
        visit.format("help-keep-as-of", &[("day", visit.date(visit.acting().now().date()).into())]);
    let file = format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{}</title>\
<style>{LOOK}</style></head><body><h1>{}</h1>{}<p>{}</p><p>{}</p></body></html>\n",
        language.code(),
        if language.direction() == Direction::Rtl { "rtl" } else { "ltr" },
        Content::from(visit.text("help-keep-title")),
        Content::from(visit.state(state.as_str())),
        numbers(&visit, &help, None),
        Content::from(as_of),
        Content::from(if visit.web.settings().demo {
            visit.text("demo-watermark")
        } else {
            String::new()
        }),
    );
    Ok(download(file.into_bytes(), "text/html; charset=utf-8", "numbers", "html"))
}

fn entry(visit: &Visit, html: &mut String, one: &Service, first: bool) {
    let size = if first { "govuk-body-l" } else { "govuk-body" };
    let _ = write!(
        html,
        "<p class=\"{size}\"><bdi><strong>{}</strong></bdi>",
        Content::from(name(visit, one))
    );
    if let Some(place) = one.where_shown() {
        let _ = write!(html, " · <bdi>{}</bdi>", Content::from(place));
    }
    let numbers = one.numbers();
    for phone in &numbers {
        let _ = write!(html, " {}", number(&phone.number));
        if phone.toll_free {
            let _ = write!(html, " {}", Tag::coloured(visit.text("phone-free"), "green"));
        }
        if phone.uniform.is_some() {
            let _ = write!(html, " {}", Tag::new(visit.text("phone-uniform")));
        }
    }
    if let Some(email) = one.email.as_deref().filter(|email| numbers.is_empty() && plain(email)) {
        let _ = write!(html, " <a class=\"govuk-link\" href=\"mailto:{email}\">{email}</a>");
    }
    html.push_str("</p>");
    if first {
        // Not "open now": the page may be read from the browser's cache days later.
        let hours = match one.hours.as_deref() {
            Some(hours) => hours_said(visit, hours, one.time_zone.as_deref()),
            None => visit.text("standing-unknown").into(),
        };
        let _ = write!(html, "<p class=\"govuk-body-s\"><bdi>{hours}</bdi>");
        if !one.languages.is_empty() {
            let _ =
                write!(html, " · <bdi>{}</bdi>", Content::from(languages(visit, &one.languages)));
        }
        html.push_str("</p>");
    }
}

/// An address for mail that can stand in a page as it is.
fn plain(email: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphanumeric() || "@._+-".contains(c);
    email.contains('@') && email.chars().all(sign)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn all_services_are_listed_unless_there_are_very_many() {
        assert_eq!(share(&[40, 3, 7]), 40);
        assert_eq!(share(&[90]), 90);
        assert_eq!(share(&[200, 5, 5]), 80);
        assert_eq!(share(&[50, 50, 50]), 30);
        assert_eq!(share(&[]), 1);
    }
}
