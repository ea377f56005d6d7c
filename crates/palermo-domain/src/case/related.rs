//! Related persons: a child with the person, a newborn, a relative at risk, a
//! witness. They have needs, protection and secrecy of their own and are never
//! counted as trafficked (R238).

use crate::{
    code::coded,
    id::{CaseId, PersonId, RelatedId, TenantId},
    moment::Moment,
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
    /// When it was written down.
    pub recorded_at: Moment,
}
