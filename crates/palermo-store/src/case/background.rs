//! What may add an offer and decides nothing: nationality, immigration status,
//! cooperation (R1).

use super::{coded, read_json};
use crate::{
    act::Act,
    entity::entity,
    error::Result,
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::person::{Background, Cooperation, ImmigrationStatus},
    id::{Id, PersonId, TenantId},
};
use sea_orm::EntityTrait;
use serde_json::json;
use std::collections::HashMap;

pub(crate) mod row {
    super::entity!(
        "person_background",
        key { tenant: Uuid, person: Uuid }
        nationalities: Json,
        immigration: String,
        cooperation: String,
        revision: i64,
    );
}

fn to_row(background: &Background) -> row::Model {
    row::Model {
        tenant: background.tenant.uuid(),
        person: background.person.uuid(),
        nationalities: json!(background.nationalities),
        immigration: background.immigration.code().to_owned(),
        cooperation: background.cooperation.code().to_owned(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Background>> {
    let background = Background {
        tenant: TenantId::from_uuid(row.tenant),
        person: PersonId::from_uuid(row.person),
        nationalities: read_json(row.nationalities)?,
        immigration: coded(&row.immigration, ImmigrationStatus::from_code, "immigration")?,
        cooperation: coded(&row.cooperation, Cooperation::from_code, "cooperation")?,
    };
    Ok(Versioned::new(background, row.revision))
}

/// Writes a person's background for the first time.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(act: &mut Act, background: &Background) -> Result<()> {
    act.insert(&to_row(background)).await
}

/// Writes many at once.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_many(act: &mut Act, backgrounds: &[Background]) -> Result<()> {
    let rows: Vec<_> = backgrounds.iter().map(to_row).collect();
    act.insert_many(&rows).await
}

/// Changes a person's background.
///
/// # Errors
/// [`crate::Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, background: &Background, seen: Revision) -> Result<Revision> {
    act.update(&to_row(background), seen).await
}

/// Takes away a person's background: nothing is told of it any more.
///
/// # Errors
/// [`crate::Error::NotFound`] if there is none.
pub async fn remove(act: &mut Act, background: &Background) -> Result<()> {
    act.delete(&to_row(background)).await
}

/// A person's background, if anything was told.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    person: PersonId,
) -> Result<Option<Versioned<Background>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), person.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// The backgrounds of these persons, by person.
///
/// # Errors
/// When the database does not answer.
pub async fn of_ids(
    db: &dyn Db,
    tenant: TenantId,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, Versioned<Background>>> {
    use row::Column as C;
    let (of, by) = ((C::Tenant, tenant), (C::Person, ids));
    super::of_ids::<row::Entity, _, _>(db, of, by, from_row, |one| one.person).await
}
