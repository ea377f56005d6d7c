//! What one person never does alone (check A8): one asks, another agrees
//! within a day, and then it is done once.

use crate::{
    id::{AccountId, ApprovalId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a question waits for its second person, and their answer for its use.
pub const HOLDS: Duration = Duration::from_secs(86_400);

/// Exports of more persons than this take two people.
pub const PERSONS_ONE_MAY_EXPORT: u64 = 50;

/// A question one person asked and another decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: ApprovalId,
    /// What is to be done: the code of an action.
    pub action: String,
    /// To what: an id, never a name.
    pub subject: String,
    /// Who asks.
    pub asked_by: AccountId,
    /// Since when.
    pub recorded_at: Moment,
    /// Until when it counts.
    pub ends_at: Moment,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// Whether they agreed.
    pub agreed: bool,
    /// When it was made use of.
    pub used_at: Option<Moment>,
}

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovalState {
    /// Waits for the second person.
    Asked,
    /// Two people agree; it can be done once.
    Agreed,
    /// The second person said no.
    Refused,
    /// It was done.
    Used,
    /// Nobody came in time.
    Lapsed,
}

impl ApprovalState {
    /// The code shown.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Agreed => "agreed",
            Self::Refused => "refused",
            Self::Used => "used",
            Self::Lapsed => "lapsed",
        }
    }
}

/// Why someone's answer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotDecide {
    /// They asked themselves.
    #[error("the second person must be another one")]
    OneAndTheSame,
    /// Decided, used or too old.
    #[error("this question no longer waits")]
    NotWaiting,
}

impl Approval {
    /// Where it stands at this moment.
    #[must_use]
    pub fn state(&self, now: Moment) -> ApprovalState {
        match (self.used_at, self.decided_by, self.agreed) {
            (Some(_), _, _) => ApprovalState::Used,
            (None, Some(_), false) => ApprovalState::Refused,
            _ if now >= self.ends_at => ApprovalState::Lapsed,
            (None, Some(_), true) => ApprovalState::Agreed,
            (None, None, _) => ApprovalState::Asked,
        }
    }

    /// The second person's answer.
    ///
    /// # Errors
    /// [`CannotDecide`] for whoever asked, or when it no longer waits.
    pub fn decide(&self, by: AccountId, agrees: bool, now: Moment) -> Result<Self, CannotDecide> {
        if self.state(now) != ApprovalState::Asked {
            return Err(CannotDecide::NotWaiting);
        }
        if by == self.asked_by {
            return Err(CannotDecide::OneAndTheSame);
        }
        Ok(Self { decided_by: Some(by), agreed: agrees, ends_at: now.after(HOLDS), ..self.clone() })
    }

    /// Makes use of it: once, by one of the two, for exactly this.
    ///
    /// # Errors
    /// [`CannotDecide::NotWaiting`] unless two people agreed to this.
    pub fn redeem(
        &self,
        by: AccountId,
        action: &str,
        subject: &str,
        now: Moment,
    ) -> Result<Self, CannotDecide> {
        let theirs = by == self.asked_by || Some(by) == self.decided_by;
        let this = self.action == action && self.subject == subject;
        if self.state(now) != ApprovalState::Agreed || !theirs || !this {
            return Err(CannotDecide::NotWaiting);
        }
        Ok(Self { used_at: Some(now), ..self.clone() })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn account(number: u128) -> AccountId {
        AccountId::from_uuid(Uuid::from_u128(number))
    }

    fn asked() -> Approval {
        Approval {
            tenant: TenantId::from_uuid(Uuid::from_u128(1)),
            id: ApprovalId::from_uuid(Uuid::from_u128(2)),
            action: "person.erase".into(),
            subject: "p-1".into(),
            asked_by: account(1),
            recorded_at: Moment::from_micros(0),
            ends_at: Moment::from_micros(0).after(HOLDS),
            decided_by: None,
            agreed: false,
            used_at: None,
        }
    }

    const SOON: Moment = Moment::from_micros(1_000);

    #[test]
    fn a8_who_asks_never_agrees() {
        assert_eq!(asked().decide(account(1), true, SOON), Err(CannotDecide::OneAndTheSame));
    }

    #[test]
    fn a8_agreed_it_is_done_once_by_one_of_the_two_and_for_this_alone() {
        let agreed = asked().decide(account(2), true, SOON).unwrap();
        assert!(agreed.redeem(account(3), "person.erase", "p-1", SOON).is_err());
        assert!(agreed.redeem(account(1), "person.erase", "p-2", SOON).is_err());
        assert!(agreed.redeem(account(1), "tenant.export", "p-1", SOON).is_err());
        let used = agreed.redeem(account(1), "person.erase", "p-1", SOON).unwrap();
        assert!(used.redeem(account(1), "person.erase", "p-1", SOON).is_err());
    }

    #[test]
    fn a8_a_refusal_and_a_day_gone_by_end_it() {
        let refused = asked().decide(account(2), false, SOON).unwrap();
        assert_eq!(refused.state(SOON), ApprovalState::Refused);
        let late = SOON.after(HOLDS);
        assert_eq!(asked().decide(account(2), true, late), Err(CannotDecide::NotWaiting));
        let agreed = asked().decide(account(2), true, SOON).unwrap();
        assert!(agreed.redeem(account(1), "person.erase", "p-1", late).is_err());
    }
}
