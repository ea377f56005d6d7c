//! What takes two people: questions that wait for a second one.

use super::super::Answer;
use crate::{
    components::{Button, Content, SummaryList, Tag, WarningText},
    shell::{
        forms::{done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    access::Action,
    case::second,
    desk::parse_id,
    domain::two_person::ApprovalState,
    two_person::{self, Question},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/work/approvals", Action::ReadWork, show)
        .page("/work/approvals/{id}", Action::ReadWork, read)
        .form("/work/approvals/agree", Action::FinishTask, agree)
        .form("/work/approvals/refuse", Action::FinishTask, refuse)
}

fn state_tag(visit: &Visit, state: ApprovalState) -> Tag {
    let colour = match state {
        ApprovalState::Asked => "yellow",
        ApprovalState::Agreed => "green",
        ApprovalState::Refused => "red",
        ApprovalState::Used | ApprovalState::Lapsed => "grey",
    };
    Tag::coloured(visit.text(&format!("approval-{}", state.code())), colour)
}

/// What is asked for, in words.
fn what(visit: &Visit, one: &Question) -> String {
    let action = one.approval.record.action.replace('.', "-");
    let action = visit.text(&format!("approval-action-{action}"));
    match one.ground {
        Some(ground) => {
            let ends = one.approval.record.action == Action::EndChildRights.code();
            let family = if ends { "case-age-ground" } else { "case-erase-ground" };
            format!("{action}. {}", visit.text(&format!("{family}-{ground}")))
        }
        None => action,
    }
}

async fn show(visit: Visit) -> Answer {
    let all = two_person::list(&visit.acting()).await?;
    let states = [
        ApprovalState::Asked,
        ApprovalState::Agreed,
        ApprovalState::Refused,
        ApprovalState::Used,
        ApprovalState::Lapsed,
    ]
    .map(|one| (one.code().to_owned(), visit.text(&format!("approval-{}", one.code()))))
    .to_vec();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let (e, f) = (visit.clone(), visit.clone());
    let list = List::new(&visit, "approvals", &visit.text("approvals-title"), all)
        .column(
            "asked",
            "approval-when",
            |one: &Question| one.approval.record.recorded_at.to_string(),
            move |one: &Question| a.moment(one.approval.record.recorded_at).into(),
        )
        .column(
            "action",
            "approval-what",
            move |one: &Question| what(&e, one),
            move |one: &Question| what(&d, one).into(),
        )
        .text("about", "approval-about", |one: &Question| one.about.clone())
        .text("by", "approval-by", |one: &Question| one.asked_by.clone())
        .text("decided", "approval-decided", |one: &Question| one.decided_by.clone())
        .column(
            "state",
            "approval-state",
            move |one: &Question| f.text(&format!("approval-{}", one.state.code())),
            move |one: &Question| state_tag(&b, one.state).into(),
        )
        .acts("approval-decide", move |one: &Question| Content::Html(decide(&c, one)))
        .filter("state", "approval-state", states, |one, wanted| one.state.code() == wanted);
    let answer = list.answer(|table| {
        let why = visit.text("approvals-why");
        let html = format!("<p class=\"govuk-body\">{why}</p>{table}");
        visit.page(&visit.text("approvals-title")).back("/work").html(&html)
    })?;
    Ok(answer)
}

/// The way to what is agreed to, and the two answers.
fn decide(visit: &Visit, one: &Question) -> String {
    let record = &one.approval.record;
    if !second::is_read_first(&record.action) {
        return buttons(visit, one);
    }
    let href = visit.link(&format!("/work/approvals/{}", record.id));
    let read = Button::link(visit.text("approval-read"), href).secondary().small();
    format!("{read}{}", buttons(visit, one))
}

/// What is agreed to, in full, before someone agrees.
async fn read(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = second::contents(&visit.acting(), visit.signed()?, parse_id(&id)?).await?;
    let one = &found.question;
    let mut html = SummaryList::new()
        .row(visit.text("approval-what"), what(&visit, one))
        .row(visit.text("approval-about"), one.about.as_str())
        .row(visit.text("approval-by"), one.asked_by.as_str())
        .row(visit.text("approval-state"), Content::Html(state_tag(&visit, one.state).to_string()))
        .to_string();
    if found.parts.is_empty() {
        let closed = if found.case.is_some() { "approval-closed" } else { "approval-not-mine" };
        let _ = write!(html, "{}", WarningText::new(visit.text(closed), &visit.words()));
    }
    let parts = found.parts.iter().flat_map(|part| part.lines());
    let lines = parts.map(|line| format!("<p class=\"govuk-body\">{}</p>", Content::from(line)));
    let lines = lines.collect::<String>();
    if !lines.is_empty() {
        let _ = write!(html, "<div class=\"govuk-inset-text\" dir=\"auto\">{lines}</div>");
    }
    if let Some(case) = found.case {
        let href = visit.link(&format!("/cases/{case}"));
        let link = Button::link(visit.text("approval-case"), href).secondary();
        let _ = write!(html, "{link}");
    }
    html.push_str(&buttons(&visit, one));
    Ok(visit.page(&visit.text("approval-read")).back("/work/approvals").html(&html))
}

fn buttons(visit: &Visit, one: &Question) -> String {
    if !one.mine_to_decide {
        return String::new();
    }
    let id = one.approval.record.id.to_string();
    let fields = [("id", id.as_str())];
    format!(
        "{}{}",
        one_button(visit, "/work/approvals/agree", "approval-agree", &fields, false),
        one_button(visit, "/work/approvals/refuse", "approval-refuse", &fields, true)
    )
}

async fn agree(Sent { visit, form }: Sent) -> Answer {
    two_person::decide(&visit.acting_once(&form), parse_id(form.text("id"))?, true).await?;
    Ok(done(&visit, "/work/approvals", "approval-agreed"))
}

async fn refuse(Sent { visit, form }: Sent) -> Answer {
    two_person::decide(&visit.acting_once(&form), parse_id(form.text("id"))?, false).await?;
    Ok(done(&visit, "/work/approvals", "approval-refused"))
}
