//! A questionnaire as versioned data: sections, questions, conditions,
//! evidence rules, the provisions they ask about, and what the same question
//! is called elsewhere.

use super::{Answer, AnswerKind, Mapping};
use crate::coded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in several languages. English is the one it was written in unless
/// the questionnaire says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<String, String>);

impl Texts {
    /// A text in English.
    #[must_use]
    pub fn english(text: &str) -> Self {
        Self(BTreeMap::from([("en".to_owned(), text.to_owned())]))
    }

    /// The text in a language, and whether it is in that language at all:
    /// otherwise it is the English one, and is to be shown as untranslated.
    #[must_use]
    pub fn say(&self, language: &str) -> (&str, bool) {
        match self.0.get(language) {
            Some(text) => (text, true),
            None => (self.0.get("en").map_or("", String::as_str), language == "en"),
        }
    }

    /// Whether nothing is said in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says it in English, and no more in English where there are no words.
    pub fn set_english(&mut self, text: &str) {
        match text {
            "" => self.0.remove("en"),
            text => self.0.insert("en".to_owned(), text.to_owned()),
        };
    }

    /// The English text.
    #[must_use]
    pub fn en(&self) -> &str {
        self.say("en").0
    }
}

coded! {
    /// How often a questionnaire is answered.
    Cycle {
        /// Once a year, about the year before.
        Year = "year",
        /// Once in a round of reviews.
        Round = "round",
        /// Whenever something changes.
        Living = "living",
        /// Once, for a reporting cycle that is over.
        Once = "once",
    }
}

coded! {
    /// What has to support an answer.
    EvidenceRule {
        /// Nothing.
        None = "none",
        /// A document may be named.
        Optional = "optional",
        /// An article or document must be named for `yes` and `in part` (R042).
        Required = "required",
    }
}

/// A condition under which a question is asked: an earlier answer is, or is
/// not, one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Code of the earlier question.
    pub question: String,
    /// Whether it must be one of the values, or none of them.
    pub is: bool,
    /// The values, as [`super::Value::plain`] writes them.
    pub values: Vec<String>,
}

impl Condition {
    /// Reads `1.1 = yes|in-part` or `1.1 != no`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (question, is, values) = match text.split_once("!=") {
            Some((question, values)) => (question, false, values),
            None => text.split_once('=').map(|(question, values)| (question, true, values))?,
        };
        let values: Vec<String> = values.split('|').map(|v| v.trim().to_owned()).collect();
        let question = question.trim().to_owned();
        (!question.is_empty() && values.iter().all(|v| !v.is_empty())).then_some(Self {
            question,
            is,
            values,
        })
    }

    /// Whether the question is to be asked, given the answers so far. An
    /// earlier question without an answer asks nothing yet.
    #[must_use]
    pub fn holds(&self, answers: &BTreeMap<String, Answer>) -> bool {
        answers
            .get(&self.question)
            .is_some_and(|answer| self.values.contains(&answer.value.plain()) == self.is)
    }
}

/// A measurable standard an instrument sets, so that the stricter of two can
/// be shown (R040).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// The value asked for.
    pub value: f64,
    /// Its unit, e.g. `days`.
    pub unit: String,
    /// Whether more is stricter; otherwise less is.
    pub more_is_stricter: bool,
    /// The provision that sets it.
    pub source: String,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// Code, unique within the questionnaire, e.g. `5.3`.
    pub code: String,
    /// How it is answered.
    pub kind: AnswerKind,
    /// What is asked.
    pub text: Texts,
    /// A line of help.
    pub help: Texts,
    /// Codes and names of what may be chosen.
    pub options: Vec<(String, Texts)>,
    /// Codes and names of the columns of rows.
    pub columns: Vec<(String, Texts)>,
    /// Whether the questionnaire can be submitted without it.
    pub required: bool,
    /// What has to support it.
    pub evidence: EvidenceRule,
    /// Provisions it asks about, `instrument:provision`.
    pub provisions: Vec<String>,
    /// When it is asked; always, if nothing is said.
    pub when: Option<Condition>,
    /// The same question elsewhere.
    pub maps: Vec<Mapping>,
    /// Unit of a number: `persons`, `cases`, `days`.
    pub unit: Option<String>,
    /// The least a number may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    /// The most a number may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
    /// The question whose number this one is a part of.
    pub part_of: Option<String>,
    /// The breakdown it belongs to: parts of one breakdown add up (`sex`, `age`).
    pub breakdown: Option<String>,
    /// Where Palermo may find a first value.
    pub prefill: Vec<String>,
    /// A standard the instrument sets.
    pub standard: Option<Standard>,
    /// A rule of mechanisms' profiles that sets a standard, e.g. `reflection_days`.
    pub rule: Option<String>,
}

