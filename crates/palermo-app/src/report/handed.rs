//! Sections of reports that were handed to someone and are not finished: part of what
//! waits for them.

use crate::{Acting, Refused};
use palermo_domain::{id::SubmissionId, register::day::Day, report::Assignment};

/// A section that was handed to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// The submission.
    pub submission: SubmissionId,
    /// Title of the questionnaire in the reader's language.
    pub title: String,
    /// The year reported on.
    pub period: i32,
    /// Code of the section.
    pub section: String,
    /// Until when.
    pub due: Option<Day>,
    /// Where it is written.
    pub path: String,
}

/// Sections handed to the reader that are not finished, those due first before others.
///
/// # Errors
/// When the store does not answer.
pub async fn handed_to_me(acting: &Acting<'_>) -> Result<Vec<Handed>, Refused> {
    let (tenant, account) = acting.member()?;
    let questionnaires = super::readable(acting.app).await?;
    let mut all = Vec::new();
    let mut sheets = super::sheets(acting).await?;
    sheets.extend(super::handing::from_elsewhere(acting).await?);
    for sheet in sheets {
        let record = &sheet.record.entry;
        let elsewhere = sheet.record.tenant != tenant;
        let base = if elsewhere { "/reports/handed" } else { "/reports/sheets" };
        let title = questionnaires.get(&record.questionnaire).map_or_else(
            || record.questionnaire.clone(),
            |one| one.title.say(acting.language.code()).0.to_owned(),
        );
        let mine = |one: &Assignment| {
            if elsewhere { one.organisation == Some(tenant) } else { one.account == Some(account) }
        };
        let own = record.assigned.iter().filter(|(_, one)| mine(one) && !one.finished);
        all.extend(own.map(|(section, one)| Handed {
            submission: sheet.record.id,
            title: title.clone(),
            period: record.period,
            section: section.clone(),
            due: one.due,
            path: format!("{base}/{}/sections/{section}", sheet.record.id),
        }));
    }
    all.sort_by_key(|one| (one.due.is_none(), one.due));
    Ok(all)
}
