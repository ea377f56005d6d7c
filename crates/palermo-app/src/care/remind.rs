//! Reminders of care: what a case's team should look at within two weeks is a
//! task of its lead, set once and done when it no longer holds (R108, R112).
//! Set with the record that asks for it, and by a job as days pass, which
//! reads days and codes and opens nothing.

use crate::{App, Refused};
use palermo_domain::{
    actor::Actor,
    care::{
        CareKind,
        reminder::{self, AHEAD_DAYS, KINDS, Reminder},
    },
    case::{number, team::TeamPart},
    id::{AccountId, CaseId, Id, TaskId, TenantId},
    moment::Moment,
    register::day::Day,
    task::Task,
};
use palermo_store::{
    Act, ActContext, Begun, Db, Paging, Versioned, care,
    case::{file as files, team as teams},
    task as tasks, tenant as tenants,
};
use std::collections::BTreeSet;
use time::{PrimitiveDateTime, Time};

/// Sets and ends reminders of every organisation. For the hourly job. Returns
/// how many were set.
///
/// # Errors
/// When the database does not answer; called again, it goes on.
pub async fn run(app: &App) -> Result<usize, Refused> {
    let mut set = 0;
    let all = tenants::list(&app.store, &tenants::Filter::default(), Paging::all()).await?;
    for tenant in all.items {
        set += of_tenant(app, tenant.record.id).await?;
    }
    Ok(set)
}

async fn of_tenant(app: &App, tenant: TenantId) -> Result<usize, Refused> {
    let mut set = 0;
    for case in candidates(app, tenant).await? {
        if Steps::of(&app.store, tenant, case, app.store.now()).await?.is_empty() {
            continue;
        }
        let actor = Actor::System { job: "reminders".into() };
        let context = ActContext::new(tenant, actor, "reminder.set").about(case);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        set += in_act(&mut act, case).await?;
        act.commit(&()).await?;
    }
    Ok(set)
}

/// Cases that may have something to be reminded of, or to be reminded of no more.
async fn candidates(app: &App, tenant: TenantId) -> Result<BTreeSet<CaseId>, Refused> {
    let (store, today): (_, Day) = (&app.store, app.store.now().date().into());
    let mut cases = BTreeSet::new();
    let due = care::due_by(store, tenant, today.plus_days(AHEAD_DAYS)).await?;
    let reminded = due.iter().filter(|one| KINDS.contains(&one.record.kind()));
    cases.extend(reminded.map(|one| one.record.case));
    // After closing, contacts come up that no record names yet.
    let agreed = care::of_kind(store, tenant, CareKind::FollowUp).await?;
    cases.extend(agreed.iter().map(|one| one.record.case));
    for kind in KINDS {
        let filter = tasks::Filter {
            kind: Some(reminder::task_of(kind)),
            done: Some(false),
            ..tasks::Filter::default()
        };
        let open =
            tasks::list(store, tenant, &filter, tasks::SortBy::Due, Paging::all()).await?.items;
        let case = |task: &Versioned<Task>| {
            task.record.subject.as_deref()?.split_once(':')?.1.parse::<CaseId>().ok()
        };
        cases.extend(open.iter().filter_map(case));
    }
    Ok(cases)
}

/// Sets what is missing and ends what no longer holds, for one case, within an
/// act. Returns how many were set.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn in_act(act: &mut Act, case: CaseId) -> Result<usize, Refused> {
    let (tenant, now) = (act.tenant(), act.now());
    let steps = Steps::of(&*act, tenant, case, now).await?;
    for found in steps.over {
        // By nobody: should its reason come back, it is set again.
        let done = Task { done_at: Some(now), done_by: None, ..found.record };
        tasks::update(act, &done, found.revision).await?;
    }
    for found in steps.moved {
        let moved = Task { assignee: steps.lead, ..found.record };
        tasks::update(act, &moved, found.revision).await?;
    }
    let mut new = Vec::new();
    for one in steps.missing {
        new.push(Task {
            tenant,
            id: act.new_id::<TaskId>(),
            kind: one.task(),
            subject: Some(subject(case)),
            note: number(case),
            desk: None,
            assignee: steps.lead,
            due_at: Some(end_of(one.on)),
            done_at: None,
            done_by: None,
            recorded_at: now,
        });
    }
    if !new.is_empty() {
        tasks::insert_many(act, &new).await?;
    }
    Ok(new.len())
}

/// What is to be written about one case.
#[derive(Debug, Default)]
struct Steps {
    /// Who carries the case.
    lead: Option<AccountId>,
    /// Reminders nobody set yet.
    missing: Vec<Reminder>,
    /// Open tasks whose reason is gone.
    over: Vec<Versioned<Task>>,
    /// Open tasks of someone who carries the case no more.
    moved: Vec<Versioned<Task>>,
}

impl Steps {
    async fn of(db: &dyn Db, tenant: TenantId, case: CaseId, now: Moment) -> Result<Self, Refused> {
        let Some(file) = files::find(db, tenant, case).await? else { return Ok(Self::default()) };
        let records = super::records(&care::of_case(db, tenant, case).await?);
        let due = reminder::due(&file.record, &records, now.date().into());
        let known = known(db, tenant, case).await?;
        let team = teams::of_case(db, tenant, case).await?;
        let leads: Vec<AccountId> = team
            .iter()
            .filter(|member| member.part == TeamPart::Lead && member.holds_at(now))
            .map(|member| member.account)
            .collect();
        let is = |one: &Reminder, task: &Task| {
            task.kind == one.task() && task.due_at == Some(end_of(one.on))
        };
        let lead = leads.first().copied();
        let set = |one: &Reminder| {
            let told = |task: &Task| task.done_at.is_none() || task.done_by.is_some();
            known.iter().any(|task| is(one, &task.record) && told(&task.record))
        };
        // Without someone who carries the case nobody would see a reminder.
        let missing = due.iter().filter(|one| lead.is_some() && !set(one)).copied().collect();
        let open = known.into_iter().filter(|task| task.record.done_at.is_none());
        let (holds, over): (Vec<_>, Vec<_>) =
            open.partition(|task| due.iter().any(|one| is(one, &task.record)));
        let away = |task: &Versioned<Task>| {
            let mine = task.record.assignee.is_some_and(|one| leads.contains(&one));
            lead.is_some() && !mine
        };
        let moved = holds.into_iter().filter(away).collect();
        Ok(Self { lead, missing, over, moved })
    }

    fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.over.is_empty() && self.moved.is_empty()
    }
}

/// Reminders of care there are about a case, done or not.
async fn known(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<Task>>, Refused> {
    let filter = tasks::Filter { subject: Some(subject(case)), ..tasks::Filter::default() };
    let all = tasks::list(db, tenant, &filter, tasks::SortBy::Due, Paging::all()).await?;
    Ok(all.items.into_iter().filter(|task| reminder::is_of_care(&task.record.kind)).collect())
}

fn subject(case: CaseId) -> String {
    format!("{}:{case}", CaseId::KIND)
}

/// The end of a day.
fn end_of(day: Day) -> Moment {
    let end = Time::from_hms(23, 59, 59).unwrap_or(Time::MIDNIGHT);
    PrimitiveDateTime::new(day.date(), end).assume_utc().into()
}
