//! Services, with the few columns that finding help reads: twenty thousand are
//! matched without opening a document. The document comes last in the row.

use crate::{
    act::Act,
    entity::entity,
    error::{Error, Result},
    list::{Page, Paging, contains, fold, page},
    store::Db,
    write::{Revision, Versioned},
};
use palermo_domain::{
    id::{Id, ServiceId, TenantId},
    moment::Moment,
    register::{day::Day, state::StateCode},
    service::{
        Need, Service, Status,
        eligibility::{Admission, Eligibility},
        find::Offer,
    },
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LikeExpr},
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};
use uuid::Uuid;

pub(crate) mod row {
    super::entity!(
        "service",
        key { tenant: Uuid, id: Uuid }
        need: String,
        state: Option<String>,
        status: String,
        areas: String,
        protected: bool,
        admits: i64,
        excludes: i64,
        minimum_age_years: Option<i64>,
        maximum_age_years: Option<i64>,
        step_free: Option<bool>,
        languages: String,
        available: Option<i64>,
        places_confirmed: Option<String>,
        assured: Option<String>,
        hours: Option<String>,
        time_zone: Option<String>,
        provider: String,
        folded: String,
        name: String,
        body: Json,
        revision: i64,
    );
}

pub(crate) mod call_row {
    super::entity!(
        "service_call",
        key { tenant: Uuid, id: Uuid }
        owner: Uuid,
        service: Uuid,
        called_at: i64,
    );
}

/// A service with the organisation that keeps its record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept {
    /// Who keeps the record.
    pub tenant: TenantId,
    /// Its id.
    pub id: ServiceId,
    /// The service.
    #[serde(flatten)]
    pub service: Service,
}

/// Lists of short texts in one column; the sign cannot occur in a name.
const SEPARATOR: char = '\n';

fn joined(list: impl IntoIterator<Item = String>) -> String {
    list.into_iter().collect::<Vec<_>>().join("\n")
}

fn split(text: &str) -> Vec<String> {
    text.split(SEPARATOR).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn to_row(tenant: TenantId, id: ServiceId, one: &Service) -> Result<row::Model> {
    let mut searched = format!("{} {}", one.name, one.organisation.name);
    for more in one.alternate_name.iter().chain(&one.areas) {
        searched.push(' ');
        searched.push_str(more);
    }
    // The town of an open service is an area it serves; a protected one has no town.
    let towns = one.place.locations().iter().map(|at| at.city.clone());
    let areas = match one.areas.is_empty() {
        true => Vec::new(),
        false => one.areas.iter().cloned().chain(towns).map(|area| fold(&area)).collect(),
    };
    let capacity = one.capacity.as_ref();
    let age = |years: Option<u8>| years.map(i64::from);
    Ok(row::Model {
        tenant: tenant.uuid(),
        id: id.uuid(),
        need: one.need.code().to_owned(),
        state: one.state.map(|state| state.to_string()),
        status: one.status.code().to_owned(),
        areas: joined(areas),
        protected: one.place.is_protected(),
        admits: one.eligibility.bits(Admission::Admitted),
        excludes: one.eligibility.bits(Admission::Excluded),
        minimum_age_years: age(one.eligibility.minimum_age_years),
        maximum_age_years: age(one.eligibility.maximum_age_years),
        step_free: one.step_free,
        languages: joined(one.languages.iter().cloned()),
        available: capacity.and_then(|c| c.available).map(i64::from),
        places_confirmed: capacity.and_then(|c| c.confirmed).map(|day| day.to_string()),
        assured: one.assured.map(|day| day.to_string()),
        hours: one.hours.clone(),
        time_zone: one.time_zone.clone(),
        provider: one.organisation.provider.code().to_owned(),
        folded: fold(&searched),
        name: one.name.clone(),
        body: serde_json::to_value(one).map_err(|error| Error::Corrupt(error.to_string()))?,
        revision: 1,
    })
}

fn from_row(row: row::Model) -> Result<Versioned<Kept>> {
    let service = serde_json::from_value(row.body)
        .map_err(|error| Error::Corrupt(format!("service: {error}")))?;
    let kept =
        Kept { tenant: TenantId::from_uuid(row.tenant), id: ServiceId::from_uuid(row.id), service };
    Ok(Versioned::new(kept, row.revision))
}

/// Adds a service of the act's organisation under this id.
///
/// # Errors
/// [`Error::Duplicate`] if it is there already.
pub async fn insert(act: &mut Act, id: ServiceId, service: &Service) -> Result<()> {
    act.insert(&to_row(act.tenant(), id, service)?).await
}

/// Adds many at once.
///
/// # Errors
/// [`Error::Duplicate`] if one is there already.
pub async fn insert_many(act: &mut Act, services: &[(ServiceId, Service)]) -> Result<()> {
    let tenant = act.tenant();
    let rows = services.iter().map(|(id, service)| to_row(tenant, *id, service));
    act.insert_many(&rows.collect::<Result<Vec<_>>>()?).await
}

/// Changes a service.
///
/// # Errors
/// [`Error::Conflict`] if someone else changed it since `seen`.
pub async fn update(
    act: &mut Act,
    id: ServiceId,
    service: &Service,
    seen: Revision,
) -> Result<Revision> {
    act.update(&to_row(act.tenant(), id, service)?, seen).await
}

/// The service with this id, of whichever organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &dyn Db, id: ServiceId) -> Result<Option<Versioned<Kept>>> {
    let found = row::Entity::find().filter(row::Column::Id.eq(id.uuid()));
    found.one(&db.executor()).await?.map(from_row).transpose()
}

