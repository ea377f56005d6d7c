//! Unmet needs: coded words only.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{id::UnmetNeedId, register::state::StateCode, unmet_need::UnmetNeed};

pub(crate) mod row {
    super::entity!(
        "unmet_need",
        key { tenant: Uuid, id: Uuid }
        state: String,
        need: String,
        filed_on: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    UnmetNeedId,
    UnmetNeed,
    "unmet need",
    columns(
        state: |e: &UnmetNeed| e.state.to_string(),
        need: |e: &UnmetNeed| e.need.to_string(),
        filed_on: |e: &UnmetNeed| e.on.to_string(),
    ),
    by(state: StateCode => State)
);
