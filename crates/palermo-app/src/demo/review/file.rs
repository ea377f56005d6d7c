//! The file of the demonstration's reports as it is written.

use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::{Escalation, read_number},
    review::{OrderRule, Pillar, Reviewer},
};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// An answer: `value | explanation | evidence | help needed | definition | confidential`.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub value: String,
    pub explanation: String,
    pub evidence: String,
    pub need: String,
    pub definition: String,
    pub confidential: bool,
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut parts = text.split('|').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        Ok(Self {
            value: next(),
            explanation: next(),
            evidence: next(),
            need: next(),
            definition: next(),
            confidential: next() == "confidential",
        })
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    common: BTreeMap<String, Said>,
    #[serde(rename = "base")]
    bases: Vec<Base>,
    #[serde(rename = "report")]
    reports: Vec<Report>,
    #[serde(rename = "other")]
    others: Vec<Other>,
    #[serde(rename = "draft")]
    drafts: Vec<Draft>,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    #[serde(rename = "contribution")]
    pub contributions: Vec<Contributed>,
    #[serde(rename = "dispute")]
    disputes: Vec<Disputed>,
    #[serde(rename = "more-time")]
    more_time: Vec<MoreTime>,
    #[serde(rename = "round")]
    pub rounds: Vec<FileRound>,
    #[serde(rename = "evaluation")]
    pub evaluations: Vec<Evaluated>,
    #[serde(rename = "text")]
    texts: Vec<Text>,
    #[serde(rename = "recommendation")]
    pub recommendations: Vec<Recommended>,
    #[serde(rename = "request")]
    pub requests: Vec<Asked>,
    #[serde(rename = "impact")]
    pub impacts: Vec<Impact>,
    #[serde(rename = "seat")]
    pub seats: Vec<Seats>,
    #[serde(rename = "meeting")]
    pub meetings: Vec<Met>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    state: StateCode,
    tenant: String,
    language: String,
    signed: String,
    answers: BTreeMap<String, Said>,
    #[serde(default)]
    no_data: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    state: StateCode,
    years_ago: i32,
    submitted: i64,
    accepted: Option<i64>,
    entered_from: Option<String>,
    #[serde(default)]
    answers: BTreeMap<String, Said>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Other {
    state: StateCode,
    tenant: String,
    questionnaire: String,
    language: String,
    signed: String,
    years_ago: i32,
    days_ago: i64,
    accepted: bool,
    answers: BTreeMap<String, Said>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    state: StateCode,
    tenant: String,
    questionnaire: String,
    years_ago: i32,
    language: String,
    #[serde(default)]
    assigned: Vec<Assigned>,
    answers: BTreeMap<String, Said>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Assigned {
    pub section: String,
    #[serde(default)]
    pub account: String,
    #[serde(default)]
    pub organisation: String,
    pub unit: String,
    pub due_in_days: i64,
    pub finished: bool,
}

/// One sheet, with everything put together.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub state: StateCode,
    pub questionnaire: String,
    pub language: String,
    pub signed: String,
    pub years_ago: i32,
    pub submitted: Option<Day>,
    pub accepted: Option<Day>,
    pub entered_from: Option<String>,
    pub assigned: Vec<Assigned>,
    pub answers: BTreeMap<String, Said>,
    pub no_data: BTreeMap<String, String>,
}

impl File {
    /// Tenants that report for a State.
    pub fn tenants(&self) -> Vec<String> {
        self.bases.iter().map(|base| base.tenant.clone()).collect()
    }

    /// The tenant that reports for a State.
    pub fn tenant_of(&self, state: StateCode) -> Option<&str> {
        self.bases.iter().find(|base| base.state == state).map(|base| base.tenant.as_str())
    }

    fn annual(&self, base: &Base, report: &Report, today: Day) -> Sheet {
        let mut answers = self.common.clone();
        answers.extend(base.answers.clone());
        answers.extend(report.answers.clone());
        // Nothing is answered in a section that is declared empty.
        answers.retain(|code, _| {
            base.no_data.keys().all(|section| !code.starts_with(&format!("{section}.")))
        });
        let end = Day::new(today.date().year() - report.years_ago, 12, 31).unwrap_or(today);
        // A demonstration early in the year has no submission in the future.
        let day = |days: i64| Some(end.plus_days(days)).map(|day| day.min(today));
        Sheet {
            state: base.state,
            questionnaire: "joint-annual".to_owned(),
            language: base.language.clone(),
            signed: base.signed.clone(),
            years_ago: report.years_ago,
            submitted: day(report.submitted),
            accepted: report.accepted.and_then(day),
            entered_from: report.entered_from.clone(),
            assigned: Vec::new(),
            answers,
            no_data: base.no_data.clone(),
        }
    }

    /// The numbers of the annual reports by State, years ago and question.
    pub fn figures(&self, today: Day) -> super::Figures {
        let mut figures = super::Figures::new();
        for report in &self.reports {
            let base = self.bases.iter().find(|base| base.state == report.state);
            let Some(sheet) = base.map(|base| self.annual(base, report, today)) else { continue };
            for (code, said) in sheet.answers {
                if let Ok(number) = read_number(&said.value) {
                    figures.insert((sheet.state, sheet.years_ago, code), number);
                }
            }
        }
        figures
    }

