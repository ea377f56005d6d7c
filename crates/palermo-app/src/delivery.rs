//! What left the tenant, or waits to: mail and web hooks, without their bodies.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
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
