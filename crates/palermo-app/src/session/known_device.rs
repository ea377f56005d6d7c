//! "This device is mine": whoever marks it comes in from it also while an
//! attack keeps their name blocked (check N1). The browser keeps the mark; it
//! opens nothing by itself, and is void when the passphrase changes.

use super::Signed;
use crate::{Acting, App, Refused, access::Action};
use palermo_domain::{
    account::AccountStatus,
    id::{AccountId, TenantId},
};
use palermo_store::{
    account as accounts,
    credential::{self as credentials, CredentialKind},
    known_device::{self, Owner},
};

pub use known_device::HOLDS;

async fn owner(
    app: &App,
    tenant: TenantId,
    account: AccountId,
) -> Result<Option<Owner>, palermo_store::Error> {
    let known = credentials::of_account(&app.store, tenant, account).await?;
    let passphrase = known.iter().find(|one| one.record.kind == CredentialKind::Passphrase);
    Ok(passphrase.map(|one| Owner { account, passphrase: one.record.id }))
}

/// The device's name, if the mark is that of the owner of this address. Asks
/// nothing without a mark, so that a stranger learns nothing by time.
pub(super) async fn of_address(
    app: &App,
    email: &str,
    mark: &str,
) -> Result<Option<String>, Refused> {
    if mark.is_empty() {
        return Ok(None);
    }
    let Some(account) = accounts::find_by_email(&app.store, email).await? else { return Ok(None) };
    let account = account.record;
    if account.status != AccountStatus::Active {
        return Ok(None);
    }
    let owner = owner(app, account.tenant, account.id).await?;
    Ok(owner.and_then(|owner| known_device::name(&app.store, owner, mark)))
}

/// Whether this mark is one's own and counts.
///
/// # Errors
/// When the database does not answer.
pub async fn is_mine(app: &App, signed: &Signed, mark: &str) -> Result<bool, Refused> {
    let owner = owner(app, signed.tenant.id, signed.account.id).await?;
    Ok(owner.is_some_and(|owner| known_device::name(&app.store, owner, mark).is_some()))
}

/// Makes a mark for the present browser to keep.
///
/// # Errors
/// [`Refused::NotFound`] for an account without a passphrase, which nobody can block.
pub async fn remember(acting: &Acting<'_>) -> Result<String, Refused> {
    let (tenant, account) = acting.member()?;
    let owner = owner(acting.app, tenant, account).await?.ok_or(Refused::NotFound)?;
    let mark = known_device::mark(&acting.app.store, owner)?;
    let context = acting.context(Action::OwnAccount)?.about(account).because("device-marked");
    let mut act = crate::begin_unrepeated!(acting, context);
    act.detail("account", account.to_string());
    act.commit(&()).await?;
    Ok(mark)
}
