//! What waits for the contact person of a State: reports that are due, and those whose
//! sections all came back, to be signed off.

use super::{Sheet, questionnaires::Versions};
use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    id::SubmissionId,
    register::day::Day,
    report::{DutyStatus, Entered, Obligation, SubmissionStatus},
};

/// A report that is due, with the one begun for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The duty.
    pub obligation: Obligation,
    /// Title of the questionnaire in the reader's language.
    pub title: String,
    /// What was begun for it.
    pub begun: Option<SubmissionId>,
}

/// A report that waits for a signature, or signed for being sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSign {
    /// The submission.
    pub submission: SubmissionId,
    /// Title of the questionnaire in the reader's language.
    pub title: String,
    /// The year reported on.
    pub period: i32,
    /// Signed, and not sent yet.
    pub signed: bool,
}

/// What the State itself began for a questionnaire and a year, if anything.
#[must_use]
pub fn begun_for(sheets: &[Sheet], questionnaire: &str, period: i32) -> Option<SubmissionId> {
    let found = sheets.iter().find(|one| {
        let entry = &one.record.entry;
        entry.entered == Entered::State
            && (entry.questionnaire.as_str(), entry.period) == (questionnaire, period)
    });
    found.map(|one| one.record.id)
}

/// Reports of one's State that are late or due within a month, for those who may write
/// them; nothing for others.
///
/// # Errors
/// When the store does not answer.
pub async fn owed_by_me(acting: &Acting<'_>) -> Result<Vec<Owed>, Refused> {
    let Some(state) = acting.subject.state.clone() else { return Ok(Vec::new()) };
    if !acting.may(Action::EditReport, &Resource::region().in_state(Some(&state))).allowed {
        return Ok(Vec::new());
    }
    let today: Day = acting.now().date().into();
    let this = today.date().year();
    let all = super::duties_of(acting.app, &state, this - 2..=this, today).await?;
    let known = Versions::load(acting.app).await?;
    let sheets = super::sheets(acting).await?;
    let waits = all.into_iter().filter(|one| {
        matches!(one.status, DutyStatus::Due | DutyStatus::Late) && one.escalation.is_some()
    });
    Ok(waits
        .filter_map(|obligation| {
            let id = obligation.of.questionnaire.as_deref()?;
            let title = known.newest(id).ok()?.title.say(acting.language.code()).0.to_owned();
            let begun = begun_for(&sheets, id, obligation.of.period);
            Some(Owed { obligation, title, begun })
        })
        .collect())
}

/// Reports of one's organisation of which every section that was handed out came back and
/// that nobody signed, and those signed and not sent: for who may sign.
///
/// # Errors
/// When the store does not answer.
pub async fn to_sign(acting: &Acting<'_>) -> Result<Vec<ToSign>, Refused> {
    let known = Versions::load(acting.app).await?;
    let mut all = Vec::new();
    for sheet in super::sheets(acting).await? {
        let record = &sheet.record.entry;
        let own = Resource::region().in_state(Some(record.state.as_str()));
        let signed = record.status == SubmissionStatus::Signed;
        let back = !record.assigned.is_empty() && record.assigned.values().all(|one| one.finished);
        let waits = signed || (record.status == SubmissionStatus::Draft && back);
        if record.entered != Entered::State
            || !waits
            || !acting.may(Action::SubmitReport, &own).allowed
        {
            continue;
        }
        let title = known.at(&record.questionnaire, record.questionnaire_version).map_or_else(
            || record.questionnaire.clone(),
            |one| one.title.say(acting.language.code()).0.to_owned(),
        );
        let (submission, period) = (sheet.record.id, record.period);
        all.push(ToSign { submission, title, period, signed });
    }
    Ok(all)
}
