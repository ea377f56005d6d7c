//! Releases: what was prepared, signed, published, corrected and retracted.

use crate::{error::Result, register::documents};
use palermo_domain::{
    id::ReleaseId,
    knowledge::{
        editorial::{Answered, Said},
        publication::{Signature, Status},
    },
};
use serde::{Deserialize, Serialize};

pub(crate) mod row {
    crate::entity::entity!(
        "data_release",
        key { tenant: Uuid, id: Uuid }
        slug: String,
        status: String,
        body: Json,
        revision: i64,
    );
}

/// A release as it is kept. The specification, the tables, the counts for later
/// comparisons and the report of the attack are documents of the floor above.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptRelease {
    /// Its short name, for addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// The dataset it was made from; none if that is gone or was a file.
    pub dataset: Option<String>,
    /// The specification.
    pub spec: serde_json::Value,
    /// What the public sees: tables.
    pub tables: serde_json::Value,
    /// Synthetic or noisy records with their headings, for releases that have any.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub records: serde_json::Value,
    /// The counts, with which later releases are compared.
    pub counts: serde_json::Value,
    /// What an attacker could and could not learn; for the office only.
    pub report: serde_json::Value,
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// When it was prepared, in microseconds since 1970.
    pub prepared_at: i64,
    /// The day it became public, ISO 8601.
    pub issued: Option<String>,
    /// Why it was refused, corrected or retracted.
    pub reason: Option<String>,
    // --- the public site ---
    /// What is counted: the code of an indicator, or `several`.
    #[serde(default = "victims")]
    pub counted: String,
    /// The release it puts right, by short name.
    #[serde(default)]
    pub corrects: Option<String>,
    /// The release that puts it right, by short name.
    #[serde(default)]
    pub corrected_by: Option<String>,
    /// The day it was corrected or retracted, ISO 8601.
    #[serde(default)]
    pub changed: Option<String>,
    /// Its title in each language.
    #[serde(default)]
    pub titles: Said,
    /// The editorial checklist, as somebody answered it.
    #[serde(default)]
    pub editorial: Option<Answered>,
}

fn victims() -> String {
    "victims".to_owned()
}

documents!(
    ReleaseId,
    KeptRelease,
    "a release cannot be read",
    columns(
        slug: |entry: &KeptRelease| entry.slug.clone(),
        status: |entry: &KeptRelease| entry.status.code().to_owned(),
    ),
    by(slug: &str => Slug)
);

/// Every release with this status, in the order they were prepared.
///
/// # Errors
/// When the database does not answer.
pub async fn with_status(
    db: &dyn crate::Db,
    status: Status,
) -> Result<crate::register::ListOf<ReleaseId, KeptRelease>> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    let select = row::Entity::find().filter(row::Column::Status.eq(status.code()));
    let rows = select.order_by_asc(row::Column::Id).all(&db.executor()).await?;
    rows.into_iter().map(from_row).collect()
}