    /// What one tenant wrote, the oldest first.
    pub fn sheets(&self, tenant: &str, today: Day) -> Vec<Sheet> {
        let mut all = Vec::new();
        for base in self.bases.iter().filter(|base| base.tenant == tenant) {
            let own = self.reports.iter().filter(|report| report.state == base.state);
            let own = own.filter(|report| report.entered_from.is_none());
            all.extend(own.map(|report| self.annual(base, report, today)));
        }
        for one in self.others.iter().filter(|one| one.tenant == tenant) {
            let day = today.plus_days(-one.days_ago);
            all.push(Sheet {
                state: one.state,
                questionnaire: one.questionnaire.clone(),
                language: one.language.clone(),
                signed: one.signed.clone(),
                years_ago: one.years_ago,
                submitted: Some(day),
                accepted: one.accepted.then(|| day.plus_days(14).min(today)),
                entered_from: None,
                assigned: Vec::new(),
                answers: one.answers.clone(),
                no_data: BTreeMap::from([("0".to_owned(), "no help needed".to_owned())]),
            });
        }
        for one in self.drafts.iter().filter(|one| one.tenant == tenant) {
            all.push(Sheet {
                state: one.state,
                questionnaire: one.questionnaire.clone(),
                language: one.language.clone(),
                signed: String::new(),
                years_ago: one.years_ago,
                submitted: None,
                accepted: None,
                entered_from: None,
                assigned: one.assigned.clone(),
                answers: one.answers.clone(),
                no_data: BTreeMap::new(),
            });
        }
        all.sort_by_key(|sheet| std::cmp::Reverse(sheet.years_ago));
        all
    }

    /// What the secretariat entered on a State's behalf.
    pub fn entered(&self, today: Day) -> Vec<Sheet> {
        let entered = self.reports.iter().filter(|report| report.entered_from.is_some());
        entered
            .filter_map(|report| {
                let base = self.bases.iter().find(|base| base.state == report.state)?;
                Some(self.annual(base, report, today))
            })
            .collect()
    }

    pub fn disputes_of(&self, tenant: &str) -> Vec<Disputed> {
        self.disputes.iter().filter(|one| one.tenant == tenant).cloned().collect()
    }

    pub fn more_time_of(&self, tenant: &str) -> Vec<MoreTime> {
        self.more_time.iter().filter(|one| one.tenant == tenant).cloned().collect()
    }

    pub fn texts_of(&self, tenant: &str) -> Vec<Text> {
        self.texts.iter().filter(|one| one.tenant == tenant).cloned().collect()
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub mechanism: String,
    pub duty: String,
    pub state: StateCode,
    pub years_ago: i32,
    pub step: Escalation,
    pub days_ago: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contributed {
    pub tenant: String,
    pub state: StateCode,
    pub questionnaire: String,
    pub years_ago: i32,
    pub confidential: bool,
    pub days_ago: i64,
    pub texts: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoreTime {
    pub tenant: String,
    pub state: StateCode,
    pub mechanism: String,
    pub duty: String,
    pub days: i64,
    pub why: String,
    pub by: String,
    pub days_ago: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Disputed {
    pub state: StateCode,
    pub tenant: String,
    pub questionnaire: String,
    pub years_ago: i32,
    pub code: String,
    pub why: String,
    pub days_ago: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRound {
    pub id: String,
    pub mechanism: String,
    pub title: String,
    pub instrument: String,
    pub provisions: Vec<String>,
    pub questionnaire: String,
    pub from_years_ago: i32,
    pub to_years_ago: i32,
    pub order: OrderRule,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evaluated {
    pub round: String,
    pub state: StateCode,
    pub steps: Vec<(String, i64)>,
    pub visit: Option<Visited>,
    #[serde(default)]
    pub reviewers: Vec<Reviewer>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Visited {
    pub from: i64,
    pub to: i64,
    pub programme: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub round: String,
    pub state: StateCode,
    pub pillar: Pillar,
    pub tenant: String,
    pub title: String,
    pub shared: bool,
    pub published: bool,
    pub text: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recommended {
    pub id: String,
    pub body: String,
    pub text: String,
    pub states: Vec<StateCode>,
    pub strength: String,
    pub themes: Vec<String>,
    pub round: Option<String>,
    pub deadline_days_ago: Option<i64>,
    pub made_days_ago: i64,
    #[serde(default)]
    pub same_as: Vec<String>,
    #[serde(default)]
    pub contradicts: Vec<String>,
    pub own: Option<FollowSaid>,
    pub found: Option<FollowSaid>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowSaid {
    pub status: String,
    #[serde(default)]
    pub lead: String,
    pub account: String,
    #[serde(default)]
    pub evidence: String,
    pub days_ago: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    pub mechanism: String,
    pub title: String,
    pub question: String,
    pub states: Vec<StateCode>,
    pub urgent: bool,
    pub days_ago: i64,
    pub due_days_ago: i64,
    #[serde(default)]
    pub refused: bool,
    pub replies: Vec<Replied>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Replied {
    pub state: StateCode,
    pub tenant: String,
    pub text: String,
    pub days_ago: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Impact {
    pub tenant: String,
    pub measure: String,
    pub harmed: Vec<String>,
    pub findings: String,
    pub responsible: String,
    pub incidents: u32,
    pub days_ago: i64,
    pub answer: ImpactAnswered,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ImpactAnswered {
    pub tenant: String,
    pub text: String,
    pub days_ago: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seats {
    pub body: String,
    /// Name, State, role, sex.
    pub people: Vec<(String, String, String, String)>,
    pub since_days_ago: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Met {
    pub body: String,
    pub title: String,
    #[serde(default)]
    pub days_ago: i64,
    /// For one that has a day of its own, month and day of it.
    pub on: Option<String>,
    #[serde(default)]
    pub years_ago: i32,
    pub length_days: i64,
    pub place: String,
    pub present: Option<u32>,
    pub agenda: Vec<String>,
    pub papers: Vec<String>,
    #[serde(default)]
    pub decisions: Vec<Decided>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    pub text: String,
    /// What, who, due in days, status, report.
    #[serde(default)]
    pub actions: Vec<(String, String, i64, String, String)>,
}
