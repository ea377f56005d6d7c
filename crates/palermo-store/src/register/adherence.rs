//! Who did what towards which instrument: shared by the whole installation,
//! written by the house.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::register::{adherence::Adherence, instrument::InstrumentId, state::StateCode};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

pub(crate) mod row {
    super::entity!(
        "adherence",
        key { instrument: String, party: String }
        acts: Json,
        in_force: Option<String>,
        source: String,
        as_of: String,
        revision: i64,
    );
}

fn to_row(adherence: &Adherence) -> row::Model {
    row::Model {
        instrument: adherence.instrument.to_string(),
        party: adherence.party.to_string(),
        acts: json!(adherence.acts),
        in_force: adherence.entry_into_force.map(|day| day.to_string()),
        source: adherence.source.clone(),
        as_of: adherence.as_of.to_string(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Adherence>> {
    let corrupt =
        |error: &dyn ToString| Error::Corrupt(format!("adherence: {}", error.to_string()));
    let in_force = row.in_force.map(|day| day.parse()).transpose();
    let adherence = Adherence {
        instrument: row.instrument.parse().map_err(|e| corrupt(&e))?,
        party: row.party.parse().map_err(|e| corrupt(&e))?,
        acts: serde_json::from_value(row.acts).map_err(|e| corrupt(&e))?,
        entry_into_force: in_force.map_err(|e| corrupt(&e))?,
        source: row.source,
        as_of: row.as_of.parse().map_err(|e| corrupt(&e))?,
    };
    Ok(Versioned::new(adherence, row.revision))
}

/// Adds what is not there and replaces what is, for the parties given; the
/// others stay as they are.
///
/// # Errors
/// [`Error::OtherTenant`] unless the act is the house's.
pub async fn put(act: &mut Act, all: &[Adherence]) -> Result<()> {
    let mut new = Vec::new();
    for adherence in all {
        let row = to_row(adherence);
        let key = (row.instrument.clone(), row.party.clone());
        if row::Entity::find_by_id(key).one(&act.txn).await?.is_some() {
            act.overwrite(&row).await?;
        } else {
            new.push(row);
        }
    }
    act.insert_many(&new).await
}

/// Changes one record by hand.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, adherence: &Adherence, seen: Revision) -> Result<Revision> {
    act.update(&to_row(adherence), seen).await
}

/// Removes a record of which nothing is left; the log keeps that it was there.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn remove(act: &mut Act, instrument: &InstrumentId, party: StateCode) -> Result<()> {
    let key = (instrument.to_string(), party.to_string());
    let row = row::Entity::find_by_id(key).one(&act.txn).await?;
    act.delete(&row.ok_or(Error::NotFound)?).await
}

/// Everything stored about an instrument, by party.
///
/// # Errors
/// When the database does not answer.
pub async fn of_instrument(db: &dyn Db, instrument: &InstrumentId) -> Result<Vec<Adherence>> {
    let select = row::Entity::find()
        .filter(row::Column::Instrument.eq(instrument.as_str()))
        .order_by_asc(row::Column::Party);
    read(select.all(&db.executor()).await?)
}

/// How often what is stored about an instrument was written, by party.
///
/// # Errors
/// When the database does not answer.
pub async fn revisions(
    db: &dyn Db,
    instrument: &InstrumentId,
) -> Result<Vec<(StateCode, Revision)>> {
    let select = row::Entity::find()
        .filter(row::Column::Instrument.eq(instrument.as_str()))
        .order_by_asc(row::Column::Party);
    let rows = select.all(&db.executor()).await?;
    let read = |row| from_row(row).map(|one| (one.record.party, one.revision));
    rows.into_iter().map(read).collect()
}

/// Everything stored about a State, by instrument.
///
/// # Errors
/// When the database does not answer.
pub async fn of_party(db: &dyn Db, party: StateCode) -> Result<Vec<Adherence>> {
    let select = row::Entity::find()
        .filter(row::Column::Party.eq(party.as_str()))
        .order_by_asc(row::Column::Instrument);
    read(select.all(&db.executor()).await?)
}

/// Everything, by instrument and party: some thousands of rows at most.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &dyn Db) -> Result<Vec<Adherence>> {
    let select =
        row::Entity::find().order_by_asc(row::Column::Instrument).order_by_asc(row::Column::Party);
    read(select.all(&db.executor()).await?)
}

fn read(rows: Vec<row::Model>) -> Result<Vec<Adherence>> {
    rows.into_iter().map(|row| from_row(row).map(|versioned| versioned.record)).collect()
}

/// What is stored about one party and instrument, to be changed.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    instrument: &InstrumentId,
    party: StateCode,
) -> Result<Option<Versioned<Adherence>>> {
    let key = (instrument.to_string(), party.to_string());
    let row = row::Entity::find_by_id(key).one(&db.executor()).await?;
    row.map(from_row).transpose()
}
