//! Where identification stands (code list `victim_status`). Help is possible
//! in every one of these states (R2); nothing here decides about help.

use crate::code::coded;

coded! {
    /// Where a person stands in identification.
    VictimStatus {
        /// First contact, nothing assessed.
        Contact = "contact",
        /// Presumed trafficked: protection starts here.
        Presumed = "presumed",
        /// A formal assessment is running.
        UnderAssessment = "under_assessment",
        /// Identified as trafficked.
        Identified = "identified",
        /// Not identified, with reasons and a way to contest it.
        NotIdentified = "not_identified",
        /// Inconclusive; support goes on.
        Inconclusive = "inconclusive",
        /// Another need of protection: asylum, violence, exploitation without trafficking.
        OtherProtection = "other_protection",
        /// The person declined the procedure.
        Declined = "declined",
        /// Opened again on new facts, or because the person wishes it.
        Reopened = "reopened",
    }
}

impl VictimStatus {
    /// The states that can follow. From every state the person may decline,
    /// and after declining come back: a no is never the last word.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Contact => &[Self::Presumed, Self::OtherProtection, Self::Declined],
            Self::Presumed => &[Self::UnderAssessment, Self::OtherProtection, Self::Declined],
            Self::UnderAssessment => &[
                Self::Identified,
                Self::NotIdentified,
                Self::Inconclusive,
                Self::OtherProtection,
                Self::Declined,
            ],
            Self::Identified => &[Self::Declined],
            Self::NotIdentified | Self::Inconclusive | Self::OtherProtection => {
                &[Self::Reopened, Self::Declined]
            }
            Self::Declined => &[Self::Presumed, Self::Reopened],
            Self::Reopened => &[Self::UnderAssessment, Self::OtherProtection, Self::Declined],
        }
    }

    /// Whether this state can follow.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Whether reaching it is a decision about the person, which must name who
    /// decided, on what grounds, and how it can be contested (R12).
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(
            self,
            Self::Identified | Self::NotIdentified | Self::Inconclusive | Self::OtherProtection
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_every_state_the_person_may_decline_and_from_declining_come_back() {
        for status in VictimStatus::ALL.iter().filter(|s| **s != VictimStatus::Declined) {
            assert!(status.may_become(VictimStatus::Declined), "{}", status.code());
        }
        assert!(VictimStatus::Declined.may_become(VictimStatus::Reopened));
    }

    #[test]
    fn a_negative_decision_can_be_reopened_and_assessed_again() {
        for negative in [VictimStatus::NotIdentified, VictimStatus::Inconclusive] {
            assert!(negative.may_become(VictimStatus::Reopened));
        }
        assert!(VictimStatus::Reopened.may_become(VictimStatus::UnderAssessment));
    }

    #[test]
    fn nobody_is_identified_without_an_assessment() {
        for status in VictimStatus::ALL {
            let leads = status.may_become(VictimStatus::Identified);
            assert_eq!(leads, *status == VictimStatus::UnderAssessment, "{}", status.code());
        }
    }
}
