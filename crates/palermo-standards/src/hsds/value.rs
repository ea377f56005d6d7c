//! One value in the type of its column: what each type takes, and what is told
//! of a value that does not fit.

use super::schema::{Column, Kind};
use serde_json::Value as Json;
use uuid::Uuid;

/// What is wrong with a value, and what would be right.
type Wrong = (String, String);

/// A value in the type of its column. Numbers written as text become numbers.
pub(super) fn check(column: &Column, value: &Json) -> Result<Json, Wrong> {
    let text = match value {
        Json::String(text) => text.as_str(),
        Json::Number(_) if column.kind == Kind::Number => return Ok(value.clone()),
        Json::Number(_) | Json::Bool(_) => return check(column, &Json::String(value.to_string())),
        Json::Null => return Ok(Json::Null),
        Json::Array(_) | Json::Object(_) => {
            return Err(("it holds a list or a record".into(), "write one value".into()));
        }
    };
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(Json::Null);
    }
    let wrong = |problem: &str, remedy: &str| Err((problem.to_owned(), remedy.to_owned()));
    let keep = Ok(Json::String(text.to_owned()));
    match column.kind {
        Kind::Text => keep,
        Kind::Number => number(trimmed)
            .ok_or_else(|| ("it is not a number".into(), "write it as `12` or `12.5`".into())),
        Kind::Uuid if trimmed.parse::<Uuid>().is_err() => {
            wrong("it is not a UUID", "write it like `ac148810-d857-441c-9679-408f346de14b`")
        }
        Kind::Email if !looks_like_mail(trimmed) => {
            wrong("it is not an address for mail", "write it like `desk@focal.example`")
        }
        Kind::Uri if !looks_like_uri(trimmed) => {
            wrong("it is not an address in the web", "write it like `https://focal.example`")
        }
        Kind::Day if trimmed.parse::<palermo_domain::register::day::Day>().is_err() => {
            wrong("it is not a day of the calendar", "write it as `2026-03-01`")
        }
        Kind::Time if !looks_like_time(trimmed) => {
            wrong("it is not a time of day", "write it as `08:00:00`")
        }
        Kind::Moment if !looks_like_moment(trimmed) => {
            wrong("it is not a moment", "write it as `2026-03-01T08:00:00Z`")
        }
        Kind::OneOf(words) if !words.contains(&trimmed) => {
            let listed = words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ");
            Err(("it is not a word of the standard".into(), format!("write one of {listed}")))
        }
        Kind::OneOf(_) | Kind::Uuid => Ok(Json::String(trimmed.to_owned())),
        _ => keep,
    }
}

fn number(text: &str) -> Option<Json> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Json::from(whole));
    }
    let float: f64 = text.parse().ok()?;
    serde_json::Number::from_f64(float).map(Json::Number)
}

fn looks_like_mail(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
    })
}

fn looks_like_uri(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    !scheme.is_empty()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !text.contains(char::is_whitespace)
}

fn looks_like_time(text: &str) -> bool {
    let clock = text.trim_end_matches('Z');
    let clock = clock.split_once(['+', '-']).map_or(clock, |(clock, _)| clock);
    let parts: Vec<&str> = clock.split(':').collect();
    let fits = |part: &str, most: u32| part.parse::<f64>().is_ok_and(|n| n <= f64::from(most));
    matches!(parts.as_slice(), [hour, minute] | [hour, minute, _] if fits(hour, 24) && fits(minute, 59))
}

fn looks_like_moment(text: &str) -> bool {
    text.parse::<palermo_domain::moment::Moment>().is_ok()
        || text.get(..10).is_some_and(|day| {
            day.parse::<palermo_domain::register::day::Day>().is_ok()
                && text.get(11..).is_none_or(|rest| rest.is_empty() || looks_like_time(rest))
        })
}
