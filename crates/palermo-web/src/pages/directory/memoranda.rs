//! Memoranda of States with organisations: the list, one, entering and
//! changing them.

use super::{link, state_options, today};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
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
    access::{Action, Resource},
    desk::{parse_id, parse_revision},
    directory,
    domain::{id::MemorandumId, memorandum::Memorandum, register::day::Day},
    memorandum::{self, MemorandumForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/memoranda", Action::ReadDirectory, list)
        .page("/memoranda/new", Action::EditDirectory, ask_new)
        .form("/memoranda/new", Action::EditDirectory, enter)
        .page("/memoranda/{id}", Action::ReadDirectory, show)
        .page("/memoranda/{id}/edit", Action::EditDirectory, ask_change)
        .form("/memoranda/{id}/edit", Action::EditDirectory, change)
}

/// The last day, marked when it is near or past.
fn until(visit: &Visit, one: &Memorandum, today: Day) -> Content {
    let Some(day) = one.until else { return visit.text("memorandum-endless").into() };
    let words = Content::from(visit.date(day.date()));
    let tag = match (day < today, one.ends_soon(today)) {
        (true, _) => Tag::coloured(visit.text("memorandum-ended"), "red").to_string(),
        (false, true) => Tag::coloured(visit.text("memorandum-ends"), "orange").to_string(),
        (false, false) => String::new(),
    };
    Content::Html(format!("{words} {tag}"))
}

async fn list(visit: Visit) -> Answer {
    let rows = memorandum::list(&visit.acting()).await?;
    let day = today(&visit);
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let soon = vec![("soon".to_owned(), visit.text("memorandum-ends"))];
    let list = List::new(&visit, "memoranda", &visit.text("memoranda-title"), rows)
        .column(
            "title",
            "memorandum-title",
            |row| row.record.entry.title.clone(),
            move |row| link(&d, &format!("/memoranda/{}", row.record.id), &row.record.entry.title),
        )
        .text("state", "field-state", move |row| a.state(row.record.entry.state.as_str()))
        .text("parties", "memorandum-parties", |row| row.record.entry.parties.join(", "))
        .text("signed", "memorandum-signed", |row| row.record.entry.signed.to_string())
        .column(
            "until",
            "contact-until",
            |row| row.record.entry.until.map(|day| day.to_string()).unwrap_or_default(),
            move |row| until(&b, &row.record.entry, day),
        )
        .filter("state", "field-state", state_options(&visit), |row, wanted| {
            row.record.entry.state.as_str() == wanted
        })
        .filter("ends", "contact-until", soon, move |row, _| row.record.entry.ends_soon(day));
    let new = if edits(&visit) {
        Button::link(visit.text("memorandum-new"), visit.link("/memoranda/new")).to_string()
    } else {
        String::new()
    };
    let lead = Content::from(visit.text("memoranda-lead"));
    let answer = list.answer(|table| {
        let html = format!("<p class=\"govuk-body\">{lead}</p>{new}{table}");
        c.page(&c.text("memoranda-title")).back("/directory").html(&html)
    })?;
    Ok(answer)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: MemorandumId = parse_id(&id)?;
    let found = memorandum::show(&visit.acting(), id).await?;
    let one = &found.record.entry;
    let bdi = |text: &str| {
        let lines = Content::from(text).to_string().replace('\n', "<br>");
        Content::Html(format!("<bdi>{lines}</bdi>"))
    };
    let mut rows = SummaryList::new()
        .row(visit.text("field-state"), visit.state(one.state.as_str()))
        .row(visit.text("memorandum-parties"), bdi(&one.parties.join("\n")));
    for (title, text) in [("memorandum-subject", &one.subject), ("memorandum-roles", &one.roles)] {
        if !text.is_empty() {
            rows = rows.row(visit.text(title), bdi(text));
        }
    }
    rows = rows
        .row(visit.text("memorandum-signed"), visit.date(one.signed.date()))
        .row(visit.text("contact-until"), until(&visit, one, today(&visit)));
    let mut html = rows.to_string();
    let keeper =
        visit.signed.as_ref().is_some_and(|signed| signed.tenant.id == found.record.tenant);
    if keeper && directory::may_edit(&visit.acting(), one.state.as_str()) {
        let own = memorandum::desks_to_remind(&visit.acting()).await?;
        let desk = own.into_iter().find(|(desk, _)| Some(*desk) == one.desk);
        let whom = match desk {
            Some((_, name)) => visit.format("memorandum-reminds", &[("desk", name.into())]),
            None => visit.text("memorandum-reminds-first"),
        };
        let edit = Button::link(
            visit.text("memorandum-edit"),
            visit.link(&format!("/memoranda/{id}/edit")),
        );
        html.push_str(&format!("{}{}", InsetText::new(whom), edit.secondary()));
    }
    Ok(visit.page(&one.title).back("/memoranda").html(&html))
}

