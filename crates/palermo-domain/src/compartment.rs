//! Compartments: what one key opens. Care, identity and protected addresses
//! are wrapped only to staff and the tenant's recovery key, so that a server
//! with its root key and its disk yields no name and no narrative (R8).

use serde::{Deserialize, Serialize};

/// What one compartment key of a tenant opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compartment {
    /// Coded fields only: age band, child flag, State, language, states, dates.
    Case,
    /// Free text, health, safety plan, legal advice, consent notes, wishes.
    Care,
    /// Names, contacts, documents.
    Identity,
    /// Addresses of services that must not be found (R9).
    ProtectedAddress,
    /// Secrets of accounts (one-time-code seeds), opened by the server.
    Account,
}

impl Compartment {
    /// All compartments.
    pub const ALL: [Self; 5] =
        [Self::Case, Self::Care, Self::Identity, Self::ProtectedAddress, Self::Account];

    /// The code stored and bound into every ciphertext.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Care => "care",
            Self::Identity => "identity",
            Self::ProtectedAddress => "protected-address",
            Self::Account => "account",
        }
    }

    /// The compartment with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|compartment| compartment.code() == code)
    }

    /// Whether the server's root key may open it. False for whatever only a
    /// signed-in, cleared member of staff (or the recovery key) can open.
    #[must_use]
    pub const fn opens_with_root(self) -> bool {
        matches!(self, Self::Case | Self::Account)
    }
}
