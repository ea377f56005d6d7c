//! What children and young people said about prevention and policy, and what
//! became of it. Nobody's name has a field here.

use super::Answer;
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
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
    domain::{
        id::YouthInputId,
        register::day::Day,
        youth_input::{Ages, Forum, Group, Theme, YouthInput},
    },
    youth_input::{self, YouthForm},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/youth-input", Action::ReadYouthInput, list)
        .page("/youth-input/new", Action::RecordYouthInput, ask_new)
        .form("/youth-input/new", Action::RecordYouthInput, enter)
        .page("/youth-input/{id}", Action::ReadYouthInput, show)
        .page("/youth-input/{id}/edit", Action::RecordYouthInput, ask_change)
        .form("/youth-input/{id}/edit", Action::RecordYouthInput, change)
}

fn options(
    visit: &Visit,
    family: &str,
    codes: impl IntoIterator<Item = &'static str>,
) -> Vec<(String, String)> {
    let word = |code: &str| visit.text(&format!("{family}-{code}"));
    codes.into_iter().map(|code| (code.to_owned(), word(code))).collect()
}

fn themes(visit: &Visit, one: &YouthInput) -> String {
    let words = one.themes.iter().map(|theme| visit.text(&format!("youth-theme-{}", theme.code())));
    words.collect::<Vec<_>>().join(", ")
}

/// Answered on a day, owed, or late.
fn answer(visit: &Visit, one: &YouthInput, today: Day) -> Content {
    match one.answered {
        Some(day) => Content::from(visit.date(day.date())),
        None if one.is_late(today) => Tag::coloured(visit.text("youth-late"), "red").into(),
        None => Tag::coloured(visit.text("youth-owed"), "yellow").into(),
    }
}

fn records(visit: &Visit) -> bool {
    visit
        .signed
        .as_ref()
        .is_some_and(|signed| visit.may(Action::RecordYouthInput, &Resource::of(signed.tenant.id)))
}

async fn list(visit: Visit) -> Answer {
    let rows = youth_input::list(&visit.acting()).await?;
    let today: Day = visit.acting().now().date().into();
    let v = || visit.clone();
    let (a, b, c, d, e, f) = (v(), v(), v(), v(), v(), v());
    let list = List::new(&visit, "youth-input", &visit.text("youth-title"), rows)
        .column(
            "on",
            "youth-on",
            |row| row.record.entry.on.to_string(),
            move |row| a.date(row.record.entry.on.date()).into(),
        )
        .column(
            "meeting",
            "youth-meeting",
            |row| row.record.entry.meeting.clone(),
            move |row| {
                let path = b.link(&format!("/youth-input/{}", row.record.id));
                let words = Content::from(&row.record.entry.meeting);
                Content::Html(format!(
                    "<a class=\"govuk-link\" href=\"{path}\"><bdi>{words}</bdi></a>"
                ))
            },
        )
        .text("state", "field-state", move |row| {
            row.record.entry.state.map(|state| c.state(state.as_str())).unwrap_or_default()
        })
        .text("themes", "youth-themes", move |row| themes(&d, &row.record.entry))
        .text("said", "youth-said", |row| row.record.entry.said.clone())
        .column(
            "answered",
            "youth-answered",
            |row| row.record.entry.answered.map(|day| day.to_string()).unwrap_or_default(),
            move |row| answer(&e, &row.record.entry, today),
        )
        .filter("state", "field-state", super::directory::state_options(&visit), |row, wanted| {
            row.record.entry.state.is_some_and(|state| state.as_str() == wanted)
        })
        .filter(
            "theme",
            "youth-themes",
            options(&visit, "youth-theme", Theme::ALL.iter().map(|one| one.code())),
            |row, wanted| row.record.entry.themes.iter().any(|theme| theme.code() == wanted),
        )
        .filter(
            "open",
            "youth-answered",
            vec![("yes".to_owned(), visit.text("youth-owed"))],
            |row, _| row.record.entry.answered.is_none(),
        );
    let new = if records(&visit) {
        Button::link(visit.text("youth-new"), visit.link("/youth-input/new")).to_string()
    } else {
        String::new()
    };
    let lead = Content::from(visit.text("youth-lead"));
    let answer = list.answer(|table| {
        let html = format!("<p class=\"govuk-body\">{lead}</p>{new}{table}");
        f.page(&f.text("youth-title")).back("/directory").html(&html)
    })?;
    Ok(answer)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: YouthInputId = parse_id(&id)?;
    let found = youth_input::show(&visit.acting(), id).await?;
    let one = &found.record.entry;
    let today: Day = visit.acting().now().date().into();
    let bdi = |text: &str| {
        let lines = Content::from(text).to_string().replace('\n', "<br>");
        Content::Html(format!("<bdi>{lines}</bdi>"))
    };
    let mut rows = SummaryList::new()
        .row(visit.text("youth-forum"), visit.text(&format!("youth-forum-{}", one.forum.code())))
        .row(visit.text("youth-on"), visit.date(one.on.date()));
    if let Some(state) = one.state {
        rows = rows.row(visit.text("field-state"), visit.state(state.as_str()));
    }
    if !one.themes.is_empty() {
        rows = rows.row(visit.text("youth-themes"), themes(&visit, one));
    }
    if let Some(ages) = one.ages {
        rows =
            rows.row(visit.text("youth-ages"), visit.text(&format!("youth-ages-{}", ages.code())));
    }
    if let Some(group) = one.group {
        let words = visit.text(&format!("youth-group-{}", group.code()));
        rows = rows.row(visit.text("youth-group"), words);
    }
    rows = rows.row(visit.text("youth-said"), bdi(&one.said));
    if !one.answer.is_empty() {
        rows = rows.row(visit.text("youth-answer"), bdi(&one.answer));
    }
    rows = rows.row(visit.text("youth-answered"), answer(&visit, one, today));
    let mut html = rows.to_string();
    let keeper =
        visit.signed.as_ref().is_some_and(|signed| signed.tenant.id == found.record.tenant);
    if keeper && records(&visit) {
        let path = visit.link(&format!("/youth-input/{id}/edit"));
        let _ = write!(html, "{}", Button::link(visit.text("youth-edit"), path).secondary());
    }
    Ok(visit.page(&one.meeting).back("/youth-input").html(&html))
}

