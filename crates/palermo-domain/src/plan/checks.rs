//! What a plan lacks, and where plans that bind one State overlap (R018, R028, R029,
//! R033, R035).

use super::{Plan, Row, Tag, Theme};
use crate::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// How an element of a plan is looked for.
    Look {
        /// A row called objective, or rows with others under them.
        Objectives = "objectives",
        /// Actions on prevention, protection, prosecution and cooperation.
        Pillars = "pillars",
        /// Every action has a lead.
        Leads = "leads",
        /// Every action has dates.
        Dates = "dates",
        /// Any action has a budget.
        Budget = "budget",
        /// Any indicator is active.
        Indicators = "indicators",
        /// Named by the plan, with where it is found.
        Declared = "declared",
    }
}

/// An element a mechanism asks of national plans, as its file lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Name.
    pub key: String,
    /// Words.
    pub title: String,
    /// How it is looked for.
    pub look: Look,
}

/// Elements a mechanism asks of national plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElementList {
    /// Name.
    pub id: String,
    /// Title.
    pub title: String,
    /// Document and place.
    pub source: String,
    /// The elements.
    #[serde(rename = "element")]
    pub elements: Vec<Element>,
}

/// Whether an element is there, and where or what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found<'a> {
    /// The element.
    pub element: &'a Element,
    /// Whether it is there.
    pub there: bool,
    /// Rows that lack it, or where it was declared to be.
    pub detail: Vec<String>,
}

/// Looks for every element of a list.
#[must_use]
pub fn elements<'a>(plan: &Plan, list: &'a ElementList) -> Vec<Found<'a>> {
    list.elements
        .iter()
        .map(|element| {
            let (there, detail) = look(plan, element);
            Found { element, there, detail }
        })
        .collect()
}

fn look(plan: &Plan, element: &Element) -> (bool, Vec<String>) {
    let without = |lacks: &dyn Fn(&Row) -> bool| -> Vec<String> {
        plan.actions().filter(|row| lacks(row)).map(|row| row.key.clone()).collect()
    };
    let all_have = |lacks: &dyn Fn(&Row) -> bool| {
        let missing = without(lacks);
        (missing.is_empty() && plan.actions().next().is_some(), missing)
    };
    match element.look {
        Look::Objectives => {
            let named = plan.rows.iter().any(|row| row.level.contains("objective"));
            (named || plan.rows.iter().any(|row| !plan.is_action(row)), Vec::new())
        }
        Look::Pillars => {
            let four =
                [Theme::Prevention, Theme::Protection, Theme::Prosecution, Theme::Cooperation];
            let lacking =
                four.iter().filter(|theme| !plan.actions().any(|r| r.themes.contains(theme)));
            let lacking: Vec<String> = lacking.map(ToString::to_string).collect();
            (lacking.is_empty(), lacking)
        }
        Look::Leads => all_have(&|row| row.lead.is_none()),
        Look::Dates => all_have(&|row| row.starts.is_none() || row.ends.is_none()),
        Look::Budget => (plan.actions().any(|row| row.budget.is_some()), Vec::new()),
        Look::Indicators => (plan.indicators.iter().any(|i| i.active), Vec::new()),
        Look::Declared => match plan.declared.get(&element.key) {
            Some(place) if !place.trim().is_empty() => (true, vec![place.clone()]),
            _ => (false, Vec::new()),
        },
    }
}

/// Actions nobody leads (R018).
pub fn unassigned(plan: &Plan) -> impl Iterator<Item = &Row> {
    plan.actions().filter(|row| row.lead.is_none())
}

/// A count of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Those that fit.
    pub part: usize,
    /// All of them.
    pub of: usize,
}

impl Share {
    /// Per cent, two decimals; nothing of nothing.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| super::progress::rounded(100.0 * self.part as f64 / self.of as f64))
    }
}

/// Actions with money really allocated (R029).
#[must_use]
pub fn funded(plan: &Plan) -> Share {
    let money = |row: &&Row| row.allocated.is_some_and(|money| money.minor() > 0);
    Share { part: plan.actions().filter(money).count(), of: plan.actions().count() }
}

/// Actions with a tag (R035).
#[must_use]
pub fn tagged(plan: &Plan, tag: Tag) -> Share {
    let has = |row: &&Row| row.tags.contains(&tag);
    Share { part: plan.actions().filter(has).count(), of: plan.actions().count() }
}

/// Actions of different plans about the same theme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overlap<'a> {
    /// The theme.
    pub theme: Theme,
    /// Plan and action, at least of two plans.
    pub actions: Vec<(&'a Plan, &'a Row)>,
}

/// Where plans that bind one State do the same (R033): themes that occur in more than
/// one of them. Plans adopted from one another are one piece of work and do not
/// overlap with each other.
#[must_use]
pub fn overlaps<'a>(plans: &[&'a Plan]) -> Vec<Overlap<'a>> {
    let related = |a: &Plan, b: &Plan| {
        a.code == b.code || a.parent.as_ref() == Some(&b.code) || b.parent.as_ref() == Some(&a.code)
    };
    Theme::ALL
        .iter()
        .filter_map(|&theme| {
            let actions: Vec<(&Plan, &Row)> = plans
                .iter()
                .flat_map(|&plan| plan.actions().map(move |row| (plan, row)))
                .filter(|(_, row)| row.themes.contains(&theme))
                .collect();
            let several = actions.iter().any(|(a, _)| actions.iter().any(|(b, _)| !related(a, b)));
            several.then_some(Overlap { theme, actions })
        })
        .collect()
}
