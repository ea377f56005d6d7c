//! Records that belong to a case and are read with it: consents, referrals
//! sent, rights incidents, charges, related persons, whom nobody tells of a person,
//! questions abroad; and a State's legal bases, which belong to no case. One table; each kind keeps its own type.

use super::read_json;
use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    case::{
        abroad::{AbroadQuestion, NeverTold},
        alike::NotSame,
        charge::Charge,
        flag::Flag,
        keeping::Keeping,
        referral::Referral,
        related::Related,
        rights_incident::RightsIncident,
        sharing::{Consent, LegalBasis},
        withdrawal::Withdrawal,
    },
    hotline::FromCall,
    id::{CaseId, Id, TenantId},
    moment::Moment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "case_record",
        key { tenant: Uuid, id: Uuid }
        kind: String,
        case_id: Option<Uuid>,
        state: String,
        body: Json,
        happened_at: i64,
        recorded_at: i64,
        revision: i64,
    );
}

/// The table's name, as the place of texts sealed beside a record.
pub const TABLE: &str = "case_record";

/// A kind of record.
pub trait Record: Serialize + DeserializeOwned + Send + Sync {
    /// Its code.
    const KIND: &'static str;
    /// Whose it is.
    fn tenant(&self) -> TenantId;
    /// Its id.
    fn id(&self) -> Uuid;
    /// Its case, if it belongs to one.
    fn case(&self) -> Option<CaseId>;
    /// Where it stands, for selections.
    fn state(&self) -> &'static str;
    /// When it happened, and when it was written down.
    fn moments(&self) -> (Moment, Moment);
}

macro_rules! records {
    ($($kind:ident = $code:literal, case: $case:expr, state: $state:expr, at: $at:expr;)*) => {$(
        impl Record for $kind {
            const KIND: &'static str = $code;
            fn tenant(&self) -> TenantId { self.tenant }
            fn id(&self) -> Uuid { self.id.uuid() }
            fn case(&self) -> Option<CaseId> { let case: fn(&Self) -> Option<CaseId> = $case; case(self) }
            fn state(&self) -> &'static str { let state: fn(&Self) -> &'static str = $state; state(self) }
            fn moments(&self) -> (Moment, Moment) { let at: fn(&Self) -> (Moment, Moment) = $at; at(self) }
        }
    )*};
}

records! {
    Consent = "consent", case: |one| Some(one.case), state: |one| one.answer.code(),
        at: |one| (one.happened_at, one.recorded_at);
    Referral = "referral", case: |one| Some(one.case), state: |one| one.state.code(),
        at: |one| (one.sent_at.unwrap_or(one.recorded_at), one.recorded_at);
    RightsIncident = "rights-incident", case: |one| Some(one.case), state: |one| one.state.code(),
        at: |one| (one.happened_at, one.recorded_at);
    Charge = "charge", case: |one| Some(one.case), state: |one| one.state.code(),
        at: |one| (one.happened_at, one.recorded_at);
    Related = "related", case: |one| Some(one.case), state: |one| one.relation.code(),
        at: |one| (one.recorded_at, one.recorded_at);
    Withdrawal = "withdrawal", case: |one| Some(one.case), state: |one| one.answer.code(),
        at: |one| (one.recorded_at, one.recorded_at);
    Keeping = "keeping", case: |one| Some(one.case), state: |one| one.wish.code(),
        at: |one| (one.recorded_at, one.recorded_at);
    Flag = "flag", case: |one| Some(one.case),
        state: |one| if one.lifted_at.is_none() { "set" } else { "lifted" },
        at: |one| (one.recorded_at, one.recorded_at);
    NotSame = "not-same", case: |one| Some(one.case), state: |_| "stands",
        at: |one| (one.recorded_at, one.recorded_at);
    FromCall = "from-call", case: |one| Some(one.case), state: |_| "opened",
        at: |one| (one.recorded_at, one.recorded_at);
    NeverTold = "never-told", case: |one| Some(one.case),
        state: |one| if one.stands() { "stands" } else { "lifted" },
        at: |one| (one.recorded_at, one.recorded_at);
    AbroadQuestion = "abroad-question", case: |one| Some(one.case), state: |one| one.stage(),
        at: |one| (one.recorded_at, one.recorded_at);
    LegalBasis = "legal-basis", case: |_| None, state: |one| one.aim.code(),
        at: |one| (one.from, one.from);
}

