//! Rights incidents: what happened although a rule of rights forbids it. They
//! can be recorded in every state of a case, by everyone who may write in it,
//! and no role can switch that off (R243). What happened and what was done
//! about it is sealed in care.

use super::incident::FoundBy;
use crate::{
    code::coded,
    id::{AccountId, CaseId, RightsIncidentId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

coded! {
    /// By which body.
    ByBody {
        /// Police.
        Police = "police",
        /// Border guard.
        Border = "border",
        /// Immigration authority.
        Immigration = "immigration",
        /// Prosecution.
        Prosecution = "prosecution",
        /// Court.
        Court = "court",
        /// Labour inspection.
        Labour = "labour",
        /// A service provider.
        Provider = "provider",
        /// A guardian or representative.
        Guardian = "guardian",
        /// An authority of another State.
        OtherState = "other_state",
        /// One's own organisation.
        Own = "own",
        /// The media.
        Media = "media",
        /// Someone else.
        Other = "other",
    }
}

impl ByBody {
    /// The body that decided on identification, as far as its kind is known
    /// here. Of a consulate nobody knows whose it is.
    #[must_use]
    pub const fn that_identified(body: FoundBy) -> Self {
        match body {
            FoundBy::Police | FoundBy::SpecialistUnit => Self::Police,
            FoundBy::Border | FoundBy::JointBorderOffice => Self::Border,
            FoundBy::Immigration => Self::Immigration,
            FoundBy::LabourInspector => Self::Labour,
            FoundBy::Prosecutor => Self::Prosecution,
            FoundBy::Health | FoundBy::Social | FoundBy::Ngo | FoundBy::Hotline => Self::Provider,
            FoundBy::Consulate
            | FoundBy::School
            | FoundBy::Un
            | FoundBy::Peacekeeper
            | FoundBy::Community
            | FoundBy::Itself
            | FoundBy::Family
            | FoundBy::Other => Self::Other,
        }
    }
}

coded! {
    /// Where it stands.
    IncidentState {
        /// Recorded; the protection lead has it.
        Open = "open",
        /// Raised with the body.
        Raised = "raised",
        /// The body answered.
        Answered = "answered",
        /// Closed, with what became of it.
        Closed = "closed",
    }
}

/// A rights incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightsIncident {
    /// Organisation that recorded it.
    pub tenant: TenantId,
    /// Id.
    pub id: RightsIncidentId,
    /// Case.
    pub case: CaseId,
    /// The rule that was broken, 1 to 12.
    pub rule: u8,
    /// By which body.
    pub body: ByBody,
    /// Where it stands.
    pub state: IncidentState,
    /// When it happened.
    pub happened_at: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Option<AccountId>,
}
