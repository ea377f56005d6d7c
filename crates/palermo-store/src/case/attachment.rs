//! Files on cases. What they are called and what is in them stand sealed in
//! `sealed_value` and go with the person's key.

use super::coded;
use crate::{act::Act, entity::entity, error::Result, store::Db, write::Versioned};
use palermo_domain::{
    case::attachment::{Attachment, FileKind, Media},
    id::{AccountId, CaseId, FileId, Id, PersonId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "attachment",
        key { tenant: Uuid, id: Uuid }
        case_id: Uuid,
        person: Uuid,
        kind: String,
        media: String,
        size: i64,
        recorded_at: i64,
        recorded_by: Option<Uuid>,
        revision: i64,
    );
}

/// The table's name, as the place of what is sealed beside it: `title`, `content`.
pub const TABLE: &str = "attachment";

fn to_row(file: &Attachment) -> row::Model {
    row::Model {
        tenant: file.tenant.uuid(),
        id: file.id.uuid(),
        case_id: file.case.uuid(),
        person: file.person.uuid(),
        kind: file.kind.code().to_owned(),
        media: file.media.code().to_owned(),
        size: i64::try_from(file.size).unwrap_or(i64::MAX),
        recorded_at: file.recorded_at.micros(),
        recorded_by: file.recorded_by.map(Id::uuid),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Attachment>> {
    let file = Attachment {
        tenant: TenantId::from_uuid(row.tenant),
        id: FileId::from_uuid(row.id),
        case: CaseId::from_uuid(row.case_id),
        person: PersonId::from_uuid(row.person),
        kind: coded(&row.kind, FileKind::from_code, "kind of file")?,
        media: coded(&row.media, Media::from_code, "type of file")?,
        size: u64::try_from(row.size).unwrap_or(0),
        recorded_at: Moment::from_micros(row.recorded_at),
        recorded_by: row.recorded_by.map(AccountId::from_uuid),
    };
    Ok(Versioned::new(file, row.revision))
}

/// Adds a file.
///
/// # Errors
/// [`crate::Error::Dependent`] if its case is not there.
pub async fn insert(act: &mut Act, file: &Attachment) -> Result<()> {
    act.insert(&to_row(file)).await
}

/// Removes a file; what is sealed beside it is removed by the caller.
///
/// # Errors
/// [`crate::Error::NotFound`] if it is gone already.
pub async fn remove(act: &mut Act, file: &Attachment) -> Result<()> {
    act.delete(&to_row(file)).await
}

/// The file with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: FileId,
) -> Result<Option<Versioned<Attachment>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Files of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<Attachment>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_desc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// How many files a case has.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &dyn Db, tenant: TenantId, case: CaseId) -> Result<u64> {
    let select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()));
    Ok(select.count(&db.executor()).await?)
}
