//! Notices to oneself: that something happened, never what it says. The list
//! in the pages, and once a day a letter that says only that there are some.

use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
};
use palermo_domain::{actor::Actor, id::TenantId};
use palermo_store::{
    ActContext, Begun, Paging, account as accounts, notice as stored, outbox, tenant as tenants,
};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

pub use stored::Notice;

/// A letter goes out for notices that waited this long.
const WAITED: Duration = Duration::from_secs(86_400);

/// One's notices, newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Notice>, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::OwnAccount, &Resource::of(tenant).about(account)).await?;
    Ok(stored::list(&acting.app.store, tenant, account, Paging::all()).await?.items)
}

/// How many one has not read.
///
/// # Errors
/// When the database does not answer.
pub async fn unread(acting: &Acting<'_>) -> Result<u64, Refused> {
    let (tenant, account) = acting.member()?;
    Ok(stored::unread(&acting.app.store, tenant, account).await?)
}

/// Marks notices as read: one, or all if none is named.
///
/// # Errors
/// [`Refused::NotFound`] if it is not one's own.
pub async fn mark_read(acting: &Acting<'_>, one: Option<Uuid>) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let all = list(acting).await?;
    let wanted: Vec<Uuid> = all
        .iter()
        .filter(|notice| notice.read_at.is_none())
        .map(|notice| notice.id)
        .filter(|id| one.is_none_or(|wanted| wanted == *id))
        .collect();
    if wanted.is_empty() {
        return if one.is_some() { Err(Refused::NotFound) } else { Ok(()) };
    }
    let _ = tenant;
    let mut act = crate::begin!(acting, acting.context(Action::OwnAccount)?.about(account));
    for id in wanted {
        stored::mark_read(&mut act, account, id).await?;
    }
    Ok(act.commit(&()).await?)
}

/// Sends a letter to everyone with notices that waited a day unread, at most
/// one a day each. It says only how many there are. Returns how many letters.
///
/// # Errors
/// When the database does not answer.
pub async fn send_digests(app: &App) -> Result<u64, Refused> {
    let store = &app.store;
    let now = store.now();
    let mut letters = 0;
    for tenant in tenants::list(store, &tenants::Filter::default(), Paging::all()).await?.items {
        letters += digests_of(app, tenant.record.id, now).await?;
    }
    Ok(letters)
}

async fn digests_of(
    app: &App,
    tenant: TenantId,
    now: palermo_domain::moment::Moment,
) -> Result<u64, Refused> {
    let store = &app.store;
    let waiting = stored::waiting(store, tenant, now.before(WAITED)).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let actor = Actor::System { job: "digest".to_owned() };
    let context = ActContext::new(tenant, actor, "notice.digest");
    let Begun::Fresh(mut act) = store.act(context).await? else { return Ok(0) };
    let mut letters = 0;
    for (account, ids) in waiting {
        let Some(owner) = accounts::find(&act, tenant, account).await? else { continue };
        let owner = owner.record;
        let letter = json!({ "letter": "digest", "language": owner.language, "token": "" });
        outbox::put(&mut act, "mail", &owner.email, "digest", letter.to_string().as_bytes())
            .await?;
        stored::told(&mut act, &ids).await?;
        letters += 1;
    }
    act.commit(&letters).await?;
    Ok(letters)
}
