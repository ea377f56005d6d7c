//! What the public may know of protected services: that such help can be had,
//! and through which desk. All houses to which one desk leads are one entry for
//! a need, so that neither their number nor anything of one of them shows
//! (R9, E14).

use super::{
    Need, Organisation, Place, Provider, Service, Status,
    eligibility::Eligibility,
    find::{Because, Offer},
};
use crate::{
    desk::Desk,
    id::{DeskId, Id, ServiceId, TenantId},
    register::state::StateCode,
    tenant::TenantKind,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An id that always comes out the same for the same record and word (a UUID
/// of version 8: made by a rule of ours).
#[must_use]
pub fn derived(of: Uuid, word: &str) -> Uuid {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = OFFSET;
    for byte in of.as_bytes().iter().chain(word.as_bytes()) {
        hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
    }
    let mut bytes = hash.to_be_bytes();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

/// The key of the one entry for all protected services of a need in a State to
/// which a desk leads. It says nothing of any of them.
#[must_use]
pub fn entry_id(need: Need, state: Option<StateCode>, desk: Option<DeskId>) -> ServiceId {
    let state = state.map(|state| state.to_string()).unwrap_or_default();
    let of = desk.map_or(Uuid::nil(), DeskId::uuid);
    ServiceId::from_uuid(derived(of, &format!("protected {} {state}", need.code())))
}

/// All protected services of a need in a State to which one desk leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// What they are for.
    pub need: Need,
    /// The State.
    pub state: StateCode,
    /// The desk; none if the State has none that the public may turn to.
    pub desk: Option<Desk>,
}

impl Behind {
    /// The key of the entry.
    #[must_use]
    pub fn id(&self) -> ServiceId {
        entry_id(self.need, Some(self.state), self.desk.as_ref().map(|desk| desk.id))
    }

    /// The entry as matching looks at it: the hours are those of the desk, and
    /// whom the houses admit is not asked.
    #[must_use]
    pub fn offer(&self) -> Offer {
        Offer {
            tenant: self.desk.as_ref().map_or(TenantId::from_uuid(Uuid::nil()), |desk| desk.tenant),
            id: self.id(),
            areas: Vec::new(),
            protected: true,
            eligibility: Eligibility::default(),
            step_free: None,
            languages: Vec::new(),
            available: None,
            places_confirmed: None,
            assured: None,
            hours: self.desk.as_ref().map(|desk| desk.hours.clone()),
            time_zone: self.desk.as_ref().map(|desk| desk.time_zone.clone()),
            unanswered: None,
            own: false,
        }
    }

    /// The entry as it is shown.
    #[must_use]
    pub fn service(&self) -> Service {
        let mut shown = Service::hidden(self.need, Some(self.state));
        shown.hours = self.desk.as_ref().map(|desk| desk.hours.clone());
        shown.time_zone = self.desk.as_ref().map(|desk| desk.time_zone.clone());
        shown
    }

    /// Reasons that are the desk's, not those of a record about a house.
    #[must_use]
    pub fn tells(why: Because) -> bool {
        !matches!(why, Because::Fresh | Because::Stale)
    }
}

/// Whether the public may know of a desk of such an organisation: of the coordination of
/// a State, of the secretariat, and hotlines. That a shelter or a police unit has a desk
/// is nobody else's business.
#[must_use]
pub fn is_public(desk: &Desk, kind: Option<TenantKind>) -> bool {
    match kind {
        Some(TenantKind::NationalCoordination | TenantKind::Secretariat) => true,
        Some(TenantKind::Identification) => desk.topics.iter().any(|topic| topic == "hotline"),
        _ => false,
    }
}

/// What tells of protected services: the desks that lead to them, and whoever keeps one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Houses {
    desks: BTreeSet<DeskId>,
    keepers: BTreeSet<TenantId>,
}

impl Houses {
    /// Notes a service of this organisation.
    pub fn note(&mut self, keeper: TenantId, place: &Place) {
        let Place::Protected { through } = place else { return };
        self.keepers.insert(keeper);
        self.desks.extend(through.map(|through| through.desk));
    }

    /// Whether a program may be told of a desk of such an organisation. Lists that programs
    /// keep go further than pages, and a desk that leads to a house, or belongs to whoever
    /// keeps one, tells the city of it: of these only what the public may know (R9).
    #[must_use]
    pub fn told_to_programs(&self, desk: &Desk, kind: Option<TenantKind>) -> bool {
        let tells = self.desks.contains(&desk.id) || self.keepers.contains(&desk.tenant);
        !tells || is_public(desk, kind)
    }
}

impl Service {
    /// A protected service of which nothing is told but what it is for and where.
    #[must_use]
    pub fn hidden(need: Need, state: Option<StateCode>) -> Self {
        Self {
            name: String::new(),
            alternate_name: None,
            need,
            centre: None,
            description: String::new(),
            organisation: Organisation {
                id: Uuid::nil(),
                name: String::new(),
                description: String::new(),
                provider: Provider::Unknown,
                website: None,
                email: None,
            },
            state,
            areas: Vec::new(),
            status: Status::Active,
            place: Place::Protected { through: None },
            phones: Vec::new(),
            url: None,
            email: None,
            hours: None,
            time_zone: None,
            languages: Vec::new(),
            interpretation: None,
            step_free: None,
            accessibility: String::new(),
            eligibility: Eligibility::default(),
            capacity: None,
            fees: String::new(),
            application: String::new(),
            funding: Vec::new(),
            assessments: Vec::new(),
            assured: None,
            alert: None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{desk::DeskLevel, service::DeskRef};

    fn desk(number: u128, tenant: TenantId) -> Desk {
        Desk {
            tenant,
            id: DeskId::from_uuid(Uuid::from_u128(number)),
            name: format!("Desk {number}"),
            level: DeskLevel::National,
            state: Some("BEN".into()),
            topics: Vec::new(),
            languages: vec!["en".into()],
            time_zone: "UTC".into(),
            hours: "24/7".into(),
            telephone: None,
            open: true,
        }
    }

    #[test]
    fn rule_9_programs_learn_of_no_desk_that_tells_of_a_house_unless_the_public_may() {
        let [keeper, other] = [1, 2].map(|n| TenantId::from_uuid(Uuid::from_u128(n)));
        let leads = desk(3, other);
        let through = Some(DeskRef { tenant: other, desk: leads.id });
        let mut houses = Houses::default();
        houses.note(keeper, &Place::Protected { through });
        let (own, elsewhere) = (desk(4, keeper), desk(5, other));
        let police = Some(TenantKind::Identification);
        assert!(!houses.told_to_programs(&leads, police));
        assert!(!houses.told_to_programs(&own, Some(TenantKind::Care)));
        assert!(!houses.told_to_programs(&own, None));
        assert!(houses.told_to_programs(&elsewhere, police));
        assert!(houses.told_to_programs(&leads, Some(TenantKind::NationalCoordination)));
        let hotline = Desk { topics: vec!["hotline".into()], ..leads };
        assert!(houses.told_to_programs(&hotline, police));
    }

    #[test]
    fn rule_9_the_key_of_an_entry_is_of_desk_and_need_alone() {
        let state = Some("BEN".parse().unwrap());
        let desk = DeskId::from_uuid(Uuid::from_u128(1));
        let other = DeskId::from_uuid(Uuid::from_u128(2));
        let id = entry_id(Need::Shelter, state, Some(desk));
        assert_eq!(id, entry_id(Need::Shelter, state, Some(desk)));
        assert_ne!(id, entry_id(Need::Legal, state, Some(desk)));
        assert_ne!(id, entry_id(Need::Shelter, state, Some(other)));
        assert_ne!(id, entry_id(Need::Shelter, state, None));
    }
}
