//! Related persons: a child with the person, a newborn, a relative at risk, a
//! witness. They have needs, protection and secrecy of their own and are never
//! counted as trafficked (R238).

use super::team::TeamPart;
use crate::{
    care::body::RiskLevel,
    code::coded,
    id::{CaseId, PersonId, RelatedId, TenantId},
    moment::Moment,
    register::day::Day,
};
use serde::{Deserialize, Serialize};

coded! {
    /// What they are to the person.
    Relation {
        /// A child who is with them.
        ChildWith = "child_with",
        /// A newborn.
        Newborn = "newborn",
        /// A relative at risk.
        RelativeAtRisk = "relative_at_risk",
        /// Whoever reported it.
        Reporter = "reporter",
        /// A witness.
        Witness = "witness",
    }
}

coded! {
    /// Whether a baby's birth is registered.
    BirthRegistration {
        /// Does not apply.
        NotApplicable = "not_applicable",
        /// Registered.
        Registered = "registered",
        /// Asked for.
        AskedFor = "asked_for",
        /// Not registered.
        NotRegistered = "not_registered",
    }
}

coded! {
    /// Why a related person is no longer beside the case.
    RelatedEnd {
        /// They have a case of their own now.
        OwnCase = "own_case",
        /// They are looked after elsewhere.
        Elsewhere = "elsewhere",
        /// Nothing is needed any more.
        NotNeeded = "not_needed",
        /// They wish it.
        Wish = "wish",
        /// Written down by mistake.
        Mistake = "mistake",
    }
}

/// A service a related person has, in their own right (R238).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedService {
    /// What (code list `service`).
    pub service: String,
    /// Since when.
    pub since: Day,
    /// Until when, once it ended.
    pub until: Option<Day>,
}

/// A related person. Name and what was said about them are sealed under a key
/// of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Organisation.
    pub tenant: TenantId,
    /// Id.
    pub id: RelatedId,
    /// Beside which case.
    pub case: CaseId,
    /// Themselves: a person with keys of their own, and no case.
    pub person: PersonId,
    /// What they are to the person.
    pub relation: Relation,
    /// What they need (code list `service`).
    pub needs: Vec<String>,
    /// Whether their birth is registered.
    pub birth: BirthRegistration,
    /// Whether they risk having no nationality.
    pub nationality_risk: bool,
    /// Services they have.
    #[serde(default)]
    pub services: Vec<RelatedService>,
    /// How much threatens them; nothing if nobody looked.
    #[serde(default)]
    pub risk: Option<RiskLevel>,
    /// What is done for their safety (code list `safety`).
    #[serde(default)]
    pub protection: Vec<String>,
    /// Whether they are kept secret: from whoever does not carry the case, and
    /// from the person themselves.
    #[serde(default)]
    pub secret: bool,
    /// When they were no longer beside the case, and why.
    #[serde(default)]
    pub ended: Option<(Day, RelatedEnd)>,
    /// When it was written down.
    pub recorded_at: Moment,
}

impl Related {
    /// Whether someone with this part on the team sees them: one who is kept
    /// secret is shown to whoever carries the case alone.
    #[must_use]
    pub fn is_open_to(&self, part: Option<TeamPart>) -> bool {
        !self.secret || matches!(part, Some(TeamPart::Lead | TeamPart::Alternate))
    }

    /// Whether they are beside the case now.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.ended.is_none()
    }

    /// Needs without a service that runs.
    #[must_use]
    pub fn open_needs(&self) -> Vec<&str> {
        let running = self.services.iter().filter(|one| one.until.is_none());
        let running: Vec<&str> = running.map(|one| one.service.as_str()).collect();
        self.needs.iter().map(String::as_str).filter(|need| !running.contains(need)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn newborn() -> Related {
        Related {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: RelatedId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            person: PersonId::from_uuid(Uuid::nil()),
            relation: Relation::Newborn,
            needs: vec!["health".into(), "documents".into()],
            birth: BirthRegistration::NotRegistered,
            nationality_risk: true,
            services: Vec::new(),
            risk: None,
            protection: Vec::new(),
            secret: false,
            ended: None,
            recorded_at: Moment::from_micros(0),
        }
    }

    #[test]
    fn req_238_a_need_is_open_until_a_service_of_their_own_runs() {
        let mut one = newborn();
        assert_eq!(one.open_needs(), ["health", "documents"]);
        let since = "2026-11-01".parse().unwrap();
        one.services.push(RelatedService { service: "health".into(), since, until: None });
        assert_eq!(one.open_needs(), ["documents"]);
        one.services[0].until = Some(since);
        assert_eq!(one.open_needs(), ["health", "documents"]);
    }

    #[test]
    fn req_238_one_who_is_kept_secret_is_shown_to_whoever_carries_the_case_alone() {
        let mut one = newborn();
        assert!(one.is_open_to(None) && one.is_open_to(Some(TeamPart::Provider)));
        one.secret = true;
        assert!(one.is_open_to(Some(TeamPart::Lead)));
        for part in [None, Some(TeamPart::Member), Some(TeamPart::Provider)] {
            assert!(!one.is_open_to(part));
        }
    }

    #[test]
    fn what_was_written_before_these_fields_existed_still_reads() {
        let mut old = serde_json::to_value(newborn()).unwrap();
        let fields = old.as_object_mut().unwrap();
        for new in ["services", "risk", "protection", "secret", "ended"] {
            fields.remove(new);
        }
        assert_eq!(serde_json::from_value::<Related>(old).unwrap(), newborn());
    }
}
