//! R3 at its end: what shows that someone with the rights of a child is an adult. The
//! rights end with a ground and with words, never with a click, once a second person
//! agreed, and no year of birth may say otherwise.

use super::person::AgeGroup;
use crate::{
    code::coded,
    safeguard::{AGE_IN_DOUBT_IS_A_CHILD, Rule},
};

/// From this age on someone is an adult.
const ADULT_FROM: i32 = 18;

coded! {
    /// What shows that someone is an adult.
    AgeGround {
        /// Papers that show the date of birth.
        Documents = "documents",
        /// An assessment of age by whoever is competent for it.
        Assessment = "assessment",
        /// The person's own word, and something that bears it out.
        OwnWord = "own_word",
    }
}

/// What is written about the age of a person who had another age before, or the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeSaid {
    /// As it stood.
    pub before: AgeGroup,
    /// As it is to be.
    pub after: AgeGroup,
    /// Year of birth, if told.
    pub birth_year: Option<u16>,
    /// Whether age or year are other than they were.
    pub changed: bool,
    /// The year it is.
    pub this_year: i32,
    /// What shows it, where the rights of a child end.
    pub ground: Option<AgeGround>,
    /// Whether it is said in words who found it, and from what.
    pub in_words: bool,
}

/// Why an age cannot be taken as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeDenied {
    /// Nothing shows that they are an adult.
    NoGround,
    /// Nobody says who found it, and from what.
    NoWords,
    /// Whoever was born then is a child still.
    YearOfAChild,
    /// Whoever was born then is an adult.
    YearOfAnAdult,
}

impl AgeDenied {
    /// The rule it comes from.
    pub const RULE: Rule = AGE_IN_DOUBT_IS_A_CHILD;

    /// The field it hangs on.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoGround => "age_ground",
            Self::NoWords => "age_words",
            Self::YearOfAChild | Self::YearOfAnAdult => "birth_year",
        }
    }

    /// The message that states it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoGround => "case-error-age-ground",
            Self::NoWords => "case-error-age-words",
            Self::YearOfAChild => "case-error-year-of-a-child",
            Self::YearOfAnAdult => "case-error-year-of-an-adult",
        }
    }
}

/// Whether the rights of a child would end. A second person must agree first; until then
/// someone stays a child for every rule.
#[must_use]
pub const fn takes_two(before: AgeGroup, after: AgeGroup) -> bool {
    before.has_the_rights_of_a_child() && !after.has_the_rights_of_a_child()
}

impl AgeSaid {
    /// Whether the rights of a child would end with it.
    #[must_use]
    pub const fn ends_the_rights_of_a_child(&self) -> bool {
        takes_two(self.before, self.after)
    }

    /// Goes on only where nothing speaks against it.
    ///
    /// # Errors
    /// Everything that does, at once.
    pub fn check(&self) -> Result<(), Vec<AgeDenied>> {
        let mut denied = Vec::new();
        if self.ends_the_rights_of_a_child() {
            if self.ground.is_none() {
                denied.push(AgeDenied::NoGround);
            }
            if !self.in_words {
                denied.push(AgeDenied::NoWords);
            }
        }
        // Eighteen at the latest in the last days of this year, or a year ago at the latest.
        let turns = self.birth_year.map(|year| self.this_year - i32::from(year));
        match (self.after, turns) {
            (AgeGroup::Adult, Some(turns)) if turns < ADULT_FROM => {
                denied.push(AgeDenied::YearOfAChild);
            }
            // A child of years ago has grown up; their old record may still be corrected.
            (AgeGroup::Child, Some(turns)) if turns > ADULT_FROM && self.changed => {
                denied.push(AgeDenied::YearOfAnAdult);
            }
            _ => {}
        }
        if denied.is_empty() { Ok(()) } else { Err(denied) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(before: AgeGroup, after: AgeGroup) -> AgeSaid {
        AgeSaid {
            before,
            after,
            birth_year: None,
            changed: true,
            this_year: 2026,
            ground: None,
            in_words: false,
        }
    }

    #[test]
    fn rule_3_the_rights_of_a_child_end_with_a_ground_and_words_alone() {
        for before in [AgeGroup::Child, AgeGroup::Unsure] {
            let bare = said(before, AgeGroup::Adult);
            assert_eq!(bare.check(), Err(vec![AgeDenied::NoGround, AgeDenied::NoWords]));
            for ground in AgeGround::ALL {
                let shown = AgeSaid { ground: Some(*ground), ..bare };
                assert_eq!(shown.check(), Err(vec![AgeDenied::NoWords]));
                assert_eq!(AgeSaid { in_words: true, ..shown }.check(), Ok(()));
            }
            assert!(takes_two(before, AgeGroup::Adult), "whatever shows it, never one alone");
            assert!(!takes_two(AgeGroup::Adult, before));
            assert_eq!(said(AgeGroup::Adult, before).check(), Ok(()), "the other way at a word");
        }
    }

    #[test]
    fn rule_3_a_year_of_birth_that_says_otherwise_is_refused() {
        let born = |after, year| AgeSaid { birth_year: Some(year), ..said(after, after) };
        assert_eq!(born(AgeGroup::Adult, 2015).check(), Err(vec![AgeDenied::YearOfAChild]));
        assert_eq!(born(AgeGroup::Adult, 2009).check(), Err(vec![AgeDenied::YearOfAChild]));
        assert_eq!(born(AgeGroup::Child, 2007).check(), Err(vec![AgeDenied::YearOfAnAdult]));
        for fits in [born(AgeGroup::Adult, 2008), born(AgeGroup::Child, 2008)] {
            assert_eq!(fits.check(), Ok(()), "eighteen at some day of this year");
        }
        let grown = AgeSaid { changed: false, ..born(AgeGroup::Child, 2000) };
        assert_eq!(grown.check(), Ok(()));
    }
}
