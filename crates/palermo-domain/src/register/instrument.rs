//! Instruments: conventions, protocols, declarations, memoranda, decisions.
//! What they cover and leave out, how they relate to each other, and when a
//! State that joins is bound. Written in `content/instruments`, one a file.

use super::{
    day::Day,
    fact::{Answer, Statements},
    provenance::{PartialDate, Provenance},
    recorded::{self, RecordedFact},
    topic::Topic,
};
use crate::coded;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

#[path = "instrument_file.rs"]
mod file;
pub(crate) use file::flag;
pub use file::read;

/// The short name of an instrument in addresses and commands: small letters,
/// digits and hyphens, such as `tip-protocol`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstrumentId(String);

/// A text that is not the id of an instrument.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id; use small letters, digits and hyphens, such as `tip-protocol`")]
pub struct NotAnInstrumentId(pub String);

impl InstrumentId {
    /// The id as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text is written as ids of `content/` are: small letters, digits
/// and hyphens between them.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty()
        && text.len() <= 60
        && text.bytes().all(allowed)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

impl FromStr for InstrumentId {
    type Err = NotAnInstrumentId;
    fn from_str(text: &str) -> Result<Self, NotAnInstrumentId> {
        let own = text.to_owned();
        if is_slug(text) { Ok(Self(own)) } else { Err(NotAnInstrumentId(own)) }
    }
}

impl fmt::Display for InstrumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for InstrumentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for InstrumentId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

coded! {
    /// The form of an instrument.
    InstrumentKind {
        /// A convention or covenant.
        Convention = "convention",
        /// A protocol to a convention.
        Protocol = "protocol",
        /// An agreement between States.
        Agreement = "agreement",
        /// A memorandum of understanding.
        Mou = "mou",
        /// A declaration.
        Declaration = "declaration",
        /// A decision that binds.
        Decision = "decision",
        /// A framework decision of the European Union.
        FrameworkDecision = "framework_decision",
        /// A directive of the European Union.
        Directive = "directive",
        /// A charter.
        Charter = "charter",
        /// A framework act or guiding law.
        FrameworkAct = "framework_act",
        /// A plan of action that serves as the common text.
        Plan = "plan",
        /// Principles, guidelines or a policy.
        Guidelines = "guidelines",
    }
}

coded! {
    /// How one instrument stands to another.
    RelationKind {
        /// Adds to it and cannot stand alone.
        Supplements = "supplements",
        /// Takes its place.
        Replaces = "replaces",
        /// Carries it out.
        Implements = "implements",
        /// Builds on it.
        DrawsOn = "draws_on",
    }
}

impl RelationKind {
    /// The same relation seen from the other side.
    #[must_use]
    pub const fn inverse(self) -> &'static str {
        match self {
            Self::Supplements => "supplemented_by",
            Self::Replaces => "replaced_by",
            Self::Implements => "implemented_by",
            Self::DrawsOn => "drawn_on_by",
        }
    }
}

/// How long after its deposit a State is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// This many days later.
    Days(u16),
    /// This many months later.
    Months(u16),
    /// On the first day of the month that follows this many months.
    FirstOfMonthAfter(u16),
}

/// A text that does not say how long to wait.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a time to wait; write `30 days`, `3 months` or `first of month after 3 months`"
)]
pub struct NotAWait(pub String);

impl FromStr for Wait {
    type Err = NotAWait;
    fn from_str(text: &str) -> Result<Self, NotAWait> {
        let wrong = || NotAWait(text.to_owned());
        let (first, rest) = match text.strip_prefix("first of month after ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (number, unit) = rest.split_once(' ').ok_or_else(wrong)?;
        let number = number.parse().map_err(|_| wrong())?;
        match (first, unit) {
            (false, "day" | "days") => Ok(Self::Days(number)),
            (false, "month" | "months") => Ok(Self::Months(number)),
            (true, "month" | "months") => Ok(Self::FirstOfMonthAfter(number)),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => write!(f, "{days} days"),
            Self::Months(months) => write!(f, "{months} months"),
            Self::FirstOfMonthAfter(months) => write!(f, "first of month after {months} months"),
        }
    }
}

/// From when an instrument binds a party: not before it is in force itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyRule {
    /// The day the instrument entered into force, if known to the day.
    pub in_force: Option<Day>,
    /// How long after deposit, if known.
    pub wait: Option<Wait>,
}

