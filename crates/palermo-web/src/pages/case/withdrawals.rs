//! Consents taken back, and erasures passed on: at whoever shared, each recipient's answer or silence;
//! at whoever received, the notice and the answer.

use super::{Answer, purpose_of, words_of};
use crate::{
    components::{Content, InsetText, SummaryList, Tag, WarningText},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    case::{
        CaseFile, Opened, consent,
        withdrawal::{self, ToldHere},
    },
    desk::parse_id,
    domain::{
        case::{
            sharing::NoticeAnswer,
            withdrawal::{Because, Withdrawal},
        },
        id::{CaseId, WithdrawalId},
    },
};
use std::fmt::Write as _;

fn answer_tag(visit: &Visit, answer: NoticeAnswer) -> Tag {
    let colour = match answer {
        NoticeAnswer::Silent => "yellow",
        NoticeAnswer::Stopped => "blue",
        NoticeAnswer::Erased => "green",
        NoticeAnswer::Cannot => "red",
    };
    Tag::coloured(visit.text(&format!("withdrawal-{}", answer.code())), colour)
}

/// What each recipient of a consent taken back answered.
pub(super) async fn recipients(
    visit: &Visit,
    file: &CaseFile,
    told: &[&Withdrawal],
    writes: bool,
) -> Result<String, Failure> {
    let acting = visit.acting();
    if told.is_empty() {
        let nobody = Content::from(visit.text("withdrawal-nobody"));
        return Ok(format!("<p class=\"govuk-hint\">{nobody}</p>"));
    }
    let mut html = String::new();
    for one in told {
        let to = consent::named(acting.app, &one.recipient).await?;
        let when = match (one.answered_at, one.told_at) {
            (Some(at), _) => {
                visit.format("withdrawal-answered-on", &[("at", visit.moment(at).into())])
            }
            (None, Some(at)) => {
                let id = if one.is_overdue(acting.now()) {
                    "withdrawal-silent-since"
                } else {
                    "withdrawal-told-on"
                };
                visit.format(id, &[("at", visit.moment(at).into())])
            }
            (None, None) => visit.text("withdrawal-to-tell"),
        };
        let _ = write!(
            html,
            "<p class=\"govuk-body\"><bdi>{}</bdi> {} {}</p>",
            Content::from(to),
            answer_tag(visit, one.answer),
            Content::from(when)
        );
        if !one.provision.is_empty() {
            let law = Content::from(&one.provision);
            let _ = write!(html, "<p class=\"govuk-hint\" dir=\"auto\">{law}</p>");
        }
        if writes && one.recipient.tenant.is_none() {
            html.push_str(&outside_form(visit, file, one));
        }
    }
    Ok(html)
}

/// What a body that is not here was told and answered, written down by the team.
fn outside_form(visit: &Visit, file: &CaseFile, one: &Withdrawal) -> String {
    let codes: Vec<_> = NoticeAnswer::ALL.iter().map(|answer| answer.code()).collect();
    FormPage::new(visit, &format!("/cases/{}/withdrawal", file.id()), &Problems::default())
        .hidden("for", file.purpose.code())
        .hidden("withdrawal", &one.id.to_string())
        .select(
            "answer",
            "withdrawal-they-said",
            words_of(visit, "withdrawal-outside", &codes),
            if one.told_at.is_some() { one.answer.code() } else { "" },
        )
        .text("provision", "withdrawal-law", "", &one.provision)
        .button("form-save")
        .html()
}

