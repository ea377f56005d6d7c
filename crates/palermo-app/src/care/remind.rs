//! Reminders of care: what a case's team should look at within two weeks is a
//! task of whoever carries it and may see its care, set once and done when it no
//! longer holds (R108, R112). Set with the record that asks for it, and by a job
//! as days pass, which reads days and codes and opens nothing.

use super::read::reads_care;
use crate::{Acting, App, Refused, access::Subject};
use palermo_domain::{
    actor::Actor,
    care::{
        CareKind,
        child::care_is_open,
        reminder::{self, AHEAD_DAYS, KINDS, Reminder},
    },
    case::{Case, number, person::Person, team::TeamMember},
    id::{AccountId, CaseId, Id, TaskId, TenantId},
    moment::Moment,
    register::day::Day,
    role::Role,
    task::Task,
};
use palermo_locale::Language;
use palermo_store::{
    Act, ActContext, Begun, Db, Paging, Versioned, care,
    case::{file as files, person as persons, team as teams},
    role as roles, task as tasks, tenant as tenants,
};
use std::collections::BTreeSet;

/// Sets and ends reminders of every organisation. For the hourly job. Returns
/// how many were set. A row that cannot be read stops nobody else's reminders.
///
/// # Errors
/// The first one met, after all others had their turn; called again, it goes on.
pub async fn run(app: &App) -> Result<usize, Refused> {
    let (mut set, mut failed) = (0, None);
    let all = tenants::list(&app.store, &tenants::Filter::default(), Paging::all()).await?;
    for tenant in all.items.into_iter().map(|one| one.record.id) {
        let cases = match candidates(app, tenant).await {
            Ok(cases) => cases,
            Err(error) => {
                tracing::error!(%error, %tenant, "reminders of an organisation were not set");
                failed.get_or_insert(error);
                continue;
            }
        };
        for case in cases {
            match of_case(app, tenant, case).await {
                Ok(new) => set += new,
                Err(error) => {
                    tracing::error!(%error, %tenant, %case, "reminders of a case were not set");
                    failed.get_or_insert(error);
                }
            }
        }
    }
    failed.map_or(Ok(set), Err)
}

async fn of_case(app: &App, tenant: TenantId, case: CaseId) -> Result<usize, Refused> {
    if Steps::of(app, &app.store, tenant, case, app.store.now()).await?.is_empty() {
        return Ok(0);
    }
    let actor = Actor::System { job: "reminders".into() };
    let context = ActContext::new(tenant, actor, "reminder.set").about(case);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(0) };
    let set = in_act(app, &mut act, case).await?;
    act.commit(&()).await?;
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
        cases.extend(open.iter().filter_map(|task| task.record.case()));
    }
    Ok(cases)
}

/// Sets what is missing and ends what no longer holds, for one case, within an
/// act. Returns how many were set.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn in_act(app: &App, act: &mut Act, case: CaseId) -> Result<usize, Refused> {
    let (tenant, now) = (act.tenant(), act.now());
    let steps = Steps::of(app, &*act, tenant, case, now).await?;
    for found in steps.over {
        // By nobody: should its reason come back, it is set again.
        let done = Task { done_at: Some(now), done_by: None, ..found.record };
        tasks::update(act, &done, found.revision).await?;
    }
    for found in steps.moved {
        let moved = Task { assignee: steps.whose, ..found.record };
        tasks::update(act, &moved, found.revision).await?;
    }
    let mut new = Vec::new();
    for one in steps.missing {
        new.push(Task {
            tenant,
            id: act.new_id::<TaskId>(),
            kind: one.task(),
            subject: Some(case.subject()),
            note: number(case),
            desk: None,
            assignee: steps.whose,
            due_at: Some(one.on.ends()),
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
    /// Whose the reminders are.
    whose: Option<AccountId>,
    /// Reminders nobody set yet.
    missing: Vec<Reminder>,
    /// Open tasks whose reason is gone, or that nobody may see.
    over: Vec<Versioned<Task>>,
    /// Open tasks of someone whose they are no more.
    moved: Vec<Versioned<Task>>,
}

impl Steps {
    async fn of(
        app: &App,
        db: &dyn Db,
        tenant: TenantId,
        case: CaseId,
        now: Moment,
    ) -> Result<Self, Refused> {
        let Some(file) = files::find(db, tenant, case).await? else { return Ok(Self::default()) };
        let person = persons::find(db, tenant, file.record.person).await?;
        let person = person.ok_or(Refused::NotFound)?.record;
        let records = super::records(&care::of_case(db, tenant, case).await?);
        // Nobody is left to be contacted once their data were erased.
        let due = if person.is_erased() {
            BTreeSet::new()
        } else {
            reminder::due(&file.record, &records, now.date().into())
        };
        let known = known(db, tenant, case).await?;
        let told_to = told_to(app, db, &file.record, &person, now).await?;
        let is = |one: &Reminder, task: &Task| {
            task.kind == one.task() && task.due_at == Some(one.on.ends())
        };
        let whose = told_to.first().copied();
        let set = |one: &Reminder| {
            let told = |task: &Task| task.done_at.is_none() || task.done_by.is_some();
            known.iter().any(|task| is(one, &task.record) && told(&task.record))
        };
        // Without someone who may see it there is no reminder.
        let missing = due.iter().filter(|one| whose.is_some() && !set(one)).copied().collect();
        let open = known.into_iter().filter(|task| task.record.done_at.is_none());
        let (hold, over): (Vec<_>, Vec<_>) =
            open.partition(|task| whose.is_some() && due.iter().any(|one| is(one, &task.record)));
        let away = |task: &Versioned<Task>| {
            !task.record.assignee.is_some_and(|one| told_to.contains(&one))
        };
        let moved = hold.into_iter().filter(away).collect();
        Ok(Self { whose, missing, over, moved })
    }

    fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.over.is_empty() && self.moved.is_empty()
    }
}

/// Who is reminded: those on the team now who may see the care of the case, the
/// leads before others. A reminder says that there is a plan, a permit or a later
/// contact, so it goes to nobody else.
async fn told_to(
    app: &App,
    db: &dyn Db,
    case: &Case,
    person: &Person,
    now: Moment,
) -> Result<Vec<AccountId>, Refused> {
    let tenant = tenants::find(db, case.tenant).await?.ok_or(Refused::NotFound)?.record;
    let mut team = teams::of_case(db, case.tenant, case.id).await?;
    team.retain(|member| member.holds_at(now));
    let about = crate::case::resource(case, &team, now);
    let mut sees: Vec<TeamMember> = Vec::new();
    for member in team {
        let held = roles::of_account(db, case.tenant, member.account).await?;
        let held = held.into_iter().map(|one| one.record).filter(|one| one.holds_at(now));
        let roles: Vec<Role> = held.map(|one| one.role).collect();
        let open = care_is_open(person.age, &roles);
        let subject = Subject::of(&tenant, member.account, roles);
        let acting = Acting { subject, ..Acting::public(app, Language::En) };
        if open && reads_care(&acting, &about, None) {
            sees.push(member);
        }
    }
    let first = sees.iter().map(|member| member.part).min();
    Ok(sees.iter().filter(|one| Some(one.part) == first).map(|one| one.account).collect())
}

/// Reminders of care there are about a case, done or not.
async fn known(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<Task>>, Refused> {
    let filter = tasks::Filter { subject: Some(case.subject()), ..tasks::Filter::default() };
    let all = tasks::list(db, tenant, &filter, tasks::SortBy::Due, Paging::all()).await?;
    Ok(all.items.into_iter().filter(|task| reminder::is_of_care(&task.record.kind)).collect())
}
