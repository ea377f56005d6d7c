//! Reminders of what in the directory comes to its end: memoranda (R083), the
//! postings of liaison officers and the competence of contact points (R075), and
//! of contact points that nobody confirmed and whom no letter can ask (R070), and of
//! assessments of services (R082): one task for all that end under a standard.
//! A reminder is a task of a desk. However often this runs, each end is
//! reminded of once; where a record gets another last day, the task for the
//! old one is done.

use crate::{App, Refused};
use palermo_domain::{
    actor::Actor,
    desk::{Desk, contact::ContactPoint},
    id::{AccountId, DeskId, Id, NetworkId, TaskId, TenantId},
    moment::Moment,
    network::{Network, NetworkKind},
    register::{day::Day, state::StateCode},
    service::{Freshness, Status},
    task::Task,
};
use palermo_store::{
    ActContext, Begun, Paging, account as accounts, contact_point as points, desk as desks,
    memorandum as memoranda, network as networks, service as services, task as tasks,
};
use std::collections::BTreeMap;

/// The kind of task that reminds of the end of a memorandum.
pub const MEMORANDUM: &str = "task-memorandum-ends";
/// The kind of task that reminds of the end of a posting.
pub const POSTING: &str = "task-posting-ends";
/// The kind of task that reminds of the end of assessments against a standard.
pub const ASSESSMENT: &str = "task-assessment-ends";
/// The kind of task that asks to confirm a contact point without an address for letters.
pub const CONFIRM: &str = "task-confirm-contact";

/// An end one is to be reminded of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct End {
    tenant: TenantId,
    kind: &'static str,
    /// The record, as `kind:id`.
    subject: String,
    /// What the task says: titles and States, never a person.
    note: String,
    desk: Option<DeskId>,
    on: Day,
    /// The day is that of the record, and another day is another end. Else it is told
    /// from the day of the reminder.
    fixed: bool,
    /// It is time to remind of it.
    near: bool,
}

impl End {
    /// Whether a task reminds of this end.
    fn is(&self, task: &Task) -> bool {
        task.kind == self.kind
            && task.subject.as_deref() == Some(&self.subject)
            && (!self.fixed || task.due_at == Some(self.on.ends()))
            && (self.kind == MEMORANDUM || task.note == self.note)
    }
}

/// Sets the tasks that are missing, in every organisation. For the daily job.
/// Returns how many were set.
///
/// # Errors
/// When the database does not answer.
pub async fn run(app: &App) -> Result<usize, Refused> {
    let mut by_tenant: BTreeMap<TenantId, Vec<End>> = BTreeMap::new();
    for end in ends(app, None).await? {
        by_tenant.entry(end.tenant).or_default().push(end);
    }
    let mut set = 0;
    for (tenant, ends) in by_tenant {
        set += remind(app, tenant, ends).await?;
    }
    Ok(set)
}

/// The same for one organisation, when it changed a record.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn of_tenant(app: &App, tenant: TenantId) -> Result<(), Refused> {
    let all = ends(app, Some(tenant)).await?;
    let ends = all.into_iter().filter(|end| end.tenant == tenant).collect();
    remind(app, tenant, ends).await.map(drop)
}

/// An end that passed longer ago than this is nobody's work any more, in days.
const FORGOTTEN_DAYS: i64 = 60;

/// Every last day there is; of assessments those alone of one organisation, if one is named.
async fn ends(app: &App, of: Option<TenantId>) -> Result<Vec<End>, Refused> {
    let store = &app.store;
    let today: Day = store.now().date().into();
    let mut ends = assessed(app, of, today).await?;
    for one in memoranda::list(store, None::<StateCode>).await? {
        let (kept, until) = (&one.record, one.record.entry.until);
        if let Some(on) = until {
            ends.push(End {
                tenant: kept.tenant,
                kind: MEMORANDUM,
                subject: kept.id.subject(),
                note: kept.entry.title.clone(),
                desk: kept.entry.desk,
                on,
                fixed: true,
                near: kept.entry.ends_soon(today) && on >= today.plus_days(-FORGOTTEN_DAYS),
            });
        }
    }
    for one in networks::list(store, None::<NetworkKind>).await? {
        ends.extend(postings(one.record.tenant, one.record.id, &one.record.entry, today));
    }
    let mut known = points::all(store).await?;
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let all = desks::list(store, &filter, desks::SortBy::Name, Paging::all()).await?;
    for desk in all.items.into_iter().map(|one| one.record) {
        let point = known.remove(&desk.id);
        ends.extend(unconfirmed(&desk, point.as_ref(), store.now()));
        let Some(point) = point else { continue };
        if let Some(on) = point.until {
            ends.push(End {
                tenant: desk.tenant,
                kind: POSTING,
                subject: desk.id.subject(),
                note: desk.name,
                desk: Some(desk.id),
                on,
                fixed: true,
                near: point.competence_ends(today).is_some(),
            });
        }
    }
    Ok(ends)
}

/// Assessments that end, by organisation and standard: of all that do the first last day
/// is told, and the services are listed under that mark.
async fn assessed(app: &App, of: Option<TenantId>, today: Day) -> Result<Vec<End>, Refused> {
    let filter = services::Filter {
        tenant: of,
        status: Some(Status::Active),
        ..services::Filter::default()
    };
    let mut first: BTreeMap<(TenantId, String), Day> = BTreeMap::new();
    for kept in services::all(&app.store, &filter).await?.into_iter().map(|one| one.record) {
        let Some((last, until)) = kept.service.assessment_ends(today) else { continue };
        let day = first.entry((kept.tenant, last.standard.clone())).or_insert(until);
        *day = until.min(*day);
    }
    let end = |((tenant, note), on): ((TenantId, String), Day)| End {
        tenant,
        kind: ASSESSMENT,
        subject: tenant.subject(),
        note,
        desk: None,
        on,
        fixed: true,
        near: true,
    };
    Ok(first.into_iter().map(end).collect())
}

