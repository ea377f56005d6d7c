//! Answering what other organisations ask: whoever's key opens identity clicks
//! once, and sees neither question nor answer. What ran out is emptied.

use super::{Question, TASK, compare, house, is_feared, keep, question_info};
use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
    care::own_answer,
    case::never_told,
    keys,
    keys::carry_vault,
    session::Signed,
};
use palermo_crypto::open_with;
use palermo_domain::{
    actor::Actor,
    case::look_for::Known,
    compartment::Compartment,
    id::{AccountId, Id, TenantId},
    purpose::Purpose,
    task::Task,
};
use palermo_store::{
    ActContext, Begun, Paging, Versioned,
    case::look_for::{self as store, Agreed, Asked},
    keys::staff,
    task as tasks,
};

/// How many questions of others wait for one's organisation.
///
/// # Errors
/// What access or the store refuse.
pub async fn waiting(acting: &Acting<'_>) -> Result<usize, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Care);
    acting.allow_for(Action::AnswerLookFor, &Resource::of(tenant), purpose).await?;
    let now = acting.now();
    let all = store::waiting(&acting.app.store, tenant).await?;
    Ok(all.iter().filter(|one| one.record.expires_at > now).count())
}

/// Answers the questions that wait, with one's own open key. Returns how many;
/// what was asked and what was answered is shown to nobody here.
///
/// # Errors
/// [`Refused::UnlockNeeded`] unless one's open key holds identity.
pub async fn answer_all(acting: &Acting<'_>, signed: &Signed) -> Result<usize, Refused> {
    let (tenant, account) = acting.member()?;
    let purpose = Some(Purpose::Care);
    acting.allow_for(Action::AnswerLookFor, &Resource::of(tenant), purpose).await?;
    let vault = keys::vault(acting, signed).await?;
    if !vault.opens(Compartment::Identity) {
        return Err(Refused::UnlockNeeded);
    }
    let Some((key, secret)) = carry_vault(acting.app, signed).await? else {
        return Err(Refused::UnlockNeeded);
    };
    let mut context = acting.context(Action::AnswerLookFor)?.for_purpose(Purpose::Care);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    // Nobody is told to a house they fear, however it asks (E17).
    let never = never_told::of_house(&read, tenant).await?;
    let (mut agreed, mut count) = (None::<Vec<Agreed>>, 0);
    for one in store::waiting(&read, tenant).await? {
        let asked = &one.record;
        let open = |asked: &Asked| {
            let sealed = hex::decode(asked.sealed.get(&key.id.uuid())?).ok()?;
            let (owner, id) = (*tenant.uuid().as_bytes(), *asked.id.uuid().as_bytes());
            let clear = open_with(&secret, &question_info(&owner, &id), &sealed).ok()?;
            serde_json::from_slice::<Question>(&clear).ok()
        };
        if asked.expires_at <= acting.now() {
            close(acting.app, &one).await?;
            continue;
        }
        // Sealed to colleagues whose keys came later than ours, or before: not for this key.
        let Some(question) = open(asked) else { continue };
        if agreed.is_none() {
            // Who asked that nothing is passed on is as if they were not there.
            let restricted = own_answer::restricted_persons(&read, tenant).await?;
            let mut all = store::agreed(&read, &vault).await?;
            all.retain(|one| !restricted.contains(&one.person));
            agreed = Some(all);
        }
        let asker = house(asked.sender);
        let kept_out = never.iter().filter(|(_, one)| one.keeps_out(&asker));
        let afraid = kept_out.map(|(person, _)| *person).collect();
        let known = compare(&question, agreed.as_deref().unwrap_or_default(), &afraid)?;
        count += usize::from(deliver_answer(acting.app, &one, &question, known).await?);
    }
    finish_reminder(acting, account).await?;
    Ok(count)
}

/// Brings an answer to the asker, then closes the question here. Cut off
/// between the two it is answered again, which changes nothing.
async fn deliver_answer(
    app: &App,
    one: &Versioned<Asked>,
    question: &Question,
    known: Known,
) -> Result<bool, Refused> {
    let asked = &one.record;
    let found = store::find(&app.store, asked.sender, asked.id).await?;
    let open = found.filter(|found| found.record.ended_at.is_none());
    if let Some(found) = open
        && !is_feared(&app.store, &found.record, asked.tenant).await?
    {
        let key = question.answer_to.parse().ok();
        let key = match key {
            Some(key) => staff::find(&app.store, asked.sender, key).await?,
            None => None,
        };
        if let Some(key) = key {
            keep(app, &found.record, asked.tenant, &key, &known).await?;
        }
    }
    close(app, one).await?;
    Ok(true)
}

async fn close(app: &App, one: &Versioned<Asked>) -> Result<(), Refused> {
    let actor = Actor::System { job: "look-for".into() };
    let context = ActContext::new(one.record.tenant, actor, "look-for.close").about(one.record.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let now = store::asked(&act, one.record.tenant, one.record.id).await?;
    match now.filter(|now| now.record.answered_at.is_none()) {
        Some(now) => {
            store::close(&mut act, &now.record, now.revision).await?;
            Ok(act.commit(&()).await?)
        }
        None => Ok(act.give_up().await?),
    }
}

async fn finish_reminder(acting: &Acting<'_>, account: AccountId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let filter = tasks::Filter {
        assignee: Some(account),
        kind: Some(TASK.into()),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let sort = tasks::SortBy::default();
    let open = tasks::list(&acting.app.store, tenant, &filter, sort, Paging::default()).await?;
    if open.items.is_empty() {
        return Ok(());
    }
    let mut context = acting.context(Action::AnswerLookFor)?;
    context.idempotency = None;
    let Begun::Fresh(mut act) = acting.app.store.act(context).await? else { return Ok(()) };
    for task in open.items {
        let done = Task { done_at: Some(act.now()), done_by: Some(account), ..task.record.clone() };
        tasks::update(&mut act, &done, task.revision).await?;
    }
    Ok(act.commit(&()).await?)
}

/// Empties questions that were taken back or ran out, or are about someone who fears
/// whoever was asked. A job calls this; it
/// opens nothing.
///
/// # Errors
/// When the database does not answer.
pub(in crate::case) async fn carry_out(app: &App, tenant: TenantId) -> Result<(), Refused> {
    for one in store::waiting(&app.store, tenant).await? {
        let over = one.record.expires_at <= app.store.now();
        let asked = store::find(&app.store, one.record.sender, one.record.id).await?;
        let open = match asked.filter(|asked| asked.record.ended_at.is_none()) {
            Some(asked) => !is_feared(&app.store, &asked.record, tenant).await?,
            None => false,
        };
        if over || !open {
            close(app, &one).await?;
        }
    }
    Ok(())
}
