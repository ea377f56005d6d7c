//! Counts across the cases of one organisation: who identified and where
//! (R090), permits by year and ground (R105), what assistance cost by class of
//! case (R113). None of them tells of anyone.

use super::records;
use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    care::{
        Body, CareKind, CareRecord,
        body::{Cost, PermitGround, PermitState, Service},
        figures::{CostRow, cases_by, costs, counted_until},
    },
    case::{Case, person::AgeGroup},
    id::{CaseId, PersonId},
    identification::{Finding, Stage},
    money::{Currency, Money},
    purpose::Purpose,
    register::day::Day,
};
use palermo_store::{
    Paging, care,
    case::{file as files, person as persons},
    identification,
};
use std::collections::BTreeMap;

/// A group or kind of service with the currency of a sum; none where a cost was told
/// before currencies were.
pub type Class = (String, Option<Currency>);

/// The counts of one organisation.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The first day that is not counted.
    pub until: Day,
    /// Base of the rounding.
    pub base: usize,
    /// Persons identified, by the body that identified and the kind of place.
    pub identified: Vec<((String, String), usize)>,
    /// Permits by year, ground and state.
    pub permits: Vec<((i32, PermitGround, PermitState), usize)>,
    /// Costs by coarse group of persons, each currency apart.
    pub by_group: Vec<CostRow<Class>>,
    /// Costs by kind of service, each currency apart.
    pub by_service: Vec<CostRow<Class>>,
    /// What was awarded to persons, by kind of service, each currency apart.
    pub awarded: Vec<CostRow<Class>>,
    /// What they received, likewise.
    pub paid: Vec<CostRow<Class>>,
}

/// Counts the cases of one's organisation up to the last half-year that is
/// over. The look is in the log first; sealed records are not there (E11).
///
/// # Errors
/// What access or the store refuse.
pub async fn count(acting: &Acting<'_>) -> Result<Figures, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Statistics);
    acting.allow_for(Action::CountCases, &Resource::of(tenant), purpose).await?;
    let mut context = acting.context(Action::CountCases)?.for_purpose(Purpose::Statistics);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let filter = files::Filter { without_sealed: true, ..files::Filter::default() };
    let cases = files::list(&read, tenant, &filter, files::SortBy::Newest, Paging::all()).await?;
    let cases: BTreeMap<CaseId, Case> =
        cases.items.into_iter().map(|case| (case.record.id, case.record)).collect();
    let until = counted_until(acting.now().date().into());
    let base = usize::try_from(acting.app.policy.publication_threshold()).unwrap_or(5);
    let decisions = identification::of_tenant(&read, tenant).await?;
    let found = decisions.into_iter().map(|one| one.record).filter(|one| {
        one.finding == Finding::Identified
            && one.stage == Stage::InForce
            && Day::from(one.decided_at.date()) < until
            && cases.contains_key(&one.case)
    });
    let identified = cases_by(found.map(|one| ((one.body, one.site), one.case)), base);
    let permits = records(&care::of_kind(&read, tenant, CareKind::Permit).await?);
    let services = records(&care::of_kind(&read, tenant, CareKind::Service).await?);
    let people: Vec<PersonId> = cases.values().map(|case| case.person).collect();
    let people = persons::of_ids(&read, tenant, &people).await?;
    let group = |case: CaseId| {
        let person = cases.get(&case).and_then(|case| people.get(&case.person));
        person.map_or(AgeGroup::Unsure, |person| person.record.age).code().to_owned()
    };
    let services: Vec<&CareRecord> =
        services.iter().filter(|record| cases.contains_key(&record.case)).collect();
    let spent: Vec<_> = services.iter().filter_map(|record| spent(record, until)).collect();
    let told = |pick: Told| {
        let told = services.iter().filter_map(|record| out(record, pick, until));
        costs(
            told.map(|(case, service, money)| {
                ((service, Some(money.currency())), case, money.whole())
            }),
            base,
        )
    };
    Ok(Figures {
        until,
        base,
        identified,
        permits: cases_by(
            permits
                .iter()
                .filter(|record| cases.contains_key(&record.case))
                .filter_map(|record| Some((permit(record, until)?, record.case))),
            base,
        ),
        by_group: costs(
            spent
                .iter()
                .map(|(case, _, cost)| ((group(*case), cost.currency()), *case, cost.whole())),
            base,
        ),
        by_service: costs(
            spent.iter().map(|(case, service, cost)| {
                ((service.clone(), cost.currency()), *case, cost.whole())
            }),
            base,
        ),
        awarded: told(|one| (one.awarded, one.awarded_on)),
        paid: told(|one| (one.paid, one.paid_on)),
    })
}

/// Year, ground and state of a permit that counts.
fn permit(record: &CareRecord, until: Day) -> Option<(i32, PermitGround, PermitState)> {
    let Body::Permit(one) = &record.body else { return None };
    let on = one.decided_on.or(one.valid_from).or(one.applied_on)?;
    (on < until).then(|| (on.date().year(), one.ground, one.state))
}

/// What a service cost that began before the last day counted.
fn spent(record: &CareRecord, until: Day) -> Option<(CaseId, String, Cost)> {
    let Body::Service(one) = &record.body else { return None };
    let began = one.started_on.or(one.asked_on)?;
    let cost = one.cost.filter(|cost| cost.whole() > 0)?;
    (began < until).then(|| (record.case, one.service.clone(), cost))
}

/// An amount of a service that was told, with its day.
type Told = fn(&Service) -> (Option<Money>, Option<Day>);

/// What was awarded or paid before the last day counted.
fn out(record: &CareRecord, pick: Told, until: Day) -> Option<(CaseId, String, Money)> {
    let Body::Service(one) = &record.body else { return None };
    let (money, on) = pick(one);
    let money = money.filter(|money| money.whole() > 0)?;
    (on? < until).then(|| (record.case, one.service.clone(), money))
}
