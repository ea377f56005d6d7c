//! Consent per purpose and recipient, and the State's closed list of legal
//! bases. Whether something may leave is decided in
//! [`crate::safeguard::sharing`].

use crate::{
    code::coded,
    id::{AccountId, CaseId, ConsentId, DeskId, LegalBasisId, PersonId, TenantId},
    moment::Moment,
    tenant::TenantKind,
};
use serde::{Deserialize, Serialize};

coded! {
    /// What sharing is for, as the person hears it.
    ShareFor {
        /// To get a service.
        Help = "help",
        /// To have it decided whether they were trafficked.
        Identification = "identification",
        /// For a lawyer, a claim, a permit.
        Remedy = "remedy",
        /// To investigate those who exploited them.
        Investigation = "investigation",
        /// To look for family or to tell them.
        Family = "family",
        /// To go home or elsewhere.
        Return = "return",
        /// To ask other care organisations whether they know them (R096).
        LookFor = "look_for",
    }
}

coded! {
    /// What kind of body receives.
    RecipientKind {
        /// A shelter or another care organisation.
        Care = "care",
        /// A health service.
        Health = "health",
        /// A lawyer or legal-aid body.
        Legal = "legal",
        /// A guardian or child-protection body.
        Guardian = "guardian",
        /// A body that identifies trafficked persons.
        Identification = "identification",
        /// Labour inspection, union, employer's body.
        Labour = "labour",
        /// Police and other investigators.
        Police = "police",
        /// Prosecution and courts.
        Justice = "justice",
        /// Immigration or asylum authority.
        Immigration = "immigration",
        /// Consulate or another authority of the State of origin.
        Origin = "origin",
        /// Family or friends.
        Family = "family",
        /// Someone else.
        Other = "other",
    }
}

impl RecipientKind {
    /// Whether what they were told can never be called back: the person hears
    /// so before agreeing (R6).
    #[must_use]
    pub const fn cannot_be_called_back(self) -> bool {
        matches!(
            self,
            Self::Police
                | Self::Justice
                | Self::Immigration
                | Self::Origin
                | Self::Family
                | Self::Other
        )
    }
}

impl RecipientKind {
    /// The kind of a desk here, which follows from its organisation and is never
    /// asked: nobody makes a police desk a care desk by choosing so. Whoever is
    /// none of these is someone else, of whom the person hears that nothing can
    /// be called back.
    #[must_use]
    pub const fn of(tenant: TenantKind) -> Self {
        match tenant {
            TenantKind::Care => Self::Care,
            TenantKind::Identification => Self::Identification,
            TenantKind::Enforcement => Self::Police,
            _ => Self::Other,
        }
    }
}

/// Who receives: a desk of this installation, or an outside body by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// What kind of body.
    pub kind: RecipientKind,
    /// The organisation, if it is here.
    pub tenant: Option<TenantId>,
    /// The desk, if it is here.
    pub desk: Option<DeskId>,
    /// The name of a body outside; never of a person.
    pub outside: String,
}

impl Recipient {
    /// Whether what they were told can never be called back: by their kind, or
    /// because they are not here, where a withdrawal reaches them by itself.
    #[must_use]
    pub const fn cannot_be_called_back(&self) -> bool {
        self.kind.cannot_be_called_back() || self.tenant.is_none()
    }

    /// Nobody at all: whom an answer names that is about everyone.
    #[must_use]
    pub const fn no_one() -> Self {
        Self { kind: RecipientKind::Other, tenant: None, desk: None, outside: String::new() }
    }

    /// Whether it names nobody.
    #[must_use]
    pub fn is_no_one(&self) -> bool {
        self.tenant.is_none() && self.outside.trim().is_empty()
    }

    /// Whether two name the same body.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self.tenant, other.tenant) {
            (Some(mine), Some(theirs)) => mine == theirs,
            (None, None) => {
                self.kind == other.kind
                    && self.outside.trim().to_lowercase() == other.outside.trim().to_lowercase()
            }
            _ => false,
        }
    }
}

coded! {
    /// What the person said.
    Answer {
        /// Yes.
        Yes = "yes",
        /// No. Costs no help.
        No = "no",
        /// Not now: an answer like any other.
        NotNow = "not_now",
    }
}

coded! {
    /// How it was said.
    ConsentForm {
        /// Spoken.
        Oral = "oral",
        /// Written or signed.
        Written = "written",
        /// A recording of their voice, kept by the organisation.
        Recorded = "recorded",
        /// With a guardian, the child heard.
        WithGuardian = "with_guardian",
        /// Of a child, heard, for whom no guardian stands yet and help cannot wait.
        NoGuardianYet = "no_guardian_yet",
    }
}

