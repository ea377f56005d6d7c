//! Agreements between States, mechanisms and third countries: who with whom,
//! about what, who watches over it, and whether anything came of it.

use super::{
    day::Day,
    fact::{Answer, Statements},
    instrument::{Flag, is_slug},
    provenance::{PartialDate, Provenance},
    state::StateCode,
    topic::Topic,
};
use crate::coded;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

#[path = "agreement_file.rs"]
mod file;
pub use file::read;

/// A party: a State, or a mechanism by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgreementParty {
    /// A State.
    State(StateCode),
    /// A mechanism or organisation.
    Mechanism(String),
}

/// A text that names no party.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a party; write `state:BEN` or `mechanism:ECOWAS`")]
pub struct NotAParty(pub String);

impl FromStr for AgreementParty {
    type Err = NotAParty;
    fn from_str(text: &str) -> Result<Self, NotAParty> {
        let wrong = || NotAParty(text.to_owned());
        match text.split_once(':') {
            Some(("state", code)) => code.parse().map(Self::State).map_err(|_| wrong()),
            Some(("mechanism", id)) if !id.trim().is_empty() => Ok(Self::Mechanism(id.to_owned())),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for AgreementParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(code) => write!(f, "state:{code}"),
            Self::Mechanism(id) => write!(f, "mechanism:{id}"),
        }
    }
}

impl Serialize for AgreementParty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AgreementParty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

coded! {
    /// The form of an agreement.
    AgreementForm {
        /// A treaty or agreement.
        Agreement = "agreement",
        /// A memorandum of understanding.
        Mou = "mou",
        /// Joint standard operating procedures.
        Sops = "sops",
        /// A partnership with joint aims.
        Partnership = "partnership",
        /// A joint plan of action.
        ActionPlan = "action_plan",
        /// No source says.
        Unknown = "unknown",
    }
}

coded! {
    /// Between whom it is.
    AgreementKind {
        /// Two States.
        Bilateral = "bilateral",
        /// Three States or more.
        Multilateral = "multilateral",
        /// A mechanism and a State.
        MechanismAndState = "mechanism_and_state",
        /// Two mechanisms or more.
        Mechanisms = "mechanisms",
    }
}

coded! {
    /// Where an agreement stands.
    AgreementStatus {
        /// Proposed or foreseen.
        Proposed = "proposed",
        /// Being negotiated or about to be signed.
        Negotiated = "negotiated",
        /// Signed.
        Signed = "signed",
        /// In use.
        Active = "active",
        /// Suspended.
        Suspended = "suspended",
        /// Ended.
        Ended = "ended",
        /// No source says.
        Unknown = "unknown",
    }
}

coded! {
    /// What was done under an agreement.
    ActivityKind {
        /// A meeting.
        Meeting = "meeting",
        /// Training.
        Training = "training",
        /// A joint operation or investigation.
        Operation = "operation",
        /// Return or hand-over of persons.
        Return = "return",
        /// Anything else.
        Other = "other",
    }
}

/// The assessment of needs an agreement rests on (R011).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsAssessment {
    /// Its title.
    pub title: String,
    /// When it was finished.
    pub finished: PartialDate,
    /// Where it is.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A review of how the agreement works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// When it is or was due.
    pub due: Day,
    /// When it took place.
    pub held: Option<Day>,
    /// What came of it.
    pub outcome: Option<String>,
}

/// Something done under the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// When.
    pub date: PartialDate,
    /// What kind.
    pub kind: ActivityKind,
    /// What, in a few words.
    pub what: String,
    /// Where it was read.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Cases handled under the agreement in a period: counts of cases, of nobody
/// in particular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasesHandled {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Cases opened.
    pub opened: u32,
    /// Cases closed.
    pub closed: u32,
    /// Where it was read.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Whether the agreement has a place in the budget of one party, or in the
/// mandate of one of its bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InBudget {
    /// The party.
    pub party: AgreementParty,
    /// Whether it has.
    pub answer: Answer,
    /// The budget line, or the body and the text of its mandate, if there is one.
    pub line: Option<String>,
    /// Where it was read.
    #[serde(flatten)]
    pub provenance: Option<Provenance>,
}

