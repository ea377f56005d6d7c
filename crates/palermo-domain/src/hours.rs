//! Opening hours: when an office or a service answers. Written in a small part
//! of the OpenStreetMap notation, `Mo-Fr 08:00-17:00; Sa 10:00-12:00`, and read
//! in the time zone of the place, with its summer time.

use crate::{moment::Moment, register::day::Day};
use jiff::{Timestamp, civil, tz::TimeZone};
use std::{fmt, str::FromStr};

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const DAY_MINUTES: u16 = 24 * 60;

/// A text that is not opening hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{part}` is not a time in which an office is open; write hours like `Mo-Fr 08:00-17:00; Sa 10:00-12:00`, `Mo-Su 18:00-06:00` or `24/7`"
)]
pub struct NotHours {
    /// The part that cannot be read.
    pub part: String,
}

/// Minutes since midnight of the day it begins; beyond 1,440 it ends the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    from: u16,
    to: u16,
}

/// Opening hours of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    written: String,
    // Monday first.
    week: [Vec<Span>; 7],
    closed_on_holidays: bool,
}

/// How a place stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Open, until then; nothing if it never closes.
    Open {
        /// When it closes.
        until: Option<Moment>,
    },
    /// Closed, until then; nothing if it never opens.
    Closed {
        /// When it opens next.
        opens: Option<Moment>,
    },
    /// Nobody said when it is open.
    Unknown,
}

impl Standing {
    /// Whether someone answers.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// The time zone of this IANA name.
#[must_use]
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

impl FromStr for Hours {
    type Err = NotHours;

    fn from_str(text: &str) -> Result<Self, NotHours> {
        let written = text.trim().to_owned();
        let mut week: [Vec<Span>; 7] = Default::default();
        let mut closed_on_holidays = false;
        if written.is_empty() {
            return Err(NotHours { part: written });
        }
        for part in written.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let wrong = || NotHours { part: part.to_owned() };
            if part == "24/7" {
                week = std::array::from_fn(|_| vec![Span { from: 0, to: DAY_MINUTES }]);
                continue;
            }
            let (days, times) = match part.split_once(' ') {
                Some((days, times)) => (days, times.trim()),
                None => ("Mo-Su", part),
            };
            let mut holidays = false;
            let mut chosen = [false; 7];
            for name in days.split(',') {
                if name == "PH" {
                    holidays = true;
                    continue;
                }
                for day in day_range(name).ok_or_else(wrong)? {
                    chosen[day] = true;
                }
            }
            let spans = match times {
                "off" | "closed" => Vec::new(),
                _ => times
                    .split(',')
                    .map(|one| span(one.trim()))
                    .collect::<Option<Vec<_>>>()
                    .ok_or_else(wrong)?,
            };
            closed_on_holidays |= holidays && spans.is_empty();
            for day in (0..7).filter(|day| chosen[*day]) {
                week[day].clone_from(&spans);
                week[day].sort_unstable();
            }
        }
        Ok(Self { written, week, closed_on_holidays })
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// `Mo` or `Mo-Fr`, over the end of the week too (`Sa-Mo`).
fn day_range(text: &str) -> Option<Vec<usize>> {
    let at = |name: &str| DAYS.iter().position(|day| *day == name);
    match text.split_once('-') {
        None => Some(vec![at(text)?]),
        Some((first, last)) => {
            let (first, last) = (at(first)?, at(last)?);
            let length = (last + 7 - first) % 7;
            Some((0..=length).map(|step| (first + step) % 7).collect())
        }
    }
}

/// `08:00-17:00`; `18:00-06:00` ends the next day.
fn span(text: &str) -> Option<Span> {
    let (from, to) = text.split_once('-')?;
    let (from, mut to) = (minutes(from)?, minutes(to)?);
    if to <= from {
        to += DAY_MINUTES;
    }
    (from < DAY_MINUTES).then_some(Span { from, to })
}

fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60 && hour * 60 + minute <= DAY_MINUTES).then_some(hour * 60 + minute)
}

impl Hours {
    /// Whether it never closes.
    #[must_use]
    pub fn always(&self) -> bool {
        let whole = |spans: &Vec<Span>| spans.as_slice() == [Span { from: 0, to: DAY_MINUTES }];
        self.week.iter().all(whole)
    }

    /// Whether it says that it is closed on public holidays. Which days these
    /// are no calendar of Palermo knows, so pages say it in words.
    #[must_use]
    pub const fn closed_on_holidays(&self) -> bool {
        self.closed_on_holidays
    }

    /// Opening times by day, Monday first, as `08:00-17:00`.
    #[must_use]
    pub fn by_day(&self) -> [Vec<String>; 7] {
        let clock = |at: u16| format!("{:02}:{:02}", (at / 60) % 24, at % 60);
        std::array::from_fn(|day| {
            let spans = self.week.get(day).map_or(&[] as &[Span], Vec::as_slice);
            spans
                .iter()
                .map(|span| {
                    let to = if span.to == DAY_MINUTES { "24:00".into() } else { clock(span.to) };
                    format!("{}-{to}", clock(span.from))
                })
                .collect()
        })
    }

