//! What parliaments ask and do.

use super::{instruments, listed, outside, typed, words};
use crate::{
    components::Content,
    pages::{
        Answer,
        report::{day, link, state_options, tag},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{
        governance::{ParliamentEntry, ParliamentKind},
        id::ParliamentEntryId,
    },
    governance::{self, Typed},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/parliaments", Action::PublicRead, list)
        .page("/parliaments/new", Action::KeepParliament, ask)
        .form("/parliaments/new", Action::KeepParliament, make)
        .page("/parliaments/{id}/edit", Action::KeepParliament, edit)
        .form("/parliaments/{id}/edit", Action::KeepParliament, save)
}

fn keeps(visit: &Visit) -> bool {
    let own = visit.acting().subject.state.clone();
    visit.may(Action::KeepParliament, &Resource::region().in_state(own.as_deref()))
}

/// What was asked, what was answered, what comes next.
fn told(visit: &Visit, one: &ParliamentEntry) -> Content {
    let mut html = format!(
        "<strong dir=\"auto\">{}</strong><br><span dir=\"auto\">{}</span>",
        Content::from(&one.subject),
        Content::from(&one.text)
    );
    if one.waits() {
        html.push_str(&format!(" {}", tag(visit, "parliament", "waits", "orange")));
    }
    if !one.answer.is_empty() {
        let label = Content::from(visit.text("parliament-answer"));
        let on = one.answered.map(|on| day(visit, on)).unwrap_or_default();
        html.push_str(&format!(
            "<br>{label} {}: <span dir=\"auto\">{}</span>",
            Content::from(on),
            Content::from(&one.answer)
        ));
    }
    if !one.next.is_empty() {
        let label = Content::from(visit.text("parliament-next"));
        let on = one.next_on.map(|on| day(visit, on)).unwrap_or_default();
        html.push_str(&format!(
            "<br>{label}: <span dir=\"auto\">{}</span> {}",
            Content::from(&one.next),
            Content::from(on)
        ));
    }
    let mut more = String::new();
    if !one.recommendation.is_empty() {
        let path = format!("/recommendations/{}", one.recommendation);
        more.push_str(&link(visit, &path, &one.recommendation).to_string());
    }
    if !one.instrument.is_empty() {
        let named = crate::pages::register::common::instrument_link(visit, &one.instrument);
        more.push_str(&format!(" {named}"));
    }
    more.push_str(&outside(one.link.as_deref()));
    Content::Html(format!("{html} <span class=\"p-src\">{more}</span>"))
}

async fn list(visit: Visit) -> Answer {
    let keeps = keeps(&visit);
    let own = visit.signed.as_ref().map(|signed| signed.tenant.id);
    let all = governance::parliament_entries(visit.web.app()).await?;
    let mut states: Vec<(String, String)> = all
        .iter()
        .map(|one| one.record.entry.state)
        .map(|state| (state.to_string(), visit.state(state.as_str())))
        .collect();
    states.sort_by(|a, b| visit.compare(&a.1, &b.1));
    states.dedup();
    let waiting = vec![("waits".to_owned(), visit.text("parliament-waits"))];
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let mut list = List::new(&visit, "parliaments", &visit.text("parliaments-title"), all)
        .column(
            "on",
            "parliament-on",
            |one| one.record.entry.on.to_string(),
            move |one| day(&a, one.record.entry.on).into(),
        )
        .column(
            "subject",
            "parliament-subject",
            |one| one.record.entry.subject.clone(),
            move |one| told(&d, &one.record.entry),
        )
        .text("state", "report-state", move |one| b.state(one.record.entry.state.as_str()))
        .text("kind", "parliament-kind", move |one| {
            c.text(&format!("parliament-kind-{}", one.record.entry.kind))
        })
        .column(
            "by",
            "parliament-by",
            |one| one.record.entry.by.clone(),
            |one| Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.record.entry.by))),
        )
        .filter("state", "report-state", states, |one, wanted| {
            one.record.entry.state.as_str() == wanted
        })
        .filter(
            "kind",
            "parliament-kind",
            words(&visit, "parliament-kind", ParliamentKind::ALL),
            |one, wanted| one.record.entry.kind.code() == wanted,
        )
        .filter("only", "report-status", waiting, |one, _| one.record.entry.waits());
    if keeps {
        let e = visit.clone();
        list = list.acts("report-next", move |one| {
            if Some(one.record.tenant) != own {
                return Content::default();
            }
            link(&e, &format!("/parliaments/{}/edit", one.record.id), e.text("governance-edit"))
        });
    }
    let new = keeps.then_some(("parliament-new", "/parliaments/new"));
    listed(&visit, list, ("parliaments-title", "parliaments-intro"), new)
}

fn form_page(visit: &Visit, path: &str, t: &Typed, problems: &Problems) -> Response {
    let own = visit.acting().subject.state.clone();
    let mut states = state_options(visit);
    if let Some(own) = &own {
        states.retain(|(code, _)| code == own);
    }
    let state = if t.text("state").is_empty() {
        own.unwrap_or_default()
    } else {
        t.text("state").to_owned()
    };
    let kinds = words(visit, "parliament-kind", ParliamentKind::ALL);
    FormPage::new(visit, path, problems)
        .hidden("revision", t.text("revision"))
        .select("state", "report-state", states, &state)
        .select("kind", "parliament-kind", kinds, t.text("kind"))
        .text("on", "parliament-on", "report-day-hint", t.text("on"))
        .text("by", "parliament-by", "parliament-by-hint", t.text("by"))
        .text("subject", "parliament-subject", "", t.text("subject"))
        .lines("text", "parliament-text", "", t.text("text"))
        .lines("answer", "parliament-answer", "", t.text("answer"))
        .text("answered", "parliament-answered", "report-day-hint", t.text("answered"))
        .text(
            "recommendation",
            "parliament-recommendation",
            "parliament-recommendation-hint",
            t.text("recommendation"),
        )
        .hinted("parliament-instrument-hint")
        .select("instrument", "parliament-instrument", instruments(visit), t.text("instrument"))
        .text("next", "parliament-next", "", t.text("next"))
        .text("next_on", "parliament-next-on", "report-day-hint", t.text("next_on"))
        .text("link", "governance-link", "governance-link-hint", t.text("link"))
        .button("form-save")
        .page(
            if t.text("revision").is_empty() { "parliament-new" } else { "parliament-edit" },
            "/parliaments",
        )
}

async fn ask(visit: Visit) -> Response {
    form_page(&visit, "/parliaments/new", &Typed::default(), &Problems::default())
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ParliamentEntryId = parse_id(&id)?;
    let typed = governance::parliament_entry(&visit.acting(), id).await?;
    Ok(form_page(&visit, &format!("/parliaments/{id}/edit"), &typed, &Problems::default()))
}

async fn keep(sent: Sent, id: Option<ParliamentEntryId>, path: &str) -> Answer {
    let Sent { visit, form } = sent;
    let typed = typed(&form);
    match governance::keep_parliament_entry(&visit.acting_once(&form), id, &typed).await {
        Ok(_) => Ok(done(&visit, "/parliaments", "saved")),
        Err(Refused::Invalid(problems)) => Ok(form_page(&visit, path, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn make(sent: Sent) -> Answer {
    keep(sent, None, "/parliaments/new").await
}

async fn save(Path(id): Path<String>, sent: Sent) -> Answer {
    let id: ParliamentEntryId = parse_id(&id)?;
    keep(sent, Some(id), &format!("/parliaments/{id}/edit")).await
}
