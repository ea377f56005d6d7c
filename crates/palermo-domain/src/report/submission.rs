//! A State's answers to a questionnaire for a period: written, handed out to
//! ministries, signed off, submitted, received. Every version that was
//! submitted is kept as it was.

use super::{Answer, Finding};
use crate::{
    coded,
    id::{AccountId, SubmissionId, TenantId},
    register::{day::Day, state::StateCode},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// How far a submission is within the State.
    SubmissionStatus {
        /// Being written.
        Draft = "draft",
        /// Signed off by the contact person, not yet sent.
        Signed = "signed",
        /// Sent; may be changed again, which makes a new version.
        Submitted = "submitted",
    }
}

/// A section handed to a unit of the State, or to an organisation elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Who writes it; nobody by name where an organisation elsewhere does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The organisation elsewhere that writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<TenantId>,
    /// The ministry or agency, for readers.
    pub unit: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Given back as finished.
    #[serde(default)]
    pub finished: bool,
    /// The day whoever writes it was reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded: Option<Day>,
}

/// Days before its last one on which whoever writes a section is reminded.
const REMINDED_DAYS: i64 = 3;

impl Assignment {
    /// Whether whoever writes it is to be reminded: once, shortly before its last day.
    #[must_use]
    pub fn wants_reminder(&self, today: Day) -> bool {
        let soon = |due: Day| due <= today.plus_days(REMINDED_DAYS);
        !self.finished && self.reminded.is_none() && self.due.is_some_and(soon)
    }
}

/// Who entered the answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Entered {
    /// The State itself.
    #[default]
    State,
    /// The secretariat, from a letter or a sheet the State sent. Counted apart
    /// until the State confirms it.
    Secretariat {
        /// What it was entered from, e.g. `letter of 12 April, scanned`.
        document: String,
        /// SHA-256 of the word in the one-time link, in hex; kept once used, so that who
        /// opens it again is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
        /// The day the State confirmed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        confirmed: Option<Day>,
    },
}

impl Entered {
    /// Entered by the secretariat and not confirmed.
    #[must_use]
    pub const fn unconfirmed(&self) -> bool {
        matches!(self, Self::Secretariat { confirmed: None, .. })
    }
}

/// The contact person's signature under a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Account of the contact person.
    pub account: AccountId,
    /// Name as it stood then.
    pub name: String,
    /// The day.
    pub on: Day,
}

/// What a State is writing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    /// The State.
    pub state: StateCode,
    /// The questionnaire.
    pub questionnaire: String,
    /// The version of the questionnaire it answers.
    pub questionnaire_version: u32,
    /// The year reported on, or the first year of the round.
    pub period: i32,
    /// Language it is written in (BCP 47), so that translations are known as such (R051).
    pub language: String,
    /// How far it is.
    pub status: SubmissionStatus,
    /// Sections declared empty, with the reason (R037).
    #[serde(default)]
    pub no_data: BTreeMap<String, String>,
    /// Sections handed out.
    #[serde(default)]
    pub assigned: BTreeMap<String, Assignment>,
    /// Who entered it.
    #[serde(default)]
    pub entered: Entered,
    /// The signature under the present text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signature>,
    /// How many versions were submitted.
    #[serde(default)]
    pub versions: u32,
}

/// A figure that was published and then put right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The question.
    pub code: String,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub now: String,
    /// Why.
    pub why: String,
    /// When.
    pub on: Day,
}

/// The State disputes how a figure is shown; printed with it from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// The State.
    pub state: StateCode,
    /// The questionnaire.
    pub questionnaire: String,
    /// The period.
    pub period: i32,
    /// The question.
    pub code: String,
    /// Why.
    pub why: String,
    /// When.
    pub on: Day,
}

/// A version as it was submitted; never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubmissionVersion {
    /// The submission it is a version of.
    pub submission: SubmissionId,
    /// The State.
    pub state: StateCode,
    /// The questionnaire.
    pub questionnaire: String,
    /// Its version.
    pub questionnaire_version: u32,
    /// The period.
    pub period: i32,
    /// Number of the version, from 1.
    pub version: u32,
    /// Language it is written in.
    pub language: String,
    /// The day it was submitted.
    pub submitted: Day,
    /// Who signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Signature>,
    /// Who entered it.
    #[serde(default)]
    pub entered: Entered,
    /// Sections declared empty.
    #[serde(default)]
    pub no_data: BTreeMap<String, String>,
    /// The answers.
    pub answers: BTreeMap<String, Answer>,
    /// Warnings that stood when it was submitted.
    #[serde(default)]
    pub warnings: Vec<Finding>,
    /// What was corrected against the version before.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

coded! {
    /// What the receiving body decided.
    ReceptionDecision {
        /// Accepted.
        Accepted = "accepted",
        /// Sent back, with the reason.
        Returned = "returned",
        /// Accepted as published; from now on changed by correction only.
        Published = "published",
    }
}

/// The receiving body's decision about a version. It belongs to that body,
/// not to the State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// The submission.
    pub submission: SubmissionId,
    /// The State.
    pub state: StateCode,
    /// The questionnaire.
    pub questionnaire: String,
    /// The period.
    pub period: i32,
    /// The version.
    pub version: u32,
    /// The decision.
    pub decision: ReceptionDecision,
    /// Why, for the State.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The day.
    pub on: Day,
}

/// What civil society, a human-rights institution or a parliament contributes
/// to the same questionnaire (R046).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// About which State.
    pub state: StateCode,
    /// The questionnaire.
    pub questionnaire: String,
    /// The period.
    pub period: i32,
    /// The organisation, as it wants to be named.
    pub from: String,
    /// Never shown or exported beyond the body it is given to.
    pub confidential: bool,
    /// Answers by question.
    pub answers: BTreeMap<String, Answer>,
    /// The day.
    pub on: Day,
}

