//! Questions about a referral and their answers, in words: sealed to those who
//! open care on each of the two sides, kept on both, carried over with the step
//! they belong to. A crash between the two acts loses nothing.

use super::{carry_out, permitted, referral::holders, tell};
use crate::{
    Acting, App, Message, Problems, Refused, access::Action, begin, keys, session::Signed,
};
use palermo_domain::{
    case::referral::{Referral, ReferralState, Step, WordKind},
    id::{CaseId, Id, ReferralId, ReferralWordId, TenantId},
    moment::Moment,
    purpose::Purpose,
    task::Task,
};
use palermo_store::{
    Act, Paging, PersonalRead,
    case::{
        event as events,
        incoming::Envelope,
        record,
        referral_word::{self as words, ReferralWord},
    },
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
/// that is in the log already.
///
/// # Errors
/// When the database does not answer.
pub async fn of_referral(
    acting: &Acting<'_>,
    signed: Option<&Signed>,
    read: &PersonalRead,
    id: ReferralId,
) -> Result<Vec<Said>, Refused> {
    let (tenant, _) = acting.member()?;
    let all = words::of_referral(read, tenant, id).await?;
    let key = match signed {
        Some(signed) if !all.is_empty() => keys::carry_vault(acting.app, signed).await?,
        _ => None,
    };
    let mut said = Vec::new();
    for word in all {
        let clear = match &key {
            Some((key, secret)) => match words::open(read, key, secret, &word) {
                Ok(clear) => Some(super::utf8(&clear)),
                Err(palermo_store::Error::Locked(_)) => None,
                Err(error) => return Err(error.into()),
            },
            None => None,
        };
        said.push(Said { kind: word.kind, at: word.recorded_at, words: clear });
    }
    Ok(said)
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

/// Answers the recipient's question in words; their clock runs on.
///
/// # Errors
/// [`Refused::Invalid`] without words; [`Refused::Declined`] if nothing is asked
/// any more, or nobody there has a key.
pub async fn answer(
    acting: &Acting<'_>,
    case: CaseId,
    id: ReferralId,
    text: &str,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, case, Action::SendReferral, purpose).await?;
    let text = typed("reply", text)?;
    let found = record::find::<Referral>(&acting.app.store, tenant, id.uuid()).await?;
    let found = found.filter(|one| one.record.case == case).ok_or(Refused::NotFound)?;
    let to = found.record.recipient.tenant.ok_or(Refused::NotFound)?;
    let mut word = sealed(acting.app, (tenant, to), id, WordKind::Answer, &text).await?;
    let mut act = begin!(acting, file.context(acting, Action::SendReferral)?.about(id));
    let found = record::find::<Referral>(&act, tenant, id.uuid()).await?;
    let Some(found) = found else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    let mut referral = found.record;
    let Ok(state) = referral.state.after(Step::Inform) else {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("case-referral-not-now")));
    };
    referral.state = state;
    record::update(&mut act, &referral, found.revision).await?;
    word.recorded_at = act.now();
    words::put(&mut act, &word).await?;
    let event = events::new(&act, case, "referral-question-answered");
    tell(&mut act, None, referral.person, event, None).await?;
    done(&mut act, &referral).await?;
    act.commit(&()).await?;
    carry_out::inform(acting.app, &referral).await?;
    carry_out::carry_out(acting.app, tenant).await
}

/// The work is done once no referral of the case waits for an answer.
async fn done(act: &mut Act, answered: &Referral) -> Result<(), Refused> {
    let all = record::of_case::<Referral>(&*act, answered.tenant, answered.case).await?;
    let waits = |one: &Referral| one.state == ReferralState::InfoRequested;
    if all.iter().any(|one| one.record.id != answered.id && waits(&one.record)) {
        return Ok(());
    }
    let filter = tasks::Filter {
        subject: Some(format!("{}:{}", CaseId::KIND, answered.case)),
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
