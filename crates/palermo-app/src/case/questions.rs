//! Questions about a referral and their answers, in words: sealed to those who
//! open care on each of the two sides, kept on both, carried over with the step
//! they belong to. A crash between the two acts loses nothing.

use super::{
    carry_out, permitted,
    referral::{self, holders},
    tell,
};
use crate::{
    Acting, App, Message, Problems, Refused, access::Action, begin, keys, session::Signed,
};
use palermo_domain::{
    actor::Actor,
    case::referral::{Referral, ReferralState, Step, WordKind},
    compartment::Compartment,
    id::{CaseId, Id, PersonId, ReferralId, ReferralWordId, TenantId},
    moment::Moment,
    purpose::Purpose,
    task::Task,
};
use palermo_store::{
    Act, ActContext, Begun, Error as StoreError, Paging, PersonalRead, Revision, UnlockedVault,
    case::{
        envelope::Envelope,
        event as events, file as files, incoming, record,
        referral_word::{self as words, ReferralWord},
    },
    keys::sealed as values,
    task as tasks,
};

/// The work of whoever sent: a question waits.
pub(super) const TASK: &str = "task-referral-question";
/// Longest question or answer, in characters.
const LONGEST: usize = 4_000;

/// A question or an answer as its reader sees it.
#[derive(Debug, Clone)]
pub struct Said {
    /// Which of the two.
    pub kind: WordKind,
    /// When it was written.
    pub at: Moment,
    /// The words; nothing while the reader's key does not open them.
    pub words: Option<String>,
}

/// What was asked and answered about a referral, the oldest first, in a look
/// that is in the log already. `vault` is what the reader's key opens.
///
/// # Errors
/// When the database does not answer.
pub async fn of_referral(
    acting: &Acting<'_>,
    (signed, vault): (Option<&Signed>, Option<&UnlockedVault>),
    read: &PersonalRead,
    id: ReferralId,
) -> Result<Vec<Said>, Refused> {
    let (tenant, _) = acting.member()?;
    let all = words::of_referral(read, tenant, id).await?;
    // Words that are not under the key of their person yet are under those of staff.
    let key = match signed {
        Some(signed) if all.iter().any(|word| !word.is_kept()) => {
            keys::carry_vault(acting.app, signed).await?
        }
        _ => None,
    };
    let vault = vault.filter(|vault| vault.opens(Compartment::Care));
    let about = match vault {
        Some(_) if !all.is_empty() => whose(read, tenant, id).await?,
        _ => None,
    };
    let mut said = Vec::new();
    for word in all {
        let opened = match (vault, &about, &key) {
            (Some(vault), Some(about), _) if word.is_kept() => {
                let place = words::place(about.person, word.id.uuid());
                values::open(read, vault, place).await
            }
            (_, _, Some((key, secret))) if !word.is_kept() => {
                words::open(read, key, secret, &word).map(Some)
            }
            _ => Ok(None),
        };
        let clear = match opened {
            Ok(clear) => clear,
            Err(StoreError::Locked(_) | StoreError::Erased) => None,
            Err(error) => return Err(error.into()),
        };
        if let (Some(vault), Some(about), Some(clear)) = (vault, &about, &clear)
            && let Err(error) = keep(acting.app, vault, about, &word, clear).await
        {
            // Nothing is lost: whoever opens them next puts them there.
            tracing::warn!(%error, "words about a referral stay under keys of staff");
        }
        let words = clear.map(|clear| super::utf8(&clear));
        said.push(Said { kind: word.kind, at: word.recorded_at, words });
    }
    Ok(said)
}

/// Whom words about a referral are about here, and who the other side is.
struct Whose {
    person: PersonId,
    other: Option<TenantId>,
}

/// Nothing while the recipient has no case: nobody there has a key of the person.
async fn whose(
    read: &PersonalRead,
    tenant: TenantId,
    id: ReferralId,
) -> Result<Option<Whose>, Refused> {
    if let Some(sent) = record::find::<Referral>(read, tenant, id.uuid()).await? {
        let (person, other) = (sent.record.person, sent.record.recipient.tenant);
        return Ok(Some(Whose { person, other }));
    }
    let Some(there) = incoming::find(read, tenant, id).await? else { return Ok(None) };
    let Some(case) = there.record.case else { return Ok(None) };
    let other = Some(there.record.sender);
    let file = files::find(read, tenant, case).await?;
    Ok(file.map(|file| Whose { person: file.record.person, other }))
}

/// Puts words that were opened under the key of their person, once: then whoever joins
/// the team reads them, and they go with that key. The copy for the other side goes
/// when it has arrived there.
async fn keep(
    app: &App,
    vault: &UnlockedVault,
    about: &Whose,
    word: &ReferralWord,
    clear: &[u8],
) -> Result<(), Refused> {
    let arrived = match about.other.filter(|_| word.other.is_some()) {
        Some(other) => {
            let there = words::of_referral(&app.store, other, word.referral).await?;
            there.iter().any(|one| one.id == word.id)
        }
        None => false,
    };
    if word.is_kept() && !arrived {
        return Ok(());
    }
    let job = Actor::System { job: "referral".into() };
    let context = ActContext::new(word.tenant, job, "referral.keep")
        .for_purpose(Purpose::Referral)
        .about(word.referral);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    match words::keep(&mut act, vault, about.person, word.id, clear, arrived).await {
        Ok(()) => Ok(act.commit(&()).await?),
        Err(error) => {
            act.give_up().await?;
            Err(error.into())
        }
    }
}

