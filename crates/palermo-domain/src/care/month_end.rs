//! A shelter's month end: services, nights, waits and refusals exactly, as the
//! work of the house; persons only by finished half-years and coarse groups,
//! rounded down, so that no donor and no two months tell who came (R10).

use super::body::{ProviderKind, Refusal, Service};
use crate::{id::CaseId, money::Currency, register::day::Day};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Month {
    /// Year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
}

/// A text that is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a month; write it as `2026-10`")]
pub struct NotAMonth(pub String);

impl Month {
    /// The month a day lies in.
    #[must_use]
    pub fn of(day: Day) -> Self {
        Self { year: day.date().year(), month: day.date().month().into() }
    }

    /// First day.
    #[must_use]
    pub fn first(self) -> Day {
        Day::new(self.year, self.month, 1).unwrap_or_else(|_| time::Date::MIN.into())
    }

    /// First day of the next month.
    #[must_use]
    pub fn after(self) -> Day {
        self.first().first_of_next_month()
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.after())
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.first().plus_days(-1))
    }

    /// The half-year that was finished when the month began.
    #[must_use]
    pub fn half_year_before(self) -> HalfYear {
        match self.month {
            1..=6 => HalfYear { year: self.year - 1, second: true },
            _ => HalfYear { year: self.year, second: false },
        }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl std::str::FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let day: Result<Day, _> = format!("{text}-01").parse();
        day.map(Self::of).map_err(|_| NotAMonth(text.to_owned()))
    }
}

/// January to June, or July to December.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct HalfYear {
    /// Year.
    pub year: i32,
    /// The second half.
    pub second: bool,
}

impl HalfYear {
    /// First day.
    #[must_use]
    pub fn first(self) -> Day {
        Month { year: self.year, month: if self.second { 7 } else { 1 } }.first()
    }

    /// First day of the next half-year.
    #[must_use]
    pub fn after(self) -> Day {
        self.first().plus_months(6)
    }
}

impl std::fmt::Display for HalfYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-H{}", self.year, if self.second { 2 } else { 1 })
    }
}

/// A service to one person, as far as counting goes.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    /// Whose case; never shown.
    pub case: CaseId,
    /// Coarse group of the person: `child`, `adult` or `unsure`.
    pub group: &'a str,
    /// The service.
    pub service: &'a Service,
}

/// One line: a service by one kind of provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Service code.
    pub service: String,
    /// Kind of provider.
    pub provider: ProviderKind,
    /// Services under way at some time in the month.
    pub given: usize,
    /// Begun in the month.
    pub begun: usize,
    /// Ended in the month.
    pub ended: usize,
    /// Nights in the month.
    pub nights: u64,
    /// Days waited by those begun in the month: how many waits, longest, sum.
    pub waits: Waits,
}

/// Days between asking and beginning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Waits {
    /// How many of those begun had been asked for on a known day.
    pub known: usize,
    /// Sum of days.
    pub days: u64,
    /// Longest, in days.
    pub longest: u64,
}

/// Awards and payments of one kind of service in one currency: how many, never how
/// much, since an amount would tell whose it is (R231).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payments {
    /// Service code.
    pub service: String,
    /// The currency.
    pub currency: Currency,
    /// Awarded in the month.
    pub awarded: usize,
    /// Paid in the month, wholly or in part.
    pub paid: usize,
}

/// Persons of a coarse group in a half-year, rounded down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Persons {
    /// Group.
    pub group: String,
    /// Rounded down to a multiple of the base; left out where it is withheld.
    #[serde(skip_serializing_if = "is_withheld")]
    pub at_least: usize,
    /// Where it is withheld: there are fewer than so many, perhaps nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fewer_than: Option<usize>,
}

const fn is_withheld(at_least: &usize) -> bool {
    *at_least == 0
}

/// A month's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthEnd {
    /// Which month.
    pub month: Month,
    /// Up to which day it is counted, while it is not over.
    pub so_far: Option<Day>,
    /// Lines by service and provider.
    pub lines: Vec<Line>,
    /// Refusals in the month by service and reason.
    pub refusals: Vec<(String, Refusal, usize)>,
    /// Still waiting on the last day: asked for, not begun, not refused.
    pub waiting: Vec<(String, usize)>,
    /// Awards and payments, each currency apart.
    pub payments: Vec<Payments>,
    /// The half-year of the persons: finished before the month began.
    pub half_year: HalfYear,
    /// Persons helped in it.
    pub persons: Vec<Persons>,
    /// Base of the rounding.
    pub base: usize,
}

/// Nights of a stay within `[from, until)`: a night counts for the day on
/// which it begins; without a last day the stay goes on.
#[must_use]
pub fn nights(started: Day, ended: Option<Day>, from: Day, until: Day) -> u64 {
    let start = started.max(from);
    let end = ended.map_or(until, |day| day.min(until));
    u64::try_from((end.date() - start.date()).whole_days()).unwrap_or(0)
}

/// From when until when is counted: what happened before `until`, and the nights begun
/// before `nights_until`.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: Day,
    until: Day,
    nights_until: Day,
}

