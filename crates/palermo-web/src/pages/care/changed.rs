//! What a change of a care record changed, for the case's history: coded fields
//! from what to what, words only that they changed.

use super::{label, said};
use crate::{components::Content, shell::visit::Visit};
use palermo_app::domain::{care::CareKind, case::event::Event};
use serde_json::Value;
use std::fmt::Write as _;

/// The fields an event says were changed; nothing for one that does not say.
pub(crate) fn changed(visit: &Visit, event: &Event) -> String {
    let kind = event.facts.get("care-kind").and_then(|code| CareKind::from_code(code));
    let Some(form) = kind.and_then(|kind| visit.web.app().care.forms.of(kind)) else {
        return String::new();
    };
    let words: Vec<&str> =
        event.facts.get("words").map(|names| names.split(',').collect()).unwrap_or_default();
    let mut items = String::new();
    for field in &form.fields {
        let name = visit.text(&label(field));
        let line = if field.takes.is_sealed() {
            if !words.contains(&&*field.name) {
                continue;
            }
            visit.format("care-changed-words", &[("field", name.into())])
        } else {
            let fact = |side: &str| event.facts.get(&format!("{side}-{}", field.name));
            let (was, now) = (fact("was"), fact("now"));
            if was.is_none() && now.is_none() {
                continue;
            }
            let read = |fact: Option<&String>| {
                let value = fact.and_then(|text| serde_json::from_str::<Value>(text).ok());
                let words = value.map(|value| said(visit, field, &value)).unwrap_or_default();
                if words.is_empty() { "–".to_owned() } else { words }
            };
            let (was, now) = (read(was), read(now));
            visit.format(
                "care-changed-field",
                &[("field", name.into()), ("from", was.into()), ("to", now.into())],
            )
        };
        let _ = write!(items, "<li>{}</li>", Content::from(line));
    }
    if items.is_empty() {
        return items;
    }
    format!("<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>")
}
