//! Purposes: each read of case data names one from this closed list (E01).

use serde::{Deserialize, Serialize};

/// Why data about a person is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Assisting and protecting the person.
    Care,
    /// Deciding whether the person was trafficked.
    Identification,
    /// Taking over, or handing over, a part of the help.
    Referral,
    /// The person's own remedies: legal aid, compensation, permits.
    Remedy,
    /// The person asks to see, correct or erase what is held.
    PersonsRequest,
    /// Supervision of the work by someone answerable for it.
    Supervision,
    /// Danger to life; opened by break-glass, reviewed afterwards (E21).
    DangerToLife,
    /// Oversight of data protection.
    DataProtection,
    /// Counting, without identity.
    Statistics,
}

impl Purpose {
    /// All purposes, in the order shown.
    pub const ALL: [Self; 9] = [
        Self::Care,
        Self::Identification,
        Self::Referral,
        Self::Remedy,
        Self::PersonsRequest,
        Self::Supervision,
        Self::DangerToLife,
        Self::DataProtection,
        Self::Statistics,
    ];

    /// The code stored in audit entries and used in the policy.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Care => "care",
            Self::Identification => "identification",
            Self::Referral => "referral",
            Self::Remedy => "remedy",
            Self::PersonsRequest => "persons-request",
            Self::Supervision => "supervision",
            Self::DangerToLife => "danger-to-life",
            Self::DataProtection => "data-protection",
            Self::Statistics => "statistics",
        }
    }

    /// The purpose with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}