impl ConsentForm {
    /// Whether a child's yes can stand like this (R3): with a guardian, the child
    /// heard; or so recorded that everyone sees that no guardian stood by yet.
    #[must_use]
    pub const fn stands_for_a_child(self) -> bool {
        matches!(self, Self::WithGuardian | Self::NoGuardianYet)
    }
}

coded! {
    /// What was explained before the answer.
    Explained {
        /// Who receives it.
        Who = "who",
        /// What is sent.
        What = "what",
        /// Why.
        Why = "why",
        /// That they may say no and lose no help.
        MayRefuse = "may_refuse",
        /// That they may take it back.
        MayWithdraw = "may_withdraw",
        /// Who cannot be called back.
        NotCalledBack = "not_called_back",
    }
}

/// What must have been explained before a yes counts.
pub const ALWAYS_EXPLAINED: [Explained; 4] =
    [Explained::Who, Explained::What, Explained::MayRefuse, Explained::MayWithdraw];

/// An answer of a person about sharing. Notes about it are sealed in care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Organisation that asked.
    pub tenant: TenantId,
    /// Id.
    pub id: ConsentId,
    /// Case.
    pub case: CaseId,
    /// Who answered.
    pub person: PersonId,
    /// For what.
    pub purpose: ShareFor,
    /// To whom.
    pub recipient: Recipient,
    /// What they said.
    pub answer: Answer,
    /// In which language it was explained (BCP 47).
    pub language: String,
    /// How it was said.
    pub form: ConsentForm,
    /// Whether an interpreter helped.
    pub interpreter: bool,
    /// What was explained.
    pub explained: Vec<Explained>,
    /// Who explained; whoever wrote it down, if it was someone elsewhere.
    pub explained_by: AccountId,
    /// Whether someone of another organisation explained it.
    #[serde(default)]
    pub explained_outside: bool,
    /// Who wrote it down, where that is not who explained.
    #[serde(default)]
    pub written_by: Option<AccountId>,
    /// When they answered.
    pub happened_at: Moment,
    /// When it was written down.
    pub recorded_at: Moment,
    /// Until when it holds, if the person set an end.
    pub until: Option<Moment>,
    /// When they took it back.
    pub withdrawn_at: Option<Moment>,
}

impl Consent {
    /// Whether it is a yes that holds at this moment. What has to be explained
    /// was checked when it was written.
    #[must_use]
    pub fn holds_at(&self, at: Moment) -> bool {
        self.answer == Answer::Yes
            && self.happened_at <= at
            && self.until.is_none_or(|until| at < until)
            && self.withdrawn_at.is_none_or(|withdrawn| at < withdrawn)
    }
}

coded! {
    /// Why a State's law makes sharing possible without consent. The list is
    /// closed: enforcement of immigration law against the person and
    /// prosecution of the person are not on it and cannot be (R6).
    LegalAim {
        /// To protect a child.
        ChildProtection = "child_protection",
        /// Because someone's life is in danger.
        DangerToLife = "danger_to_life",
        /// By order of a court about others, not about the person.
        CourtOrder = "court_order",
        /// To keep a notifiable disease from spreading.
        PublicHealth = "public_health",
        /// Counting, without identity.
        AnonymousNotice = "anonymous_notice",
    }
}

/// One entry of a State's closed list, kept by the data-protection officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// Organisation whose officer keeps it.
    pub tenant: TenantId,
    /// Id.
    pub id: LegalBasisId,
    /// The provision: act and article.
    pub provision: String,
    /// What it is for.
    pub aim: LegalAim,
    /// To which kinds of recipients.
    pub recipients: Vec<RecipientKind>,
    /// From when.
    pub from: Moment,
    /// Until when (exclusive), open if empty.
    pub until: Option<Moment>,
}

impl LegalBasis {
    /// Whether it is in force at this moment.
    #[must_use]
    pub fn holds_at(&self, at: Moment) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

coded! {
    /// What a recipient answered to a withdrawal. Silence is shown as silence.
    NoticeAnswer {
        /// Nothing yet.
        Silent = "silent",
        /// Uses it no more.
        Stopped = "stopped",
        /// Erased it.
        Erased = "erased",
        /// Cannot, and says why.
        Cannot = "cannot",
    }
}