/// A step of the ladder that was taken for a report that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyStep {
    /// The mechanism.
    pub mechanism: String,
    /// The duty.
    pub duty: String,
    /// The State.
    pub state: StateCode,
    /// The period.
    pub period: i32,
    /// The step.
    pub step: super::Escalation,
    /// The day.
    pub on: Day,
    /// A new last day the secretariat agreed to, with this step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_to: Option<Day>,
}

coded! {
    /// How far a questionnaire written in the browser is.
    DraftStatus {
        /// Being written; nobody answers it.
        Draft = "draft",
        /// In use; its version is not changed any more.
        InUse = "in-use",
        /// No longer used.
        Retired = "retired",
    }
}

/// A questionnaire written in the browser, kept in the form of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionnaireDraft {
    /// Id of the questionnaire.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// How far it is.
    pub status: DraftStatus,
    /// The file.
    pub text: String,
    /// Translations by language, each in the form of its file.
    #[serde(default)]
    pub translations: BTreeMap<String, String>,
    /// Why it is no longer used, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retirement>,
}

/// A version of a questionnaire is no longer used. Reports about years that were over by
/// then are still answered with it: what was due stays due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retirement {
    /// Since when.
    pub on: Day,
    /// Why.
    pub why: String,
}

impl Retirement {
    /// Whether a report about a year is still answered with it.
    #[must_use]
    pub fn leaves(&self, period: i32) -> bool {
        period < self.on.date().year()
    }
}

/// An answer as it stood before somebody changed it, so that two versions can be laid
/// side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastAnswer {
    /// The submission.
    pub submission: SubmissionId,
    /// The question.
    pub code: String,
    /// What stood there.
    pub answer: Answer,
    /// Who had written it.
    pub by: String,
    /// When that was, as text (RFC 3339).
    pub at: String,
}

/// The words of an answer in another language. It is linked to the answer it translates
/// by what that said: when the original changes, the translation is out of date (R051).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranslatedAnswer {
    /// The submission.
    pub submission: SubmissionId,
    /// The question.
    pub code: String,
    /// The language translated into (BCP 47).
    pub language: String,
    /// Value, where it is words; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Explanation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explanation: String,
    /// What was translated: [`translatable`] of the original.
    pub of: String,
    /// Made by a machine and not read by a person.
    #[serde(default)]
    pub machine: bool,
    /// Who translated.
    pub by: String,
    /// The day.
    pub on: Day,
}

/// The words of an answer that need translating: those of a text, and the explanation.
#[must_use]
pub fn translatable(answer: &Answer) -> String {
    let value = match &answer.value {
        super::Value::Text(text) => text.as_str(),
        _ => "",
    };
    format!("{value}\n{}", answer.explanation).trim().to_owned()
}

coded! {
    /// How a translation of an answer stands.
    Translated {
        /// Nothing to translate.
        Wordless = "wordless",
        /// Not translated.
        Missing = "missing",
        /// Translated, and the original changed since.
        Stale = "stale",
        /// Translated by a machine.
        Machine = "machine",
        /// Translated.
        Done = "done",
    }
}

/// How the translation of an answer stands.
#[must_use]
pub fn translated(answer: &Answer, translation: Option<&TranslatedAnswer>) -> Translated {
    let words = translatable(answer);
    match translation {
        _ if words.is_empty() => Translated::Wordless,
        None => Translated::Missing,
        Some(one) if one.of != words => Translated::Stale,
        Some(one) if one.machine => Translated::Machine,
        Some(_) => Translated::Done,
    }
}

coded! {
    /// What became of a remark.
    RemarkOutcome {
        /// Dealt with.
        Settled = "settled",
        /// The suggested words were taken over.
        Accepted = "accepted",
        /// They were not.
        Declined = "declined",
    }
}

/// A remark on a paragraph, perhaps with the words it should have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextComment {
    /// The text: kind and id, e.g. `review-text/…`.
    pub about: String,
    /// The paragraph, or the question.
    pub place: String,
    /// Who says it.
    pub by: String,
    /// What.
    pub text: String,
    /// Suggested words for the paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// People it mentions, by account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<AccountId>,
    /// The paragraph as it stood when the remark was made.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// What became of it; nothing while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RemarkOutcome>,
    /// Who closed it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub closed_by: String,
    /// The day.
    pub on: Day,
}

/// Why a suggestion cannot be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotAccept {
    /// It suggests no words.
    NoSuggestion,
    /// It was closed before.
    Closed,
    /// The paragraph is another by now.
    Changed,
}

impl TextComment {
    /// The text with the suggested words in place of the paragraph they were made for.
    /// A paragraph that changed since is never overwritten.
    ///
    /// # Errors
    /// [`CannotAccept`].
    pub fn applied_to(&self, text: &str) -> Result<String, CannotAccept> {
        if self.outcome.is_some() {
            return Err(CannotAccept::Closed);
        }
        let words = self.suggestion.as_deref().ok_or(CannotAccept::NoSuggestion)?;
        let mut replaced = false;
        let parts: Vec<&str> = paragraphs(text)
            .into_iter()
            .map(|part| {
                if !replaced && part.trim() == self.quote.trim() {
                    replaced = true;
                    return words;
                }
                part
            })
            .collect();
        if replaced { Ok(parts.join("\n\n")) } else { Err(CannotAccept::Changed) }
    }
}

/// The paragraphs of a text: separated by empty lines.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<&str> {
    let parts: Vec<&str> =
        text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { vec![""] } else { parts }
}
