//! Facts an editor records beside what ships: a membership, an activity, a
//! relation between instruments, what an instrument covers. Each has its own
//! source. What ships is never overwritten: a recorded fact that contradicts it
//! is followed only where the editor prefers it, and both are shown (R015).

use super::{
    day::Day,
    fact::Answer,
    instrument::{Flag, Instrument, InstrumentId, Relation, RelationKind, ScopeItem},
    mechanism::{
        Activity, Composition, Joined, MechanismProfile, MemberRecord, MemberStatus, Membership,
    },
    provenance::{PartialDate, Provenance, Stated},
    state::StateCode,
};
use crate::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// What kind of fact is recorded.
    FactKind {
        /// A State in a mechanism, for a time.
        Membership = "membership",
        /// An activity of a mechanism, with the States that joined it.
        Activity = "activity",
        /// How one instrument stands to another.
        Relation = "relation",
        /// Whether an instrument covers something.
        Scope = "scope",
    }
}

/// A fact, without its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Recorded {
    /// A State in a mechanism, for a time (R002).
    Membership {
        /// The mechanism, by id.
        mechanism: String,
        /// The State.
        state: StateCode,
        /// How it belongs.
        status: MemberStatus,
        /// Since when; absent is unknown.
        #[serde(default)]
        from: Option<PartialDate>,
        /// Until when; absent is open.
        #[serde(default)]
        to: Option<PartialDate>,
    },
    /// An activity of a mechanism, with the States that joined it (R004).
    Activity {
        /// The mechanism, by id.
        mechanism: String,
        /// The id of an activity of the profile; absent for one it does not know.
        #[serde(default)]
        activity: Option<String>,
        /// What it is; needed for one the profile does not know.
        #[serde(default)]
        title: String,
        /// The States that joined.
        states: Vec<StateCode>,
        /// First year or date.
        #[serde(default)]
        from: Option<PartialDate>,
        /// Last year or date.
        #[serde(default)]
        to: Option<PartialDate>,
    },
    /// How one instrument stands to another (R008).
    Relation {
        /// The instrument.
        instrument: InstrumentId,
        /// The relation.
        relation: RelationKind,
        /// The other instrument.
        to: InstrumentId,
    },
    /// Whether an instrument covers something (R009).
    Scope {
        /// The instrument.
        instrument: InstrumentId,
        /// What it may cover.
        item: ScopeItem,
        /// The answer.
        answer: Answer,
        /// Why, in a few words.
        #[serde(default)]
        why: Option<String>,
    },
}

/// A recorded fact with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordedFact {
    /// The fact.
    pub fact: Recorded,
    /// Whether the register follows it where others differ.
    pub preferred: bool,
    /// Where it was read.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Why a fact cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactRefused {
    /// Its end lies before its beginning.
    #[error("it ends in {to}, before it begins in {from}; correct one of the two")]
    EndsBeforeItBegins {
        /// The beginning.
        from: PartialDate,
        /// The end.
        to: PartialDate,
    },
    /// An activity nobody could recognise.
    #[error("choose an activity of the profile, or say what it is")]
    WhichActivity,
    /// An activity nobody joined.
    #[error("name at least one State that joined")]
    NobodyJoined,
    /// An instrument related to itself.
    #[error("an instrument is not related to itself; choose another one")]
    RelatedToItself,
}

impl FactRefused {
    /// The field to be corrected.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::EndsBeforeItBegins { .. } | Self::RelatedToItself => "to",
            Self::WhichActivity => "title",
            Self::NobodyJoined => "states",
        }
    }
}

impl Recorded {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> FactKind {
        match self {
            Self::Membership { .. } => FactKind::Membership,
            Self::Activity { .. } => FactKind::Activity,
            Self::Relation { .. } => FactKind::Relation,
            Self::Scope { .. } => FactKind::Scope,
        }
    }

