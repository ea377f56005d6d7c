//! The register of research.

use crate::register::documents;
use palermo_domain::{id::StudyId, knowledge::research::Study};

pub(crate) mod row {
    crate::entity::entity!(
        "data_study",
        key { tenant: Uuid, id: Uuid }
        title: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    StudyId,
    Study,
    "a study cannot be read",
    columns(title: |entry: &Study| entry.title.clone()),
    by(title: &str => Title)
);
