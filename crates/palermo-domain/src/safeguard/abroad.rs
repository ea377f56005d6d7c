//! R6 across borders: who is never asked or told of a person, and what must be there
//! before a State of origin is asked anything (E17, E18): consent for it, a body that
//! is competent, an assessment of the risk, promises in writing, neutral words, and a
//! second person.

use super::{Forbidden, NO_SHARING_WITHOUT_BASIS};
use crate::{
    care::body::RiskLevel,
    case::{
        abroad::{AbroadQuestion, AbroadTerm, NeverTold},
        sharing::{Recipient, RecipientKind},
    },
};

/// Goes on unless this body is on the person's list.
///
/// # Errors
/// [`Forbidden`] by R6.
pub fn may_be_told(never: &[NeverTold], to: &Recipient) -> Result<(), Forbidden> {
    if never.iter().any(|one| one.keeps_out(to)) {
        return Err(Forbidden {
            rule: NO_SHARING_WITHOUT_BASIS,
            reason: "this body is never asked or told of this person".to_owned(),
        });
    }
    Ok(())
}

/// Goes on unless something would go to the person's State of origin, or to a body in
/// another State than the one the person is in (`abroad`), while nobody has weighed what
/// that may do to them, or who did says stop (E17). Risk is the level of the assessment
/// that holds today.
///
/// # Errors
/// [`Forbidden`] by R6.
pub fn border_may_be_crossed(
    to: &Recipient,
    abroad: bool,
    risk: Option<RiskLevel>,
) -> Result<(), Forbidden> {
    let reason = match risk {
        _ if to.kind != RecipientKind::Origin && !abroad => return Ok(()),
        Some(RiskLevel::Stop) => "the assessment of risks says stop",
        Some(_) => return Ok(()),
        None => "no assessment of risks holds today",
    };
    Err(Forbidden { rule: NO_SHARING_WITHOUT_BASIS, reason: reason.to_owned() })
}

/// Whether what leaves to this body takes a second person: whatever goes to the
/// person's State of origin, in a file as in a letter (E17).
#[must_use]
pub fn takes_two(to: &Recipient) -> bool {
    to.kind == RecipientKind::Origin
}

/// What a question abroad lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lacking {
    /// The body is on the person's list.
    Never,
    /// No assessment of risks holds today.
    Risk,
    /// The assessment says stop.
    Stop,
    /// Nothing is asked.
    Asks,
    /// Not everything was promised in writing.
    Terms,
    /// The sender's name tells what kind of house it is.
    Sender,
}

impl Lacking {
    /// The field of the form.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Never | Self::Risk | Self::Stop => "body",
            Self::Asks => "asks",
            Self::Terms => "terms",
            Self::Sender => "sender",
        }
    }

    /// The message that states it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Never => "never-told-error",
            Self::Risk => "abroad-lacks-risk",
            Self::Stop => "abroad-lacks-stop",
            Self::Asks => "abroad-lacks-asks",
            Self::Terms => "abroad-lacks-terms",
            Self::Sender => "abroad-lacks-sender",
        }
    }
}

/// Whether a State of origin may be asked, beside consent and the second person. Risk
/// is the level of the assessment that holds today.
///
/// # Errors
/// Everything that is lacking.
pub fn may_ask(
    question: &AbroadQuestion,
    never: &[NeverTold],
    risk: Option<RiskLevel>,
) -> Result<(), Vec<Lacking>> {
    let mut lacking = Vec::new();
    if may_be_told(never, &question.recipient()).is_err() {
        lacking.push(Lacking::Never);
    }
    match risk {
        None => lacking.push(Lacking::Risk),
        Some(RiskLevel::Stop) => lacking.push(Lacking::Stop),
        Some(_) => {}
    }
    if question.asks.is_empty() {
        lacking.push(Lacking::Asks);
    }
    if AbroadTerm::ALL.iter().any(|term| !question.terms.contains(term)) {
        lacking.push(Lacking::Terms);
    }
    if tells(&question.sender) {
        lacking.push(Lacking::Sender);
    }
    if lacking.is_empty() { Ok(()) } else { Err(lacking) }
}

