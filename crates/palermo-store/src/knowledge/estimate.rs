//! Estimates of how many persons are on no list.

use crate::register::documents;
use palermo_domain::{id::EstimateId, knowledge::research::Estimate};

pub(crate) mod row {
    crate::entity::entity!(
        "data_estimate",
        key { tenant: Uuid, id: Uuid }
        status: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    EstimateId,
    Estimate,
    "an estimate cannot be read",
    columns(status: |entry: &Estimate| entry.status.code().to_owned()),
    by(status: &str => Status)
);
