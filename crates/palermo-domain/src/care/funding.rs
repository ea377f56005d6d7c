//! Who pays a service until when (R241): ninety days before the money ends the
//! coordinator sees how many persons it concerns and what would happen then; on
//! a person's own page every end is told.

use super::{Body, CareRecord};
use crate::register::day::Day;
use std::collections::{BTreeMap, BTreeSet};

/// Days before the end at which it is shown.
pub const WARN_DAYS: i64 = 90;

/// Money that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingEnd {
    /// Which service.
    pub service: String,
    /// Who pays.
    pub funder: String,
    /// Last day paid for.
    pub until: Day,
    /// Days from today; negative if it has ended already.
    pub days_left: i64,
    /// How many persons it concerns.
    pub persons: usize,
    /// What would happen then: codes, each once.
    pub then: Vec<String>,
}

impl FundingEnd {
    /// Whether it ends within [`WARN_DAYS`], or has ended.
    #[must_use]
    pub const fn is_near(&self) -> bool {
        self.days_left <= WARN_DAYS
    }
}

/// Money that ends within [`WARN_DAYS`], or has ended while the service goes on.
#[must_use]
pub fn ending(records: &[CareRecord], today: Day) -> Vec<FundingEnd> {
    all(records, today).into_iter().filter(FundingEnd::is_near).collect()
}

/// The money of every service that goes on and is paid until a day, the first
/// end first.
#[must_use]
pub fn all(records: &[CareRecord], today: Day) -> Vec<FundingEnd> {
    let mut groups: BTreeMap<(Day, String, String), (BTreeSet<_>, BTreeSet<String>)> =
        BTreeMap::new();
    for record in records {
        let Body::Service(service) = &record.body else { continue };
        let over = service.ended_on.is_some_and(|day| day <= today) || service.refusal.is_some();
        let (Some(until), false) = (service.funded_until, over) else { continue };
        let funder = service.funder.clone().unwrap_or_default();
        let (cases, then) = groups.entry((until, service.service.clone(), funder)).or_default();
        cases.insert(record.case);
        then.extend(service.then.clone());
    }
    groups
        .into_iter()
        .map(|((until, service, funder), (cases, then))| FundingEnd {
            service,
            funder,
            until,
            days_left: (until.date() - today.date()).whole_days(),
            persons: cases.len(),
            then: then.into_iter().collect(),
        })
        .collect()
}
