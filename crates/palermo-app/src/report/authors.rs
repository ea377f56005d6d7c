//! Colleagues to whom a section can be handed.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::account::AccountStatus;
use palermo_store::{Paging, account as accounts};

/// Active members of one's organisation: account and name.
///
/// # Errors
/// What access or the store refuse.
pub async fn authors(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    let state = acting.subject.state.clone();
    let resource = Resource::region().in_state(state.as_deref());
    acting.allow(Action::EditReport, &resource).await?;
    let filter =
        accounts::Filter { status: Some(AccountStatus::Active), ..accounts::Filter::default() };
    let all =
        accounts::list(&acting.app.store, tenant, &filter, accounts::SortBy::Name, Paging::all())
            .await?;
    Ok(all
        .items
        .into_iter()
        .map(|one| (one.record.id.to_string(), one.record.name.clone()))
        .collect())
}
