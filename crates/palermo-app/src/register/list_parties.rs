//! Who is a party to an instrument on a day, and which members of a mechanism
//! are not. Pure: what is stored comes in as an argument.

use palermo_domain::register::{
    adherence::{self, Act, Adherence},
    day::Day,
    instrument::{Instrument, InstrumentId},
    state::{StateCode, StateKind, StateRegister},
};
use serde::Serialize;

/// A party as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyShown {
    /// Its code.
    pub party: StateCode,
    /// Its short name.
    pub name: String,
    /// `state` or `organisation`.
    pub kind: &'static str,
    /// The day of deposit, from which it counts.
    pub date: Day,
    /// The act by which it is bound.
    pub act: Act,
    /// The day the instrument entered into force for it, if known.
    pub entry_into_force: Option<Day>,
}

/// The parties to an instrument on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartiesReport {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The day.
    pub on: Day,
    /// How many parties, the European Union included.
    pub count: usize,
    /// The parties, by code.
    pub parties: Vec<PartyShown>,
}

/// The members of a mechanism that are no party on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingReport {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The day.
    pub on: Day,
    /// The mechanism.
    pub mechanism: String,
    /// Members that are no party, by code.
    pub missing: Vec<StateCode>,
}

/// The parties on a day, with their names in a language.
#[must_use]
pub fn parties(
    instrument: &Instrument,
    on: Day,
    stored: &[Adherence],
    states: &StateRegister,
    language: &str,
) -> PartiesReport {
    let rule = instrument.party_rule();
    let parties: Vec<PartyShown> = adherence::parties_on(&instrument.id, on, &rule, stored)
        .into_iter()
        .map(|party| PartyShown {
            party: party.party,
            name: states.name(party.party, language),
            kind: states.get(party.party).map_or(StateKind::State, |s| s.kind).as_party(),
            date: party.date,
            act: party.act,
            entry_into_force: party.entry_into_force,
        })
        .collect();
    PartiesReport { instrument: instrument.id.clone(), on, count: parties.len(), parties }
}

/// The members of a mechanism that are no party on a day. Members that have no
/// code of a State are left out.
#[must_use]
pub fn missing<'m>(
    instrument: &Instrument,
    on: Day,
    mechanism: &str,
    members: impl IntoIterator<Item = &'m str>,
    stored: &[Adherence],
) -> MissingReport {
    let members: Vec<StateCode> =
        members.into_iter().filter_map(|code| code.parse().ok()).collect();
    MissingReport {
        instrument: instrument.id.clone(),
        on,
        mechanism: mechanism.to_owned(),
        missing: adherence::missing_on(&instrument.id, on, &members, stored),
    }
}
