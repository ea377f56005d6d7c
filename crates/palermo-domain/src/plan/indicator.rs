//! Indicators, what they must tell before they may be used (R021, R025, R026), and
//! joint targets (R022).

use super::period::Period;
use crate::{
    coded,
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};

pub use super::computed::Computed;

coded! {
    /// What an indicator looks at (R025).
    Kind {
        /// The legal and institutional minimum: yes, partly, no, with evidence.
        Framework = "framework",
        /// What happens over time: numbers with dates.
        Operational = "operational",
    }
}

coded! {
    /// Which way is better.
    Direction {
        /// More is better.
        Up = "up",
        /// Less is better.
        Down = "down",
        /// Neither: it gives context and is never coloured (E28).
        Context = "none",
    }
}

coded! {
    /// What is counted. Detected persons, cases and convictions say as much about
    /// the searching as about the crime: their direction is fixed as context (R021).
    Counted {
        /// Persons detected.
        DetectedPersons = "detected-persons",
        /// Cases investigated or prosecuted.
        Cases = "cases",
        /// Convictions.
        Convictions = "convictions",
        /// Other data about persons.
        Persons = "persons",
        /// Acts of trafficking.
        Acts = "acts",
        /// Services.
        Services = "services",
        /// Anything else.
        Other = "other",
    }
}

coded! {
    /// What figures are broken down by (S3 footnote 146).
    Breakdown {
        /// Age.
        Age = "age",
        /// Sex.
        Sex = "sex",
        /// Nationality.
        Nationality = "nationality",
        /// Social and economic background.
        Background = "background",
        /// Means used.
        Means = "means",
        /// Forms of exploitation.
        Forms = "forms",
        /// Duration of exploitation.
        Duration = "duration",
        /// State or other provider.
        Provider = "provider",
        /// Disability, as the person says.
        Disability = "disability",
        /// Ethnicity: self-declared and never required.
        Ethnicity = "ethnicity",
    }
}

impl Counted {
    /// Breakdowns that data of this kind must have (R026).
    #[must_use]
    pub const fn required(self) -> &'static [Breakdown] {
        use Breakdown::{Age, Background, Duration, Forms, Means, Nationality, Provider, Sex};
        match self {
            Self::DetectedPersons | Self::Persons => &[Age, Sex, Nationality, Background],
            Self::Cases | Self::Convictions | Self::Acts => &[Means, Forms, Duration],
            Self::Services => &[Provider],
            Self::Other => &[],
        }
    }

    /// Whether the direction is fixed as context.
    #[must_use]
    pub const fn is_context(self) -> bool {
        matches!(self, Self::DetectedPersons | Self::Cases | Self::Convictions)
    }
}

/// Where an indicator begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Baseline {
    /// Measured.
    Value {
        /// The value.
        value: f64,
        /// The day it speaks of.
        on: Day,
        /// Version of the definition it was measured by.
        #[serde(default = "first")]
        version: u32,
    },
    /// Still to be measured.
    ToBeEstablished {
        /// By when.
        by: Day,
        /// By whom.
        whom: String,
    },
}

const fn first() -> u32 {
    1
}

/// A definition, and since when it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Version, from 1.
    pub version: u32,
    /// Its words.
    pub words: String,
    /// First period it counts for; nothing for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Period>,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Name within the plan; never changes.
    pub key: String,
    /// The row it measures.
    pub row: String,
    /// Title.
    pub title: String,
    /// What it looks at.
    pub kind: Kind,
    /// What is counted.
    #[serde(default = "other")]
    pub counted: Counted,
    /// Definitions, oldest first.
    #[serde(default)]
    pub definitions: Vec<Definition>,
    /// Unit, like `persons` or `per cent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Which way is better.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// How often it is measured, like `yearly`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
    /// Where values come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Breakdowns asked for beyond those its kind must have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breakdowns: Vec<Breakdown>,
    /// Where it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// Whether it is in use.
    #[serde(default)]
    pub active: bool,
    /// What Palermo works out by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Computed>,
}

const fn other() -> Counted {
    Counted::Other
}

