//! What runs beside plans, reports and reviews: commitments made in public, what
//! parliaments ask, what a mechanism says of itself, whom it listened to, how laws were
//! reviewed, what a national rapporteur reports, and practices worth sharing
//! (R050, R052, R066, R222–R225). Nothing here is about a person.

use crate::{
    coded,
    money::{Money, rate::Rate},
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// On which occasion a commitment was made (R224; S0 ¶109).
    Occasion {
        /// A meeting of ministers or heads of State.
        Meeting = "meeting",
        /// A statement.
        Statement = "statement",
        /// A resolution or decision.
        Resolution = "resolution",
        /// A declaration.
        Declaration = "declaration",
        /// A pledge of money or people.
        Pledge = "pledge",
    }
}

coded! {
    /// What became of a commitment.
    CommitmentStatus {
        /// Nothing is known yet.
        Open = "open",
        /// Under way.
        Moving = "moving",
        /// Kept.
        Kept = "kept",
        /// Not kept.
        NotKept = "not-kept",
    }
}

/// A commitment made in public by those who govern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// The day it was made.
    pub made: Day,
    /// Who made it: a conference, a council, a government.
    pub body: String,
    /// On which occasion.
    pub occasion: Occasion,
    /// What was promised, in its words.
    pub text: String,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The mechanism it belongs to; empty for none.
    pub mechanism: String,
    /// The States bound by it; none named means all members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateCode>,
    /// The day by which it is to be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// The plan action or recommendation that takes it up, by its id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub taken_up: String,
    /// What became of it.
    pub status: CommitmentStatus,
    /// What shows it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

impl Commitment {
    /// Whether its day is over and it was not kept.
    #[must_use]
    pub fn overdue(&self, today: Day) -> bool {
        self.due.is_some_and(|due| due < today)
            && matches!(self.status, CommitmentStatus::Open | CommitmentStatus::Moving)
    }
}

coded! {
    /// What a parliament did (R223; S1:251-256).
    ParliamentKind {
        /// A question to the government.
        Question = "question",
        /// A debate.
        Debate = "debate",
        /// An inquiry or hearing.
        Inquiry = "inquiry",
        /// A bill.
        Bill = "bill",
        /// Work for a ratification or accession.
        Ratification = "ratification",
        /// Money in the budget.
        Budget = "budget",
        /// A handbook or training for members.
        Handbook = "handbook",
    }
}

/// Something a parliament did, and what the government answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParliamentEntry {
    /// Whose parliament.
    pub state: StateCode,
    /// What kind.
    pub kind: ParliamentKind,
    /// The day.
    pub on: Day,
    /// The committee, group or chamber.
    pub by: String,
    /// What it is about.
    pub subject: String,
    /// What was asked or moved.
    pub text: String,
    /// What the government answered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
    /// When it answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Day>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The recommendation it follows up, by its id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recommendation: String,
    /// The instrument whose ratification it works for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instrument: String,
    /// What comes next, and when.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next: String,
    /// The day of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_on: Option<Day>,
}

impl ParliamentEntry {
    /// Whether the government still owes an answer.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self.kind, ParliamentKind::Question | ParliamentKind::Inquiry)
            && self.answer.is_empty()
    }
}

/// What a mechanism says of itself for a year (R225; S2:253-258).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MechanismYear {
    /// The mechanism.
    pub mechanism: String,
    /// The year.
    pub year: i32,
    /// On what its authority rests, and what it may decide.
    pub authority: String,
    /// Posts, in full-time equivalents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<f64>,
    /// Of these held by women.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub women: Option<f64>,
    /// Budget of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// What it is in another currency, as it was told (R231).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// Share of it that is tied to projects, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earmarked_percent: Option<f64>,
    /// Who pays, a line each.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub funding: String,
    /// What it can do: working languages, expertise, systems.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub capacity: String,
    /// What it lacks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub gaps: String,
    /// The day it was brought up to date.
    pub updated: Day,
}

/// The years for which a mechanism owes its profile: from the first one told to the
/// year before this one.
#[must_use]
pub fn years_missing(told: &[i32], this_year: i32) -> Vec<i32> {
    let Some(first) = told.iter().min() else { return Vec::new() };
    (*first..this_year).filter(|year| !told.contains(year)).collect()
}

coded! {
    /// Who is listened to (R222; S2:110-114; S1:197).
    ConsultedGroup {
        /// People who were trafficked.
        Survivors = "survivors",
        /// Children and young people.
        Youth = "youth",
        /// Families.
        Families = "families",
        /// Communities, workers, migrants.
        Communities = "communities",
    }
}

