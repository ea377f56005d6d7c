//! What the receiving body said about the newest version of a report, for the State that
//! wrote it: a report sent back is part of what waits for it (R038).

use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    id::SubmissionId,
    report::{Entered, Reception, ReceptionDecision, Submission},
};
use palermo_store::report::reception as receptions;

/// A report that was sent back and waits for a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The submission.
    pub submission: SubmissionId,
    /// Where its pages lie.
    pub path: String,
    /// Title of the questionnaire in the reader's language.
    pub title: String,
    /// The decision with its reason.
    pub reception: Reception,
}

/// The last word about the newest version of a submission.
///
/// # Errors
/// When the store does not answer.
pub async fn last_word(
    app: &App,
    id: SubmissionId,
    record: &Submission,
) -> Result<Option<Reception>, Refused> {
    let all = receptions::list(&app.store, Some(&record.questionnaire)).await?;
    let all: Vec<Reception> = all.into_iter().map(|one| one.record.entry).collect();
    Ok(last_of(&all, id, record).cloned())
}

/// Entries come in the order of their making: the last word counts.
fn last_of<'a>(all: &'a [Reception], id: SubmissionId, of: &Submission) -> Option<&'a Reception> {
    all.iter().rfind(|one| (one.submission, one.version) == (id, of.versions))
}

/// Reports of one's organisation that were sent back, for those who may put them right.
///
/// # Errors
/// When the store does not answer.
pub async fn returned_to_me(acting: &Acting<'_>) -> Result<Vec<Returned>, Refused> {
    let mut all = Vec::new();
    let mut titles = None;
    let said = receptions::list(&acting.app.store, None).await?;
    let said: Vec<Reception> = said.into_iter().map(|one| one.record.entry).collect();
    for sheet in super::sheets(acting).await? {
        let (id, record) = (sheet.record.id, &sheet.record.entry);
        let own = Resource::region().in_state(Some(record.state.as_str()));
        let (mine, path) = match record.entered {
            Entered::State => {
                (acting.may(Action::EditReport, &own), format!("/reports/sheets/{id}"))
            }
            Entered::Secretariat { .. } => (
                acting.may(Action::ReceiveReports, &Resource::region()),
                format!("/reports/entered/{id}"),
            ),
        };
        if !mine.allowed || record.versions == 0 {
            continue;
        }
        let word = last_of(&said, id, record);
        let Some(reception) = word.filter(|one| one.decision == ReceptionDecision::Returned) else {
            continue;
        };
        let known = match titles.take() {
            Some(known) => known,
            None => super::readable(acting.app).await?,
        };
        let title = known.get(&record.questionnaire).map_or_else(
            || record.questionnaire.clone(),
            |one| one.title.say(acting.language.code()).0.to_owned(),
        );
        titles = Some(known);
        all.push(Returned { submission: id, path, title, reception: reception.clone() });
    }
    Ok(all)
}
