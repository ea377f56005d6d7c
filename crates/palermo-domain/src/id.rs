//! Identifiers: one type for each kind of record, so that the id of a case
//! never stands in for the id of a person.
//!
//! Records are numbered with UUIDv7. Records about a person use UUIDv4, so
//! that an id tells no date (E04). The random bits come from the caller.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// An identifier that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an identifier; it should look like `0198c0de-7f00-7abc-8def-0123456789ab`")]
pub struct NotAnId(pub String);

/// An identifier type over a UUID.
pub trait Id: Copy + Eq + fmt::Display + Send + Sync + 'static {
    /// Whether the record is about a person: its id then tells no date (E04).
    const ABOUT_A_PERSON: bool;
    /// The word used for the record in audit entries and addresses.
    const KIND: &'static str;
    /// Wraps a UUID.
    fn from_uuid(uuid: Uuid) -> Self;
    /// The UUID inside.
    fn uuid(self) -> Uuid;
    /// The record as work and questions name what they are about: `kind:id`.
    fn subject(self) -> String {
        format!("{}:{self}", Self::KIND)
    }
}

/// Where new identifiers get their time and random bits from.
pub trait IdSource: Send + Sync {
    /// A UUID whose first bits are the time (version 7).
    fn timed(&self) -> Uuid;
    /// A UUID that tells nothing (version 4).
    fn untimed(&self) -> Uuid;
}

/// A new identifier of the kind asked for.
pub fn new_id<I: Id>(source: &dyn IdSource) -> I {
    I::from_uuid(if I::ABOUT_A_PERSON { source.untimed() } else { source.timed() })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $kind:literal, person: $person:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl Id for $name {
            const ABOUT_A_PERSON: bool = $person;
            const KIND: &'static str = $kind;
            fn from_uuid(uuid: Uuid) -> Self { Self(uuid) }
            fn uuid(self) -> Uuid { self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.hyphenated().fmt(f) }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId(text.to_owned()))
            }
        }
    )*};
}

