//! Referral: a service is asked for, the case stays. Transfer: responsibility
//! moves, and only with acceptance. One path for both, with a visible clock.

use crate::{
    case::sharing::{Recipient, ShareFor},
    code::coded,
    id::{AccountId, CaseId, ConsentId, LegalBasisId, PersonId, ReferralId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

coded! {
    /// What is asked.
    Ask {
        /// A service; the case stays.
        Referral = "referral",
        /// To take responsibility over.
        Transfer = "transfer",
    }
}

coded! {
    /// Where it stands (code list `referral_status`).
    ReferralState {
        /// Being written.
        Draft = "draft",
        /// Waits for the person's answer.
        ConsentPending = "consent_pending",
        /// On its way.
        Sent = "sent",
        /// Opened by the recipient.
        Received = "received",
        /// The recipient asks something.
        InfoRequested = "info_requested",
        /// Accepted.
        Accepted = "accepted",
        /// Declined with a reason.
        Declined = "declined",
        /// On a waiting list.
        Waitlisted = "waitlisted",
        /// The service has started.
        Started = "started",
        /// The service is completed and handed back.
        Completed = "completed",
        /// Taken back by the person.
        Withdrawn = "withdrawn",
        /// Not answered in time.
        Expired = "expired",
        /// Taken back by the sender.
        Cancelled = "cancelled",
    }
}

coded! {
    /// A step of one side.
    Step {
        /// Ask the person first (sender).
        AskConsent = "ask_consent",
        /// Send (sender).
        Send = "send",
        /// Open (recipient).
        Receive = "receive",
        /// Ask back (recipient).
        AskInfo = "ask_info",
        /// Answer the question (sender).
        Inform = "inform",
        /// Accept (recipient).
        Accept = "accept",
        /// Decline with a reason (recipient).
        Decline = "decline",
        /// Put on a waiting list (recipient).
        Waitlist = "waitlist",
        /// Start (recipient).
        Start = "start",
        /// Complete and hand back (recipient).
        Complete = "complete",
        /// The person takes it back (sender).
        Withdraw = "withdraw",
        /// The clock ran out.
        Expire = "expire",
        /// Take back (sender).
        Cancel = "cancel",
    }
}

coded! {
    /// Who takes a step.
    Side {
        /// Whoever sent.
        Sender = "sender",
        /// Whoever receives.
        Recipient = "recipient",
        /// The program's clock.
        Clock = "clock",
    }
}

impl Step {
    /// Whose step it is.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::AskConsent | Self::Send | Self::Inform | Self::Withdraw | Self::Cancel => {
                Side::Sender
            }
            Self::Expire => Side::Clock,
            _ => Side::Recipient,
        }
    }
}

coded! {
    /// What the two sides of a referral write to one another.
    WordKind {
        /// The recipient asks.
        Question = "question",
        /// The sender answers.
        Answer = "answer",
        /// The recipient hands back: how it ended ([`super::hand_back::HandBack`]).
        HandedBack = "handed_back",
        /// The person waits at the recipient's ([`super::hand_back::WaitEntry`]).
        Waiting = "waiting",
    }
}

/// A step that cannot be taken from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{}` does not follow `{}`", step.code(), from.code())]
pub struct NotFromHere {
    /// Where it stands.
    pub from: ReferralState,
    /// What was tried.
    pub step: Step,
}

