//! Answer once: what the State answered elsewhere, offered with its age and
//! source, the stricter standard, and where its answers contradict each other.

use super::facts::{given_answers, one_by_one};
use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
    register::ask::Lookup,
    review::evaluates as evaluates_of,
};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    report::{Contradiction, Proposal, Questionnaire, Standard, contradictions, proposals},
};
use std::collections::BTreeMap;

/// What may be offered for the questions of a questionnaire.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposed {
    /// Proposals by question.
    pub by_question: BTreeMap<String, Vec<Proposal>>,
}

/// Proposals for every question of a questionnaire from the State's answers
/// to others; never a confidential one.
///
/// # Errors
/// When the store does not answer.
pub async fn propose(
    app: &App,
    questionnaire: &Questionnaire,
    state: StateCode,
) -> Result<Proposed, Refused> {
    let today: Day = app.store.now().date().into();
    let all = given_answers(app, state).await?;
    let given = one_by_one(&all);
    let by_question = questionnaire
        .questions()
        .filter_map(|question| {
            let found = proposals(questionnaire, question, &given, today);
            (!found.is_empty()).then(|| (question.code.clone(), found))
        })
        .collect();
    Ok(Proposed { by_question })
}

/// The standards that mechanisms of a State set by a rule of their profiles,
/// the strictest first.
pub async fn standards(app: &App, state: StateCode, rule: &str) -> Vec<Standard> {
    let today: Day = app.store.now().date().into();
    let ask = Lookup::of(app);
    let mut found = Vec::new();
    for profile in app.content.mechanisms().profiles() {
        let Some(rule) =
            profile.rules.given().and_then(|rules| rules.iter().find(|one| one.key == rule))
        else {
            continue;
        };
        let members = ask.members(profile, today).await.unwrap_or_default();
        if members.iter().any(|member| member == state.as_str()) {
            found.push(Standard {
                value: f64::from(rule.value),
                unit: rule.unit.clone(),
                more_is_stricter: true,
                source: format!("{}, {}", profile.id, rule.provenance.source),
            });
        }
    }
    found.sort_by(|a, b| b.value.total_cmp(&a.value));
    found
}

/// Where a State's answers contradict each other. The State sees all of them;
/// others only those whose time for putting it right has passed, and those who evaluate
/// only what touches a reply they evaluate.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_contradictions(
    acting: &Acting<'_>,
    state: StateCode,
) -> Result<Vec<Contradiction>, Refused> {
    let resource = Resource::region().in_state(Some(state.as_str()));
    let own = acting.may(Action::EditReport, &resource).allowed;
    let receives = acting.may(Action::ReceiveReports, &resource).allowed;
    let evaluates = acting.may(Action::WriteFindings, &Resource::region()).allowed;
    if !own && !evaluates {
        acting.allow(Action::ReceiveReports, &resource).await?;
    }
    let today: Day = acting.now().date().into();
    let all = given_answers(acting.app, state).await?;
    let mut found = contradictions(&one_by_one(&all));
    if !own {
        found.retain(|one| one.shown_to_bodies_from <= today);
    }
    if own || receives {
        return Ok(found);
    }
    let mut theirs = Vec::new();
    for one in found {
        let mut touches = false;
        for place in [&one.one, &one.other] {
            let (asked, of) = (place.questionnaire.as_str(), state.as_str());
            touches |= evaluates_of(acting, asked, of, place.period).await?;
        }
        if touches {
            theirs.push(one);
        }
    }
    Ok(theirs)
}
