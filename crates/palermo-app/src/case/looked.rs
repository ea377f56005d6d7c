//! Who looked: every entry of the log about a case, for its team and, through
//! them, for the person.

use super::{Opened, look_for};
use crate::{Acting, Refused, access::Action, session::Signed};
use palermo_domain::{
    id::{AccountId, CaseId},
    purpose::Purpose,
};
pub use palermo_store::Entry;
use palermo_store::{Page, Paging, Subject, audit::query};
use std::collections::BTreeMap;

/// Entries about a case, the latest first, with the names of the staff in them.
///
/// # Errors
/// As [`super::look`].
pub async fn list(
    acting: &Acting<'_>,
    signed: Option<&Signed>,
    id: CaseId,
    purpose: Purpose,
    number: u64,
) -> Result<(Opened, Page<Entry>, BTreeMap<AccountId, String>), Refused> {
    let opened = look_for(acting, signed, id, Action::ReadCase, purpose).await?;
    let (page, names) = entries(acting, &opened, Paging { page: number.max(1), size: 50 }).await?;
    Ok((opened, page, names))
}

/// The same for a case that is open already.
///
/// # Errors
/// When the database does not answer.
pub async fn entries(
    acting: &Acting<'_>,
    opened: &Opened,
    paging: Paging,
) -> Result<(Page<Entry>, BTreeMap<AccountId, String>), Refused> {
    let id = opened.file.id();
    let tenant = opened.file.case.record.tenant;
    let filter = query::Filter { subject: Some(Subject::of(id)), ..query::Filter::default() };
    let page = query::list(&opened.read, tenant, &filter, paging).await?;
    let accounts: Vec<_> = page.items.iter().filter_map(|entry| entry.actor.account()).collect();
    let names = super::staff_names(acting, accounts).await?;
    Ok((page, names))
}
