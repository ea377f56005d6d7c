//! How services stand to standards as somebody else than their keeper found.

use crate::{entity::entity, register::document::documents};
use palermo_domain::{
    id::{SecondViewId, ServiceId},
    service::standard::SecondView,
};

pub(crate) mod row {
    super::entity!(
        "second_view",
        key { tenant: Uuid, id: Uuid }
        service: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    SecondViewId,
    SecondView,
    "second view",
    columns(
        service: |e: &SecondView| e.service.to_string(),
    ),
    by(service: ServiceId => Service)
);
