//! A service: what an organisation offers to people, in the terms of the Open
//! Referral standard (HSDS), with what that standard leaves out: who is
//! admitted and who is not, as data, how many places are free and who said so
//! when, and services whose address nobody may look up (R9).
//!
//! Matching a person with services is [`find`]; what a provider says about
//! whom it admits is [`eligibility`].

pub mod coverage;
pub mod eligibility;
pub mod find;
pub mod hidden;
pub mod protected;
pub mod referred;
pub mod standard;

use crate::{
    coded,
    id::{DeskId, TenantId},
    register::{day::Day, state::StateCode},
};
use eligibility::Eligibility;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

coded! {
    /// What a service is for.
    Need {
        /// A safe place to stay.
        Shelter = "shelter",
        /// Telephone help.
        Hotline = "hotline",
        /// Doctors, nurses, medicines.
        Medical = "medical",
        /// Counselling.
        Psychosocial = "psychosocial",
        /// Advice and representation.
        Legal = "legal",
        /// Interpretation.
        Interpretation = "interpretation",
        /// Food, clothes, money for urgent needs.
        Material = "material",
        /// Schooling.
        Education = "education",
        /// Training for work.
        Vocational = "vocational",
        /// Safe and voluntary return.
        Return = "return",
        /// Help after return or after leaving a shelter.
        Reintegration = "reintegration",
        /// Guardians for children.
        Guardianship = "guardianship",
        /// Tracing of families.
        Tracing = "tracing",
        /// Rest and recovery of people on their way: transit and reception.
        Reception = "reception",
        /// Any other help.
        Other = "other",
    }
}

coded! {
    /// Who provides a service.
    Provider {
        /// A ministry, a municipality, a public hospital.
        State = "state",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// An intergovernmental organisation.
        Intergovernmental = "intergovernmental",
        /// A faith-based organisation.
        Faith = "faith",
        /// A trade union or an employers' organisation.
        Labour = "labour",
        /// A company or a private practice.
        Private = "private",
        /// Nobody said.
        Unknown = "unknown",
    }
}

coded! {
    /// What kind of house it is, for services in one (R081).
    Centre {
        /// A shelter.
        Shelter = "shelter",
        /// Rehabilitation over months.
        Rehabilitation = "rehabilitation",
        /// A stay of days on the way elsewhere.
        Transit = "transit",
        /// First reception.
        Reception = "reception",
        /// Open in the day only.
        Day = "day",
        /// A flat with help from outside.
        Supported = "supported",
    }
}

coded! {
    /// Whether a service works; the words of HSDS.
    Status {
        /// It works.
        Active = "active",
        /// It does not take anyone at present.
        Inactive = "inactive",
        /// It is gone.
        Defunct = "defunct",
        /// It will open again.
        TemporarilyClosed = "temporarily closed",
    }
}

coded! {
    /// How an assessment against a standard ended.
    Outcome {
        /// The standard is met.
        Met = "met",
        /// Parts of it are.
        Partly = "partly",
        /// It is not.
        NotMet = "not-met",
    }
}

/// A desk through which a service is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeskRef {
    /// The organisation the desk belongs to.
    pub tenant: TenantId,
    /// The desk.
    pub desk: DeskId,
}

/// The organisation behind a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id in exchanges.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What kind of provider.
    pub provider: Provider,
    /// Its web site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Its address for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// Its id in exchanges.
    pub id: Uuid,
    /// The number as it is dialled.
    pub number: String,
    /// An extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<u32>,
    /// Costs the caller nothing.
    #[serde(default)]
    pub toll_free: bool,
    /// The mechanism in all of whose States this same number works (R080).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uniform: Option<String>,
    /// Who answers, when.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A number as it is dialled, however it is written.
#[must_use]
pub fn dialled(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#')).collect()
}

/// A place one may go to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Its id in exchanges.
    pub id: Uuid,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Street and number, a line each.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Town.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// Region or province.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Postal code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postal_code: String,
    /// How to get there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub transport: String,
    /// Degrees north and east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<(f64, f64)>,
    /// When the service is open here, by its clock; none where its hours are the same at
    /// every place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Numbers that ring here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
}

/// Where a service is. A protected service *has* no address here: a page, an
/// export or a search cannot show what the record does not hold (R9, E14).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "kebab-case")]
pub enum Place {
    /// Anyone may know.
    Open {
        /// The places; none for help by telephone.
        locations: Vec<Location>,
    },
    /// Its address is sealed in the compartment of protected addresses, or not
    /// recorded at all. It is reached through a desk.
    Protected {
        /// The desk; the State's contact point if none is named.
        through: Option<DeskRef>,
    },
}

