//! iCalendar (RFC 5545): days on which something is due or takes place, for
//! the calendars people have.

use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus};
use time::{Date, Duration, OffsetDateTime};

/// A day, or several, with a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Stays the same when the entry changes (UID).
    pub id: String,
    /// Title.
    pub title: String,
    /// What else is to be known.
    pub about: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Where.
    pub place: Option<String>,
    /// Reminders, days ahead.
    pub remind_days: Vec<u16>,
    /// Nothing is left to do.
    pub done: bool,
}

/// A calendar with this name, made at this moment. Entries are whole days, so
/// that no time zone moves them.
#[must_use]
pub fn calendar(name: &str, entries: &[Entry], made: OffsetDateTime) -> String {
    let mut all = Calendar::new();
    all.name(name);
    let stamp = format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        made.year(),
        u8::from(made.month()),
        made.day(),
        made.hour(),
        made.minute(),
        made.second()
    );
    for entry in entries {
        let mut event = Event::new();
        event
            .uid(&entry.id)
            .summary(&entry.title)
            .description(&entry.about)
            .add_property("DTSTAMP", &stamp)
            .add_property("TRANSP", "TRANSPARENT");
        day(&mut event, "DTSTART", entry.from);
        // The end of a whole-day event is the day after (RFC 5545, 3.6.1).
        day(&mut event, "DTEND", entry.to.saturating_add(Duration::days(1)));
        if let Some(place) = &entry.place {
            event.location(place);
        }
        if entry.done {
            event.status(EventStatus::Confirmed);
        } else {
            event.status(EventStatus::Tentative);
            for days in &entry.remind_days {
                let before = -icalendar_duration(*days);
                event.alarm(Alarm::display(&entry.title, before));
            }
        }
        all.push(event.done());
    }
    all.to_string()
}

fn icalendar_duration(days: u16) -> chrono::Duration {
    chrono::Duration::days(i64::from(days))
}

fn day(event: &mut Event, name: &str, date: Date) {
    let text = format!("{:04}{:02}{:02}", date.year(), u8::from(date.month()), date.day());
    let mut property = icalendar::Property::new(name, text);
    property.add_parameter("VALUE", "DATE");
    event.append_property(property);
}
