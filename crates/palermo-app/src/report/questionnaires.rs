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

/// Every questionnaire in use, by id.
///
/// # Errors
/// When the store does not answer.
pub async fn questionnaires(app: &App) -> Result<BTreeMap<String, Questionnaire>, Refused> {
    let mut all = app.registers.reporting.questionnaires.clone();
    for one in drafts::list(&app.store, None).await? {
        let draft = &one.record.entry;
        if draft.status == DraftStatus::InUse
            && let Ok(own) = check(draft)
            && all.get(&own.id).is_none_or(|shipped| shipped.version <= own.version)
        {
            all.insert(own.id.clone(), own);
        }
    }
    Ok(all)
}

/// One questionnaire.
///
/// # Errors
/// [`ReportRefused::NoQuestionnaire`] with those there are.
pub async fn questionnaire(app: &App, id: &str) -> Result<Questionnaire, ReportRefused> {
    let mut all = questionnaires(app).await?;
    all.remove(id).ok_or_else(|| ReportRefused::NoQuestionnaire {
        id: id.to_owned(),
        known: all.keys().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "),
    })
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
    let mut act = begin!(acting, acting.context(Action::AuthorQuestionnaire)?);
    let id = match seen {
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
