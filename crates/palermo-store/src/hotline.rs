//! Calls to a hotline. What was said and the number to call back are sealed
//! values of the call's own person key.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    keys::{
        Audited, person,
        sealed::{self, Place},
        vault::UnlockedVault,
    },
    list::{Page, Paging, page},
    store::Db,
    write::Versioned,
};
use palermo_domain::{
    compartment::Compartment,
    hotline::Call,
    id::{AccountId, CallId, DeskId, Id, PersonId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::{fmt::Display, str::FromStr};

pub(crate) mod row {
    super::entity!(
        "hotline_call",
        key { tenant: Uuid, id: Uuid }
        person: Uuid,
        account: Uuid,
        caller: String,
        language: String,
        state: Option<String>,
        call_back: String,
        hand_over: String,
        desk: Option<Uuid>,
        tried: Json,
        happened_at: i64,
        recorded_at: i64,
        revision: i64,
    );
}

fn to_row(call: &Call) -> Result<row::Model> {
    Ok(row::Model {
        tenant: call.tenant.uuid(),
        id: call.id.uuid(),
        person: call.person.uuid(),
        account: call.account.uuid(),
        caller: call.caller.code().to_owned(),
        language: call.language.clone(),
        state: call.state.clone(),
        call_back: call.call_back.code().to_owned(),
        hand_over: call.hand_over.code().to_owned(),
        desk: call.desk.map(Id::uuid),
        tried: serde_json::to_value(&call.tried).map_err(|e| Error::Corrupt(e.to_string()))?,
        happened_at: call.happened_at.micros(),
        recorded_at: call.recorded_at.micros(),
        revision: 1,
    })
}

fn code<T: FromStr<Err = E>, E: Display>(text: &str) -> Result<T> {
    text.parse().map_err(|error: E| Error::Corrupt(error.to_string()))
}

fn from_row(row: row::Model) -> Result<Versioned<Call>> {
    let call = Call {
        tenant: TenantId::from_uuid(row.tenant),
        id: CallId::from_uuid(row.id),
        person: PersonId::from_uuid(row.person),
        account: AccountId::from_uuid(row.account),
        caller: code(&row.caller)?,
        language: row.language,
        state: row.state,
        call_back: code(&row.call_back)?,
        hand_over: code(&row.hand_over)?,
        desk: row.desk.map(DeskId::from_uuid),
        tried: serde_json::from_value(row.tried).map_err(|e| Error::Corrupt(e.to_string()))?,
        happened_at: Moment::from_micros(row.happened_at),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Ok(Versioned::new(call, row.revision))
}

/// What of a call is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// What was said: compartment care.
    Note,
    /// The number, or what was told of how to reach them: compartment identity.
    Contact,
    /// What to call them: compartment identity.
    Name,
    /// The times at which one may call: compartment identity.
    Times,
    /// What cannot wait, as codes: compartment care.
    Urgent,
}

fn place(call: &Call, said: Said) -> Place {
    let (field, compartment) = match said {
        Said::Note => ("note", Compartment::Care),
        Said::Contact => ("contact", Compartment::Identity),
        Said::Name => ("name", Compartment::Identity),
        Said::Times => ("times", Compartment::Identity),
        Said::Urgent => ("urgent", Compartment::Care),
    };
    Place { person: call.person, table: "hotline_call", record: call.id.uuid(), field, compartment }
}

/// Keeps a call; texts are sealed if there are any.
///
/// # Errors
/// [`Error::Locked`] if a text is there and the vault does not open its compartment.
pub async fn insert(
    act: &mut Act,
    vault: Option<&UnlockedVault>,
    call: &Call,
    texts: &[(Said, &str)],
) -> Result<()> {
    act.insert(&to_row(call)?).await?;
    let mut made: Vec<Compartment> = Vec::new();
    for (said, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        let place = place(call, *said);
        let vault = vault.ok_or(Error::Locked(place.compartment.code()))?;
        // One key for all that is sealed in a compartment.
        if !made.contains(&place.compartment) {
            person::create(act, vault, call.person, &[place.compartment]).await?;
            made.push(place.compartment);
        }
        sealed::put(act, vault, place, text.as_bytes()).await?;
    }
    Ok(())
}

/// Keeps many calls without texts.
///
/// # Errors
/// As [`insert`].
pub async fn insert_many(act: &mut Act, calls: &[Call]) -> Result<()> {
    let rows = calls.iter().map(to_row).collect::<Result<Vec<_>>>()?;
    act.insert_many(&rows).await
}

/// Changes a call: how the hand-over stands.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn overwrite(act: &mut Act, call: &Call) -> Result<()> {
    act.overwrite(&to_row(call)?).await
}

/// A text of a call; nothing if none was written.
///
/// # Errors
/// [`Error::Locked`] without the compartment.
pub async fn text<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    call: &Call,
    said: Said,
) -> Result<Option<String>> {
    match sealed::open(log, vault, place(call, said)).await {
        Ok(clear) => Ok(clear.map(|clear| String::from_utf8_lossy(&clear).into_owned())),
        // Nothing was ever sealed there, or it was erased.
        Err(Error::Erased) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The call with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, tenant: TenantId, id: CallId) -> Result<Option<Versioned<Call>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Calls of a tenant, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &dyn Db, tenant: TenantId, paging: Paging) -> Result<Page<Versioned<Call>>> {
    let select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_desc(row::Column::HappenedAt)
        .order_by_asc(row::Column::Id);
    page(&db.executor(), select, paging, from_row).await
}
