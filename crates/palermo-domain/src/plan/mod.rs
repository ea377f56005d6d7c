//! Plans of action: regional plans, the national plans adopted from them,
//! indicators with joint targets, what was reached, and what changed on the way
//! (S0 ¶41–43; S1:179–187; S3 Annex III.V).
//!
//! A plan is one document: any hierarchy and numbering (R017), its indicators and
//! targets, its amendments. Values are reported apart from it, each with where it
//! comes from. Nothing here knows how a plan is stored.

pub mod adopt;
pub mod amend;
pub mod checks;
pub mod computed;
pub mod indicator;
pub mod part;
pub mod period;
pub mod progress;
pub mod reported;
pub mod revise;
pub mod template;
pub mod totals;
pub mod unit;

#[cfg(test)]
mod tests;

use crate::{
    coded,
    id::TenantId,
    money::{Money, rate::Rate},
    register::{day::Day, state::StateCode},
};
use amend::Amendment;
use indicator::{Indicator, Target};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// A code that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a code of a plan; use 2 to 60 small letters, digits and hyphens, like `meridian-2026`"
)]
pub struct NotAPlanCode(pub String);

/// The name a plan goes by in addresses and on the command line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PlanCode(String);

impl PlanCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PlanCode {
    type Err = NotAPlanCode;

    fn from_str(text: &str) -> Result<Self, NotAPlanCode> {
        let fits = (2..=60).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAPlanCode(text.to_owned())) }
    }
}

impl fmt::Display for PlanCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for PlanCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

coded! {
    /// Where a plan stands.
    PlanStatus {
        /// Being written; may be changed freely.
        Draft = "draft",
        /// Adopted: targets change by amendment only (R031).
        Adopted = "adopted",
        /// Its time is over.
        Closed = "closed",
    }
}

coded! {
    /// Whose part of the work a row is (R020).
    Tier {
        /// Done together by the region.
        Regional = "regional",
        /// Done by each State, which may adapt it.
        National = "national",
        /// Both.
        Both = "both",
    }
}

coded! {
    /// How far a measure has come.
    Status {
        /// Not begun.
        Planned = "planned",
        /// Under way.
        Ongoing = "ongoing",
        /// Done.
        Done = "done",
        /// Later than planned.
        Delayed = "delayed",
        /// Given up.
        Dropped = "dropped",
    }
}

coded! {
    /// What kind of body takes part (R019).
    PartyKind {
        /// A ministry or agency.
        Government = "government",
        /// An agency of the United Nations.
        UnitedNations = "un",
        /// A non-governmental organisation.
        CivilSociety = "civil-society",
        /// The mechanism itself.
        Mechanism = "mechanism",
        /// A donor.
        Donor = "donor",
        /// A business or its association.
        Private = "private",
        /// A university or institute.
        Research = "research",
    }
}

coded! {
    /// What runs across all measures (R035; S3 III.IV.A; S0 ¶120–121).
    Tag {
        /// Gender.
        Gender = "gender",
        /// Children.
        Child = "child",
        /// Based on human rights.
        HumanRights = "human-rights",
        /// Root causes.
        RootCause = "root-cause",
        /// Demand.
        Demand = "demand",
        /// Sustainability.
        Sustainability = "sustainability",
    }
}

coded! {
    /// What a measure is about, by which plans are compared (R033).
    Theme {
        /// Prevention.
        Prevention = "prevention",
        /// Protection and assistance.
        Protection = "protection",
        /// Prosecution.
        Prosecution = "prosecution",
        /// Cooperation and coordination.
        Cooperation = "cooperation",
        /// Law and policy.
        Legal = "legal",
        /// Data and research.
        Data = "data",
        /// Training and capacity.
        Training = "training",
        /// Travel and identity documents.
        Documents = "documents",
        /// Return and reintegration.
        Return = "return",
        /// Monitoring and evaluation.
        Monitoring = "monitoring",
    }
}

/// A body that takes part in a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: PartyKind,
    /// Its organisation in this installation, which then reports the row itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<TenantId>,
}

/// A row of another plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowLink {
    /// The plan.
    pub plan: PlanCode,
    /// Key of its row.
    pub row: String,
}