/// Words sealed for both sides, before the act that keeps them.
pub(super) async fn sealed(
    app: &App,
    (own, other): (TenantId, TenantId),
    referral: ReferralId,
    kind: WordKind,
    text: &str,
) -> Result<ReferralWord, Refused> {
    let id: ReferralWordId = app.store.new_id();
    Ok(ReferralWord {
        tenant: own,
        id,
        referral,
        kind,
        own: for_side(app, own, id, text).await?,
        other: Some(for_side(app, other, id, text).await?),
        recorded_at: app.store.now(),
    })
}

async fn for_side(
    app: &App,
    side: TenantId,
    id: ReferralWordId,
    text: &str,
) -> Result<Envelope, Refused> {
    words::seal_for(side, id, &holders(app, side).await?, text.as_bytes())
        .map_err(|_| Refused::Declined(Message::new("case-referral-no-key")))
}

/// Reads what someone typed.
pub(super) fn typed(field: &str, text: &str) -> Result<String, Refused> {
    let mut problems = Problems::default();
    let text = problems.required(field, text, LONGEST);
    problems.none()?;
    Ok(text)
}

/// Carries over what one side wrote and the other does not have yet, in an act
/// of the other.
pub(super) async fn fetch(
    app: &App,
    act: &mut Act,
    from: TenantId,
    referral: ReferralId,
) -> Result<(), Refused> {
    let to = act.tenant();
    let here = words::of_referral(&*act, to, referral).await?;
    for word in words::of_referral(&app.store, from, referral).await? {
        let Some(own) = word.other.clone() else { continue };
        if here.iter().any(|known| known.id == word.id) {
            continue;
        }
        words::put(act, &ReferralWord { tenant: to, own, other: None, ..word }).await?;
    }
    Ok(())
}

/// Whether an answer waits at the sender's that the recipient does not have yet.
pub(super) async fn answer_waits(app: &App, sent: &Referral) -> Result<bool, Refused> {
    let Some(to) = sent.recipient.tenant else { return Ok(false) };
    let there = words::of_referral(&app.store, to, sent.id).await?;
    let here = words::of_referral(&app.store, sent.tenant, sent.id).await?;
    let known = |word: &ReferralWord| there.iter().any(|other| other.id == word.id);
    Ok(here.iter().any(|word| word.kind == WordKind::Answer && !known(word)))
}

/// Answers the recipient's question in words; their clock runs on. Whether more
/// may leave is decided again, inside the act: the person may have said no since.
/// A body that is not here is answered outside Palermo; that it was is noted.
///
/// # Errors
/// [`Refused::Invalid`] without words; [`Refused::Forbidden`] by R6;
/// [`Refused::Declined`] if nothing is asked any more, or nobody there has a key.
pub async fn answer(
    acting: &Acting<'_>,
    case: CaseId,
    id: ReferralId,
    text: &str,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, case, Action::SendReferral, purpose).await?;
    let found = record::find::<Referral>(&acting.app.store, tenant, id.uuid()).await?;
    let found = found.filter(|one| one.record.case == case).ok_or(Refused::NotFound)?;
    let Some(to) = found.record.recipient.tenant else {
        return referral::step(acting, case, id, Step::Inform, None, purpose).await;
    };
    let text = typed("reply", text)?;
    let mut word = sealed(acting.app, (tenant, to), id, WordKind::Answer, &text).await?;
    let context = file.context(acting, Action::SendReferral)?.about(id);
    let mut act = begin!(acting, context.because(referral::SENT));
    let found = record::find::<Referral>(&act, tenant, id.uuid()).await?;
    let Some(found) = found else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    let mut sent = found.record;
    let Ok(state) = sent.state.after(Step::Inform) else {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("case-referral-not-now")));
    };
    if let Err(refused) = referral::still_rests(&act, &sent).await {
        act.give_up().await?;
        return Err(refused);
    }
    let before = std::mem::replace(&mut sent.state, state);
    moved(&mut act, &sent, found.revision, before).await?;
    word.recorded_at = act.now();
    words::put(&mut act, &word).await?;
    let event = events::new(&act, case, "referral-question-answered");
    tell(&mut act, None, sent.person, event, None).await?;
    act.commit(&()).await?;
    carry_out::inform(acting.app, &sent).await?;
    carry_out::carry_out(acting.app, tenant).await
}

/// Changes where a referral of the sender stands, which was `before`, and ends the work
/// of whoever sent once it asks no more: answered, taken back, expired or decided.
pub(super) async fn moved(
    act: &mut Act,
    referral: &Referral,
    seen: Revision,
    before: ReferralState,
) -> Result<(), Refused> {
    record::update(act, referral, seen).await?;
    if before == ReferralState::InfoRequested && referral.state != before {
        done(act, referral).await?;
    }
    Ok(())
}

/// The work is done once no other referral of the case waits for an answer.
async fn done(act: &mut Act, answered: &Referral) -> Result<(), Refused> {
    let all = record::of_case::<Referral>(&*act, answered.tenant, answered.case).await?;
    let waits = |one: &Referral| one.state == ReferralState::InfoRequested;
    if all.iter().any(|one| one.record.id != answered.id && waits(&one.record)) {
        return Ok(());
    }
    let filter = tasks::Filter {
        subject: Some(answered.case.subject()),
        kind: Some(TASK.to_owned()),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let page = tasks::list(&*act, answered.tenant, &filter, tasks::SortBy::Due, Paging::all());
    let waiting = page.await?.items;
    for found in waiting {
        let (now, by) = (act.now(), act.actor().account());
        let task = Task { done_at: Some(now), done_by: by, ..found.record };
        tasks::update(act, &task, found.revision).await?;
    }
    Ok(())
}
