//! Which desk a referral to a service that was found goes to.

use crate::{Acting, Refused, desk::first_open};
use palermo_domain::{
    desk::Desk,
    id::{DeskId, TenantId},
};
use palermo_store::{Paging, Versioned, service::Kept, tenant as tenants};

/// The desk through which a protected service is reached or, where it has none, the
/// first of the organisation that runs it: the one that keeps its record under its own
/// name, else the only one here of that name. A desk of one's own organisation leads to
/// its own services alone: what another body runs is asked of that body.
///
/// # Errors
/// When the database does not answer.
pub async fn desk(
    acting: &Acting<'_>,
    kept: &Versioned<Kept>,
    through: Option<Desk>,
) -> Result<Option<DeskId>, Refused> {
    let (own, _) = acting.member()?;
    let (kept, organisation) = (&kept.record, &kept.record.service.organisation.name);
    let all = tenants::list(&acting.app.store, &tenants::Filter::default(), Paging::all()).await?;
    let named = all.items.iter().map(|one| &one.record).filter(|one| one.name == *organisation);
    let named: Vec<TenantId> = named.map(|one| one.id).collect();
    let run_by = match named.as_slice() {
        many if many.contains(&kept.tenant) => Some(kept.tenant),
        [only] => Some(*only),
        _ => None,
    };
    let ours = organisation.is_empty() || run_by == Some(own);
    if let Some(desk) = through.filter(|desk| ours || desk.tenant != own) {
        return Ok(Some(desk.id));
    }
    let Some(run_by) = run_by else { return Ok(None) };
    Ok(first_open(acting.app, run_by).await?.map(|desk| desk.id))
}
