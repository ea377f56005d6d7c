//! The register of national law: for every State and every topic what the law
//! says, in which article, and where that was read; and the gaps (R014).

use super::{provenance::Provenance, state::StateCode, topic::Topic};
use crate::coded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// How far a law provides for a topic.
    Provided {
        /// It does.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// A bill would.
        Bill = "bill",
        /// It does not.
        No = "no",
        /// Nobody has said.
        Unknown = "unknown",
    }
}

impl Provided {
    /// Whether something is missing. Unknown is no gap but a question.
    #[must_use]
    pub const fn is_gap(self) -> bool {
        matches!(self, Self::Partly | Self::Bill | Self::No)
    }
}

/// What the law of one State says on one topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawEntry {
    /// The State.
    pub state: StateCode,
    /// The topic.
    pub topic: Topic,
    /// How far it is provided for.
    pub provided: Provided,
    /// The law.
    pub law: Option<String>,
    /// The article or section.
    pub article: Option<String>,
    /// What it says, or what is missing.
    pub words: Option<String>,
    /// Days of recovery and reflection it grants at least; of that topic alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Where this was read.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LawEntryRefused {
    /// Provided for, but where?
    #[error("the entry says the law provides for `{0}`; name the law and the article")]
    NoArticle(Topic),
    /// Not a topic of the matrix.
    #[error("`{0}` is not a topic of the register of national law; see the list of topics")]
    NotATopicOfLaw(Topic),
}

impl LawEntry {
    /// Days of recovery and reflection this law grants, if the entry says so. A
    /// bill grants nothing yet.
    #[must_use]
    pub fn reflection_days(&self) -> Option<u32> {
        let grants = matches!(self.provided, Provided::Yes | Provided::Partly);
        self.days.filter(|_| grants && self.topic == Topic::Reflection)
    }

    /// Where in the law it stands, and where that was read.
    #[must_use]
    pub fn place(&self) -> String {
        let parts = [self.law.as_deref(), self.article.as_deref()];
        let parts: Vec<&str> =
            parts.into_iter().flatten().chain([self.provenance.source.as_str()]).collect();
        parts.join(", ")
    }

    /// Checks the entry.
    ///
    /// # Errors
    /// When it claims a provision without law and article, or is about a topic
    /// outside the matrix.
    pub fn check(&self) -> Result<(), LawEntryRefused> {
        if !Topic::OF_NATIONAL_LAW.iter().any(|(topic, _)| *topic == self.topic) {
            return Err(LawEntryRefused::NotATopicOfLaw(self.topic));
        }
        let filled = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.trim().is_empty());
        let claims = matches!(self.provided, Provided::Yes | Provided::Partly | Provided::Bill);
        if claims && !(filled(&self.law) && filled(&self.article)) {
            return Err(LawEntryRefused::NoArticle(self.topic));
        }
        Ok(())
    }
}

/// One cell of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LawCell<'a> {
    /// The topic.
    pub topic: Topic,
    /// What to show: the answer if all entries agree, otherwise the weakest,
    /// because a right that one source denies cannot be relied on.
    pub provided: Provided,
    /// Whether sources differ.
    pub disputed: bool,
    /// Every entry, side by side.
    pub entries: Vec<&'a LawEntry>,
}

/// One State's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LawRow<'a> {
    /// The State.
    pub state: StateCode,
    /// Its cells, one for each topic of the matrix.
    pub cells: Vec<LawCell<'a>>,
}

impl LawRow<'_> {
    /// Topics with something missing.
    pub fn gaps(&self) -> impl Iterator<Item = Topic> {
        self.cells.iter().filter(|cell| cell.provided.is_gap()).map(|cell| cell.topic)
    }
}

