//! How two sources of one State and year stand to each other, and indicators of
//! context from open data. Sources are described beside one another and never
//! added; context belongs to a State and a year, never to a person.

use super::dataset::codes;
use crate::{id::DatasetId, register::day::Day};
use serde::{Deserialize, Serialize};

codes! {
    /// Whether two sources count the same persons.
    Shared {
        /// They count the same persons.
        Same = "same",
        /// Some persons are counted by both.
        Partly = "partly",
        /// Nobody can be counted by both.
        Apart = "apart",
        /// Nobody has looked yet.
        Unknown = "unknown",
    }
}

/// What is known about two sources together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// One dataset.
    pub a: DatasetId,
    /// The other.
    pub b: DatasetId,
    /// Whether they count the same persons.
    pub shared: Shared,
    /// How it comes about and how it is known.
    pub words: String,
}

impl Overlap {
    /// The two in an order that does not depend on who is named first.
    #[must_use]
    pub fn pair(a: DatasetId, b: DatasetId) -> String {
        let (a, b) = (a.to_string(), b.to_string());
        if a < b { format!("{a} {b}") } else { format!("{b} {a}") }
    }

    /// Figures of two sources are never added, not even where nobody can be
    /// counted by both: their definitions are their own (R11).
    #[must_use]
    pub const fn may_be_added(&self) -> bool {
        false
    }
}

/// A series of context: what surrounds trafficking, not who is trafficked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContextSeries {
    /// Its title.
    pub title: String,
    /// Where it was published.
    pub source: String,
    /// Its address or reference.
    pub reference: String,
    /// The unit.
    pub unit: String,
    /// The licence it may be used under.
    pub licence: String,
    /// The day it was taken from its source.
    pub retrieved: Day,
    /// Its values.
    pub values: Vec<ContextValue>,
}

/// One value of a State and a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContextValue {
    /// The State, three letters.
    pub state: String,
    /// The year.
    pub year: u16,
    /// The value.
    pub value: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    #[test]
    fn req_176_two_sources_are_one_pair_and_are_never_added() {
        let id = |number: u128| DatasetId::from_uuid(Uuid::from_u128(number));
        assert_eq!(Overlap::pair(id(1), id(2)), Overlap::pair(id(2), id(1)));
        for shared in Shared::ALL {
            let one = Overlap { a: id(1), b: id(2), shared: *shared, words: String::new() };
            assert!(!one.may_be_added());
        }
    }
}
