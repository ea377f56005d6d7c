//! What reviews wait for: of a State, across all its mechanisms; and of whoever reads, by
//! what they may do. A confidential recommendation is a step for its State alone.

use super::Recommended;
use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
    report::first_sent,
};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::Obligation,
    review::{Acted, Actor, Evaluation, Round, Stage, StepOwed, StepStatus},
};
use palermo_store::review::evaluation as stored;
use std::ops::RangeInclusive;

/// Days before its last one from which a recommendation is told among somebody's work.
const AHEAD_DAYS: i64 = 30;

/// What the State of an evaluation has done in it.
pub(super) async fn acted(
    app: &App,
    round: &Round,
    evaluation: &Evaluation,
) -> Result<Acted, Refused> {
    let state = evaluation.state;
    let looked_at = |period| round.looks_at(period);
    let replied = first_sent(app, &round.questionnaire, state, looked_at).await?;
    let commented = super::texts::commented(app, &round.id, state).await?;
    Ok(Acted { replied, commented })
}

fn is_shown(one: &Recommended, confidential: bool) -> bool {
    confidential || !one.recommendation.confidential
}

/// Steps of reviews that wait or waited for a State in these years, in the order they fall
/// due: those of its evaluations, in every mechanism, and the recommendations it was given;
/// what is `confidential` among them only for whoever may see it. A reply that stands among
/// its `duties` is not told twice.
///
/// # Errors
/// When the store does not answer.
pub async fn steps_of(
    app: &App,
    state: StateCode,
    duties: &[Obligation],
    years: RangeInclusive<i32>,
    today: Day,
    confidential: bool,
) -> Result<Vec<StepOwed>, Refused> {
    let rounds = super::rounds(app).await?;
    let known = |id: &str| rounds.iter().find(|round| round.id == id);
    let mut steps = Vec::new();
    for one in stored::list(&app.store, None).await? {
        let evaluation = one.record.entry;
        let Some(round) = known(&evaluation.round).filter(|_| evaluation.state == state) else {
            continue;
        };
        steps.extend(evaluation.owed(round, acted(app, round, &evaluation).await?, today));
    }
    for one in super::recommendations(app).await? {
        let what = &one.recommendation;
        let round = what.round.as_deref().and_then(known);
        let own = one.states.iter().filter(|said| said.state == state);
        if is_shown(&one, confidential) {
            steps.extend(own.map(|said| said.owed(what, round, today)));
        }
    }
    steps.retain(|one| {
        one.actor == Actor::State && one.falls_in(&years, today) && !is_among(one, duties)
    });
    steps.sort_by(|a, b| (a.due, a.since, &a.page).cmp(&(b.due, b.since, &b.page)));
    Ok(steps)
}

/// Whether a reply to a round is a report its mechanism lists as a duty too: its day is then
/// the day of the step.
fn is_among(step: &StepOwed, duties: &[Obligation]) -> bool {
    step.stage == Stage::Questionnaire
        && duties.iter().any(|one| {
            one.of.questionnaire == step.questionnaire
                && Some(&one.of.mechanism) == step.mechanism.as_ref()
                && Some(one.first_due.unwrap_or(one.of.due)) == step.due
        })
}

/// Whether the reader sees what reviews say to a State in confidence: it does, and whoever
/// writes or receives it.
#[must_use]
pub fn sees_confidential(acting: &Acting<'_>, state: StateCode) -> bool {
    let own = Resource::region().in_state(Some(state.as_str()));
    acting.may(Action::WriteComments, &own).allowed || reviews(acting)
}

/// Whether the reader writes or leads reviews of every State.
fn reviews(acting: &Acting<'_>) -> bool {
    let region = [Action::WriteFindings, Action::WritePolitical, Action::RunReview];
    region.iter().any(|one| acting.may(*one, &Resource::region()).allowed)
}

/// Whether the reader sees a recommendation at all: what is confidential is for the States
/// it is made to, for whoever reviews them and for whoever keeps recommendations.
#[must_use]
pub fn reads(acting: &Acting<'_>, one: &Recommended) -> bool {
    if !one.recommendation.confidential || reviews(acting) {
        return true;
    }
    let own = acting.subject.state.as_deref().and_then(|code| code.parse::<StateCode>().ok());
    let named = &one.recommendation.states;
    let made_to = |state: &StateCode| named.is_empty() || named.contains(state);
    acting.may(Action::KeepRecommendations, &Resource::region()).allowed
        || own.is_some_and(|state| made_to(&state) && sees_confidential(acting, state))
}