impl ReferralState {
    /// Whether nothing follows.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Declined | Self::Completed | Self::Withdrawn | Self::Expired | Self::Cancelled
        )
    }

    /// Whether its sender or the clock ended it: nothing more leaves with it.
    #[must_use]
    pub const fn is_ended_by_sender(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Expired | Self::Cancelled)
    }

    /// Whether its recipient accepted it, whatever was done about it since.
    #[must_use]
    pub const fn was_accepted(self) -> bool {
        matches!(self, Self::Accepted | Self::Started | Self::Completed)
    }

    /// Whether the recipient still owes an answer.
    #[must_use]
    pub const fn waits_for_answer(self) -> bool {
        matches!(self, Self::Sent | Self::Received | Self::InfoRequested)
    }

    /// Where a step leads.
    ///
    /// # Errors
    /// [`NotFromHere`] for a step that does not follow.
    pub const fn after(self, step: Step) -> Result<Self, NotFromHere> {
        use ReferralState as S;
        let next = match (self, step) {
            (S::Draft, Step::AskConsent) => S::ConsentPending,
            (S::Draft | S::ConsentPending, Step::Send) => S::Sent,
            (S::Sent, Step::Receive) => S::Received,
            (S::Sent | S::Received, Step::AskInfo) => S::InfoRequested,
            (S::InfoRequested, Step::Inform) => S::Received,
            (S::Sent | S::Received | S::InfoRequested | S::Waitlisted, Step::Accept) => S::Accepted,
            (S::Sent | S::Received | S::InfoRequested | S::Waitlisted, Step::Decline) => {
                S::Declined
            }
            // On a waiting list the next day is set when the last one has come.
            (S::Sent | S::Received | S::InfoRequested | S::Waitlisted, Step::Waitlist) => {
                S::Waitlisted
            }
            (S::Accepted, Step::Start) => S::Started,
            (S::Accepted | S::Started, Step::Complete) => S::Completed,
            (S::Sent | S::Received | S::InfoRequested, Step::Expire) => S::Expired,
            (S::Draft | S::ConsentPending, Step::Cancel) => S::Cancelled,
            (S::Sent | S::Received | S::InfoRequested | S::Waitlisted, Step::Cancel) => {
                S::Cancelled
            }
            (from, Step::Withdraw) if !from.is_over() => S::Withdrawn,
            (from, step) => return Err(NotFromHere { from, step }),
        };
        Ok(next)
    }

    /// The steps one side can take from here.
    pub fn steps(self, side: Side) -> impl Iterator<Item = Step> {
        Step::ALL
            .iter()
            .copied()
            .filter(move |step| step.side() == side && self.after(*step).is_ok())
    }
}

coded! {
    /// Why a recipient declines (code list `referral_decline`).
    Decline {
        /// No capacity.
        Full = "full",
        /// Outside eligibility.
        NotEligible = "not_eligible",
        /// Does not admit this sex.
        Sex = "sex",
        /// Does not admit this age.
        Age = "age",
        /// Cannot take children.
        Children = "children",
        /// Security level.
        Security = "security",
        /// No language.
        Language = "language",
        /// Distance.
        Distance = "distance",
        /// Funding.
        Funding = "funding",
        /// Conflict of interest.
        Conflict = "conflict",
        /// Another reason.
        Other = "other",
    }
}

impl Decline {
    /// Whether it shuts out a group rather than this person today: recorded as
    /// an unmet need and shown, never silently applied (R1).
    #[must_use]
    pub const fn excludes_a_group(self) -> bool {
        matches!(self, Self::Sex | Self::Age | Self::Children | Self::NotEligible | Self::Language)
    }
}

coded! {
    /// How soon an answer is needed.
    Urgency {
        /// Within two hours: a safe place for tonight.
        Tonight = "tonight",
        /// Within a day.
        Now = "now",
        /// Within three days.
        Soon = "soon",
        /// Within two weeks.
        Usual = "usual",
    }
}

impl Urgency {
    /// How long the recipient has to answer.
    #[must_use]
    pub const fn answer_within(self) -> Duration {
        const DAY: u64 = 86_400;
        Duration::from_secs(match self {
            Self::Tonight => 2 * 3_600,
            Self::Now => DAY,
            Self::Soon => 3 * DAY,
            Self::Usual => 14 * DAY,
        })
    }
}

