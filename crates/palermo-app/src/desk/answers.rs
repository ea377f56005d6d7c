//! Who answers now, for a State and a topic.

use super::contact::{for_programs, lookup};
use crate::{
    Acting, Refused,
    access::{Action, Resource},
    service::{is_public_desk, sees_protected},
};
use palermo_domain::{
    desk::{
        Desk,
        answers::{Answering, Candidate, answers_now as decide},
        contact::ContactPoint,
    },
    register::state::StateCode,
};

/// Who answers, with the desk's particulars.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The decision.
    pub answering: Answering,
    /// The desk to turn to.
    pub desk: Option<Desk>,
    /// What else is known of it.
    pub point: Option<ContactPoint>,
}

/// The contact point that answers now for a State and a topic (empty: any): the
/// open one, its deputy, or the one that opens next. The public is led to
/// desks of the national coordination and hotlines only; staff to all; a program
/// to those that tell of no protected house (R9).
///
/// # Errors
/// When the database does not answer.
pub async fn answers_now(
    acting: &Acting<'_>,
    state: StateCode,
    topic: &str,
) -> Result<Answer, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    let staff = sees_protected(acting);
    let mut found = lookup(acting).await?;
    if staff && acting.limited_to.is_some() {
        found = for_programs(acting, found).await?;
    }
    let mut all = Vec::new();
    for (candidate, _) in found {
        if staff || is_public_desk(acting, &candidate.desk).await? {
            all.push(candidate);
        }
    }
    let seats: Vec<_> = all.iter().map(|one| (one.desk.id, one.leads + one.alternates)).collect();
    let of_state = |one: &Candidate| one.desk.state.as_deref() == Some(state.as_str());
    let competent =
        |one: &Candidate| topic.is_empty() || one.desk.topics.iter().any(|t| t == topic);
    let (mine, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| of_state(one) && competent(one));
    let answering = decide(&mine, &others, acting.now(), |one| {
        seats.iter().any(|(id, count)| *id == one.desk.id && *count > 0)
    });
    let found = answering
        .desk()
        .and_then(|id| mine.into_iter().chain(others).find(|one| one.desk.id == id));
    let (desk, point) = found.map_or((None, None), |one| (Some(one.desk), one.point));
    Ok(Answer { answering, desk, point })
}
