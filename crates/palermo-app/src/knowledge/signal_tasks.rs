//! Tasks about a signal: those who protect are told of it, the host State is
//! asked whether it agrees to a response, and nobody is reminded of what was
//! dealt with.

use crate::Refused;
use palermo_domain::{
    actor::Actor,
    desk::DeskLevel,
    id::{AccountId, DeskId, Id, SignalId, TenantId},
    knowledge::signal::{Signal, Step},
    moment::Moment,
    role::Role,
    task::Task,
    tenant::TenantKind,
};
use palermo_store::{
    ActContext, Begun, Error as StoreError, Paging, Store, Versioned, desk as desks, role as roles,
    task as tasks, tenant as tenants,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// Somebody should look at a signal.
pub(super) const LOOK: &str = "task-look-at-signal";

/// The host State should answer a proposal.
pub(super) const ANSWER: &str = "task-answer-response";

/// Days within which somebody should have looked.
const DAYS_TO_LOOK: u64 = 5;

/// Desks of one organisation that are told.
const MOST_DESKS: usize = 6;

/// Days within which the host State should have answered.
const DAYS_TO_ANSWER: u64 = 5;

/// The States a signal speaks of.
fn states(signal: &Signal) -> BTreeSet<String> {
    let (state, dimension, word) = signal.parts();
    let mut all = BTreeSet::from([state.to_owned()]);
    if matches!(dimension, "route" | "citizenship" | "state") {
        all.extend(word.split('>').map(str::to_owned));
    }
    all.retain(|code| code.len() == 3);
    all
}

/// Sets a task for each desk that protects in a State concerned, and for the
/// rapporteur, the human rights institution and the secretariat. Enforcement is
/// not among them. The task says no more than that there is something to look at.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn tell(store: &Store, id: SignalId, signal: &Signal) -> Result<(), Refused> {
    const FIRST: [TenantKind; 5] = [
        TenantKind::Secretariat,
        TenantKind::NationalCoordination,
        TenantKind::Rapporteur,
        TenantKind::HumanRights,
        TenantKind::Care,
    ];
    let concerned = states(signal);
    for kind in FIRST {
        let filter = tenants::Filter { kind: Some(kind), ..tenants::Filter::default() };
        for tenant in tenants::list(store, &filter, Paging::all()).await?.items {
            let tenant = tenant.record;
            let here = tenant.state.as_ref().is_some_and(|state| concerned.contains(state));
            let always = matches!(kind, TenantKind::Secretariat | TenantKind::Rapporteur);
            if here || always {
                set_task(store, tenant.id, id, signal).await?;
            }
        }
    }
    Ok(())
}

async fn set_task(
    store: &Store,
    tenant: TenantId,
    id: SignalId,
    signal: &Signal,
) -> Result<(), Refused> {
    let filter =
        desks::Filter { tenant: Some(tenant), open: Some(true), ..desks::Filter::default() };
    let page = desks::list(store, &filter, desks::SortBy::default(), Paging::all()).await?;
    let mut to: Vec<(Option<DeskId>, Option<AccountId>)> = page
        .items
        .into_iter()
        .filter(|desk| desk.record.level != DeskLevel::Hotspot)
        .take(MOST_DESKS)
        .map(|desk| (Some(desk.record.id), None))
        .collect();
    if to.is_empty() {
        for role in [Role::NationalRapporteur, Role::HumanRightsInstitution, Role::Secretariat] {
            let held = roles::holders(store, tenant, role, store.now()).await?;
            to.extend(held.first().map(|one| (None, Some(one.record.account))));
        }
    }
    if to.is_empty() {
        return Ok(());
    }
    let Some(mut act) = begun(store, tenant, id).await? else { return Ok(()) };
    for (desk, assignee) in to {
        let task = Task {
            tenant,
            id: act.new_id(),
            kind: LOOK.into(),
            subject: Some(id.subject()),
            note: signal.period.clone(),
            desk,
            assignee,
            due_at: Some(act.now().after(Duration::from_secs(DAYS_TO_LOOK * 86_400))),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        };
        tasks::insert(&mut act, &task).await?;
    }
    Ok(act.commit(&()).await?)
}

/// Tells the focal points of the host State that a response waits for their
/// answer. The task says no more than that. Whoever was asked about this proposal
/// is not asked again.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn ask_host(store: &Store, id: SignalId, signal: &Signal) -> Result<(), Refused> {
    let proposed = signal.response.as_ref().filter(|one| one.step == Step::Proposed);
    let Some(response) = proposed else { return Ok(()) };
    let host = response.host.as_str();
    let last = response.taken.iter().rev().find(|(step, ..)| *step == Step::Proposed);
    let since = last.map_or(Moment::from_micros(0), |(.., at)| Moment::from_micros(*at));
    let asked: BTreeSet<AccountId> = tasks::about(store, &id.subject(), ANSWER)
        .await?
        .into_iter()
        .filter(|task| task.record.recorded_at >= since)
        .filter_map(|task| task.record.assignee)
        .collect();
    let filter = tenants::Filter {
        kind: Some(TenantKind::NationalCoordination),
        ..tenants::Filter::default()
    };
    for tenant in tenants::list(store, &filter, Paging::all()).await?.items {
        let tenant = tenant.record;
        if tenant.state.as_deref() != Some(host) {
            continue;
        }
        let mut held = roles::holders(store, tenant.id, Role::FocalPoint, store.now()).await?;
        held.retain(|one| !asked.contains(&one.record.account));
        if held.is_empty() {
            continue;
        }
        let Some(mut act) = begun(store, tenant.id, id).await? else { continue };
        for one in held {
            let task = Task {
                tenant: tenant.id,
                id: act.new_id(),
                kind: ANSWER.into(),
                subject: Some(id.subject()),
                note: signal.period.clone(),
                desk: None,
                assignee: Some(one.record.account),
                due_at: Some(act.now().after(Duration::from_secs(DAYS_TO_ANSWER * 86_400))),
                done_at: None,
                done_by: None,
                recorded_at: act.now(),
            };
            tasks::insert(&mut act, &task).await?;
        }
        act.commit(&()).await?;
    }
    Ok(())
}

/// Closes the open tasks of a kind about a signal, in every organisation. What
/// somebody ticks at that moment is done by them; [`super::signals::catch_up`]
/// closes what was left beside it.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn close(store: &Store, id: SignalId, kind: &str) -> Result<(), Refused> {
    let mut open: BTreeMap<TenantId, Vec<Versioned<Task>>> = BTreeMap::new();
    for task in tasks::about(store, &id.subject(), kind).await? {
        if task.record.done_at.is_none() {
            open.entry(task.record.tenant).or_default().push(task);
        }
    }
    for (tenant, mine) in open {
        let Some(mut act) = begun(store, tenant, id).await? else { continue };
        let mut ticked = false;
        for mut one in mine {
            one.record.done_at = Some(act.now());
            match tasks::update(&mut act, &one.record, one.revision).await {
                Ok(_) => {}
                Err(StoreError::Conflict) => {
                    ticked = true;
                    break;
                }
                Err(other) => return Err(other.into()),
            }
        }
        if ticked {
            act.give_up().await?;
        } else {
            act.commit(&()).await?;
        }
    }
    Ok(())
}

async fn begun(
    store: &Store,
    tenant: TenantId,
    id: SignalId,
) -> Result<Option<palermo_store::Act>, Refused> {
    let actor = Actor::System { job: "watch".into() };
    let context = ActContext::new(tenant, actor, "signal.tell").about(id);
    Ok(match store.act(context).await? {
        Begun::Fresh(act) => Some(act),
        _ => None,
    })
}
