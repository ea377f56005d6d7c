//! R1 and R2: help is never conditional. What these functions can see is
//! [`Assistance`] alone, and it has no field for nationality, immigration
//! status or cooperation; a test reads this file to keep it so.

use super::{Forbidden, SUPPORT_IS_UNCONDITIONAL};
use crate::{
    case::{Phase, UrgentNeed, referral::Decline, status::VictimStatus},
    moment::Moment,
};

/// All that deciding, ranking or delaying help may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assistance {
    /// Where identification stands. It never closes the door (R2).
    pub status: VictimStatus,
    /// Whether the case is worked on. A closed one can still be helped.
    pub phase: Phase,
    /// What cannot wait.
    pub urgent: Vec<UrgentNeed>,
    /// Whether the rights of a child hold.
    pub child_rights: bool,
    /// Since when they wait.
    pub waiting_since: Moment,
}

/// Help may be given: in every state of a case, at once (R2). There is no
/// other answer, and so no error.
#[must_use]
pub const fn may_be_helped(_: &Assistance) -> bool {
    true
}

/// Who is helped first: by what cannot wait, then children, then whoever waits
/// longest. Smaller comes first.
#[must_use]
pub fn order(one: &Assistance) -> (u8, u8, Moment) {
    let grave = |need: &UrgentNeed| {
        matches!(need, UrgentNeed::Danger | UrgentNeed::Medical | UrgentNeed::Distress)
    };
    let urgent = if one.urgent.iter().any(grave) {
        0
    } else if one.urgent.is_empty() {
        2
    } else {
        1
    };
    (urgent, u8::from(!one.child_rights), one.waiting_since)
}

/// A condition someone wants to put on help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// That the person works with authorities.
    Cooperation,
    /// That they are or are not of some nationality.
    Nationality,
    /// That they may stay.
    Status,
    /// That they agree to share.
    Consent,
    /// That they were identified.
    Identified,
}

/// Refuses any condition on help.
///
/// # Errors
/// Always [`Forbidden`] by R1: there is no condition that may be put.
pub fn on_condition(condition: Condition) -> Result<(), Forbidden> {
    let what = match condition {
        Condition::Cooperation => "cooperation with authorities",
        Condition::Nationality => "nationality",
        Condition::Status => "immigration status",
        Condition::Consent => "consent to sharing",
        Condition::Identified => "identification",
    };
    Err(Forbidden {
        rule: SUPPORT_IS_UNCONDITIONAL,
        reason: format!("help must not depend on {what}"),
    })
}

/// What follows when a provider declines: a reason that shuts out a group is
/// shown and recorded as an unmet need, never silently applied (R1).
#[must_use]
pub const fn must_be_recorded_as_unmet(reason: Decline) -> bool {
    reason.excludes_a_group() || matches!(reason, Decline::Full | Decline::Funding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn req_088_rule_1_whatever_decides_about_help_cannot_see_status_nationality_or_cooperation() {
        let source = include_str!("assistance.rs");
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let kinds = ["Background", "ImmigrationStatus", "crate::case::person", "Consent>"];
        for kind in kinds {
            assert!(!code.contains(kind), "help can see `{kind}`");
        }
        let fields = code
            .split("pub struct Assistance {")
            .nth(1)
            .and_then(|rest| rest.split('}').next())
            .unwrap_or_default();
        let names: Vec<_> = fields
            .lines()
            .filter_map(|line| line.trim().strip_prefix("pub ")?.split(':').next())
            .collect();
        assert_eq!(names, ["status", "phase", "urgent", "child_rights", "waiting_since"]);
    }

    #[test]
    fn rule_2_help_is_possible_in_every_state_of_a_case() {
        for status in VictimStatus::ALL {
            for phase in Phase::ALL {
                let facts = Assistance {
                    status: *status,
                    phase: *phase,
                    urgent: Vec::new(),
                    child_rights: false,
                    waiting_since: Moment::from_micros(0),
                };
                assert!(may_be_helped(&facts), "{} {}", status.code(), phase.code());
            }
        }
    }

    #[test]
    fn identification_does_not_change_who_is_helped_first() {
        let facts = |status| Assistance {
            status,
            phase: Phase::Open,
            urgent: vec![UrgentNeed::Food],
            child_rights: false,
            waiting_since: Moment::from_micros(7),
        };
        let orders: std::collections::BTreeSet<_> =
            VictimStatus::ALL.iter().map(|status| order(&facts(*status))).collect();
        assert_eq!(orders.len(), 1);
    }
}