impl Place {
    /// Whether its address must not be found.
    #[must_use]
    pub const fn is_protected(&self) -> bool {
        matches!(self, Self::Protected { .. })
    }

    /// The places anyone may know.
    #[must_use]
    pub fn locations(&self) -> &[Location] {
        match self {
            Self::Open { locations } => locations,
            Self::Protected { .. } => &[],
        }
    }
}

/// How many places there are, and who knows since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    /// What is counted: `bed`, `place`, `hour`.
    pub unit: String,
    /// How many there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<u32>,
    /// How many are free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<u32>,
    /// When the free places were last confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Day>,
}

/// Who pays for it, and how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funding {
    /// Who pays.
    pub source: String,
    /// The last day paid for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// An assessment against a standard (R082).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The standard.
    pub standard: String,
    /// Who assessed.
    pub by: String,
    /// How it ended.
    pub outcome: Outcome,
    /// When.
    pub on: Day,
    /// How long it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// What it is called.
    pub name: String,
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternate_name: Option<String>,
    /// What it is for.
    pub need: Need,
    /// What kind of house, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre: Option<Centre>,
    /// What it does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Who provides it.
    pub organisation: Organisation,
    /// The State it works in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The areas whose people it takes; empty: the whole State. For a
    /// protected service never where it is.
    #[serde(default)]
    pub areas: Vec<String>,
    /// Whether it works.
    pub status: Status,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// Numbers to call.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// Its web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Address for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Opening hours (see [`crate::hours`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// IANA time zone of the hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Languages spoken (BCP 47).
    #[serde(default)]
    pub languages: Vec<String>,
    /// Whether an interpreter can be had, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpretation: Option<String>,
    /// Whether one gets in without steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_free: Option<bool>,
    /// Other help for people with disabilities, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub accessibility: String,
    /// Whom it admits.
    #[serde(default)]
    pub eligibility: Eligibility,
    /// Places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// What it costs the person; empty: nobody said, `free`: nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fees: String,
    /// How one gets in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub application: String,
    /// Who pays for it.
    #[serde(default)]
    pub funding: Vec<Funding>,
    /// Assessments against standards.
    #[serde(default)]
    pub assessments: Vec<Assessment>,
    /// When someone last made sure that all this is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assured: Option<Day>,
    /// Something to know before calling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<String>,
}

coded! {
    /// How fresh a record is (R070).
    Freshness {
        /// Confirmed within 180 days.
        Fresh = "fresh",
        /// Older than 180 days.
        Amber = "amber",
        /// Older than 365 days, or never confirmed.
        Red = "red",
    }
}

impl Freshness {
    /// Days after which a record turns amber (R070).
    pub const AMBER_DAYS: i64 = 180;
    /// Days after which it turns red (R070).
    pub const RED_DAYS: i64 = 365;

    /// How fresh something is that was confirmed on a day.
    #[must_use]
    pub fn of(confirmed: Option<Day>, today: Day) -> Self {
        let Some(confirmed) = confirmed else { return Self::Red };
        if today > confirmed.plus_days(Self::RED_DAYS) {
            Self::Red
        } else if today > confirmed.plus_days(Self::AMBER_DAYS) {
            Self::Amber
        } else {
            Self::Fresh
        }
    }
}

coded! {
    /// Something about a service that someone should look at.
    Flag {
        /// No assessment against a standard holds today (R082).
        NotAssessed = "not-assessed",
        /// The assessment that holds ends within 60 days, and none follows it.
        AssessmentEnds = "assessment-ends",
        /// The last assessment found the standard not met.
        StandardNotMet = "standard-not-met",
        /// The money ends within 60 days, or has ended.
        FundingEnds = "funding-ends",
        /// Nobody made sure within 180 days that the record is right.
        NotAssured = "not-assured",
        /// Free places were not confirmed within seven days.
        PlacesUnconfirmed = "places-unconfirmed",
        /// Protected, and no desk is named through which it is reached.
        NoDesk = "no-desk",
        /// Came in without the State it works in: nobody who looks for help finds it.
        NoState = "no-state",
    }
}

/// Days before the end of money or of a memorandum at which one is reminded (R083).
pub const REMIND_DAYS: i64 = 60;