/// An agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// Its short name in addresses: small letters, digits and hyphens.
    pub key: String,
    /// What it is called.
    pub title: Statements<String>,
    /// Its form.
    pub form: AgreementForm,
    /// Who concluded it; at least two.
    pub parties: Vec<AgreementParty>,
    /// The mechanism that helped it along.
    pub facilitated_by: Option<String>,
    /// What it is about.
    pub subject: Vec<Topic>,
    /// Procedures agreed under it.
    pub sops: Vec<String>,
    /// Where it stands.
    pub status: AgreementStatus,
    /// Signature.
    pub signed: Statements<PartialDate>,
    /// Entry into force.
    pub in_force: Statements<PartialDate>,
    /// Its end.
    pub ends: Statements<PartialDate>,
    /// Bodies answerable for it.
    pub bodies: Vec<String>,
    /// Its place in budgets.
    pub budgets: Vec<InBudget>,
    /// Its place in the mandates of bodies.
    #[serde(default)]
    pub mandates: Vec<InBudget>,
    /// Whether a clause sets up monitoring.
    pub monitoring: Flag,
    /// The assessment of needs it rests on.
    pub needs_assessment: Option<NeedsAssessment>,
    /// Reviews, due and held.
    pub reviews: Vec<Review>,
    /// What was done.
    pub activities: Vec<Activity>,
    /// Cases handled.
    pub cases: Vec<CasesHandled>,
    /// Where its existence was read.
    pub provenance: Provenance,
    /// Remarks.
    pub note: Option<String>,
}

/// What is wrong with an agreement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgreementRefused {
    /// One party is none.
    #[error("an agreement has at least two parties; name the other")]
    OneParty,
    /// A party stands twice.
    #[error("`{0}` is named twice among the parties; remove one")]
    PartyTwice(AgreementParty),
    /// Active without an assessment of needs.
    #[error(
        "an agreement between a mechanism and a State becomes active only with an assessment of needs; add `needs_assessment` or choose another status"
    )]
    NoNeedsAssessment,
    /// The short name is not one.
    #[error("`{0}` is not a short name; use small letters, digits and hyphens")]
    NotAKey(String),
    /// In force before it was signed.
    #[error("in force on `{in_force}`, before it was signed on `{signed}`; correct one of the two")]
    InForceBeforeSigned {
        /// Entry into force.
        in_force: PartialDate,
        /// Signature.
        signed: PartialDate,
    },
    /// Over before it was signed.
    #[error("it ends on `{ends}`, before it was signed on `{signed}`; correct one of the two")]
    EndsBeforeSigned {
        /// Its end.
        ends: PartialDate,
        /// Signature.
        signed: PartialDate,
    },
    /// A period that ends before it begins.
    #[error(
        "cases counted from `{from}` to `{to}`: the period ends before it begins; exchange the days"
    )]
    PeriodBackwards {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
    },
}

impl Agreement {
    /// Between whom it is.
    #[must_use]
    pub fn kind(&self) -> AgreementKind {
        let states = self.states().count();
        match (self.parties.len() - states, states) {
            (0, 0..=2) => AgreementKind::Bilateral,
            (0, _) => AgreementKind::Multilateral,
            (_, 0) => AgreementKind::Mechanisms,
            _ => AgreementKind::MechanismAndState,
        }
    }

    /// The States among its parties.
    pub fn states(&self) -> impl Iterator<Item = StateCode> {
        self.parties.iter().filter_map(|party| match party {
            AgreementParty::State(code) => Some(*code),
            AgreementParty::Mechanism(_) => None,
        })
    }

    /// Whether this State, named by its code, is one of its parties.
    #[must_use]
    pub fn is_of(&self, state: &str) -> bool {
        self.states().any(|code| code.as_str() == state)
    }

    /// Parties that are States outside a mechanism.
    #[must_use]
    pub fn third_countries(&self, members: &[StateCode]) -> Vec<StateCode> {
        self.states().filter(|code| !members.contains(code)).collect()
    }

