//! What a deployment's own folder may change: narrow rights and raise
//! thresholds, never widen or lower (design §5).

use super::{Forbidden, IDENTITY_APART, NO_PUBLICATION_WITHOUT_CONTROL, RECOVERY_PERIOD};
use crate::{compartment::Compartment, role::Role};

/// Palermo's floor for the recovery and reflection period, in days (R4).
pub const REFLECTION_DAYS_FLOOR: u16 = 30;
/// Lowest threshold of a published count (E26).
pub const PUBLICATION_THRESHOLD_FLOOR: u32 = 5;

/// Checks that a role may hold a key to a compartment.
///
/// # Errors
/// [`Forbidden`] by R8 when the role can never hold it.
pub fn may_open(role: Role, compartment: Compartment) -> Result<(), Forbidden> {
    if role.may_hold().contains(&compartment) {
        return Ok(());
    }
    Err(Forbidden {
        rule: IDENTITY_APART,
        reason: format!("the role `{}` can never open `{}`", role.code(), compartment.code()),
    })
}

/// Checks a recovery and reflection period given by a profile or overlay.
///
/// # Errors
/// [`Forbidden`] by R4 when it is shorter than [`REFLECTION_DAYS_FLOOR`].
pub fn reflection_days(days: u16) -> Result<u16, Forbidden> {
    if days >= REFLECTION_DAYS_FLOOR {
        return Ok(days);
    }
    Err(Forbidden {
        rule: RECOVERY_PERIOD,
        reason: format!("`{days}` days is shorter than the floor of {REFLECTION_DAYS_FLOOR}"),
    })
}

/// Checks a publication threshold given by a profile or overlay.
///
/// # Errors
/// [`Forbidden`] by R10 when it is below [`PUBLICATION_THRESHOLD_FLOOR`].
pub fn publication_threshold(k: u32) -> Result<u32, Forbidden> {
    if k >= PUBLICATION_THRESHOLD_FLOOR {
        return Ok(k);
    }
    Err(Forbidden {
        rule: NO_PUBLICATION_WITHOUT_CONTROL,
        reason: format!("a threshold of `{k}` is below the floor of {PUBLICATION_THRESHOLD_FLOOR}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_4_a_period_of_29_days_is_refused_and_30_accepted() {
        assert!(reflection_days(29).is_err());
        assert_eq!(reflection_days(30), Ok(30));
    }

    #[test]
    fn rule_8_an_overlay_cannot_give_identity_to_the_secretariat() {
        assert!(may_open(Role::Secretariat, Compartment::Identity).is_err());
        assert!(may_open(Role::CaseManager, Compartment::Identity).is_ok());
    }

    #[test]
    fn rule_10_a_threshold_of_4_is_refused() {
        assert!(publication_threshold(4).is_err());
    }
}
