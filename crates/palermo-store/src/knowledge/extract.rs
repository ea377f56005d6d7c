//! Extracts for researchers.

use crate::register::documents;
use palermo_domain::{id::ExtractId, knowledge::sharing::Extract};

pub(crate) mod row {
    crate::entity::entity!(
        "data_extract",
        key { tenant: Uuid, id: Uuid }
        status: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    ExtractId,
    Extract,
    "an extract cannot be read",
    columns(status: |entry: &Extract| entry.status.code().to_owned()),
    by(status: &str => Status)
);
