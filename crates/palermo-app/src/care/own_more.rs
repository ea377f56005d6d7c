//! What else is held about a person, for their own view: how to reach them,
//! what was passed on, decisions, who is on their team, work that is open.
//! Deliberately not in it: words in which others may be named (notes, files,
//! related persons). The page says so, and how to read them.

use crate::{Acting, Refused, case, identification, work};
use palermo_domain::{
    case::{contact::ChannelKind, event::Event, paper::Paper, referral::Referral},
    id::ReferralId,
    moment::Moment,
    register::day::Day,
};
use palermo_store::{Entry, Subject, Versioned, case::event as events, screening::kept};
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
    /// Documents that say who they are.
    pub papers: Vec<Paper>,
    /// What was passed on.
    pub referrals: Vec<HeldReferral>,
    /// Who is never asked or told of them: name and why, a code.
    pub never_told: Vec<(String, String)>,
    /// What a State of origin was asked.
    pub abroad: Vec<HeldAbroad>,
    /// Decisions on identification.
    pub decisions: Vec<HeldDecision>,
    /// Who is on their team: name and part.
    pub team: Vec<(String, String)>,
    /// Work about their case.
    pub tasks: Vec<HeldTask>,
    /// When notes were written. Their words are not here: others may be named in them.
    pub notes: Vec<Moment>,
    /// Sex as they say, a code; empty if nobody asked.
    pub sex: String,
    /// Year of birth.
    pub birth_year: Option<u16>,
    /// Whether other care organisations may be asked about them.
    pub looked_for: Option<bool>,
    /// What they told of where they come from, which decides nothing (R1).
    pub background: Option<HeldBackground>,
    /// Charges against them.
    pub charges: Vec<HeldCharge>,
    /// What was done to them although a rule of rights forbids it.
    pub rights: Vec<HeldIncident>,
    /// What screenings came to.
    pub screenings: Vec<HeldScreening>,
    /// How many persons beside them have a record of their own.
    pub related: usize,
    /// How many changes of their record its history tells.
    pub history: usize,
}

/// Nationality, status, cooperation: codes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldBackground {
    /// Nationalities, alpha-3.
    pub nationalities: Vec<String>,
    /// Immigration status.
    pub immigration: String,
    /// Cooperation with authorities.
    pub cooperation: String,
}

/// A question to their State of origin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldAbroad {
    /// The body that is asked.
    pub body: String,
    /// What is asked: codes.
    pub asks: Vec<String>,
    /// Where it stands: a code.
    pub second: String,
    /// When it was sent.
    pub sent: Option<Day>,
}

/// A charge against them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldCharge {
    /// What for: a code.
    pub offence: String,
    /// Where it stands: a code.
    pub state: String,
    /// When.
    pub on: Day,
}

/// Something that was done although a rule forbids it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldIncident {
    /// The rule, 1 to 12.
    pub rule: u8,
    /// By which body: a code.
    pub body: String,
    /// Where it stands: a code.
    pub state: String,
    /// When.
    pub on: Day,
}

/// What a screening came to: codes; the answers themselves are not in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeldScreening {
    /// When they were met.
    pub on: Day,
    /// What the officer decided.
    pub outcome: String,
    /// How they wished to go on.
    pub path: String,
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
    /// The name to use, on the screen alone.
    #[serde(default)]
    pub call_name: Option<String>,
    /// Times that are safe.
    #[serde(default)]
    pub times: Option<String>,
    /// What else was written beside it, on the screen alone.
    #[serde(default)]
    pub words: Option<String>,
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
    /// Under which law: a code.
    #[serde(default)]
    pub ground: String,
    /// Until when it can be contested.
    #[serde(default)]
    pub until: Option<Day>,
    /// The reasons in words.
    #[serde(default)]
    pub words: Option<String>,
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
            call_name: one.call_name,
            times: one.times,
            words: one.words,
        });
        let told = events::of_case(&opened.read, record.tenant, record.id, EVENTS).await?;
        let notes = told.iter().filter(|event| event.kind == "note");
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
            papers: case::papers::read(opened).await?.map(|(kept, _)| kept).unwrap_or_default(),
            referrals: referrals(acting, sent).await?,
            never_told: never_told(acting, opened).await?,
            abroad: abroad(acting, opened).await?,
            decisions: decisions(opened, &told).await?,
            team: team(acting, file).await?,
            tasks: tasks.collect(),
            notes: notes.map(|event| event.happened_at).collect(),
            sex: person.sex.map(|sex| sex.code().to_owned()).unwrap_or_default(),
            birth_year: person.birth_year,
            looked_for: person.may_be_looked_for,
            background: background(opened).await?,
            charges: charges(opened).await?,
            rights: rights(opened).await?,
            screenings: screenings(opened).await?,
            related: case::related::count(opened).await?,
            history: told.len(),
        })
    }
}

