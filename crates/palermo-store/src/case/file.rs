//! Cases.

use super::{coded, codes};
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    list::{Page, Paging, page},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::{Case, Closure, Phase, UrgentNeed, person::Person, status::VictimStatus},
    id::{AccountId, CaseId, Id, IncidentId, PersonId, TenantId},
    moment::Moment,
};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, Func},
};
use serde_json::json;
use std::collections::HashMap;

pub(crate) mod row {
    super::entity!(
        "case_file",
        key { tenant: Uuid, id: Uuid }
        number: String,
        person: Uuid,
        incident: Option<Uuid>,
        episode: i64,
        status: String,
        phase: String,
        urgent: Json,
        sealed: bool,
        happened_at: i64,
        recorded_at: i64,
        opened_by: Option<Uuid>,
        closed_at: Option<i64>,
        closure: Option<String>,
        last_service_at: Option<i64>,
        revision: i64,
    );
}

fn to_row(case: &Case) -> row::Model {
    let urgent: Vec<_> = case.urgent.iter().map(|need| need.code()).collect();
    row::Model {
        tenant: case.tenant.uuid(),
        id: case.id.uuid(),
        number: case.number(),
        person: case.person.uuid(),
        incident: case.incident.map(Id::uuid),
        episode: i64::from(case.episode),
        status: case.status.code().to_owned(),
        phase: case.phase.code().to_owned(),
        urgent: json!(urgent),
        sealed: case.sealed,
        happened_at: case.happened_at.micros(),
        recorded_at: case.recorded_at.micros(),
        opened_by: case.opened_by.map(Id::uuid),
        closed_at: case.closed_at.map(Moment::micros),
        closure: case.closure.map(|closure| closure.code().to_owned()),
        last_service_at: case.last_service_at.map(Moment::micros),
        revision: 1,
    }
}

fn from_row(row: row::Model) -> Result<Versioned<Case>> {
    let case = Case {
        tenant: TenantId::from_uuid(row.tenant),
        id: CaseId::from_uuid(row.id),
        person: PersonId::from_uuid(row.person),
        incident: row.incident.map(IncidentId::from_uuid),
        episode: u16::try_from(row.episode).unwrap_or(1),
        status: coded(&row.status, VictimStatus::from_code, "status")?,
        phase: coded(&row.phase, Phase::from_code, "phase")?,
        urgent: codes(row.urgent, UrgentNeed::from_code, "urgent need")?,
        sealed: row.sealed,
        happened_at: Moment::from_micros(row.happened_at),
        recorded_at: Moment::from_micros(row.recorded_at),
        opened_by: row.opened_by.map(AccountId::from_uuid),
        closed_at: row.closed_at.map(Moment::from_micros),
        closure: row.closure.map(|code| coded(&code, Closure::from_code, "closure")).transpose()?,
        last_service_at: row.last_service_at.map(Moment::from_micros),
    };
    Ok(Versioned::new(case, row.revision))
}

/// Adds a case.
///
/// # Errors
/// [`Error::Dependent`] if its person or incident is not there.
pub async fn insert(act: &mut Act, case: &Case) -> Result<()> {
    act.insert(&to_row(case)).await
}

/// Adds many cases.
///
/// # Errors
/// As [`insert`]; then none is added.
pub async fn insert_many(act: &mut Act, cases: &[Case]) -> Result<()> {
    let rows: Vec<_> = cases.iter().map(to_row).collect();
    act.insert_many(&rows).await
}

/// Changes a case.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(act: &mut Act, case: &Case, seen: Revision) -> Result<Revision> {
    act.update(&to_row(case), seen).await
}

/// The case with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, tenant: TenantId, id: CaseId) -> Result<Option<Versioned<Case>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id.uuid())).one(&db.executor()).await?;
    row.map(from_row).transpose()
}

/// Many cases at once.
///
/// # Errors
/// When the database does not answer.
pub async fn of_ids(
    db: &dyn Db,
    tenant: TenantId,
    ids: &[CaseId],
) -> Result<HashMap<CaseId, Versioned<Case>>> {
    use row::Column as C;
    let (of, by) = ((C::Tenant, tenant), (C::Id, ids));
    super::of_ids::<row::Entity, _, _>(db, of, by, from_row, |one| one.id).await
}

/// Inside an act: the case, or that it is not there.
///
/// # Errors
/// [`Error::NotFound`] for a case of another tenant or none.
pub async fn get(act: &Act, id: CaseId) -> Result<Versioned<Case>> {
    find(act, act.tenant(), id).await?.ok_or(Error::NotFound)
}

