//! Paper forms entered by hand, twice. Both entries are sealed like answers.

use super::code;
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    keys::{
        Audited, person,
        sealed::{self, Place},
        vault::UnlockedVault,
    },
    store::Db,
    write::Versioned,
};
use palermo_domain::{
    compartment::Compartment,
    id::{AccountId, Id, PaperId, PersonId, TenantId},
    moment::Moment,
    screening::{Draft, Paper, PaperState},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "screening_paper",
        key { tenant: Uuid, id: Uuid }
        person: Uuid,
        sheet: String,
        first_by: Uuid,
        second_by: Option<Uuid>,
        state: String,
        happened_at: i64,
        recorded_at: i64,
        revision: i64,
    );
}

/// A paper form's head, without what was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperHead {
    /// Organisation.
    pub tenant: TenantId,
    /// Id.
    pub id: PaperId,
    /// Whose key seals the entries.
    pub person: PersonId,
    /// The number on the sheet.
    pub sheet: String,
    /// Who entered it first.
    pub first_by: AccountId,
    /// Who entered it the second time.
    pub second_by: Option<AccountId>,
    /// How far it is.
    pub state: PaperState,
    /// When the form was filled in.
    pub happened_at: Moment,
    /// When it was first entered.
    pub recorded_at: Moment,
}

fn to_row(head: &PaperHead) -> row::Model {
    row::Model {
        tenant: head.tenant.uuid(),
        id: head.id.uuid(),
        person: head.person.uuid(),
        sheet: head.sheet.clone(),
        first_by: head.first_by.uuid(),
        second_by: head.second_by.map(Id::uuid),
        state: head.state.code().to_owned(),
        happened_at: head.happened_at.micros(),
        recorded_at: head.recorded_at.micros(),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<PaperHead>> {
    let head = PaperHead {
        tenant: TenantId::from_uuid(row.tenant),
        id: PaperId::from_uuid(row.id),
        person: PersonId::from_uuid(row.person),
        sheet: row.sheet,
        first_by: AccountId::from_uuid(row.first_by),
        second_by: row.second_by.map(AccountId::from_uuid),
        state: code(&row.state)?,
        happened_at: Moment::from_micros(row.happened_at),
        recorded_at: Moment::from_micros(row.recorded_at),
    };
    Ok(Versioned::new(head, row.revision))
}

fn place(head: &PaperHead, field: &'static str) -> Place {
    Place {
        person: head.person,
        table: "screening_paper",
        record: head.id.uuid(),
        field,
        compartment: Compartment::Case,
    }
}

async fn seal(
    act: &mut Act,
    vault: &UnlockedVault,
    head: &PaperHead,
    field: &'static str,
    draft: &Draft,
) -> Result<()> {
    let clear = serde_json::to_vec(draft).map_err(|error| Error::Corrupt(error.to_string()))?;
    sealed::put(act, vault, place(head, field), &clear).await
}

/// Keeps the first entry.
///
/// # Errors
/// [`Error::Locked`] without the compartment case.
pub async fn first(
    act: &mut Act,
    vault: &UnlockedVault,
    head: &PaperHead,
    draft: &Draft,
) -> Result<()> {
    person::create(act, vault, head.person, &[Compartment::Case]).await?;
    act.insert(&to_row(head)).await?;
    seal(act, vault, head, "first", draft).await
}

/// Keeps the second entry.
///
/// # Errors
/// [`Error::NotFound`] if there is no first.
pub async fn second(
    act: &mut Act,
    vault: &UnlockedVault,
    head: &PaperHead,
    draft: &Draft,
) -> Result<()> {
    act.overwrite(&to_row(head)).await?;
    seal(act, vault, head, "second", draft).await
}

/// Puts another first entry in the place of one that was wrong.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn replace_first(
    act: &mut Act,
    vault: &UnlockedVault,
    head: &PaperHead,
    draft: &Draft,
) -> Result<()> {
    seal(act, vault, head, "first", draft).await
}

/// Changes how far it is.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn overwrite(act: &mut Act, head: &PaperHead) -> Result<()> {
    act.overwrite(&to_row(head)).await
}

/// The whole form with both entries.
///
/// # Errors
/// [`Error::Erased`] after its time.
pub async fn open<L: Audited>(log: &L, vault: &UnlockedVault, head: &PaperHead) -> Result<Paper> {
    let mut entries = Vec::new();
    for field in ["first", "second"] {
        let clear = sealed::open(log, vault, place(head, field)).await?;
        let read = clear.map(|clear| serde_json::from_slice::<Draft>(&clear)).transpose();
        entries.push(read.map_err(|error| Error::Corrupt(error.to_string()))?);
    }
    let second = entries.pop().flatten();
    Ok(Paper {
        tenant: head.tenant,
        id: head.id,
        sheet: head.sheet.clone(),
        first: entries.pop().flatten().ok_or(Error::NotFound)?,
        second,
        first_by: head.first_by,
        second_by: head.second_by,
        state: head.state,
        happened_at: head.happened_at,
        recorded_at: head.recorded_at,
    })
}

/// The form with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: PaperId,
) -> Result<Option<Versioned<PaperHead>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Forms of a tenant that were not taken over yet, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(db: &dyn Db, tenant: TenantId) -> Result<Vec<Versioned<PaperHead>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::State.ne(PaperState::Taken.code()))
        .order_by_asc(row::Column::RecordedAt)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
