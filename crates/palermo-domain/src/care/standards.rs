//! Minimum standards of a child's return (R134): a list each mechanism owns, with a
//! version, and one for those that have none of their own.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A list of minimum standards.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standards {
    /// The mechanism whose list it is; none for the list of all that have none of
    /// their own.
    #[serde(default)]
    pub mechanism: Option<String>,
    /// Version.
    pub version: String,
    /// Who answers for the list.
    pub owner: String,
    /// Items, by their codes.
    pub standards: Vec<String>,
}

/// Lists that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadStandards(pub String);

/// The lists of an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardLists {
    default: Standards,
    own: BTreeMap<String, Standards>,
}

impl StandardLists {
    /// Takes lists in the order in which they were laid on each other: a later one
    /// replaces an earlier one of the same mechanism. `known` says whether a code has
    /// a place in the form and words.
    ///
    /// # Errors
    /// An item without words, twice or none at all; no list for mechanisms without one.
    pub fn new(
        lists: impl IntoIterator<Item = Standards>,
        known: impl Fn(&str) -> bool,
    ) -> Result<Self, BadStandards> {
        let (mut default, mut own) = (None, BTreeMap::new());
        for list in lists {
            let whose = list.mechanism.clone().unwrap_or_else(|| "all others".into());
            let bad = |why: String| BadStandards(format!("standards of {whose}: {why}"));
            if list.version.trim().is_empty() || list.standards.is_empty() {
                return Err(bad("a list has a version and at least one standard".into()));
            }
            for (at, item) in list.standards.iter().enumerate() {
                if !known(item) {
                    let why = format!("`{item}` is not in the list `standard` of the form");
                    return Err(bad(why));
                }
                if list.standards.iter().take(at).any(|before| before == item) {
                    return Err(bad(format!("`{item}` stands there twice")));
                }
            }
            match list.mechanism.clone() {
                Some(mechanism) => {
                    own.insert(mechanism, list);
                }
                None => default = Some(list),
            }
        }
        let missing = || BadStandards("there is no list for mechanisms without their own".into());
        Ok(Self { default: default.ok_or_else(missing)?, own })
    }

    /// The list in force for a mechanism: its own, or the one for all others.
    #[must_use]
    pub fn of(&self, mechanism: Option<&str>) -> &Standards {
        mechanism.and_then(|id| self.own.get(id)).unwrap_or(&self.default)
    }
}

/// The list in force where a case is, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    /// The mechanism the house works for, if it has named one.
    pub mechanism: Option<&'a str>,
    /// Its list.
    pub list: &'a Standards,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn list(mechanism: Option<&str>, version: &str, items: &[&str]) -> Standards {
        Standards {
            mechanism: mechanism.map(str::to_owned),
            version: version.into(),
            owner: "an invented secretariat".into(),
            standards: items.iter().map(|item| (*item).to_owned()).collect(),
        }
    }

    #[test]
    fn req_134_each_mechanism_has_its_own_list_or_the_one_for_all_others() {
        let known = |code: &str| code != "unheard_of";
        let lists = [
            list(None, "2026-1", &["child_prepared"]),
            list(Some("NORTHWAY"), "1", &["child_prepared", "school_place"]),
            list(Some("NORTHWAY"), "2", &["school_place"]),
        ];
        let lists = StandardLists::new(lists, known).unwrap();
        assert_eq!(lists.of(Some("NORTHWAY")).version, "2", "an overlay replaces");
        assert_eq!(lists.of(Some("MERIDIAN")).version, "2026-1");
        assert_eq!(lists.of(None).version, "2026-1");
        for wrong in [
            vec![list(Some("NORTHWAY"), "1", &["school_place"])],
            vec![list(None, "1", &[])],
            vec![list(None, "1", &["unheard_of"])],
            vec![list(None, "1", &["school_place", "school_place"])],
        ] {
            assert!(StandardLists::new(wrong, known).is_err());
        }
    }
}
