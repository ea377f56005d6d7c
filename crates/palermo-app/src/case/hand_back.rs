//! Handing a referral back with what came of it, and putting someone on a waiting
//! list that is looked at again: words sealed for both sides, with the step they
//! belong to.

use super::{
    incoming::{self, Taken},
    questions,
};
use crate::{Acting, Message, Problems, Refused};
use palermo_domain::{
    case::{
        hand_back::{HandBack, HandBackOutcome, Ill, WaitEntry},
        referral::{Step, WordKind},
    },
    id::ReferralId,
};
use serde::Serialize;

/// Most characters of what is said with it, so that it stays within what travels.
const LONGEST: usize = 3_000;

/// What someone typed to hand a referral back. Days are in their three boxes, or empty.
#[derive(Debug, Clone, Default)]
pub struct HandBackForm {
    /// How it ended: a code.
    pub outcome: String,
    /// The first day of help.
    pub started: [String; 3],
    /// The last.
    pub ended: [String; 3],
    /// What whoever goes on should know.
    pub words: String,
}

/// What someone typed to put a person on a waiting list.
#[derive(Debug, Clone, Default)]
pub struct WaitForm {
    /// When it is looked at again: day, month, year.
    pub review: [String; 3],
    /// What the sender should know meanwhile.
    pub words: String,
}

fn ill(problems: &mut Problems, ill: Ill) {
    let (field, message) = match ill {
        Ill::NoStart => ("started", "hand-back-error-start"),
        Ill::Ahead => ("ended", "case-error-future"),
        Ill::Backwards => ("ended", "hand-back-error-backwards"),
        Ill::NoReview => ("review", "hand-back-error-review"),
    };
    problems.add(field, Message::new(message));
}

fn written(value: &impl Serialize) -> Result<String, Refused> {
    serde_json::to_string(value).map_err(|error| Refused::Unavailable(error.to_string()))
}

/// Hands a referral back: how it ended, from when until when, and in words what
/// whoever goes on should know. The sender gets work to do.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Declined`] if the step no longer
/// follows, or nobody at the sender's has a key.
pub async fn hand_back(
    acting: &Acting<'_>,
    id: ReferralId,
    form: &HandBackForm,
) -> Result<(), Refused> {
    let found = incoming::permitted(acting, id).await?.record;
    let mut problems = Problems::default();
    let outcome = HandBackOutcome::from_code(&form.outcome);
    if outcome.is_none() {
        problems.add("outcome", Message::new("error-choose"));
    }
    let started_on = problems.day("started", &form.started);
    let ended_on = problems.day("ended", &form.ended);
    let words = problems.required("words", &form.words, LONGEST);
    problems.none()?;
    let outcome = outcome.ok_or(Refused::NotFound)?;
    let back = HandBack { outcome, started_on, ended_on, words };
    let mut problems = Problems::default();
    if let Err(wrong) = back.check(acting.now().date().into()) {
        ill(&mut problems, wrong);
    }
    problems.none()?;
    let sides = (found.tenant, found.sender);
    let text = written(&back)?;
    let word = questions::sealed(acting.app, sides, id, WordKind::HandedBack, &text).await?;
    let taken = Taken { word: Some(word), ..Taken::default() };
    incoming::take(acting, id, Step::Complete, taken).await
}

/// Puts the person of a referral on the waiting list, until a day on which the desk
/// looks at it again; the sender learns which.
///
/// # Errors
/// As [`hand_back`].
pub async fn wait(acting: &Acting<'_>, id: ReferralId, form: &WaitForm) -> Result<(), Refused> {
    let found = incoming::permitted(acting, id).await?.record;
    let mut problems = Problems::default();
    let review_on = problems.day("review", &form.review);
    if review_on.is_none() && problems.0.is_empty() {
        problems.add("review", Message::new("error-required"));
    }
    let words = problems.bounded("words", &form.words, LONGEST);
    problems.none()?;
    let entry = WaitEntry { review_on: review_on.ok_or(Refused::NotFound)?, words };
    let mut problems = Problems::default();
    if let Err(wrong) = entry.check(acting.now().date().into()) {
        ill(&mut problems, wrong);
    }
    problems.none()?;
    let sides = (found.tenant, found.sender);
    let text = written(&entry)?;
    let word = questions::sealed(acting.app, sides, id, WordKind::Waiting, &text).await?;
    let taken = Taken { word: Some(word), review_on: Some(entry.review_on), ..Taken::default() };
    incoming::take(acting, id, Step::Waitlist, taken).await
}
