//! The steps of an evaluation, who acts in each, how long it takes, and whose
//! text is whose. Experts write findings; the political body writes its
//! recommendation; neither edits the other's text (R059).

use crate::{coded, register::day::Day};
use serde::{Deserialize, Serialize};

coded! {
    /// A step of an evaluation (R056).
    Stage {
        /// Not begun.
        Planned = "planned",
        /// The questionnaire has gone out.
        Questionnaire = "questionnaire",
        /// The State has answered.
        Reply = "reply",
        /// Civil society has contributed, or its time has passed.
        CivilSociety = "civil-society",
        /// The visit has taken place.
        Visit = "visit",
        /// The draft report has gone to the State.
        Draft = "draft",
        /// The State has commented.
        Comments = "comments",
        /// The report and its conclusions are adopted.
        Final = "final",
        /// Published together with the State's comments.
        Published = "published",
        /// The political body has adopted its recommendation.
        Political = "political",
        /// Followed up until the next round.
        FollowUp = "follow-up",
        /// Closed.
        Closed = "closed",
    }
}

coded! {
    /// Who has to act.
    Actor {
        /// The secretariat.
        Secretariat = "secretariat",
        /// The State evaluated.
        State = "state",
        /// Civil society and human-rights institutions.
        CivilSociety = "civil-society",
        /// The experts.
        Experts = "experts",
        /// The political body.
        Political = "political",
    }
}

impl Stage {
    /// Who has to act so that the evaluation leaves this step.
    #[must_use]
    pub const fn actor(self) -> Actor {
        match self {
            Self::Planned | Self::Final => Actor::Secretariat,
            Self::Questionnaire | Self::Draft | Self::FollowUp => Actor::State,
            Self::Reply => Actor::CivilSociety,
            Self::CivilSociety | Self::Visit | Self::Comments => Actor::Experts,
            Self::Published | Self::Political | Self::Closed => Actor::Political,
        }
    }

    /// Steps that may follow. A visit may be left out; a State that does not
    /// comment does not hold the report up.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Planned => &[Self::Questionnaire],
            Self::Questionnaire => &[Self::Reply],
            Self::Reply => &[Self::CivilSociety],
            Self::CivilSociety => &[Self::Visit, Self::Draft],
            Self::Visit => &[Self::Draft],
            Self::Draft => &[Self::Comments],
            Self::Comments => &[Self::Final],
            Self::Final => &[Self::Published],
            Self::Published => &[Self::Political],
            Self::Political => &[Self::FollowUp],
            Self::FollowUp => &[Self::Closed],
            Self::Closed => &[],
        }
    }

    /// Months given to leave the step, unless the profile says otherwise.
    #[must_use]
    pub const fn months(self) -> u16 {
        match self {
            Self::Planned | Self::Draft | Self::Published => 2,
            Self::Questionnaire => 4,
            Self::Reply | Self::Comments | Self::Final => 1,
            Self::CivilSociety | Self::Visit => 3,
            Self::Political => 6,
            Self::FollowUp => 24,
            Self::Closed => 0,
        }
    }
}

/// A step that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageEntry {
    /// The step.
    pub stage: Stage,
    /// The day it was reached.
    pub on: Day,
    /// Until when it is to be left.
    pub due: Option<Day>,
}

/// When a step entered on a day is to be left. `reply_months` is the time the
/// profile gives for answering the questionnaire.
#[must_use]
pub fn due_from(stage: Stage, on: Day, reply_months: Option<u16>) -> Option<Day> {
    let months = match stage {
        Stage::Questionnaire => reply_months.unwrap_or(stage.months()),
        other => other.months(),
    };
    (stage != Stage::Closed).then(|| on.plus_months(months))
}

/// A step that cannot follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{to}` does not follow `{from}`; after it comes {}", listed(*from))]
pub struct NotThatStep {
    /// Where the evaluation is.
    pub from: Stage,
    /// Where it should have gone.
    pub to: Stage,
}

fn listed(stage: Stage) -> String {
    let next: Vec<String> = stage.next().iter().map(|one| format!("`{one}`")).collect();
    if next.is_empty() { "nothing".to_owned() } else { next.join(" or ") }
}

/// Whether an evaluation may go from one step to another.
///
/// # Errors
/// What would follow instead.
pub fn may_move(from: Stage, to: Stage) -> Result<(), NotThatStep> {
    if from.next().contains(&to) { Ok(()) } else { Err(NotThatStep { from, to }) }
}

/// A step that is the State's to leave, for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{stage}` is left by the State's own act{}", until(*due))]
pub struct StatesStep {
    /// The step.
    pub stage: Stage,
    /// Until when the State has time.
    pub due: Option<Day>,
}

fn until(due: Option<Day>) -> String {
    due.map_or_else(String::new, |due| format!(", or after {due} without it"))
}

impl Stage {
    /// Whether the step after this one says that the State has done something: replied
    /// to the questionnaire, commented on the draft.
    #[must_use]
    pub const fn awaits_the_state(self) -> bool {
        matches!(self, Self::Questionnaire | Self::Draft)
    }
}

/// Whether those who run an evaluation may leave a step. Nobody says in the State's
/// place that it replied or commented: it has acted, or its time has passed.
///
/// # Errors
/// That the step is still the State's.
pub fn may_leave(
    stage: Stage,
    state_has_acted: bool,
    due: Option<Day>,
    today: Day,
) -> Result<(), StatesStep> {
    let passed = due.is_some_and(|due| due < today);
    if !stage.awaits_the_state() || state_has_acted || passed {
        Ok(())
    } else {
        Err(StatesStep { stage, due })
    }
}

coded! {
    /// Whose text it is.
    Pillar {
        /// The experts': findings, draft and final report.
        Expert = "expert",
        /// The political body's: its recommendation.
        Political = "political",
        /// The State's: its comments.
        State = "state",
        /// Notes of a visit, for the experts alone (R057).
        VisitNotes = "visit-notes",
    }
}

/// Whether a text stands as it was sent: the draft the State comments on, once the experts
/// shared it, until the review goes on.
#[must_use]
pub const fn stands(stage: Stage, pillar: Pillar, shared: bool) -> bool {
    shared && matches!((stage, pillar), (Stage::Draft, Pillar::Expert))
}

/// Whether someone who acts for `own` may edit a text of `text`: only one's own.
#[must_use]
pub fn may_edit(own: Actor, text: Pillar) -> bool {
    matches!(
        (own, text),
        (Actor::Experts, Pillar::Expert | Pillar::VisitNotes)
            | (Actor::Political, Pillar::Political)
            | (Actor::State, Pillar::State)
    )
}
