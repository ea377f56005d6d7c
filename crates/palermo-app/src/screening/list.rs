//! One's own screenings: those in progress and those decided.

use super::{own, purpose};
use crate::{Acting, Refused, access::Action};
use palermo_domain::screening::{Kept, Notice};
use palermo_store::{
    Paging, Versioned,
    screening::{
        draft::{self as drafts, DraftHead},
        kept as screenings, notice as notices,
    },
};

/// Drafts of one's own that have not expired.
///
/// # Errors
/// What access or the store refuse.
pub async fn in_progress(acting: &Acting<'_>) -> Result<Vec<Versioned<DraftHead>>, Refused> {
    let (tenant, account, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    Ok(drafts::of_account(&acting.app.store, tenant, account, acting.now()).await?)
}

/// Screenings one decided, the latest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn decided(acting: &Acting<'_>) -> Result<Vec<Versioned<Kept>>, Refused> {
    let (tenant, account, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    let paging = Paging::all();
    Ok(screenings::of_account(&acting.app.store, tenant, account, paging).await?.items)
}

/// Notices of one's organisation: they say nothing about anyone.
///
/// # Errors
/// What access or the store refuse.
pub async fn left_without_identity(acting: &Acting<'_>) -> Result<Vec<Versioned<Notice>>, Refused> {
    let (tenant, _, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    Ok(notices::list(&acting.app.store, tenant, Paging::all()).await?.items)
}
