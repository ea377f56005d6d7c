//! Reading the audit log of one's tenant.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::id::{AccountId, Id, TenantId};
use palermo_store::{
    Page, Paging, account as accounts, audit::query, role as roles, tenant as tenants,
};
use std::collections::{BTreeMap, BTreeSet};

pub use palermo_store::{Entry, Outcome};
pub use query::Filter;

/// Most entries one file of the log holds.
pub const MOST_TAKEN: u64 = Paging::all().size;

/// Names of everyone of one's tenant, also of those who left, by the text of their id;
/// of people of other organisations in the entries, their organisation and their roles.
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
    let mut known = names(acting, tenant).await?;
    others(acting, &page.items, &mut known).await?;
    Ok((page, known))
}

/// Adds whoever the entries speak of and is of another organisation: one's own log says
/// from where someone acted, never who of another organisation it was.
async fn others(acting: &Acting<'_>, entries: &[Entry], known: &mut Names) -> Result<(), Refused> {
    let store = &acting.app.store;
    let actors = entries.iter().filter_map(|entry| entry.actor.account());
    let subjects = entries.iter().flat_map(|entry| &entry.subjects);
    let subjects = subjects.filter(|one| one.kind == AccountId::KIND);
    let spoken_of = subjects.filter_map(|one| one.id.parse::<AccountId>().ok());
    let ids: BTreeSet<AccountId> = actors.chain(spoken_of).collect();
    for id in ids {
        let text = id.to_string();
        if known.contains_key(&text) {
            continue;
        }
        let Some(account) = accounts::find_anywhere(store, id).await? else { continue };
        let of = account.record.tenant;
        let Some(organisation) = tenants::find(store, of).await? else { continue };
        let held = roles::of_account(store, of, id).await?;
        let held: BTreeSet<&str> = held.iter().map(|one| one.record.role.code()).collect();
        let word = |code: &str| {
            acting.app.catalogue.format_plain(acting.language, &format!("role-{code}"), &[])
        };
        let held: Vec<String> = held.into_iter().map(word).collect();
        let said = match held.is_empty() {
            true => organisation.record.name,
            false => format!("{} ({})", organisation.record.name, held.join(", ")),
        };
        known.insert(text, said);
    }
    Ok(())
}

async fn names(acting: &Acting<'_>, tenant: TenantId) -> Result<Names, Refused> {
    let (filter, sort) = (accounts::Filter::default(), accounts::SortBy::default());
    let all = accounts::list(&acting.app.store, tenant, &filter, sort, Paging::all()).await?;
    let named = all.items.into_iter().map(|one| (one.record.id.to_string(), one.record.name));
    Ok(named.collect())
}
