//! What parliaments ask and do: questions with the government's answers, debates,
//! budgets, and the work for a ratification (R223).

use super::{
    Kept,
    typed::{Reader, Typed},
};
use crate::{
    Acting, App, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    governance::{ParliamentEntry, ParliamentKind},
    id::ParliamentEntryId,
};
use palermo_store::governance::parliament as stored;

/// Every entry, the newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn parliament_entries(
    app: &App,
) -> Result<Vec<Kept<ParliamentEntryId, ParliamentEntry>>, Refused> {
    let mut all = stored::list(&app.store, None).await?;
    all.sort_by_key(|one| std::cmp::Reverse(one.record.entry.on));
    Ok(all)
}

/// One entry of one's own organisation for its form.
///
/// # Errors
/// [`Refused::NotFound`] for one of another organisation.
pub async fn parliament_entry(
    acting: &Acting<'_>,
    id: ParliamentEntryId,
) -> Result<Typed, Refused> {
    let (tenant, _) = acting.member()?;
    let found = stored::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let one = found.record.entry;
    let resource = Resource::region().in_state(Some(one.state.as_str()));
    acting.allow(Action::KeepParliament, &resource).await?;
    Ok(Typed::default()
        .with("revision", found.revision.0)
        .with("state", one.state)
        .with("kind", one.kind)
        .with("on", one.on)
        .with("by", one.by)
        .with("subject", one.subject)
        .with("text", one.text)
        .with("answer", one.answer)
        .with_some("answered", one.answered)
        .with_some("link", one.link)
        .with("recommendation", one.recommendation)
        .with("instrument", one.instrument)
        .with("next", one.next)
        .with_some("next_on", one.next_on))
}

async fn read(acting: &Acting<'_>, typed: &Typed) -> Result<ParliamentEntry, Refused> {
    let mut read = Reader::new(typed);
    let state = read.state(acting, "state");
    let kind = read.code::<ParliamentKind>("kind");
    let on = read.needed_day("on");
    let by = read.required("by", 200);
    let subject = read.required("subject", 200);
    let text = read.required("text", 8_000);
    let answer = read.bounded("answer", 8_000);
    let answered = read.day("answered");
    let link = read.link("link");
    let recommendation = read.bounded("recommendation", 60);
    let instrument = read.bounded("instrument", 60);
    let next = read.bounded("next", 300);
    let next_on = read.day("next_on");
    if let (Some(on), Some(answered)) = (on, answered)
        && answered < on
    {
        read.problems.add("answered", Message::new("error-before"));
    }
    if !recommendation.is_empty() {
        let all = crate::review::recommendations(acting.app).await?;
        if all.iter().all(|one| one.recommendation.id != recommendation) {
            read.problems.add("recommendation", Message::new("error-no-recommendation"));
        }
    }
    let ratifies = kind == Some(ParliamentKind::Ratification);
    if (ratifies || !instrument.is_empty())
        && acting.app.registers.instruments.get(&instrument).is_none()
    {
        read.problems.add("instrument", Message::new("error-choose"));
    }
    read.problems.none()?;
    let (Some(state), Some(kind), Some(on)) = (state, kind, on) else {
        return Err(Refused::NotFound);
    };
    Ok(ParliamentEntry {
        state,
        kind,
        on,
        by,
        subject,
        text,
        answer,
        answered,
        link,
        recommendation,
        instrument,
        next,
        next_on,
    })
}

/// Records what a parliament did, or what followed.
///
/// # Errors
/// Every problem of the form; [`Refused::NotFound`] for the parliament of another State.
pub async fn keep_parliament_entry(
    acting: &Acting<'_>,
    id: Option<ParliamentEntryId>,
    typed: &Typed,
) -> Result<ParliamentEntryId, Refused> {
    let record = read(acting, typed).await?;
    let resource = Resource::region().in_state(Some(record.state.as_str()));
    acting.allow(Action::KeepParliament, &resource).await?;
    let mut act = begin!(acting, acting.context(Action::KeepParliament)?);
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
