//! Minimum standards for services: the list with how many services are assessed under
//! each, one, entering and changing them (R082).

use super::{bodies::edits, link, options, state_options, today, word};
use crate::{
    components::{Button, Content, SummaryList, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::{parse_id, parse_revision},
    domain::{
        id::ServiceStandardId,
        register::day::Day,
        service::{Need, Outcome, Service, standard::Standard},
    },
    service::{self, CountedStandard, StandardForm},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/service-standards", Action::PublicRead, list)
        .page("/service-standards/new", Action::EditDirectory, ask_new)
        .form("/service-standards/new", Action::EditDirectory, enter)
        .page("/service-standards/{id}", Action::PublicRead, show)
        .page("/service-standards/{id}/edit", Action::EditDirectory, ask_change)
        .form("/service-standards/{id}/edit", Action::EditDirectory, change)
}

fn state_said(visit: &Visit, one: &Standard) -> String {
    match one.state {
        Some(state) => visit.state(state.as_str()),
        None => visit.text("standard-whole-region"),
    }
}

fn needs_said(visit: &Visit, one: &Standard) -> String {
    if one.needs.is_empty() {
        return visit.text("standard-all-needs");
    }
    let words = one.needs.iter().map(|need| word(visit, "need", need.code()));
    words.collect::<Vec<_>>().join(", ")
}

async fn list(visit: Visit) -> Answer {
    let rows = service::counted_standards(&visit.acting()).await?;
    let v = || visit.clone();
    let (a, b, c) = (v(), v(), v());
    let list = List::new(&visit, "standards", &visit.text("standards-title"), rows)
        .column(
            "name",
            "standard-name",
            |row| row.kept.record.entry.name.clone(),
            move |CountedStandard { kept, .. }| {
                let path = format!("/service-standards/{}", kept.record.id);
                link(&a, &path, &kept.record.entry.name)
            },
        )
        .text("by", "standard-by", |row| row.kept.record.entry.by.clone())
        .text("state", "field-state", move |row| state_said(&b, &row.kept.record.entry))
        .text("needs", "service-need", move |row| needs_said(&c, &row.kept.record.entry))
        .count("bound", "standard-bound", |row| Some(row.bound))
        .count("met", "standard-met", |row| Some(row.met))
        .filter("state", "field-state", state_options(&visit), |row, wanted| {
            row.kept.record.entry.state.is_none_or(|state| state.as_str() == wanted)
        })
        .filter(
            "need",
            "service-need",
            options(&visit, "need", Need::ALL.iter().map(|need| need.code())),
            |row, wanted| {
                let needs = &row.kept.record.entry.needs;
                needs.is_empty() || needs.iter().any(|need| need.code() == wanted)
            },
        );
    let new = if edits(&visit) {
        let path = visit.link("/service-standards/new");
        Button::link(visit.text("standard-new"), path).to_string()
    } else {
        String::new()
    };
    let lead = Content::from(visit.text("standards-lead"));
    let answer = list.when_empty(visit.text("standards-none")).answer(|table| {
        let html = format!("<p class=\"govuk-body\">{lead}</p>{new}{table}");
        visit.page(&visit.text("standards-title")).back("/directory").html(&html)
    })?;
    Ok(answer)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ServiceStandardId = parse_id(&id)?;
    let acting = visit.acting();
    let found = service::show_standard(&acting, id).await?;
    let one = &found.record.entry;
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    let mut rows = SummaryList::new();
    if !one.by.is_empty() {
        rows = rows.row(visit.text("standard-by"), bdi(&one.by));
    }
    rows = rows
        .row(visit.text("field-state"), state_said(&visit, one))
        .row(visit.text("service-need"), needs_said(&visit, one));
    if one.since.is_some() || one.until.is_some() {
        rows = rows.row(visit.text("contact-period"), period(&visit, one));
    }
    if !one.source.is_empty() {
        rows = rows.row(visit.text("register-source"), bdi(&one.source));
    }
    let points: String = one
        .points
        .iter()
        .map(|point| format!("<li><bdi>{}</bdi></li>", Content::from(point)))
        .collect();
    let title = Content::from(visit.text("standard-points"));
    let mut html = format!(
        "{rows}<h2 class=\"govuk-heading-m\">{title}</h2>\
         <ul class=\"govuk-list govuk-list--number\">{points}</ul>"
    );
    if service::may_edit_standard(&acting, &found) {
        let path = visit.link(&format!("/service-standards/{id}/edit"));
        let _ = write!(html, "{}", Button::link(visit.text("standard-edit"), path).secondary());
    }
    Ok(visit.page(&one.name).back("/service-standards").html(&html))
}

fn period(visit: &Visit, one: &Standard) -> String {
    let date = |day: Option<Day>| day.map(|day| visit.date(day.date())).unwrap_or_default();
    format!("{} – {}", date(one.since), date(one.until))
}

/// The standards that bind a service, each with how it stands to it: for staff.
pub(super) async fn bearing(visit: &Visit, one: &Service) -> Result<String, Refused> {
    let acting = visit.acting();
    let day = today(visit);
    let mut rows = SummaryList::new();
    let mut any = false;
    for kept in service::list_standards(&acting).await? {
        let standard = &kept.record.entry;
        if !standard.applies(one, day) {
            continue;
        }
        any = true;
        let made = service::assessed_under(&acting, standard, one);
        let said = match made {
            None => Tag::coloured(visit.text("standard-not-assessed"), "yellow").to_string(),
            Some(made) => {
                let colour = if made.outcome == Outcome::Met { "green" } else { "red" };
                let tag = Tag::coloured(word(visit, "assessed", made.outcome.code()), colour);
                let until = made.until.map(|until| {
                    let values = [("day", visit.date(until.date()).into())];
                    visit.format("service-assessed-until", &values)
                });
                format!("{tag} {}", Content::from(until.unwrap_or_default()))
            }
        };
        let path = format!("/service-standards/{}", kept.record.id);
        rows = rows.row(link(visit, &path, &standard.name), Content::Html(said));
    }
    if !any {
        return Ok(String::new());
    }
    let title = Content::from(visit.text("standards-title"));
    Ok(format!("<h2 class=\"govuk-heading-m\">{title}</h2>{rows}"))
}

/// The names of the standards that hold today, to write in an assessment.
pub(super) async fn named(visit: &Visit) -> Result<String, Refused> {
    let day = today(visit);
    let all = service::list_standards(&visit.acting()).await?;
    let holding = all.into_iter().map(|kept| kept.record.entry).filter(|one| one.holds(day));
    let names: Vec<String> = holding.map(|one| one.name).collect();
    if names.is_empty() {
        return Ok(String::new());
    }
    let title = Content::from(visit.text("standards-title"));
    let names = Content::from(names.join(" · "));
    Ok(format!("<p class=\"govuk-body-s\">{title}: <bdi>{names}</bdi></p>"))
}

fn page(
    visit: &Visit,
    action: &str,
    title: &str,
    typed: &StandardForm,
    revision: &str,
    problems: &Problems,
) -> Response {
    let needs = options(visit, "need", Need::ALL.iter().map(|need| need.code()));
    FormPage::new(visit, action, problems)
        .hidden("revision", revision)
        .text("name", "standard-name", "standard-name-hint", &typed.name)
        .text("by", "standard-by", "", &typed.by)
        .hinted("standard-state-hint")
        .select("state", "field-state", state_options(visit), &typed.state)
        .checkboxes("needs", "standard-needs", needs, &typed.needs)
        .lines("points", "standard-points", "standard-points-hint", &typed.points)
        .date("since", "contact-from", &typed.since)
        .date("until", "contact-until", &typed.until)
        .text("source", "register-source", "", &typed.source)
        .button("form-save")
        .page(title, "/service-standards")
}

fn typed(form: &Form) -> StandardForm {
    let text = |name: &str| form.text(name).to_owned();
    StandardForm {
        name: text("name"),
        by: text("by"),
        state: text("state"),
        needs: form.list("needs").to_vec(),
        points: text("points"),
        since: form.boxes("since"),
        until: form.boxes("until"),
        source: text("source"),
    }
}

async fn ask_new(visit: Visit) -> Answer {
    if !edits(&visit) {
        return Err(Failure(Refused::NotFound));
    }
    let state = visit.signed()?.tenant.state.clone().unwrap_or_default();
    let typed = StandardForm { state, ..StandardForm::default() };
    let none = Problems::default();
    Ok(page(&visit, "/service-standards/new", "standard-new", &typed, "", &none))
}

async fn enter(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    match service::enter_standard(&visit.acting_once(&form), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/service-standards/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(page(&visit, "/service-standards/new", "standard-new", &typed, "", &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_change(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ServiceStandardId = parse_id(&id)?;
    let acting = visit.acting();
    let found = service::show_standard(&acting, id).await?;
    if !service::may_edit_standard(&acting, &found) {
        return Err(Failure(Refused::NotFound));
    }
    let typed = StandardForm::of(&found.record.entry);
    let (action, seen) = (format!("/service-standards/{id}/edit"), found.revision.0.to_string());
    Ok(page(&visit, &action, "standard-edit", &typed, &seen, &Problems::default()))
}

async fn change(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ServiceStandardId = parse_id(&id)?;
    let typed = typed(&form);
    let seen = parse_revision(form.text("revision"))?;
    match service::change_standard(&visit.acting_once(&form), id, &typed, seen).await {
        Ok(()) => Ok(done(&visit, &format!("/service-standards/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/service-standards/{id}/edit");
            let revision = form.text("revision");
            Ok(page(&visit, &action, "standard-edit", &typed, revision, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
