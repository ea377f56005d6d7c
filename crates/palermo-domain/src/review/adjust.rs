//! What is moved after a round was set up: its facts, days of a step, reviewers. The
//! reason stays beside what stood before, and the steps keep their order (R054, R056).

use super::{Evaluation, Round, Stage};
use crate::register::{day::Day, state::StateCode};
use serde::{Deserialize, Serialize};

/// A change to a round or an evaluation, with what stood before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The day it was decided.
    pub on: Day,
    /// The organisation that changed it.
    pub by: String,
    /// What was changed: a field of the round, `reached`, `due` or `reviewers`.
    pub what: String,
    /// The step, where it is one's day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// What stood before.
    pub before: String,
    /// What stands now.
    pub after: String,
    /// Why.
    pub reason: String,
}

/// Who carries an evaluation for the experts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewer {
    /// Name and function.
    pub name: String,
    /// The State they come from, if they tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
}

/// Why a day cannot be moved there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotMoved {
    /// There is no such step.
    #[error("the evaluation has not reached that step")]
    NoStep,
    /// A step is reached when it is reached.
    #[error("the day lies in the future")]
    Future,
    /// The step before it was reached later.
    #[error("the step before it was reached on {0}")]
    BeforeStep(Day),
    /// The step after it was reached earlier.
    #[error("the step after it was reached on {0}")]
    AfterStep(Day),
    /// It would be due before it was reached.
    #[error("the step would be due before it was reached")]
    DueFirst,
    /// The State's time is never cut short.
    #[error("the State was given until {0}; its time is only made longer")]
    Shortened(Day),
    /// Nothing was changed.
    #[error("these days stand already")]
    Unchanged,
}

/// A reviewer of the State that is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody reviews their own State {0}")]
pub struct OwnReviewer(pub StateCode);

impl Evaluation {
    /// Moves the day a step was reached and, for the present one, until when it is to be
    /// left. Steps keep their order, and what was promised to the State is kept.
    ///
    /// # Errors
    /// Why it cannot be moved there.
    pub fn move_days(
        &mut self,
        at: usize,
        on: Day,
        due: Option<Day>,
        today: Day,
    ) -> Result<(), NotMoved> {
        let earlier = at.checked_sub(1).and_then(|at| self.steps.get(at)).map(|step| step.on);
        let later = at.checked_add(1).and_then(|at| self.steps.get(at)).map(|step| step.on);
        let step = self.steps.get_mut(at).ok_or(NotMoved::NoStep)?;
        if on > today {
            return Err(NotMoved::Future);
        }
        if let Some(earlier) = earlier.filter(|earlier| on < *earlier) {
            return Err(NotMoved::BeforeStep(earlier));
        }
        if let Some(later) = later.filter(|later| on > *later) {
            return Err(NotMoved::AfterStep(later));
        }
        let present = later.is_none() && step.stage != Stage::Closed;
        let due = due.filter(|_| present).or(step.due);
        if present && due.is_some_and(|due| due < on) {
            return Err(NotMoved::DueFirst);
        }
        // Where no day was named, a day that has passed would end the State's time at once.
        let promised = step.due.unwrap_or(today);
        if present && step.stage.awaits_the_state() && due.is_some_and(|due| due < promised) {
            return Err(NotMoved::Shortened(promised));
        }
        if (on, due) == (step.on, step.due) {
            return Err(NotMoved::Unchanged);
        }
        (step.on, step.due) = (on, due);
        if step.stage == Stage::Published {
            self.published = Some(on);
        }
        Ok(())
    }

    /// Names who carries the evaluation.
    ///
    /// # Errors
    /// [`OwnReviewer`] for one of the State that is evaluated.
    pub fn name_reviewers(&mut self, reviewers: Vec<Reviewer>) -> Result<(), OwnReviewer> {
        if reviewers.iter().any(|one| one.state == Some(self.state)) {
            return Err(OwnReviewer(self.state));
        }
        self.reviewers = reviewers;
        Ok(())
    }
}

impl Round {
    /// What is different in a later description of it: field, before, after.
    #[must_use]
    pub fn differs(&self, now: &Self) -> Vec<(&'static str, String, String)> {
        let fields = |round: &Self| {
            [
                ("title", round.title.clone()),
                ("provisions", round.provisions.join(", ")),
                ("from", round.from.to_string()),
                ("to", round.to.to_string()),
                ("order", round.order.to_string()),
                ("source", round.source.clone()),
            ]
        };
        let pairs = fields(self).into_iter().zip(fields(now));
        let changed = pairs.filter(|(before, after)| before != after);
        changed.map(|((field, before), (_, after))| (field, before, after)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::review::StageEntry;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn step(stage: Stage, on: &str, due: &str) -> StageEntry {
        StageEntry { stage, on: day(on), due: due.parse().ok() }
    }

    fn evaluation() -> Evaluation {
        Evaluation {
            round: "r1".into(),
            state: "XAA".parse().unwrap(),
            steps: vec![
                step(Stage::Planned, "2026-01-10", "2026-03-10"),
                step(Stage::Questionnaire, "2026-02-01", "2026-06-01"),
            ],
            visit: None,
            published: None,
            reviewers: Vec::new(),
            moved: Vec::new(),
        }
    }

    #[test]
    fn req_056_days_are_moved_and_the_steps_keep_their_order() {
        let today = day("2026-04-01");
        let mut one = evaluation();
        let tried =
            |at, on: &str, due: &str| one.clone().move_days(at, day(on), due.parse().ok(), today);
        assert_eq!(tried(0, "2026-02-02", ""), Err(NotMoved::AfterStep(day("2026-02-01"))));
        assert_eq!(tried(1, "2026-01-09", ""), Err(NotMoved::BeforeStep(day("2026-01-10"))));
        assert_eq!(tried(1, "2026-04-02", ""), Err(NotMoved::Future));
        assert_eq!(tried(1, "2026-02-01", ""), Err(NotMoved::Unchanged));
        for none in [2, usize::MAX] {
            assert_eq!(tried(none, "2026-02-01", ""), Err(NotMoved::NoStep));
        }
        one.move_days(1, day("2026-02-03"), "2026-07-01".parse().ok(), today).unwrap();
        assert_eq!(one.due(), Some(day("2026-07-01")));
    }

    #[test]
    fn the_time_a_state_was_given_is_never_cut_short() {
        let mut one = evaluation();
        let sooner =
            one.move_days(1, day("2026-02-01"), Some(day("2026-03-01")), day("2026-04-01"));
        assert_eq!(sooner, Err(NotMoved::Shortened(day("2026-06-01"))));
        let mut open = evaluation();
        open.steps[1].due = None;
        let today = day("2026-04-01");
        let passed = open.move_days(1, day("2026-02-01"), Some(day("2026-03-01")), today);
        assert_eq!(passed, Err(NotMoved::Shortened(today)));
        assert!(open.move_days(1, day("2026-02-02"), None, today).is_ok());
    }

    #[test]
    fn nobody_reviews_their_own_state() {
        let reviewer =
            |code: &str| Reviewer { name: "Judge of a port".into(), state: code.parse().ok() };
        let mut one = evaluation();
        assert!(one.name_reviewers(vec![reviewer("XBB"), reviewer("XAA")]).is_err());
        assert!(one.name_reviewers(vec![reviewer("XBB"), reviewer("")]).is_ok());
        assert_eq!(one.reviewers.len(), 2);
    }
}
