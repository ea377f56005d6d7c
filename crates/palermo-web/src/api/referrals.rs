//! Referrals to one's desks in coded facts, and the answers a program can give.
//! A program holds no key: what a referral carries is opened by a person, and
//! accepting opens a case, so accepting over this interface asks for a session
//! whose key is open.

use super::{
    Answer,
    answer::{Listed, one, page_of},
    asked::{Asked, Named, PageAsk},
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Message, Refused,
    access::Action,
    case::{
        hand_back::{self, HandBackForm, WaitForm},
        incoming::{self, Arrived},
        withdrawal::{self, ToldHere},
    },
    desk::parse_id,
    domain::{
        case::referral::{Decline, Step},
        id::{ReferralId, WithdrawalId},
    },
    keys,
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, answer, withdrawals, answer_withdrawal))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/referrals", Action::ReceiveReferral, list)
        .api(Method::POST, "/api/v1/referrals/{id}/answer", Action::ReceiveReferral, answer)
        .api(Method::GET, "/api/v1/withdrawals", Action::ReceiveReferral, withdrawals)
        .api(
            Method::POST,
            "/api/v1/withdrawals/{id}/answer",
            Action::ReceiveReferral,
            answer_withdrawal,
        )
}

/// A referral to one's desks, in coded facts.
#[derive(Debug, Serialize, ToSchema)]
struct ReferralShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Name of the organisation that sent it.
    from: String,
    /// `referral` or `transfer`.
    ask: &'static str,
    /// Which service is asked for.
    service: String,
    /// `tonight`, `now`, `soon` or `usual`.
    urgency: &'static str,
    /// Where it stands.
    state: &'static str,
    /// Why it was declined.
    decline: Option<&'static str>,
    /// The case opened from it.
    #[schema(format = Uuid)]
    case: Option<String>,
    /// When it was sent.
    #[schema(format = DateTime)]
    sent_at: String,
    /// Until when an answer is due.
    #[schema(format = DateTime)]
    answer_by: String,
}

fn shown(arrived: &Arrived) -> ReferralShown {
    let referral = &arrived.referral.record;
    ReferralShown {
        id: referral.id.to_string(),
        from: arrived.sender.clone(),
        ask: referral.ask.code(),
        service: referral.service.clone(),
        urgency: referral.urgency.code(),
        state: referral.state.code(),
        decline: referral.decline.map(Decline::code),
        case: referral.case.map(|case| case.to_string()),
        sent_at: referral.sent_at.to_string(),
        answer_by: referral.answer_by().to_string(),
    }
}

/// Referrals to one's desks, those that wait first. What they carry is sealed
/// and not part of this interface.
#[utoipa::path(get, path = "/api/v1/referrals", tag = "referrals", params(PageAsk),
    responses((status = 200, description = "Referrals in coded facts", body = Listed<ReferralShown>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = incoming::list(&visit.acting()).await?;
    page_of(&visit, all, page, |one| shown(&one))
}

/// An answer to a referral.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReferralAnswer {
    /// `accept`, `decline`, `waitlist`, `ask_info`, `start` or `complete`.
    #[schema(pattern = "^(accept|decline|waitlist|ask_info|start|complete)$")]
    step: String,
    /// Why, with `decline`: `full`, `not_eligible`, `sex`, `age`, `children`, `security`,
    /// `language`, `distance`, `funding`, `conflict` or `other`.
    decline: Option<String>,
    /// The question with `ask_info`, or what the sender should know with `complete` (at
    /// least a word) and `waitlist`; with no other step. Sealed to those who open care on
    /// both sides, as from the page, and never given back here. It says no more of the
    /// person than it must.
    #[schema(max_length = 4000)]
    words: Option<String>,
    /// With `complete`: `done`, `partly`, `person_left`, `not_reached` or `cannot_go_on`.
    outcome: Option<String>,
    /// With `complete`: the first day of help, needed where help was given.
    #[schema(format = Date)]
    started_on: Option<String>,
    /// With `complete`: the last day of help.
    #[schema(format = Date)]
    ended_on: Option<String>,
    /// With `waitlist`: the day on which the list is looked at again, within half a year.
    #[schema(format = Date)]
    review_on: Option<String>,
}

/// What came of an answer.
#[derive(Debug, Serialize, ToSchema)]
struct ReferralAnswered {
    /// The case that was opened, after `accept`.
    #[schema(format = Uuid)]
    case: Option<String>,
}

/// Answers a referral; counts once for each `Idempotency-Key`. Accepting opens
/// a case from what it carries, which needs a session whose key is open. Asking
/// something is the act of the page: its words are sealed before anything is kept.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/answer", tag = "referrals",
    params(("id" = String, Path, format = Uuid, description = "The referral's id")),
    request_body = ReferralAnswer,
    responses((status = 200, description = "It was answered", body = ReferralAnswered)))]
