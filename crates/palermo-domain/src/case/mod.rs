//! A case: the help one person gets from one organisation, from first contact
//! to a life of their own. Here are coded facts only; what to call the person,
//! their story and their wishes are sealed in the compartments identity and
//! care (R8) and never pass through these types.
//!
//! How others build on it:
//! * a decision, a service, a note … becomes an [`event::Event`] of the case,
//!   so that the history reads as one story;
//! * the status of the person moves only along [`status::VictimStatus::may_become`];
//! * whether help may be given is answered by [`crate::safeguard::assistance`],
//!   which can see neither nationality nor status nor cooperation (R1).

pub mod abroad;
pub mod age;
pub mod alike;
pub mod attachment;
pub mod charge;
pub mod closing;
pub mod contact;
pub mod event;
pub mod flag;
pub mod guardian_word;
pub mod hand_back;
pub mod incident;
pub mod keeping;
pub mod look_for;
pub mod paper;
pub mod person;
pub mod referral;
pub mod related;
pub mod retention;
pub mod rights_incident;
pub mod sealed_file;
pub mod sharing;
pub mod status;
pub mod team;
pub mod withdrawal;

use crate::{
    code::coded,
    id::{AccountId, CaseId, IncidentId, PersonId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use status::VictimStatus;

coded! {
    /// What cannot wait. Asked at first contact; nothing else is required.
    UrgentNeed {
        /// A safe place for tonight.
        SafePlace = "safe_place",
        /// Medical care.
        Medical = "medical",
        /// Food, clothing, hygiene.
        Food = "food",
        /// Someone is looking for them, or threatens them or their family.
        Danger = "danger",
        /// A child is with them.
        ChildWith = "child_with",
        /// Thoughts of ending their life, or a state that needs help now.
        Distress = "distress",
        /// An interpreter.
        Interpreter = "interpreter",
    }
}

coded! {
    /// Whether a case is worked on.
    Phase {
        /// Someone carries it.
        Open = "open",
        /// Closed with a reason; can be reopened, and help is still possible.
        Closed = "closed",
    }
}

coded! {
    /// Why a case was closed (code list `case_closure`).
    Closure {
        /// Social inclusion in the country of destination.
        ReintegratedDestination = "reintegrated_destination",
        /// Reintegration in the country of origin.
        ReintegratedOrigin = "reintegrated_origin",
        /// Resettled in a third country.
        ResettledThird = "resettled_third",
        /// International protection granted.
        Refugee = "refugee",
        /// Family reunified.
        FamilyReunified = "family_reunified",
        /// Transferred and accepted.
        Transferred = "transferred",
        /// The goals of the care plan are met.
        GoalsMet = "goals_met",
        /// The person withdrew.
        Withdrew = "withdrew",
        /// Contact was lost.
        LostContact = "lost_contact",
        /// Not identified, referred to other support (R095).
        NotIdentifiedReferred = "not_identified_referred",
        /// Detained or removed against advice; a rights incident.
        DetainedRemoved = "detained_removed",
        /// Trafficked again; a new episode is linked.
        Retrafficked = "retrafficked",
        /// The person died.
        Deceased = "deceased",
        /// The same case stood twice.
        Duplicate = "duplicate",
        /// Closed and erased at the person's request.
        DataErased = "data_erased",
    }
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Organisation that carries it.
    pub tenant: TenantId,
    /// Id; tells nothing.
    pub id: CaseId,
    /// Whom it is about.
    pub person: PersonId,
    /// The incident in which the person was found, if there was one.
    pub incident: Option<IncidentId>,
    /// Which episode of exploitation of this person, from 1 (R098).
    pub episode: u16,
    /// Where identification stands.
    pub status: VictimStatus,
    /// Whether someone works on it.
    pub phase: Phase,
    /// What could not wait at first contact.
    pub urgent: Vec<UrgentNeed>,
    /// A sealed record: witness protection, an official as suspect. It shows
    /// itself to its team alone, not even in counts (E11).
    pub sealed: bool,
    /// When the person was met.
    pub happened_at: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Who opened it.
    pub opened_by: Option<AccountId>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// Why it was closed.
    pub closure: Option<Closure>,
    /// When help was last given: the retention clock runs from here (E24).
    pub last_service_at: Option<Moment>,
}

impl Case {
    /// The number people use: fifty random bits of the id in letters that
    /// cannot be mistaken for one another. Derived from nothing else (E04).
    #[must_use]
    pub fn number(&self) -> String {
        number(self.id)
    }
}

/// Crockford's letters: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The pseudonymous number of a case, as `7Q4KM-X20BD`.
#[must_use]
pub fn number(id: CaseId) -> String {
    use crate::id::Id;
    let mut bits = id.uuid().as_u128() & ((1 << 50) - 1);
    let mut letters = [b'-'; 11];
    for place in (0..11).rev().filter(|place| *place != 5) {
        let letter = LETTERS.get(usize::try_from(bits & 31).unwrap_or(0)).copied();
        if let Some(slot) = letters.get_mut(place) {
            *slot = letter.unwrap_or(b'0');
        }
        bits >>= 5;
    }
    String::from_utf8_lossy(&letters).into_owned()
}

/// A case of tests: met on the first day of 2026, and closed on a day or not at all.
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) fn made_up(closed: Option<&str>) -> Case {
    use crate::id::Id;
    use uuid::Uuid;
    let at = |day: &str| format!("{day}T10:00:00Z").parse::<Moment>().unwrap();
    Case {
        tenant: TenantId::from_uuid(Uuid::nil()),
        id: CaseId::from_uuid(Uuid::nil()),
        person: PersonId::from_uuid(Uuid::nil()),
        incident: None,
        episode: 1,
        status: VictimStatus::Presumed,
        phase: if closed.is_some() { Phase::Closed } else { Phase::Open },
        urgent: Vec::new(),
        sealed: false,
        happened_at: at("2026-01-01"),
        recorded_at: at("2026-01-01"),
        opened_by: None,
        closed_at: closed.map(at),
        closure: closed.map(|_| Closure::GoalsMet),
        last_service_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    #[test]
    fn a_number_is_read_from_the_random_bits_of_the_id_alone() {
        let id = CaseId::from_uuid(Uuid::from_u128(0x0003_ffff_ffff_ffff));
        assert_eq!(number(id), "ZZZZZ-ZZZZZ");
        let none = CaseId::from_uuid(Uuid::nil());
        assert_eq!(number(none), "00000-00000");
    }
}