/// The services with these ids, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn by_ids(db: &dyn Db, ids: &[ServiceId]) -> Result<Vec<Versioned<Kept>>> {
    let wanted = ids.iter().map(|id| id.uuid());
    let rows =
        row::Entity::find().filter(row::Column::Id.is_in(wanted)).all(&db.executor()).await?;
    let mut found: HashMap<Uuid, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let in_order = ids.iter().filter_map(|id| found.remove(&id.uuid()));
    in_order.map(from_row).collect()
}

/// Which services to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Part of name, organisation or area.
    pub text: Option<String>,
    /// For this need.
    pub need: Option<Need>,
    /// In this State.
    pub state: Option<StateCode>,
    /// Of this status.
    pub status: Option<Status>,
    /// Protected, or not.
    pub protected: Option<bool>,
    /// Kept by this organisation only.
    pub tenant: Option<TenantId>,
}

fn selected(filter: &Filter) -> sea_orm::Select<row::Entity> {
    let mut select = row::Entity::find();
    if let Some(tenant) = filter.tenant {
        select = select.filter(row::Column::Tenant.eq(tenant.uuid()));
    }
    if let Some(text) = &filter.text {
        select = select.filter(contains(row::Column::Folded, text));
    }
    if let Some(need) = filter.need {
        select = select.filter(row::Column::Need.eq(need.code()));
    }
    if let Some(state) = filter.state {
        select = select.filter(row::Column::State.eq(state.as_str()));
    }
    if let Some(status) = filter.status {
        select = select.filter(row::Column::Status.eq(status.code()));
    }
    if let Some(protected) = filter.protected {
        select = select.filter(row::Column::Protected.eq(protected));
    }
    select.order_by_asc(row::Column::Folded).order_by_asc(row::Column::Id)
}

/// Services by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &dyn Db, filter: &Filter, paging: Paging) -> Result<Page<Versioned<Kept>>> {
    page(&db.executor(), selected(filter), paging, from_row).await
}

/// All services that fit a filter, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &dyn Db, filter: &Filter) -> Result<Vec<Versioned<Kept>>> {
    let rows = selected(filter).all(&db.executor()).await?;
    rows.into_iter().map(from_row).collect()
}

/// The languages that working services anyone may know say they speak, each once.
///
/// # Errors
/// When the database does not answer.
pub async fn languages(db: &dyn Db) -> Result<Vec<String>> {
    let lists: Vec<String> = row::Entity::find()
        .select_only()
        .column(row::Column::Languages)
        .distinct()
        .filter(row::Column::Protected.eq(false))
        .filter(row::Column::Status.eq(Status::Active.code()))
        .into_tuple()
        .all(&db.executor())
        .await?;
    let mut codes: Vec<String> = lists.iter().flat_map(|list| split(list)).collect();
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}

