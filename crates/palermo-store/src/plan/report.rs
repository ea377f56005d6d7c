//! What organisations report of the rows they lead or help with. Each reports its
//! own (R019): a row here belongs to the organisation that tells it, whoever owns the
//! plan.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{
    id::PlanReportId,
    plan::{PlanCode, RowReport},
};

pub(crate) mod row {
    super::entity!(
        "plan_report",
        key { tenant: Uuid, id: Uuid }
        plan: String,
        row: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    PlanReportId,
    RowReport,
    "report of a plan",
    columns(
        plan: |r: &RowReport| r.plan.to_string(),
        row: |r: &RowReport| r.row.clone(),
    ),
    by(plan: &PlanCode => Plan)
);
