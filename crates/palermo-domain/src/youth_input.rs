//! What children and young people said about prevention and policy: in a
//! youth forum, in a school, on line (R132). A register of words and answers,
//! without anyone's name: who said something is not asked and has no field
//! (R222). What was done about it is owed to them and stands beside it.

use crate::{
    coded, free_text,
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

coded! {
    /// Where they were heard.
    Forum {
        /// A youth forum of the mechanism or the State.
        YouthForum = "youth-forum",
        /// A children's parliament or council.
        Parliament = "parliament",
        /// A school or a club.
        School = "school",
        /// A workshop or consultation.
        Workshop = "workshop",
        /// On line.
        OnLine = "on-line",
        /// Elsewhere.
        Other = "other",
    }
}

coded! {
    /// What it is about.
    Theme {
        /// Prevention and campaigns.
        Prevention = "prevention",
        /// School and training.
        School = "school",
        /// Work of children.
        Work = "work",
        /// Life on line.
        OnLine = "on-line",
        /// Travel and migration.
        Travel = "travel",
        /// Help and shelters.
        Help = "help",
        /// Justice and police.
        Justice = "justice",
        /// Law and policy.
        Policy = "policy",
        /// Something else.
        Other = "other",
    }
}

coded! {
    /// How old they were, roughly.
    Ages {
        /// Below 12.
        Below12 = "below-12",
        /// 12 to 14.
        From12 = "12-14",
        /// 15 to 17.
        From15 = "15-17",
        /// 18 to 24.
        From18 = "18-24",
        /// Several of these.
        Mixed = "mixed",
    }
}

coded! {
    /// How many spoke, roughly. Of fewer than five nothing is said: it would
    /// point at someone.
    Group {
        /// 5 to 9.
        From5 = "5-9",
        /// 10 to 24.
        From10 = "10-24",
        /// 25 to 99.
        From25 = "25-99",
        /// 100 or more.
        From100 = "100",
    }
}

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YouthInput {
    /// Where.
    pub forum: Forum,
    /// The name of the meeting.
    pub meeting: String,
    /// In which State; none for a regional meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// When.
    pub on: Day,
    /// What about.
    pub themes: BTreeSet<Theme>,
    /// What they said, nobody named.
    pub said: String,
    /// How old they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<Ages>,
    /// How many they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// What was done about it, or why not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
    /// When they were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Day>,
}

/// Days within which they should hear what became of it.
pub const ANSWER_DAYS: i64 = 90;

impl YouthInput {
    /// Whether an answer is owed and late.
    #[must_use]
    pub fn is_late(&self, today: Day) -> bool {
        self.answered.is_none() && today > self.on.plus_days(ANSWER_DAYS)
    }
}

/// Whether a text holds a way to reach someone: an address for mail, an
/// account, or a number long enough to be called. A name cannot be told by a
/// program; the form says that none belongs here.
#[must_use]
pub fn leads_to_someone(text: &str) -> bool {
    free_text::telephone(text) || free_text::account(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn req_132_words_that_lead_to_someone_are_known() {
        for text in ["write to mina@school.example", "call 0612 34 56 78", "I am @mina_07"] {
            assert!(leads_to_someone(text), "{text}");
        }
        for text in ["In 2025 and 2026 nobody came", "25 of us want a bus at 6:30", "a@"] {
            assert!(!leads_to_someone(text), "{text}");
        }
    }

    #[test]
    fn req_132_an_answer_is_owed_within_90_days() {
        let on: Day = "2026-03-01".parse().unwrap();
        let mut one = YouthInput {
            forum: Forum::YouthForum,
            meeting: "Spring forum".into(),
            state: None,
            on,
            themes: BTreeSet::new(),
            said: "A number one can write to".into(),
            ages: None,
            group: None,
            answer: String::new(),
            answered: None,
        };
        assert!(!one.is_late(on.plus_days(90)));
        assert!(one.is_late(on.plus_days(91)));
        one.answered = Some(on.plus_days(20));
        assert!(!one.is_late(on.plus_days(91)));
    }
}
