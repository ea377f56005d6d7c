//! What a recipient hears and answers when a person takes their consent back
//! (R6). One record for each recipient who received something; silence is an
//! answer that is shown as silence.

use super::sharing::{NoticeAnswer, Recipient};
use crate::{
    id::{CaseId, ConsentId, ReferralId, TenantId, WithdrawalId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Longest name of a provision, in characters.
pub const LONGEST_PROVISION: usize = 200;

/// A withdrawal, as the organisation that shared knows it about one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The organisation that shared.
    pub tenant: TenantId,
    /// Id, the same at the recipient.
    pub id: WithdrawalId,
    /// Of which case.
    pub case: CaseId,
    /// Which consent was taken back.
    pub consent: ConsentId,
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
    /// When the person took it back.
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
    fn whoever_cannot_erase_names_the_law_and_silence_is_no_answer() {
        assert_eq!(check(NoticeAnswer::Silent, ""), Err(NoAnswer::Silence));
        assert_eq!(check(NoticeAnswer::Cannot, "  "), Err(NoAnswer::NoLaw));
        assert_eq!(check(NoticeAnswer::Cannot, "Archives Act, art. 4"), Ok(()));
        assert_eq!(check(NoticeAnswer::Erased, ""), Ok(()));
    }
}
