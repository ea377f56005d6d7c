//! What is stored about reports, put together: which version of a State's
//! report stands, who received it, what is disputed.

use crate::{App, Refused};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::{
        Answer, Dispute, GivenAnswer, Questionnaire, Reception, ReceptionDecision,
        SubmissionVersion, UnitConfirmation,
    },
};
use palermo_store::report as stored;
use serde::Serialize;
use std::collections::BTreeMap;

/// Why a report cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportRefused {
    /// No such questionnaire.
    #[error("no questionnaire has the id `{id}`; there are {known}")]
    NoQuestionnaire {
        /// What was asked for.
        id: String,
        /// Those there are.
        known: String,
    },
    /// Not the code of a State.
    #[error("`{0}` is not the code of a State")]
    NoState(String),
    /// No such mechanism.
    #[error("no mechanism has the id `{0}`; `palermo mechanisms list` shows all")]
    NoMechanism(String),
    /// Nothing was submitted.
    #[error("{state} submitted nothing to `{questionnaire}` for {period}{hint}")]
    NothingSubmitted {
        /// The State.
        state: String,
        /// The questionnaire.
        questionnaire: String,
        /// The period.
        period: i32,
        /// What there is instead.
        hint: String,
    },
    /// No such round.
    #[error("no round has the id `{0}`; `palermo review list --json` shows all")]
    NoRound(String),
    /// The store did not answer.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<palermo_store::Error> for ReportRefused {
    fn from(error: palermo_store::Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<ReportRefused> for Refused {
    fn from(why: ReportRefused) -> Self {
        match why {
            ReportRefused::Refused(refused) => refused,
            _ => Self::NotFound,
        }
    }
}

/// A State's version that stands, with what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StateVersion {
    /// The version.
    #[serde(flatten)]
    pub version: SubmissionVersion,
    /// The organisation that keeps it.
    #[serde(skip)]
    pub tenant: palermo_domain::id::TenantId,
    /// The receiving body's decision about this version.
    pub reception: Option<Reception>,
    /// What the State disputes.
    pub disputes: Vec<Dispute>,
    /// Units the State stands by.
    #[serde(skip)]
    pub units: Vec<UnitConfirmation>,
    /// Confirmed by the State, where the secretariat entered it.
    pub confirmed: bool,
}

impl StateVersion {
    /// The day it was accepted.
    #[must_use]
    pub fn accepted(&self) -> Option<Day> {
        self.reception
            .as_ref()
            .filter(|one| one.decision != ReceptionDecision::Returned)
            .map(|one| one.on)
    }

    /// Whether it was published: nobody decides about it any more.
    #[must_use]
    pub fn published(&self) -> bool {
        self.reception.as_ref().is_some_and(|one| one.decision == ReceptionDecision::Published)
    }

    /// The State's word on what a figure of doubtful unit counts, if it said so.
    #[must_use]
    pub fn stands_by(&self, code: &str, answer: &Answer) -> Option<&UnitConfirmation> {
        self.units.iter().rfind(|one| one.meant.is_some() && one.covers(code, answer))
    }

    /// Whether it was sent back.
    #[must_use]
    pub fn returned(&self) -> bool {
        self.reception.as_ref().is_some_and(|one| one.decision == ReceptionDecision::Returned)
    }

    /// Whether it may stand for its State.
    #[must_use]
    pub fn counts(&self, which: Standing) -> bool {
        match which {
            Standing::Submitted => !self.returned(),
            Standing::Accepted => self.accepted().is_some(),
        }
    }
}

/// Which version is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The newest that was submitted and not sent back.
    Submitted,
    /// The newest that was accepted: what the public sees (R041).
    Accepted,
}

