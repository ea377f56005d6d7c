//! Plans, each one document found by its code.

use crate::{
    Db, Versioned,
    entity::entity,
    error::{Error, Result},
    register::{Filed, document::documents},
};
use palermo_domain::{
    id::{Id as _, PlanId, TenantId},
    plan::{Plan, PlanCode},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "plan",
        key { tenant: Uuid, id: Uuid }
        code: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    PlanId,
    Plan,
    "plan",
    columns(code: |plan: &Plan| plan.code.to_string()),
    by(code: &PlanCode => Code)
);

type Kept = Versioned<Filed<PlanId, Plan>>;

/// The plans with a code, like [`list`], read straight from their text: a plan has as
/// many targets as values.
///
/// # Errors
/// When the database does not answer.
pub async fn with_code(db: &dyn Db, code: &PlanCode) -> Result<Vec<Kept>> {
    let rows: Vec<(Uuid, Uuid, i64, String)> = row::Entity::find()
        .select_only()
        .columns([row::Column::Tenant, row::Column::Id, row::Column::Revision])
        .expr_as(Expr::cust("CAST(body AS text)"), "words")
        .filter(row::Column::Code.eq(code.to_string()))
        .order_by_asc(row::Column::Id)
        .into_tuple()
        .all(&db.executor())
        .await?;
    let read = |(tenant, id, revision, words): (Uuid, Uuid, i64, String)| -> Result<Kept> {
        let entry = serde_json::from_str(&words)
            .map_err(|error| Error::Corrupt(format!("plan: {error}")))?;
        let filed = Filed { tenant: TenantId::from_uuid(tenant), id: PlanId::from_uuid(id), entry };
        Ok(Versioned::new(filed, revision))
    };
    rows.into_iter().map(read).collect()
}
