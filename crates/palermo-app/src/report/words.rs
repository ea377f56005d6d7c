//! The words of a questionnaire in another language, written in the browser: beside a
//! shipped one as well, whose questions stay as they are.

use super::questionnaires::{KeptDraft, Versions, check};
use crate::{
    Acting, App, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::QuestionnaireDraftId,
    report::{DraftStatus, Questionnaire, QuestionnaireDraft, WordSlot, Words, word_slots},
};
use palermo_locale::Language;
use palermo_store::report::questionnaire_draft as drafts;
use std::collections::BTreeMap;

/// A version as it is kept: its file, the files of its words, and the record it has if it
/// was written in the browser.
pub(super) struct Kept {
    /// The file.
    pub text: String,
    /// Words by language.
    pub translations: BTreeMap<String, String>,
    /// The record.
    pub record: Option<KeptDraft>,
}

/// The files of a version that stands.
///
/// # Errors
/// [`Refused::NotFound`] for one that is kept nowhere.
pub(super) async fn kept(app: &App, of: &Questionnaire) -> Result<Kept, Refused> {
    let all = drafts::list(&app.store, Some(&of.id)).await?;
    let record = all.into_iter().rfind(|one| {
        let draft = &one.record.entry;
        draft.status != DraftStatus::Draft && draft.version == of.version
    });
    if let Some(record) = record {
        let draft = record.record.entry.clone();
        return Ok(Kept {
            text: draft.text,
            translations: draft.translations,
            record: Some(record),
        });
    }
    let folder = super::QUESTIONNAIRES;
    let text = app.content.text(&format!("{folder}{}.toml", of.id)).ok_or(Refused::NotFound)?;
    let translations = Language::ALL
        .into_iter()
        .filter_map(|language| {
            let path = format!("{folder}{}/{}.toml", language.code(), of.id);
            Some((language.code().to_owned(), app.content.text(&path)?.to_owned()))
        })
        .collect();
    Ok(Kept { text: text.to_owned(), translations, record: None })
}

/// A questionnaire opened for its words in a language.
pub struct WordsOpened {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Every place with words.
    pub slots: Vec<WordSlot>,
    /// The revision the form is opened with; empty where there is no record yet.
    pub revision: String,
    kept: Kept,
}

/// Opens the words of the version that stands, or of a draft of one's organisation.
///
/// # Errors
/// [`Refused::NotFound`] for one that is not there, English, or a language unknown here.
pub async fn words_opened(
    acting: &Acting<'_>,
    id: &str,
    draft: Option<QuestionnaireDraftId>,
    language: &str,
) -> Result<WordsOpened, Refused> {
    acting.allow(Action::AuthorQuestionnaire, &Resource::region()).await?;
    if language == "en" || Language::from_code(language).is_none() {
        return Err(Refused::NotFound);
    }
    let (questionnaire, kept) = match draft {
        None => {
            let versions = Versions::load(acting.app).await?;
            let questionnaire = versions.newest(id)?.clone();
            let kept = kept(acting.app, &questionnaire).await?;
            let (tenant, _) = acting.member()?;
            if kept.record.as_ref().is_some_and(|one| one.record.tenant != tenant) {
                return Err(Refused::NotFound);
            }
            (questionnaire, kept)
        }
        Some(draft) => {
            let own = super::own_drafts(acting).await?;
            let found = own.into_iter().find(|one| one.record.id == draft);
            let record = found.ok_or(Refused::NotFound)?;
            let entry = record.record.entry.clone();
            let questionnaire = check(&entry).map_err(|_| Refused::NotFound)?;
            let kept =
                Kept { text: entry.text, translations: entry.translations, record: Some(record) };
            (questionnaire, kept)
        }
    };
    let slots = word_slots(&questionnaire, language);
    let revision = kept.record.as_ref().map(|one| one.revision.0.to_string()).unwrap_or_default();
    Ok(WordsOpened { questionnaire, slots, revision, kept })
}

/// Longest words of one place.
const LONGEST: usize = 2000;

/// Keeps the words somebody wrote; what is empty is not translated and shown in English.
/// A shipped questionnaire gets a record of its own for them, with the same questions.
///
/// # Errors
/// Problems of the form by place; [`Refused::Conflict`] if someone else saved since `seen`.
pub async fn save_words(
    acting: &Acting<'_>,
    opened: WordsOpened,
    language: &str,
    slots: &[WordSlot],
    (read, seen): (bool, &str),
) -> Result<(), Refused> {
    acting.allow(Action::AuthorQuestionnaire, &Resource::region()).await?;
    let mut problems = Problems::default();
    for slot in slots {
        problems.bounded(&word_field(slot), &slot.said, LONGEST);
    }
    problems.none()?;
    if opened.revision != seen {
        return Err(Refused::Conflict);
    }
    let questionnaire = &opened.questionnaire;
    let machine = questionnaire.machine_translated.contains(language) && !read;
    let words = Words::from_slots(slots, machine).text();
    let mut translations = opened.kept.translations;
    translations.insert(language.to_owned(), words);
    let record = opened.kept.record;
    let before = record.as_ref().map(|one| &one.record.entry);
    let draft = QuestionnaireDraft {
        name: questionnaire.id.clone(),
        version: questionnaire.version,
        status: before.map_or(DraftStatus::InUse, |one| one.status),
        text: opened.kept.text,
        translations,
        retired: before.and_then(|one| one.retired.clone()),
    };
    put(acting, record, &draft).await
}

/// The name of a place in the form.
#[must_use]
pub fn word_field(slot: &WordSlot) -> String {
    format!("w-{}-{}", slot.of, slot.code)
}

/// Writes a version over its record, or makes one. A record of another organisation is as
/// if it were not there.
pub(super) async fn put(
    acting: &Acting<'_>,
    record: Option<KeptDraft>,
    draft: &QuestionnaireDraft,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    if record.as_ref().is_some_and(|one| one.record.tenant != tenant) {
        return Err(Refused::NotFound);
    }
    let mut act = begin!(acting, acting.context(Action::AuthorQuestionnaire)?);
    let id = match record {
        Some(one) => {
            drafts::update(&mut act, one.record.id, draft, one.revision).await?;
            one.record.id
        }
        None => {
            // Whoever made the record first, at the same time, keeps their words.
            let there = drafts::list(&act, Some(&draft.name)).await?;
            let mut there = there.iter().map(|one| &one.record.entry);
            if there.any(|one| one.status != DraftStatus::Draft && one.version == draft.version) {
                act.give_up().await?;
                return Err(Refused::Conflict);
            }
            drafts::insert(&mut act, draft).await?
        }
    };
    act.about(id);
    Ok(act.commit(&()).await?)
}
