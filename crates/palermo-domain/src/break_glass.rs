//! Break-glass (E21, check A7): someone on call opens one person's care and
//! identity while the case manager cannot be reached. It needs a reason, is
//! told at once to those who answer for the case, ends by itself within the
//! hour, and is looked at afterwards by someone else.

use crate::{
    id::{AccountId, BreakGlassId, PersonId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest it can hold.
pub const LONGEST: Duration = Duration::from_secs(3600);

/// Why: a closed list, because the log holds no words about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BreakReason {
    /// Danger to life or limb.
    DangerToLife,
    /// A medical emergency.
    MedicalEmergency,
    /// The person asks for help now, and nobody of the care team can be reached.
    PersonAsks,
    /// A child is missing or in danger.
    ChildInDanger,
    /// The whereabouts of the person have become known to those they fear.
    SafePlaceKnown,
}

impl BreakReason {
    /// All, in the order shown.
    pub const ALL: [Self; 5] = [
        Self::DangerToLife,
        Self::MedicalEmergency,
        Self::PersonAsks,
        Self::ChildInDanger,
        Self::SafePlaceKnown,
    ];

    /// The code stored and written into the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DangerToLife => "danger-to-life",
            Self::MedicalEmergency => "medical-emergency",
            Self::PersonAsks => "person-asks",
            Self::ChildInDanger => "child-in-danger",
            Self::SafePlaceKnown => "safe-place-known",
        }
    }

    /// The reason with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// One opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakGlass {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: BreakGlassId,
    /// Who opened.
    pub account: AccountId,
    /// Whose record.
    pub person: PersonId,
    /// Why.
    pub reason: BreakReason,
    /// When.
    pub opened_at: Moment,
    /// When it ends by itself.
    pub ends_at: Moment,
    /// When it was ended before that: by hand, by a locked key or a sign-out.
    pub ended_at: Option<Moment>,
    /// Who looked at it afterwards.
    pub reviewed_by: Option<AccountId>,
    /// When.
    pub reviewed_at: Option<Moment>,
}

/// Why it cannot be looked at, or not by this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotReview {
    /// Who opened does not judge it.
    #[error("whoever opened does not review it")]
    OwnOpening,
    /// Looked at already.
    #[error("this was reviewed already")]
    Reviewed,
}

impl BreakGlass {
    /// Whether it opens at this moment.
    #[must_use]
    pub fn holds(&self, now: Moment) -> bool {
        self.ended_at.is_none()
            && now < self.ends_at
            && now >= self.opened_at
            && self.ends_at.since(self.opened_at) <= LONGEST
    }

    /// Looked at by someone else.
    ///
    /// # Errors
    /// [`CannotReview`] for whoever opened, or when it was reviewed.
    pub fn review(&self, by: AccountId, now: Moment) -> Result<Self, CannotReview> {
        if by == self.account {
            return Err(CannotReview::OwnOpening);
        }
        if self.reviewed_by.is_some() {
            return Err(CannotReview::Reviewed);
        }
        Ok(Self { reviewed_by: Some(by), reviewed_at: Some(now), ..self.clone() })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn opening() -> BreakGlass {
        let start = Moment::from_micros(1_000_000);
        BreakGlass {
            tenant: TenantId::from_uuid(Uuid::from_u128(1)),
            id: BreakGlassId::from_uuid(Uuid::from_u128(2)),
            account: AccountId::from_uuid(Uuid::from_u128(3)),
            person: PersonId::from_uuid(Uuid::from_u128(4)),
            reason: BreakReason::MedicalEmergency,
            opened_at: start,
            ends_at: start.after(LONGEST),
            ended_at: None,
            reviewed_by: None,
            reviewed_at: None,
        }
    }

    #[test]
    fn a7_an_opening_ends_by_itself_within_the_hour() {
        let one = opening();
        assert!(one.holds(one.opened_at));
        assert!(one.holds(one.opened_at.after(Duration::from_secs(3599))));
        assert!(!one.holds(one.ends_at));
        // A row that claims more holds not at all, and a clock set back revives nothing.
        let longer = BreakGlass { ends_at: one.opened_at.after(LONGEST * 2), ..one.clone() };
        assert!(!longer.holds(longer.opened_at));
        assert!(!one.holds(one.opened_at.before(Duration::from_secs(1))));
    }

    #[test]
    fn a7_whoever_opened_does_not_review_and_nobody_reviews_twice() {
        let one = opening();
        assert_eq!(one.review(one.account, one.ends_at), Err(CannotReview::OwnOpening));
        let other = AccountId::from_uuid(Uuid::from_u128(9));
        let reviewed = one.review(other, one.ends_at).unwrap();
        assert_eq!(reviewed.review(other, one.ends_at), Err(CannotReview::Reviewed));
    }
}
