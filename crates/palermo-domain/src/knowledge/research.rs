//! The register of research, and estimates of how many persons are on no list.

use super::{dataset::codes, publication::Signature};
use crate::register::day::Day;
use serde::{Deserialize, Serialize};

codes! {
    /// What became of a finding.
    ActionKind {
        /// A row of a plan.
        Plan = "plan",
        /// A recommendation.
        Recommendation = "recommendation",
        /// A change of law or procedure.
        Law = "law",
        /// Training.
        Training = "training",
        /// A service that was opened or changed.
        Service = "service",
        /// Nothing, for the reason given.
        None = "none",
    }
}

/// What a finding led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// What kind of action.
    pub kind: ActionKind,
    /// Which one: an address, a number, a title; why not, where there is none.
    pub reference: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingOf {
    /// What was found.
    pub text: String,
    /// What it led to.
    pub action: Option<FollowUp>,
}

/// A study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Study {
    /// Its title.
    pub title: String,
    /// Who made it: institutions.
    pub authors: String,
    /// The question.
    pub question: String,
    /// How it was done.
    pub methods: String,
    /// Ethics approval and how participants were protected.
    pub ethics: String,
    /// Where it is published.
    pub reference: String,
    /// The States it is about.
    pub states: Vec<String>,
    /// The year.
    pub year: u16,
    /// What was found.
    pub findings: Vec<FindingOf>,
    /// The day it was closed.
    pub closed: Option<Day>,
}

/// Why a study cannot be closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotClosed {
    /// It has no findings.
    #[error("a study without findings cannot be closed")]
    NoFindings,
    /// These findings, counted from 1, lead to nothing yet.
    #[error("findings {0:?} have no action yet")]
    WithoutAction(Vec<usize>),
    /// It is closed already.
    #[error("this study is closed")]
    ClosedAlready,
}

impl Study {
    /// Closes it, once every finding says what it led to.
    ///
    /// # Errors
    /// What is missing.
    pub fn close(&mut self, on: Day) -> Result<(), NotClosed> {
        if self.closed.is_some() {
            return Err(NotClosed::ClosedAlready);
        }
        if self.findings.is_empty() {
            return Err(NotClosed::NoFindings);
        }
        let open: Vec<usize> = (1..)
            .zip(&self.findings)
            .filter(|(_, one)| {
                one.action.as_ref().is_none_or(|action| action.reference.trim().is_empty())
            })
            .map(|(number, _)| number)
            .collect();
        if !open.is_empty() {
            return Err(NotClosed::WithoutAction(open));
        }
        self.closed = Some(on);
        Ok(())
    }
}

codes! {
    /// Where an estimate stands.
    EstimateStatus {
        /// Computed; for the office alone.
        Computed = "computed",
        /// A named reviewer advises against publishing it.
        Doubted = "doubted",
        /// A named reviewer stands for it.
        Reviewed = "reviewed",
        /// Public.
        Published = "published",
    }
}

/// An estimate of how many persons are on no list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Its title.
    pub title: String,
    /// The State.
    pub state: String,
    /// The period.
    pub period: String,
    /// The lists, with whoever keeps each.
    pub lists: String,
    /// The counts as they were entered: a line for each combination of lists.
    pub counts: String,
    /// What must hold for the number to mean anything, in the makers' words.
    pub assumptions: String,
    /// What the statistics library found: methods, intervals, warnings.
    pub report: serde_json::Value,
    /// Who made it.
    pub made: Signature,
    /// Who reviewed it, with their institution and what they said.
    pub review: Option<ReviewOf>,
    /// Who published it.
    pub published: Option<Signature>,
    /// The day it became public.
    pub issued: Option<Day>,
    /// Where it stands.
    pub status: EstimateStatus,
}

/// A review by a named person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewOf {
    /// Who signed it in.
    pub by: Signature,
    /// The reviewer as readers see them: name and institution.
    pub named: String,
    /// What they said.
    pub words: String,
}

/// Why an estimate does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPublished {
    /// The step does not follow.
    #[error("this step does not follow the one before")]
    WrongStep,
    /// Whoever made it does not review it.
    #[error("another person must review it")]
    OwnReview,
    /// Nobody is named.
    #[error("name the reviewer")]
    NoName,
}

