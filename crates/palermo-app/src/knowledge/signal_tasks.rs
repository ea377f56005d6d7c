//! Tasks about a signal after it was raised: the host State is asked whether it
//! agrees to a response, and nobody is reminded of what was dealt with.

use crate::Refused;
use palermo_domain::{
    actor::Actor,
    id::{Id, SignalId, TenantId},
    knowledge::signal::{Signal, Step},
    role::Role,
    task::Task,
    tenant::TenantKind,
};
use palermo_store::{
    ActContext, Begun, Paging, Store, role as roles, task as tasks, tenant as tenants,
};
use std::time::Duration;

/// Somebody should look at a signal.
pub(super) const LOOK: &str = "task-look-at-signal";

/// The host State should answer a proposal.
pub(super) const ANSWER: &str = "task-answer-response";

/// Days within which the host State should have answered.
const DAYS_TO_ANSWER: u64 = 5;

/// Tells the focal points of the host State that a response waits for their
/// answer. The task says no more than that.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn ask_host(store: &Store, id: SignalId, signal: &Signal) -> Result<(), Refused> {
    let proposed = signal.response.as_ref().filter(|one| one.step == Step::Proposed);
    let Some(host) = proposed.map(|one| one.host.as_str()) else { return Ok(()) };
    let filter = tenants::Filter {
        kind: Some(TenantKind::NationalCoordination),
        ..tenants::Filter::default()
    };
    for tenant in tenants::list(store, &filter, Paging::all()).await?.items {
        let tenant = tenant.record;
        if tenant.state.as_deref() != Some(host) {
            continue;
        }
        let held = roles::holders(store, tenant.id, Role::FocalPoint, store.now()).await?;
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

/// Closes the open tasks of a kind about a signal, in every organisation.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn close(store: &Store, id: SignalId, kind: &str) -> Result<(), Refused> {
    let every = tenants::Filter::default();
    let filter = tasks::Filter {
        subject: Some(id.subject()),
        done: Some(false),
        ..tasks::Filter::default()
    };
    for tenant in tenants::list(store, &every, Paging::all()).await?.items {
        let tenant = tenant.record.id;
        let open = tasks::list(store, tenant, &filter, tasks::SortBy::Due, Paging::all()).await?;
        let mut mine: Vec<_> =
            open.items.into_iter().filter(|one| one.record.kind == kind).collect();
        if mine.is_empty() {
            continue;
        }
        let Some(mut act) = begun(store, tenant, id).await? else { continue };
        for one in &mut mine {
            one.record.done_at = Some(act.now());
            tasks::update(&mut act, &one.record, one.revision).await?;
        }
        act.commit(&()).await?;
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
