//! How sources stand to each other.

use crate::register::documents;
use palermo_domain::{id::OverlapId, knowledge::sources::Overlap};

pub(crate) mod row {
    crate::entity::entity!(
        "data_overlap",
        key { tenant: Uuid, id: Uuid }
        pair: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    OverlapId,
    Overlap,
    "an overlap cannot be read",
    columns(pair: |entry: &Overlap| Overlap::pair(entry.a, entry.b)),
    by(pair: &str => Pair)
);