ids! {
    /// The organisation answerable for its data: a shelter, a police unit, a ministry.
    TenantId, "tenant", person: false;
    /// A member of staff's account.
    AccountId, "account", person: false;
    /// An addressable office to which work is sent.
    DeskId, "desk", person: false;
    /// A piece of work with a deadline.
    TaskId, "task", person: false;
    /// A signed-in session.
    SessionId, "session", person: false;
    /// A passphrase, one-time-code secret or passkey.
    CredentialId, "credential", person: false;
    /// An invitation to open an account.
    InvitationId, "invitation", person: false;
    /// A question one person asked and another decides.
    ApprovalId, "approval", person: false;
    /// A break-glass opening of one case.
    BreakGlassId, "break-glass", person: false;
    /// A request to recover an account, decided by two people.
    RecoveryId, "recovery", person: false;
    /// A token for programs.
    TokenId, "token", person: false;
    /// Something that leaves: a mail, later a message to a node.
    OutboxId, "outbox", person: false;
    /// One run of an import.
    ImportId, "import", person: false;
    /// An agreement between States, mechanisms or third countries.
    AgreementId, "agreement", person: false;
    /// One State's (or organisation's) act towards an instrument.
    AdherenceId, "adherence", person: false;
    /// One entry of the national-law register.
    LawEntryId, "law-entry", person: false;
    /// What a State reported on its way to becoming a party.
    ObstacleReportId, "obstacle-report", person: false;
    /// A State's use of a model text.
    AdoptionId, "adoption", person: false;
    /// A model text.
    ModelTextId, "model-text", person: false;
    /// One statement of a source about a fact.
    StatementId, "statement", person: false;
    /// What an entry of a register said before it was corrected or taken back.
    PastEntryId, "past-entry", person: false;
    /// A fact an editor recorded beside what ships.
    RecordedFactId, "recorded-fact", person: false;
    // --- plans ---
    /// A plan of action.
    PlanId, "plan", person: false;
    /// A value reported for an indicator of a plan.
    PlanValueId, "plan-value", person: false;
    /// What an organisation reported of a row of a plan.
    PlanReportId, "plan-report", person: false;
    // The directory.
    /// What an organisation offers to people.
    ServiceId, "service", person: false;
    /// A need for help nobody met; about a person, though it does not say whom.
    UnmetNeedId, "unmet-need", person: true;
    /// A national or local structure.
    StructureId, "structure", person: false;
    /// A network of officers.
    NetworkId, "network", person: false;
    /// A memorandum on who does what.
    MemorandumId, "memorandum", person: false;
    /// A minimum standard for services.
    ServiceStandardId, "service-standard", person: false;
    /// How a service stands to a standard as somebody else than its keeper found.
    SecondViewId, "second-view", person: false;
    /// What young people said.
    YouthInputId, "youth-input", person: false;
    // --- knowledge ---
    /// Figures of one source.
    DatasetId, "dataset", person: false;
    /// What one file brought to a dataset.
    BatchId, "batch", person: false;
    /// Figures on their way to the public.
    ReleaseId, "release", person: false;
    /// A count higher than the past explains.
    SignalId, "signal", person: false;
    /// A file on its way into a dataset.
    UploadId, "upload", person: false;
    /// How two sources stand to each other.
    OverlapId, "overlap", person: false;
    /// A series of context from open data.
    ContextId, "context-series", person: false;
    /// A protocol under which figures are shared.
    ProtocolId, "sharing-protocol", person: false;
    /// Figures for researchers.
    ExtractId, "extract", person: false;
    /// A study.
    StudyId, "study", person: false;
    /// An estimate of how many persons are on no list.
    EstimateId, "estimate", person: false;
    /// What noisy releases have spent.
    BudgetId, "privacy-budget", person: false;
    /// What was announced to be published on a day.
    AnnouncementId, "announcement", person: false;
    // --- reports, reviews, meetings ---
    /// A State's answers to a questionnaire for a period.
    SubmissionId, "submission", person: false;
    /// A version of a submission, as it was sent.
    SubmissionVersionId, "submission-version", person: false;
    /// What the receiving body decided about a version.
    ReceptionId, "reception", person: false;
    /// What a State disputes.
    DisputeId, "dispute", person: false;
    /// That a State stands by the unit of a figure.
    UnitConfirmationId, "unit-confirmation", person: false;
    /// A contribution of civil society to a questionnaire.
    ContributionId, "contribution", person: false;
    /// A step of the ladder that was taken for a missing report.
    DutyStepId, "duty-step", person: false;
    /// A State's request for more time for a report.
    DutyExtensionId, "duty-extension", person: false;
    /// What was decided about such a request.
    ExtensionDecisionId, "extension-decision", person: false;
    /// A questionnaire written in the browser.
    QuestionnaireDraftId, "questionnaire-draft", person: false;
    /// Words that somebody is typing.
    TypedWordsId, "typed-words", person: false;
    /// A comment on a paragraph.
    CommentId, "comment", person: false;
    /// A round of reviews.
    RoundId, "round", person: false;
    /// One State in a round.
    EvaluationId, "evaluation", person: false;
    /// A text of one pillar.
    ReviewTextId, "review-text", person: false;
    /// A recommendation.
    RecommendationId, "recommendation", person: false;
    /// One side's account of a recommendation.
    FollowUpId, "follow-up", person: false;
    /// A request for information to States.
    InformationRequestId, "information-request", person: false;
    /// A State's answer to it.
    InformationReplyId, "information-reply", person: false;
    /// What a State reported of a decision of a meeting.
    DecisionReplyId, "decision-reply", person: false;
    /// A review of a measure's impact on rights.
    ImpactReviewId, "impact-review", person: false;
    /// The responsible body's answer to it.
    ImpactAnswerId, "impact-answer", person: false;
    /// A seat in a body.
    SeatId, "seat", person: false;
    /// A meeting of a body.
    MeetingId, "meeting", person: false;
    // --- governance ---
    /// A commitment made in public.
    CommitmentId, "commitment", person: false;
    /// Something a parliament did.
    ParliamentEntryId, "parliament-entry", person: false;
    /// What a mechanism says of itself for a year.
    MechanismYearId, "mechanism-year", person: false;
    /// A consultation.
    ConsultationId, "consultation", person: false;
    /// What somebody said in one: the id tells no time.
    ConsultationInputId, "consultation-input", person: true;
    /// A review of a State's laws.
    LegalReviewId, "legal-review", person: false;
    /// A national rapporteur's report.
    RapporteurReportId, "rapporteur-report", person: false;
    /// A practice worth sharing.
    GoodPracticeId, "good-practice", person: false;
    /// A decision about one.
    PracticeStepId, "practice-step", person: false;
    /// An answer as it stood before it was changed.
    PastAnswerId, "past-answer", person: false;
    /// A translation of an answer.
    TranslatedAnswerId, "translated-answer", person: false;
    /// The version of a key.
    KeyId, "key", person: false;
    /// A person: never derived from name, date or State.
    PersonId, "person", person: true;
    /// A case.
    CaseId, "case", person: true;
    // --- care ---
    /// Something planned with or done for a person.
    CareId, "care", person: true;
    /// The person's own view of what is held.
    OwnViewId, "own-view", person: true;
    /// Something the person asked for about what is held.
    OwnRequestId, "own-request", person: true;
    // --- cases ---
    /// An incident that links several persons' cases.
    IncidentId, "incident", person: true;
    /// Something that happened in a case.
    EventId, "case-event", person: true;
    /// A way to reach a person.
    ChannelId, "channel", person: true;
    /// A consent, or a refusal of one.
    ConsentId, "consent", person: true;
    /// A legal basis for sharing without consent, on a State's closed list.
    LegalBasisId, "legal-basis", person: false;
    /// A referral: a service is asked for, the case stays.
    ReferralId, "referral", person: true;
    /// A question about a referral, or its answer.
    ReferralWordId, "referral-word", person: true;
    /// A transfer: responsibility for a case moves.
    TransferId, "transfer", person: true;
    /// A violation of rights by whomever, recorded in any state of a case.
    RightsIncidentId, "rights-incident", person: true;
    /// A charge against a person for what they were made to do.
    ChargeId, "charge", person: true;
    /// Someone beside the person: a child with them, a relative at risk, a witness.
    RelatedId, "related", person: true;
    /// A file about a person.
    FileId, "file", person: true;
    /// What one recipient hears and answers when a consent is taken back.
    WithdrawalId, "withdrawal", person: true;
    /// What was said about how long a case is kept.
    KeepingId, "keeping", person: true;
    /// A flag on a case.
    FlagId, "flag", person: true;
    /// Two persons with like names who are not the same.
    NotSameId, "not-same", person: true;
    /// A body that is never asked or told of a person.
    NeverToldId, "never-told", person: true;
    /// A question to a person's State of origin.
    AbroadQuestionId, "abroad-question", person: true;
    /// A question whether another care organisation knows a person.
    LookForId, "look-for", person: true;
    /// A referral to an outside body, as a sealed file.
    SealedFileId, "sealed-file", person: true;
    // --- screening ---
    /// A screening, from its draft to its decision.
    ScreeningId, "screening", person: true;
    /// A decision on identification.
    IdentificationId, "identification", person: true;
    /// A call to a hotline.
    CallId, "call", person: true;
    /// A paper form entered by hand.
    PaperId, "paper", person: true;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = TenantId::from_uuid(Uuid::from_u128(0x0198_c0de_7f00_7abc_8def_0123_4567_89ab));
        assert_eq!(id.to_string().parse::<TenantId>(), Ok(id));
    }

    #[test]
    fn a_wrong_id_is_named_in_the_error() {
        let error = "shelter-7".parse::<TenantId>().map_err(|e| e.to_string());
        assert!(error.is_err_and(|text| text.contains("`shelter-7`")));
    }
}
