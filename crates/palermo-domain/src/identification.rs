//! The decision whether a person is a victim of trafficking: who decided, on
//! what grounds, under which law, who reviewed it, and how it can be contested
//! (R12). A negative decision of Palermo's own takes effect only when a second
//! person has confirmed it; one made elsewhere is recorded as it was made, and
//! what it lacks becomes a rights incident: the rules stop Palermo from doing
//! wrong, never from recording wrong.

use crate::{
    coded,
    id::{AccountId, CaseId, IdentificationId, TenantId},
    moment::Moment,
    register::day::Day,
    safeguard::{DECISIONS_NAME_THEIR_AUTHOR, Forbidden},
};
use std::collections::BTreeSet;

coded! {
    /// What was decided.
    Finding {
        /// A formal assessment begins.
        UnderAssessment = "under_assessment",
        /// Identified as a victim of trafficking.
        Identified = "identified",
        /// Not identified.
        NotIdentified = "not_identified",
        /// Inconclusive; support continues.
        Inconclusive = "inconclusive",
        /// Another need of protection.
        OtherProtection = "other_protection",
        /// The person declined the procedure.
        Declined = "declined",
        /// Opened again on new facts, or because the person wishes it.
        Reopened = "reopened",
    }
}

impl Finding {
    /// Whether it denies what the person may have claimed: then reasons, a
    /// reviewer and a way to contest it are required, and other support follows.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        matches!(self, Self::NotIdentified | Self::Inconclusive)
    }
}

coded! {
    /// Why it was decided so.
    Basis {
        /// Act, means and purpose are shown.
        ElementsShown = "elements_shown",
        /// A child: act and purpose are shown.
        ChildElementsShown = "child_elements_shown",
        /// Recognised by a court.
        Court = "court",
        /// Recognised in another State.
        OtherState = "other_state",
        /// No act could be shown.
        NoAct = "no_act",
        /// No means could be shown.
        NoMeans = "no_means",
        /// No purpose of exploitation could be shown.
        NoPurpose = "no_purpose",
        /// Facts are missing; nothing is held against the person.
        FactsMissing = "facts_missing",
        /// Another procedure fits better: asylum, labour, violence.
        OtherProcedure = "other_procedure",
        /// The person's wish.
        Wish = "wish",
        /// New facts.
        NewFacts = "new_facts",
    }
}

coded! {
    /// The law or rule it rests on.
    LegalGround {
        /// The State's own law.
        NationalLaw = "national_law",
        /// A procedure agreed between organisations.
        ReferralMechanism = "referral_mechanism",
        /// Palermo Protocol, article 3.
        PalermoProtocol = "palermo_protocol",
        /// A regional convention.
        RegionalConvention = "regional_convention",
        /// No ground was named.
        NotNamed = "not_named",
    }
}

coded! {
    /// How it can be contested.
    ReviewRoute {
        /// By the same body, other people.
        Internal = "internal",
        /// By a higher authority.
        Administrative = "administrative",
        /// Before a court.
        Court = "court",
        /// Before an ombudsperson or human-rights institution.
        Ombudsperson = "ombudsperson",
        /// No way was named.
        None = "none",
    }
}

coded! {
    /// How far a decision is.
    Stage {
        /// Waits for a second person.
        Proposed = "proposed",
        /// In force.
        InForce = "in_force",
        /// Sent back by the second person.
        Returned = "returned",
    }
}

/// A decision on identification. The reasons in words are sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identification {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; tells nothing.
    pub id: IdentificationId,
    /// The case.
    pub case: CaseId,
    /// Which episode of exploitation (R098).
    pub episode: u16,
    /// What was decided.
    pub finding: Finding,
    /// Why.
    pub basis: BTreeSet<Basis>,
    /// Under which law.
    pub legal_ground: LegalGround,
    /// Which body identified, by the code list `identified_by` (R090).
    pub body: String,
    /// Where, by kind of place (R090).
    pub site: String,
    /// Whether another authority decided; Palermo only records it.
    pub elsewhere: bool,
    /// Who decided, or wrote down what was decided elsewhere.
    pub decided_by: AccountId,
    /// Who is to confirm it, or did.
    pub reviewer: Option<AccountId>,
    /// When it was confirmed or sent back.
    pub reviewed_at: Option<Moment>,
    /// How it can be contested.
    pub review_route: ReviewRoute,
    /// Until when.
    pub review_until: Option<Day>,
    /// How far it is.
    pub stage: Stage,
    /// When it was decided.
    pub decided_at: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
}

/// What a decision lacks that a person has a right to (R12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lacking {
    /// It gives no reasons.
    Reasons,
    /// It names no legal ground.
    LegalGround,
    /// Nobody else looked at it.
    Reviewer,
    /// It does not say how it can be contested.
    ReviewRoute,
}

impl Lacking {
    /// The field of the form, and the end of its message.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Reasons => "basis",
            Self::LegalGround => "legal_ground",
            Self::Reviewer => "reviewer",
            Self::ReviewRoute => "review_route",
        }
    }
}