/// Most services that are looked through for the districts they name.
const LOOKED_THROUGH: usize = 400;

/// Districts and towns that services of a State name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Areas {
    /// Each once and as it is first written, in the order of the folded names.
    pub names: Vec<String>,
    /// Whether these are all: there are no more services than are looked through.
    pub all: bool,
}

/// The districts and towns that working services of a State name which anyone may know.
///
/// # Errors
/// When the database does not answer.
pub async fn areas(db: &dyn Db, state: StateCode) -> Result<Areas> {
    let filter = Filter {
        state: Some(state),
        status: Some(Status::Active),
        protected: Some(false),
        ..Filter::default()
    };
    let most = LOOKED_THROUGH as u64;
    let rows = selected(&filter).limit(most).all(&db.executor()).await?;
    let all = rows.len() < LOOKED_THROUGH;
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for row in rows {
        let service = from_row(row)?.record.service;
        let towns = service.place.locations().iter().map(|place| &place.city);
        for area in service.areas.iter().chain(towns).filter(|area| !area.is_empty()) {
            named.entry(fold(area)).or_insert_with(|| area.clone());
        }
    }
    Ok(Areas { names: named.into_values().collect(), all })
}

/// Services of a State for figures: those anyone may know that work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// How many there are.
    pub services: usize,
    /// How many of them have free places, confirmed on the day asked for or later.
    pub free: usize,
}

