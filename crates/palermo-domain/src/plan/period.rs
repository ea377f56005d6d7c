//! Periods of reporting: a year, a half or a quarter of one.

use crate::register::day::Day;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A period, written `2026`, `2026-H1` or `2026-Q3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    year: u16,
    /// Parts the year is cut into: 1, 2 or 4.
    parts: u8,
    /// Which of them, from 1.
    part: u8,
}

/// A text that is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a period; write a year like 2026, a half like 2026-H1 or a quarter like 2026-Q3"
)]
pub struct NotAPeriod(pub String);

impl Period {
    /// A whole year.
    #[must_use]
    pub const fn year(year: u16) -> Self {
        Self { year, parts: 1, part: 1 }
    }

    /// The year it lies in.
    #[must_use]
    pub const fn of_year(self) -> u16 {
        self.year
    }

    /// How many such periods a year has: 1, 2 or 4.
    #[must_use]
    pub const fn parts(self) -> u8 {
        self.parts
    }

    /// Whether it lies within a longer one, as a quarter in its half and its year.
    #[must_use]
    pub fn is_part_of(self, whole: Self) -> bool {
        self.parts > whole.parts
            && self.first_day() >= whole.first_day()
            && self.last_day() <= whole.last_day()
    }

    /// Whether what counts since a period counts for this one: it begins no earlier.
    /// Of a change since 2026 every quarter of 2026 reads the new words, though the year
    /// ends after it.
    #[must_use]
    pub fn counts_from(self, since: Self) -> bool {
        self.first_day() >= since.first_day()
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Day {
        let month = 12 / self.parts * self.part;
        let first = Day::new(i32::from(self.year), month, 1);
        // Years are those that can be written with four digits, so the day exists.
        first.map_or_else(
            |_| Day::from(time::Date::MIN),
            |day| day.first_of_next_month().plus_days(-1),
        )
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Day {
        let month = 12 / self.parts * (self.part - 1) + 1;
        Day::new(i32::from(self.year), month, 1).unwrap_or_else(|_| Day::from(time::Date::MIN))
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let wrong = || NotAPeriod(text.to_owned());
        let (year, rest) = text.split_once('-').map_or((text, None), |(y, rest)| (y, Some(rest)));
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let year: u16 = year.parse().map_err(|_| wrong())?;
        let (parts, part) = match rest {
            None => (1, 1),
            Some("H1") => (2, 1),
            Some("H2") => (2, 2),
            Some("Q1") => (4, 1),
            Some("Q2") => (4, 2),
            Some("Q3") => (4, 3),
            Some("Q4") => (4, 4),
            Some(_) => return Err(wrong()),
        };
        if year == 0 {
            return Err(wrong());
        }
        Ok(Self { year, parts, part })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts {
            2 => write!(f, "{:04}-H{}", self.year, self.part),
            4 => write!(f, "{:04}-Q{}", self.year, self.part),
            _ => write!(f, "{:04}", self.year),
        }
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.last_day(), self.parts, self.part).cmp(&(other.last_day(), other.parts, other.part))
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn periods_are_read_written_and_ordered_by_their_last_day() {
        for text in ["2026", "2026-H1", "2026-Q3"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        let ends = |text: &str| text.parse::<Period>().unwrap().last_day().to_string();
        assert_eq!(
            (ends("2024-Q1"), ends("2024-H2"), ends("2023")),
            ("2024-03-31".into(), "2024-12-31".into(), "2023-12-31".into())
        );
        for wrong in ["26", "2026-H3", "2026-q1", "0000", "2026-", "abcd"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
        assert!("2025".parse::<Period>().unwrap() < "2026-Q1".parse::<Period>().unwrap());
    }
}
