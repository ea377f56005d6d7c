//! Referrals at the contact point they were sent to: the list, one referral,
//! and answering before the clock runs out.

use super::{
    Answer,
    referral_words::{ask, asking, said_between},
    referrals::{shown, state_tag},
    words_of,
};
use crate::{
    components::{Button, Content, Empty, InsetText, SummaryList},
    shell::{
        forms::{FormPage, done},
        listing::List,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    case::{Opened, incoming},
    desk::parse_id,
    domain::{
        case::referral::{Decline, Side, Step},
        id::ReferralId,
    },
    keys,
};
use std::fmt::Write as _;

/// The referrals a case was opened from, on its page: who sent them, and the way
/// to them for those at their contact point.
pub(super) async fn of_case(visit: &Visit, opened: &Opened) -> Result<String, Refused> {
    let acting = visit.acting();
    let mut list = SummaryList::new();
    let found = incoming::of_case(&acting, opened).await?;
    for one in &found {
        let record = &one.referral.record;
        let what = Content::from(visit.text(&format!("case-service-{}", record.service)));
        let mut body =
            format!("<p class=\"govuk-body\">{} {what}</p>", state_tag(visit, record.state));
        if incoming::may_receive(&acting, record) {
            let href = visit.link(&format!("/referrals/{}", record.id));
            let word = Content::from(visit.text("case-referral-open"));
            let _ = write!(
                body,
                "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{href}\">{word}</a></p>"
            );
        }
        let from = format!(
            "{}: <bdi>{}</bdi>",
            Content::from(visit.text("case-referral-from")),
            Content::from(&one.sender)
        );
        list = list.row(Content::Html(from), Content::Html(body));
    }
    Ok(if found.is_empty() { String::new() } else { list.to_string() })
}

pub(super) async fn list(visit: Visit) -> Answer {
    let arrived = incoming::list(&visit.acting()).await?;
    let taken_back = super::withdrawals::at_my_desks(&visit).await?;
    let empty = arrived.is_empty();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "referrals", &visit.text("nav-referrals"), arrived)
        .column(
            "service",
            "case-service",
            |one| one.referral.record.service.clone(),
            move |one| {
                let record = &one.referral.record;
                let href = a.link(&format!("/referrals/{}", record.id));
                let what = Content::from(a.text(&format!("case-service-{}", record.service)));
                Content::Html(format!("<a class=\"govuk-link\" href=\"{href}\">{what}</a>"))
            },
        )
        .text("ask", "case-ask", move |one| {
            b.text(&format!("case-ask-{}", one.referral.record.ask.code()))
        })
        .text("sender", "case-referral-from", |one| one.sender.clone())
        .column(
            "state",
            "case-referral-state",
            |one| one.referral.record.state.code().to_owned(),
            move |one| state_tag(&c, one.referral.record.state).into(),
        )
        .column(
            "by",
            "case-referral-by",
            |one| one.referral.record.answer_by().to_string(),
            move |one| d.moment(one.referral.record.answer_by()).into(),
        );
    let answer = list.answer(|table| {
        let body =
            if empty { Empty::new(visit.text("case-referrals-empty")).to_string() } else { table };
        let body = format!("{taken_back}{body}");
        visit.page(&visit.text("nav-referrals")).html(&body)
    })?;
    Ok(answer)
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ReferralId = parse_id(&id)?;
    let (found, payload) = incoming::show(&visit.acting(), visit.signed()?, id).await?;
    let record = &found.referral.record;
    let by =
        visit.format("case-referral-answer-by", &[("at", visit.moment(record.answer_by()).into())]);
    let list = SummaryList::new()
        .row(
            visit.text("case-referral-from"),
            Content::Html(format!("<bdi>{}</bdi>", Content::from(&found.sender))),
        )
        .row(visit.text("case-ask"), visit.text(&format!("case-ask-{}", record.ask.code())))
        .row(visit.text("case-service"), visit.text(&format!("case-service-{}", record.service)))
        .row(
            visit.text("case-referral-state"),
            Content::Html(state_tag(&visit, record.state).to_string()),
        )
        .row(visit.text("case-referral-by"), by);
    let mut html = list.to_string();
    match &payload {
        Some(payload) => html.push_str(&shown(&visit, payload)),
        None => {
            let gone = Content::from(visit.text("case-referral-gone"));
            let _ = write!(html, "<p class=\"govuk-body\">{gone}</p>");
        }
    }
    html.push_str(&said_between(&visit, &found.said));
    if let Some(case) = record.case
        && incoming::may_open(&visit.acting(), case).await?
    {
        let href = visit.link(&format!("/cases/{case}"));
        let _ = write!(html, "{}", Button::link(visit.text("case-referral-case"), href));
    }
    for step in record.state.steps(Side::Recipient) {
        // These have a form of their own.
        let typed = [Step::Receive, Step::Decline, Step::AskInfo, Step::Complete, Step::Waitlist];
        if typed.contains(&step) {
            continue;
        }
        let label = format!("case-step-{}", step.code());
        let form = FormPage::new(&visit, &format!("/referrals/{id}/answer"), &Problems::default())
            .hidden("step", step.code());
        let button = Button::new(visit.text(&label));
        let button = if step == Step::Accept { button } else { button.secondary() };
        html.push_str(&form.part(button).html());
    }
    html.push_str(&super::hand_back::forms(&visit, id, record.state));
    if record.state.after(Step::AskInfo).is_ok() {
        html.push_str(&asking(&visit, id, "", &Problems::default()).html());
    }
    if record.state.after(Step::Decline).is_ok() {
        let reasons: Vec<_> = Decline::ALL.iter().map(|reason| reason.code()).collect();
        let form = FormPage::new(&visit, &format!("/referrals/{id}/answer"), &Problems::default())
            .hidden("step", "decline")
            .select("decline", "case-decline", words_of(&visit, "case-decline", &reasons), "")
            .warning_button("case-step-decline");
        html.push_str(&form.html());
    }
    Ok(visit.page(&visit.text("case-referral-title")).back("/referrals").html(&html))
}

/// Somebody was faster: what that means, and the way to the referral as it stands.
fn look_again(visit: &Visit, id: ReferralId, why: &Message) -> Response {
    let title = visit.text("case-referral-title");
    let link = Button::link(title.clone(), visit.link(&format!("/referrals/{id}"))).secondary();
    let html = format!("{}{link}", InsetText::new(visit.say(why)));
    let mut response = visit.page(&title).back("/referrals").html(&html);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

pub(super) async fn answer(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ReferralId = parse_id(&id)?;
    let step = Step::from_code(form.text("step")).ok_or(Refused::NotFound)?;
    let acting = visit.acting_once(&form);
    if step == Step::Accept {
        let signed = visit.signed()?;
        let vault = keys::vault(&acting, signed).await?;
        let case = match incoming::accept(&acting, signed, &vault, id).await {
            Ok(case) => case,
            Err(Refused::Declined(why)) => return Ok(look_again(&visit, id, &why)),
            Err(other) => return Err(other.into()),
        };
        return Ok(done(&visit, &format!("/cases/{case}"), "case-opened"));
    }
    match step {
        Step::AskInfo => return ask(&visit, &form, id).await,
        Step::Complete => return super::hand_back::complete(&visit, &form, id).await,
        Step::Waitlist => return super::hand_back::wait(&visit, &form, id).await,
        _ => {}
    }
    incoming::answer(&acting, id, step, Decline::from_code(form.text("decline"))).await?;
    Ok(done(&visit, &format!("/referrals/{id}"), "saved"))
}
