//! Reading the audit log of one's tenant.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_store::{Entry, Page, Paging, account as accounts, audit::query};
use std::collections::BTreeMap;

pub use palermo_store::Outcome;
pub use query::Filter;

/// Entries, newest first, with the names of the accounts in them. Looking is
/// itself an entry.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(
    acting: &Acting<'_>,
    filter: &Filter,
    number: u64,
) -> Result<(Page<Entry>, BTreeMap<String, String>), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadAudit, &Resource::of(tenant)).await?;
    let mut context = acting.context(Action::ReadAudit)?;
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let page = query::list(&read, tenant, filter, Paging { page: number, size: 50 }).await?;
    let mut names = BTreeMap::new();
    for account in page.items.iter().filter_map(|entry| entry.actor.account()) {
        if names.contains_key(&account.to_string()) {
            continue;
        }
        if let Some(found) = accounts::find(&acting.app.store, tenant, account).await? {
            names.insert(account.to_string(), found.record.name);
        }
    }
    Ok((page, names))
}
