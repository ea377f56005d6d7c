//! Plans, each one document found by its code.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{
    id::PlanId,
    plan::{Plan, PlanCode},
};

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
