//! Ways to reach a person, with what is safe on them.

use super::coded;
use crate::{
    act::Act,
    entity::entity,
    error::Result,
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::contact::{Channel, ChannelKind, Safe},
    id::{ChannelId, Id, PersonId, TenantId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "contact_channel",
        key { tenant: Uuid, id: Uuid }
        person: Uuid,
        kind: String,
        call: String,
        leave_message: String,
        write: String,
        revision: i64,
    );
}

/// The table's name, as the place of the sealed number or address.
pub const TABLE: &str = "contact_channel";

fn to_row(channel: &Channel) -> row::Model {
    row::Model {
        tenant: channel.tenant.uuid(),
        id: channel.id.uuid(),
        person: channel.person.uuid(),
        kind: channel.kind.code().to_owned(),
        call: channel.call.code().to_owned(),
        leave_message: channel.leave_message.code().to_owned(),
        write: channel.write.code().to_owned(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Channel>> {
    let channel = Channel {
        tenant: TenantId::from_uuid(row.tenant),
        id: ChannelId::from_uuid(row.id),
        person: PersonId::from_uuid(row.person),
        kind: coded(&row.kind, ChannelKind::from_code, "channel")?,
        call: coded(&row.call, Safe::from_code, "safe contact")?,
        leave_message: coded(&row.leave_message, Safe::from_code, "safe contact")?,
        write: coded(&row.write, Safe::from_code, "safe contact")?,
    };
    Ok(Versioned::new(channel, row.revision))
}

/// Adds a channel.
///
/// # Errors
/// [`crate::Error::Dependent`] if the person is not there.
pub async fn insert(act: &mut Act, channel: &Channel) -> Result<()> {
    act.insert(&to_row(channel)).await
}

/// Adds many channels.
///
/// # Errors
/// As [`insert`].
pub async fn insert_many(act: &mut Act, channels: &[Channel]) -> Result<()> {
    let rows: Vec<_> = channels.iter().map(to_row).collect();
    act.insert_many(&rows).await
}

/// Changes what is safe on a channel.
///
/// # Errors
/// [`crate::Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, channel: &Channel, seen: Revision) -> Result<Revision> {
    act.update(&to_row(channel), seen).await
}

/// Removes a channel.
///
/// # Errors
/// [`crate::Error::NotFound`] if it is not there.
pub async fn remove(act: &mut Act, channel: &Channel) -> Result<()> {
    act.delete(&to_row(channel)).await
}

/// The channels of a person.
///
/// # Errors
/// When the database does not answer.
pub async fn of_person(
    db: &dyn Db,
    tenant: TenantId,
    person: PersonId,
) -> Result<Vec<Versioned<Channel>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Person.eq(person.uuid()))
        .order_by_asc(row::Column::Kind)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