/// A row of a plan: a heading, an area, an objective, a measure, whatever the plan
/// calls it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Name within the plan; never changes.
    pub key: String,
    /// The row it belongs under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Number as the plan prints it, perhaps none.
    #[serde(default)]
    pub number: String,
    /// What the plan calls a row of this kind, like `area` or `activity`.
    pub level: String,
    /// Its words.
    pub title: String,
    /// Whose part of the work it is.
    #[serde(default = "both")]
    pub tier: Tier,
    /// The regional row it was adopted from (R027).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted_from: Option<RowLink>,
    /// Who leads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Party>,
    /// Who helps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Party>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Day>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Day>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// What was really allocated (R029).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocated: Option<Money>,
    /// Who pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funded_by: Option<String>,
    /// How far it has come.
    #[serde(default = "planned")]
    pub status: Status,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Theme>,
    /// What runs across.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

const fn both() -> Tier {
    Tier::Both
}

const fn planned() -> Status {
    Status::Planned
}

/// What was achieved in a row, told by one of those who lead it or help (R019).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowReport {
    /// The plan.
    pub plan: PlanCode,
    /// Key of the row.
    pub row: String,
    /// The day it was told.
    pub on: Day,
    /// By whom: the organisation's name.
    pub by: String,
    /// How far it has come.
    pub status: Status,
    /// What was achieved.
    pub achieved: String,
    /// What was learnt (R030).
    #[serde(default)]
    pub lessons: String,
    /// What should change (R030).
    #[serde(default)]
    pub proposal: String,
}

/// A phase of a campaign or plan (R034).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Name or theme.
    pub title: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// A plan of action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Code.
    pub code: PlanCode,
    /// Title.
    pub title: String,
    /// Language of its texts, BCP 47.
    #[serde(default = "english")]
    pub language: String,
    /// The mechanism whose plan it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<String>,
    /// The State whose national plan it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The regional plan it was adopted from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PlanCode>,
    /// The plan before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<PlanCode>,
    /// The review of the plan before it, by which it was redesigned (R016).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor_review: Option<String>,
    /// Who adopted it.
    #[serde(default)]
    pub adopted_by: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted_on: Option<Day>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Where it stands.
    pub status: PlanStatus,
    /// Document and place the facts come from.
    #[serde(default)]
    pub source: String,
    /// Rows, parents before their children.
    pub rows: Vec<Row>,
    /// Indicators.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// Joint targets.
    #[serde(default)]
    pub targets: Vec<Target>,
    /// Phases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
    /// Course corrections, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amendments: Vec<Amendment>,
    /// Elements of a plan that no row shows, like a situation analysis, with where
    /// they are found (R028).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub declared: BTreeMap<String, String>,
    /// Rates its editors told, for a total where its money is in several currencies
    /// (R231).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<Rate>,
    /// Finished reviews of it, oldest first (R030).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<revise::PlanReview>,
}

fn english() -> String {
    "en".into()
}

/// What is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanProblem {
    /// A period that ends before it begins.
    #[error("the plan ends on {to}, before it begins on {from}")]
    Backwards {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
    },
    /// Two rows with one key.
    #[error("two rows have the key `{0}`")]
    DoubleKey(String),
    /// A row under one that comes later or is not there.
    #[error("row `{row}` belongs under `{parent}`, which does not come before it")]
    NoParent {
        /// The row.
        row: String,
        /// What it names.
        parent: String,
    },
    /// A row that ends before it begins.
    #[error("row `{0}` ends before it begins")]
    RowBackwards(String),
    /// An indicator of a row that is not there.
    #[error("indicator `{indicator}` belongs to the row `{row}`, which is not there")]
    NoRow {
        /// The indicator.
        indicator: String,
        /// What it names.
        row: String,
    },
    /// Two indicators with one key.
    #[error("two indicators have the key `{0}`")]
    DoubleIndicator(String),
    /// A target of an indicator that is not there.
    #[error("a target names the indicator `{0}`, which is not there")]
    NoIndicator(String),
    /// A target for what only gives context.
    #[error(
        "indicator `{0}` counts what was detected or decided; it gives context and has no target"
    )]
    TargetOfContext(String),
    /// An indicator that cannot read what Palermo works out.
    #[error("indicator `{indicator}`: {why}")]
    Computed {
        /// The indicator.
        indicator: String,
        /// Why not.
        why: computed::Misfit,
    },
}

