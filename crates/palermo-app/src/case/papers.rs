//! Documents that say who a person is, sealed in identity. By the number alone,
//! typed whole, whoever may search finds a case of their own again: the blind
//! index holds a keyed hash and no part of the number.

use super::{Opened, permitted, tell};
use crate::{Acting, Message, Problems, Refused, access::Action, begin, names::DOCUMENT};
use palermo_domain::{
    case::paper::{MOST, Paper, PaperAt, PaperKind},
    compartment::Compartment,
    id::{CaseId, Id, PersonId},
    purpose::Purpose,
};
use palermo_store::{
    Act, UnlockedVault,
    case::event as events,
    keys::{
        blind,
        sealed::{self, Clear, Place, Version},
    },
};

/// What someone typed about a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperForm {
    /// Kind.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// The State that gave it, alpha-3, or empty.
    pub state: String,
    /// Until when it holds: day, month, year.
    pub until: [String; 3],
    /// Where it is.
    pub at: String,
}

impl PaperForm {
    /// A form showing what is kept.
    #[must_use]
    pub fn of(paper: &Paper) -> Self {
        let until = paper.until.map(|day| day.date());
        Self {
            kind: paper.kind.code().to_owned(),
            number: paper.number.clone(),
            state: paper.state.clone(),
            until: until.map_or_else(Default::default, |day| {
                [day.day().to_string(), u8::from(day.month()).to_string(), day.year().to_string()]
            }),
            at: paper.at.code().to_owned(),
        }
    }

    fn parse(&self, acting: &Acting<'_>) -> Result<Paper, Refused> {
        let mut problems = Problems::default();
        let kind = PaperKind::from_code(&self.kind);
        if kind.is_none() {
            problems.add("kind", Message::new("error-choose"));
        }
        let number = problems.required("number", &self.number, 80);
        if !number.is_empty() && !number.chars().any(char::is_alphanumeric) {
            problems.add("number", Message::new("case-paper-error-number"));
        }
        let state = self.state.trim().to_uppercase();
        if !state.is_empty() && !acting.app.content.knows_state(&state) {
            problems.add("state", Message::new("error-unknown-state").with("code", &state));
        }
        let until = problems.day("until", &self.until);
        problems.none()?;
        Ok(Paper {
            mark: 0,
            kind: kind.ok_or(Refused::NotFound)?,
            number,
            state,
            until,
            at: PaperAt::from_code(&self.at).unwrap_or(PaperAt::Unknown),
        })
    }
}

fn place(person: PersonId) -> Place {
    Place {
        person,
        table: "person",
        record: person.uuid(),
        field: "papers",
        compartment: Compartment::Identity,
    }
}

/// The message never repeats what was read: a number of a document is in it.
fn parsed(clear: Option<&Clear>) -> Result<Vec<Paper>, Refused> {
    let Some(clear) = clear else { return Ok(Vec::new()) };
    let broken = |_| Refused::Unavailable("what is kept of documents cannot be read".into());
    serde_json::from_slice(clear).map_err(broken)
}

/// The documents of an opened case and which writing of them was read; nothing
/// for whoever does not open identity, and of someone erased.
///
/// # Errors
/// When they were changed or moved, or the database does not answer.
pub async fn read(opened: &Opened) -> Result<Option<(Vec<Paper>, Version)>, Refused> {
    let Some(vault) = opened.vault_for(Compartment::Identity) else { return Ok(None) };
    let at = place(opened.file.person.record.id);
    match sealed::open_seen(&opened.read, vault, at).await {
        Ok((clear, version)) => Ok(Some((parsed(clear.as_ref())?, version))),
        Err(palermo_store::Error::Erased) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Adds a document, or changes the one with this mark, over the writing that
/// was seen.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone wrote
/// there since; [`Refused::UnlockNeeded`] without identity.
pub async fn save(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    (mark, seen): (Option<u32>, Version),
    form: &PaperForm,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut paper = form.parse(acting)?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let person = file.person.record.id;
    let mut papers = as_seen(&act, vault, person, seen).await?;
    let kind = if let Some(mark) = mark {
        let old = papers.iter_mut().find(|old| old.mark == mark).ok_or(Refused::NotFound)?;
        paper.mark = mark;
        *old = paper;
        "paper-changed"
    } else {
        if papers.len() >= MOST {
            let message = Message::new("case-paper-error-most").with("most", MOST);
            return Err(Refused::field("number", message));
        }
        let last = papers.iter().map(|known| known.mark).max().unwrap_or(0);
        paper.mark = last.saturating_add(1);
        papers.push(paper);
        "paper-added"
    };
    write(&mut act, vault, person, (&papers, seen)).await?;
    // What kind of document it is may tell who asks for protection: it stays sealed.
    let event = events::new(&act, id, kind);
    tell(&mut act, None, person, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// Takes a document away; nobody is found by its number any more.
///
/// # Errors
/// As [`save`].
pub async fn remove(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    (mark, seen): (u32, Version),
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let person = file.person.record.id;
    let mut papers = as_seen(&act, vault, person, seen).await?;
    let at = papers.iter().position(|paper| paper.mark == mark).ok_or(Refused::NotFound)?;
    papers.remove(at);
    write(&mut act, vault, person, (&papers, seen)).await?;
    let event = events::new(&act, id, "paper-removed");
    tell(&mut act, None, person, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// What is kept, if it is still what the editor saw.
async fn as_seen(
    act: &Act,
    vault: &UnlockedVault,
    person: PersonId,
    seen: Version,
) -> Result<Vec<Paper>, Refused> {
    let (clear, version) = sealed::open_seen(act, vault, place(person)).await?;
    if version != seen {
        return Err(Refused::Conflict);
    }
    parsed(clear.as_ref())
}

async fn write(
    act: &mut Act,
    vault: &UnlockedVault,
    person: PersonId,
    (papers, seen): (&[Paper], Version),
) -> Result<(), Refused> {
    let text = serde_json::to_vec(papers).map(Clear::new);
    let text = text.map_err(|error| Refused::Unavailable(error.to_string()))?;
    sealed::put_seen(act, vault, place(person), &text, seen).await?;
    let numbers: Vec<&str> = papers.iter().map(|paper| paper.number.as_str()).collect();
    Ok(blind::set(act, vault, DOCUMENT, &numbers, person).await?)
}
