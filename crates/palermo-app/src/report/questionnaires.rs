//! Questionnaires: those that ship and those written in the browser, which
//! take the place of a shipped one of the same name.

use super::facts::ReportRefused;
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::QuestionnaireDraftId,
    register::document::Problem,
    report::{
        DraftStatus, Questionnaire, QuestionnaireDraft, Retirement, Words, read, translate,
        with_version,
    },
};
use palermo_store::{Revision, Versioned, report::questionnaire_draft as drafts};
use std::collections::BTreeMap;

/// Questionnaires in use, and the earlier versions that answers were given to.
#[derive(Debug, Clone, Default)]
pub struct Versions {
    newest: BTreeMap<String, Questionnaire>,
    all: BTreeMap<(String, u32), Questionnaire>,
    /// Questionnaires whose newest version is no longer used, with the reason.
    retired: BTreeMap<String, (Questionnaire, Retirement)>,
}

impl Versions {
    /// Loads what ships and what was written in the browser. A version that is no longer
    /// used stays readable, for the answers that were given to it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn load(app: &App) -> Result<Self, Refused> {
        let shipped = &app.registers.reporting;
        let newest = shipped.questionnaires.clone();
        let mut loaded = Self { newest, ..Self::default() };
        for one in shipped.questionnaires.values().chain(shipped.earlier.values()) {
            loaded.all.insert((one.id.clone(), one.version), one.clone());
        }
        for one in drafts::list(&app.store, None).await? {
            let draft = &one.record.entry;
            if draft.status == DraftStatus::Draft {
                continue;
            }
            let Ok(own) = check(draft) else { continue };
            let known = loaded.newest.get(&own.id);
            let stands = draft.status == DraftStatus::InUse || draft.retired.is_some();
            if stands && known.is_none_or(|known| known.version <= own.version) {
                loaded.newest.insert(own.id.clone(), own.clone());
                match &draft.retired {
                    Some(why) => {
                        loaded.retired.insert(own.id.clone(), (own.clone(), why.clone()));
                    }
                    None => drop(loaded.retired.remove(&own.id)),
                }
            }
            loaded.all.insert((own.id.clone(), own.version), own);
        }
        loaded.newest.retain(|id, _| !loaded.retired.contains_key(id));
        Ok(loaded)
    }

    /// The newest version, also of a questionnaire that is no longer used: what was
    /// answered stays readable.
    ///
    /// # Errors
    /// [`ReportRefused::NoQuestionnaire`] with those there are.
    pub fn newest(&self, id: &str) -> Result<&Questionnaire, ReportRefused> {
        let retired = || self.retired.get(id).map(|(one, _)| one);
        self.newest.get(id).or_else(retired).ok_or_else(|| ReportRefused::NoQuestionnaire {
            id: id.to_owned(),
            known: self.newest.keys().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "),
        })
    }

    /// The newest versions in use, by id.
    #[must_use]
    pub const fn in_use(&self) -> &BTreeMap<String, Questionnaire> {
        &self.newest
    }

    /// The newest version of each, in use or not.
    #[must_use]
    pub fn readable(&self) -> BTreeMap<String, Questionnaire> {
        let retired = self.retired.iter().map(|(id, (one, _))| (id.clone(), one.clone()));
        self.newest.iter().map(|(id, one)| (id.clone(), one.clone())).chain(retired).collect()
    }

    /// Why a questionnaire is no longer used.
    #[must_use]
    pub fn retired(&self, id: &str) -> Option<&Retirement> {
        self.retired.get(id).map(|(_, why)| why)
    }

    /// What a report about a year is begun with: what is in use, or what was when that
    /// year was over.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for none of that name; a problem of the field for one that is
    /// no longer used.
    pub fn to_begin(&self, id: &str, period: i32) -> Result<&Questionnaire, Refused> {
        let one = self.newest(id)?;
        match self.retired(id) {
            Some(why) if !why.leaves(period) => {
                let message = Message::new("error-questionnaire-retired");
                let message = message.with("day", why.on).with("why", &why.why);
                Err(Refused::field("questionnaire", message))
            }
            _ => Ok(one),
        }
    }

    /// The highest version there ever was.
    fn highest(&self, id: &str) -> u32 {
        let of_it = self.all.keys().filter(|(one, _)| one == id);
        of_it.map(|(_, version)| *version).max().unwrap_or(0)
    }

    /// A version; the newest stands in for one that is not kept any more.
    #[must_use]
    pub fn at(&self, id: &str, version: u32) -> Option<&Questionnaire> {
        self.all.get(&(id.to_owned(), version)).or_else(|| self.newest(id).ok())
    }
}

