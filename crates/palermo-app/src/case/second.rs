//! What a second person agrees to, to be read before: the words that show an adult, what
//! a sealed file for a State of origin says, the letter that asks it (R3, E17). Sealed
//! words are opened for whoever reads the case, with an entry in the log; a letter is
//! shown to others without the name.

use super::{abroad, age, incoming, look, sealed_file, usual_purpose};
use crate::{
    Acting, Refused,
    access::Action,
    session::Signed,
    two_person::{self, Question},
};
use palermo_domain::{
    case::abroad::AbroadQuestion,
    id::{AbroadQuestionId, ApprovalId, CaseId, Id, SealedFileId},
};
use palermo_store::{
    approval as approvals,
    case::{record, sealed_file as files},
};

/// What is agreed to.
#[derive(Debug, Clone)]
pub struct Contents {
    /// The question.
    pub question: Question,
    /// The case, where one may open it.
    pub case: Option<CaseId>,
    /// What is agreed to, part by part; empty where it is not one's to open.
    pub parts: Vec<String>,
}

enum What {
    Age(age::Asked),
    File(SealedFileId),
    Letter(Box<AbroadQuestion>),
}

/// Whether there is something to read before agreeing to this.
#[must_use]
pub fn is_read_first(action: &str) -> bool {
    [Action::EndChildRights, Action::AskAbroad].iter().any(|one| one.code() == action)
}

async fn what(
    acting: &Acting<'_>,
    action: Action,
    subject: &str,
) -> Result<Option<(CaseId, What)>, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    if action == Action::EndChildRights {
        return Ok(age::Asked::read(subject).map(|asked| (asked.case, What::Age(asked))));
    }
    if action != Action::AskAbroad {
        return Ok(None);
    }
    if let Some(file) = sealed_file::named(subject) {
        let kept = files::find(store, tenant, file).await?;
        return Ok(kept.map(|kept| (kept.record.case, What::File(file))));
    }
    let id = subject.rsplit(':').next().unwrap_or_default();
    let Ok(id) = id.parse::<AbroadQuestionId>() else { return Ok(None) };
    let found = record::find::<AbroadQuestion>(store, tenant, id.uuid()).await?;
    Ok(found.map(|one| (one.record.case, What::Letter(Box::new(one.record)))))
}

/// What is agreed to, for whoever may learn that it waits.
///
/// # Errors
/// [`Refused::NotFound`] where the question is not one's to see, or nothing is read.
pub async fn contents(
    acting: &Acting<'_>,
    signed: &Signed,
    id: ApprovalId,
) -> Result<Contents, Refused> {
    let (tenant, _) = acting.member()?;
    let approval = approvals::find(&acting.app.store, tenant, id).await?;
    let action = Action::from_code(&approval.record.action).ok_or(Refused::NotFound)?;
    let question = two_person::question(acting, approval).await?.ok_or(Refused::NotFound)?;
    let found = what(acting, action, &question.approval.record.subject).await?;
    let (case, what) = found.ok_or(Refused::NotFound)?;
    let opened = if incoming::may_open(acting, case).await? {
        let purpose = usual_purpose(&acting.subject.roles);
        Some(look(acting, Some(signed), case, purpose).await?)
    } else {
        None
    };
    let mut parts = Vec::new();
    match (what, &opened) {
        (What::Age(asked), Some(opened)) => parts.extend(opened.text(asked.words()).await?),
        (What::File(file), Some(opened)) => {
            parts.extend(sealed_file::seen(opened, file).await?);
        }
        (What::Letter(question), opened) => {
            let letter = abroad::composed(acting, opened.as_ref(), &question).await?;
            parts.extend([letter.title, letter.to]);
            parts.extend(letter.paragraphs);
            parts.push(letter.from);
        }
        (_, None) => {}
    }
    Ok(Contents { question, case: opened.map(|_| case), parts })
}
