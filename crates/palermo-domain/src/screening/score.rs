//! When a dimension is positive (ILO, operational indicators, page 3): by two
//! strong indicators, by one strong and one medium or weak, by three medium,
//! or by two medium and one weak. A stronger indicator may stand in for a
//! weaker one.

use super::{Answer, Dimension, IndicatorSet, Tier};
use crate::coded;
use serde::Serialize;
use std::collections::BTreeMap;

coded! {
    /// The rule that made a dimension positive.
    ScoringRule {
        /// Two strong indicators.
        TwoStrong = "two_strong",
        /// One strong and one medium or weak.
        OneStrongAndAnother = "one_strong_and_another",
        /// Three medium.
        ThreeMedium = "three_medium",
        /// Two medium and one weak.
        TwoMediumAndOneWeak = "two_medium_and_one_weak",
    }
}

impl ScoringRule {
    /// Fewest indicators needed of at least strong, at least medium, and of any
    /// weight. Counting "at least" is what lets a stronger one stand in.
    const fn needs(self) -> (usize, usize, usize) {
        match self {
            Self::TwoStrong => (2, 2, 2),
            Self::OneStrongAndAnother => (1, 1, 2),
            Self::ThreeMedium => (0, 3, 3),
            Self::TwoMediumAndOneWeak => (0, 2, 3),
        }
    }
}

/// One dimension's score.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DimensionScore {
    /// Whether a rule is fulfilled.
    pub positive: bool,
    /// Strong indicators answered yes.
    pub strong: usize,
    /// Medium indicators answered yes.
    pub medium: usize,
    /// Weak indicators answered yes.
    pub weak: usize,
    /// The indicators answered yes, in the order of the set.
    pub because: Vec<String>,
    /// The first rule fulfilled.
    #[serde(skip)]
    pub rule: Option<ScoringRule>,
}

impl DimensionScore {
    fn decide(&mut self) {
        let (strong, medium) = (self.strong, self.strong + self.medium);
        let any = medium + self.weak;
        let fulfilled = |rule: &&ScoringRule| {
            let (of_strong, of_medium, of_any) = rule.needs();
            strong >= of_strong && medium >= of_medium && any >= of_any
        };
        self.rule = ScoringRule::ALL.iter().find(fulfilled).copied();
        self.positive = self.rule.is_some();
    }

    /// Whether a stronger indicator stood in for a weaker one in the rule.
    #[must_use]
    pub fn stood_in(&self) -> bool {
        match self.rule {
            Some(ScoringRule::ThreeMedium) => self.medium < 3,
            Some(ScoringRule::TwoMediumAndOneWeak) => self.medium < 2 || self.weak < 1,
            _ => false,
        }
    }
}

/// Scores every dimension, D1 to D6, whether the set asks about it or not. An
/// indicator without an answer was not asked.
#[must_use]
pub fn score(
    set: &IndicatorSet,
    answers: &BTreeMap<String, Answer>,
) -> BTreeMap<Dimension, DimensionScore> {
    let mut scores: BTreeMap<Dimension, DimensionScore> =
        Dimension::ALL.iter().map(|dimension| (*dimension, DimensionScore::default())).collect();
    for indicator in &set.indicators {
        if answers.get(&indicator.code) != Some(&Answer::Yes) {
            continue;
        }
        let (Some(dimension), Some(tier)) = (indicator.dimension, indicator.tier) else { continue };
        let score = scores.entry(dimension).or_default();
        match tier {
            Tier::Strong => score.strong += 1,
            Tier::Medium => score.medium += 1,
            Tier::Weak => score.weak += 1,
        }
        score.because.push(indicator.code.clone());
    }
    scores.values_mut().for_each(DimensionScore::decide);
    scores
}
