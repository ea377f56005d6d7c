//! Persons in coded facts.

use super::{coded, codes};
use crate::{
    act::Act,
    entity::entity,
    error::Result,
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::person::{AgeGroup, Communication, Person, Sex},
    id::{Id, PersonId, TenantId},
    moment::Moment,
};
use sea_orm::EntityTrait;
use serde_json::json;
use std::collections::HashMap;

pub(crate) mod row {
    super::entity!(
        "person",
        key { tenant: Uuid, id: Uuid }
        age: String,
        birth_year: Option<i64>,
        sex: Option<String>,
        language: String,
        communication: Json,
        may_be_looked_for: Option<i64>,
        recorded_at: i64,
        revision: i64,
    );
}

fn to_row(person: &Person) -> row::Model {
    let communication: Vec<_> = person.communication.iter().map(|one| one.code()).collect();
    row::Model {
        tenant: person.tenant.uuid(),
        id: person.id.uuid(),
        age: person.age.code().to_owned(),
        birth_year: person.birth_year.map(i64::from),
        sex: person.sex.map(|sex| sex.code().to_owned()),
        language: person.language.clone(),
        communication: json!(communication),
        may_be_looked_for: person.may_be_looked_for.map(i64::from),
        recorded_at: person.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Person>> {
    let sex = row.sex.map(|code| coded(&code, Sex::from_code, "sex")).transpose()?;
    let person = Person {
        tenant: TenantId::from_uuid(row.tenant),
        id: PersonId::from_uuid(row.id),
        age: coded(&row.age, AgeGroup::from_code, "age")?,
        birth_year: row.birth_year.and_then(|year| u16::try_from(year).ok()),
        sex,
        language: row.language,
        communication: codes(row.communication, Communication::from_code, "communication")?,
        may_be_looked_for: row.may_be_looked_for.map(|flag| flag != 0),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Ok(Versioned::new(person, row.revision))
}

/// Adds a person. Their keys are made by [`crate::keys::person::create`].
///
/// # Errors
/// When the database does not answer.
pub async fn insert(act: &mut Act, person: &Person) -> Result<()> {
    act.insert(&to_row(person)).await
}

/// Adds many persons.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_many(act: &mut Act, persons: &[Person]) -> Result<()> {
    let rows: Vec<_> = persons.iter().map(to_row).collect();
    act.insert_many(&rows).await
}

/// Changes a person's coded facts.
///
/// # Errors
/// [`crate::Error::Conflict`] if someone else changed them since `seen`.
pub async fn update(act: &mut Act, person: &Person, seen: Revision) -> Result<Revision> {
    act.update(&to_row(person), seen).await
}

/// The person with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: PersonId,
) -> Result<Option<Versioned<Person>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// These persons, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn of_ids(
    db: &dyn Db,
    tenant: TenantId,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, Versioned<Person>>> {
    use row::Column as C;
    let (of, by) = ((C::Tenant, tenant), (C::Id, ids));
    super::of_ids::<row::Entity, _, _>(db, of, by, from_row, |one| one.id).await
}
