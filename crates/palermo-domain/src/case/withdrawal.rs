//! What a recipient hears and answers when a person takes their consent back
//! (R6), or is erased where they were first known (E25). One record for each
//! recipient who received something; silence is an answer that is shown as
//! silence.

use super::sharing::{NoticeAnswer, Recipient};
use crate::{
    code::coded,
    id::{CaseId, ConsentId, ReferralId, TenantId, WithdrawalId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Longest name of a provision, in characters.
pub const LONGEST_PROVISION: usize = 200;

coded! {
    /// Why a recipient is asked to let go of what they received.
    Because {
        /// The person took their consent back.
        Withdrawn = "withdrawn",
        /// What was held about the person was erased where they were first known.
        Erased = "erased",
    }
}

/// What was written before there was an erasure to pass on was a withdrawal.
const fn withdrawn() -> Because {
    Because::Withdrawn
}

/// A withdrawal, as the organisation that shared knows it about one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The organisation that shared.
    pub tenant: TenantId,
    /// Id, the same at the recipient.
    pub id: WithdrawalId,
    /// Of which case.
    pub case: CaseId,
    /// Which consent was taken back; none where something was erased.
    pub consent: Option<ConsentId>,
    /// Why they are asked.
    #[serde(default = "withdrawn")]
    pub because: Because,
    /// Who had received something.
    pub recipient: Recipient,
    /// With which referral.
    pub referral: ReferralId,
    /// When they were told; an outside body is told by a person, by telephone or letter.
    pub told_at: Option<Moment>,
    /// What they answered.
    pub answer: NoticeAnswer,
    /// The law they name if they cannot erase.
    pub provision: String,
    /// When they answered.
    pub answered_at: Option<Moment>,
    /// When the person took it back, or was erased.
    pub recorded_at: Moment,
}

/// Why an answer to a withdrawal does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// Silence is what is shown until someone answers.
    #[error("silence is no answer")]
    Silence,
    /// Whoever cannot erase says by which law.
    #[error("whoever cannot erase names the law")]
    NoLaw,
}

/// How long a recipient has to answer before silence is marked.
#[must_use]
pub const fn answer_within() -> Duration {
    Duration::from_secs(7 * 86_400)
}

/// Checks an answer: who keeps what they received names the law that says so.
///
/// # Errors
/// [`NoAnswer`] for silence, or for keeping without a law.
pub fn check(answer: NoticeAnswer, provision: &str) -> Result<(), NoAnswer> {
    match answer {
        NoticeAnswer::Silent => Err(NoAnswer::Silence),
        NoticeAnswer::Cannot if provision.trim().is_empty() => Err(NoAnswer::NoLaw),
        _ => Ok(()),
    }
}

/// What an erasure does about one thing a recipient received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// They are asked to erase it, also where they were asked to use it no more and
    /// have not answered: what they say to that is no answer to this.
    Anew,
    /// They erased it, or were asked to already.
    Never,
}

/// What an erasure does about what was received, given what this recipient was
/// asked about it before (E25): nobody is asked this twice, nobody is left out.
#[must_use]
pub fn asking<'a>(before: impl IntoIterator<Item = &'a Withdrawal>) -> Asking {
    let done =
        |one: &Withdrawal| one.answer == NoticeAnswer::Erased || one.because == Because::Erased;
    if before.into_iter().any(done) { Asking::Never } else { Asking::Anew }
}

impl Withdrawal {
    /// Whether the recipient was told and has not answered in time.
    #[must_use]
    pub fn is_overdue(&self, now: Moment) -> bool {
        self.answer == NoticeAnswer::Silent
            && self.told_at.is_some_and(|told| told.after(answer_within()) < now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e25_an_erasure_asks_every_recipient_once() {
        use crate::{case::sharing::RecipientKind, id::Id};
        use uuid::Uuid;
        let at = Moment::from_micros(0);
        let told = |answer, because| Withdrawal {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: WithdrawalId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            consent: None,
            because,
            recipient: Recipient {
                tenant: None,
                desk: None,
                kind: RecipientKind::Care,
                outside: String::new(),
            },
            referral: ReferralId::from_uuid(Uuid::nil()),
            told_at: None,
            answer,
            provision: String::new(),
            answered_at: None,
            recorded_at: at,
        };
        let of = |answer, because| asking([&told(answer, because)]);
        assert_eq!(asking([]), Asking::Anew);
        assert_eq!(of(NoticeAnswer::Stopped, Because::Withdrawn), Asking::Anew);
        assert_eq!(of(NoticeAnswer::Silent, Because::Withdrawn), Asking::Anew);
        assert_eq!(of(NoticeAnswer::Erased, Because::Withdrawn), Asking::Never);
        assert_eq!(of(NoticeAnswer::Cannot, Because::Erased), Asking::Never);
    }

    #[test]
    fn whoever_cannot_erase_names_the_law_and_silence_is_no_answer() {
        assert_eq!(check(NoticeAnswer::Silent, ""), Err(NoAnswer::Silence));
        assert_eq!(check(NoticeAnswer::Cannot, "  "), Err(NoAnswer::NoLaw));
        assert_eq!(check(NoticeAnswer::Cannot, "Archives Act, art. 4"), Ok(()));
        assert_eq!(check(NoticeAnswer::Erased, ""), Ok(()));
    }
}
