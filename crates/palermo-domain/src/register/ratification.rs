//! How far a State that is not yet a party has come, and what holds it back.
//! The question is optional: no answer never blocks anything (R007).

use super::{adherence::Adherence, day::Day, instrument::InstrumentId, state::StateCode};
use crate::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// How far the process has come.
    Stage {
        /// Nothing has begun.
        NotBegun = "not_begun",
        /// Ministries are consulted or a study is made.
        Consultation = "consultation",
        /// National law is being brought into line first.
        LawBroughtIntoLine = "law_brought_into_line",
        /// The government has decided to go ahead.
        GovernmentDecision = "government_decision",
        /// Before parliament.
        BeforeParliament = "before_parliament",
        /// Parliament has agreed; the instrument is not yet deposited.
        AwaitingDeposit = "awaiting_deposit",
        /// The State has decided against it.
        DecidedAgainst = "decided_against",
    }
}

coded! {
    /// What holds a State back.
    Obstacle {
        /// National law is missing or contradicts the instrument.
        NationalLaw = "national_law",
        /// Terms of the instrument are unclear to those who must apply them.
        UnclearTerms = "unclear_terms",
        /// The constitution or the division of powers.
        Constitution = "constitution",
        /// People, money or expertise.
        Means = "means",
        /// Translation.
        Translation = "translation",
        /// Other matters come first.
        Priority = "priority",
        /// Conflict or lack of a working parliament.
        Instability = "instability",
        /// Anything else, told in words.
        Other = "other",
    }
}

/// What a State reported about its way to becoming a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatificationReport {
    /// The State.
    pub state: StateCode,
    /// The instrument.
    pub instrument: InstrumentId,
    /// How far it has come, if it says.
    pub stage: Option<Stage>,
    /// What holds it back, by kind.
    pub obstacles: Vec<Obstacle>,
    /// The same in the State's words.
    pub words: Option<String>,
    /// What help it asks for.
    pub help_wanted: Option<String>,
    /// The day it was reported.
    pub reported: Day,
    /// Where it was reported.
    pub source: String,
}

/// Why a report cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportRefused {
    /// The State has been bound since before the report.
    #[error("`{state}` has been a party since {since}; there is no obstacle left to report")]
    AlreadyParty {
        /// The State.
        state: StateCode,
        /// The day of deposit.
        since: Day,
    },
    /// `other` without words.
    #[error("an obstacle of the kind `other` needs words that say what it is")]
    OtherWithoutWords,
}

impl RatificationReport {
    /// Checks a report against what the State has done. An empty report is
    /// allowed: the question is optional.
    ///
    /// # Errors
    /// When the State is already bound, or `other` is not told in words.
    pub fn check(&self, all: &[Adherence]) -> Result<(), ReportRefused> {
        let own = all.iter().find(|a| a.party == self.state && a.instrument == self.instrument);
        if let Some(bound) = own.and_then(|a| a.bound_on(self.reported)) {
            return Err(ReportRefused::AlreadyParty { state: self.state, since: bound.date });
        }
        let words = self.words.as_deref().is_some_and(|w| !w.trim().is_empty());
        if self.obstacles.contains(&Obstacle::Other) && !words {
            return Err(ReportRefused::OtherWithoutWords);
        }
        Ok(())
    }
}

/// The latest report of a State about an instrument up to a day.
#[must_use]
pub fn latest<'a>(
    state: StateCode,
    instrument: &InstrumentId,
    on: Day,
    reports: &'a [RatificationReport],
) -> Option<&'a RatificationReport> {
    reports
        .iter()
        .filter(|r| r.state == state && &r.instrument == instrument && r.reported <= on)
        .max_by_key(|r| r.reported)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::register::adherence::{Act, DatedAct};

    fn report(
        stage: Option<Stage>,
        obstacles: Vec<Obstacle>,
        words: Option<&str>,
    ) -> RatificationReport {
        RatificationReport {
            state: "XBB".parse().unwrap(),
            instrument: "tip-protocol".parse().unwrap(),
            stage,
            obstacles,
            words: words.map(str::to_owned),
            help_wanted: None,
            reported: "2010-05-01".parse().unwrap(),
            source: "national report 2010".to_owned(),
        }
    }

    fn adherence(act: Act, date: &str) -> Adherence {
        Adherence {
            instrument: "tip-protocol".parse().unwrap(),
            party: "XBB".parse().unwrap(),
            acts: vec![DatedAct::new(act, date.parse().unwrap())],
            entry_into_force: None,
            source: "invented".to_owned(),
            as_of: "2010-12".parse().unwrap(),
        }
    }

    #[test]
    fn req_007_a_signatory_can_report_stage_and_obstacle() {
        let signed = [adherence(Act::Signature, "2000-12-12")];
        let report = report(
            Some(Stage::BeforeParliament),
            vec![Obstacle::NationalLaw],
            Some("the bill waits"),
        );
        assert_eq!(report.check(&signed), Ok(()));
        let found = latest(
            report.state,
            &report.instrument,
            report.reported,
            std::slice::from_ref(&report),
        );
        assert_eq!(found.unwrap().stage, Some(Stage::BeforeParliament));
    }

    #[test]
    fn req_007_an_empty_report_is_allowed() {
        assert_eq!(report(None, vec![], None).check(&[]), Ok(()));
    }

    #[test]
    fn a_party_has_no_obstacle_left_to_report() {
        let bound = [adherence(Act::Accession, "2009-01-01")];
        let refused = report(Some(Stage::Consultation), vec![], None).check(&bound).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "`XBB` has been a party since 2009-01-01; there is no obstacle left to report"
        );
        let later = [adherence(Act::Accession, "2011-01-01")];
        assert_eq!(report(Some(Stage::Consultation), vec![], None).check(&later), Ok(()));
    }

    #[test]
    fn another_obstacle_must_be_told_in_words() {
        let refused = report(None, vec![Obstacle::Other], Some("  ")).check(&[]);
        assert_eq!(refused, Err(ReportRefused::OtherWithoutWords));
    }
}
