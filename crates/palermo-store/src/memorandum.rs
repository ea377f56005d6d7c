//! Memoranda between a State and organisations.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{id::MemorandumId, memorandum::Memorandum, register::state::StateCode};

pub(crate) mod row {
    super::entity!(
        "memorandum",
        key { tenant: Uuid, id: Uuid }
        state: String,
        until: Option<String>,
        body: Json,
        revision: i64,
    );
}

documents!(
    MemorandumId,
    Memorandum,
    "memorandum",
    columns(
        state: |e: &Memorandum| e.state.to_string(),
        until: |e: &Memorandum| e.until.map(|day| day.to_string()),
    ),
    by(state: StateCode => State)
);
