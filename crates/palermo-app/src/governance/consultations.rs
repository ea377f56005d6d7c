//! Consultations with survivors, young people, families and communities. What somebody
//! says is stored without name, account, day or place; whoever runs the consultation
//! reads it, tells what was heard, and what followed (R222, E36).

use super::{
    Kept, own_name,
    typed::{Reader, Typed},
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    governance::{Consultation, ConsultationInput, ConsultedGroup, gives_away, spoke_as},
    id::ConsultationId,
};
use palermo_store::{
    ActContext, Begun,
    governance::{consultation as stored, input as inputs},
};
use std::collections::BTreeMap;

/// Every consultation, the one that closes last first.
///
/// # Errors
/// When the store does not answer.
pub async fn consultations(app: &App) -> Result<Vec<Kept<ConsultationId, Consultation>>, Refused> {
    let mut all = stored::list(&app.store, None).await?;
    all.sort_by_key(|one| std::cmp::Reverse(one.record.entry.closes));
    Ok(all)
}

async fn find(
    app: &App,
    id: ConsultationId,
) -> Result<Kept<ConsultationId, Consultation>, Refused> {
    let all = consultations(app).await?;
    all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)
}

/// Whether someone runs this consultation: reads what was said and tells what followed.
#[must_use]
pub fn may_run(acting: &Acting<'_>, one: &Kept<ConsultationId, Consultation>) -> bool {
    acting.may(Action::RunConsultation, &Resource::of(one.record.tenant)).allowed
}

/// A consultation, and for its own form what is to stand there.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn consultation(
    app: &App,
    id: ConsultationId,
) -> Result<(Kept<ConsultationId, Consultation>, Typed), Refused> {
    let found = find(app, id).await?;
    let one = found.record.entry.clone();
    let typed = Typed::default()
        .with("revision", found.revision.0)
        .with("title", one.title)
        .with("question", one.question)
        .with_all("groups", one.groups)
        .with("opens", one.opens)
        .with("closes", one.closes)
        .with("safety", one.safety)
        .with("support", one.support)
        .with("heard", one.heard)
        .with("followed", one.followed);
    Ok((found, typed))
}

/// Opens a consultation, or tells what was heard and what followed.
///
/// # Errors
/// Every problem of the form.
pub async fn keep_consultation(
    acting: &Acting<'_>,
    id: Option<ConsultationId>,
    typed: &Typed,
) -> Result<ConsultationId, Refused> {
    let (tenant, by) = own_name(acting).await?;
    acting.allow(Action::RunConsultation, &Resource::of(tenant)).await?;
    let mut read = Reader::new(typed);
    let title = read.required("title", 200);
    let question = read.required("question", 4_000);
    let groups: Vec<ConsultedGroup> = read.codes("groups");
    if groups.is_empty() {
        read.problems.add("groups", Message::new("error-choose"));
    }
    let (opens, closes) = (read.needed_day("opens"), read.needed_day("closes"));
    if let (Some(opens), Some(closes)) = (opens, closes)
        && closes < opens
    {
        read.problems.add("closes", Message::new("error-before"));
    }
    let safety = read.required("safety", 4_000);
    let support = read.bounded("support", 4_000);
    let heard = read.bounded("heard", 20_000);
    let followed = read.bounded("followed", 20_000);
    read.problems.none()?;
    let (Some(opens), Some(closes)) = (opens, closes) else { return Err(Refused::NotFound) };
    let record = Consultation {
        title,
        question,
        groups,
        by,
        opens,
        closes,
        safety,
        support,
        heard,
        followed,
    };
    let mut act = begin!(acting, acting.context(Action::RunConsultation)?);
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

/// Says something in a consultation. Nothing but the words, and the group if one is
/// named, is stored; the log says only that somebody took part.
///
/// # Errors
/// Words that would tell who somebody is are asked to be left out.
pub async fn take_part(
    acting: &Acting<'_>,
    id: ConsultationId,
    typed: &Typed,
) -> Result<(), Refused> {
    let found = find(acting.app, id).await?;
    let one = &found.record.entry;
    if !one.open_on(acting.now().date().into()) {
        return Err(Refused::Declined(Message::new("error-consultation-closed")));
    }
    let mut problems = Problems::default();
    let text = problems.required("text", &typed.text("text").replace("\r\n", "\n"), 8_000);
    if let Some(word) = gives_away(&text) {
        problems.add("text", Message::new("error-gives-away").with("word", word));
    }
    problems.none()?;
    let record = ConsultationInput {
        consultation: id.to_string(),
        group: typed.text("group").parse().ok().filter(|group| one.groups.contains(group)),
        text,
        may_quote: typed.text("may_quote") == "yes",
    };
    // Signed in or not, the log does not name who spoke: it is as if nobody had signed in.
    let actor = palermo_domain::actor::Actor::Public;
    let context = ActContext::new(found.record.tenant, actor, Action::TakePart.code());
    let Begun::Fresh(mut act) = acting.app.store.act(context).await? else { return Ok(()) };
    inputs::insert(&mut act, &record).await?;
    Ok(act.commit(&()).await?)
}

/// What was said in a consultation.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// How many spoke.
    pub count: usize,
    /// How many spoke as whom; groups below the threshold are not told apart.
    pub groups: BTreeMap<ConsultedGroup, usize>,
    /// The words, in no order that tells when they were written.
    pub words: Vec<ConsultationInput>,
}

/// What was said, for those who run the consultation.
///
/// # Errors
/// [`Refused::NotFound`] for others.
pub async fn heard(acting: &Acting<'_>, id: ConsultationId) -> Result<Heard, Refused> {
    let found = find(acting.app, id).await?;
    acting.allow(Action::RunConsultation, &Resource::of(found.record.tenant)).await?;
    let all = inputs::list(&acting.app.store, Some(&id.to_string())).await?;
    let words: Vec<ConsultationInput> = all.into_iter().map(|one| one.record.entry).collect();
    let least = acting.app.policy.publication_threshold() as usize;
    let groups = spoke_as(words.iter().filter_map(|one| one.group), least);
    Ok(Heard { count: words.len(), groups, words })
}
