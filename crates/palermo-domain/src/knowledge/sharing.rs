//! Figures that leave an office without becoming public: sharing protocols
//! between organisations (E40), and extracts for researchers.

use super::{dataset::codes, publication::Signature};
use crate::{
    id::{DatasetId, ReleaseId, TenantId},
    register::day::Day,
    tenant::TenantKind,
};
use serde::{Deserialize, Serialize};

/// Whether an organisation of this kind answers for figures of many: it raises
/// and triages signals, holds lines about single persons, keeps what all read as
/// context, and shares with whom it names.
#[must_use]
pub const fn answers_for_figures(kind: TenantKind) -> bool {
    matches!(kind, TenantKind::Secretariat | TenantKind::Rapporteur)
}

/// Whether an organisation triages a signal: its own, and the secretariat any,
/// so that none waits for somebody who may not answer it.
#[must_use]
pub fn triages(kind: TenantKind, own: bool) -> bool {
    answers_for_figures(kind) && (own || kind == TenantKind::Secretariat)
}

/// Whether an organisation may make another party to a protocol over its own
/// exact counts. Those who only send figures give them to the secretariat or to
/// the rapporteur of their State, and to nobody else (E40).
///
/// ```
/// use palermo_domain::{knowledge::sharing::may_give, tenant::TenantKind::{Care, Enforcement, Rapporteur}};
/// assert!(may_give((Care, Some("XAA")), (Rapporteur, Some("XAA"))));
/// assert!(!may_give((Care, Some("XAA")), (Rapporteur, Some("XBB"))));
/// assert!(!may_give((Care, Some("XAA")), (Enforcement, Some("XAA"))));
/// ```
#[must_use]
pub fn may_give(giver: (TenantKind, Option<&str>), party: (TenantKind, Option<&str>)) -> bool {
    let of_one_state = giver.1.is_some() && giver.1 == party.1;
    answers_for_figures(giver.0)
        || party.0 == TenantKind::Secretariat
        || (party.0 == TenantKind::Rapporteur && of_one_state)
}

/// A protocol: who may have which figures, for what, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protocol {
    /// Its title.
    pub title: String,
    /// Organisations that receive, beside the one that gives.
    pub parties: Vec<TenantId>,
    /// Datasets whose exact counts are shared.
    pub items: Vec<DatasetId>,
    /// How often.
    pub frequency: String,
    /// What they may be used for.
    pub purposes: Vec<String>,
    /// Whether they may be handed on, and who must be asked in writing.
    pub onward: String,
    /// The first day.
    pub from: Day,
    /// The day by which it is reviewed; without a review it has expired.
    pub review: Day,
    /// The day it was ended, and why.
    pub ended: Option<(Day, String)>,
}

codes! {
    /// Where a protocol stands on a day.
    Standing {
        /// Not yet begun.
        Future = "future",
        /// Figures may go.
        InForce = "in-force",
        /// Its review is overdue: nothing goes.
        Expired = "expired",
        /// Ended: nothing goes.
        Ended = "ended",
    }
}

/// Why figures do not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotShared {
    /// No protocol is in force on this day.
    #[error("no sharing protocol is in force")]
    NotInForce,
    /// The organisation is no party.
    #[error("this organisation is no party to the protocol")]
    NoParty,
    /// The protocol does not cover this dataset.
    #[error("the protocol does not cover these figures")]
    NoItem,
    /// The purpose is none of the protocol's.
    #[error("choose one of the purposes of the protocol")]
    NoPurpose,
}

impl NotShared {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotInForce => "not-in-force",
            Self::NoParty => "no-party",
            Self::NoItem => "no-item",
            Self::NoPurpose => "no-purpose",
        }
    }
}

impl Protocol {
    /// Where it stands on a day. On the day of review it is still in force.
    #[must_use]
    pub fn standing(&self, today: Day) -> Standing {
        match &self.ended {
            Some((day, _)) if *day <= today => Standing::Ended,
            _ if today < self.from => Standing::Future,
            _ if today > self.review => Standing::Expired,
            _ => Standing::InForce,
        }
    }

    /// Whether figures of this dataset go to this organisation on this day for
    /// this purpose.
    ///
    /// # Errors
    /// Why they do not.
    pub fn lets(
        &self,
        today: Day,
        party: TenantId,
        item: DatasetId,
        purpose: &str,
    ) -> Result<(), NotShared> {
        if self.standing(today) != Standing::InForce {
            return Err(NotShared::NotInForce);
        }
        if !self.parties.contains(&party) {
            return Err(NotShared::NoParty);
        }
        if !self.items.contains(&item) {
            return Err(NotShared::NoItem);
        }
        if !self.purposes.iter().any(|one| one == purpose) {
            return Err(NotShared::NoPurpose);
        }
        Ok(())
    }
}

