//! A signal: a count higher than the past explains. It goes to people, who
//! dismiss it with a reason or answer it with a joint response.

use super::dataset::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// Where a signal stands.
    SignalStatus {
        /// Nobody has looked yet.
        New = "new",
        /// Dismissed, with the reason.
        Dismissed = "dismissed",
        /// Answered by a joint response.
        Answered = "answered",
    }
}

codes! {
    /// Where a joint response stands.
    Step {
        /// Proposed, with its note on human rights.
        Proposed = "proposed",
        /// The host State agrees.
        Consented = "consented",
        /// On the ground, with an organisation that assists.
        Deployed = "deployed",
        /// Over, with its report.
        Closed = "closed",
        /// The host State does not agree.
        Declined = "declined",
    }
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// The series, in words: dimension and value.
    pub series: String,
    /// The period, as `2026-04`.
    pub period: String,
    /// Persons counted.
    pub observed: u64,
    /// Persons the past explains.
    pub expected: f64,
    /// The number beyond which a signal is raised.
    pub threshold: f64,
    /// The method, in words.
    pub method: String,
    /// The first period of the run of signals.
    pub since: String,
    /// Where it stands.
    pub status: SignalStatus,
    /// Why it was dismissed.
    pub reason: Option<String>,
    /// The joint response, if there is one.
    pub response: Option<JointResponse>,
}

/// The documents' swift action team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointResponse {
    /// The State where it acts.
    pub host: String,
    /// Who may be stopped, turned back or exposed, and what is done about it.
    pub rights_note: String,
    /// Who takes part; an organisation that assists is one of them.
    pub team: String,
    /// The organisation that assists.
    pub ngo: String,
    /// Where it stands.
    pub step: Step,
    /// The host State's consent: who gave it.
    pub consent: Option<String>,
    /// Persons assisted.
    pub assisted: Option<u64>,
    /// Persons refused entry: counted, because a response may do harm.
    pub refused_entry: Option<u64>,
    /// What was learnt, for the library.
    pub lessons: Option<String>,
}

/// Why a response cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotYet {
    /// The note on human rights is missing.
    #[error("say who may be stopped, turned back or exposed, and what is done about it")]
    NoRightsNote,
    /// No organisation that assists takes part.
    #[error("name the organisation that assists")]
    NoNgo,
    /// The host State has not agreed.
    #[error("the host State has not agreed")]
    NoConsent,
    /// The report lacks its two numbers.
    #[error("count the persons assisted and the persons refused entry")]
    NoCounts,
    /// The step does not follow.
    #[error("this step does not follow the one before")]
    WrongStep,
}

impl NotYet {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoRightsNote => "no-rights-note",
            Self::NoNgo => "no-ngo",
            Self::NoConsent => "no-consent",
            Self::NoCounts => "no-counts",
            Self::WrongStep => "wrong-step",
        }
    }
}

impl JointResponse {
    /// Goes one step on.
    ///
    /// # Errors
    /// What is missing first.
    pub fn advance(&mut self, to: Step) -> Result<(), NotYet> {
        if self.rights_note.trim().is_empty() {
            return Err(NotYet::NoRightsNote);
        }
        match (self.step, to) {
            (Step::Proposed, Step::Consented | Step::Declined) => {
                if to == Step::Consented && self.consent.is_none() {
                    return Err(NotYet::NoConsent);
                }
            }
            (Step::Consented, Step::Deployed) => {
                if self.consent.is_none() {
                    return Err(NotYet::NoConsent);
                }
                if self.ngo.trim().is_empty() {
                    return Err(NotYet::NoNgo);
                }
            }
            (Step::Deployed, Step::Closed) => {
                if self.assisted.is_none() || self.refused_entry.is_none() {
                    return Err(NotYet::NoCounts);
                }
            }
            _ => return Err(NotYet::WrongStep),
        }
        self.step = to;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response() -> JointResponse {
        JointResponse {
            host: "XBB".to_owned(),
            rights_note: "Nobody is turned back without an interview".to_owned(),
            team: "Two desks".to_owned(),
            ngo: String::new(),
            step: Step::Proposed,
            consent: None,
            assisted: None,
            refused_entry: None,
            lessons: None,
        }
    }

    #[test]
    fn req_180_a_response_needs_consent_an_organisation_and_both_counts() {
        let mut one = response();
        assert_eq!(one.advance(Step::Consented), Err(NotYet::NoConsent));
        one.consent = Some("Ministry of XBB".to_owned());
        assert_eq!(one.advance(Step::Consented), Ok(()));
        assert_eq!(one.advance(Step::Deployed), Err(NotYet::NoNgo));
        one.ngo = "Harbour House".to_owned();
        assert_eq!(one.advance(Step::Deployed), Ok(()));
        assert_eq!(one.advance(Step::Closed), Err(NotYet::NoCounts));
        (one.assisted, one.refused_entry) = (Some(14), Some(2));
        assert_eq!(one.advance(Step::Closed), Ok(()));
        assert_eq!(one.advance(Step::Proposed), Err(NotYet::WrongStep));
    }

    #[test]
    fn no_response_begins_without_its_note_on_human_rights() {
        let mut one = JointResponse { rights_note: " ".to_owned(), ..response() };
        one.consent = Some("x".to_owned());
        assert_eq!(one.advance(Step::Consented), Err(NotYet::NoRightsNote));
    }
}