fn to_row<R: Record>(record: &R) -> Result<row::Model> {
    let (happened_at, recorded_at) = record.moments();
    Ok(row::Model {
        tenant: record.tenant().uuid(),
        id: record.id(),
        kind: R::KIND.to_owned(),
        case_id: record.case().map(Id::uuid),
        state: record.state().to_owned(),
        body: serde_json::to_value(record).map_err(|error| Error::Corrupt(error.to_string()))?,
        happened_at: happened_at.micros(),
        recorded_at: recorded_at.micros(),
        revision: 1,
    })
}

fn from_row<R: Record>(row: row::Model) -> Result<Versioned<R>> {
    Ok(Versioned::new(read_json(row.body)?, row.revision))
}

/// Adds a record.
///
/// # Errors
/// [`Error::Dependent`] if its case is not there.
pub async fn insert<R: Record>(act: &mut Act, record: &R) -> Result<()> {
    act.insert(&to_row(record)?).await
}

/// Adds many records of a kind.
///
/// # Errors
/// As [`insert`].
pub async fn insert_many<R: Record>(act: &mut Act, records: &[R]) -> Result<()> {
    let rows = records.iter().map(to_row).collect::<Result<Vec<_>>>()?;
    act.insert_many(&rows).await
}

/// Changes a record.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update<R: Record>(act: &mut Act, record: &R, seen: Revision) -> Result<Revision> {
    act.update(&to_row(record)?, seen).await
}

/// Removes a record.
///
/// # Errors
/// [`Error::NotFound`] if it is not there.
pub async fn remove<R: Record>(act: &mut Act, record: &R) -> Result<()> {
    act.delete(&to_row(record)?).await
}

/// The record of this kind with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn find<R: Record>(
    db: &dyn Db,
    tenant: TenantId,
    id: Uuid,
) -> Result<Option<Versioned<R>>> {
    let row = row::Entity::find_by_id((tenant.uuid(), id)).one(&db.executor()).await?;
    row.filter(|row| row.kind == R::KIND).map(from_row).transpose()
}

/// The records of a kind of one case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case<R: Record>(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<Versioned<R>>> {
    let rows = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::CaseId.eq(case.uuid()))
        .filter(row::Column::Kind.eq(R::KIND))
        .order_by_desc(row::Column::HappenedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// The records of a kind of many cases in a state: one question for a list.
///
/// # Errors
/// When the database does not answer.
pub async fn of_cases<R: Record>(
    db: &dyn Db,
    tenant: TenantId,
    cases: &[CaseId],
    state: &str,
) -> Result<Vec<R>> {
    let mut found = Vec::new();
    for some in cases.chunks(500) {
        let rows = row::Entity::find()
            .filter(row::Column::Tenant.eq(tenant.uuid()))
            .filter(row::Column::CaseId.is_in(some.iter().map(|case| case.uuid())))
            .filter(row::Column::Kind.eq(R::KIND))
            .filter(row::Column::State.eq(state))
            .order_by_desc(row::Column::HappenedAt)
            .order_by_asc(row::Column::Id)
            .all(&db.executor())
            .await?;
        for row in rows {
            found.push(from_row::<R>(row)?.record);
        }
    }
    Ok(found)
}

/// The records of a kind of a tenant in these states (all, if none is named),
/// the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_tenant<R: Record>(
    db: &dyn Db,
    tenant: TenantId,
    states: &[&str],
) -> Result<Vec<Versioned<R>>> {
    let mut select = row::Entity::find()
        .filter(row::Column::Tenant.eq(tenant.uuid()))
        .filter(row::Column::Kind.eq(R::KIND));
    if !states.is_empty() {
        select = select.filter(row::Column::State.is_in(states.iter().copied()));
    }
    let rows = select
        .order_by_desc(row::Column::HappenedAt)
        .order_by_asc(row::Column::Id)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(from_row).collect()
}
