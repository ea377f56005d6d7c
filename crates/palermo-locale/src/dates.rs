//! Dates as a reader writes them, in the Gregorian calendar. Store ISO dates; write these.

use crate::{Language, cache::cached};
use icu_calendar::Gregorian;
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{YM, YMD},
    input::Date,
};
use time::OffsetDateTime;

/// A day with the month in words: "21 November 2026", "٢١ نوفمبر ٢٠٢٦".
#[must_use]
pub fn date(language: Language, own_digits: bool, date: time::Date) -> String {
    let shown = cached(language, own_digits, |locale| {
        FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), YMD::long()).ok()
    });
    match (shown, gregorian(date)) {
        (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
        _ => date.to_string(),
    }
}

/// A month in words with its year: "November 2026".
#[must_use]
pub fn month(language: Language, own_digits: bool, date: time::Date) -> String {
    let shown = cached(language, own_digits, |locale| {
        FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), YM::long()).ok()
    });
    match (shown, gregorian(date)) {
        (Some(formatter), Some(day)) => formatter.format(&day).to_string(),
        _ => date.to_string(),
    }
}

/// A year, without groups.
#[must_use]
pub fn year(language: Language, own_digits: bool, year: i32) -> String {
    digits(language, own_digits, &year.to_string())
}

/// A moment with day, hours and minutes in its own offset: "21 November 2026, 14:05".
#[must_use]
pub fn moment(language: Language, own_digits: bool, at: OffsetDateTime) -> String {
    let clock = digits(language, own_digits, &format!("{:02}:{:02}", at.hour(), at.minute()));
    let comma = if language == Language::Ar { "،" } else { "," };
    format!("{}{comma} {clock}", date(language, own_digits, at.date()))
}

/// The same text with its digits in the language's own, for reference numbers and clocks.
#[must_use]
pub fn digits(language: Language, own_digits: bool, text: &str) -> String {
    if !own_digits || language != Language::Ar {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c.to_digit(10) {
            Some(value) if c.is_ascii_digit() => char::from_u32('٠' as u32 + value).unwrap_or(c),
            _ => c,
        })
        .collect()
}

fn gregorian(date: time::Date) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(date.year(), u8::from(date.month()), date.day()).ok()
}
