//! Break-glass (check A7): someone on call opens one person's care and identity
//! with a reason, for at most an hour. Those who answer for the case are told
//! at once; somebody else looks at it afterwards. It gives access, not keys:
//! the on-call role's own key opens the compartments.

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    session::Signed,
};
use palermo_domain::{
    break_glass::{BreakGlass, BreakReason, CannotReview, LONGEST},
    case::{Case, Phase},
    id::{AccountId, BreakGlassId, CaseId, PersonId},
    purpose::Purpose,
};
use palermo_store::{
    Act, Paging, Versioned, account as accounts, break_glass as openings,
    case::{file as files, team as teams},
    keys::person,
    notice,
};
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};

impl From<CannotReview> for Refused {
    fn from(why: CannotReview) -> Self {
        Self::Declined(Message::new(match why {
            CannotReview::OwnOpening => "error-own-break-glass",
            CannotReview::Reviewed => "error-reviewed-already",
        }))
    }
}

/// Opens. `minutes` is at most sixty; `told` are those who answer for the case
/// and learn of it at once, besides whoever may review.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when one's key is closed; [`Refused::Invalid`]
/// without a reason.
pub async fn open(
    acting: &Acting<'_>,
    signed: &Signed,
    person: PersonId,
    reason: &str,
    minutes: &str,
    told: &[AccountId],
) -> Result<BreakGlass, Refused> {
    let (tenant, account) = acting.member()?;
    let purpose = Some(Purpose::DangerToLife);
    acting.allow_for(Action::BreakGlass, &Resource::of(tenant), purpose).await?;
    let Some(reason) = BreakReason::from_code(reason) else {
        return Err(Refused::field("reason", Message::new("error-choose")));
    };
    let Some(holds) = duration(minutes) else {
        return Err(Refused::field("minutes", Message::new("error-break-glass-minutes")));
    };
    let vault = crate::keys::vault(acting, signed).await?;
    if !crate::keys::GUARDED.iter().any(|one| vault.opens(*one)) {
        return Err(Refused::UnlockNeeded);
    }
    if !person::is_known(&acting.app.store, tenant, person).await? {
        return Err(Refused::NotFound);
    }
    let context = acting
        .context(Action::BreakGlass)?
        .for_purpose(Purpose::DangerToLife)
        .about(person)
        .because(reason.code());
    let mut act = crate::begin_unrepeated!(acting, context);
    let now = act.now();
    let opening = BreakGlass {
        tenant,
        id: act.new_id(),
        account,
        person,
        reason,
        opened_at: now,
        ends_at: now.after(holds),
        ended_at: None,
        reviewed_by: None,
        reviewed_at: None,
    };
    act.about(opening.id);
    act.detail("minutes", holds.as_secs() / 60);
    openings::insert(&mut act, &opening).await?;
    let mut everyone: BTreeSet<AccountId> = told.iter().copied().collect();
    everyone.extend(reviewers(acting, &act).await?);
    everyone.remove(&account);
    for one in &everyone {
        notice::leave(&mut act, *one, "notice-break-glass", json!({})).await?;
    }
    act.commit(&()).await?;
    Ok(opening)
}

/// The open cases of one's tenant by number, newest first, for someone on call
/// who must find one: numbers and dates, no name and no other fact. That one
/// looked is an entry of the log.
///
/// # Errors
/// [`Refused::NotFound`] for whoever is not on call.
pub async fn cases(acting: &Acting<'_>) -> Result<Vec<Case>, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::DangerToLife);
    acting.allow_for(Action::BreakGlass, &Resource::of(tenant), purpose).await?;
    let mut context = acting.context(Action::BreakGlass)?.for_purpose(Purpose::DangerToLife);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context.because("list")).await?;
    let filter = files::Filter { phase: Some(Phase::Open), ..files::Filter::default() };
    let paging = Paging { page: 1, size: 2_000 };
    let page = files::list(&read, tenant, &filter, files::SortBy::Newest, paging).await?;
    Ok(page.items.into_iter().map(|case| case.record).collect())
}

/// Opens a case: its care team is told at once.
///
/// # Errors
/// As [`open`]; [`Refused::NotFound`] for a case that is not there.
pub async fn open_case(
    acting: &Acting<'_>,
    signed: &Signed,
    case: CaseId,
    reason: &str,
    minutes: &str,
) -> Result<BreakGlass, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let found = files::find(store, tenant, case).await?.ok_or(Refused::NotFound)?;
    let team = teams::of_case(store, tenant, case).await?;
    let now = acting.now();
    let told: Vec<AccountId> =
        team.iter().filter(|member| member.holds_at(now)).map(|member| member.account).collect();
    open(acting, signed, found.record.person, reason, minutes, &told).await
}

