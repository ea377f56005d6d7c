//! What reviews wait for: the steps of an evaluation and the recommendations to a State,
//! each with who has to act, until when, and whether it was done.

use super::{Actor, Evaluation, Recommendation, Round, Stage, Statuses};
use crate::{
    coded,
    register::{day::Day, state::StateCode},
};
use serde::Serialize;
use std::ops::RangeInclusive;

coded! {
    /// How far a step is.
    StepStatus {
        /// Still in time.
        Due = "due",
        /// Its day has passed.
        Overdue = "overdue",
        /// Done.
        Done = "done",
        /// The review went on without it.
        Passed = "passed",
    }
}

/// A step of a review that somebody has to take, or a recommendation to follow up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepOwed {
    /// The State that is reviewed.
    pub state: StateCode,
    /// The round; nothing for a recommendation made outside of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<String>,
    /// The mechanism, where a round tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mechanism: Option<String>,
    /// Title of the round, or the body that made the recommendation.
    pub title: String,
    /// Questionnaire of the round.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questionnaire: Option<String>,
    /// The step.
    pub stage: Stage,
    /// The recommendation to be followed up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<String>,
    /// Who has to act.
    pub actor: Actor,
    /// Since when it waits.
    pub since: Option<Day>,
    /// Until when.
    pub due: Option<Day>,
    /// How far it is.
    pub status: StepStatus,
    /// The day it was done.
    pub done: Option<Day>,
    /// The page where it is done.
    pub page: String,
}

/// What a State has done in an evaluation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Acted {
    /// The day it first replied to the questionnaire.
    pub replied: Option<Day>,
    /// It shared its comments on the draft.
    pub commented: bool,
}

fn status(done: bool, left: bool, due: Option<Day>, today: Day) -> StepStatus {
    match (done, left) {
        (true, _) => StepStatus::Done,
        (false, true) => StepStatus::Passed,
        (false, false) if due.is_some_and(|due| due < today) => StepStatus::Overdue,
        (false, false) => StepStatus::Due,
    }
}

impl Evaluation {
    /// Whether it reached a step whose name says that the State acted.
    #[must_use]
    pub fn says_the_state_acted(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.stage, Stage::Reply | Stage::Comments))
    }

    /// Steps whose name says that the State acted, reached without its act: its time had
    /// passed, and the review went on.
    #[must_use]
    pub fn went_without(&self, acted: Acted) -> Vec<Stage> {
        let steps = self.steps.iter().filter(|step| match step.stage {
            Stage::Reply => acted.replied.is_none_or(|on| on > step.on),
            Stage::Comments => !acted.commented,
            _ => false,
        });
        steps.map(|step| step.stage).collect()
    }

    /// Every step that was reached, with whether it was done.
    #[must_use]
    pub fn owed(&self, round: &Round, acted: Acted, today: Day) -> Vec<StepOwed> {
        let next = self.steps.iter().skip(1).map(|step| Some(step.on)).chain([None]);
        let steps = self.steps.iter().zip(next);
        steps
            .filter(|(step, _)| step.stage != Stage::Closed)
            .map(|(step, left)| {
                let (done, on) = match step.stage {
                    Stage::Questionnaire => (acted.replied.is_some(), acted.replied),
                    Stage::Draft => (acted.commented, left),
                    _ => (left.is_some(), left),
                };
                StepOwed {
                    state: self.state,
                    round: Some(self.round.clone()),
                    mechanism: Some(round.mechanism.clone()),
                    title: round.title.clone(),
                    questionnaire: Some(round.questionnaire.clone()),
                    stage: step.stage,
                    recommendation: None,
                    actor: step.stage.actor(),
                    since: Some(step.on),
                    due: step.due,
                    status: status(done, left.is_some(), step.due, today),
                    done: on.filter(|_| done),
                    page: format!("/reviews/{}/{}", self.round, self.state),
                }
            })
            .collect()
    }
}

impl Statuses {
    /// The follow-up of a recommendation as a step of the State's.
    #[must_use]
    pub fn owed(&self, what: &Recommendation, round: Option<&Round>, today: Day) -> StepOwed {
        let said = self.found.as_ref().or(self.own.as_ref());
        let done = self.counted().is_settled();
        let due = self.deadline(what);
        StepOwed {
            state: self.state,
            round: what.round.clone(),
            mechanism: round.map(|round| round.mechanism.clone()),
            title: what.body.clone(),
            questionnaire: None,
            stage: Stage::FollowUp,
            recommendation: Some(what.id.clone()),
            actor: Actor::State,
            since: said.and_then(|one| one.assigned).or_else(|| what.since()),
            due,
            status: status(done, false, due, today),
            done: said.map(|one| one.on).filter(|_| done),
            page: format!("/recommendations/{}", what.id),
        }
    }
}

