//! My work: tasks of one's own and of one's desks.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin, care,
    case::{permitted, task as case_task, usual_purpose},
};
use palermo_domain::{
    care::reminder,
    id::{CaseId, DeskId, Id, TaskId},
    register::day::Day,
    safeguard::AGE_IN_DOUBT_IS_A_CHILD,
    task::Task,
};
use palermo_store::{
    Act, Paging, Revision, Versioned, case::team as teams, desk as desks, task as tasks,
};
use std::collections::BTreeSet;

/// A task with the name of its desk.
#[derive(Debug, Clone)]
pub struct TaskView {
    /// The task.
    pub task: Versioned<Task>,
    /// Name of its desk; empty for a task of one person.
    pub desk: String,
}

/// The kind of a task that is told without what it is about: its reader may not see
/// the care of the case.
const OF_CASE: &str = "task-of-case";

/// Tasks of one's own and of one's desks, the most urgent first. One that reminds of
/// care says so to whoever may see that care.
///
/// # Errors
/// What the store refuses.
pub async fn list(acting: &Acting<'_>, done: bool) -> Result<Vec<TaskView>, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::ReadWork, &Resource::of(tenant).about(account)).await?;
    let filter = tasks::Filter {
        assignee: Some(account),
        desks: acting.subject.desks.clone(),
        done: Some(done),
        ..tasks::Filter::default()
    };
    let sort = if done { tasks::SortBy::Done } else { tasks::SortBy::Due };
    let store = &acting.app.store;
    let mut found = tasks::list(store, tenant, &filter, sort, Paging::all()).await?.items;
    without_care(acting, &mut found).await?;
    let names: std::collections::BTreeMap<_, _> = desks(acting).await?.into_iter().collect();
    let name = |task: &Task| {
        task.desk.and_then(|desk| names.get(&desk.to_string()).cloned()).unwrap_or_default()
    };
    Ok(found.into_iter().map(|task| TaskView { desk: name(&task.record), task }).collect())
}

/// Gives tasks that remind of care a kind that says nothing of it, unless their reader
/// may see the care of the case.
async fn without_care(acting: &Acting<'_>, found: &mut [Versioned<Task>]) -> Result<(), Refused> {
    let records = found.iter().map(|task| &task.record);
    let of_care = records.filter(|task| reminder::is_of_care(&task.kind));
    let cases: BTreeSet<CaseId> = of_care.filter_map(Task::case).collect();
    let seen = care::seen_of(acting, cases).await?;
    for task in found.iter_mut().map(|task| &mut task.record) {
        let open = task.case().is_some_and(|case| seen.contains(&case));
        if !open && reminder::is_of_care(&task.kind) {
            task.kind = OF_CASE.to_owned();
        }
    }
    Ok(())
}

/// How much of the work that is done is shown beside what waits.
const DONE_SHOWN: u64 = 50;

/// Work about a case one may see: all that waits, due first, then what was done last.
///
/// # Errors
/// What the store refuses.
pub async fn about(acting: &Acting<'_>, case: CaseId) -> Result<Vec<Versioned<Task>>, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let of = |done| tasks::Filter {
        subject: Some(case.subject()),
        done: Some(done),
        ..tasks::Filter::default()
    };
    let by_due = tasks::SortBy::Due;
    let mut all = tasks::list(store, tenant, &of(false), by_due, Paging::all()).await?.items;
    let last = Paging { page: 1, size: DONE_SHOWN };
    all.extend(tasks::list(store, tenant, &of(true), tasks::SortBy::Done, last).await?.items);
    Ok(all)
}

/// Open desks of one's tenant, by id and name.
///
/// # Errors
/// What the store refuses.
pub async fn desks(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    let filter =
        desks::Filter { tenant: Some(tenant), open: Some(true), ..desks::Filter::default() };
    let page =
        desks::list(&acting.app.store, &filter, desks::SortBy::default(), Paging::all()).await?;
    Ok(page.items.into_iter().map(|d| (d.record.id.to_string(), d.record.name.clone())).collect())
}

/// What someone typed about a task.
#[derive(Debug, Clone, Default)]
pub struct TaskForm {
    /// The desk it is for.
    pub desk: String,
    /// What is to be done; never about a person.
    pub note: String,
    /// Day, month, year.
    pub due: [String; 3],
}

