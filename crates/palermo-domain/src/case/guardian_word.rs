//! What a child's guardian says on the child's behalf (R3): to the team, to whoever
//! weighs what is best for the child (R126), and about sharing, where a child's yes takes
//! a guardian's. The words are sealed; here are codes.

use super::{person::AgeGroup, team::TeamPart};
use crate::{
    care::{
        CareRecord,
        child::{ConflictCheck, Guardian},
        rules::{guardians, has_guardian},
    },
    code::coded,
    register::day::Day,
    safeguard::{AGE_IN_DOUBT_IS_A_CHILD, Rule},
};

coded! {
    /// About what a guardian speaks.
    GuardianAbout {
        /// Something the team should know.
        Message = "message",
        /// What is best for the child.
        BestInterests = "best_interests",
        /// Whether something about the child may be shared.
        Sharing = "sharing",
    }
}

coded! {
    /// What a guardian answers about sharing. A yes shares nothing by itself: the child is
    /// heard too, and whoever asks writes their consent down.
    GuardianAnswer {
        /// Agrees.
        Agrees = "agrees",
        /// Does not agree.
        Disagrees = "disagrees",
        /// Not now.
        NotNow = "not_now",
    }
}

impl GuardianAbout {
    /// Whether it takes an answer beside the words.
    #[must_use]
    pub const fn takes_an_answer(self) -> bool {
        matches!(self, Self::Sharing)
    }
}

/// Why someone cannot speak for a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotSpeak {
    /// They are not the guardian on the team.
    NotTheGuardian,
    /// Whoever is an adult speaks for themselves.
    Adult,
    /// No guardian of record stands today: none was appointed, or their interests were not
    /// checked, or they were suspended.
    NoneStands,
}

impl CannotSpeak {
    /// The rule it comes from.
    pub const RULE: Rule = AGE_IN_DOUBT_IS_A_CHILD;

    /// The message that states it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NotTheGuardian => "case-guardian-error-not",
            Self::Adult => "case-guardian-error-adult",
            Self::NoneStands => "case-guardian-error-none",
        }
    }
}

/// Whether someone speaks for this person today: their guardian on the team, while they
/// have the rights of a child and a guardian of record stands.
///
/// # Errors
/// The first thing that is missing.
pub fn may_speak(
    age: AgeGroup,
    part: Option<TeamPart>,
    records: &[CareRecord],
    today: Day,
) -> Result<(), CannotSpeak> {
    if part != Some(TeamPart::Guardian) {
        return Err(CannotSpeak::NotTheGuardian);
    }
    if !age.has_the_rights_of_a_child() {
        return Err(CannotSpeak::Adult);
    }
    if !has_guardian(records, today) {
        return Err(CannotSpeak::NoneStands);
    }
    Ok(())
}

/// Whether guardians on the team are shut out of a child's case today: a guardian of
/// record was suspended or ended, or their interests are against the child's, and no other
/// stands. Who they are by name says nothing of which account is theirs, so all are out
/// until one stands again.
#[must_use]
pub fn guardians_are_shut_out(age: AgeGroup, records: &[CareRecord], today: Day) -> bool {
    let gone = |one: &Guardian| {
        one.conflict == ConflictCheck::Found || one.gone_on().is_some_and(|day| day <= today)
    };
    age.has_the_rights_of_a_child() && !has_guardian(records, today) && guardians(records).any(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_3_for_a_child_speaks_who_is_their_guardian_and_stands() {
        let today = Day::from(time::Date::MIN);
        let speaks = |age, part| may_speak(age, part, &[], today);
        let guardian = Some(TeamPart::Guardian);
        for part in [None, Some(TeamPart::Lead), Some(TeamPart::Legal)] {
            assert_eq!(speaks(AgeGroup::Child, part), Err(CannotSpeak::NotTheGuardian));
        }
        assert_eq!(speaks(AgeGroup::Adult, guardian), Err(CannotSpeak::Adult));
        assert_eq!(speaks(AgeGroup::Unsure, guardian), Err(CannotSpeak::NoneStands));
    }
}