/// The matrix of States and topics; a cell nobody filled is unknown.
#[must_use]
pub fn matrix<'a>(states: &[StateCode], entries: &'a [LawEntry]) -> Vec<LawRow<'a>> {
    let mut by_cell: BTreeMap<(StateCode, Topic), Vec<&LawEntry>> = BTreeMap::new();
    for entry in entries {
        by_cell.entry((entry.state, entry.topic)).or_default().push(entry);
    }
    let cell = |state: StateCode, topic: Topic| {
        let entries = by_cell.get(&(state, topic)).cloned().unwrap_or_default();
        // `Provided` is ordered from the strongest to the weakest answer.
        let said = || entries.iter().map(|e| e.provided).filter(|p| *p != Provided::Unknown);
        let provided = said().max().unwrap_or(Provided::Unknown);
        let disputed = said().any(|p| p != provided);
        LawCell { topic, provided, disputed, entries }
    };
    states
        .iter()
        .map(|state| LawRow {
            state: *state,
            cells: Topic::OF_NATIONAL_LAW.iter().map(|(topic, _)| cell(*state, *topic)).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::register::provenance::Confidence;

    fn entry(topic: Topic, provided: Provided, article: Option<&str>, source: &str) -> LawEntry {
        LawEntry {
            state: "XAA".parse().unwrap(),
            topic,
            provided,
            law: article.map(|_| "Act 3 of 2008".to_owned()),
            article: article.map(str::to_owned),
            words: None,
            days: None,
            provenance: Provenance {
                source: source.to_owned(),
                as_of: "2010-12".parse().unwrap(),
                confidence: Confidence::Stated,
                note: None,
                disputed: None,
            },
        }
    }

    #[test]
    fn req_100_days_of_reflection_are_those_of_a_law_and_not_of_a_bill() {
        let mut law = entry(Topic::Reflection, Provided::Yes, Some("s. 9"), "a report");
        law.days = Some(60);
        assert_eq!(law.reflection_days(), Some(60));
        assert_eq!(law.place(), "Act 3 of 2008, s. 9, a report");
        law.provided = Provided::Bill;
        assert_eq!(law.reflection_days(), None);
        let mut other = entry(Topic::Offence, Provided::Yes, Some("s. 2"), "a report");
        other.days = Some(60);
        assert_eq!(other.reflection_days(), None);
    }

    #[test]
    fn req_014_the_matrix_has_every_topic_for_every_state_and_shows_gaps() {
        let entries = [
            entry(Topic::Offence, Provided::Yes, Some("s. 2"), "a report"),
            entry(Topic::NonPunishment, Provided::No, None, "a report"),
        ];
        let states = ["XAA", "XBB"].map(|c| c.parse().unwrap());
        let rows = matrix(&states, &entries);
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|r| r.cells.len() == Topic::OF_NATIONAL_LAW.len()));
        assert_eq!(rows[0].gaps().collect::<Vec<_>>(), [Topic::NonPunishment]);
        assert!(rows[1].cells.iter().all(|c| c.provided == Provided::Unknown));
        assert_eq!(rows[1].gaps().count(), 0, "nobody has said is no gap");
    }

    #[test]
    fn req_014_what_the_law_provides_needs_law_and_article() {
        let bare = entry(Topic::Offence, Provided::Yes, None, "a report");
        assert_eq!(bare.check(), Err(LawEntryRefused::NoArticle(Topic::Offence)));
        assert_eq!(
            entry(Topic::Offence, Provided::Partly, Some("s. 2"), "a report").check(),
            Ok(())
        );
        assert_eq!(entry(Topic::Offence, Provided::No, None, "a report").check(), Ok(()));
        let outside = entry(Topic::Borders, Provided::No, None, "a report");
        assert_eq!(outside.check(), Err(LawEntryRefused::NotATopicOfLaw(Topic::Borders)));
    }

    #[test]
    fn req_015_two_sources_that_differ_stay_side_by_side_and_the_weaker_shows() {
        let entries = [
            entry(Topic::Compensation, Provided::Yes, Some("s. 9"), "the State's report"),
            entry(Topic::Compensation, Provided::Partly, Some("s. 9"), "an evaluation"),
        ];
        let rows = matrix(&["XAA".parse().unwrap()], &entries);
        let cell = rows[0].cells.iter().find(|c| c.topic == Topic::Compensation).unwrap();
        assert!(cell.disputed);
        assert_eq!(cell.provided, Provided::Partly);
        assert_eq!(cell.entries.len(), 2);
    }
}
