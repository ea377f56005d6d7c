//! Indicator sets: data in `content/indicators/`, one set a file.

use super::{Age, Dimension, ExploitationForm, Tier};
use crate::{
    coded,
    register::document::{self, Log, Problem, Table},
};
use serde::Serialize;
use std::collections::BTreeSet;

coded! {
    /// Whom a set was made for.
    SetAge {
        /// Adults.
        Adult = "adult",
        /// Children.
        Child = "child",
        /// Anyone.
        Any = "any",
    }
}

impl SetAge {
    /// Whether the set was made for this age. While age is in doubt the set for
    /// children is the right one (R3).
    #[must_use]
    pub const fn fits(self, age: Age) -> bool {
        match self {
            Self::Adult => matches!(age, Age::Adult),
            Self::Child => age.has_rights_of_a_child(),
            Self::Any => true,
        }
    }
}

coded! {
    /// The form of exploitation a set asks about.
    SetForm {
        /// Labour, services, begging, crime, armed service and all that is not sexual.
        Labour = "labour",
        /// Sexual exploitation.
        Sexual = "sexual",
        /// Any form.
        Any = "any",
    }
}

coded! {
    /// How a set is read.
    Method {
        /// Dimensions and weights (Delphi).
        Dimensions = "dimensions",
        /// A plain list, in which one sign may be enough to ask further.
        List = "list",
    }
}

coded! {
    /// How surely the weights of a set are known.
    Confidence {
        /// Transcribed by a public document from the original, with matching counts.
        VerifiedSecondary = "verified-secondary",
        /// From general knowledge: to be checked against the original before use.
        ToVerify = "GK-verify",
        /// Taken from the original.
        Original = "original",
    }
}

/// One thing to ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Code, e.g. `D1.job`.
    pub code: String,
    /// The dimension it belongs to, in a set with dimensions.
    pub dimension: Option<Dimension>,
    /// Its weight, in a set with dimensions.
    pub tier: Option<Tier>,
    /// What it says, in English, as its source has it.
    pub label: String,
}

/// A set of indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorSet {
    /// Id, e.g. `adult_labour`.
    pub id: String,
    /// Title in English.
    pub title: String,
    /// Whom it was made for.
    pub age: SetAge,
    /// What it asks about.
    pub form: SetForm,
    /// How it is read.
    pub method: Method,
    /// How surely its weights are known.
    pub confidence: Confidence,
    /// Where it comes from.
    pub source: String,
    /// The indicators in the order asked.
    pub indicators: Vec<Indicator>,
}

impl IndicatorSet {
    /// Reads a file of `content/indicators/`.
    ///
    /// # Errors
    /// Every problem in it, with its line.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let log = Log::new(text);
        let root = document::read(text, &log);
        let table = Table::root(&log, &root);
        let set = Self::read(&table);
        table.finish(&[]);
        match (set, log.into_problems()) {
            (Some(set), problems) if problems.is_empty() => Ok(set),
            (_, problems) => Err(problems),
        }
    }

    fn read(table: &Table<'_>) -> Option<Self> {
        let (id, title, source) = (table.text("id"), table.text("title"), table.text("source"));
        let (age, form) = (table.choice("age"), table.choice("form"));
        let (method, confidence) = (table.choice("method"), table.choice("confidence"));
        let mut seen = BTreeSet::new();
        let mut indicators = Vec::new();
        for row in table.tables("indicator") {
            let read = read_indicator(&row, method);
            if let Some(indicator) = &read
                && !seen.insert(indicator.code.clone())
            {
                row.problem("code", "this code stands twice", "give each indicator its own code");
            }
            indicators.extend(read);
            row.finish(&[]);
        }
        if indicators.is_empty() {
            table.problem("indicator", "the set asks nothing", "add an [[indicator]]");
        }
        Some(Self {
            id: id?,
            title: title?,
            age: age?,
            form: form?,
            method: method?,
            confidence: confidence?,
            source: source?,
            indicators,
        })
    }

    /// The indicator with this code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }
}

fn read_indicator(row: &Table<'_>, method: Option<Method>) -> Option<Indicator> {
    let (code, label) = (row.text("code"), row.text("label"));
    let (dimension, tier) = if method == Some(Method::Dimensions) {
        (row.choice("dimension"), row.choice("tier"))
    } else {
        (None, None)
    };
    Some(Indicator { code: code?, label: label?, dimension, tier })
}

/// All sets, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndicatorSets(Vec<IndicatorSet>);

impl IndicatorSets {
    /// Puts sets together.
    #[must_use]
    pub fn new(mut sets: Vec<IndicatorSet>) -> Self {
        sets.sort_by(|a, b| a.id.cmp(&b.id));
        Self(sets)
    }

    /// All sets, by id.
    #[must_use]
    pub fn all(&self) -> &[IndicatorSet] {
        &self.0
    }

    /// The set with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&IndicatorSet> {
        self.0.iter().find(|set| set.id == id)
    }

    /// The set with dimensions that the facts call for: the suspected forms of
    /// exploitation and age. Sex has no say, and is not asked here (R092).
    #[must_use]
    pub fn called_for(
        &self,
        forms: &BTreeSet<ExploitationForm>,
        age: Age,
    ) -> Option<&IndicatorSet> {
        let sexual_only = !forms.is_empty() && forms.iter().all(|form| form.is_sexual());
        let wanted = if sexual_only { SetForm::Sexual } else { SetForm::Labour };
        let with_dimensions =
            || self.0.iter().filter(|set| set.method == Method::Dimensions && set.age.fits(age));
        with_dimensions()
            .find(|set| set.form == wanted)
            .or_else(|| with_dimensions().find(|set| set.form == SetForm::Any))
    }
}
