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
        body::{PermitGround, PermitState},
        figures::{CostRow, cases_by, costs, counted_until},
    },
    case::{Case, person::AgeGroup},
    id::{CaseId, PersonId},
    identification::{Finding, Stage},
    purpose::Purpose,
    register::day::Day,
};
use palermo_store::{
    Paging, care,
    case::{file as files, person as persons},
    identification,
};
use std::collections::BTreeMap;

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
    /// Costs by coarse group of persons.
    pub by_group: Vec<CostRow<String>>,
    /// Costs by kind of service.
    pub by_service: Vec<CostRow<String>>,
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
    let spent: Vec<(CaseId, String, u32)> = services
        .iter()
        .filter(|record| cases.contains_key(&record.case))
        .filter_map(|record| spent(record, until))
        .collect();
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
        by_group: costs(spent.iter().map(|(case, _, cost)| (group(*case), *case, *cost)), base),
        by_service: costs(
            spent.iter().map(|(case, service, cost)| (service.clone(), *case, *cost)),
            base,
        ),
    })
}

/// Year, ground and state of a permit that counts.
fn permit(record: &CareRecord, until: Day) -> Option<(i32, PermitGround, PermitState)> {
    let Body::Permit(one) = &record.body else { return None };
    let on = one.decided_on.or(one.valid_from).or(one.applied_on)?;
    (on < until).then(|| (on.date().year(), one.ground, one.state))
}

/// What a service cost that began before the last day counted.
fn spent(record: &CareRecord, until: Day) -> Option<(CaseId, String, u32)> {
    let Body::Service(one) = &record.body else { return None };
    let began = one.started_on.or(one.asked_on)?;
    let cost = one.cost.filter(|cost| *cost > 0)?;
    (began < until).then(|| (record.case, one.service.clone(), cost))
}
