//! Closing a case with a reason, and opening it again. A closed case still
//! takes notes, services and rights incidents: help never depends on it (R2).

use super::{change, permitted, tell};
use crate::{Acting, Message, Refused, access::Action, begin, care::remind};
use palermo_domain::{
    case::{Closure, Phase, status::VictimStatus},
    id::CaseId,
    purpose::Purpose,
};
use palermo_store::{UnlockedVault, case::event as events};

/// Closes a case. A person who was not identified is referred elsewhere rather
/// than sent away: another reason then needs words (R095).
///
/// # Errors
/// [`Refused::Invalid`] without a reason, or where words are needed.
pub async fn close(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    closure: &str,
    words: &str,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let Some(closure) = Closure::from_code(closure) else {
        return Err(Refused::field("closure", Message::new("error-choose")));
    };
    let negative =
        matches!(file.case.record.status, VictimStatus::NotIdentified | VictimStatus::Inconclusive);
    if negative && closure != Closure::NotIdentifiedReferred && words.trim().is_empty() {
        return Err(Refused::field("words", Message::new("case-close-where-to")));
    }
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let now = act.now();
    let closed = change(&mut act, id, |case| {
        case.phase = Phase::Closed;
        case.closed_at = Some(now);
        case.closure = Some(closure);
    })
    .await?;
    let event = events::new(&act, id, "closed").happened(act.happened_at());
    let event = event.with("closure", closure.code());
    tell(&mut act, vault, closed.person, event, Some(words)).await?;
    remind::in_act(acting.app, &mut act, id).await?;
    Ok(act.commit(&()).await?)
}

/// Opens a closed case again.
///
/// # Errors
/// What access or the store refuse.
pub async fn reopen(acting: &Acting<'_>, id: CaseId, purpose: Purpose) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let opened = change(&mut act, id, |case| {
        case.phase = Phase::Open;
        case.closed_at = None;
        case.closure = None;
    })
    .await?;
    let event = events::new(&act, id, "opened-anew");
    tell(&mut act, None, opened.person, event, None).await?;
    remind::in_act(acting.app, &mut act, id).await?;
    Ok(act.commit(&()).await?)
}
