//! Whom nobody asks or tells of a person, and what is asked of a person's State of
//! origin (E17, E18). What stands between a question and its being sent is decided in
//! [`crate::safeguard::abroad`].

use crate::{
    case::sharing::{Recipient, RecipientKind, ShareFor},
    code::coded,
    id::{AbroadQuestionId, AccountId, CaseId, ConsentId, NeverToldId, TenantId},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

coded! {
    /// Why a body is never asked or told.
    NeverWhy {
        /// The person named it as dangerous.
        PersonSaid = "person_said",
        /// The assessment of risks did.
        Risk = "risk",
        /// It, or someone in it, is thought to be involved.
        Involved = "involved",
    }
}

/// A body, or every body of a kind, that is never asked or told of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeverTold {
    /// Organisation that wrote it down.
    pub tenant: TenantId,
    /// Id.
    pub id: NeverToldId,
    /// Case in which it was said; it binds every case of the person.
    pub case: CaseId,
    /// The body; of a whole kind, the kind alone.
    pub recipient: Recipient,
    /// Whether every body of this kind is meant.
    pub whole_kind: bool,
    /// Why.
    pub why: NeverWhy,
    /// Who wrote it down.
    pub by: AccountId,
    /// When it was written down.
    pub recorded_at: Moment,
    /// When it was lifted, and by whom.
    pub lifted: Option<(Moment, AccountId)>,
}

impl NeverTold {
    /// Whether it still stands.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.lifted.is_none()
    }

    /// Whether it keeps this body out. A body outside is known by its name, whatever
    /// kind is typed beside it.
    #[must_use]
    pub fn keeps_out(&self, to: &Recipient) -> bool {
        if !self.stands() {
            return false;
        }
        if self.whole_kind {
            return self.recipient.kind == to.kind;
        }
        match (self.recipient.tenant, to.tenant) {
            (None, None) => letters(&self.recipient.outside) == letters(&to.outside),
            (own, other) => own == other,
        }
    }
}

/// A name without what is typed now so, now so: case, spaces, points and dashes.
fn letters(name: &str) -> String {
    name.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

coded! {
    /// What is asked of another State.
    AbroadAsk {
        /// Whether the person is its national.
        Nationality = "nationality",
        /// Whether it can issue a travel document.
        TravelDocument = "travel_document",
        /// Whether a birth is registered.
        BirthRecord = "birth_record",
    }
}

coded! {
    /// Why the asked body can answer that.
    Competence {
        /// Consular protection.
        Consular = "consular",
        /// Civil registration.
        CivilRegistry = "civil_registry",
        /// The authority for passports and nationality.
        Passports = "passports",
    }
}

coded! {
    /// What the asked body promised in writing before anything is sent.
    AbroadTerm {
        /// It is used to answer this question and for nothing else.
        ThisOnly = "this_only",
        /// It is passed on to nobody.
        NotPassedOn = "not_passed_on",
        /// Nobody looks for the person or their family because of it.
        NobodySought = "nobody_sought",
    }
}

coded! {
    /// What came of it.
    AbroadAnswer {
        /// Confirmed.
        Confirmed = "confirmed",
        /// Not confirmed.
        NotConfirmed = "not_confirmed",
        /// No answer.
        Silent = "silent",
    }
}

/// A question to an authority of a person's State of origin. Its words are the
/// program's own and tell nothing of why they are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbroadQuestion {
    /// Organisation that asks.
    pub tenant: TenantId,
    /// Id.
    pub id: AbroadQuestionId,
    /// Case.
    pub case: CaseId,
    /// The State, by its code.
    pub state: String,
    /// Name of the body that is asked.
    pub body: String,
    /// Why that body can answer.
    pub competence: Competence,
    /// What is asked.
    pub asks: Vec<AbroadAsk>,
    /// For what the person agreed.
    pub purpose: ShareFor,
    /// The consent it rests on.
    pub consent: Option<ConsentId>,
    /// What the body promised in writing.
    pub terms: Vec<AbroadTerm>,
    /// Whom the letter comes from, in words that do not tell what kind of house it is.
    pub sender: String,
    /// Language of the letter.
    pub language: String,
    /// Who asks.
    pub by: AccountId,
    /// When it was written.
    pub recorded_at: Moment,
    /// When it was sent, a second person having agreed.
    pub sent_at: Option<Moment>,
    /// What came of it.
    pub answer: Option<AbroadAnswer>,
    /// When that was written down.
    pub answered_at: Option<Moment>,
}

impl AbroadQuestion {
    /// The body as a recipient.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        let outside = self.body.clone();
        Recipient { kind: RecipientKind::Origin, tenant: None, desk: None, outside }
    }

    /// Where it stands.
    #[must_use]
    pub const fn stage(&self) -> &'static str {
        match (self.sent_at, self.answer) {
            (_, Some(_)) => "answered",
            (Some(_), None) => "sent",
            (None, None) => "written",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn outside(kind: RecipientKind, name: &str) -> Recipient {
        Recipient { kind, tenant: None, desk: None, outside: name.into() }
    }

    fn never(recipient: Recipient, whole_kind: bool) -> NeverTold {
        NeverTold {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: NeverToldId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            recipient,
            whole_kind,
            why: NeverWhy::PersonSaid,
            by: AccountId::from_uuid(Uuid::nil()),
            recorded_at: Moment::from_micros(0),
            lifted: None,
        }
    }

    #[test]
    fn e17_a_body_is_kept_out_whatever_kind_is_typed_beside_its_name() {
        let bar = never(outside(RecipientKind::Origin, "Consulate of Avelmar"), false);
        for typed in [" consulate of avelmar ", "Consulate  of Avelmar.", "consulate-of-avelmar"] {
            assert!(bar.keeps_out(&outside(RecipientKind::Legal, typed)), "{typed}");
        }
        assert!(!bar.keeps_out(&outside(RecipientKind::Origin, "Consulate of Fenlua")));
        let lifted = (Moment::from_micros(1), AccountId::from_uuid(Uuid::nil()));
        let over = NeverTold { lifted: Some(lifted), ..bar };
        assert!(!over.keeps_out(&outside(RecipientKind::Origin, "Consulate of Avelmar")));
    }

    #[test]
    fn e17_a_whole_kind_keeps_out_every_body_of_it_and_no_other() {
        let bar = never(outside(RecipientKind::Family, ""), true);
        assert!(bar.keeps_out(&outside(RecipientKind::Family, "An uncle")));
        assert!(!bar.keeps_out(&outside(RecipientKind::Legal, "A law clinic")));
    }
}
