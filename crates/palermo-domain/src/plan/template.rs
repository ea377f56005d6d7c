//! Plans that ship as files: the plans of the documents, as structures to begin with.

use super::{
    Phase, Plan, PlanCode, PlanProblem, PlanStatus, Row, Tier,
    indicator::{Indicator, Target},
};
use crate::register::day::Day;
use serde::{Deserialize, Serialize};

/// A plan as its file describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Code.
    pub id: PlanCode,
    /// Title.
    pub title: String,
    /// Mechanism, by the id of its profile.
    pub mechanism: Option<String>,
    /// First day.
    pub from: Day,
    /// Last day; the documents may not say.
    pub to: Option<Day>,
    /// The plan before it.
    pub predecessor: Option<PlanCode>,
    /// The review that led from one to the other.
    pub predecessor_review: Option<String>,
    /// Who adopted it, and when.
    #[serde(default)]
    pub adopted_by: String,
    /// Document and place.
    pub source: String,
    /// What is not known, and why.
    #[serde(default)]
    pub unknown: Option<String>,
    /// Rows.
    #[serde(default, rename = "row")]
    pub rows: Vec<Row>,
    /// Indicators.
    #[serde(default, rename = "indicator")]
    pub indicators: Vec<Indicator>,
    /// Joint targets and those of States.
    #[serde(default, rename = "target")]
    pub targets: Vec<Target>,
    /// Phases.
    #[serde(default, rename = "phase")]
    pub phases: Vec<Phase>,
    /// Language of its texts, BCP 47.
    #[serde(default = "super::english")]
    pub language: String,
}

/// A file that is not a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRefused {
    /// Not readable.
    #[error("{0}")]
    Unreadable(String),
    /// Wrong in itself.
    #[error("{}", list(.0))]
    Wrong(Vec<PlanProblem>),
}

fn list(problems: &[PlanProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl Template {
    /// Reads a file.
    ///
    /// # Errors
    /// With the line, or everything that is wrong.
    pub fn parse(text: &str) -> Result<Self, TemplateRefused> {
        let template: Self = toml::from_str(text)
            .map_err(|error| TemplateRefused::Unreadable(error.to_string().trim().to_owned()))?;
        let plan = template.plan(template.id.clone(), template.from, template.last_day());
        let problems = plan.problems();
        if problems.is_empty() { Ok(template) } else { Err(TemplateRefused::Wrong(problems)) }
    }

    /// Its last day; a year after the first where the documents do not say.
    #[must_use]
    pub fn last_day(&self) -> Day {
        self.to.unwrap_or_else(|| self.from.plus_months(12).plus_days(-1))
    }

    /// A new draft with this structure, for another time and under another code.
    #[must_use]
    pub fn plan(&self, code: PlanCode, from: Day, to: Day) -> Plan {
        Plan {
            code,
            title: self.title.clone(),
            language: self.language.clone(),
            mechanism: self.mechanism.clone(),
            state: None,
            parent: None,
            predecessor: self.predecessor.clone(),
            predecessor_review: self.predecessor_review.clone(),
            adopted_by: self.adopted_by.clone(),
            adopted_on: None,
            from,
            to,
            status: PlanStatus::Draft,
            source: self.source.clone(),
            rows: self.rows.clone(),
            indicators: self.indicators.clone(),
            targets: self.targets.clone(),
            phases: self.phases.clone(),
            amendments: Vec::new(),
            declared: std::collections::BTreeMap::new(),
            rates: Vec::new(),
            reviews: Vec::new(),
        }
    }

    /// Rows that every State does at home.
    pub fn national(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.tier != Tier::Regional)
    }
}
