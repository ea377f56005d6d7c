//! Charges against the person for what they were made to do. Kept only to
//! protect them from punishment, and erased after the decision (E16).

use crate::{
    code::coded,
    id::{CaseId, ChargeId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

coded! {
    /// What they are charged with.
    Offence {
        /// Entry, stay or work without permission.
        Immigration = "immigration",
        /// False documents.
        Documents = "documents",
        /// Theft, fraud, scams.
        Property = "property",
        /// Drugs.
        Drugs = "drugs",
        /// Prostitution or public order.
        PublicOrder = "public_order",
        /// Begging.
        Begging = "begging",
        /// Violence.
        Violence = "violence",
        /// Recruiting others.
        Recruiting = "recruiting",
        /// Taking part in hostilities.
        Hostilities = "hostilities",
        /// Another.
        Other = "other",
    }
}

coded! {
    /// Where it stands.
    ChargeState {
        /// Charged or about to be.
        Pending = "pending",
        /// Dropped or acquitted.
        Dropped = "dropped",
        /// Convicted.
        Convicted = "convicted",
    }
}

/// A charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Organisation.
    pub tenant: TenantId,
    /// Id.
    pub id: ChargeId,
    /// Case.
    pub case: CaseId,
    /// What for.
    pub offence: Offence,
    /// Where it stands.
    pub state: ChargeState,
    /// When it was brought.
    pub happened_at: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
}
