//! Screening: recognising a presumed trafficked person from what they tell.
//! Indicators are scored by dimension, the definition of the Palermo Protocol
//! is applied to act, means and purpose, and both are only ever advice (E31):
//! nothing in here changes the state of anything.
//!
//! Deliberately absent: sex. Which questions are asked follows from the
//! suspected form of exploitation and from age, never from sex (R092).

pub mod bias;
mod combination;
mod definition;
mod draft;
mod elements;
mod file;
mod outcome;
#[cfg(test)]
mod properties;
mod record;
mod score;
mod set;
#[cfg(test)]
mod tests;

pub use combination::{Combination, combine};
pub use definition::{Definition, Ground, define};
pub use draft::{Draft, Step};
pub use elements::{Act, Elements, ExploitationForm, Means};
pub use file::{NotAScreening, Screening};
pub use outcome::{Advice, Outcome, Path, Reason, advise, next_desk};
pub use record::{Kept, Notice, Paper, PaperState};
pub use score::{DimensionScore, ScoringRule, score};
pub use set::{Confidence, Indicator, IndicatorSet, IndicatorSets, Method, SetAge, SetForm};

use crate::coded;
use serde::Serialize;
use std::collections::BTreeMap;

coded! {
    /// How old the person is, as far as one can tell.
    Age {
        /// Eighteen or over.
        Adult = "adult",
        /// Under eighteen.
        Child = "child",
        /// In doubt: the rights of a child, until shown otherwise (R3).
        Unsure = "unsure",
    }
}

impl Age {
    /// Whether the rights of a child apply (R3).
    #[must_use]
    pub const fn has_rights_of_a_child(self) -> bool {
        matches!(self, Self::Child | Self::Unsure)
    }
}

coded! {
    /// What was answered to a question. Only `yes` counts in any score.
    Answer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// The person, or the officer, is not sure.
        Unsure = "unsure",
        /// Not asked, or skipped.
        NotAsked = "not_asked",
    }
}

coded! {
    /// The six dimensions of the operational indicators (ILO and European
    /// Commission, 2009).
    Dimension {
        /// Deceptive recruitment.
        DeceptiveRecruitment = "D1",
        /// Coercive recruitment.
        CoerciveRecruitment = "D2",
        /// Recruitment by abuse of vulnerability.
        RecruitmentByVulnerability = "D3",
        /// Exploitation.
        Exploitation = "D4",
        /// Coercion at destination.
        CoercionAtDestination = "D5",
        /// Abuse of vulnerability at destination.
        VulnerabilityAtDestination = "D6",
    }
}

coded! {
    /// How much an indicator weighs.
    Tier {
        /// Strong.
        Strong = "strong",
        /// Medium.
        Medium = "medium",
        /// Weak.
        Weak = "weak",
    }
}

/// What the engine says about one screening. It advises; a named officer
/// decides, and may decide otherwise (E31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// The indicator set used.
    pub set: String,
    /// The age that decided the child rule.
    pub age: Age,
    /// Every dimension, D1 to D6.
    pub dimensions: BTreeMap<Dimension, DimensionScore>,
    /// Whether act, means and purpose meet the definition of the Protocol.
    pub definition: Definition,
    /// What the combination of positive dimensions points to.
    pub combination: Combination,
    /// How many questions got an answer, whatever it was.
    pub asked: usize,
    /// What whoever reads this should know.
    pub warnings: Vec<Warning>,
    /// How surely the weights of the set are known.
    pub confidence: Confidence,
}

/// Something to know about an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Warning {
    /// The set is for another age than the person's; age decides the child rule.
    SetAndAgeDisagree {
        /// Whom the set was made for.
        set_is_for: SetAge,
        /// The person's age.
        age: Age,
    },
    /// `unknown` was given as a purpose, which is no purpose of exploitation.
    PurposeNotKnown,
    /// The file has fields that are none of a screening's.
    NotRead {
        /// Their names.
        fields: Vec<String>,
    },
}

impl Screening {
    /// Scores the answers and applies the definition to the elements. Pure:
    /// the same answers give the same assessment, in whatever order they came.
    #[must_use]
    pub fn assess(&self, set: &IndicatorSet) -> Assessment {
        let dimensions = score(set, &self.answers);
        let definition = define(&self.elements, self.age);
        let combination = combine(&dimensions, &self.elements, self.age);
        let mut warnings = Vec::new();
        if !set.age.fits(self.age) {
            warnings.push(Warning::SetAndAgeDisagree { set_is_for: set.age, age: self.age });
        }
        if self.elements.purposes.contains(&ExploitationForm::Unknown) {
            warnings.push(Warning::PurposeNotKnown);
        }
        if !self.not_read.is_empty() {
            warnings.push(Warning::NotRead { fields: self.not_read.clone() });
        }
        Assessment {
            set: set.id.clone(),
            age: self.age,
            dimensions,
            definition,
            combination,
            asked: self.answers.values().filter(|answer| **answer != Answer::NotAsked).count(),
            warnings,
            confidence: set.confidence,
        }
    }
}

/// Fewest answers from which no dimension being positive says anything: below
/// it none can be, by any rule of scoring.
const FEWEST_ASKED: usize = 2;

/// What may be said from answers and elements together, for a person to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// What the combination of dimensions points to.
    Combination(Combination),
    /// The elements meet the definition, though the answers show no exploitation.
    DefinitionMet,
    /// Coercion at destination: that exploitation was not shown is no absence of it.
    CoercionShown,
    /// Too little was asked to say anything.
    TooLittleAsked,
}

impl Pointer {
    /// The end of its message `screening-combination-…`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Combination(combination) => combination.code(),
            Self::DefinitionMet => "definition_met",
            Self::CoercionShown => "coercion_shown",
            Self::TooLittleAsked => "too_little_asked",
        }
    }
}

impl Assessment {
    /// What may be said. "Nothing found" and "without exploitation" are never
    /// said when the definition is met or someone was coerced, nor when too
    /// little was asked: who relies on it sends a person back.
    #[must_use]
    pub fn points_to(&self) -> Pointer {
        let denies = matches!(
            self.combination,
            Combination::NothingFound
                | Combination::MeansWithoutExploitation
                | Combination::CoercionWithoutExploitation
        );
        let coerced =
            self.dimensions.get(&Dimension::CoercionAtDestination).is_some_and(|d| d.positive);
        match denies {
            true if self.definition.met => Pointer::DefinitionMet,
            true if coerced => Pointer::CoercionShown,
            true if self.asked < FEWEST_ASKED => Pointer::TooLittleAsked,
            _ => Pointer::Combination(self.combination),
        }
    }

    /// Dimensions that are positive.
    pub fn positive(&self) -> impl Iterator<Item = Dimension> {
        self.dimensions.iter().filter(|(_, score)| score.positive).map(|(dimension, _)| *dimension)
    }
}
