//! Decisions on identification. The reasons in words are sealed in the
//! compartment care of the person of the case.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::Versioned,
};
use palermo_domain::{
    id::{AccountId, CaseId, Id, IdentificationId, TenantId},
    identification::Identification,
    moment::Moment,
    register::day::Day,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::{fmt::Display, str::FromStr};

/// The table, for sealed values.
pub const TABLE: &str = "identification";

pub(crate) mod row {
    super::entity!(
        "identification",
        key { tenant: Uuid, id: Uuid }
        case_id: Uuid,
        episode: i64,
        finding: String,
        basis: Json,
        legal_ground: String,
        body: String,
        site: String,
        elsewhere: bool,
        decided_by: Uuid,
        reviewer: Option<Uuid>,
        reviewed_at: Option<i64>,
        review_route: String,
        review_until: Option<String>,
        stage: String,
        decided_at: i64,
        recorded_at: i64,
        revision: i64,
    );
}

fn to_row(one: &Identification) -> Result<row::Model> {
    Ok(row::Model {
        tenant: one.tenant.uuid(),
        id: one.id.uuid(),
        case_id: one.case.uuid(),
        episode: i64::from(one.episode),
        finding: one.finding.code().to_owned(),
        basis: serde_json::to_value(&one.basis).map_err(|e| Error::Corrupt(e.to_string()))?,
        legal_ground: one.legal_ground.code().to_owned(),
        body: one.body.clone(),
        site: one.site.clone(),
        elsewhere: one.elsewhere,
        decided_by: one.decided_by.uuid(),
        reviewer: one.reviewer.map(Id::uuid),
        reviewed_at: one.reviewed_at.map(Moment::micros),
        review_route: one.review_route.code().to_owned(),
        review_until: one.review_until.map(|day| day.to_string()),
        stage: one.stage.code().to_owned(),
        decided_at: one.decided_at.micros(),
        recorded_at: one.recorded_at.micros(),
        revision: 1,
    })
}

fn code<T: FromStr<Err = E>, E: Display>(text: &str) -> Result<T> {
    text.parse().map_err(|error: E| Error::Corrupt(error.to_string()))
}

fn from_row(row: row::Model) -> Result<Versioned<Identification>> {
    let one = Identification {
        tenant: TenantId::from_uuid(row.tenant),
        id: IdentificationId::from_uuid(row.id),
        case: CaseId::from_uuid(row.case_id),
        episode: u16::try_from(row.episode).map_err(|e| Error::Corrupt(e.to_string()))?,
        finding: code(&row.finding)?,
        basis: serde_json::from_value(row.basis).map_err(|e| Error::Corrupt(e.to_string()))?,
        legal_ground: code(&row.legal_ground)?,
        body: row.body,
        site: row.site,
        elsewhere: row.elsewhere,
        decided_by: AccountId::from_uuid(row.decided_by),
        reviewer: row.reviewer.map(AccountId::from_uuid),
        reviewed_at: row.reviewed_at.map(Moment::from_micros),
        review_route: code(&row.review_route)?,
        review_until: row.review_until.as_deref().map(code::<Day, _>).transpose()?,
        stage: code(&row.stage)?,
        decided_at: Moment::from_micros(row.decided_at),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Ok(Versioned::new(one, row.revision))
}

/// Adds a decision.
///
/// # Errors
/// [`Error::Duplicate`] if it is there already.
pub async fn insert(act: &mut Act, one: &Identification) -> Result<()> {
    act.insert(&to_row(one)?).await
}

/// Changes a decision: it was reviewed.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn overwrite(act: &mut Act, one: &Identification) -> Result<()> {
    act.overwrite(&to_row(one)?).await
}

/// The decision with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: IdentificationId,
) -> Result<Option<Versioned<Identification>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Every decision of an organisation, for counts.
///
/// # Errors
/// When the database does not answer.
pub async fn of_tenant(db: &dyn Db, tenant: TenantId) -> Result<Vec<Versioned<Identification>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Decisions of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<Identification>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_desc(row::Column::DecidedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
