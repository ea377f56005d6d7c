//! Batches: what one file brought, as one block of coded columns.

use crate::{
    Db,
    act::Act,
    error::{Error, Result},
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{BatchId, DatasetId, Id, TenantId},
    knowledge::{columns::Columns, dataset::Batch},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod row {
    crate::entity::entity!(
        "data_batch",
        key { tenant: Uuid, id: Uuid }
        dataset: Uuid,
        kept: bool,
        body: Json,
        figures: Vec<u8>,
        revision: i64,
    );
}

fn corrupt(error: &dyn ToString) -> Error {
    Error::Corrupt(error.to_string())
}

/// Adds a batch of the act's organisation and gives its id.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    act: &mut Act,
    dataset: DatasetId,
    batch: &Batch,
    figures: &Columns,
) -> Result<BatchId> {
    let id: BatchId = act.new_id();
    let row = row::Model {
        tenant: act.tenant().uuid(),
        id: id.uuid(),
        dataset: dataset.uuid(),
        kept: batch.undone.is_none(),
        body: serde_json::to_value(batch).map_err(|error| corrupt(&error))?,
        figures: figures.to_bytes(),
        revision: 1,
    };
    act.insert(&row).await?;
    Ok(id)
}

/// What is told of the batches of a dataset, without their figures, the newest last.
///
/// # Errors
/// When the database does not answer.
pub async fn about(
    db: &dyn Db,
    tenant: TenantId,
    dataset: DatasetId,
) -> Result<Vec<(BatchId, Batch)>> {
    let rows: Vec<(uuid::Uuid, sea_orm::JsonValue)> = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .column(row::Column::Body)
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Dataset.eq(dataset.uuid()))
        .order_by_asc(row::Column::Id)
        .into_tuple()
        .all(&db.executor())
        .await?;
    rows.into_iter()
        .map(|(id, body)| {
            let batch = serde_json::from_value(body).map_err(|error| corrupt(&error))?;
            Ok((BatchId::from_uuid(id), batch))
        })
        .collect()
}

/// The figures of a dataset: those of all batches that were not undone.
///
/// # Errors
/// When the database does not answer, or figures cannot be read.
pub async fn figures(db: &dyn Db, tenant: TenantId, dataset: DatasetId) -> Result<Columns> {
    figures_without(db, tenant, dataset, None).await
}

/// The same without one of them.
///
/// # Errors
/// When the database does not answer, or figures cannot be read.
pub async fn figures_without(
    db: &dyn Db,
    tenant: TenantId,
    dataset: DatasetId,
    without: Option<BatchId>,
) -> Result<Columns> {
    let mut query = row::Entity::find()
        .select_only()
        .column(row::Column::Figures)
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Dataset.eq(dataset.uuid()))
        .filter(row::Column::Kept.eq(true));
    if let Some(without) = without {
        query = query.filter(row::Column::Id.ne(without.uuid()));
    }
    let blocks: Vec<Vec<u8>> =
        query.order_by_asc(row::Column::Id).into_tuple().all(&db.executor()).await?;
    let mut all = Columns::default();
    for block in blocks {
        let block = Columns::from_bytes(&block).map_err(|error| corrupt(&error))?;
        all.append(&block).map_err(|error| corrupt(&error))?;
    }
    Ok(all)
}

/// A batch with its revision.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: BatchId,
) -> Result<Option<Versioned<(DatasetId, Batch)>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(|row| {
        let batch = serde_json::from_value(row.body).map_err(|error| corrupt(&error))?;
        Ok(Versioned::new((DatasetId::from_uuid(row.dataset), batch), row.revision))
    })
    .transpose()
}

/// The figures of one batch.
///
/// # Errors
/// `NotFound` if it is not there; when the database does not answer, or they cannot be read.
pub async fn figures_of(db: &dyn Db, tenant: TenantId, id: BatchId) -> Result<Columns> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    let row = row.ok_or(Error::NotFound)?;
    Columns::from_bytes(&row.figures).map_err(|error| corrupt(&error))
}

/// Brings a batch back that was taken out; one that was not stays as it is.
///
/// # Errors
/// `NotFound` if it is not there; when the database does not answer.
pub async fn revive(act: &mut Act, id: BatchId) -> Result<()> {
    let key = (act.tenant().uuid(), id.uuid());
    let mut row = row::Entity::find_by_id(key).one(&act.txn).await?.ok_or(Error::NotFound)?;
    let mut batch: Batch = serde_json::from_value(row.body).map_err(|error| corrupt(&error))?;
    batch.undone = None;
    row.body = serde_json::to_value(&batch).map_err(|error| corrupt(&error))?;
    row.kept = true;
    let seen = Revision(row.revision);
    act.update(&row, seen).await?;
    Ok(())
}

/// Takes a batch out of its dataset. What it brought stays in the log of what
/// was imported and is counted no more.
///
/// # Errors
/// `NotFound` if it is not there, `Conflict` if it changed since `seen`.
pub async fn undo(act: &mut Act, id: BatchId, why: &str, seen: Revision) -> Result<()> {
    let key = (act.tenant().uuid(), id.uuid());
    let mut row = row::Entity::find_by_id(key).one(&act.txn).await?.ok_or(Error::NotFound)?;
    let mut batch: Batch = serde_json::from_value(row.body).map_err(|error| corrupt(&error))?;
    batch.undone = Some(why.to_owned());
    row.body = serde_json::to_value(&batch).map_err(|error| corrupt(&error))?;
    row.kept = false;
    act.update(&row, seen).await?;
    Ok(())
}
