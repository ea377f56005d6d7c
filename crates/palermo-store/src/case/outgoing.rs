//! What leaves, from the act that sends it until it has arrived. Written in the
//! sender's act, taken away in the sender's act after the recipient's: a crash
//! between the two delivers it again, and the recipient knows it already.

use super::envelope::Envelope;
use crate::{act::Act, entity::entity, error::Result, store::Db};
use palermo_domain::id::{Id, ReferralId, TenantId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "referral_out",
        key { tenant: Uuid, id: Uuid }
        recipient: Uuid,
        sealed: Vec<u8>,
        wraps: Json,
        recorded_at: i64,
        revision: i64,
    );
}

/// Something on its way.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The referral.
    pub id: ReferralId,
    /// To which organisation.
    pub recipient: TenantId,
    /// What it carries, sealed.
    pub envelope: Envelope,
}

/// Puts something on its way.
///
/// # Errors
/// [`crate::Error::Duplicate`] if it is on its way already.
pub async fn put(act: &mut Act, outgoing: &Outgoing) -> Result<()> {
    let row = row::Model {
        tenant: act.tenant,
        id: outgoing.id.uuid(),
        recipient: outgoing.recipient.uuid(),
        sealed: outgoing.envelope.sealed.clone(),
        wraps: outgoing.envelope.wraps_written(),
        recorded_at: act.now().micros(),
        revision: 1,
    };
    act.insert(&row).await
}

/// Everything a tenant has on its way, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(db: &dyn Db, tenant: TenantId) -> Result<Vec<Outgoing>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_asc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: row::Model) -> Result<Outgoing> {
    Ok(Outgoing {
        id: ReferralId::from_uuid(row.id),
        recipient: TenantId::from_uuid(row.recipient),
        envelope: Envelope::read(row.sealed, row.wraps)?,
    })
}

/// Takes something off its way: it arrived, or is not to leave any more. Says
/// whether it was there.
///
/// # Errors
/// When the database does not answer.
pub async fn gone(act: &mut Act, id: ReferralId) -> Result<bool> {
    let row = row::Entity::find_by_id((act.tenant, id.uuid())).one(&act.txn).await?;
    let Some(row) = row else { return Ok(false) };
    act.delete(&row).await?;
    Ok(true)
}
