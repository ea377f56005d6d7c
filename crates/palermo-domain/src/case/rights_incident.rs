//! Rights incidents: what happened although a rule of rights forbids it. They
//! can be recorded in every state of a case, by everyone who may write in it,
//! and no role can switch that off (R243). What happened and what was done
//! about it is sealed in care.

use super::incident::FoundBy;
use crate::{
    care::figures::{cases_by, counted_until},
    code::coded,
    id::{AccountId, CaseId, RightsIncidentId, TenantId},
    moment::Moment,
    register::day::Day,
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

impl IncidentState {
    /// Where it goes next; nothing once it is closed.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Open => Some(Self::Raised),
            Self::Raised => Some(Self::Answered),
            Self::Answered => Some(Self::Closed),
            Self::Closed => None,
        }
    }

    /// Where it may go from here: on, never back. A body that never answers does
    /// not keep it from being closed.
    #[must_use]
    pub fn later(self) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|state| *state > self).collect()
    }
}

/// Incidents counted so that they tell of nobody, for a rapporteur (R243).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SafeCounts {
    /// The first day that is not counted.
    pub until: Day,
    /// Base of the rounding.
    pub base: usize,
    /// Cases by the rule that was broken, rounded down.
    pub by_rule: Vec<(u8, usize)>,
    /// Cases by the body that broke it, rounded down.
    pub by_body: Vec<(ByBody, usize)>,
}

/// Cases with an incident by rule and by body (R10): each case once a line,
/// rounded down to multiples of `base`, up to the last half-year that is over,
/// by the day it was written down, so that nothing told once changes. There is
/// no total and no table of rule by body from which a cell could be taken away.
#[must_use]
pub fn safe_counts(incidents: &[RightsIncident], today: Day, base: usize) -> SafeCounts {
    let until = counted_until(today);
    let counted = || incidents.iter().filter(|one| Day::from(one.recorded_at.date()) < until);
    SafeCounts {
        until,
        base,
        by_rule: cases_by(counted().map(|one| (one.rule, one.case)), base),
        by_body: cases_by(counted().map(|one| (one.body, one.case)), base),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn incident(case: u128, rule: u8, recorded: &str) -> RightsIncident {
        let at: Moment = format!("{recorded}T10:00:00Z").parse().unwrap();
        RightsIncident {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: RightsIncidentId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::from_u128(case)),
            rule,
            body: ByBody::Border,
            state: IncidentState::Open,
            happened_at: at,
            recorded_at: at,
            recorded_by: None,
        }
    }

    #[test]
    fn req_243_counts_for_the_rapporteur_are_of_cases_rounded_and_of_half_years_that_are_over() {
        let mut all: Vec<_> = (0..7).map(|case| incident(case, 4, "2026-03-01")).collect();
        // A second time in one case, a rule broken in few cases, and this half-year.
        all.push(incident(0, 4, "2026-03-02"));
        all.extend((0..3).map(|case| incident(case, 7, "2026-03-01")));
        all.extend((20..30).map(|case| incident(case, 4, "2026-08-01")));
        let told = safe_counts(&all, "2026-11-28".parse().unwrap(), 5);
        assert_eq!(told.by_rule, [(4, 5), (7, 0)]);
        assert_eq!(told.by_body, [(ByBody::Border, 5)]);
    }

    #[test]
    fn an_incident_moves_on_and_never_back() {
        assert_eq!(IncidentState::Raised.next(), Some(IncidentState::Answered));
        assert_eq!(IncidentState::Raised.later(), [IncidentState::Answered, IncidentState::Closed]);
        assert!(IncidentState::Closed.later().is_empty());
    }
}
