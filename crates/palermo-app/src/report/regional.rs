//! The regional report, drafted from what was submitted: who reported, what
//! they answered, which help they need. Every sum says "n of N"; unlike
//! definitions stand side by side and are never added (R11, R048, R049).

use super::facts::{ReportRefused, Standing, StateVersion, standing};
use crate::{App, register::ask::Lookup};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::{Entered, Finding, Given, QuestionSummary, summarise, withheld},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One member in the table of coverage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberLine {
    /// The State.
    pub state: StateCode,
    /// Its name in the language of the report.
    pub name: String,
    /// Whether its report is counted.
    pub counted: bool,
    /// The day it was submitted.
    pub submitted: Option<Day>,
    /// The day it was accepted.
    pub accepted: Option<Day>,
    /// Days after the due day.
    pub days_late: Option<i64>,
    /// Entered by the secretariat from this document.
    pub entered_from: Option<String>,
    /// Confirmed by the State, or entered by it.
    pub confirmed: bool,
    /// Questions answered.
    pub answered: usize,
    /// Submitted, and not yet accepted.
    pub awaiting: bool,
    /// What stood against it when it was submitted: shown to those who receive reports,
    /// never in what leaves, because it may tell a figure that is withheld.
    #[serde(skip)]
    pub warnings: Vec<Finding>,
}

/// A question with what the States answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegionalQuestion {
    /// Code.
    pub code: String,
    /// Text in the language of the report.
    pub text: String,
    /// Whether it stands in that language.
    pub translated: bool,
    /// Unit of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Names of options by code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
    /// The answers.
    #[serde(flatten)]
    pub summary: QuestionSummary,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegionalSection {
    /// Code.
    pub code: String,
    /// Title in the language of the report.
    pub title: String,
    /// States that declared to have no data, with the reason.
    pub no_data: Vec<(StateCode, String)>,
    /// Questions.
    pub questions: Vec<RegionalQuestion>,
}

/// Help a State says it needs, with the question it said so in (R044).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedLine {
    /// The State.
    pub state: StateCode,
    /// The question.
    pub code: String,
    /// What it needs.
    pub need: String,
}

/// One mechanism of a report over several: how many of its members reported (R049).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tier {
    /// The mechanism.
    pub mechanism: String,
    /// Members that reported.
    pub n: usize,
    /// All members.
    pub of: usize,
    /// Members that did not.
    pub missing: Vec<StateCode>,
}

/// The report of a region.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegionalReport {
    /// The mechanism.
    pub mechanism: String,
    /// Its name in the language of the report.
    pub name: String,
    /// The questionnaire.
    pub questionnaire: String,
    /// Its title.
    pub title: String,
    /// The period.
    pub period: i32,
    /// Members that reported.
    pub n: usize,
    /// All members.
    pub of: usize,
    /// Numbers of persons below this are not shown.
    pub threshold: u32,
    /// How many of the reports were entered by the secretariat and not confirmed.
    pub unconfirmed: usize,
    /// Every member, also those that never reported.
    pub coverage: Vec<MemberLine>,
    /// Sub-regional mechanisms whose members these are; a State in two counts once above.
    pub tiers: Vec<Tier>,
    /// Sections.
    pub sections: Vec<RegionalSection>,
    /// Help that is needed.
    pub needs: Vec<NeedLine>,
}

impl RegionalReport {
    /// Members without a report.
    #[must_use]
    pub fn missing(&self) -> Vec<StateCode> {
        self.coverage.iter().filter(|line| !line.counted).map(|line| line.state).collect()
    }
}

/// Drafts the report of a mechanism for a period.
///
/// # Errors
/// [`ReportRefused::NoQuestionnaire`], [`ReportRefused::NoMechanism`].
pub async fn regional(
    app: &App,
    questionnaire: &str,
    mechanism: &str,
    period: i32,
    which: Standing,
    language: &str,
) -> Result<RegionalReport, ReportRefused> {
    let all = super::questionnaire(app, questionnaire).await?;
    let register = app.content.mechanisms();
    let no_mechanism = || ReportRefused::NoMechanism(mechanism.to_owned());
    let profile = register.get(mechanism).ok_or_else(no_mechanism)?;
    let today: Day = app.store.now().date().into();
    let end = Day::new(period, 12, 31).unwrap_or(today);
    let ask = Lookup::of(app);
    let members: Vec<StateCode> = ask
        .members(profile, end)
        .await
        .map_err(|_| no_mechanism())?
        .iter()
        .filter_map(|code| code.parse().ok())
        .collect();
    let versions = standing(app, questionnaire, Some(period), which).await?;
    let sent = match which {
        Standing::Submitted => BTreeMap::default(),
        Standing::Accepted => {
            standing(app, questionnaire, Some(period), Standing::Submitted).await?
        }
    };
    let counted: Vec<&StateVersion> =
        members.iter().filter_map(|state| versions.get(&(*state, period))).collect();
    let threshold = super::threshold(app, mechanism);
    let hidden: Vec<BTreeSet<String>> =
        counted.iter().map(|one| withheld(&all, &one.version.answers, threshold)).collect();
    let due: BTreeMap<String, (Day, i64)> = super::non_submission(app, mechanism, period, today)
        .await?
        .obligations
        .into_iter()
        .filter(|one| one.of.questionnaire.as_deref() == Some(questionnaire))
        .map(|one| (one.state, (one.of.due, one.days_late)))
        .collect();
    let coverage = members
        .iter()
        .map(|state| {
            let mut told = line(app, *state, versions.get(&(*state, period)), &due, language);
            told.awaiting = !told.counted && sent.contains_key(&(*state, period));
            told
        })
        .collect();
    let sections = sections(&all, &counted, &hidden, members.len(), language);
    Ok(RegionalReport {
        mechanism: mechanism.to_owned(),
        name: profile.names.said_in(language).to_owned(),
        questionnaire: all.id.clone(),
        title: all.title.say(language).0.to_owned(),
        period,
        n: counted.len(),
        of: members.len(),
        threshold,
        unconfirmed: counted.iter().filter(|one| !one.confirmed).count(),
        coverage,
        tiers: tiers(app, mechanism, &members, &counted, end).await,
        sections,
        needs: needs(&counted),
    })
}

