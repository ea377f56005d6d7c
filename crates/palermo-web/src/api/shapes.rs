//! Shapes of answers whose types live in the domain, which knows nothing of
//! OpenAPI. They are only described here, never made: the answer is what the
//! domain writes, and a test compares the two.

#![allow(dead_code)] // read by the description alone

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What one source says about one fact.
#[derive(ToSchema)]
pub(super) struct Said {
    /// What it says.
    value: String,
    /// Whether the register follows this statement where others differ.
    preferred: bool,
    /// Document and place.
    source: String,
    /// The date up to which the source speaks: `2010`, `2010-12` or `2010-12-31`.
    as_of: String,
    /// How sure it is: `stated`, `high`, `medium` or `low`.
    confidence: String,
}

/// The profile of a mechanism. A fact no source gives is `{"unknown": "why"}`.
#[derive(ToSchema)]
pub(super) struct MechanismProfile {
    /// Its id, such as `ECOWAS`.
    id: String,
    /// What it is called, by language.
    names: BTreeMap<String, String>,
    /// Other names in use.
    #[schema(required = false)]
    also_known_as: Vec<String>,
    /// What kind of mechanism it is, in a few words.
    kind: String,
    /// How much the sources tell.
    detail: String,
    /// What it is, with its source.
    #[schema(value_type = Object)]
    summary: Value,
    /// The date up to which the profile speaks.
    as_of: String,
    /// The currency in which it tells totals (ISO 4217).
    #[schema(required = false)]
    currency: String,
    /// The texts it rests on, the principal one first.
    #[schema(value_type = Vec<Object>)]
    founding: Value,
    /// When it was founded.
    founded: Value,
    /// Who does the daily work.
    secretariat: Value,
    /// Who belongs.
    membership: Value,
    /// Its instruments.
    instruments: Value,
    /// Its bodies, with how often they meet.
    bodies: Value,
    /// Its plans.
    plans: Value,
    /// Duties to report.
    duties: Value,
    /// Questionnaires it uses.
    questionnaires: Value,
    /// Working languages.
    languages: Value,
    /// Figures it sets, such as days of reflection.
    rules: Value,
}

/// An instrument.
#[derive(ToSchema)]
pub(super) struct Instrument {
    /// Its id, such as `tip-protocol`.
    id: String,
    /// Its form, such as `protocol`.
    kind: String,
    /// Whether it binds those who join: `yes`, `no`, `partly` or `unknown`.
    binding: String,
    /// The name people use, in English.
    short: String,
    /// That name in other languages.
    names: BTreeMap<String, String>,
    /// Its title, as sources give it.
    title: Vec<Said>,
    /// Adoption.
    adopted: Vec<Said>,
    /// Opening for signature.
    opened: Vec<Said>,
    /// Entry into force.
    in_force: Vec<Said>,
    /// From when it no longer applies.
    ended: Vec<Said>,
    /// How long after deposit it binds.
    wait: Option<String>,
    /// Who keeps the acts of parties.
    depositary: Option<String>,
    /// Chapter and number in the UN Treaty Collection.
    collection: Option<String>,
    /// The mechanism it belongs to.
    mechanism: Option<String>,
    /// Whether organisations may become parties.
    open_to_organisations: String,
    /// Whether it uses the definition of the Palermo Protocol.
    #[schema(value_type = Object)]
    palermo_definition: Value,
    /// What it covers, by subject.
    #[schema(value_type = Object)]
    scope: Value,
    /// Its provisions.
    #[schema(value_type = Vec<Object>)]
    provisions: Value,
    /// Its relations to other instruments.
    #[schema(value_type = Vec<Object>)]
    relations: Value,
}

/// An agreement between States, mechanisms or third countries.
#[derive(ToSchema)]
pub(super) struct Agreement {
    /// Its short name.
    key: String,
    /// What it is called, as sources give it.
    title: Vec<Said>,
    /// Its form, such as `mou`.
    form: String,
    /// Who concluded it: `state:BEN`, `mechanism:ECOWAS`.
    parties: Vec<String>,
    /// The mechanism that helped it along.
    facilitated_by: Option<String>,
    /// What it is about.
    subject: Vec<String>,
    /// Procedures agreed under it.
    sops: Vec<String>,
    /// Where it stands, such as `active`.
    status: String,
    /// Signature.
    signed: Vec<Said>,
    /// Entry into force.
    in_force: Vec<Said>,
    /// Its end.
    ends: Vec<Said>,
    /// Bodies answerable for it.
    bodies: Vec<String>,
    /// Its place in budgets.
    #[schema(value_type = Vec<Object>)]
    budgets: Value,
    /// Its place in the mandates of bodies.
    #[schema(value_type = Vec<Object>)]
    mandates: Value,
    /// Whether a clause sets up monitoring.
    #[schema(value_type = Object)]
    monitoring: Value,
    /// The assessment of needs it rests on.
    needs_assessment: Value,
    /// Reviews, due and held.
    #[schema(value_type = Vec<Object>)]
    reviews: Value,
    /// What was done under it.
    #[schema(value_type = Vec<Object>)]
    activities: Value,
    /// Cases handled, as counts.
    #[schema(value_type = Vec<Object>)]
    cases: Value,
    /// Where its existence was read.
    #[schema(value_type = Object)]
    provenance: Value,
    /// Remarks.
    note: Option<String>,
}

