//! National and local structures.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{id::StructureId, register::state::StateCode, structure::Structure};

pub(crate) mod row {
    super::entity!(
        "structure",
        key { tenant: Uuid, id: Uuid }
        state: String,
        kind: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    StructureId,
    Structure,
    "structure",
    columns(
        state: |e: &Structure| e.state.to_string(),
        kind: |e: &Structure| e.kind.to_string(),
    ),
    by(state: StateCode => State)
);