/// A section, handed out and collected as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Code, e.g. `5`.
    pub code: String,
    /// Title.
    pub title: Texts,
    /// What to know before it is answered.
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub help: Texts,
    /// Questions in their order.
    pub questions: Vec<Question>,
}

/// A questionnaire of one version.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Questionnaire {
    /// Id, e.g. `joint-annual`.
    pub id: String,
    /// Version, from 1. Answers keep the version they were given to.
    pub version: u32,
    /// Title.
    pub title: Texts,
    /// Mechanisms that use it; others may.
    pub mechanisms: Vec<String>,
    /// How often it is answered.
    pub cycle: Cycle,
    /// Where its structure is described.
    pub source: String,
    /// Sections in their order.
    pub sections: Vec<Section>,
    /// Languages a machine translated it into, and no person has read yet.
    #[serde(skip_serializing_if = "std::collections::BTreeSet::is_empty")]
    pub machine_translated: std::collections::BTreeSet<String>,
}

impl Question {
    /// Whether an answer to one is an answer to the other: the same words, the same
    /// choices, the same unit, a part of the same whole.
    #[must_use]
    pub fn asks_the_same(&self, other: &Self) -> bool {
        let codes = |named: &[(String, Texts)]| {
            named.iter().map(|(code, _)| code.clone()).collect::<Vec<String>>()
        };
        self.code == other.code
            && self.kind == other.kind
            && self.text.en() == other.text.en()
            && codes(&self.options) == codes(&other.options)
            && codes(&self.columns) == codes(&other.columns)
            && (&self.unit, &self.part_of, &self.breakdown)
                == (&other.unit, &other.part_of, &other.breakdown)
    }
}

impl Questionnaire {
    /// The name of the file of an earlier version, e.g. `joint-annual-v1`.
    #[must_use]
    pub fn versioned(&self) -> String {
        format!("{}-v{}", self.id, self.version)
    }

    /// All questions, in their order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The question with this code.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions().find(|question| question.code == code)
    }

    /// The section with this code.
    #[must_use]
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.code == code)
    }

    /// The section a question stands in.
    #[must_use]
    pub fn section_of(&self, question: &str) -> Option<&Section> {
        self.sections
            .iter()
            .find(|section| section.questions.iter().any(|one| one.code == question))
    }

    /// The questions of a section that are asked, given the answers so far.
    pub fn asked<'q>(
        &'q self,
        section: &'q Section,
        answers: &'q BTreeMap<String, Answer>,
    ) -> impl Iterator<Item = &'q Question> {
        section
            .questions
            .iter()
            .filter(|question| question.when.as_ref().is_none_or(|when| when.holds(answers)))
    }

    /// Share of questions whose text stands in a language, from 0 to 1 (R051).
    #[must_use]
    pub fn translated(&self, language: &str) -> f64 {
        let all = self.questions().count().max(1);
        let told = self.questions().filter(|question| question.text.say(language).1).count();
        #[allow(clippy::cast_precision_loss)] // some hundred questions
        let share = told as f64 / all as f64;
        share
    }
}
