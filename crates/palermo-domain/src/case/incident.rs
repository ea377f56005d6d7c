//! An incident: when, where and by whom persons were found. It links their
//! cases and holds nothing any of them said (R242).

use crate::{
    code::coded,
    id::{AccountId, IncidentId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

coded! {
    /// Who recognised the person (code list `identified_by`, R090).
    FoundBy {
        /// Police.
        Police = "police",
        /// Specialist unit.
        SpecialistUnit = "specialist_unit",
        /// Border guard.
        Border = "border",
        /// Immigration or asylum officer.
        Immigration = "immigration",
        /// Labour inspector.
        LabourInspector = "labour_inspector",
        /// Consular officer.
        Consulate = "consulate",
        /// Prosecutor or judge.
        Prosecutor = "prosecutor",
        /// Health service.
        Health = "health",
        /// Social service.
        Social = "social",
        /// School.
        School = "school",
        /// Non-governmental organisation.
        Ngo = "ngo",
        /// Hotline.
        Hotline = "hotline",
        /// International organisation.
        Un = "un",
        /// Peacekeeper.
        Peacekeeper = "peacekeeper",
        /// Someone of the community.
        Community = "community",
        /// The person came by themselves.
        Itself = "self",
        /// Family.
        Family = "family",
        /// Joint border office.
        JointBorderOffice = "joint_border_office",
        /// Someone else.
        Other = "other",
    }
}

coded! {
    /// The kind of place where persons were found; never an address (R091).
    Site {
        /// A workplace.
        Workplace = "workplace",
        /// A vessel.
        Vessel = "vessel",
        /// A bus, lorry or other vehicle.
        Vehicle = "vehicle",
        /// A private home.
        Home = "home",
        /// The street or another public place.
        Street = "street",
        /// A border crossing.
        BorderCrossing = "border_crossing",
        /// A joint border office.
        JointOffice = "joint_office",
        /// An airport, before boarding.
        PreBoarding = "pre_boarding",
        /// A consulate.
        Consulate = "consulate",
        /// A hospital or clinic.
        Hospital = "hospital",
        /// A school.
        School = "school",
        /// A police station or place of detention.
        Detention = "detention",
        /// A reception or transit centre.
        Reception = "reception",
        /// A closed compound.
        Compound = "compound",
        /// By telephone or on line.
        Remote = "remote",
        /// At a desk, on their own initiative.
        Desk = "desk",
        /// Elsewhere.
        Other = "other",
    }
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Organisation that recorded it.
    pub tenant: TenantId,
    /// Id; tells nothing.
    pub id: IncidentId,
    /// When the persons were found.
    pub happened_at: Moment,
    /// In which State, alpha-3.
    pub state: Option<String>,
    /// At what kind of place.
    pub site: Site,
    /// Who found them.
    pub found_by: FoundBy,
    /// When it was written down.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Option<AccountId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn req_091_sites_include_airports_before_boarding_and_joint_border_offices() {
        for code in ["pre_boarding", "joint_office", "border_crossing"] {
            assert!(Site::from_code(code).is_some(), "{code}");
        }
        assert_eq!(FoundBy::from_code("joint_border_office"), Some(FoundBy::JointBorderOffice));
    }
}
