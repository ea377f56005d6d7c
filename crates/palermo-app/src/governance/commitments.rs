//! The log of commitments made in public: date, body, words and where they stand (R224).

use super::{
    Kept,
    typed::{Reader, Typed},
};
use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{governance::Commitment, id::CommitmentId};
use palermo_store::governance::commitment as stored;

/// Every commitment, the newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn commitments(app: &App) -> Result<Vec<Kept<CommitmentId, Commitment>>, Refused> {
    let mut all = stored::list(&app.store, None).await?;
    all.sort_by_key(|one| std::cmp::Reverse(one.record.entry.made));
    Ok(all)
}

/// One commitment for its form.
///
/// # Errors
/// [`Refused::NotFound`] for one of another organisation.
pub async fn commitment(acting: &Acting<'_>, id: CommitmentId) -> Result<Typed, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::KeepCommitments, &Resource::region()).await?;
    let found = stored::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let one = found.record.entry;
    Ok(Typed::default()
        .with("revision", found.revision.0)
        .with("made", one.made)
        .with("body", one.body)
        .with("occasion", one.occasion)
        .with("text", one.text)
        .with_some("link", one.link)
        .with("mechanism", one.mechanism)
        .with_all("states", one.states)
        .with_some("due", one.due)
        .with("taken_up", one.taken_up)
        .with("status", one.status)
        .with("evidence", one.evidence))
}

/// Records a commitment, or what became of it.
///
/// # Errors
/// Every problem of the form; [`Refused::Conflict`] if someone else changed it since.
pub async fn keep_commitment(
    acting: &Acting<'_>,
    id: Option<CommitmentId>,
    typed: &Typed,
) -> Result<CommitmentId, Refused> {
    acting.allow(Action::KeepCommitments, &Resource::region()).await?;
    let mut read = Reader::new(typed);
    let made = read.needed_day("made");
    let body = read.required("body", 200);
    let occasion = read.code("occasion");
    let text = read.required("text", 8_000);
    let link = read.link("link");
    let mechanism = read.mechanism(acting, "mechanism");
    let states = read.states(acting, "states");
    let due = read.day("due");
    let taken_up = read.bounded("taken_up", 120);
    let status = read.code("status");
    let evidence = read.bounded("evidence", 2_000);
    read.problems.none()?;
    let (Some(made), Some(occasion), Some(status)) = (made, occasion, status) else {
        return Err(Refused::NotFound);
    };
    let record = Commitment {
        made,
        body,
        occasion,
        text,
        link,
        mechanism,
        states,
        due,
        taken_up,
        status,
        evidence,
    };
    let mut act = begin!(acting, acting.context(Action::KeepCommitments)?);
    let id = match id {
        Some(id) => {
            stored::update(&mut act, id, &record, typed.seen().ok_or(Refused::Conflict)?).await?;
            id
        }
        None => stored::insert(&mut act, &record).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}