    /// The id of the mechanism or instrument it is about.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::Membership { mechanism, .. } | Self::Activity { mechanism, .. } => mechanism,
            Self::Relation { instrument, .. } | Self::Scope { instrument, .. } => {
                instrument.as_str()
            }
        }
    }

    /// The States it names.
    #[must_use]
    pub fn states(&self) -> &[StateCode] {
        match self {
            Self::Membership { state, .. } => std::slice::from_ref(state),
            Self::Activity { states, .. } => states,
            Self::Relation { .. } | Self::Scope { .. } => &[],
        }
    }

    /// Checks what can be told from the fact alone, every problem at once.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn check(&self) -> Result<(), Vec<FactRefused>> {
        let mut wrong = Vec::new();
        match self {
            Self::Membership { from, to, .. } => wrong.extend(in_order(*from, *to)),
            Self::Activity { activity, title, states, from, to, .. } => {
                wrong.extend(in_order(*from, *to));
                if activity.is_none() && title.trim().is_empty() {
                    wrong.push(FactRefused::WhichActivity);
                }
                if states.is_empty() {
                    wrong.push(FactRefused::NobodyJoined);
                }
            }
            Self::Relation { instrument, to, .. } if instrument == to => {
                wrong.push(FactRefused::RelatedToItself);
            }
            Self::Relation { .. } | Self::Scope { .. } => {}
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

fn in_order(from: Option<PartialDate>, to: Option<PartialDate>) -> Option<FactRefused> {
    let (from, to) = (from?, to?);
    (to.last_day() < from.first_day()).then_some(FactRefused::EndsBeforeItBegins { from, to })
}

/// Whether two memberships of one State speak of the same time. One that ends
/// where the other begins does not.
#[must_use]
pub fn meet(one: &MemberRecord, other: &MemberRecord, founded: Option<PartialDate>) -> bool {
    let begins = |record: &MemberRecord| record.from.or(founded).map(PartialDate::first_day);
    let before = |a: &MemberRecord, b: &MemberRecord| {
        let end: Option<Day> = a.to.map(PartialDate::first_day);
        // One that lasted less than a year, told by the year, has some length.
        let end = end.max(begins(a).filter(|_| end.is_some()));
        match (end, begins(b)) {
            (Some(end), Some(begin)) => end <= begin,
            _ => false,
        }
    };
    one.state == other.state && !before(one, other) && !before(other, one)
}

/// Takes a recorded fact into the profile it is about.
pub(super) fn into_profile(profile: &mut MechanismProfile, recorded: &RecordedFact) {
    let provenance = recorded.provenance.clone();
    match &recorded.fact {
        Recorded::Membership { mechanism, state, status, from, to }
            if mechanism == profile.id.as_str() =>
        {
            let state = state.to_string();
            let record = MemberRecord { state, status: *status, from: *from, to: *to, provenance };
            belongs(profile, record, recorded.preferred);
        }
        Recorded::Activity { mechanism, activity, title, states, from, to }
            if mechanism == profile.id.as_str() =>
        {
            let known = activity.as_ref().and_then(|id| {
                profile.activities.iter().find(|one| one.id == *id).map(|one| one.title.clone())
            });
            let joined = states.iter().map(|state| Joined {
                state: state.to_string(),
                from: None,
                to: None,
            });
            profile.activities.push(Activity {
                id: activity.clone().unwrap_or_default(),
                title: known.unwrap_or_else(|| title.clone()),
                from: *from,
                to: *to,
                count: None,
                joined: Stated::Given(joined.collect()),
                provenance,
            });
        }
        _ => {}
    }
}

/// A preferred membership holds from its beginning on; what stood there ends
/// where it begins. One that is not preferred counts where nothing contradicts it.
fn belongs(profile: &mut MechanismProfile, record: MemberRecord, preferred: bool) {
    let founded = profile.founded.given().map(|founded| founded.date);
    if profile.membership.given().is_none() {
        let note = "recorded State by State; who else belongs is not known".to_owned();
        let provenance = Provenance { note: Some(note), ..record.provenance.clone() };
        profile.membership = Stated::Given(Membership {
            composition: Composition::Records(Vec::new()),
            counts: MemberStatus::COUNTED.to_vec(),
            provenance,
        });
    }
    let Stated::Given(Membership { composition: Composition::Records(records), .. }) =
        &mut profile.membership
    else {
        return;
    };
    if preferred {
        records.retain_mut(|other| {
            if !meet(other, &record, founded) {
                return true;
            }
            let began = other.from.or(founded).map(PartialDate::first_day);
            let earlier = |from: &PartialDate| began.is_none_or(|began| began < from.first_day());
            let Some(from) = record.from.filter(earlier) else { return false };
            other.to = Some(from);
            true
        });
    } else if records.iter().any(|other| meet(other, &record, founded)) {
        return;
    }
    records.push(record);
}

/// Takes a recorded fact into the instrument it is about.
pub(super) fn into_instrument(instrument: &mut Instrument, recorded: &RecordedFact) {
    let provenance = recorded.provenance.clone();
    match &recorded.fact {
        Recorded::Relation { instrument: of, relation, to } if *of == instrument.id => {
            let known = instrument.relations.iter().any(|r| r.kind == *relation && r.to == *to);
            if !known {
                let to = to.clone();
                instrument.relations.push(Relation { kind: *relation, to, provenance });
            }
        }
        Recorded::Scope { instrument: of, item, answer, why } if *of == instrument.id => {
            let told = instrument.covers(*item) != Answer::Unknown;
            if recorded.preferred || !told {
                let (answer, why) = (*answer, why.clone());
                let flag = Flag { answer, why, provenance: Some(provenance) };
                instrument.scope.insert(*item, flag);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
#[path = "recorded_tests.rs"]
mod tests;
