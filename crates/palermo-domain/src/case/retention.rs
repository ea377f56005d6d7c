//! How long a case is kept (E24). The clock runs from the last service; an
//! open matter stops it. Periods are defaults that a State's law may replace.

use super::{Case, Phase, person::Person};
use crate::moment::Moment;
use serde::Deserialize;
use std::{collections::BTreeSet, time::Duration};

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

/// The periods of States, as content says them: what holds everywhere, and the
/// States whose law says something else.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodsByState {
    adult_years: u64,
    child_until_age: u64,
    child_unknown_years: u64,
    #[serde(default)]
    state: Vec<StatePeriods>,
}

/// The periods of one State's law.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatePeriods {
    code: String,
    adult_years: u64,
    child_until_age: u64,
    child_unknown_years: u64,
    source: String,
}

/// Why periods cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPeriods {
    /// Not written as periods are.
    #[error("{0}")]
    Ill(String),
    /// A period that cannot be.
    #[error(
        "periods of `{0}`: at least 1 year for adults, at most 100, and at least age 18 for children"
    )]
    Impossible(String),
    /// A State's law is named.
    #[error("periods of `{0}` name no source")]
    NoSource(String),
    /// A State stands once.
    #[error("`{0}` stands twice")]
    Twice(String),
}

impl PeriodsByState {
    /// Reads `care/keeping.toml`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NoPeriods> {
        let read: Self = toml::from_str(text).map_err(|error| NoPeriods::Ill(error.to_string()))?;
        let possible = |periods: Periods| {
            (1..=100).contains(&periods.adult_years)
                && (18..=100).contains(&periods.child_until_age)
                && (1..=100).contains(&periods.child_unknown_years)
        };
        if !possible(read.of(None)) {
            return Err(NoPeriods::Impossible("*".to_owned()));
        }
        let mut seen = BTreeSet::new();
        for one in &read.state {
            if !possible(one.periods()) {
                return Err(NoPeriods::Impossible(one.code.clone()));
            }
            if one.source.trim().is_empty() {
                return Err(NoPeriods::NoSource(one.code.clone()));
            }
            if !seen.insert(one.code.as_str()) {
                return Err(NoPeriods::Twice(one.code.clone()));
            }
        }
        Ok(read)
    }

    /// The periods that hold in a State.
    #[must_use]
    pub fn of(&self, state: Option<&str>) -> Periods {
        let named = self.state.iter().find(|one| Some(one.code.as_str()) == state);
        named.map_or(
            Periods {
                adult_years: self.adult_years,
                child_until_age: self.child_until_age,
                child_unknown_years: self.child_unknown_years,
            },
            StatePeriods::periods,
        )
    }
}

impl StatePeriods {
    const fn periods(&self) -> Periods {
        Periods {
            adult_years: self.adult_years,
            child_until_age: self.child_until_age,
            child_unknown_years: self.child_unknown_years,
        }
    }
}

impl Periods {
    /// How old a closed case is at least before anything is due: a year less than
    /// the shortest period, which leaves room for the offer before the end.
    #[must_use]
    pub const fn never_before(self) -> Duration {
        let years = if self.adult_years < self.child_unknown_years {
            self.adult_years
        } else {
            self.child_unknown_years
        };
        Duration::from_secs(years.saturating_sub(1) * 365 * 86_400)
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
    /// More time was given, with a reason.
    More,
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
            Self::More => "more",
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

impl Clock {
    /// The same with more time, where that is longer.
    #[must_use]
    pub fn with_more(self, more: Option<Moment>) -> Self {
        match (self.until, more) {
            (Some(until), Some(more)) if more > until => {
                Self { rule: Rule::More, until: Some(more), ..self }
            }
            _ => self,
        }
    }

    /// The same, never before a moment; one that stands goes on standing.
    #[must_use]
    pub fn not_before(self, least: Option<Moment>) -> Self {
        Self {
            until: self.until.map(|until| least.map_or(until, |least| until.max(least))),
            ..self
        }
    }
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
    fn e24_a_states_law_says_how_long_and_names_its_source() {
        let text = "adult_years = 5\nchild_until_age = 25\nchild_unknown_years = 12\n";
        let law = "[[state]]\ncode = \"XXA\"\nadult_years = 10\nchild_until_age = 30\n\
                   child_unknown_years = 15\nsource = \"Archives Act, art. 4\"\n";
        let read = PeriodsByState::parse(&format!("{text}{law}")).unwrap();
        assert_eq!(read.of(Some("XXB")), Periods::default());
        assert_eq!(read.of(Some("XXA")).adult_years, 10);
        let silent = law.replace("Archives Act, art. 4", " ");
        let refused = PeriodsByState::parse(&format!("{text}{silent}"));
        assert_eq!(refused, Err(NoPeriods::NoSource("XXA".into())));
        let never = law.replace("adult_years = 10", "adult_years = 0");
        assert!(PeriodsByState::parse(&format!("{text}{never}")).is_err());
        let shipped = include_str!("../../../../content/care/keeping.toml");
        assert_eq!(PeriodsByState::parse(shipped).unwrap().of(None), Periods::default());
    }

    #[test]
    fn e24_more_time_is_longer_or_it_is_nothing() {
        let adult = person(AgeGroup::Adult, None);
        let usual = clock(&case(Some("2026-02-01"), None), &adult, false, Periods::default());
        let more = usual.with_more(Some(at("2033-01-01")));
        assert_eq!((more.rule, more.until), (Rule::More, Some(at("2033-01-01"))));
        assert_eq!(usual.with_more(Some(at("2027-01-01"))), usual);
        let open = clock(&case(None, None), &adult, false, Periods::default());
        assert_eq!(open.with_more(Some(at("2033-01-01"))), open, "a clock that stands");
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
