//! Consents taken back, as their recipients have them: what was received, that
//! it is no longer to be used, and what was answered.

use super::coded;
use crate::{
    act::Act,
    entity::entity,
    error::Result,
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::sharing::{NoticeAnswer, ShareFor},
    id::{DeskId, Id, ReferralId, TenantId, WithdrawalId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "withdrawal_in",
        key { tenant: Uuid, id: Uuid }
        sender: Uuid,
        referral: Uuid,
        desk: Option<Uuid>,
        purpose: String,
        told_at: i64,
        answer: String,
        provision: String,
        answered_at: Option<i64>,
        revision: i64,
    );
}

/// A consent taken back, at one of its recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalIn {
    /// The recipient's organisation.
    pub tenant: TenantId,
    /// Id, the same as the sender's.
    pub id: WithdrawalId,
    /// Who had shared.
    pub sender: TenantId,
    /// With which referral.
    pub referral: ReferralId,
    /// To which desk.
    pub desk: Option<DeskId>,
    /// For what it had been shared.
    pub purpose: ShareFor,
    /// When they were told.
    pub told_at: Moment,
    /// What they answered.
    pub answer: NoticeAnswer,
    /// The law they name if they cannot erase.
    pub provision: String,
    /// When they answered.
    pub answered_at: Option<Moment>,
}

fn to_row(one: &WithdrawalIn) -> row::Model {
    row::Model {
        tenant: one.tenant.uuid(),
        id: one.id.uuid(),
        sender: one.sender.uuid(),
        referral: one.referral.uuid(),
        desk: one.desk.map(Id::uuid),
        purpose: one.purpose.code().to_owned(),
        told_at: one.told_at.micros(),
        answer: one.answer.code().to_owned(),
        provision: one.provision.clone(),
        answered_at: one.answered_at.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<WithdrawalIn>> {
    let one = WithdrawalIn {
        tenant: TenantId::from_uuid(row.tenant),
        id: WithdrawalId::from_uuid(row.id),
        sender: TenantId::from_uuid(row.sender),
        referral: ReferralId::from_uuid(row.referral),
        desk: row.desk.map(DeskId::from_uuid),
        purpose: coded(&row.purpose, ShareFor::from_code, "purpose")?,
        told_at: Moment::from_micros(row.told_at),
        answer: coded(&row.answer, NoticeAnswer::from_code, "answer")?,
        provision: row.provision,
        answered_at: row.answered_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(one, row.revision))
}

/// Tells a recipient: an act of the recipient's tenant.
///
/// # Errors
/// [`crate::Error::Duplicate`] if they were told already.
pub async fn tell(act: &mut Act, one: &WithdrawalIn) -> Result<()> {
    act.insert(&to_row(one)).await
}

/// Keeps an answer.
///
/// # Errors
/// [`crate::Error::Conflict`] if someone else answered since `seen`.
pub async fn update(act: &mut Act, one: &WithdrawalIn, seen: Revision) -> Result<Revision> {
    act.update(&to_row(one), seen).await
}

/// The withdrawal with this id at its recipient.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: WithdrawalId,
) -> Result<Option<Versioned<WithdrawalIn>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Withdrawals at these desks, the unanswered first, then the latest.
///
/// # Errors
/// When the database does not answer.
pub async fn of_desks(
    db: &dyn Db,
    tenant: TenantId,
    desks: &[DeskId],
) -> Result<Vec<Versioned<WithdrawalIn>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Desk.is_in(desks.iter().map(|desk| desk.uuid())))
        .order_by_desc(row::Column::ToldAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    let mut found = rows.into_iter().map(from_row).collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|one| one.record.answer != NoticeAnswer::Silent);
    Ok(found)
}

/// Withdrawals of what came with one referral.
///
/// # Errors
/// When the database does not answer.
pub async fn of_referral(
    db: &dyn Db,
    tenant: TenantId,
    referral: ReferralId,
) -> Result<Vec<Versioned<WithdrawalIn>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Referral.eq(referral.uuid()))
        .order_by_desc(row::Column::ToldAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
