//! Handing a referral back with what came of it, and the waiting list: the forms
//! of the recipient, and what both sides read.

use super::{Answer, referral_words::not_sent, show::paragraphs, words_of};
use crate::{
    components::Content,
    shell::{
        form::Form,
        forms::{FormPage, done},
        visit::Visit,
    },
};
use palermo_app::{
    Problems,
    case::hand_back::{self, HandBackForm, WaitForm},
    domain::{
        case::{
            hand_back::{HandBack, HandBackOutcome, WaitEntry},
            referral::{ReferralState, Step},
        },
        id::ReferralId,
        register::day::Day,
    },
};

fn completing<'a>(
    visit: &'a Visit,
    id: ReferralId,
    form: &Form,
    problems: &Problems,
) -> FormPage<'a> {
    let outcomes: Vec<_> = HandBackOutcome::ALL.iter().map(|one| one.code()).collect();
    FormPage::new(visit, &format!("/referrals/{id}/answer"), problems)
        .ids_end("complete")
        .hidden("step", Step::Complete.code())
        .select(
            "outcome",
            "hand-back-outcome",
            words_of(visit, "hand-back-outcome", &outcomes),
            form.text("outcome"),
        )
        .date("started", "hand-back-started", &form.boxes("started"))
        .date("ended", "hand-back-ended", &form.boxes("ended"))
        .lines("words", "hand-back-words", "case-refer-words-hint", form.text("words"))
        .button("case-step-complete")
}

fn waiting<'a>(visit: &'a Visit, id: ReferralId, form: &Form, problems: &Problems) -> FormPage<'a> {
    FormPage::new(visit, &format!("/referrals/{id}/answer"), problems)
        .ids_end("waitlist")
        .hidden("step", Step::Waitlist.code())
        .date("review", "hand-back-review", &form.boxes("review"))
        .lines("words", "hand-back-wait-words", "case-refer-words-hint", form.text("words"))
        .button("case-step-waitlist")
}

/// The forms that may be filled in as things stand.
pub(super) fn forms(visit: &Visit, id: ReferralId, state: ReferralState) -> String {
    let (empty, fine) = (Form::default(), Problems::default());
    let mut html = String::new();
    if state.after(Step::Complete).is_ok() {
        html.push_str(&completing(visit, id, &empty, &fine).html());
    }
    if state.after(Step::Waitlist).is_ok() {
        html.push_str(&waiting(visit, id, &empty, &fine).html());
    }
    html
}

/// Hands it back.
pub(super) async fn complete(visit: &Visit, form: &Form, id: ReferralId) -> Answer {
    let typed = HandBackForm {
        outcome: form.text("outcome").to_owned(),
        started: form.boxes("started"),
        ended: form.boxes("ended"),
        words: form.text("words").to_owned(),
    };
    let back = format!("/referrals/{id}");
    match hand_back::hand_back(&visit.acting_once(form), id, &typed).await {
        Ok(()) => Ok(done(visit, &back, "saved")),
        Err(refused) => {
            let problems = not_sent("words", refused)?;
            Ok(completing(visit, id, form, &problems).page("case-step-complete", &back))
        }
    }
}

/// Puts on the waiting list.
pub(super) async fn wait(visit: &Visit, form: &Form, id: ReferralId) -> Answer {
    let typed = WaitForm { review: form.boxes("review"), words: form.text("words").to_owned() };
    let back = format!("/referrals/{id}");
    match hand_back::wait(&visit.acting_once(form), id, &typed).await {
        Ok(()) => Ok(done(visit, &back, "saved")),
        Err(refused) => {
            let problems = not_sent("words", refused)?;
            Ok(waiting(visit, id, form, &problems).page("case-step-waitlist", &back))
        }
    }
}

fn line(visit: &Visit, label: &str, day: Option<Day>) -> String {
    let Some(day) = day else { return String::new() };
    let (label, on) = (Content::from(visit.text(label)), Content::from(visit.date(day.date())));
    format!("<p class=\"govuk-body\">{label}: {on}</p>")
}

/// What was handed back, in the reader's words.
pub(super) fn handed_back(visit: &Visit, text: &str) -> String {
    let Ok(back) = serde_json::from_str::<HandBack>(text) else { return paragraphs(text) };
    let outcome = visit.text(&format!("hand-back-outcome-{}", back.outcome.code()));
    format!(
        "<p class=\"govuk-body\">{}</p>{}{}{}",
        Content::from(outcome),
        line(visit, "hand-back-started", back.started_on),
        line(visit, "hand-back-ended", back.ended_on),
        paragraphs(&back.words)
    )
}

/// The place on a waiting list, in the reader's words.
pub(super) fn waits(visit: &Visit, text: &str) -> String {
    let Ok(entry) = serde_json::from_str::<WaitEntry>(text) else { return paragraphs(text) };
    let review = line(visit, "hand-back-review", Some(entry.review_on));
    format!("{review}{}", paragraphs(&entry.words))
}
