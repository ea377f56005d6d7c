//! Statements editors add to facts of the registers.

use super::document::documents;
use crate::entity::entity;
use palermo_domain::{id::StatementId, register::statement::RegisterStatement};

pub(crate) mod row {
    super::entity!(
        "register_statement",
        key { tenant: Uuid, id: Uuid }
        about: String,
        record: String,
        field: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    StatementId,
    RegisterStatement,
    "statement",
    columns(
        about: |s: &RegisterStatement| s.about.to_string(),
        record: |s: &RegisterStatement| s.id.clone(),
        field: |s: &RegisterStatement| s.field.clone(),
    ),
    by(record: &str => Record)
);