impl NotPublished {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongStep => "wrong-step",
            Self::OwnReview => "own-review",
            Self::NoName => "no-name",
        }
    }
}

impl Estimate {
    /// The review.
    ///
    /// # Errors
    /// When it is not waiting, nobody is named, or the maker reviews.
    pub fn reviewed(&mut self, review: ReviewOf, stands: bool) -> Result<(), NotPublished> {
        if self.status != EstimateStatus::Computed {
            return Err(NotPublished::WrongStep);
        }
        if review.by.account == self.made.account {
            return Err(NotPublished::OwnReview);
        }
        if review.named.trim().is_empty() {
            return Err(NotPublished::NoName);
        }
        self.review = Some(review);
        self.status = if stands { EstimateStatus::Reviewed } else { EstimateStatus::Doubted };
        Ok(())
    }

    /// Makes it public: only with a named reviewer who stands for it.
    ///
    /// # Errors
    /// When there is none.
    pub fn publish(&mut self, by: Signature, on: Day) -> Result<(), NotPublished> {
        if self.status != EstimateStatus::Reviewed || self.review.is_none() {
            return Err(NotPublished::WrongStep);
        }
        self.published = Some(by);
        self.issued = Some(on);
        self.status = EstimateStatus::Published;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::id::{AccountId, Id};
    use uuid::Uuid;

    fn by(number: u128) -> Signature {
        let account = AccountId::from_uuid(Uuid::from_u128(number));
        Signature { account, name: "X".to_owned(), at: 0 }
    }

    #[test]
    fn req_188_a_study_closes_only_when_every_finding_led_somewhere() {
        let finding = |text: &str| FindingOf { text: text.to_owned(), action: None };
        let mut study = Study {
            title: "Recruitment online".to_owned(),
            authors: "University".to_owned(),
            question: "How?".to_owned(),
            methods: "Interviews".to_owned(),
            ethics: "Board".to_owned(),
            reference: String::new(),
            states: vec!["XAA".to_owned()],
            year: 2025,
            findings: Vec::new(),
            closed: None,
        };
        let today: Day = "2026-05-01".parse().unwrap();
        assert_eq!(study.close(today), Err(NotClosed::NoFindings));
        study.findings = vec![finding("a"), finding("b")];
        study.findings[0].action =
            Some(FollowUp { kind: ActionKind::Plan, reference: "row 4.2".to_owned() });
        assert_eq!(study.close(today), Err(NotClosed::WithoutAction(vec![2])));
        study.findings[1].action =
            Some(FollowUp { kind: ActionKind::None, reference: " ".to_owned() });
        assert_eq!(study.close(today), Err(NotClosed::WithoutAction(vec![2])));
        study.findings[1].action =
            Some(FollowUp { kind: ActionKind::Training, reference: "course 7".to_owned() });
        assert_eq!(study.close(today), Ok(()));
        assert_eq!(study.close(today), Err(NotClosed::ClosedAlready));
    }

    #[test]
    fn an_estimate_is_never_published_without_a_named_reviewer() {
        let mut one = Estimate {
            title: "Avelmar 2025".to_owned(),
            state: "XAA".to_owned(),
            period: "2025".to_owned(),
            lists: "police, shelter".to_owned(),
            counts: String::new(),
            assumptions: String::new(),
            report: serde_json::Value::Null,
            made: by(1),
            review: None,
            published: None,
            issued: None,
            status: EstimateStatus::Computed,
        };
        let today: Day = "2026-05-01".parse().unwrap();
        let review = |who, named: &str| ReviewOf {
            by: by(who),
            named: named.to_owned(),
            words: "sound".to_owned(),
        };
        assert_eq!(one.publish(by(2), today), Err(NotPublished::WrongStep));
        assert_eq!(one.reviewed(review(1, "A"), true), Err(NotPublished::OwnReview));
        assert_eq!(one.reviewed(review(2, " "), true), Err(NotPublished::NoName));
        assert_eq!(one.reviewed(review(2, "Prof. A, University"), true), Ok(()));
        assert_eq!(one.publish(by(1), today), Ok(()));
        assert_eq!(one.status, EstimateStatus::Published);
    }
}