/// Days in which a contact point nobody ever confirmed is to be looked at.
const LOOK_DAYS: i64 = 14;

/// When a contact point is to be confirmed at its desk: no address is known to which a
/// letter could go.
fn unconfirmed(desk: &Desk, point: Option<&ContactPoint>, now: Moment) -> Option<End> {
    if point.is_some_and(|point| point.confirm_to.is_some()) {
        return None;
    }
    let today: Day = now.date().into();
    let last = point.and_then(|point| point.confirmed).map(|at| Day::from(at.date()));
    let fresh = point.map_or(Freshness::Amber, |point| point.freshness(now));
    Some(End {
        tenant: desk.tenant,
        kind: CONFIRM,
        subject: desk.id.subject(),
        note: desk.name.clone(),
        desk: Some(desk.id),
        on: last.map_or(today.plus_days(LOOK_DAYS), |day| day.plus_days(Freshness::AMBER_DAYS)),
        fixed: last.is_some(),
        near: fresh != Freshness::Fresh,
    })
}

/// Postings of a network that have an end: told by office and States, not by name.
fn postings(tenant: TenantId, id: NetworkId, network: &Network, today: Day) -> Vec<End> {
    let posted = network.members.iter().filter(|member| member.host_state.is_some());
    posted
        .filter_map(|member| Some((member, member.until?)))
        .map(|(member, on)| {
            let from = member.state.map(|state| state.to_string()).unwrap_or_default();
            let to = member.host_state.map(|state| state.to_string()).unwrap_or_default();
            let office = if member.title.is_empty() { &network.name } else { &member.title };
            End {
                tenant,
                kind: POSTING,
                subject: id.subject(),
                note: format!("{office}, {from} → {to}"),
                desk: None,
                on,
                fixed: true,
                near: member.posting_ends(today).is_some(),
            }
        })
        .collect()
}

/// What is to be written for one organisation.
async fn remind(app: &App, tenant: TenantId, ends: Vec<End>) -> Result<usize, Refused> {
    let store = &app.store;
    let mut known = Vec::new();
    for kind in [MEMORANDUM, POSTING, ASSESSMENT, CONFIRM] {
        let filter = tasks::Filter { kind: Some(kind.into()), ..tasks::Filter::default() };
        let sort = tasks::SortBy::default();
        known.extend(tasks::list(store, tenant, &filter, sort, Paging::all()).await?.items);
    }
    let missing: Vec<&End> = ends
        .iter()
        .filter(|end| end.near && !known.iter().any(|task| end.is(&task.record)))
        .collect();
    let now = store.now();
    // An end that has passed stays to be dealt with; another last day settles the task.
    let settled: Vec<_> = known
        .iter()
        .filter(|task| task.record.done_at.is_none())
        .filter(|task| !ends.iter().any(|end| end.is(&task.record)))
        .collect();
    if missing.is_empty() && settled.is_empty() {
        return Ok(0);
    }
    let whom = whom(app, tenant).await?;
    let actor = Actor::System { job: "reminders".into() };
    let context = ActContext::new(tenant, actor, "reminder.set");
    let Begun::Fresh(mut act) = store.act(context).await? else { return Ok(0) };
    let mut new = Vec::new();
    for end in &missing {
        // At a desk nobody sits at, nobody would read it.
        let desk = end.desk.filter(|desk| whom.staffed.contains(desk)).or(whom.first);
        new.push(Task {
            tenant,
            id: act.new_id::<TaskId>(),
            kind: end.kind.into(),
            subject: Some(end.subject.clone()),
            note: end.note.clone(),
            desk,
            assignee: if desk.is_none() { whom.account } else { None },
            due_at: Some(end.on.ends()),
            done_at: None,
            done_by: None,
            recorded_at: now,
        });
    }
    tasks::insert_many(&mut act, &new).await?;
    for task in settled {
        let done = Task { done_at: Some(now), ..task.record.clone() };
        tasks::update(&mut act, &done, task.revision).await?;
    }
    act.commit(&()).await?;
    Ok(new.len())
}

/// Who in an organisation can be reminded.
struct Whom {
    /// Its open desks at which someone sits.
    staffed: Vec<DeskId>,
    /// The first of them.
    first: Option<DeskId>,
    /// Without a desk: the first account.
    account: Option<AccountId>,
}

async fn whom(app: &App, tenant: TenantId) -> Result<Whom, Refused> {
    let store = &app.store;
    let filter =
        desks::Filter { tenant: Some(tenant), open: Some(true), ..desks::Filter::default() };
    let open = desks::list(store, &filter, desks::SortBy::Name, Paging::all()).await?;
    let staffing = points::staffing(store).await?;
    let seats =
        |desk: &DeskId| staffing.get(desk).is_some_and(|one| one.leads + one.alternates > 0);
    let staffed: Vec<DeskId> =
        open.items.iter().map(|one| one.record.id).filter(|desk| seats(desk)).collect();
    let filter = accounts::Filter {
        status: Some(palermo_domain::account::AccountStatus::Active),
        ..accounts::Filter::default()
    };
    let (sort, paging) = (accounts::SortBy::Name, Paging { page: 1, size: 1 });
    let found = accounts::list(store, tenant, &filter, sort, paging).await?;
    Ok(Whom {
        first: staffed.first().copied(),
        staffed,
        account: found.items.first().map(|one| one.record.id),
    })
}
