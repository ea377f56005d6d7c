//! Notices of screenings without consent: they keep no identity (E07).

use super::{code, json, read};
use crate::{
    act::Act,
    entity::entity,
    error::Result,
    list::{Page, Paging, page},
    store::Db,
    write::Versioned,
};
use palermo_domain::{
    id::{Id, ScreeningId, TenantId},
    screening::Notice,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod row {
    super::entity!(
        "screening_notice",
        key { tenant: Uuid, id: Uuid }
        month: String,
        state: Option<String>,
        age: String,
        forms: Json,
        positive: Json,
        definition_met: bool,
        outcome: String,
        reasons: Json,
        revision: i64,
    );
}

fn to_row(notice: &Notice) -> Result<row::Model> {
    Ok(row::Model {
        tenant: notice.tenant.uuid(),
        id: notice.id.uuid(),
        month: notice.month.clone(),
        state: notice.state.clone(),
        age: notice.age.code().to_owned(),
        forms: json(&notice.forms)?,
        positive: json(&notice.positive)?,
        definition_met: notice.definition_met,
        outcome: notice.outcome.code().to_owned(),
        reasons: json(&notice.reasons)?,
        revision: 1,
    })
}

fn from_row(row: row::Model) -> Result<Versioned<Notice>> {
    let notice = Notice {
        tenant: TenantId::from_uuid(row.tenant),
        id: ScreeningId::from_uuid(row.id),
        month: row.month,
        state: row.state,
        age: code(&row.age)?,
        forms: read(row.forms)?,
        positive: read(row.positive)?,
        definition_met: row.definition_met,
        outcome: code(&row.outcome)?,
        reasons: read(row.reasons)?,
    };
    Ok(Versioned::new(notice, row.revision))
}

/// Keeps a notice.
///
/// # Errors
/// [`crate::Error::Duplicate`] if it is there already.
pub async fn insert(act: &mut Act, notice: &Notice) -> Result<()> {
    act.insert(&to_row(notice)?).await
}

/// Keeps many at once.
///
/// # Errors
/// As [`insert`].
pub async fn insert_many(act: &mut Act, notices: &[Notice]) -> Result<()> {
    let rows = notices.iter().map(to_row).collect::<Result<Vec<_>>>()?;
    act.insert_many(&rows).await
}

/// The notice with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &dyn Db,
    tenant: TenantId,
    id: ScreeningId,
) -> Result<Option<Versioned<Notice>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Notices of a tenant, the latest month first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    paging: Paging,
) -> Result<Page<Versioned<Notice>>> {
    let select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .order_by_desc(row::Column::Month)
        .order_by_asc(row::Column::Id);
    page(&db.executor(), select, paging, from_row).await
}
