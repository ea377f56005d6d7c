//! Files on their way into a dataset: kept only until somebody agrees to what
//! they would bring, or a day has passed. Progress is written without an entry
//! of its own; what an import changes is written by its act.

use crate::{
    Db, Store,
    entity::entity,
    error::{Error, Result},
};
use palermo_domain::{
    id::{AccountId, DatasetId, Id, TenantId, UploadId},
    moment::Moment,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use std::time::Duration;

pub(crate) mod row {
    super::entity!(
        "data_upload",
        key { tenant: Uuid, id: Uuid }
        dataset: Uuid,
        account: Uuid,
        file: String,
        state: String,
        seen: i64,
        about: i64,
        body: Json,
        bytes: Vec<u8>,
        recorded_at: i64,
        touched_at: i64,
    );
}

/// Files nobody agreed to are forgotten after this long.
const KEPT: Duration = Duration::from_secs(86_400);

/// A file on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// Where it shall go.
    pub dataset: DatasetId,
    /// Who sent it.
    pub account: AccountId,
    /// Its name.
    pub file: String,
    /// `reading`, `planned` or `refused`.
    pub state: String,
    /// Rows read so far.
    pub seen: u64,
    /// About how many there are.
    pub about: u64,
    /// What was found.
    pub body: serde_json::Value,
    /// When something was last written about it.
    pub touched_at: Moment,
}

type Told = (uuid::Uuid, uuid::Uuid, uuid::Uuid, String, String, i64, i64, sea_orm::JsonValue, i64);

/// Keeps a file, and forgets those of yesterday.
///
/// # Errors
/// When the database does not answer.
pub async fn put(store: &Store, tenant: TenantId, upload: &Upload, bytes: &[u8]) -> Result<()> {
    sweep(store).await?;
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let row = row::Model {
        tenant: tenant.uuid(),
        id: upload.id.uuid(),
        dataset: upload.dataset.uuid(),
        account: upload.account.uuid(),
        file: upload.file.clone(),
        state: upload.state.clone(),
        seen: count(upload.seen),
        about: count(upload.about),
        body: upload.body.clone(),
        bytes: bytes.to_vec(),
        recorded_at: store.now().micros(),
        touched_at: store.now().micros(),
    };
    row::Entity::insert(row.into_active_model())
        .exec_without_returning(&store.inner.writes)
        .await?;
    Ok(())
}

/// Forgets files older than a day. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(store: &Store) -> Result<u64> {
    let before = store.now().before(KEPT).micros();
    let old = row::Entity::delete_many().filter(row::Column::RecordedAt.lt(before));
    Ok(old.exec(&store.inner.writes).await?.rows_affected)
}

fn told() -> sea_orm::Select<row::Entity> {
    row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .column(row::Column::Dataset)
        .column(row::Column::Account)
        .column(row::Column::File)
        .column(row::Column::State)
        .column(row::Column::Seen)
        .column(row::Column::About)
        .column(row::Column::Body)
        .column(row::Column::TouchedAt)
}

fn of_told((id, dataset, account, file, state, seen, about, body, touched): Told) -> Upload {
    Upload {
        id: UploadId::from_uuid(id),
        dataset: DatasetId::from_uuid(dataset),
        account: AccountId::from_uuid(account),
        file,
        state,
        seen: u64::try_from(seen).unwrap_or(0),
        about: u64::try_from(about).unwrap_or(0),
        body,
        touched_at: Moment::from_micros(touched),
    }
}

/// What is told of a file, without its bytes.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, tenant: TenantId, id: UploadId) -> Result<Option<Upload>> {
    let found: Option<Told> = told()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Id.eq(id.uuid()))
        .into_tuple()
        .one(&db.executor())
        .await?;
    Ok(found.map(of_told))
}

/// Files waiting for a dataset, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(db: &dyn Db, tenant: TenantId, dataset: DatasetId) -> Result<Vec<Upload>> {
    let found: Vec<Told> = told()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Dataset.eq(dataset.uuid()))
        .order_by_asc(row::Column::RecordedAt)
        .into_tuple()
        .all(&db.executor())
        .await?;
    Ok(found.into_iter().map(of_told).collect())
}

/// The bytes of a file.
///
/// # Errors
/// [`Error::NotFound`] if it is not there any more.
pub async fn bytes(db: &dyn Db, tenant: TenantId, id: UploadId) -> Result<Vec<u8>> {
    let found: Option<Vec<u8>> = row::Entity::find_by_id((tenant.uuid(), id.uuid()))
        .select_only()
        .column(row::Column::Bytes)
        .into_tuple()
        .one(&db.executor())
        .await?;
    found.ok_or(Error::NotFound)
}

/// Notes how far reading has come.
///
/// # Errors
/// When the database does not answer.
pub async fn progress(store: &Store, tenant: TenantId, id: UploadId, seen: u64) -> Result<()> {
    let seen = i64::try_from(seen).unwrap_or(i64::MAX);
    touch(store, tenant, id)
        .col_expr(row::Column::Seen, Expr::value(seen))
        .exec(&store.inner.writes)
        .await?;
    Ok(())
}

/// Notes what was found.
///
/// # Errors
/// When the database does not answer.
pub async fn found(
    store: &Store,
    tenant: TenantId,
    id: UploadId,
    state: &str,
    body: serde_json::Value,
) -> Result<()> {
    touch(store, tenant, id)
        .col_expr(row::Column::State, Expr::value(state))
        .col_expr(row::Column::Body, Expr::value(body))
        .exec(&store.inner.writes)
        .await?;
    Ok(())
}

fn touch(store: &Store, tenant: TenantId, id: UploadId) -> sea_orm::UpdateMany<row::Entity> {
    row::Entity::update_many()
        .col_expr(row::Column::TouchedAt, Expr::value(store.now().micros()))
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Id.eq(id.uuid()))
}

/// Forgets a file.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(store: &Store, tenant: TenantId, id: UploadId) -> Result<()> {
    row::Entity::delete_by_id((tenant.uuid(), id.uuid())).exec(&store.inner.writes).await?;
    Ok(())
}