/// Every version that was submitted, in the order of their making, with what became of
/// each: of a questionnaire and, if named, a period.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn every(
    app: &App,
    questionnaire: &str,
    period: Option<i32>,
) -> Result<Vec<StateVersion>, Refused> {
    let store = &app.store;
    let versions = stored::version::list(store, Some(questionnaire)).await?;
    let receptions = stored::reception::list(store, Some(questionnaire)).await?;
    let disputes = stored::dispute::list(store, Some(questionnaire)).await?;
    let units = stored::unit::list(store, Some(questionnaire)).await?;
    let submissions = stored::submission::list(store, Some(questionnaire)).await?;
    let mut decided: BTreeMap<_, &Reception> = BTreeMap::new();
    for one in &receptions {
        let entry = &one.record.entry;
        // Entries come in the order of their making: the last word counts.
        decided.insert((entry.submission, entry.version), entry);
    }
    let mut all: Vec<StateVersion> = Vec::new();
    for one in versions {
        let (tenant, version) = (one.record.tenant, one.record.entry);
        if period.is_some_and(|period| version.period != period) {
            continue;
        }
        let reception = decided.get(&(version.submission, version.version)).copied().cloned();
        let confirmed = submissions
            .iter()
            .find(|one| one.record.id == version.submission)
            .is_none_or(|one| !one.record.entry.entered.unconfirmed());
        let key = (version.state, version.period);
        let disputes = disputes
            .iter()
            .map(|one| &one.record.entry)
            .filter(|one| (one.state, one.period) == key)
            .cloned()
            .collect();
        let units = units
            .iter()
            .map(|one| &one.record.entry)
            .filter(|one| (one.state, one.period) == key)
            .cloned()
            .collect();
        all.push(StateVersion { version, tenant, reception, disputes, units, confirmed });
    }
    Ok(all)
}

/// The version of each State that stands, of a questionnaire and, if named, a period.
///
/// # Errors
/// When the store does not answer.
pub async fn standing(
    app: &App,
    questionnaire: &str,
    period: Option<i32>,
    which: Standing,
) -> Result<BTreeMap<(StateCode, i32), StateVersion>, Refused> {
    let mut found: BTreeMap<(StateCode, i32), StateVersion> = BTreeMap::new();
    for one in every(app, questionnaire, period).await? {
        let key = (one.version.state, one.version.period);
        let newer = found.get(&key).is_none_or(|other| {
            (other.version.submitted, other.version.version)
                <= (one.version.submitted, one.version.version)
        });
        if one.counts(which) && newer {
            found.insert(key, one);
        }
    }
    Ok(found)
}

/// The first day on which a State sent an answer to a questionnaire that was not sent back,
/// for years that `counts`: a later correction does not make it late.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn first_sent(
    app: &App,
    questionnaire: &str,
    state: StateCode,
    counts: impl Fn(i32) -> bool,
) -> Result<Option<Day>, Refused> {
    let all = every(app, questionnaire, None).await?;
    let sent = all.iter().filter(|one| {
        let of = &one.version;
        of.state == state && counts(of.period) && one.counts(Standing::Submitted)
    });
    Ok(sent.map(|one| one.version.submitted).min())
}

/// Everything a State answered anywhere, as it stands, with the questionnaires.
///
/// # Errors
/// When the store does not answer.
pub async fn given_answers(
    app: &App,
    state: StateCode,
) -> Result<Vec<(Questionnaire, StateVersion)>, Refused> {
    let mut all = Vec::new();
    let asked = super::questionnaires::Versions::load(app).await?;
    for id in asked.readable().keys() {
        let versions = standing(app, id, None, Standing::Submitted).await?;
        for (_, one) in versions.into_iter().filter(|((of, _), _)| *of == state) {
            // What was answered is read with the questions as they were asked.
            if let Some(then) = asked.at(id, one.version.questionnaire_version) {
                all.push((then.clone(), one));
            }
        }
    }
    Ok(all)
}

/// The same as answers one by one.
pub(super) fn one_by_one(all: &[(Questionnaire, StateVersion)]) -> Vec<GivenAnswer<'_>> {
    all.iter()
        .flat_map(|(questionnaire, stands)| {
            stands.version.answers.iter().filter_map(move |(code, answer)| {
                Some(GivenAnswer {
                    state: stands.version.state,
                    questionnaire,
                    period: stands.version.period,
                    question: questionnaire.question(code)?,
                    given: answer.as_of.unwrap_or(stands.version.submitted),
                    answer,
                })
            })
        })
        .collect()
}

/// The number of persons below which a mechanism shows no figure: the larger
/// of the program's and its profile's.
#[must_use]
pub fn threshold(app: &App, mechanism: &str) -> u32 {
    let own = app
        .content
        .mechanisms()
        .get(mechanism)
        .and_then(|profile| profile.rules.given())
        .and_then(|rules| rules.iter().find(|rule| rule.key == "publication_threshold"))
        .map(|rule| rule.value);
    own.unwrap_or(0).max(app.policy.publication_threshold())
}
