//! Answers as they stood before: kept with every change, so that two versions can be
//! laid side by side and no word is lost.

use super::{Opened, opened};
use crate::{Acting, Refused};
use palermo_domain::{
    id::SubmissionId,
    report::{Answer, Compared, PastAnswer, compare},
};
use palermo_store::{
    Act, Revision, Versioned,
    report::{
        answer::{self as answers, Written},
        past as stored,
    },
};

/// Keeps what stands before it is changed.
pub(super) async fn keep(
    act: &mut Act,
    submission: SubmissionId,
    before: &Versioned<Written>,
) -> Result<(), Refused> {
    let old = &before.record;
    let record = PastAnswer {
        submission,
        code: old.code.clone(),
        answer: old.answer.clone(),
        by: old.by.clone(),
        at: old.at.to_string(),
    };
    stored::insert(act, &record).await?;
    Ok(())
}

/// Writes one answer of an open submission in an act: what stood before is kept, a
/// signature under it no longer holds, nor a declaration that its section has no data.
///
/// # Errors
/// [`Refused::Conflict`] if someone else wrote it since.
pub(crate) async fn write_answer(
    act: &mut Act,
    id: SubmissionId,
    opened: &Opened,
    written: &Written,
) -> Result<Revision, Refused> {
    let before = opened.answers.get(&written.code);
    if let Some(before) = before {
        keep(act, id, before).await?;
    }
    let revision = answers::write(act, id, written, before.map(|one| one.revision)).await?;
    super::write::answered(act, id, opened, &written.code).await?;
    Ok(revision)
}

/// One version of an answer with what changed against the one before it.
#[derive(Debug, Clone)]
pub struct AnswerVersion {
    /// Who wrote it.
    pub by: String,
    /// When, as it was recorded.
    pub at: String,
    /// The answer.
    pub answer: Answer,
    /// Its words against those of the version before.
    pub changed: Vec<Compared>,
}

fn words(answer: &Answer) -> String {
    let mut text = answer.value.plain();
    for more in [&answer.explanation, answer.definition.as_ref().unwrap_or(&String::new())] {
        if !more.is_empty() {
            text.push('\n');
            text.push_str(more);
        }
    }
    text
}

/// Every version of an answer, the newest first, each compared with the one before.
///
/// # Errors
/// [`Refused::NotFound`] for a question one may not see.
pub async fn versions_of(
    acting: &Acting<'_>,
    id: SubmissionId,
    code: &str,
) -> Result<(Opened, Vec<AnswerVersion>), Refused> {
    let opened = opened(acting, id).await?;
    let section = opened.questionnaire.section_of(code).ok_or(Refused::NotFound)?;
    if !opened.visible.contains(&section.code) {
        return Err(Refused::NotFound);
    }
    let past = stored::list(&acting.app.store, Some(&id.to_string())).await?;
    let mut all: Vec<(String, String, Answer)> = past
        .into_iter()
        .map(|one| one.record.entry)
        .filter(|one| one.code == code)
        .map(|one| (one.by, one.at, one.answer))
        .collect();
    if let Some(now) = opened.answers.get(code) {
        let now = &now.record;
        all.push((now.by.clone(), now.at.to_string(), now.answer.clone()));
    }
    let mut before = String::new();
    let mut versions = Vec::new();
    for (by, at, answer) in all {
        let text = words(&answer);
        let changed = compare(&before, &text);
        before = text;
        versions.push(AnswerVersion { by, at, answer, changed });
    }
    versions.reverse();
    Ok((opened, versions))
}
