//! Bodies and their meetings: who sits, who chairs, when the next meeting is
//! due, what was decided and what became of it (R218–R221).

use crate::{
    coded,
    register::{day::Day, mechanism::Cadence, state::StateCode},
    tenant::TenantKind,
};
use serde::{Deserialize, Serialize};

coded! {
    /// What someone is in a body.
    SeatRole {
        /// Leads it.
        Chair = "chair",
        /// Stands in for the chair.
        ViceChair = "vice-chair",
        /// A member.
        Member = "member",
        /// Takes part without a vote; reads open papers only (R220).
        Observer = "observer",
    }
}

/// What a seat lets its holder do (R220).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SeatRights {
    /// Reads the agenda and the decisions.
    pub agenda: bool,
    /// Reads open papers.
    pub open_papers: bool,
    /// Reads closed papers, and what States report of decisions.
    pub closed_papers: bool,
    /// Speaks without being invited to.
    pub speaks: bool,
    /// Votes, and counts for the quorum.
    pub votes: bool,
}

impl SeatRole {
    /// What it lets its holder do: an observer reads what is open and listens.
    #[must_use]
    pub const fn rights(self) -> SeatRights {
        let member = !matches!(self, Self::Observer);
        SeatRights {
            agenda: true,
            open_papers: true,
            closed_papers: member,
            speaks: member,
            votes: member,
        }
    }
}

coded! {
    /// Sex of a member, for the share of women (R221).
    SeatSex {
        /// A woman.
        Woman = "woman",
        /// A man.
        Man = "man",
        /// Another, or not stated.
        Unstated = "unstated",
    }
}

/// Someone's seat in a body, with dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The body, `MECHANISM/body-id`.
    pub body: String,
    /// Name and function of an official or expert.
    pub name: String,
    /// The State, or none for an expert in a personal capacity or an observer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// Organisation of an observer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// What they are.
    pub role: SeatRole,
    /// Sex, as they state it.
    pub sex: SeatSex,
    /// From when.
    pub from: Day,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl Seat {
    /// Whether it is held on a day.
    #[must_use]
    pub fn held_on(&self, on: Day) -> bool {
        self.from <= on && self.until.is_none_or(|until| until >= on)
    }
}

/// Who asks for closed papers of a body, and for what States report of its decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedReader {
    /// What kind of organisation they are of.
    pub kind: TenantKind,
    /// The State it works in.
    pub state: Option<StateCode>,
    /// Whether it is the organisation that keeps the meeting.
    pub keeps: bool,
}

/// Whether closed papers and replies reach someone: whoever keeps the meeting, and the
/// people who coordinate for a State that is a member of the body. A rapporteur is
/// independent of the State and no member; another mechanism is a stranger. A body whose
/// members sit in a personal capacity has as members only the States of its seats.
#[must_use]
pub fn reads_closed(reader: ClosedReader, seats: &[Seat], members: &[StateCode], on: Day) -> bool {
    if reader.keeps {
        return matches!(reader.kind, TenantKind::Secretariat | TenantKind::ExpertBody);
    }
    let Some(state) = reader.state.filter(|_| reader.kind == TenantKind::NationalCoordination)
    else {
        return false;
    };
    let mut sitting =
        seats.iter().filter(|seat| seat.held_on(on) && seat.role.rights().closed_papers);
    if sitting.clone().any(|seat| seat.state == Some(state)) {
        return true;
    }
    let personal = sitting.any(|seat| seat.state.is_none());
    !personal && members.contains(&state)
}

/// Who sits in a body on a day, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Composition {
    /// Members with a vote.
    pub members: usize,
    /// Women among them.
    pub women: usize,
    /// Chairs and vice-chairs.
    pub leading: usize,
    /// Women among them.
    pub women_leading: usize,
    /// Observers.
    pub observers: usize,
}

/// Counts the seats of a body on a day.
#[must_use]
pub fn composition(seats: &[Seat], on: Day) -> Composition {
    let held: Vec<&Seat> = seats.iter().filter(|seat| seat.held_on(on)).collect();
    let votes = |seat: &&&Seat| seat.role.rights().votes;
    let leads = |seat: &&&Seat| matches!(seat.role, SeatRole::Chair | SeatRole::ViceChair);
    let woman = |seat: &&&Seat| seat.sex == SeatSex::Woman;
    Composition {
        members: held.iter().filter(votes).count(),
        women: held.iter().filter(votes).filter(woman).count(),
        leading: held.iter().filter(leads).count(),
        women_leading: held.iter().filter(leads).filter(woman).count(),
        observers: held.iter().filter(|seat| !seat.role.rights().votes).count(),
    }
}

/// A paper of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Title.
    pub title: String,
    /// Where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Open papers are read by observers; closed ones by members.
    pub open: bool,
}

coded! {
    /// How far an action is.
    ActionStatus {
        /// Not done.
        Open = "open",
        /// Done.
        Done = "done",
        /// Given up, by a later decision.
        Dropped = "dropped",
    }
}

