//! The help of a State for everyone: small, printable, in every language, with
//! the numbers to call first. It stays in the browser's own cache, so that it
//! can be read again without a connection.

use super::{find::name, languages, number, word};
use crate::{
    components::{Content, Tag},
    pages::Answer,
    shell::{route::Routes, visit::Visit},
};
use axum::{
    extract::Path,
    http::{HeaderValue, header},
};
use palermo_app::{
    Refused,
    access::Action,
    domain::{
        register::state::StateCode,
        service::{Need, Service},
    },
    service,
};
use std::fmt::Write as _;

/// Services of one kind that are listed; the finder has the rest.
const MOST: usize = 6;

/// Kept a day, and read on for a month where there is no connection.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=86400, stale-if-error=2592000");

pub(super) fn routes() -> Routes {
    Routes::new().page("/get-help/{state}", Action::PublicRead, show)
}

async fn show(visit: Visit, Path(state): Path<String>) -> Answer {
    let state: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let help = service::of_state(&visit.acting(), state).await?;
    let mut html = String::from("<div class=\"p-prose\">");
    let _ = write!(
        html,
        "<p class=\"govuk-body-l\">{}</p>",
        Content::from(visit.text("help-state-lead"))
    );
    for hotline in &help.hotlines {
        entry(&visit, &mut html, hotline, true);
    }
    if let Some(desk) = &help.desk {
        let _ = write!(
            html,
            "<p class=\"govuk-body\"><bdi>{}</bdi> {}</p>",
            Content::from(&desk.name),
            desk.telephone.as_deref().map(number).unwrap_or_default()
        );
    }
    if !help.protected.is_empty() {
        let kinds: Vec<String> =
            help.protected.iter().map(|need| word(&visit, "need", need.code())).collect();
        let words = visit.format("help-state-protected", &[("kinds", kinds.join(", ").into())]);
        let _ = write!(html, "<p class=\"govuk-body\">{}</p>", Content::from(words));
    }
    for need in Need::ALL {
        let of: Vec<&Service> = help.services.iter().filter(|one| one.need == *need).collect();
        if of.is_empty() {
            continue;
        }
        let title = Content::from(word(&visit, "need", need.code()));
        let _ = write!(html, "<h2 class=\"govuk-heading-m\">{title}</h2>");
        for one in of.iter().take(MOST) {
            entry(&visit, &mut html, one, false);
        }
    }
    let _ = write!(
        html,
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{}</a></p></div>",
        visit.link(&format!("/get-help?state={state}")),
        Content::from(visit.text("help-find-title"))
    );
    let title = visit.format("help-state-title", &[("state", visit.state(state.as_str()).into())]);
    let mut response = visit.page(&title).back("/get-help").html(&html);
    if visit.signed.is_none() {
        response.headers_mut().insert(header::CACHE_CONTROL, KEEP);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Cookie"));
    }
    Ok(response)
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
    for phone in &one.phones {
        let _ = write!(html, " {}", number(&phone.number));
        if phone.toll_free {
            let _ = write!(html, " {}", Tag::coloured(visit.text("phone-free"), "green"));
        }
        if phone.uniform.is_some() {
            let _ = write!(html, " {}", Tag::new(visit.text("phone-uniform")));
        }
    }
    html.push_str("</p>");
    if first {
        // Not "open now": the page may be read from the browser's cache days later.
        let hours = match one.hours.as_deref() {
            Some("24/7") => visit.text("standing-always"),
            other => other.unwrap_or_default().to_owned(),
        };
        let _ = write!(
            html,
            "<p class=\"govuk-body-s\"><bdi>{}</bdi> · <bdi>{}</bdi></p>",
            Content::from(hours),
            Content::from(languages(&one.languages))
        );
    }
}
