//! Between two organisations: what was sent arrives once, answers come back,
//! clocks run out. Each step is an act of one organisation; cut off between two,
//! the next run goes on where it stopped. A job calls it every hour, and so does
//! every act that has something to tell.

use super::{consent::named, incoming::WAITS, look_for, questions, sealed_file, team, withdrawal};
use crate::{App, Refused, care::own_answer, work};
use palermo_domain::{
    actor::Actor,
    case::{
        Closure, Phase,
        referral::{Ask, Referral, ReferralState, Step},
    },
    id::{CaseId, Id, TaskId, TenantId},
    moment::Moment,
    purpose::Purpose,
    task::Task,
    unmet_need::UnmetNeed,
};
use palermo_locale::Language;
use palermo_store::{
    Act, ActContext, Begun,
    case::{
        event as events, file as files,
        incoming::{self, Incoming},
        outgoing::{self, Outgoing},
        person as persons, record, referral_word as words,
    },
    task as tasks, tenant as tenants, unmet_need as needs,
};
use std::time::Duration;

fn job() -> Actor {
    Actor::System { job: "referral".into() }
}

/// Delivers what a tenant has on its way. What was taken back meanwhile never
/// arrives; what the person asked not to be passed on waits for their answer; what
/// arrived before a crash is not delivered twice.
///
/// # Errors
/// When the database does not answer; called again, it goes on.
pub(super) async fn deliver_waiting(app: &App, tenant: TenantId) -> Result<(), Refused> {
    for one in outgoing::waiting(&app.store, tenant).await? {
        app.store.fault("referral.sent")?;
        let sent = record::find::<Referral>(&app.store, tenant, one.id.uuid()).await?;
        if let Some(sent) = sent.filter(|sent| !sent.record.state.is_over()) {
            // The person asked that nothing is passed on: it stays until that is answered.
            if own_answer::is_restricted(&app.store, tenant, sent.record.case).await? {
                continue;
            }
            deliver(app, &sent.record, &one).await?;
        }
        app.store.fault("referral.delivered")?;
        let context = ActContext::new(tenant, job(), "referral.arrived").about(one.id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        if outgoing::gone(&mut act, one.id).await? {
            act.commit(&()).await?;
        } else {
            act.give_up().await?;
        }
        // Taken back in the very moment it arrived: the recipient learns of it at once.
        let now = record::find::<Referral>(&app.store, tenant, one.id.uuid()).await?;
        let there = incoming::find(&app.store, one.recipient, one.id).await?;
        if let (Some(now), Some(there)) = (now, there)
            && now.record.state.is_over()
            && !there.record.state.is_over()
        {
            reconcile(app, &now.record, &there.record).await?;
        }
    }
    Ok(())
}

/// Puts a referral into the recipient's own records: an act in their log.
async fn deliver(app: &App, referral: &Referral, outgoing: &Outgoing) -> Result<(), Refused> {
    let to = outgoing.recipient;
    if incoming::find(&app.store, to, referral.id).await?.is_some() {
        return Ok(());
    }
    let context = ActContext::new(to, job(), "referral.deliver")
        .for_purpose(Purpose::Referral)
        .about(referral.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let arrived = Incoming {
        tenant: to,
        id: referral.id,
        sender: referral.tenant,
        desk: referral.recipient.desk,
        ask: referral.ask,
        service: referral.service.clone(),
        urgency: referral.urgency,
        state: referral.state,
        decline: None,
        case: None,
        sent_at: referral.sent_at.unwrap_or(referral.recorded_at),
        answered_at: None,
        told_at: None,
        has_content: true,
    };
    incoming::deliver(&mut act, &arrived, &outgoing.envelope).await?;
    Ok(act.commit(&()).await?)
}

/// Tells both sides what the other did, and lets the clock run out. Safe to
/// call at any time; a job does.
///
/// # Errors
/// When the database does not answer.
pub async fn carry_out(app: &App, tenant: TenantId) -> Result<(), Refused> {
    deliver_waiting(app, tenant).await?;
    sealed_file::carry_out(app, tenant).await?;
    look_for::carry_out(app, tenant).await?;
    let answered = words::answered(&app.store, tenant).await?;
    for sent in record::of_tenant::<Referral>(&app.store, tenant, &[]).await? {
        let Some(to) = sent.record.recipient.tenant else { continue };
        let found = incoming::find(&app.store, to, sent.record.id).await?;
        let Some(mut there) = found else { continue };
        let goes_on = there.record.has_content && !sent.record.state.is_ended_by_sender();
        if goes_on
            && answered.contains(&sent.record.id)
            && questions::answer_waits(app, &sent.record).await?
        {
            inform(app, &sent.record).await?;
            there = incoming::find(&app.store, to, sent.record.id).await?.unwrap_or(there);
        }
        if !is_news(&sent.record, &there.record) && !sent.record.has_expired(app.store.now()) {
            continue;
        }
        reconcile(app, &sent.record, &there.record).await?;
    }
    withdrawal::carry_out(app, tenant).await
}

/// The sender answered the recipient's question: the recipient's clock runs on. What
/// they did meanwhile stands, and the answer reaches them all the same, as long as
/// they keep what the referral carried.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn inform(app: &App, sent: &Referral) -> Result<(), Refused> {
    let Some(to) = sent.recipient.tenant else { return Ok(()) };
    let context = ActContext::new(to, job(), "referral.inform").about(sent.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let found = incoming::find(&act, to, sent.id).await?;
    let Some(mut now) = found.filter(|now| now.record.has_content) else {
        return Ok(act.give_up().await?);
    };
    // Taken back in the meantime, it is about to be over there, too.
    let mine = record::find::<Referral>(&app.store, sent.tenant, sent.id.uuid()).await?;
    if mine.is_none_or(|mine| mine.record.state.is_ended_by_sender()) {
        return Ok(act.give_up().await?);
    }
    questions::fetch(app, &mut act, sent.tenant, sent.id).await?;
    if let Ok(state) = now.record.state.after(Step::Inform) {
        now.record.state = state;
        incoming::update(&mut act, &now.record, now.revision).await?;
    }
    Ok(act.commit(&()).await?)
}

/// One referral on both sides. The person's and the sender's taking back wins;
/// otherwise the recipient's answer.
async fn reconcile(app: &App, sent: &Referral, there: &Incoming) -> Result<(), Refused> {
    if sent.has_expired(app.store.now()) && there.state.waits_for_answer() {
        let context = ActContext::new(there.tenant, job(), "referral.expire").about(sent.id);
        if let Begun::Fresh(mut act) = app.store.act(context).await? {
            if let Some(mut now) = incoming::find(&act, there.tenant, sent.id).await?
                && let Ok(state) = now.record.state.after(Step::Expire)
            {
                now.record.state = state;
                incoming::update(&mut act, &now.record, now.revision).await?;
            }
            act.commit(&()).await?;
        }
        return Box::pin(carry_out_one(app, sent)).await;
    }
    if sent.state.is_ended_by_sender() {
        let context = ActContext::new(there.tenant, job(), "referral.withdraw").about(sent.id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
        if let Some(mut now) = incoming::find(&act, there.tenant, sent.id).await? {
            now.record.state = sent.state;
            incoming::update(&mut act, &now.record, now.revision).await?;
            work::answered_kind(&mut act, sent.id.subject(), WAITS).await?;
        }
        return Ok(act.commit(&()).await?);
    }
    carry_out_one(app, sent).await
}

/// Whether the recipient answered since: another state, or another day on which whoever
/// waits is looked at again.
fn is_news(sent: &Referral, there: &Incoming) -> bool {
    let waits = there.state == ReferralState::Waitlisted;
    sent.state != there.state || waits && sent.answered_at != there.answered_at
}

/// Brings the recipient's answer to the sender's case.
pub(super) async fn carry_out_one(app: &App, sent: &Referral) -> Result<(), Refused> {
    let Some(to) = sent.recipient.tenant else { return Ok(()) };
    let context = ActContext::new(sent.tenant, job(), "referral.answer")
        .for_purpose(Purpose::Referral)
        .about(sent.case)
        .about(sent.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let mine = record::find::<Referral>(&act, sent.tenant, sent.id.uuid()).await?;
    let there = incoming::find(&app.store, to, sent.id).await?;
    let (Some(mine), Some(there)) = (mine, there) else {
        return Ok(act.give_up().await?);
    };
    let ended = mine.record.state.is_over() || !is_news(&mine.record, &there.record);
    if ended {
        return Ok(act.give_up().await?);
    }
    let mut referral = mine.record;
    let before = std::mem::replace(&mut referral.state, there.record.state);
    referral.decline = there.record.decline;
    referral.answered_at = there.record.answered_at;
    questions::moved(&mut act, &referral, mine.revision, before).await?;
    file_unmet(app, &mut act, &referral).await?;
    let mut event =
        events::new(&act, referral.case, "referral-step").with("referral", referral.state.code());
    if let Some(reason) = referral.decline {
        event = event.with("reason", reason.code());
    }
    events::insert(&mut act, &event).await?;
    match referral.state {
        ReferralState::InfoRequested => ask_sender(app, &mut act, &referral).await?,
        ReferralState::Completed => handed_back(app, &mut act, &referral).await?,
        ReferralState::Waitlisted => bring_words(app, &mut act, &referral).await?,
        _ => {}
    }
    if referral.ask == Ask::Transfer && referral.state == ReferralState::Accepted {
        // Responsibility has moved: only now, with the acceptance.
        super::change(&mut act, referral.case, |case| {
            case.phase = Phase::Closed;
            case.closed_at = there.record.answered_at;
            case.closure = Some(Closure::Transferred);
        })
        .await?;
        // Whoever took it looks for a guardian now.
        crate::care::write::guardian_not_due(&mut act, referral.case, "closed").await?;
    }
    Ok(act.commit(&()).await?)
}

/// The recipient asks something: whoever sent, or carries the case if they left its
/// team, has work to do before the clock runs out. The words stand in the case,
/// sealed; the task tells none of them.
async fn ask_sender(app: &App, act: &mut Act, referral: &Referral) -> Result<(), Refused> {
    bring_words(app, act, referral).await?;
    sender_works(app, act, referral, questions::TASK, referral.answer_by()).await
}

/// The recipient hands back: whoever sent has a week to go on from there.
async fn handed_back(app: &App, act: &mut Act, referral: &Referral) -> Result<(), Refused> {
    bring_words(app, act, referral).await?;
    let due = act.now().after(Duration::from_secs(7 * 86_400));
    sender_works(app, act, referral, "task-referral-handed-back", Some(due)).await
}

/// Brings what the recipient wrote with their step.
async fn bring_words(app: &App, act: &mut Act, referral: &Referral) -> Result<(), Refused> {
    let person = persons::find(&*act, referral.tenant, referral.person).await?;
    // What was erased here does not come back with a question.
    if let (Some(to), Some(person)) = (referral.recipient.tenant, person)
        && !person.record.is_erased()
    {
        questions::fetch(app, act, to, referral.id).await?;
    }
    Ok(())
}

async fn sender_works(
    app: &App,
    act: &mut Act,
    referral: &Referral,
    kind: &str,
    due: Option<Moment>,
) -> Result<(), Refused> {
    let house = tenants::find(&app.store, referral.tenant).await?;
    let language = house.and_then(|house| Language::from_code(&house.record.language));
    let what = app.catalogue.text(language.unwrap_or(Language::En), kind);
    let number = palermo_domain::case::number(referral.case);
    let task = Task {
        tenant: referral.tenant,
        id: act.new_id::<TaskId>(),
        kind: kind.into(),
        subject: Some(format!("{}:{}", CaseId::KIND, referral.case)),
        note: format!("{number}: {what}"),
        desk: None,
        assignee: team::or_lead(act, referral.case, referral.by).await?,
        due_at: due,
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    Ok(tasks::insert(act, &task).await?)
}

/// A service declined for a stated exclusion is an unmet need: what was missing
/// where, never for whom (R1, R079). A sealed record leaves none (E11).
///
/// # Errors
/// When the database does not answer.
pub(super) async fn file_unmet(
    app: &App,
    act: &mut Act,
    referral: &Referral,
) -> Result<(), Refused> {
    let declined = referral.state == ReferralState::Declined;
    let Some(reason) = referral.decline.filter(|why| declined && why.excludes_a_group()) else {
        return Ok(());
    };
    let case = files::get(act, referral.case).await?.record;
    let person = persons::find(&*act, referral.tenant, referral.person).await?;
    let state = tenants::find(&app.store, referral.tenant).await?.and_then(|one| one.record.state);
    let state = state.and_then(|state| state.to_string().parse().ok());
    let (Some(person), Some(state), false) = (person, state, case.sealed) else { return Ok(()) };
    let on = act.now().date().into();
    let need = UnmetNeed::of_declined(&referral.service, reason, &person.record, state, on);
    needs::insert(act, &need).await?;
    let event = events::new(act, referral.case, "unmet-need")
        .with("service", referral.service.clone())
        .with("recipient", named(app, &referral.recipient).await?);
    Ok(events::insert(act, &event).await?)
}
