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

/// Which rule says until when a case is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The case of an adult.
    Adult,
    /// The case of a child whose year of birth is not known.
    ChildUnknown,
    /// The case of a child, by age.
    ChildByAge,
    /// Something that needs the record still runs: the clock stands.
    Pending,
    /// The case is open: the clock stands.
    Open,
}

impl Rule {
    /// The code that names its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::ChildUnknown => "child-unknown",
            Self::ChildByAge => "child-by-age",
            Self::Pending => "pending",
            Self::Open => "open",
        }
    }
}

/// The clock of a case: from when it counts, by which rule, until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// By which rule.
    pub rule: Rule,
    /// The last service or the closing, whichever was later; empty while it stands.
    pub from: Option<Moment>,
    /// When its time is up; empty while it stands.
    pub until: Option<Moment>,
}

impl Clock {
    const fn stands(rule: Rule) -> Self {
        Self { rule, from: None, until: None }
    }
}

/// The clock of a case; it stands while the case is open or a claim, award or
/// permit is pending.
#[must_use]
pub fn clock(case: &Case, person: &Person, open_matter: bool, periods: Periods) -> Clock {
    if case.phase == Phase::Open {
        return Clock::stands(Rule::Open);
    }
    let Some(closed) = case.closed_at.filter(|_| !open_matter) else {
        return Clock::stands(Rule::Pending);
    };
    let last = case.last_service_at.map_or(closed, |service| service.max(closed));
    let years = |count: u64| last.after(Duration::from_secs(count * YEAR));
    let runs = |rule, until| Clock { rule, from: Some(last), until: Some(until) };
    if !person.age.has_the_rights_of_a_child() {
        return runs(Rule::Adult, years(periods.adult_years));
    }
    let by_age = person.birth_year.and_then(|born| {
        let year = i32::from(born) + i32::try_from(periods.child_until_age).ok()? + 1;
        let day = time::Date::from_calendar_date(year, time::Month::January, 1).ok()?;
        Some(Moment::from(day.midnight().assume_utc()))
    });
    // Never shorter than an adult's.
    let (rule, until) = match by_age {
        Some(until) => (Rule::ChildByAge, until),
        None => (Rule::ChildUnknown, years(periods.child_unknown_years)),
    };
    runs(rule, until.max(years(periods.adult_years)))
}

/// Until when a case is kept; open ended while its clock stands.
#[must_use]
pub fn keep_until(
    case: &Case,
    person: &Person,
    open_matter: bool,
    periods: Periods,
) -> Option<Moment> {
    clock(case, person, open_matter, periods).until
}

/// The clock of a person with several cases: one that stands holds them all,
/// otherwise the longest counts.
#[must_use]
pub fn longest(clocks: impl IntoIterator<Item = Clock>) -> Option<Clock> {
    clocks.into_iter().max_by_key(|one| (one.until.is_none(), one.until))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        case::{made_up, person::AgeGroup},
        id::{Id, PersonId, TenantId},
    };
    use uuid::Uuid;

    fn at(day: &str) -> Moment {
        format!("{day}T10:00:00Z").parse().unwrap()
    }

    fn case(closed: Option<&str>, service: Option<&str>) -> Case {
        Case { last_service_at: service.map(at), ..made_up(closed) }
    }

    fn person(age: AgeGroup, birth_year: Option<u16>) -> Person {
        Person {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: PersonId::from_uuid(Uuid::nil()),
            age,
            birth_year,
            sex: None,
            language: "en".into(),
            communication: Vec::new(),
            may_be_looked_for: None,
            recorded_at: at("2026-01-01"),
        }
    }

    #[test]
    fn e24_the_clock_says_from_when_by_which_rule_and_until_when() {
        let periods = Periods::default();
        let told = |case: &Case, person: &Person, pending| {
            let clock = clock(case, person, pending, periods);
            let day = |at: Option<Moment>| at.map(|at| at.date().to_string()).unwrap_or_default();
            (clock.rule, day(clock.from), day(clock.until))
        };
        let (adult, nobody) = (person(AgeGroup::Adult, None), String::new());
        let (open, closed) = (case(None, None), case(Some("2026-02-01"), Some("2026-03-01")));
        assert_eq!(told(&open, &adult, false), (Rule::Open, nobody.clone(), nobody.clone()));
        assert_eq!(told(&closed, &adult, true), (Rule::Pending, nobody.clone(), nobody));
        let (rule, from, until) = told(&closed, &adult, false);
        assert_eq!((rule, &*from, until.get(..4)), (Rule::Adult, "2026-03-01", Some("2031")));
        let (rule, _, until) = told(&closed, &person(AgeGroup::Child, Some(2015)), false);
        assert_eq!((rule, &*until), (Rule::ChildByAge, "2041-01-01"));
        let (rule, _, until) = told(&closed, &person(AgeGroup::Child, None), false);
        assert_eq!((rule, until.get(..4)), (Rule::ChildUnknown, Some("2038")));
    }

    #[test]
    fn one_clock_that_stands_holds_all_cases_of_a_person() {
        let (adult, periods) = (person(AgeGroup::Adult, None), Periods::default());
        let of = |case: &Case| clock(case, &adult, false, periods);
        let early = of(&case(Some("2026-02-01"), None));
        let late = of(&case(Some("2027-02-01"), None));
        assert_eq!(longest([early, late]), Some(late));
        let open = of(&case(None, None));
        assert_eq!(longest([open, late]), Some(open));
    }
}
