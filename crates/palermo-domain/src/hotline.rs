//! Calls to a hotline: note, safe call-back, warm hand-over to a desk. What
//! was said and the number to call are sealed apart.

use crate::{
    coded,
    desk::{Desk, DeskLevel},
    hours::{Standing, standing},
    id::{AccountId, CallId, CaseId, DeskId, PersonId, TenantId},
    moment::Moment,
    service::dialled,
};
use serde::{Deserialize, Serialize};

coded! {
    /// Who calls.
    Caller {
        /// The person themself.
        Person = "person",
        /// A relative or friend.
        Relative = "relative",
        /// Someone who saw something.
        Witness = "witness",
        /// A professional.
        Professional = "professional",
        /// Someone who does not speak, or hangs up.
        Silent = "silent",
    }
}

coded! {
    /// Whether one may call back. Not known means no (E12).
    CallBack {
        /// It is safe.
        Safe = "safe",
        /// Only at the times told.
        AtTimes = "at_times",
        /// It is not safe.
        NotSafe = "not_safe",
        /// Not known: do not call.
        Unknown = "unknown",
    }
}

impl CallBack {
    /// Whether anyone may call back at all (E12).
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Safe | Self::AtTimes)
    }
}

coded! {
    /// How the warm hand-over stands: one stays on the line until someone answers.
    HandOver {
        /// Not needed, or not yet.
        None = "none",
        /// A desk answered and took over.
        Reached = "reached",
        /// Desks were called, none has answered yet.
        NoAnswer = "no_answer",
        /// The caller does not want it.
        Declined = "declined",
    }
}

/// That a case was opened from a call: one case a call, so that no colleague opens a
/// second one. Ids alone; it is known by the id of the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromCall {
    /// Organisation.
    pub tenant: TenantId,
    /// The call.
    pub id: CallId,
    /// The case that was opened.
    pub case: CaseId,
    /// Who opened it.
    pub by: AccountId,
    /// When.
    pub recorded_at: Moment,
}

/// A call. Coded facts alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Organisation.
    pub tenant: TenantId,
    /// Id; tells nothing.
    pub id: CallId,
    /// Whose key seals what was said; pseudonymous.
    pub person: PersonId,
    /// Who answered.
    pub account: AccountId,
    /// Who called.
    pub caller: Caller,
    /// The language spoken (BCP 47).
    pub language: String,
    /// The State the call is about, alpha-3.
    pub state: Option<String>,
    /// Whether one may call back.
    pub call_back: CallBack,
    /// How the hand-over stands.
    pub hand_over: HandOver,
    /// The desk that took over.
    pub desk: Option<DeskId>,
    /// Desks called without an answer.
    pub tried: Vec<DeskId>,
    /// When the call was.
    pub happened_at: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
}

/// The desk to call next for a warm hand-over, of those with a telephone: never
/// one's own, nor one at a number that rings here or did not answer; open now
/// before not known before closed, and among these those of the State for
/// identification and assistance, then its national ones, then regional ones;
/// none that was tried.
#[must_use]
pub fn next<'d>(
    desks: &'d [Desk],
    state: Option<&str>,
    tried: &[DeskId],
    (own, now): (TenantId, Moment),
) -> Option<&'d Desk> {
    let answers = |desk: &Desk| match standing(Some(&desk.hours), Some(&desk.time_zone), now) {
        Standing::Open { .. } => 0,
        Standing::Unknown => 1,
        Standing::Closed { .. } => 2,
    };
    let rank = |desk: &Desk| {
        let topics = ["assistance", "shelter", "identification"];
        let by_topic = desk.topics.iter().any(|topic| topics.contains(&topic.as_str()));
        let there = desk.state.as_deref() == state;
        match (there, by_topic, desk.level) {
            (true, true, _) => Some(0),
            (true, false, DeskLevel::National) => Some(1),
            (_, _, DeskLevel::Regional) => Some(2),
            _ => None,
        }
    };
    // Two desks may answer at one number: what rings here or rang in vain is not rung again.
    let in_vain: Vec<String> = desks
        .iter()
        .filter(|desk| desk.tenant == own || tried.contains(&desk.id))
        .filter_map(number)
        .collect();
    desks
        .iter()
        .filter(|desk| desk.open && desk.tenant != own && !tried.contains(&desk.id))
        .filter(|desk| number(desk).is_some_and(|number| !in_vain.contains(&number)))
        .filter_map(|desk| Some((rank(desk)?, desk)))
        .min_by_key(|(rank, desk)| (answers(desk), *rank, desk.name.as_str()))
        .map(|(_, desk)| desk)
}

