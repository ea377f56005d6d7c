//! Pages for everyone: the start, help, the rules of rights, accessibility,
//! privacy, the interface for programs.

use super::Answer;
use crate::{
    components::{Button, Card, Cards, Content, Kpi, Kpis},
    shell::{route::Routes, visit::Visit},
};
use axum::response::Response;
use palermo_app::{access::Action, domain::safeguard::RULES};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/", Action::PublicRead, start)
        .page("/help", Action::PublicRead, help)
        .page("/rights", Action::PublicRead, rights)
        .page("/accessibility", Action::PublicRead, accessibility)
        .page("/privacy", Action::PublicRead, privacy)
        .page("/api", Action::PublicRead, programs)
}

async fn start(visit: Visit) -> Answer {
    let content = &visit.web.app().content;
    let registers = &visit.web.app().registers;
    let mechanisms = content.mechanisms().profiles().count();
    let kpis = Kpis::new([
        Kpi::new(visit.whole(mechanisms), visit.text("nav-mechanisms"))
            .href(visit.link("/mechanisms")),
        Kpi::new(visit.whole(registers.instruments.all().count()), visit.text("nav-instruments"))
            .href(visit.link("/instruments")),
        Kpi::new(visit.whole(registers.agreements.len()), visit.text("nav-agreements"))
            .href(visit.link("/agreements")),
    ]);
    let cards = [
        // Whom to call comes before everything else.
        ("help-find-title", "/get-help", "help-find-line"),
        ("nav-mechanisms", "/mechanisms", "start-mechanisms"),
        ("nav-states", "/states", "start-states"),
        ("nav-instruments", "/instruments", "start-instruments"),
        ("register-matrix", "/matrix", "start-matrix"),
        ("nav-agreements", "/agreements", "start-agreements"),
        ("nav-laws", "/laws", "start-laws"),
    ]
    .map(|(title, path, line)| {
        Card::link(visit.text(title), visit.link(path)).line(visit.text(line))
    });
    let mut html = format!("<p class=\"govuk-body-l\">{}</p>", visit.text("start-lead"));
    if visit.web.settings().demo && visit.signed.is_none() {
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{}</p>{}",
            visit.text("start-demo"),
            Button::link(visit.text("demo-title"), visit.link("/demo"))
        );
    }
    let _ = write!(html, "{kpis}{}", Cards::new(2, cards));
    Ok(visit.page(&visit.text("start-title")).html(&html))
}

/// A page of headings and paragraphs: `id-1-title`, `id-1`, `id-2-title` …
fn prose(visit: &Visit, title: &str, id: &str, sections: usize) -> Response {
    let mut html = format!(
        "<div class=\"p-prose\"><p class=\"govuk-body-l\">{}</p>",
        Content::from(visit.text(&format!("{id}-lead")))
    );
    for number in 1..=sections {
        let _ = write!(
            html,
            "<h2 class=\"govuk-heading-m\">{}</h2><p class=\"govuk-body\">{}</p>",
            Content::from(visit.text(&format!("{id}-{number}-title"))),
            Content::from(visit.text(&format!("{id}-{number}")))
        );
    }
    html.push_str("</div>");
    visit.page(&visit.text(title)).html(&html)
}

async fn help(visit: Visit) -> Response {
    prose(&visit, "footer-help", "help", 6)
}

async fn accessibility(visit: Visit) -> Response {
    prose(&visit, "footer-accessibility", "accessibility", 3)
}

async fn privacy(visit: Visit) -> Response {
    prose(&visit, "footer-privacy", "privacy", 5)
}

async fn rights(visit: Visit) -> Response {
    let mut html = format!(
        "<div class=\"p-prose\"><p class=\"govuk-body-l\">{}</p><ol class=\"govuk-list govuk-list--number\">",
        Content::from(visit.text("rights-lead"))
    );
    for rule in RULES {
        let _ = write!(
            html,
            "<li id=\"r{}\">{}<br><span class=\"p-small p-muted\">{}</span></li>",
            rule.number,
            Content::from(visit.text(rule.message)),
            Content::from(rule.source)
        );
    }
    html.push_str("</ol></div>");
    visit.page(&visit.text("footer-rights")).html(&html)
}

async fn programs(visit: Visit) -> Response {
    let html = format!(
        "<div class=\"p-prose\"><p class=\"govuk-body-l\">{}</p><p class=\"govuk-body\">{}</p>\
         <p class=\"govuk-body\"><a class=\"govuk-link\" href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a></p>\
         <p class=\"govuk-body\" dir=\"ltr\"><code class=\"p-code\">curl -H 'Authorization: Bearer TOKEN' https://HOST/api/v1/mechanisms</code></p></div>",
        Content::from(visit.text("api-lead")),
        Content::from(visit.text("api-body"))
    );
    visit.page(&visit.text("footer-api")).html(&html)
}
