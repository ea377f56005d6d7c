//! R6 across borders: who is never asked or told of a person, and what must be there
//! before a State of origin is asked anything (E17, E18): consent for it, a body that
//! is competent, an assessment of the risk, promises in writing, neutral words, and a
//! second person.

use super::{Forbidden, NO_SHARING_WITHOUT_BASIS};
use crate::{
    care::body::RiskLevel,
    case::{
        abroad::{AbroadQuestion, AbroadTerm, NeverTold},
        referral::Item,
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

/// Why nothing crosses a border before someone weighed what it may do.
const UNWEIGHED: &str = "no assessment of risks holds today";

/// Goes on unless something would go to an authority of the person's State of origin, or
/// to whatever body that works there (`there`), while nobody has weighed what that may do
/// to them, or who did says stop (E17). Risk is the level of the assessment that holds
/// today.
///
/// # Errors
/// [`Forbidden`] by R6.
pub fn border_may_be_crossed(
    to: &Recipient,
    there: bool,
    risk: Option<RiskLevel>,
) -> Result<(), Forbidden> {
    let reason = match risk {
        _ if to.kind != RecipientKind::Origin && !there => return Ok(()),
        Some(RiskLevel::Stop) => "the assessment of risks says stop",
        Some(_) => return Ok(()),
        None => UNWEIGHED,
    };
    Err(Forbidden { rule: NO_SHARING_WITHOUT_BASIS, reason: reason.to_owned() })
}

/// Whether it is an assessment of risks that is missing: the remedy is to write one.
#[must_use]
pub fn wants_assessment(no: &Forbidden) -> bool {
    no.reason == UNWEIGHED
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
const TELLING: [&str; 39] = [
    "traffick",
    "exploit",
    "victim",
    "survivor",
    "shelter",
    "refuge",
    "asylum",
    "slave",
    "prostitu",
    "brothel",
    "bordel",
    "burdel",
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
    "تجار بالبشر",
    "دعارة",
    "بغاء",
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

/// Whether words name a house, be it without what tells its kind ("Shelter").
#[must_use]
pub fn names(words: &str, house: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let name: Vec<_> = house.split_whitespace().filter(|word| !tells(word)).collect();
    let name = plain(&name.join(" "));
    name.chars().count() > 4 && plain(words).contains(&name)
}

/// What of a file tells too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// Whom it comes from.
    Sender,
    /// What is written for whoever receives it.
    Words,
    /// This item, as it reads in the file.
    Item(Item),
}

/// Goes on unless a file for an authority of the person's State of origin tells why
/// someone asks, or which house of care helps: by whom it comes from, which must be said
/// in words chosen for it, or by anything it carries (E18). Other bodies may know.
///
/// # Errors
/// Everything that tells.
pub fn file_may_say(
    to: RecipientKind,
    sender: &str,
    house: Option<&str>,
    items: &[(Item, String)],
) -> Result<(), Vec<Told>> {
    if to != RecipientKind::Origin {
        return Ok(());
    }
    let too_much = |words: &str| tells(words) || house.is_some_and(|house| names(words, house));
    let mut told = Vec::new();
    if sender.trim().is_empty() || too_much(sender) {
        told.push(Told::Sender);
    }
    for (item, words) in items {
        if too_much(words) {
            told.push(if *item == Item::Words { Told::Words } else { Told::Item(*item) });
        }
    }
    if told.is_empty() { Ok(()) } else { Err(told) }
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
        assert!(border_may_be_crossed(&to, false, None).is_err_and(|no| wants_assessment(&no)));
        let stop = border_may_be_crossed(&to, false, Some(RiskLevel::Stop));
        assert!(stop.is_err_and(|no| !wants_assessment(&no)), "another one helps nobody");
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

    #[test]
    fn e18_a_file_for_a_state_of_origin_names_no_house_and_tells_nothing() {
        let words = |text: &str| [(Item::Words, text.to_owned())];
        let house = Some("Harbour House Shelter");
        let (origin, box_12) = (RecipientKind::Origin, "Post box 12, Port Avel");
        let fine = words("Asks for a passport");
        assert_eq!(file_may_say(origin, box_12, house, &fine), Ok(()));
        for sender in ["", " ", "Harbour  house, Quay 2", "The shelter"] {
            let told = file_may_say(origin, sender, house, &fine);
            assert_eq!(told, Err(vec![Told::Sender]), "{sender}");
        }
        for text in ["Held in a brothel", "At harbour house", "A victim", "الإتجار بالبشر"]
        {
            let told = file_may_say(origin, box_12, house, &words(text));
            assert_eq!(told, Err(vec![Told::Words]), "{text}");
            assert_eq!(file_may_say(RecipientKind::Legal, "", house, &words(text)), Ok(()));
        }
        let wishes = [(Item::Wishes, "To leave the shelter".to_owned())];
        let told = file_may_say(origin, "", house, &wishes);
        assert_eq!(told, Err(vec![Told::Sender, Told::Item(Item::Wishes)]), "all of it at once");
    }
}
