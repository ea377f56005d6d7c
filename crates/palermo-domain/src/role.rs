//! Roles: what a person does in an organisation. What a role may do is data
//! in `content/policy/`; what no policy can give it is written here (R8, E15).

use crate::{compartment::Compartment, tenant::TenantKind};
use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What a person does in an organisation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Role { $($(#[$doc])* $name,)* }

        impl Role {
            /// All roles, in the order shown to people.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code stored and used in the policy.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

roles! {
    /// Anyone, not signed in.
    Public = "public";
    /// Answers a hotline: note, safe call-back, warm hand-over.
    HotlineWorker = "hotline-worker";
    /// Recognises a presumed trafficked person.
    IdentificationOfficer = "identification-officer";
    /// Carries a person's case.
    CaseManager = "case-manager";
    /// Gives one service of a case.
    ServiceProvider = "service-provider";
    /// Interprets a session, sees that session only.
    Interpreter = "interpreter";
    /// Guardian of a child.
    Guardian = "guardian";
    /// Legal representative of a person.
    LegalRepresentative = "legal-representative";
    /// Investigates offences; never reads care data.
    Investigator = "investigator";
    /// Central authority for requests between States.
    CentralAuthority = "central-authority";
    /// Speaks for a State in a mechanism.
    FocalPoint = "focal-point";
    /// Writes sections of a State's answers.
    SectionAuthor = "section-author";
    /// Enters data from paper.
    DataClerk = "data-clerk";
    /// Independent view of data and progress, de-identified.
    NationalRapporteur = "national-rapporteur";
    /// Reviews the impact of measures on human rights.
    HumanRightsInstitution = "human-rights-institution";
    /// Runs the mechanism: plans, rounds, registers.
    Secretariat = "secretariat";
    /// Evaluates States in a round.
    Expert = "expert";
    /// Adopts recommendations.
    CommitteeMember = "committee-member";
    /// Observer or civil society.
    Observer = "observer";
    /// Donor or provider of technical assistance.
    Donor = "donor";
    /// Analyses released and protected tables.
    Analyst = "analyst";
    /// Answers for data protection.
    DataProtectionOfficer = "data-protection-officer";
    /// Runs the accounts and desks of one tenant.
    TenantAdministrator = "tenant-administrator";
    /// Reads the audit log.
    Auditor = "auditor";
    /// A trafficked person looking at what is held about them.
    Survivor = "survivor";
    /// On call in a care tenant: break-glass works with this holder's key.
    OnCall = "on-call";
}

impl Role {
    /// The role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }

    /// Compartments the role can *ever* hold a key to, whatever a policy
    /// says. Secretariat, donors and system administrators: none (R8).
    #[must_use]
    pub const fn may_hold(self) -> &'static [Compartment] {
        match self {
            Self::CaseManager | Self::OnCall => &[
                Compartment::Case,
                Compartment::Care,
                Compartment::Identity,
                Compartment::ProtectedAddress,
            ],
            Self::IdentificationOfficer | Self::HotlineWorker => {
                &[Compartment::Case, Compartment::Care, Compartment::Identity]
            }
            Self::ServiceProvider | Self::Guardian | Self::LegalRepresentative => {
                &[Compartment::Case, Compartment::Care]
            }
            Self::DataClerk | Self::DataProtectionOfficer => &[Compartment::Case],
            _ => &[],
        }
    }

    /// Whether a tenant of this kind can give the role at all (E15, rule 8).
    #[must_use]
    pub fn fits(self, kind: TenantKind) -> bool {
        use TenantKind as K;
        match self {
            Self::Public | Self::Survivor => false,
            Self::HotlineWorker | Self::IdentificationOfficer => {
                matches!(kind, K::Identification | K::Care)
            }
            Self::CaseManager | Self::ServiceProvider | Self::OnCall | Self::Guardian => {
                kind.assists_people()
            }
            Self::Interpreter | Self::LegalRepresentative => {
                kind.assists_people() || kind == K::CivilSociety
            }
            Self::Investigator => kind == K::Enforcement,
            Self::CentralAuthority => matches!(kind, K::Enforcement | K::NationalCoordination),
            Self::FocalPoint | Self::SectionAuthor => {
                matches!(
                    kind,
                    K::NationalCoordination | K::Enforcement | K::Care | K::Identification
                )
            }
            Self::NationalRapporteur => kind == K::Rapporteur,
            Self::HumanRightsInstitution => kind == K::HumanRights,
            Self::Secretariat => kind == K::Secretariat,
            Self::Expert | Self::CommitteeMember => kind == K::ExpertBody,
            Self::Observer => matches!(kind, K::CivilSociety | K::HumanRights | K::Donor),
            Self::Donor => kind == K::Donor,
            Self::DataClerk | Self::Analyst | Self::DataProtectionOfficer => true,
            Self::TenantAdministrator | Self::Auditor => true,
        }
    }

    /// Whether holders read data about persons, and so need a second factor
    /// and short sessions (checks N3, N4).
    #[must_use]
    pub fn reads_personal_data(self) -> bool {
        !self.may_hold().is_empty() || matches!(self, Self::Interpreter | Self::Investigator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_8_no_administrator_donor_or_secretariat_holds_a_key_to_persons() {
        for role in [
            Role::TenantAdministrator,
            Role::Secretariat,
            Role::Donor,
            Role::Auditor,
            Role::Analyst,
        ] {
            assert!(role.may_hold().is_empty(), "{} holds a key", role.code());
        }
    }

    #[test]
    fn e15_enforcement_never_holds_care_or_identity() {
        for role in Role::ALL.iter().filter(|role| role.fits(TenantKind::Enforcement)) {
            let held = role.may_hold();
            assert!(!held.contains(&Compartment::Care) && !held.contains(&Compartment::Identity));
        }
    }

    #[test]
    fn every_role_reads_back_from_its_code() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(*role));
        }
    }
}