impl PartyRule {
    /// The day it enters into force for a State that deposits on `deposit`;
    /// nothing where day or rule is unknown.
    #[must_use]
    pub fn in_force_for(&self, deposit: Day) -> Option<Day> {
        let own = match self.wait? {
            Wait::Days(days) => deposit.plus_days(days.into()),
            Wait::Months(months) => deposit.plus_months(months),
            Wait::FirstOfMonthAfter(months) => deposit.plus_months(months).first_of_next_month(),
        };
        Some(own.max(self.in_force?))
    }
}

/// An answer about an instrument, with its source or the reason there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// The answer.
    pub answer: Answer,
    /// Why, or why it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where it was read; only `unknown` may go without.
    #[serde(flatten)]
    pub provenance: Option<Provenance>,
}

coded! {
    /// What an instrument may or may not cover (R009).
    ScopeItem {
        /// Women.
        Women = "women",
        /// Men and boys.
        Men = "men",
        /// Children.
        Children = "children",
        /// Sexual exploitation.
        Sexual = "sexual",
        /// Labour exploitation.
        Labour = "labour",
        /// Removal of organs.
        Organs = "organs",
        /// Trafficking inside one State.
        Internal = "internal",
    }
}

/// A provision, labelled in our own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provision {
    /// Article, paragraph or section.
    pub article: String,
    /// What it is about.
    pub label: String,
    /// The same as topics.
    pub topics: Vec<Topic>,
}

/// How the instrument stands to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// The relation.
    pub kind: RelationKind,
    /// The other instrument.
    pub to: InstrumentId,
    /// Where it was read.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// An instrument with everything the register keeps about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instrument {
    /// Its id.
    pub id: InstrumentId,
    /// Its form.
    pub kind: InstrumentKind,
    /// Whether it binds those who join.
    pub binding: Answer,
    /// The name people use, in English.
    pub short: String,
    /// That name in other languages.
    pub names: BTreeMap<String, String>,
    /// Its title, as sources give it.
    pub title: Statements<String>,
    /// Adoption.
    pub adopted: Statements<PartialDate>,
    /// Opening for signature.
    pub opened: Statements<PartialDate>,
    /// Entry into force.
    pub in_force: Statements<PartialDate>,
    /// From when it no longer applies.
    pub ended: Statements<PartialDate>,
    /// How long after deposit it binds.
    #[serde(serialize_with = "as_text")]
    pub wait: Option<Wait>,
    /// Who keeps the acts of parties.
    pub depositary: Option<String>,
    /// Chapter and number in the UN Treaty Collection, such as `18-12-a`.
    pub collection: Option<String>,
    /// The mechanism it belongs to, by id.
    pub mechanism: Option<String>,
    /// Whether organisations may become parties.
    pub open_to_organisations: Answer,
    /// Whether it uses the definition of the Palermo Protocol (R008).
    pub palermo_definition: Flag,
    /// What it covers.
    pub scope: BTreeMap<ScopeItem, Flag>,
    /// Its provisions.
    pub provisions: Vec<Provision>,
    /// Its relations to others.
    pub relations: Vec<Relation>,
}

fn as_text<S: Serializer>(wait: &Option<Wait>, serializer: S) -> Result<S::Ok, S::Error> {
    match wait {
        Some(wait) => serializer.collect_str(wait),
        None => serializer.serialize_none(),
    }
}

impl Instrument {
    /// From when it binds those who join.
    #[must_use]
    pub fn party_rule(&self) -> PartyRule {
        let day = self.in_force.settled().map(|s| s.value).filter(|d| d.is_exact());
        PartyRule { in_force: day.map(PartialDate::first_day), wait: self.wait }
    }

    /// The first day on which anyone could sign it, as far as sources tell:
    /// the earliest of all dates stated for adoption and opening.
    #[must_use]
    pub fn not_before(&self) -> Option<Day> {
        let stated = self.adopted.all().iter().chain(self.opened.all());
        stated.map(|s| s.value.first_day()).min()
    }

    /// What it is known to cover or not.
    #[must_use]
    pub fn covers(&self, item: ScopeItem) -> Answer {
        self.scope.get(&item).map_or(Answer::Unknown, |flag| flag.answer)
    }

    /// Its articles on a topic.
    pub fn on_topic(&self, topic: Topic) -> impl Iterator<Item = &Provision> {
        self.provisions.iter().filter(move |p| p.topics.contains(&topic))
    }
}

