//! Notes and comments: what the team writes from day to day, sealed in the
//! compartment care, in the order in which it happened.

use super::{note_draft, permitted, tell};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    case::event::Event,
    compartment::Compartment,
    id::{CaseId, EventId},
    moment::Moment,
    purpose::Purpose,
};
use palermo_store::{UnlockedVault, case::event as events, keys::sealed};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Longest note, in characters.
pub const LONGEST: usize = 20_000;

/// What someone wrote.
#[derive(Debug, Clone, Default)]
pub struct NoteForm {
    /// The words.
    pub text: String,
    /// When it happened; now, if empty.
    pub happened: Option<Moment>,
    /// Whether it was saved while it was typed: then what was saved goes with it.
    pub drafted: bool,
}

/// Adds a note to a case in any state. Notes are never changed; a correction
/// is another note.
///
/// # Errors
/// Every problem of the form at once.
pub async fn add(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    form: &NoteForm,
    purpose: Purpose,
) -> Result<EventId, Refused> {
    let (_, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    let text = problems.required("text", &form.text, LONGEST);
    if form.happened.is_some_and(|at| at > acting.now()) {
        problems.add("happened", Message::new("case-error-future"));
    }
    problems.none()?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let mut event = events::new(&act, id, "note");
    if let Some(at) = form.happened {
        event = event.happened(at);
    }
    let made = event.id;
    tell(&mut act, Some(vault), file.person.record.id, event, Some(&text)).await?;
    if form.drafted {
        note_draft::ends(&mut act, id, account).await?;
    }
    act.commit(&made).await?;
    Ok(made)
}

/// One event with what was written beside it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The event.
    pub event: Event,
    /// What was written; nothing while the reader's key does not open care.
    pub text: Option<String>,
    /// Words before a change.
    pub before: Option<String>,
    /// Words after a change.
    pub after: Option<String>,
}

/// The history of a case, the latest first, with its texts where the reader's
/// key opens them.
///
/// # Errors
/// When the database does not answer.
pub async fn history(opened: &super::Opened, most: u64) -> Result<Vec<Told>, Refused> {
    let file = &opened.file;
    let case = &file.case.record;
    let events = events::of_case(&opened.read, case.tenant, case.id, most).await?;
    let mut texts: BTreeMap<(Uuid, String), sealed::Clear> = BTreeMap::new();
    if let Some(vault) = opened.vault_for(Compartment::Care) {
        let person = file.person.record.id;
        let all =
            sealed::open_all(&opened.read, vault, person, events::TABLE, Compartment::Care).await;
        texts = match all {
            Ok(texts) => texts,
            Err(palermo_store::Error::Erased) => BTreeMap::new(),
            Err(error) => return Err(error.into()),
        };
    }
    let told = events.into_iter().map(|event| {
        let words = |field: &str| {
            use palermo_domain::id::Id;
            texts.get(&(event.id.uuid(), field.to_owned())).map(super::utf8)
        };
        let (text, before, after) = (words("text"), words("before"), words("after"));
        Told { event, text, before, after }
    });
    Ok(told.collect())
}
