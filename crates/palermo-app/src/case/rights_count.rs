//! Counts of rights incidents for a State's rapporteur (R243): across the
//! organisations of the State, through the rules by which counts tell of nobody.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    case::rights_incident::{RightsIncident, SafeCounts, safe_counts},
    id::CaseId,
    purpose::Purpose,
};
use palermo_store::{
    Paging,
    case::{file as files, record},
    tenant as tenants,
};
use std::collections::BTreeSet;

/// Counts the incidents of every organisation of one's State, up to the last
/// half-year that is over. The look is in the log first; sealed records are not
/// there (E11), and no organisation is told apart from another.
///
/// # Errors
/// What access or the store refuse.
pub async fn count(acting: &Acting<'_>) -> Result<SafeCounts, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let own = tenants::find(store, tenant).await?.ok_or(Refused::NotFound)?.record;
    let about = Resource::of(tenant).in_state(own.state.as_deref());
    let purpose = Purpose::Statistics;
    acting.allow_for(Action::CountRightsIncidents, &about, Some(purpose)).await?;
    let state = own.state.ok_or(Refused::NotFound)?;
    let mut context = acting.context(Action::CountRightsIncidents)?.for_purpose(purpose);
    context.idempotency = None;
    let read = store.read_personal(context).await?;
    let filter = tenants::Filter { state: Some(state), ..tenants::Filter::default() };
    let mut incidents = Vec::new();
    for one in tenants::list(&read, &filter, Paging::all()).await?.items {
        let of = one.record.id;
        let found = record::of_tenant::<RightsIncident>(&read, of, &[]).await?;
        let ids: BTreeSet<CaseId> = found.iter().map(|one| one.record.case).collect();
        let ids: Vec<CaseId> = ids.into_iter().collect();
        let cases = files::of_ids(&read, of, &ids).await?;
        let open = |case: &CaseId| cases.get(case).is_some_and(|case| !case.record.sealed);
        let found = found.into_iter().map(|one| one.record);
        incidents.extend(found.filter(|one| open(&one.case)));
    }
    let base = usize::try_from(acting.app.policy.publication_threshold()).unwrap_or(5);
    Ok(safe_counts(&incidents, acting.now().date().into(), base))
}
