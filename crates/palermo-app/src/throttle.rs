//! Waiting after wrong tries, by name and by source (check N1). Counted before
//! the secret is checked and forgiven afterwards, so that a hundred requests
//! at once are a hundred tries.

use crate::{Acting, App, Refused};
use palermo_domain::id::{AccountId, Id};
use palermo_store::throttle::{self as throttles, Counted, Limits};
use std::{net::IpAddr, time::Duration};

async fn refuse_if_blocked(app: &App, counted: Counted<'_>) -> Result<(), Refused> {
    match throttles::blocked(&app.store, counted).await? {
        Some(until) => Err(Refused::TooMany(until.since(app.store.now()).as_secs().max(1))),
        None => Ok(()),
    }
}

/// Whether this name, from this source, may try now; counts the try. A device
/// known to be the name's owner's is counted by itself: tries elsewhere do not
/// block it, nor its tries others.
pub(crate) async fn may_try(
    app: &App,
    name: &str,
    source: Option<IpAddr>,
    device: Option<&str>,
) -> Result<(), Refused> {
    let name = name.trim().to_lowercase();
    let counted = counted(&name, device);
    refuse_if_blocked(app, counted).await?;
    if let Some(source) = source {
        refuse_if_blocked(app, Counted::Source(&source.to_string())).await?;
    }
    throttles::failed(&app.store, counted, Limits::NAME).await?;
    if let Some(source) = source {
        throttles::failed(&app.store, Counted::Source(&source.to_string()), Limits::SOURCE).await?;
    }
    Ok(())
}

/// Whether somebody without an account may send one more of what no secret guards;
/// counts it. So many a day are free, then each waits; nobody is shut out for good, and
/// nobody behind the same address is kept from signing in.
pub(crate) async fn may_send(app: &App, name: &str, free: i64) -> Result<(), Refused> {
    let counted = Counted::Name(name);
    refuse_if_blocked(app, counted).await?;
    let limits = Limits { free, disable: i64::MAX, window: Duration::from_secs(86_400) };
    throttles::failed(&app.store, counted, limits).await?;
    Ok(())
}

fn counted<'a>(name: &'a str, device: Option<&'a str>) -> Counted<'a> {
    device.map_or(Counted::Name(name), |device| Counted::Device(name, device))
}

/// Forgets the tries of a name, or of its owner's device, that turned out right.
pub(crate) async fn succeeded(app: &App, name: &str, device: Option<&str>) -> Result<(), Refused> {
    let name = name.trim().to_lowercase();
    Ok(throttles::forgive(&app.store, counted(&name, device)).await?)
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

/// Whether one more refusal at the gate is written into the log (R228). Whoever goes on
/// trying what they may not is there a hundred times and now and then after that; more
/// would only fill the log.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn may_leave_refusal(acting: &Acting<'_>) -> Result<bool, Refused> {
    let (_, account) = acting.member()?;
    let name = format!("refused:{}", account.uuid());
    let counted = Counted::Name(&name);
    if throttles::blocked(&acting.app.store, counted).await?.is_some() {
        return Ok(false);
    }
    throttles::failed(&acting.app.store, counted, Limits::REFUSED).await?;
    Ok(true)
}
