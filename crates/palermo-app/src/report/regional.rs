//! The regional report, drafted from what was submitted: who reported, what
//! they answered, which help they need. Every sum says "n of N"; unlike
//! definitions stand side by side and are never added (R11, R048, R049).

use super::{
    facts::{ReportRefused, Standing, StateVersion, standing},
    questionnaires::Versions,
};
use crate::{App, register::ask::Lookup};
use palermo_domain::{
    id::SubmissionId,
    register::{day::Day, state::StateCode},
    report::{
        Entered, Finding, Given, QuestionSummary, Questionnaire, UnitMeant, summarise, withheld,
    },
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
    /// The submission its figures come from.
    pub submission: Option<SubmissionId>,
    /// Which version of it.
    pub version: Option<u32>,
    /// Who signed it.
    pub signed_by: Option<String>,
    /// The organisation that entered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<String>,
    /// Questions answered.
    pub answered: usize,
    /// Submitted, and not yet accepted.
    pub awaiting: bool,
    /// Answers to an earlier version of the questionnaire that asked something else: told
    /// in the State's own report, and not added here.
    #[serde(skip_serializing_if = "is_nought")]
    pub left_out: usize,
    /// What stood against it when it was submitted: shown to those who receive reports,
    /// never in what leaves, because it may tell a figure that is withheld.
    #[serde(skip)]
    pub warnings: Vec<Finding>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what serde asks for
const fn is_nought(count: &usize) -> bool {
    *count == 0
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
    let asked = Versions::load(app).await?;
    let all = asked.newest(questionnaire)?;
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
    let mut versions = standing(app, questionnaire, Some(period), which).await?;
    versions.retain(|(state, _), _| members.contains(state));
    let sent = match which {
        Standing::Submitted => BTreeMap::default(),
        Standing::Accepted => {
            standing(app, questionnaire, Some(period), Standing::Submitted).await?
        }
    };
    let threshold = super::threshold(app, mechanism);
    let needs = needs(&in_order(&members, &versions, period));
    let fitted = fit(&asked, all, &mut versions, threshold);
    let counted = in_order(&members, &versions, period);
    let hidden: Vec<BTreeSet<String>> = counted
        .iter()
        .filter_map(|one| fitted.get(&one.version.state))
        .map(|(hidden, _)| hidden.clone())
        .collect();
    let due = lateness(app, questionnaire, mechanism, period, today).await?;
    let mut coverage: Vec<MemberLine> = members
        .iter()
        .map(|state| {
            let mut told = line(app, *state, versions.get(&(*state, period)), &due, language);
            told.awaiting = !told.counted && sent.contains_key(&(*state, period));
            told.left_out = fitted.get(state).map_or(0, |(_, left_out)| *left_out);
            told.answered += told.left_out;
            told
        })
        .collect();
    name_houses(app, &mut coverage, &counted).await?;
    let sections = sections(all, &counted, &hidden, members.len(), language);
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
        needs,
    })
}

/// Names the organisation that entered each report.
async fn name_houses(
    app: &App,
    coverage: &mut [MemberLine],
    counted: &[&StateVersion],
) -> Result<(), ReportRefused> {
    for one in counted {
        let house = super::entered::called(app, one.tenant).await?;
        if let Some(line) = coverage.iter_mut().find(|line| line.state == one.version.state) {
            line.entered_by = Some(house);
        }
    }
    Ok(())
}

/// The versions that count, in the order of members.
fn in_order<'v>(
    members: &[StateCode],
    versions: &'v BTreeMap<(StateCode, i32), StateVersion>,
    period: i32,
) -> Vec<&'v StateVersion> {
    members.iter().filter_map(|state| versions.get(&(*state, period))).collect()
}

/// Makes versions of the questionnaire comparable: an answer to a question that asked
/// something else then is taken out and counted. Gives by State what is withheld, by the
/// questions as they were asked and as they are, and how many answers were taken out.
fn fit(
    asked: &Versions,
    all: &Questionnaire,
    versions: &mut BTreeMap<(StateCode, i32), StateVersion>,
    threshold: u32,
) -> BTreeMap<StateCode, (BTreeSet<String>, usize)> {
    let mut fitted = BTreeMap::new();
    for ((state, _), one) in versions {
        let version = &mut one.version;
        let mut hidden = withheld(all, &version.answers, threshold);
        let mut left_out = 0;
        let then = asked.at(&all.id, version.questionnaire_version);
        if let Some(then) = then.filter(|then| then.version != all.version) {
            hidden.extend(withheld(then, &version.answers, threshold));
            let before = version.answers.len();
            version.answers.retain(|code, _| {
                let now = all.question(code);
                now.zip(then.question(code)).is_some_and(|(now, then)| now.asks_the_same(then))
            });
            left_out = before - version.answers.len();
        }
        fitted.insert(*state, (hidden, left_out));
    }
    fitted
}

/// When the report was due from each State, and how many days late it is.
async fn lateness(
    app: &App,
    questionnaire: &str,
    mechanism: &str,
    period: i32,
    today: Day,
) -> Result<BTreeMap<String, (Day, i64)>, ReportRefused> {
    Ok(super::non_submission(app, mechanism, period, today)
        .await?
        .obligations
        .into_iter()
        .filter(|one| one.of.questionnaire.as_deref() == Some(questionnaire))
        .map(|one| (one.state, (one.of.due, one.days_late)))
        .collect())
}

fn sections(
    all: &Questionnaire,
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
        submission: found.map(|one| one.version.submission),
        version: found.map(|one| one.version.version),
        signed_by: found.and_then(|one| one.version.signed.as_ref()).map(|one| one.name.clone()),
        entered_by: None,
        awaiting: false,
        left_out: 0,
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
                unit_meant: meant(one, &question.code),
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

/// What the State says that its figure counts, where the unit is doubtful.
fn meant(one: &StateVersion, code: &str) -> Option<UnitMeant> {
    let answer = one.version.answers.get(code)?;
    one.stands_by(code, answer)?.meant
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
