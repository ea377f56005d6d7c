//! A questionnaire somebody is still writing: a draft, read from
//! `content/demo/questionnaire.toml`.

use crate::{App, Refused, access::Action};
use palermo_domain::{
    actor::Actor,
    id::TenantId,
    report::{DraftStatus, QuestionnaireDraft, read},
};
use palermo_store::{ActContext, Begun, report::questionnaire_draft as drafts};
use std::collections::BTreeMap;

fn wrong(why: impl std::fmt::Debug) -> Refused {
    Refused::Unavailable(format!("demo/questionnaire.toml: {why:?}"))
}

/// Adds the draft of the secretariat.
///
/// # Errors
/// When the file is wrong or the store refuses.
pub(super) async fn build(app: &App, secretariat: TenantId) -> Result<(), Refused> {
    let text = app.content.text("demo/questionnaire.toml").unwrap_or_default();
    let asked = read(text).map_err(wrong)?;
    let actor = Actor::System { job: "demo".into() };
    let context = ActContext::new(secretariat, actor, Action::AuthorQuestionnaire.code());
    let mut act = match app.store.act(context).await? {
        Begun::Fresh(act) => act,
        Begun::Repeated(_) => return Err(wrong("an act was repeated")),
    };
    let draft = QuestionnaireDraft {
        name: asked.id,
        version: asked.version,
        status: DraftStatus::Draft,
        text: text.to_owned(),
        translations: BTreeMap::new(),
        retired: None,
    };
    drafts::insert(&mut act, &draft).await?;
    Ok(act.commit(&()).await?)
}