/// Free places count as known for so many days after they were confirmed.
pub const PLACES_HOLD_DAYS: i64 = 7;

impl Service {
    /// The assessment that holds on a day, the latest first.
    #[must_use]
    pub fn valid_assessment(&self, today: Day) -> Option<&Assessment> {
        let holds =
            |one: &&Assessment| one.on <= today && one.until.is_none_or(|until| until >= today);
        self.assessments.iter().filter(holds).max_by_key(|one| one.on)
    }

    /// The assessment after which none holds, if it ends within 60 days or ended not
    /// longer ago: of its end one should be reminded (R082).
    #[must_use]
    pub fn assessment_ends(&self, today: Day) -> Option<(&Assessment, Day)> {
        let made = || self.assessments.iter().filter(move |one| one.on <= today);
        if made().any(|one| one.until.is_none()) {
            return None;
        }
        let (last, until) =
            made().filter_map(|one| Some((one, one.until?))).max_by_key(|(_, until)| *until)?;
        let near = until <= today.plus_days(REMIND_DAYS) && until >= today.plus_days(-REMIND_DAYS);
        near.then_some((last, until))
    }

    /// What someone should look at.
    #[must_use]
    pub fn flags(&self, today: Day) -> Vec<Flag> {
        let mut flags = Vec::new();
        if self.status != Status::Active {
            return flags;
        }
        match self.valid_assessment(today).map(|one| one.outcome) {
            None => flags.push(Flag::NotAssessed),
            Some(Outcome::NotMet) => flags.push(Flag::StandardNotMet),
            Some(_) => {}
        }
        if self.assessment_ends(today).is_some_and(|(_, until)| until >= today) {
            flags.push(Flag::AssessmentEnds);
        }
        let last = self.funding.iter().map(|one| one.until).max();
        if let Some(Some(until)) = last
            && self.funding.iter().all(|one| one.until.is_some())
            && until <= today.plus_days(REMIND_DAYS)
        {
            flags.push(Flag::FundingEnds);
        }
        if Freshness::of(self.assured, today) != Freshness::Fresh {
            flags.push(Flag::NotAssured);
        }
        if let Some(capacity) = &self.capacity
            && capacity.confirmed.is_none_or(|day| today > day.plus_days(PLACES_HOLD_DAYS))
        {
            flags.push(Flag::PlacesUnconfirmed);
        }
        if matches!(self.place, Place::Protected { through: None }) {
            flags.push(Flag::NoDesk);
        }
        if self.state.is_none() {
            flags.push(Flag::NoState);
        }
        flags
    }

    /// The numbers to call: its own, else those of its places, each once.
    #[must_use]
    pub fn numbers(&self) -> Vec<&Phone> {
        if self.phones.is_empty() {
            let mut known = std::collections::BTreeSet::new();
            let phones = self.place.locations().iter().flat_map(|at| &at.phones);
            return phones.filter(|phone| known.insert(dialled(&phone.number))).collect();
        }
        self.phones.iter().collect()
    }

    /// The same service as it is given in an area, by its folded name: the place there
    /// first, with the numbers that ring and the hours that hold there.
    #[must_use]
    pub fn given_in(mut self, area: &str, fold: impl Fn(&str) -> String) -> Self {
        let Place::Open { locations } = &mut self.place else { return self };
        let town = locations.iter().position(|at| fold(&at.city) == area);
        let Some(found) = town.or_else(|| locations.iter().position(|at| fold(&at.region) == area))
        else {
            return self;
        };
        let here = locations.remove(found);
        locations.insert(0, here.clone());
        if !here.phones.is_empty() {
            self.phones = here.phones;
        }
        self.hours = here.hours.or(self.hours);
        self
    }

    /// The town or region an open service is in, else the areas it serves.
    #[must_use]
    pub fn where_shown(&self) -> Option<&str> {
        let place = self.place.locations().iter().find_map(|at| {
            [&at.city, &at.region].into_iter().find(|name| !name.is_empty()).map(String::as_str)
        });
        place.or_else(|| self.areas.first().map(String::as_str))
    }

    /// The same service as the public may see it: of a protected one nothing
    /// but that it exists, for each fact could tell it from others (R9).
    #[must_use]
    pub fn for_the_public(&self) -> Self {
        if !self.place.is_protected() {
            return self.clone();
        }
        Self::hidden(self.need, self.state)
    }
}

#[cfg(test)]
pub(crate) mod tests;
