//! Everything a tenant owns, as files it can take away (R233).

use crate::{
    Acting, Refused,
    access::{Action, Resource},
    begin_unrepeated, two_person,
};
use palermo_domain::{id::Id, two_person::PERSONS_ONE_MAY_EXPORT};
use palermo_store::{backup::Written, keys::person};
use std::path::Path;

/// Writes what one's tenant owns into two new folders: the data, and the keys
/// of persons, which belong apart. What is sealed stays sealed. With more than
/// fifty persons it takes two people (check A8).
///
/// # Errors
/// What access refuses; [`Refused::Declined`] until a second person agreed, and where there is nobody
/// else who may; a folder that is not empty or cannot be written.
pub async fn export(acting: &Acting<'_>, data: &Path, keys: &Path) -> Result<Written, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ExportTenant, &Resource::of(tenant)).await?;
    // Agreed to for these folders and no others: where it goes is part of it.
    let (to, apart) = (data.display().to_string(), keys.display().to_string());
    let subject = format!("{}:{tenant}", two_person::mark(&[&to, &apart]));
    let persons = person::count(&acting.app.store, tenant).await?;
    let two = persons > PERSONS_ONE_MAY_EXPORT;
    // The entry first: an export that fails was still asked for.
    let context = acting.context(Action::ExportTenant)?.about(tenant);
    let mut act = begin_unrepeated!(acting, context);
    if two && let Err(refused) = two_person::redeem(&mut act, Action::ExportTenant, &subject).await
    {
        act.give_up().await?;
        // Asked for right away, unless it waits already; done again when agreed.
        let asked = two_person::ask(acting, Action::ExportTenant, &subject).await;
        return Err(asked.err().unwrap_or(refused));
    }
    act.detail("tenant", tenant.uuid().to_string());
    act.commit(&()).await?;
    Ok(acting.app.store.export_tenant(tenant, data, keys).await?)
}
