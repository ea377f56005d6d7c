//! Screenings that were decided.

use super::{code, json, read};
use crate::{
    act::Act,
    entity::entity,
    error::Result,
    list::{Page, Paging, page},
    store::Db,
    write::Versioned,
};
use palermo_domain::{
    id::{AccountId, CaseId, Id, PersonId, ScreeningId, TenantId},
    moment::Moment,
    screening::Kept,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "screening",
        key { tenant: Uuid, id: Uuid }
        case_id: Option<Uuid>,
        person: Uuid,
        account: Uuid,
        indicator_set: String,
        age: String,
        state: Option<String>,
        forms: Json,
        positive: Json,
        definition_met: bool,
        combination: String,
        outcome: String,
        path: String,
        reasons: Json,
        happened_at: i64,
        recorded_at: i64,
        revision: i64,
    );
}

fn to_row(kept: &Kept) -> Result<row::Model> {
    Ok(row::Model {
        tenant: kept.tenant.uuid(),
        id: kept.id.uuid(),
        case_id: kept.case.map(Id::uuid),
        person: kept.person.uuid(),
        account: kept.account.uuid(),
        indicator_set: kept.set.clone(),
        age: kept.age.code().to_owned(),
        state: kept.state.clone(),
        forms: json(&kept.forms)?,
        positive: json(&kept.positive)?,
        definition_met: kept.definition_met,
        combination: kept.combination.code().to_owned(),
        outcome: kept.outcome.code().to_owned(),
        path: kept.path.code().to_owned(),
        reasons: json(&kept.reasons)?,
        happened_at: kept.happened_at.micros(),
        recorded_at: kept.recorded_at.micros(),
        revision: 1,
    })
}

fn from_row(row: row::Model) -> Result<Versioned<Kept>> {
    let kept = Kept {
        tenant: TenantId::from_uuid(row.tenant),
        id: ScreeningId::from_uuid(row.id),
        case: row.case_id.map(CaseId::from_uuid),
        person: PersonId::from_uuid(row.person),
        account: AccountId::from_uuid(row.account),
        set: row.indicator_set,
        age: code(&row.age)?,
        state: row.state,
        forms: read(row.forms)?,
        positive: read(row.positive)?,
        definition_met: row.definition_met,
        combination: code(&row.combination)?,
        outcome: code(&row.outcome)?,
        path: code(&row.path)?,
        reasons: read(row.reasons)?,
        happened_at: Moment::from_micros(row.happened_at),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Ok(Versioned::new(kept, row.revision))
}

/// Keeps a screening.
///
/// # Errors
/// [`crate::Error::Duplicate`] if it is there already.
pub async fn insert(act: &mut Act, kept: &Kept) -> Result<()> {
    act.insert(&to_row(kept)?).await
}

/// Keeps many at once.
///
/// # Errors
/// As [`insert`].
pub async fn insert_many(act: &mut Act, kept: &[Kept]) -> Result<()> {
    let rows = kept.iter().map(to_row).collect::<Result<Vec<_>>>()?;
    act.insert_many(&rows).await
}

/// Changes a screening: a case was opened from it.
///
/// # Errors
/// [`crate::Error::NotFound`] if it is not there.
pub async fn overwrite(act: &mut Act, kept: &Kept) -> Result<()> {
    act.overwrite(&to_row(kept)?).await
}

/// The screening with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: ScreeningId,
) -> Result<Option<Versioned<Kept>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Screenings of one case, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(db: &dyn Db, tenant: TenantId, case: CaseId) -> Result<Vec<Versioned<Kept>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_asc(row::Column::HappenedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// All screenings of an organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn of_tenant(db: &dyn Db, tenant: TenantId) -> Result<Vec<Versioned<Kept>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_asc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Screenings decided before a moment from which no case was opened.
///
/// # Errors
/// When the database does not answer.
pub async fn not_taken_further(
    db: &dyn Db,
    tenant: TenantId,
    before: Moment,
) -> Result<Vec<Versioned<Kept>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.is_null())
        .filter(row::Column::RecordedAt.lt(before.micros()))
        .order_by_asc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Screenings a member of staff decided, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
    paging: Paging,
) -> Result<Page<Versioned<Kept>>> {
    let select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .order_by_desc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id);
    page(&db.executor(), select, paging, from_row).await
}
