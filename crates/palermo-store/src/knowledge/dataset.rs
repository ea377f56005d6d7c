//! Datasets.

use crate::register::documents;
use palermo_domain::{id::DatasetId, knowledge::dataset::Dataset};

pub(crate) mod row {
    crate::entity::entity!(
        "dataset",
        key { tenant: Uuid, id: Uuid }
        title: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    DatasetId,
    Dataset,
    "a dataset cannot be read",
    columns(title: |entry: &Dataset| entry.title.clone()),
    by(title: &str => Title)
);
