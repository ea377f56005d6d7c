//! A question to a person's State of origin (E17, E18): whether they are its national,
//! whether it issues a travel document, whether a birth is registered. Its words are
//! the program's own and tell nothing of why someone asks. It is sent only with the
//! person's consent to this body, with an assessment of the risk that holds, with the
//! body's promises in writing, and once a second person agreed.

use super::{CaseFile, Opened, never_told, open::name_place, permitted, referral::agreed_to, tell};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin, begin_unrepeated, two_person,
};
use palermo_domain::{
    care::{CareRecord, body::RiskLevel, returning::valid_risk},
    case::{
        abroad::{AbroadAnswer, AbroadAsk, AbroadQuestion, AbroadTerm, Competence},
        sharing::ShareFor,
    },
    compartment::Compartment,
    id::{AbroadQuestionId, AccountId, CaseId, Id, PersonId, TenantId},
    purpose::Purpose,
    register::{day::Day, state::StateCode},
    safeguard::{NO_SHARING_WITHOUT_BASIS, abroad as rules},
    tenant::TenantKind,
    two_person::ApprovalState,
};
use palermo_locale::Language;
use palermo_store::{
    Db, UnlockedVault, Versioned, approval as approvals, care,
    case::{event as events, file as files, record, team as teams},
    keys::sealed::{self, Place},
    tenant as tenants,
};

/// For what a person can have agreed that their State of origin is asked.
pub const FOR: [ShareFor; 3] = [ShareFor::Help, ShareFor::Remedy, ShareFor::Return];

/// What someone typed about a question abroad.
#[derive(Debug, Clone, Default)]
pub struct AbroadForm {
    /// The State, by its code.
    pub state: String,
    /// Name of the body.
    pub body: String,
    /// Why that body can answer.
    pub competence: String,
    /// What is asked.
    pub asks: Vec<String>,
    /// For what the person agreed.
    pub purpose: String,
    /// What the body promised in writing.
    pub terms: Vec<String>,
    /// Whom the letter comes from.
    pub sender: String,
    /// Language of the letter.
    pub language: String,
    /// The name the letter uses; empty for what the person is called.
    pub name: String,
}

/// Where a question stands with its second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// Someone has to agree yet.
    Waits,
    /// It can be sent by whoever asked or agreed.
    Agreed,
    /// It was sent.
    Used,
    /// Someone refused, or nobody answered in time: it is asked for anew.
    Over,
}

impl Second {
    /// Its code in messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Agreed => "agreed",
            Self::Used => "used",
            Self::Over => "over",
        }
    }
}

/// A question as shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The question.
    pub question: Versioned<AbroadQuestion>,
    /// Where it stands with its second person.
    pub second: Second,
}

/// The letter, to be printed: in the language of the body, with the name that was chosen
/// for it, or else what the person is called, and their year of birth.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its language.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// To whom.
    pub to: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// From whom.
    pub from: String,
}

/// What of a list was chosen; a problem where something is none of it.
fn chosen<T>(
    field: &str,
    typed: &[String],
    read: impl Fn(&str) -> Option<T>,
    problems: &mut Problems,
) -> Vec<T> {
    let known: Vec<T> = typed.iter().filter_map(|code| read(code)).collect();
    if known.len() < typed.len() {
        problems.add(field, Message::new("error-choose"));
    }
    known
}

impl AbroadForm {
    fn read(
        &self,
        acting: &Acting<'_>,
        file: &CaseFile,
        id: AbroadQuestionId,
    ) -> Result<AbroadQuestion, Refused> {
        let (tenant, account) = acting.member()?;
        let mut problems = Problems::default();
        let state = self.state.trim().parse::<StateCode>().ok();
        if state.is_none() {
            problems.add("state", Message::new("error-choose"));
        }
        let body = problems.required("body", &self.body, 160);
        let sender = problems.required("sender", &self.sender, 300);
        problems.bounded("name", &self.name, 200);
        let competence = Competence::from_code(&self.competence);
        if competence.is_none() {
            problems.add("competence", Message::new("error-choose"));
        }
        let purpose = ShareFor::from_code(&self.purpose).filter(|one| FOR.contains(one));
        if purpose.is_none() {
            problems.add("purpose", Message::new("error-choose"));
        }
        if Language::from_code(&self.language).is_none() {
            problems.add("language", Message::new("error-choose"));
        }
        let asks = chosen("asks", &self.asks, AbroadAsk::from_code, &mut problems);
        let terms = chosen("terms", &self.terms, AbroadTerm::from_code, &mut problems);
        problems.none()?;
        let (Some(state), Some(competence), Some(purpose)) = (state, competence, purpose) else {
            return Err(Refused::NotFound);
        };
        Ok(AbroadQuestion {
            tenant,
            id,
            case: file.id(),
            state: state.to_string(),
            body,
            competence,
            asks,
            purpose,
            consent: None,
            terms,
            sender,
            language: self.language.clone(),
            by: account,
            recorded_at: acting.now(),
            sent_at: None,
            answer: None,
            answered_at: None,
        })
    }
}