async fn never_told(
    acting: &Acting<'_>,
    opened: &case::Opened,
) -> Result<Vec<(String, String)>, Refused> {
    let mut held = Vec::new();
    for one in case::never_told::of_case(opened).await? {
        if one.record.stands() {
            let name = case::never_told::named(acting, &one.record).await?;
            held.push((name, one.record.why.code().to_owned()));
        }
    }
    Ok(held)
}

async fn abroad(acting: &Acting<'_>, opened: &case::Opened) -> Result<Vec<HeldAbroad>, Refused> {
    let all = case::abroad::of_case(acting, opened).await?.into_iter();
    let held = all.map(|one| HeldAbroad {
        asks: one.question.record.asks.iter().map(|ask| ask.code().to_owned()).collect(),
        second: one.second.code().to_owned(),
        sent: one.question.record.sent_at.map(|at| at.date().into()),
        body: one.question.record.body,
    });
    Ok(held.collect())
}

async fn background(opened: &case::Opened) -> Result<Option<HeldBackground>, Refused> {
    let found = case::particulars::background(opened).await?.map(|found| found.record);
    Ok(found.map(|told| HeldBackground {
        immigration: told.immigration.code().to_owned(),
        cooperation: told.cooperation.code().to_owned(),
        nationalities: told.nationalities,
    }))
}

async fn charges(opened: &case::Opened) -> Result<Vec<HeldCharge>, Refused> {
    let all = case::beside::charges(opened).await?.into_iter().map(|(charge, _)| charge.record);
    let held = all.map(|charge| HeldCharge {
        offence: charge.offence.code().to_owned(),
        state: charge.state.code().to_owned(),
        on: charge.happened_at.date().into(),
    });
    Ok(held.collect())
}

async fn rights(opened: &case::Opened) -> Result<Vec<HeldIncident>, Refused> {
    let all = case::rights::of_case(opened).await?.into_iter().map(|one| one.record);
    let held = all.map(|one| HeldIncident {
        rule: one.rule,
        body: one.body.code().to_owned(),
        state: one.state.code().to_owned(),
        on: one.happened_at.date().into(),
    });
    Ok(held.collect())
}

async fn screenings(opened: &case::Opened) -> Result<Vec<HeldScreening>, Refused> {
    let record = &opened.file.case.record;
    let all = kept::of_case(&opened.read, record.tenant, record.id).await?;
    let held = all.into_iter().map(|one| one.record).map(|one| HeldScreening {
        on: one.happened_at.date().into(),
        outcome: one.outcome.code().to_owned(),
        path: one.path.code().to_owned(),
    });
    Ok(held.collect())
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

async fn decisions(opened: &case::Opened, told: &[Event]) -> Result<Vec<HeldDecision>, Refused> {
    let person = opened.file.person.record.id;
    let mut held = Vec::new();
    for one in identification::of_case(opened).await?.into_iter().map(|one| one.record) {
        // Its reasons lie in the event that tells of it.
        let event = told.iter().find(|event| {
            event.kind == "identification" && event.has_text && event.happened_at == one.decided_at
        });
        let words = match event {
            Some(event) => opened.text(case::text_place(person, event, "text")).await?,
            None => None,
        };
        held.push(HeldDecision {
            finding: one.finding.code().to_owned(),
            stage: one.stage.code().to_owned(),
            basis: one.basis.iter().map(|basis| basis.code().to_owned()).collect(),
            route: one.review_route.code().to_owned(),
            at: one.decided_at,
            ground: one.legal_ground.code().to_owned(),
            until: one.review_until,
            words,
        });
    }
    Ok(held)
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
