//! Networks with their members and meetings.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{
    id::NetworkId,
    network::{Network, NetworkKind},
};

pub(crate) mod row {
    super::entity!(
        "network",
        key { tenant: Uuid, id: Uuid }
        kind: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    NetworkId,
    Network,
    "network",
    columns(kind: |e: &Network| e.kind.to_string()),
    by(kind: NetworkKind => Kind)
);
