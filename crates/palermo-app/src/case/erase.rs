//! Erasing a person before their time is up: because they ask for it, or
//! because it should never have been kept. One of the team asks, another
//! person agrees, then it is done once (check A8).

use super::{CaseFile, keeping, permitted, retention, withdrawal};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin_unrepeated, two_person,
};
use palermo_domain::{
    case::related::Related,
    id::{CaseId, Id, PersonId, TenantId},
    purpose::Purpose,
    two_person::ApprovalState,
};
use palermo_store::{
    Db, approval as approvals,
    case::{file as files, record},
    keys::erase,
};

/// Why a person may be erased, as codes.
pub const GROUNDS: [&str; 3] = ["persons-request", "not-lawful", "made-in-error"];

/// How far an erasure got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// A second person has been asked.
    Asked,
    /// Everything that names the person is gone.
    Done,
}

/// What stands between a case and its erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Something still runs that needs the record.
    pub open_matter: bool,
    /// It was erased already.
    pub erased: bool,
    /// A question waits for its second person.
    pub waits: bool,
    /// Two people agree to this ground: it can be done now.
    pub agreed: Option<&'static str>,
}

/// What stands between this case and its erasure.
///
/// # Errors
/// As [`permitted`], and without the right to erase.
pub async fn standing(
    acting: &Acting<'_>,
    id: CaseId,
    purpose: Purpose,
) -> Result<Standing, Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    of_file(acting, &file).await
}

/// Why nobody else of one's organisation could agree to an erasure; nothing
/// where someone could.
///
/// # Errors
/// When the database does not answer.
pub async fn nobody_may_agree(acting: &Acting<'_>) -> Result<Option<Message>, Refused> {
    two_person::nobody_else(acting, Action::ErasePerson).await
}

async fn of_file(acting: &Acting<'_>, file: &CaseFile) -> Result<Standing, Refused> {
    let (tenant, account) = acting.member()?;
    let person = file.person.record.id;
    let mut open_matter = false;
    for episode in files::of_person(&acting.app.store, tenant, person).await? {
        open_matter |= retention::referral_runs(acting.app, tenant, episode.record.id).await?;
    }
    let code = Action::ErasePerson.code();
    let mut standing = Standing {
        open_matter,
        erased: file.person.record.is_erased(),
        waits: false,
        agreed: None,
    };
    let mark = mark(&acting.app.store, tenant, person).await?;
    for ground in GROUNDS {
        let about = subject(ground, &mark, person);
        for one in approvals::about(&acting.app.store, tenant, code, &about).await? {
            let mine = one.record.asked_by == account || one.record.decided_by == Some(account);
            match one.record.state(acting.now()) {
                ApprovalState::Asked => standing.waits = true,
                ApprovalState::Agreed if mine => standing.agreed = Some(ground),
                _ => {}
            }
        }
    }
    Ok(standing)
}

/// Whom it is about and why, as the question names them: by id, never by name.
/// The second person agrees to this ground and no other, and to what goes now.
fn subject(ground: &str, mark: &str, person: PersonId) -> String {
    format!("{ground}:{mark}:{}:{person}", PersonId::KIND)
}

/// The mark of what an erasure takes: the person's cases and those beside them.
/// A case opened since is none that two people agreed to erase.
async fn mark(db: &dyn Db, tenant: TenantId, person: PersonId) -> Result<String, Refused> {
    let mut goes = Vec::new();
    for episode in files::of_person(db, tenant, person).await? {
        goes.push(episode.record.id.to_string());
        for beside in record::of_case::<Related>(db, tenant, episode.record.id).await? {
            goes.push(beside.record.id.to_string());
        }
    }
    goes.sort();
    let goes: Vec<&str> = goes.iter().map(String::as_str).collect();
    Ok(two_person::mark(&goes))
}

/// The ground a question names: of an erasure, or that a case whose time is over is
/// no longer kept for what holds it.
pub(crate) fn ground_of(subject: &str) -> Option<&'static str> {
    let named = subject.split(':').next()?;
    let mut known = GROUNDS.into_iter().chain([keeping::NOT_FOR_MATTERS]);
    known.find(|known| *known == named)
}

/// Erases the person of a case, with everything beside them. What two people
/// have not agreed to is asked for instead.
///
/// # Errors
/// [`Refused::Invalid`] without a ground where none was agreed to; [`Refused::Declined`] while something
/// runs that needs the record, while a question waits, and where nobody else may agree; what access refuses.
pub async fn erase(
    acting: &Acting<'_>,
    id: CaseId,
    ground: &str,
    purpose: Purpose,
) -> Result<Erasure, Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    acting.allow(Action::ErasePerson, &Resource::of(tenant)).await?;
    let standing = of_file(acting, &file).await?;
    // What two people agreed to is done for the reason they agreed to.
    let typed = GROUNDS.into_iter().find(|known| *known == ground);
    let Some(ground) = standing.agreed.or(typed) else {
        return Err(Refused::field("ground", Message::new("error-choose")));
    };
    if standing.erased {
        return Err(Refused::Declined(Message::new("error-erased-already")));
    }
    if standing.open_matter {
        return Err(Refused::Declined(Message::new("error-erase-open-matter")));
    }
    let context = file.context(acting, Action::ErasePerson)?.because(ground);
    let mut act = begin_unrepeated!(acting, context);
    let person = file.person.record.id;
    let subject = subject(ground, &mark(&act, tenant, person).await?, person);
    if let Err(refused) = two_person::redeem(&mut act, Action::ErasePerson, &subject).await {
        act.give_up().await?;
        if standing.agreed.is_some() {
            return Err(refused);
        }
        two_person::ask(acting, Action::ErasePerson, &subject).await?;
        return Ok(Erasure::Asked);
    }
    retention::erase_in(&mut act, id, ground).await?;
    act.commit(&()).await?;
    erase::finish(&acting.app.store).await?;
    // Whoever received something is asked to erase it too (E25).
    withdrawal::carry_out(acting.app, tenant).await?;
    Ok(Erasure::Done)
}
