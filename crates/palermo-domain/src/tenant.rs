//! A tenant: the organisation answerable for its data (a shelter, a police
//! unit, a ministry, a secretariat), never "the State".

use crate::id::TenantId;
use serde::{Deserialize, Serialize};

/// What kind of organisation a tenant is. Roles that may read care data can
/// only be given in tenants of a kind that cares (E15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TenantKind {
    /// The secretariat of a mechanism.
    Secretariat,
    /// A ministry or task force that coordinates for its State.
    NationalCoordination,
    /// The independent national rapporteur.
    Rapporteur,
    /// A shelter or another organisation that assists people.
    Care,
    /// A desk that identifies trafficked persons (labour inspection, hotline, outreach).
    Identification,
    /// Police, prosecution or border guard.
    Enforcement,
    /// A human-rights institution.
    HumanRights,
    /// An expert body or a committee of the parties.
    ExpertBody,
    /// A donor or provider of technical assistance.
    Donor,
    /// Civil society, trade union, employers.
    CivilSociety,
}

impl TenantKind {
    /// All kinds, in the order shown to people.
    pub const ALL: [Self; 10] = [
        Self::Secretariat,
        Self::NationalCoordination,
        Self::Rapporteur,
        Self::Care,
        Self::Identification,
        Self::Enforcement,
        Self::HumanRights,
        Self::ExpertBody,
        Self::Donor,
        Self::CivilSociety,
    ];

    /// The code stored and used in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Secretariat => "secretariat",
            Self::NationalCoordination => "national-coordination",
            Self::Rapporteur => "rapporteur",
            Self::Care => "care",
            Self::Identification => "identification",
            Self::Enforcement => "enforcement",
            Self::HumanRights => "human-rights",
            Self::ExpertBody => "expert-body",
            Self::Donor => "donor",
            Self::CivilSociety => "civil-society",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the organisation holds records of persons it assists, and so
    /// has the compartments `care` and `identity`.
    #[must_use]
    pub const fn assists_people(self) -> bool {
        matches!(self, Self::Care | Self::Identification)
    }

    /// Whether the organisation speaks for the region, wherever it has its seat. Any other
    /// speaks for the State it works in.
    ///
    /// ```
    /// use palermo_domain::tenant::TenantKind;
    /// assert!(TenantKind::Secretariat.speaks_for_region());
    /// assert!(!TenantKind::Rapporteur.speaks_for_region());
    /// ```
    #[must_use]
    pub const fn speaks_for_region(self) -> bool {
        matches!(self, Self::Secretariat | Self::ExpertBody | Self::Donor)
    }
}

/// An organisation that uses this installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    /// Its id, first in the key of everything it owns.
    pub id: TenantId,
    /// Name as its members write it.
    pub name: String,
    /// What kind of organisation it is.
    pub kind: TenantKind,
    /// The State it works in (ISO 3166-1 alpha-3), if it works in one.
    pub state: Option<String>,
    /// Language of its letters and default of its pages (BCP 47).
    pub language: String,
}