/// The level of the assessment of risks that holds today.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn risk_today(
    db: &dyn Db,
    (tenant, case): (TenantId, CaseId),
    today: Day,
) -> Result<Option<RiskLevel>, Refused> {
    let all = care::of_case(db, tenant, case).await?;
    let records: Vec<CareRecord> = all.into_iter().map(|one| one.record).collect();
    Ok(valid_risk(&records, today).map(|risk| risk.level))
}

/// The name of a house of care, by which alone it is known for what it is.
pub(super) async fn house_of_care(
    db: &dyn Db,
    tenant: TenantId,
) -> Result<Option<String>, Refused> {
    let house = tenants::find(db, tenant).await?.map(|house| house.record);
    Ok(house.filter(|house| house.kind == TenantKind::Care).map(|house| house.name))
}

/// Goes on unless something is lacking: everything at once, each with its rule.
async fn lacks_nothing(
    acting: &Acting<'_>,
    db: &dyn Db,
    (tenant, question): (TenantId, &AbroadQuestion),
) -> Result<(), Refused> {
    let never = never_told::standing(db, tenant, question.case).await?;
    let risk = risk_today(db, (tenant, question.case), acting.now().date().into()).await?;
    let mut problems = Problems::default();
    for one in rules::may_ask(question, &never, risk).err().unwrap_or_default() {
        problems.add(one.field(), Message::new(one.message()).by(NO_SHARING_WITHOUT_BASIS));
    }
    let house = house_of_care(db, tenant).await?;
    let named = house.is_some_and(|house| rules::names(&question.sender, &house));
    if named && !rules::tells(&question.sender) {
        let message = Message::new(rules::Lacking::Sender.message());
        problems.add("sender", message.by(NO_SHARING_WITHOUT_BASIS));
    }
    problems.none()
}

/// Writes a question down and asks a second person. Nothing is sent yet.
///
/// # Errors
/// Every problem of the form at once, and what E17 asks for and is not there;
/// [`Refused::Forbidden`] by R6 without the person's consent to this body;
/// [`Refused::Declined`] where nobody else may agree; [`Refused::UnlockNeeded`] with a
/// name and no key that opens names.
pub async fn ask(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &AbroadForm,
    purpose: Purpose,
) -> Result<AbroadQuestionId, Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::SendReferral, purpose).await?;
    acting.allow(Action::AskAbroad, &Resource::of(tenant)).await?;
    if !two_person::someone_else(acting, Action::AskAbroad, &file, false).await? {
        let roles = two_person::roles_named(acting, Action::AskAbroad);
        return Err(Refused::Declined(Message::new("error-nobody-may-agree").with("roles", roles)));
    }
    let new: AbroadQuestionId = acting.app.store.new_id();
    let mut question = form.read(acting, &file, new)?;
    lacks_nothing(acting, &acting.app.store, (tenant, &question)).await?;
    let name = form.name.trim();
    let vault = vault.filter(|vault| vault.opens(Compartment::Identity));
    if !name.is_empty() && vault.is_none() {
        return Err(Refused::UnlockNeeded);
    }
    let context = file.context(acting, Action::AskAbroad)?.about(new);
    let mut act = begin!(acting, context);
    let recipient = question.recipient();
    question.consent = match agreed_to(&act, &file, (&recipient, question.purpose), act.now()).await
    {
        Ok(consent) => Some(consent),
        Err(refused) => {
            act.give_up().await?;
            return Err(refused);
        }
    };
    record::insert(&mut act, &question).await?;
    if let Some(vault) = vault.filter(|_| !name.is_empty()) {
        let place = letter_name(file.person.record.id, new);
        sealed::put(&mut act, vault, place, name.as_bytes()).await?;
    }
    let event = events::new(&act, id, "abroad-written");
    tell(&mut act, None, file.person.record.id, event, None).await?;
    act.commit(&new).await?;
    // The form's name is spent on the question; asking someone is an act of its own.
    let asking = Acting { once: None, ..acting.clone() };
    two_person::ask(&asking, Action::AskAbroad, &new.subject()).await?;
    Ok(new)
}

/// Where the name that a letter uses is sealed.
fn letter_name(person: PersonId, question: AbroadQuestionId) -> Place {
    Place {
        person,
        table: "abroad_question",
        record: question.uuid(),
        field: "name",
        compartment: Compartment::Identity,
    }
}

/// A question of this case, for whoever may send it.
async fn found(
    db: &dyn Db,
    (tenant, case): (TenantId, CaseId),
    id: AbroadQuestionId,
) -> Result<Versioned<AbroadQuestion>, Refused> {
    let found = record::find::<AbroadQuestion>(db, tenant, id.uuid()).await?;
    found.filter(|one| one.record.case == case).ok_or(Refused::NotFound)
}