/// What the law of one State says on one topic.
#[derive(ToSchema)]
pub(super) struct LawEntry {
    /// The State's code.
    state: String,
    /// The topic.
    topic: String,
    /// How far it is provided for: `yes`, `partly`, `bill`, `no` or `unknown`.
    provided: String,
    /// The law.
    law: Option<String>,
    /// The article or section.
    article: Option<String>,
    /// What it says, or what is missing.
    words: Option<String>,
    /// Days of recovery and reflection it grants at least; absent where none are said.
    days: Option<u32>,
    /// Where this was read.
    source: String,
    /// The date up to which the source speaks.
    as_of: String,
    /// How sure it is.
    confidence: String,
}

/// A model text with those who used it.
#[derive(ToSchema)]
pub(super) struct ModelText {
    /// Its short name.
    key: String,
    /// What it is a model for, such as `law`.
    kind: String,
    /// The mechanism that offers it.
    mechanism: String,
    /// Its title, as sources give it.
    title: Vec<Said>,
    /// States that drew it up.
    authors: Vec<String>,
    /// When it was introduced.
    introduced: Vec<Said>,
    /// What it is about.
    topics: Vec<String>,
    /// States known to have used it, with their sources.
    #[schema(value_type = Vec<Object>)]
    adoptions: Value,
    /// Numbers of States that sources give without naming them.
    #[schema(value_type = Vec<Object>)]
    stated: Value,
}

/// A party to an instrument.
#[derive(Serialize, ToSchema)]
pub(super) struct Party {
    /// Its code; `EU` for the European Union.
    party: String,
    /// Its short name in the language asked for.
    name: String,
    /// `state` or `organisation`.
    kind: String,
    /// The day of deposit, from which it counts.
    #[schema(format = Date)]
    date: String,
    /// The act by which it is bound.
    act: String,
    /// The day the instrument entered into force for it, if known.
    #[schema(format = Date)]
    entry_into_force: Option<String>,
}

/// The parties to an instrument on a day.
#[derive(Serialize, ToSchema)]
pub(super) struct Parties {
    /// The instrument.
    instrument: String,
    /// The day.
    #[schema(format = Date)]
    on: String,
    /// How many parties, the European Union included.
    count: u64,
    /// The parties, by code.
    parties: Vec<Party>,
    /// Said when nothing is stored about the instrument by that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// The members of a mechanism that were no party on a day.
#[derive(Serialize, ToSchema)]
pub(super) struct Missing {
    /// The instrument.
    instrument: String,
    /// The day.
    #[schema(format = Date)]
    on: String,
    /// The mechanism.
    mechanism: String,
    /// Members that are no party, by code.
    missing: Vec<String>,
    /// Said when nothing is stored about the instrument by that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Who is bound: the parties, or with `missing` the members that are no party.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum PartiesOrMissing {
    /// Without `missing`.
    Parties(Parties),
    /// With `missing`.
    Missing(Missing),
}

/// What a State is to a mechanism.
#[derive(ToSchema)]
pub(super) struct MembershipOf {
    /// The mechanism's id.
    id: String,
    /// Its name.
    name: String,
    /// What the State is in it, such as `member` or `observer`.
    status: String,
    /// Since when, as far as known.
    from: Option<String>,
    /// Until when.
    to: Option<String>,
    /// `known`, or `unknown` if no source gives the beginning.
    dates: String,
}

/// A State, area or organisation.
#[derive(ToSchema)]
pub(super) struct StateEntry {
    /// Its code: ISO 3166-1 alpha-3, or `EU`.
    code: String,
    /// Its number in M49.
    m49: Option<u16>,
    /// `state`, `area`, `organisation` or `former`.
    kind: String,
    /// The day it came into being, where it matters for treaties.
    #[schema(format = Date)]
    from: Option<String>,
    /// The day on which it was no more.
    #[schema(format = Date)]
    to: Option<String>,
    /// The States that followed it.
    successors: Vec<String>,
    /// Short names by language.
    names: BTreeMap<String, String>,
    /// Names in full by language.
    formal: BTreeMap<String, String>,
}
