//! A questionnaire written question by question in the browser. What is kept is its text,
//! as when it is written as one: forms change the part of it they are about.

use super::questionnaires::{
    KeptDraft, Versions, in_words, listed, next_version, save_draft, with_words_of,
};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    id::QuestionnaireDraftId,
    report::{DraftStatus, Questionnaire, QuestionnaireDraft, Words, read_draft, rewrite, write},
};
use palermo_store::Revision;
use std::collections::BTreeMap;

/// A draft opened to be changed.
pub struct DraftOpened {
    /// The record.
    pub kept: KeptDraft,
    /// What its text says.
    pub questionnaire: Questionnaire,
    /// What is wrong with the text.
    pub problems: Problems,
}

/// What got another code: words in other languages follow it.
#[derive(Debug, Clone)]
pub enum NewCode {
    /// A section.
    Section(String, String),
    /// A question.
    Question(String, String),
}

/// Opens a draft of one's organisation.
///
/// # Errors
/// [`Refused::Declined`] for one that is in use already; every problem of a text that
/// cannot be read; [`Refused::NotFound`].
pub async fn draft_opened(
    acting: &Acting<'_>,
    id: QuestionnaireDraftId,
) -> Result<DraftOpened, Refused> {
    let own = super::own_drafts(acting).await?;
    let kept = own.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)?;
    // Answers were given to what is in use: the next version is changed instead.
    if kept.record.entry.status != DraftStatus::Draft {
        return Err(Refused::Declined(Message::new("error-builder-in-use")));
    }
    let (questionnaire, problems) =
        read_draft(&kept.record.entry.text).map_err(|problems| listed(&problems))?;
    Ok(DraftOpened { kept, questionnaire, problems: in_words(&problems) })
}

/// Names that are pages of their own.
const TAKEN: [&str; 2] = ["build", "write"];

/// Begins a questionnaire that asks nothing yet.
///
/// # Errors
/// A problem of the field where its name is taken.
pub async fn begin_draft(
    acting: &Acting<'_>,
    new: &Questionnaire,
) -> Result<QuestionnaireDraftId, Refused> {
    acting.allow(Action::AuthorQuestionnaire, &Resource::region()).await?;
    free(acting, &new.id).await?;
    let draft = QuestionnaireDraft {
        name: new.id.clone(),
        version: new.version,
        status: DraftStatus::Draft,
        text: write(new),
        translations: BTreeMap::new(),
        retired: None,
    };
    save_draft(acting, &draft, None).await
}

/// Goes on only if no other questionnaire has this name.
async fn free(acting: &Acting<'_>, id: &str) -> Result<(), Refused> {
    let mut problems = Problems::default();
    let known = Versions::load(acting.app).await?;
    if TAKEN.contains(&id) || known.readable().contains_key(id) {
        problems.add("id", Message::new("error-builder-id-taken").with("id", id));
    }
    problems.none()
}

/// Begins the next version of a questionnaire, or goes on with the draft of it there is.
///
/// # Errors
/// [`Refused::NotFound`] for none of that name.
pub async fn begin_next(acting: &Acting<'_>, id: &str) -> Result<QuestionnaireDraftId, Refused> {
    let text = next_version(acting, id).await?;
    let (next, _) = read_draft(&text).map_err(|problems| listed(&problems))?;
    let own = super::own_drafts(acting).await?;
    let begun = own.iter().find(|one| {
        let draft = &one.record.entry;
        draft.status == DraftStatus::Draft
            && (draft.name.as_str(), draft.version) == (next.id.as_str(), next.version)
    });
    if let Some(begun) = begun {
        return Ok(begun.record.id);
    }
    let mut draft = QuestionnaireDraft {
        name: next.id,
        version: next.version,
        status: DraftStatus::Draft,
        text,
        translations: BTreeMap::new(),
        retired: None,
    };
    with_words_of(acting, id, &mut draft).await?;
    save_draft(acting, &draft, None).await
}

/// Keeps what a form changed. What the form is not about stays as it is written.
///
/// # Errors
/// Problems of the form; [`Refused::Conflict`] if someone saved since it was opened.
pub async fn change_draft(
    acting: &Acting<'_>,
    opened: &DraftOpened,
    new: &Questionnaire,
    renamed: Option<&NewCode>,
) -> Result<(), Refused> {
    let old = &opened.kept.record.entry;
    if new.id != opened.questionnaire.id {
        free(acting, &new.id).await?;
    }
    let mut draft = old.clone();
    draft.name.clone_from(&new.id);
    draft.version = new.version;
    draft.text = rewrite(&old.text, &opened.questionnaire, new);
    // A code with a sign of the file in it, for one: never is something else kept instead.
    if !read_draft(&draft.text).is_ok_and(|(kept, _)| kept == *new) {
        return Err(Refused::field("", Message::new("error-builder-as-text")));
    }
    if let Some(renamed) = renamed {
        for (language, text) in &mut draft.translations {
            if let Ok(words) = Words::read(text, language) {
                let words = match renamed {
                    NewCode::Section(was, code) => words.section_renamed(was, code),
                    NewCode::Question(was, code) => words.renamed(was, code, &opened.questionnaire),
                };
                *text = words.text();
            }
        }
    }
    save_draft(acting, &draft, Some(seen(opened))).await?;
    Ok(())
}

/// Puts a draft to use.
///
/// # Errors
/// Everything that is wrong with it; [`Refused::Conflict`] if someone saved since.
pub async fn use_draft(acting: &Acting<'_>, opened: &DraftOpened) -> Result<(), Refused> {
    let mut draft = opened.kept.record.entry.clone();
    draft.status = DraftStatus::InUse;
    save_draft(acting, &draft, Some(seen(opened))).await?;
    Ok(())
}

fn seen(opened: &DraftOpened) -> (QuestionnaireDraftId, Revision) {
    (opened.kept.record.id, opened.kept.revision)
}