    /// How it stands at a moment, in this time zone.
    #[must_use]
    pub fn standing(&self, at: Moment, zone: &TimeZone) -> Standing {
        if self.always() {
            return Standing::Open { until: None };
        }
        let Ok(now) = Timestamp::from_microsecond(at.micros()) else { return Standing::Unknown };
        let Ok(yesterday) = zone.to_datetime(now).date().yesterday() else {
            return Standing::Unknown;
        };
        let mut until: Option<Timestamp> = None;
        let mut opens: Option<Timestamp> = None;
        // Yesterday's night shift, today, and a week ahead.
        for (date, _) in yesterday.series(jiff::Span::new().days(1)).zip(0..9) {
            let day = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
            for span in self.week.get(day).into_iter().flatten() {
                let (Some(from), Some(to)) =
                    (moment(date, span.from, zone), moment(date, span.to, zone))
                else {
                    continue;
                };
                let (reached, open) = (until.unwrap_or(now), until.is_some());
                if from <= reached && reached < to {
                    until = Some(to);
                } else if !open && from > now && opens.is_none_or(|before| from < before) {
                    opens = Some(from);
                }
            }
        }
        let moment = |at: Timestamp| Moment::from_micros(at.as_microsecond());
        match until {
            Some(until) => Standing::Open { until: Some(moment(until)) },
            None => Standing::Closed { opens: opens.map(moment) },
        }
    }
}

fn moment(date: civil::Date, minutes: u16, zone: &TimeZone) -> Option<Timestamp> {
    let midnight = civil::DateTime::from_parts(date, civil::Time::midnight());
    let at = midnight.checked_add(jiff::Span::new().minutes(i64::from(minutes))).ok()?;
    zone.to_timestamp(at).ok()
}

/// How a place with these hours stands; unknown if either cannot be read.
#[must_use]
pub fn standing(hours: Option<&str>, time_zone: Option<&str>, at: Moment) -> Standing {
    let Some(Ok(hours)) = hours.map(str::parse::<Hours>) else { return Standing::Unknown };
    match zone(time_zone.unwrap_or("UTC")) {
        Some(zone) => hours.standing(at, &zone),
        None => Standing::Unknown,
    }
}

/// The time of day at a moment in a zone, as `14:05`.
#[must_use]
pub fn clock_in(time_zone: &str, at: Moment) -> Option<String> {
    let now = zone(time_zone)?.to_datetime(Timestamp::from_microsecond(at.micros()).ok()?);
    Some(format!("{:02}:{:02}", now.hour(), now.minute()))
}

/// The day of the calendar at a moment in a zone.
#[must_use]
pub fn day_in(time_zone: &str, at: Moment) -> Option<Day> {
    let now = zone(time_zone)?.to_datetime(Timestamp::from_microsecond(at.micros()).ok()?);
    let (month, day) = (u8::try_from(now.month()).ok()?, u8::try_from(now.day()).ok()?);
    Day::new(i32::from(now.year()), month, day).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn stands(hours: &str, zone: &str, when: &str) -> Standing {
        standing(Some(hours), Some(zone), at(when))
    }

    #[test]
    fn an_office_is_open_in_its_own_time_zone_and_summer_time() {
        // 08:30 in Lisbon is 07:30 UTC in July and 08:30 UTC in January.
        let hours = "Mo-Fr 08:30-17:00";
        assert!(stands(hours, "Europe/Lisbon", "2026-07-01T07:45:00Z").is_open());
        assert!(!stands(hours, "Europe/Lisbon", "2026-01-07T07:45:00Z").is_open());
        assert_eq!(
            stands(hours, "Europe/Lisbon", "2026-01-07T07:45:00Z"),
            Standing::Closed { opens: Some(at("2026-01-07T08:30:00Z")) }
        );
    }

    #[test]
    fn a_night_desk_that_began_yesterday_is_still_open() {
        let until = Some(at("2026-03-02T06:00:00Z"));
        assert_eq!(
            stands("Mo-Su 18:00-06:00", "UTC", "2026-03-02T02:00:00Z"),
            Standing::Open { until }
        );
        assert_eq!(
            stands("Mo-Su 18:00-06:00", "UTC", "2026-03-02T12:00:00Z"),
            Standing::Closed { opens: Some(at("2026-03-02T18:00:00Z")) }
        );
    }

    #[test]
    fn after_the_week_it_opens_on_monday_and_a_later_rule_overrides_an_earlier_one() {
        // 2026-03-06 is a Friday.
        let hours = "Mo-Fr 09:00-15:00; Fr 09:00-12:00; PH off";
        assert_eq!(
            stands(hours, "UTC", "2026-03-06T13:00:00Z"),
            Standing::Closed { opens: Some(at("2026-03-09T09:00:00Z")) }
        );
        assert!(hours.parse::<Hours>().unwrap().closed_on_holidays());
    }

    #[test]
    fn what_never_closes_has_no_end_and_two_shifts_that_meet_are_one() {
        assert_eq!(stands("24/7", "UTC", "2026-03-06T13:00:00Z"), Standing::Open { until: None });
        assert_eq!(
            stands("Mo-Su 08:00-12:00,12:00-20:00", "UTC", "2026-03-06T09:00:00Z"),
            Standing::Open { until: Some(at("2026-03-06T20:00:00Z")) }
        );
    }

    #[test]
    fn the_day_is_that_of_the_place() {
        // A Sunday evening in UTC is Monday morning in Apia.
        let opens = at("2026-03-01T19:00:00Z");
        assert_eq!(day_in("Pacific/Apia", opens), "2026-03-02".parse().ok());
        assert_eq!(day_in("UTC", opens), "2026-03-01".parse().ok());
        assert_eq!(day_in("Nowhere/Town", opens), None);
    }

    #[test]
    fn hours_that_cannot_be_read_say_which_part_and_how_to_write_it() {
        let error = "Mo-Fr 08:00-17:00; Sat mornings".parse::<Hours>().unwrap_err().to_string();
        assert!(error.contains("`Sat mornings`") && error.contains("24/7"), "{error}");
        for wrong in ["", "Mo-Fr", "25:00-26:00", "Mo 8:00-9:00", "Xx 08:00-09:00"] {
            assert!(wrong.parse::<Hours>().is_err(), "{wrong}");
        }
    }
}
