//! Notes of cases as they are typed: a row that says whose a draft is and until when it
//! is kept; the words are sealed beside it, as those of a note are.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    keys::{
        Audited,
        sealed::{self, Clear, Place},
        vault::UnlockedVault,
    },
    store::{Db, Store},
};
use palermo_domain::{
    compartment::Compartment,
    id::{AccountId, CaseId, Id, PersonId, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "case_note_draft",
        key { tenant: Uuid, case_id: Uuid, account: Uuid }
        person: Uuid,
        expires_at: i64,
        recorded_at: i64,
        revision: i64,
    );
}

/// Whose a draft is, and until when it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteDraft {
    /// Organisation.
    pub tenant: TenantId,
    /// In which case.
    pub case: CaseId,
    /// Who types.
    pub account: AccountId,
    /// Whose key seals the words.
    pub person: PersonId,
    /// When it is taken away unless the note is kept before.
    pub expires_at: Moment,
    /// When it was last typed into.
    pub recorded_at: Moment,
}

impl NoteDraft {
    /// Where the words are sealed: each writer of a case has one place.
    fn place(&self) -> Place {
        Place {
            person: self.person,
            table: "case_note_draft",
            record: Uuid::from_u128(self.case.uuid().as_u128() ^ self.account.uuid().as_u128()),
            field: "text",
            compartment: Compartment::Care,
        }
    }

    fn to_row(&self) -> row::Model {
        row::Model {
            tenant: self.tenant.uuid(),
            case_id: self.case.uuid(),
            account: self.account.uuid(),
            person: self.person.uuid(),
            expires_at: self.expires_at.micros(),
            recorded_at: self.recorded_at.micros(),
            revision: 1,
        }
    }
}

fn from_row(row: &row::Model) -> NoteDraft {
    NoteDraft {
        tenant: TenantId::from_uuid(row.tenant),
        case: CaseId::from_uuid(row.case_id),
        account: AccountId::from_uuid(row.account),
        person: PersonId::from_uuid(row.person),
        expires_at: Moment::from_micros(row.expires_at),
        recorded_at: Moment::from_micros(row.recorded_at),
    }
}

/// The draft of someone in a case.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
    account: AccountId,
) -> Result<Option<NoteDraft>> {
    let id = (tenant.uuid(), case.uuid(), account.uuid());
    let row = row::Entity::find_by_id(id).one(&db.executor()).await?;
    Ok(row.as_ref().map(from_row))
}

/// What everyone types in a case.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(db: &dyn Db, tenant: TenantId, case: CaseId) -> Result<Vec<NoteDraft>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .all(&db.executor())
        .await?;
    Ok(rows.iter().map(from_row).collect())
}

/// Its words; nothing where they were erased.
///
/// # Errors
/// [`Error::Locked`] without the compartment care.
pub async fn words<L: Audited>(
    log: &L,
    vault: &UnlockedVault,
    draft: &NoteDraft,
) -> Result<Option<Clear>> {
    match sealed::open(log, vault, draft.place()).await {
        Err(Error::Erased) => Ok(None),
        other => other,
    }
}

/// Keeps what was typed, in the place of what was there.
///
/// # Errors
/// [`Error::Locked`] without the compartment care.
pub async fn keep(
    act: &mut Act,
    vault: &UnlockedVault,
    draft: &NoteDraft,
    text: &[u8],
) -> Result<()> {
    sealed::put(act, vault, draft.place(), text).await?;
    let there = find(&*act, draft.tenant, draft.case, draft.account).await?;
    match there {
        Some(_) => act.overwrite(&draft.to_row()).await,
        None => act.insert(&draft.to_row()).await,
    }
}

/// Takes a draft away with its words.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn remove(act: &mut Act, draft: &NoteDraft) -> Result<()> {
    match sealed::remove(act, draft.place()).await {
        Ok(()) | Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    act.delete(&draft.to_row()).await
}

/// Up to `most` drafts of all tenants whose time has passed.
///
/// # Errors
/// When the database does not answer.
pub async fn expired(store: &Store, now: Moment, most: u64) -> Result<Vec<NoteDraft>> {
    let rows = row::Entity::find()
        .filter(row::Column::ExpiresAt.lte(now.micros()))
        .order_by_asc(row::Column::ExpiresAt)
        .limit(most)
        .all(&store.inner.reads)
        .await?;
    Ok(rows.iter().map(from_row).collect())
}
