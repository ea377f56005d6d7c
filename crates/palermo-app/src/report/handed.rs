//! Sections of reports that were handed to someone and are not finished: part of what
//! waits for them.

use crate::{Acting, Refused};
use palermo_domain::{id::SubmissionId, register::day::Day};

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
}

/// Sections handed to the reader that are not finished, those due first before others.
///
/// # Errors
/// When the store does not answer.
pub async fn handed_to_me(acting: &Acting<'_>) -> Result<Vec<Handed>, Refused> {
    let (_, account) = acting.member()?;
    let questionnaires = super::questionnaires(acting.app).await?;
    let mut all = Vec::new();
    for sheet in super::sheets(acting).await? {
        let record = &sheet.record.entry;
        let title = questionnaires.get(&record.questionnaire).map_or_else(
            || record.questionnaire.clone(),
            |one| one.title.say(acting.language.code()).0.to_owned(),
        );
        let own = record.assigned.iter().filter(|(_, one)| one.account == account && !one.finished);
        all.extend(own.map(|(section, one)| Handed {
            submission: sheet.record.id,
            title: title.clone(),
            period: record.period,
            section: section.clone(),
            due: one.due,
        }));
    }
    all.sort_by_key(|one| (one.due.is_none(), one.due));
    Ok(all)
}