async fn answer(Named(id): Named, Sent { call, body }: Sent<ReferralAnswer>) -> Answer {
    let id: ReferralId = parse_id(&id)?;
    let acting = call.acting();
    let choose = |field: &str| Refused::field(field, Message::new("error-choose"));
    let step = Step::from_code(&body.step).ok_or_else(|| choose("step"))?;
    let decline = match &body.decline {
        Some(code) => Some(Decline::from_code(code).ok_or_else(|| choose("decline"))?),
        None => None,
    };
    // Words that would go nowhere are not taken: whoever sent them would count on them.
    let words = body.words.as_deref().unwrap_or_default();
    let worded = [Step::AskInfo, Step::Complete, Step::Waitlist];
    if !worded.contains(&step) && !words.trim().is_empty() {
        return Err(Refused::field("words", Message::new("api-words-not-asked")).into());
    }
    let closing = [&body.outcome, &body.started_on, &body.ended_on];
    if step != Step::Complete && closing.iter().any(|one| one.is_some()) {
        return Err(Refused::field("outcome", Message::new("api-words-not-asked")).into());
    }
    if step != Step::Waitlist && body.review_on.is_some() {
        return Err(Refused::field("review_on", Message::new("api-words-not-asked")).into());
    }
    if step == Step::Accept {
        let signed = call.visit.signed.as_deref().ok_or(Refused::UnlockNeeded)?;
        let vault = keys::vault(&acting, signed).await?;
        let case = incoming::accept(&acting, signed, &vault, id).await?;
        return one(&ReferralAnswered { case: Some(case.to_string()) });
    }
    match step {
        Step::AskInfo => incoming::ask(&acting, id, words).await?,
        Step::Complete => {
            let form = HandBackForm {
                outcome: body.outcome.unwrap_or_default(),
                started: in_boxes(body.started_on),
                ended: in_boxes(body.ended_on),
                words: words.to_owned(),
            };
            hand_back::hand_back(&acting, id, &form).await?;
        }
        Step::Waitlist => {
            let form = WaitForm { review: in_boxes(body.review_on), words: words.to_owned() };
            hand_back::wait(&acting, id, &form).await?;
        }
        _ => incoming::answer(&acting, id, step, decline).await?,
    }
    one(&ReferralAnswered { case: None })
}

/// A day as `2026-11-28` in the boxes of the form: day, month, year.
fn in_boxes(day: Option<String>) -> [String; 3] {
    let day = day.unwrap_or_default();
    let mut parts = day.splitn(3, '-').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    [day, month, year]
}

/// A consent taken back of something one's desks received.
#[derive(Debug, Serialize, ToSchema)]
struct WithdrawalShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// Name of the organisation that had shared.
    from: String,
    /// The referral it came with.
    #[schema(format = Uuid)]
    referral: String,
    /// For what it had been shared.
    purpose: &'static str,
    /// `silent`, `stopped`, `erased` or `cannot`.
    answer: &'static str,
    /// The law named with `cannot`.
    provision: String,
    /// When one was told.
    #[schema(format = DateTime)]
    told_at: String,
    /// When one answered.
    #[schema(format = DateTime)]
    answered_at: Option<String>,
}

fn withdrawal_shown(told: &ToldHere) -> WithdrawalShown {
    let notice = &told.notice.record;
    WithdrawalShown {
        id: notice.id.to_string(),
        from: told.sender.clone(),
        referral: notice.referral.to_string(),
        purpose: notice.purpose.code(),
        answer: notice.answer.code(),
        provision: notice.provision.clone(),
        told_at: notice.told_at.to_string(),
        answered_at: notice.answered_at.map(|at| at.to_string()),
    }
}

/// Consents taken back of what one's desks received, the unanswered first.
#[utoipa::path(get, path = "/api/v1/withdrawals", tag = "referrals", params(PageAsk),
    responses((status = 200, description = "Notices", body = Listed<WithdrawalShown>)))]
async fn withdrawals(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = withdrawal::at_my_desks(&visit.acting()).await?;
    page_of(&visit, all, page, |one| withdrawal_shown(&one))
}

/// What was done with what had been received.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawalAnswer {
    /// `stopped`, `erased` or `cannot`.
    #[schema(pattern = "^(stopped|erased|cannot)$")]
    answer: String,
    /// The law that says it must be kept, with `cannot`.
    #[serde(default)]
    provision: String,
}

/// Answers a consent taken back; whoever shared, and the person, see it.
#[utoipa::path(post, path = "/api/v1/withdrawals/{id}/answer", tag = "referrals",
    params(("id" = String, Path, format = Uuid, description = "The notice's id")),
    request_body = WithdrawalAnswer,
    responses((status = 204, description = "It was answered")))]
async fn answer_withdrawal(
    Named(id): Named,
    Sent { call, body }: Sent<WithdrawalAnswer>,
) -> Answer {
    let id: WithdrawalId = parse_id(&id)?;
    withdrawal::answer(&call.acting(), id, &body.answer, &body.provision).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
