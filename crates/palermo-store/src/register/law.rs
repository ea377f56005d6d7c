//! Entries of the register of national law.

use super::document::documents;
use crate::entity::entity;
use palermo_domain::{
    id::LawEntryId,
    register::{law::LawEntry, state::StateCode},
};

pub(crate) mod row {
    super::entity!(
        "law_entry",
        key { tenant: Uuid, id: Uuid }
        state: String,
        topic: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    LawEntryId,
    LawEntry,
    "law entry",
    columns(
        state: |e: &LawEntry| e.state.to_string(),
        topic: |e: &LawEntry| e.topic.to_string(),
    ),
    by(state: StateCode => State)
);
