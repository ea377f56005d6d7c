//! Questions about a referral and their answers, on the pages of both sides. What
//! could not go stays in the form, with the reason above it.

use super::{Answer, show::paragraphs};
use crate::{
    components::{Button, Content, SummaryList},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        visit::Visit,
    },
};
use axum::http::StatusCode;
use palermo_app::{
    Message, Problems, Refused,
    case::{
        Opened, incoming,
        questions::{self, Said},
    },
    domain::{
        case::referral::{Referral, ReferralState, Step, WordKind},
        id::{CaseId, ReferralId},
        purpose::Purpose,
    },
};

/// Questions and answers about a referral, the oldest first.
pub(super) fn said_between(visit: &Visit, said: &[Said]) -> String {
    let mut list = SummaryList::new();
    for one in said {
        let kind = visit.text(&format!("case-referral-{}", one.kind.code()));
        let body = match &one.words {
            Some(words) => match one.kind {
                WordKind::Question | WordKind::Answer => paragraphs(words),
                WordKind::HandedBack => super::hand_back::handed_back(visit, words),
                WordKind::Waiting => super::hand_back::waits(visit, words),
            },
            None => {
                let closed = Content::from(visit.text("case-text-closed"));
                format!("<p class=\"govuk-hint\">{closed}</p>")
            }
        };
        let at = Content::from(visit.moment(one.at));
        let body = format!("{body}<p class=\"govuk-hint\">{at}</p>");
        list = list.row(kind, Content::Html(body));
    }
    if said.is_empty() { String::new() } else { list.to_string() }
}

/// What the recipient asked and was answered, and the way to answer in words one
/// that is here.
pub(super) async fn question(
    visit: &Visit,
    opened: &Opened,
    record: &Referral,
    sends: bool,
) -> Result<String, Failure> {
    let keys = (visit.signed.as_deref(), opened.vault.as_ref());
    let said = questions::of_referral(&visit.acting(), keys, &opened.read, record.id).await?;
    let mut html = said_between(visit, &said);
    let asked = record.state == ReferralState::InfoRequested;
    if sends && asked && record.recipient.tenant.is_some() {
        let (id, why) = (opened.file.id(), opened.file.purpose);
        html.push_str(&answering(visit, (id, record.id), why, "", &Problems::default()).html());
    }
    Ok(html)
}

fn answering<'a>(
    visit: &'a Visit,
    (case, referral): (CaseId, ReferralId),
    why: Purpose,
    words: &str,
    problems: &Problems,
) -> FormPage<'a> {
    FormPage::new(visit, &format!("/cases/{case}/referral-step"), problems)
        .ids_end(&referral.to_string())
        .hidden("for", why.code())
        .hidden("referral", &referral.to_string())
        .hidden("step", Step::Inform.code())
        .lines("reply", "case-referral-answer", "case-refer-words-hint", words)
        .button("case-step-inform")
}

/// Answers the recipient's question.
pub(super) async fn answer(
    visit: &Visit,
    form: &Form,
    (case, referral): (CaseId, ReferralId),
    why: Purpose,
) -> Answer {
    let (acting, words) = (visit.acting_once(form), form.text("reply"));
    let back = format!("/cases/{case}");
    let refused = match questions::answer(&acting, case, referral, words, why).await {
        Ok(()) => return Ok(done(visit, &back, "saved")),
        Err(refused) => refused,
    };
    let forbidden = matches!(refused, Refused::Forbidden(_));
    let problems = not_sent("reply", refused)?;
    let page = answering(visit, (case, referral), why, words, &problems);
    let mut response = page.page("case-referral-answer", &back);
    if forbidden {
        *response.status_mut() = StatusCode::FORBIDDEN;
    }
    Ok(response)
}

/// A question to the sender.
pub(super) fn asking<'a>(
    visit: &'a Visit,
    id: ReferralId,
    words: &str,
    problems: &Problems,
) -> FormPage<'a> {
    FormPage::new(visit, &format!("/referrals/{id}/answer"), problems)
        .hidden("step", Step::AskInfo.code())
        .lines("words", "case-referral-question", "case-refer-words-hint", words)
        .part(Button::new(visit.text("case-step-ask_info")).secondary())
}

/// Asks the sender.
pub(super) async fn ask(visit: &Visit, form: &Form, id: ReferralId) -> Answer {
    let (acting, words) = (visit.acting_once(form), form.text("words"));
    let back = format!("/referrals/{id}");
    match incoming::ask(&acting, id, words).await {
        Ok(()) => Ok(done(visit, &back, "saved")),
        Err(refused) => {
            let problems = not_sent("words", refused)?;
            Ok(asking(visit, id, words, &problems).page("case-step-ask_info", &back))
        }
    }
}

/// Why words did not go, beside them; what is no matter of theirs stays an error.
pub(super) fn not_sent(field: &str, refused: Refused) -> Result<Problems, Failure> {
    let message = match refused {
        Refused::Invalid(problems) => return Ok(problems),
        Refused::Declined(message) => message,
        Refused::Forbidden(why) => Message::new("case-refer-forbidden")
            .with("number", why.rule.number)
            .with("source", why.rule.source),
        other => return Err(Failure(other)),
    };
    let mut problems = Problems::default();
    problems.add(field, message);
    Ok(problems)
}
