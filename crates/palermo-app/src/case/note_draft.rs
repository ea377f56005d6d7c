//! A note as it is typed, so that a connection that breaks loses nothing: sealed as the
//! note will be, seen by whoever types it alone, and taken away with the note that is
//! kept, once the box is emptied, or after a week.

use super::{Opened, note::LONGEST, permitted};
use crate::{Acting, App, Problems, Refused, access::Action, begin};
use palermo_domain::{
    actor::Actor,
    compartment::Compartment,
    id::{AccountId, CaseId},
    purpose::Purpose,
};
use palermo_store::{
    Act, ActContext, Begun, UnlockedVault,
    case::note_draft::{self as drafts, NoteDraft},
};
use std::time::Duration;

/// The reason in the log of what is saved while it is typed. Its entries are about the
/// person and not about the case: whoever types has the case open, and that was a look
/// already; many savings do not push the looks of others out of those that are shown.
const TYPED: &str = "note-draft";

/// How long what was typed is kept.
const KEPT: Duration = Duration::from_secs(7 * 86_400);

/// Keeps what was typed so far; nothing typed takes the draft away.
///
/// # Errors
/// What is wrong with the words; as [`permitted`].
pub async fn keep(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    text: &str,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    problems.bounded("text", text, LONGEST);
    problems.none()?;
    let person = file.person.record.id;
    let context = acting.context(Action::WriteCase)?.for_purpose(purpose).about(person);
    let mut act = begin!(acting, context.because(TYPED));
    if text.trim().is_empty() {
        ends(&mut act, id, account).await?;
    } else {
        let draft = NoteDraft {
            tenant,
            case: id,
            account,
            person,
            expires_at: act.now().after(KEPT),
            recorded_at: act.now(),
        };
        drafts::keep(&mut act, vault, &draft, text.as_bytes()).await?;
    }
    act.commit(&()).await?;
    Ok(())
}

/// What this member of staff typed in this case and has not kept, where their key opens it.
///
/// # Errors
/// When the database does not answer.
pub async fn of(acting: &Acting<'_>, opened: &Opened) -> Result<Option<String>, Refused> {
    let (tenant, account) = acting.member()?;
    let Some(vault) = opened.vault_for(Compartment::Care) else { return Ok(None) };
    let found = drafts::find(&opened.read, tenant, opened.file.id(), account).await?;
    let Some(draft) = found.filter(|draft| draft.expires_at > acting.now()) else {
        return Ok(None);
    };
    let words = drafts::words(&opened.read, vault, &draft).await?;
    Ok(words.map(|clear| super::utf8(&clear)))
}

/// Takes away what someone typed, if there is anything.
pub(super) async fn ends(act: &mut Act, id: CaseId, account: AccountId) -> Result<(), Refused> {
    let found = drafts::find(&*act, act.tenant(), id, account).await?;
    if let Some(draft) = found {
        drafts::remove(act, &draft).await?;
    }
    Ok(())
}

/// Takes away drafts whose time has passed. A job calls this; returns how many.
///
/// # Errors
/// When a database does not answer; called again, it goes on.
pub async fn sweep(app: &App) -> Result<u64, Refused> {
    let mut gone = 0;
    for draft in drafts::expired(&app.store, app.store.now(), 200).await? {
        let actor = Actor::System { job: "drafts".to_owned() };
        let context = ActContext::new(draft.tenant, actor, "case.note-expire").about(draft.person);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        drafts::remove(&mut act, &draft).await?;
        act.commit(&()).await?;
        gone += 1;
    }
    Ok(gone)
}
