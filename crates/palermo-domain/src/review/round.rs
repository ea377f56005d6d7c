//! A round: which provisions, which years, which questionnaire, which order
//! (R054). Rounds ship as files or are set up in the browser.

use super::{Moved, OrderRule, Reviewer, Stage, StageEntry};
use crate::register::{day::Day, document::Problem, state::StateCode};
use serde::{Deserialize, Serialize};

/// A round of reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Id, e.g. `greta-r1`.
    pub id: String,
    /// The mechanism.
    pub mechanism: String,
    /// Title in English.
    pub title: String,
    /// The instrument whose parties are evaluated.
    pub instrument: String,
    /// Its provisions in focus.
    #[serde(default)]
    pub provisions: Vec<String>,
    /// The questionnaire.
    pub questionnaire: String,
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
    /// The order rule.
    pub order: OrderRule,
    /// The day on which a party must have been bound; the end of the first year if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound_on: Option<Day>,
    /// Parties in an order of their own, for `as-listed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<StateCode>,
    /// Body of experts, by its id in the profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expert_body: Option<String>,
    /// Political body, by its id in the profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub political_body: Option<String>,
    /// Where it is described.
    pub source: String,
    /// What was changed since it was set up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<Moved>,
}

impl Round {
    /// Whether what was told of a year counts for the round: its years and the one
    /// before them, of which a reply in the first year speaks.
    #[must_use]
    pub const fn looks_at(&self, period: i32) -> bool {
        period >= self.from - 1 && period <= self.to
    }

    /// The day on which a party must have been bound to be evaluated.
    #[must_use]
    pub fn bound_day(&self) -> Option<Day> {
        self.bound_on.or_else(|| Day::new(self.to, 12, 31).ok())
    }
}

/// Reads a round from its file.
///
/// # Errors
/// What is wrong with it.
pub fn read_round(text: &str) -> Result<Round, Vec<Problem>> {
    let wrong = |line: usize, field: &str, message: String, remedy: &str| {
        vec![Problem { line, field: field.to_owned(), message, remedy: remedy.to_owned() }]
    };
    let round: Round = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let line = text[..at].lines().count().max(1);
        wrong(line, "", error.message().to_owned(), "correct this line")
    })?;
    if round.to < round.from {
        let message = format!("the round ends in {} before it begins in {}", round.to, round.from);
        return Err(wrong(1, "to", message, "write the last year"));
    }
    Ok(round)
}

/// A visit to a State: programme, places, interlocutors. Notes are a text of
/// the experts with an access class of its own (R057).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Visit {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// Places and bodies visited; never a person who was helped.
    pub programme: String,
}

/// One State in one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The round's id.
    pub round: String,
    /// The State.
    pub state: StateCode,
    /// Steps reached, the first one first.
    pub steps: Vec<StageEntry>,
    /// The visit, if one is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// The day the report was published together with the State's comments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Day>,
    /// Who carries it for the experts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviewers: Vec<Reviewer>,
    /// What was moved since it began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<Moved>,
}

impl Evaluation {
    /// The step it is at.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.steps.last().map_or(Stage::Planned, |entry| entry.stage)
    }

    /// Until when the present step is to be left.
    #[must_use]
    pub fn due(&self) -> Option<Day> {
        self.steps.last().and_then(|entry| entry.due)
    }

    /// Whether a report of a State belongs to its evaluation: the reply to the round's
    /// questionnaire, or what was reported of the years it looks at.
    #[must_use]
    pub fn rests_on(&self, round: &Round, questionnaire: &str, period: i32) -> bool {
        self.round == round.id && round.questionnaire == questionnaire && round.looks_at(period)
    }

    /// Whether the present step is overdue on a day.
    #[must_use]
    pub fn overdue(&self, today: Day) -> bool {
        self.due().is_some_and(|due| due < today) && self.stage() != Stage::Closed
    }
}

/// A text of an evaluation, written by one pillar alone. Every version is kept for
/// those who write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewText {
    /// The evaluation: `round/state`.
    pub evaluation: String,
    /// Whose text it is.
    pub pillar: super::Pillar,
    /// Title.
    pub title: String,
    /// The text, paragraphs separated by empty lines.
    pub text: String,
    /// Language it is written in.
    pub language: String,
    /// Shown to the other actors of the evaluation.
    pub shared: bool,
    /// Shown to everyone.
    pub published: bool,
    /// Earlier versions: the day and the text.
    #[serde(default)]
    pub earlier: Vec<(Day, String)>,
    /// Corrections made after it was published: the day and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<(Day, String)>,
    /// The account that is still typing it: what it saves by itself is one version, until it
    /// is saved by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<String>,
}