/// What follows from a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowingAction {
    /// What is to be done.
    pub what: String,
    /// By whom: an office or a State.
    pub who: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// How far it is.
    pub status: ActionStatus,
    /// What was reported about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub report: String,
}

impl FollowingAction {
    /// Whether it is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == ActionStatus::Open
    }

    /// Whether it is still to be done and its day has passed.
    #[must_use]
    pub fn overdue(&self, today: Day) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }
}

/// A decision or conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its text.
    pub text: String,
    /// What follows from it.
    #[serde(default)]
    pub actions: Vec<FollowingAction>,
}

/// A meeting of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// The body, `MECHANISM/body-id`.
    pub body: String,
    /// Title.
    pub title: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Where: a town or `online`.
    pub place: String,
    /// The agenda, item by item.
    #[serde(default)]
    pub agenda: Vec<String>,
    /// Papers.
    #[serde(default)]
    pub papers: Vec<Paper>,
    /// Members present, once held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub present: Option<u32>,
    /// Decisions.
    #[serde(default)]
    pub decisions: Vec<Decision>,
}

impl Meeting {
    /// Whether enough members were there; unknown before it was held or
    /// without a quorum.
    #[must_use]
    pub fn quorate(&self, quorum: Option<u32>) -> Option<bool> {
        Some(self.present? >= quorum?)
    }
}

/// Actions of earlier meetings of the same body that are not done: they come
/// back on the agenda (R219). With the day of the meeting that decided them.
#[must_use]
pub fn coming_back<'m>(
    meeting: &Meeting,
    all: &'m [Meeting],
) -> Vec<(Day, &'m Decision, &'m FollowingAction)> {
    let mut found: Vec<(Day, &Decision, &FollowingAction)> = all
        .iter()
        .filter(|other| other.body == meeting.body && other.from < meeting.from)
        .flat_map(|other| other.decisions.iter().map(move |decision| (other.from, decision)))
        .flat_map(|(on, decision)| {
            decision.actions.iter().map(move |action| (on, decision, action))
        })
        .filter(|(_, _, action)| action.status == ActionStatus::Open)
        .collect();
    found.sort_by_key(|(on, _, action)| (action.due, *on));
    found
}

/// What a State reported of a decision: its own account, beside the one the body keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionReply {
    /// The meeting that decided.
    pub meeting: String,
    /// The decision, in the words it had when the State reported.
    pub decision: String,
    /// The action that follows from it, if the report is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The State.
    pub state: StateCode,
    /// How far it is, as the State says.
    pub status: ActionStatus,
    /// What was done.
    pub text: String,
    /// The document, law or address that proves it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
    /// The day it was reported.
    pub on: Day,
}

/// What States reported of decisions of earlier meetings of a body since the last one
/// before this: it lies before the meeting (R219). Meetings come with their ids.
#[must_use]
pub fn reported_since<'r>(
    meeting: &Meeting,
    all: &[(String, &Meeting)],
    replies: &'r [DecisionReply],
) -> Vec<&'r DecisionReply> {
    let earlier = |other: &Meeting| other.body == meeting.body && other.from < meeting.from;
    let before: Vec<&(String, &Meeting)> = all.iter().filter(|(_, one)| earlier(one)).collect();
    let last = before.iter().map(|(_, one)| one.to).max();
    // What the last one decided was not reported before it, also on its own days.
    let since = |reply: &DecisionReply| {
        before.iter().any(|(id, one)| {
            *id == reply.meeting && last.is_none_or(|last| reply.on > last || one.to == last)
        })
    };
    let mut found: Vec<&DecisionReply> =
        replies.iter().filter(|reply| since(reply) && reply.on <= meeting.to).collect();
    found.sort_by_key(|reply| (reply.on, reply.state));
    found
}

/// The next meetings by the cadence after the last one, until `horizon`.
#[must_use]
pub fn next_meetings(cadence: Cadence, last: Option<Day>, today: Day, horizon: Day) -> Vec<Day> {
    let months =
        u16::try_from((cadence.years.max(1) * 12 / cadence.times.max(1)).max(1)).unwrap_or(12);
    let mut day = last.unwrap_or(today);
    let mut found = Vec::new();
    while found.len() < 60 {
        day = day.plus_months(months);
        if day > horizon {
            break;
        }
        if day > today {
            found.push(day);
        }
    }
    found
}

/// Which State chairs in a year where the chair goes round: one a year from `start`, in
/// the order a document sets; nobody before that.
#[must_use]
pub fn rotating_chair(members: &[StateCode], start: i32, year: i32) -> Option<StateCode> {
    let count = i32::try_from(members.len()).ok().filter(|count| *count > 0 && year >= start)?;
    let at = usize::try_from((year - start).rem_euclid(count)).ok()?;
    members.get(at).copied()
}
