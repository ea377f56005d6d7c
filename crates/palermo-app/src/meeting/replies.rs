//! What States report of decisions of a body they belong to: their own account with the
//! day and the evidence, beside the one the body keeps, and before the next meeting
//! (R219). Members read it; the public and observers do not.

use super::{BodyShown, closed::Reads, described};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    register::ask::Lookup,
};
use palermo_domain::{
    id::{DecisionReplyId, MeetingId},
    meeting::{ActionStatus, Decision, DecisionReply, Meeting},
    register::{day::Day, state::StateCode},
};
use palermo_store::meeting::{meeting as meetings, reply as stored};

/// What someone typed to report on a decision.
#[derive(Debug, Clone, Default)]
pub struct ReplyForm {
    /// Which decision: its words as they were shown, so that one put before it meanwhile
    /// takes nothing from it; or its number, from 0.
    pub decision: String,
    /// Which of its actions, likewise; empty or `whole` for the decision itself.
    pub action: String,
    /// How far it is.
    pub status: String,
    /// What was done.
    pub text: String,
    /// What proves it.
    pub evidence: String,
}

impl ReplyForm {
    /// The decision that was meant.
    #[must_use]
    pub fn decision_of<'m>(&self, meeting: &'m Meeting) -> Option<&'m Decision> {
        meant(&meeting.decisions, &self.decision, |one| &one.text)
    }
}

/// What was meant by words, or by a number from 0.
fn meant<'a, T>(all: &'a [T], typed: &str, words: impl Fn(&T) -> &str) -> Option<&'a T> {
    let typed = typed.trim();
    let by_words = all.iter().find(|one| words(one) == typed);
    by_words.or_else(|| typed.parse::<usize>().ok().and_then(|at| all.get(at)))
}

/// The State for which the reader may report on decisions of a body: a member of its
/// mechanism, through its contact person. An observer reports nothing.
///
/// # Errors
/// When the store does not answer.
pub async fn replies_for(acting: &Acting<'_>, key: &str) -> Result<Option<StateCode>, Refused> {
    let (Some((mechanism, _)), Some(code)) =
        (described(acting.app, key), acting.subject.state.as_deref())
    else {
        return Ok(None);
    };
    let own = Resource::region().in_state(Some(code));
    if !acting.may(Action::WriteComments, &own).allowed {
        return Ok(None);
    }
    let today: Day = acting.now().date().into();
    let Some(profile) = acting.app.content.mechanisms().get(mechanism) else { return Ok(None) };
    let members = Lookup::of(acting.app).known_members(profile, today).await?;
    Ok(code.parse().ok().filter(|_| members.iter().any(|member| member == code)))
}

/// Reports on decisions of a body that the reader may see, in the order they were made:
/// all for members of the body and for who keeps the meeting, one's own for a State.
///
/// # Errors
/// When the store does not answer.
pub async fn replies(
    acting: &Acting<'_>,
    shown: &BodyShown,
) -> Result<Vec<DecisionReply>, Refused> {
    let own = replies_for(acting, &shown.key).await?;
    let reads = Reads::of(acting, &shown.mechanism, &shown.seats).await?;
    // Of each meeting of the body: its id, and whether all that was reported is read.
    let held: Vec<(String, bool)> = shown
        .meetings
        .iter()
        .map(|one| (one.record.id.to_string(), reads.closed(one.record.tenant)))
        .collect();
    if own.is_none() && !held.iter().any(|(_, all)| *all) {
        return Ok(Vec::new());
    }
    let found = stored::list(&acting.app.store, None).await?;
    Ok(found
        .into_iter()
        .map(|one| one.record.entry)
        .filter(|one| {
            let meeting = held.iter().find(|(id, _)| *id == one.meeting);
            meeting.is_some_and(|(_, all)| *all || Some(one.state) == own)
        })
        .collect())
}

/// Reports for one's State on a decision, or on an action that follows from it.
///
/// # Errors
/// Every problem of the form at once; [`Refused::NotFound`] for a decision that is not
/// there, or of a body the State does not belong to.
pub async fn reply(
    acting: &Acting<'_>,
    id: MeetingId,
    form: &ReplyForm,
) -> Result<DecisionReplyId, Refused> {
    let state = acting.subject.state.clone().ok_or(Refused::NotFound)?;
    let resource = Resource::region().in_state(Some(&state));
    acting.allow(Action::WriteComments, &resource).await?;
    let mut act = begin!(acting, acting.context(Action::WriteComments)?.about(id));
    let all = meetings::list(&acting.app.store, None).await?;
    let found = all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)?;
    let meeting = &found.record.entry;
    let state = replies_for(acting, &meeting.body).await?.ok_or(Refused::NotFound)?;
    let decision = form.decision_of(meeting).ok_or(Refused::NotFound)?;
    let action = match form.action.trim() {
        "" | "whole" => None,
        one => {
            let found = meant(&decision.actions, one, |action| &action.what);
            Some(found.ok_or(Refused::NotFound)?.what.clone())
        }
    };
    let mut problems = Problems::default();
    let status = form.status.parse::<ActionStatus>().ok();
    if status.is_none() {
        problems.add("status", Message::new("error-choose"));
    }
    let text = problems.required("text", &form.text, 4000);
    let evidence = problems.bounded("evidence", &form.evidence, 1000);
    if status == Some(ActionStatus::Done) && evidence.is_empty() {
        problems.add("evidence", Message::new("error-follow-evidence"));
    }
    problems.none()?;
    let record = DecisionReply {
        meeting: id.to_string(),
        decision: decision.text.clone(),
        action,
        state,
        status: status.ok_or(Refused::NotFound)?,
        text,
        evidence,
        on: acting.now().date().into(),
    };
    let made = stored::insert(&mut act, &record).await?;
    act.about(made);
    act.commit(&made).await?;
    Ok(made)
}