/// The number of a desk as it is dialled.
fn number(desk: &Desk) -> Option<String> {
    desk.telephone.as_deref().map(dialled)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn desk(number: u128, level: DeskLevel, state: Option<&str>, topic: &str) -> Desk {
        Desk {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: DeskId::from_uuid(Uuid::from_u128(number)),
            name: format!("Desk {number}"),
            level,
            state: state.map(str::to_owned),
            topics: vec![topic.to_owned()],
            languages: Vec::new(),
            time_zone: "UTC".into(),
            hours: "24/7".into(),
            telephone: Some(format!("+999 {number}")),
            open: true,
        }
    }

    fn house(number: u128) -> TenantId {
        TenantId::from_uuid(Uuid::from_u128(number))
    }

    /// A Thursday at noon.
    fn day() -> Moment {
        Moment::from_micros(12 * 3_600 * 1_000_000)
    }

    #[test]
    fn a_caller_is_never_handed_to_ones_own_desk_nor_to_a_closed_one_first() {
        let national = |number, hours: &str, tenant| Desk {
            hours: hours.into(),
            tenant,
            ..desk(number, DeskLevel::National, Some("XAA"), "shelter")
        };
        let desks = [
            national(1, "24/7", house(9)),
            national(2, "off", house(1)),
            national(3, "24/7", house(2)),
        ];
        let mut tried = Vec::new();
        let mut order = Vec::new();
        while let Some(desk) = next(&desks, Some("XAA"), &tried, (house(9), day())) {
            order.push(desk.name.clone());
            tried.push(desk.id);
        }
        assert_eq!(order, ["Desk 3", "Desk 2"], "one's own does not ring");
    }

    #[test]
    fn a_number_that_rings_here_or_rang_in_vain_is_not_rung_again() {
        let at = |number, tenant, telephone: &str| Desk {
            telephone: Some(telephone.into()),
            tenant,
            ..desk(number, DeskLevel::National, Some("XAA"), "shelter")
        };
        let desks = [
            at(1, house(9), "+999 1"),
            at(2, house(1), "+9991"),
            at(3, house(1), "+999 3"),
            at(4, house(2), "+999-3"),
        ];
        let here = (house(9), day());
        let first = next(&desks, Some("XAA"), &[], here).unwrap();
        assert_eq!(first.name, "Desk 3");
        assert_eq!(next(&desks, Some("XAA"), &[first.id], here), None);
    }

    #[test]
    fn no_answer_brings_the_next_desk_and_the_region_comes_last() {
        let desks = [
            desk(1, DeskLevel::Regional, None, "plans"),
            desk(2, DeskLevel::National, Some("XAA"), "plans"),
            desk(3, DeskLevel::National, Some("XAA"), "shelter"),
            desk(4, DeskLevel::National, Some("XBB"), "shelter"),
        ];
        let mut tried = Vec::new();
        let mut order = Vec::new();
        while let Some(desk) = next(&desks, Some("XAA"), &tried, (house(9), day())) {
            order.push(desk.name.clone());
            tried.push(desk.id);
        }
        assert_eq!(order, ["Desk 3", "Desk 2", "Desk 1"]);
    }

    #[test]
    fn e12_unknown_means_do_not_call() {
        assert!(!CallBack::Unknown.is_allowed() && !CallBack::NotSafe.is_allowed());
        assert!(CallBack::Safe.is_allowed() && CallBack::AtTimes.is_allowed());
    }
}
