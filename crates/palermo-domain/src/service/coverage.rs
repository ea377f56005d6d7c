//! Who is left out: what providers say about each group, side by side (R079),
//! with protected services counted only where they are too many to be found (R9).

use super::{
    Need, Service,
    eligibility::{Admission, Group},
};
use crate::{id::ServiceId, register::state::StateCode};
use serde::Serialize;
use std::collections::BTreeMap;

/// A count of protected services below this is told only as "fewer than" (R9).
pub const PROTECTED_THRESHOLD: usize = 5;

/// What providers of one need in one State say about one group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Say they admit the group.
    pub admit: usize,
    /// Say they do not.
    pub exclude: usize,
    /// Say nothing.
    pub silent: usize,
}

/// What one provider says, for the table of providers by groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRow {
    /// Names of service and organisation.
    pub name: String,
    /// What it is for.
    pub need: Need,
    /// The service.
    pub id: ServiceId,
    /// The answer for each group of [`Group::ALL`].
    pub says: Vec<Option<Admission>>,
}

/// Service and organisation; the service alone where its name says whose it is.
fn named(service: &Service) -> String {
    let (name, organisation) = (&service.name, &service.organisation.name);
    if name.contains(organisation.as_str()) {
        return name.clone();
    }
    format!("{name}, {organisation}")
}

/// The table of providers by groups.
#[must_use]
pub fn providers(services: &[(ServiceId, Service)]) -> Vec<ProviderRow> {
    let row = |(id, service): &(ServiceId, Service)| ProviderRow {
        name: named(service),
        need: service.need,
        id: *id,
        says: Group::ALL.iter().map(|group| service.eligibility.says(*group)).collect(),
    };
    services.iter().map(row).collect()
}

/// Answers by need and group, of one State.
#[must_use]
pub fn by_need<'s>(
    services: impl IntoIterator<Item = &'s Service>,
    state: StateCode,
) -> BTreeMap<(Need, Group), Counted> {
    let mut table: BTreeMap<(Need, Group), Counted> = BTreeMap::new();
    for service in services.into_iter().filter(|one| one.state == Some(state)) {
        for group in Group::ALL {
            let cell = table.entry((service.need, *group)).or_default();
            match service.eligibility.says(*group) {
                Some(Admission::Admitted) => cell.admit += 1,
                Some(Admission::Excluded) => cell.exclude += 1,
                None => cell.silent += 1,
            }
        }
    }
    table
}

/// How many protected services a State has, if that may be told: never a small
/// number, and never by area.
#[must_use]
pub const fn protected_shown(count: usize) -> Option<usize> {
    if count >= PROTECTED_THRESHOLD { Some(count) } else { None }
}
