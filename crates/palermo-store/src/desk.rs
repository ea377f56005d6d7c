//! Desks and their members.

use crate::{
    act::Act,
    contact_point,
    entity::entity,
    error::{Error, Result},
    list::{Page, Paging, contains, fold, page},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    desk::{Desk, DeskLevel, DeskMember},
    id::{AccountId, DeskId, Id, TenantId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

pub(crate) mod row {
    super::entity!(
        "desk",
        key { tenant: Uuid, id: Uuid }
        name: String,
        folded: String,
        level: String,
        state: Option<String>,
        topics: Json,
        languages: Json,
        time_zone: String,
        hours: String,
        telephone: Option<String>,
        open: bool,
        revision: i64,
    );
}

pub(crate) mod member_row {
    super::entity!(
        "desk_member",
        key { tenant: Uuid, desk: Uuid, account: Uuid }
        alternate: bool,
        revision: i64,
    );
}

fn to_row(desk: &Desk) -> row::Model {
    row::Model {
        tenant: desk.tenant.uuid(),
        id: desk.id.uuid(),
        name: desk.name.clone(),
        folded: fold(&desk.name),
        level: desk.level.code().to_owned(),
        state: desk.state.clone(),
        topics: json!(desk.topics),
        languages: json!(desk.languages),
        time_zone: desk.time_zone.clone(),
        hours: desk.hours.clone(),
        telephone: desk.telephone.clone(),
        open: desk.open,
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Desk>> {
    let level = DeskLevel::from_code(&row.level)
        .ok_or_else(|| Error::Corrupt(format!("desk level `{}`", row.level)))?;
    let desk = Desk {
        tenant: TenantId::from_uuid(row.tenant),
        id: DeskId::from_uuid(row.id),
        name: row.name,
        level,
        state: row.state,
        topics: texts(row.topics)?,
        languages: texts(row.languages)?,
        time_zone: row.time_zone,
        hours: row.hours,
        telephone: row.telephone,
        open: row.open,
    };
    Ok(Versioned::new(desk, row.revision))
}

fn texts(json: serde_json::Value) -> Result<Vec<String>> {
    serde_json::from_value(json).map_err(|error| Error::Corrupt(error.to_string()))
}

/// Adds a desk.
///
/// # Errors
/// [`Error::Duplicate`] if it is there already.
pub async fn insert(act: &mut Act, desk: &Desk) -> Result<()> {
    act.insert(&to_row(desk)).await
}

/// Changes a desk.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, desk: &Desk, seen: Revision) -> Result<Revision> {
    act.update(&to_row(desk), seen).await
}

/// The desk with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, tenant: TenantId, id: DeskId) -> Result<Option<Versioned<Desk>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Which desks to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Part of the name.
    pub text: Option<String>,
    /// At this level.
    pub level: Option<DeskLevel>,
    /// For this State.
    pub state: Option<String>,
    /// Whether it takes work.
    pub open: Option<bool>,
    /// Of this tenant only; of all otherwise (the directory).
    pub tenant: Option<TenantId>,
}

/// What desks are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// Name.
    #[default]
    Name,
    /// State, then name.
    State,
    /// Level, then name.
    Level,
}

/// Desks of one tenant or of all.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    filter: &Filter,
    sort: SortBy,
    paging: Paging,
) -> Result<Page<Versioned<Desk>>> {
    let mut select = row::Entity::find();
    if let Some(tenant) = filter.tenant {
        select = select.filter(row::Column::Tenant.eq(tenant.uuid()));
    }
    if let Some(text) = &filter.text {
        select = select.filter(contains(row::Column::Folded, text));
    }
    if let Some(level) = filter.level {
        select = select.filter(row::Column::Level.eq(level.code()));
    }
    if let Some(state) = &filter.state {
        select = select.filter(row::Column::State.eq(state.as_str()));
    }
    if let Some(open) = filter.open {
        select = select.filter(row::Column::Open.eq(open));
    }
    select = match sort {
        SortBy::Name => select,
        SortBy::State => select.order_by_asc(row::Column::State),
        SortBy::Level => select.order_by_asc(row::Column::Level),
    };
    let select = select.order_by_asc(row::Column::Folded).order_by_asc(row::Column::Id);
    page(&db.executor(), select, paging, from_row).await
}

/// Puts a member on a desk.
///
/// # Errors
/// [`Error::Duplicate`] if they are on it already, [`Error::Dependent`] if the
/// desk or the account is not there.
pub async fn add_member(act: &mut Act, member: &DeskMember) -> Result<()> {
    act.insert(&member_to_row(member)).await?;
    contact_point::begin_tenure(act, member).await
}

/// Takes a member off a desk.
///
/// # Errors
/// [`Error::NotFound`] if they are not on it.
pub async fn remove_member(act: &mut Act, member: &DeskMember) -> Result<()> {
    act.delete(&member_to_row(member)).await?;
    contact_point::end_tenure(act, member).await
}

/// Makes a member the alternate, or no longer so.
///
/// # Errors
/// [`Error::NotFound`] if they are not on the desk.
pub async fn change_member(act: &mut Act, member: &DeskMember) -> Result<()> {
    act.overwrite(&member_to_row(member)).await?;
    contact_point::end_tenure(act, member).await?;
    contact_point::begin_tenure(act, member).await
}

fn member_to_row(member: &DeskMember) -> member_row::Model {
    member_row::Model {
        tenant: member.tenant.uuid(),
        desk: member.desk.uuid(),
        account: member.account.uuid(),
        alternate: member.alternate,
        revision: 1,
    }
}

fn member_from_row(row: member_row::Model) -> DeskMember {
    DeskMember {
        tenant: TenantId::from_uuid(row.tenant),
        desk: DeskId::from_uuid(row.desk),
        account: AccountId::from_uuid(row.account),
        alternate: row.alternate,
    }
}

/// Members of a desk, leads before alternates.
///
/// # Errors
/// When the database does not answer.
pub async fn members(db: &dyn Db, tenant: TenantId, desk: DeskId) -> Result<Vec<DeskMember>> {
    let rows = member_row::Entity::find()
        .filter(member_row::Column::Tenant.eq(tenant.uuid()))
        .filter(member_row::Column::Desk.eq(desk.uuid()))
        .order_by_asc(member_row::Column::Alternate)
        .order_by_asc(member_row::Column::Account)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(member_from_row).collect())
}

/// Desks a member of staff is on.
///
/// # Errors
/// When the database does not answer.
pub async fn of_member(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
) -> Result<Vec<DeskMember>> {
    let rows = member_row::Entity::find()
        .filter(member_row::Column::Tenant.eq(tenant.uuid()))
        .filter(member_row::Column::Account.eq(account.uuid()))
        .order_by_asc(member_row::Column::Desk)
        .all(&db.executor())
        .await?;
    Ok(rows.into_iter().map(member_from_row).collect())
}
