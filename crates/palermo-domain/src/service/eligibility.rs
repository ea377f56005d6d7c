//! Whom a provider says it admits, as data. Every stated exclusion is kept and
//! reported, also of groups by which no help may ever be ranked (R1, R079).

use crate::coded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// A group of people a provider may speak about.
    Group {
        /// Women.
        Women = "women",
        /// Men.
        Men = "men",
        /// People of another gender.
        OtherGender = "other-gender",
        /// Girls below 18.
        Girls = "girls",
        /// Boys below 18.
        Boys = "boys",
        /// Parents with children.
        Families = "families",
        /// People with disabilities.
        Disability = "disability",
        /// People exploited sexually.
        Sexual = "sexual-exploitation",
        /// People exploited in work.
        Labour = "labour-exploitation",
        /// People exploited otherwise.
        OtherForms = "other-exploitation",
        /// Whoever is in danger of being found.
        HighRisk = "high-risk",
        /// People who are not nationals. Reported only (R1).
        Foreigners = "foreigners",
        /// People without papers. Reported only (R1).
        Undocumented = "undocumented",
        /// People who do not cooperate with the authorities. Reported only (R1).
        NotCooperating = "not-cooperating",
    }
}

impl Group {
    /// Whether matching may look at it. It cannot at nationality, immigration
    /// status and cooperation: those never decide, delay or rank help (R1).
    #[must_use]
    pub const fn is_matched(self) -> bool {
        !matches!(self, Self::Foreigners | Self::Undocumented | Self::NotCooperating)
    }

    /// Its place in a set of bits.
    #[must_use]
    pub const fn bit(self) -> i64 {
        1 << self as u8
    }
}

/// What a provider says about a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Admission {
    /// Admitted.
    Admitted,
    /// Not admitted.
    Excluded,
}

/// Whom a provider admits. A group about which nothing is said is unknown,
/// which is neither yes nor no.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// What is said about each group.
    #[serde(default)]
    pub groups: BTreeMap<Group, Admission>,
    /// Youngest age admitted, in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_age_years: Option<u8>,
    /// Oldest age admitted, in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_age_years: Option<u8>,
    /// What else is said, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Eligibility {
    /// Admits and excludes these groups, and says nothing of the others.
    #[must_use]
    pub fn of(admitted: &[Group], excluded: &[Group]) -> Self {
        let yes = admitted.iter().map(|group| (*group, Admission::Admitted));
        let no = excluded.iter().map(|group| (*group, Admission::Excluded));
        Self { groups: yes.chain(no).collect(), ..Self::default() }
    }

    /// What is said about a group; nothing if nothing is.
    #[must_use]
    pub fn says(&self, group: Group) -> Option<Admission> {
        self.groups.get(&group).copied()
    }

    /// Groups not admitted, in the order of the list.
    pub fn excluded(&self) -> impl Iterator<Item = Group> {
        let said = self.groups.iter().filter(|(_, said)| **said == Admission::Excluded);
        said.map(|(group, _)| *group)
    }

    /// The groups with this answer as a set of bits.
    #[must_use]
    pub fn bits(&self, wanted: Admission) -> i64 {
        let of = self.groups.iter().filter(|(_, said)| **said == wanted);
        of.fold(0, |bits, (group, _)| bits | group.bit())
    }

    /// Back from two sets of bits.
    #[must_use]
    pub fn from_bits(admitted: i64, excluded: i64) -> Self {
        let in_set = |bits: i64| {
            Group::ALL.iter().copied().filter(move |group| bits & group.bit() != 0).collect()
        };
        let (yes, no): (Vec<_>, Vec<_>) = (in_set(admitted), in_set(excluded));
        Self::of(&yes, &no)
    }
}
