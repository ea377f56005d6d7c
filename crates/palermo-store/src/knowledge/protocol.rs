//! Sharing protocols.

use crate::register::documents;
use palermo_domain::{id::ProtocolId, knowledge::sharing::Protocol};

pub(crate) mod row {
    crate::entity::entity!(
        "data_protocol",
        key { tenant: Uuid, id: Uuid }
        title: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    ProtocolId,
    Protocol,
    "a sharing protocol cannot be read",
    columns(title: |entry: &Protocol| entry.title.clone()),
    by(title: &str => Title)
);
