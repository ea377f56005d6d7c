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
