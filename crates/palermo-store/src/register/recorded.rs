//! Facts editors record beside what ships. A row is added and may be taken
//! back with a reason; what it says is never changed.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{AccountId, Id, RecordedFactId, TenantId},
    moment::Moment,
    register::{
        provenance::{Confidence, Provenance},
        recorded::RecordedFact,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "recorded_fact",
        key { tenant: Uuid, id: Uuid }
        kind: String,
        subject: String,
        value: Json,
        preferred: bool,
        source: String,
        as_of: String,
        note: Option<String>,
        recorded_by: Uuid,
        recorded_at: i64,
        withdrawn_by: Option<Uuid>,
        withdrawn_at: Option<i64>,
        withdrawn_why: Option<String>,
        revision: i64,
    );
}

/// A fact with who recorded it, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The organisation that answers for it.
    pub tenant: TenantId,
    /// Its id there.
    pub id: RecordedFactId,
    /// The fact with its source.
    pub recorded: RecordedFact,
    /// Who recorded it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
    /// When and why it was taken back; nothing while it stands.
    pub withdrawn: Option<(Moment, String)>,
}

fn from_row(row: row::Model) -> Result<Versioned<Kept>> {
    let corrupt =
        |error: &dyn ToString| Error::Corrupt(format!("recorded fact: {}", error.to_string()));
    let provenance = Provenance {
        source: row.source,
        as_of: row.as_of.parse().map_err(|e| corrupt(&e))?,
        confidence: Confidence::Stated,
        note: row.note,
        disputed: None,
    };
    let fact = serde_json::from_value(row.value).map_err(|e| corrupt(&e))?;
    let kept = Kept {
        tenant: TenantId::from_uuid(row.tenant),
        id: RecordedFactId::from_uuid(row.id),
        recorded: RecordedFact { fact, preferred: row.preferred, provenance },
        by: AccountId::from_uuid(row.recorded_by),
        at: Moment::from_micros(row.recorded_at),
        withdrawn: row.withdrawn_at.map(Moment::from_micros).zip(row.withdrawn_why),
    };
    Ok(Versioned::new(kept, row.revision))
}

/// Adds a fact of the act's organisation and gives its id.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    act: &mut Act,
    recorded: &RecordedFact,
    by: AccountId,
) -> Result<RecordedFactId> {
    let id: RecordedFactId = act.new_id();
    let value =
        serde_json::to_value(&recorded.fact).map_err(|error| Error::Corrupt(error.to_string()))?;
    let row = row::Model {
        tenant: act.tenant,
        id: id.uuid(),
        kind: recorded.fact.kind().code().to_owned(),
        subject: recorded.fact.subject().to_owned(),
        value,
        preferred: recorded.preferred,
        source: recorded.provenance.source.clone(),
        as_of: recorded.provenance.as_of.to_string(),
        note: recorded.provenance.note.clone(),
        recorded_by: by.uuid(),
        recorded_at: act.now().micros(),
        withdrawn_by: None,
        withdrawn_at: None,
        withdrawn_why: None,
        revision: 1,
    };
    act.insert(&row).await?;
    Ok(id)
}

/// Takes a fact of the act's organisation back; what it said stays in its row.
///
/// # Errors
/// [`Error::NotFound`] if it is not there; [`Error::Conflict`] if it was taken
/// back since `seen`.
pub async fn withdraw(
    act: &mut Act,
    id: RecordedFactId,
    by: AccountId,
    why: &str,
    seen: Revision,
) -> Result<()> {
    let key = (act.tenant, id.uuid());
    let row = row::Entity::find_by_id(key).one(&act.txn).await?.ok_or(Error::NotFound)?;
    if row.withdrawn_at.is_some() {
        return Err(Error::Conflict);
    }
    let row = row::Model {
        withdrawn_by: Some(by.uuid()),
        withdrawn_at: Some(act.now().micros()),
        withdrawn_why: Some(why.to_owned()),
        ..row
    };
    act.update(&row, seen).await?;
    Ok(())
}

/// Every fact of every organisation, those taken back too, in the order they
/// were recorded.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &dyn Db) -> Result<Vec<Versioned<Kept>>> {
    let select =
        row::Entity::find().order_by_asc(row::Column::RecordedAt).order_by_asc(row::Column::Id);
    let rows = select.all(&db.executor()).await?;
    rows.into_iter().map(from_row).collect()
}

/// The facts that stand, of every organisation, in the order they were recorded.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(db: &dyn Db) -> Result<Vec<Kept>> {
    let select = row::Entity::find()
        .filter(row::Column::WithdrawnAt.is_null())
        .order_by_asc(row::Column::RecordedAt)
        .order_by_asc(row::Column::Id);
    let rows = select.all(&db.executor()).await?;
    rows.into_iter().map(|row| from_row(row).map(|one| one.record)).collect()
}
