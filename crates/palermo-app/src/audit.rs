//! Reading the audit log of one's tenant.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::id::TenantId;
use palermo_store::{Page, Paging, account as accounts, audit::query};
use std::collections::BTreeMap;

pub use palermo_store::{Entry, Outcome};
pub use query::Filter;

/// Most entries one file of the log holds.
pub const MOST_TAKEN: u64 = Paging::all().size;

/// Names of everyone of one's tenant, also of those who left, by the text of their id.
pub type Names = BTreeMap<String, String>;

/// Entries, newest first unless asked otherwise, with the names of the accounts in
/// them. Looking is itself an entry.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(
    acting: &Acting<'_>,
    filter: &Filter,
    number: u64,
) -> Result<(Page<Entry>, Names), Refused> {
    read(acting, filter, Paging { page: number, size: 50 }, None).await
}

/// The first [`MOST_TAKEN`] of the same entries, to take away as a file. Taking them
/// is itself an entry, which says that they left.
///
/// # Errors
/// As [`list`].
pub async fn take(acting: &Acting<'_>, filter: &Filter) -> Result<(Page<Entry>, Names), Refused> {
    read(acting, filter, Paging::all(), Some("download")).await
}

/// Whose entries one can ask for.
///
/// # Errors
/// What access or the store refuse.
pub async fn people(acting: &Acting<'_>) -> Result<Names, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadAudit, &Resource::of(tenant)).await?;
    names(acting, tenant).await
}

async fn read(
    acting: &Acting<'_>,
    filter: &Filter,
    paging: Paging,
    why: Option<&str>,
) -> Result<(Page<Entry>, Names), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadAudit, &Resource::of(tenant)).await?;
    let mut context = acting.context(Action::ReadAudit)?;
    context.idempotency = None;
    context.reasons.extend(why.map(str::to_owned));
    let read = acting.app.store.read_personal(context).await?;
    let page = query::list(&read, tenant, filter, paging).await?;
    Ok((page, names(acting, tenant).await?))
}

async fn names(acting: &Acting<'_>, tenant: TenantId) -> Result<Names, Refused> {
    let (filter, sort) = (accounts::Filter::default(), accounts::SortBy::default());
    let all = accounts::list(&acting.app.store, tenant, &filter, sort, Paging::all()).await?;
    let named = all.items.into_iter().map(|one| (one.record.id.to_string(), one.record.name));
    Ok(named.collect())
}
