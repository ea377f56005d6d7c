//! Act, means and purpose: the three elements of article 3 of the Palermo
//! Protocol, recorded apart (R086). Codes are those of the shared code lists.

use crate::coded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

coded! {
    /// An act (article 3(a)).
    Act {
        /// Recruitment.
        Recruitment = "recruitment",
        /// Transportation.
        Transportation = "transportation",
        /// Transfer.
        Transfer = "transfer",
        /// Harbouring.
        Harbouring = "harbouring",
        /// Receipt.
        Receipt = "receipt",
    }
}

coded! {
    /// A means (article 3(a)); not needed for a child (article 3(c)).
    Means {
        /// Threat of force.
        ThreatOfForce = "threat_force",
        /// Use of force.
        UseOfForce = "use_force",
        /// Other forms of coercion.
        OtherCoercion = "other_coercion",
        /// Abduction.
        Abduction = "abduction",
        /// Fraud.
        Fraud = "fraud",
        /// Deception.
        Deception = "deception",
        /// Abuse of power.
        AbuseOfPower = "abuse_power",
        /// Abuse of a position of vulnerability.
        AbuseOfVulnerability = "abuse_vulnerability",
        /// Payments or benefits to someone in control of another.
        Payments = "payments",
    }
}

coded! {
    /// A form of exploitation: the purpose (article 3(a) and what States add).
    ExploitationForm {
        /// Exploitation of prostitution or other sexual exploitation.
        Sexual = "sexual",
        /// Prostitution.
        Prostitution = "sexual.prostitution",
        /// Production of pornographic material.
        Pornography = "sexual.pornography",
        /// Remote interactive sexual services.
        RemoteSexual = "sexual.remote",
        /// Private sexual services.
        PrivateSexual = "sexual.private",
        /// Child sex tourism.
        SexTourism = "sexual.tourism",
        /// Forced labour or services.
        Labour = "labour",
        /// Agriculture.
        Agriculture = "labour.agriculture",
        /// Aquafarming and fishing.
        Fishing = "labour.aquafarming",
        /// Forced begging.
        Begging = "labour.begging",
        /// Construction.
        Construction = "labour.construction",
        /// Domestic work.
        Domestic = "labour.domestic",
        /// Hospitality.
        Hospitality = "labour.hospitality",
        /// Manufacturing.
        Manufacturing = "labour.manufacturing",
        /// Mining or drilling.
        Mining = "labour.mining",
        /// Peddling.
        Peddling = "labour.peddling",
        /// Transportation.
        Transport = "labour.transportation",
        /// Illicit activities.
        Illicit = "labour.illicit",
        /// Another sector.
        OtherLabour = "labour.other",
        /// Slavery or practices similar to slavery.
        Slavery = "slavery",
        /// Servitude.
        Servitude = "servitude",
        /// Removal of organs.
        Organs = "organs",
        /// Other exploitation.
        Other = "other",
        /// Forced marriage.
        ForcedMarriage = "other.forced_marriage",
        /// Illegal adoption or sale of a child.
        IllegalAdoption = "other.illegal_adoption",
        /// Forced military service, child soldier.
        Armed = "other.armed",
        /// Forced criminal activity.
        ForcedCrime = "other.forced_crime",
        /// Identity or benefit fraud.
        BenefitFraud = "other.benefit_fraud",
        /// Surrogacy.
        Surrogacy = "other.surrogacy",
        /// Mixed forms.
        Mixed = "mixed",
        /// Not known.
        Unknown = "unknown",
    }
}

impl ExploitationForm {
    /// The Protocol's own form this belongs to: what stands before the dot.
    #[must_use]
    pub fn family(self) -> Self {
        let head = self.code().split('.').next().unwrap_or_default();
        head.parse().unwrap_or(self)
    }

    /// Whether it is sexual exploitation.
    #[must_use]
    pub fn is_sexual(self) -> bool {
        self.family() == Self::Sexual
    }
}

/// The three elements as recorded; each value once, in the order of its list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Elements {
    /// What was done.
    #[serde(rename = "act")]
    pub acts: BTreeSet<Act>,
    /// By which means.
    pub means: BTreeSet<Means>,
    /// For which exploitation.
    #[serde(rename = "purpose")]
    pub purposes: BTreeSet<ExploitationForm>,
}
