//! A calendar day, written `2009-04-16` wherever it is stored or sent.

use crate::moment::Moment;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr, time::Duration};
use time::{Date, Month};

/// A calendar day in the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// A text that is not a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a day of the calendar; write it as `2009-04-16`")]
pub struct NotADay(pub String);

impl Day {
    /// The day of a year, a month from 1 to 12 and a day of the month.
    ///
    /// # Errors
    /// When the calendar has no such day, such as 31 February.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, NotADay> {
        Month::try_from(month)
            .and_then(|m| Date::from_calendar_date(year, m, day))
            .map(Self)
            .map_err(|_| NotADay(format!("{year:04}-{month:02}-{day:02}")))
    }

    /// The same day as the calendar type of the `time` crate.
    #[must_use]
    pub const fn date(self) -> Date {
        self.0
    }

    /// This many days later; the last day the calendar type holds if beyond.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(time::Duration::days(days)))
    }

    /// This many months later, on the last day of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: u16) -> Self {
        let zero_based = u16::from(u8::from(self.0.month())) - 1 + months;
        let year = self.0.year() + i32::from(zero_based / 12);
        let month = u8::try_from(zero_based % 12 + 1).unwrap_or(12);
        (0..=3)
            .find_map(|less| Self::new(year, month, self.0.day().saturating_sub(less)).ok())
            .unwrap_or(self)
    }

    /// Its first moment, in UTC.
    #[must_use]
    pub fn starts(self) -> Moment {
        self.0.midnight().assume_utc().into()
    }

    /// Its last second, in UTC: when work that is due on it is due.
    #[must_use]
    pub fn ends(self) -> Moment {
        self.starts().after(Duration::from_secs(86_399))
    }

    /// The first day of its year.
    #[must_use]
    pub fn year_starts(self) -> Self {
        Self::new(self.0.year(), 1, 1).unwrap_or(self)
    }

    /// The first day of the month that follows.
    #[must_use]
    pub fn first_of_next_month(self) -> Self {
        let next = self.plus_months(1);
        Self::new(next.0.year(), next.0.month().into(), 1).unwrap_or(next)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let wrong = || NotADay(text.to_owned());
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            parts
                .next()
                .filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()))
                .ok_or_else(wrong)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(wrong());
        }
        match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => Self::new(year, month, day).map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_reads_back_from_its_text() {
        assert_eq!(day("2009-04-16").to_string(), "2009-04-16");
    }

    #[test]
    fn a_day_the_calendar_lacks_is_named_as_it_was_written() {
        for wrong in ["2009-02-29", "2009-4-16", "16 Apr 2009", "", "2009-04-16-01", "+209-01-01"] {
            let error = wrong.parse::<Day>().unwrap_err().to_string();
            assert!(error.contains(&format!("`{wrong}`")), "{error}");
        }
    }

    #[test]
    fn a_day_starts_at_midnight_and_ends_a_second_before_the_next() {
        let one = day("2024-02-29");
        assert_eq!(one.starts().to_string(), "2024-02-29T00:00:00Z");
        assert_eq!(one.ends().to_string(), "2024-02-29T23:59:59Z");
    }

    #[test]
    fn three_months_after_the_end_of_november_is_the_end_of_february() {
        assert_eq!(day("2007-11-30").plus_months(3), day("2008-02-29"));
        assert_eq!(day("2007-10-24").plus_months(3).first_of_next_month(), day("2008-02-01"));
        assert_eq!(day("2008-12-15").plus_months(1), day("2009-01-15"));
    }
}
