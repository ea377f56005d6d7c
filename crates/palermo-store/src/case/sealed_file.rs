//! Referrals to bodies that are not here: a sealed file that waits to be
//! fetched. The passphrase is kept nowhere, so the row opens for nobody.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::sealed_file::SealedFile,
    id::{CaseId, Id, ReferralId, SealedFileId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "sealed_file",
        key { tenant: Uuid, id: Uuid }
        case_id: Uuid,
        referral: Uuid,
        slip: String,
        sealed: Option<Vec<u8>>,
        expires_at: i64,
        fetched: i64,
        fetched_at: Option<i64>,
        revoked_at: Option<i64>,
        recorded_at: i64,
        revision: i64,
    );
}

fn to_row(file: &SealedFile, sealed: Option<Vec<u8>>) -> row::Model {
    row::Model {
        tenant: file.tenant.uuid(),
        id: file.id.uuid(),
        case_id: file.case.uuid(),
        referral: file.referral.uuid(),
        slip: file.slip.clone(),
        sealed,
        expires_at: file.expires_at.micros(),
        fetched: i64::from(file.fetched),
        fetched_at: file.fetched_at.map(Moment::micros),
        revoked_at: file.revoked_at.map(Moment::micros),
        recorded_at: file.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Versioned<SealedFile> {
    let file = SealedFile {
        tenant: TenantId::from_uuid(row.tenant),
        id: SealedFileId::from_uuid(row.id),
        case: CaseId::from_uuid(row.case_id),
        referral: ReferralId::from_uuid(row.referral),
        slip: row.slip,
        expires_at: Moment::from_micros(row.expires_at),
        fetched: u32::try_from(row.fetched).unwrap_or(u32::MAX),
        fetched_at: row.fetched_at.map(Moment::from_micros),
        revoked_at: row.revoked_at.map(Moment::from_micros),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Versioned::new(file, row.revision)
}

/// Keeps a file until it is fetched.
///
/// # Errors
/// [`Error::Dependent`] if its case is not there.
pub async fn insert(act: &mut Act, file: &SealedFile, sealed: Vec<u8>) -> Result<()> {
    act.insert(&to_row(file, Some(sealed))).await
}

/// Changes where a file stands; what is in it goes as soon as it can no longer
/// be fetched.
///
/// # Errors
/// [`Error::Conflict`] if it changed since `seen`.
pub async fn update(act: &mut Act, file: &SealedFile, seen: Revision) -> Result<Revision> {
    let id = (file.tenant.uuid(), file.id.uuid());
    let old = row::Entity::find_by_id(id).one(&act.txn).await?.ok_or(Error::NotFound)?;
    let sealed = old.sealed.filter(|_| file.can_be_fetched(act.now()));
    act.update(&to_row(file, sealed), seen).await
}

/// Removes a file, when its person is erased.
///
/// # Errors
/// [`Error::NotFound`] if it is gone already.
pub async fn remove(act: &mut Act, file: &SealedFile) -> Result<()> {
    act.delete(&to_row(file, None)).await
}

/// What is in a file, sealed; nothing once it can no longer be fetched.
///
/// # Errors
/// When the database does not answer.
pub async fn content(db: &dyn Db, tenant: TenantId, id: SealedFileId) -> Result<Option<Vec<u8>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    Ok(row.and_then(|row| row.sealed))
}

/// The file with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: SealedFileId,
) -> Result<Option<Versioned<SealedFile>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    Ok(row.map(from_row))
}

/// Files of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<SealedFile>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_desc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The file a code is for, in whatever organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn of_slip(db: &dyn Db, slip: &str) -> Result<Option<Versioned<SealedFile>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Slip.eq(slip))
        .order_by_asc(row::Column::Id)
        .one(&db.executor())
        .await?;
    Ok(rows.map(from_row))
}

/// Files that hold something still and can no longer be fetched.
///
/// # Errors
/// When the database does not answer.
pub async fn over(
    db: &dyn Db,
    tenant: TenantId,
    now: Moment,
) -> Result<Vec<Versioned<SealedFile>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::ExpiresAt.lte(now.micros()))
        .filter(row::Column::Sealed.is_not_null())
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}
