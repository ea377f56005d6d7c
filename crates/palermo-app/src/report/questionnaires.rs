//! Questionnaires: those that ship and those written in the browser, which
//! take the place of a shipped one of the same name.

use super::facts::ReportRefused;
use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::QuestionnaireDraftId,
    register::document::Problem,
    report::{DraftStatus, Questionnaire, QuestionnaireDraft, read, translate},
};
use palermo_store::{Revision, Versioned, report::questionnaire_draft as drafts};
use std::collections::BTreeMap;

/// Questionnaires in use, and the earlier versions that answers were given to.
#[derive(Debug, Clone, Default)]
pub struct Versions {
    newest: BTreeMap<String, Questionnaire>,
    all: BTreeMap<(String, u32), Questionnaire>,
}

impl Versions {
    /// Loads what ships and what was written in the browser. A version that is no longer
    /// used stays readable, for the answers that were given to it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn load(app: &App) -> Result<Self, Refused> {
        let shipped = &app.registers.reporting;
        let mut loaded = Self { newest: shipped.questionnaires.clone(), all: BTreeMap::new() };
        for one in shipped.questionnaires.values().chain(shipped.earlier.values()) {
            loaded.all.insert((one.id.clone(), one.version), one.clone());
        }
        for one in drafts::list(&app.store, None).await? {
            let draft = &one.record.entry;
            if draft.status == DraftStatus::Draft {
                continue;
            }
            let Ok(own) = check(draft) else { continue };
            let newer = loaded.newest.get(&own.id).is_none_or(|known| known.version <= own.version);
            if draft.status == DraftStatus::InUse && newer {
                loaded.newest.insert(own.id.clone(), own.clone());
            }
            loaded.all.insert((own.id.clone(), own.version), own);
        }
        Ok(loaded)
    }

    /// The newest version in use.
    ///
    /// # Errors
    /// [`ReportRefused::NoQuestionnaire`] with those there are.
    pub fn newest(&self, id: &str) -> Result<&Questionnaire, ReportRefused> {
        self.newest.get(id).ok_or_else(|| ReportRefused::NoQuestionnaire {
            id: id.to_owned(),
            known: self.newest.keys().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "),
        })
    }

    /// The newest versions in use, by id.
    #[must_use]
    pub const fn in_use(&self) -> &BTreeMap<String, Questionnaire> {
        &self.newest
    }

    /// A version; the newest stands in for one that is not kept any more.
    #[must_use]
    pub fn at(&self, id: &str, version: u32) -> Option<&Questionnaire> {
        self.all.get(&(id.to_owned(), version)).or_else(|| self.newest.get(id))
    }
}

/// Every questionnaire in use, by id.
///
/// # Errors
/// When the store does not answer.
pub async fn questionnaires(app: &App) -> Result<BTreeMap<String, Questionnaire>, Refused> {
    Ok(Versions::load(app).await?.newest)
}

/// A questionnaire in the version that answers were given to.
///
/// # Errors
/// [`Refused::NotFound`] if there is none of that name.
pub async fn questionnaire_at(app: &App, id: &str, version: u32) -> Result<Questionnaire, Refused> {
    Versions::load(app).await?.at(id, version).cloned().ok_or(Refused::NotFound)
}

/// One questionnaire.
///
/// # Errors
/// [`ReportRefused::NoQuestionnaire`] with those there are.
pub async fn questionnaire(app: &App, id: &str) -> Result<Questionnaire, ReportRefused> {
    Versions::load(app).await?.newest(id).cloned()
}

/// A questionnaire written in the browser, as it is kept.
pub type KeptDraft =
    Versioned<palermo_store::register::Filed<QuestionnaireDraftId, QuestionnaireDraft>>;

/// What one's own organisation wrote, drafts and those in use, to go on with.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_drafts(acting: &Acting<'_>) -> Result<Vec<KeptDraft>, Refused> {
    acting.allow(Action::AuthorQuestionnaire, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let all = drafts::list(&acting.app.store, None).await?;
    Ok(all.into_iter().filter(|one| one.record.tenant == tenant).collect())
}

/// Reads a questionnaire written in the browser with its translations.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(draft: &QuestionnaireDraft) -> Result<Questionnaire, Vec<Problem>> {
    let mut read = read(&draft.text)?;
    for (language, text) in &draft.translations {
        translate(&mut read, language, text)?;
    }
    Ok(read)
}

/// Saves a questionnaire as typed; it is put to use only without a problem.
/// A version that is in use is not changed: the next one is.
///
/// # Errors
/// Every problem, with lines; [`Refused::Conflict`] if someone else saved it
/// since `seen`.
pub async fn save_draft(
    acting: &Acting<'_>,
    draft: &QuestionnaireDraft,
    seen: Option<(QuestionnaireDraftId, Revision)>,
) -> Result<QuestionnaireDraftId, Refused> {
    acting.allow(Action::AuthorQuestionnaire, &Resource::region()).await?;
    let mut draft = draft.clone();
    match check(&draft) {
        Ok(read) => {
            draft.name = read.id;
            draft.version = read.version;
        }
        Err(problems) if draft.status == DraftStatus::InUse => {
            let told = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
            return Err(Refused::field("text", Message::new("error-file").with("why", told)));
        }
        Err(_) => {}
    }
    let stored = drafts::list(&acting.app.store, None).await?;
    let frozen = stored.iter().any(|one| {
        let other = &one.record.entry;
        other.status == DraftStatus::InUse
            && (other.name.as_str(), other.version) == (draft.name.as_str(), draft.version)
            && (Some(one.record.id) != seen.map(|(id, _)| id) || other.text != draft.text)
    });
    let shipped = acting.app.registers.reporting.questionnaires.get(&draft.name);
    if frozen || shipped.is_some_and(|shipped| shipped.version >= draft.version) {
        let message = Message::new("error-questionnaire-version").with("version", draft.version);
        return Err(Refused::field("text", message));
    }
    // The next version is another record: answers were given to the one in use.
    let opened = stored.iter().find(|one| Some(one.record.id) == seen.map(|(id, _)| id));
    let kept = opened.is_some_and(|one| {
        let other = &one.record.entry;
        other.status != DraftStatus::Draft
            && (other.name.as_str(), other.version) != (draft.name.as_str(), draft.version)
    });
    let mut act = begin!(acting, acting.context(Action::AuthorQuestionnaire)?);
    let id = match seen.filter(|_| !kept) {
        Some((id, seen)) => {
            drafts::update(&mut act, id, &draft, seen).await?;
            id
        }
        None => drafts::insert(&mut act, &draft).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}
