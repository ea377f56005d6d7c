//! A mechanism as data (R001–R004, R015): the region's own description of a
//! regional body or process, read from `content/mechanisms/`. One file is one
//! [`MechanismProfile`]; all of them together are a [`MechanismRegister`],
//! which answers who belonged to what on a date.
//!
//! Adherence to treaties, agreements and national laws are not here: they are
//! registers of their own, which a profile names by id.

mod map;
mod membership;
mod parse;
mod parse_members;
mod register;
mod sections;
mod words;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::money::Currency;

use super::provenance::{PartialDate, Provenance, Stated, Statement};

pub use map::MapSettings;
pub use membership::{Dates, MemberOn, MembershipOf};
pub use register::{MechanismRegister, MechanismSummary};
pub use words::{
    BodyKind, Detail, FoundingType, InstrumentKind, MemberStatus, PartnerRole, PlanStatus,
    RelationKind,
};

/// The name by which a mechanism is known everywhere: capitals, digits, `.`
/// and `-`, as in `AU.COMMIT` or `ECOWAS-ECCAS`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct MechanismId(String);

impl MechanismId {
    /// Reads an id; `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let allowed =
            |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.' || c == '-';
        let starts = text.starts_with(|c: char| c.is_ascii_uppercase());
        (starts && text.chars().all(allowed)).then(|| Self(text.to_owned()))
    }

    /// The id as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the file that holds its profile, without folder.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.toml", self.0.to_lowercase().replace('.', "-"))
    }
}

impl fmt::Display for MechanismId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a mechanism is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Names {
    /// In English.
    pub en: String,
    /// Official names in other languages, by language code.
    #[serde(flatten)]
    pub others: BTreeMap<String, String>,
}

impl Names {
    /// The name in a language, in English where it has none.
    #[must_use]
    pub fn said_in(&self, language: &str) -> &str {
        self.others.get(language).unwrap_or(&self.en)
    }
}

/// A text on which the work against trafficking rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Founding {
    /// Its type.
    #[serde(rename = "type")]
    pub founding_type: FoundingType,
    /// What it is.
    pub title: String,
    /// When it was adopted or signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A date with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DatedFact {
    /// The date.
    pub date: PartialDate,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Who does the daily work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Secretariat {
    /// The organisation or unit.
    pub name: String,
    /// The place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Words that say what is covered, with their source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The words; `all` means no limit.
    pub values: Vec<String>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// How often something happens: `times` in every `years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cadence {
    /// How many times, at least 1.
    pub times: u32,
    /// In how many years, at least 1.
    pub years: u32,
}

/// An instrument the mechanism made or works with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Instrument {
    /// Its id in the register of instruments, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it is.
    #[serde(rename = "type")]
    pub instrument_kind: InstrumentKind,
    /// When it was adopted or published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A body of the mechanism, with how often it meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Body {
    /// Name within the profile.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it does.
    pub kind: BodyKind,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
    /// Who sits in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub composition: Option<String>,
    /// How often it meets.
    pub cadence: Stated<Cadence>,
    /// How many members make a meeting valid, in members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<u32>,
    /// How the chair goes round, where a document says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chair: Option<Rotation>,
    /// The body it answers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<String>,
    /// The bodies whose reports it sees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sees_reports_of: Vec<String>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A chair that goes from State to State, one a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rotation {
    /// The year of the first State.
    pub from: i32,
    /// The States in their order; after the last the first again.
    pub order: Vec<String>,
}

/// One heading, area, activity or action of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Area {
    /// Its number or letter within the plan.
    pub no: String,
    /// What this level is called, e.g. `heading`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// What it is about.
    pub title: String,
    /// The number of the entry it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

/// A period of a plan or campaign with its theme (R034).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phase {
    /// First year or date.
    pub from: PartialDate,
    /// Last year or date.
    pub to: PartialDate,
    /// Its theme.
    pub theme: String,
}