impl Plan {
    /// Everything that is wrong with it, all at once.
    #[must_use]
    pub fn problems(&self) -> Vec<PlanProblem> {
        let mut found = Vec::new();
        if self.to < self.from {
            found.push(PlanProblem::Backwards { from: self.from, to: self.to });
        }
        let mut seen: Vec<&str> = Vec::new();
        for row in &self.rows {
            if seen.contains(&row.key.as_str()) {
                found.push(PlanProblem::DoubleKey(row.key.clone()));
            }
            if let Some(parent) = &row.parent
                && !seen.contains(&parent.as_str())
            {
                let (row, parent) = (row.key.clone(), parent.clone());
                found.push(PlanProblem::NoParent { row, parent });
            }
            if let (Some(starts), Some(ends)) = (row.starts, row.ends)
                && ends < starts
            {
                found.push(PlanProblem::RowBackwards(row.key.clone()));
            }
            seen.push(&row.key);
        }
        let mut keys: Vec<&str> = Vec::new();
        for indicator in &self.indicators {
            if keys.contains(&indicator.key.as_str()) {
                found.push(PlanProblem::DoubleIndicator(indicator.key.clone()));
            }
            if !seen.contains(&indicator.row.as_str()) {
                let (indicator, row) = (indicator.key.clone(), indicator.row.clone());
                found.push(PlanProblem::NoRow { indicator, row });
            }
            if let Some(why) = indicator.computed.as_ref().and_then(|one| one.misfit(indicator)) {
                found.push(PlanProblem::Computed { indicator: indicator.key.clone(), why });
            }
            keys.push(&indicator.key);
        }
        for target in &self.targets {
            match self.indicator(&target.indicator) {
                None => found.push(PlanProblem::NoIndicator(target.indicator.clone())),
                Some(indicator) if indicator.is_context() => {
                    found.push(PlanProblem::TargetOfContext(target.indicator.clone()));
                }
                Some(_) => {}
            }
        }
        found
    }

    /// The row with this key.
    #[must_use]
    pub fn row(&self, key: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.key == key)
    }

    /// The indicator with this key.
    #[must_use]
    pub fn indicator(&self, key: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.key == key)
    }

    /// Rows directly under a row, or those at the top.
    pub fn under(&self, parent: Option<&str>) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.parent.as_deref() == parent)
    }

    /// Whether nothing lies under a row: these are the actions of a workplan.
    #[must_use]
    pub fn is_action(&self, row: &Row) -> bool {
        !self.rows.iter().any(|other| other.parent.as_deref() == Some(&row.key))
    }

    /// Whether an organisation leads a row or helps with it, and so reports it.
    #[must_use]
    pub fn reports(&self, row: &Row, tenant: TenantId) -> bool {
        row.lead.iter().chain(&row.partners).any(|party| party.tenant == Some(tenant))
    }

    /// The actions: rows with nothing under them.
    pub fn actions(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| self.is_action(row))
    }

    /// How deep a row lies; the top is 0.
    #[must_use]
    pub fn depth(&self, row: &Row) -> usize {
        let mut depth = 0;
        let mut parent = row.parent.as_deref();
        while let Some(above) = parent.and_then(|key| self.row(key)) {
            depth += 1;
            parent = above.parent.as_deref();
            if depth > self.rows.len() {
                break;
            }
        }
        depth
    }

    /// The target of an indicator for a State and period; a State without one of
    /// its own has the joint one.
    #[must_use]
    pub fn target(
        &self,
        indicator: &str,
        state: Option<StateCode>,
        period: period::Period,
    ) -> Option<&Target> {
        let fits = |target: &&Target| target.indicator == indicator && target.period == period;
        self.targets
            .iter()
            .filter(fits)
            .find(|target| target.state == state)
            .or_else(|| self.targets.iter().filter(fits).find(|target| target.state.is_none()))
    }
}