/// A consultation: what is asked, of whom, and how taking part is kept safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Title.
    pub title: String,
    /// What is asked.
    pub question: String,
    /// Who is asked.
    pub groups: Vec<ConsultedGroup>,
    /// The organisation that asks.
    pub by: String,
    /// First day.
    pub opens: Day,
    /// Last day.
    pub closes: Day,
    /// How taking part is kept safe: who reads it, what never happens with it.
    pub safety: String,
    /// Support and payment offered to those who take part in person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub support: String,
    /// What was heard.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heard: String,
    /// What followed from it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub followed: String,
}

impl Consultation {
    /// Whether it can be answered on a day.
    #[must_use]
    pub fn open_on(&self, today: Day) -> bool {
        self.opens <= today && today <= self.closes
    }
}

/// What somebody said in a consultation. It has no name, no account, no day and no
/// place: nobody can tell from it who said it (R222).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationInput {
    /// The consultation, by its id.
    pub consultation: String,
    /// As whom they speak, if they want to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<ConsultedGroup>,
    /// What they said.
    pub text: String,
    /// Whether these words may be quoted; never unless they said so (E36).
    #[serde(default)]
    pub may_quote: bool,
}

/// What in a text would tell who somebody is: an e-mail address, a telephone number or a
/// link. Names cannot be told from other words and are asked to be left out.
#[must_use]
pub fn gives_away(text: &str) -> Option<&str> {
    let worded = |word: &str| word.contains("://") || word.starts_with("www.");
    let mailed =
        |word: &str| word.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'));
    if let Some(word) = text.split_whitespace().find(|word| worded(word) || mailed(word)) {
        return Some(word);
    }
    telephone(text)
}

/// A run of at least seven digits, with the signs people put between them.
fn telephone(text: &str) -> Option<&str> {
    let mut start = None;
    let mut digits = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let digit = c.is_numeric();
        if digit || (start.is_some() && matches!(c, ' ' | '-' | '/' | '(' | ')' | '.')) {
            if digit {
                start = start.or(Some(at));
                digits += 1;
                end = at + c.len_utf8();
            }
        } else {
            if digits >= 7 {
                break;
            }
            (start, digits) = (None, 0);
        }
    }
    let start = start.filter(|_| digits >= 7)?;
    text.get(start..end)
}

coded! {
    /// What a review of laws looks at (R052; S1:83).
    LegalTopic {
        /// The offence with act, means and purpose.
        Offence = "offence",
        /// Consent plays no part.
        Consent = "consent",
        /// A child under 18 needs no means.
        Child = "child",
        /// Attempt, participation, organising.
        Participation = "participation",
        /// Companies are liable.
        LegalPersons = "legal-persons",
        /// Penalties and confiscation.
        Penalties = "penalties",
        /// Victims are not punished.
        NonPunishment = "non-punishment",
        /// Identification.
        Identification = "identification",
        /// Assistance.
        Assistance = "assistance",
        /// Recovery and reflection.
        Reflection = "reflection",
        /// Stay.
        Stay = "stay",
        /// Compensation.
        Compensation = "compensation",
        /// Privacy and protection in proceedings.
        Proceedings = "proceedings",
        /// Return.
        Return = "return",
        /// Prevention and demand.
        Prevention = "prevention",
        /// Cooperation across borders.
        Cooperation = "cooperation",
    }
}

coded! {
    /// How a law stands to the instrument it is reviewed against.
    LegalStanding {
        /// In line with it.
        InLine = "in-line",
        /// Partly.
        Partly = "partly",
        /// Not.
        NotInLine = "not-in-line",
        /// Not looked at.
        NotAssessed = "not-assessed",
    }
}

/// One topic of one State's law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalFinding {
    /// How it stands.
    pub standing: LegalStanding,
    /// Law and article.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// What was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A special review of one State's legal framework; reviews of one name can be laid side
/// by side. There is no score and no rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalReview {
    /// Short name all States' reviews share, e.g. `ecowas-2006`.
    pub name: String,
    /// Title.
    pub title: String,
    /// The year.
    pub year: i32,
    /// Who reviewed.
    pub body: String,
    /// The instrument it was reviewed against.
    pub instrument: String,
    /// The State.
    pub state: StateCode,
    /// What was found, by topic.
    pub findings: BTreeMap<LegalTopic, LegalFinding>,
    /// In short.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Document and place.
    pub source: String,
}

impl LegalReview {
    /// How a topic stands; what is not named was not looked at.
    #[must_use]
    pub fn standing(&self, topic: LegalTopic) -> LegalStanding {
        self.findings.get(&topic).map_or(LegalStanding::NotAssessed, |one| one.standing)
    }
}

coded! {
    /// Whom a national rapporteur reports to (R050; S3 I.G fn 59).
    Addressee {
        /// The government.
        Executive = "executive",
        /// The parliament.
        Parliament = "parliament",
        /// Everyone.
        Public = "public",
        /// The mechanism's secretariat.
        Mechanism = "mechanism",
    }
}

