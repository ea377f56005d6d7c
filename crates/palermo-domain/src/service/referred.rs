//! From a case to a service and back: what is asked of the directory for what cannot
//! wait, and what a referral to a service asks for, and of whom.

use super::{Need, Provider};
use crate::case::{UrgentNeed, sharing::RecipientKind};
use std::collections::BTreeSet;

/// What is asked of the directory for what cannot wait, each once.
#[must_use]
pub fn needs_of(urgent: &[UrgentNeed]) -> BTreeSet<Need> {
    let need = |one: &UrgentNeed| match one {
        UrgentNeed::SafePlace | UrgentNeed::Danger => Some(Need::Shelter),
        UrgentNeed::Medical => Some(Need::Medical),
        UrgentNeed::Food => Some(Need::Material),
        UrgentNeed::Distress => Some(Need::Psychosocial),
        UrgentNeed::Interpreter => Some(Need::Interpretation),
        UrgentNeed::ChildWith => None,
    };
    urgent.iter().filter_map(need).collect()
}

impl Need {
    /// The service a referral asks for, by its code in the forms of care, where a need
    /// of the directory names one.
    #[must_use]
    pub const fn referred(self) -> Option<&'static str> {
        match self {
            Self::Shelter => Some("shelter"),
            Self::Reception => Some("safe_emergency"),
            Self::Medical => Some("health_primary"),
            Self::Psychosocial => Some("health_mental"),
            Self::Legal => Some("legal"),
            Self::Interpretation => Some("interpretation"),
            Self::Material => Some("food_clothing"),
            Self::Education => Some("education"),
            Self::Vocational => Some("employment"),
            Self::Return => Some("return"),
            Self::Reintegration => Some("reintegration"),
            Self::Guardianship => Some("guardianship"),
            Self::Hotline | Self::Tracing | Self::Other => None,
        }
    }
}

/// What kind of body runs a service, as a first word: whoever refers can change it.
#[must_use]
pub const fn runs(need: Need, provider: Provider) -> RecipientKind {
    match (need, provider) {
        (Need::Medical | Need::Psychosocial, _) => RecipientKind::Health,
        (Need::Legal, _) => RecipientKind::Legal,
        (Need::Guardianship, _) => RecipientKind::Guardian,
        (_, Provider::Labour) => RecipientKind::Labour,
        _ => RecipientKind::Care,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e13_what_cannot_wait_is_asked_of_the_directory_once() {
        let urgent = [UrgentNeed::SafePlace, UrgentNeed::Medical, UrgentNeed::Danger];
        assert_eq!(needs_of(&urgent), BTreeSet::from([Need::Shelter, Need::Medical]));
        assert!(needs_of(&[UrgentNeed::ChildWith]).is_empty());
    }

    #[test]
    fn who_runs_a_service_follows_from_what_it_is_for() {
        assert_eq!(runs(Need::Medical, Provider::Labour), RecipientKind::Health);
        assert_eq!(runs(Need::Vocational, Provider::Labour), RecipientKind::Labour);
        assert_eq!(runs(Need::Shelter, Provider::Ngo), RecipientKind::Care);
    }
}
