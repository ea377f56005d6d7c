//! Asking States for information outside a round, and reviews of what a
//! measure did to people's rights. A request is compulsory only where the
//! profile cites the provision that makes it so; none may ask who somebody is.

use crate::register::{day::Day, state::StateCode};
use serde::{Deserialize, Serialize};

/// Days a State has for an urgent request, unless told otherwise (R065).
pub const URGENT_DAYS: i64 = 14;

/// Why a request must be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compulsion {
    /// The provision the profile cites.
    pub provision: String,
    /// Where the profile read it.
    pub source: String,
}

/// A request for information to one State or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationRequest {
    /// The mechanism that asks.
    pub mechanism: String,
    /// Subject in a line.
    pub title: String,
    /// What is asked.
    pub question: String,
    /// Whom.
    pub states: Vec<StateCode>,
    /// Urgent: with a clock of its own, apart from the round.
    pub urgent: bool,
    /// The provision that makes an answer compulsory; none if it is a request only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compulsory: Option<Compulsion>,
    /// The day it was sent.
    pub sent: Day,
    /// Until when.
    pub due: Day,
    /// Refused because it asks who somebody is (R6); the letter says why.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
}

/// A State's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationReply {
    /// The request, as text of its id.
    pub request: String,
    /// The State.
    pub state: StateCode,
    /// The answer.
    pub text: String,
    /// The day.
    pub on: Day,
}

/// A review of what a measure, law or joint response did to people's rights
/// (R236). It names groups, never persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpactReview {
    /// The measure, law or response, as text.
    pub measure: String,
    /// Id of the plan's measure it stands beside, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure_id: Option<String>,
    /// The State or, without one, the region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// Who opened it.
    pub by: String,
    /// Groups that were harmed: codes such as `migrants`, `workers`, `children`, `refugees`.
    pub harmed: Vec<String>,
    /// What was found.
    pub findings: String,
    /// How many rights incidents it rests on; none told below five.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incidents: Option<u32>,
    /// The body that has to answer.
    pub responsible: String,
    /// The day it was opened.
    pub on: Day,
}

impl ImpactReview {
    /// Rights incidents are told by number from here on (R10).
    pub const LEAST_INCIDENTS: u32 = 5;

    /// A number of rights incidents as a review may tell it: none below the least, for few
    /// incidents are few people (R10).
    #[must_use]
    pub fn told(incidents: Option<u32>) -> Option<u32> {
        incidents.filter(|count| *count >= Self::LEAST_INCIDENTS)
    }
}

/// The responsible body's answer to an impact review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpactAnswer {
    /// The review, as text of its id.
    pub review: String,
    /// Who answers.
    pub by: String,
    /// The answer.
    pub text: String,
    /// The day.
    pub on: Day,
}

#[cfg(test)]
mod tests {
    use super::ImpactReview;

    #[test]
    fn rule_10_a_review_tells_no_number_of_incidents_below_five() {
        for few in [None, Some(0), Some(1), Some(4)] {
            assert_eq!(ImpactReview::told(few), None);
        }
        assert_eq!(ImpactReview::told(Some(5)), Some(5));
    }
}
