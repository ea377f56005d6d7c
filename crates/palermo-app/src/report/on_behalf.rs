//! Entering what a State sent by letter or e-mail, and the one-time link by
//! which the State confirms it.

use super::{Sheet, submit::earlier, tell};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin, begin_unrepeated, tokens,
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
    /// How many letters carry it to contact persons of the State.
    #[serde(default)]
    pub letters: usize,
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
    let code = StateCode::typed(state).ok();
    let code = code.filter(|code| acting.app.registers.states.get(*code).is_some());
    if code.is_none() {
        problems.add("state", Message::no_state(state));
    }
    if !(1990..2200).contains(&period) {
        problems.add("period", Message::new("error-year"));
    }
    problems.none()?;
    let Some(state) = code else { return Err(Refused::NotFound) };
    let known = super::Versions::load(acting.app).await?;
    let all = known.to_begin(questionnaire, period)?;
    if let Some(id) = there_already(acting, &all.id, state, period).await? {
        return Err(Refused::field("period", Message::new(id)));
    }
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
    let entered = EnteredFor { submission: id, word, letters: 0 };
    act.commit(&EnteredFor { submission: id, word: String::new(), letters: 0 }).await?;
    Ok(entered)
}

/// Why there cannot be another entry for a State and a year: one was begun, or the State
/// sent its own.
async fn there_already(
    acting: &Acting<'_>,
    questionnaire: &str,
    state: StateCode,
    period: i32,
) -> Result<Option<&'static str>, Refused> {
    let all = submissions::list(&acting.app.store, Some(questionnaire)).await?;
    let mut of = all
        .iter()
        .map(|one| &one.record.entry)
        .filter(|one| (one.state, one.period) == (state, period));
    Ok(of.find_map(|one| match one.entered {
        Entered::Secretariat { .. } => Some("error-report-entered-there"),
        Entered::State if one.versions > 0 => Some("error-report-sent-there"),
        Entered::State => None,
    }))
}

/// What one's own organisation entered for States, the newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn entered_here(acting: &Acting<'_>) -> Result<Vec<Sheet>, Refused> {
    acting.allow(Action::ReceiveReports, &Resource::region()).await?;
    let mut all = super::sheets(acting).await?;
    all.retain(|one| matches!(one.record.entry.entered, Entered::Secretariat { .. }));
    all.reverse();
    Ok(all)
}

/// Makes the link anew, as the word of the first is not kept: that one works no longer.
/// With `mailed` it goes to the State's contact persons as well.
///
/// # Errors
/// [`Refused::NotFound`] for a report that is not there or was confirmed.
pub async fn new_link(
    acting: &Acting<'_>,
    id: SubmissionId,
    mailed: bool,
) -> Result<EnteredFor, Refused> {
    acting.allow(Action::ReceiveReports, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let sheet = submissions::find(&acting.app.store, tenant, id).await?;
    let sheet = sheet.ok_or(Refused::NotFound)?;
    let mut record = sheet.record.entry.clone();
    let word = tokens::random_name(acting.app);
    match &mut record.entered {
        Entered::Secretariat { link, confirmed: None, .. } => *link = Some(hashed(&word)),
        _ => return Err(Refused::NotFound),
    }
    let to = if mailed { tell::contacts(acting.app, record.state).await? } else { Vec::new() };
    let context = acting.context(Action::ReceiveReports)?.about(id);
    let mut act = begin_unrepeated!(acting, context);
    submissions::update(&mut act, id, &record, sheet.revision).await?;
    tell::write_link(&mut act, &to, "confirm-report", &word).await?;
    act.commit(&()).await?;
    Ok(EnteredFor { submission: id, word, letters: to.len() })
}

fn hashed(word: &str) -> String {
    hex::encode(palermo_crypto::sha256(word.as_bytes()))
}

/// The submission a confirmation link speaks of, with its newest version.
///
/// # Errors
/// [`Refused::NotFound`] for a link that is not ours; [`Refused::Declined`] for one that was
/// used.
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
    if !sheet.record.entry.entered.unconfirmed() {
        return Err(Refused::Declined(Message::new("error-link-used")));
    }
    let newest = earlier(acting, sheet.record.tenant, sheet.record.id).await?;
    Ok((sheet, newest))
}

/// Confirms by the one-time link what the secretariat entered. Whoever holds
/// the link acts; the log says that nobody signed in.
///
/// # Errors
/// [`Refused::NotFound`] for a link that is not ours; [`Refused::Declined`] for one that was
/// used.
pub async fn confirm(acting: &Acting<'_>, word: &str) -> Result<(), Refused> {
    let (sheet, newest) = find_confirmation(acting, word).await?;
    newest.ok_or(Refused::NotFound)?;
    let mut record = sheet.record.entry.clone();
    if let Entered::Secretariat { confirmed, .. } = &mut record.entered {
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
