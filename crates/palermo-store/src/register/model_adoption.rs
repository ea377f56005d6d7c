//! Who used which model text.

use super::document::documents;
use crate::entity::entity;
use palermo_domain::{id::AdoptionId, register::model_text::AdoptionOf};

pub(crate) mod row {
    super::entity!(
        "model_adoption",
        key { tenant: Uuid, id: Uuid }
        model: String,
        state: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    AdoptionId,
    AdoptionOf,
    "adoption",
    columns(
        model: |a: &AdoptionOf| a.model.clone(),
        state: |a: &AdoptionOf| a.adoption.state.to_string(),
    ),
    by(model: &str => Model)
);
