//! Signals with their joint responses.

use crate::register::documents;
use palermo_domain::{id::SignalId, knowledge::signal::Signal};

pub(crate) mod row {
    crate::entity::entity!(
        "data_signal",
        key { tenant: Uuid, id: Uuid }
        series: String,
        status: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    SignalId,
    Signal,
    "a signal cannot be read",
    columns(
        series: |entry: &Signal| entry.series.clone(),
        status: |entry: &Signal| entry.status.code().to_owned(),
    ),
    by(status: &str => Status)
);