codes! {
    /// Where an extract for researchers stands.
    ExtractStatus {
        /// Asked for; waits for disclosure review.
        Asked = "asked",
        /// Review refused it.
        Refused = "refused",
        /// Review agreed; may be given.
        Approved = "approved",
        /// Given; must be deleted by its day.
        Given = "given",
        /// The researchers confirmed that it was deleted.
        Deleted = "deleted",
    }
}

/// An extract: protected figures for a named piece of research.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extract {
    /// The research.
    pub title: String,
    /// The institution that asks; no private person.
    pub institution: String,
    /// What it is for.
    pub purpose: String,
    /// Which figures.
    pub figures: String,
    /// The ethics approval.
    pub ethics: String,
    /// The day by which it must be deleted.
    pub delete_by: Day,
    /// Who wrote the request down; nobody if it came from outside.
    #[serde(default)]
    pub asked: Option<Signature>,
    /// Where it stands.
    pub status: ExtractStatus,
    /// Who reviewed the risk of disclosure, and what they found.
    pub review: Option<(Signature, String)>,
    /// The release that was given: protected like every other.
    pub release: Option<ReleaseId>,
    /// Who gave it.
    pub given: Option<Signature>,
    /// The day its deletion was confirmed.
    pub deleted: Option<Day>,
    /// The day it came from outside, without an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came: Option<Day>,
    /// The sealed address of whoever asked from outside. Forgotten with the last
    /// answer: from then on their link is the only way to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// What whoever asked is told of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// Why an extract does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotGiven {
    /// The step does not follow.
    #[error("this step does not follow the one before")]
    WrongStep,
    /// Whoever wrote it down does not review it.
    #[error("another person must review it")]
    OwnReview,
    /// No figures without a protected release.
    #[error("only a release that withstood the attack can be given")]
    NotProtected,
}

impl NotGiven {
    /// A short fixed word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongStep => "wrong-step",
            Self::OwnReview => "own-review",
            Self::NotProtected => "not-protected",
        }
    }
}

impl Extract {
    /// The disclosure review, by someone else.
    ///
    /// # Errors
    /// When it is not waiting, or the reviewer wrote the request down.
    pub fn reviewed(&mut self, by: Signature, words: &str, agrees: bool) -> Result<(), NotGiven> {
        if self.status != ExtractStatus::Asked {
            return Err(NotGiven::WrongStep);
        }
        if self.asked.as_ref().is_some_and(|asked| asked.account == by.account) {
            return Err(NotGiven::OwnReview);
        }
        self.review = Some((by, words.to_owned()));
        self.status = if agrees { ExtractStatus::Approved } else { ExtractStatus::Refused };
        Ok(())
    }

    /// Hands over a release that withstood the attack. What was asked from outside
    /// still takes two people of the office: one reviews, another gives.
    ///
    /// # Errors
    /// When it was not approved, the release did not withstand, or whoever gives
    /// reviewed it alone.
    pub fn give(
        &mut self,
        by: Signature,
        release: ReleaseId,
        protected: bool,
    ) -> Result<(), NotGiven> {
        if self.status != ExtractStatus::Approved {
            return Err(NotGiven::WrongStep);
        }
        let reviewed = |(who, _): &(Signature, String)| who.account == by.account;
        if self.asked.is_none() && self.review.as_ref().is_some_and(reviewed) {
            return Err(NotGiven::OwnReview);
        }
        if !protected {
            return Err(NotGiven::NotProtected);
        }
        self.release = Some(release);
        self.given = Some(by);
        self.status = ExtractStatus::Given;
        Ok(())
    }

    /// Notes that the researchers deleted it.
    ///
    /// # Errors
    /// When it was not given.
    pub fn delete(&mut self, on: Day) -> Result<(), NotGiven> {
        if self.status != ExtractStatus::Given {
            return Err(NotGiven::WrongStep);
        }
        self.deleted = Some(on);
        self.status = ExtractStatus::Deleted;
        Ok(())
    }

    /// Whether the researchers may fetch it on this day.
    #[must_use]
    pub fn can_be_fetched(&self, today: Day) -> bool {
        self.status == ExtractStatus::Given && today <= self.delete_by
    }

