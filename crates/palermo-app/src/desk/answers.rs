//! Who answers now, for a State and a topic.

use super::{contact::told, topic_code};
use crate::{Acting, Refused};
use palermo_domain::{
    desk::{
        Desk, DeskLevel,
        answers::{Answering, Candidate, answers_now as decide},
        contact::{ContactPoint, PointKind},
    },
    register::state::StateCode,
    service::Freshness,
};

/// What one turns to a contact point for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sought<'a> {
    /// The topic, by its code or by its name in any language; any if empty.
    pub topic: &'a str,
    /// Only at this level, such as the border office.
    pub level: Option<DeskLevel>,
    /// Only of this kind.
    pub kind: Option<PointKind>,
}

impl Sought<'_> {
    fn fits(&self, acting: &Acting<'_>, one: &Candidate) -> bool {
        let topic = topic_code(acting.app, self.topic);
        let kind = one.point.as_ref().map(|point| point.kind);
        let about = |said: &String| topic_code(acting.app, said) == topic;
        (topic.is_empty() || one.desk.topics.iter().any(about))
            && self.level.is_none_or(|level| one.desk.level == level)
            && self.kind.is_none_or(|wanted| kind == Some(wanted))
    }
}

/// Who answers, with the desk's particulars.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The decision.
    pub answering: Answering,
    /// The desk to turn to.
    pub desk: Option<Desk>,
    /// What else is known of it.
    pub point: Option<ContactPoint>,
    /// How fresh what is known of it is (R070).
    pub fresh: Option<Freshness>,
}

/// The contact point of a State that answers now for what is sought: the open one, its
/// deputy, or the one that opens next. The public is led to desks of the national
/// coordination and hotlines only; staff to all; a program to those that tell of no
/// protected house (R9).
///
/// # Errors
/// When the database does not answer.
pub async fn answers_now(
    acting: &Acting<'_>,
    state: StateCode,
    sought: Sought<'_>,
) -> Result<Answer, Refused> {
    let all: Vec<Candidate> = told(acting).await?.into_iter().map(|(one, _)| one).collect();
    let seats: Vec<_> = all.iter().map(|one| (one.desk.id, one.leads + one.alternates)).collect();
    let of_state = |one: &Candidate| one.desk.state.as_deref() == Some(state.as_str());
    let (mine, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| of_state(one) && sought.fits(acting, one));
    let answering = decide(&mine, &others, acting.now(), |one| {
        seats.iter().any(|(id, count)| *id == one.desk.id && *count > 0)
    });
    let found = answering
        .desk()
        .and_then(|id| mine.into_iter().chain(others).find(|one| one.desk.id == id));
    let fresh = found.as_ref().map(|one| one.freshness(acting.now()));
    let (desk, point) = found.map_or((None, None), |one| (Some(one.desk), one.point));
    Ok(Answer { answering, desk, point, fresh })
}
