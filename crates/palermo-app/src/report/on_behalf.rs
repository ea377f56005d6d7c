//! Entering what a State sent by letter or e-mail, and the one-time link by
//! which the State confirms it.

use super::{Sheet, write::earlier};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin, tokens,
};
use palermo_domain::{
    id::SubmissionId,
    register::state::StateCode,
    report::{Entered, Submission, SubmissionStatus, SubmissionVersion},
};
use palermo_store::{ActContext, Begun, report::submission as submissions};
use std::collections::BTreeMap;

/// What was entered on a State's behalf, with the word of the one-time link.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EnteredFor {
    /// The submission.
    pub submission: SubmissionId,
    /// The secret word of the link; shown once.
    pub word: String,
}

/// Begins a report the secretariat enters from a document a State sent. The
/// State's confirmation is asked by a link that works once.
///
/// # Errors
/// Problems of the form.
pub async fn enter_for_state(
    acting: &Acting<'_>,
    questionnaire: &str,
    state: &str,
    period: i32,
    document: &str,
) -> Result<EnteredFor, Refused> {
    acting.allow(Action::ReceiveReports, &Resource::region()).await?;
    let mut problems = Problems::default();
    let document = problems.required("document", document, 300);
    let code = state.trim().parse::<StateCode>().ok();
    let code = code.filter(|code| acting.app.registers.states.get(*code).is_some());
    if code.is_none() {
        problems.add("state", Message::new("error-unknown-state").with("code", state));
    }
    if !(1990..2200).contains(&period) {
        problems.add("period", Message::new("error-year"));
    }
    problems.none()?;
    let Some(state) = code else { return Err(Refused::NotFound) };
    let all = super::questionnaire(acting.app, questionnaire).await?;
    let word = tokens::random_name(acting.app);
    let record = Submission {
        state,
        questionnaire: all.id.clone(),
        questionnaire_version: all.version,
        period,
        language: "en".to_owned(),
        status: SubmissionStatus::Draft,
        no_data: BTreeMap::new(),
        assigned: BTreeMap::new(),
        entered: Entered::Secretariat { document, link: Some(hashed(&word)), confirmed: None },
        signed: None,
        versions: 0,
    };
    let mut act = begin!(acting, acting.context(Action::ReceiveReports)?);
    let id = submissions::insert(&mut act, &record).await?;
    act.about(id);
    let entered = EnteredFor { submission: id, word };
    act.commit(&EnteredFor { submission: id, word: String::new() }).await?;
    Ok(entered)
}

fn hashed(word: &str) -> String {
    hex::encode(palermo_crypto::sha256(word.as_bytes()))
}

/// The submission a confirmation link speaks of, with its newest version.
///
/// # Errors
/// [`Refused::NotFound`] for a link that is not ours or was used.
pub async fn find_confirmation(
    acting: &Acting<'_>,
    word: &str,
) -> Result<(Sheet, Option<SubmissionVersion>), Refused> {
    let wanted = hashed(word);
    let all = submissions::list(&acting.app.store, None).await?;
    let sheet = all
        .into_iter()
        .find(|one| {
            matches!(&one.record.entry.entered,
                Entered::Secretariat { link: Some(link), .. } if *link == wanted)
        })
        .ok_or(Refused::NotFound)?;
    let newest = earlier(acting, sheet.record.tenant, sheet.record.id).await?;
    Ok((sheet, newest))
}

/// Confirms by the one-time link what the secretariat entered. Whoever holds
/// the link acts; the log says that nobody signed in.
///
/// # Errors
/// [`Refused::NotFound`] for a link that is not ours or was used.
pub async fn confirm(acting: &Acting<'_>, word: &str) -> Result<(), Refused> {
    let (sheet, newest) = find_confirmation(acting, word).await?;
    newest.ok_or(Refused::NotFound)?;
    let mut record = sheet.record.entry.clone();
    if let Entered::Secretariat { link, confirmed, .. } = &mut record.entered {
        *link = None;
        *confirmed = Some(acting.now().date().into());
    }
    let id = sheet.record.id;
    let action = Action::ConfirmReport;
    let context =
        ActContext::new(sheet.record.tenant, acting.actor.clone(), action.code()).about(id);
    let Begun::Fresh(mut act) = acting.app.store.act(context).await? else { return Ok(()) };
    submissions::update(&mut act, id, &record, sheet.revision).await?;
    Ok(act.commit(&()).await?)
}