/// Whole minutes from 1 to 60; an hour if nothing was typed.
fn duration(minutes: &str) -> Option<Duration> {
    let minutes = minutes.trim();
    if minutes.is_empty() {
        return Some(LONGEST);
    }
    let minutes = minutes.parse::<u64>().ok().filter(|minutes| (1..=60).contains(minutes))?;
    Some(Duration::from_secs(minutes * 60).min(LONGEST))
}

async fn reviewers(acting: &Acting<'_>, act: &Act) -> Result<BTreeSet<AccountId>, Refused> {
    let mut found = BTreeSet::new();
    for role in palermo_domain::role::Role::ALL {
        if acting.app.policy.grants_of(&[*role], Action::ReviewBreakGlass).next().is_none() {
            continue;
        }
        for holder in palermo_store::role::holders(act, act.tenant(), *role, act.now()).await? {
            found.insert(holder.record.account);
        }
    }
    Ok(found)
}

/// Whether the present person has broken the glass for this person and it
/// still holds. Asked by whatever opens care or identity.
///
/// # Errors
/// When the database does not answer.
pub async fn holds(acting: &Acting<'_>, person: PersonId) -> Result<bool, Refused> {
    let (tenant, account) = acting.member()?;
    let open = openings::open_of(&acting.app.store, tenant, account, acting.now()).await?;
    Ok(open.iter().any(|one| one.record.person == person))
}

/// What the present person has open.
///
/// # Errors
/// When the database does not answer.
pub async fn mine(acting: &Acting<'_>) -> Result<Vec<Versioned<BreakGlass>>, Refused> {
    let (tenant, account) = acting.member()?;
    Ok(openings::open_of(&acting.app.store, tenant, account, acting.now()).await?)
}

/// Ends everything an account has open: its key was locked, it signed out.
pub(crate) async fn end_all(act: &mut Act, account: AccountId) -> Result<(), Refused> {
    let (tenant, now) = (act.tenant(), act.now());
    for one in openings::open_of(&*act, tenant, account, now).await? {
        let ended = BreakGlass { ended_at: Some(now), ..one.record.clone() };
        act.about(ended.id);
        openings::update(act, &ended, one.revision).await?;
    }
    Ok(())
}

/// Ends one opening of one's own before its time.
///
/// # Errors
/// [`Refused::NotFound`] if it is not one's own.
pub async fn end(acting: &Acting<'_>, id: BreakGlassId) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let found = openings::find(&acting.app.store, tenant, id).await?;
    if found.record.account != account {
        return Err(Refused::NotFound);
    }
    let context = acting.context(Action::BreakGlass)?.about(id).about(found.record.person);
    let mut act = crate::begin!(acting, context.because("ended"));
    let ended = BreakGlass { ended_at: Some(act.now()), ..found.record.clone() };
    openings::update(&mut act, &ended, found.revision).await?;
    Ok(act.commit(&()).await?)
}

/// An opening as those see it who answer for it.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The opening.
    pub record: Versioned<BreakGlass>,
    /// Who opened.
    pub by: String,
    /// Who looked at it; empty if nobody has.
    pub reviewed_by: String,
    /// Whether it still opens.
    pub holds: bool,
}

/// Openings of one's tenant, newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Opening>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReviewBreakGlass, &Resource::of(tenant)).await?;
    let (store, now) = (&acting.app.store, acting.now());
    let mut found = Vec::new();
    for record in openings::list(store, tenant, None).await? {
        let by = accounts::find(store, tenant, record.record.account).await?;
        let reviewed = match record.record.reviewed_by {
            Some(other) => accounts::find(store, tenant, other).await?,
            None => None,
        };
        let name = |one: Option<Versioned<palermo_domain::account::Account>>| {
            one.map(|one| one.record.name).unwrap_or_default()
        };
        let holds = record.record.holds(now);
        found.push(Opening { by: name(by), reviewed_by: name(reviewed), holds, record });
    }
    Ok(found)
}

/// Notes that one looked at an opening.
///
/// # Errors
/// [`Refused::Declined`] for one's own, or when it was reviewed.
pub async fn review(acting: &Acting<'_>, id: BreakGlassId) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::ReviewBreakGlass, &Resource::of(tenant)).await?;
    let found = openings::find(&acting.app.store, tenant, id).await?;
    let context = acting.context(Action::ReviewBreakGlass)?.about(id).about(found.record.person);
    let mut act = crate::begin!(acting, context);
    let reviewed = match found.record.review(account, act.now()) {
        Ok(reviewed) => reviewed,
        Err(why) => {
            act.give_up().await?;
            return Err(why.into());
        }
    };
    openings::update(&mut act, &reviewed, found.revision).await?;
    Ok(act.commit(&()).await?)
}