    /// Checks the rules an agreement must keep; everything that is wrong.
    #[must_use]
    pub fn problems(&self) -> Vec<AgreementRefused> {
        let mut wrong = Vec::new();
        if !is_slug(&self.key) {
            wrong.push(AgreementRefused::NotAKey(self.key.clone()));
        }
        if self.parties.len() < 2 {
            wrong.push(AgreementRefused::OneParty);
        }
        let twice = self
            .parties
            .iter()
            .enumerate()
            .filter(|(at, p)| self.parties.iter().take(*at).filter(|q| q == p).count() == 1);
        wrong.extend(twice.map(|(_, party)| AgreementRefused::PartyTwice(party.clone())));
        if self.needs_an_assessment() && self.status == AgreementStatus::Active {
            wrong.push(AgreementRefused::NoNeedsAssessment);
        }
        let signed = self.signed.settled().map(|s| s.value);
        let in_force = self.in_force.settled().map(|s| s.value);
        if let (Some(signed), Some(in_force)) = (signed, in_force)
            && in_force.last_day() < signed.first_day()
        {
            wrong.push(AgreementRefused::InForceBeforeSigned { in_force, signed });
        }
        let ends = self.ends.settled().map(|s| s.value);
        if let (Some(signed), Some(ends)) = (signed, ends)
            && ends.last_day() < signed.first_day()
        {
            wrong.push(AgreementRefused::EndsBeforeSigned { ends, signed });
        }
        let backwards = self.cases.iter().find(|c| c.to < c.from);
        wrong.extend(
            backwards.map(|c| AgreementRefused::PeriodBackwards { from: c.from, to: c.to }),
        );
        wrong
    }

    /// Whether an assessment of needs is required and missing (R011).
    #[must_use]
    pub fn needs_an_assessment(&self) -> bool {
        self.kind() == AgreementKind::MechanismAndState && self.needs_assessment.is_none()
    }

    /// Moves it to another status.
    ///
    /// # Errors
    /// What stands against that status.
    pub fn with_status(mut self, status: AgreementStatus) -> Result<Self, AgreementRefused> {
        self.status = status;
        match self.problems().into_iter().next() {
            None => Ok(self),
            Some(problem) => Err(problem),
        }
    }

    /// The last review held by a day.
    #[must_use]
    pub fn last_review(&self, on: Day) -> Option<&Review> {
        self.reviews.iter().filter(|r| r.held.is_some_and(|day| day <= on)).max_by_key(|r| r.held)
    }

    /// The next review that has not been held; it may be overdue.
    #[must_use]
    pub fn next_review(&self) -> Option<&Review> {
        self.reviews.iter().filter(|r| r.held.is_none()).min_by_key(|r| r.due)
    }

    /// Cases opened and closed under it, in all periods told.
    #[must_use]
    pub fn cases_handled(&self) -> (u64, u64) {
        self.cases.iter().fold((0, 0), |(opened, closed), period| {
            (opened + u64::from(period.opened), closed + u64::from(period.closed))
        })
    }

    /// Whether it has a place in national budgets: yes or no where all parties
    /// say so, partly where they differ, unknown where one does not say.
    #[must_use]
    pub fn in_national_budget(&self) -> Answer {
        self.of_all_parties(&self.budgets)
    }

    /// The same of the mandates of the parties' bodies (R012).
    #[must_use]
    pub fn in_mandates(&self) -> Answer {
        self.of_all_parties(&self.mandates)
    }

    fn of_all_parties(&self, told: &[InBudget]) -> Answer {
        let answers: Vec<Answer> = self
            .states()
            .map(|code| {
                let own = told.iter().find(|b| b.party == AgreementParty::State(code));
                own.map_or(Answer::Unknown, |b| b.answer)
            })
            .collect();
        match answers.first() {
            None => Answer::Unknown,
            Some(first) if answers.iter().all(|a| a == first) => *first,
            Some(_) if answers.iter().any(|a| matches!(a, Answer::Yes | Answer::Partly)) => {
                Answer::Partly
            }
            Some(_) => Answer::Unknown,
        }
    }
}

/// Agreements known to have no monitoring clause, or of which no source says.
#[must_use]
pub fn without_monitoring(all: &[Agreement]) -> Vec<&Agreement> {
    all.iter().filter(|a| matches!(a.monitoring.answer, Answer::No | Answer::Unknown)).collect()
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod tests;