pub(super) async fn outside(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let one: WithdrawalId = parse_id(form.text("withdrawal"))?;
    let purpose = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    let (answer, law) = (form.text("answer"), form.text("provision"));
    match withdrawal::outside_answered(&acting, id, one, answer, law, purpose).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let codes: Vec<_> = NoticeAnswer::ALL.iter().map(|answer| answer.code()).collect();
            Ok(FormPage::new(&visit, &format!("/cases/{id}/withdrawal"), &problems)
                .hidden("for", purpose.code())
                .hidden("withdrawal", form.text("withdrawal"))
                .select(
                    "answer",
                    "withdrawal-they-said",
                    words_of(&visit, "withdrawal-outside", &codes),
                    answer,
                )
                .text("provision", "withdrawal-law", "", law)
                .button("form-save")
                .page("withdrawal-title", &format!("/cases/{id}")))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// A warning on top of a case that was opened from what the person took back since.
pub(super) async fn warning(visit: &Visit, opened: &Opened) -> Result<String, Failure> {
    let mut html = String::new();
    for one in withdrawal::of_arrived(&visit.acting(), opened).await? {
        let record = &one.notice.record;
        let at = visit.date(record.told_at.date());
        let said = visit.format(
            withdrawal::warning(one.because),
            &[("sender", one.sender.as_str().into()), ("at", at.into())],
        );
        let said = Content::from(said);
        let answer = visit.link(&format!("/withdrawals/{}", record.id));
        let erase = visit.link(&format!("/cases/{}/erase", opened.file.id()));
        let link = |href: &str, id: &str| {
            format!("<a class=\"govuk-link\" href=\"{href}\">{}</a>", Content::from(visit.text(id)))
        };
        let more = format!(
            "{said} {} {} · {}",
            answer_tag(visit, record.answer),
            link(&answer, "withdrawal-warning-answer"),
            link(&erase, "withdrawal-warning-erase"),
        );
        let _ = write!(html, "{}", WarningText::new(Content::Html(more), &visit.words()));
    }
    Ok(html)
}

/// Consents taken back of what one's desks received, above the referrals.
pub(super) async fn at_my_desks(visit: &Visit) -> Result<String, Failure> {
    let all = withdrawal::at_my_desks(&visit.acting()).await?;
    let silent = all.iter().filter(|one| one.notice.record.answer == NoticeAnswer::Silent);
    let mut links = String::new();
    for one in silent {
        let record = &one.notice.record;
        let href = visit.link(&format!("/withdrawals/{}", record.id));
        let told = visit.moment(record.told_at);
        let words = visit.format(
            "withdrawal-from",
            &[("sender", one.sender.as_str().into()), ("at", told.into())],
        );
        let _ = write!(
            links,
            "<li><a class=\"govuk-link\" href=\"{href}\">{}</a></li>",
            Content::from(words)
        );
    }
    if links.is_empty() {
        return Ok(String::new());
    }
    let why = Content::from(visit.text("withdrawal-waits"));
    Ok(InsetText::new(Content::Html(format!("<p>{why}</p><ul class=\"govuk-list\">{links}</ul>")))
        .to_string())
}

fn page(visit: &Visit, told: &ToldHere, form: &Form, problems: &Problems) -> Response {
    let record = &told.notice.record;
    let codes: Vec<_> = NoticeAnswer::ALL
        .iter()
        .filter(|answer| **answer != NoticeAnswer::Silent)
        .map(|answer| answer.code())
        .collect();
    let referral = visit.link(&format!("/referrals/{}", record.referral));
    let link = Content::from(visit.text("case-referral-title"));
    let facts = SummaryList::new()
        .row(
            visit.text("case-referral-from"),
            Content::Html(format!("<bdi>{}</bdi>", Content::from(&told.sender))),
        )
        .row(visit.text("case-share"), visit.text(&format!("case-share-{}", record.purpose.code())))
        .row(visit.text("withdrawal-told"), visit.moment(record.told_at))
        .row(
            visit.text("withdrawal-your-answer"),
            Content::Html(answer_tag(visit, record.answer).to_string()),
        )
        .row(
            visit.text("withdrawal-about"),
            Content::Html(format!("<a class=\"govuk-link\" href=\"{referral}\">{link}</a>")),
        );
    let facts = match told.case {
        None => facts,
        Some(case) => {
            let href = visit.link(&format!("/cases/{case}"));
            let number = Content::from(palermo_app::domain::case::number(case));
            let why = Content::from(visit.text("withdrawal-case-why"));
            let link = format!(
                "<a class=\"govuk-link\" href=\"{href}\"><bdi dir=\"ltr\">{number}</bdi></a><br>{why}"
            );
            facts.row(visit.text("withdrawal-case"), Content::Html(link))
        }
    };
    let (title, why) = match told.because {
        Because::Withdrawn => ("withdrawal-title", "withdrawal-why"),
        Because::Erased => ("erasure-title", "erasure-why"),
    };
    let usual = if record.answer == NoticeAnswer::Silent { "" } else { record.answer.code() };
    let chosen = if form.text("answer").is_empty() { usual } else { form.text("answer") };
    FormPage::new(visit, &format!("/withdrawals/{}", record.id), problems)
        .words(why)
        .part(facts)
        .radios("answer", "withdrawal-what", words_of(visit, "withdrawal", &codes), chosen)
        .text("provision", "withdrawal-law", "withdrawal-law-hint", form.text("provision"))
        .button("form-send")
        .page(title, "/referrals")
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let told = withdrawal::show(&visit.acting(), parse_id(&id)?).await?;
    Ok(page(&visit, &told, &Form::default(), &Problems::default()))
}

pub(super) async fn answer(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: WithdrawalId = parse_id(&id)?;
    let acting = visit.acting_once(&form);
    match withdrawal::answer(&acting, id, form.text("answer"), form.text("provision")).await {
        Ok(()) => Ok(done(&visit, "/referrals", "withdrawal-answered")),
        Err(Refused::Invalid(problems)) => {
            let told = withdrawal::show(&visit.acting(), id).await?;
            Ok(page(&visit, &told, &form, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
