//! Over which time a cell counts: its own year, or the time of its release.
//!
//! Releases write their time in several ways (`2024`, `2024/2026`, `2024-01/2024-06`),
//! and a cell is the same in two of them only where the time is. So all of them are read
//! as days.

use super::{aggregate::RECORD_COUNT, releases::Release};
use std::collections::BTreeSet;

/// The column that says the year.
pub(super) const YEAR: &str = "year";

/// What stands in its place where a cell counts another time than one year.
const YEARS: &str = "years";

/// A month counts as this many days, so that the last of each stands before the first of
/// the next.
const MONTH: u32 = 31;

/// Days of a year, counted like that.
const TWELVE: u32 = 12 * MONTH;

/// From the first to the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    from: u32,
    to: u32,
}

/// The first and the last day of a year, a month or a day as ISO 8601 writes it.
fn days(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().split('-');
    let year = parts.next()?.parse::<u16>().ok()?;
    let start = u32::from(year) * TWELVE;
    let Some(month) = parts.next() else { return Some((start, start + TWELVE - 1)) };
    let month = month.parse::<u32>().ok().filter(|month| (1..=12).contains(month))?;
    let start = start + (month - 1) * MONTH;
    let Some(day) = parts.next() else { return Some((start, start + MONTH - 1)) };
    let last = length(year, month);
    let day = day.parse::<u32>().ok().filter(|day| (1..=last).contains(day))?;
    let end = if day == last { MONTH } else { day };
    parts.next().is_none().then_some((start + day - 1, start + end - 1))
}

/// Days of a month.
fn length(year: u16, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Span {
    /// A time as a release writes it: one year, month or day, or the first and the last
    /// divided by `/`.
    pub fn of(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        let (from, to) = (days(from)?.0, days(to)?.1);
        (from <= to).then_some(Self { from, to })
    }

    fn read(part: &str) -> Option<Self> {
        let (column, value) = part.split_once(':')?;
        [YEAR, YEARS].contains(&column).then(|| Self::of(value))?
    }

    fn part(self) -> String {
        let (first, last) = (self.from / TWELVE, self.to / TWELVE);
        let whole = self.from.is_multiple_of(TWELVE) && (self.to + 1).is_multiple_of(TWELVE);
        if whole && first == last {
            return format!("{YEAR}:{first}");
        }
        if whole {
            return format!("{YEARS}:{first}/{last}");
        }
        let month = |day: u32| format!("{:04}-{:02}", day / TWELVE, day % TWELVE / MONTH + 1);
        let (first, last) = (month(self.from), month(self.to));
        if self.from.is_multiple_of(MONTH) && (self.to + 1).is_multiple_of(MONTH) {
            return format!("{YEARS}:{first}/{last}");
        }
        let year = u16::try_from(self.to / TWELVE).unwrap_or(u16::MAX);
        let end = length(year, self.to % TWELVE / MONTH + 1).min(self.to % MONTH + 1);
        format!("{YEARS}:{first}-{:02}/{last}-{end:02}", self.from % MONTH + 1)
    }

    pub fn meets(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    pub fn holds(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// The shorter times into which the first and last days of others divide it.
    pub fn pieces(self, others: &BTreeSet<Self>) -> Vec<Self> {
        let ends = others.iter().flat_map(|one| [one.from, one.to + 1]);
        let mut starts: BTreeSet<u32> =
            ends.filter(|day| *day > self.from && *day <= self.to).collect();
        starts.insert(self.from);
        let next = starts.iter().copied().skip(1).map(|day| day - 1).chain([self.to]);
        starts.iter().copied().zip(next).map(|(from, to)| Self { from, to }).collect()
    }
}

/// Over which time the cells of a release count, where they do not say it
/// themselves.
pub(super) struct Years(String);

impl Years {
    /// Nothing for a release that does not say: it is no table of counts.
    pub fn of(release: &Release) -> Option<Self> {
        let period = release.period()?;
        let own: BTreeSet<&str> =
            release.labels().flat_map(parts_of).filter(|part| column_of(part) == YEAR).collect();
        let mut named = own.iter();
        Some(Self(match (named.next(), named.next()) {
            (Some(only), None) => (*only).to_owned(),
            _ => Span::of(period).map_or_else(|| format!("{YEARS}:{period}"), Span::part),
        }))
    }

    /// The name of a cell with its time.
    pub fn of_cell(&self, label: &str) -> String {
        let mut parts = parts_of(label);
        if !parts.iter().any(|part| column_of(part) == YEAR) {
            parts.push(&self.0);
        }
        parts.sort_unstable();
        parts.join(";")
    }

    /// The time of a cell, where it can be read.
    pub fn span(&self, label: &str) -> Option<Span> {
        divided(&self.of_cell(label)).1
    }
}

/// The attributes of a cell without its time, and this.
pub(super) fn divided(cell: &str) -> (String, Option<Span>) {
    let (years, rest): (Vec<&str>, Vec<&str>) =
        parts_of(cell).into_iter().partition(|part| [YEAR, YEARS].contains(&column_of(part)));
    (joined(&rest), years.first().and_then(|part| Span::read(part)))
}

/// The name of a cell over this time.
pub(super) fn named(rest: &str, span: Span) -> String {
    let said = span.part();
    let mut parts = parts_of(rest);
    parts.push(&said);
    parts.sort_unstable();
    parts.join(";")
}

/// The number of records is the cell without any attribute: it holds all others.
pub(super) fn parts_of(label: &str) -> Vec<&str> {
    if label == RECORD_COUNT { Vec::new() } else { label.split(';').collect() }
}

pub(super) fn joined(parts: &[&str]) -> String {
    if parts.is_empty() { RECORD_COUNT.to_owned() } else { parts.join(";") }
}

pub(super) fn column_of(part: &str) -> &str {
    part.split(':').next().unwrap_or(part)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_the_same_however_it_is_written() {
        let part = |text: &str| Span::of(text).map(Span::part);
        for (texts, said) in [
            (vec!["2022", "2022/2022", "2022-01/2022-12", "2022-01-01/2022-12-31"], "year:2022"),
            (vec!["2022/2024", "2022-01/2024"], "years:2022/2024"),
            (vec!["2024-02", "2024-02-01/2024-02-29"], "years:2024-02/2024-02"),
            (vec!["2023-02-03/2023-03-15"], "years:2023-02-03/2023-03-15"),
        ] {
            for text in texts {
                assert_eq!(part(text).as_deref(), Some(said), "{text}");
                let again = said.split_once(':').map(|(_, value)| Span::of(value));
                assert_eq!(again, Some(Span::of(text)), "{text}");
            }
        }
        for wrong in ["", "/", "2024/22", "2023-02-29", "2022-13", "last year"] {
            assert_eq!(Span::of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn two_halves_are_all_there_is_of_a_year() {
        let year = Span::of("2023").unwrap();
        let half = Span::of("2023-01-01/2023-06-30").unwrap();
        let pieces = year.pieces(&BTreeSet::from([year, half]));
        let parts: Vec<String> = pieces.into_iter().map(Span::part).collect();
        assert_eq!(parts, ["years:2023-01/2023-06", "years:2023-07/2023-12"]);
    }
}
