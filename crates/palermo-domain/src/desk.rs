//! A desk: an addressable office with members, alternates and hours. Work is
//! sent to desks, not to people; on pages it is called a contact point.

pub mod answers;
pub mod contact;

use crate::id::{AccountId, DeskId, TenantId};
use serde::{Deserialize, Serialize};

/// Topics that have a name in every language (`desk-topic-…`). A desk may be competent for
/// others too, which are shown as they were typed.
pub const TOPICS: [&str; 14] = [
    "requests",
    "identification",
    "return",
    "reintegration",
    "shelter",
    "assistance",
    "children",
    "consular",
    "liaison",
    "hotline",
    "investigation",
    "plans",
    "reports",
    "border",
];

/// The level at which a desk works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskLevel {
    /// For the whole mechanism.
    Regional,
    /// For one State.
    National,
    /// For a place where many people are found.
    Hotspot,
    /// At a border crossing.
    BorderOffice,
    /// In another State.
    Consulate,
}

impl DeskLevel {
    /// All levels, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::Regional, Self::National, Self::Hotspot, Self::BorderOffice, Self::Consulate];

    /// The code stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Regional => "regional",
            Self::National => "national",
            Self::Hotspot => "hotspot",
            Self::BorderOffice => "border-office",
            Self::Consulate => "consulate",
        }
    }

    /// The level with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// An office to which work is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: DeskId,
    /// Name of the office, never of a person.
    pub name: String,
    /// Level at which it works.
    pub level: DeskLevel,
    /// State it works for (ISO 3166-1 alpha-3), if one.
    pub state: Option<String>,
    /// What it is competent for: free codes such as `identification`, `return`.
    pub topics: Vec<String>,
    /// Languages spoken (BCP 47).
    pub languages: Vec<String>,
    /// IANA time zone, for example `Africa/Dakar`.
    pub time_zone: String,
    /// Opening hours in OpenStreetMap notation, for example `Mo-Fr 08:00-17:00` or `24/7`.
    pub hours: String,
    /// Telephone in international notation, if it may be shown.
    pub telephone: Option<String>,
    /// Whether the desk still takes work.
    pub open: bool,
}

/// A member of a desk; `alternate` stands in when the first is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskMember {
    /// Organisation.
    pub tenant: TenantId,
    /// The desk.
    pub desk: DeskId,
    /// The member.
    pub account: AccountId,
    /// Stands in rather than leads.
    pub alternate: bool,
}
