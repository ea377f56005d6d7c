//! With what a case may not be closed (R3, R12): "accepted" is said only where someone
//! accepted, and a child nobody stands by is not let go.

use super::Closure;
use super::referral::{Ask, Referral, ReferralState};
use crate::safeguard::{AGE_IN_DOUBT_IS_A_CHILD, DECISIONS_NAME_THEIR_AUTHOR, Rule};

/// What closing needs to know about the rest of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosingFacts {
    /// Whether the person has the rights of a child and no guardian stands by them.
    pub child_alone: bool,
    /// Whether a transfer of the case was accepted.
    pub transfer_accepted: bool,
}

/// Why a case cannot be closed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingDenied {
    /// Nobody accepted a transfer.
    NotTransferred,
    /// A child would be left without anyone.
    ChildAlone,
}

impl ClosingDenied {
    /// The rule it comes from.
    #[must_use]
    pub const fn rule(self) -> Rule {
        match self {
            Self::NotTransferred => DECISIONS_NAME_THEIR_AUTHOR,
            Self::ChildAlone => AGE_IN_DOUBT_IS_A_CHILD,
        }
    }

    /// The message that states it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NotTransferred => "case-close-not-transferred",
            Self::ChildAlone => "case-close-child-alone",
        }
    }
}

/// Whether responsibility moved with this referral: a transfer that its recipient took.
#[must_use]
pub fn moved(referral: &Referral) -> bool {
    let taken = [ReferralState::Accepted, ReferralState::Started, ReferralState::Completed];
    referral.ask == Ask::Transfer && taken.contains(&referral.state)
}

/// Goes on only where a case may be closed for this reason.
///
/// # Errors
/// Why not.
pub fn may_close(closure: Closure, facts: ClosingFacts) -> Result<(), ClosingDenied> {
    if closure == Closure::Transferred && !facts.transfer_accepted {
        return Err(ClosingDenied::NotTransferred);
    }
    let nobody_left_alone =
        [Closure::Transferred, Closure::Deceased, Closure::Duplicate, Closure::DataErased];
    if facts.child_alone && !nobody_left_alone.contains(&closure) {
        return Err(ClosingDenied::ChildAlone);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_3_a_child_without_a_guardian_is_not_let_go_by_closing_the_case() {
        for closure in Closure::ALL {
            for transfer_accepted in [false, true] {
                let alone = ClosingFacts { child_alone: true, transfer_accepted };
                let stays = may_close(*closure, alone).is_err();
                let ends = match closure {
                    Closure::Transferred => transfer_accepted,
                    Closure::Deceased | Closure::Duplicate | Closure::DataErased => true,
                    _ => false,
                };
                assert_eq!(stays, !ends, "{closure:?}");
                let other = ClosingFacts { child_alone: false, transfer_accepted };
                let refused = *closure == Closure::Transferred && !transfer_accepted;
                assert_eq!(may_close(*closure, other).is_err(), refused, "{closure:?}");
            }
        }
    }
}
