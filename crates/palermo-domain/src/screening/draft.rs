//! A screening while it is being asked: one question after another, any of
//! them skipped, left and taken up again.

use super::{Age, Answer, Elements, ExploitationForm, IndicatorSet, IndicatorSets, Screening};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// What is asked on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The language the person wants to be asked in.
    Language,
    /// Adult, child or unsure.
    Age,
    /// The form of exploitation that is suspected.
    Form,
    /// An indicator, by its code.
    Indicator(String),
    /// What was done.
    Act,
    /// By which means.
    Means,
    /// For which exploitation.
    Purpose,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Language => "language",
            Self::Age => "age",
            Self::Form => "form",
            Self::Indicator(code) => code,
            Self::Act => "act",
            Self::Means => "means",
            Self::Purpose => "purpose",
        })
    }
}

/// A screening in progress. Coded facts alone; nothing in it names anyone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Language the person is asked in (BCP 47); the officer's if empty.
    pub language: String,
    /// Age; in doubt until it was answered (R3).
    pub age: Option<Age>,
    /// Forms of exploitation that are suspected.
    pub forms: BTreeSet<ExploitationForm>,
    /// Act, means and purpose.
    pub elements: Elements,
    /// Answers by code.
    pub answers: BTreeMap<String, Answer>,
    /// Steps that were shown and answered or skipped.
    pub seen: BTreeSet<String>,
}

impl Draft {
    /// The age that counts: in doubt unless it was said (R3).
    #[must_use]
    pub fn age(&self) -> Age {
        self.age.unwrap_or(Age::Unsure)
    }

    /// The set the facts call for.
    #[must_use]
    pub fn set<'s>(&self, sets: &'s IndicatorSets) -> Option<&'s IndicatorSet> {
        sets.called_for(&self.forms, self.age())
    }

    /// Every step in order.
    #[must_use]
    pub fn steps(&self, set: &IndicatorSet) -> Vec<Step> {
        let codes = set.indicators.iter().map(|one| Step::Indicator(one.code.clone()));
        [Step::Language, Step::Age, Step::Form]
            .into_iter()
            .chain(codes)
            .chain([Step::Act, Step::Means, Step::Purpose])
            .collect()
    }

    /// The step with this name.
    #[must_use]
    pub fn step(&self, set: &IndicatorSet, name: &str) -> Option<Step> {
        self.steps(set).into_iter().find(|step| step.to_string() == name)
    }

    /// The step after this one; nothing after the last.
    #[must_use]
    pub fn after(&self, set: &IndicatorSet, step: &Step) -> Option<Step> {
        let mut steps = self.steps(set).into_iter().skip_while(|one| one != step);
        steps.nth(1)
    }

    /// The step before this one; nothing before the first.
    #[must_use]
    pub fn before(&self, set: &IndicatorSet, step: &Step) -> Option<Step> {
        self.steps(set).into_iter().take_while(|one| one != step).last()
    }

    /// Where to go on: the first step not yet seen.
    #[must_use]
    pub fn resume(&self, set: &IndicatorSet) -> Option<Step> {
        self.steps(set).into_iter().find(|step| !self.seen.contains(&step.to_string()))
    }

    /// The screening as the engine takes it. Answers to questions of another
    /// set, given before age or form were corrected, are left out.
    #[must_use]
    pub fn screening(&self, set: &IndicatorSet) -> Screening {
        let answers = self.answers.iter().filter(|(code, _)| set.indicator(code).is_some());
        Screening {
            set: set.id.clone(),
            age: self.age(),
            elements: self.elements.clone(),
            answers: answers.map(|(code, answer)| (code.clone(), *answer)).collect(),
            not_read: Vec::new(),
        }
    }
}
