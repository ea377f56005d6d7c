//! What else is held about a person, for their own view: how to reach them,
//! what was passed on, decisions, who is on their team, work that is open.
//! Deliberately not in it: words in which others may be named (notes, files,
//! related persons). The page says so, and how to read them.

use crate::{Acting, Refused, case, identification, work};
use palermo_domain::{
    case::{contact::ChannelKind, referral::Referral},
    id::ReferralId,
    moment::Moment,
};
use palermo_store::{Entry, Subject, Versioned, case::event as events};
use serde::{Deserialize, Serialize};

/// Most events counted.
const EVENTS: u64 = 2_000;

/// What else is held, in codes and in names of those who work for the person.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HeldMore {
    /// Their language, by the name its speakers use.
    pub language: String,
    /// What they need to be understood: codes.
    pub communication: Vec<String>,
    /// What was urgent: codes.
    pub urgent: Vec<String>,
    /// Ways to reach them.
    pub contact: Vec<HeldContact>,
    /// What was passed on.
    pub referrals: Vec<HeldReferral>,
    /// Decisions on identification.
    pub decisions: Vec<HeldDecision>,
    /// Who is on their team: name and part.
    pub team: Vec<(String, String)>,
    /// Work about their case.
    pub tasks: Vec<HeldTask>,
    /// When notes were written. Their words are not here: others may be named in them.
    pub notes: Vec<Moment>,
}

/// A way to reach the person, and what is safe.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldContact {
    /// Telephone, message, through someone: a code.
    pub kind: String,
    /// The number or address, on the screen alone.
    pub address: String,
    /// Whether one may call, leave a message, write: codes.
    pub safe: [String; 3],
}

/// Something that was passed on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldReferral {
    /// Its id.
    pub id: ReferralId,
    /// To whom.
    pub to: String,
    /// For which service: a code.
    pub service: String,
    /// For what: a code.
    pub purpose: String,
    /// What went: codes.
    pub items: Vec<String>,
    /// When.
    pub at: Option<Moment>,
    /// Where it stands: a code.
    pub state: String,
}

impl HeldReferral {
    /// Whether this entry of the log is the one with which it left: it names the
    /// referral and says that something was sent. Later steps name it too.
    #[must_use]
    pub fn sent_by(&self, entry: &Entry) -> bool {
        !entry.rows.is_empty()
            && entry.reasons.iter().any(|reason| reason == case::referral::SENT)
            && entry.subjects.contains(&Subject::of(self.id))
    }
}

/// A decision on identification, and how it can be contested (R12).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldDecision {
    /// What was decided: a code.
    pub finding: String,
    /// How far it is: a code.
    pub stage: String,
    /// Why: codes.
    pub basis: Vec<String>,
    /// How it can be contested: a code.
    pub route: String,
    /// When.
    pub at: Moment,
}

/// Work about the case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldTask {
    /// What: a kind of task.
    pub kind: String,
    /// Until when.
    pub due: Option<Moment>,
    /// Whether it is done.
    pub done: bool,
}

impl HeldMore {
    /// Gathers it from an opened case.
    pub(super) async fn of(
        acting: &Acting<'_>,
        opened: &case::Opened,
        sent: &[Versioned<Referral>],
    ) -> Result<Self, Refused> {
        let file = &opened.file;
        let (record, person) = (&file.case.record, &file.person.record);
        let contact = case::beside::reach(opened).await?.into_iter().map(|one| HeldContact {
            kind: one.channel.kind.code().to_owned(),
            // Somebody else's number is theirs.
            address: match one.channel.kind {
                ChannelKind::Through => String::new(),
                _ => one.address.unwrap_or_default(),
            },
            safe: [one.channel.call, one.channel.leave_message, one.channel.write]
                .map(|safe| safe.code().to_owned()),
        });
        let notes = events::of_case(&opened.read, record.tenant, record.id, EVENTS).await?;
        let notes = notes.into_iter().filter(|event| event.kind == "note");
        let tasks = work::about(acting, record.id).await?.into_iter().map(|task| HeldTask {
            kind: task.record.kind,
            due: task.record.due_at,
            done: task.record.done_at.is_some(),
        });
        Ok(Self {
            language: case::open::language_name(acting, &person.language),
            communication: person.communication.iter().map(|c| c.code().to_owned()).collect(),
            urgent: record.urgent.iter().map(|need| need.code().to_owned()).collect(),
            contact: contact.collect(),
            referrals: referrals(acting, sent).await?,
            decisions: decisions(opened).await?,
            team: team(acting, file).await?,
            tasks: tasks.collect(),
            notes: notes.map(|event| event.happened_at).collect(),
        })
    }
}

async fn referrals(
    acting: &Acting<'_>,
    sent: &[Versioned<Referral>],
) -> Result<Vec<HeldReferral>, Refused> {
    let mut held = Vec::new();
    for one in sent.iter().map(|one| &one.record).filter(|one| one.sent_at.is_some()) {
        held.push(HeldReferral {
            id: one.id,
            to: case::consent::named(acting.app, &one.recipient).await?,
            service: one.service.clone(),
            purpose: one.purpose.code().to_owned(),
            items: one.items.iter().map(|item| item.code().to_owned()).collect(),
            at: one.sent_at,
            state: one.state.code().to_owned(),
        });
    }
    Ok(held)
}

async fn decisions(opened: &case::Opened) -> Result<Vec<HeldDecision>, Refused> {
    let all = identification::of_case(opened).await?;
    let held = all.into_iter().map(|one| one.record).map(|one| HeldDecision {
        finding: one.finding.code().to_owned(),
        stage: one.stage.code().to_owned(),
        basis: one.basis.iter().map(|basis| basis.code().to_owned()).collect(),
        route: one.review_route.code().to_owned(),
        at: one.decided_at,
    });
    Ok(held.collect())
}

async fn team(
    acting: &Acting<'_>,
    file: &case::CaseFile,
) -> Result<Vec<(String, String)>, Refused> {
    let now: Vec<_> = file.team_at(acting.now()).collect();
    let names = case::staff_names(acting, now.iter().map(|one| one.account).collect()).await?;
    let told = now.into_iter().map(|one| {
        let name = names.get(&one.account).cloned().unwrap_or_default();
        (name, one.part.code().to_owned())
    });
    Ok(told.collect())
}