fn sections(
    all: &palermo_domain::report::Questionnaire,
    counted: &[&StateVersion],
    hidden: &[BTreeSet<String>],
    members: usize,
    language: &str,
) -> Vec<RegionalSection> {
    all.sections
        .iter()
        .map(|section| RegionalSection {
            code: section.code.clone(),
            title: section.title.say(language).0.to_owned(),
            no_data: counted
                .iter()
                .filter_map(|one| {
                    let why = one.version.no_data.get(&section.code)?;
                    Some((one.version.state, why.clone()))
                })
                .collect(),
            questions: section
                .questions
                .iter()
                .map(|question| summed(question, counted, hidden, members, language))
                .collect(),
        })
        .collect()
}

fn line(
    app: &App,
    state: StateCode,
    found: Option<&StateVersion>,
    due: &BTreeMap<String, (Day, i64)>,
    language: &str,
) -> MemberLine {
    MemberLine {
        state,
        name: app.registers.states.name(state, language),
        counted: found.is_some(),
        submitted: found.map(|one| one.version.submitted),
        accepted: found.and_then(StateVersion::accepted),
        days_late: due.get(state.as_str()).map(|(_, late)| *late),
        entered_from: found.and_then(|one| match &one.version.entered {
            Entered::Secretariat { document, .. } => Some(document.clone()),
            Entered::State => None,
        }),
        confirmed: found.is_none_or(|one| one.confirmed),
        awaiting: false,
        answered: found.map_or(0, |one| one.version.answers.len()),
        warnings: found.map(|one| one.version.warnings.clone()).unwrap_or_default(),
    }
}

fn summed(
    question: &palermo_domain::report::Question,
    counted: &[&StateVersion],
    hidden: &[BTreeSet<String>],
    members: usize,
    language: &str,
) -> RegionalQuestion {
    let given: Vec<Given<'_>> = counted
        .iter()
        .zip(hidden)
        .filter_map(|(one, hidden)| {
            Some(Given {
                withheld: hidden.contains(&question.code),
                state: one.version.state,
                answer: one.version.answers.get(&question.code)?,
                unconfirmed: !one.confirmed,
                disputed: one.disputes.iter().any(|dispute| dispute.code == question.code),
            })
        })
        .collect();
    let (text, translated) = question.text.say(language);
    RegionalQuestion {
        code: question.code.clone(),
        text: text.to_owned(),
        translated,
        unit: question.unit.clone(),
        options: question
            .options
            .iter()
            .map(|(code, texts)| (code.clone(), texts.say(language).0.to_owned()))
            .collect(),
        summary: summarise(question, &given, members),
    }
}

fn needs(counted: &[&StateVersion]) -> Vec<NeedLine> {
    counted
        .iter()
        .flat_map(|one| {
            one.version.answers.iter().filter(|(_, answer)| !answer.confidential).filter_map(
                |(code, answer)| {
                    let need = answer.need.clone().filter(|need| !need.trim().is_empty())?;
                    Some(NeedLine { state: one.version.state, code: code.clone(), need })
                },
            )
        })
        .collect()
}

/// Mechanisms all of whose members are members here: the first tier of a
/// continental report.
async fn tiers(
    app: &App,
    mechanism: &str,
    members: &[StateCode],
    counted: &[&StateVersion],
    on: Day,
) -> Vec<Tier> {
    let ask = Lookup::of(app);
    let mut tiers = Vec::new();
    for profile in app.content.mechanisms().profiles() {
        if profile.id.as_str() == mechanism {
            continue;
        }
        let own = ask.members(profile, on).await.unwrap_or_default();
        let own: Vec<StateCode> = own.iter().filter_map(|code| code.parse().ok()).collect();
        let inside = own.len() > 1
            && own.len() < members.len()
            && own.iter().all(|state| members.contains(state));
        if !inside {
            continue;
        }
        let reported = |state: &StateCode| counted.iter().any(|one| one.version.state == *state);
        tiers.push(Tier {
            mechanism: profile.id.to_string(),
            n: own.iter().filter(|state| reported(state)).count(),
            of: own.len(),
            missing: own.iter().filter(|state| !reported(state)).copied().collect(),
        });
    }
    tiers
}
