//! Flags on a case: what whoever opens it must know at once. Which flags there
//! are is data (`care/flags.toml`). What is safe on a way to reach the person is
//! asked and kept apart ([`super::contact`]); no flag makes anything safe (E12).

use crate::{
    id::{AccountId, CaseId, FlagId, TenantId},
    moment::Moment,
    register::day::Day,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A flag of one case. Why it was set is sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Organisation.
    pub tenant: TenantId,
    /// Id.
    pub id: FlagId,
    /// Case.
    pub case: CaseId,
    /// Which, a code of the list.
    pub code: String,
    /// The last day on which it holds; without end, if empty.
    pub until: Option<Day>,
    /// Who set it.
    pub set_by: AccountId,
    /// When.
    pub recorded_at: Moment,
    /// When it was taken down.
    pub lifted_at: Option<Moment>,
    /// By whom.
    pub lifted_by: Option<AccountId>,
}

impl Flag {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.lifted_at.is_none() && self.until.is_none_or(|until| day <= until)
    }
}

/// A flag that can be set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagKind {
    /// Code.
    pub code: String,
    /// Colour it is shown in.
    pub colour: String,
    /// Its words by language, for a flag that does not ship.
    #[serde(default)]
    pub name: BTreeMap<String, String>,
}

/// The flags there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagList {
    /// In the order offered.
    #[serde(rename = "flag", default)]
    pub kinds: Vec<FlagKind>,
}

/// Colours a flag can have.
const COLOURS: [&str; 9] =
    ["grey", "green", "turquoise", "blue", "purple", "pink", "red", "orange", "yellow"];

/// What is wrong with a list of flags.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFlags {
    /// It cannot be read.
    #[error("{0}")]
    Ill(String),
    /// A code is no code.
    #[error("`{0}` is no code: small letters, digits and hyphens")]
    NoCode(String),
    /// A code stands once.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// A colour is not known.
    #[error("`{0}` is none of the colours a flag can have")]
    Colour(String),
}

impl FlagList {
    /// Reads `care/flags.toml`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NoFlags> {
        let read: Self = toml::from_str(text).map_err(|error| NoFlags::Ill(error.to_string()))?;
        let mut seen = BTreeSet::new();
        for kind in &read.kinds {
            let letter =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            if kind.code.is_empty() || !kind.code.bytes().all(letter) {
                return Err(NoFlags::NoCode(kind.code.clone()));
            }
            if !seen.insert(kind.code.as_str()) {
                return Err(NoFlags::Twice(kind.code.clone()));
            }
            if !COLOURS.contains(&kind.colour.as_str()) {
                return Err(NoFlags::Colour(kind.colour.clone()));
            }
        }
        Ok(read)
    }

    /// The flag with this code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&FlagKind> {
        self.kinds.iter().find(|kind| kind.code == code)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    #[test]
    fn a_flag_holds_through_its_last_day_and_until_it_is_taken_down() {
        let day = |day: u8| Day::new(2026, 3, day).unwrap();
        let flag = Flag {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: FlagId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            code: "urgent".to_owned(),
            until: Some(day(5)),
            set_by: AccountId::from_uuid(Uuid::nil()),
            recorded_at: Moment::from_micros(0),
            lifted_at: None,
            lifted_by: None,
        };
        assert!(flag.holds_on(day(5)) && !flag.holds_on(day(6)));
        let endless = Flag { until: None, ..flag };
        assert!(endless.holds_on(day(31)));
        let lifted = Flag { lifted_at: Some(Moment::from_micros(1)), ..endless };
        assert!(!lifted.holds_on(day(1)));
    }

    #[test]
    fn the_shipped_list_reads_and_a_list_that_repeats_a_code_is_refused() {
        let shipped = include_str!("../../../../content/care/flags.toml");
        assert!(FlagList::parse(shipped).unwrap().find("do-not-telephone").is_some());
        let one = "[[flag]]\ncode = \"a\"\ncolour = \"red\"\n";
        assert_eq!(FlagList::parse(&format!("{one}{one}")), Err(NoFlags::Twice("a".to_owned())));
        let mauve = one.replace("red", "mauve");
        assert_eq!(FlagList::parse(&mauve), Err(NoFlags::Colour("mauve".to_owned())));
    }
}