/// Asks a second person anew, where the first question to them came to nothing.
///
/// # Errors
/// [`Refused::Declined`] while one waits or agreed, or once it was sent.
pub async fn ask_again(
    acting: &Acting<'_>,
    case: CaseId,
    id: AbroadQuestionId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, case, Action::SendReferral, purpose).await?;
    let tenant = file.case.record.tenant;
    let question = found(&acting.app.store, (tenant, case), id).await?;
    if second(acting, &question.record).await? != Second::Over {
        return Err(Refused::Declined(Message::new("error-asked-already")));
    }
    lacks_nothing(acting, &acting.app.store, (tenant, &question.record)).await?;
    two_person::ask(acting, Action::AskAbroad, &id.subject()).await?;
    Ok(())
}

/// Sends it, two people having agreed: from now on its letter can be printed. What it
/// rests on is asked once more within the act, so that a word taken back meanwhile, or
/// a body the person named meanwhile, stops it.
///
/// # Errors
/// [`Refused::Declined`] without the second person; [`Refused::Forbidden`] by R6;
/// [`Refused::Invalid`] with what is lacking now.
pub async fn send(
    acting: &Acting<'_>,
    case: CaseId,
    id: AbroadQuestionId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, case, Action::SendReferral, purpose).await?;
    let tenant = file.case.record.tenant;
    acting.allow(Action::AskAbroad, &Resource::of(tenant)).await?;
    let context = file.context(acting, Action::AskAbroad)?.about(id);
    let mut act = begin_unrepeated!(acting, context.because(super::referral::SENT));
    let question = found(&act, (tenant, case), id).await?;
    if question.record.sent_at.is_some() {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("error-done-once")));
    }
    lacks_nothing(acting, &act, (tenant, &question.record)).await?;
    let recipient = question.record.recipient();
    let rests = (&recipient, question.record.purpose);
    let consent = agreed_to(&act, &file, rests, act.now()).await?;
    two_person::redeem(&mut act, Action::AskAbroad, &id.subject()).await?;
    let (sent_at, consent) = (Some(act.now()), Some(consent));
    let sent = AbroadQuestion { sent_at, consent, ..question.record };
    record::update(&mut act, &sent, question.revision).await?;
    let event = events::new(&act, case, "abroad-sent");
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// Writes down what came of it, and what the body wrote: sealed in the history.
///
/// # Errors
/// [`Refused::Invalid`] without an answer; [`Refused::Declined`] before it was sent;
/// [`Refused::UnlockNeeded`] with words and no open key.
pub async fn answered(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    case: CaseId,
    id: AbroadQuestionId,
    (answer, words): (&str, &str),
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, case, Action::SendReferral, purpose).await?;
    let mut problems = Problems::default();
    let words = problems.bounded("words", words, 4_000);
    let answer = AbroadAnswer::from_code(answer);
    if answer.is_none() {
        problems.add("answer", Message::new("error-choose"));
    }
    problems.none()?;
    if !words.is_empty() && vault.is_none() {
        return Err(Refused::UnlockNeeded);
    }
    let mut act = begin!(acting, file.context(acting, Action::SendReferral)?.about(id));
    let question = found(&act, (file.case.record.tenant, case), id).await?;
    if question.record.sent_at.is_none() {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("abroad-not-sent")));
    }
    let answered_at = Some(act.now());
    let told = AbroadQuestion { answer, answered_at, ..question.record };
    record::update(&mut act, &told, question.revision).await?;
    let event = events::new(&act, case, "abroad-answered");
    tell(&mut act, vault, file.person.record.id, event, Some(&words)).await?;
    Ok(act.commit(&()).await?)
}

async fn second(acting: &Acting<'_>, question: &AbroadQuestion) -> Result<Second, Refused> {
    if question.sent_at.is_some() {
        return Ok(Second::Used);
    }
    let (store, code) = (&acting.app.store, Action::AskAbroad.code());
    let mut stands = Second::Over;
    for one in approvals::about(store, question.tenant, code, &question.id.subject()).await? {
        match one.record.state(acting.now()) {
            ApprovalState::Agreed => return Ok(Second::Agreed),
            ApprovalState::Asked => stands = Second::Waits,
            _ => {}
        }
    }
    Ok(stands)
}

/// Questions of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(acting: &Acting<'_>, opened: &Opened) -> Result<Vec<Shown>, Refused> {
    let case = &opened.file.case.record;
    let mut shown = Vec::new();
    for question in record::of_case::<AbroadQuestion>(&opened.read, case.tenant, case.id).await? {
        let second = second(acting, &question.record).await?;
        shown.push(Shown { question, second });
    }
    Ok(shown)
}

