//! A shelter's month end and the money that ends: the house's own figures,
//! exact where they are its work, coarse where they are persons.

use super::{proposed, records};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    care::{
        Body, CareKind, CareRecord, funding,
        month_end::{Given, Month, MonthEnd, month_so_far},
    },
    case::{Case, person::AgeGroup},
    id::{CaseId, PersonId},
    purpose::Purpose,
    register::day::Day,
};
use palermo_store::{
    Paging, care,
    case::{file as files, person as persons},
};
use std::collections::{BTreeMap, BTreeSet};

/// A month's end with what a page needs around it.
#[derive(Debug, Clone)]
pub struct MonthPage {
    /// The figures.
    pub end: MonthEnd,
    /// The month it is now: none after it is offered.
    pub present: Month,
    /// Those who pay, for one report each.
    pub funders: Vec<String>,
    /// For which of them, if not for all.
    pub funder: Option<String>,
    /// Money that ends within ninety days.
    pub ending: Vec<funding::FundingEnd>,
    /// Shortest recovery and reflection period here, in days.
    pub least_days: u32,
}

/// Counts a month of one's house: `2026-10`, or the last one that is over. The present
/// one is counted as far as it has come, and says so. With a funder, only what that
/// funder pays. The look is in the log first.
///
/// # Errors
/// What access refuses; [`Refused::Invalid`] for a month that is none or has not begun.
pub async fn end(acting: &Acting<'_>, month: &str, funder: &str) -> Result<MonthPage, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Statistics);
    acting.allow_for(Action::MonthEnd, &Resource::of(tenant), purpose).await?;
    let today: Day = acting.now().date().into();
    let month = match month.trim() {
        "" => Month::of(today).before(),
        typed => typed.parse().map_err(|_| {
            Refused::field("month", Message::new("care-error-month").with("month", typed))
        })?,
    };
    if month > Month::of(today) {
        let message = Message::new("care-error-month-ahead").with("month", month);
        return Err(Refused::field("month", message));
    }
    let mut context = acting.context(Action::MonthEnd)?.for_purpose(Purpose::Statistics);
    context.idempotency = None;
    context = context.about_named("month", &month.to_string());
    let read = acting.app.store.read_personal(context).await?;
    let all = records(&care::of_kind(&read, tenant, CareKind::Service).await?);
    // Sealed records are not there, not even counted (E11).
    let filter = files::Filter { without_sealed: true, ..files::Filter::default() };
    let cases = files::list(&read, tenant, &filter, files::SortBy::Newest, Paging::all()).await?;
    let cases: BTreeMap<CaseId, Case> =
        cases.items.into_iter().map(|case| (case.record.id, case.record)).collect();
    let people: Vec<PersonId> = cases.values().map(|case| case.person).collect();
    let people = persons::of_ids(&read, tenant, &people).await?;
    let open: Vec<&CareRecord> = all.iter().filter(|one| cases.contains_key(&one.case)).collect();
    let mut funders = BTreeSet::new();
    let mut given = Vec::new();
    for record in &open {
        let Body::Service(service) = &record.body else { continue };
        funders.extend(service.funder.clone());
        if !funder.is_empty() && service.funder.as_deref() != Some(funder) {
            continue;
        }
        let person = cases.get(&record.case).and_then(|case| people.get(&case.person));
        let group = person.map_or(AgeGroup::Unsure, |person| person.record.age).code();
        given.push(Given { case: record.case, group, service });
    }
    let base = usize::try_from(acting.app.policy.publication_threshold()).unwrap_or(5);
    let plain: Vec<CareRecord> = open.into_iter().cloned().collect();
    Ok(MonthPage {
        end: month_so_far(&given, month, base, today),
        present: Month::of(today),
        funders: funders.into_iter().collect(),
        funder: (!funder.is_empty()).then(|| funder.to_owned()),
        ending: funding::ending(&plain, today),
        least_days: proposed(acting).await?.days,
    })
}