    /// Whether it should have been deleted by now.
    #[must_use]
    pub fn overdue(&self, today: Day) -> bool {
        self.status == ExtractStatus::Given && today > self.delete_by
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::id::{AccountId, Id};
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn by(number: u128) -> Signature {
        let account = AccountId::from_uuid(Uuid::from_u128(number));
        Signature { account, name: "X".to_owned(), at: 0 }
    }

    fn protocol() -> Protocol {
        Protocol {
            title: "Monthly figures".to_owned(),
            parties: vec![TenantId::from_uuid(Uuid::from_u128(7))],
            items: vec![DatasetId::from_uuid(Uuid::from_u128(9))],
            frequency: "monthly".to_owned(),
            purposes: vec!["planning of services".to_owned()],
            onward: "not without the contributor's written consent".to_owned(),
            from: day("2026-01-01"),
            review: day("2026-12-31"),
            ended: None,
        }
    }

    #[test]
    fn e40_an_expired_protocol_stops_everything() {
        let mut one = protocol();
        let (party, item) = (one.parties[0], one.items[0]);
        let lets =
            |one: &Protocol, on: &str| one.lets(day(on), party, item, "planning of services");
        assert_eq!(lets(&one, "2026-12-31"), Ok(()));
        assert_eq!(lets(&one, "2027-01-01"), Err(NotShared::NotInForce));
        assert_eq!(lets(&one, "2025-12-31"), Err(NotShared::NotInForce));
        one.ended = Some((day("2026-06-01"), "misuse".to_owned()));
        assert_eq!(one.standing(day("2026-06-01")), Standing::Ended);
        assert_eq!(lets(&one, "2026-06-01"), Err(NotShared::NotInForce));
        assert_eq!(lets(&one, "2026-05-31"), Ok(()));
    }

    #[test]
    fn e40_only_parties_have_only_its_items_for_its_purposes() {
        let one = protocol();
        let (party, item) = (one.parties[0], one.items[0]);
        let on = day("2026-06-01");
        let other = TenantId::from_uuid(Uuid::from_u128(8));
        let purpose = "planning of services";
        assert_eq!(one.lets(on, other, item, purpose), Err(NotShared::NoParty));
        let no_item = DatasetId::from_uuid(Uuid::from_u128(1));
        assert_eq!(one.lets(on, party, no_item, purpose), Err(NotShared::NoItem));
        assert_eq!(one.lets(on, party, item, "curiosity"), Err(NotShared::NoPurpose));
    }

    fn extract() -> Extract {
        Extract {
            title: "Routes".to_owned(),
            institution: "University of Avelmar".to_owned(),
            purpose: "thesis".to_owned(),
            figures: "form by sex".to_owned(),
            ethics: "board 12".to_owned(),
            delete_by: day("2026-12-31"),
            asked: Some(by(1)),
            status: ExtractStatus::Asked,
            review: None,
            release: None,
            given: None,
            deleted: None,
            came: None,
            contact: None,
            answer: None,
        }
    }

    #[test]
    fn req_189_what_was_asked_from_outside_is_reviewed_by_one_and_given_by_another() {
        let mut one = Extract { asked: None, came: Some(day("2026-01-05")), ..extract() };
        let release = ReleaseId::from_uuid(Uuid::from_u128(5));
        assert_eq!(one.reviewed(by(2), "fine", true), Ok(()));
        assert_eq!(one.give(by(2), release, true), Err(NotGiven::OwnReview));
        assert!(!one.can_be_fetched(day("2026-06-01")));
        assert_eq!(one.give(by(3), release, true), Ok(()));
        assert!(one.can_be_fetched(day("2026-12-31")) && !one.can_be_fetched(day("2027-01-01")));
    }

    #[test]
    fn req_189_an_extract_needs_a_second_person_and_a_protected_release() {
        let mut one = extract();
        let release = ReleaseId::from_uuid(Uuid::from_u128(5));
        assert_eq!(one.give(by(2), release, true), Err(NotGiven::WrongStep));
        assert_eq!(one.reviewed(by(1), "fine", true), Err(NotGiven::OwnReview));
        assert_eq!(one.reviewed(by(2), "fine", true), Ok(()));
        assert_eq!(one.give(by(1), release, false), Err(NotGiven::NotProtected));
        assert_eq!(one.give(by(1), release, true), Ok(()));
        assert!(one.overdue(day("2027-01-01")) && !one.overdue(day("2026-12-31")));
        assert_eq!(one.delete(day("2026-12-30")), Ok(()));
        assert!(!one.overdue(day("2027-01-01")));
    }
}