/// Sets a task for a desk of one's tenant.
///
/// # Errors
/// Every problem of the form at once.
pub async fn set(acting: &Acting<'_>, form: &TaskForm) -> Result<TaskId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::SetTask, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let note = problems.required("note", &form.note, 200);
    let due = due_date(&form.due, &mut problems);
    let desk = match form.desk.parse::<DeskId>() {
        Ok(id) => desks::find(&acting.app.store, tenant, id).await?.map(|desk| desk.record.id),
        Err(_) => None,
    };
    if desk.is_none() {
        problems.add("desk", Message::new("error-choose"));
    }
    problems.none()?;
    let id: TaskId = acting.app.store.new_id();
    let mut act = begin!(acting, acting.context(Action::SetTask)?.about(id));
    let task = Task {
        tenant,
        id,
        kind: "task-note".into(),
        subject: None,
        note,
        desk,
        assignee: None,
        due_at: due,
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    tasks::insert(&mut act, &task).await?;
    act.commit(&id).await?;
    Ok(id)
}

pub(crate) fn due_date(
    typed: &[String; 3],
    problems: &mut Problems,
) -> Option<palermo_domain::moment::Moment> {
    problems.day("due", typed).map(Day::ends)
}

/// Ends the open work about a record (`kind:id`): its answer was given.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn answered(act: &mut Act, subject: String) -> Result<(), Refused> {
    end(act, subject, None).await
}

/// The same for work of one kind about it.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn answered_kind(
    act: &mut Act,
    subject: String,
    kind: &str,
) -> Result<(), Refused> {
    end(act, subject, Some(kind.to_owned())).await
}

async fn end(act: &mut Act, subject: String, kind: Option<String>) -> Result<(), Refused> {
    let filter = tasks::Filter {
        subject: Some(subject),
        kind,
        done: Some(false),
        ..tasks::Filter::default()
    };
    let (sort, paging) = (tasks::SortBy::default(), Paging::all());
    for task in tasks::list(&*act, act.tenant(), &filter, sort, paging).await?.items {
        let done = Task {
            done_at: Some(act.now()),
            done_by: act.actor().account(),
            ..task.record.clone()
        };
        tasks::update(act, &done, task.revision).await?;
    }
    Ok(())
}

/// The case a task is about, if it was given to one of its team.
fn of_a_team(task: &Task) -> Option<CaseId> {
    task.case().filter(|_| task.desk.is_none() && task.assignee.is_some())
}

/// Marks a task done. One about a case is for its whole team to tick off, and for
/// nobody who left it.
///
/// # Errors
/// [`Refused::NotFound`] unless it is one's own, one's desk's, one's team's or
/// one's tenant's to finish; [`Refused::Declined`] for one that its answer ends.
pub async fn finish(acting: &Acting<'_>, id: TaskId, seen: Revision) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let found = tasks::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut task = found.record;
    let case = of_a_team(&task);
    may_finish(acting, &task, case).await?;
    if task.is_done_by_its_answer() {
        let why = if task.kind == Task::NO_GUARDIAN {
            Message::new("task-wants-a-guardian").by(AGE_IN_DOUBT_IS_A_CHILD)
        } else {
            Message::new("task-wants-its-answer")
        };
        return Err(Refused::Declined(why));
    }
    let mut act = begin!(acting, acting.context(Action::FinishTask)?.about(id));
    task.done_at = Some(act.now());
    task.done_by = Some(account);
    tasks::update(&mut act, &task, seen).await?;
    if let Some(case) = case {
        act.about(case);
        case_task::told(&mut act, case, &task, "task-done").await?;
    }
    Ok(act.commit(&()).await?)
}

async fn may_finish(acting: &Acting<'_>, task: &Task, case: Option<CaseId>) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let mut resource = Resource::of(tenant).at_desk(task.desk);
    resource.account = task.assignee;
    if task.assignee.is_none() && task.desk.is_none() {
        resource.account = Some(account);
    }
    if resource.account.is_none() {
        // A desk's task belongs to whoever sits there: an account nobody is.
        resource = resource.about(Id::from_uuid(uuid::Uuid::nil()));
    }
    let mine = acting.may(Action::FinishTask, &resource).allowed;
    let Some(case) = case else { return acting.allow(Action::FinishTask, &resource).await };
    if mine && (!task.is_for_its_team() || on_team(acting, case).await?) {
        return acting.allow(Action::FinishTask, &resource).await;
    }
    // Someone else's, or of a team one left: for whoever may write in the case.
    acting.allow(Action::FinishTask, &Resource::of(tenant).about(account)).await?;
    let why = usual_purpose(&acting.subject.roles);
    permitted(acting, case, Action::WriteCase, why).await.map(drop)
}

async fn on_team(acting: &Acting<'_>, case: CaseId) -> Result<bool, Refused> {
    let (tenant, account) = acting.member()?;
    let team = teams::of_case(&acting.app.store, tenant, case).await?;
    Ok(team.iter().any(|one| one.account == account && one.holds_at(acting.now())))
}
