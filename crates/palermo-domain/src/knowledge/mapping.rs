//! How a source's own table becomes figures of the region: which column holds
//! which field, and which of its words stands for which common code. Kept with
//! the dataset, so that next year's file is read in the same way; what was
//! written is kept beside the code.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The fields of a line, in the order of the region's template.
pub const FIELDS: [&str; 17] = [
    "state",
    "period",
    "indicator",
    "form",
    "sex",
    "age",
    "citizenship",
    "means",
    "recruiter",
    "channel",
    "broker",
    "transport",
    "papers",
    "origin",
    "destination",
    "transit",
    "persons",
];

/// A saved mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Field → heading of its column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field → a code that every line has, where the file has no column for it.
    #[serde(default)]
    pub always: BTreeMap<String, String>,
    /// Field → the source's word → common code.
    #[serde(default)]
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
}

/// What is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingRefused {
    /// A field nobody knows.
    #[error("`{0}` is no field; use one of {list}", list = FIELDS.join(", "))]
    NoField(String),
    /// A field that every line needs is missing.
    #[error("`{0}` needs a column, or one value for all lines")]
    Missing(&'static str),
    /// One field comes from two places.
    #[error("`{0}` has a column and one value for all lines; leave one")]
    Twice(String),
}

impl Mapping {
    /// Checks that it names fields that exist, once each, and those every line needs.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn check(&self) -> Result<(), Vec<MappingRefused>> {
        let mut wrong = Vec::new();
        let named = self.columns.keys().chain(self.always.keys()).chain(self.codes.keys());
        for field in named {
            if !FIELDS.contains(&field.as_str()) {
                wrong.push(MappingRefused::NoField(field.clone()));
            }
        }
        for field in self.columns.keys().filter(|field| self.always.contains_key(*field)) {
            wrong.push(MappingRefused::Twice(field.clone()));
        }
        for field in ["state", "period"] {
            if !self.columns.contains_key(field) && !self.always.contains_key(field) {
                wrong.push(MappingRefused::Missing(field));
            }
        }
        wrong.dedup();
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// The common code of a word, if the mapping has one.
    #[must_use]
    pub fn code(&self, field: &str, word: &str) -> Option<&str> {
        let words = self.codes.get(field)?;
        let found = words
            .get(word)
            .or_else(|| words.iter().find(|(known, _)| same(known, word)).map(|(_, code)| code));
        found.map(String::as_str)
    }
}

/// Case and spaces around do not make another word.
fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// A word of a source that stands under no common code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmapped {
    /// The field.
    pub field: String,
    /// The word as written.
    pub word: String,
    /// Lines with it.
    pub lines: u64,
}

/// How much of one field could be put under common codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The field.
    pub field: String,
    /// Words under a common code, counted by lines.
    pub mapped: u64,
    /// All words.
    pub all: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        let text = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        Mapping {
            columns: text(&[("period", "Jahr"), ("sex", "Geschlecht")]),
            always: text(&[("state", "XAA")]),
            codes: BTreeMap::from([("sex".to_owned(), text(&[("Weiblich", "female")]))]),
        }
    }

    #[test]
    fn req_174_a_word_finds_its_code_whatever_its_case() {
        let mapping = mapping();
        assert_eq!(mapping.check(), Ok(()));
        assert_eq!(mapping.code("sex", "weiblich "), Some("female"));
        assert_eq!(mapping.code("sex", "divers"), None);
        assert_eq!(mapping.code("form", "weiblich"), None);
    }

    #[test]
    fn a_mapping_tells_every_problem_at_once() {
        let mut mapping = mapping();
        mapping.columns.insert("state".to_owned(), "Land".to_owned());
        mapping.columns.remove("period");
        mapping.always.insert("colour".to_owned(), "red".to_owned());
        let wrong = mapping.check();
        assert_eq!(
            wrong,
            Err(vec![
                MappingRefused::NoField("colour".to_owned()),
                MappingRefused::Twice("state".to_owned()),
                MappingRefused::Missing("period"),
            ])
        );
    }
}