impl Identification {
    /// What the decision lacks. For the beginning of an assessment, and for
    /// the person's own no, nothing is asked but why.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lacking> {
        let mut lacking = Vec::new();
        if self.basis.is_empty() {
            lacking.push(Lacking::Reasons);
        }
        let decided = matches!(
            self.finding,
            Finding::Identified
                | Finding::NotIdentified
                | Finding::Inconclusive
                | Finding::OtherProtection
        );
        if decided && self.legal_ground == LegalGround::NotNamed {
            lacking.push(Lacking::LegalGround);
        }
        if self.finding.is_negative() {
            let by_another = self.reviewer.is_some_and(|reviewer| reviewer != self.decided_by);
            if !self.elsewhere && !by_another {
                lacking.push(Lacking::Reviewer);
            }
            if self.review_route == ReviewRoute::None {
                lacking.push(Lacking::ReviewRoute);
            }
        }
        lacking
    }

    /// The stage in which the decision begins. One made elsewhere is in force
    /// whatever it lacks; Palermo's own must lack nothing, and a negative one
    /// waits for its reviewer.
    ///
    /// # Errors
    /// Everything a decision of Palermo's own lacks.
    pub fn begins(&self) -> Result<Stage, Vec<Lacking>> {
        if self.elsewhere {
            return Ok(Stage::InForce);
        }
        let lacking = self.lacks();
        if !lacking.is_empty() {
            return Err(lacking);
        }
        Ok(if self.finding.is_negative() { Stage::Proposed } else { Stage::InForce })
    }

    /// Whether what another authority decided must be written down as a rights
    /// incident: a negative decision without reasons or without a way to
    /// contest it (R094).
    #[must_use]
    pub fn is_rights_incident(&self) -> bool {
        let lacking = self.lacks();
        self.elsewhere
            && self.finding.is_negative()
            && (lacking.contains(&Lacking::Reasons) || lacking.contains(&Lacking::ReviewRoute))
    }

    /// Whether a second person has said enough: whoever sends a decision back says why, for
    /// whoever decided could not know otherwise what to change (R12).
    #[must_use]
    pub const fn says_enough(confirms: bool, in_words: bool) -> bool {
        confirms || in_words
    }

    /// The second person confirms or sends back.
    ///
    /// # Errors
    /// [`Forbidden`] by R12 if whoever decided would confirm it themselves, or
    /// somebody who was not named.
    pub fn review(&mut self, by: AccountId, confirms: bool, at: Moment) -> Result<(), Forbidden> {
        let refuse = |reason: &str| {
            Err(Forbidden { rule: DECISIONS_NAME_THEIR_AUTHOR, reason: reason.to_owned() })
        };
        if by == self.decided_by {
            return refuse("whoever decided cannot confirm it themselves");
        }
        if self.reviewer != Some(by) {
            return refuse("another reviewer is named");
        }
        if self.stage != Stage::Proposed {
            return refuse("it no longer waits for a review");
        }
        self.stage = if confirms { Stage::InForce } else { Stage::Returned };
        self.reviewed_at = Some(at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn account(number: u128) -> AccountId {
        AccountId::from_uuid(Uuid::from_u128(number))
    }

    fn negative() -> Identification {
        Identification {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: IdentificationId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            episode: 1,
            finding: Finding::NotIdentified,
            basis: [Basis::NoMeans].into(),
            legal_ground: LegalGround::NationalLaw,
            body: "labour_inspector".into(),
            site: "workplace".into(),
            elsewhere: false,
            decided_by: account(1),
            reviewer: Some(account(2)),
            reviewed_at: None,
            review_route: ReviewRoute::Court,
            review_until: None,
            stage: Stage::Proposed,
            decided_at: Moment::from_micros(0),
            recorded_at: Moment::from_micros(0),
        }
    }

    #[test]
    fn req_094_an_own_negative_decision_needs_reasons_a_reviewer_and_a_way_to_contest_it() {
        assert_eq!(negative().begins(), Ok(Stage::Proposed));
        let bare = Identification {
            basis: BTreeSet::new(),
            reviewer: Some(account(1)),
            review_route: ReviewRoute::None,
            ..negative()
        };
        let lacking = bare.begins().unwrap_err();
        assert_eq!(lacking, [Lacking::Reasons, Lacking::Reviewer, Lacking::ReviewRoute]);
    }

    #[test]
    fn req_094_one_made_elsewhere_without_reasons_is_recorded_and_is_a_rights_incident() {
        let elsewhere = Identification {
            elsewhere: true,
            basis: BTreeSet::new(),
            review_route: ReviewRoute::None,
            reviewer: None,
            ..negative()
        };
        assert_eq!(elsewhere.begins(), Ok(Stage::InForce));
        assert!(elsewhere.is_rights_incident());
        let reasoned = Identification {
            basis: [Basis::NoAct].into(),
            review_route: ReviewRoute::Court,
            ..elsewhere
        };
        assert!(!reasoned.is_rights_incident());
    }

    #[test]
    fn rule_12_a_decision_is_sent_back_with_words_alone() {
        assert!(Identification::says_enough(true, false));
        assert!(Identification::says_enough(false, true));
        assert!(!Identification::says_enough(false, false));
    }

    #[test]
    fn rule_12_nobody_confirms_their_own_decision() {
        let mut decision = negative();
        let at = Moment::from_micros(1);
        assert!(decision.review(account(1), true, at).is_err());
        assert!(decision.review(account(3), true, at).is_err(), "nor somebody not named");
        decision.review(account(2), true, at).unwrap();
        assert_eq!((decision.stage, decision.reviewed_at), (Stage::InForce, Some(at)));
        assert!(decision.review(account(2), false, at).is_err(), "nor twice");
    }

    #[test]
    fn an_identification_takes_effect_at_once() {
        let positive = Identification {
            finding: Finding::Identified,
            reviewer: None,
            review_route: ReviewRoute::None,
            ..negative()
        };
        assert_eq!(positive.begins(), Ok(Stage::InForce));
    }
}
