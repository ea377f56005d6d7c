//! Accounts of members of staff, their roles with dates, and what they
//! prefer to see.

use crate::{
    id::{AccountId, TenantId},
    moment::Moment,
    role::Role,
};
use serde::{Deserialize, Serialize};

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountStatus {
    /// Invited, has not signed in.
    Invited,
    /// In use.
    Active,
    /// Stopped by an administrator; can be resumed.
    Suspended,
    /// The person left; history stays.
    Left,
}

impl AccountStatus {
    /// The code stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Left => "left",
        }
    }

    /// The status with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Invited, Self::Active, Self::Suspended, Self::Left]
            .into_iter()
            .find(|status| status.code() == code)
    }
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: AccountId,
    /// Address for sign-in and neutral notices.
    pub email: String,
    /// Name shown to colleagues.
    pub name: String,
    /// Language of pages (BCP 47).
    pub language: String,
    /// Whether digits and dates are shown in the language's own digits.
    pub own_digits: bool,
    /// Where it stands.
    pub status: AccountStatus,
    /// When it was made.
    pub recorded_at: Moment,
}

/// A role someone holds, with its dates. The end date is exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleAssignment {
    /// Organisation.
    pub tenant: TenantId,
    /// Whose.
    pub account: AccountId,
    /// Which role.
    pub role: Role,
    /// Since when.
    pub from: Moment,
    /// Until when (exclusive), open if empty.
    pub until: Option<Moment>,
}

impl RoleAssignment {
    /// Whether the role is held at this moment.
    #[must_use]
    pub fn holds_at(&self, at: Moment) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// Why someone's own roles stay as they are: whoever gives roles could otherwise
/// open, alone, whatever any role opens, and whoever ends them could step out of
/// a duty that others count on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OnesOwnRoles {
    /// A role given to oneself or ended for oneself.
    #[error("nobody gives a role to themselves or ends their own")]
    Changed,
    /// An invitation that comes back to whoever sent it.
    #[error("an invitation is for another person than the one who invites")]
    Invited,
}

/// Whether someone may give this account a role or end one of it: anybody's but
/// their own. The operator, who has no account, is not asked (the log says so).
///
/// # Errors
/// [`OnesOwnRoles::Changed`] for one's own account.
pub fn may_change_roles(by: AccountId, of: AccountId) -> Result<(), OnesOwnRoles> {
    if by == of { Err(OnesOwnRoles::Changed) } else { Ok(()) }
}

/// Whether two addresses lead to one mailbox: capitals make no difference, nor
/// does a mark behind `+`.
#[must_use]
pub fn same_mailbox(one: &str, other: &str) -> bool {
    fn mailbox(address: &str) -> (String, String) {
        let (name, domain) = address.trim().rsplit_once('@').unwrap_or((address.trim(), ""));
        let name = name.split_once('+').map_or(name, |(name, _)| name);
        (name.to_lowercase(), domain.to_lowercase())
    }
    mailbox(one) == mailbox(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    #[test]
    fn nobody_changes_their_own_roles() {
        let [ruth, nadia] = [1, 2].map(|number| AccountId::from_uuid(Uuid::from_u128(number)));
        assert_eq!(may_change_roles(ruth, nadia), Ok(()));
        assert_eq!(may_change_roles(ruth, ruth), Err(OnesOwnRoles::Changed));
    }

    #[test]
    fn a_mark_or_capitals_make_no_other_mailbox() {
        assert!(same_mailbox("ruth@house.example", " Ruth+two@House.example"));
        assert!(!same_mailbox("ruth@house.example", "ruth@other.example"));
        assert!(!same_mailbox("ruth@house.example", "truth@house.example"));
    }
}