/// A plan of action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Name within the profile.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub status: PlanStatus,
    /// First year or date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// Last year or date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<PartialDate>,
    /// When it was adopted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted: Option<PartialDate>,
    /// Who adopted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted_by: Option<String>,
    /// The plan before it, by id within the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<String>,
    /// How the predecessor was reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// How it is divided, in any depth and numbering (R017).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<Area>,
    /// Its phases.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Phase>,
    /// Principles it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub principles: Vec<String>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A duty to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// Name within the profile.
    pub id: String,
    /// Who reports.
    pub who: String,
    /// To whom.
    pub to: String,
    /// What.
    pub what: String,
    /// How often.
    pub cadence: Stated<Cadence>,
    /// The provision it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// The first period it covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// The parts the report must have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The questionnaire it uses, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questionnaire: Option<String>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A questionnaire the mechanism uses, by its id in `content/questionnaires`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionnaireRef {
    /// Its id.
    pub id: String,
    /// What it is used for.
    pub used_for: String,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A figure the mechanism sets for its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// What it bounds, e.g. `reflection_days`.
    pub key: String,
    /// The figure.
    pub value: u32,
    /// Its unit, e.g. `days`.
    pub unit: String,
    /// What it means.
    pub meaning: String,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A remark with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The remark.
    pub text: String,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A State in an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Joined {
    /// ISO 3166 alpha-3 or user-assigned code.
    pub state: String,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<PartialDate>,
}

/// An activity that States may choose to take part in (R004).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Activity {
    /// Name within the profile.
    pub id: String,
    /// What it is.
    pub title: String,
    /// First year or date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// Last year or date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<PartialDate>,
    /// How many States took part, where only the number is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The States that opted in.
    pub joined: Stated<Vec<Joined>>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Another organisation in the mechanism.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// What it does there.
    pub role: PartnerRole,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A tie to another mechanism.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// Which tie.
    pub kind: RelationKind,
    /// To which mechanism.
    pub to: MechanismId,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// An organisation that a source only names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// In what connection.
    pub context: String,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// One State's membership for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberRecord {
    /// ISO 3166 alpha-3 or user-assigned code.
    pub state: String,
    /// How it belongs.
    pub status: MemberStatus,
    /// Since when; absent is unknown.
    pub from: Option<PartialDate>,
    /// Until when; absent is open.
    pub to: Option<PartialDate>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Who makes up a mechanism.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Composition {
    /// States, each with its dates.
    Records(Vec<MemberRecord>),
    /// All States of these mechanisms (R003).
    UnionOf(Vec<MechanismId>),
    /// The parties to an instrument, which the adherence register knows.
    PartiesTo(String),
}

/// Who belongs, and which ways of belonging count as membership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// Who belongs.
    #[serde(flatten)]
    pub composition: Composition,
    /// The statuses that the sources count as members.
    pub counts: Vec<MemberStatus>,
    /// Whence we know.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Everything Palermo knows of one mechanism, each fact with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MechanismProfile {
    /// Its id.
    pub id: MechanismId,
    /// What it is called.
    pub names: Names,
    /// Other names in use.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_known_as: Vec<String>,
    /// What kind of mechanism it is, in a few words.
    pub kind: String,
    /// How much the sources tell.
    pub detail: Detail,
    /// What it is, in a sentence or two.
    pub summary: Remark,
    /// The date up to which the profile speaks.
    pub as_of: PartialDate,
    /// The currency in which it tells totals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The texts it rests on; the first is the principal one.
    pub founding: Vec<Founding>,
    /// When the body whose members are listed was founded.
    pub founded: Stated<DatedFact>,
    /// When it ended or became something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<DatedFact>,
    /// Who does the daily work.
    pub secretariat: Stated<Secretariat>,
    /// Whose trafficking it covers.
    pub persons: Stated<Coverage>,
    /// Which forms of exploitation it covers.
    pub forms: Stated<Coverage>,
    /// Who belongs.
    pub membership: Stated<Membership>,
    /// Its instruments.
    pub instruments: Stated<Vec<Instrument>>,
    /// Its bodies.
    pub bodies: Stated<Vec<Body>>,
    /// Its plans.
    pub plans: Stated<Vec<Plan>>,
    /// Its duties to report.
    pub duties: Stated<Vec<Duty>>,
    /// Its questionnaires.
    pub questionnaires: Stated<Vec<QuestionnaireRef>>,
    /// Its working languages, by language code.
    pub languages: Stated<Coverage>,
    /// Figures it sets.
    pub rules: Stated<Vec<Rule>>,
    /// What it does that others do not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<Remark>,
    /// Its authority, staff and money (R225).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capacity: Vec<Remark>,
    /// Activities that States opt into (R004).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// Other organisations in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partner>,
    /// Ties to other mechanisms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Points on which the sources differ (R015).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    /// Organisations that are only named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Named>,
    /// How its States are drawn on maps, where it decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<MapSettings>,
}
