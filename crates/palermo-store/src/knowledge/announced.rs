//! The release calendar.

use crate::register::documents;
use palermo_domain::{id::AnnouncementId, knowledge::announced::Announced};

pub(crate) mod row {
    crate::entity::entity!(
        "release_announcement",
        key { tenant: Uuid, id: Uuid }
        due: String,
        body: Json,
        revision: i64,
    );
}

documents!(
    AnnouncementId,
    Announced,
    "an announcement cannot be read",
    columns(due: |entry: &Announced| entry.due.to_string()),
    by(due: &str => Due)
);
