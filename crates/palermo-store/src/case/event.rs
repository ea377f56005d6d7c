//! Histories of cases.

use super::read_json;
use crate::{act::Act, entity::entity, error::Result, store::Db};
use palermo_domain::{
    case::event::Event,
    id::{AccountId, CaseId, EventId, Id, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use std::collections::BTreeMap;

pub(crate) mod row {
    super::entity!(
        "case_event",
        key { tenant: Uuid, id: Uuid }
        case_id: Uuid,
        kind: String,
        facts: Json,
        happened_at: i64,
        recorded_at: i64,
        by_account: Option<Uuid>,
        has_text: bool,
        revision: i64,
    );
}

/// The table's name, as the place of the texts sealed beside an event.
pub const TABLE: &str = "case_event";

fn to_row(event: &Event) -> row::Model {
    row::Model {
        tenant: event.tenant.uuid(),
        id: event.id.uuid(),
        case_id: event.case.uuid(),
        kind: event.kind.clone(),
        facts: json!(event.facts),
        happened_at: event.happened_at.micros(),
        recorded_at: event.recorded_at.micros(),
        by_account: event.by.map(Id::uuid),
        has_text: event.has_text,
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Event> {
    Ok(Event {
        tenant: TenantId::from_uuid(row.tenant),
        id: EventId::from_uuid(row.id),
        case: CaseId::from_uuid(row.case_id),
        kind: row.kind,
        facts: read_json(row.facts)?,
        happened_at: Moment::from_micros(row.happened_at),
        recorded_at: Moment::from_micros(row.recorded_at),
        by: row.by_account.map(AccountId::from_uuid),
        has_text: row.has_text,
    })
}

/// A new event of a case, now, by whoever acts. Fill it with
/// [`Event::with`] and write it with [`insert`].
#[must_use]
pub fn new(act: &Act, case: CaseId, kind: &str) -> Event {
    Event {
        tenant: act.tenant(),
        id: act.new_id(),
        case,
        kind: kind.to_owned(),
        facts: BTreeMap::new(),
        happened_at: act.now(),
        recorded_at: act.now(),
        by: act.actor().account(),
        has_text: false,
    }
}

/// Adds an event.
///
/// # Errors
/// [`crate::Error::Dependent`] if the case is not there.
pub async fn insert(act: &mut Act, event: &Event) -> Result<()> {
    act.insert(&to_row(event)).await
}

/// Adds many events.
///
/// # Errors
/// As [`insert`].
pub async fn insert_many(act: &mut Act, events: &[Event]) -> Result<()> {
    let rows: Vec<_> = events.iter().map(to_row).collect();
    act.insert_many(&rows).await
}

/// The whole history of a case, for an erasure.
///
/// # Errors
/// When the database does not answer.
pub async fn whole(db: &dyn Db, tenant: TenantId, case: CaseId) -> Result<Vec<Event>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Writes an event anew, whatever it said: for what a history may tell no longer.
///
/// # Errors
/// [`crate::Error::NotFound`] if it is not there.
pub async fn overwrite(act: &mut Act, event: &Event) -> Result<()> {
    act.overwrite(&to_row(event)).await
}

/// The history of a case, the latest event first, at most so many.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(db: &dyn Db, tenant: TenantId, case: CaseId, most: u64) -> Result<Vec<Event>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_desc(row::Column::HappenedAt)
        .order_by_desc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id)
        .limit(most)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
