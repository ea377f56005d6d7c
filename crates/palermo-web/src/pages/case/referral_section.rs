//! Referrals of a case on its page, with their clocks, what was answered and the steps
//! that are open to whoever sent them.

use super::{referral_words::question, referrals::state_tag, sections::Section, words_of};
use crate::{
    components::{Button, Content, Details, SummaryList},
    shell::{
        failure::Failure,
        forms::{FormPage, one_button},
        visit::Visit,
    },
};
use palermo_app::{
    Problems,
    case::{
        Opened, consent,
        referral::{self, may_send},
        sealed_file,
    },
    domain::case::referral::{Decline, Referral, Side, Step},
};
use std::fmt::Write as _;

/// Referrals of a case with their clocks.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    let sent = referral::list(opened).await?;
    let id = opened.file.id();
    let sends = may_send(&acting, &opened.file);
    let arrived = super::arrived::of_case(visit, opened).await?;
    if sent.is_empty() && arrived.is_empty() && !sends {
        return Ok(None);
    }
    let files = sealed_file::of_case(opened).await?;
    let (mut list, mut waits) = (SummaryList::new(), String::new());
    for one in &sent {
        let record = &one.record;
        let to = Content::from(consent::named(acting.app, &record.recipient).await?);
        if record.state.waits_for_answer() {
            let line = stands(visit, record);
            let _ = write!(waits, "<p class=\"govuk-body\"><bdi>{to}</bdi> {line}</p>");
        }
        let mut body = asked(visit, record);
        body.push_str(&question(visit, opened, record, sends).await?);
        if let Some(file) = files.iter().find(|file| file.record.referral == record.id) {
            body.push_str(&super::sealed_files::state(visit, opened, &file.record, sends).await?);
        }
        if sends && record.recipient.tenant.is_none() {
            body.push_str(&their_answer(visit, opened, record));
        }
        if sends {
            body.push_str(&steps(visit, opened, record));
        }
        list = list.row(Content::Html(format!("<bdi>{to}</bdi>")), Content::Html(body));
    }
    let mut html = arrived;
    if !sent.is_empty() {
        let _ = write!(html, "{list}");
    }
    if sends {
        let href = visit.link(&format!("/cases/{id}/refer"));
        let _ = write!(html, "{}", Button::link(visit.text("case-refer"), href));
        html.push_str(&super::help::links(visit, &opened.file));
    }
    let (title, count) = (visit.text("case-section-referrals"), Some(sent.len()));
    let open = !waits.is_empty();
    let now = if open { vec![(title.clone(), Content::Html(waits))] } else { Vec::new() };
    Ok(Some(Section { id: "referrals", title, html, count, open, now, ..Section::default() }))
}

/// Where a referral stands, and until when an answer is due.
fn stands(visit: &Visit, record: &Referral) -> String {
    let by = record.answer_by().map(|by| {
        let by = visit.format("case-referral-answer-by", &[("at", visit.moment(by).into())]);
        Content::from(by).to_string()
    });
    format!("{} {}", state_tag(visit, record.state), by.unwrap_or_default())
}

/// What was asked for, until when an answer is due, and why it was declined.
fn asked(visit: &Visit, record: &Referral) -> String {
    let what = visit.text(&format!("case-service-{}", record.service));
    let mut body = format!(
        "<p class=\"govuk-body\">{} {}</p>",
        state_tag(visit, record.state),
        Content::from(what)
    );
    if let (true, Some(by)) = (record.state.waits_for_answer(), record.answer_by()) {
        let by = visit.format("case-referral-answer-by", &[("at", visit.moment(by).into())]);
        let _ = write!(body, "<p class=\"govuk-hint\">{}</p>", Content::from(by));
    }
    if let Some(reason) = record.decline {
        let why = visit.text(&format!("case-decline-{}", reason.code()));
        let _ = write!(body, "<p class=\"govuk-body\">{}</p>", Content::from(why));
    }
    body
}

/// The steps that are open to the sender, a button each.
fn steps(visit: &Visit, opened: &Opened, record: &Referral) -> String {
    let mut body = String::new();
    let path = format!("/cases/{}/referral-step", opened.file.id());
    for step in record.state.steps(Side::Sender) {
        // Who is here is answered in words, where the question stands.
        let in_words = step == Step::Inform && record.recipient.tenant.is_some();
        if in_words || matches!(step, Step::Send | Step::AskConsent | Step::Withdraw) {
            continue;
        }
        let referral = record.id.to_string();
        let fields = [
            ("referral", referral.as_str()),
            ("step", step.code()),
            ("for", opened.file.purpose.code()),
        ];
        let label = format!("case-step-{}", step.code());
        body.push_str(&one_button(visit, &path, &label, &fields, false));
    }
    body
}

/// What a body that is not here answered, written down by whoever asked.
fn their_answer(visit: &Visit, opened: &Opened, record: &Referral) -> String {
    let steps: Vec<_> = record
        .state
        .steps(Side::Recipient)
        .filter(|step| *step != Step::Receive)
        .map(|step| {
            (step.code().to_owned(), visit.text(&format!("sealed-file-step-{}", step.code())))
        })
        .collect();
    if steps.is_empty() {
        return String::new();
    }
    let id = opened.file.id();
    let reasons: Vec<_> = Decline::ALL.iter().map(|reason| reason.code()).collect();
    let form = FormPage::new(visit, &format!("/cases/{id}/referral-step"), &Problems::default())
        .ids_end(&record.id.to_string())
        .hidden("for", opened.file.purpose.code())
        .hidden("referral", &record.id.to_string())
        .select("step", "sealed-file-they-said", steps, "")
        .select("decline", "case-decline", words_of(visit, "case-decline", &reasons), "")
        .button("form-save")
        .html();
    Details::new(visit.text("sealed-file-they-said"), Content::Html(form)).to_string()
}
