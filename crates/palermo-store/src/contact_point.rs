//! What is known of desks as contact points, and who sat at them when.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
};
use palermo_domain::{
    desk::{
        DeskMember,
        contact::{ContactPoint, Tenure},
    },
    id::{AccountId, DeskId, Id, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "contact_point",
        key { tenant: Uuid, desk: Uuid }
        body: Json,
        revision: i64,
    );
}

pub(crate) mod tenure_row {
    super::entity!(
        "desk_tenure",
        key { tenant: Uuid, id: Uuid }
        desk: Uuid,
        account: Uuid,
        alternate: bool,
        from_at: i64,
        until_at: Option<i64>,
        revision: i64,
    );
}

fn point(row: row::Model) -> Result<ContactPoint> {
    serde_json::from_value(row.body)
        .map_err(|error| Error::Corrupt(format!("contact point: {error}")))
}

/// Keeps what is known of a desk of the act's organisation.
///
/// # Errors
/// [`Error::Dependent`] if the desk is not there.
pub async fn put(act: &mut Act, desk: DeskId, point: &ContactPoint) -> Result<()> {
    let row = row::Model {
        tenant: act.tenant,
        desk: desk.uuid(),
        body: serde_json::to_value(point).map_err(|error| Error::Corrupt(error.to_string()))?,
        revision: 1,
    };
    match row::Entity::find_by_id((act.tenant, desk.uuid())).one(&act.txn).await? {
        Some(_) => act.overwrite(&row).await,
        None => act.insert(&row).await,
    }
}

/// What is known of a desk.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, tenant: TenantId, desk: DeskId) -> Result<Option<ContactPoint>> {
    let row = row::Entity::find_by_id((tenant.uuid(), desk.uuid())).one(&db.executor()).await?;
    row.map(point).transpose()
}

/// All contact points, by desk.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &dyn Db) -> Result<HashMap<DeskId, ContactPoint>> {
    let rows = row::Entity::find().all(&db.executor()).await?;
    rows.into_iter().map(|row| Ok((DeskId::from_uuid(row.desk), point(row)?))).collect()
}

/// How many lead and how many stand in at each desk, of those whose account works.
///
/// # Errors
/// When the database does not answer.
pub async fn staffing(db: &dyn Db) -> Result<HashMap<DeskId, Staffing>> {
    use crate::{account::row as account, desk::member_row as member};
    let members = member::Entity::find().all(&db.executor()).await?;
    let ids: Vec<Uuid> = members.iter().map(|one| one.account).collect();
    let working: HashMap<Uuid, bool> = account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .all(&db.executor())
        .await?
        .into_iter()
        .map(|one| (one.id, one.status == "active"))
        .collect();
    let mut all: HashMap<DeskId, Staffing> = HashMap::new();
    for one in members {
        let entry = all.entry(DeskId::from_uuid(one.desk)).or_default();
        entry.seats += 1;
        if working.get(&one.account) == Some(&true) {
            if one.alternate {
                entry.alternates += 1;
            } else {
                entry.leads += 1;
            }
        }
    }
    Ok(all)
}

/// Who sits at a desk, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Staffing {
    /// Seats taken, also by accounts that are stopped.
    pub seats: usize,
    /// Those who lead and can answer.
    pub leads: usize,
    /// Those who stand in and can answer.
    pub alternates: usize,
}

/// Notes that someone sits at a desk from now on.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_tenure(act: &mut Act, member: &DeskMember) -> Result<()> {
    let id: palermo_domain::id::TaskId = act.new_id();
    let row = tenure_row::Model {
        tenant: member.tenant.uuid(),
        id: id.uuid(),
        desk: member.desk.uuid(),
        account: member.account.uuid(),
        alternate: member.alternate,
        from_at: act.now().micros(),
        until_at: None,
        revision: 1,
    };
    act.insert(&row).await
}

/// Notes that someone no longer sits at a desk.
///
/// # Errors
/// When the database does not answer.
pub async fn end_tenure(act: &mut Act, member: &DeskMember) -> Result<()> {
    let open = tenure_row::Entity::find()
        .filter(tenure_row::Column::Tenant.eq(member.tenant.uuid()))
        .filter(tenure_row::Column::Desk.eq(member.desk.uuid()))
        .filter(tenure_row::Column::Account.eq(member.account.uuid()))
        .filter(tenure_row::Column::UntilAt.is_null())
        .all(&act.txn)
        .await?;
    for mut row in open {
        row.until_at = Some(act.now().micros());
        act.overwrite(&row).await?;
    }
    Ok(())
}

/// Everyone who ever sat at a desk, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn tenures(db: &dyn Db, tenant: TenantId, desk: DeskId) -> Result<Vec<Tenure>> {
    let rows = tenure_row::Entity::find()
        .filter(tenure_row::Column::Tenant.eq(tenant.uuid()))
        .filter(tenure_row::Column::Desk.eq(desk.uuid()))
        .order_by_desc(tenure_row::Column::FromAt)
        .all(&db.executor())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Tenure {
            account: AccountId::from_uuid(row.account),
            alternate: row.alternate,
            from: Moment::from_micros(row.from_at),
            until: row.until_at.map(Moment::from_micros),
        })
        .collect())
}
