//! Minimum standards for services.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{
    id::ServiceStandardId, register::state::StateCode, service::standard::Standard,
};

pub(crate) mod row {
    super::entity!(
        "service_standard",
        key { tenant: Uuid, id: Uuid }
        state: Option<String>,
        body: Json,
        revision: i64,
    );
}

documents!(
    ServiceStandardId,
    Standard,
    "service standard",
    columns(
        state: |e: &Standard| e.state.map(|state| state.to_string()),
    ),
    by(state: StateCode => State)
);
