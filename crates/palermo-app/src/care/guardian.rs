//! A child without a guardian for a day (R127): whoever carries the case was told
//! at once; after 24 hours the organisation's on-call hears of it too, or, where
//! nobody is on call, an administrator, once for each time a child was left alone.

use super::write::NO_GUARDIAN;
use crate::{App, Refused, case::rights::protection};
use palermo_domain::{
    actor::Actor,
    care::child::GUARDIAN_HOURS,
    case::Phase,
    id::{CaseId, Id, TenantId},
    moment::Moment,
};
use palermo_store::{
    ActContext, Begun, Paging,
    case::{event as events, file as files},
    task as tasks, tenant as tenants,
};
use std::{collections::BTreeMap, time::Duration};

/// The event that says the alert rose.
const RISEN: &str = "guardian-overdue";
/// The work of whoever is on call.
pub(crate) const OVERDUE: &str = "task-guardian-overdue";
/// How much of a case's history is looked through.
const MOST: u64 = 2_000;

/// Lets alerts rise that nobody answered for 24 hours. For the hourly job. Returns
/// of how many cases. What cannot be read in one organisation stops no other.
///
/// # Errors
/// The first one met, after all others had their turn; called again, it goes on.
pub async fn run(app: &App) -> Result<usize, Refused> {
    let (mut risen, mut failed) = (0, None);
    let all = tenants::list(&app.store, &tenants::Filter::default(), Paging::all()).await?;
    for tenant in all.items.into_iter().map(|one| one.record.id) {
        match of_tenant(app, tenant).await {
            Ok(some) => risen += some,
            Err(error) => {
                tracing::error!(%error, %tenant, "children without a guardian were not told of");
                failed.get_or_insert(error);
            }
        }
    }
    failed.map_or(Ok(risen), Err)
}

async fn of_tenant(app: &App, tenant: TenantId) -> Result<usize, Refused> {
    let filter = tasks::Filter {
        kind: Some(NO_GUARDIAN.to_owned()),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let sort = tasks::SortBy::Due;
    let open = tasks::list(&app.store, tenant, &filter, sort, Paging::all()).await?.items;
    let before = app.store.now().before(Duration::from_secs(GUARDIAN_HOURS * 3_600));
    // The first alert of a case that still waits: that long the child has been alone.
    let mut waits: BTreeMap<CaseId, Moment> = BTreeMap::new();
    for task in open.into_iter().map(|task| task.record) {
        let Some(case) = task.case().filter(|_| task.recorded_at <= before) else { continue };
        let since = waits.entry(case).or_insert(task.recorded_at);
        *since = task.recorded_at.min(*since);
    }
    let mut risen = 0;
    for (case, since) in waits {
        risen += usize::from(rise(app, tenant, case, since).await?);
    }
    Ok(risen)
}

/// Tells whoever is on call of one case, unless they were told since.
async fn rise(app: &App, tenant: TenantId, case: CaseId, since: Moment) -> Result<bool, Refused> {
    let Some(file) = files::find(&app.store, tenant, case).await? else { return Ok(false) };
    if file.record.phase != Phase::Open || told(app, tenant, case, since).await? {
        return Ok(false);
    }
    let leads = protection(app, tenant).await?;
    let actor = Actor::System { job: "reminders".into() };
    let context = ActContext::new(tenant, actor, "reminder.set").about(case);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(false) };
    // A sealed record shows itself to its team alone (E11).
    let subject = (!file.record.sealed).then(|| case.subject());
    let number = palermo_domain::case::number(case);
    let note = if file.record.sealed { "" } else { number.as_str() };
    let work = leads.work(&act, (OVERDUE, "task-guardian-overdue-nobody"), subject, note, 0);
    // Nobody there to be told: it is not said that anyone was, and tried again.
    if work.is_empty() {
        act.give_up().await?;
        return Ok(false);
    }
    tasks::insert_many(&mut act, &work).await?;
    let event = events::new(&act, case, RISEN);
    events::insert(&mut act, &event).await?;
    act.commit(&()).await?;
    Ok(true)
}

async fn told(app: &App, tenant: TenantId, case: CaseId, since: Moment) -> Result<bool, Refused> {
    let all = events::of_case(&app.store, tenant, case, MOST).await?;
    Ok(all.iter().any(|event| event.kind == RISEN && event.recorded_at >= since))
}
