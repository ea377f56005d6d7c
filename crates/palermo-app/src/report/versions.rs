//! Versions of a State's report that were submitted before: each as it was, what became of
//! it, and what is different in the one that stands (R041).

use super::{
    CountryReport,
    country::{known_state, mask, of_version, private},
    facts::{ReportRefused, Standing, StateVersion, every},
    questionnaires::Versions,
};
use crate::{App, Refused};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::{Correction, Reception, ReceptionDecision, mask_corrections, withheld},
};
use serde::Serialize;
use std::collections::BTreeSet;

/// One version in the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionLine {
    /// Its number, from 1, in the order of submission.
    pub number: usize,
    /// The day it was submitted.
    pub submitted: Day,
    /// What the receiving body decided.
    pub decision: Option<ReceptionDecision>,
    /// When.
    pub decided: Option<Day>,
    /// Whether it is the one that stands.
    pub stands: bool,
}

/// Which version is asked for, by whom.
#[derive(Debug, Clone, Copy)]
pub struct VersionAsked<'a> {
    /// The questionnaire.
    pub questionnaire: &'a str,
    /// Code of the State.
    pub state: &'a str,
    /// The year reported on.
    pub period: i32,
    /// Number of the version.
    pub number: usize,
    /// Only what was accepted, or everything that was submitted.
    pub which: Standing,
    /// Language of the page.
    pub language: &'a str,
    /// Whether confidential answers and small numbers are shown.
    pub confidential: bool,
}

/// A version with what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EarlierReport {
    /// Its number, from 1, in the order of submission.
    pub number: usize,
    /// Whether it is the one that stands.
    pub stands: bool,
    /// The report as it was submitted.
    #[serde(flatten)]
    pub report: CountryReport,
    /// What is different in the version that stands now.
    pub since: Vec<Correction>,
    /// The decision about it, with the reason: for the State and those who receive.
    #[serde(skip)]
    pub reception: Option<Reception>,
}

/// The versions of a State for a period in the order of submission, and the place of
/// the one that stands.
async fn ordered(
    app: &App,
    questionnaire: &str,
    state: StateCode,
    period: i32,
    which: Standing,
) -> Result<(Vec<StateVersion>, Option<usize>), Refused> {
    let mut all = every(app, questionnaire, Some(period)).await?;
    all.retain(|one| one.version.state == state);
    all.sort_by_key(|one| (one.version.submitted, one.version.version));
    let stands = all.iter().rposition(|one| one.counts(which));
    Ok((all, stands))
}

/// Whether a version may be shown: the public sees what was once accepted.
fn is_open(one: &StateVersion, which: Standing) -> bool {
    which == Standing::Submitted || one.counts(Standing::Accepted)
}

/// The versions of a State's report, the first one first.
///
/// # Errors
/// When the store does not answer.
pub async fn report_versions(
    app: &App,
    questionnaire: &str,
    state: StateCode,
    period: i32,
    which: Standing,
) -> Result<Vec<VersionLine>, Refused> {
    let (all, stands) = ordered(app, questionnaire, state, period, which).await?;
    let lines = all.iter().enumerate().filter(|(_, one)| is_open(one, which));
    Ok(lines
        .map(|(at, one)| VersionLine {
            number: at + 1,
            submitted: one.version.submitted,
            decision: one.reception.as_ref().map(|one| one.decision),
            decided: one.reception.as_ref().map(|one| one.on),
            stands: Some(at) == stands,
        })
        .collect())
}

/// One version as it was submitted, and what is different in the one that stands. What
/// the version that stands withholds is withheld of this one too: laid side by side
/// they tell no figure that either keeps back.
///
/// # Errors
/// [`ReportRefused::NothingSubmitted`] with the versions there are.
pub async fn country_version(
    app: &App,
    asked: &VersionAsked<'_>,
) -> Result<EarlierReport, ReportRefused> {
    let known = Versions::load(app).await?;
    let state = known_state(app, asked.state)?;
    let id = known.newest(asked.questionnaire)?.id.as_str();
    let (all, at) = ordered(app, id, state, asked.period, asked.which).await?;
    let wanted = asked.number.checked_sub(1).and_then(|at| all.get(at));
    let Some(one) = wanted.filter(|one| is_open(one, asked.which)) else {
        return Err(not_there(&all, asked));
    };
    let standing = at.and_then(|at| all.get(at));
    let stands = at.is_some_and(|at| at + 1 == asked.number);
    let mut hidden = BTreeSet::new();
    let threshold = super::strictest(app, state.as_str()).await;
    for other in standing.into_iter().filter(|_| !stands && !asked.confidential) {
        let version = &other.version;
        if let Some(all) = known.at(id, version.questionnaire_version) {
            hidden.extend(withheld(all, &version.answers, threshold));
        }
        hidden.extend(private(other));
    }
    let mut since = standing.map(|other| differences(one, other)).unwrap_or_default();
    if !asked.confidential {
        let own = known.at(id, one.version.questionnaire_version);
        if let Some(own) = own {
            hidden.extend(withheld(own, &one.version.answers, threshold));
            mask_corrections(own, &hidden, &mut since, threshold);
        }
        mask(&hidden, &mut since);
        mask(&private(one), &mut since);
        // Of a question that nobody keeps any more nothing says what it counted.
        let now = standing.and_then(|one| known.at(id, one.version.questionnaire_version));
        let asks =
            |code: &str| own.into_iter().chain(now).any(|asked| asked.question(code).is_some());
        let gone = since.iter().map(|one| one.code.clone()).filter(|code| !asks(code));
        let gone: BTreeSet<String> = gone.collect();
        mask(&gone, &mut since);
    }
    let reception = one.reception.clone();
    let report =
        of_version(app, &known, one.clone(), asked.language, asked.confidential, &hidden).await?;
    Ok(EarlierReport { number: asked.number, stands, report, since, reception })
}

/// What a later version says otherwise, with the reasons its State gave.
fn differences(one: &StateVersion, later: &StateVersion) -> Vec<Correction> {
    let why = |code: &str| {
        let told = later.version.corrections.iter().find(|one| one.code == code);
        told.map(|one| one.why.clone()).unwrap_or_default()
    };
    later
        .version
        .differs_from(&one.version)
        .into_iter()
        .map(|(code, was, now)| {
            let why = why(&code);
            Correction { code, was, now, why, on: later.version.submitted }
        })
        .collect()
}

fn not_there(all: &[StateVersion], asked: &VersionAsked<'_>) -> ReportRefused {
    let open = all.iter().enumerate().filter(|(_, one)| is_open(one, asked.which));
    let numbers: Vec<String> = open.map(|(at, _)| (at + 1).to_string()).collect();
    let hint = if numbers.is_empty() {
        String::new()
    } else {
        format!(" as version {}; there are {}", asked.number, numbers.join(", "))
    };
    ReportRefused::NothingSubmitted {
        state: asked.state.to_owned(),
        questionnaire: asked.questionnaire.to_owned(),
        period: asked.period,
        hint,
    }
}