coded! {
    /// What an indicator lacks before it may be activated (R021).
    Lack {
        /// A unit.
        Unit = "unit",
        /// A definition.
        Definition = "definition",
        /// A direction.
        Direction = "direction",
        /// How often it is measured.
        Frequency = "frequency",
        /// Where values come from.
        Source = "source",
        /// A baseline, or by when and whom it will be established.
        Baseline = "baseline",
    }
}

/// A direction other than the one that is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "figures of `{0}` tell how much was looked for as well as how much there is; their direction is fixed as `none`"
)]
pub struct DirectionFixed(pub Counted);

impl Indicator {
    /// What it lacks before it may be activated; empty when nothing.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lack> {
        let operational = self.kind == Kind::Operational;
        let given = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
        let context = self.is_context();
        let mut lacks = Vec::new();
        let mut need = |lack, there: bool| {
            if !there {
                lacks.push(lack);
            }
        };
        // A framework indicator is answered by yes, partly or no: it has no unit
        // to state and begins with its first answer.
        need(Lack::Unit, !operational || given(&self.unit));
        need(Lack::Definition, self.definitions.iter().any(|d| !d.words.trim().is_empty()));
        need(Lack::Direction, !operational || context || self.direction.is_some());
        need(Lack::Frequency, given(&self.frequency));
        need(Lack::Source, given(&self.source));
        need(Lack::Baseline, !operational || context || self.baseline.is_some());
        lacks
    }

    /// Sets the direction.
    ///
    /// # Errors
    /// [`DirectionFixed`] where what is counted gives context only.
    pub fn set_direction(&mut self, direction: Direction) -> Result<(), DirectionFixed> {
        if self.counted.is_context() && direction != Direction::Context {
            return Err(DirectionFixed(self.counted));
        }
        self.direction = Some(direction);
        Ok(())
    }

    /// Whether it is a share of a hundred, by its unit.
    #[must_use]
    pub fn is_share(&self) -> bool {
        let unit = self.unit.as_deref().unwrap_or_default().trim().to_lowercase();
        matches!(
            unit.as_str(),
            "%" | "percent" | "per cent" | "pour cent" | "por ciento" | "في المئة" | "في المائة"
        )
    }

    /// Whether it gives context and is never coloured.
    #[must_use]
    pub fn is_context(&self) -> bool {
        self.counted.is_context() || self.direction == Some(Direction::Context)
    }

    /// The breakdowns its data must have. Ethnicity is never among them.
    #[must_use]
    pub fn required_breakdowns(&self) -> Vec<Breakdown> {
        if self.kind == Kind::Framework {
            return Vec::new();
        }
        let mut required = self.counted.required().to_vec();
        let more = self.breakdowns.iter().filter(|b| **b != Breakdown::Ethnicity);
        required.extend(more.filter(|b| !self.counted.required().contains(b)));
        required
    }

    /// The version of the definition that counts in a period.
    #[must_use]
    pub fn version_in(&self, period: Period) -> u32 {
        let counts = |d: &&Definition| d.since.is_none_or(|since| period.counts_from(since));
        self.definitions.iter().filter(counts).map(|d| d.version).max().unwrap_or(1)
    }

    /// The version of the definition a baseline is measured by: one that stays as it was
    /// keeps its own, a new one has that of the definition that counts last.
    #[must_use]
    pub fn measured_by(&self, value: f64, on: Day) -> u32 {
        match &self.baseline {
            Some(Baseline::Value { value: was, on: day, version })
                if *was == value && *day == on =>
            {
                *version
            }
            _ => self.definition().map_or(1, |definition| definition.version),
        }
    }

    /// The definition that counts last.
    #[must_use]
    pub fn definition(&self) -> Option<&Definition> {
        self.definitions.iter().max_by_key(|d| d.version)
    }
}

/// A target for a period, of one State or of all together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The indicator.
    pub indicator: String,
    /// The State; nothing for the joint target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The period.
    pub period: Period,
    /// What is to be reached.
    pub value: f64,
}

coded! {
    /// The answer to a framework indicator (R025).
    Answer {
        /// In place.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// Not in place.
        No = "no",
    }
}

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Measured {
    /// A number.
    Number(f64),
    /// An answer.
    Answer(Answer),
}

coded! {
    /// How a value came here.
    Origin {
        /// Typed in.
        Entered = "entered",
        /// From a file.
        Imported = "imported",
        /// Worked out from what Palermo holds.
        Computed = "computed",
    }
}

