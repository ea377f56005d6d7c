//! Markup of our own components, piece by piece.

use crate::components::Content;

/// A piece of markup.
pub enum Part<'a> {
    /// Text, escaped.
    Text(&'a str),
    /// A tag.
    Tag(Tag<'a>),
}

/// A tag.
pub struct Tag<'a> {
    /// As it stands.
    pub raw: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Whether it closes what another opened.
    pub closes: bool,
    attributes: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Tag<'a> {
    fn of(raw: &'a str) -> Self {
        let inner = raw.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let closes = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        Self { raw, name, closes, attributes: attributes(rest) }
    }

    /// Whether it opens such an element.
    pub fn is(&self, name: &str) -> bool {
        !self.closes && self.name == name
    }

    /// Whether it has this attribute.
    pub fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(own, _)| *own == name)
    }

    /// The value of an attribute as it was before it was escaped; empty without one.
    pub fn get(&self, name: &str) -> String {
        let found = self.attributes.iter().find(|(own, _)| *own == name);
        found.and_then(|(_, value)| *value).map(plain).unwrap_or_default()
    }

    /// The same tag without an attribute, and with this one in its place.
    pub fn with(&self, without: &str, put: Option<&str>) -> String {
        let mut html = format!("<{}", self.name);
        for (name, value) in self.attributes.iter().filter(|(name, _)| *name != without) {
            html.push(' ');
            html.push_str(name);
            if let Some(value) = value {
                html.push_str("=\"");
                html.push_str(value);
                html.push('"');
            }
        }
        if let Some(put) = put {
            html.push(' ');
            html.push_str(put);
        }
        html.push('>');
        html
    }

    /// A box or button that is ticked, or is not.
    pub fn ticked(&self, yes: bool) -> String {
        self.with("checked", yes.then_some("checked"))
    }
}

fn attributes(mut rest: &str) -> Vec<(&str, Option<&str>)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest.find(|sign: char| sign == '=' || sign.is_whitespace());
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        if name.is_empty() {
            return found;
        }
        let valued = after.strip_prefix("=\"").and_then(|value| value.split_once('"'));
        match valued {
            Some((value, after)) => {
                found.push((name, Some(value)));
                rest = after;
            }
            None => {
                found.push((name, None));
                rest = after.trim_start_matches('=');
            }
        }
    }
}

/// Markup, piece by piece.
pub fn parts(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        let mut quoted = false;
        let end = from.char_indices().find_map(|(at, sign)| {
            quoted ^= sign == '"';
            (sign == '>' && !quoted).then_some(at + 1)
        });
        let Some(end) = end else {
            rest = from;
            break;
        };
        let (raw, after) = from.split_at(end);
        parts.push(Part::Tag(Tag::of(raw)));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// Text as it was before it was escaped.
pub fn plain(escaped: &str) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let (sign, after) = match from.split_once(';') {
            Some((name, after)) => (entity(name), after),
            None => (None, ""),
        };
        if let Some(sign) = sign {
            text.push(sign);
            rest = after;
        } else {
            text.push('&');
            rest = from.strip_prefix('&').unwrap_or_default();
        }
    }
    text.push_str(rest);
    text
}

fn entity(name: &str) -> Option<char> {
    match name {
        "&amp" => Some('&'),
        "&lt" => Some('<'),
        "&gt" => Some('>'),
        "&quot" => Some('"'),
        "&nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix("&#")?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Text as it stands within quotes.
pub fn quoted(text: &str) -> String {
    Content::from(text).to_string().replace('"', "&quot;")
}
