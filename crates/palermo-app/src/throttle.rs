//! Waiting after wrong tries, by name and by source (check N1). Counted before
//! the secret is checked and forgiven afterwards, so that a hundred requests
//! at once are a hundred tries.

use crate::{App, Refused};
use palermo_domain::id::{AccountId, Id};
use palermo_store::throttle::{self as throttles, Counted, Limits};
use std::net::IpAddr;

async fn refuse_if_blocked(app: &App, counted: Counted<'_>) -> Result<(), Refused> {
    match throttles::blocked(&app.store, counted).await? {
        Some(until) => Err(Refused::TooMany(until.since(app.store.now()).as_secs().max(1))),
        None => Ok(()),
    }
}

/// Whether this name, from this source, may try now; counts the try.
pub(crate) async fn may_try(app: &App, name: &str, source: Option<IpAddr>) -> Result<(), Refused> {
    let name = name.trim().to_lowercase();
    refuse_if_blocked(app, Counted::Name(&name)).await?;
    if let Some(source) = source {
        refuse_if_blocked(app, Counted::Source(&source.to_string())).await?;
    }
    throttles::failed(&app.store, Counted::Name(&name), Limits::NAME).await?;
    if let Some(source) = source {
        throttles::failed(&app.store, Counted::Source(&source.to_string()), Limits::SOURCE).await?;
    }
    Ok(())
}

/// Forgets the tries of a name that turned out right.
pub(crate) async fn succeeded(app: &App, name: &str) -> Result<(), Refused> {
    Ok(throttles::forgive(&app.store, Counted::Name(&name.trim().to_lowercase())).await?)
}

fn factor_of(account: AccountId) -> String {
    format!("second-factor:{}", account.uuid())
}

/// Whether this account may show a second factor now; counts the try.
pub(crate) async fn may_prove(app: &App, account: AccountId) -> Result<(), Refused> {
    let name = factor_of(account);
    refuse_if_blocked(app, Counted::Name(&name)).await?;
    throttles::failed(&app.store, Counted::Name(&name), Limits::NAME).await?;
    Ok(())
}

/// Forgets the tries of a second factor that turned out right.
pub(crate) async fn proof_succeeded(app: &App, account: AccountId) -> Result<(), Refused> {
    Ok(throttles::forgive(&app.store, Counted::Name(&factor_of(account))).await?)
}
