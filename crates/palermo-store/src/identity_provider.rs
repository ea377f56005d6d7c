//! An organisation's own sign-in.

use crate::{
    act::Act,
    entity::entity,
    error::Result,
    store::{Db, Store},
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{Id, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value as Json;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "identity_provider",
        key { tenant: Uuid, id: Uuid }
        name: String,
        settings: Json,
        secret: Vec<u8>,
        signing_keys: Json,
        open: bool,
        recorded_at: i64,
        revision: i64,
    );
}

/// A provider as its organisation described it.
#[derive(Clone, PartialEq)]
pub struct IdentityProvider {
    /// Organisation.
    pub tenant: TenantId,
    /// Id within it.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Addresses, client id, who is admitted.
    pub settings: Json,
    /// The client secret, sealed; empty if there is none.
    pub secret: Vec<u8>,
    /// Its signing keys, as kept from the last sign-in.
    pub signing_keys: Json,
    /// Whether people may come in through it.
    pub open: bool,
    /// Since when.
    pub recorded_at: Moment,
}

impl std::fmt::Debug for IdentityProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IdentityProvider({})", self.id)
    }
}

fn to_row(provider: &IdentityProvider) -> row::Model {
    row::Model {
        tenant: provider.tenant.uuid(),
        id: provider.id,
        name: provider.name.clone(),
        settings: provider.settings.clone(),
        secret: provider.secret.clone(),
        signing_keys: provider.signing_keys.clone(),
        open: provider.open,
        recorded_at: provider.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Versioned<IdentityProvider> {
    let provider = IdentityProvider {
        tenant: TenantId::from_uuid(row.tenant),
        id: row.id,
        name: row.name,
        settings: row.settings,
        secret: row.secret,
        signing_keys: row.signing_keys,
        open: row.open,
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Versioned::new(provider, row.revision)
}

/// Adds a provider.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(act: &mut Act, provider: &IdentityProvider) -> Result<()> {
    act.insert(&to_row(provider)).await
}

/// Changes a provider.
///
/// # Errors
/// [`crate::Error::Conflict`] if it changed since `seen`.
pub async fn update(
    act: &mut Act,
    provider: &IdentityProvider,
    seen: Revision,
) -> Result<Revision> {
    act.update(&to_row(provider), seen).await
}

/// Providers of a tenant.
///
/// # Errors
/// When the database does not answer.
pub async fn of_tenant(db: &dyn Db, tenant: TenantId) -> Result<Vec<Versioned<IdentityProvider>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_asc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// Every provider people may come in through, of all tenants: shown before
/// anyone has signed in.
///
/// # Errors
/// When the database does not answer.
pub async fn open(store: &Store) -> Result<Vec<IdentityProvider>> {
    let rows = row::Entity::find()
        .filter(row::Column::Open.eq(true))
        .order_by_asc(row::Column::Name)
        .all(&store.inner.reads)
        .await?;
    Ok(rows.into_iter().map(|row| from_row(row).record).collect())
}
