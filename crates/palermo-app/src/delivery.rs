//! What left the tenant, or waits to: letters, without their bodies.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::id::OutboxId;
use palermo_store::{Paging, outbox};

pub use outbox::{Delivery, Item};

/// Deliveries of one's tenant, newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Item>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadDeliveries, &Resource::of(tenant)).await?;
    Ok(outbox::list(&acting.app.store, tenant, None, Paging::all()).await?.items)
}

/// Has a letter that was given up tried again, from the first attempt on.
///
/// # Errors
/// What access refuses; [`Refused::NotFound`] if one's tenant has no such
/// letter that was given up.
pub async fn retry(acting: &Acting<'_>, id: OutboxId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::RetryDelivery, &Resource::of(tenant)).await?;
    let mut act = begin!(acting, acting.context(Action::RetryDelivery)?);
    act.about(id);
    outbox::retry(&mut act, id).await?;
    Ok(act.commit(&()).await?)
}
