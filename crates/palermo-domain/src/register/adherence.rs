//! What a State or organisation did towards an instrument, and on which day:
//! who was a party when, who was not, and what held them back.

use super::{
    day::Day,
    instrument::{InstrumentId, PartyRule},
    provenance::PartialDate,
    state::StateCode,
};
use crate::coded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

coded! {
    /// An act towards an instrument.
    Act {
        /// Signed, subject to ratification.
        Signature = "signature",
        /// Took over the signature of a State it followed.
        SuccessionToSignature = "succession_to_signature",
        /// Signed without anything further being needed.
        DefinitiveSignature = "definitive_signature",
        /// Ratified.
        Ratification = "ratification",
        /// Accepted.
        Acceptance = "acceptance",
        /// Approved.
        Approval = "approval",
        /// Acceded.
        Accession = "accession",
        /// Took over the obligations of a State it followed.
        Succession = "succession",
        /// Became a participant of a convention and its protocol.
        Participation = "participation",
        /// Confirmed formally: how organisations consent.
        FormalConfirmation = "formal_confirmation",
        /// Withdrew from or denounced the instrument.
        Withdrawal = "withdrawal",
        /// Made a reservation.
        Reservation = "reservation",
        /// Made a declaration.
        Declaration = "declaration",
    }
}

impl Act {
    /// Whether the act makes its author a party.
    #[must_use]
    pub const fn binds(self) -> bool {
        !matches!(
            self,
            Self::Signature
                | Self::SuccessionToSignature
                | Self::Withdrawal
                | Self::Reservation
                | Self::Declaration
        )
    }

    /// Whether the act is a signature that still has to be ratified.
    #[must_use]
    pub const fn signs(self) -> bool {
        matches!(self, Self::Signature | Self::SuccessionToSignature)
    }
}

/// An act with its date.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DatedAct {
    /// The day of signature, or of deposit with the depositary.
    pub date: Day,
    /// What was done.
    pub act: Act,
    /// For a withdrawal, the day it takes effect; for a reservation or
    /// declaration, the day it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// What a reservation or declaration concerns, in our own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Where an act typed by hand was read; one of a list has the list's source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The date up to which that source speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<PartialDate>,
}

impl DatedAct {
    /// An act on a day, without further detail.
    #[must_use]
    pub const fn new(act: Act, date: Day) -> Self {
        Self { date, act, until: None, detail: None, source: None, as_of: None }
    }

    /// Whether the other tells of the same act, wherever each was read.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        (self.date, self.act, self.until, &self.detail)
            == (other.date, other.act, other.until, &other.detail)
    }

    /// Whether there may be several of this kind: a new one never takes the place
    /// of another.
    #[must_use]
    pub const fn may_be_repeated(&self) -> bool {
        matches!(self.act, Act::Reservation | Act::Declaration)
    }
}

/// Everything one State or organisation did towards one instrument. A State
/// the depositary lists without any act has an empty list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adherence {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The State or organisation.
    pub party: StateCode,
    /// Its acts, by date.
    pub acts: Vec<DatedAct>,
    /// The day the instrument entered into force for it, where a source says.
    pub entry_into_force: Option<Day>,
    /// Where this was read.
    pub source: String,
    /// The date up to which the source speaks.
    pub as_of: PartialDate,
}

impl Adherence {
    /// The act by which it was bound on a day: the day of deposit counts. A
    /// withdrawal ends it on the day the withdrawal takes effect.
    #[must_use]
    pub fn bound_on(&self, on: Day) -> Option<&DatedAct> {
        let left = self
            .acts
            .iter()
            .filter(|a| a.act == Act::Withdrawal && a.until.unwrap_or(a.date) <= on)
            .map(|a| a.date)
            .max();
        self.acts
            .iter()
            .filter(|a| a.act.binds() && a.date <= on && left.is_none_or(|day| a.date > day))
            .min()
    }

    /// Where an act of it was read, and the date up to which that source speaks.
    #[must_use]
    pub fn source_of<'a>(&'a self, act: &'a DatedAct) -> (&'a str, PartialDate) {
        match &act.source {
            Some(source) => (source.as_str(), act.as_of.unwrap_or(self.as_of)),
            None => (self.source.as_str(), self.as_of),
        }
    }

    /// Puts an act in. One of the same kind gives way to it, unless there may be
    /// several, or its author left or came back in between; gives the one that
    /// gave way.
    pub fn enter(&mut self, act: DatedAct) -> Option<DatedAct> {
        let leaves = act.act == Act::Withdrawal;
        let parted = |other: Day| {
            let between = other.min(act.date)..=other.max(act.date);
            self.acts.iter().any(|one| {
                let turn = if leaves { one.act.binds() } else { one.act == Act::Withdrawal };
                turn && between.contains(&one.date)
            })
        };
        let known = self.acts.iter().position(|known| {
            if act.may_be_repeated() {
                known.says_the_same(&act)
            } else {
                known.act == act.act && !parted(known.date)
            }
        });
        let before = known.map(|at| self.acts.remove(at));
        self.acts.push(act);
        self.acts.sort();
        before
    }

    /// Takes an act out and gives it; nothing if it is not there.
    pub fn take_out(&mut self, act: Act, date: Day, detail: Option<&str>) -> Option<DatedAct> {
        let at = self.acts.iter().position(|known| {
            (known.act, known.date, known.detail.as_deref()) == (act, date, detail)
        })?;
        Some(self.acts.remove(at))
    }

    /// The signature it had given by a day, whether or not anything followed.
    #[must_use]
    pub fn signed_by(&self, on: Day) -> Option<&DatedAct> {
        self.acts.iter().filter(|a| a.act.signs() && a.date <= on).min()
    }

    /// Reservations and declarations in effect on a day.
    pub fn reservations_on(&self, on: Day) -> impl Iterator<Item = &DatedAct> {
        self.acts.iter().filter(move |a| {
            matches!(a.act, Act::Reservation | Act::Declaration)
                && a.date <= on
                && a.until.is_none_or(|until| on < until)
        })
    }

    /// The day the instrument entered into force for it: as a source says, or
    /// as the rule of the instrument gives it; nothing if neither tells.
    #[must_use]
    pub fn in_force_from(&self, on: Day, rule: &PartyRule) -> Option<Day> {
        let deposit = self.bound_on(on)?.date;
        self.entry_into_force.or_else(|| rule.in_force_for(deposit))
    }
}

