//! An unmet need: help was looked for and none was in reach. It says what was
//! missing where, in coded words alone: no name, no hour, no case, so that the
//! coordinator sees the gap and nobody sees the person.

use crate::{
    case::{
        person::{AgeGroup as PersonAge, Person, Sex as PersonSex},
        referral::Decline,
    },
    coded,
    register::{day::Day, state::StateCode},
    service::{
        Need,
        eligibility::Group,
        find::{AgeGroup, Exploitation, Found, Particulars, Sex, Wanted},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// Why the need was not met.
    Why {
        /// No service of the kind serves the place.
        NoneInReach = "none-in-reach",
        /// Those there exclude the person.
        AllExclude = "all-exclude",
        /// Those there are full.
        AllFull = "all-full",
        /// Nobody answered.
        NoAnswer = "no-answer",
        /// What is offered does not suit, or the person declined it.
        NotSuitable = "not-suitable",
    }
}

/// A need nobody met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnmetNeed {
    /// What was needed.
    pub need: Need,
    /// In which State.
    pub state: StateCode,
    /// In which town or region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Why it was not met.
    pub why: Why,
    /// Sex or gender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Age group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<AgeGroup>,
    /// Has children along.
    #[serde(default)]
    pub with_children: bool,
    /// Needs help because of a disability.
    #[serde(default)]
    pub disability: bool,
    /// How they were exploited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exploitation: Option<Exploitation>,
    /// The language that was needed, if that was the trouble.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Groups by which services excluded the person.
    #[serde(default)]
    pub excluded: Vec<Group>,
    /// The day, never the hour.
    pub on: Day,
}

impl UnmetNeed {
    /// What a search that found nothing leaves behind.
    #[must_use]
    pub fn of(wanted: &Wanted, found: &Found, on: Day) -> Self {
        let Particulars { sex, age, age_years, with_children, disability, exploitation, .. } =
            wanted.person;
        let by_years =
            age_years.map(|years| if years < 18 { AgeGroup::Child } else { AgeGroup::Adult });
        let mut excluded: Vec<Group> =
            found.excluding.iter().flat_map(|one| one.groups.iter().copied()).collect();
        excluded.sort_unstable();
        excluded.dedup();
        let why = if found.in_reach() {
            Why::NotSuitable
        } else if found.tried > 0 {
            Why::NoAnswer
        } else if found
            .matches
            .iter()
            .any(|one| one.because.contains(&crate::service::find::Because::Full))
        {
            Why::AllFull
        } else if found.excluding.is_empty() {
            Why::NoneInReach
        } else {
            Why::AllExclude
        };
        Self {
            need: wanted.need,
            state: wanted.state,
            area: wanted.area.clone(),
            why,
            sex,
            age: age.or(by_years),
            with_children,
            disability,
            exploitation,
            language: None,
            excluded,
            on,
        }
    }
}

impl Need {
    /// The need behind a service of the code list `service`.
    #[must_use]
    pub fn of_service(code: &str) -> Self {
        match code {
            "safe_emergency" | "shelter" | "private_housing" => Self::Shelter,
            "food_clothing" => Self::Material,
            "health_primary" | "health_sexual" => Self::Medical,
            "health_mental" | "substance" => Self::Psychosocial,
            "interpretation" => Self::Interpretation,
            "legal" | "asylum" | "documents" | "compensation" => Self::Legal,
            "guardianship" => Self::Guardianship,
            "education" => Self::Education,
            "employment" => Self::Vocational,
            "return" => Self::Return,
            "reintegration" => Self::Reintegration,
            _ => Self::Other,
        }
    }
}

impl UnmetNeed {
    /// What a referral leaves behind that was declined for a group the person
    /// belongs to: a stated exclusion, recorded and shown (R1, R079).
    #[must_use]
    pub fn of_declined(
        service: &str,
        reason: Decline,
        person: &Person,
        state: StateCode,
        on: Day,
    ) -> Self {
        let child = person.age == PersonAge::Child;
        let by_sex = match (person.sex, child) {
            (Some(PersonSex::Female), false) => Some(Group::Women),
            (Some(PersonSex::Female), true) => Some(Group::Girls),
            (Some(PersonSex::Male), false) => Some(Group::Men),
            (Some(PersonSex::Male), true) => Some(Group::Boys),
            (Some(PersonSex::Other), _) => Some(Group::OtherGender),
            _ => None,
        };
        let excluded = match reason {
            Decline::Sex | Decline::Age => by_sex.into_iter().collect(),
            Decline::Children if child => by_sex.into_iter().collect(),
            Decline::Children => vec![Group::Families],
            _ => Vec::new(),
        };
        Self {
            need: Need::of_service(service),
            state,
            area: None,
            why: Why::AllExclude,
            sex: match person.sex {
                Some(PersonSex::Female) => Some(Sex::Female),
                Some(PersonSex::Male) => Some(Sex::Male),
                Some(PersonSex::Other) => Some(Sex::Other),
                _ => None,
            },
            age: Some(match person.age {
                PersonAge::Adult => AgeGroup::Adult,
                PersonAge::Child => AgeGroup::Child,
                PersonAge::Unsure => AgeGroup::InDoubt,
            }),
            with_children: reason == Decline::Children && !child,
            disability: false,
            exploitation: None,
            language: (reason == Decline::Language).then(|| person.language.clone()),
            excluded,
            on,
        }
    }
}

/// A count as a coordinator of the State may see it: exact from the threshold
/// on, "fewer than" below, for one unmet need in a small place is one person (R10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Fewer than the threshold, and at least one.
    Few,
    /// Exactly so many.
    Exactly(u32),
}

/// Unmet needs by area and need, as the coordinator sees them.
#[must_use]
pub fn by_area<'n>(
    needs: impl IntoIterator<Item = &'n UnmetNeed>,
    threshold: u32,
) -> BTreeMap<(Option<String>, Need), Shown> {
    let mut counts: BTreeMap<(Option<String>, Need), u32> = BTreeMap::new();
    for need in needs {
        *counts.entry((need.area.clone(), need.need)).or_default() += 1;
    }
    let shown = |count| if count < threshold { Shown::Few } else { Shown::Exactly(count) };
    counts.into_iter().map(|(key, count)| (key, shown(count))).collect()
}
