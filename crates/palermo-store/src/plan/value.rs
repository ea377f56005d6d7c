//! Values of indicators, one for each indicator, place and period of an organisation.

use crate::{Act, entity::entity, error::Result, register::document::documents};
use palermo_domain::{
    id::{Id, PlanValueId},
    plan::{PlanCode, indicator::Value},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

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
fn place(value: &Value) -> String {
    value.state.map(|state| state.to_string()).unwrap_or_default()
}

documents!(
    PlanValueId,
    Value,
    "value of a plan",
    columns(
        plan: |v: &Value| v.plan.to_string(),
        indicator: |v: &Value| v.indicator.clone(),
        place: |v: &Value| place(v),
        period: |v: &Value| v.period.to_string(),
    ),
    by(plan: &PlanCode => Plan)
);

/// Adds a value, or replaces the one of the act's organisation for the same indicator,
/// place and period; the audit log keeps that there was another.
///
/// # Errors
/// When the database does not answer.
pub async fn put(act: &mut Act, value: &Value) -> Result<PlanValueId> {
    let found = row::Entity::find()
        .filter(row::Column::Tenant.eq(act.tenant))
        .filter(row::Column::Plan.eq(value.plan.to_string()))
        .filter(row::Column::Indicator.eq(value.indicator.clone()))
        .filter(row::Column::Place.eq(place(value)))
        .filter(row::Column::Period.eq(value.period.to_string()))
        .one(&act.txn)
        .await?;
    match found {
        None => insert(act, value).await,
        Some(row) => {
            let id = PlanValueId::from_uuid(row.id);
            let seen = crate::Versioned::new((), row.revision).revision;
            update(act, id, value, seen).await?;
            Ok(id)
        }
    }
}