coded! {
    /// Parts of a national rapporteur's annual report.
    RapporteurPart {
        /// Mandate and method.
        Mandate = "mandate",
        /// What the data show, and what they do not.
        Situation = "situation",
        /// Law and policy.
        Law = "law",
        /// Prevention.
        Prevention = "prevention",
        /// Protection.
        Protection = "protection",
        /// Prosecution and redress.
        Prosecution = "prosecution",
        /// Cooperation.
        Cooperation = "cooperation",
        /// Recommendations to those it is addressed to.
        Recommendations = "recommendations",
    }
}

/// The decision that a report is published, recorded with who took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationDecision {
    /// The day.
    pub on: Day,
    /// Who decided.
    pub by: String,
    /// What was decided, and why if parts are held back.
    pub text: String,
}

/// A national rapporteur's report for a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RapporteurReport {
    /// The State.
    pub state: StateCode,
    /// The year reported on.
    pub year: i32,
    /// Title.
    pub title: String,
    /// Whom it is addressed to.
    pub addressees: Vec<Addressee>,
    /// Language it is written in (BCP 47).
    pub language: String,
    /// Its parts.
    pub parts: BTreeMap<RapporteurPart, String>,
    /// When it was handed over, by addressee.
    #[serde(default)]
    pub delivered: BTreeMap<Addressee, Day>,
    /// The decision to publish it; without one only the rapporteur's office reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PublicationDecision>,
}

/// Why a report cannot be published yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPublishable {
    /// It has no text.
    Empty,
    /// It was not handed to the executive or the parliament it is addressed to.
    NotDelivered,
    /// It is published already.
    Already,
}

impl RapporteurReport {
    /// Publishes it by a recorded decision. Those it is addressed to read it first.
    ///
    /// # Errors
    /// Why it cannot be published yet.
    pub fn publish(mut self, decision: PublicationDecision) -> Result<Self, NotPublishable> {
        if self.published.is_some() {
            return Err(NotPublishable::Already);
        }
        if self.parts.values().all(|text| text.trim().is_empty()) {
            return Err(NotPublishable::Empty);
        }
        let first = [Addressee::Executive, Addressee::Parliament];
        if first
            .iter()
            .any(|one| self.addressees.contains(one) && !self.delivered.contains_key(one))
        {
            return Err(NotPublishable::NotDelivered);
        }
        self.published = Some(decision);
        Ok(self)
    }
}

/// A practice a State or an organisation thinks others can learn from (R066; S0 ¶107).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodPractice {
    /// The State it comes from.
    pub state: StateCode,
    /// Title.
    pub title: String,
    /// What is done.
    pub what: String,
    /// What shows that it works.
    pub evidence: String,
    /// What others should mind before they take it over.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub adaptation: String,
    /// What it was itself adapted from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub adapted_from: String,
    /// Themes, the same words as recommendations use.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Language it is written in (BCP 47).
    pub language: String,
    /// The organisation that tells it.
    pub by: String,
    /// The day.
    pub on: Day,
}

coded! {
    /// What was decided about a practice.
    PracticeDecision {
        /// Looked at and found worth sharing.
        Reviewed = "reviewed",
        /// Looked at and not shared.
        Declined = "declined",
        /// The State agrees that it is shared.
        Consented = "consented",
        /// The State takes its agreement back.
        Withdrawn = "withdrawn",
    }
}

/// A decision about a practice, kept by whoever took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeStep {
    /// The practice, by its id.
    pub practice: String,
    /// The decision.
    pub decision: PracticeDecision,
    /// Who took it.
    pub by: String,
    /// Why, or on what it rests.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The day.
    pub on: Day,
}

/// How many spoke as whom, as far as it is told: a group of fewer than `least` is not told
/// apart (R10).
#[must_use]
pub fn spoke_as(
    said: impl IntoIterator<Item = ConsultedGroup>,
    least: usize,
) -> BTreeMap<ConsultedGroup, usize> {
    let mut groups = BTreeMap::new();
    for group in said {
        *groups.entry(group).or_insert(0) += 1;
    }
    groups.retain(|_, count| *count >= least);
    groups
}

/// Whether a practice is shared: its last review found it worth sharing, and the State's
/// last word is yes. Steps come in the order they were taken.
#[must_use]
pub fn is_shared<'s>(steps: impl IntoIterator<Item = &'s PracticeStep>) -> bool {
    use PracticeDecision::{Consented, Declined, Reviewed, Withdrawn};
    let (mut reviewed, mut consented) = (false, false);
    for step in steps {
        match step.decision {
            Reviewed => reviewed = true,
            Declined => reviewed = false,
            Consented => consented = true,
            Withdrawn => consented = false,
        }
    }
    reviewed && consented
}

#[cfg(test)]
mod tests;