coded! {
    /// What a referral can carry: each is needed for it (E02). What is not on
    /// this list cannot leave with a referral.
    Item {
        /// What to call the person.
        CallName = "call_name",
        /// Adult, child or not known.
        Age = "age",
        /// Language.
        Language = "language",
        /// What they need to be understood.
        Communication = "communication",
        /// What cannot wait.
        Urgent = "urgent",
        /// How they can be reached safely.
        SafeContact = "safe_contact",
        /// Who is never asked or told of them: whoever helps next must know (E17).
        NeverTold = "never_told",
        /// What the sender writes for this recipient.
        Words = "words",
        /// What the person wishes, in their own words.
        Wishes = "wishes",
        /// What happened to them: with a transfer only.
        Story = "story",
    }
}

impl Ask {
    /// Whether the list of who is never asked or told goes along unless someone says in
    /// words why not: whoever takes a person over and does not know it may send them to
    /// those they fled (E17).
    #[must_use]
    pub const fn takes_the_list(self) -> bool {
        matches!(self, Self::Transfer)
    }
}

impl Item {
    /// Whether a request of this kind may carry it.
    #[must_use]
    pub const fn goes_with(self, ask: Ask) -> bool {
        match self {
            Self::Story => matches!(ask, Ask::Transfer),
            _ => true,
        }
    }
}

/// A referral or transfer. What it carries is sealed to the recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Organisation that sends.
    pub tenant: TenantId,
    /// Id, the same on both sides.
    pub id: ReferralId,
    /// What is asked.
    pub ask: Ask,
    /// Case.
    pub case: CaseId,
    /// Person.
    pub person: PersonId,
    /// To whom.
    pub recipient: Recipient,
    /// For what.
    pub purpose: ShareFor,
    /// Which service is asked for (code list `service`).
    pub service: String,
    /// How soon.
    pub urgency: Urgency,
    /// What it carries.
    pub items: Vec<Item>,
    /// The consent it rests on.
    pub consent: Option<ConsentId>,
    /// Or the legal basis.
    pub basis: Option<LegalBasisId>,
    /// Where it stands.
    pub state: ReferralState,
    /// Why it was declined.
    pub decline: Option<Decline>,
    /// Who sent it.
    pub by: AccountId,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// When it was last answered.
    pub answered_at: Option<Moment>,
    /// When what was sent can no longer be fetched: a sealed file that is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Moment>,
    /// When it was written.
    pub recorded_at: Moment,
}

impl Referral {
    /// Until when an answer is due: the visible clock, which never runs longer than what
    /// was sent can be fetched.
    #[must_use]
    pub fn answer_by(&self) -> Option<Moment> {
        let due = self.sent_at?.after(self.urgency.answer_within());
        Some(self.ends_at.map_or(due, |end| end.min(due)))
    }

    /// Whether the clock ran out.
    #[must_use]
    pub fn has_expired(&self, now: Moment) -> bool {
        self.state.waits_for_answer() && self.answer_by().is_some_and(|by| now > by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accepted_referral_cannot_be_accepted_again() {
        assert!(ReferralState::Accepted.after(Step::Accept).is_err());
    }

    #[test]
    fn req_102_whoever_waits_can_be_given_another_day() {
        let again = ReferralState::Waitlisted.after(Step::Waitlist);
        assert_eq!(again, Ok(ReferralState::Waitlisted));
        assert!(ReferralState::Accepted.after(Step::Waitlist).is_err());
    }

    #[test]
    fn the_person_can_take_back_whatever_is_not_over() {
        for state in ReferralState::ALL.iter().filter(|state| !state.is_over()) {
            assert_eq!(state.after(Step::Withdraw), Ok(ReferralState::Withdrawn));
        }
    }

    #[test]
    fn nothing_follows_what_is_over() {
        for state in ReferralState::ALL.iter().filter(|state| state.is_over()) {
            for step in Step::ALL {
                assert!(state.after(*step).is_err(), "{} {}", state.code(), step.code());
            }
        }
    }

    #[test]
    fn the_story_never_goes_with_a_referral() {
        assert!(!Item::Story.goes_with(Ask::Referral));
        assert!(Item::Story.goes_with(Ask::Transfer));
    }
}
