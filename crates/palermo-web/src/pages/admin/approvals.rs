//! What takes two people: questions that wait for a second one.

use super::super::Answer;
use crate::{
    components::{Content, Tag},
    shell::{
        forms::{done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use palermo_app::{
    access::Action,
    desk::parse_id,
    domain::two_person::ApprovalState,
    two_person::{self, Question},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/work/approvals", Action::ReadWork, show)
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
        .acts("approval-decide", move |one: &Question| Content::Html(buttons(&c, one)))
        .filter("state", "approval-state", states, |one, wanted| one.state.code() == wanted);
    let answer = list.answer(|table| {
        let why = visit.text("approvals-why");
        let html = format!("<p class=\"govuk-body\">{why}</p>{table}");
        visit.page(&visit.text("approvals-title")).back("/work").html(&html)
    })?;
    Ok(answer)
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
