//! Two records with like names in one organisation: a hint that they may be the
//! same person, never more. Whoever knows says that they are not, and that is
//! remembered.

use crate::{
    id::{AccountId, CaseId, NotSameId, PersonId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

/// Someone said that two persons are not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSame {
    /// Organisation.
    pub tenant: TenantId,
    /// Id.
    pub id: NotSameId,
    /// The case from which it was said.
    pub case: CaseId,
    /// Its person.
    pub person: PersonId,
    /// The other.
    pub other: PersonId,
    /// Who said it.
    pub by: AccountId,
    /// When.
    pub recorded_at: Moment,
}

impl NotSame {
    /// Whether it is about these two, whichever way round.
    #[must_use]
    pub fn is_about(&self, one: PersonId, other: PersonId) -> bool {
        (self.person, self.other) == (one, other) || (self.person, self.other) == (other, one)
    }
}