/// Every questionnaire, in use or not, by id: what was answered stays readable.
///
/// # Errors
/// When the store does not answer.
pub async fn readable(app: &App) -> Result<BTreeMap<String, Questionnaire>, Refused> {
    Ok(Versions::load(app).await?.readable())
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

/// What is wrong with a questionnaire, each with its line: all at once.
pub(super) fn listed(problems: &[Problem]) -> Refused {
    Refused::Invalid(in_words(problems))
}

/// The same as problems of the field that holds the text.
pub(super) fn in_words(problems: &[Problem]) -> Problems {
    let mut told = Problems::default();
    for one in problems {
        let field = Some(one.field.as_str()).filter(|field| !field.is_empty()).unwrap_or("–");
        let message = Message::new("error-questionnaire-line")
            .with("line", one.line)
            .with("field", field)
            .with("what", &one.message)
            .with("remedy", &one.remedy);
        told.add("text", message);
    }
    told
}

/// The text a next version begins with: that of the one that stands, with its number
/// raised. Its words in other languages go along (`with_words_of`).
///
/// # Errors
/// [`Refused::NotFound`] for none of that name.
pub async fn next_version(acting: &Acting<'_>, id: &str) -> Result<String, Refused> {
    acting.allow(Action::AuthorQuestionnaire, &Resource::region()).await?;
    let versions = Versions::load(acting.app).await?;
    let stands = versions.newest(id)?;
    let kept = super::words::kept(acting.app, stands).await?;
    Ok(with_version(&kept.text, versions.highest(id) + 1))
}

/// Gives a draft the words of the questionnaire it was copied from. When it is saved they
/// stay as far as it asks the same.
///
/// # Errors
/// When the store does not answer.
pub async fn with_words_of(
    acting: &Acting<'_>,
    id: &str,
    draft: &mut QuestionnaireDraft,
) -> Result<(), Refused> {
    let versions = Versions::load(acting.app).await?;
    let kept = super::words::kept(acting.app, versions.newest(id)?).await?;
    draft.translations = kept.translations;
    Ok(())
}

/// Leaves out words of what is no longer asked.
fn fit(draft: &mut QuestionnaireDraft) {
    let Ok(asked) = read(&draft.text) else { return };
    for (language, text) in &mut draft.translations {
        if let Ok(words) = Words::read(text, language) {
            *text = words.fitting(&asked).text();
        }
    }
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
    // It is taken out of use with a reason (`retire`), and not brought back by saving it.
    if draft.status == DraftStatus::Retired {
        return Err(Refused::NotFound);
    }
    let mut draft = draft.clone();
    fit(&mut draft);
    match check(&draft) {
        Ok(read) => {
            draft.name = read.id;
            draft.version = read.version;
        }
        Err(problems) if draft.status == DraftStatus::InUse => return Err(listed(&problems)),
        Err(_) => {}
    }
    // Looked at within the act: two who save one version at once do not both get through.
    let mut act = begin!(acting, acting.context(Action::AuthorQuestionnaire)?);
    let stored = drafts::list(&act, None).await?;
    let frozen = stored.iter().any(|one| {
        let other = &one.record.entry;
        other.status != DraftStatus::Draft
            && (other.name.as_str(), other.version) == (draft.name.as_str(), draft.version)
            && (Some(one.record.id) != seen.map(|(id, _)| id)
                || (&other.text, other.status) != (&draft.text, draft.status))
    });
    let shipped = acting.app.registers.reporting.questionnaires.get(&draft.name);
    if frozen || shipped.is_some_and(|shipped| shipped.version >= draft.version) {
        act.give_up().await?;
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