/// Whether a step is the reader's to take.
fn is_mine(acting: &Acting<'_>, step: &StepOwed) -> bool {
    let own = Resource::region().in_state(Some(step.state.as_str()));
    let region = Resource::region();
    let (action, resource) = match (step.actor, step.stage) {
        (Actor::State, Stage::Questionnaire) => (Action::EditReport, own),
        (Actor::State, _) => (Action::WriteComments, own),
        (Actor::Secretariat, _) => (Action::RunReview, region),
        (Actor::CivilSociety, _) => (Action::ContributeReport, region),
        (Actor::Experts, _) => (Action::WriteFindings, region),
        (Actor::Political, _) => (Action::WritePolitical, region),
    };
    acting.may(action, &resource).allowed
}

/// Steps of reviews that wait for the reader: for the State what it owes, for the others
/// the present step of each evaluation. An evaluation is led on by the organisation that
/// keeps it, also from a step whose State has acted or whose time has passed.
///
/// # Errors
/// When the store does not answer.
pub async fn steps_for_me(acting: &Acting<'_>) -> Result<Vec<StepOwed>, Refused> {
    let (app, (tenant, _)) = (acting.app, acting.member()?);
    let (region, own) = takes_part(acting);
    if !region && own.is_none() {
        return Ok(Vec::new());
    }
    let today: Day = acting.now().date().into();
    let rounds = super::rounds(app).await?;
    let mut steps = Vec::new();
    for one in stored::list(&app.store, None).await? {
        let evaluation = &one.record.entry;
        if !region && own != Some(evaluation.state) {
            continue;
        }
        let Some(round) = rounds.iter().find(|round| round.id == evaluation.round) else {
            continue;
        };
        let Some(mut step) = present(acting, round, evaluation, today).await? else { continue };
        let leads = step.actor == Actor::Secretariat;
        if step.is_open() && is_mine(acting, &step) && (!leads || one.record.tenant == tenant) {
            steps.push(step);
            continue;
        }
        // The State has acted, or time has passed: somebody has to lead on.
        let left = match step.actor {
            Actor::State if step.stage.awaits_the_state() => {
                super::waits_for_the_state(app, round, evaluation).await?.is_none()
            }
            Actor::CivilSociety => step.status == StepStatus::Overdue,
            _ => false,
        };
        step.actor = Actor::Secretariat;
        if left && one.record.tenant == tenant && is_mine(acting, &step) {
            if !step.is_open() {
                (step.status, step.due) = (StepStatus::Due, None);
            }
            steps.push(step);
        }
    }
    steps.extend(recommended(acting, &rounds, today).await?);
    steps.sort_by(|a, b| (a.due, a.since, &a.page).cmp(&(b.due, b.since, &b.page)));
    Ok(steps)
}

/// Whether steps of every State may be the reader's, and the State whose steps may be.
fn takes_part(acting: &Acting<'_>) -> (bool, Option<StateCode>) {
    let region = [
        Action::RunReview,
        Action::WriteFindings,
        Action::WritePolitical,
        Action::ContributeReport,
    ];
    let region = region.iter().any(|one| acting.may(*one, &Resource::region()).allowed);
    let state = acting.subject.state.as_deref().and_then(|code| code.parse::<StateCode>().ok());
    let own = state.filter(|state| {
        let own = Resource::region().in_state(Some(state.as_str()));
        let may = [Action::EditReport, Action::WriteComments];
        may.iter().any(|one| acting.may(*one, &own).allowed)
    });
    (region, own)
}

/// The present step of an evaluation.
async fn present(
    acting: &Acting<'_>,
    round: &Round,
    evaluation: &Evaluation,
    today: Day,
) -> Result<Option<StepOwed>, Refused> {
    if evaluation.stage() == Stage::Closed {
        return Ok(None);
    }
    let acted = if evaluation.stage().awaits_the_state() {
        acted(acting.app, round, evaluation).await?
    } else {
        Acted::default()
    };
    Ok(evaluation.owed(round, acted, today).pop())
}

/// Recommendations to the reader's State that are late or due soon, and those of which the
/// State has said nothing yet.
async fn recommended(
    acting: &Acting<'_>,
    rounds: &[Round],
    today: Day,
) -> Result<Vec<StepOwed>, Refused> {
    let Some(state) = takes_part(acting).1 else { return Ok(Vec::new()) };
    let soon = today.plus_days(AHEAD_DAYS);
    let mut steps = Vec::new();
    for one in super::recommendations(acting.app).await? {
        let what = &one.recommendation;
        let round = rounds.iter().find(|round| Some(&round.id) == what.round.as_ref());
        for said in one.states.iter().filter(|said| said.state == state) {
            let step = said.owed(what, round, today);
            let now = said.own.is_none() || step.due.is_some_and(|due| due <= soon);
            if step.is_open() && now && is_mine(acting, &step) {
                steps.push(step);
            }
        }
    }
    Ok(steps)
}
