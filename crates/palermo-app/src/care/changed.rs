//! What a change of a record changed, told in the case's history: coded fields
//! with their values before and after, sealed ones by their names alone.

use super::write::place;
use crate::{Refused, case::CaseFile};
use palermo_domain::{
    care::{Body, form::Sealed},
    case::event::Event,
    id::CareId,
};
use palermo_store::{Act, UnlockedVault, keys::sealed};

/// The event with every coded field that changed, as `was-<field>` and
/// `now-<field>` in JSON; a side that held nothing is left out.
pub(super) fn coded(mut event: Event, before: &Body, after: &Body) -> Event {
    let (was, now) = (before.facts(), after.facts());
    for (side, facts, others) in [("was", &was, &now), ("now", &now, &was)] {
        for (field, value) in facts {
            if others.get(field) != Some(value) {
                event = event.with(&format!("{side}-{field}"), value.to_string());
            }
        }
    }
    event
}

/// The names of sealed fields whose words change, as far as the writer's key
/// opens them; without it none is written.
pub(super) async fn words(
    act: &Act,
    vault: Option<&UnlockedVault>,
    file: &CaseFile,
    id: CareId,
    typed: &[Sealed],
) -> Result<Vec<String>, Refused> {
    let mut changed = Vec::new();
    for one in typed {
        let at = place(file, id, one)?;
        let Some(vault) = vault.filter(|vault| vault.opens(at.compartment)) else { continue };
        let before = sealed::open(act, vault, at).await?;
        let before = before.as_ref().map_or(&[][..], |clear| &clear[..]);
        if before != one.words.as_bytes() {
            changed.push(one.field.clone());
        }
    }
    Ok(changed)
}

/// The event with the names of sealed fields that changed.
pub(super) fn with_words(event: Event, changed: &[String]) -> Event {
    if changed.is_empty() { event } else { event.with("words", changed.join(",")) }
}
