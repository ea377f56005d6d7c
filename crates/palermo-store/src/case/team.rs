//! Care teams.

use super::coded;
use crate::{act::Act, entity::entity, error::Result, store::Db};
use palermo_domain::{
    case::team::{TeamMember, TeamPart},
    id::{AccountId, CaseId, Id, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::ExprTrait};
use std::collections::HashMap;

pub(crate) mod row {
    super::entity!(
        "case_member",
        key { tenant: Uuid, case_id: Uuid, account: Uuid, part: String }
        since: i64,
        until: Option<i64>,
        revision: i64,
    );
}

fn to_row(member: &TeamMember) -> row::Model {
    row::Model {
        tenant: member.tenant.uuid(),
        case_id: member.case.uuid(),
        account: member.account.uuid(),
        part: member.part.code().to_owned(),
        since: member.from.micros(),
        until: member.until.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<TeamMember> {
    Ok(TeamMember {
        tenant: TenantId::from_uuid(row.tenant),
        case: CaseId::from_uuid(row.case_id),
        account: AccountId::from_uuid(row.account),
        part: coded(&row.part, TeamPart::from_code, "part in a team")?,
        from: Moment::from_micros(row.since),
        until: row.until.map(Moment::from_micros),
    })
}

/// Puts someone on a team, again if they were on it before.
///
/// # Errors
/// [`crate::Error::Dependent`] if the case or the account is not there.
pub async fn put(act: &mut Act, member: &TeamMember) -> Result<()> {
    let row = to_row(member);
    let key = (row.tenant, row.case_id, row.account, row.part.clone());
    match row::Entity::find_by_id(key).one(&act.txn).await? {
        Some(_) => act.overwrite(&row).await,
        None => act.insert(&row).await,
    }
}

/// Puts many on teams of new cases.
///
/// # Errors
/// As [`put`].
pub async fn insert_many(act: &mut Act, members: &[TeamMember]) -> Result<()> {
    let rows: Vec<_> = members.iter().map(to_row).collect();
    act.insert_many(&rows).await
}

/// Everyone who is or was on the team of a case.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(db: &dyn Db, tenant: TenantId, case: CaseId) -> Result<Vec<TeamMember>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .order_by_asc(row::Column::Since)
        .order_by_asc(row::Column::Account)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// The teams of many cases at once.
///
/// # Errors
/// When the database does not answer.
pub async fn of_cases(
    db: &dyn Db,
    tenant: TenantId,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, Vec<TeamMember>>> {
    let mut found: HashMap<CaseId, Vec<TeamMember>> = HashMap::new();
    for some in cases.chunks(500) {
        let rows = row::Entity::find()
            .filter(row::Column::Tenant.eq(tenant.uuid()))
            .filter(row::Column::CaseId.is_in(some.iter().map(|id| id.uuid())))
            .order_by_asc(row::Column::Since)
            .all(&db.executor())
            .await?;
        for row in rows {
            let member = from_row(row)?;
            found.entry(member.case).or_default().push(member);
        }
    }
    Ok(found)
}

/// The places someone holds now on any team: what has to be handed over
/// before they leave.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(
    db: &dyn Db,
    tenant: TenantId,
    account: AccountId,
    at: Moment,
) -> Result<Vec<TeamMember>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Account.eq(account.uuid()))
        .filter(row::Column::Until.is_null().or(row::Column::Until.gt(at.micros())))
        .order_by_asc(row::Column::CaseId)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