/// Whether this person may enter memoranda.
fn edits(visit: &Visit) -> bool {
    visit.signed.as_ref().is_some_and(|signed| {
        let own = Resource::of(signed.tenant.id).in_state(signed.tenant.state.as_deref());
        visit.may(Action::EditDirectory, &own)
    })
}

async fn page(
    visit: &Visit,
    action: &str,
    title: &str,
    typed: &MemorandumForm,
    revision: &str,
    problems: &Problems,
) -> Result<Response, Failure> {
    let own = memorandum::desks_to_remind(&visit.acting()).await?;
    let desks = own.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    Ok(FormPage::new(visit, action, problems)
        .hidden("revision", revision)
        .text("title", "memorandum-title", "", &typed.title)
        .text("subject", "memorandum-subject", "", &typed.subject)
        .select("state", "field-state", state_options(visit), &typed.state)
        .lines("parties", "memorandum-parties", "memorandum-parties-hint", &typed.parties)
        .lines("roles", "memorandum-roles", "", &typed.roles)
        .date("signed", "memorandum-signed", &typed.signed)
        .hinted("memorandum-until-hint")
        .date("until", "contact-until", &typed.until)
        .hinted("memorandum-desk-hint")
        .select("desk", "memorandum-desk", desks, &typed.desk)
        .button("form-save")
        .page(title, "/memoranda"))
}

fn typed(form: &Form) -> MemorandumForm {
    let text = |name: &str| form.text(name).to_owned();
    MemorandumForm {
        title: text("title"),
        subject: text("subject"),
        state: text("state"),
        parties: text("parties"),
        roles: text("roles"),
        signed: form.boxes("signed"),
        until: form.boxes("until"),
        desk: text("desk"),
    }
}

async fn ask_new(visit: Visit) -> Answer {
    if !edits(&visit) {
        return Err(Failure(Refused::NotFound));
    }
    let state = visit.signed()?.tenant.state.clone().unwrap_or_default();
    let typed = MemorandumForm { state, ..MemorandumForm::default() };
    page(&visit, "/memoranda/new", "memorandum-new", &typed, "", &Problems::default()).await
}

async fn enter(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    match memorandum::enter(&visit.acting_once(&form), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/memoranda/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            page(&visit, "/memoranda/new", "memorandum-new", &typed, "", &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_change(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: MemorandumId = parse_id(&id)?;
    let found = memorandum::show(&visit.acting(), id).await?;
    let keeper = visit.signed()?.tenant.id == found.record.tenant;
    if !keeper || !directory::may_edit(&visit.acting(), found.record.entry.state.as_str()) {
        return Err(Failure(Refused::NotFound));
    }
    let typed = MemorandumForm::of(&found.record.entry);
    let revision = found.revision.0.to_string();
    let action = format!("/memoranda/{id}/edit");
    page(&visit, &action, "memorandum-edit", &typed, &revision, &Problems::default()).await
}

async fn change(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: MemorandumId = parse_id(&id)?;
    let typed = typed(&form);
    let seen = parse_revision(form.text("revision"))?;
    match memorandum::change(&visit.acting_once(&form), id, &typed, seen).await {
        Ok(()) => Ok(done(&visit, &format!("/memoranda/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/memoranda/{id}/edit");
            page(&visit, &action, "memorandum-edit", &typed, form.text("revision"), &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}
