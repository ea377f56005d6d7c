//! A questionnaire that is no longer used: with the reason, and nothing that was due is
//! forgotten.

use super::{questionnaires::Versions, words};
use crate::{
    Acting, Problems, Refused,
    access::{Action, Resource},
};
use palermo_domain::report::{DraftStatus, QuestionnaireDraft, Retirement};

/// Takes the version that is in use out of it. Reports that were begun, and those about
/// years that are over, are still answered with it; what was answered stays readable.
///
/// # Errors
/// A reason is needed; [`Refused::NotFound`] for one that is not in use, or is kept by
/// another organisation.
pub async fn retire(acting: &Acting<'_>, id: &str, why: &str) -> Result<(), Refused> {
    acting.allow(Action::AuthorQuestionnaire, &Resource::region()).await?;
    let mut problems = Problems::default();
    let why = problems.required("why", why, 2000);
    problems.none()?;
    let versions = Versions::load(acting.app).await?;
    let stands = versions.in_use().get(id).ok_or(Refused::NotFound)?;
    let kept = words::kept(acting.app, stands).await?;
    let draft = QuestionnaireDraft {
        name: stands.id.clone(),
        version: stands.version,
        status: DraftStatus::Retired,
        text: kept.text,
        translations: kept.translations,
        retired: Some(Retirement { on: acting.now().date().into(), why }),
    };
    words::put(acting, kept.record, &draft).await
}
