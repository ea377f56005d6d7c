//! How long a case is kept (E24). The clock runs from the last service; an
//! open matter stops it. Periods are defaults that a State's law may replace.

use super::{Case, Phase, person::Person};
use crate::moment::Moment;
use std::time::Duration;

const YEAR: u64 = 365 * 86_400 + 86_400 / 4;

/// Periods in years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periods {
    /// A closed case of an adult, after the last service.
    pub adult_years: u64,
    /// A case of a child: until they are so old.
    pub child_until_age: u64,
    /// A case of a child whose year of birth is not known, after closing.
    pub child_unknown_years: u64,
}

impl Default for Periods {
    fn default() -> Self {
        Self { adult_years: 5, child_until_age: 25, child_unknown_years: 12 }
    }
}

/// Until when a case is kept; open ended while it is open or a claim, award or
/// permit is pending.
#[must_use]
pub fn keep_until(
    case: &Case,
    person: &Person,
    open_matter: bool,
    periods: Periods,
) -> Option<Moment> {
    if case.phase == Phase::Open || open_matter {
        return None;
    }
    let closed = case.closed_at?;
    let last = case.last_service_at.map_or(closed, |service| service.max(closed));
    let years = |count: u64| last.after(Duration::from_secs(count * YEAR));
    if !person.age.has_the_rights_of_a_child() {
        return Some(years(periods.adult_years));
    }
    let by_age = person.birth_year.and_then(|born| {
        let year = i32::from(born) + i32::try_from(periods.child_until_age).ok()? + 1;
        let day = time::Date::from_calendar_date(year, time::Month::January, 1).ok()?;
        Some(Moment::from(day.midnight().assume_utc()))
    });
    // Never shorter than an adult's.
    Some(
        by_age
            .unwrap_or_else(|| years(periods.child_unknown_years))
            .max(years(periods.adult_years)),
    )
}