/// Whether someone may learn that a question waits: of a sealed record its team alone
/// (E11).
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn may_learn(
    acting: &Acting<'_>,
    account: AccountId,
    id: AbroadQuestionId,
) -> Result<bool, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let Some(found) = record::find::<AbroadQuestion>(store, tenant, id.uuid()).await? else {
        return Ok(false);
    };
    let case = found.record.case;
    if files::find(store, tenant, case).await?.is_none_or(|file| !file.record.sealed) {
        return Ok(true);
    }
    let team = teams::of_case(store, tenant, case).await?;
    Ok(team.iter().any(|one| one.account == account && one.holds_at(acting.now())))
}

/// What a second person is asked to agree to, in words that name no person: the case's
/// number, what is asked, and of whom.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn in_a_word(
    acting: &Acting<'_>,
    id: AbroadQuestionId,
) -> Result<String, Refused> {
    let (tenant, _) = acting.member()?;
    let found = record::find::<AbroadQuestion>(&acting.app.store, tenant, id.uuid()).await?;
    let Some(found) = found else { return Ok(String::new()) };
    let question = found.record;
    let word = |one: &AbroadAsk| {
        acting.app.catalogue.text(acting.language, &format!("abroad-ask-{}", one.code()))
    };
    let asks: Vec<_> = question.asks.iter().map(word).collect();
    let number = palermo_domain::case::number(question.case);
    Ok(format!("{number}: {} ({}, {})", asks.join(", "), question.body, question.state))
}

/// The letter of a question that was sent. It is printed as long as what it rests on
/// holds: a word taken back before it was posted stops it, too.
///
/// # Errors
/// [`Refused::NotFound`] before it was sent; [`Refused::Forbidden`] by R6;
/// [`Refused::UnlockNeeded`] unless one's open key holds identity.
pub async fn letter(
    acting: &Acting<'_>,
    opened: &Opened,
    id: AbroadQuestionId,
) -> Result<Letter, Refused> {
    let case = &opened.file.case.record;
    let question = found(&opened.read, (case.tenant, case.id), id).await?.record;
    if question.sent_at.is_none() {
        return Err(Refused::NotFound);
    }
    let (to, now) = (question.recipient(), acting.now());
    agreed_to(&opened.read, &opened.file, (&to, question.purpose), now).await?;
    if opened.vault_for(Compartment::Identity).is_none() {
        return Err(Refused::UnlockNeeded);
    }
    composed(acting, Some(opened), &question).await
}

/// The letter as it will read, for whoever is to send it; nothing once it was sent.
///
/// # Errors
/// [`Refused::NotFound`] for a question of another case.
pub async fn draft(
    acting: &Acting<'_>,
    opened: &Opened,
    id: AbroadQuestionId,
) -> Result<Option<Letter>, Refused> {
    let case = &opened.file.case.record;
    let question = found(&opened.read, (case.tenant, case.id), id).await?.record;
    if question.sent_at.is_some() {
        return Ok(None);
    }
    Ok(Some(composed(acting, Some(opened), &question).await?))
}

/// The words of a letter. Whoever does not open the case or its names reads it without.
pub(super) async fn composed(
    acting: &Acting<'_>,
    opened: Option<&Opened>,
    question: &AbroadQuestion,
) -> Result<Letter, Refused> {
    let (mut name, mut born) = ("…".to_owned(), String::new());
    if let Some(opened) = opened {
        let person = &opened.file.person.record;
        let chosen = opened.text(letter_name(person.id, question.id)).await?;
        let called = opened.text(name_place(person.id)).await?;
        name = chosen.or(called).unwrap_or(name);
        born = person.birth_year.map(|year| year.to_string()).unwrap_or_default();
    }
    let language = Language::from_code(&question.language).unwrap_or(acting.language);
    let say = |id: &str| acting.app.catalogue.text(language, id);
    let who = acting.app.catalogue.format(
        language,
        if born.is_empty() { "abroad-letter-who" } else { "abroad-letter-who-born" },
        &[("name", name.as_str().into()), ("year", born.as_str().into())],
    );
    let asks = question.asks.iter().map(|one| say(&format!("abroad-letter-{}", one.code())));
    // A number to answer to, which is that of no case.
    let number = question.id.uuid().simple().to_string();
    let number = number.get(24..).unwrap_or_default().to_uppercase();
    let number = [("number", number.as_str().into())];
    let number = acting.app.catalogue.format(language, "abroad-letter-number", &number);
    let paragraphs = [number, say("abroad-letter-opening"), who]
        .into_iter()
        .chain(asks)
        .chain([say("abroad-letter-terms")])
        .collect();
    Ok(Letter {
        language,
        title: say("abroad-letter-title"),
        to: question.body.clone(),
        paragraphs,
        from: question.sender.clone(),
    })
}
