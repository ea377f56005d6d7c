//! Everything a tenant owns, as files it can take away (R233).

use crate::{
    Acting, Refused,
    access::{Action, Resource},
    begin_unrepeated,
};
use palermo_domain::id::Id;
use palermo_store::backup::Written;
use std::path::Path;

/// Writes what one's tenant owns into two new folders: the data, and the keys
/// of persons, which belong apart. What is sealed stays sealed.
///
/// # Errors
/// What access refuses; a folder that is not empty or cannot be written.
pub async fn export(acting: &Acting<'_>, data: &Path, keys: &Path) -> Result<Written, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ExportTenant, &Resource::of(tenant)).await?;
    // The entry first: an export that fails was still asked for.
    let context = acting.context(Action::ExportTenant)?.about(tenant);
    let mut act = begin_unrepeated!(acting, context);
    act.detail("tenant", tenant.uuid().to_string());
    act.commit(&()).await?;
    Ok(acting.app.store.export_tenant(tenant, data, keys).await?)
}
