//! Incidents.

use super::coded;
use crate::{
    act::Act,
    entity::entity,
    error::Result,
    list::{Page, Paging, page},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::incident::{FoundBy, Incident, Site},
    id::{AccountId, Id, IncidentId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "incident",
        key { tenant: Uuid, id: Uuid }
        happened_at: i64,
        state: Option<String>,
        site: String,
        found_by: String,
        recorded_at: i64,
        recorded_by: Option<Uuid>,
        revision: i64,
    );
}

fn to_row(incident: &Incident) -> row::Model {
    row::Model {
        tenant: incident.tenant.uuid(),
        id: incident.id.uuid(),
        happened_at: incident.happened_at.micros(),
        state: incident.state.clone(),
        site: incident.site.code().to_owned(),
        found_by: incident.found_by.code().to_owned(),
        recorded_at: incident.recorded_at.micros(),
        recorded_by: incident.recorded_by.map(Id::uuid),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Incident>> {
    let incident = Incident {
        tenant: TenantId::from_uuid(row.tenant),
        id: IncidentId::from_uuid(row.id),
        happened_at: Moment::from_micros(row.happened_at),
        state: row.state,
        site: coded(&row.site, Site::from_code, "site")?,
        found_by: coded(&row.found_by, FoundBy::from_code, "found-by")?,
        recorded_at: Moment::from_micros(row.recorded_at),
        recorded_by: row.recorded_by.map(AccountId::from_uuid),
    };
    Ok(Versioned::new(incident, row.revision))
}

/// Adds an incident.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(act: &mut Act, incident: &Incident) -> Result<()> {
    act.insert(&to_row(incident)).await
}

/// Adds many incidents.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_many(act: &mut Act, incidents: &[Incident]) -> Result<()> {
    let rows: Vec<_> = incidents.iter().map(to_row).collect();
    act.insert_many(&rows).await
}

/// Changes an incident.
///
/// # Errors
/// [`crate::Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, incident: &Incident, seen: Revision) -> Result<Revision> {
    act.update(&to_row(incident), seen).await
}

/// The incident with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: IncidentId,
) -> Result<Option<Versioned<Incident>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Incidents of a tenant, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    paging: Paging,
) -> Result<Page<Versioned<Incident>>> {
    let select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_desc(row::Column::HappenedAt)
        .order_by_asc(row::Column::Id);
    page(&db.executor(), select, paging, from_row).await
}
