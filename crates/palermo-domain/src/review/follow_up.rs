//! What became of a recommendation: the State says one thing, the reviewer
//! finds another, and both stand side by side (R062–R064).

use super::{Recommendation, RecordStatus};
use crate::{
    coded,
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// Who says it.
    FollowUpSide {
        /// The State, of itself.
        State = "state",
        /// The reviewing body.
        Reviewer = "reviewer",
    }
}

/// One side's account of one recommendation in one State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The recommendation's id.
    pub recommendation: String,
    /// The State.
    pub state: StateCode,
    /// Who says it.
    pub side: FollowUpSide,
    /// How far it is.
    pub status: RecordStatus,
    /// Institution in the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The day by which it is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Day>,
    /// What was done, or found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub account: String,
    /// What supports it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
    /// The day it was said.
    pub on: Day,
    /// The day the recommendation was assigned to the State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Day>,
}

/// Both sides of one recommendation in one State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statuses {
    /// The recommendation's id.
    pub recommendation: String,
    /// The State.
    pub state: StateCode,
    /// What the State says.
    pub own: Option<FollowUp>,
    /// What the reviewer found.
    pub found: Option<FollowUp>,
}

/// A recommendation without a lead institution is listed after this many days.
pub const UNLED_DAYS: i64 = 90;

impl Statuses {
    /// The status statistics use: the reviewer's if there is one.
    #[must_use]
    pub fn counted(&self) -> RecordStatus {
        self.found
            .as_ref()
            .or(self.own.as_ref())
            .map_or(RecordStatus::NoInformation, |one| one.status)
    }

    /// Whether the two differ.
    #[must_use]
    pub fn differ(&self) -> bool {
        match (&self.own, &self.found) {
            (Some(own), Some(found)) => own.status != found.status,
            _ => false,
        }
    }

    /// The institution in the lead: the State's word, or the recommendation's.
    #[must_use]
    pub fn lead<'a>(&'a self, recommendation: &'a Recommendation) -> Option<&'a str> {
        let own = self.own.as_ref().and_then(|own| own.lead.as_deref());
        own.filter(|lead| !lead.is_empty()).or(recommendation.lead.as_deref())
    }

    /// The deadline: the State's, or the recommendation's.
    #[must_use]
    pub fn deadline(&self, recommendation: &Recommendation) -> Option<Day> {
        self.own.as_ref().and_then(|own| own.deadline).or(recommendation.deadline)
    }

    /// Whether it is past its deadline and not settled.
    #[must_use]
    pub fn overdue(&self, recommendation: &Recommendation, today: Day) -> bool {
        !self.counted().is_settled()
            && self.deadline(recommendation).is_some_and(|deadline| deadline < today)
    }

    /// Whether it has had no lead for 90 days (R062).
    #[must_use]
    pub fn unled(&self, recommendation: &Recommendation, today: Day) -> bool {
        let since = self.own.as_ref().or(self.found.as_ref()).and_then(|one| one.assigned);
        let since = since.or_else(|| recommendation.since());
        self.lead(recommendation).is_none()
            && !self.counted().is_settled()
            && since.is_some_and(|day| (today.date() - day.date()).whole_days() > UNLED_DAYS)
    }
}

/// How far the recommendations of a group are, in counts that can be done again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistics {
    /// How many there are.
    pub total: usize,
    /// How many have each status.
    pub by_status: BTreeMap<&'static str, usize>,
    /// Share that is settled, in per cent of those with any information, to one decimal.
    pub settled_percent: Option<f64>,
    /// How many are overdue.
    pub overdue: usize,
    /// How many have had no lead for 90 days.
    pub unled: usize,
    /// How many differ between State and reviewer.
    pub differing: usize,
}

/// Counts a group of recommendations.
#[must_use]
pub fn statistics(all: &[(&Recommendation, &Statuses)], today: Day) -> Statistics {
    let mut by_status = BTreeMap::new();
    for (_, statuses) in all {
        *by_status.entry(statuses.counted().code()).or_insert(0) += 1;
    }
    let known = all.iter().filter(|(_, one)| one.counted() != RecordStatus::NoInformation).count();
    let settled = all.iter().filter(|(_, one)| one.counted().is_settled()).count();
    #[allow(clippy::cast_precision_loss)] // some thousand at most
    let settled_percent =
        (known > 0).then(|| (settled as f64 * 1000.0 / known as f64).round() / 10.0);
    Statistics {
        total: all.len(),
        by_status,
        settled_percent,
        overdue: all.iter().filter(|(what, one)| one.overdue(what, today)).count(),
        unled: all.iter().filter(|(what, one)| one.unled(what, today)).count(),
        differing: all.iter().filter(|(_, one)| one.differ()).count(),
    }
}