impl StepOwed {
    /// Whether nobody has done it yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.status, StepStatus::Due | StepStatus::Overdue)
    }

    /// Whether it waited in one of these years; what is open and has no day does always.
    #[must_use]
    pub fn falls_in(&self, years: &RangeInclusive<i32>, today: Day) -> bool {
        let year = |day: Day| day.date().year();
        let still = self.is_open().then_some(today);
        let days = [self.since, self.due, self.done, still];
        let mut known = days.into_iter().flatten().map(year);
        let Some(first) = known.next() else { return self.is_open() };
        let (from, to) = known.fold((first, first), |(a, b), one| (a.min(one), b.max(one)));
        from <= *years.end() && to >= *years.start()
    }

    /// What is to be done, in English: for calendars and terminals.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        match self.stage {
            Stage::Planned => "send the questionnaire",
            Stage::Questionnaire => "reply to the questionnaire",
            Stage::Reply => "contribution of civil society",
            Stage::CivilSociety => "plan the visit, or draft the report",
            Stage::Visit => "draft the report",
            Stage::Draft => "comment on the draft report",
            Stage::Comments => "adopt the report",
            Stage::Final => "publish the report",
            Stage::Published => "adopt the recommendation",
            Stage::Political => "begin the follow-up",
            Stage::FollowUp | Stage::Closed => "follow up the recommendations",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{OrderRule, StageEntry};

    fn day(text: &str) -> Day {
        text.parse().unwrap_or_else(|_| Day::from(time::Date::MIN))
    }

    fn round() -> Round {
        Round {
            id: "r".into(),
            mechanism: "M".into(),
            title: "First round".into(),
            instrument: "i".into(),
            provisions: Vec::new(),
            questionnaire: "q".into(),
            from: 2030,
            to: 2034,
            order: OrderRule::Name,
            bound_on: None,
            listed: Vec::new(),
            expert_body: None,
            political_body: None,
            source: "Invented".into(),
            moved: Vec::new(),
        }
    }

    fn evaluation(steps: &[(Stage, &str, &str)]) -> Evaluation {
        let steps = steps.iter();
        Evaluation {
            round: "r".into(),
            state: "XAA".parse().unwrap_or(StateCode::EU),
            steps: steps
                .map(|(stage, on, due)| StageEntry {
                    stage: *stage,
                    on: day(on),
                    due: Some(day(due)),
                })
                .collect(),
            visit: None,
            published: None,
            reviewers: Vec::new(),
            moved: Vec::new(),
        }
    }

    #[test]
    fn a_step_of_the_state_is_done_by_the_state_and_by_nobody_else() {
        let asked = evaluation(&[
            (Stage::Planned, "2030-01-01", "2030-03-01"),
            (Stage::Questionnaire, "2030-02-01", "2030-06-01"),
        ]);
        let today = day("2030-07-01");
        let steps = asked.owed(&round(), Acted::default(), today);
        let told: Vec<_> = steps.iter().map(|one| (one.stage, one.actor, one.status)).collect();
        assert_eq!(
            told,
            [
                (Stage::Planned, Actor::Secretariat, StepStatus::Done),
                (Stage::Questionnaire, Actor::State, StepStatus::Overdue),
            ]
        );
        let replied = Acted { replied: Some(day("2030-05-02")), commented: false };
        let steps = asked.owed(&round(), replied, today);
        let last = steps.last().map(|one| (one.status, one.done));
        assert_eq!(last, Some((StepStatus::Done, Some(day("2030-05-02")))));
        // The round went on without the reply: nobody says that there was one.
        let mut on = asked;
        on.steps.push(StageEntry { stage: Stage::Reply, on: day("2030-06-02"), due: None });
        let steps = on.owed(&round(), Acted::default(), today);
        let passed = steps.get(1).map(|one| (one.status, one.done));
        assert_eq!(passed, Some((StepStatus::Passed, None)));
        assert_eq!(on.went_without(Acted::default()), [Stage::Reply]);
        assert!(on.went_without(replied).is_empty());
        // A reply that came later does not make the step before it one of the State's.
        let later = Acted { replied: Some(day("2030-06-20")), commented: false };
        assert_eq!(on.went_without(later), [Stage::Reply]);
    }

    #[test]
    fn a_step_falls_in_the_years_in_which_it_waits() {
        let asked = evaluation(&[(Stage::Draft, "2030-11-01", "2031-01-01")]);
        let steps = asked.owed(&round(), Acted::default(), day("2033-01-01"));
        let falls = |years| steps.iter().all(|one| one.falls_in(&years, day("2033-01-01")));
        assert!(falls(2030..=2030) && falls(2031..=2031) && falls(2033..=2040));
        assert!(!falls(2020..=2029) && !falls(2034..=2040));
    }
}