/// A party to an instrument on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// The State or organisation.
    pub party: StateCode,
    /// The day of deposit, from which it counts as a party.
    pub date: Day,
    /// The act by which it is bound.
    pub act: Act,
    /// The day the instrument entered into force for it, if known.
    pub entry_into_force: Option<Day>,
}

/// The parties to an instrument on a day, by code.
#[must_use]
pub fn parties_on(
    instrument: &InstrumentId,
    on: Day,
    rule: &PartyRule,
    all: &[Adherence],
) -> Vec<Party> {
    let mut parties: Vec<Party> = of(instrument, all)
        .filter_map(|a| {
            let bound = a.bound_on(on)?;
            Some(Party {
                party: a.party,
                date: bound.date,
                act: bound.act,
                entry_into_force: a.in_force_from(on, rule),
            })
        })
        .collect();
    parties.sort_by_key(|p| p.party);
    parties
}

/// Those who had signed by a day but were no party, by code.
#[must_use]
pub fn signatories_on(
    instrument: &InstrumentId,
    on: Day,
    all: &[Adherence],
) -> Vec<(StateCode, Day)> {
    let mut signed: Vec<_> = of(instrument, all)
        .filter(|a| a.bound_on(on).is_none())
        .filter_map(|a| Some((a.party, a.signed_by(on)?.date)))
        .collect();
    signed.sort();
    signed
}

/// The members of a mechanism that were no party on a day, by code (R006).
#[must_use]
pub fn missing_on(
    instrument: &InstrumentId,
    on: Day,
    members: &[StateCode],
    all: &[Adherence],
) -> Vec<StateCode> {
    let bound: BTreeSet<_> =
        of(instrument, all).filter(|a| a.bound_on(on).is_some()).map(|a| a.party).collect();
    let wanted: BTreeSet<_> = members.iter().copied().collect();
    wanted.difference(&bound).copied().collect()
}

fn of<'a>(
    instrument: &'a InstrumentId,
    all: &'a [Adherence],
) -> impl Iterator<Item = &'a Adherence> {
    all.iter().filter(move |a| &a.instrument == instrument)
}

/// One line of the history of an instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The day.
    pub date: Day,
    /// Who acted.
    pub party: StateCode,
    /// What was done.
    pub act: Act,
    /// How many parties there were at the end of that day.
    pub parties: usize,
}

/// The history of an instrument, by day and code, with the number of parties.
#[must_use]
pub fn timeline(instrument: &InstrumentId, all: &[Adherence]) -> Vec<Event> {
    let own: Vec<&Adherence> = of(instrument, all).collect();
    let mut events: Vec<Event> = own
        .iter()
        .flat_map(|a| a.acts.iter().map(|act| (a.party, act)))
        .map(|(party, act)| {
            let date = act.until.filter(|_| act.act == Act::Withdrawal).unwrap_or(act.date);
            let parties = own.iter().filter(|a| a.bound_on(date).is_some()).count();
            Event { date, party, act: act.act, parties }
        })
        .collect();
    events.sort_by_key(|e| (e.date, e.party, e.act));
    events
}

/// One row of the matrix "who is bound by what".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoundRow {
    /// The State or organisation.
    pub party: StateCode,
    /// For each instrument asked for, in that order: the day of deposit.
    pub since: Vec<Option<Day>>,
    /// For each instrument, the day of signature where nothing followed.
    pub signed: Vec<Option<Day>>,
}

/// For every State asked for, since when it is bound by each instrument.
#[must_use]
pub fn bound_by(
    states: &[StateCode],
    instruments: &[InstrumentId],
    on: Day,
    all: &[Adherence],
) -> Vec<BoundRow> {
    let row = |party: StateCode| {
        let (since, signed) = instruments
            .iter()
            .map(|instrument| {
                let own = of(instrument, all).find(|a| a.party == party);
                let since = own.and_then(|a| a.bound_on(on)).map(|act| act.date);
                let signed = own.and_then(|a| a.signed_by(on)).map(|act| act.date);
                (since, signed.filter(|_| since.is_none()))
            })
            .unzip();
        BoundRow { party, since, signed }
    };
    states.iter().copied().map(row).collect()
}

#[cfg(test)]
#[path = "adherence_tests.rs"]
mod tests;
