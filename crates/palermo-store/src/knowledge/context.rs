//! Series of context from open data; no column of theirs leads to a person.

use crate::register::documents;
use palermo_domain::{id::ContextId, knowledge::sources::ContextSeries};

pub(crate) mod row {
    crate::entity::entity!(
        "data_context",
        key { tenant: Uuid, id: Uuid }
        title: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    ContextId,
    ContextSeries,
    "a series of context cannot be read",
    columns(title: |entry: &ContextSeries| entry.title.clone()),
    by(title: &str => Title)
);