/// Beginnings and parts of words that tell that someone was trafficked, or is helped.
const TELLING: [&str; 33] = [
    "traffick",
    "exploit",
    "victim",
    "survivor",
    "shelter",
    "refuge",
    "asylum",
    "slave",
    "prostitu",
    "smuggl",
    "safe house",
    "traite des",
    "traite d",
    "victime",
    "esclav",
    "foyer",
    "hébergement",
    "asile",
    "passeur",
    "trata de",
    "explota",
    "víctima",
    "refugi",
    "albergue",
    "asilo",
    "acogida",
    "الاتجار",
    "استغلال",
    "ضحية",
    "ضحايا",
    "مأوى",
    "ملجأ",
    "لجوء",
];

/// Whether words tell why someone asks: of whom it is said, that they were trafficked,
/// or that the house that asks helps such people (E18).
#[must_use]
pub fn tells(words: &str) -> bool {
    let words = words.to_lowercase();
    TELLING.iter().any(|part| words.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        case::{
            abroad::{AbroadAsk, Competence, NeverWhy},
            sharing::ShareFor,
        },
        id::{AbroadQuestionId, AccountId, CaseId, Id, NeverToldId, TenantId},
        moment::Moment,
    };
    use uuid::Uuid;

    fn question() -> AbroadQuestion {
        AbroadQuestion {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: AbroadQuestionId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            state: "XBB".into(),
            body: "Consulate of Fenlua".into(),
            competence: Competence::Consular,
            asks: vec![AbroadAsk::Nationality],
            purpose: ShareFor::Return,
            consent: None,
            terms: AbroadTerm::ALL.to_vec(),
            sender: "Post box 12, Port Avel".into(),
            language: "en".into(),
            by: AccountId::from_uuid(Uuid::nil()),
            recorded_at: Moment::from_micros(0),
            sent_at: None,
            answer: None,
            answered_at: None,
        }
    }

    #[test]
    fn e17_a_question_is_not_sent_if_one_thing_is_missing() {
        let low = Some(RiskLevel::Low);
        assert_eq!(may_ask(&question(), &[], low), Ok(()));
        let bar = NeverTold {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: NeverToldId::from_uuid(Uuid::nil()),
            case: CaseId::from_uuid(Uuid::nil()),
            recipient: Recipient {
                kind: RecipientKind::Origin,
                tenant: None,
                desk: None,
                outside: String::new(),
            },
            whole_kind: true,
            why: NeverWhy::Risk,
            by: AccountId::from_uuid(Uuid::nil()),
            recorded_at: Moment::from_micros(0),
            lifted: None,
        };
        assert_eq!(may_ask(&question(), &[bar], low), Err(vec![Lacking::Never]));
        assert_eq!(may_ask(&question(), &[], None), Err(vec![Lacking::Risk]));
        let stop = Some(RiskLevel::Stop);
        assert_eq!(may_ask(&question(), &[], stop), Err(vec![Lacking::Stop]));
        let bare = AbroadQuestion {
            asks: Vec::new(),
            terms: vec![AbroadTerm::ThisOnly],
            sender: "Harbour Shelter".into(),
            ..question()
        };
        let all = [Lacking::Asks, Lacking::Terms, Lacking::Sender];
        assert_eq!(may_ask(&bare, &[], low), Err(all.to_vec()), "all of it at once");
    }

    #[test]
    fn e17_nothing_goes_to_a_state_of_origin_before_someone_weighed_the_risk() {
        let to = question().recipient();
        assert!(border_may_be_crossed(&to, false, None).is_err_and(|no| no.rule.number == 6));
        assert!(border_may_be_crossed(&to, false, Some(RiskLevel::Stop)).is_err());
        assert_eq!(border_may_be_crossed(&to, false, Some(RiskLevel::High)), Ok(()));
        let lawyer = Recipient { kind: RecipientKind::Legal, ..to };
        assert_eq!(border_may_be_crossed(&lawyer, false, None), Ok(()));
        let abroad = |risk| border_may_be_crossed(&lawyer, true, risk);
        assert!(abroad(None).is_err() && abroad(Some(RiskLevel::Stop)).is_err());
        assert_eq!(abroad(Some(RiskLevel::Low)), Ok(()));
    }

    #[test]
    fn e18_words_that_tell_why_someone_asks_are_noticed_in_four_languages() {
        let telling = ["Victims' Fund", "Traite des personnes", "Casa de acogida", "مأوى النساء"];
        for telling in telling {
            assert!(tells(telling), "{telling}");
        }
        assert!(!tells("Registry office, Post box 12"));
    }
}