/// Instruments that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InstrumentsRefused {
    /// An id stands twice.
    #[error("the instrument `{0}` stands twice")]
    IdTwice(InstrumentId),
    /// Two instruments claim one number of the treaty collection.
    #[error("`{one}` and `{other}` both claim the number `{number}` of the treaty collection")]
    NumberTwice {
        /// One.
        one: InstrumentId,
        /// The other.
        other: InstrumentId,
        /// The number.
        number: String,
    },
    /// A relation leads nowhere.
    #[error("`{from}` is related to `{to}`, which is not in the register{}", suggestion(nearest))]
    NoSuchInstrument {
        /// Whose relation.
        from: InstrumentId,
        /// The missing instrument.
        to: InstrumentId,
        /// The most similar id.
        nearest: Option<InstrumentId>,
    },
}

fn suggestion(nearest: &Option<InstrumentId>) -> String {
    nearest.as_ref().map_or_else(String::new, |id| format!("; did you mean `{id}`?"))
}

/// All instruments.
#[derive(Debug, Clone, Default)]
pub struct InstrumentRegister(BTreeMap<InstrumentId, Instrument>);

impl InstrumentRegister {
    /// Puts instruments together.
    ///
    /// # Errors
    /// When an id or a number stands twice or a relation leads nowhere.
    pub fn new(all: Vec<Instrument>) -> Result<Self, InstrumentsRefused> {
        let mut register = Self::default();
        let mut numbers: BTreeMap<String, InstrumentId> = BTreeMap::new();
        for instrument in all {
            let id = instrument.id.clone();
            if let Some(number) = &instrument.collection
                && let Some(one) = numbers.insert(number.clone(), id.clone())
            {
                let number = number.clone();
                return Err(InstrumentsRefused::NumberTwice { one, other: id, number });
            }
            if register.0.insert(id.clone(), instrument).is_some() {
                return Err(InstrumentsRefused::IdTwice(id));
            }
        }
        for (from, relation) in
            register.0.values().flat_map(|i| i.relations.iter().map(|r| (&i.id, r)))
        {
            if !register.0.contains_key(&relation.to) {
                return Err(InstrumentsRefused::NoSuchInstrument {
                    from: from.clone(),
                    to: relation.to.clone(),
                    nearest: register.nearest(relation.to.as_str()),
                });
            }
        }
        Ok(register)
    }

    /// The same with facts recorded beside what ships, in the order they were
    /// recorded.
    #[must_use]
    pub fn with(mut self, facts: &[RecordedFact]) -> Self {
        for instrument in self.0.values_mut() {
            for fact in facts {
                recorded::into_instrument(instrument, fact);
            }
        }
        self
    }

    /// The instrument with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Instrument> {
        self.0.values().find(|i| i.id.as_str() == id)
    }

    /// The instrument with this number in the treaty collection.
    #[must_use]
    pub fn by_number(&self, number: &str) -> Option<&Instrument> {
        self.0.values().find(|i| i.collection.as_deref() == Some(number))
    }

    /// The id most like a text, if any is alike.
    #[must_use]
    pub fn nearest(&self, id: &str) -> Option<InstrumentId> {
        let likeness = |known: &InstrumentId| strsim::jaro_winkler(id, known.as_str());
        let best = self.0.keys().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        Some(best.clone()).filter(|b| likeness(b) > 0.8)
    }

    /// Every instrument, by id.
    pub fn all(&self) -> impl Iterator<Item = &Instrument> {
        self.0.values()
    }

    /// The instruments that are known not to cover something (R009).
    #[must_use]
    pub fn without(&self, item: ScopeItem) -> Vec<&Instrument> {
        self.all().filter(|i| i.covers(item) == Answer::No).collect()
    }

    /// Relations of an instrument as seen from it, each with the word for it
    /// and the other instrument.
    #[must_use]
    pub fn related<'a>(&'a self, id: &InstrumentId) -> BTreeSet<(&'static str, &'a InstrumentId)> {
        let own = self.0.get(id).into_iter().flat_map(|i| &i.relations);
        let others = self.all().flat_map(|i| i.relations.iter().map(move |r| (i, r)));
        own.map(|r| (r.kind.code(), &r.to))
            .chain(others.filter(|(_, r)| &r.to == id).map(|(i, r)| (r.kind.inverse(), &i.id)))
            .collect()
    }
}

#[cfg(test)]
#[path = "instrument_tests.rs"]
mod tests;