/// Counts a month that is over. `base` is the threshold of the policy, at least 5 (R10).
#[must_use]
pub fn month_end(given: &[Given<'_>], month: Month, base: usize) -> MonthEnd {
    let (from, until) = (month.first(), month.after());
    counted(given, month, base, Span { from, until, nights_until: until })
}

/// Counts a month as far as it has come today: nothing that is only planned, and no night
/// that has not begun and passed. One that is over is counted whole.
#[must_use]
pub fn month_so_far(given: &[Given<'_>], month: Month, base: usize, today: Day) -> MonthEnd {
    if month.after() <= today {
        return month_end(given, month, base);
    }
    let (from, until) = (month.first(), today.plus_days(1));
    let end = counted(given, month, base, Span { from, until, nights_until: today });
    MonthEnd { so_far: Some(today), ..end }
}

fn counted(given: &[Given<'_>], month: Month, base: usize, span: Span) -> MonthEnd {
    let Span { from, until, .. } = span;
    let mut lines: BTreeMap<(String, ProviderKind), Line> = BTreeMap::new();
    let mut refusals: BTreeMap<(String, Refusal), usize> = BTreeMap::new();
    let mut waiting: BTreeMap<String, usize> = BTreeMap::new();
    for one in given {
        let service = one.service;
        if let Some(reason) = service.refusal {
            let day = service.ended_on.or(service.asked_on);
            if day.is_some_and(|day| from <= day && day < until) {
                *refusals.entry((service.service.clone(), reason)).or_default() += 1;
            }
            continue;
        }
        let Some(started) = service.started_on.filter(|day| *day < until) else {
            let asked = service.asked_on.is_some_and(|day| day < until);
            if asked && service.ended_on.is_none_or(|day| day >= until) {
                *waiting.entry(service.service.clone()).or_default() += 1;
            }
            continue;
        };
        // Someone who left on the first of the month had no night in it.
        if service.ended_on.is_some_and(|day| day < from) {
            continue;
        }
        let key = (service.service.clone(), service.provider);
        let line = lines.entry(key).or_insert_with_key(|(service, provider)| Line {
            service: service.clone(),
            provider: *provider,
            given: 0,
            begun: 0,
            ended: 0,
            nights: 0,
            waits: Waits::default(),
        });
        count(line, service, started, span);
    }
    let half_year = month.half_year_before();
    MonthEnd {
        month,
        so_far: None,
        lines: lines.into_values().collect(),
        refusals: refusals.into_iter().map(|((s, reason), count)| (s, reason, count)).collect(),
        waiting: waiting.into_iter().collect(),
        payments: payments(given, (from, until)),
        half_year,
        persons: persons(given, half_year, base.max(5)),
        base: base.max(5),
    }
}

fn payments(given: &[Given<'_>], (from, until): (Day, Day)) -> Vec<Payments> {
    let mut all: BTreeMap<(String, Currency), (usize, usize)> = BTreeMap::new();
    let within = |day: Option<Day>| day.is_some_and(|day| from <= day && day < until);
    for service in given.iter().map(|one| one.service) {
        let key = |currency| (service.service.clone(), currency);
        if let Some(money) = service.awarded.filter(|_| within(service.awarded_on)) {
            all.entry(key(money.currency())).or_default().0 += 1;
        }
        if let Some(money) = service.paid.filter(|_| within(service.paid_on)) {
            all.entry(key(money.currency())).or_default().1 += 1;
        }
    }
    let told = all.into_iter().map(|((service, currency), (awarded, paid))| Payments {
        service,
        currency,
        awarded,
        paid,
    });
    told.collect()
}

fn count(line: &mut Line, service: &Service, started: Day, span: Span) {
    let Span { from, until, nights_until } = span;
    line.given += 1;
    line.ended += usize::from(service.ended_on.is_some_and(|day| from <= day && day < until));
    if service.overnight {
        line.nights += nights(started, service.ended_on, from, nights_until);
    }
    if started < from {
        return;
    }
    line.begun += 1;
    if let Some(asked) = service.asked_on {
        let days = u64::try_from((started.date() - asked.date()).whole_days()).unwrap_or(0);
        line.waits.known += 1;
        line.waits.days += days;
        line.waits.longest = line.waits.longest.max(days);
    }
}

fn persons(given: &[Given<'_>], half: HalfYear, base: usize) -> Vec<Persons> {
    let mut groups: BTreeMap<&str, BTreeSet<CaseId>> = BTreeMap::new();
    for one in given.iter().filter(|one| one.service.refusal.is_none()) {
        let (Some(started), ended) = (one.service.started_on, one.service.ended_on) else {
            continue;
        };
        if started < half.after() && ended.is_none_or(|day| day >= half.first()) {
            groups.entry(one.group).or_default().insert(one.case);
        }
    }
    let down = |count: usize| count - count % base;
    // Children and adults apart, and nothing finer: sex, nationality and form
    // would make a small house's people recognisable.
    ["child", "adult", "unsure"]
        .into_iter()
        .map(|group| {
            let at_least = down(groups.get(group).map_or(0, BTreeSet::len));
            let fewer_than = (at_least == 0).then_some(base);
            Persons { group: group.to_owned(), at_least, fewer_than }
        })
        .collect()
}
