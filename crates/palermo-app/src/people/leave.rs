//! Someone leaves the organisation for good: what they carried passes on, and their
//! roles, their key pair and their sessions end in one act.

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
    case::team::{self, Carried},
    keys,
};
use palermo_domain::{
    account::{Account, AccountStatus},
    id::AccountId,
};
use palermo_store::{Act, Revision, Versioned, account as accounts, notice, role as roles};
use serde_json::json;

/// What has to be known before someone leaves: counts, and who can take over.
#[derive(Debug, Clone)]
pub struct Leaving {
    /// Who leaves.
    pub account: Versioned<Account>,
    /// How much they carry.
    pub carried: Carried,
    /// Colleagues who can take it.
    pub takers: Vec<(AccountId, String)>,
}

/// What someone carries who is about to leave; no case is shown.
///
/// # Errors
/// [`Refused::NotFound`] for someone of another tenant.
pub async fn look(acting: &Acting<'_>, id: AccountId) -> Result<Leaving, Refused> {
    let (tenant, own) = acting.member()?;
    acting.allow(Action::EndAccess, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let account = accounts::find(store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let carried = team::carried(store, acting, id).await?;
    let mut takers = team::carriers(acting).await?;
    // Nobody takes cases for themselves by ending a colleague's access.
    takers.retain(|(one, _)| *one != id && *one != own);
    Ok(Leaving { account, carried, takers })
}

/// Ends an account for good. Returns how many cases passed to a colleague.
///
/// # Errors
/// [`Refused::Invalid`] with cases to pass and nobody to take them;
/// [`Refused::Declined`] for oneself, for the last administrator, while they alone carry a
/// sealed record, or while nobody else of the staff opens what their key opens.
pub async fn leave(
    acting: &Acting<'_>,
    id: AccountId,
    to: Option<AccountId>,
    seen: Revision,
) -> Result<usize, Refused> {
    let (tenant, own) = acting.member()?;
    acting.allow(Action::EndAccess, &Resource::of(tenant)).await?;
    if id == own {
        return Err(Refused::Declined(Message::new("error-not-oneself")));
    }
    let mut context =
        acting.context(Action::EndAccess)?.about(id).because(AccountStatus::Left.code());
    if let Some(to) = to {
        let known = team::carriers(acting).await?.into_iter().any(|(one, _)| one == to);
        if !known || to == id || to == own {
            return Err(Refused::field("to", Message::new("error-choose")));
        }
        context = context.about(to);
    }
    let mut act = begin!(acting, context);
    match leave_in(acting, &mut act, id, to, seen).await {
        Ok(handed) => {
            act.commit(&handed).await?;
            Ok(handed)
        }
        Err(refused) => {
            act.give_up().await?;
            Err(refused)
        }
    }
}

async fn leave_in(
    acting: &Acting<'_>,
    act: &mut Act,
    id: AccountId,
    to: Option<AccountId>,
    seen: Revision,
) -> Result<usize, Refused> {
    // First what may refuse it, while the roles are still held.
    super::set_status_in(act, id, AccountStatus::Left, Some(seen)).await?;
    let handed = team::leave_all(acting, act, id, to).await?;
    keys::end_of(act, id).await?;
    let (tenant, now) = (act.tenant(), act.now());
    for held in roles::of_account(&*act, tenant, id).await? {
        if held.record.until.is_none_or(|until| now < until) {
            // One that was to begin later never does.
            let until = now.max(held.record.from);
            roles::end(act, &held.record, until, held.revision).await?;
        }
    }
    if let Some(to) = to.filter(|_| handed > 0) {
        notice::leave(act, to, "notice-cases-taken-over", json!({})).await?;
    }
    Ok(handed)
}
