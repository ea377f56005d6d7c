//! Care records: coded facts in one table, whatever their kind; words are
//! sealed in [`crate::keys::sealed`] under the table's name.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    care::{Body, CareKind, CareRecord},
    id::{AccountId, CareId, CaseId, Id, TenantId},
    moment::Moment,
    register::day::Day,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

pub(crate) mod row {
    super::entity!(
        "care_record",
        key { tenant: Uuid, id: Uuid }
        case_id: Uuid,
        kind: String,
        facts: Json,
        starts: Option<String>,
        ends: Option<String>,
        due: Option<String>,
        author: Uuid,
        recorded_at: i64,
        revision: i64,
    );
}

/// The table's name, as the place of the words sealed beside a record.
pub const TABLE: &str = "care_record";

fn to_row(tenant: TenantId, record: &CareRecord) -> row::Model {
    let days = record.days();
    let text = |day: Option<Day>| day.map(|day| day.to_string());
    row::Model {
        tenant: tenant.uuid(),
        id: record.id.uuid(),
        case_id: record.case.uuid(),
        kind: record.kind().code().to_owned(),
        facts: Value::Object(record.body.facts()),
        starts: text(days.starts),
        ends: text(days.ends),
        due: text(days.due),
        author: record.author.uuid(),
        recorded_at: record.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<CareRecord>> {
    let corrupt = |what: String| Error::Corrupt(what);
    let kind = CareKind::from_code(&row.kind)
        .ok_or_else(|| corrupt(format!("care record of kind `{}`", row.kind)))?;
    let Value::Object(facts) = row.facts else {
        return Err(corrupt("facts of a care record".into()));
    };
    let body = Body::read(kind, facts).map_err(|ill| corrupt(ill.to_string()))?;
    let record = CareRecord {
        id: CareId::from_uuid(row.id),
        case: CaseId::from_uuid(row.case_id),
        body,
        author: AccountId::from_uuid(row.author),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Ok(Versioned::new(record, row.revision))
}

/// Adds a record.
///
/// # Errors
/// [`Error::Dependent`] if the case is not there.
pub async fn insert(act: &mut Act, record: &CareRecord) -> Result<()> {
    let row = to_row(act.tenant(), record);
    act.insert(&row).await
}

/// Adds many records.
///
/// # Errors
/// As [`insert`]; then none is added.
pub async fn insert_many(act: &mut Act, records: &[CareRecord]) -> Result<()> {
    let tenant = act.tenant();
    let rows: Vec<_> = records.iter().map(|record| to_row(tenant, record)).collect();
    act.insert_many(&rows).await
}

/// Changes a record.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, record: &CareRecord, seen: Revision) -> Result<Revision> {
    let row = to_row(act.tenant(), record);
    act.update(&row, seen).await
}

/// The record with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: CareId,
) -> Result<Option<Versioned<CareRecord>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Everything about a case, in the order in which it was written down.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<CareRecord>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_asc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Records of a tenant of one kind, for a month's end or the end of money.
///
/// # Errors
/// When the database does not answer.
pub async fn of_kind(
    db: &dyn Db,
    tenant: TenantId,
    kind: CareKind,
) -> Result<Vec<Versioned<CareRecord>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Kind.eq(kind.code()))
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Records to be looked at by this day, for reminders.
///
/// # Errors
/// When the database does not answer.
pub async fn due_by(db: &dyn Db, tenant: TenantId, day: Day) -> Result<Vec<Versioned<CareRecord>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Due.lte(day.to_string()))
        .order_by_asc(row::Column::Due)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
