//! Answer once: which answer given to another mechanism would do here, with
//! its age and source, and where two answers of one State contradict each
//! other. Palermo proposes; it never copies silently (R040).

use super::{Answer, AnswerWord, Question, Questionnaire, Standard};
use crate::{
    coded,
    register::{day::Day, state::StateCode},
};
use serde::Serialize;

coded! {
    /// How two questions of different questionnaires are related.
    MapKind {
        /// They ask the same.
        Same = "same",
        /// The other asks for less: its answer is a part of this one.
        Narrower = "narrower",
        /// The other asks for more: its answer covers this one.
        Broader = "broader",
        /// They touch the same matter.
        Related = "related",
    }
}

/// A question of another questionnaire that a question is related to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mapping {
    /// That questionnaire.
    pub questionnaire: String,
    /// Its question.
    pub code: String,
    /// How it is related.
    pub kind: MapKind,
}

impl Mapping {
    /// Reads `palermo-check:2 same`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (place, kind) = text.split_once(' ')?;
        let (questionnaire, code) = place.split_once(':')?;
        let known = !questionnaire.is_empty() && !code.is_empty();
        let kind = kind.trim().parse().ok()?;
        known.then(|| Self { questionnaire: questionnaire.to_owned(), code: code.to_owned(), kind })
    }
}

/// An answer a State gave somewhere, with its place.
#[derive(Debug, Clone, Copy)]
pub struct GivenAnswer<'a> {
    /// The State.
    pub state: StateCode,
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// Its period.
    pub period: i32,
    /// The question.
    pub question: &'a Question,
    /// The day it was given.
    pub given: Day,
    /// The answer.
    pub answer: &'a Answer,
}

/// An answer given elsewhere that may do here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    /// Where it was given.
    pub questionnaire: String,
    /// For which period.
    pub period: i32,
    /// To which question.
    pub code: String,
    /// How that question is related to this one.
    pub kind: MapKind,
    /// The day it was given.
    pub given: Day,
    /// Its age in days.
    pub age_days: i64,
    /// The answer.
    pub answer: Answer,
    /// The stricter of two differing standards, where both set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stricter: Option<Standard>,
}

/// How `question` of `questionnaire` is related to `other`: said on either side.
fn relation(
    questionnaire: &str,
    question: &Question,
    other_questionnaire: &str,
    other: &Question,
) -> Option<MapKind> {
    let named = |maps: &[Mapping], questionnaire: &str, code: &str| {
        maps.iter()
            .find(|map| map.questionnaire == questionnaire && map.code == code)
            .map(|map| map.kind)
    };
    named(&question.maps, other_questionnaire, &other.code).or_else(|| {
        named(&other.maps, questionnaire, &question.code).map(|kind| match kind {
            MapKind::Narrower => MapKind::Broader,
            MapKind::Broader => MapKind::Narrower,
            same => same,
        })
    })
}

/// Answers of the same State that may do for a question, the closest relation
/// and then the newest first. A confidential answer is never among them.
#[must_use]
pub fn proposals(
    questionnaire: &Questionnaire,
    question: &Question,
    given: &[GivenAnswer<'_>],
    today: Day,
) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = given
        .iter()
        .filter(|one| !one.answer.confidential && one.questionnaire.id != questionnaire.id)
        .filter_map(|one| {
            let other = &one.questionnaire.id;
            let kind = relation(&questionnaire.id, question, other, one.question)?;
            Some(Proposal {
                questionnaire: other.clone(),
                period: one.period,
                code: one.question.code.clone(),
                kind,
                given: one.given,
                age_days: (today.date() - one.given.date()).whole_days(),
                answer: one.answer.clone(),
                stricter: stricter(question.standard.as_ref(), one.question.standard.as_ref())
                    .cloned(),
            })
        })
        .collect();
    found.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.given.cmp(&a.given)));
    found
}

/// The stricter of two standards of the same unit; none if they agree, or one
/// of them is not set.
#[must_use]
pub fn stricter<'s>(a: Option<&'s Standard>, b: Option<&'s Standard>) -> Option<&'s Standard> {
    let (a, b) = (a?, b?);
    if a.unit != b.unit || a.more_is_stricter != b.more_is_stricter {
        return None;
    }
    match a.value.total_cmp(&b.value) {
        std::cmp::Ordering::Equal => None,
        order => {
            Some(if (order == std::cmp::Ordering::Greater) == a.more_is_stricter { a } else { b })
        }
    }
}

/// Two answers of one State to questions that ask the same, which cannot both
/// be right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contradiction {
    /// The State.
    pub state: StateCode,
    /// The two places: questionnaire, period, question, answer.
    pub one: Place,
    /// The other place.
    pub other: Place,
    /// The bodies answered learn of it from this day on; until then only the
    /// State does, so that it can put it right.
    pub shown_to_bodies_from: Day,
}

/// A place where something was answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// Questionnaire.
    pub questionnaire: String,
    /// Period.
    pub period: i32,
    /// Question.
    pub code: String,
    /// The day it was given.
    pub given: Day,
    /// The answer in one line.
    pub said: String,
}

/// How long a contradiction is shown to the State alone, in days.
const STATE_FIRST_DAYS: i64 = 30;

/// Contradictions among a State's answers: questions mapped as the same whose
/// words or numbers differ about one year. What differs between years is a change.
#[must_use]
pub fn contradictions(given: &[GivenAnswer<'_>]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (at, one) in given.iter().enumerate() {
        for other in given.get(at + 1..).unwrap_or_default() {
            let apart = one.questionnaire.id != other.questionnaire.id
                && one.state == other.state
                && one.period == other.period;
            if !apart {
                continue;
            }
            let same = relation(
                &one.questionnaire.id,
                one.question,
                &other.questionnaire.id,
                other.question,
            ) == Some(MapKind::Same);
            if same && cannot_both_be(one.answer, other.answer) {
                let last = one.given.max(other.given);
                found.push(Contradiction {
                    state: one.state,
                    one: place(one),
                    other: place(other),
                    shown_to_bodies_from: last.plus_days(STATE_FIRST_DAYS),
                });
            }
        }
    }
    found
}

fn place(given: &GivenAnswer<'_>) -> Place {
    Place {
        questionnaire: given.questionnaire.id.clone(),
        period: given.period,
        code: given.question.code.clone(),
        given: given.given,
        // A confidential answer is named as such; what it says stays where it was given.
        said: if given.answer.confidential {
            String::from("confidential")
        } else {
            given.answer.value.plain()
        },
    }
}

fn cannot_both_be(one: &Answer, other: &Answer) -> bool {
    match (one.value.word(), other.value.word()) {
        (Some(a), Some(b)) => a != b && a.tells() && b.tells(),
        (None, None) => match (one.value.number(), other.value.number()) {
            // Figures of unlike definitions may differ (R11).
            (Some(a), Some(b)) => one.definition == other.definition && (a - b).abs() > 0.5,
            _ => false,
        },
        (Some(AnswerWord::No), None) => other.value.number().is_some_and(|n| n > 0.0),
        (None, Some(AnswerWord::No)) => one.value.number().is_some_and(|n| n > 0.0),
        _ => false,
    }
}