/// All cases of a person, the first episode first (R098).
///
/// # Errors
/// When the database does not answer.
pub async fn of_person(
    db: &dyn Db,
    tenant: TenantId,
    person: PersonId,
) -> Result<Vec<Versioned<Case>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Person.eq(person.uuid()))
        .order_by_asc(row::Column::Episode)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Which cases to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// On whose team this account is now; of all teams otherwise.
    pub team_of: Option<AccountId>,
    /// The moment that *now* is, for the team.
    pub at: Option<Moment>,
    /// In this phase.
    pub phase: Option<Phase>,
    /// In this state of identification.
    pub status: Option<VictimStatus>,
    /// Of this incident.
    pub incident: Option<IncidentId>,
    /// With part of this number.
    pub number: Option<String>,
    /// Without sealed records: whoever is not on the team never sees them,
    /// not even counted (E11).
    pub without_sealed: bool,
}

/// What cases are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortBy {
    /// The latest first.
    #[default]
    Newest,
    /// The longest waiting first.
    Oldest,
    /// Number.
    Number,
}

fn selected(tenant: TenantId, filter: &Filter) -> Select<row::Entity> {
    let mut select = row::Entity::find().filter(row::Column::Tenant.eq(tenant.uuid()));
    if let Some(account) = filter.team_of {
        use super::team::row as member;
        let mut on_team = member::Entity::find()
            .select_only()
            .column(member::Column::CaseId)
            .filter(member::Column::Tenant.eq(tenant.uuid()))
            .filter(member::Column::Account.eq(account.uuid()));
        if let Some(at) = filter.at {
            let open = member::Column::Until.is_null().or(member::Column::Until.gt(at.micros()));
            on_team = on_team.filter(open).filter(member::Column::Since.lte(at.micros()));
        }
        select = select.filter(row::Column::Id.in_subquery(on_team.into_query()));
    }
    if let Some(phase) = filter.phase {
        // A team's cases are few among those of a phase. Of the two, SQLite would
        // walk through the phase, as its index also sorts: 240 ms among 100,000
        // cases instead of 4. What is computed has no index.
        select = match filter.team_of {
            Some(_) => select.filter(
                Expr::expr(Func::lower(Expr::col((row::Entity, row::Column::Phase))))
                    .eq(phase.code()),
            ),
            None => select.filter(row::Column::Phase.eq(phase.code())),
        };
    }
    if let Some(status) = filter.status {
        select = select.filter(row::Column::Status.eq(status.code()));
    }
    if let Some(incident) = filter.incident {
        select = select.filter(row::Column::Incident.eq(incident.uuid()));
    }
    if let Some(number) = &filter.number {
        let typed: String = number
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .flat_map(char::to_uppercase)
            .collect();
        select = select.filter(row::Column::Number.contains(typed));
    }
    if filter.without_sealed {
        select = select.filter(row::Column::Sealed.eq(false));
    }
    select
}

/// Cases of a tenant.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &dyn Db,
    tenant: TenantId,
    filter: &Filter,
    sort: SortBy,
    paging: Paging,
) -> Result<Page<Versioned<Case>>> {
    let select = selected(tenant, filter);
    let select = match sort {
        SortBy::Newest => select.order_by_desc(row::Column::RecordedAt),
        SortBy::Oldest => select.order_by_asc(row::Column::RecordedAt),
        SortBy::Number => select.order_by_asc(row::Column::Number),
    };
    page(&db.executor(), select.order_by_asc(row::Column::Id), paging, from_row).await
}

/// How many cases there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &dyn Db, tenant: TenantId, filter: &Filter) -> Result<u64> {
    Ok(selected(tenant, filter).count(&db.executor()).await?)
}

/// The next closed cases since before a moment, by id, after the one seen last: the
/// retention clock asks. Those of erased persons are not among them.
///
/// # Errors
/// When the database does not answer.
pub async fn closed_before(
    db: &dyn Db,
    tenant: TenantId,
    before: Moment,
    seen: Option<CaseId>,
    most: u64,
) -> Result<Vec<Versioned<Case>>> {
    use super::person::row as whose;
    let erased = whose::Entity::find()
        .select_only()
        .column(whose::Column::Id)
        .filter(whose::Column::Tenant.eq(tenant.uuid()))
        .filter(whose::Column::Language.eq(Person::NOBODY));
    let mut select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Phase.eq(Phase::Closed.code()))
        .filter(row::Column::ClosedAt.lt(before.micros()))
        .filter(row::Column::Person.not_in_subquery(erased.into_query()));
    if let Some(seen) = seen {
        select = select.filter(row::Column::Id.gt(seen.uuid()));
    }
    let rows = select.order_by_asc(row::Column::Id).limit(most).all(&db.executor()).await?;
    rows.into_iter().map(from_row).collect()
}