fn page(
    visit: &Visit,
    action: &str,
    title: &str,
    typed: &YouthForm,
    revision: &str,
    problems: &Problems,
) -> Response {
    FormPage::new(visit, action, problems)
        .part(InsetText::new(visit.text("youth-no-names")))
        .hidden("revision", revision)
        .select(
            "forum",
            "youth-forum",
            options(visit, "youth-forum", Forum::ALL.iter().map(|one| one.code())),
            &typed.forum,
        )
        .text("meeting", "youth-meeting", "", &typed.meeting)
        .hinted("youth-state-hint")
        .select("state", "field-state", super::directory::state_options(visit), &typed.state)
        .date("on", "youth-on", &typed.on)
        .checkboxes(
            "themes",
            "youth-themes",
            options(visit, "youth-theme", Theme::ALL.iter().map(|one| one.code())),
            &typed.themes,
        )
        .lines("said", "youth-said", "youth-said-hint", &typed.said)
        .select(
            "ages",
            "youth-ages",
            options(visit, "youth-ages", Ages::ALL.iter().map(|one| one.code())),
            &typed.ages,
        )
        .hinted("youth-group-hint")
        .select(
            "group",
            "youth-group",
            options(visit, "youth-group", Group::ALL.iter().map(|one| one.code())),
            &typed.group,
        )
        .lines("answer", "youth-answer", "youth-answer-hint", &typed.answer)
        .date("answered", "youth-answered", &typed.answered)
        .button("form-save")
        .page(title, "/youth-input")
}

fn typed(form: &Form) -> YouthForm {
    let text = |name: &str| form.text(name).to_owned();
    YouthForm {
        forum: text("forum"),
        meeting: text("meeting"),
        state: text("state"),
        on: form.boxes("on"),
        themes: form.list("themes").to_vec(),
        said: text("said"),
        ages: text("ages"),
        group: text("group"),
        answer: text("answer"),
        answered: form.boxes("answered"),
    }
}

async fn ask_new(visit: Visit) -> Answer {
    if !records(&visit) {
        return Err(Failure(Refused::NotFound));
    }
    let state = visit.signed()?.tenant.state.clone().unwrap_or_default();
    let typed = YouthForm { state, ..YouthForm::default() };
    Ok(page(&visit, "/youth-input/new", "youth-new", &typed, "", &Problems::default()))
}

async fn enter(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    match youth_input::keep(&visit.acting_once(&form), None, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/youth-input/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(page(&visit, "/youth-input/new", "youth-new", &typed, "", &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_change(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: YouthInputId = parse_id(&id)?;
    let found = youth_input::show(&visit.acting(), id).await?;
    if !records(&visit) || visit.signed()?.tenant.id != found.record.tenant {
        return Err(Failure(Refused::NotFound));
    }
    let typed = YouthForm::of(&found.record.entry);
    let revision = found.revision.0.to_string();
    let action = format!("/youth-input/{id}/edit");
    Ok(page(&visit, &action, "youth-edit", &typed, &revision, &Problems::default()))
}

async fn change(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: YouthInputId = parse_id(&id)?;
    let typed = typed(&form);
    let seen = parse_revision(form.text("revision"))?;
    match youth_input::keep(&visit.acting_once(&form), Some((id, seen)), &typed).await {
        Ok(_) => Ok(done(&visit, &format!("/youth-input/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/youth-input/{id}/edit");
            Ok(page(&visit, &action, "youth-edit", &typed, form.text("revision"), &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