/// A value of an indicator for a State and period (R023).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The plan.
    pub plan: super::PlanCode,
    /// The indicator.
    pub indicator: String,
    /// The State; nothing for the region as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The period.
    pub period: Period,
    /// What was measured.
    pub measured: Measured,
    /// Version of the definition it was measured by.
    pub version: u32,
    /// Breakdowns that are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breakdowns: Vec<Breakdown>,
    /// Document, address or register that proves it.
    #[serde(default)]
    pub evidence: String,
    /// A remark.
    #[serde(default)]
    pub comment: String,
    /// How it came here.
    pub origin: Origin,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueProblem {
    /// The indicator is not in use.
    #[error("indicator `{0}` is not active yet")]
    NotActive(String),
    /// A number where an answer belongs.
    #[error("a framework indicator is answered by yes, partly or no")]
    AnswerNeeded,
    /// An answer where a number belongs.
    #[error("an operational indicator takes a number")]
    NumberNeeded,
    /// Not a finite number.
    #[error("the value is not a number")]
    NotFinite,
    /// An answer without anything that proves it.
    #[error("name the law, document or decision that proves the answer `{0}`")]
    EvidenceNeeded(Answer),
    /// Less than nothing.
    #[error("the value is below zero; write zero or more")]
    BelowZero,
    /// A share above the whole.
    #[error("a share is at most 100 per cent")]
    AboveHundred,
    /// Part of what is counted one by one.
    #[error(transparent)]
    Fraction(#[from] super::unit::Fraction),
    /// Outside the time of the plan.
    #[error("the period {period} lies outside the plan, which runs from {from} to {to}")]
    OutsidePlan {
        /// The period.
        period: Period,
        /// First day of the plan.
        from: Day,
        /// Last day of the plan.
        to: Day,
    },
    /// Worked out by Palermo, so nothing can be typed in.
    #[error("the indicator is worked out from what Palermo holds; no value is typed in")]
    Computed,
}

impl Value {
    /// Whether it fits its indicator and lies in the time of its plan.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check_in(&self, plan: &super::Plan, indicator: &Indicator) -> Result<(), ValueProblem> {
        let (period, from, to) = (self.period, plan.from, plan.to);
        if period.last_day() < from || period.first_day() > to {
            return Err(ValueProblem::OutsidePlan { period, from, to });
        }
        if plan.computed_in(indicator, period).is_some() && self.origin != Origin::Computed {
            return Err(ValueProblem::Computed);
        }
        self.check(indicator)
    }

    /// Whether it fits its indicator.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self, indicator: &Indicator) -> Result<(), ValueProblem> {
        if !indicator.active {
            return Err(ValueProblem::NotActive(indicator.key.clone()));
        }
        match (indicator.kind, self.measured) {
            (Kind::Framework, Measured::Answer(Answer::No)) => Ok(()),
            (Kind::Framework, Measured::Answer(answer)) if self.evidence.trim().is_empty() => {
                Err(ValueProblem::EvidenceNeeded(answer))
            }
            (Kind::Framework, Measured::Answer(_)) => Ok(()),
            (Kind::Framework, Measured::Number(_)) => Err(ValueProblem::AnswerNeeded),
            (Kind::Operational, Measured::Answer(_)) => Err(ValueProblem::NumberNeeded),
            (Kind::Operational, Measured::Number(number)) if !number.is_finite() => {
                Err(ValueProblem::NotFinite)
            }
            (Kind::Operational, Measured::Number(number)) if number < 0.0 => {
                Err(ValueProblem::BelowZero)
            }
            (Kind::Operational, Measured::Number(number))
                if indicator.is_share() && number > 100.0 =>
            {
                Err(ValueProblem::AboveHundred)
            }
            (Kind::Operational, Measured::Number(number)) => Ok(indicator.fits(number)?),
        }
    }

    /// Breakdowns the data should have and has not: it is accepted, and marked (R026).
    #[must_use]
    pub fn missing_breakdowns(&self, indicator: &Indicator) -> Vec<Breakdown> {
        let required = indicator.required_breakdowns().into_iter();
        required.filter(|b| !self.breakdowns.contains(b)).collect()
    }
}
