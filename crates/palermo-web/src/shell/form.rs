//! Forms as people send them: every value kept as typed, so that nothing is
//! lost when some of it needs correcting.

use palermo_app::acting::OnceKey;
use std::collections::BTreeMap;

/// Name of the hidden field with the masked cross-site token.
pub const TOKEN_FIELD: &str = "_token";
/// Name of the hidden field that names the request, so that it counts once.
pub const ONCE_FIELD: &str = "_once";
/// Name of the hidden field that says, sealed, who typed a form that was given back.
pub const WHOSE_FIELD: &str = "_whose";

/// A form as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    once: Option<OnceKey>,
}

impl Form {
    /// Reads a body of `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &pair[..0]),
            };
            values.entry(decode(name)).or_default().push(decode(value));
        }
        let once = values
            .get(ONCE_FIELD)
            .and_then(|sent| sent.first())
            .filter(|key| key.len() >= 22 && key.len() <= 64)
            .map(|key| OnceKey::new(key.clone(), &fingerprint(&values)));
        Self { values, once }
    }

    /// The same form as sent to this address, with this file: the name of a
    /// request counts for all of it, so that one name used for two forms is
    /// noticed.
    #[must_use]
    pub fn sent_to(mut self, address: &str, file: &[u8]) -> Self {
        if let Some(once) = &self.once {
            let mut whole = fingerprint(&self.values);
            for part in [address.as_bytes(), file] {
                whole.extend_from_slice(&(part.len() as u64).to_be_bytes());
                whole.extend_from_slice(part);
            }
            self.once = Some(OnceKey::new(once.key.clone(), &whole));
        }
        self
    }

    /// The first value of a field; empty if it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values of a field (checkboxes).
    #[must_use]
    pub fn list(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// A day in its three boxes, as typed: day, month, year.
    #[must_use]
    pub fn boxes(&self, name: &str) -> [String; 3] {
        ["day", "month", "year"].map(|part| self.text(&format!("{name}-{part}")).to_owned())
    }

    /// The same with these values of a field: for a form filled in from another.
    #[must_use]
    pub fn with(mut self, name: &str, values: &[String]) -> Self {
        self.values.insert(name.to_owned(), values.to_vec());
        self
    }

    /// The names of all fields sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The request's own name, if the form had one.
    #[must_use]
    pub fn once(&self) -> Option<&OnceKey> {
        self.once.as_ref()
    }
}

/// What was asked, without what differs when the same is sent again.
fn fingerprint(values: &BTreeMap<String, Vec<String>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let told = |name: &str| name != TOKEN_FIELD && name != WHOSE_FIELD;
    for (name, sent) in values.iter().filter(|(name, _)| told(name)) {
        for part in std::iter::once(name).chain(sent) {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
    }
    bytes
}

fn decode(part: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        bytes.push(high << 4 | low);
                        rest = ahead;
                    }
                    _ => bytes.push(byte),
                }
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_and_sign_arrives_as_typed() {
        let form = Form::parse("name=%D8%B3%D8%AD%D8%B1+%26+Co&role=a&role=b&odd=100%".as_bytes());
        assert_eq!(form.text("name"), "سحر & Co");
        assert_eq!(form.list("role"), ["a", "b"]);
        assert_eq!(form.text("odd"), "100%");
    }

    #[test]
    fn the_same_form_sent_twice_has_the_same_name_whatever_its_token() {
        let one = Form::parse(b"_once=0123456789abcdef012345&_token=a&x=1");
        let two = Form::parse(b"_once=0123456789abcdef012345&_token=b&x=1");
        let other = Form::parse(b"_once=0123456789abcdef012345&_token=b&x=2");
        let there = |form: &Form| form.clone().sent_to("/there", &[]);
        assert_eq!(there(&one).once(), there(&two).once());
        assert_ne!(one.clone().sent_to("/elsewhere", &[]).once(), there(&one).once());
        assert_ne!(one.clone().sent_to("/there", b"a file").once(), there(&one).once());
        assert_eq!(one.once(), two.once());
        assert_ne!(one.once(), other.once());
    }
}