/// Working services anyone may know by State, and how many have free places confirmed
/// since a day. Protected ones are not counted: nobody is to learn how many there are (R9).
///
/// # Errors
/// When the database does not answer.
pub async fn places(db: &dyn Db, since: Day) -> Result<HashMap<StateCode, Places>> {
    use row::Column as C;
    let rows: Vec<(String, Option<i64>, Option<String>)> = row::Entity::find()
        .select_only()
        .columns([C::State, C::Available, C::PlacesConfirmed])
        .filter(C::Protected.eq(false))
        .filter(C::Status.eq(Status::Active.code()))
        .filter(C::State.is_not_null())
        .into_tuple()
        .all(&db.executor())
        .await?;
    let mut found: HashMap<StateCode, Places> = HashMap::new();
    for (state, available, confirmed) in rows {
        let Ok(state) = state.parse() else { continue };
        let one = found.entry(state).or_default();
        let confirmed = confirmed.and_then(|day| day.parse::<Day>().ok());
        let free = available.is_some_and(|places| places > 0);
        one.services += 1;
        one.free += usize::from(free && confirmed.is_some_and(|day| day >= since));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct Brief {
    tenant: Uuid,
    id: Uuid,
    areas: String,
    protected: bool,
    admits: i64,
    excludes: i64,
    minimum_age_years: Option<i64>,
    maximum_age_years: Option<i64>,
    step_free: Option<bool>,
    languages: String,
    available: Option<i64>,
    places_confirmed: Option<String>,
    assured: Option<String>,
    hours: Option<String>,
    time_zone: Option<String>,
}

impl Brief {
    fn offer(self, unanswered: Option<Moment>) -> Offer {
        let day = |text: Option<String>| text.and_then(|text| text.parse::<Day>().ok());
        let age = |years: Option<i64>| years.and_then(|years| u8::try_from(years).ok());
        let mut eligibility = Eligibility::from_bits(self.admits, self.excludes);
        eligibility.minimum_age_years = age(self.minimum_age_years);
        eligibility.maximum_age_years = age(self.maximum_age_years);
        Offer {
            tenant: TenantId::from_uuid(self.tenant),
            id: ServiceId::from_uuid(self.id),
            areas: split(&self.areas),
            protected: self.protected,
            eligibility,
            step_free: self.step_free,
            languages: split(&self.languages),
            available: self.available.and_then(|count| u32::try_from(count).ok()),
            places_confirmed: day(self.places_confirmed),
            assured: day(self.assured),
            hours: self.hours,
            time_zone: self.time_zone,
            unanswered,
            own: false,
        }
    }
}

/// What finding help looks at: the working services for a need in a State.
///
/// # Errors
/// When the database does not answer.
pub async fn offers(db: &dyn Db, need: Need, state: StateCode, now: Moment) -> Result<Vec<Offer>> {
    use row::Column as C;
    let briefs = row::Entity::find()
        .select_only()
        .columns([
            C::Tenant,
            C::Id,
            C::Areas,
            C::Protected,
            C::Admits,
            C::Excludes,
            C::MinimumAgeYears,
            C::MaximumAgeYears,
            C::StepFree,
            C::Languages,
            C::Available,
            C::PlacesConfirmed,
            C::Assured,
            C::Hours,
            C::TimeZone,
        ])
        .filter(C::Need.eq(need.code()))
        .filter(C::State.eq(state.as_str()))
        .filter(C::Status.eq(Status::Active.code()))
        .into_model::<Brief>()
        .all(&db.executor())
        .await?;
    let silent = unanswered(db, now).await?;
    let last = |id: Uuid| silent.get(&ServiceId::from_uuid(id)).copied();
    Ok(briefs
        .into_iter()
        .map(|brief| {
            let unanswered = last(brief.id);
            brief.offer(unanswered)
        })
        .collect())
}

/// The hours that hold in an area, by its folded name, of the services that are given
/// there at a place with hours of its own. Only documents with such a place are opened.
///
/// # Errors
/// When the database does not answer.
pub async fn hours_in(
    db: &dyn Db,
    need: Need,
    state: StateCode,
    area: &str,
) -> Result<HashMap<ServiceId, String>> {
    use row::Column as C;
    let words = |pattern: &str| {
        let body = Expr::cust("CAST(body AS text)");
        sea_orm::sea_query::ExprTrait::like(body, LikeExpr::new(pattern))
    };
    let there = Condition::any().add(C::Areas.eq("")).add(contains(C::Areas, area));
    // The hours of a place stand beside those of the service, or there are no others.
    let alone = Condition::all().add(C::Hours.is_null()).add(words("%\"hours\"%"));
    let placed = Condition::any().add(words("%\"hours\"%\"hours\"%")).add(alone);
    let rows = row::Entity::find()
        .filter(C::Need.eq(need.code()))
        .filter(C::State.eq(state.as_str()))
        .filter(C::Status.eq(Status::Active.code()))
        .filter(C::Protected.eq(false))
        .filter(there)
        .filter(placed)
        .all(&db.executor())
        .await?;
    let mut found = HashMap::new();
    for row in rows {
        let kept = from_row(row)?.record;
        let own = kept.service.hours.clone();
        if let Some(hours) = kept.service.given_in(area, fold).hours
            && own.as_ref() != Some(&hours)
        {
            found.insert(kept.id, hours);
        }
    }
    Ok(found)
}

/// How long a call without an answer counts.
const SILENT: Duration = Duration::from_secs(86_400);

/// The last call without an answer within a day, by service.
///
/// # Errors
/// When the database does not answer.
pub async fn unanswered(db: &dyn Db, now: Moment) -> Result<HashMap<ServiceId, Moment>> {
    let rows = call_row::Entity::find()
        .filter(call_row::Column::CalledAt.gte(now.before(SILENT).micros()))
        .all(&db.executor())
        .await?;
    let mut last = HashMap::new();
    for row in rows {
        let called = Moment::from_micros(row.called_at);
        let known = last.entry(ServiceId::from_uuid(row.service)).or_insert(called);
        *known = called.max(*known);
    }
    Ok(last)
}

/// Those of these services whose address is protected.
///
/// # Errors
/// When the database does not answer.
pub async fn protected_among(db: &dyn Db, ids: &[ServiceId]) -> Result<Vec<Kept>> {
    let wanted = ids.iter().map(|id| id.uuid());
    let rows = row::Entity::find()
        .filter(row::Column::Id.is_in(wanted))
        .filter(row::Column::Protected.eq(true))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(|row| Ok(from_row(row)?.record)).collect()
}

/// Notes that someone called a service and nobody answered.
///
/// # Errors
/// When the database does not answer.
pub async fn note_unanswered(act: &mut Act, owner: TenantId, service: ServiceId) -> Result<()> {
    let id: palermo_domain::id::TaskId = act.new_id();
    let row = call_row::Model {
        tenant: act.tenant,
        id: id.uuid(),
        owner: owner.uuid(),
        service: service.uuid(),
        called_at: act.now().micros(),
    };
    act.insert(&row).await
}
