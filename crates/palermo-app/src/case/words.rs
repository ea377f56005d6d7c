//! The texts of a case: what to call the person, what happened in their own
//! words, what they wish. Two people may write at once: the second is shown
//! both and decides; nobody's words are lost, and every change stays readable
//! in the history.

use super::{CaseFile, Opened, look_for, open::name_place, permitted, text_place};
use crate::{Acting, Message, Problems, Refused, access::Action, session::Signed};
use palermo_domain::{
    compartment::Compartment,
    id::{CaseId, Id},
    purpose::Purpose,
};
use palermo_store::{
    Act, UnlockedVault,
    case::event as events,
    keys::{
        names,
        sealed::{self, Place, Version},
    },
};

/// A text of a case that can be edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What to call the person (identity).
    Name,
    /// What happened, in their own words or as told (care).
    Story,
    /// What they wish, in their own words (care, R101).
    Wishes,
}

impl Field {
    /// All fields, in the order shown.
    pub const ALL: [Self; 3] = [Self::Name, Self::Wishes, Self::Story];

    /// The name in forms and in the history.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Story => "story",
            Self::Wishes => "wishes",
        }
    }

    /// The compartment it is sealed in.
    #[must_use]
    pub const fn compartment(self) -> Compartment {
        match self {
            Self::Name => Compartment::Identity,
            Self::Story | Self::Wishes => Compartment::Care,
        }
    }

    const fn longest(self) -> usize {
        match self {
            Self::Name => 200,
            Self::Story | Self::Wishes => 60_000,
        }
    }

    fn place(self, file: &CaseFile) -> Place {
        let case = file.case.record.id.uuid();
        match self {
            Self::Name => name_place(file.person.record.id),
            Self::Story => file.place("case_file", case, "story"),
            Self::Wishes => file.place("case_file", case, "wishes"),
        }
    }
}

/// A text with the version an editor saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which text.
    pub field: Field,
    /// The words.
    pub text: String,
    /// Their version.
    pub version: Version,
}

/// Reads the texts of a case the reader's key opens.
///
/// # Errors
/// As [`super::look`].
pub async fn read(opened: &Opened) -> Result<Vec<Seen>, Refused> {
    let mut texts = Vec::new();
    for field in Field::ALL {
        let Some(vault) = opened.vault_for(field.compartment()) else { continue };
        let place = field.place(&opened.file);
        let (clear, version) = match sealed::open_seen(&opened.read, vault, place).await {
            Ok(found) => found,
            Err(palermo_store::Error::Erased) => continue,
            Err(error) => return Err(error.into()),
        };
        let text = clear.map(|clear| super::utf8(&clear)).unwrap_or_default();
        texts.push(Seen { field, text, version });
    }
    Ok(texts)
}

/// Opens the editor: an entry in the log, then the texts.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key is not open.
pub async fn edit(
    acting: &Acting<'_>,
    signed: &Signed,
    id: CaseId,
    purpose: Purpose,
) -> Result<(Opened, Vec<Seen>), Refused> {
    let opened = look_for(acting, Some(signed), id, Action::WriteCase, purpose).await?;
    if opened.vault.is_none() {
        return Err(Refused::UnlockNeeded);
    }
    let texts = read(&opened).await?;
    Ok((opened, texts))
}

/// What came of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// All is kept.
    Done,
    /// Someone wrote in the meantime: their words, to be shown beside one's own.
    Theirs(Vec<Seen>),
}

/// Saves texts over the versions the editor saw. If any of them was changed by
/// someone else meanwhile, nothing is saved and their words are returned.
///
/// # Errors
/// Every problem of the form at once.
pub async fn save(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    texts: &[Seen],
    purpose: Purpose,
) -> Result<Saved, Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    for seen in texts {
        problems.bounded(seen.field.code(), &seen.text, seen.field.longest());
    }
    problems.none()?;
    let mut act = match acting.begin::<()>(file.context(acting, Action::WriteCase)?).await? {
        crate::acting::Beginning::Fresh(act) => act,
        crate::acting::Beginning::Repeated(()) => return Ok(Saved::Done),
    };
    let theirs = changed_meanwhile(&act, vault, &file, texts).await?;
    if !theirs.is_empty() {
        act.give_up().await?;
        return Ok(Saved::Theirs(theirs));
    }
    for seen in texts {
        write(&mut act, vault, &file, seen).await?;
    }
    act.commit(&()).await?;
    Ok(Saved::Done)
}

async fn changed_meanwhile(
    act: &Act,
    vault: &UnlockedVault,
    file: &CaseFile,
    texts: &[Seen],
) -> Result<Vec<Seen>, Refused> {
    let mut theirs = Vec::new();
    for seen in texts {
        let (clear, version) = sealed::open_seen(act, vault, seen.field.place(file)).await?;
        let text = clear.map(|clear| super::utf8(&clear)).unwrap_or_default();
        if version != seen.version && text.trim() != seen.text.trim() {
            theirs.push(Seen { field: seen.field, text, version });
        }
    }
    Ok(theirs)
}

async fn write(
    act: &mut Act,
    vault: &UnlockedVault,
    file: &CaseFile,
    seen: &Seen,
) -> Result<(), Refused> {
    let place = seen.field.place(file);
    let (before, version) = sealed::open_seen(&*act, vault, place).await?;
    let before = before.map(|clear| super::utf8(&clear)).unwrap_or_default();
    let text = seen.text.trim();
    if before == text {
        return Ok(());
    }
    sealed::put_seen(act, vault, place, text.as_bytes(), version).await?;
    let person = file.person.record.id;
    if seen.field == Field::Name {
        names::put(act, vault, person, &[text]).await?;
    }
    let event = events::new(act, file.id(), "words-changed").with("field", seen.field.code());
    events::insert(act, &event).await?;
    // A name stays in identity; its change is told without the words.
    if seen.field != Field::Name {
        for (field, words) in [("before", before.as_str()), ("after", text)] {
            if !words.is_empty() {
                let place = text_place(person, &event, field);
                sealed::put(act, vault, place, words.as_bytes()).await?;
            }
        }
    }
    Ok(())
}

/// The message beside a field someone else changed.
#[must_use]
pub fn conflict() -> Message {
    Message::new("case-words-theirs")
}
