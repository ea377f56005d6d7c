//! Values of indicators, one for each indicator, place and period of an organisation.

use crate::{
    Act, Db,
    entity::entity,
    error::{Error, Result},
    register::document::documents,
};
use palermo_domain::{
    id::PlanValueId,
    plan::{PlanCode, indicator::Value, reported::Reported},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait as _, EntityTrait as _, QueryFilter as _,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

pub(crate) mod row {
    super::entity!(
        "plan_value",
        key { tenant: Uuid, id: Uuid }
        plan: String,
        indicator: String,
        place: String,
        period: String,
        body: Json,
        revision: i64,
    );
}

/// A State's code, or nothing for the region as a whole.
fn place(told: &Reported) -> String {
    told.value.state.map(|state| state.to_string()).unwrap_or_default()
}

documents!(
    PlanValueId,
    Reported,
    "value of a plan",
    columns(
        plan: |told: &Reported| told.value.plan.to_string(),
        indicator: |told: &Reported| told.value.indicator.clone(),
        place: |told: &Reported| place(told),
        period: |told: &Reported| told.value.period.to_string(),
    ),
    by(plan: &PlanCode => Plan)
);

/// What counts of a plan, in the order it was told, without who told it and what stood
/// before. A plan of a large region has ten thousand values: they come as one text and
/// are read once, which takes a third of the time of as many rows.
///
/// # Errors
/// When the database does not answer.
pub async fn of_plan(db: &dyn Db, plan: &PlanCode) -> Result<Vec<Value>> {
    let mut select = Query::select();
    select
        .expr(Expr::cust("'[' || string_agg(CAST(body AS text), ',' ORDER BY id) || ']'"))
        .from(Alias::new("plan_value"))
        .and_where(ExprTrait::eq(Expr::col(Alias::new("plan")), plan.to_string()));
    let Some(row) = db.executor().query_one(&select).await? else { return Ok(Vec::new()) };
    let Some(all) = row.try_get_by_index::<Option<String>>(0)? else { return Ok(Vec::new()) };
    serde_json::from_str(&all).map_err(|error| Error::Corrupt(format!("value of a plan: {error}")))
}

/// Adds a value, or replaces the one of the act's organisation for the same indicator,
/// place and period; what it told before stays beside it.
///
/// # Errors
/// When the database does not answer.
pub async fn put(act: &mut Act, told: &Reported) -> Result<PlanValueId> {
    let value = &told.value;
    let found = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Plan.eq(value.plan.to_string()))
        .filter(row::Column::Indicator.eq(value.indicator.clone()))
        .filter(row::Column::Place.eq(place(told)))
        .filter(row::Column::Period.eq(value.period.to_string()))
        .one(&act.txn)
        .await?;
    match found {
        None => insert(act, told).await,
        Some(row) => {
            let before = from_row(row)?;
            let id = before.record.id;
            let now = told.clone().over(before.record.entry);
            update(act, id, &now, before.revision).await?;
            Ok(id)
        }
    }
}
