//! Meetings as a calendar (RFC 5545) and contact points as cards (RFC 6350).
//! Nothing in either is about a person who is helped.

use icalendar::{Calendar, Component, EventLike, EventStatus};
use palermo_domain::{moment::Moment, register::day::Day};
use std::fmt::Write as _;
use uuid::Uuid;

/// A meeting of one or more whole days.
#[derive(Debug, Clone)]
pub struct Event {
    /// The same in every calendar.
    pub uid: Uuid,
    /// What it is.
    pub summary: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Where.
    pub place: String,
    /// Called off.
    pub cancelled: bool,
}

/// Day as RFC 5545 writes it.
fn date(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A calendar of meetings.
#[must_use]
pub fn calendar(name: &str, events: &[Event], now: Moment) -> Vec<u8> {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Palermo//directory//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.name(name);
    let stamp: String = now.at().date().to_string().replace('-', "") + "T000000Z";
    for event in events {
        let mut entry = icalendar::Event::new();
        entry.uid(&format!("{}@palermo", event.uid));
        entry.append_property(icalendar::Property::new("DTSTAMP", &stamp).done());
        entry.summary(&event.summary);
        let whole = |name: &str, day: Day| {
            icalendar::Property::new(name, date(day)).add_parameter("VALUE", "DATE").done()
        };
        entry.append_property(whole("DTSTART", event.from));
        // The end is the first day after.
        entry.append_property(whole("DTEND", event.until.plus_days(1)));
        if !event.place.is_empty() {
            entry.location(&event.place);
        }
        if event.cancelled {
            entry.status(EventStatus::Cancelled);
        }
        calendar.push(entry.done());
    }
    calendar.to_string().into_bytes()
}

/// A contact point for an address book: an office, never a person.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// Telephone.
    pub telephone: Option<String>,
    /// Languages (BCP 47).
    pub languages: Vec<String>,
    /// Time zone.
    pub time_zone: String,
    /// Town.
    pub city: String,
    /// The State it is in, by name.
    pub country: String,
    /// What it is competent for.
    pub topics: Vec<String>,
    /// Everything a card has no field for, a line each: hours, level, competence, areas,
    /// secure channels.
    pub note: Vec<String>,
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ',' | ';' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out
}

/// The card as vCard 4.0, lines folded at 75 octets.
#[must_use]
pub fn card(card: &Card) -> Vec<u8> {
    let mut lines = vec![
        "BEGIN:VCARD".to_owned(),
        "VERSION:4.0".to_owned(),
        "KIND:org".to_owned(),
        format!("UID:urn:uuid:{}", card.id),
        format!("FN:{}", escaped(&card.name)),
        format!("ORG:{}", escaped(&card.organisation)),
    ];
    if let Some(telephone) = &card.telephone {
        lines.push(format!("TEL;VALUE=text;TYPE=work:{}", escaped(telephone)));
    }
    lines.extend(card.languages.iter().map(|code| format!("LANG:{}", escaped(code))));
    lines.push(format!("TZ:{}", escaped(&card.time_zone)));
    if !card.city.is_empty() || !card.country.is_empty() {
        let (city, country) = (escaped(&card.city), escaped(&card.country));
        lines.push(format!("ADR;TYPE=work:;;;{city};;;{country}"));
    }
    if !card.topics.is_empty() {
        let topics: Vec<String> = card.topics.iter().map(|topic| escaped(topic)).collect();
        lines.push(format!("CATEGORIES:{}", topics.join(",")));
    }
    lines.push(format!("NOTE:{}", escaped(&card.note.join("\n"))));
    lines.push("END:VCARD".to_owned());
    let mut out = String::new();
    for line in lines {
        let _ = write!(out, "{}\r\n", folded(&line));
    }
    out.into_bytes()
}

fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn rfc_5545_a_meeting_of_two_days_ends_on_the_third_and_keeps_its_uid() {
        let event = Event {
            uid: Uuid::from_u128(7),
            summary: "Spring meeting, heads of units".into(),
            from: "2026-04-14".parse().unwrap(),
            until: "2026-04-15".parse().unwrap(),
            place: "Quayside".into(),
            cancelled: false,
        };
        let now = "2026-03-01T08:00:00Z".parse().unwrap();
        let text = String::from_utf8(calendar("Heads", &[event], now)).unwrap();
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "DTSTART;VALUE=DATE:20260414",
            "DTEND;VALUE=DATE:20260416",
            "UID:00000000-0000-0000-0000-000000000007@palermo",
            "SUMMARY:Spring meeting\\, heads of units",
            "END:VCALENDAR",
        ] {
            assert!(unfolded.lines().any(|l| l == line), "{line} is not in\n{text}");
        }
        assert_eq!(unfolded.matches("VERSION:").count(), 1, "{text}");
    }

    #[test]
    fn rfc_6350_a_card_escapes_commas_and_folds_long_lines_between_letters() {
        let text = card(&Card {
            id: Uuid::from_u128(9),
            name: "نقطة الاتصال الوطنية, مكتب مكافحة الاتجار بالأشخاص في الميناء القديم".into(),
            organisation: "Focal; office".into(),
            telephone: Some("+999 1".into()),
            languages: vec!["ar".into()],
            time_zone: "Asia/Dubai".into(),
            city: "Old port; pier 2".into(),
            country: "Emdarra".into(),
            topics: vec!["return".into(), "children".into()],
            note: vec!["24/7".into(), "Speaks for Emdarra".into()],
        });
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("ADR;TYPE=work:;;;Old port\\; pier 2;;;Emdarra\r\n"), "{text}");
        assert!(text.contains("CATEGORIES:return,children\r\n"), "{text}");
        assert!(text.contains("NOTE:24/7\\nSpeaks for Emdarra\r\n"), "{text}");
        assert!(text.contains("ORG:Focal\\; office") && text.contains("\\,"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert!(
            text.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n") && text.ends_with("END:VCARD\r\n")
        );
    }
}
