//! R12: every decision about a person names who decided, on what grounds, and
//! how it can be contested. R7: a charge for what someone was made to do raises
//! a notice.

use super::{DECISIONS_NAME_THEIR_AUTHOR, Forbidden, NON_PUNISHMENT, Rule};
use crate::{
    case::charge::{Charge, ChargeState},
    id::AccountId,
};

/// What a decision must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Says<'a> {
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// On what grounds, in codes or words.
    pub grounds: &'a str,
    /// How it can be contested.
    pub contest: &'a str,
}

/// Whether a decision of ours may be written like this. One made elsewhere
/// without reasons is recorded as a rights incident instead.
///
/// # Errors
/// [`Forbidden`] by R12, naming what is missing.
pub fn may_decide(says: &Says<'_>) -> Result<(), Forbidden> {
    let missing = if says.decided_by.is_none() {
        "who decided"
    } else if says.grounds.trim().is_empty() {
        "its grounds"
    } else if says.contest.trim().is_empty() {
        "how it can be contested"
    } else {
        return Ok(());
    };
    let reason = format!("the decision does not say {missing}");
    Err(Forbidden { rule: DECISIONS_NAME_THEIR_AUTHOR, reason })
}

/// The rule a charge calls up: as long as it is pending or led to a conviction.
#[must_use]
pub const fn notice(charge: &Charge) -> Option<Rule> {
    match charge.state {
        ChargeState::Pending | ChargeState::Convicted => Some(NON_PUNISHMENT),
        ChargeState::Dropped => None,
    }
}
