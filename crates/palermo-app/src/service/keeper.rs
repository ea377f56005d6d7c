//! Services that are kept from another State than the one they work in: that may be, and
//! is said.

use crate::{Acting, Refused};
use palermo_domain::id::TenantId;
use palermo_store::{
    Paging,
    service::Kept,
    tenant::{self as tenants, Filter},
};
use std::collections::HashMap;

/// The States of the organisations that keep services.
#[derive(Debug, Clone, Default)]
pub struct Keepers(HashMap<TenantId, String>);

impl Keepers {
    /// The State a service is operated from, where that is another than the one it works
    /// in. The secretariat and others that are of no State keep services anywhere.
    #[must_use]
    pub fn elsewhere(&self, kept: &Kept) -> Option<&str> {
        let works = kept.service.state?;
        self.0.get(&kept.tenant).map(String::as_str).filter(|state| *state != works.as_str())
    }
}

/// The States of all organisations.
///
/// # Errors
/// When the database does not answer.
pub async fn keepers(acting: &Acting<'_>) -> Result<Keepers, Refused> {
    let all = tenants::list(&acting.app.store, &Filter::default(), Paging::all()).await?;
    let stated = all.items.into_iter().map(|one| one.record);
    Ok(Keepers(stated.filter_map(|tenant| Some((tenant.id, tenant.state?))).collect()))
}

/// The State of one organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn keeper(acting: &Acting<'_>, tenant: TenantId) -> Result<Keepers, Refused> {
    let found = tenants::find(&acting.app.store, tenant).await?.map(|one| one.record);
    let stated = found.and_then(|tenant| Some((tenant.id, tenant.state?)));
    Ok(Keepers(stated.into_iter().collect()))
}
