//! What States report on their way to becoming a party.

use super::document::documents;
use crate::entity::entity;
use palermo_domain::{
    id::ObstacleReportId,
    register::{instrument::InstrumentId, ratification::RatificationReport},
};

pub(crate) mod row {
    super::entity!(
        "obstacle_report",
        key { tenant: Uuid, id: Uuid }
        instrument: String,
        state: String,
        reported: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    ObstacleReportId,
    RatificationReport,
    "obstacle report",
    columns(
        instrument: |r: &RatificationReport| r.instrument.to_string(),
        state: |r: &RatificationReport| r.state.to_string(),
        reported: |r: &RatificationReport| r.reported.to_string(),
    ),
    by(instrument: &InstrumentId => Instrument)
);
